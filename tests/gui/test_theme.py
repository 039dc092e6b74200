"""The look: every token is there and legible, and the three marks are told apart without colour."""

import re
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QRadioButton, QStyle, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from twohats.assets import resources
from twohats.gui.composer.marks import TILE_HEIGHT, paint_underline
from twohats.gui.icons import has_icon, icon
from twohats.gui.rail import PLACES
from twohats.gui.theme import ACCENTS, Theme, read_tokens
from twohats.model.finding import Severity
from twohats.model.identity import Hat, Identity
from twohats.model.settings import ThemeChoice

THEMES = ("light", "dark", "high-contrast")
PAPERS = ("surface", "surface-raised", "surface-sunken")
SOFT_GROUNDS = ("stop-soft", "warn-soft", "note-soft", "good-soft")
ACCENT_TOKENS = tuple(name for names in ACCENTS.values() for name in names)
SHAPES = (Severity.STOP, Severity.WARN, Severity.NOTE)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(theme: str, one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two tokens."""
    colours = read_tokens(theme).colours
    bright, dark = sorted((_luminance(colours[one]), _luminance(colours[other])), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "ground"), list(product(THEMES, (*PAPERS, *SOFT_GROUNDS, "hover"))))
def test_text_stands_out_from_every_ground(theme: str, ground: str) -> None:
    assert _contrast(theme, "text", ground) >= 7
    assert _contrast(theme, "text-soft", ground) >= 4.5


@pytest.mark.parametrize(("theme", "ground"), list(product(THEMES, PAPERS)))
def test_marks_icons_and_lines_of_controls_stand_out(theme: str, ground: str) -> None:
    for token in ("stop", "warn", "note", "good", "focus", "line-strong", *ACCENT_TOKENS):
        assert _contrast(theme, token, ground) >= 3, token


@pytest.mark.parametrize(("theme", "accent"), list(product(THEMES, ACCENT_TOKENS)))
def test_words_on_a_filled_accent_are_legible(theme: str, accent: str) -> None:
    assert _contrast(theme, "on-accent", accent) >= 4.5
    assert _contrast(theme, "text", f"{accent}-soft") >= 7


def test_every_theme_has_the_same_tokens() -> None:
    tokens = [set(read_tokens(theme).colours) for theme in THEMES]
    assert tokens[0] == tokens[1] == tokens[2]


@pytest.mark.parametrize("choice", list(ThemeChoice))
def test_the_sheet_is_filled_to_the_last_token(qtbot: QtBot, choice: ThemeChoice) -> None:
    sheet = Theme(choice).style_sheet()
    assert re.findall(r"@[a-z0-9]\S*", sheet.replace(resources().as_posix(), "")) == []


def test_pictures_named_in_the_sheet_exist(qtbot: QtBot) -> None:
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        named = re.findall(r"url\(([^)]+)\)", Theme(choice).style_sheet())
        assert named
        assert all((resources() / name.removeprefix(f"{resources().as_posix()}/")).is_file() for name in named)


def test_no_colour_is_offered_to_both_hats() -> None:
    assert not set(ACCENTS[Hat.PERSONAL]) & set(ACCENTS[Hat.PROFESSIONAL])


def test_an_identity_may_choose_its_colour_but_not_one_of_the_other_hat(qtbot: QtBot) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    usual = theme.accent(Hat.PROFESSIONAL)
    theme.set_accents((Identity(Hat.PROFESSIONAL, "Dr A. Lee", accent="plum"),))
    assert theme.accent(Hat.PROFESSIONAL) == usual
    with qtbot.waitSignal(theme.theme_changed):
        theme.set_accents((Identity(Hat.PROFESSIONAL, "Dr A. Lee", accent="indigo"),))
    assert theme.accent(Hat.PROFESSIONAL) == QColor(read_tokens("light").colours["indigo"])


def test_the_theme_follows_the_system_unless_told_otherwise(qtbot: QtBot) -> None:
    theme, fixed = Theme(ThemeChoice.SYSTEM), Theme(ThemeChoice.LIGHT)
    system = QGuiApplication.styleHints()
    with qtbot.waitSignal(theme.theme_changed):
        system.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert (theme.name, theme.is_dark) == ("dark", True)
    assert fixed.name == "light"
    system.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.name == "light"


def test_a_wish_for_more_contrast_goes_before_light_and_dark(qtbot: QtBot) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    wish = QGuiApplication.styleHints().accessibility().contrastPreferenceChanged
    wish.emit(Qt.ContrastPreference.HighContrast)
    assert theme.name == "high-contrast"
    wish.emit(Qt.ContrastPreference.NoPreference)
    assert theme.name == "light"


def test_lengths_and_letters_grow_with_the_text_scale(qtbot: QtBot) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    theme.set_scale(200)
    assert theme.px(13) == 26
    assert theme.font(17).pixelSize() == 34
    theme.set_scale(900)
    assert theme.scale == 2.0


def test_every_place_of_the_rail_has_an_icon(qtbot: QtBot) -> None:
    theme = Theme(ThemeChoice.LIGHT)
    for _key, _name, icon_name in PLACES:
        assert has_icon(icon_name)
        assert not icon(theme, icon_name).isNull()


def _in_grey(severity: Severity, ratio: float) -> QImage:
    image = QImage(round(60 * ratio), round(TILE_HEIGHT * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_underline(painter, 0, 0, 60, severity, QColor("black"))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def _ink(image: QImage) -> list[list[bool]]:
    return [[QColor(image.pixel(x, y)).value() < 128 for x in range(image.width())] for y in range(image.height())]


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_three_marks_differ_in_shape_alone(qtbot: QtBot, ratio: float) -> None:
    drawn = {severity: _ink(_in_grey(severity, ratio)) for severity in SHAPES}
    for one, other in combinations(SHAPES, 2):
        pairs = [
            (a, b)
            for left, right in zip(drawn[one], drawn[other], strict=True)
            for a, b in zip(left, right, strict=True)
        ]
        inked = sum(a or b for a, b in pairs)
        assert sum(a != b for a, b in pairs) > 0.4 * inked
    stop = drawn[Severity.STOP]
    full_rows = [all(row) for row in stop]
    assert full_rows.count(True) >= 4 * ratio
    assert False in full_rows[full_rows.index(True) : len(full_rows) - full_rows[::-1].index(True)]
    assert not any(all(row) for row in drawn[Severity.WARN] + drawn[Severity.NOTE])


def test_a_mark_has_the_width_it_is_given(qtbot: QtBot) -> None:
    image = QImage(60, TILE_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_underline(painter, 10, 0, 20, Severity.STOP, QColor("black"))
    painter.end()
    inked = [x for x in range(60) if any(row[x] for row in _ink(image))]
    assert (inked[0], inked[-1]) == (10, 29)


@pytest.mark.parametrize("percent", [100, 115, 130, 150, 175, 200])
@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_radio_button_is_round_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, percent: int, is_chosen: bool
) -> None:
    theme = Theme(ThemeChoice.LIGHT, percent)
    theme.apply(qapp)
    button = QRadioButton()
    qtbot.addWidget(button)
    button.setChecked(is_chosen)
    option = QStyleOptionButton()
    button.initStyleOption(option)
    option.rect = QRect(QPoint(0, 0), button.sizeHint())
    box = button.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, button)
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(theme.color("stop"))
    button.render(image, QPoint(0, 0), QRegion(), QWidget.RenderFlag.DrawChildren)
    corner = box.width() // 14
    assert image.pixelColor(box.left() + corner, box.top() + corner) == theme.color("stop"), "nothing in the corner"
    assert image.pixelColor(box.center()) != theme.color("stop")
    Theme(ThemeChoice.LIGHT).apply(qapp)
