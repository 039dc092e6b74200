"""What is being written: one frozen value, a new one at every change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from twohats.model.identity import Hat
from twohats.model.media import Media
from twohats.model.span import Field, Span
from twohats.model.wording import HatWords, LinkCard, Wording

BIN_KEPT_FOR = timedelta(days=30)
"""How long a deleted draft can be taken back."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`hat` is None until one is chosen. `target_ids` are ticked accounts of both hats together;
    only those of the chosen hat ever become targets. `post_id` is set once it was handed over to be posted: it is then
    no draft any more, but can become one again. Times are aware UTC.

    `text` is what it says under the hat that it wears; `other_words` what it says under the other one, where each hat
    has words of its own. None: both say the same.

    For social networks: `warning` is what stands before the text until a reader opens it, `language` an ISO 639 code
    (empty: the owner's own), `audiences` who may read it, by account, where the network offers a choice (empty: what
    the account is set to), `numbers_parts` whether the parts of a thread are counted ("2/3").
    `blog_first`: a blog among the places goes first, and the others wait for it and lead to it.
    """

    id: str
    created_at: datetime
    edited_at: datetime
    revision: int = 0
    hat: Hat | None = None
    text: str = ""
    title: str = ""
    excerpt: str = ""
    tags: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    target_ids: frozenset[str] = frozenset()
    post_id: str = ""
    wordings: tuple[Wording, ...] = ()
    other_words: HatWords | None = None
    cards: tuple[LinkCard, ...] = ()
    warning: str = ""
    language: str = ""
    audiences: Mapping[str, str] = field(default_factory=dict)
    numbers_parts: bool = False
    blog_first: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing in it that would be missed."""
        others = self.other_words.text if self.other_words else ""
        words = (self.text, others, self.title, self.excerpt, self.warning, *self.worded_parts)
        return not (any(text.strip() for text in words) or self.tags or self.media)

    @property
    def worded_parts(self) -> tuple[str, ...]:
        """The parts of all wordings one after another, as Field.WORDING counts them."""
        return tuple(part for wording in self.wordings for part in wording.parts)

    def wording_for(self, account_id: str) -> Wording | None:
        """What was written for this account alone."""
        return next((wording for wording in self.wordings if wording.account_id == account_id), None)

    def text_for(self, hat: Hat) -> str:
        """What it says under a hat, worn or not."""
        other = self.other_words
        return other.text if other is not None and other.hat is hat else self.text

    def said_by(self, hat: Hat) -> "Draft":
        """The draft with the words that it has under a hat; all else stays, the hat that it wears too."""
        return replace(self, text=self.text_for(hat)) if self.other_words is not None else self

    def field_text(self, field: Field, index: int = 0) -> str:
        """The text of one field; empty when there is no such tag or picture."""
        match field:
            case Field.TEXT:
                return self.text
            case Field.TITLE:
                return self.title
            case Field.EXCERPT:
                return self.excerpt
            case Field.TAG:
                return self.tags[index] if index < len(self.tags) else ""
            case Field.ALT:
                return self.media[index].alt if index < len(self.media) else ""
            case Field.FILE_NAME:
                return self.media[index].original_name if index < len(self.media) else ""
            case Field.WARNING:
                return self.warning
            case Field.WORDING:
                return self.worded_parts[index] if index < len(self.worded_parts) else ""
            case Field.CARD:
                card = self.cards[index] if index < len(self.cards) else None
                return f"{card.title}\n{card.description}" if card else ""

    def words_at(self, span: Span) -> str:
        """The stretch of text that a span covers."""
        return self.field_text(span.field, span.index)[span.start : span.end]


def text_digest(text: str) -> str:
    """SHA-256 (hex) of a text: whether it is still the one that a wording was made from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A line of the drafts list. `preview` is the title or the first words."""

    id: str
    preview: str
    hat: Hat | None
    edited_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A kept state of a draft; `number` counts from 1 within the draft."""

    draft_id: str
    number: int
    saved_at: datetime
    text: str
    title: str
