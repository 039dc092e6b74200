"""The particulars of a record, unfolded when asked for: every time, link and seal, each a line that can be copied."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.schedule.when import plan_words
from twohats.gui.sent.moment import moment_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery
from twohats.model.plan import KeptPlan
from twohats.model.record import Record

_SECTION = "particulars"


class Particulars(QWidget):
    """`labels` are the names of places by delivery. `head` unfolds it."""

    def __init__(
        self,
        theme: Theme,
        record: Record,
        deliveries: Sequence[Delivery],
        plans: Sequence[KeptPlan],
        labels: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._theme = theme
        self.head = Button(theme, wording.sentence(_SECTION, "title"), "flat", "chevron-right")
        self.head.setCheckable(True)
        self.lines = QWidget()
        column = QVBoxLayout(self.lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for name, value in told(record, deliveries, plans, labels):
            column.addWidget(Label(name, "small", wraps=True))
            column.addWidget(_Line(theme, name, value))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.lines)
        self.head.toggled.connect(self._turn)
        self._turn(False)

    def _turn(self, is_shown: bool) -> None:
        self.head.set_icon("chevron-down" if is_shown else "chevron-right")
        self.lines.setVisible(is_shown)


def told(
    record: Record, deliveries: Sequence[Delivery], plans: Sequence[KeptPlan], labels: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Each line's name and what it holds; times as clocks here show them."""
    planned = {kept.delivery_id: kept for kept in plans}
    lines: list[tuple[str, dict[str, str], str]] = [("approved", {}, moment_of(record.posted_at))]
    for delivery in deliveries:
        place = {"place": labels.get(delivery.id, delivery.rendition.network)}
        kept = planned.get(delivery.id)
        if kept is not None:
            lines.append((f"planned_{kept.keeper.value}", place, plan_words(kept.plan)))
        receipt = delivery.receipt
        if receipt is not None:
            lines.append(("sent", place, moment_of(receipt.sent_at)))
            lines += [("link", place, receipt.url)] if receipt.url else []
            lines += [("id", place, one) for one in (receipt.remote_id, *receipt.more_ids) if one]
    lines.append(("rules", {}, record.checked_by))
    lines.append(("approval", {}, record.approval_digest))
    lines.append(("seal", {}, record.hash))
    lines.append(("before", {}, record.previous_hash))
    return [(wording.sentence(_SECTION, code, **facts), value) for code, facts, value in lines if value]


class _Line(QLineEdit):
    """One line that is read and copied, however long it is."""

    def __init__(self, theme: Theme, name: str, value: str) -> None:
        super().__init__(value)
        self._theme = theme
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setCursorPosition(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), super().minimumSizeHint().height())
