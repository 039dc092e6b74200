"""Says of many, or of somebody, what was said of one: clients for a client, "in their thirties" for "34-year-old"."""

import re
from collections.abc import Iterator, Sequence

from twohats.boundary import grammar
from twohats.boundary.care import Word, is_past, words_of
from twohats.boundary.suggest import cohesion, english
from twohats.boundary.suggest.edit import Edit, as_small_as_can_be


def as_many(sentence: str) -> Edit | None:
    """ "A client told me today that she fears the phone" as "Clients sometimes say that they fear the phone"."""
    for pattern, said in ((_TELLING, _telling), (_KNOWING, _knowing)):
        found = pattern.fullmatch(sentence)
        if found is not None and not _is_one_persons(found["clause"]):
            rest = said(found)
            if rest:
                return as_small_as_can_be(sentence, rest)
    return None


def without_particulars(sentence: str, start: int, end: int) -> Edit | None:
    """Age as a band, town and day left out: "a 34-year-old firefighter from Westbrook" as "a firefighter in their
    thirties"."""
    words = sentence[start:end]
    banded = _AGED.sub(_banded, words)
    if banded == words:
        return None
    return as_small_as_can_be(sentence, sentence[:start] + _TOWN.sub("", _DAY.sub("", banded)) + sentence[end:])


def as_someone(sentence: str, start: int, end: int) -> Edit | None:
    """ "My mother" as "someone close to me", where she is who the clause is about and nothing else turns on her."""
    found = _KIN.search(sentence, start, end)
    if found is None or _KIN.search(sentence, found.end()) or not _CLAUSE_BEGINS.search(sentence[: found.start()]):
        return None
    after = sentence[found.end() :]
    if cohesion.names_third_person(after) or not (english.begins_with_verb(after) or _DID.match(after)):
        return None
    someone = "Someone close to me" if found.group()[0].isupper() else "someone close to me"
    return as_small_as_can_be(sentence, sentence[: found.start()] + someone + after)


_TIME = (
    r"(?:yesterday|today|tonight|earlier(?: today)?|just now|recently|once|this (?:morning|afternoon|evening|week)"
    r"|last (?:night|week|month|year|spring|summer|autumn|winter)|the other day|on \w{3,6}day"
    r"|in (?:clinic|session|therapy)(?: (?:today|yesterday|this \w{4,9}|last \w{4,6}))?)"
)
_KINDS = r"(?:new|young|older|elderly|adult|teenage|teen|male|female|former|long-term|lovely|brave|wise)"
_ROLES = {
    "client": "clients",
    "patient": "patients",
    "service user": "service users",
    "couple": "couples",
    "parent": "parents",
    "student": "students",
    "teenager": "teenagers",
    "teen": "teenagers",
    "caller": "callers",
    "resident": "residents",
}
_OTHERS = ("man", "woman", "person", "lady", "gentleman", "guy", "bloke", "mother", "father", "mum", "mom", "dad")
_ROLE = rf"(?P<role>{'|'.join((*_ROLES, *_OTHERS))})"
_SAYS = {"told": "say", "said": "say", "mentioned": "say", "explained": "explain", "asked": "ask", "admitted": "admit"}
_SAYS |= {"complained": "complain"}
_STOP = r"(?P<stop>[.!?\u2026]{0,6})"
_TELLING = re.compile(
    rf"(?:{_TIME},? )?(?:a|an|one|another|my|one of my) (?:{_KINDS} )?{_ROLE}s?(?: of (?:mine|ours))?"
    rf"(?: {_TIME})? (?:just |recently |once |also )?(?P<verb>{'|'.join(_SAYS)})(?: (?:to )?(?:me|us))?(?: {_TIME})?"
    rf" (?P<how>that|how|why|whether|if|what|when|where) (?P<clause>[^\"]+?)(?: {_TIME})?{_STOP}",
    re.IGNORECASE,
)
_KNOWING = re.compile(
    r"I(?:'ve| have)?(?: (?:once|recently|just|also|currently))?"
    r" (?:(?:am )?work(?:ed|ing)? with|saw|treated|met|see|have|had) (?:a|an|one|this) "
    rf"(?:{_KINDS} )?{_ROLE} (?:{_TIME} )?who (?P<clause>[^\"]+?){_STOP}",
    re.IGNORECASE,
)
_LONGEST = 18  # words; a longer clause tells one person's story, whatever its number
_PARTICULAR = re.compile(
    r"\d|\b(?:i|i'm|i've|me|my|we|us|our|you|your|yesterday|today|tonight|last|ago|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|this (?:morning|afternoon|evening|week))\b",
    re.IGNORECASE,
)
_KIN_OF_ONE = grammar.compile(rf"\b(?:her|his) (?:\w{{1,20}} )?{grammar.KIN}\b")

