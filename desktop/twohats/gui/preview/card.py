"""One account's preview: the post as it will stand there, drawn from its rendition and nothing else."""

from datetime import UTC, datetime

from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.icons import network_icon
from twohats.gui.preview.article import ArticleBody
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.preview.figures import Figures
from twohats.gui.preview.pictures import Album, PictureColumn, flush
from twohats.gui.preview.skeleton import Skeleton
from twohats.gui.preview.telling import Problem, problems_of
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Hairline
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.rendition import Count, Rendition

_UNIT_FROM_PX = 250


class PreviewCard(Card):
    """A blog article with what stands around it: where it goes, how long it is, what still keeps it from going.

    An account that is not chosen shows its name alone.
    """

    def __init__(self, theme: Theme, album: Album) -> None:
        super().__init__(padding=0, spacing=0)
        self._theme = theme
        self._album = album
        self._face: Face | None = None
        self._told_problems: tuple[str, ...] = ()
        self._build()

    @property
    def face(self) -> Face | None:
        return self._face

    def show_face(self, face: Face) -> None:
        """Shows the newest rendition; what did not change is left alone."""
        before, self._face = self._face, face
        rendition = face.rendition
        account = face.account
        label = account.label or wording.sentence("network", account.network)
        self._glyph.set_icon(network_icon(account.network), "text" if face.is_ticked else "text-soft")
        self._name.set_words(label)
        if before is None or before.is_ticked != face.is_ticked:
            self._name.setProperty("role", "strong" if face.is_ticked else "soft")
            self._name.style().unpolish(self._name)
            self._name.style().polish(self._name)
        self._say_count()
        self._whole.setVisible(face.is_ticked)
        chosen = "" if face.is_ticked else ", not chosen"
        self.setAccessibleName(f"Preview for {label}, {face.identity.display_name}{chosen}")
        if face.is_ticked:
            self._show_article(face)
            self._show_problems(rendition)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_count()

    def _build(self) -> None:
        theme = self._theme
        self._glyph = Glyph(theme, "globe", "text", 16)
        self._name = ElidedLabel("", "strong")
        self._count = Figures(theme)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._glyph)
        head.addWidget(self._name, 1)
        head.addWidget(self._count)
        self.body.addLayout(head)

        self._where = Label("", "small", wraps=True)
        self._title = Label("", "preview-title", wraps=True)
        self._byline = Label("", "small", wraps=True)
        self._excerpt = Label("", "soft", wraps=True)
        self._text = ArticleBody(theme)
        self._text.fold_changed.connect(self._offer_fold)
        self.more_button = Button(theme, "Read more", "link")
        self.more_button.clicked.connect(self._turn_fold)
        self.pictures = PictureColumn(theme, self._album)
        self._tags = Label("", "small", wraps=True)
        self._skeleton = Skeleton(theme)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(4)

        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline(theme))
        article = QVBoxLayout()
        article.setContentsMargins(12, 10, 12, 12)
        article.setSpacing(6)
        for part in (self._where, self._title, self._byline, self._excerpt, self._skeleton, self._text):
            article.addWidget(part)
        article.addLayout(flush(self.more_button))
        article.addWidget(self.pictures)
        article.addLayout(flush(self.pictures.switch))
        article.addWidget(self._tags)
        article.addLayout(self._problems)
        whole.addLayout(article)
        self.body.addWidget(self._whole)
        self._restyle()
        self._theme.theme_changed.connect(self._restyle)

    def _say_count(self) -> None:
        """The number alone where a card is too narrow for its unit."""
        if self._face is None:
            return
        if not self._face.is_ticked:
            self._count.show_words("not chosen")
            return
        count = self._face.rendition.count
        words = _counted(count)
        is_narrow = self.width() < self._theme.px(_UNIT_FROM_PX)
        self._count.show_words(
            words.split(" ")[0] if is_narrow else words, spoken=words, tone="stop" if count.is_over else ""
        )

    def _show_article(self, face: Face) -> None:
        rendition = face.rendition
        is_empty = not (rendition.title.strip() or rendition.html.strip() or rendition.pictures)
        self._skeleton.setVisible(is_empty)
        self._say(self._where, "" if is_empty else _where_it_lies(face))
        self._say(self._title, rendition.title)
        self._say(self._byline, "" if is_empty else _day(rendition))
        self._say(self._excerpt, rendition.excerpt)
        self._text.setVisible(bool(rendition.html.strip()))
        self._text.show_html(rendition.html, self._named_pictures(rendition))
        self.more_button.setVisible(self._text.is_long and not is_empty)
        self.pictures.show_pictures(rendition.pictures)
        self._say(self._tags, "  ".join(f"#{tag}" for tag in rendition.tags))

    def _show_problems(self, rendition: Rendition) -> None:
        sentences = problems_of(rendition)
        if sentences == self._told_problems:
            return
        self._told_problems = sentences
        while (item := self._problems.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            self._problems.addWidget(Problem(self._theme, sentence))

    def _named_pictures(self, rendition: Rendition) -> dict[str, QPixmap]:
        return {p.name: self._album.picture(p.digest) for p in rendition.pictures}

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _offer_fold(self) -> None:
        self.more_button.setVisible(self._text.is_long and not self._text.isHidden())
        self.more_button.set_words("Show less" if self._text.is_open else "Read more")

    def _turn_fold(self) -> None:
        self._text.set_open(not self._text.is_open)

    def _restyle(self) -> None:
        self._title.setFont(self._theme.font(16, 600))


def _counted(count: Count) -> str:
    if count.limit is None:
        return f"{count.used:,} {count.unit}" if count.used != 1 else f"1 {count.unit.removesuffix('s')}"
    return f"{count.used:,}/{count.limit:,}"


def _where_it_lies(face: Face) -> str:
    """The file's place in the folder, or the address on the site."""
    payload = face.rendition.payload
    site = face.account.settings.get("site_url", "").removeprefix("https://").removeprefix("http://").strip("/")
    return payload.get("file", "") or "/".join(part for part in (site, payload.get("slug", "")) if part)


def _day(rendition: Rendition) -> str:
    told = rendition.payload.get("date_gmt", "")
    day = day_of(datetime.fromisoformat(told).replace(tzinfo=UTC) if told else datetime.now(UTC))
    return day.replace(" ", "\u00a0")  # a date does not break over two lines
