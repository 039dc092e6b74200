"""Codes from below become sentences here, for the window and for the command line alike. No Qt."""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any  # Any: a table holds sentences, lists and tables

from twohats.assets import resources
from twohats.model.errors import TwoHatsError
from twohats.model.finding import Category, Finding


def sentence(section: str, code: str, **facts: object) -> str:
    """The sentence for a code in a section of resources/i18n/en.toml, with facts filled in.

    A code nobody wrote a sentence for is a fault of ours, and must still not reach a person as a traceback:
    the section's "unknown" stands in, or the bare code.
    """
    words = _sentences().get(section, {})
    text = words.get(code) or words.get("unknown") or code
    return _Formatter().vformat(text, (), dict(facts, code=code))


def reason(finding: Finding) -> str:
    """The one sentence that says why a finding matters."""
    words = _sentences().get("reason", {})
    return words.get(finding.reason) or words.get(finding.rule) or finding.rule


def rule_title(rule: str) -> str:
    """A rule's short name: "Session talk"."""
    return sentence("rule", rule)


def basis(code: str) -> str:
    """The guideline behind a rule, in a line."""
    return sentence("basis", code)


def answer(code: str) -> str:
    """A reason that can be picked at the gate."""
    return sentence("answer", code)


def category(kind: Category) -> str:
    """What a finding tells of, in a word or two."""
    return sentence("category", kind.value)


def language(code: str) -> str:
    """The English name of a language by its ISO 639-1 code."""
    return sentence("language", code)


def error(problem: TwoHatsError) -> str:
    """What happened, what is safe, what to do next."""
    return sentence("error", problem.code, **problem.facts)


def has_sentence(section: str, code: str) -> bool:
    """Whether somebody wrote a sentence for the code."""
    return code in _sentences().get(section, {})


def table(*path: str) -> Mapping[str, Any]:
    """What stands under a path of tables: sentences, lists of them, further tables. Empty when nobody wrote it."""
    found: Any = _sentences()
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


class _Formatter(string.Formatter):
    """Leaves a gap readable when a fact is missing, rather than failing in front of a person."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "…")


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with (resources() / "i18n" / "en.toml").open("rb") as file:
        return tomllib.load(file)
