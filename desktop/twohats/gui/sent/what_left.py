"""What really went to one place, where that is not the shared text as it stands: its parts, and what was set beside."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery
from twohats.model.record import Record

_SECTION = "what_left"


class WhatLeft(QWidget):
    """Read from the delivery, which holds exactly what was approved for this place."""

    def __init__(self, delivery: Delivery, record: Record, label: str) -> None:
        super().__init__()
        rendition = delivery.leaving
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.setAccessibleName(wording.sentence(_SECTION, "title", name=label))
        column.addWidget(Label(self.accessibleName(), "strong", wraps=True))
        for line in _beside(delivery):
            column.addWidget(Label(line, "small", wraps=True))
        parts = rendition.parts if _has_own_words(delivery, record) else ()
        out = len(parts) - len(delivery.rest) if delivery.receipt is not None else len(parts)
        for number, part in enumerate(parts, 1):
            if len(parts) > 1:
                code = "part" if number <= out else "part_not_sent"
                column.addWidget(Label(wording.sentence(_SECTION, code, number=number, count=len(parts)), "small"))
            words = Label(part.text, wraps=True)
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(words)


def differs(delivery: Delivery, record: Record) -> bool:
    """Whether a reader there sees other words than the shared text, or in parts, or with something beside them."""
    return _has_own_words(delivery, record) or bool(_beside(delivery))


def _has_own_words(delivery: Delivery, record: Record) -> bool:
    parts = delivery.leaving.parts
    sent = " ".join(" ".join(part.text for part in parts).split())
    return bool(parts) and (len(parts) > 1 or sent != " ".join(record.text.split()))


def _beside(delivery: Delivery) -> list[str]:
    """Warning, readers and card, a line each."""
    rendition = delivery.rendition
    lines = []
    if rendition.warning:
        lines.append(wording.sentence(_SECTION, "warning", words=rendition.warning))
    name = f"{rendition.network}.{rendition.audience}"
    if rendition.audience and wording.has_sentence("audience_name", name):
        lines.append(wording.sentence(_SECTION, "readers", who=wording.sentence("audience_name", name)))
    if rendition.card is not None:
        lines.append(wording.sentence(_SECTION, "card", title=rendition.card.title, url=rendition.card.url))
    return lines
