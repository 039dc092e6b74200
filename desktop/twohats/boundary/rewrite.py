"""One-click changes: takes stretches out with the grammar mended around them, puts given words in; never invents.

A suggestion arrives here mended: putting its text in place of its span is all that is left to do.
"""

import re
from dataclasses import replace

from twohats.model.draft import Draft
from twohats.model.finding import Suggestion, SuggestionKind
from twohats.model.span import Field


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
        case Field.FILE_NAME:
            return draft


def drop(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int, str] | None:
    """What to put where so that start..end of a field goes: its clause when the rest stands alone, or its sentence.

    Returns (start, end, text in its place); None when nothing would be left of the field.
    """
    if _is_tag_or_picture(text[start:end]):
        gone = _without_word(text, start, end)
    else:
        gone = _clause(text, start, end, sentence) or _sentence(text, sentence)
    left = text[: gone[0]] + gone[2] + text[gone[1] :]
    return gone if any(character.isalnum() for character in left) else None


def substitute(text: str, start: int, end: int, words: str) -> tuple[int, int, str] | None:
    """What to put where so that `words` stand in place of start..end: capital and full stop as they were.

    An empty `words` takes the stretch out, with its spaces and commas. None when nothing would be left.
    """
    if not words.strip():
        gone = _without_word(text, start, end)
        left = text[: gone[0]] + gone[2] + text[gone[1] :]
        return gone if any(character.isalnum() for character in left) else None
    words = words.strip()
    if _begins_sentence(text, start) and words[:1].islower():
        words = words[:1].upper() + words[1:]
    following = text[end : end + 1]
    if words[-1] in ".!?" and following and following in ".!?":
        words = words.rstrip(".!?")
    elif words[-1] not in ".!?,;:" and following.isalnum():
        words += " "
    return start, end, words


_TAG = re.compile(r"#\w+|[^\w\s]{1,12}")
_JOIN_BEFORE = re.compile(
    r"(?:\s{0,3}[,;:\u2014\u2026]|\s{1,3}[-\u2013\u2014]{1,3})\s{0,3}(?:(?:and|but|so|because|since|although|though|while|yet)\s{1,3})?$"
    r"|\s{1,3}(?:and|but|so|because|since|although|though|while|yet)\s{1,3}$",
    re.IGNORECASE,
)
_JOIN_AFTER = re.compile(
    r"(?:\s{0,3}[,;:\u2014\u2026]|\s{1,3}[-\u2013\u2014]{1,3})\s{0,3}(?:(?:and|but|so|yet)\s{1,3})?|\s{1,3}(?:and|but|so|yet)\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s{0,3}\($")
_FULL_STOP = re.compile(r"[.!?\u2026]{0,9}[\"'\u201d\u2019)\]]{0,9}\s{0,9}")
_ALONE = re.compile(  # what can stand alone: a word for who or what, then at least three more words
    r"\A\W{0,3}(?:(?:the|we|our|this|that|it|there|i|you|he|she|they|a|an|please|join|call|book|read|new|all)\b"
    r"(?:\W{1,9}\w{1,40}){2}|\w{1,40}(?:\W{1,9}\w{1,40}){4})",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"\b(?:and|but|or|so|the|a|an|of|to|for|with|my|our|is|are|was|because|that|which|who|if|when|as|in|on|at|by|from)\W*$",
    re.IGNORECASE,
)
_UNFIT_START = re.compile(r"\A\W{0,9}(?:which|who|whose|that|because|than|of|or|nor|is|are|was|were)\b", re.IGNORECASE)


def _is_tag_or_picture(words: str) -> bool:
    return all(_TAG.fullmatch(word) for word in words.split())


def _clause(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int, str] | None:
    first, last = sentence
    before, after = text[first:start], text[end:last]
    ends_here = _FULL_STOP.fullmatch(after)
    opened = _JOIN_BEFORE.search(before)
    if ends_here and opened and _stands_alone(before[: opened.start()]):
        if before.count('"') % 2 or before.count("(") != before.count(")"):
            return None
        stop = after.strip() if after.strip() in (".", "!", "?", "\u2026") else "." if _has_stop(after) else ""
        return first + opened.start(), last, stop
    closed = _JOIN_AFTER.match(after)
    if not before.strip(" \"'(") and not before and closed and _stands_alone(after[closed.end() :]):
        rest = end + closed.end()
        return start, rest + 1, text[rest].upper()
    bracket = _BRACKET.search(before)
    if bracket and after.startswith(")") and _stands_alone(before[: bracket.start()]):
        return first + bracket.start(), end + 1, ""
    return None


def _has_stop(after: str) -> bool:
    return any(character in ".!?\u2026" for character in after)


def _stands_alone(words: str) -> bool:
    return (
        _ALONE.match(words) is not None
        and not _DANGLING.search(words)
        and not _UNFIT_START.match(words)
        and words.count("(") == words.count(")")
        and words.count('"') % 2 == 0
    )


def _sentence(text: str, sentence: tuple[int, int]) -> tuple[int, int, str]:
    start, end = sentence
    line_start, line_end = _line(text, start, end)
    if _is_a_line(text, start, end):  # the line goes, with one of the breaks around it
        while line_end < len(text) and text[line_end] in "\n ":
            line_end += 1
        if line_end == len(text):
            while line_start > 0 and text[line_start - 1] in "\n ":
                line_start -= 1
        return line_start, line_end, ""
    while end < line_end and text[end] in " \t":
        end += 1
    if end == line_end:
        while start > line_start and text[start - 1] in " \t":
            start -= 1
    return start, end, ""


def _without_word(text: str, start: int, end: int) -> tuple[int, int, str]:
    if _is_a_line(text, start, end):
        return _sentence(text, (start, end))
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
