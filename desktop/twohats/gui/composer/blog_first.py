"""The switch that lets the blog go first: seen where a blog is ticked whose post others could lead to."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from twohats.bridge.post_options import PostOptions
from twohats.gui import wording
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account
from twohats.model.draft import Draft

_SECTION = "blog_first"


class BlogFirst(QWidget):
    """Off unless the person turns it on; kept with the draft."""

    def __init__(self, options: PostOptions) -> None:
        super().__init__()
        self._options = options
        self.switch = QCheckBox(wording.sentence(_SECTION, "switch"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.clicked.connect(options.put_blog_first)
        self._hint = Label("", "small", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.switch)
        column.addWidget(self._hint)
        self.hide()

    @property
    def hint(self) -> str:
        """What happens then; empty while it is off."""
        return "" if self._hint.isHidden() else self._hint.text()

    def show_post(self, draft: Draft, accounts: tuple[Account, ...]) -> None:
        """The draft as it stands, and the ticked accounts of its hat."""
        blog = self._options.blog_of(accounts)
        self.switch.setChecked(draft.blog_first)
        if blog is not None:
            self._hint.setText(wording.sentence(_SECTION, "hint", blog=blog.label))
            self.switch.setAccessibleDescription(self._hint.text())
        self._hint.setVisible(draft.blog_first)
        self.setVisible(blog is not None)
