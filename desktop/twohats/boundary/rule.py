"""What a rule is: a function over one sentence, with its table of hits and near-misses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from twohats.boundary.pattern import Patterns
from twohats.model.finding import Category, Severity, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.span import Field

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one field. `start` is its offset in the field, in code points."""

    text: str
    start: int = 0
    field: Field = Field.TEXT
    index: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule may know besides the sentence. With the sentence it is the whole key of the cache,
    so nothing else may change a rule's answer.

    `before` and `after` are the neighbouring sentences ("" at the ends). `card` are the values of the professional
    card, `own_names` the owner's name and credentials. `has_picture`: the draft carries at least one.
    `language` is the sentence's, as an ISO 639-1 code; only rules for any language are asked when it is not English.
    """

    hat: Hat = Hat.PROFESSIONAL
    before: str = ""
    after: str = ""
    card: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    office_phone: str = ""
    office_email: str = ""
    home_address: str = ""
    has_picture: bool = False
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Fix:
    """A one-click change: put `text` in place of start..end (code points of the sentence); empty takes it out."""

    kind: SuggestionKind
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One crossing in a sentence: start..end in code points of the sentence, end exclusive.

    The shortest stretch that carries the crossing fact with the words needed to understand it ("my daughter just
    started college", not "daughter", not the sentence). `category` when it is not the rule's usual one; `severity`
    when this hit is graver or milder than the rule's; `reason` a variant of the rule's sentence ("" for the usual).
    `clues` are the signs that a combination was made of, in code points of the sentence.
    """

    start: int
    end: int
    category: Category | None = None
    severity: Severity | None = None
    reason: str = ""
    fixes: tuple[Fix, ...] = ()
    clues: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """`hits` and `near_misses` are tables of at least five sentences each, our own; a test runs every one of them.

    Every hit must be found by this rule under the professional hat; every near-miss must not be found by it. A rule for
    `any_language` is asked about sentences in other languages than English too (`Surroundings.language`). Wherever it
    finds anything, one of `needs` matches; a sentence whose words leave none of them possible is not shown to it.
    """

    id: str
    find: Callable[[Sentence, Surroundings], Iterable[Hit]]
    hits: tuple[str, ...]
    near_misses: tuple[str, ...]
    any_language: bool = False
    needs: Patterns | None = None
