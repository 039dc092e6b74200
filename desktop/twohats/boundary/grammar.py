"""The word patterns that rules share: kin, clinical roles, determiners, times, first person, exclusions.

Fragments are strings without capturing groups, to be put inside a pattern: compile(rf"\\bmy\\s+{KIN}\\b").
Sentences reach a rule with straight quotes, plain spaces and no invisible characters (see `sentences`), so
patterns need ' and " only. Rules give patterns to `compile` (see `pattern`).
"""

import re
from functools import cache

from twohats.assets import resources
from twohats.boundary.pattern import Pattern as Pattern
from twohats.boundary.pattern import Patterns as Patterns
from twohats.boundary.pattern import compile as compile


@cache
def words(lexicon: str) -> tuple[str, ...]:
    """The words of resources/lexicons/<lexicon>.txt: one a line, `#` begins a remark."""
    lines = (resources() / "lexicons" / f"{lexicon}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def any_of(*lexicons: str) -> str:
    """A fragment that matches any word of the lexicons, the longest first; a space also takes a hyphen."""
    found = {word for lexicon in lexicons for word in words(lexicon)}
    ordered = sorted(found, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]") for word in ordered) + ")"


# People of one's own life. Each is a bare noun: put "my", "our" or a verb beside it.
PARTNER = any_of("partners")
CHILD = any_of("children")
PARENT = any_of("parents")
RELATIVE = any_of("relatives")
FRIEND = any_of("friends")
PET = any_of("pets")
KIN = any_of("partners", "children", "parents", "relatives")  # friends and pets are not kin

# People of one's work.
CLIENT_ROLES = any_of("client_roles")  # singular
CLIENT_ROLES_PLURAL = any_of("client_roles_plural")
CLINICIAN = any_of("clinicians")
PERSON = (  # one person, in the words a clinician uses for somebody in the room
    r"(?:man|woman|boy|girl|lad|lass|guy|bloke|chap|lady|gentleman|gent|mother|mum|mom|father|dad|couple|teen|teenager"
    r"|kid|child|toddler|baby|student|veteran|widow|widower|person|fella|nan|granny|grandmother|grandfather"
    r"|\d{1,3}[\s-]year[\s-]old|(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four"
    r"|five|six|seven|eight|nine))?[\s-]year[\s-]old)"
)

# Determiners: GENERIC points at people in general.
GENERIC = (
    r"(?:all|many|most|some|few|several|any|every|each|no|other|these|those|our|your|their|the\s+(?:average|typical))"
)
MY = r"(?:my|our)"

# First person.
I_AM = r"(?:I'm|I\s+am|I\s+was|I've\s+been|I\s+have\s+been|im|ive\s+been)"
I_HAVE = r"(?:I've|I\s+have|I\s+had|I\s+got|I've\s+got|ive)"
FIRST_PERSON = r"(?:I|I'm|I've|I'd|I'll|me|my|mine|myself|we|we're|we've|we'd|us|our|ours|ourselves|im|ive)"

# Time.
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|weds?|thurs?|fri|sat|sun)"
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\b)?|(?:1[0-2]|[1-9])\s?[ap]\.?m\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])\s+o'?clock|noon|midnight)"
)
RECENTLY = (  # near the present: what makes a story somebody's, not everybody's
    r"(?:today|yesterday|tonight|earlier|just\s+now|just|recently|this\s+(?:morning|afternoon|evening|week|weekend|month|year)"
    r"|last\s+(?:night|week|weekend|month|year|spring|summer|autumn|fall|winter)|the\s+other\s+day|a\s+few\s+days\s+ago"
    rf"|\w+\s+(?:minutes|hours|days|weeks|months|years)\s+ago|(?:on|last|this)\s+{WEEKDAY})"
)
NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_DECADES = r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s)"
AGE = (
    rf"(?:(?:\d{{1,3}}|{NUMBER_WORD})[\s-]year[\s-]olds?|aged?\s+(?:\d{{1,3}}|{NUMBER_WORD})|\d{{2}}\s?[mf]\b"
    rf"|in\s+(?:his|her|their)\s+(?:early\s+|mid[\s-]|late\s+)?{_DECADES})"
)

