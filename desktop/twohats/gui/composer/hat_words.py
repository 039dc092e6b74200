"""Where each hat has words of its own: says so, shows in what they differ, and leads back to the same for both."""

from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from twohats.gui import wording
from twohats.gui.composer.differences import Compared, DifferenceView
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.draft import Draft
from twohats.model.identity import Hat

_SECTION = "hat_words"
_COMPARE_AFTER_MS = 400  # not at every key: long texts take a while
_VIEW_PX = 160
_AROUND_PX = 16


class HatWordsCard(Card):
    """Hidden while both hats say the same. What is struck through is Personal's alone, what is underlined
    Professional's: they stand in that order everywhere."""

    same_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=12, spacing=8)
        self._theme = theme
        self._texts = ("", "")
        self.note = Label("", wraps=True)
        self.differences_button = Button(theme, wording.sentence(_SECTION, "show"), "small", "chevron-down")
        self.differences_button.setCheckable(True)
        self.same_button = Button(
            theme, wording.sentence(_SECTION, "same"), "small", "undo", wording.sentence(_SECTION, "same_tip")
        )
        self.key = Label(wording.sentence(_SECTION, "key"), "small", wraps=True)
        self.view = DifferenceView(theme, wording.sentence(_SECTION, "view"))
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph(theme, "pen", "text", 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.note, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.differences_button)
        flow.addWidget(self.same_button)
        self.body.addLayout(head)
        self.body.addWidget(buttons)
        self.body.addWidget(self.key)
        self.body.addWidget(self.view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COMPARE_AFTER_MS)
        self._timer.timeout.connect(self._compare)
        self.differences_button.toggled.connect(self._turn)
        self.same_button.clicked.connect(self.same_wanted)
        self.view.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.theme_changed.connect(self._fit)
        self._fit()
        self._turn(False)
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Follows the draft."""
        is_apart = draft.other_words is not None
        if not is_apart:
            self.differences_button.setChecked(False)
            self.hide()
            return
        texts = (draft.text_for(Hat.PERSONAL), draft.text_for(Hat.PROFESSIONAL))
        if texts != self._texts:
            self._texts = texts
            self._timer.start()
        self.note.setText(wording.sentence(_SECTION, "apart" if texts[0] != texts[1] else "alike"))
        self.setAccessibleName(self.note.text())
        self.differences_button.setEnabled(texts[0] != texts[1] or self.differences_button.isChecked())
        self.show()

    def _turn(self, is_shown: bool) -> None:
        self.differences_button.set_icon("chevron-up" if is_shown else "chevron-down")
        self.differences_button.set_words(wording.sentence(_SECTION, "hide" if is_shown else "show"))
        self.key.setVisible(is_shown)
        self.view.setVisible(is_shown)
        if is_shown:
            self._compare()

    def _compare(self) -> None:
        if self.differences_button.isChecked():
            self.view.show_compared((Compared(wording.sentence(_SECTION, "view"), *self._texts),))

    def _fit(self, *_size: object) -> None:
        """As high as what it shows, up to some lines."""
        needed = ceil(self.view.document().size().height()) + self._theme.px(_AROUND_PX)
        self.view.setMaximumHeight(min(self._theme.px(_VIEW_PX), needed))
