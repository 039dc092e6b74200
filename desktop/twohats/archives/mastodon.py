"""The archive of Mastodon and its kin: outbox.json in a tar.gz (a zip since 4.2), an ActivityPub collection.

`{"type": "OrderedCollection", "orderedItems": [{"type": "Create", "published", "to", "cc", "object": {"type": "Note",
"summary", "content" (HTML), "url", "inReplyTo", "attachment": [{"name"}], "tag": [{"type": "Hashtag", "name"}]}}]}`;
a boost is an "Announce". In the tar the pictures come first, the outbox behind them. Source: github.com/mastodon/
mastodon app/services/backup_service.rb, read 2026-11-23.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from twohats.archives.bounded import Readable
from twohats.archives.html_words import words_of
from twohats.archives.json_stream import entries
from twohats.archives.packing import Packed
from twohats.archives.reading import Sieve, link, listed, moment, table, words
from twohats.model.archive import ArchivedPost

NETWORK = "mastodon"
_OUTBOX = re.compile(r"(?:^|/)outbox\.json$")
_PUBLIC = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))


def is_this(names: tuple[str, ...]) -> bool:
    return any(_OUTBOX.search(name) for name in names)


def posts(packed: Packed, sieve: Sieve) -> Iterator[ArchivedPost]:
    """Own posts and replies that others may read; neither boosts nor direct messages. Raises BadInput."""
    for _, stream in packed.files(lambda name: bool(_OUTBOX.search(name))):
        yield from posts_of_file(stream, sieve)


def posts_of_file(stream: Readable, sieve: Sieve) -> Iterator[ArchivedPost]:
    """The posts of an outbox.json. Raises BadInput."""
    for entry in entries(stream, "orderedItems"):
        activity = table(entry)
        note = table(activity.get("object"))
        if activity.get("type") == "Announce":
            sieve.leave_out("not_own")
        elif activity.get("type") != "Create" or not note:
            sieve.leave_out("unreadable")
        elif not _is_read_by_others(note):
            sieve.leave_out("direct")
        elif sieve.passes(post := _post(activity, note)):
            yield post


def _post(activity: Mapping[str, Any], note: Mapping[str, Any]) -> ArchivedPost:
    tags = (words(table(tag).get("name")) for tag in listed(note.get("tag")) if table(tag).get("type") == "Hashtag")
    named = (words(table(one).get("name")) for one in listed(note.get("attachment")))
    choices = [
        words(table(one).get("name")) for key in ("oneOf", "anyOf") for one in listed(note.get(key))
    ]  # of a poll
    content = words_of(words(note.get("content")))
    return ArchivedPost(
        moment(note.get("published") or activity.get("published")),
        "\n".join([content, *choices]).strip(),
        link(note.get("url")) or link(note.get("id")),
        "reply" if note.get("inReplyTo") else "post",
        warning=words(note.get("summary")),
        tags=tuple(tag.lstrip("#") for tag in tags if tag),
        alt_texts=tuple(alt for alt in named if alt),
    )


def _is_read_by_others(note: Mapping[str, Any]) -> bool:
    """Public, unlisted, or for the followers: not for named people alone."""
    readers = {str(one) for key in ("to", "cc") for one in [*listed(note.get(key)), note.get(key)]}
    return bool(readers & _PUBLIC) or any(reader.endswith("/followers") for reader in readers)
