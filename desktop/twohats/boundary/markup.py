"""Markdown and HTML in a text: which of its characters are marks around words, and what stands behind links and tags.

Reads a little more than the renderer does (~~struck out~~, <b>tags</b>), since other places show those as well, and
a little less where ordinary writing looks like marks: 2*3*4, jam_lee, don`t, f***ing, [NAME].
"""

import html
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """What no reader sees in its place (the target of a link, the inside of a tag): start..end.

    `lead` are the words before it that say whose address it is; empty unless it is one to reach somebody by.
    """

    start: int
    end: int
    lead: Stretch = (0, 0)


@dataclass(slots=True)
class Marks:
    """The marks of a text, all in its code points.

    `dropped` are in order and apart. `written` are stretches that stand for one character (&eacute;), by their start.
    `pairs` are marks that open and close, the inner before the outer.
    """

    dropped: list[Stretch] = field(default_factory=list)
    written: dict[int, tuple[int, str]] = field(default_factory=dict)
    pairs: list[tuple[Stretch, Stretch]] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


def marks_in(text: str) -> Marks | None:
    """The marks of a text, found in one pass; None when it has none."""
    if not any(sign in text for sign in _MAYBE) and not any(map(_MAYBE_LED.match, text.split("\n"))):
        return None
    marks = _Reader(text).read()
    return marks if marks.dropped or marks.written else None


_MAYBE = "*_~`\\<[&"
_MAYBE_LED = re.compile(r"^[ \t]*(?:[>#+-]|\d{1,2}[.)])")
_SIGN = re.compile(r"[*_~`\\<\[\]&\n]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>*`\])]+|[@#]\w+")  # signs in addresses, handles and tags are their own
_AUTO = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{1,300}|[\w.+-]{1,64}@[\w.-]{1,120})>")
_COMMENT = re.compile(r"<!--[^<>]{0,500}-->")
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<inside>[\s/][^<>]{0,300})?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TARGET = re.compile(r"\]\([^\n()]{0,300}(?:\([^\n()]{0,100}\)[^\n()]{0,300}){0,2}\)")
_LABEL = re.compile(r"\]\[[^\[\]\n]{0,100}\]")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_LINE = re.compile(
    r"^(?:[ \t]*>(?=[ \t]|>|[^\W_]|[*_~`\"'\[]|$)[ \t]?)*"  # quotes
    r"(?:[ \t]*(?:[-*+]|\d{1,2}[.)](?=[ \t]+\D))[ \t]+(?:\[[ xX]\][ \t]+)?)?"  # items of a list, to-dos
    r"(?:[ \t]*\#{1,6}[ \t]+)?"
    r"(?:[ \t]*(?:`{3,}|~{3,}))?",
    re.MULTILINE,
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,100})\]:", re.MULTILINE)
_CONTACT = re.compile(r"@|(?:tel|sms|mailto|whatsapp|signal|tg):|wa\.me|t\.me", re.IGNORECASE)
_STOP = re.compile(r"[.!?\u2026][\"')\]]{0,3}\s|\n")
_SPACE = re.compile(r"\s")
_RUNS = frozenset("*_~`")
_ESCAPABLE = frozenset(string.punctuation)
_OPENING = frozenset("\"'([{<*_~`\\@#$&!")
_NOT_CLOSING = frozenset("([{")
_LONGEST_PART = 40  # characters of a word that marks may set off from the rest of it
_LEAD = 60  # characters before an address that may say whose it is
_BREAKING = re.compile(
    "br|p|div|li|[uo]l|h[r1-6]|tr|table|thead|tbody|blockquote|pre|section|article|header|footer|figure|figcaption"
    "|details|summary|center"
)
_INLINE = re.compile(
    "a|b|i|u|s|em|strong|small|big|su[bp]|span|code|del|ins|mark|q|cite|kbd|img|font|abbr|strike|tt|var|samp|t[dh]"
    "|label|time|wbr|bd[io]|dfn|ruby|r[tp]"
)


