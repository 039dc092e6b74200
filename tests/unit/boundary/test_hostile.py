"""Ten thousand characters of anything: no rule and no pattern takes more than 50 ms over a piece of it.

This is a bound of safety, not a benchmark: the best of several runs counts, since the machine may be busy.
"""

import re
import sys

import pytest
from tests.unit.boundary.posts import BARE, POLICY, checker, draft_of
from tests.unit.boundary.timing import best_s

from twohats.boundary.pattern import Pattern
from twohats.boundary.rule import Rule, Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.sentences import WINDOW, plain, split

LENGTH = 10_000
LIMIT_S = 0.050

SHAPES = {
    "a": "a",
    "A": "A",
    "spaces": " ",
    "tabs": "\t",
    "newlines": "\n",
    "digits": "1",
    "digits and spaces": "1 ",
    "digits and dashes": "12-",
    "quotes": '"',
    "single quotes": "'",
    "open quotes": "' a",
    "at": "@",
    "e-mail": "a@",
    "dotted": "a.",
    "e-mail without end": "a.a@a.",
    "url": "http://",
    "hash": "#",
    "tags": "#a",
    "brackets": "(",
    "nested": "()[]",
    "commas": ",",
    "dashes": "-",
    "hyphens": "a-",
    "apostrophes": "a'",
    "my": "my ",
    "my own": "my own ",
    "my wife": "my wife ",
    "I": "I ",
    "I have": "I have ",
    "a client": "a client ",
    "my client and": "my client and ",
    "one of my": "one of my ",
    "clients": "clients ",
    "a man who": "a man who ",
    "34-year-old": "34-year-old ",
    "in the": "in the ",
    "and the": "and the ",
    "last night": "last night ",
    "today I": "today I ",
    "names": "Anna Bell ",
    "initials": "J.T. ",
    "capitals": "Ab ",
    "you": "you have ",
    "best": "best best ",
    "review": "please leave us a review ",
    "drunk": "so drunk ",
    "she": "she said ",
    "so": "so so ",
    "the": "the the the ",
    "dollars": "$5 ",
    "emoji": "\U0001f602",
    "family emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "bidi": "\u202e",
    "zero width": "a\u200b",
    "nul": "\x00",
    "nul between": "my\x00 ",
    "combining": "e\u0301",
    "han": "\u6211",
    "arabic": "\u0645",
    "full stops": ".",
    "question marks": "?!",
    "colons": ":",
    "underscores": "_",
    "slashes": "/",
    "back slashes": "\\",
    "surrogate": "\ud800",
    "mixed": "my wife, 34-year-old client's (555) 0142 @a.b ",
}


def text_of(shape: str) -> str:
    return (SHAPES[shape] * LENGTH)[:LENGTH]


def patterns() -> list[re.Pattern[str]]:
    """Every pattern that a module of the check keeps, however deep in a table it stands."""
    builtin()
    found: dict[tuple[str, int], re.Pattern[str]] = {}

    def gather(value: object, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found[(value.pattern, value.flags)] = value
        elif isinstance(value, Pattern):
            gather(value.built(), depth + 1)
        elif depth < 5 and isinstance(value, dict):
            for item in value.values():
                gather(item, depth + 1)
        elif depth < 5 and isinstance(value, (tuple, list, frozenset, set)):
            for item in value:
                gather(item, depth + 1)
        elif depth < 5 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            for name in value.__dataclass_fields__:
                gather(getattr(value, name), depth + 1)
        elif depth < 5 and hasattr(value, "__dict__") and type(value).__module__.startswith("twohats.boundary"):
            gather(vars(value), depth + 1)
        elif depth < 5 and type(value).__module__.startswith("twohats.boundary") and hasattr(type(value), "__slots__"):
            for name in type(value).__slots__:
                gather(getattr(value, name, None), depth + 1)

    for name, module in sorted(sys.modules.items()):
        if name.startswith("twohats.boundary"):
            for value in vars(module).values():
                gather(value)
    return list(found.values())


PATTERNS = patterns()


@pytest.mark.parametrize("shape", SHAPES)
def test_no_rule_is_slow_over_a_hostile_sentence(shape):
    text = plain(text_of(shape)).text
    window = text[:WINDOW] or "a"
    around = Surroundings(before=window, after=window)
    slow = {rule.id: took for rule in builtin() if (took := _find_s(rule, window, around)) > LIMIT_S}
    assert not slow


@pytest.mark.parametrize("shape", SHAPES)
def test_no_pattern_is_slow_over_ten_thousand_characters(shape):
    """A pattern meets one window at a time: a share of the limit for each."""
    window = plain(text_of(shape)).text[:WINDOW] or "a"
    share_s = LIMIT_S * WINDOW / LENGTH
    slow = {pattern.pattern[:80]: took for pattern in PATTERNS if (took := _read_s(pattern, window, share_s)) > share_s}
    assert not slow


def test_there_are_patterns_to_look_at():
    assert len(PATTERNS) > 300


@pytest.mark.parametrize(
    "shape", ["a", "spaces", "nul between", "surrogate", "newlines", "my wife", "full stops", "mixed"]
)
def test_a_hostile_draft_is_checked_to_the_end(shape):
    assert checker().check(draft_of(text_of(shape)), BARE, POLICY).complete


def test_cost_grows_in_line_with_length():
    """A sentence without an end is cut into windows, so twice the length is about twice the cost."""
    text = "my wife and a client and " * 4000
    pieces = split(text)
    assert max(end - start for start, end in pieces) <= WINDOW
    assert sum(end - start for start, end in pieces) >= len(text) - 2 * len(pieces)


def _find_s(rule: Rule, text: str, around: Surroundings) -> float:
    return best_s(lambda: tuple(rule.find(Sentence(text), around)), LIMIT_S)


def _read_s(pattern: re.Pattern[str], text: str, limit_s: float) -> float:
    return best_s(lambda: pattern.findall(text), limit_s)
