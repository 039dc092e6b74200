"""The identity switch: Personal left, Professional right; the chosen half fills, the other stays an outline."""

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from twohats.gui.icons import hat_icon, paint_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import hat_name
from twohats.model.identity import Hat, Identity


class IdentitySwitch(QWidget):
    """Told apart by place, name, icon and shape, and by colour last. None is chosen until a person chooses."""

    hat_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Who is posting")
        self._halves = {hat: _Half(theme, hat) for hat in Hat}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for hat, half in self._halves.items():
            row.addWidget(half, 1)
            half.clicked.connect(lambda _checked=False, hat=hat: self._choose(hat))
        self.setTabOrder(self._halves[Hat.PERSONAL], self._halves[Hat.PROFESSIONAL])

    def half(self, hat: Hat) -> QAbstractButton:
        return self._halves[hat]

    def show_identities(self, identities: tuple[Identity, ...]) -> None:
        for identity in identities:
            self._halves[identity.hat].show_identity(identity)

    def show_hat(self, hat: Hat | None) -> None:
        for own, half in self._halves.items():
            half.set_chosen(own is hat)

    def _choose(self, hat: Hat) -> None:
        self._halves[hat].set_chosen(self._halves[hat].is_chosen)  # a click alone does not turn it: the session does
        self.hat_chosen.emit(hat)


class _Half(QAbstractButton):
    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self._theme = theme
        self._hat = hat
        self._name = ""
        self._icon = ""
        self._fill = 0.0
        self._movement = QVariantAnimation(self)
        self._movement.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._movement.valueChanged.connect(self._set_fill)
        self.is_chosen = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        key = "Ctrl+1" if hat is Hat.PERSONAL else "Ctrl+2"
        self.setToolTip(f"Post as {hat_name(hat)} ({key})")
        theme.theme_changed.connect(self._restyle)

    def show_identity(self, identity: Identity) -> None:
        self._name, self._icon = identity.display_name, identity.icon
        self.setAccessibleName(f"{hat_name(self._hat)}: {identity.display_name}")
        self.update()

    def set_chosen(self, is_chosen: bool) -> None:
        self.setChecked(is_chosen)
        if is_chosen == self.is_chosen:
            return
        self.is_chosen = is_chosen
        self._movement.stop()
        self._movement.setDuration(self._theme.motion_ms(120))
        self._movement.setStartValue(self._fill)
        self._movement.setEndValue(1.0 if is_chosen else 0.0)
        self._movement.start()
        if self._movement.duration() == 0:
            self._set_fill(1.0 if is_chosen else 0.0)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(260), self._theme.px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self._theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        box = whole.adjusted(3, 3, -3, -3) if self.hasFocus() else whole  # room for the ring
        radius = box.height() / 2 if self._hat is Hat.PERSONAL else 8
        accent = theme.accent(self._hat)
        ground = _blend(theme.color("hover" if self.underMouse() else "surface"), accent, self._fill)
        painter.setPen(QPen(accent if self._fill > 0.5 else theme.color("line-strong"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), radius + 2, radius + 2)

        side = theme.px(24)
        left = box.left() + theme.px(18)
        ink = _blend(theme.color("text"), theme.color("on-accent"), self._fill)
        icon_ink = _blend(accent, theme.color("on-accent"), self._fill)
        paint_icon(
            painter, QRectF(left, box.center().y() - side / 2, side, side), hat_icon(self._hat, self._icon), icon_ink
        )
        left += side + 12
        width = box.right() - theme.px(16) - left
        top_font, name_font = theme.font(14, 600), theme.font(12)
        top_metrics, name_metrics = QFontMetricsF(top_font), QFontMetricsF(name_font)
        height = top_metrics.height() + name_metrics.height()
        y = box.center().y() - height / 2
        painter.setPen(ink)
        painter.setFont(top_font)
        painter.drawText(QRectF(left, y, width, top_metrics.height()), 0, hat_name(self._hat))
        painter.setPen(_blend(theme.color("text-soft"), theme.color("on-accent"), self._fill))
        painter.setFont(name_font)
        name = name_metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, y + top_metrics.height(), width, name_metrics.height()), 0, name)

    def _set_fill(self, fill: float) -> None:
        self._fill = fill
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _blend(under: QColor, over: QColor, share: float) -> QColor:
    """`share` of the second colour over the first, 0 to 1."""
    return QColor.fromRgbF(
        under.redF() + (over.redF() - under.redF()) * share,
        under.greenF() + (over.greenF() - under.greenF()) * share,
        under.blueF() + (over.blueF() - under.blueF()) * share,
    )
