"""The look: tokens become a palette, a style sheet, fonts and lengths; follows the system unless told otherwise."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

from twohats.assets import resources
from twohats.model.identity import Hat, Identity
from twohats.model.settings import ThemeChoice

ACCENTS = {
    Hat.PERSONAL: ("personal", "plum", "ochre"),
    Hat.PROFESSIONAL: ("professional", "indigo", "forest"),
}
"""The colours that each hat may choose from, by token; the first is its own. No colour is offered to both."""

GAP_INSIDE = 8
GAP = 12
GAP_REGION = 24
CARD_RADIUS = 10
CONTROL_RADIUS = 8


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme file. Colours by token, as "#rrggbb" or "#aarrggbb"."""

    is_dark: bool
    colours: dict[str, str]


@cache
def read_tokens(name: str) -> Tokens:
    """The tokens of resources/themes/NAME.toml: "light", "dark" or "high-contrast"."""
    with (resources() / "themes" / f"{name}.toml").open("rb") as file:
        told = tomllib.load(file)
    return Tokens(bool(told["is_dark"]), dict(told["colours"]))


class Theme(QObject):
    """The colours and sizes in use. Widgets ask it while painting and repaint on `theme_changed`."""

    theme_changed = Signal()

    def __init__(self, choice: ThemeChoice = ThemeChoice.SYSTEM, text_scale_percent: int = 100) -> None:
        super().__init__()
        self._choice = choice
        self._scale = _bounded(text_scale_percent)
        self._accents = {hat: names[0] for hat, names in ACCENTS.items()}
        self._colors: dict[str, QColor] = {}  # asked for at every key
        hints = QGuiApplication.styleHints()
        self._system_scheme = hints.colorScheme()
        self._has_high_contrast = False
        hints.colorSchemeChanged.connect(self._follow_scheme)
        accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
        if accessibility is not None:
            self._has_high_contrast = accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
            accessibility().contrastPreferenceChanged.connect(self._follow_contrast)
        self._name = self._name_for_choice()

    @property
    def name(self) -> str:
        """ "light", "dark" or "high-contrast"."""
        return self._name

    @property
    def is_dark(self) -> bool:
        return read_tokens(self._name).is_dark

    @property
    def scale(self) -> float:
        """The text scale, 1.0 to 2.0."""
        return self._scale

    def color(self, token: str) -> QColor:
        """The colour of a token. "personal" and "professional" (and "-soft") are what the owner chose for the hat."""
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = QColor(self._hex(token))
        return color

    def accent(self, hat: Hat | None) -> QColor:
        """The hat's colour; the plain strong line while there is no hat."""
        return self.color(hat.value if hat else "line-strong")

    def accent_soft(self, hat: Hat | None) -> QColor:
        """The hat's colour as a quiet ground."""
        return self.color(f"{hat.value}-soft" if hat else "surface-sunken")

    def focus_pen(self) -> QPen:
        """What draws the ring around the control that has the focus."""
        return QPen(self.color("focus"), 2)

    def px(self, length: float) -> int:
        """A length that grows with the text scale, in device-independent pixels."""
        return round(length * self._scale)

    def font(self, size_px: float = 13, weight: int = 400) -> QFont:
        """The system's own face at a size (before scaling) and weight (400 or 600)."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.px(size_px))
        font.setWeight(QFont.Weight(weight))
        return font

    def fixed_font(self, size_px: float = 12) -> QFont:
        """For what is read by programs: signs of one width."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.px(size_px))
        return font

    def counter_font(self, size_px: float = 12) -> QFont:
        """The same face with figures of one width, where the face has them."""
        font = self.font(size_px)
        tag = getattr(QFont, "Tag", None)  # Qt 6.7 and later
        if tag is not None:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def motion_ms(self, duration_ms: int) -> int:
        """The duration of a movement: 0 when the system asks for less of it."""
        return duration_ms if QApplication.isEffectEnabled(Qt.UIEffect.UI_General) else 0

    def set_choice(self, choice: ThemeChoice) -> None:
        """Light, dark, or as the system has it."""
        self._choice = choice
        self._change_if_other()

    def set_scale(self, text_scale_percent: int) -> None:
        """The text scale, 100 to 200 per cent."""
        scale = _bounded(text_scale_percent)
        if scale != self._scale:
            self._scale = scale
            self._renew()

    def set_accents(self, identities: tuple[Identity, ...]) -> None:
        """Takes over the colours that the identities chose; a colour that is not the hat's to choose is ignored."""
        accents = {hat: names[0] for hat, names in ACCENTS.items()}
        for identity in identities:
            if identity.accent in ACCENTS[identity.hat]:
                accents[identity.hat] = identity.accent
        if accents != self._accents:
            self._accents = accents
            self._renew()

    def apply(self, application: QApplication) -> None:
        """Dresses the whole program: Fusion as the base, so that it looks alike everywhere."""
        if application.style().objectName().lower() != "fusion":
            application.setStyle("Fusion")
        application.setPalette(self.palette())
        application.setFont(self.font())
        application.setStyleSheet(self.style_sheet())

    def palette(self) -> QPalette:
        """The tokens as Qt's palette, for what the style sheet does not reach."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in (
            (role.Window, "surface"),
            (role.WindowText, "text"),
            (role.Base, "surface-raised"),
            (role.AlternateBase, "surface-sunken"),
            (role.Text, "text"),
            (role.Button, "surface-raised"),
            (role.ButtonText, "text"),
            (role.BrightText, "surface-raised"),
            (role.ToolTipBase, "surface-raised"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "text-soft"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "text"),
            (role.Accent, "focus"),
            (role.Link, "focus"),
            (role.LinkVisited, "focus"),
            (role.Light, "surface-raised"),
            (role.Midlight, "line"),
            (role.Mid, "line"),
            (role.Dark, "line-strong"),
            (role.Shadow, "line-strong"),
        ):
            palette.setColor(which, self.color(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("text-soft"))
        return palette

    def style_sheet(self) -> str:
        """resources/themes/style.qss with tokens and lengths filled in."""
        sheet = (resources() / "themes" / "style.qss").read_text(encoding="utf-8")
        return re.sub(r"@([a-z]+(?:-[a-z]+)*|\d+px)", lambda found: self._filled(found[1]), sheet)

    def _filled(self, word: str) -> str:
        if word == "resources":
            return resources().as_posix()
        if word == "tick":
            return "dark" if self.is_dark else "light"
        if word.startswith("radio-"):
            return f"{self._radio(word)}px"
        return f"{self.px(int(word[:-2]))}px" if word[0].isdigit() else self._hex(word)

    def _radio(self, part: str) -> int:
        """The sizes of a radio button, in pixels: with a radius of more than half its side, Qt draws a square."""
        side = self.px(16) + 2
        ring = round(side * 0.28)
        return {"radio-radius": side // 2, "radio-ring": ring, "radio-hole": side - 2 * ring}[part]

    def _hex(self, token: str) -> str:
        base, soft, _ = token.partition("-soft")
        if base in (Hat.PERSONAL.value, Hat.PROFESSIONAL.value):
            token = self._accents[Hat(base)] + soft
        return read_tokens(self._name).colours[token]

    def _follow_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._system_scheme = scheme
        self._change_if_other()

    def _follow_contrast(self, preference: object) -> None:
        self._has_high_contrast = preference == Qt.ContrastPreference.HighContrast
        self._change_if_other()

    def _change_if_other(self) -> None:
        name = self._name_for_choice()
        if name != self._name:
            self._name = name
            self._renew()

    def _renew(self) -> None:
        self._colors.clear()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.apply(application)
        self.theme_changed.emit()

    def _name_for_choice(self) -> str:
        if self._has_high_contrast:
            return "high-contrast"
        match self._choice:
            case ThemeChoice.LIGHT:
                return "light"
            case ThemeChoice.DARK:
                return "dark"
            case ThemeChoice.SYSTEM:
                return "dark" if self._system_scheme == Qt.ColorScheme.Dark else "light"


def _bounded(text_scale_percent: int) -> float:
    return min(200, max(100, text_scale_percent)) / 100