_KIN = re.compile(
    rf"\bmy (?:own |late |dear |lovely |poor |older |younger |big |little |elderly ){{0,2}}"
    rf"{grammar.any_of('partners', 'parents', 'relatives', 'children')}"
    r"(?<!s)(?<!folks)(?<!children)(?<!family)(?<!\bex)(?![\w'-])",
    re.IGNORECASE,
)
_CLAUSE_BEGINS = re.compile(
    r"(?:^\W{0,6}|[,;:\u2014.!?(]\s{0,3}|\b(?:when|because|since|after|before|and|but|that|while|as|if)\s)$",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\s(?:lived|died|had|left|went|got|lost|needed|spent|survived|struggled|stopped|started|came|was|fell|took|passed)\b"
)

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_AGED = re.compile(
    rf"\b(?P<article>an?) (?P<age>\d{{1,3}}|[a-z]{{5,7}}(?:-(?:{_ONES}))?)[- ]year[- ]old"
    r"(?P<noun>(?: (?!(?:with|who|from|in|on|and|told|said|asked|whose|at)\b)[a-z]{1,20}){1,2}?)"
    r"(?= (?:with|who|from|in|on|whose|at)\b|[,.;:!?)]|$)"
)
_TOWN = re.compile(r" (?:from|in|of) [A-Z][a-z]{1,30}(?: [A-Z][a-z]{1,30})?\b")
_DAY = re.compile(rf",? (?:on|this|last) {grammar.WEEKDAY}(?: (?:morning|afternoon|evening|night))?\b", re.IGNORECASE)
_DECADES = {
    "twenty": "twenties",
    "thirty": "thirties",
    "forty": "forties",
    "fifty": "fifties",
    "sixty": "sixties",
    "seventy": "seventies",
    "eighty": "eighties",
    "ninety": "nineties",
}

_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "he's": "m", "he'd": "m", "he'll": "m"}
_GENDER |= {"she": "f", "her": "f", "hers": "f", "herself": "f", "she's": "f", "she'd": "f", "she'll": "f"}
_PLURAL = {"he": "they", "she": "they", "him": "them", "himself": "themselves", "herself": "themselves"}
_PLURAL |= {"he'd": "they'd", "she'd": "they'd", "he'll": "they'll", "she'll": "they'll", "hers": "theirs"}
_HAS = frozenset(("been", "had", "got", "always", "never", "just"))
_ADVERBS = frozenset(
    ("never", "always", "still", "just", "also", "often", "once", "even", "now", "then", "almost", "not", "sometimes")
)


def _telling(found: re.Match[str]) -> str:
    clause = _of_many(found["clause"])
    if clause is None:
        return ""
    who = _ROLES.get(found["role"].lower(), "people")
    who = who.capitalize() if found.group()[:1].isupper() else who
    return f"{who} sometimes {_SAYS[found['verb'].lower()]} {found['how'].lower()} {clause}{found['stop']}"


