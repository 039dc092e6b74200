"""The way through the posts: how far it has come, what was found so far, and a way to stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.flows.rescan import Progress
from twohats.gui import wording
from twohats.gui.rescan import telling
from twohats.gui.rescan.progress_line import ProgressLine
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import CounterLabel, soft


class Underway(QWidget):
    """`stop_wanted` when the person has seen enough."""

    stop_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = ProgressLine(theme, wording.sentence("rescan", "title"))
        self.counts = CounterLabel(theme)
        self.counts.setWordWrap(True)
        self.stop_button = Button(theme, wording.sentence("rescan", "stop"))
        self.stop_button.clicked.connect(self._stop)
        card = Card(padding=16, spacing=GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.counts, 1)
        row.addWidget(self.stop_button)
        card.body.addLayout(row)
        card.body.addWidget(self.line)
        card.body.addWidget(soft(wording.sentence("rescan", "paused")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def begin(self) -> None:
        self.line.show_fraction(0)
        self.counts.setText(wording.sentence("rescan", "beginning"))
        self.stop_button.setEnabled(True)
        self.stop_button.setFocus()

    def show_progress(self, progress: Progress) -> None:
        self.line.show_fraction(progress.fraction)
        found = f"{progress.crossing:,}"
        if progress.total is None:
            words = telling.say("running", progress.looked_at, found=found)
        else:
            words = wording.sentence(
                "rescan", "running_of", count=f"{progress.looked_at:,}", total=f"{progress.total:,}", found=found
            )
        self.counts.setText(words)

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_wanted.emit()
