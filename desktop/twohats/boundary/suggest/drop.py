"""Takes a stretch out of a sentence together with the clause, aside or hashtag it lies in, and mends what stays.

The smallest piece between two joints that holds the stretch and leaves a sound sentence goes. When none does, the whole
sentence goes, if its neighbours can do without it, or a passage of them that belong together.
"""

import re
from collections.abc import Iterator, Sequence

from twohats.boundary.rule import Surroundings
from twohats.boundary.suggest import cohesion, english
from twohats.boundary.suggest.edit import Edit, as_small_as_can_be
from twohats.boundary.suggest.joints import (
    BREAKS,
    DASHES,
    HASHTAG,
    JOINT,
    Form,
    Joint,
    bracket_around,
    form_of,
    is_tags,
)


def piece(sentence: str, start: int, end: int, known: Surroundings) -> Edit | None:
    """The smallest change that takes start..end out and leaves the rest of the sentence sound; None when none does."""
    if not english.is_balanced(sentence):
        return None
    rests = (rest.strip() for rest in _rests(sentence, start, end))
    sound = next((rest for rest in rests if _is_sound(rest, sentence, known)), None)
    return as_small_as_can_be(sentence, sound) if sound else None


def can_go(sentence: str, known: Surroundings) -> bool:
    """Whether the whole sentence can go: what comes before does not lead up to it, what comes after not lean on it."""
    is_free = english.is_balanced(sentence) and not cohesion.is_awaited(sentence, known.before)
    return is_free and not cohesion.follows(sentence, known.after)


def passage(text: str, places: Sequence[tuple[int, int]], number: int) -> tuple[int, int] | None:
    """The sentences (first, last) of a plain text that must go together with one, since they only make sense with it:
    the question it answers, what is told or remarked on it next. None when it can go alone, or not without too many.
    """

    def is_parted(at: int) -> bool:
        return at + 1 == len(places) or "\n\n" in text[places[at][1] : places[at + 1][0]]

    def words(at: int) -> str:
        if not 0 <= at < len(places):
            return ""
        return ("\n" if at and is_parted(at - 1) else "") + text[slice(*places[at])]

    first = last = number
    if cohesion.is_awaited(words(number), words(number - 1)):
        first -= 1
        is_long = len(words(first).split()) > _LONGEST_LEAD
        if is_parted(first) or is_long or cohesion.is_awaited(words(first), words(first - 1)):
            return None
    while not english.is_balanced(text[places[first][0] : places[last][1]]) or cohesion.follows(
        words(number), words(last + 1)
    ):
        last += 1
        lost = sum(len(words(at).split()) for at in range(number + 1, last + 1))
        if is_parted(last - 1) or lost > _MOST_FOLLOWING:
            return None
    return (first, last) if first < last else None


_MOST_JOINTS = 3  # on each side, counted from the stretch
_LEAST_WORDS = 3  # of what stays before or after
_LONGEST_LEAD = 9  # words of a sentence that may go with the one it leads up to
_MOST_FOLLOWING = 40  # words of the sentences that may go with one
_LONGEST_DENIAL = 6  # words
_LONGEST_OF_A_LIST = 4  # words of a thing listed

