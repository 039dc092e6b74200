"""The undo window of a post: a bar that shrinks while nothing has left yet, with Undo and Send now."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.posting import Pending
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.theme import CARD_RADIUS, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import HatMark
from twohats.gui.widgets.labels import CounterLabel, Label

_STEP_MS = 50
_BAR_PX = 4


class UndoBars(QWidget):
    """One bar for each post that can still be taken back, the newest on top."""

    undo_wanted = Signal(str)
    send_now_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: dict[str, UndoBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    @property
    def newest(self) -> str:
        """The post that Ctrl+Z takes back; empty when there is none."""
        return next(reversed(self._bars), "")

    def bar(self, post_id: str) -> "UndoBar":
        return self._bars[post_id]

    def show_pending(self, pending: tuple[Pending, ...]) -> None:
        wanted = {post.post_id for post in pending}
        for post_id in [i for i in self._bars if i not in wanted]:
            bar = self._bars.pop(post_id)
            self._column.removeWidget(bar)
            bar.stop()
            bar.hide()
            bar.deleteLater()
        for post in pending:
            if post.post_id not in self._bars:
                bar = UndoBar(self._theme, post)
                bar.undo_wanted.connect(self.undo_wanted)
                bar.send_now_wanted.connect(self.send_now_wanted)
                self._bars[post.post_id] = bar
                self._column.insertWidget(0, bar)
        self.setVisible(bool(self._bars))


class UndoBar(QFrame):
    """Ctrl+Z takes the post back while the bar has the focus."""

    undo_wanted = Signal(str)
    send_now_wanted = Signal(str)

    def __init__(self, theme: Theme, pending: Pending) -> None:
        super().__init__()
        self._theme = theme
        self._pending = pending
        self._clock = QElapsedTimer()
        self._clock.start()
        self._told_s = -1
        self._label = Label(_going(pending), "strong", wraps=True)
        self._count = CounterLabel(theme)
        self._count.setWordWrap(True)
        undo = Button(theme, "Undo", "quiet", "undo", "Take the post back (Ctrl+Z)")
        undo.clicked.connect(lambda: self.undo_wanted.emit(pending.post_id))
        now = Button(theme, "Send now", "flat", tip="Do not wait any longer")
        now.clicked.connect(lambda: self.send_now_wanted.emit(pending.post_id))
        for button in (undo, now):
            button.installEventFilter(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        words.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8 + _BAR_PX)
        row.setSpacing(12)
        row.addWidget(HatMark(theme, pending.hat, size_px=28))
        row.addLayout(words, 1)
        row.addWidget(undo)
        row.addWidget(now)
        self.setAccessibleName(f"{self._label.text()}. Nothing has left yet.")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        # Without movement the number alone tells the time.
        self._timer.start(_STEP_MS if theme.motion_ms(1) else 1000)
        self._step()

    @property
    def left_s(self) -> float:
        """How many seconds the post can still be taken back."""
        return max(0.0, self._pending.window_s - self._clock.elapsed() / 1000)

    def stop(self) -> None:
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit(self._pending.post_id)
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()  # then it comes as a key, here
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.accent(self._pending.hat))
        painter.setBrush(theme.accent_soft(self._pending.hat))
        painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)
        share = self.left_s / self._pending.window_s if self._pending.window_s else 0.0
        track = QRectF(CARD_RADIUS, self.height() - _BAR_PX - 4, self.width() - 2 * CARD_RADIUS, _BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.accent(self._pending.hat))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, _BAR_PX), 2, 2)

    def _step(self) -> None:
        left_s = round(self.left_s)
        if left_s != self._told_s:
            self._told_s = left_s
            self._count.setText(f"Nothing has left yet. {left_s} s to take it back.")
        self.update()


def _going(pending: Pending) -> str:
    if not pending.first:
        return f"Posting as {pending.posted_as} to {listed(pending.where)}"
    others = listed(tuple(place for place in pending.where if place != pending.first))
    return wording.sentence("blog_first", "posting", name=pending.posted_as, blog=pending.first, others=others)
