"""One way of connecting, drawn from its guide: page by page where there are several."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui.accounts.guide import Guide
from twohats.gui.accounts.way_page import WayPage
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.dots import Dots
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import bring_into_view
from twohats.gui.widgets.labels import Label, soft
from twohats.model.identity import Hat
from twohats.model.ports import Way

_WHOSE = "The browser may be signed in as your other self: look at the name there before you say yes."


class WayForm(QWidget):
    """`given` with what stands in the fields, when the last page is done; `other_way` when another is wanted.

    `known` fills fields by name; what is in `kept` may stay empty. `came_from_places`: the first page leads back there,
    by `before`.
    """

    given = Signal(dict)
    left = Signal()
    before = Signal()
    other_way = Signal(object)
    page_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        hat: Hat,
        guide: Guide,
        others: tuple[Guide, ...] = (),
        known: Mapping[str, str] | None = None,
        kept: Collection[str] = (),
        *,
        came_from_places: bool = False,
    ) -> None:
        super().__init__()
        self.guide = guide
        self._came_from_places = came_from_places
        self._at = 0
        self.pages = tuple(
            WayPage(theme, page, "" if number else guide.why, dict(known or {}), frozenset(kept))
            for number, page in enumerate(guide.pages)
        )
        for page in self.pages:
            page.page_wanted.connect(self.page_wanted)
            page.entered.connect(self.go_on)
        self._views = OneOf(*self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._progress = self._made_progress(theme)
        column.addWidget(self._progress)
        column.addWidget(self._views)
        self._whose = soft(_WHOSE)
        column.addWidget(self._whose)
        self.other_buttons = tuple(self._made_other(theme, other.way, other.instead) for other in others)
        for button in self.other_buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._made_foot(theme, hat))
        self._turn(0)

    @property
    def at(self) -> int:
        """The number of the page that is shown, from 0."""
        return self._at

    @property
    def page(self) -> WayPage:
        return self.pages[self._at]

    def show_page(self, at: int) -> None:
        """Turns to a page and takes the focus."""
        self._turn(at)
        self.page.focus_first()
        if not self.page.isAncestorOf(self.focusWidget() or self):
            self.next_button.setFocus()
        bring_into_view(self.focusWidget() or self.page)
        if len(self.pages) > 1:
            announce(self, f"Step {at + 1} of {len(self.pages)}. {self.guide.pages[at].title}")

    def show_last(self) -> None:
        """For somebody who has been through the earlier pages before."""
        self.show_page(len(self.pages) - 1)

    def go_on(self) -> None:
        """The next page; after the last one, what was given. What is missing is asked for first."""
        is_last = self._at == len(self.pages) - 1
        for number in range(len(self.pages)) if is_last else (self._at,):
            missing = self.pages[number].first_missing()
            if missing is not None:
                self._turn(number)
                missing.setFocus()
                return
        if is_last:
            self.given.emit({name: words for page in self.pages for name, words in page.given.items()})
        else:
            self.show_page(self._at + 1)

    def go_back(self) -> None:
        """The page before; from the first one, where one came from."""
        if self._at > 0:
            self.show_page(self._at - 1)
        elif self._came_from_places:
            self.before.emit()
        else:
            self.left.emit()

    def point_at(self, names: Collection[str]) -> None:
        """Shows the first of these fields that the guide has; the page that is shown, where it has none."""
        for number, page in enumerate(self.pages):
            for name, edit in page.edits.items():
                if name in names:
                    self._turn(number)
                    edit.setFocus()
                    edit.selectAll()
                    return
        self.page.focus_first()

    def forget_secrets(self) -> None:
        for page in self.pages:
            page.forget_secrets()

    def _turn(self, at: int) -> None:
        self._at = at
        is_last = at == len(self.pages) - 1
        self._views.show_view(self.pages[at])
        self._dots.show_step(at)
        self._where.setText(f"Step {at + 1} of {len(self.pages)}")
        self._whose.setVisible(is_last and self.guide.way.comes_back)
        for button in self.other_buttons:
            button.setVisible(at == 0)
        self.back_button.setVisible(at > 0 or self._came_from_places)
        self.next_button.set_words(self.guide.verb if is_last else "Next")

    def _made_progress(self, theme: Theme) -> QWidget:
        progress = QWidget()
        self._dots = Dots(theme, len(self.pages))
        self._where = Label("", "small")
        row = QHBoxLayout(progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._dots)
        row.addWidget(self._where, 1)
        progress.setVisible(len(self.pages) > 1)
        return progress

    def _made_other(self, theme: Theme, way: Way, words: str) -> Button:
        button = Button(theme, words, "small", "external" if way.comes_back else "key")
        button.clicked.connect(lambda: self.other_way.emit(way))
        return button

    def _made_foot(self, theme: Theme, hat: Hat) -> QHBoxLayout:
        self.leave_button = Button(theme, "Cancel", "flat")
        self.leave_button.clicked.connect(self.left)
        self.back_button = Button(theme, "Back")
        self.back_button.clicked.connect(self.go_back)
        self.next_button = Button(theme, "", "primary")
        self.next_button.set_hat(hat)
        self.next_button.clicked.connect(self.go_on)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.leave_button, self.back_button, self.next_button):
            foot.addWidget(button)
        return foot
