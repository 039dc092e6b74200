"""Both faces of a draft: what it would look like as Personal, left, and as Professional, right, live."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.session import Face, Faces, Session
from twohats.gui.preview.card import PreviewCard
from twohats.gui.preview.look import has_look
from twohats.gui.preview.pictures import Album
from twohats.gui.preview.plate import HatPlate
from twohats.gui.preview.social_card import SocialCard
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.frames import Scroller
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat

_STACKS_BELOW_PX = 400

AnyCard = PreviewCard | SocialCard


class PreviewBoard(QWidget):
    """Side by side while there is room, else one below the other. Both columns scroll as one, so that the same passage
    stays level on both sides."""

    def __init__(self, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._is_stacked: bool | None = None
        self._unseen: Faces | None = session.faces
        self._album = Album(self._read_picture)
        self._plates = {hat: HatPlate(theme, hat) for hat in Hat}
        self._columns = {hat: _Column(theme, self._album, hat) for hat in Hat}
        self.setAccessibleName("Previews of both identities")

        self._heads = QHBoxLayout()
        self._heads.setSpacing(GAP)
        self._ground = QWidget()
        self._grid = QGridLayout(self._ground)
        self._grid.setContentsMargins(0, 0, 0, GAP)
        self._grid.setSpacing(GAP)
        self._scroller = Scroller(self._ground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(self._heads)
        whole.addWidget(self._scroller, 1)
        self._scroller.verticalScrollBar().rangeChanged.connect(self._stand_above_columns)
        self._arrange(is_stacked=False)
        session.faces_changed.connect(self.show_faces)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def show_faces(self, faces: Faces) -> None:
        """Brings every card up to date, in place; later, if nobody sees them now: typing must not wait for that."""
        if not self.isVisible():
            self._unseen = faces
            return
        self._unseen = None
        for hat in Hat:
            shown = faces.of(hat)
            if shown:
                self._plates[hat].show_identity(shown[0].identity)
            self._columns[hat].show_faces(shown)

    def cards(self, hat: Hat) -> tuple[AnyCard, ...]:
        """The cards of one side, in their order."""
        return self._columns[hat].cards

    @property
    def is_stacked(self) -> bool:
        return bool(self._is_stacked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unseen is not None:
            self.show_faces(self._unseen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_stacked=event.size().width() < self._theme.px(_STACKS_BELOW_PX))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_stacked is not None:
            self._arrange(is_stacked=self.width() < self._theme.px(_STACKS_BELOW_PX))

    def _arrange(self, *, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for hat in Hat:
            self._grid.removeWidget(self._columns[hat])
            self._grid.removeWidget(self._plates[hat])
            self._heads.removeWidget(self._plates[hat])
        for number, hat in enumerate(Hat):
            if is_stacked:
                self._grid.addWidget(self._plates[hat], number * 2, 0)
                self._grid.addWidget(self._columns[hat], number * 2 + 1, 0)
            else:
                self._heads.addWidget(self._plates[hat], 1)
                self._grid.addWidget(self._columns[hat], 0, number, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if is_stacked else 1)
        self._grid.setRowStretch(4, 1)

    def _stand_above_columns(self, least: int, most: int) -> None:
        """The plates leave out what the scroll bar takes from the columns below."""
        taken = self._scroller.verticalScrollBar().sizeHint().width() if most > least else 0
        self._heads.setContentsMargins(0, 0, taken, 0)

    def _read_picture(self, digest: str) -> bytes:
        draft = self._session.draft
        card = next((one for one in draft.cards if one.picture_digest == digest), None)
        if card is not None:
            return self._session.options.card_picture(card)
        media = next((one for one in draft.media if one.digest == digest), None)
        return self._session.picture_bytes(media) if media else b""


class _Column(QWidget):
    """The cards of one hat, those that are chosen first."""

    def __init__(self, theme: Theme, album: Album, hat: Hat) -> None:
        super().__init__()
        self._theme = theme
        self._album = album
        self._by_account: dict[str, AnyCard] = {}
        self._order: tuple[str, ...] = ()
        self._nobody = Label("No account yet", "soft", wraps=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP)
        self._list.addWidget(self._nobody)

    @property
    def cards(self) -> tuple[AnyCard, ...]:
        return tuple(self._by_account[account_id] for account_id in self._order)

    def show_faces(self, faces: tuple[Face, ...]) -> None:
        in_order = sorted(faces, key=lambda face: not face.is_ticked)
        order = tuple(face.account.id for face in in_order)
        cards = [self._card_for(face) for face in in_order]
        if order != self._order or any(self._list.indexOf(card) < 0 for card in cards):
            self._rearrange(order)
        for card, face in zip(cards, in_order, strict=True):
            card.show_face(face)
        self._nobody.setVisible(not faces)

    def _card_for(self, face: Face) -> AnyCard:
        """The card of an account, of the kind that shows what its network makes of a draft."""
        rendition = face.rendition
        kind = SocialCard if rendition.parts or has_look(rendition.network) else PreviewCard
        card = self._by_account.get(face.account.id)
        if isinstance(card, kind):
            return card
        if card is not None:
            self._drop(card)
        made = SocialCard(self._theme, self._album, rendition.network) if kind is SocialCard else None
        self._by_account[face.account.id] = made or PreviewCard(self._theme, self._album)
        return self._by_account[face.account.id]

    def _rearrange(self, order: tuple[str, ...]) -> None:
        for account_id in set(self._by_account) - set(order):
            self._drop(self._by_account.pop(account_id))
        for place, account_id in enumerate(order):
            card = self._by_account[account_id]
            self._list.removeWidget(card)
            self._list.insertWidget(place, card)
        self._order = order

    def _drop(self, card: AnyCard) -> None:
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
