"""One-click changes of a field: a sentence goes, words make room for others, all around them mended; never invents.

A suggestion arrives here mended: putting its text in place of its span is all that is left to do.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from twohats.boundary.suggest import cohesion
from twohats.model.draft import Draft
from twohats.model.finding import Suggestion, SuggestionKind
from twohats.model.span import Field
from twohats.model.wording import Wording


def apply(draft: Draft, suggestion: Suggestion) -> Draft:
    """The draft with one suggestion taken. MOVE leaves the words alone: it is a change of hat."""
    if suggestion.kind is SuggestionKind.MOVE:
        return draft
    span = suggestion.span
    before = draft.field_text(span.field, span.index)
    after = before[: span.start] + suggestion.text + before[span.end :]
    match span.field:
        case Field.TEXT:
            return replace(draft, text=after)
        case Field.TITLE:
            return replace(draft, title=after)
        case Field.EXCERPT:
            return replace(draft, excerpt=after)
        case Field.TAG:
            tags = [*draft.tags]
            tags[span.index : span.index + 1] = [after] if after.strip() else []
            return replace(draft, tags=tuple(tags))
        case Field.ALT:
            media = [*draft.media]
            media[span.index] = replace(media[span.index], alt=after)
            return replace(draft, media=tuple(media))
        case Field.WARNING:
            return replace(draft, warning=after)
        case Field.WORDING:
            return replace(draft, wordings=tuple(_with_part(draft.wordings, span.index, after)))
        case Field.CARD:
            heading, _, rest = after.partition("\n")
            cards = [*draft.cards]
            cards[span.index] = replace(cards[span.index], title=heading, description=rest)
            return replace(draft, cards=tuple(cards))
        case Field.FILE_NAME:
            return draft


def _with_part(wordings: Iterable[Wording], index: int, text: str) -> Iterator[Wording]:
    for wording in wordings:
        count = len(wording.parts)
        if 0 <= index < count:
            wording = replace(wording, parts=(*wording.parts[:index], text, *wording.parts[index + 1 :]))
        index -= count
        yield wording


def without_sentence(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """What to put where so that the sentence start..end of a field goes, with the emoji that close it, its line when it
    fills one, and the "But" that ties the next sentence to it.

    Returns (start, end, text in its place); None when what is left would say nothing, or would miscount a list.
    """
    if _is_quoted(text, start):
        return None
    gone = _sentence(text, start, end)
    return gone if gone and _says_something(text, gone) else None


def put(text: str, start: int, end: int, words: str) -> tuple[int, int, str] | None:
    """What to put where so that `words`, mended already, stand in place of start..end; None as for a sentence."""
    change = start, _with_selector(text, end), words
    return change if _says_something(text, change) else None


def substitute(text: str, start: int, end: int, words: str) -> tuple[int, int, str] | None:
    """What to put where so that `words` stand in place of start..end: capital and full stop as they were.

    An empty `words` takes the stretch out, with its spaces and commas. None when nothing would be left.
    """
    if not words.strip():
        gone = _without_word(text, start, end)
        return gone if _says_something(text, gone) else None
    words = words.strip()
    if _begins_sentence(text, start) and words[:1].islower():
        words = words[:1].upper() + words[1:]
    following = text[end : end + 1]
    if words[-1] in ".!?" and following and following in ".!?":
        words = words.rstrip(".!?")
    elif words[-1] not in ".!?,;:" and following.isalnum():
        words += " "
    return start, end, words


_EMOJI = r"[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030\U0001f000-\U0001faff\ufe0f\u200d]"
_EMOJI_AFTER = re.compile(rf"\s?{_EMOJI}{{1,12}}(?:\s{_EMOJI}{{1,12}}){{0,5}}(?=\s|$)")
_BULLET = re.compile(r"\s{0,9}(?:[-\u2013\u2022*\u2192>]|(?P<number>\d{1,2})[.)])\s{0,9}")
_NO_WORDS = re.compile(  # hashtags, handles, links, "P.S.", the lines of a sign-off
    r"[#@]\w[\w.]{0,60}|https?://\S{1,200}|^\W{0,6}(?:p\.?){1,2}s\b"
    r"|^\W{0,6}(?:yours|signed|sincerely|regards|warmly|cheers|love)\b.{0,80}$|^[\u2014\u2013] .{1,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]{2,60}|\d{1,20}")
_LEAST_WORDS = 2
_SURELY_ENOUGH = 500  # characters


def _says_something(text: str, change: tuple[int, int, str]) -> bool:
    """Whether words are left that are not mere hashtags and names."""
    left = text[: change[0]] + change[2] + text[change[1] :]
    return len(left) > _SURELY_ENOUGH or len(_WORD.findall(_NO_WORDS.sub(" ", left))) >= _LEAST_WORDS


def _is_quoted(text: str, start: int) -> bool:
    """Whether a quotation that began earlier in the paragraph is still open."""
    before = text[text.rfind("\n\n", 0, start) + 1 : start]
    return before.count('"') % 2 == 1 or before.count("\u201c") > before.count("\u201d")


def _sentence(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    end = _with_emoji(text, _with_selector(text, end))
    line_start, line_end = _line(text, start, end)
    bullet = _BULLET.fullmatch(text, line_start, start)
    if bullet and not text[end:line_end].strip():
        number = bullet.group("number")
        if number and re.match(rf"\s*{int(number) + 1}[.)]", text[line_end:]):
            return None
        start = line_start
    if _is_a_line(text, start, end):  # the line goes, with one of the breaks around it
        while line_end < len(text) and text[line_end] in "\n ":
            line_end += 1
        if line_end == len(text):
            while line_start > 0 and text[line_start - 1] in "\n ":
                line_start -= 1
        return _with_connective(text, line_start, line_end)
    while end < line_end and text[end] in " \t":
        end += 1
    if end == line_end:
        while start > line_start and text[start - 1] in " \t":
            start -= 1
        return start, end, ""
    return _with_connective(text, start, end)


def _with_selector(text: str, end: int) -> int:
    """The end of a stretch, behind the unseen characters that belong to the emoji it ends with."""
    while end < len(text) and text[end] in "\ufe0f\u200d":
        end += 1
    return end


def _with_emoji(text: str, end: int) -> int:
    """The end of a sentence, behind the emoji that close it."""
    found = _EMOJI_AFTER.match(text, end)
    return found.end() if found else end


def _with_connective(text: str, start: int, end: int) -> tuple[int, int, str]:
    tie = cohesion.connective(text[end : end + _LONGEST_TIE])
    if not tie or end + tie >= len(text):
        return start, end, ""
    first = text[end + tie]
    return start, end + tie + 1, first.upper() if text[end].isupper() else first


_LONGEST_TIE = 40  # characters


def _without_word(text: str, start: int, end: int) -> tuple[int, int, str]:
    if _is_a_line(text, start, end):
        return _sentence(text, start, end) or (start, end, "")
    begins = _begins_sentence(text, start)
    while end < len(text) and text[end] in " \t":
        end += 1
    following = text[end : end + 1]
    if not following or following in "\n.,;:!?)":
        while start > 0 and text[start - 1] in (" \t" if following else " \t\n"):
            start -= 1
    if start == 0 or text[start - 1] in "\n.!?":
        while end < len(text) and text[end] in ",;: \t":
            end += 1
    if begins and end < len(text) and text[end].islower():
        return start, end + 1, text[end].upper()
    return start, end, ""


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


def _is_a_line(text: str, start: int, end: int) -> bool:
    first, last = _line(text, start, end)
    return not text[first:start].strip() and not text[end:last].strip()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'(\u201c\u2018")
    return not before or before[-1] in "\n.!?\u2026"
