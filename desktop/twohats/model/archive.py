"""Posts of an archive that a network gave out: what is read of each, and what reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """One post as an archive tells it. `posted_at` is aware UTC, None where the archive does not say; `url` leads to
    it, empty where the archive gives no way; `kind` is "post", "reply" or "page"."""

    posted_at: datetime | None
    text: str
    url: str = ""
    kind: str = "post"
    title: str = ""
    excerpt: str = ""
    warning: str = ""
    tags: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """No words at all: nothing to check."""
        return not any(words.strip() for words in (self.text, self.title, self.excerpt, self.warning, *self.alt_texts))


class Archive(Protocol):
    """An archive that was opened. Nothing of it is kept, and nothing is written to the disk."""

    @property
    def network(self) -> str:
        """The name of the network that made it: "x", "mastodon", "facebook" or "wordpress"."""
        ...

    @property
    def fraction(self) -> float:
        """How much of it has been read, 0..1."""
        ...

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many entries were no posts of the owner's with words in them, by the code of why; so far."""
        ...

    def posts(self) -> Iterator[ArchivedPost]:
        """All posts, one after another, once. Raises BadInput where it is damaged, or is not what it says."""
        ...

    def close(self) -> None: ...
