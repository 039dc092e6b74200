"""What leads a person through one way of connecting: pages with steps, fields, and what to copy. No Qt.

The words are in resources/i18n, the order of pages in resources/connect. A way that nobody wrote anything for, as that
of a network by others, still gets one page with its fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # Any: tables of TOML
from urllib.parse import urlsplit

from twohats.gui import wording
from twohats.gui.accounts.facts import facts_of
from twohats.model.ports import Ask, Way


@dataclass(frozen=True, slots=True)
class GuideField:
    """One thing to be typed or pasted."""

    name: str
    label: str
    hint: str
    example: str
    is_secret: bool
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`opens` is the page to open, `copies` are what must be put there."""

    title: str
    steps: tuple[str, ...]
    opens: str
    copies: tuple[str, ...]
    fields: tuple[GuideField, ...]

    @property
    def host(self) -> str:
        return urlsplit(self.opens).hostname or ""


@dataclass(frozen=True, slots=True)
class Guide:
    """`why` says why it is done like this; `verb` stands on the last button, `instead` on what leads here from another
    way, `waiting` is said while the network is asked."""

    network: str
    way: Way
    why: str
    verb: str
    instead: str
    waiting: str
    pages: tuple[GuidePage, ...]

    @property
    def fields(self) -> tuple[GuideField, ...]:
        return tuple(field for page in self.pages for field in page.fields)


def guide_for(network: str, way: Way) -> Guide:
    """The guide through one way of a network."""
    words = wording.table("connect", network, way.name)
    facts: Mapping[str, Any] = facts_of(network).get(way.name, {})
    name = wording.sentence("network", network)
    asked = "Waiting for the browser. Say yes in the page that has opened, then come back here."
    return Guide(
        network=network,
        way=way,
        why=words.get("why", ""),
        verb=words.get("verb", "Sign in in the browser" if way.comes_back else "Connect"),
        instead=words.get("instead", "Connect in another way"),
        waiting=words.get("waiting", asked if way.comes_back else f"Asking {name} who this is."),
        pages=_pages(way, words, facts, f"It goes to {name} alone, and is kept nowhere but in the keyring."),
    )


def _pages(way: Way, words: Mapping[str, Any], facts: Mapping[str, Any], of_secrets: str) -> tuple[GuidePage, ...]:
    told = facts.get("pages") or [{"opens": facts.get("opens", way.opens), "asks": [ask.name for ask in way.asks]}]
    placed = {name for page in told for name in page.get("asks", ())}
    left = [ask.name for ask in way.asks if ask.name not in placed]  # what a newer network asks for besides: at the end
    pages = []
    for page in told:
        said = words.get(page["name"], {}) if "name" in page else words
        names = [*page.get("asks", ()), *(left if page is told[-1] else ())]
        asks = {ask.name: ask for ask in way.asks}
        pages.append(
            GuidePage(
                title=said.get("title", ""),
                steps=tuple(said.get("steps", ())),
                opens=page.get("opens", ""),
                copies=tuple(page.get("copies", ())),
                fields=tuple(_field(asks[name], words, facts, of_secrets) for name in names if name in asks),
            )
        )
    return tuple(pages)


def _field(ask: Ask, words: Mapping[str, Any], facts: Mapping[str, Any], of_secrets: str) -> GuideField:
    return GuideField(
        name=ask.name,
        label=words.get("fields", {}).get(ask.name) or ask.name.replace("_", " ").capitalize(),
        hint=words.get("hints", {}).get(ask.name) or (of_secrets if ask.is_secret else ""),
        example=words.get("examples", {}).get(ask.name, ""),
        is_secret=ask.is_secret,
        may_be_empty=ask.name in facts.get("may_be_empty", ()),
    )