@dataclass(slots=True)
class _Run:
    """What is left of a run of one sign; `inner` when letters stand on both sides."""

    start: int
    end: int
    inner: bool


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = Marks()
        self._runs: dict[str, list[_Run]] = {}
        self._brackets: list[Stretch] = []
        self._tags: dict[str, list[Stretch]] = {}
        self._labels: frozenset[str] | None = None

    def read(self) -> Marks:
        text, after = self._text, 0
        apart = sorted([*self._lines(), *(found.span() for found in _ADDRESS.finditer(text))], reverse=True)
        for found in _SIGN.finditer(text):
            start = found.start()
            while apart and apart[-1][0] <= start:
                after = max(after, apart.pop()[1])
            if start < after:
                continue
            sign = text[start]
            if sign in _RUNS:
                after = start + 1
                while after < len(text) and text[after] == sign:
                    after += 1
                self._run(sign, start, after)
            else:
                after = self._other(sign, start)
        self._marks.dropped = list(_joined(sorted(self._marks.dropped)))
        return self._marks

    def _other(self, sign: str, start: int) -> int:
        """Reads what begins with a sign that is no run; says where to go on."""
        match sign:
            case "\\" if self._after(start + 1) in _ESCAPABLE:
                self._escape(start)
                return start + 2
            case "<":
                return self._angle(start)
            case "&" if found := _ENTITY.match(self._text, start):
                self._entity(start, found.end())
                return found.end()
            case "[":
                self._brackets.append((start - (self._before(start) == "!"), start + 1))
            case "]":
                return self._close(start)
            case "\n" if _BLANK.match(self._text, start):
                self._runs.clear()
                self._brackets.clear()
        return start + 1

    def _lines(self) -> list[Stretch]:
        """The marks at the heads of lines."""
        heads: list[Stretch] = []
        start = 0
        while start >= 0:
            found = _LINE.match(self._text, start)
            if found is not None and found.end() > start and not found.group().isspace():
                heads.append(found.span())
            start = self._text.find("\n", start) + 1 or -1
        self._marks.dropped += heads
        return heads

    def _escape(self, start: int) -> None:
        """The stroke goes; so does an escaped sign at the edge of a word, which would stick to it."""
        sign = self._text[start + 1]
        sticks = sign in "*_~`" and self._before(start).isalnum() != self._after(start + 2).isalnum()
        self._drop(start, start + (2 if sticks else 1))

    def _angle(self, start: int) -> int:
        if found := _AUTO.match(self._text, start):
            self._pair((start, start + 1), (found.end() - 1, found.end()))
        elif found := _COMMENT.match(self._text, start):
            self._drop(*found.span())
            self._aside(start + 4, found.end() - 3)
        elif found := _TAG.match(self._text, start):
            self._tag(found)
        else:
            return start + 1
        return found.end()

    def _tag(self, found: re.Match[str]) -> None:
        start, end = found.span()
        name = found.group("name").lower()
        breaks = _BREAKING.fullmatch(name) is not None
        if not breaks and not _INLINE.fullmatch(name):
            self._pair((start, start + 1), (end - 1, end))  # <name> as people leave a blank
            return
        inside = (found.group("inside") or "").strip("/ \t\n")
        if breaks:
            self._marks.written[start] = (end, "\n")
        elif self._text[start + 1] == "/" and self._tags.get(name):
            self._pair(self._tags[name].pop(), (start, end))
        else:
            self._drop(start, end)
            if not inside:
                self._tags.setdefault(name, []).append((start, end))
        if inside:
            self._aside(*found.span("inside"), start)

    def _entity(self, start: int, end: int) -> None:
        character = html.unescape(self._text[start:end])
        if len(character) == 1:
            self._marks.written[start] = (end, character)

    def _close(self, start: int) -> int:
        if not self._brackets:
            return start + 1
        opened = self._brackets.pop()
        found = _TARGET.match(self._text, start)
        if found is None:
            found = _LABEL.match(self._text, start)
            if found is None:
                return start + 1
            name = self._text[start + 2 : found.end() - 1] or self._text[opened[1] : start][:101]
            if name.casefold() not in self._defined():
                return start + 1
        self._pair(opened, found.span())
        self._aside(start + 2, found.end() - 1, opened[0])
        return found.end()

    def _defined(self) -> frozenset[str]:
        if self._labels is None:
            self._labels = frozenset(label.casefold() for label in _DEFINITION.findall(self._text))
        return self._labels

    def _run(self, sign: str, start: int, end: int) -> None:
        before, after = self._before(start), self._after(end)
        if before.isdigit() and after.isdigit():
            return
        run = _Run(start, end, before.isalnum() and after.isalnum())
        opens = after.isalnum() or after in _OPENING or after > "\x7f"
        closes = not before.isspace() and before not in _NOT_CLOSING
        if sign == "_":
            opens = opens and not before.isalnum() and before not in "@#/."
            closes = closes and not after.isalnum() and after != "@"
        if closes:
            self._match(sign, run)
        if opens and run.start < run.end:
            self._runs.setdefault(sign, []).append(run)

    def _match(self, sign: str, run: _Run) -> None:
        opened = self._runs.get(sign, [])
        while opened and run.start < run.end:
            first = opened[-1]
            length, wanted = run.end - run.start, first.end - first.start
            if run.inner or first.inner:
                if length != wanted or not self._is_part_of_word(first.end, run.start):
                    if run.inner:
                        return
                    opened.pop()  # the next are further off, and so is whatever could close this one
                    continue
            elif sign == "`" and length != wanted:
                return
            shared = min(length, wanted)
            self._pair((first.end - shared, first.end), (run.start, run.start + shared))
            first.end -= shared
            run.start += shared
            if first.start == first.end:
                opened.pop()

    def _is_part_of_word(self, start: int, end: int) -> bool:
        return end - start <= _LONGEST_PART and not _SPACE.search(self._text, start, end)

    def _aside(self, start: int, end: int, word: int | None = None) -> None:
        while start < end and self._text[start].isspace():
            start += 1
        if start == end:
            return
        lead = (0, 0)
        if word is not None and _CONTACT.search(self._text, start, end):
            lead = (self._lead(word), start)
        self._marks.asides.append(Aside(start, end, lead))

    def _lead(self, word: int) -> int:
        floor = max(0, word - _LEAD)
        stops = [found.end() for found in _STOP.finditer(self._text, floor, word)]
        if stops:
            return stops[-1]
        space = self._text.find(" ", floor, word) + 1
        return space if floor and space else floor

    def _before(self, place: int) -> str:
        return self._text[place - 1] if place else " "

    def _after(self, place: int) -> str:
        return self._text[place] if place < len(self._text) else " "

    def _pair(self, opening: Stretch, closing: Stretch) -> None:
        self._drop(*opening)
        self._drop(*closing)
        self._marks.pairs.append((opening, closing))

    def _drop(self, start: int, end: int) -> None:
        self._marks.dropped.append((start, end))


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    if not stretches:
        return
    start, end = stretches[0]
    for other_start, other_end in stretches[1:]:
        if other_start > end:
            yield start, end
            start = other_start
        end = max(end, other_end)
    yield start, end
