"""What a person sets for one post beside its text: warning, language, readers, cards, words for one account."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from twohats.boundary import pictures
from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows import compose
from twohats.model.account import Account
from twohats.model.draft import Draft, text_digest
from twohats.model.errors import BadInput, TwoHatsError
from twohats.model.wording import LinkCard

OWN_LANGUAGE = "en"
"""The owner's own: a draft that says nothing is in it."""


class PostOptions(QObject):
    """Changes the draft on the desk. A page is looked at only when `ask_for_card` is called, and only that page.

    `card_asked` carries the address of a link that is being looked at, `card_came` one whose card stands in the draft,
    `card_refused` one that gives none, with a code and its facts.
    """

    card_asked = Signal(str)
    card_came = Signal(str)
    card_refused = Signal(str, str, dict)

    def __init__(
        self,
        services: Services,
        owner: Owner,
        tasks: Tasks,
        read: Callable[[], Draft],
        change: Callable[[Draft], None],
        parent: QObject,
    ) -> None:
        """`read` gives the draft on the desk, `change` puts the next one there."""
        super().__init__(parent)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._read = read
        self._change = change
        self._asked: set[tuple[str, str]] = set()

    # Beside the text.

    def set_warning(self, warning: str) -> None:
        """What stands before the text until a reader opens it; empty for none."""
        draft = self._read()
        if warning != draft.warning:
            self._change(compose.with_warning(draft, warning, self._now()))

    def set_language(self, language: str) -> None:
        """An ISO 639 code; empty for the owner's own."""
        draft = self._read()
        code = "" if language == OWN_LANGUAGE else language
        if code != draft.language:
            self._change(compose.with_language(draft, code, self._now()))

    def number_parts(self, numbers_parts: bool) -> None:
        draft = self._read()
        if numbers_parts != draft.numbers_parts:
            self._change(compose.with_numbers(draft, numbers_parts, self._now()))

    def put_blog_first(self, blog_first: bool) -> None:
        """Whether a blog among the places goes first, and the others lead to it."""
        draft = self._read()
        if blog_first != draft.blog_first:
            self._change(compose.with_blog_first(draft, blog_first, self._now()))

    def blog_of(self, accounts: Iterable[Account]) -> Account | None:
        """Which of the accounts could go first; None where none could, or nothing would follow it."""
        return self._services.renderer.blog_of(accounts)

    def set_audience(self, account_id: str, audience: str) -> None:
        """Who may read it at one account; empty for what the account is set to."""
        draft = self._read()
        if audience != draft.audiences.get(account_id, ""):
            self._change(compose.with_audience(draft, account_id, audience, self._now()))

    # Cards of links.

    def is_asked(self, url: str) -> bool:
        """Whether the page of a link is being looked at for this draft."""
        return (self._read().id, url) in self._asked

    def ask_for_card(self, url: str) -> None:
        """Looks at the page of a link, now, and keeps what it says of itself."""
        key = (self._read().id, url)
        if key in self._asked:
            return
        self._asked.add(key)
        services = self._services

        def look() -> LinkCard:
            found = services.fetch_card(url)
            return replace(found.card, **_kept(services, found.picture))

        def add(card: LinkCard) -> None:
            self._asked.discard(key)
            draft = self._read()
            if draft.id == key[0]:
                self._change(compose.with_card(draft, card, self._now()))
                self.card_came.emit(url)

        def refuse(problem: TwoHatsError) -> None:
            self._asked.discard(key)
            if self._read().id == key[0]:
                self.card_refused.emit(url, problem.code, dict(problem.facts))

        self.card_asked.emit(url)
        self._tasks.run(Lane.WIRE, look, add, refuse)

    def edit_card(self, url: str, title: str, description: str) -> None:
        """Other words on a card that is there."""
        draft = self._read()
        card = next((one for one in draft.cards if one.url == url), None)
        if card is not None and (card.title, card.description) != (title, description):
            changed = replace(card, title=title, description=description)
            self._change(compose.with_card(draft, changed, self._now()))

    def remove_card(self, url: str) -> None:
        self._change(compose.without_card(self._read(), url, self._now()))

    def card_picture(self, card: LinkCard) -> bytes:
        """The picture of a card as it would leave; empty where it has none. Raises StoreError."""
        return self._services.media.read(card.picture_digest) if card.picture_digest else b""

    # Words for one account.

    def shared_parts(self, account: Account) -> tuple[str, ...]:
        """The shared text in the parts that this account would get, without the disclaimer and the numbers, which are
        set below whatever is written."""
        draft = self._read()
        network = self._services.networks.get(account.network)
        if network is None:
            return (draft.text,)
        bare = replace(draft, wordings=())
        parts = network.render(bare, account, self._owner.identity(account.hat), self._now()).parts
        texts = tuple(part.text for part in parts)
        if draft.numbers_parts and len(texts) > 1:
            texts = tuple(text.removesuffix(f" {n}/{len(texts)}") for n, text in enumerate(texts, 1))
        return texts or (draft.text,)

    def word_for(self, account: Account, parts: Iterable[str]) -> None:
        """Keeps words for one account alone; what they were made from stays what it was."""
        draft = self._read()
        own = draft.wording_for(account.id)
        kept = tuple(parts)
        if own is None or own.parts != kept:
            made_from = own.shared_digest if own else ""
            self._change(compose.with_wording(draft, account.id, account.hat, kept, self._now(), made_from))

    def keep_wording(self, account: Account) -> None:
        """The words for one account stay as they are, though the shared text has changed."""
        draft = self._read()
        own = draft.wording_for(account.id)
        if own is not None:
            self._change(compose.with_wording(draft, account.id, account.hat, own.parts, self._now()))

    def share_again(self, account_id: str) -> None:
        """Back to the shared text."""
        draft = self._read()
        if draft.wording_for(account_id) is not None:
            self._change(compose.with_shared_wording(draft, account_id, self._now()))

    def is_behind(self, account_id: str) -> bool:
        """Whether the shared text has changed since the words for this account were made from it."""
        draft = self._read()
        own = draft.wording_for(account_id)
        return own is not None and own.shared_digest != text_digest(draft.text)

    def _now(self) -> datetime:
        return self._services.clock()


def _kept(services: Services, data: bytes) -> dict[str, str]:
    """Cleans the picture of a card and keeps it; a card does without one that cannot be read."""
    if not data:
        return {"picture_digest": "", "picture_mime": ""}
    try:
        clean = pictures.clean(data)
    except BadInput:
        return {"picture_digest": "", "picture_mime": ""}
    services.media.add(clean.digest, clean.data)
    return {"picture_digest": clean.digest, "picture_mime": clean.mime}