# Verbs.
TOLD = (  # what somebody in the room does with words
    r"(?:told|tells|said|says|asked|asks|confided|confessed|admitted|shared|mentioned|texted|emailed|wrote|called|rang"
    r"|phoned|whispered|replied|answered|explained|described|revealed|disclosed|insisted|apologised|apologized|thanked"
    r"|laughed|cried|wept|sobbed|screamed|yelled|joked|announced)"
)
CARE = (  # what a clinician does with somebody
    r"(?:saw|see|seeing|seen|treat|treated|treating|assess|assessed|assessing|admitted|discharged|referred|counselled"
    r"|counseled|supervised|worked\s+with|working\s+with|work\s+with|met\s+with|sat\s+with|diagnosed)"
)

_HYPOTHETICAL = compile(
    rf"\b{any_of('hypotheticals')}(?!\w)|^\s*(?:if|when|whether|should)\s+(?:a|an|your|you|someone|one)\b"
)
_CITATION = compile(rf"\b{any_of('citations')}(?!\w)|\bdoi\.org/")
_AUTHOR_YEAR = compile(
    r"\([A-Z][\w'-]+(?:\s+(?:&|and)\s+[A-Z][\w'-]+|\s+et\s+al\.?)?,?\s+(?:19|20)\d\d[a-z]?\)"
    r"|\b[A-Z][a-z'-]+(?:\s+et\s+al\.?)?\s+\((?:19|20)\d\d[a-z]?\)",
    case=True,
)
_GENERAL = compile(
    rf"\b{GENERIC}\s+(?:\w+\s+)?(?:{CLIENT_ROLES_PLURAL}|people|adults|men|women|families|couples|parents|mothers|fathers"
    r"|children|kids|teens|teenagers|students|young\s+people|carers|caregivers|readers|colleagues|therapists|clinicians)\b"
    rf"|\b{CLIENT_ROLES_PLURAL}\s+(?:often|sometimes|usually|typically|may|can|might|will|tend|who|with|say|tell|ask|deserve)\b"
    r"|\b(?:often|sometimes|usually|typically|generally|in\s+general|on\s+average)\b"
)
_QUOTED = compile(r'"[^"]{2,400}"|(?<![\w])\'[^\']{2,400}\'(?!\w)')
_NEGATED = compile(r"\b(?:not|never|no|isn't|aren't|wasn't|don't|doesn't|didn't|won't|can't|without|nobody|neither)\b")


def is_hypothetical(sentence: str) -> bool:
    """Whether it supposes ("imagine a client who", "if your child", "composite example")."""
    return _HYPOTHETICAL.search(sentence) is not None


def is_citation(sentence: str) -> bool:
    """Whether it reports print, film or study ("Smith (2021)", "in the film", "a trial of")."""
    return _CITATION.search(sentence) is not None or _AUTHOR_YEAR.search(sentence) is not None


def is_general(sentence: str) -> bool:
    """Whether it speaks of people in general ("clients often", "many parents", "on average")."""
    return _GENERAL.search(sentence) is not None


def is_question(sentence: str) -> bool:
    """Whether it ends with a question mark."""
    return sentence.rstrip(" \"')").endswith("?")


def is_quotation(sentence: str, start: int, end: int) -> bool:
    """Whether the stretch lies wholly within quotation marks."""
    return any(found.start() <= start and end <= found.end() for found in _QUOTED.finditer(sentence))


def is_negated(sentence: str, start: int) -> bool:
    """Whether a "not", "never", "no" stands within the four words before `start`."""
    before = " ".join(sentence[:start].split()[-4:])
    return _NEGATED.search(before) is not None
