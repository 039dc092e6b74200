"""What is being written: one frozen value, a new one at every change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from twohats.model.identity import Hat
from twohats.model.media import Media
from twohats.model.span import Field, Span

BIN_KEPT_FOR = timedelta(days=30)
"""How long a deleted draft can be taken back."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`hat` is None until one is chosen. `target_ids` are ticked accounts of both hats together;
    only those of the chosen hat ever become targets. `post_id` is set once it was handed over to be posted: it is then
    no draft any more, but can become one again. Times are aware UTC."""

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

    @property
    def is_empty(self) -> bool:
        """Nothing in it that would be missed."""
        return not (self.text.strip() or self.title.strip() or self.excerpt.strip() or self.tags or self.media)

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

    def words_at(self, span: Span) -> str:
        """The stretch of text that a span covers."""
        return self.field_text(span.field, span.index)[span.start : span.end]


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
