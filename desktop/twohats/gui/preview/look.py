"""How posts look on one network: rhythm, shapes and colours, read from resources/preview."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any  # Any: a table of TOML

from PySide6.QtGui import QColor

from twohats.assets import resources
from twohats.gui.theme import Theme


class Head(Enum):
    """What stands beside a portrait."""

    LINE = "line"  # name, handle and time on one line
    HANDLE_ALONE = "handle_alone"  # the handle and the time: the name is not shown
    HANDLE_BELOW = "handle_below"  # the time at the end of the first line
    TIME_BELOW = "time_below"  # time and audience; no handle


class Column(Enum):
    """When the text stands beside the portrait, not below it."""

    ALWAYS = "always"
    IN_THREAD = "in_thread"
    NEVER = "never"


class Tiles(Enum):
    """How several pictures share their place."""

    QUARTERS = "quarters"  # halves, one and two, four quarters
    ONE_ABOVE = "one_above"  # one above, up to three below
    FIVE = "five"  # two above, up to three below


@dataclass(frozen=True, slots=True)
class PictureLook:
    """`radius` in pixels; `tells_alt`: a picture says that it has an alt text; `is_full_width`: to the post's edges."""

    tiles: Tiles
    radius: int
    tells_alt: bool = False
    is_full_width: bool = False


@dataclass(frozen=True, slots=True)
class CardLook:
    """The card of a link. `is_wide`: its picture stands above the words, else before them; `lines` are "title",
    "description", "host", from the top; `has_band`: the words stand on a ground of their own."""

    is_wide: bool
    lines: tuple[str, ...]
    radius: int
    has_band: bool = False
    has_loud_host: bool = False
    has_host_line: bool = False
    is_full_width: bool = False


@dataclass(frozen=True, slots=True)
class ActionsLook:
    """What readers can do, as glyphs. `has_line`: a hairline above them; `is_spread`: over the whole width."""

    names: tuple[str, ...] = ()
    has_words: bool = False
    has_line: bool = False
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """`corner` is the share of a portrait's side that is round; `radius` that of the post, on what lies around it;
    `sign` the colour of the network's shape.

    `link_path` and `link_whole`: how much of a link is shown, of what follows its host or of all (0: all of it).
    `audience_icons` by the network's own value; that of "" where nobody can choose.
    """

    network: str
    portrait_px: int
    corner: float
    head: Head
    column: Column
    radius: int
    sign: str
    picture: PictureLook
    card: CardLook
    actions: ActionsLook
    has_fold_at_end: bool
    has_soft_fold: bool
    link_path: int
    link_whole: int
    audience_icons: Mapping[str, str]
    colours: Mapping[str, Mapping[str, str]]

    def color(self, theme: Theme, name: str) -> QColor:
        """ "ground", "around" (what a post lies on), "band", "text", "soft", "line" or "accent"; the theme's own under
        high contrast, and for other tokens."""
        told = self.colours.get(theme.name, {}).get(name)
        return _color(told) if told else theme.color(_TOKENS.get(name, name))


@cache
def look_of(network: str) -> Look:
    """The look of one network; a plain one for those that others wrote."""
    told = _told(network if has_look(network) else "any")
    rhythm, links, fold = told["rhythm"], told.get("links", {}), told.get("fold", {})
    audience = {"" if name == "icon" else name: icon for name, icon in told.get("audience", {}).items()}
    picture, card, actions = dict(told["picture"]), dict(told["card"]), dict(told.get("actions", {}))
    return Look(
        network=network,
        portrait_px=rhythm["portrait"],
        corner=rhythm["corner"],
        head=Head(rhythm["head"]),
        column=Column(rhythm["column"]),
        radius=rhythm["radius"],
        sign=rhythm.get("sign", "accent"),
        picture=PictureLook(Tiles(picture.pop("tiles")), **picture),
        card=CardLook(card.pop("shape") == "wide", tuple(card.pop("lines")), **card),
        actions=ActionsLook(tuple(actions.pop("names", ())), **actions),
        has_fold_at_end=bool(fold.get("is_at_end")),
        has_soft_fold=bool(fold.get("is_soft")),
        link_path=links.get("path", 0),
        link_whole=links.get("whole", 0),
        audience_icons=audience,
        colours={name: told[name] for name in ("light", "dark") if name in told},
    )


def has_look(network: str) -> bool:
    """Whether the network has a look of its own: its posts are short ones, not articles."""
    return network != "any" and (resources() / "preview" / f"{network}.toml").is_file()


_TOKENS = {
    "ground": "surface-raised",
    "around": "surface-raised",
    "band": "surface-sunken",
    "soft": "text-soft",
    "accent": "focus",
}


def _told(name: str) -> dict[str, Any]:
    told = tomllib.loads((resources() / "preview" / f"{name}.toml").read_text(encoding="utf-8"))
    return _told(told["same_as"]) if "same_as" in told else told


@cache
def _color(hexed: str) -> QColor:
    return QColor(hexed)
