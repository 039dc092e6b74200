"""Every code that can reach a person has a sentence, and every gap in a sentence is filled."""

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from twohats.assets import resources
from twohats.gui import wording
from twohats.model.finding import Category

_PROGRAM = Path(__file__).resolve().parents[2] / "desktop" / "twohats"
_ROOMS = ("model", "networks", "store", "vault", "updates", "flows", "bridge", "boundary", "app.py", "cli.py")
_ERRORS = {
    *("MixedIdentities", "NotApproved", "BadInput", "VaultError", "VaultMissing", "VaultLocked", "StoreError"),
    *("StoreUnreadable", "StoreFull", "Unreachable", "TooFast", "Refused", "StoppedMidway", "SignedOut", "ByHand"),
    "OutcomeUnknown",
}
_MOVES = {"held", "lost_sight", "failed", "refused_for_now"}
# A rule with too thin a table stops the tests of its author, before anybody could read a sentence.
_FOR_AUTHORS_ONLY = {"thin_rule"}
_SENTENCES = tomllib.loads((resources() / "i18n" / "en.toml").read_text(encoding="utf-8"))


def _files() -> Iterator[Path]:
    for room in _ROOMS:
        place = _PROGRAM / room
        yield from [place] if place.is_file() else place.rglob("*.py")


def _raised() -> dict[str, set[str]]:
    """The codes that are raised or told anywhere below the window, with the names of the facts that go with them."""
    found: dict[str, set[str]] = {}
    for file in _files():
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args or not _is_told(call):
                continue
            first = call.args[0]
            codes = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            facts = {word.arg for word in call.keywords if word.arg} | ({"*"} if _spreads(call) else set())
            for code in codes:
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.setdefault(code.value, set()).update(facts)
    return found


def _is_told(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in _ERRORS
        case ast.IfExp(body=ast.Name(id=name)):
            return name in _ERRORS
        case ast.Attribute(attr="emit", value=ast.Attribute(attr="problem" | "post_refused" | "connect_failed")):
            return True
        case ast.Attribute(attr=name):
            return name in _MOVES
    return False


def _spreads(call: ast.Call) -> bool:
    return any(word.arg is None for word in call.keywords)


_CODES = {code: facts for code, facts in _raised().items() if code not in _FOR_AUTHORS_ONLY}


def test_the_search_for_codes_finds_what_is_known_to_be_raised() -> None:
    assert {"signed_out", "store_damaged", "keyring_locked", "mixed_identities", "cut_off", "left_already"} <= set(
        _CODES
    )
    assert len(_CODES) > 60


@pytest.mark.parametrize("code", sorted(_CODES))
def test_every_code_has_a_sentence(code: str) -> None:
    assert wording.has_sentence("error", code) or wording.has_sentence("problem", code)


@pytest.mark.parametrize("code", sorted(_CODES))
def test_no_sentence_asks_for_a_fact_that_is_never_given(code: str) -> None:
    facts = _CODES[code]
    if "*" in facts:
        return
    sentence = _SENTENCES["error"].get(code) or _SENTENCES["problem"][code]
    gaps = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    extra = {"retry_after_s"} | ({"used", "limit", "unit"} if code in _SENTENCES["problem"] else set())
    assert gaps <= facts | extra


@pytest.mark.parametrize("section", ["error", "problem", "category", "audience", "network"])
def test_sentences_are_calm_and_end_as_sentences(section: str) -> None:
    for code, sentence in _SENTENCES[section].items():
        assert "!" not in sentence, code
        assert "oops" not in sentence.lower(), code
        if section in ("error", "problem", "audience"):
            assert sentence.endswith("."), code


@pytest.mark.parametrize("kind", list(Category), ids=lambda kind: kind.value)
def test_every_category_has_a_plain_name(kind: Category) -> None:
    assert wording.has_sentence("category", kind.value)


def test_an_unknown_code_still_reads_as_a_sentence() -> None:
    assert wording.sentence("error", "never_heard_of") == wording.sentence("error", "unknown")
    assert wording.sentence("error", "unknown").endswith(".")
