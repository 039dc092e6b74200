"""Fixed sentences that stand in for a private one: an absence without its reason, the office's own line, a reply to a
review that confirms nobody."""

import re

from twohats.boundary import grammar
from twohats.boundary.rule import Surroundings
from twohats.boundary.suggest import cohesion, english
from twohats.boundary.suggest.edit import Edit, as_small_as_can_be

ABSENCE = "I will be away from the office."
NEUTRAL_REPLY = "We welcome feedback. Privacy rules keep us from saying more here; please call the office."


def absence(sentence: str, start: int, end: int) -> Edit | None:
    """The absence alone, with its dates where they are told, in place of a sentence that gives a private reason.

    Nothing else may stand in the sentence: what readers should know besides would be lost.
    """
    away = _AWAY.search(sentence)
    if away is None or _PAST.search(sentence) or sentence.endswith("?"):
        return None
    for part in _PART.finditer(sentence):
        touches = any(first < part.end() and part.start() < last for first, last in ((start, end), away.span()))
        if not touches and english.has_finite_verb(part.group()):
            return None
    when = _when(sentence, away.start())
    return as_small_as_can_be(sentence, f"{ABSENCE[:-1]} {when}." if when else ABSENCE)


def office_line(sentence: str, start: int, end: int, known: Surroundings) -> Edit | None:
    """The office's telephone or e-mail where readers are asked to get in touch another way."""
    line = _line(sentence[start:end], known)
    rest = sentence[end:]
    asked = [found for found in _ASKED.finditer(sentence, 0, end) if found.end() > start - _NEAR]
    if not line or not asked or _REFUSED.search(sentence, 0, end):
        return None
    if not _GOES_ON.match(rest) or _ANY_HOUR.search(rest) or cohesion.names_third_person(rest):
        return None
    first = (asked[0] if asked[0].start() >= start else asked[-1]).start()
    before = sentence[:first].rstrip()
    line = line[0].upper() + line[1:] if not before or before[-1] in ".!?:\u2026" else line
    return as_small_as_can_be(sentence, sentence[:first] + line + rest)


def neutral_reply(sentence: str, known: Surroundings) -> Edit | None:
    """The reply that confirms nobody, in place of a sentence said to one person about their own care."""
    if not _TO_ONE.search(sentence) or not _YOU.search(sentence) or _ANYBODY.search(sentence):
        return None
    if not english.is_balanced(sentence):
        return None
    is_said = any(part.strip() in NEUTRAL_REPLY for part in (sentence, known.before, known.after) if part)
    return None if is_said else as_small_as_can_be(sentence, NEUTRAL_REPLY)


_NEAR = 30  # characters between the request and what is given to answer it
_AWAY = re.compile(
    r"\b(?:I(?:'m| am|'ll be| will be)|we(?:'re| are|'ll be| will be)) (?:\w{1,20} ){0,2}(?:away|off|out)\b"
    r"|^\W{0,6}(?:off (?:to|on|sick|for|from)|away)\b|\b(?:out of (?:the )?office|on (?:\w{1,20} )?leave)\b"
    r"|\b(?:no|won't be any) (?:sessions|appointments|clinics?|surgery)\b|\b(?:annual )?leave (?:starts|begins)\b"
    r"|\b(?:office|clinic|practice|surgery|rooms?|inbox) (?:is |are |will be )?(?:closed|shut|closes|shuts|dark)\b"
    r"|\bback (?:on|at my desk|in the office|at work) ",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|last (?:week|month|year|summer|winter)|ago|yesterday|when)\b", re.IGNORECASE)
_PART = re.compile(r"(?:(?![,;:\u2014]\s|\s(?:and|but|so|because|as|since)\s).)+", re.DOTALL)
_DAY = rf"(?:next )?{grammar.WEEKDAY}(?: (?:\d{{1,2}} {grammar.MONTH}|morning|afternoon|evening|night))?"
_DATE = (
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {grammar.MONTH}|{grammar.MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)|(?:early |mid-|late )?{grammar.MONTH}|{_DAY}|next (?:week|month)|tomorrow|new year)"
)
_UNTIL = re.compile(rf"\b(?:until|till|til|back (?:on |in )?) ?(?P<date>{_DATE})\b", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b(?:from {_DATE} (?:to|until|till) {_DATE}|{_DATE} ?[-\u2013] ?{_DATE}"
    rf"|\d{{1,2}} ?[-\u2013] ?\d{{1,2}} {grammar.MONTH}|(?:on|from) {_DATE}|tomorrow"
    rf"|next (?:week|month)|this (?:week|afternoon|morning|month)|(?:all|most) of {grammar.MONTH})\b",
    re.IGNORECASE,
)
_BY_PHONE = re.compile(r"\d{3}|\b(?:text|call|ring|phone|mobile|cell|whats ?app|sms)\b", re.IGNORECASE)
_BY_MAIL = re.compile(r"\b(?:e-?mail|mail|gmail|write|inbox|address)\b|@[\w-]{1,60}\.", re.IGNORECASE)
_VERBS = (
    "(?:text|call|ring|phone|whats ?app|message|dm|ping|e-?mail|mail|reach|contact|buzz|snap|facetime|write to|find)"
)
_ASKED = re.compile(
    rf"\b(?:{_VERBS} (?:to )?(?:me|my)\b"
    r"|(?:drop|send) me an? (?:\w{1,20} )?(?:line|note|mail|e-?mail|message|text|dm)\b"
    r"|(?:text|call|ring|phone|whats ?app|mail|e-?mail)\b(?= (?:\+?[\d(]|[\w.+-]{1,60}@)))",
    re.IGNORECASE,
)
_ANY_HOUR = re.compile(
    r"\b(?:any (?:hour|time)|anytime|day (?:or|and) night|24/7|weekends?|evenings?|night"
    r"|(?:at )?\d{1,2} ?[ap]\.?m)\b|^, (?:I|I'm|my|we)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:do not|don't|never|please stop|no need to|rather than|instead of|not)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\W{0,9}$|[.,;:!?)]|\s{1,3}(?:to|with|if|for|and|or|when|before|by|so|about|after|once)\b|\s{0,3}\("
    r"|\s{1,3}[#\u2600-\u27bf\U0001f000-\U0001faff]"
)
_TO_ONE = re.compile(
    r"^\W{0,6}(?:@[\w.]{1,60}|(?:we're |we are |i'm |i am |so |very |really ){0,4}"
    r"(?:sorry|glad|pleased|happy|delighted|relieved|thrilled)\b"
    r"|thank(?:s| you)\b|as your\b|your \w{1,30} (?:was|were|is)\b"
    r"|you (?:were|did|came|asked|told|missed|left|chose|declined|cancelled)\b|it was (?:an? |lovely|great|good)"
    r"|(?:great|lovely|good|brave|well) (?:work|to|seeing|done)\b|see you\b|our (?:notes|records)\b)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours|you're|you've|u|ya)\b", re.IGNORECASE)
_ANYBODY = re.compile(
    r"\b(?:if|whether|everyone|everybody|all of you|anyone|whoever|you all|folks|readers|colleagues)\b", re.IGNORECASE
)


def _when(sentence: str, away: int) -> str:
    until = _UNTIL.search(sentence)
    if until:
        return f"until {until['date']}"
    span = _SPAN.search(sentence, away)
    return span.group() if span else ""


def _line(words: str, known: Surroundings) -> str:
    phone, mail = known.office_phone.strip(), known.office_email.strip()
    if mail and (not phone or (_BY_MAIL.search(words) and not _BY_PHONE.search(words))):
        return f"write to the office at {mail}"
    return f"call the office on {phone}" if phone else ""
