"""The keys of the window on one sheet (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label, heading

KEYS = (
    ("Ctrl+N", "New post"),
    ("Ctrl+1", "Wear the Personal hat"),
    ("Ctrl+2", "Wear the Professional hat"),
    ("Ctrl+Return", "Post"),
    ("Ctrl+Shift+L", "Choose when the post goes"),
    ("Ctrl+Z", "Undo; take a post back in its undo window"),
    ("F8", "Next finding"),
    ("Shift+F8", "Finding before"),
    ("Alt+Return", "Use the suggestion for the finding at the caret"),
    ("Ctrl+Shift+P", "Findings or previews"),
    ("Ctrl+Shift+D", "Discard the draft"),
    ("Ctrl+Shift+H", "Show the kept versions of the draft"),
    ("Ctrl+Shift+C", "Copy a link to the draft"),
    ("Ctrl+Shift+R", "Show what would be sent"),
    ("Alt+1", "Compose, and Alt+2 to Alt+8 for the other pages"),
    ("F1", "This sheet"),
)


class ShortcutSheet(QDialog):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_REGION)
        grid.setVerticalSpacing(8)
        for row, (key, meaning) in enumerate(KEYS):
            name = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(Label(name, "strong"), row, 0)
            grid.addWidget(Label(meaning), row, 1)
        close = Button(theme, "Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
        column.setSpacing(GAP)
        column.addWidget(heading("Keys"))
        column.addLayout(grid)
        column.addSpacing(GAP)
        column.addLayout(foot)
