"""D7: mockery, swearing, insults, slurs and sexual talk."""

import re
from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "Borderlines are the worst.",
    "Psycho ward bingo tonight.",
    "Another frequent flyer at the desk.",
    "What the hell is this form?",
    "Absolute muppets, all of them.",
    "That pay offer is a pile of sh*t.",
    "Who gives a damn about the audit.",
    "The new locum can examine me any time.",
    "Anti-vaxxers are too thick to read.",
    "You complete idiot.",
    # written after it
    "Fat people need a lock on the fridge, not a dietitian.",
    "borderlines gonna borderline",
    "Shut up, nobody cares about your opinion.",
    "This fucking printer.",
    "Addicts: zombies with a bus pass.",
    "Full moon, so the loonies are out.",
    "I laughed my ass off.",
    "Get in the sea, you absolute weapon.",
    "My wife says that I am better in bed than her ex.",
    "Wrong answers only: who was the biggest nutter you ever admitted?",
)
NEAR_MISSES = (
    # written before the rule
    "Stigma around BPD hurts care.",
    "Why we do not say 'frequent flyer'.",
    "Sex therapy and trust.",
    "A guide to the psych ward for families.",
    'Self-talk such as "I\'m such an idiot" is worth noticing.',
    "The donkey, also called an ass, calms anxious children.",
    "Borderline results should be repeated.",
    "Zombie films and the fear of crowds: a seminar.",
    "Please don't call anyone crazy.",
    "Hello from the new practice.",
    # written after it
    "Hell, purgatory, heaven: Dante as a map of grief.",
    "We asked whether swearing eases pain.",
    "Nobody is too old for the class.",
    'Words like "psycho" and "junkie" keep people from care.',
    "Pleasure after menopause: what helps.",
    "Quacks like a duck: a play therapy exercise.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that swears, insults, mocks or speaks of sex as fun."""
    text = sentence.text
    said = [found.span() for found in _QUOTED.finditer(text)]
    spans = [_around(text, found) for found in _RUDE.finditer(text) if not _is_self_talk(found, said)]
    spans.extend(_around(text, found) for found in _MASKED.finditer(text))
    spans.extend(care.clause(text, found.start("from")) for found in _MOCKERY.finditer(text))
    if not spans or _ABOUT_WORDS.search(text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


def _around(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The rude word with what it needs to be understood: its clause, when that is short."""
    start, end = found.span()
    begin = max(0, start - 72)
    before = begin + max((mark.end() for mark in _MARK.finditer(text[begin:start])), default=0)
    mark = _MARK.search(text, end, end + 72)
    after = mark.start() if mark else min(len(text), end + 72)
    if after - before <= 70:
        start, end = before, after
    while start < end and not (text[start].isalnum() or text[start] in "#\"'"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "\"'"):
        end -= 1
    return start, end


def _is_self_talk(found: re.Match[str], said: list[tuple[int, int]]) -> bool:
    """Quoted self-talk ("I'm such an idiot") is a topic of the work; a slur never is."""
    if found.group().lower() in care.lexicon("slurs"):
        return False
    return any(start <= found.start() and found.end() <= end for start, end in said)


_QUOTED = grammar.compile(r"\"(?:i'm|i am|i'm|why am i|what an?|you)\b[^\"]{2,200}\"")
_MARK = re.compile(r"[.!?;:…\n]|,\s|\s[-–—]\s|[\U0001F300-\U0001FAFF]")
_INNOCENT_ALONE = frozenset(
    {
        "ass",
        "asses",
        "cock",
        "cocks",
        "dick",
        "tit",
        "titties",
        "knob",
        "hoe",
        "prick",
        "pricks",
        "pussy",
        "twit",
        "freak",
        "freaks",
        "zombie",
        "zombies",
        "clown",
        "clowns",
        "parasite",
        "parasites",
        "quack",
        "quacks",
        "midget",
        "midgets",
        "coward",
        "cowards",
        "creep",
        "creeps",
        "coon",
        "coons",
        "fag",
        "fags",
        "dyke",
        "chink",
        "chinks",
        "spic",
        "liar",
        "liars",
        "loser",
        "losers",
        "crook",
        "crooks",
        "psycho",
        "psychos",
        "junkie",
        "junkies",
        "cripple",
        "cripples",
        "spastic",
        "hypocrite",
        "hypocrites",
        "thug",
        "thugs",
        "ghoul",
        "ghouls",
        "degenerate",
        "cockroach",
        "cockroaches",
        "snowflake",
        "snowflakes",
        "parasitic",
        "retardation",
        "weasel",
        "weasels",
        "lunatic",
        "git",
        "prat",
        "skank",
        "mong",
        "dork",
        "berk",
        "scum",
        "vermin",
        "maniac",
        "shed",
    }
)
_IN_COMPANY = (
    r"\b(?:my|your|his|her|their|dumb|big|fat|bad|lazy|sorry|smart|kick|kicked|kicking|whole|lying"
    r"|stupid|broke|tight)[\s-]?(?:ass|arse|asses)\b|\bass\s+(?:off|hole|hat|of)\b|\b\w{2,12}-ass\b"
    r"|\b(?:the|what|who|how|where|why|like|as|bloody|oh)\s+hell\b|\bhell\s+(?:no|yeah|yes)\b"
    r"|\bgo\s+to\s+hell\b"
    r"|\b(?:bloody|freaking|frickin[g]?)\s+(?!out\b)\w+|\b(?:such|total|complete|absolute|utter|you|these|those"
    r"|what)\s+(?:an?\s+)?(?:\w+\s+)?(?:clowns?|losers?|liars?|cowards?|freaks?|creeps?|parasites?"
    r"|vermin|scum|ghouls?|hypocrites?|snowflakes?|psychos?|weasels?|lunatics?|quacks?|thugs?|prats?"
    r"|gits?|dicks?|pricks?|tits?|crooks?|zombies?|maniacs?|degenerates?|weapon|tool)\b"
    r"|\b(?:is|are|was|were|being|like)\s+(?:\w+\s+){0,2}?(?:clowns?|losers?|liars?|cowards?|freaks?"
    r"|creeps?|parasites|vermin|scum|ghouls|hypocrites?|snowflakes|psychos?|weasels?|lunatics?|quacks?"
    r"|thugs?|crooks?|conmen|pea-brained|a\s+bit\s+of\s+a\s+tit|thick\s+as\s+(?:mince|two|a))\b"
    r"|\b(?:whiny|little|soulless|entitled)\s+(?:\w+\s+)?(?:snowflakes?|parasites?|weasels?|freaks?"
    r"|creeps?|liars?)\b|#(?:hypocrite|loser|idiots?|twat|stfu|wtf|liar)\b|\bsuck\s+(?:my|a)\s+\w+"
    r"|\bdon't\s+have\s+the\s+balls\b|\bthe\s+balls\s+to\b|🖕|💩"
)
_MASKED = grammar.compile(
    r"\b(?:f[*#@]{1,3}(?:k|ck|ing|king)?\w*|sh[*#@!1]t\w*|b[*#@]tch\w*|a[*#@]{2}(?:hole)?|c[*#@]nt\w*"
    r"|f-?word\s+you)(?![\w*])"
)
_GROUP = (
    r"(?:borderlines|schizos|schizophrenics|addicts|druggies|alcoholics|bipolars|psychotics|manics"
    r"|frequent\s+flyers?|fat\s+people|obese\s+(?:people|girls|women|patients)|anti-?vax\w*(?:\s+\w+)?"
    r"|boomers|millennials|narcs|narcissists|hypochondriacs|malingerers|drug\s+seekers|drunks"
    r"|homeless\s+people|the\s+mentally\s+ill|old\s+people|gays|immigrants|men|women"
    r"|government\s+workers|mothers-in-law)"
)
_MOCKERY = grammar.Patterns(
    grammar.compile(
        rf"(?P<from>\b{_GROUP},?\s+(?:\w+\s+){{0,3}}?(?:are\s+(?:the\s+worst|all\s+\w+|just\s+\w+"
        r"|always\s+\w+|too\s+(?:thick|stupid|dumb|lazy)|so\s+(?:stupid|dumb|annoying|lazy|needy"
        r"|dramatic))|gonna|would\s+start\s+a\s+row|never\s+shut\s+up|can't\s+(?:read|think)"
        r"|don't\s+need\s+a|need\s+a\s+(?:lock|padlock|slap|kick|muzzle)|at\s+full\s+moon"
        r"|bring\s+a\s+helmet))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:addicts|borderlines|anti-?vaxxers|junkies|drunks|chiropractors|boomers|manics):\s+\w+)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:psycho|loony|crazy|nutter|inpatient|friday\s+ed|gp|a&e"
        r"|ed)\s+(?:ward\s+)?bingo(?:\s+card)?\b[^.!?]{0,10})"
    ),
    grammar.compile(r"(?P<from>\b(?:another|our|my|the\s+usual|yet\s+another)\s+frequent\s+fl[iy]ers?\b)"),
    grammar.compile(
        r"(?P<from>\b(?:the|our|all\s+the)\s+(?:loonies|nutters|crazies|psychos|zombies|junkies"
        r"|drunks)\s+(?:are|were|come|came|drool\w*|on\s+the)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:who|which)(?:'s|\s+is|\s+was)\s+the\s+(?:biggest|craziest|worst"
        r"|maddest)\s+(?:psycho|nutter|loony|patient|client|nutcase)\b)"
    ),
    grammar.compile(r"(?P<from>\b(?:crazy|mad)\s+cat-?\s?lad(?:y|ies)\b)"),
    grammar.compile(
        r"(?P<from>\b(?:shut\s+up|get\s+in\s+the\s+sea|get\s+a\s+grip|get\s+a\s+life"
        r"|nobody\s+cares\s+(?:about|what)\s+(?:you|your|he|she)|do\s+your\s+own\s+research|go\s+to\s+hell"
        r"|drop\s+dead|kill\s+yourself|kys|cry\s+me\s+a\s+river|boo\s+hoo)\b(?!\s+about\s+money))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:you|they|he|she|people|anyone)(?:'re|\s+are|'s"
        r"|\s+is)?\s+(?:\w+\s+){0,6}?(?:too\s+(?:thick|stupid|dumb)|(?:so|really|just|pretty|that"
        r"|very)\s+(?:stupid|dumb|ignorant|pathetic|dense|thick)|brain-?dead|closed-minded"
        r"|an?\s+(?:\w+\s+)?(?:horrible|stupid|pathetic|awful|disgusting|vile|ignorant)\s+(?:person|people"
        r"|man|woman|human|excuse))\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:he|she|they|you)(?:'s|'re|\s+is|\s+are)\s+(?:stupid|dumb|pathetic|disgusting|trash|garbage)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:you\s+(?:lack|need\s+to\s+learn\s+how\s+to)\s+(?:critical\s+)?think\w*"
        r"|people\s+like\s+you(?:rself)?\s+(?:who|are|don't|make)|you\s+can't\s+seem\s+to\s+(?:understand"
        r"|grasp)|didn't\s+realise\s+i\s+had\s+to|hate\s+to\s+break\s+it\s+to\s+you))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:(?:can|could|may)\s+(?:examine|interrogate|inject|handcuff|undress|treat"
        r"|diagnose)\s+me\s+(?:any\s*time|all\s+night)|begging\s+(?:for\s+)?(?:more|round\s+two"
        r"|for\s+more)|better\s+in\s+bed|road-tested\s+by\s+(?:me|us)"
        r"|in\s+(?:the\s+)?bedroom\s+last\s+night|panties|one-night\s+stand|kinky|fetish(?:es)?"
        r"|masturbat\w+|orgasms?\s+last\s+night|horny|blow\s*jobs?|hand\s*jobs?|boobs|nudes?|sniff\s+her"
        r"|get\s+(?:her|him|you)\s+into\s+bed|go\s+to\s+bed\s+together|a\s+bad\s+shag|shagg(?:ed|ing)"
        r"|knickers\s+off|do\s+(?:her|him)\s+i\s+mean|was\s+a\s+virgin|lost\s+my\s+virginity|big\s*ass"
        r"|trash\s+your|fart\w*|queef\w*)\b)"
    ),
    grammar.compile(
        r"(?P<from>\bif\s+(?:he|she|they)\s+(?:ghosts?|cancels?|no-shows?)\b[^.!?]{0,40}\b(?:blood|kill"
        r"|scream|murder|invoice\s+from\s+hell))"
    ),
    grammar.compile(r"(?P<from>\b(?:black|white|asian|arab|muslim|jewish)\s+(?:\w+\s+)?thugs?\b)"),
    grammar.compile(
        r"(?P<from>\b(?:piece|pile|sack|load|bunch|bag)\s+of\s+(?:garbage|trash|rubbish\s+human\w*|dirt"
        r"|idiots|clowns|morons|💩)\b)"
    ),
    grammar.compile(r"(?P<from>\byo\s+mom?ma\b)"),
)
_ABOUT_WORDS = grammar.compile(
    r"\b(?:words?\s+like|the\s+word|we\s+do\s+not\s+say|don't\s+(?:call|say)|do\s+not\s+call"
    r"|stop\s+(?:calling|saying)|instead\s+of\s+(?:saying|calling)|stigma\w*|self-talk"
    r"|called\s+(?:me\s+)?names|language\s+matters|slurs?|name-calling|seminar|quacks?\s+like|dante)\b"
)
_WORDS = sorted(care.lexicon("profanity", "insults", "slurs") - _INNOCENT_ALONE, key=lambda word: (-len(word), word))
_RUDE = grammar.compile(  # a word that is also innocent needs its company
    rf"(?<![\w'-])#?(?=\w)(?:{'|'.join(map(re.escape, _WORDS))})(?:t{{1,6}}|s)?(?![\w'])|{_IN_COMPANY}"
)

RULE = Rule("D7", find, HITS, NEAR_MISSES, needs=grammar.Patterns(_RUDE, _MASKED, *_MOCKERY))
