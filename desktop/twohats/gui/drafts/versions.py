"""The kept versions of one draft: read them, see what has changed since, and put one back."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.gui.composer.differences import Compared, DifferenceView, summary
from twohats.gui.drafts.rows import RowFace, RowList, Rows
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import soft
from twohats.model.draft import Draft, DraftVersion
from twohats.model.identity import Hat

_LIST_PX = 200


class VersionsSheet(QWidget):
    """Newest first. Restoring keeps the present state among the versions, so that it too can be had back."""

    restore_wanted = Signal(str, int)
    closed = Signal()

    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self._draft_id = ""
        self._hat: Hat | None = None
        self._now: Draft | None = None
        self._versions: Sequence[DraftVersion] = ()
        self._name = ElidedLabel("", "title")
        back = Button(theme, "Back to drafts", "quiet", "chevron-left")
        back.clicked.connect(self.closed)
        self.list = RowList(theme, "Versions, newest first", "No version has been kept of this draft yet.")
        self._rows: Rows[DraftVersion] = Rows(self._read, self._face, lambda version: str(version.number))
        self.list.setModel(self._rows)
        self.list.opened.connect(self._show)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show(now))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "field")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the version")
        self.changes = DifferenceView(theme, "What has changed since this version")
        self.compare = QCheckBox("Show what has changed since")
        self.compare.setChecked(True)
        self.compare.toggled.connect(lambda _on: self._turn())
        self.summary = soft("")
        self._views = OneOf(self.changes, self.text)
        self.restore_button = Button(theme, "Put this version back", "primary", "undo")
        self.restore_button.clicked.connect(self._restore)

        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(back)
        top.addWidget(self._name, 1)
        top.addWidget(self.restore_button)
        split = QHBoxLayout()
        split.setSpacing(GAP)
        split.addWidget(self.list, 2)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.compare)
        right.addWidget(self.summary)
        right.addWidget(self._views, 1)
        split.addLayout(right, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(top)
        whole.addLayout(split, 1)
        theme.theme_changed.connect(self._fit)
        self._fit()

    def show_versions(self, draft_id: str, name: str, hat: Hat | None) -> None:
        self._draft_id = draft_id
        self._hat = hat
        self._versions = sorted(self._library.versions(draft_id), key=lambda version: -version.number)
        self._name.set_words(name)
        self._rows.reload()
        self._now = self._library.draft(draft_id)
        self.text.clear()
        self.changes.show_compared(())
        self.compare.setVisible(bool(self._versions))
        self.summary.clear()
        self._turn()
        self.restore_button.setEnabled(bool(self._versions))
        if self._versions:
            self.list.setCurrentIndex(self._rows.index(0, 0))
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.list.setMinimumWidth(self._theme.px(_LIST_PX))

    def _read(self, offset: int, count: int) -> Sequence[DraftVersion]:
        return self._versions[offset : offset + count]

    def _face(self, version: DraftVersion) -> RowFace:
        words = len(version.text.split())
        counted = "1 word" if words == 1 else f"{words:,} words"
        at = version.saved_at.astimezone()
        return RowFace(self._hat, f"{at:%H:%M}", f"{day_of(version.saved_at)} · {counted}")

    def _show(self, index: QModelIndex) -> None:
        if index.isValid():
            version = self._rows.item(index)
            self.text.setPlainText("\n\n".join(part for part in (version.title, version.text) if part))
            then = self._library.version(self._draft_id, version.number)
            if then is not None and self._now is not None:
                compared = compared_drafts(then, self._now)
                self.changes.show_compared(compared)
                self.summary.setText(f"Since then: {summary(compared)}")

    def _turn(self) -> None:
        is_compared = self.compare.isChecked()
        self._views.show_view(self.changes if is_compared else self.text)
        self.summary.setVisible(is_compared and bool(self._versions))

    def _restore(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.restore_wanted.emit(self._draft_id, self._rows.item(index).number)


def compared_drafts(then: Draft, now: Draft) -> tuple[Compared, ...]:
    """Everything that is written in a draft, then and now: the text always, other parts where they differ."""
    if then.other_words or now.other_words:
        texts = [Compared(f"Text as {hat_name(hat)}", then.text_for(hat), now.text_for(hat)) for hat in Hat]
    else:
        texts = [Compared("Text", then.text, now.text)]
    own = dict.fromkeys(wording.account_id for wording in (*then.wordings, *now.wordings))
    parts = (
        Compared("Title", then.title, now.title),
        *texts,
        Compared("Teaser", then.excerpt, now.excerpt),
        Compared("Tags", ", ".join(then.tags), ", ".join(now.tags)),
        Compared("Content warning", then.warning, now.warning),
        Compared("Picture descriptions", _alts(then), _alts(now)),
        *(Compared("Words for one account alone", _own(then, one), _own(now, one)) for one in own),
    )
    return tuple(part for part in parts if part in texts or part.before != part.after)


def _alts(draft: Draft) -> str:
    return "\n".join(media.alt or "(none)" for media in draft.media)


def _own(draft: Draft, account_id: str) -> str:
    wording = draft.wording_for(account_id)
    return "\n\n".join(wording.parts) if wording else ""
