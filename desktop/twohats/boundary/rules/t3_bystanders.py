"""T3: bystanders, neighbours, colleagues and tagged people with their private affairs."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category, Severity

HITS = (
    # written before the rule
    "Everyone at group tonight, what a lovely bunch!",
    "Look who came to the waiting room!",
    "My neighbour's meltdown kept us all awake.",
    "@sadie_ruhl can't make it, her depression is back.",
    "Bev from reception is pregnant and won't say whose it is.",
    "Mr Hanley next door lost his licence again.",
    "Dr Pruett's marriage collapsed, that's why the list is closed.",
    "Send love to @owen_tarr, who is going through a nasty divorce.",
    "The tenant above my office is drinking again.",
    "Thinking of Farid, signed off since his breakdown in June.",
    # written after it
    "@nell_abara is finally sober and we are all cheering.",
    "Our reviewer? Gil Harmon, 4 Dock Street, two DUIs.",
    "Our vicar's wife purged for years and nobody guessed.",
    "Colin the plumber on Mill Road is HIV positive.",
    "Special cheer for Wanda in catering, who only got her MS diagnosis in May.",
    "Say hello to Piotr, the one who failed his placement at Eastfield.",
)
NEAR_MISSES = (
    # written before the rule
    "Conference photo: the speakers on stage.",
    "Meet the team: Sadie, Owen and Farid.",
    "@sadie_ruhl thank you for a fine talk.",
    "Congratulations to Dr Pruett on the research prize.",
    "Neighbours can be a great support after a loss.",
    "The senator spoke about her own depression.",
    "Thanks to Bev from reception, who keeps us all going.",
    "Divorce rates fell again last year.",
    "Colleagues, look after each other tonight.",
    "@owen_tarr agreed, and the chart is useful.",
    # written after it
    "Sobriety is a long road; our group meets on Mondays.",
    "The actor told the paper about his breakdown.",
    "Everyone at the conference tonight: dinner is at eight.",
    "Is your neighbour drinking again? Five ways to help.",
    "Dr Hale's course on divorce mediation starts in May.",
    "Wanda Keller's book on bipolar disorder is out.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every private fact about a named, tagged or unmistakable person; with a picture it is graver."""
    text = sentence.text
    if not _ANY.is_possible(text) or grammar.is_hypothetical(text) or grammar.is_citation(text):
        return
    grave = Severity.STOP if around.has_picture else Severity.WARN
    for found in _WAITING_ROOM.finditer(text):
        start, end = care.clause(text, found.start())
        yield Hit(start, end, severity=Severity.STOP)
    if _PUBLIC.search(text):
        return
    spans: list[tuple[int, int]] = []
    for found in _WHO.finditer(text):
        rest = text[found.end() : found.end() + 120]
        fact = _PRIVATE.search(rest)
        if fact is not None and not _BREAK.search(rest[: fact.start()]) and not _TOPIC.match(rest, fact.end()):
            spans.append(care.clause(text, found.start("who")))
    spans.extend(care.clause(text, found.start("from")) for found in _IDIOMS.finditer(text))
    for start, end in care.overlapping(spans):
        yield Hit(start, end, category=Category.THIRD_PARTY, severity=grave)


