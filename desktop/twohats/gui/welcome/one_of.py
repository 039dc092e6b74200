"""Several views in one place, of which one is shown; it takes the height of that one alone."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneOf(QWidget):
    """Unlike QStackedWidget, which keeps room for the tallest and the widest."""

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        self._views = views
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for view in views:
            self._column.addWidget(view)
        self.show_view(views[0])

    @property
    def shown(self) -> QWidget:
        return next(view for view in self._views if not view.isHidden())

    def show_view(self, view: QWidget) -> None:
        for one in self._views:
            if one is not view:
                one.hide()
        view.show()