_POSTSCRIPT = re.compile(r"\W{0,2}(?:p\.?\s?){1,2}s\b", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"\W{0,3}(?:signed|yours|warmly|regards|cheers|love|(?:sent|posted|written) from)\b", re.IGNORECASE
)
_LEADING_WORDS = re.compile(
    r"(?:[\s,;:\u2014\u2013-]|\b(?:and|but|so|because|since|though|although|as|while|yet|or|when|after|before)\s){1,9}",
    re.IGNORECASE,
)
_CORRELATIVE = re.compile(
    r"\b(?:both|either|neither|whether|between|not only|not just|not so much|the more|rather)\b", re.IGNORECASE
)
_INTERJECTION = re.compile(r"(?:yes|no|yep|nope|ok|okay|well|oh|sorry|thanks|alas)\s{0,2},\s{0,3}(?=\w)", re.IGNORECASE)
_ENDS_WITH = english.listed("ends_with")
_BEGINS_WITH = english.listed("begins_with")
_SUBJECT_FIRST = frozenset(("i", "we", "our", "the", "you", "i'm", "we're"))
_CAUSAL = frozenset(
    ("because", "since", "as", "though", "although", "while", "whereas", "even though", "after", "when")
)
_JOINING = frozenset(("and", "but", "or"))
_LISTING = frozenset(("and", "or", "&", "+"))
_OPENING = frozenset(("", "and", "but", "so", "yet", "and so"))
_MARKS = re.compile(r"[,:;\u2014]\s")
_LAST_PART = re.compile(r"[:;\u2014]\s")
_MEASURE = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|long|just|shortly|right|soon|ever)$", re.IGNORECASE
)
_RELATIVE = re.compile(r"(?:who|which|whose|where)\b", re.IGNORECASE)
_NAME_ALONE = re.compile(
    r"(?:[\u2014\u2013-]\s{0,3}(?=[A-Z])(?:Dr\.? |Prof\.? )?[A-Z][\w'-]{0,30}\.?(?: [A-Z][\w'-]{0,30}\.?){0,2}"
    r"|(?:Dr\.? |Prof\.? )?[A-Z][\w'-]{0,30}\.?(?: [A-Z][\w'-]{0,30}\.?){1,2})"
)
_HALF_BEGUN = re.compile(  # "and, since April", "but an odd one": a second half that has only begun
    r"\b(?:and|but|or|so),\s[^,]{0,200}$|,\s(?:and|but|or)\s(?:an?|the|one|some|then)\s(?:\w{1,30}\s){0,2}\w{1,30}$"
)
_LEADS_UP = re.compile(  # to what a colon brings
    r"^\W{0,6}(?:this|these|what|there)\b|\b(?:here|here's|i'll|let me)\b"
    r"|\b(?:this|these|following|things?|ones?|two|three|four|five|reasons?|questions?|words?|rules?|lessons?|tips?|facts?"
    r"|examples?|way|same|says?|said|reads?|asks?|happened|goes|list|steps?|update|thread|news|answer|confess|admit|is|are"
    r"|was)$|\b(?:best|worst|favou?rite|funniest|oddest|sweetest|strangest)\b",
    re.IGNORECASE,
)
_HALF_DENIED = re.compile(r"n't\b|\b(?:not|never|no|can't)\b", re.IGNORECASE)  # "can't say much, but"
_CONDITION = re.compile(
    r"(?:^|[:;,(]\s)\W{0,3}(?:(?:and|but|so|or)\s)?(?:if|unless|until|whether|once|whenever|the more)\b", re.IGNORECASE
)
_WANTS_OBJECT = re.compile(r"\b(?:know|say|said|tell|told|think|thought|mean|meant|see|hear)\W{0,6}$", re.IGNORECASE)
_BROKEN = re.compile(
    r"[,;:\u2014\u2013]\s{0,3}[,;:.!?\u2014\u2013]|\s[,;.!?]|^\W{0,6}[,;:)]|\(\s|\s\)|\(\)|[^.]\.\.(?!\.)|\s\s|[,;:]$"
    r"|\b(?:and|but|or|so|the|a|an|of|with|my|because|that)[.!?]{0,6}$"
)
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{2}.*[^\W_]", re.DOTALL)


def _rests(sentence: str, start: int, end: int) -> Iterator[str]:
    """What may be left of a sentence, by what is lost: the fewest joints first, then the fewest characters."""
    if is_tags(sentence[start:end]):
        yield from _without_tags(sentence, start, end)
        return
    start, end = _trimmed(sentence, start, end)
    if start >= end:
        return
    bracket = bracket_around(sentence, start, end)
    if bracket is not None:
        yield _side_by_side(sentence[: bracket[0]], sentence[bracket[1] :])
        return
    if _POSTSCRIPT.match(sentence) or _SIGN_OFF.match(sentence):
        return
    form = form_of(sentence, start, end)
    ways = [*_between_joints(form, start, end), *((0, end - start, rest) for rest in _without_phrase(form, start, end))]
    lead = _LEADING_WORDS.match(sentence, start, end)
    if lead and lead.end() < end:  # the conjunction, not the phrase, may be what the stretch begins with
        ways += _between_joints(form, lead.end(), end)
    yield from (rest for _, _, rest in sorted(ways, key=lambda way: way[:2]))


