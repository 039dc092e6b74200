"""The words for one account alone, in the parts of its thread: each can be changed, joined, split and counted."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.post_options import PostOptions
from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.composer.options import ONE_PART
from twohats.gui.composer.part_editor import PartEditor
from twohats.gui.composer.targets import counter
from twohats.gui.icons import network_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card, bring_into_view
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import CounterLabel, Label
from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.finding import Finding
from twohats.model.rendition import Count
from twohats.model.span import Field

_SECTION = "own_words"
_LOOKED_AT = 24  # characters around a break that say how the shared text goes on there


class OwnWords(Card):
    """Hidden until it is opened for an account. What is shown at first is the shared text as this account would get
    it; the first change makes it words of its own."""

    closed = Signal()

    def __init__(self, theme: Theme, options: PostOptions) -> None:
        super().__init__(padding=12, spacing=8)
        self._theme = theme
        self._options = options
        self._account: Account | None = None
        self._draft: Draft | None = None
        self.parts: list[PartRow] = []
        self._glyph = Glyph(theme, "pen", "text", 16)
        self._title = Label("", "strong", wraps=True)
        close = IconButton(theme, "close", "Close; the words stay", size_px=14)
        close.clicked.connect(self.close_words)
        self.close_button = close
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._glyph)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._note = Label("", "small", wraps=True)
        self._behind = self._made_behind()
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.add_button = Button(theme, "Add a part", "small", "plus")
        self.add_button.clicked.connect(lambda: self._put([*self._texts(), ""], len(self.parts)))
        self.shared_button = Button(theme, "Back to the shared text", "small", "undo")
        self.shared_button.clicked.connect(self._share_again)
        foot = QWidget()
        flow = FlowLayout(foot)
        flow.addWidget(self.add_button)
        flow.addWidget(self.shared_button)
        self.body.addLayout(head)
        self.body.addWidget(self._note)
        self.body.addWidget(self._behind)
        self.body.addLayout(self._column)
        self.body.addWidget(foot)
        self.hide()

    @property
    def account_id(self) -> str:
        """Whose words are open; empty when none are."""
        return self._account.id if self._account else ""

    @property
    def note(self) -> str:
        return self._note.text()

    @property
    def is_behind(self) -> bool:
        """Whether it says that the shared text has changed since."""
        return self._behind.isVisibleTo(self)

    def open_for(self, account: Account, draft: Draft) -> None:
        """Shows the words of an account, and puts the caret into them."""
        self._account = account
        network = wording.sentence("network", account.network)
        self._glyph.set_icon(network_icon(account.network), "text")
        self._title.setText(wording.sentence(_SECTION, "title", name=account.label, network=network))
        self.setAccessibleName(self._title.text())
        self._draft = draft
        own = draft.wording_for(account.id)
        self._build(own.parts if own else self._options.shared_parts(account))
        self._renew(draft)
        self.show()
        self.parts[0].editor.setFocus()

    def close_words(self) -> None:
        if self._account is not None:
            self._account = None
            self.hide()
            self.closed.emit()

    def show_draft(self, draft: Draft, accounts: tuple[Account, ...]) -> None:
        """Follows the draft. It closes when its account is none of these (the other hat's, or gone)."""
        if self._account is None:
            return
        if self._account not in accounts or (self._draft is not None and self._draft.id != draft.id):
            self.close_words()
            return
        self._renew(draft)

    def show_faces(self, faces: tuple[Face, ...]) -> None:
        """The counter of each part, by the network's own rule. Empty parts are not sent, and not counted."""
        face = next((face for face in faces if face.account.id == self.account_id), None)
        counted = iter(face.rendition.parts if face else ())
        for row in self.parts:
            part = next(counted, None) if row.editor.text.strip() else None
            row.show_count(part.count if part else None)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Marks what was found in these words."""
        first = self._first_index()
        for number, row in enumerate(self.parts):
            row.editor.mark(
                finding
                for finding in findings
                if first is not None and finding.span.field is Field.WORDING and finding.span.index == first + number
            )

    def go_to(self, part: int, start: int, end: int) -> None:
        if part < len(self.parts):
            self.parts[part].editor.show_words(start, end)
            bring_into_view(self.parts[part])

    # Inside.

    def _made_behind(self) -> QWidget:
        place = QWidget()
        self.anew_button = Button(self._theme, "Take the shared text anew", "small")
        self.keep_button = Button(self._theme, "Keep these words", "small")
        self.anew_button.clicked.connect(self._take_anew)
        self.keep_button.clicked.connect(self._keep)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.anew_button)
        flow.addWidget(self.keep_button)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(Glyph(self._theme, "note", "note", 16), 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(Label(wording.sentence(_SECTION, "behind"), wraps=True), 1)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(told)
        column.addWidget(buttons)
        place.hide()
        return place

    def _renew(self, draft: Draft) -> None:
        account = self._account
        if account is None:
            return
        self._draft = draft
        own = draft.wording_for(account.id)
        if own is not None and own.parts != tuple(self._texts()):
            if len(own.parts) == len(self.parts):
                for row, text in zip(self.parts, own.parts, strict=True):
                    row.editor.set_text(text)
            else:
                self._build(own.parts)
        self._note.setText(wording.sentence(_SECTION, "own" if own else "shared", name=account.label))
        self.shared_button.setVisible(own is not None)
        self._behind.setVisible(self._options.is_behind(account.id))

    def _build(self, texts: tuple[str, ...]) -> None:
        for row in self.parts:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        texts = texts or ("",)
        account = self._account
        has_threads = account is not None and account.network not in ONE_PART
        self.parts = [PartRow(self._theme, n, len(texts), has_threads=has_threads) for n in range(len(texts))]
        for row, text in zip(self.parts, texts, strict=True):
            row.editor.set_text(text)
            row.editor.edited.connect(lambda _text: self._keep_texts())
            row.editor.join_wanted.connect(lambda n=row.number: self._join(n - 1))
            row.join_button.clicked.connect(lambda _on=False, n=row.number: self._join(n))
            row.split_button.clicked.connect(lambda _on=False, n=row.number: self._split(n))
            row.push_button.clicked.connect(lambda _on=False, n=row.number: self._push(n))
            self._column.addWidget(row)
            row.show()
        self.add_button.setVisible(has_threads)

    def _put(self, texts: list[str], focused: int, caret_units: int = 0) -> None:
        """Other parts, kept at once; the caret goes into one of them."""
        self._build(tuple(texts))
        self._keep_texts()
        editor = self.parts[focused].editor
        cursor = editor.textCursor()
        cursor.setPosition(caret_units)
        editor.setTextCursor(cursor)
        editor.setFocus()
        bring_into_view(self.parts[focused])

    def _join(self, number: int) -> None:
        """A part and the one behind it become one."""
        texts = self._texts()
        if not 0 <= number < len(texts) - 1:
            return
        before, after = texts[number].rstrip(), texts[number + 1].lstrip()
        gap = self._gap(before, after) if before and after else ""
        caret = len((before + gap).encode("utf-16-le", "surrogatepass")) // 2
        self._put([*texts[:number], before + gap + after, *texts[number + 2 :]], number, caret)

    def _split(self, number: int) -> None:
        """What stands behind the caret becomes a part of its own."""
        before, after = self.parts[number].editor.halves()
        if before:
            texts = self._texts()
            self._put([*texts[:number], before, after, *texts[number + 1 :]], number + 1)

    def _push(self, number: int) -> None:
        """What stands behind the caret goes to the beginning of the next part: the break moves."""
        texts = self._texts()
        before, after = self.parts[number].editor.halves()
        if before and after and number + 1 < len(texts):
            following = texts[number + 1].lstrip()
            moved = after + self._gap(after, following) + following if following else after
            self._put([*texts[:number], before, moved, *texts[number + 2 :]], number + 1)

    def _gap(self, before: str, after: str) -> str:
        """What parts two stretches in the shared text; a blank line where they are not its neighbours."""
        around = re.escape(before[-_LOOKED_AT:]) + r"(\s+)" + re.escape(after[:_LOOKED_AT])
        found = re.search(around, self._draft.text) if self._draft else None
        return found.group(1) if found else "\n\n"

    def _texts(self) -> list[str]:
        return [row.editor.text for row in self.parts]

    def _keep_texts(self) -> None:
        if self._account is not None:
            self._options.word_for(self._account, self._texts())

    def _keep(self) -> None:
        if self._account is not None:
            self._options.keep_wording(self._account)

    def _take_anew(self) -> None:
        account = self._account
        if account is not None:
            self._options.share_again(account.id)
            self._build(self._options.shared_parts(account))
            self._keep_texts()
            self.parts[0].editor.setFocus()

    def _share_again(self) -> None:
        if self._account is not None:
            self._options.share_again(self._account.id)
            self.close_words()

    def _first_index(self) -> int | None:
        """Which part of all wordings the first of these is, as Field.WORDING counts."""
        before = 0
        for own in self._draft.wordings if self._draft else ():
            if own.account_id == self.account_id:
                return before
            before += len(own.parts)
        return None


class PartRow(QWidget):
    """One part with its counter, and what can be done to the break behind it."""

    def __init__(self, theme: Theme, number: int, count: int, *, has_threads: bool) -> None:
        super().__init__()
        self.number = number
        name = wording.sentence(_SECTION, "part" if count > 1 else "only_part", number=number + 1, count=count)
        self.editor = PartEditor(theme, name)
        self._count = CounterLabel(theme)
        self.split_button = _link(theme, "Split at the caret", name)
        self.push_button = _link(theme, "Move the rest to the next", name)
        self.join_button = _link(theme, "Join with the next", name)
        is_last = number == count - 1
        acts = QWidget()
        flow = FlowLayout(acts, gap=12)
        shown = (self.split_button,) if is_last else (self.split_button, self.push_button, self.join_button)
        for button in shown if has_threads else ():
            flow.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(name if count > 1 else "", "small"), 1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.editor)
        column.addWidget(acts)
        acts.setVisible(has_threads)

    @property
    def count(self) -> str:
        return self._count.text()

    def show_count(self, count: Count | None) -> None:
        self._count.setText(counter(count) if count else "")
        self._count.set_tone("stop" if count and count.is_over else "")


def _link(theme: Theme, words: str, part: str) -> Button:
    button = Button(theme, words, "tiny-link")
    button.setAccessibleName(f"{words}: {part}")
    return button
