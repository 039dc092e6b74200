"""How loud a finding is for a hat, and what the owner has allowed."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from twohats.assets import resources
from twohats.model.finding import Category, Severity
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Policy, Scope, normalise


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """One row of resources/policy/rules.toml. `scopes` are the allowances a card may offer; `answers` codes of the
    reasons that fit the rule at the gate."""

    rule: str
    category: Category
    severities: Mapping[Hat, Severity]
    basis: tuple[str, ...]
    scopes: frozenset[Scope]
    answers: tuple[str, ...]


RuleBook = Mapping[str, RulePolicy]

CLIENT_RULES = "C"
TOPIC_RULES = "S"


@cache
def rule_book() -> RuleBook:
    """The rows of resources/policy/rules.toml by rule id. Raises ValueError or KeyError when a row is wrong."""
    with (resources() / "policy" / "rules.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {rule: _row(rule, row) for rule, row in rows.items()}


def row_of(book: RuleBook, rule: str) -> RulePolicy:
    """The rule's row; for a rule from outside that has none, a warning for Professional and a note for Personal."""
    return book.get(rule) or RulePolicy(
        rule,
        Category.PRIVATE_LIFE,
        {Hat.PROFESSIONAL: Severity.WARN, Hat.PERSONAL: Severity.NOTE},
        (),
        frozenset((Scope.POST, Scope.WORDING, Scope.NOT_PERSONAL)),
        ("meant_for_clients", "not_about_me", "reviewed"),
    )


def severity_for(row: RulePolicy, hat: Hat, policy: Policy, of_hit: Severity | None = None) -> Severity:
    """What a hit weighs under a hat.

    A rule that is silent for the hat stays silent. A hit may be milder or graver than its rule. The owner may make a
    rule louder or quieter, but a client rule never quieter; and a hit that is graver than its rule, such as one's own
    home address, is no quieter for it until the rule is silent.
    """
    usual = row.severities[hat]
    weight = usual
    if of_hit is not None and usual is not Severity.SILENT:
        milder = of_hit < row.severities[Hat.PROFESSIONAL]
        weight = min(usual, of_hit) if milder else of_hit
    chosen = policy.severities.get((row.rule, hat))
    if chosen is None or chosen == usual:
        return weight
    if chosen > usual:
        return max(weight, chosen)
    is_graver = weight > usual and chosen is not Severity.SILENT
    return weight if row.rule.startswith(CLIENT_RULES) or is_graver else min(weight, chosen)


def is_allowed(row: RulePolicy, words: str, hat: Hat, draft_id: str, policy: Policy) -> bool:
    """Whether the owner lets the words pass under the rule and hat; a scope the rule does not offer is ignored."""
    wording = normalise(words)
    for allowance in policy.allowances:
        if allowance.rule != row.rule or allowance.hat is not hat or allowance.scope not in row.scopes:
            continue
        if allowance.scope is Scope.TOPIC:
            return True
        if normalise(allowance.wording) != wording:
            continue
        if allowance.scope is not Scope.POST or allowance.draft_id == draft_id:
            return True
    return False


def answers_for(rule: str) -> tuple[str, ...]:
    """The codes of the reasons that a rule takes at the gate; a rule from outside takes those of `row_of`."""
    return row_of(rule_book(), rule).answers


class Card:
    """What the owner has chosen to be public: exact values, in any spacing or punctuation."""

    __slots__ = ("_names", "_numbers", "_values")

    def __init__(self, identity: Identity) -> None:
        values = [*identity.card.values(), *own_names(identity)]
        self._values = tuple(dict.fromkeys(folded for value in values if len(folded := _letters(value)) >= 3))
        self._numbers = tuple(
            digits for value in (identity.card.phone, identity.card.licence) if len(digits := _digits(value)) >= 5
        )
        self._names = frozenset(_letters(name) for name in own_names(identity))

    def covers(self, words: str, category: Category) -> bool:
        """Whether a finding's words are a value of the card, or a way to reach the practice that lies wholly on it."""
        folded = _letters(words)
        if not folded:
            return False
        if any(folded == value for value in self._values):
            return True
        if category not in (Category.CONTACT, Category.WHEREABOUTS):
            return False
        rest = f" {folded} "
        found = False
        for value in self._values:
            if value not in self._names and f" {value} " in rest:
                rest = rest.replace(f" {value} ", " ")
                found = True
        digits = _digits(rest)
        for number in self._numbers:
            if number in digits:
                digits = digits.replace(number, "", 1)
                found = True
        return found and not digits and "@" not in rest


def own_names(identity: Identity) -> tuple[str, ...]:
    """The names under which the identity posts."""
    return tuple(
        dict.fromkeys(name for name in (identity.name, identity.credentials, identity.display_name) if name.strip())
    )


_KEPT = re.compile(r"[^\w@]+")


def _row(rule: str, row: Mapping[str, object]) -> RulePolicy:
    def strings(name: str) -> tuple[str, ...]:
        value = row[name]
        if not isinstance(value, list):
            raise ValueError(f"{rule}.{name} is not a list")
        return tuple(str(item) for item in value)

    return RulePolicy(
        rule=rule,
        category=Category(row["category"]),
        severities={hat: Severity[str(row[hat.value]).upper()] for hat in Hat},
        basis=strings("basis"),
        scopes=frozenset(Scope(scope) for scope in strings("scopes")),
        answers=strings("answers"),
    )


def _letters(value: str) -> str:
    return " ".join(_KEPT.sub(" ", value.casefold()).split())


def _digits(value: str) -> str:
    return "".join(character for character in value if character.isdigit())
