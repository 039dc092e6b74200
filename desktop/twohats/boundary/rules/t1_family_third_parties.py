"""T1: private facts about the author's own family, who cannot agree to them here."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

HITS = (
    # written before the rule
    "My son Felix, 8, has dyspraxia.",
    "My sister's rehab starts on Monday.",
    "Dad's dementia diagnosis came last week.",
    "Edie's school is Larkfield Primary.",
    "My brother is back in prison.",
    "My wife had another miscarriage.",
    "Our daughter was diagnosed with ADHD in spring.",
    "My mum drinks, always has.",
    "My husband lost his job and won't leave the bedroom.",
    "My nephew is HIV positive.",
    # written after it
    "My mother-in-law has Parkinson's and hides the pills.",
    "My cousin came out to the family at Easter.",
    "Mum's depression is back.",
    "My little one was suspended from nursery for biting.",
    "My ex is an alcoholic.",
)
NEAR_MISSES = (
    # written before the rule
    "Dyslexia and reading age: a short guide.",
    "Caring for parents: a guide for tired children.",
    "Our speaker Felix Hart joins us on Monday.",
    "Parents' depression affects the whole house.",
    "Your mum's dementia diagnosis can feel like a loss.",
    "A sister's rehab is hard on everyone.",
    "Schools in our area can refer directly.",
    "My colleague's talk on dementia is at noon.",
    "Many husbands lose sleep over work.",
    "His mother has dementia in the second act.",
    # written after it
    "If your son has ADHD, ask about the parent course.",
    "When a daughter is diagnosed, siblings need a word too.",
    "My daughter lent me her microscope for the school talk.",
    "Mother and child groups start in May.",
    "Clients whose brother is in prison can join the circle.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every private fact told of one of the author's family."""
    text = sentence.text
    if not _ANY.is_possible(text) or grammar.is_hypothetical(text) or grammar.is_citation(text):
        return
    spans: list[tuple[int, int]] = []
    for found in _KIN.finditer(text):
        rest = text[found.end() : found.end() + 80]
        private = _PRIVATE.search(rest)
        if private is not None and not _STOPS.search(rest[: private.start()]):
            spans.append((found.start("who"), found.end() + private.end()))
    spans.extend((found.start(), found.end()) for found in _SCHOOL.finditer(text))
    for start, end in care.overlapping(spans):
        yield Hit(start, end, category=Category.RELATIONSHIPS)


_RELATIVES = (
    r"(?:mum|mom|mother|dad|father|parents|son|daughter|sister|brother|wife|husband|partner|girlfriend"
    r"|boyfriend|fianc[eé]e?|ex|ex-wife|ex-husband|uncle|aunt|auntie|cousin|niece|nephew|gran|granny"
    r"|nan|grandma|grandmother|grandad|grandpa|grandfather"
    r"|mother-in-law|father-in-law|sister-in-law|brother-in-law|stepson|stepdaughter|stepmum|stepdad"
    r"|twins|kid|kids|child|children|little\s+(?:one|boy|girl)|eldest|youngest|toddler|teenager|teen"
    r"|baby)"
)
_KIN = grammar.compile(
    r"(?P<who>\b(?:my|our)\s+(?:(?:own|older|younger|big|little|late|poor|dear|eldest|youngest|baby"
    rf"|middle)\s+)?{_RELATIVES}\b(?:'s)?|^(?:mum|mom|dad|gran|nan|grandma|grandpa)(?:'s)?\b)"
)
_PRIVATE = grammar.compile(
    r"\b(?:diagnos\w+|dementia|alzheimer'?s|parkinson'?s|cancer|chemo|autis\w+|adhd|dyslexi\w+"
    r"|dyspraxi\w+|bipolar|depress\w+|anxiety|schizophreni\w+|ocd|ptsd|anorexi\w+|bulimi\w+|epilep\w+"
    r"|diabet\w+|stroke|hiv(?:\s+positive)?|miscarriage|abortion"
    r"|rehab|relapsed|detox|sober|drinks|drinking|drunk|alcoholic|addict\w*|overdose\w*|gambl\w+"
    r"|prison|jail|arrested|convicted|suspended|expelled|fired|sacked|lost\s+(?:his|her|their)\s+job"
    r"|bankrupt\w*|debts?|affair|cheated|cheating"
    r"|divorc\w+|custody|self-?harm\w*|suicid\w+|came\s+out|transition\w*|pregnant|breakdown"
    r"|medication|therapy|psychiatr\w+|hospitalised|hospitalized|sectioned|won't\s+leave)\b"
)
_STOPS = grammar.compile(
    r"[.!?;:]|\b(?:and\s+i|asked\s+(?:me\s+)?(?:what|about)|told\s+me|said|taught|talk|book|paper"
    r"|workshop|article|read|film)\b"
)
_SCHOOL = grammar.compile(
    r"\b(?:(?:my|our)\s+(?:son|daughter|kids?|children|little\s+one|boy|girl)(?:'s|s')?"
    r"|[A-Z][a-z]+'s)\s+(?:new\s+)?school\s+is\s+[A-Z][\w']+(?:\s+[A-Z]\w+)*"
    r"|\b(?:my|our)\s+(?:son|daughter|kids?|children|boy|girl)\s+(?:go|goes|is|are)\s+(?:to"
    r"|at)\s+[A-Z]\w+(?:\s+[A-Z]\w+)*\s+(?:school|elementary|primary|academy|nursery|high)\b"
)
_ANY = grammar.Patterns(_KIN, _SCHOOL)

RULE = Rule("T1", find, HITS, NEAR_MISSES, needs=_ANY)
