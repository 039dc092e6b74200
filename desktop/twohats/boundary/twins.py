"""H3: the same words and pictures under both hats within a day tie the two identities together."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from twohats.model.draft import Draft
from twohats.model.identity import Hat
from twohats.model.policy import normalise

WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PostDigest:
    """A post that left: its hat, when (aware UTC), and digests of its words and of each picture (SHA-256, hex)."""

    hat: Hat
    posted_at: datetime
    words: str
    pictures: frozenset[str] = frozenset()


def digest_of(draft: Draft, hat: Hat, at: datetime) -> PostDigest:
    """What to remember of a draft that leaves as `hat` at `at`."""
    return PostDigest(hat, at, words_digest(draft.text), frozenset(media.digest for media in draft.media))


def words_digest(text: str) -> str:
    """SHA-256 (hex) of the words, capitals and spaces folded; "" for none."""
    folded = normalise(text)
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest() if folded else ""


def twin_of(post: PostDigest, recent: Iterable[PostDigest]) -> PostDigest | None:
    """The latest post of the other hat, within a day, that shares the words or a picture; None when there is none."""
    shared = [
        other
        for other in recent
        if other.hat is post.hat.other
        and abs(post.posted_at - other.posted_at) <= WITHIN
        and ((post.words and post.words == other.words) or post.pictures & other.pictures)
    ]
    return max(shared, key=lambda other: other.posted_at, default=None)
