"""The left rail: the pages by icon and name, with quiet counts; icons alone when the window is narrow."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui.icons import paint_icon
from twohats.gui.theme import CONTROL_RADIUS, Theme
from twohats.model.identity import Hat

WIDTH_PX = 184
FOLDED_PX = 60

PLACES = (
    ("compose", "Compose", "pen"),
    ("drafts", "Drafts", "drafts"),
    ("queue", "Queue", "queue"),
    ("calendar", "Calendar", "calendar"),
    ("sent", "Sent", "sent"),
    ("accounts", "Accounts", "accounts"),
    ("policy", "Policy", "policy"),
    ("settings", "Settings", "settings"),
)
_SECOND_GROUP = "accounts"


class Rail(QWidget):
    """Alt with a number goes to a page from anywhere."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_folded = False
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self._brand = _Brand(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(4)
        column.addWidget(self._brand)
        column.addSpacing(16)
        self._buttons: dict[str, _PlaceButton] = {}
        for number, (key, name, icon_name) in enumerate(PLACES, start=1):
            if key == _SECOND_GROUP:
                column.addSpacing(24)
            button = _PlaceButton(theme, name, icon_name, f"Alt+{number}")
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            column.addWidget(button)
            self._buttons[key] = button
        column.addStretch(1)
        theme.theme_changed.connect(self._fit)
        self._fit()

    def button(self, key: str) -> QAbstractButton:
        return self._buttons[key]

    def show_place(self, key: str) -> None:
        for own, button in self._buttons.items():
            button.setChecked(own == key)

    def show_count(self, key: str, count: int) -> None:
        self._buttons[key].show_count(count)

    def fold(self, is_folded: bool) -> None:
        self._is_folded = is_folded
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(FOLDED_PX if self._is_folded else WIDTH_PX))
        self._brand.fold(self._is_folded)
        for button in self._buttons.values():
            button.fold(self._is_folded)


class _PlaceButton(QAbstractButton):
    def __init__(self, theme: Theme, name: str, icon_name: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._icon_name = icon_name
        self._count = 0
        self._is_folded = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")

    def nextCheckState(self) -> None:
        """A click alone does not turn it: the window says which page is shown."""

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self._name}, {count}" if count else self._name)
            self.update()

    def fold(self, is_folded: bool) -> None:
        self._is_folded = is_folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(44), self._theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.color("surface-raised" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.focus_pen())
            painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        side = theme.px(18)
        left = box.center().x() - side / 2 if self._is_folded else theme.px(12)
        paint_icon(
            painter,
            QRectF(left, box.center().y() - side / 2, side, side),
            self._icon_name,
            theme.color("text" if self.isChecked() else "text-soft"),
        )
        number = f"{self._count:,}" if self._count else ""
        if self._is_folded:
            self._paint_dot(painter, box, bool(number))
            return
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(13, 600 if self.isChecked() else 400))
        words = QRectF(left + side + 12, 0, box.right() - left - side - 12, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._name)
        painter.setPen(theme.color("text-soft"))
        painter.setFont(theme.counter_font())
        right = QRectF(0, 0, box.right() - theme.px(10), self.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)

    def _paint_dot(self, painter: QPainter, box: QRectF, is_shown: bool) -> None:
        if is_shown:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("text-soft"))
            px = self._theme.px
            painter.drawEllipse(QRectF(box.center().x() + px(9), box.top() + px(6), px(5), px(5)))


class _Brand(QWidget):
    """The name of the program beside its two signs: a round one and a squared one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_folded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, is_folded: bool) -> None:
        self._is_folded = is_folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(44), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(13)
        middle = self.height() / 2
        left = self.width() / 2 - side - 1.5 if self._is_folded else float(theme.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent(Hat.PERSONAL))
        painter.drawEllipse(QRectF(left, middle - side / 2, side, side))
        painter.setBrush(theme.accent(Hat.PROFESSIONAL))
        painter.drawRoundedRect(QRectF(left + side + 3, middle - side / 2, side, side), 3, 3)
        if not self._is_folded:
            painter.setPen(theme.color("text"))
            painter.setFont(theme.font(15, 600))
            words = QRectF(left + 2 * side + 13, 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "Two Hats")