_WAITING_ROOM = grammar.compile(
    r"\b(?:everyone|everybody|the\s+whole\s+gang|all\s+of\s+us|the\s+gang)\s+(?:at|from"
    r"|in)\s+(?:our\s+|my\s+|the\s+)?(?:[\w-]+\s+)?(?:group|session|circle)\s+(?:tonight|today"
    r"|this\s+(?:morning|evening)|last\s+night)\b"
    r"|\blook\s+who\s+(?:came|dropped|popped|showed\s+up|turned\s+up|is|walked)\s+(?:in\s*)?(?:to|by"
    r"|in|into|at)?\s*(?:the|our|my)?\s*(?:waiting\s+room|clinic|ward|office|session|unit|practice"
    r"|couch)\b"
)
_NAME = r"[A-Z][a-z'-]+(?:\s+(?:[A-Z]\.|[A-Z][a-z'-]+)){0,2}"
_WHO = grammar.compile(
    r"(?P<who>(?<!RT\s)@[\w.]{2,30}(?='s\b|,?\s+(?:who|is|has|was|can't|won't|had|hits|finally|just"
    rf"|and|did|lost|left)\b)|\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+{_NAME}(?:'s)?(?:\s+(?:next\s+door"
    r"|at\s+number\s+\d+|in\s+\d+\w?|from\s+[A-Z]?\w+|of\s+[A-Z]\w+))?"
    r"|(?<![.!?]\s)\b(?!\w+(?:ing|tion|ment|ity|ness|ism|ence|ies|ers|ions|ology)\b|(?:The|There|Here"
    r"|These|Those|Such|As|Research|Books|This|That|If|When|And|But|Our|My|His|Her|Their|Your|For|In"
    r"|On|At|We|You"
    r"|They|He|She|It|What|Why|How|Who|After|Before|Since|Not|No|Yes|Is|Are|Do|Does|Did|Thinking|Send"
    r"|Special|Say|Good|Today|Yesterday|One|Two|Many|Most|Some|All|Every|People|Patients|Clients"
    rf"|Parents)\b){_NAME}(?:,\s+who|,\s+the\s+one\s+who|,\s+signed|\s+(?:who|from|in|at|of|on"
    r"|the)\s+[\w\s,]{0,40}?(?:is|was|has|had|left|lost|got|who|won't|can't|failed|purged))"
    r"|\b[Mm]y\s+(?:neighbou?r|landlord|landlady|hairdresser|postman|plumber|colleague|dentist|vicar"
    rf"|boss|flatmate)(?:'s)?(?:\s+{_NAME})?|\b[Oo]ur\s+(?:vicar|landlord|neighbou?rs?|postman"
    r"|receptionist|reviewer|one-star\s+reviewer)(?:'s)?(?:\s+wife|\s+husband|\s+son|\s+daughter)?"
    r"|\b[Tt]he\s+tenant\s+(?:above|below|next\s+door)\b)",
    case=True,
)
_PRIVATE = grammar.compile(
    r"\b(?:depress\w+|bipolar|adhd|diagnosis|ms\s+diagnosis|hiv|cancer|anorexi\w+|bulimi\w+|purg\w+"
    r"|autis\w+|breakdown|meltdown|sober|relaps\w+|rehab|drinking|drinks|drunk|drink-driv\w+|alcoholic"
    r"|dui|duis|gambl\w+|roulette|lost\s+(?:his|her|their|the)\s+(?:licence|license|job|house|second"
    r"|mind)"
    r"|prison|jail|arrested|pulled\s+over|charged|pregnant|whose\s+it\s+is|marriage|divorc\w+|affair"
    r"|custody|custody\s+battle|breakup|break-up|split\s+up|walked\s+out|left\s+(?:him|her|his\s+wife"
    r"|her\s+husband|med\s+school)|leaving\s+(?:his\s+wife|her\s+husband)|new\s+boyfriend"
    r"|new\s+girlfriend|hysterectomy|miscarriage"
    r"|failed\s+(?:his|her|their|the)|bankrupt\w*|debts?|fired|sacked|signed\s+off|bowels|wept|sobbed"
    r"|cried|crying|crook|a\s+cold\s+fish|copied|lifted\s+my|stole|plagiari\w+|can't\s+read"
    r"|couldn't\s+read|still\s+lives\s+with|no\s+shame|methadone|overdos\w+|self-?harm\w*|suicid\w+"
    r"|hoard\w+|cheat\w+|jaundiced|hungover|secretly\s+gay|came\s+out)\b"
)
_TOPIC = grammar.compile(
    r"\s{0,3}(?:mediation|therapy|research|paper|talk|workshop|course|disorder|awareness|clinic|service"
    r"|services|group|counsell?ing|guide|rates|care|screening|team|unit|prevention|webinar|training"
    r"|chapter|book|study|studies)\b"
)
_BREAK = grammar.compile(
    r"[.!?;]|\b(?:research|paper|talk|workshop|book|webinar|article|podcast|chapter|study|guide|award"
    r"|prize|course|lecture|training|wrote|writes|speaks|spoke|told\s+the\s+paper|presents|joins"
    r"|explains|teaches|leads)\b"
)
_PUBLIC = grammar.compile(
    r"\b(?:senator|president|minister|actor|actress|singer|celebrity|footballer|charity"
    r"|told\s+the\s+(?:paper|press|bbc)|has\s+died\s+(?:at|aged)|died\s+on\s+this\s+day"
    r"|novel|film|series|author|memoir|book|thank\s+you\s+for"
    r"|thanks\s+to)\b|\?\s+\w+\s+ways"
)
_IDIOMS = grammar.Patterns(
    grammar.compile(
        r"\b(?P<from>(?:Dr|Mr|Mrs|Ms)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?\s+was\s+(?:drinking|drunk"
        r"|crying|asleep|hungover))\b",
        case=True,
    ),
    grammar.compile(
        r"(?P<from>\b[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?,\s+\d{1,4}\s+[A-Z]\w+\s+(?:Street|Road|Lane|Avenue"
        r"|Drive|St|Rd),(?=[^.!?]{0,40}\b(?:DUI|DUIs|prison|arrest|debts?|divorce|convict)))",
        case=True,
    ),
    grammar.compile(
        r"(?P<from>\bmy\s+neighbou?r(?:'s|s')?\s+(?:meltdown|affair|divorce|drinking|screaming|rows?|fights?)\b)"
    ),
    grammar.compile(r"(?P<from>\b(?:thought\s+of|thinking\s+of)\s+(?:you|@\w+)\s+and\s+[A-Z]\w+\s+and\s+that\b)"),
)
_ANY = grammar.Patterns(_WAITING_ROOM, _WHO, *_IDIOMS)

RULE = Rule("T3", find, HITS, NEAR_MISSES, needs=_ANY)
