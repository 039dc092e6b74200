"""The export file of WordPress: RSS with more (WXR), one XML file, or several in a zip from WordPress.com.

Each `<item>` has title, link, pubDate, content:encoded, excerpt:encoded, wp:post_date_gmt, wp:status, wp:post_type and
category[domain=post_tag]. Source: github.com/WordPress/WordPress wp-admin/includes/export.php (WXR 1.2, UTF-8, no
document type), read 2026-11-23.

Read by expat, which comes with Python, as a stream. A document type is where entities are declared, and no export has
one: it is refused before any of it is used, so that neither an entity bomb nor a file from outside can be asked for.
"""

import codecs
import re
from collections.abc import Iterator
from xml.parsers import expat

from twohats.archives.bounded import Readable
from twohats.archives.html_words import words_of
from twohats.archives.limits import CHUNK_BYTES, MIB, MOST_DEPTH, MOST_POST_BYTES
from twohats.archives.packing import Packed
from twohats.archives.reading import Sieve, link, moment, words
from twohats.model.archive import ArchivedPost
from twohats.model.errors import BadInput

NETWORK = "wordpress"
_FILE = re.compile(r"(?:^|/)[^/.][^/]*\.xml$")  # not the hidden twins that a Mac puts beside them
_POSTS = ("post", "page")
_WP = "http://wordpress.org/export/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"
_KEPT = ("title", "link", "pubDate", "category")
_MOST_TAG_BYTES = MIB
_ENCODING_CODES = (
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
)


def is_this(names: tuple[str, ...]) -> bool:
    return any(_FILE.search(name) for name in names)


def posts(packed: Packed, sieve: Sieve) -> Iterator[ArchivedPost]:
    """Posts and pages that are published. Raises BadInput."""
    for _, stream in packed.files(lambda name: bool(_FILE.search(name))):
        yield from posts_of_file(stream, sieve)


def posts_of_file(stream: Readable, sieve: Sieve) -> Iterator[ArchivedPost]:
    """The posts of one export file. Raises BadInput."""
    reader = _Items()
    while piece := stream.read(CHUNK_BYTES):
        for item in reader.take(piece):
            yield from _post(item, sieve)
    reader.finish()


def _post(item: dict[str, list[str]], sieve: Sieve) -> Iterator[ArchivedPost]:
    def one(name: str) -> str:
        return words("".join(item.get(name, ())))

    if one("post_type") not in _POSTS:
        sieve.leave_out("other_type")
        return
    if one("status") != "publish":
        sieve.leave_out("not_published")
        return
    post = ArchivedPost(
        moment(f"{one('post_date_gmt')}+00:00") or moment(one("pubDate").strip()),
        words_of(one("content"), keeps_lines=True),
        link(one("link")),
        "page" if one("post_type") == "page" else "post",
        title=words_of(one("title")),
        excerpt=words_of(one("excerpt"), keeps_lines=True),
        tags=tuple(tag for tag in map(words, item.get("tag", ())) if tag),
    )
    if sieve.passes(post):
        yield post


class _Items:
    """Takes bytes, gives the items of the feed: texts by the names that matter here."""

    def __init__(self) -> None:
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.EntityDeclHandler = self._refuse_entities
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parser.CommentHandler = self._pass_by
        parser.ProcessingInstructionHandler = self._pass_by
        self._done: list[dict[str, list[str]]] = []
        self._item: dict[str, list[str]] | None = None
        self._depth = 0
        self._item_depth = 0
        self._name = ""
        self._is_feed = False
        self._item_characters = 0
        self._unmoved_bytes = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True

    def take(self, piece: bytes) -> list[dict[str, list[str]]]:
        """What was complete with these bytes."""
        self._unmoved_bytes += len(piece)
        self._parse(piece, is_last=False)
        if self._unmoved_bytes > _MOST_TAG_BYTES:
            raise BadInput("archive_damaged")  # one tag as long as a book
        done, self._done = self._done, []
        return done

    def finish(self) -> None:
        """Raises BadInput when it broke off, or never was an export of WordPress."""
        self._parse(b"", is_last=True)
        if not self._is_feed:
            raise BadInput("archive_unknown")

    def _parse(self, piece: bytes, *, is_last: bool) -> None:
        try:
            self._decoder.decode(piece)
        except UnicodeDecodeError:
            self._is_utf8 = False
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as problem:
            is_encoding = problem.code in _ENCODING_CODES or not self._is_utf8
            raise BadInput("archive_not_utf8" if is_encoding else "archive_damaged") from problem
        except (ValueError, LookupError) as problem:  # an encoding that Python does not know, or not as such
            raise BadInput("archive_not_utf8") from problem

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._unmoved_bytes = 0
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise BadInput("archive_too_deep", limit=MOST_DEPTH)
        if self._depth == 1 and name not in ("rss", "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"):
            raise BadInput("archive_unknown")
        if name == "item" and self._item is None:
            self._item, self._item_depth, self._item_characters = {}, self._depth, 0
        elif self._item is not None and self._depth == self._item_depth + 1:
            self._name = _name_of(name, attributes)
            if self._name == "tag":
                self._item.setdefault("tag", []).append("")

    def _end(self, name: str) -> None:
        self._unmoved_bytes = 0
        self._depth -= 1
        if self._item is not None and self._depth == self._item_depth:
            self._name = ""
        elif self._item is not None and self._depth < self._item_depth:
            self._is_feed = self._is_feed or "post_type" in self._item
            self._done.append(self._item)
            self._item = None

    def _hear(self, text: str) -> None:
        self._unmoved_bytes = 0
        if self._item is None or not self._name:
            return
        self._item_characters += len(text)
        if self._item_characters > MOST_POST_BYTES:
            raise BadInput("archive_post_too_large", limit=f"{MOST_POST_BYTES // MIB} MB")
        if self._name == "tag":
            self._item["tag"][-1] += text
        else:
            self._item.setdefault(self._name, []).append(text)

    def _pass_by(self, *_what: str) -> None:
        self._unmoved_bytes = 0

    def _refuse_entities(self, *_what: object) -> None:
        raise BadInput("archive_entities")


def _name_of(name: str, attributes: dict[str, str]) -> str:
    """What a part of an item is called here; "" where it is of no use."""
    if name.startswith(_WP):
        address, _, plain = name.rpartition(" ")
        return "excerpt" if address.endswith("excerpt/") else plain
    if name == _CONTENT:
        return "content"
    if name == "category":
        return "tag" if attributes.get("domain") == "post_tag" else ""
    return name if name in _KEPT else ""
