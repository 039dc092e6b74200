"""Posts with a stretch marked by hand, and a check that finds exactly that stretch besides what its rules find.

The mark stands for a tagger: it knows a category and a place, and brings no words of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.unit.boundary.posts import POLICY, PROFESSIONAL, draft_of

from twohats.boundary import rewrite
from twohats.boundary.check import BoundaryChecker
from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.sentences import plain
from twohats.model.finding import Category, CheckResult, Finding, Severity, SuggestionKind

MARK = "C0"  # weighs more than any rule beside it, so that its finding is the one that stays


@dataclass(frozen=True, slots=True)
class Example:
    """One post of suggestions.txt: `left` is the text after the suggestion, None when there must be none."""

    number: int
    category: Category
    kind: SuggestionKind | None
    text: str
    start: int
    end: int
    left: str | None


def examples() -> list[Example]:
    """The posts of suggestions.txt. Raises ValueError when one is badly written."""
    found: list[Example] = []
    lines = (Path(__file__).parent / "suggestions.txt").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if line.startswith("=="):
            _, category, kind = line.split()
            marked = lines[at + 1].removeprefix("<").strip().replace("\\n", "\n")
            start, end = marked.index("{"), marked.rindex("}") - 1
            text = marked.replace("{", "").replace("}", "")
            if kind == "none":
                found.append(Example(at, Category(category), None, text, start, end, None))
            else:
                left = lines[at + 2].removeprefix(">").strip().replace("\\n", "\n")
                found.append(Example(at, Category(category), SuggestionKind(kind), text, start, end, left))
    return found


def engine_for(marks: Iterable[tuple[str, Category]]) -> BoundaryChecker:
    """The check with all its rules and one that finds these words wherever they stand."""
    folded = [(plain(words).text, category) for words, category in marks]

    def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
        for words, category in folded:
            start = sentence.text.find(words)
            if start >= 0:
                yield Hit(start, start + len(words), category, Severity.STOP)

    return BoundaryChecker([*builtin(), Rule(MARK, find, (), ())], rule_book())


def marked_finding(result: CheckResult) -> Finding | None:
    """The first finding of the mark."""
    return next((finding for finding in result.findings if finding.rule == MARK), None)


def rewritten(text: str, start: int, end: int, category: Category) -> list[tuple[SuggestionKind, str]]:
    """What each suggestion for a marked stretch leaves of a text, in the order in which they are offered."""
    draft = draft_of(text)
    finding = marked_finding(engine_for([(text[start:end], category)]).check(draft, PROFESSIONAL, POLICY))
    if finding is None:
        return []
    return [
        (suggestion.kind, rewrite.apply(draft, suggestion).text)
        for suggestion in finding.suggestions
        if suggestion.kind is not SuggestionKind.MOVE
    ]
