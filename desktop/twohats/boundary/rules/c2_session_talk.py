"""C2: talk from the session: one client, in the singular, in something that happened."""

from collections.abc import Iterator, Sequence

from twohats.boundary import care, grammar, signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Severity

HITS = (
    # written before the rule
    "A client told me this morning that she had burned all the letters.",
    "My patient finally threw the walking frame into the skip.",
    "I once worked with a man who counted every tile in the corridor.",
    "In session today someone said the word divorce out loud at last.",
    "Had a fellow in yesterday who swears the tablets taste of tin.",
    "One of my clients brought her tortoise to the appointment.",
    "A retired bus driver cried in my office on Wednesday.",
    "Somebody hung up on the clinic twice before managing to say hello.",
    "Pt refused the injection because his horoscope warned him.",
    "The lady I treated for burns sent me a plum tree.",
    # written after it
    "She rolled up her sleeve in clinic and there was nothing to hide any more.",
    "Still thinking about the welder I discharged in June.",
    "A man I assessed last month had taught himself four languages in prison.",
    "Yesterday's patient asked whether we could do the whole hour in silence.",
    "First client of the day walked in, sat down and laughed for ten minutes.",
    "Ex-patient of mine just opened a bakery.",
    "A young teacher on my caseload has stopped checking the oven.",
    "He told me on the way out that he had sold the boat.",
    "My two o'clock swore at the pot plant.",
    "A gentleman on the ward asked me to dance with the drip stand.",
    "Someone on my caseload got her first job offer this week.",
)
NEAR_MISSES = (
    # written before the rule
    "Clients often tell me that the first phone call is the hardest part.",
    "Imagine a client who arrives twenty minutes late each time.",
    "In a first session we talk about what you want and what you fear.",
    "Patients say that waiting rooms make them anxious (Hollis, 2020).",
    "Many people I see have tried to cope alone for years.",
    "What should a client expect from a report?",
    "The patient in the film never tells his therapist the truth.",
    "A patient deserves a copy of every letter.",
    "Our study followed 212 patients for two years.",
    "My colleague told me about a new outcome measure.",
    # written after it
    "A client may ask for the notes at any time.",
    "A reporter asked me whether online therapy is here to stay.",
    "My supervisor said that silence is an intervention.",
    "Every patient told the interviewers that they wanted more time (Osei, 2018).",
    "Composite example: a man told me that he slept in his car.",
    "Would you accept a client who is a friend of a friend?",
    "If a client told me that, I would ask about safety first.",
    "A patient's family may stay overnight in the new wing.",
    "Some people cried at the memorial for our founder.",
    "The client portal was updated last night.",
    "My 2pm was cancelled, so there is a free hour.",
    "My 10am slot opened up.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that tells of one client."""
    text = sentence.text
    if len(text) < 8 or not care.is_told_as_story(sentence, around):
        return
    words = care.words_of(text)
    spans = [
        *_of_clients(text, words),
        *_of_people(text, words, around),
        *_by_idiom(text),
        *_by_hour(text, words),
        *_by_pronoun(text, words, around),
    ]
    for start, end in care.overlapping(spans):
        yield Hit(start, end)
    if not spans and signs.tells_of_a_client(text, around):
        start, end = care.clause(text, 0)
        yield Hit(start, end, severity=Severity.WARN)


RULE = Rule("C2", find, HITS, NEAR_MISSES)


def _of_clients(text: str, words: Sequence[care.Word]) -> Iterator[tuple[int, int]]:
    """ "My client brought ...", "Pt refused ...", "one of my patients ..."."""
    heads = care.lexicon("roles")
    for mention in care.mentions(text, words, heads):
        lead = words[mention.first].text
        if _GENERAL.search(text) or _MODAL.match(text, mention.end) or _ONCE_WAS.search(text[: mention.start]):
            continue
        happened = any(care.is_past(word.text) for word in words[mention.head + 1 : mention.head + 15])
        if lead == "the" or words[mention.head].text not in _CLIENTS:
            to_me = _TO_ME.search(text[mention.end : mention.end + 120]) is not None
            told = happened and (to_me or care.near_in_time(text))
        else:
            told = happened or (lead not in _ANY and care.tells(words, mention.head + 1, mention.head + 6))
        if told or lead in _POINTING:
            yield care.clause(text, _subject(text, mention.start))
    for found in _BARE_CLIENT.finditer(text):
        yield care.clause(text, found.start("who") if found.group("who") else found.start("pair"))
    for found in _ONE_OF_MINE.finditer(text):
        yield care.clause(text, found.start())


def _of_people(text: str, words: Sequence[care.Word], around: Surroundings) -> Iterator[tuple[int, int]]:
    """ "A retired driver cried in my office", "somebody at my counter asked me"."""
    heads = care.lexicon("adults", "occupations")
    for mention in care.mentions(text, words, heads):
        lead = words[mention.first].text
        if lead in _OWN and words[mention.head].text not in _CHARGES and not _TREATMENT.search(text):
            continue
        if lead == "the" and not any(care.is_past(word.text) for word in words[mention.head + 1 : mention.head + 17]):
            continue
        if not care.tells(words, mention.head + 1, mention.head + 16) and not _HAD_IN.search(text):
            continue
        if _is_work(text, words, mention, around):
            yield care.clause(text, _subject(text, mention.start))
    for found in _SOMEBODY.finditer(text):
        if care.happened_at_work(words) or care.near_in_time(text) or care.speaks_of_care(around):
            yield care.clause(text, found.start())


def _is_work(text: str, words: Sequence[care.Word], mention: care.Mention, around: Surroundings) -> bool:
    if _TO_ME.search(text[mention.end : mention.end + 120]):
        return True
    at_work = care.happened_at_work(
        [word for place, word in enumerate(words) if not mention.first <= place <= mention.head]
    )
    if at_work and (care.near_in_time(text) or care.to_me(words) or "he" in _texts(words) or "she" in _texts(words)):
        return True
    return care.near_in_time(text) and care.speaks_of_care(around)


def _by_idiom(text: str) -> Iterator[tuple[int, int]]:
    """Wordings that say client by themselves: "a man I treated", "in session today", "on my caseload"."""
    for found in _IDIOMS.finditer(text):
        yield care.clause(text, found.start("from"))


def _by_hour(text: str, words: Sequence[care.Word]) -> Iterator[tuple[int, int]]:
    """ "My 3 o'clock said ...": the hour stands for the client. One that only came late or not at all is C4's."""
    for found in _HOUR_AS_PERSON.finditer(text):
        after = [word for word in words if word.start >= found.end()]
        deeds = [
            at for at, word in enumerate(after[:3]) if word.text in care.lexicon("lively") or care.is_past(word.text)
        ]
        if deeds and after[deeds[0]].text not in _OF_AN_HOUR and not _THING.match(text, found.end()):
            yield care.clause(text, found.start())


def _by_pronoun(text: str, words: Sequence[care.Word], around: Surroundings) -> Iterator[tuple[int, int]]:
    """ "She sat in my consulting room ...": nobody named, yet one person's story at work."""
    if not care.tells(words, 0, len(words)) or signs.speaks_of_public_matters(text):
        return
    if _OBITUARY.match(around.before) and not _TO_ME_BY_PRONOUN.search(text):
        return
    if care.without_antecedent(text, around):
        if care.happened_at_work(words) or care.speaks_of_care(around) or _TO_ME_BY_PRONOUN.search(text):
            yield care.clause(text, 0)
        return
    opening = _PRONOUN.match(text)
    if opening is None:
        return
    if _is_somebody_told_of(around):
        yield care.clause(text, opening.start("who"))
        return
    if around.before and not _CARE_BEFORE.search(around.before):
        if not _TO_ME_BY_PRONOUN.search(text):
            return
        if not (care.happened_at_work(words)):
            return
    elif not (care.happened_at_work(words) or care.speaks_of_care(around) or _TO_ME_BY_PRONOUN.search(text)):
        return
    yield care.clause(text, opening.start("who"))


def _is_somebody_told_of(around: Surroundings) -> bool:
    """Whether the sentence before tells of one client, so that "he" or "she" goes on with it."""
    before = around.before
    alone = Surroundings()
    if not before or not care.is_told_as_story(Sentence(before), alone):
        return False
    words = care.words_of(before)
    stories = (_of_clients(before, words), _of_people(before, words, alone), _by_idiom(before))
    return any(True for story in stories for _ in story)


def _subject(text: str, start: int) -> int:
    """Where the telling begins: "Had a farmer" at "Had", "Yesterday a farmer" at "Yesterday"."""
    begin = max(0, start - 40)
    lead = _LEAD.search(text[begin:start])
    return begin + lead.start("lead") if lead and (begin == 0 or lead.start()) else start


def _texts(words: Sequence[care.Word]) -> set[str]:
    return {word.text for word in words}


_HOUR_AS_PERSON = grammar.compile(
    rf"\b(?:my|our|today's|yesterday's|this\s+(?:morning|afternoon)'s)\s+(?:{care.DAY}\s+)?(?:at\s+)?{care.HOUR}"
)
_THING = grammar.compile(  # "my 3pm talk": the hour of something, not of somebody
    r"\s{0,3}(?:talk|lecture|class|workshop|webinar|meeting|group|slot|train|flight|alarm|keynote|supervision|call|coffee|run"
    r"|shift|podcast|interview|appointment|session|break|tea|lunch|-)\b"
)
_OF_AN_HOUR = frozenset(
    {"cancelled", "canceled", "rescheduled", "moved", "opened", "ran", "was", "were", "had", "got", "overran"}
    | {"no-showed", "postponed", "finished", "started", "ended", "changed", "skipped", "missed", "arrived", "came"}
)
_OWN = frozenset({"my", "our"})
_CHARGES = frozenset(
    {"lady", "chap", "lad", "gentleman", "bloke", "fella", "guy", "lass", "vet", "veteran", "man", "woman"}
)
_POINTING = frozenset({"today's", "yesterday's", "tonight's"})
_ANY = frozenset({"a", "an", "the"})
_CLIENTS = frozenset({"client", "patient", "pt", "inpatient", "outpatient", "ex-client", "ex-patient"})
_MODAL = grammar.compile(r"\s{0,3}(?:themselves\s+)?(?:should|would|could|may|might|must|can|will)\b")
_TREATMENT = grammar.compile(
    r"\b(?:his|her)\s+(?:\w+\s+)?(?:metformin|insulin|inhaler|tablets|meds|medication|stitches|splint|crutches|lithium"
    r"|chemo|bloods|wound|cast|session|scan)\b"
)
_GENERAL = grammar.compile(
    r"\b(?:often|usually|typically|every\s+(?:client|patient)|each\s+(?:client|patient)|may\s+ask|should)\b"
)
_ONCE_WAS = grammar.compile(  # "had been a patient herself", "how to write to a patient"
    r"\b(?:been|become|became|being)\s$|^\W{0,3}how\s+to\b[^.!?]{0,60}$"
)
_OBITUARY = grammar.compile(  # of somebody who is known by a full name
    r"^\W{0,3}(?!(?:my|our|your|a|an|the|one|another|this|that|she|he|dear|little|old|young|mrs?|ms|miss)\b)"
    r"\w{1,20}(?:\s[\w.'-]{1,20}){1,3},?\s(?:has\s(?:died|passed\saway)|died)\b(?![^.]{0,60}\b(?:ward|hospice|clinic|us|our)\b)"
)
_BARE_CLIENT = grammar.compile(
    r"\b(?P<pair>(?:client|patient)\s+and\s+(?:her|his)\s+\w+)"
    r"|(?:^|[.!?:;,\"(]\s*|\b(?:and|when|because|so|after|as|just|had|ugh)\s+)(?P<who>(?:ex-|former\s+"
    r"|past\s+|new\s+)?(?:client|patient|pt)\s+"
    r"(?:of\s+(?:mine|ours)\b|(?:(?!should|would|could|may|might|must|can|will|to|who|and"
    r"|or)\w+\s+){0,2}?(?:just\s+|has\s+|had\s+|\w{3,}ed\b|told|said|asked|came"
    r"|went|left|brought|wrote|sent|thought|"
    r"threw|gave|took|spoke|made|won|lost|got|did|was|woke|slept|ran|rang)))"
)
_ONE_OF_MINE = grammar.compile(
    r"\b(?:one|two|three|another|\w+\s+of\s+one)\s+of\s+(?:my|our)\s+(?:\w+\s+){0,2}?(?:clients"
    r"|patients|pts|teens|vets|veterans|boys|girls|couples|kids|families|mums"
    r"|moms|dads|lads|ladies|gentlemen|men|women|inpatients|outpatients|residents|regulars|referrals"
    r"|admissions|children|babies|tots|chaps)\b"
    r"|\b(?:one\s+of\s+mine|(?:a|an|this|that)\s+(?:[\w-]+\s+){1,4}?of\s+(?:mine"
    r"|ours))\b(?!\s+(?:from\s+school|and\s+i))(?=[^.]{0,80}\b(?:told|asked|said|just|is|was|has|had"
    r"|\w{3,}ed)\b)"
)
_TO_ME = grammar.compile(
    r"\b(?:told|tells|asked|asks|showed|shows|gave|gives|handed|hands|hugged|thanked|rang|phoned"
    r"|texted|emailed|taught|wrote|writes|said\s+to|says\s+to|reminded|confessed"
    r"\s+to|admitted\s+to|sent|brought|offered|bit|pressed|looked|looks|waved\s+at|smiled\s+at"
    r"|swore\s+at|swore\s+to|shouted\s+at|let|called|proposed\s+to|dials\s+in"
    r"\s+to|paid|made|came\s+to|comes\s+to)\s+(?:me|us)\b"
)
_HAD_IN = grammar.compile(
    r"^(?:i\s+|we\s+|just\s+|i've\s+just\s+)?(?:had|saw|met|watched|seen|treated|helped"
    r"|delivered)\s+(?:a|an|this|the|one|some)\b"
)
_SOMEBODY = grammar.compile(
    r"\b(?:somebody|someone)(?:\s+(?:in|at|on)\s+(?:my|our)\s+[\w\s]{2,24}?)?\s+(?:just\s+"
    r"|finally\s+)?(?:hung|told|asked|sat|said|cried|wept|walked|came|brought|laughed|read|wrote|rang"
    r"|hung|left|admitted|used|got|showed|asked|stood|chose|spoke|fell|slept|ate)\b"
)
_TO_ME_BY_PRONOUN = grammar.compile(
    r"\b(?:told|asked|showed|handed|hugged|thanked|rang|texted|taught|squeezed|trusted|let)\s+(?:me|us"
    r"|my)\b|\b(?:my|our)\s+(?:[\w-]+\s+)?(?:office|couch|clinic|room|session|ward|sofa)\b"
)
_CARE_BEFORE = grammar.compile(
    r"\b(?:clinic|ward|session|therapy|exposure|client|patient|icu|hospice|discharge|perinatal"
    r"|deprescribing|outreach|counselling|counseling|rehab)\b"
)
_PRONOUN = grammar.compile(
    r"(?:(?:and\s+then|and|so|then|today|yesterday|tonight|this\s+morning|last\s+night|finally|but)[,:]?\s+)?"
    r"(?P<who>(?:he|she)(?:'s|'d)?\s+(?!is\b|isn't\b|looks\b|plays\b|should\b|would\b|will\b|can\b)"
    r"|(?:his|her)\s+(?!new\b|book\b|music\b|latest\b))"
)
_WHO = (
    r"(?:a|an|the|this|that|one|somebody|someone|another|two|three|both|first|last)(?:\s+(?!average"
    r"|typical|kind|sort|type|clinic"
    r"|talk|film|time|way|course|trainee|student|colleague|study|paper|supervisor)[\w'-]+){0,6}?"
)
_DID = (
    r"(?:saw|see|treated|treat|assessed|assess|am\s+seeing|was\s+seeing|have\s+been\s+seeing"
    r"|'m\s+seeing|'ve\s+been\s+seeing|worked\s+with|work\s+with|am\s+working\s+with"
    r"|'m\s+working\s+with"
    r"|diagnosed|discharged|admitted|counselled|counseled|evaluated|tested|triaged|nursed|delivered"
    r"|operated\s+on|referred|placed|looked\s+after|look\s+after|have\s+looked\s+after"
    r"|'ve\s+looked\s+after|sat\s+with|visited|once\s+(?:saw|treated|assessed|worked\s+with|knew))"
)
_IDIOMS = grammar.Patterns(
    grammar.compile(
        r"\b(?P<from>(?:those|these|two|three|both)\s+(?:[\w'-]+\s+){1,3}?(?:i|we)\s+(?:saw|treated|assessed|placed"
        r"|discharged|diagnosed|nursed))\b"
    ),
    grammar.compile(
        r"\b(?P<from>(?:the|a|an|that)\s+(?!colleague|friend|trainee|student|supervisor"
        r"|teacher\b)(?:[\w'-]+\s+){1,6}?who\s+(?:told|sent|asked|gave|wrote\s+to|taught|showed|hugged|bit"
        r"|hit|thanked|called|rang|trusted)\s+(?:me|us)\b)"
    ),
    grammar.compile(r"\b(?P<from>(?:the|a|an)\s+(?:[\w'-]+\s+){1,6}?who\s+(?:came|walked|limped|staggered)\s+in\b)"),
    grammar.compile(
        r"\b(?P<from>a\s+certain\s+(?!age|amount|point|kind|level|extent|degree|type|way|number|time|sort"
        r"|distance|dose|stage|threshold|place|word|something)(?:[\w'-]+\s+){1,4}?(?:that|in\s+my|told"
        r"|asked|reminded|came|will|is\s+not|won't|has|had|was)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>overheard\s+(?:in|at|from|through|outside)\s+(?:my|our|the)\s+(?:\w+\s+){0,2}?(?:room"
        r"|ward|clinic|corridor|practice|surgery|unit|door|cubicle|playroom|desk)\b[^:]{0,30}:)"
    ),
    grammar.compile(r"(?P<from>\b(?:the\s+)?same\s+(?:patient|client|person|man|woman|lad|family|couple),\s)"),
    grammar.compile(
        r"(?P<from>\b(?:PHQ-?9|GAD-?7|HbA1c|EPDS|MMSE|MoCA|BDI|Y-?BOCS|PCL-?5|CORE-?10)\b:?\s+(?:of\s+"
        r"|was\s+|from\s+)?\d{1,3}\b[^.!?]{0,30}\b(?:to\s+\d|in\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep"
        r"|oct|nov|dec)|this\s+(?:morning|week)|today|now)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:we|i)\s+(?:just\s+)?lost\s+(?:a|the|our|one|two|that)\s+(?:\w+\s+)?(?:little\s+one"
        r"|heartbeat|baby|boy|girl|patient|client|mum|mother|twin|man|woman|lad|child|kid|newborn"
        r"|gentleman|lady)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:he|she|they)(?:'s|'re|\s+is|\s+are|\s+was)\s+(?:on|in|off)\s+my\s+(?:couch"
        r"|caseload|list|sofa|ward|chair)\b)"
    ),
    grammar.compile(r"\b(?P<from>(?:he|she|they|my\s+\w+)\s+rang\s+the\s+bell\b)"),
    grammar.compile(r"\b(?P<from>(?:our|the|my)\s+index\s+(?:family|patient|case|child|twins?)\b)"),
    grammar.compile(r"\b(?P<from>one\s+of\s+them\b[^.!?]{0,60}\b(?:session|appointment|couch)\b)"),
    grammar.compile(
        r"(?:^|[:;,]\s+|\b(?:tonight|today|yesterday)\s+)(?P<from>(?:one|our\s+newest|our\s+quietest"
        r"|our\s+oldest|a|another)\s+(?:group\s+)?member\s+(?!of\s+(?:staff|the\s+(?:board"
        r"|team)))(?:\w+\s+)?(?:\w{3,}ed|read|said|told|stood|spoke|wept|brought|took|left|came)\b)"
    ),
    grammar.compile(
        r"(?:^|[.:!?]\s+)(?P<from>(?:bloke|lad|chap|fella|lady|gentleman|guy|old\s+boy|wee\s+man"
        r"|young\s+(?:fella|man|woman)|woman|man)\s+(?:from|in|with|at|who|on|just|this|came|walked|told"
        r"|asked|said)\b[^.!?]{0,120}\b(?:today|this\s+(?:morning|arvo|afternoon|week)|yesterday"
        r"|last\s+\w+|on\s+\w+day|me|clinic|ward|surgery|session)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:the|a|an)\s+(?:[\w'-]+\s+){1,6}?whose\s+(?:wife|husband|mother|mum|mom|father|dad"
        r"|son|daughter|brother|sister|partner|family)\s+(?:was|were|had|swore|said|told|rang|brought"
        r"|found|is)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:testif\w+|giving\s+evidence|gave\s+evidence"
        r"|expert\s+witness)\b[^.!?]{0,50}\b(?:in\s+the\s+[a-z]\w+(?:\s+[a-z]\w+)?\s+(?:case|inquest|trial"
        r"|matter)|defendant)\b)"
    ),
    grammar.compile(
        rf"\b(?P<from>{_WHO})(?<!s)(?<!men)(?<!people)(?<!children)\s+(?:who\s+|whom\s+|that\s+)?(?:i"
        r"|we)(?:\s+once|\s+recently|\s+first"
        rf"|\s+just)?\s*{_DID}\b(?!\s+(?:that|how|it|as|why|for\s+a\s+living|in\s+(?:films|movies"
        r"|the\s+(?:film|movie|news|paper)))\b)"
    ),
    grammar.compile(
        r"\b(?P<from>i\s+(?:once|recently|used\s+to|have\s+just|just)\s+(?:see|saw|treated|treat|assessed"
        r"|work\s+with|worked\s+with|counselled|counseled|met|nursed|had|looked\s+after)\s+(?:a|an|one"
        r"|this|two)\s+(?!(?:number|lot|range|talk|paper|film|colleague|supervisor|trainee|student|study"
        r"|team|course|book)\b)[\w-]+)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:in|during|after)\s+(?:my\s+|our\s+|a\s+|the\s+)?(?:\w+\s+)?session\s+(?:today"
        r"|yesterday|this\s+(?:morning|afternoon|week)|last\s+\w+|on\s+\w+day)[^.!?]{0,30}\b(?:a|one|she"
        r"|he|someone|somebody)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:a|an|the|this|that|one|some|somebody|someone)\s+(?:[\w'-]+\s+){0,4}?(?:on|from|off"
        r"|in)\s+my\s+(?:caseload|couch|sofa|practice|list|ward|books|consulting\s+room"
        r"|waiting\s+room))\b(?=[^.]{0,100}\b(?:\w{3,}ed|told|said|was|has|had|is|got|today|yesterday|came"
        r"|went|left|sat|ate|slept|brought|just)\b)"
    ),
    grammar.compile(
        r"(?:^|[.:!?]\s+)(?P<from>(?:had|saw|just\s+saw|just\s+had|watched|met)\s+(?:a|an|this"
        r"|one)\s+(?:[\w'-]+\s+){0,4}?(?:in\s+(?:today|yesterday|tears|clinic|session|this|last|my)|who\b"
        r"|today\b|yesterday\b|walk\s+in|cry|tell)\b)"
    ),
    grammar.compile(
        r"(?:^|[.:!?]\s+)(?P<from>(?:told|asked|thanked|hugged)\s+me\s+(?:on\s+the\s+way\s+out|today"
        r"|in\s+session|at\s+the\s+door|that\s+(?:he|she|they)'?d?)\b)"
    ),
)
_LEAD = grammar.compile(
    r"(?:^|[.:;!?,]\s+)(?P<lead>(?:(?:just\s+)?(?:had|saw|met|watched|seen)|i\s+(?:just\s+)?(?:had|saw"
    r"|watched|sat\s+with|met)|yesterday|today|tonight|this\s+(?:morning|afternoon|week)|last\s+\w+"
    r"|on\s+\w+day|in\s+session\s+today),?\s+)$"
)
