"""The entries of a long list in JSON, one at a time, in steady memory and to a stated depth."""

import re
from collections.abc import Iterator
from typing import Any  # Any: JSON

import ijson
from ijson.common import JSONError, ObjectBuilder

from twohats.archives.bounded import Readable
from twohats.archives.limits import CHUNK_BYTES, MIB, MOST_DEPTH, MOST_POST_BYTES, MOST_POST_EVENTS
from twohats.model.errors import BadInput

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ASSIGNED = re.compile(rb"\s*[A-Za-z_$][\w$.]{0,120}\s*=\s*")  # window.YTD.tweets.part0 =
_OPENS = ("start_map", "start_array")
_CLOSES = ("end_map", "end_array")


def entries(stream: Readable, key: str = "") -> Iterator[Any]:
    """The entries of the list that a file consists of, or of the lists in the object that it consists of; of the list
    under `key` alone where that is given. JavaScript that gives such a list a name is read too.

    Raises BadInput: "archive_damaged", "archive_not_utf8", "archive_too_deep", "archive_post_too_large".
    """
    reader = _Entries(key)
    head = _without_name(_first(stream))
    if head:
        yield from reader.take(head)
    while not reader.is_over and (piece := stream.read(CHUNK_BYTES)):
        yield from reader.take(piece)
    if not reader.is_over:
        raise BadInput("archive_damaged")


class _Entries:
    """Takes bytes, gives entries. What lies outside the wanted lists is read past, and never built."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._events: list[tuple[str, Any]] = ijson.sendable_list()
        self._parser = ijson.basic_parse_coro(self._events)
        self._depth = 0
        self._level = 0  # the depth inside the list whose entries are wanted; 0 while there is none
        self._is_named = False
        self._builder: ObjectBuilder | None = None
        self._event_count = 0
        self._byte_count = 0
        self._is_over = False

    @property
    def is_over(self) -> bool:
        return self._is_over

    def take(self, piece: bytes) -> Iterator[Any]:
        """What was complete with these bytes."""
        self._byte_count += len(piece)
        problem: Exception | None = None
        try:
            self._parser.send(piece)
        except (JSONError, ValueError, StopIteration, SystemError) as fault:
            problem = fault  # a SystemError is how ijson 3.6 tells of a number with more digits than Python takes
        events, self._events[:] = list(self._events), []
        for event, value in events:
            yield from self._follow(event, value)
            if self._is_over:
                return  # what follows the end of the list, as the semicolon of JavaScript, is nothing to us
        if problem is not None:
            is_encoding = isinstance(problem, UnicodeError) or "UTF8" in str(problem) or "utf-8" in str(problem)
            raise BadInput("archive_not_utf8" if is_encoding else "archive_damaged") from problem
        if events and self._builder is None:
            self._byte_count = 0
        if self._byte_count > MOST_POST_BYTES:
            raise _too_large()

    def _follow(self, event: str, value: object) -> Iterator[Any]:
        if event in _CLOSES:
            self._depth -= 1
        at = self._depth
        if event in _OPENS:
            self._depth += 1
            if self._depth > MOST_DEPTH:
                raise BadInput("archive_too_deep", limit=MOST_DEPTH)
        if self._builder is not None or (self._level and at == self._level and event not in _CLOSES):
            yield from self._build(event, value, at)
        elif event == "map_key" and at == 1:
            self._is_named = not self._key or value == self._key
        elif (
            event == "start_array" and not self._level and ((at == 0 and not self._key) or (at == 1 and self._is_named))
        ):
            self._level = self._depth
        elif event == "end_array" and self._depth < self._level:
            self._level = 0
        if self._depth == 0:
            self._is_over = True

    def _build(self, event: str, value: object, at: int) -> Iterator[Any]:
        if self._builder is None:
            self._builder = ObjectBuilder()
            self._event_count = 0
            self._byte_count = min(self._byte_count, CHUNK_BYTES)
        self._event_count += 1
        if self._event_count > MOST_POST_EVENTS:
            raise _too_large()
        self._builder.event(event, value)
        if at == self._level and event not in _OPENS:
            built, self._builder = self._builder.value, None
            yield built


def _too_large() -> BadInput:
    return BadInput("archive_post_too_large", limit=f"{MOST_POST_BYTES // MIB} MB")


def _first(stream: Readable) -> bytes:
    head = b""
    while len(head) < CHUNK_BYTES // 64 and (piece := stream.read(CHUNK_BYTES)):
        head += piece
    return head


def _without_name(head: bytes) -> bytes:
    if head.startswith(_OTHER_BOMS):
        raise BadInput("archive_not_utf8")
    head = head.removeprefix(_BOM)
    named = _ASSIGNED.match(head)
    return head[named.end() :] if named else head
