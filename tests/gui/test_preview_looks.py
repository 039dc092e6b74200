"""The looks of networks: every one is whole, legible in light and dark, and told apart from the others."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from twohats.assets import resources
from twohats.gui import wording
from twohats.gui.accounts.facts import audiences_of
from twohats.gui.icons import has_icon
from twohats.gui.preview.look import Look, has_look, look_of
from twohats.gui.preview.tiles import places
from twohats.gui.theme import Theme
from twohats.model.settings import ThemeChoice

NETWORKS = ("bluesky", "facebook", "linkedin", "mastodon", "threads", "x")
CHOICES = (ThemeChoice.LIGHT, ThemeChoice.DARK)


def _luminance(color: QColor) -> float:
    parts = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color.getRgb()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: QColor, other: QColor) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("network", [*NETWORKS, "byhand", "somewhere-else"])
@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.value)
def test_words_stand_out_from_the_networks_ground(qtbot: QtBot, network: str, choice: ThemeChoice) -> None:
    theme, look = Theme(choice), look_of(network)
    for ground in ("ground", "band"):
        assert _contrast(look.color(theme, "text"), look.color(theme, ground)) >= 7
        assert _contrast(look.color(theme, "soft"), look.color(theme, ground)) >= 4.5
        assert _contrast(look.color(theme, "accent"), look.color(theme, ground)) >= 4.5
    for ours in ("stop", "focus", "text", "text-soft"):  # counters, rings and the switch of the pictures are ours
        assert _contrast(theme.color(ours), look.color(theme, "ground")) >= 3, ours
    assert _contrast(look.color(theme, look.sign), theme.color("surface-raised")) >= 3


def test_high_contrast_has_the_colours_of_the_theme(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = Theme(ThemeChoice.DARK)
    monkeypatch.setattr(theme, "_name", "high-contrast")
    look = look_of("mastodon")
    assert look.color(theme, "text") == theme.color("text")
    assert look.color(theme, "ground") == theme.color("surface-raised")
    assert look.color(theme, "accent") == theme.color("focus")


@pytest.mark.parametrize("network", NETWORKS)
def test_a_look_names_icons_and_words_that_exist(network: str) -> None:
    look = look_of(network)
    for name in look.actions.names:
        assert has_icon(name)
        assert wording.has_sentence("action", name)
    assert look.actions.names
    assert all(has_icon(icon) for icon in look.audience_icons.values())
    known = {value for value, _name in audiences_of(network)}
    assert set(look.audience_icons) - {""} <= known


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.value)
def test_no_two_networks_look_alike(qtbot: QtBot, choice: ThemeChoice) -> None:
    theme = Theme(choice)

    def traits(look: Look) -> tuple[object, ...]:
        shapes = (look.head, look.column, look.corner, look.radius, look.actions.names, look.picture.tiles)
        return (*shapes, look.color(theme, "ground").name(), look.color(theme, "accent").name(), look.portrait_px)

    for one, other in combinations(map(look_of, NETWORKS), 2):
        different = sum(a != b for a, b in zip(traits(one), traits(other), strict=True))
        assert different >= 3, (one.network, other.network)


def test_a_profile_posted_to_by_hand_looks_like_its_network() -> None:
    assert look_of("byhand").actions == look_of("facebook").actions
    assert look_of("byhand").network == "byhand"


def test_blogs_have_no_look_of_a_short_post() -> None:
    assert not has_look("folder")
    assert not has_look("wordpress")
    assert not has_look("any")
    assert all(has_look(network) for network in NETWORKS)


def test_every_file_of_looks_can_be_read() -> None:
    for file in (resources() / "preview").glob("*.toml"):
        assert look_of(file.stem).portrait_px >= 32


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("count", range(1, 9))
def test_tiles_fill_their_place_without_overlap(network: str, count: int) -> None:
    found = places(look_of(network).picture.tiles, count)
    assert 1 <= len(found) <= count
    assert sum(width * height for _x, _y, width, height in found) == pytest.approx(1)
    for one, other in combinations(found, 2):
        is_apart_x = one[0] + one[2] <= other[0] + 1e-9 or other[0] + other[2] <= one[0] + 1e-9
        is_apart_y = one[1] + one[3] <= other[1] + 1e-9 or other[1] + other[3] <= one[1] + 1e-9
        assert is_apart_x or is_apart_y
