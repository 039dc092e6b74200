"""The export of Facebook in JSON: a zip with posts/your_posts….json and comments_and_reactions/comments.json.

`[{"timestamp", "data": [{"post"}], "attachments": [{"data": [{"media": {"description"}}]}], "title"}]`, and
`{"comments_v2": [{"timestamp", "data": [{"comment": {"comment"}}]}]}`; the folders above have had several names
(your_activity_across_facebook, your_facebook_activity), and a Page's posts lie in profile_posts_1.json. Every byte of
UTF-8 is written as a character of its own ("\\u00c3\\u00a9" for é), which is put right here. No entry has an address.
The company documents none of it: github.com/apparebit/deface (README) and github.com/NorseKode/Waultar-App
(documents/parser/content_examples.md), read 2026-11-23.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON

from twohats.archives.bounded import Readable
from twohats.archives.json_stream import entries
from twohats.archives.packing import Packed
from twohats.archives.reading import Sieve, listed, moment, table, words
from twohats.model.archive import ArchivedPost
from twohats.model.errors import BadInput

NETWORK = "facebook"
_NAMES = r"(?:your_posts|profile_posts|your_pages_posts|posts_on_your_page)[^/]*|comments|your_comments_in_groups|"
_NAMES += r"group_posts_and_comments|group_posts"
_POSTS = re.compile(
    rf"(?:^|/)(?:posts|comments_and_reactions|comments|groups|pages|other_activity)/(?:{_NAMES})\.json$"
)
_AS_PAGES = re.compile(r"(?:^|/)posts/(?:your_posts|profile_posts)[^/]*\.html$")


def is_this(names: tuple[str, ...]) -> bool:
    """Raises BadInput("archive_html_kind") for the export as web pages, which Facebook offers first."""
    if any(_POSTS.search(name) for name in names):
        return True
    if any(_AS_PAGES.search(name) for name in names):
        raise BadInput("archive_html_kind")
    return False


def posts(packed: Packed, sieve: Sieve) -> Iterator[ArchivedPost]:
    """Own posts and comments. Raises BadInput."""
    for _, stream in packed.files(lambda name: bool(_POSTS.search(name))):
        yield from posts_of_file(stream, sieve)


def posts_of_file(stream: Readable, sieve: Sieve) -> Iterator[ArchivedPost]:
    """The posts of one of its files. Raises BadInput."""
    for entry in entries(stream):
        item = table(entry)
        if not item:
            sieve.leave_out("unreadable")
            continue
        data = [table(one) for one in listed(item.get("data"))]
        comments = [table(one.get("comment")) for one in data]
        said = [words(one.get("comment")) for one in comments] + [words(one.get("post")) for one in data]
        post = ArchivedPost(
            moment(item.get("timestamp")),
            "\n\n".join(_once(repaired(text) for text in (*said, *_captions(item)))),
            kind="reply" if any(comments) else "post",
        )
        if sieve.passes(post):
            yield post


def repaired(text: str) -> str:
    """The text that was meant, where each byte of its UTF-8 stands as a character; else the text as it is."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _captions(item: Mapping[str, Any]) -> Iterator[str]:
    for attachment in listed(item.get("attachments")):
        for one in listed(table(attachment).get("data")):
            yield words(table(table(one).get("media")).get("description"))


def _once(texts: Iterator[str]) -> list[str]:
    """Those with words, each once: a picture often repeats the words of its post."""
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