def _between_joints(form: Form, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Joints lost, characters lost, what is left, for the joints next to the stretch."""
    lefts = _up_to_a_break([joint for joint in reversed(form.joints) if joint.end <= start])[:_MOST_JOINTS]
    rights = [joint for joint in form.joints if joint.start >= end][:_MOST_JOINTS]
    for left in (*lefts, None):
        for right in (*rights, None):
            rest = _rest(form, left, right)
            if rest is not None:
                first = left.start if left else form.begin
                last = right.end if right else form.end
                lost = sum(
                    first < joint.start and joint.end < last and not (start <= joint.start and joint.end <= end)
                    for joint in form.joints
                )
                yield lost, last - first, rest


def _up_to_a_break(joints: list[Joint]) -> list[Joint]:
    for number, joint in enumerate(joints):
        if joint.mark in BREAKS:
            return joints[: number + 1]
    return joints


def _rest(form: Form, left: Joint | None, right: Joint | None) -> str | None:
    if left is not None and right is not None:
        return _without_middle(form, left, right)
    if left is not None:
        return _without_tail(form, left)
    if right is not None:
        return _without_head(form, right)
    return None


def _without_tail(form: Form, left: Joint) -> str | None:
    kept, gone = form.text[form.begin : left.start].rstrip(), form.text[left.end : form.end]
    is_name = left.mark == "," and _NAME_ALONE.fullmatch(kept) is not None and not english.has_subject(gone)
    if not is_name:
        if not _ends_well(kept) or not _parts_well(kept, gone, left):
            return None
        if left.word in _LISTING and not english.has_subject(gone):
            kept = _list_closed(kept, gone, left.word)
    return form.lead + kept + _stop_for(form, kept) + _hashtags_of(form) if kept else None


def _ends_well(kept: str) -> bool:
    """Whether words can be the end of their sentence."""
    if english.dangles(kept) or not english.stands_alone(kept) or len(kept.split()) < _LEAST_WORDS:
        return False
    last = _LAST_PART.split(kept)[-1]
    is_led_up = last != kept and english.needs_main_clause(last) and not english.stands_alone(last)
    return not is_led_up and not _HALF_BEGUN.search(kept)


def _parts_well(kept: str, gone: str, left: Joint) -> bool:
    """Whether what stood before a joint does without what stood behind it."""
    if left.mark == ":" and (_LEADS_UP.search(kept) or not english.has_subject(kept)):
        return False
    if left.mark in (",", *DASHES) and not left.word and english.begins_with_verb(gone, bare=left.mark == ","):
        return False
    if left.word in (*_JOINING, "") and _CORRELATIVE.search(kept):
        return False
    if left.word == "before" or (left.word in ("after", "since") and _MEASURE.search(kept)):
        return False
    if left.word == "but" and _HALF_DENIED.search(kept) and len(kept.split()) <= _LONGEST_DENIAL:
        return False
    if left.word == "when" and kept.lower().startswith(("there ", "there's ")):
        return False
    if english.has_main_verb(kept) or left.word in _CAUSAL:
        return True
    is_added = _RELATIVE.match(gone) is not None or english.greets(kept) or not english.has_subject(gone)
    return is_added if left.mark == "," else bool(left.mark)


def _list_closed(kept: str, gone: str, word: str) -> str:
    """ "A, B" of "A, B and C" as "A and B"; the words as they are when they are no list; "" when one cannot tell."""
    head, comma, last = kept.rpartition(", ")
    if not comma or english.has_finite_verb(last):
        return kept
    if english.has_main_verb(gone) or len(last.split()) > _LONGEST_OF_A_LIST:
        return "" if len(last.split()) <= _LONGEST_OF_A_LIST + 2 else kept
    return f"{head} {word} {last}"


def _without_head(form: Form, right: Joint) -> str | None:
    gone, rest = form.text[form.begin : right.start], form.text[right.end : form.end]
    if right.mark == ":" or right.word not in _OPENING or not (right.word or right.mark):
        return None
    if _CONDITION.search(gone) or (english.is_question(gone) and "?" in form.stop):
        return None
    if right.word.startswith("and") and not right.mark and JOINT.search(gone):
        return None  # what follows a mere "and" may belong to the last part alone
    polite = _INTERJECTION.match(rest)
    rest = (rest[polite.end() :] if polite else rest).strip()
    if not _begins_well(rest, gone, right):
        return None
    return form.lead + _cased(rest, form.text[form.begin :]) + form.stop + form.after


def _begins_well(rest: str, gone: str, right: Joint) -> bool:
    """Whether what stood behind a joint can be a sentence of its own, without what stood before it."""
    if rest[:1] == "@" or _WANTS_OBJECT.search(rest) or not english.stands_alone(rest):
        return False
    if cohesion.points_back(rest) or (cohesion.names_third_person(rest) and not cohesion.speaks_of_somebody(rest)):
        return False
    if english.needs_main_clause(rest) and "," not in rest:
        return False
    is_order = english.is_imperative(rest)
    if not is_order and any(english.is_imperative(part) for part in _MARKS.split(gone)):
        return False
    if right.word:
        return english.has_subject(rest) or (is_order and right.word in ("so", "but", "and so"))
    if english.has_main_verb(rest.partition(",")[0]):
        return is_order or english.has_subject(rest)
    if english.needs_main_clause(rest) or english.begins_with_verb(rest) or len(rest.split()) < _LEAST_WORDS:
        return False
    if right.mark != ",":
        return True
    is_tied = english.has_subject(gone) or english.has_finite_verb(rest)
    return not is_tied and english.begins_with_determiner(rest)


def _without_middle(form: Form, left: Joint, right: Joint) -> str | None:
    kept, rest = form.text[form.begin : left.start].rstrip(), form.text[right.end : form.end]
    if not rest.strip() or rest[:1] == "@" or english.dangles(kept) or _CORRELATIVE.search(kept):
        return None
    if cohesion.names_him_or_her(rest) and not cohesion.speaks_of_somebody(kept):
        return None
    joint = _mended(kept, rest, left, right, form.text[right.start : right.end])
    return form.lead + kept + joint + rest + form.stop + form.after if joint else None


def _mended(kept: str, rest: str, left: Joint, right: Joint, between: str) -> str:
    """What joins the parts on both sides of what went; "" when one cannot tell."""
    if left.mark in DASHES and right.mark == left.mark and not left.word:
        if right.word:
            return f" {right.word} "
        return f" {left.mark} " if english.has_subject(rest) and english.has_finite_verb(kept) else " "
    if left.mark == "," and not left.word:
        if right.mark == ":":
            return "" if right.word else ": "
        if right.mark == ",":
            return _after_aside(kept, rest, right)
    if ":" in (left.mark, right.mark) or not (right.word or right.mark in (";", "\u2014") or right.is_emoji):
        return ""
    if not right.mark and left.word not in _JOINING:
        return ""  # what follows a mere "and" may belong to what went
    return between if english.has_main_verb(kept) and english.stands_alone(kept) else ""


def _after_aside(kept: str, rest: str, right: Joint) -> str:
    """What joins the parts on both sides of an aside between commas; "" when one cannot tell."""
    is_whole = english.has_main_verb(kept) and english.stands_alone(kept)
    if right.word:
        return f", {right.word} " if is_whole else ""
    if is_whole:
        return ", " if rest.startswith(("with ", "which ", "who ")) else ""
    if english.needs_main_clause(kept):
        return ", " if english.has_subject(rest) or english.is_imperative(rest) else ""
    return " " if english.begins_with_verb(rest) and "," not in kept else ""


def _without_phrase(form: Form, start: int, end: int) -> Iterator[str]:
    """The sentence without a phrase of place, time or manner that no comma sets off."""
    gone, kept, rest = form.text[start:end], form.text[form.begin : start].rstrip(), form.text[end : form.end]
    first = gone.split(" ", 1)[0].lower()
    if kept and first in _ENDS_WITH and not rest.strip() and kept[-1].isalnum():
        is_sound = english.has_finite_verb(kept) and _ends_well(kept) and not english.needs_main_clause(kept)
        if is_sound and not english.takes_more(kept):
            yield form.lead + kept + form.stop + form.after
    if start == form.begin and first in _BEGINS_WITH and rest[:1] == " ":
        rest = rest.strip()
        if english.has_subject(rest) and rest.split(" ", 1)[0].lower() in _SUBJECT_FIRST:
            yield form.lead + _cased(rest, gone) + form.stop + form.after


def _without_tags(sentence: str, start: int, end: int) -> Iterator[str]:
    """A hashtag goes where it stands beside the sentence, not where it is one of its words."""
    before, after = sentence[:start].rstrip(), sentence[end:].lstrip()
    is_last = not any(character.isalnum() for character in HASHTAG.sub("", after))
    is_after_stop = not before or not before[-1].isalnum() or HASHTAG.fullmatch(before.split()[-1]) is not None
    is_open = before[-1:] in (",", ":", ";", "-")
    if is_last or (is_after_stop and (after[:1] == "#" or not is_open)):
        yield _side_by_side(before, after)


def _stop_for(form: Form, kept: str) -> str:
    """The full stop of a sentence whose end went: a question that is none any more ends with a plain one."""
    stop = form.stop
    if stop.count('"') % 2 and kept.count('"') % 2 == 0:
        stop = stop.replace('"', "")
    if "\u2026" in stop or stop.startswith("..") or ("?" in stop and not english.is_question(kept)):
        stop = "!" if "!" in stop else "."
    return stop


def _hashtags_of(form: Form) -> str:
    """What stays of the hashtags and emoji after a sentence whose last clause went: an emoji goes with its clause."""
    first = HASHTAG.search(form.after)
    return f" {form.after[first.start() :].strip()}" if first else ""


def _side_by_side(before: str, after: str) -> str:
    """Two stretches of a sentence with one space where one is needed, and one mark where two would meet."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or after[0] not in ".,;:!?)":
        return f"{before} {after}".strip()
    if before[-1] in ",;:":
        before = before[:-1].rstrip()
    elif before[-1] in ".!?\u2026":
        return f"{before} {after[1:].lstrip()}".strip()
    return before + after


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks around it."""
    while start < end and sentence[start] in " ,;:\u2014\u2013-":
        start += 1
    while start < end and not (sentence[end - 1].isalnum() or sentence[end - 1] in "\"')]%"):
        end -= 1
    return start, end


def _cased(rest: str, original: str) -> str:
    """The rest with a capital where the original began with one, or with somebody's handle."""
    first = next((character for character in original if character.isalpha() or character in "@#"), "")
    return rest[:1].upper() + rest[1:] if first.isupper() or first in ("@", "#") else rest


def _is_sound(rest: str, sentence: str, known: Surroundings) -> bool:
    """The last look at what stays: it says something, nothing is broken off, nothing after it leans on what went."""
    if rest == sentence or not _SAYS_SOMETHING.search(rest) or not english.is_balanced(rest):
        return False
    if _BROKEN.search(rest) and not _BROKEN.search(sentence):
        return False
    if known.after.lstrip().startswith(('"', "'")):
        return False
    return not cohesion.leans_on_somebody(known.after) or cohesion.speaks_of_somebody(rest)
