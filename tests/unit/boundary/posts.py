"""Drafts, identities and small rules that the tests of the check share."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from twohats.boundary import grammar
from twohats.boundary.check import BoundaryChecker
from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.tagger.loading import load
from twohats.model.draft import Draft
from twohats.model.finding import CheckResult, Severity
from twohats.model.identity import Hat, Identity, ProfessionalCard
from twohats.model.media import Media
from twohats.model.policy import Policy

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CARD = ProfessionalCard(
    practice="Larch Street Psychology",
    address="12 Elm Street, Westbrook",
    phone="(555) 010-0100",
    email="intake@larch-practice.example",
    website="larch-practice.example",
)
PROFESSIONAL = Identity(Hat.PROFESSIONAL, "Robin Lee", "PsyD", card=CARD)
PERSONAL = Identity(Hat.PERSONAL, "Robin")
BARE = Identity(Hat.PROFESSIONAL, "My practice")
POLICY = Policy()


def draft_of(text: str = "", **fields: object) -> Draft:
    return Draft(id="d1", created_at=NOW, edited_at=NOW, text=text, **fields)


def picture(alt: str = "", original_name: str = "") -> Media:
    return Media("m1", "00" * 32, "image/jpeg", 10, 10, 100, alt, original_name)


@cache
def checker() -> BoundaryChecker:
    """Our own rules, with one cache for all tests: a cached answer must be as good as a fresh one."""
    return BoundaryChecker(builtin(), rule_book())


@cache
def both_readers() -> BoundaryChecker:
    """The rules with the tagger that ships beside them."""
    made = BoundaryChecker(builtin(), rule_book())
    made.tagger = load()
    assert made.tagger is not None
    return made


def check(text: str, identity: Identity = BARE, policy: Policy = POLICY, **fields: object) -> CheckResult:
    return checker().check(draft_of(text, **fields), identity, policy)


def rule_for(id: str, pattern: str, severity: Severity | None = None, **hit: object) -> Rule:
    """A rule that finds a pattern."""
    compiled = grammar.compile(pattern)

    def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
        return [Hit(m.start(), m.end(), severity=severity, **hit) for m in compiled.finditer(sentence.text)]

    return Rule(id, find, (), ())


def broken_rule(id: str = "S7") -> Rule:
    def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
        raise ZeroDivisionError

    return Rule(id, find, (), ())
