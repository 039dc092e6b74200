"""C6: children, couples and relatives in care: somebody's mother, a ten-year-old, the pair from Monday."""

from collections.abc import Iterator, Sequence

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "Her mum rang me in tears about the discharge.",
    "The dad in my custody case recorded the whole interview.",
    "A nine-year-old taught me about courage in clinic today.",
    "The couple I saw last night held hands all the way to the lift.",
    "My client's husband sent me a twelve-page letter.",
    "A little boy on the ward asked whether clouds can feel pain.",
    "Teen took out her earphones for the first time in six sessions.",
    "Two brothers I placed today drew me a submarine.",
    "A mother fainted during the handover and we caught her.",
    "One of my teens came out to me this afternoon.",
    # written after it
    "His daughter phoned to cancel and said sorry for the short notice.",
    "A six-year-old in my playroom told the puppet to stop lying.",
    "An eight year old said my room smells like crayons and secrets.",
    "Both parents of the girl I see are teachers and neither had noticed.",
    "A grandad swore to me on Monday that whisky cures teething.",
    "The twins on our unit went home this morning.",
    "Delivered a baby girl in a lift last night, father filming everything.",
    "Wee lad in triage would only speak to the fish tank.",
    "A father of four stopped mid-sentence in my office yesterday.",
    "A kid at school asked me today whether worry is catching.",
)
NEAR_MISSES = (
    # written before the rule
    "Parents may call us with questions.",
    "Ten-year-olds can learn CBT skills.",
    "A child needs one adult who listens.",
    "Couples therapy can help before the crisis comes.",
    "My daughter lost her first tooth this morning.",
    "The mother in the novel never says what she wants.",
    "When your teenager slams the door, wait ten minutes.",
    "A mother's sleep matters as much as the baby's.",
    "The couple in the sitcom could have used a session.",
    "Every family on the waiting list got a letter.",
    # written after it
    "If a child asked me that, I would answer honestly.",
    "A boy aged nine was the youngest participant in the trial.",
    "Our family clinic moved to Cedar Street last week.",
    "The parent group met for the last time this term.",
    "My husband told me that I talk about work too much.",
    "The study asked 900 fathers how they slept.",
    "A teenager's brain is still under construction.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that tells of one child, couple or relative met in care."""
    text = sentence.text
    if len(text) < 8:
        return
    words = care.words_of(text)
    spans = [*_of_young_and_kin(text, words, around), *_by_age(text, words, around), *_by_idiom(text)]
    if not spans or _TO_A_READER.search(text) or not care.is_told_as_story(sentence, around):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


RULE = Rule("C6", find, HITS, NEAR_MISSES)


def _of_young_and_kin(text: str, words: Sequence[care.Word], around: Surroundings) -> Iterator[tuple[int, int]]:
    heads = care.lexicon("children", "kin")
    for mention in care.mentions(text, words, heads, loose=heads):
        lead = words[mention.first].text
        if lead in {"her", "his"}:
            if _OF_THE_CASE.search(text) and care.tells(words, mention.head + 1, mention.head + 8):
                yield care.clause(text, mention.start)
            continue
        if not care.tells(words, mention.head + 1, mention.head + 16) and not _HAD.search(text):
            continue
        if _in_care(text, words, mention, around):
            yield care.clause(text, _lead(text, mention.start))


def _in_care(text: str, words: Sequence[care.Word], mention: care.Mention, around: Surroundings) -> bool:
    if _TO_ME.search(text[mention.end : mention.end + 120]):
        return True
    others = [word for place, word in enumerate(words) if not mention.first <= place <= mention.head]
    if care.happened_at_work(others):
        return care.near_in_time(text) or care.to_me(words) or any(word.text in _TELLING for word in words)
    return care.near_in_time(text) and care.speaks_of_care(around)


def _by_age(text: str, words: Sequence[care.Word], around: Surroundings) -> Iterator[tuple[int, int]]:
    """ "A six-year-old announced ...", "a lady of 88 who ..."."""
    for found in _AGE.finditer(text):
        if _MODAL.match(text, found.end()):
            continue
        if not care.tells(care.words_of(text[found.end() : found.end() + 120]), 0, 14) and not _HAD.search(text):
            continue
        at_work = care.happened_at_work(words) or care.speaks_of_care(around)
        if at_work or care.to_me(words) or _TO_ME.search(text[found.end() : found.end() + 120]):
            yield care.clause(text, _lead(text, found.start()))


def _by_idiom(text: str) -> Iterator[tuple[int, int]]:
    for found in _IDIOMS.finditer(text):
        yield care.clause(text, found.start("from"))


def _lead(text: str, start: int) -> int:
    begin = max(0, start - 40)
    found = _LEAD.search(text[begin:start])
    return begin + found.start("lead") if found and (begin == 0 or found.start()) else start


_TO_A_READER = grammar.compile(r"\bin\s+front\s+of\s+you\b|\byour\s+(?:child|teen|baby|son|daughter|partner)\b")
_TELLING = frozenset(
    {"he", "she", "his", "her", "asked", "said", "told", "cried", "whispered", "announced", "wept", "laughed"}
)
_TO_ME = grammar.compile(
    r"\b(?:told|tells|asked|asks|showed|gave|handed|hands|hugged|thanked|rang|phoned|texted|emailed"
    r"|taught|wrote|reminded|sent|brought|offered|looked|looks|waved\s+at|smiled\s+at|swore\s+at"
    r"|swore\s+to|shouted\s+at|let|called|made|came\s+to|whispered\s+to|drew)\s+(?:me|us)\b"
    r"|\bmy\s+(?:office|playroom|couch|clinic|waiting\s+room|therapy\s+room|desk|door|counter|room"
    r"|surgery|session|group|stethoscope)\b"
)
_HAD = grammar.compile(
    r"\b(?:i|we)\s+(?:saw|met|delivered|lost|treated|placed|tested|spent|told|watched|sat|visited)\b"
    r"|^(?:delivered|met|saw|had|lost|watched)\s+(?:a|an|the|one|this)\b"
)
_OF_THE_CASE = grammar.compile(
    r"\b(?:me|us|session|discharge|ward|clinic|appointment|cancel|room\s+\d|custody|theatre|chemo"
    r"|inhaler|surgery|hospital|icu)\b"
)
_NUM = (
    r"(?:\d{1,2}|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
)
_MODAL = grammar.compile(r"\s(?:\w+\s)?(?:can|may|might|should)\b(?!'|\snot)")
_AGE = grammar.compile(
    rf"\b(?:a|an|the|this|my|our|one|little)\s+(?:[\w'-]+\s+){{0,2}}?{_NUM}[\s-](?:(?:one|two|three"
    r"|four|five|six|seven|eight|nine)[\s-])?(?:year|month|week|day)[\s-]old\b(?!\s+(?:study|law"
    r"|practice|charity|clinic|company|building|tradition|program|programme|rule|debate|paper))"
    r"|\b(?:a|an|the|one)\s+(?:[\w'-]+\s+){0,2}?(?:man|woman|lady|gentleman|boy|girl|child"
    rf"|lad)\s+(?:of|aged)\s+{_NUM}\b"
)
_LEAD = grammar.compile(
    r"(?:^|[.:;!?,]\s+)(?P<lead>(?:(?:just\s+)?(?:had|saw|met|watched|seen|delivered|lost)"
    r"|i\s+(?:just\s+)?(?:had|saw|watched|sat\s+with|met)|yesterday|today|tonight|this\s+(?:morning"
    r"|afternoon|week)|last\s+\w+|on\s+\w+day),?\s+)$"
)
_IDIOMS = grammar.Patterns(
    grammar.compile(
        r"\b(?P<from>(?:two|three|four|five|six|seven|eight|nine|ten|eleven"
        r"|twelve)\s+(?:\w+\s+)?(?:sisters|brothers|siblings|cousins|sons|daughters|grandchildren"
        r"|members\s+of\s+one)\b[^.!?]{0,80}\b(?:bed|bedside|resus|this\s+morning|today|last\s+night"
        r"|yesterday|in\s+clinic|their\s+(?:father|mother|mum|dad)'s)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:1|one)\s+(?:kindergart\w+|toddler|preschooler|teenager|child|six-year-old"
        r"|first-grader)\s+(?:under|on|behind|in|at)\s+my\s+(?:desk|chair|couch|office|table|room)\b)"
    ),
    grammar.compile(
        r"(?:^|[.!?\"]\s+)(?P<from>aged\s+(?:\d{1,2}|five|six|seven|eight|nine|ten|eleven"
        r"|twelve),?\s+(?:this|today|yesterday|last|on)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:a|the|one)\s+(?:[\w'-]+\s+){0,3}?(?:boy|girl|child|kid|teen|lad"
        r"|baby)\s+whose\s+(?:mum|mom|mother|dad|father|parents|brother|sister|gran)\s+(?:is|was|has|had"
        r"|are|were)\s+(?!a\s+clinician)[\w]+)(?=[^.!?]{0,80}(?:$|[.!?]))"
    ),
    grammar.compile(
        r"\b(?P<from>(?:her|his)\s+(?:husband|wife|mum|mom|mother|dad|father|partner|son|daughter|sister"
        r"|brother|boyfriend|girlfriend)\s+(?:walked|rang|phoned|emailed|came|burst|sat|shouted|texted"
        r"|stood|drove)\b)(?=[^.!?]{0,120}(?:\b(?:session|screen|ward|clinic|zoom|telehealth|appointment"
        r"|me|us|behind|discharge)\b))"
    ),
    grammar.compile(
        r"\b(?P<from>one\s+of\s+(?:my|our)\s+(?:\w+\s+)?(?:teens|kids|boys|girls|couples|families|mums"
        r"|moms|dads|little\s+ones|children|babies|tots)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:my|our)\s+(?:trainee's\s+)?(?:client|patient|pt|inpatient)(?:'s"
        r"|s')\s+(?:ex-?)?(?:mother|father|mum|mom|dad|husband|wife|partner|son|daughter|parents|brother"
        r"|sister|family|boyfriend|girlfriend|gran|uncle|aunt|ex)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:the|a|an|both|one)\s+(?:[\w'-]+\s+){0,2}?(?:mother|father|mum|mom|dad|parents?|boy"
        r"|girl|couple|pair|family|child|kid|twins?|brothers?|sisters?|siblings?|grandmother|gran|teen"
        r"|teenager)(?:\s+of\s+the\s+[\w]+)?\s+(?:who\s+|that\s+)?(?:i|we)(?:'m|'ve|\s+am|\s+have|\s+was"
        r"|\s+once|\s+first|\s+just)?\s*(?:saw|see|seeing|treat|treated|treating|assess|assessed|assessing"
        r"|placed|tested|delivered|evaluated|met\s+in|work\s+with|worked\s+with|working\s+with"
        r"|been\s+seeing)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:the|a|an|my)\s+(?:[\w'-]+\s+){0,3}?(?:in|from)\s+(?:my|our|this)\s+(?:current\s+"
        r"|latest\s+|last\s+)?(?:custody|court|family|adoption|care|divorce|guardianship)\s+(?:case|matter"
        r"|hearing|dispute|evaluation))"
    ),
    grammar.compile(
        r"(?:^|[.:!?]\s+)(?P<from>(?:wee\s+lad|wee\s+girl|wee\s+man|teen|toddler|teenager|kid|kiddo"
        r"|little\s+one|new\s+(?:dad|mum|mom)|young\s+lad|mum|dad|couple)(?:,|\s)[^.!?]{0,60}?\b(?:took"
        r"|said|told|asked|came|walked|would|wouldn't|hasn't|won't|can't|had|has|was|left|today|finally"
        r"|just|drew|spoke|sat|sleeps|thinks|\w{3,}ed)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:delivered)\s+(?:a|twins|triplets|one|two|the)\b[^.!?]{0,60}?\b(?:last\s+night"
        r"|today|this\s+morning|yesterday|floor|lift|car\s+park|taxi|pool|at\s+\d))"
    ),
    grammar.compile(
        r"\b(?P<from>(?:my|our)\s+(?:\w+\s+)?(?:couple|family|teen|kiddo|couples|twins)\s+(?:from|on"
        r"|at)\s+(?:last\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:my|our)\s+(?:[\w-]+\s+)?(?:kiddo|little\s+one|smallest\s+graduate"
        r"|youngest\s+(?:client|patient)|tiniest\s+patient|teen\s+client)\b(?=[^.!?]{0,100}\b(?:today|just"
        r"|from|got|went|goes|finally|said|took|told|asked|has|had|\w{3,}ed)\b))"
    ),
)
