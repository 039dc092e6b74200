"""Picks one of a few reasons. Its list is a menu, which keeps to the screen and is as wide as its words."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget

from twohats.gui.widgets.buttons import is_enter


class Picker(QComboBox):
    """Nothing is picked beforehand."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def menu(self) -> QMenu | None:
        """The open list; None while it is closed."""
        return self._menu

    def showPopup(self) -> None:
        # Qt's own list (6.11) is too low for its rows once a style sheet pads them, and cuts what is wider than it.
        self.hidePopup()
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        menu.setMinimumWidth(self.width())
        for row in range(self.count()):
            action = menu.addAction(self.itemText(row).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, row=row: self._pick(row))
        if self.currentIndex() >= 0:
            menu.setActiveAction(menu.actions()[self.currentIndex()])
        menu.aboutToHide.connect(self._forget_menu)
        self._menu = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def hidePopup(self) -> None:
        if self._menu is not None:
            self._menu.close()
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over the sheet scrolls it and picks no reason

    def _pick(self, row: int) -> None:
        self.setCurrentIndex(row)
        self.activated.emit(row)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _forget_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None
