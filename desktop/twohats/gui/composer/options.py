"""The options of a post: one quiet line that says what is set, and opens in place."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.bridge.post_options import OWN_LANGUAGE, PostOptions
from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.composer.article_fields import BLOGS
from twohats.gui.composer.audiences import AudienceFields, audience_name, is_own_choice
from twohats.gui.composer.link_cards import LinkCards, host_of
from twohats.gui.composer.naming import listed
from twohats.gui.composer.spans import Positions
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.fields import Field as NamedField
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Sunken, bring_into_view
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.rendition import EntityKind, is_to_come
from twohats.model.span import Field as DraftField
from twohats.model.span import Span

CARD_MAKERS = frozenset({"bluesky", "linkedin"})
"""Networks where whoever posts brings the card of a link; the others look at the page themselves. Bluesky:
https://docs.bsky.app/docs/advanced-guides/posts#website-card-embeds, LinkedIn:
https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api, both read 2026-11-22."""
ONE_PART = frozenset({"byhand", "facebook", "linkedin"})
"""Networks without threads."""
_SECTION = "options"
_SIDE_BY_SIDE_FROM_PX = 520


class OptionsStrip(QWidget):
    """Seen where a place is ticked that takes options, or where one is set."""

    def __init__(self, theme: Theme, options: PostOptions) -> None:
        super().__init__()
        self._theme = theme
        self._options = options
        self._draft: Draft | None = None
        self._accounts: tuple[Account, ...] = ()
        self._faces: tuple[Face, ...] = ()
        self.fold = Button(theme, "Options", "flat", "chevron-down", "Warning, language, readers, cards of links")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._show_body)
        self._summary = ElidedLabel("", "small")
        self.warning = QLineEdit()
        self.language = QComboBox()
        self.numbers = QCheckBox("Number the parts of a thread")
        self.audiences = AudienceFields()
        self.cards = LinkCards(theme, options.card_picture)
        self._build()
        self._connect()
        self._show_body(is_shown=False)

    @property
    def summary(self) -> str:
        """What is set, in words."""
        return self._summary.words

    def show_post(self, draft: Draft, accounts: tuple[Account, ...]) -> None:
        """The draft as it stands, and the ticked accounts of its hat."""
        self._draft = draft
        self._accounts = tuple(account for account in accounts if account.network not in BLOGS)
        if self.warning.text() != draft.warning:
            with QSignalBlocker(self.warning):
                self.warning.setText(draft.warning)
        self.language.setCurrentIndex(max(0, self.language.findData(draft.language or OWN_LANGUAGE)))
        self.numbers.setChecked(draft.numbers_parts)
        self.numbers.setVisible(any(account.network not in ONE_PART for account in self._accounts))
        self.audiences.show_accounts(self._accounts, draft.audiences)
        self._show_cards()
        self._summary.set_words(self._told())
        self.setVisible(bool(self._accounts or self._set_words()))

    def show_faces(self, faces: tuple[Face, ...]) -> None:
        """The draft as its accounts will show it: where its links are, and who has no warnings."""
        self._faces = tuple(face for face in faces if face.is_ticked)
        without = tuple(face.account.label for face in self._faces if "warning_left_out" in face.rendition.notes)
        self._warning_field.show_hint(
            wording.sentence(_SECTION, "warning_left_out", places=listed(without))
            if without
            else wording.sentence(_SECTION, "warning_hint")
        )
        self._show_cards()

    def go_to(self, span: Span) -> None:
        """Selects words of the warning or of a card."""
        self.show()
        self.fold.setChecked(True)
        if self._draft is None:
            return
        if span.field is DraftField.CARD:
            if span.index < len(self._draft.cards):
                self.cards.go_to(self._draft.cards[span.index].url, span.start, span.end)
                bring_into_view(self.cards)
            return
        positions = Positions(self.warning.text())
        start = positions.to_units(span.start)
        self.warning.setFocus()
        self.warning.setSelection(start, positions.to_units(span.end) - start)
        bring_into_view(self._warning_field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= self._theme.px(_SIDE_BY_SIDE_FROM_PX)
        self._fields.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(-8, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self.fold)
        head.addWidget(self._summary, 1)
        self.warning.setPlaceholderText(wording.sentence(_SECTION, "no_warning"))
        self._warning_field = NamedField("Content warning", self.warning, wording.sentence(_SECTION, "warning_hint"))
        for code, name in _languages():
            self.language.addItem(name, code)
        self.language.setMaxVisibleItems(12)
        QuietWheel(self.language)
        self._fields = QHBoxLayout()
        self._fields.setSpacing(GAP)
        self._fields.addWidget(self._warning_field, 3, Qt.AlignmentFlag.AlignTop)
        self._fields.addWidget(NamedField("Language", self.language), 2, Qt.AlignmentFlag.AlignTop)
        self._body = Sunken(padding=12, spacing=GAP)
        self._body.body.addLayout(self._fields)
        self._body.body.addWidget(self.audiences)
        self._body.body.addWidget(self.numbers)
        self._body.body.addWidget(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._body)

    def _connect(self) -> None:
        options = self._options
        self.warning.textEdited.connect(options.set_warning)
        self.language.activated.connect(lambda _row: options.set_language(str(self.language.currentData())))
        self.numbers.clicked.connect(options.number_parts)
        self.audiences.audience_chosen.connect(options.set_audience)
        self.cards.card_wanted.connect(options.ask_for_card)
        self.cards.card_edited.connect(options.edit_card)
        self.cards.removal_wanted.connect(options.remove_card)
        options.card_asked.connect(self.cards.wait_for)
        options.card_came.connect(self.cards.stop_waiting)
        options.card_refused.connect(self._tell_refused)

    def _show_cards(self) -> None:
        if self._draft is not None:
            wanting = tuple(face for face in self._faces if face.account.network in CARD_MAKERS)
            links = () if self._draft.media else _links(wanting)
            self.cards.show_cards(self._draft.cards, links)

    def _tell_refused(self, url: str, code: str, facts: dict[str, object]) -> None:
        self.cards.stop_waiting(url)
        self.cards.tell_refused(url, wording.sentence("error", code, **facts))

    def _show_body(self, is_shown: bool) -> None:
        self._body.setVisible(is_shown)
        self.fold.set_icon("chevron-up" if is_shown else "chevron-down")
        self._summary.setVisible(not is_shown)

    def _told(self) -> str:
        return " · ".join(self._set_words()) or wording.sentence(_SECTION, "nothing_set")

    def _set_words(self) -> tuple[str, ...]:
        """What is not as it always is."""
        draft = self._draft
        if draft is None:
            return ()
        said = []
        if draft.warning:
            said.append(f"Warning: {draft.warning}")
        if draft.language:
            said.append(wording.language(draft.language))
        if draft.numbers_parts:
            said.append("Parts numbered")
        for account in self._accounts:
            if is_own_choice(account, draft.audiences):
                said.append(f"{account.label}: {audience_name(account, draft.audiences)}")
            if draft.wording_for(account.id) is not None:
                said.append(f"{account.label}: own words")
        said += [f"Card for {host_of(card.url)}" for card in draft.cards]
        return tuple(said)


def _links(faces: tuple[Face, ...]) -> tuple[str, ...]:
    """The addresses in what is sent to these accounts, each once, in order."""
    entities = (entity for face in faces for part in face.rendition.parts for entity in part.entities)
    links = (entity.target for entity in entities if entity.kind is EntityKind.LINK)
    return tuple(dict.fromkeys(link for link in links if not is_to_come(link)))


def _languages() -> list[tuple[str, str]]:
    """Code and name, by name; the owner's own comes first."""
    names = [(code, str(name)) for code, name in wording.table("language").items() if code != "unknown"]
    return sorted(names, key=lambda one: (one[0] != OWN_LANGUAGE, one[1]))