def _knowing(found: re.Match[str]) -> str:
    """ "Some clients never sleep" for what is so, "I have worked with people who counted" for what was."""
    clause = _of_many(found["clause"], is_subject=True)
    if clause is None:
        return ""
    verb = _verb_of_many(words_of(found["clause"]), 0)
    who = _ROLES.get(found["role"].lower(), "people")
    is_past_tense = verb is not None and (verb[1] == "were" or verb[1] in english.listed("modals") or is_past(verb[1]))
    return f"{f'I have worked with {who} who' if is_past_tense else f'Some {who}'} {clause}{found['stop']}"


def _is_one_persons(clause: str) -> bool:
    """Whether only one person can have said or done it: a name, a number, a day, kin, the author's part in it."""
    return (
        len(clause.split()) > _LONGEST
        or _PARTICULAR.search(clause) is not None
        or any(word[:1].isupper() for word in clause.split()[1:])
        or _KIN_OF_ONE.search(clause) is not None
    )


def _of_many(clause: str, *, is_subject: bool = False) -> str | None:
    """The clause with "he" or "she" as "they" and the verbs that go with them; None when one cannot tell.

    `is_subject`: it begins with the verb of a "who" before it.
    """
    words = words_of(clause)
    if len({_GENDER[word.text] for word in words if word.text in _GENDER}) > 1:
        return None
    changes: set[tuple[int, int, str]] = set()
    subjects = [-1] if is_subject else []
    for at, word in enumerate(words):
        plural = _pronoun(clause, words, at)
        if plural:
            changes.add((word.start, word.end, plural))
        elif plural == "":
            return None
        if word.text in ("he", "she"):
            subjects.append(at)
    for at in subjects:
        verb = _verb_of_many(words, at + 1)
        if verb is None:
            return None
        changes.add((words[verb[0]].start, words[verb[0]].end, verb[1]))
        changes.update(_further_verbs(words, verb[0] + 1))
    for start, end, new in sorted(changes, reverse=True):
        clause = clause[:start] + new + clause[end:]
    return clause


def _pronoun(clause: str, words: Sequence[Word], at: int) -> str | None:
    """The plural of a pronoun; None when it is none, "" when one cannot tell which."""
    word = words[at].text
    after = words[at + 1] if at + 1 < len(words) else None
    if word in _PLURAL:
        return _PLURAL[word]
    if word in ("he's", "she's"):
        if after is None:
            return ""
        return "they've" if after.text in _HAS else "they're"
    if word in ("his", "her"):
        owns = (
            after is not None
            and clause[words[at].end : after.start] == " "
            and after.text not in english.listed("not_owned")
        )
        if owns:
            return "their"
        return "theirs" if word == "his" else "them"
    return None


def _verb_of_many(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """The place of the verb that follows, and its form after "they"; None when it is not known."""
    while at < len(words) and (words[at].text in _ADVERBS or words[at].text.endswith("ly")):
        at += 1
    if at >= len(words):
        return None
    verb = words[at].text
    base = english.base_of(verb)
    if base is not None:
        return at, base
    return (at, verb) if verb in english.listed("modals") or is_past(verb) else None


def _further_verbs(words: Sequence[Word], at: int) -> Iterator[tuple[int, int, str]]:
    """The verbs that an "and" joins to the first: "wakes at three and checks"."""
    for joint, verb in zip(words[at:], words[at + 1 :], strict=False):
        base = english.base_of(verb.text)
        if joint.text in ("and", "or", "but") and base is not None and verb.text not in ("is", "was"):
            yield verb.start, verb.end, base


def _banded(found: re.Match[str]) -> str:
    age = found["age"]
    tens = list(_DECADES)[int(age) // 10 - 2] if age.isdigit() and 20 <= int(age) < 100 else age.split("-")[0]
    if tens not in _DECADES:
        return found.group()
    noun = found["noun"].strip()
    article = "an" if noun[0] in "aeiou" else "a"
    article = article.capitalize() if found["article"][0].isupper() else article
    return f"{article} {noun} in their {_DECADES[tens]}"
