"""How long records are kept: for ever, until the person lets old ones go; asked about with their number, told after."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.ask_once import AskOnce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.gui.widgets.quiet_wheel import QuietWheel

_SECTION = "retention"
_USUAL_YEARS, _MOST_YEARS = 10, 50


def _say(code: str, **facts: object) -> str:
    return wording.sentence(_SECTION, code, **facts)


class RetentionCard(Card):
    """Nothing goes by itself."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=16, spacing=GAP)
        self._retention = owner.retention
        self.years = QSpinBox()
        self.years.setRange(1, _MOST_YEARS)
        self.years.setValue(_USUAL_YEARS)
        self.years.setAccessibleName(_say("years"))
        label = Label(_say("years"))
        label.setBuddy(self.years)
        self.look_button = Button(theme, _say("look"), "small", "search")
        self.look_button.clicked.connect(self._look)
        self.question = AskOnce(theme)
        self.question.sure_button.set_words(_say("remove_one"))
        self.question.closed.connect(self._stop_asking)
        self.told = Label("", wraps=True)
        self.told.hide()
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(label)
        flow.addWidget(self.years)
        flow.addWidget(self.look_button)
        self.body.addWidget(soft(_say("about")))
        self.body.addWidget(row)
        self.body.addWidget(self.question)
        self.body.addWidget(self.told, 0, Qt.AlignmentFlag.AlignTop)
        QuietWheel(self.years)
        self.years.valueChanged.connect(self._forget)
        self._retention.counted.connect(self._ask)
        self._retention.progressed.connect(self._tell_progress)
        self._retention.removed.connect(self._tell_removed)
        self._retention.failed.connect(self._tell_failed)

    def _look(self) -> None:
        self.question.close_question()
        self._show_busy(True)
        self._retention.count(self.years.value())

    def _ask(self, before: datetime, go: int, stay: int) -> None:
        self._show_busy(False)
        left = f" {_say('stay', count=f'{stay:,}')}" if stay else ""
        if not go:
            self._tell(_say("none", day=day_of(before)) + left, "")
            return
        count = f"{go:,}"
        sentence = _say("asks_one" if go == 1 else "asks", count=count, day=day_of(before)) + left
        self.told.hide()
        self._before = before
        self.question.ask(sentence, _say("remove_one" if go == 1 else "remove", count=count), self._remove)

    def _remove(self) -> None:
        self._show_busy(True)
        self._tell(_say("busy"), "")
        self._retention.remove(self._before)

    def _tell_progress(self, gone: int) -> None:
        self.told.setText(_say("progress", count=f"{gone:,}"))

    def _tell_removed(self, count: int) -> None:
        self._show_busy(False)
        self._tell(_say("removed_one" if count == 1 else "removed", count=f"{count:,}"), "good")

    def _tell_failed(self, code: str, facts: dict[str, object]) -> None:
        self._show_busy(False)
        self._tell(wording.sentence("error", code, **facts), "warn")

    def _forget(self, *_years: object) -> None:
        """Another number of years: what was counted is no answer any more."""
        self.question.close_question()
        self.told.hide()

    def _stop_asking(self) -> None:
        self.look_button.setFocus()

    def _show_busy(self, is_busy: bool) -> None:
        self.years.setEnabled(not is_busy)
        self.look_button.setEnabled(not is_busy)

    def _tell(self, sentence: str, tone: str) -> None:
        self.told.setText(sentence)
        self.told.set_tone(tone)
        self.told.show()
        announce(self, sentence)
