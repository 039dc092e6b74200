"""The archive of X: a zip with data/tweets.js and its parts, each a list in JavaScript; long posts in note-tweet.js.

`window.YTD.tweets.part0 = [{"tweet": {"id_str", "full_text", "created_at", "entities", …}}]`; retweets begin with
"RT @". A long post stands shortened among the tweets, and whole in `window.YTD.note_tweet.part0 =
[{"noteTweet": {"createdAt", "core": {"text"}}}]`; what binds both is the moment. The company documents none of it:
read off public readers of such archives, github.com/TheExGenesis/community-archive (docs/archive_data.md and its
upload code) and github.com/lmmx/wotd (PREPROCESSING.md), on 2026-11-23.
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any  # Any: JSON

from twohats.archives.bounded import Readable
from twohats.archives.json_stream import entries
from twohats.archives.limits import MOST_NOTES_BYTES
from twohats.archives.packing import Packed
from twohats.archives.reading import Sieve, link, listed, moment, table, words
from twohats.model.archive import ArchivedPost

NETWORK = "x"
_TWEETS = re.compile(r"(?:^|/)data/tweets?(?:-part\d+)?\.js$")
_NOTES = re.compile(r"(?:^|/)data/note-?tweets?(?:-part\d+)?\.js$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WRITTEN = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-]\d{4}) (\d{4})")
_ID = re.compile(r"[0-9]{1,20}")
_SAME = 40  # characters that a long post and its short form begin with


def is_this(names: tuple[str, ...]) -> bool:
    return any(_TWEETS.search(name) for name in names)


def posts(packed: Packed, sieve: Sieve) -> Iterator[ArchivedPost]:
    """Own posts and replies, the long ones whole. Raises BadInput."""
    notes = _Notes()
    for _, stream in packed.files(lambda name: bool(_NOTES.search(name))):
        for entry in entries(stream):
            note = table(table(entry).get("noteTweet"))
            text = table(note.get("core")).get("text") or table(note.get("noteTweetResults")).get("text")
            unplaced = notes.keep(moment(note.get("createdAt")), html.unescape(words(text)))
            if unplaced is not None and sieve.passes(unplaced):
                yield unplaced
    for _, stream in packed.files(lambda name: bool(_TWEETS.search(name))):
        yield from _read(stream, sieve, notes)
    for left in notes.left():
        if sieve.passes(left):
            yield left


def posts_of_file(stream: Readable, sieve: Sieve) -> Iterator[ArchivedPost]:
    """The posts of a tweets.js that was taken out of its archive. Raises BadInput."""
    return _read(stream, sieve, _Notes())


def _read(stream: Readable, sieve: Sieve, notes: "_Notes") -> Iterator[ArchivedPost]:
    for entry in entries(stream):
        tweet = table(table(entry).get("tweet")) or table(entry)
        raw = words(tweet.get("full_text")) or words(tweet.get("text"))
        if not raw and "full_text" not in tweet and "text" not in tweet:
            sieve.leave_out("unreadable")
            continue
        if raw.startswith("RT @"):
            sieve.leave_out("not_own")
            continue
        posted_at = _moment(tweet.get("created_at"))
        text = notes.whole(posted_at, html.unescape(raw)) or _as_read(tweet, raw)
        number = words(tweet.get("id_str")) or words(tweet.get("id"))
        post = ArchivedPost(
            posted_at,
            text,
            # X leads from an address without a name to the one with it.
            f"https://x.com/i/web/status/{number}" if _ID.fullmatch(number) else "",
            "reply" if tweet.get("in_reply_to_status_id_str") else "post",
            alt_texts=tuple(alt for media in _media(tweet) if (alt := words(table(media).get("ext_alt_text")))),
        )
        if sieve.passes(post):
            yield post


def _as_read(tweet: Mapping[str, Any], text: str) -> str:
    """Links as a reader sees them, not as X shortens them; without the ones that stand for pictures."""
    for part in listed(table(tweet.get("entities")).get("urls"))[:100]:
        short, whole = link(table(part).get("url")), link(table(part).get("expanded_url"))
        if short and whole:
            text = text.replace(short, whole)
    for part in _media(tweet)[:100]:
        if short := link(table(part).get("url")):
            text = text.replace(short, "")
    return html.unescape(text).strip()


def _media(tweet: Mapping[str, Any]) -> list[Any]:
    return listed(table(tweet.get("extended_entities")).get("media")) or listed(
        table(tweet.get("entities")).get("media")
    )


def _moment(value: object) -> datetime | None:
    """ "Wed Oct 10 20:19:24 +0000 2018", whatever language this computer speaks."""
    written = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if written is None or written[1] not in _MONTHS:
        return moment(value)
    month, day, hour, minute, second, zone, year = written.groups()
    return moment(f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{hour}:{minute}:{second}{zone}")


class _Notes:
    """Long posts, until their short forms come by; a bounded number of them."""

    def __init__(self) -> None:
        self._by_second: dict[int, list[str]] = {}
        self._byte_count = 0

    def keep(self, at: datetime | None, text: str) -> ArchivedPost | None:
        """Keeps one; gives it back as a post of its own where it cannot be kept."""
        self._byte_count += 4 * len(text)
        if at is None or self._byte_count > MOST_NOTES_BYTES:
            return ArchivedPost(at, text)
        self._by_second.setdefault(int(at.timestamp()), []).append(text)
        return None

    def whole(self, at: datetime | None, short: str) -> str:
        """The whole text of which this is the short form; "" where it is none."""
        if at is None or not self._by_second:
            return ""
        second = int(at.timestamp())
        for near in (second, second - 1, second + 1):
            for text in self._by_second.get(near, ()):
                if text[:_SAME] == short[:_SAME]:
                    self._by_second[near].remove(text)
                    return text
        return ""

    def left(self) -> Iterator[ArchivedPost]:
        """Those that no short form asked for."""
        for second, texts in self._by_second.items():
            yield from (ArchivedPost(moment(second), text) for text in texts)
