"""What must stand in a text before a pattern can match anywhere in it, read off the pattern's source.

A need is a set of pieces, one of which is in every text that matches. A piece is part of a word in small letters, with
a space where the word begins or ends: " client " is the whole word, " gambl" how one begins, "ing " how one ends. A
sign that is no letter ("@") is a piece as well, and so are DIGIT and FOREIGN.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

Need: TypeAlias = frozenset[str]

DIGIT = "\\d"
"""The piece of every word that holds a digit."""
FOREIGN = "\\u"
"""The piece of every word or sign beyond ASCII."""
LONGEST = 24
"""Letters of a piece; a longer one is cut."""


@cache
def needs_of(source: str, most: int) -> tuple[Need, ...]:
    """The needs of a pattern that ignores case, the rarest first, not more than `most`; () when none can be named."""
    needs = set(_told(_Reader(source).read()))
    return tuple(sorted(needs, key=_commonness)[:most])


def in_small_letters(source: str) -> str:
    """The source of a pattern for text in small letters: escapes (\\W) and the marks of groups ((?P<x>) stay."""
    return re.sub(r"\\.|\(\?P[<=>]\w*|[^\W\d_]", lambda m: m[0] if len(m[0]) > 1 else small_letters(m[0]), source)


def small_letters(text: str) -> str:
    """A text in small letters; such as an expression that ignores case takes for a plain one become that one."""
    return text.lower() if text.isascii() else text.translate(_TAKEN_FOR).lower()


_TAKEN_FOR = {0x130: "i", 0x131: "i", 0x17F: "s"}

_Wordings: TypeAlias = tuple[str, ...]


class _Part(NamedTuple):
    """A stretch of a pattern.

    `wordings` are all the texts it can match, where a space stands for any spaces and for the edge of a word; None when
    they are too many to tell. `runs` are stretches of it, each by its wordings, and `needs` what the rest of it needs.
    `begins` and `ends`: at the edge of a word, whatever it matches.
    """

    wordings: _Wordings | None
    runs: tuple[_Wordings, ...] = ()
    needs: tuple[Need, ...] = ()
    begins: bool = False
    ends: bool = False
    optional: bool = False


_TOKEN = re.compile(
    r"(?P<word>(?:\w(?![?*+{]))+(?:(?:\\s\+| )(?:\w(?![?*+{]))+)*|\w)"
    r"|(?P<open>\((?:\?(?:P<\w+>|[:=!>]|<[=!]|[aimsux]+:))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<times>(?:[?*+]|\{\d*,?\d*\})[?+]?)"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[wWdDsS]|\.)"
    r"|(?P<edge>\\[bAZ]|[\^$])|(?P<inner>\\B)"
    r"|(?P<code>\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}))"
    r"|(?P<white>\\[ntrfv]|\s)|(?P<other>\\[a-zA-Z\d]|\(\?)|(?P<sign>\\.|.)",
    re.DOTALL,
)
_AHEAD, _NOT_AHEAD, _BEHIND, _NOT_BEHIND = "(?=", "(?!", "(?<=", "(?<!"
_LOOKS = frozenset((_AHEAD, _NOT_AHEAD, _BEHIND, _NOT_BEHIND))
_BREAKS = frozenset(("bar", "close", "end"))
_SPACE: _Wordings = (" ",)
_EMPTY: _Wordings = ("",)
_EDGE = _Part(_SPACE, begins=True, ends=True)
_NOTHING = _Part(_EMPTY)
_ANYTHING = _Part(None)
_MOST_WORDINGS = 64  # of a product of two lists; longer ones are looked at one after the other
_MOST_BESIDE = 3  # needs that are told of one list


class _Reader:
    """Reads the source of one pattern from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens = [(found.lastgroup or "", found.group()) for found in _TOKEN.finditer(source)]
        self._tokens.append(("end", ""))
        self._edges = _edges(self._tokens)
        self._at = 0

    def read(self) -> _Part:
        """The whole pattern, told by what it needs; nothing when it holds what is not understood here."""
        if any(kind == "other" for kind, _ in self._tokens):
            return _ANYTHING
        return self._branches(left=False)

    def _branches(self, left: bool) -> _Part:
        """Alternatives, up to the bracket that closes them."""
        parts = [self._sequence(left)]
        while self._tokens[self._at][0] == "bar":
            self._at += 1
            parts.append(self._sequence(left))
        if len(parts) == 1:
            return parts[0]
        begins, ends = all(part.begins for part in parts), all(part.ends for part in parts)
        if all(part.wordings is not None for part in parts):
            wordings = tuple(wording for part in parts for wording in part.wordings or ())
            return _Part(wordings, (wordings,), (), begins, ends)
        needs = _beside_each_other([sorted(_told(part), key=_commonness) for part in parts])
        return _Part(None, (), needs, begins, ends)

    def _sequence(self, left: bool) -> _Part:
        """Parts one after the other; `left`: whether they stand at the edge of a word.

        `whole` are the wordings from the start on, `run` those since the last part that is not known to the letter.
        """
        if self._tokens[self._at][0] == "word" and self._tokens[self._at + 1][0] in _BREAKS:
            return self._word(left)
        run = _SPACE if left else _EMPTY
        whole: _Wordings | None = run
        runs: list[_Wordings] = []
        needs: tuple[Need, ...] = ()
        begins: bool | None = None
        while self._tokens[self._at][0] not in _BREAKS:
            part, beside = self._part(run)
            needs += beside
            longer = _product(run, part.wordings)
            whole = longer if whole is run else _product(whole, part.wordings)
            if longer is not None and (longer == _SPACE or not _end(longer)):
                run = longer
                continue
            if begins is None:
                begins = _begin(longer or run) if run != _EMPTY else part.begins and not part.optional
            if longer is not None:
                runs.append(longer)
                run = _SPACE
                continue
            at_edge = _end(run)
            runs.append(_product(run, _SPACE) or run if part.begins and not part.optional else run)
            if part.wordings is not None:
                run = _product(_SPACE, part.wordings) or run if at_edge else part.wordings
            else:
                runs += part.runs
                needs += part.needs
                run = _SPACE if part.ends and (at_edge or not part.optional) else _EMPTY
        if self._edges[self._at]:
            whole, run = _product(whole, _SPACE), _product(run, _SPACE) or run
        runs.append(run)
        if whole is not None:
            return _Part(whole, tuple(runs), needs, _begin(whole), _end(whole))
        return _Part(None, tuple(runs), needs, bool(begins), _end(run))

    def _word(self, left: bool) -> _Part:
        """A sequence of one word, such as long alternations are made of."""
        word = (_of_token(*self._tokens[self._at]).wordings or _EMPTY)[0]
        self._at += 1
        right = self._edges[self._at]
        wordings = (f"{' ' if left else ''}{word}{' ' if right else ''}",)
        return _Part(wordings, (wordings,), (), left, right)

    def _part(self, before: _Wordings) -> tuple[_Part, tuple[Need, ...]]:
        """The next part, and what it needs beside itself (what it looks ahead at, or back)."""
        kind, token = self._tokens[self._at]
        self._at += 1
        if kind != "open":
            return self._repeated(_of_token(kind, token)), ()
        first = self._at
        part = self._branches(token not in (_BEHIND, _NOT_BEHIND) and _end(before))
        last = self._at
        self._at += 1
        if token not in _LOOKS:
            return self._repeated(part), ()
        if token in (_NOT_AHEAD, _NOT_BEHIND):
            return (_EDGE if _is_any_letter(self._tokens[first:last]) else _NOTHING), ()
        is_edge = part.begins if token == _AHEAD else part.ends
        return (_EDGE if is_edge else _NOTHING), tuple(_told(part))

    def _repeated(self, part: _Part) -> _Part:
        if self._tokens[self._at][0] != "times":
            return part
        least, most = _times(self._tokens[self._at][1])
        self._at += 1
        if part.wordings is not None and (most == 1 or all(len(one) == 1 and _is_edge(one) for one in part.wordings)):
            return part if least else _Part((*part.wordings, ""), begins=False, ends=False)
        if least:
            return part._replace(wordings=None)
        return _Part(None, begins=part.begins, ends=part.ends, optional=True)


def _edges(tokens: Sequence[tuple[str, str]]) -> list[bool]:
    """Before each token: whether what follows begins at the edge of a word, whatever it matches."""
    edges = [False] * len(tokens)
    opened = _brackets(tokens)
    groups: list[list[bool]] = [[False, True, False, True]]  # what follows, must it come, its own end, all its branches
    least, most = 1, 1
    for at in range(len(tokens) - 2, -1, -1):
        kind, token = tokens[at]
        after = edges[at + 1]
        if kind == "times":
            edges[at] = after
            least, most = _times(token)
            continue
        if kind == "close":
            edges[at] = after and most == 1 and opened.get(at) not in (_AHEAD, _NOT_AHEAD)
            groups.append([after, least > 0, edges[at], True])
        elif kind == "bar":
            groups[-1][3] = groups[-1][3] and after
            edges[at] = groups[-1][2]
        elif kind == "open":
            follows, must, _, others = groups.pop()
            within = others and after
            if token == _AHEAD:
                edges[at] = within or follows
            elif token in _LOOKS:
                edges[at] = follows or (token == _NOT_AHEAD and _is_any_letter(tokens[at + 1 : at + 2]))
            else:
                edges[at] = within and (must or follows)
        else:
            edges[at] = _of_token(kind, token).begins and (least > 0 or after)
        least, most = 1, 1
    return edges


def _brackets(tokens: Sequence[tuple[str, str]]) -> dict[int, str]:
    """By the place of each closing bracket, how it was opened."""
    opened: list[str] = []
    found: dict[int, str] = {}
    for at, (kind, token) in enumerate(tokens):
        if kind == "open":
            opened.append(token)
        elif kind == "close" and opened:
            found[at] = opened.pop()
    return found


def _times(token: str) -> tuple[int, int]:
    """The least and the most times of a repetition; 2 stands for any more than one."""
    if token[0] != "{":
        return (int(token[0] == "+"), 1 if token[0] == "?" else 2)
    first, comma, last = token[1 : token.index("}")].partition(",")
    least = int(first or 0)
    return least, min(2, int(last or 2) if comma else least)


@cache
def _of_token(kind: str, token: str) -> _Part:
    """The part that is one token."""
    match kind:
        case "word":
            return _written(token.replace(r"\s+", " "))
        case "white":
            return _EDGE
        case "sign":
            return _written(token[-1])
        case "code":
            return _written(chr(int(token[2:], 16)))
        case "edge":
            return _EDGE
        case "inner":
            return _NOTHING
        case _:
            return _of_class(token)


def _written(text: str) -> _Part:
    if text.isspace():
        return _EDGE
    wordings = (small_letters(text),)
    return _Part(wordings, (wordings,), (), _begin(wordings), _end(wordings))


def _of_class(token: str) -> _Part:
    """One character of a class."""
    if token in {r"\W", r"\s"}:
        return _EDGE
    if token.endswith("d") and token[0] == "\\":
        return _Part(None, needs=(frozenset((DIGIT,)),))
    if token[0] != "[":
        return _ANYTHING
    if token[1] == "^":
        return _EDGE if r"\w" in token else _ANYTHING
    members = [(found.group(1), found.group(2) or found.group(1)) for found in _MEMBER.finditer(token[1:-1])]
    single = [_character(first) for first, last in members if first == last]
    if len(single) == len(members) and "" not in single:
        wordings = tuple(" " if one.isspace() else small_letters(one) for one in single)
        return _Part(wordings, (wordings,), (), _begin(wordings), _end(wordings))
    if all(first == last and (first in (r"\s", r"\W") or _is_edge(_character(first))) for first, last in members):
        return _EDGE
    pieces = frozenset(_piece_of(first, last) for first, last in members)
    return _ANYTHING if "" in pieces else _Part(None, needs=(pieces,))


def _character(member: str) -> str:
    """The character that a member of a class is; "" for a class of its own."""
    if len(member) > 2:
        return chr(int(member[2:], 16))
    if member in _WHITE:
        return " "
    return "" if len(member) == 2 and member[1].isalnum() else member[-1]


def _piece_of(first: str, last: str) -> str:
    """The piece that every character of a range is, or ""."""
    start, end = _character(first), _character(last)
    if first == r"\d" or (start.isdecimal() and end.isdecimal() and end <= "9"):
        return DIGIT
    if not start or start.isspace():
        return ""
    if not start.isascii():
        return FOREIGN
    return small_letters(start) if start == end else ""


def _is_any_letter(tokens: Sequence[tuple[str, str]]) -> bool:
    """Whether a part is any letter that a word can hold, and perhaps some signs."""
    kind, token = tokens[0] if len(tokens) == 1 else ("", "")
    return kind == "one" and r"\w" in token and token[1] != "^"


def _product(one: _Wordings | None, other: _Wordings | None) -> _Wordings | None:
    """Every wording of one with every wording of the other behind it; None when there are too many."""
    if one is None or other is None or (len(one) > 1 < len(other) and len(one) * len(other) > _MOST_WORDINGS):
        return None
    return tuple([a + (b[1:] if a[-1:] == " " == b[:1] else b) for a in one for b in other])


def _begin(wordings: _Wordings) -> bool:
    for wording in wordings:
        if not _is_edge(wording[:1]):
            return False
    return bool(wordings)


def _end(wordings: _Wordings) -> bool:
    for wording in wordings:
        if not _is_edge(wording[-1:]):
            return False
    return bool(wordings)


def _is_edge(character: str) -> bool:
    return character != "" and not (character.isalnum() or character == "_")


def _told(part: _Part) -> Iterator[Need]:
    """All that a part needs."""
    yield from part.needs
    for run in part.runs:
        yield from _beside_each_other([_pieces(wording) for wording in run])


def _beside_each_other(ranked: Sequence[Sequence[Need]]) -> tuple[Need, ...]:
    """The needs of alternatives, whose own needs are given with the rarest first."""
    if not all(ranked):
        return ()
    longest = min(_MOST_BESIDE, max(map(len, ranked)))
    return tuple(
        frozenset().union(*(needs[min(place, len(needs) - 1)] for needs in ranked)) for place in range(longest)
    )


@lru_cache(maxsize=4096)
def _pieces(wording: str) -> Sequence[Need]:
    """The pieces of a wording, a need each, the rarest first."""
    pieces = []
    for found in _PIECE.finditer(wording):
        word = found.group()
        if _is_edge(word[0]):
            pieces.append(word)
        else:
            left = " " if found.start() else ""
            right = " " if found.end() < len(wording) and len(word) <= LONGEST else ""
            pieces.append(left + word[:LONGEST] + right)
    needs = [frozenset((piece,)) for piece in pieces]
    return sorted(needs, key=_commonness) if len(needs) > 1 else needs


def _commonness(need: Need) -> tuple[float, str]:
    """About how often a sentence has one of the pieces; the first of them keeps the order always the same."""
    return sum(map(_share, need)), min(need)


@cache
def _share(piece: str) -> float:
    if piece in _SHARES:
        return _SHARES[piece]
    edges = piece.count(" ")
    letters = len(piece) - edges
    return (0.9, 0.7, 0.05)[edges] * (0.5, 0.35, 0.2)[edges] ** (letters - 1) if letters < 5 else 0.01


_WHITE = frozenset((" ", r"\ ", r"\n", r"\t", r"\r", r"\f", r"\v"))
_MEMBER = re.compile(
    r"(\\x[\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4}|\\U[\dA-Fa-f]{8}|\\.|.)"
    r"(?:-(\\x[\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4}|\\U[\dA-Fa-f]{8}|\\.|.))?",
    re.DOTALL,
)
_PIECE = re.compile(r"\w+|[^\w\s]")
_SHARES = {
    word: share
    for share, words in (
        (0.5, "the a to i and of in . , ' \\u"),
        (0.25, 'is it you that for my with on me was this be have " - ! ? s t \\d'),
        (0.1, "we your our an or but so not are at from he she his her him they their one by as who if had has been"),
        (0.1, "just when what all about out up no do can will more like am m ve : # @ ( )"),
    )
    for one in words.split()
    for word in ((f" {one} ",) if one.isalnum() else (one,))
}
