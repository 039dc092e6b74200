"""What was kept for this post alone: one quiet line each, with the way to take it back."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.findings.card import quoted
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.model.draft import Draft
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope, normalise


class KeptLine(QWidget):
    """`words` are as they stand in the post."""

    undo_wanted = Signal(str)

    def __init__(self, theme: Theme, allowance: Allowance, words: str) -> None:
        super().__init__()
        self.sentence = _sentence(allowance, words)
        self.setAccessibleName(self.sentence)
        self.undo = Button(theme, "Undo", "tiny-link")
        self.undo.setAccessibleName(f"Undo: {self.sentence}")
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(allowance.id))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(ElidedLabel(self.sentence, "small"), 1)
        row.addWidget(self.undo)


def kept_in(draft: Draft, hat: Hat, allowances: Iterable[Allowance]) -> Iterator[tuple[Allowance, str]]:
    """What the owner kept for this draft under this hat, with its words, as long as they are still in it."""
    fields = (
        *(draft.text, draft.title, draft.excerpt, *draft.tags),
        *(part for media in draft.media for part in (media.alt, media.original_name)),
    )
    for allowance in allowances:
        if allowance.scope is Scope.POST and allowance.draft_id == draft.id and allowance.hat is hat:
            words = next((found for field in fields if (found := _found(allowance.wording, field))), "")
            if words:
                yield allowance, words


def _found(folded: str, text: str) -> str:
    if folded not in normalise(text):
        return ""
    # Letters whose folding changes their number (ß) are not found this way: then the folded words stand in.
    match = re.search(r"\s+".join(map(re.escape, folded.split())), text, re.IGNORECASE)
    return match[0] if match else folded


def _sentence(allowance: Allowance, words: str) -> str:
    reason = allowance.reason
    if wording.has_sentence("answer", reason):
        reason = wording.answer(reason)
    return f"Kept: {quoted(words)}. {reason}" if reason else f"Kept: {quoted(words)}"
