"""S9: private telephones, e-mail addresses, handles and pages."""

import re
from collections.abc import Iterable, Iterator

from twohats.boundary import grammar
from twohats.boundary.own_life import fold
from twohats.boundary.rule import ENGLISH, Fix, Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category, Severity, SuggestionKind

_PHONE = r"(?<![\w@./-])(?:\+|\(?0|\(?\d)[\d() .-]{5,17}\d(?![\w@])"
_EMAIL = r"[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"
_HANDLE = r"(?:(?<![\w.])@[\w.-]{2,40}|\b[\w.]{2,32}#\d{4}\b|(?<!\w)\$[a-z]\w{2,30}\b)"
_PRIVATE = re.compile(
    r"\b(?:my (?:own |personal |private |home |real |other |actual ){0,4}(?:cell|mobile|phone|number|landline"
    "|e-?mail|mail|gmail|inbox|whats ?app"
    "|insta(?:gram)?|facebook|fb|snap(?:chat)?|venmo|paypal|cash ?app|tiktok|tik tok|twitter|x account"
    "|discord|telegram|signal|skype|apple id"
    r"|strava|spotify|tinder|page|profile|account|blog|flat's landline|finsta|youtube|twitch|steam|psn|gamertag)"
    r"|(?:personal|private|home) (?:cell|mobile|phone|number|landline|e-?mail|mail|gmail|insta\w*|facebook"
    "|account|page|profile)"
    r"|(?:new|old|wife's|husband's|girlfriend's) (?:cell|mobile) (?:number )?(?=\d|\+|\()"
    "|cell|mobile is|whats ?app me|text me|snap me|facetime me|facetime my|dm me at|ring the house"
    "|call (?:me )?at home|ring me at home|reach me at home"
    r"|mine on (?:strava|insta\w*|tiktok|spotify|x|letterboxd|goodreads)|follow my (?:runs|dog|cat|travels"
    "|bakes?|adventures)|uncensored me"
    "|unfiltered me|fan mail|after hours i'm|off duty i'm|sponsor me"
    "|discord, wherever"
    "|spotify,|cash app works|where i live|my porch|come to (?:my|our) (?:house|place)"
    r"|at home|after hours|any hour|day or night|even at \d|family address|off the clock"
    r"|at mine,|post (?:a \w+ )?to me at home|my venmo)\b"
)
_OFFICE = re.compile(
    r"\b(?:office|clinic|practice|front desk|reception|booking|bookings|intake|appointments?|admin|secretary"
    "|main line|duty line|work phone|work mobile"
    "|helpline|hotline|crisis|press office|fax|extension|ext|surgery|department|ward|switchboard|support line"
    r"|warm line|business)\b"
)
_FREE_MAIL = re.compile(
    "@(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|aol|gmx|proton|protonmail|web|mail"
    r"|mailbox|msn|btinternet|fastmail)\.[a-z.]{2,10}\Z"
)
_DENIED = re.compile(
    r"\b(?:isn't|not|skip|skipping|instead of|without|than|never mind|forget|bypass|avoid)(?: the| my| our"
    "| ringing| going through){0,3} (?:office|clinic|practice|front desk"
    r"|reception|booking|admin|work phone|work mobile|switchboard|work one|work address)\b"
)
_SIGN = re.compile(r"[@\d$]")
_ANY = grammar.compile(rf"(?P<mail>(?<![\w.+-]){_EMAIL})|(?P<phone>{_PHONE})|(?P<handle>{_HANDLE})", case=True)
_NAMED = grammar.compile(
    r"\b(?:my (?:own |personal |private |home |real ){1,4}(?:insta(?:gram)?|facebook|page|blog|profile|account"
    "|twitter|snapchat|tiktok|youtube)"
    r"|add me on (?:snap(?:chat)?|insta\w*|facebook|fb|whatsapp)|snap me|follow my runs|follow me on (?:strava"
    "|snapchat|tiktok|onlyfans|twitch)"
    "|my (?:youtube|twitch|soundcloud|onlyfans|etsy|snapchat|wishlist|amazon wishlist) (?:channel|page|shop"
    "|link|stream)?|my home landline"
    r"|subscribe to my channel)\b[^.!?;\n]{0,60}",
    case=True,
)
_PAGES = (
    r"\b(?:www\.)?(?:instagram|facebook|tiktok|strava|venmo|paypal|snapchat|onlyfans|letterboxd|goodreads"
    "|twitch|etsy|vinted|gofundme|spotify|soundcloud)"
    r"\.(?:com|me|tv|example)/[\w./@-]{2,60}"
)
_ELSEWHERE = grammar.compile(  # a place of one's own time, named with what to look for there
    r"\b(?:(?:mine|me|i'm|find me|follow me|add me|sponsor me|pay me"
    r"|fan mail)[ ,:]{1,2}(?:\w+ ){0,2})?(?:snap(?:chat)?|insta|discord|steam|strava|spotify|pay ?pal|venmo"
    "|cash ?app|zelle|telegram|tiktok|letterboxd|goodreads|psn|kik|bereal|finsta|duolingo|vinted|etsy|twitch"
    "|onlyfans|bumble)[ :,]{1,3}(?:is |at |as |works too: )?"
    r"[@$]?[a-z][a-z]{0,24}[\d_.#-][\w.#-]{1,30}"
    rf"|{_PAGES}",
    case=True,
)
_PAGE = grammar.compile(_PAGES, case=True)
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[ .-]{1,3}(?:19|20)\d\d|\d{1,2}[.-] ?\d{1,2}[.-] ?(?:19|20)?\d\d"
    r"|(?:19|20)\d\d[.-]\d{1,2}[.-]\d{1,2})(?!\d)"
)
_FREE_CALL = re.compile(r"(?:\+\d{2} ?)?(?:0800|0808|800|900|116 ?\d{3})(?!\d)")
_WRITE_TO_ME = re.compile(
    r"\b(?:(?:write|mail|e-?mail|message|ping|reach)(?: to)? me|drop me an? (?:line|note|word|mail|e-?mail)"
    r"|send me an? (?:line|note|mail|e-?mail|message))\b[^.!?;@]{0,30}\Z"
)
_WORK_NAME = re.compile(
    r"(?:info|hello|contact|enquir\w{0,4}|inquir\w{0,4}|team|support|mail|help|referrals?|events?|training|press|media)\b"
)
_WORK_DOMAIN = re.compile(
    "psych|therap|counsel|clinic|practice|health|care|wellness|wellbeing|medic|hospi|nhs|dental|dentist|physio|rehab|doctor"
    "|midwi|centre|center|trust|institut|univer|college|school|society|associat|foundation|council|coach"
    r"|\.(?:edu|ac|gov|org)\b"
)
_EDGES = " ,;:-–—("


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    text = fold(sentence.text)
    ways = list(_ANY.finditer(text)) if _SIGN.search(text) else []
    office = _office(surroundings) if ways else set()
    if surroundings.language != ENGLISH:
        yield from _whoever_it_belongs_to(text, ways, office, surroundings)
        return
    covered = 0
    for match in ways:
        if match.start() < covered or match.group() in office or _digits(match.group()) in office - {""}:
            continue
        start = _lead(text, match.start())
        around = text[start : match.end()] + text[match.end() : match.end() + 50].split(". ")[0]
        if not _is_private(match, around, text, surroundings):
            continue
        end = match.end()
        covered = end
        yield Hit(start, end, Category.CONTACT, fixes=tuple(_fixes(match, start, text, surroundings)))
    if covered:
        return
    for match in _ELSEWHERE.finditer(text):
        if _OFFICE.search(match.group()) is None:
            covered = match.end()
            yield Hit(match.start(), match.end(), Category.CONTACT)
    for match in _NAMED.finditer(text, covered):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(_EDGES)))
        yield Hit(match.start(), end, Category.CONTACT)


def _office(surroundings: Surroundings) -> set[str]:
    """The ways to reach the practice that the owner has made public."""
    return {
        _digits(surroundings.office_phone),
        fold(surroundings.office_email),
        *(fold(value) for value in surroundings.card),
    }


def _whoever_it_belongs_to(
    text: str, ways: Iterable[re.Match[str]], office: set[str], surroundings: Surroundings
) -> Iterator[Hit]:
    """Every way to reach somebody that is not on the card and looks like no practice's: in a language whose words are
    not read, nothing says whose it is, so it is asked about and not held."""
    for match in ways:
        words = match.group()
        if match.lastgroup == "handle" or words in office or _digits(words) in office - {""}:
            continue
        if _is_at_work(words, surroundings) if match.lastgroup == "mail" else not _is_telephone(words):
            continue
        yield Hit(match.start(), match.end(), Category.CONTACT, Severity.WARN, "other_language")
    for match in _PAGE.finditer(text):
        yield Hit(match.start(), match.end(), Category.CONTACT, Severity.WARN, "other_language")


def _is_telephone(words: str) -> bool:
    """Whether it is written as a telephone number: no date, no span of years, no helpline that costs nothing."""
    count = sum(character.isdigit() for character in words)
    return 8 <= count <= 15 and not _DATE.search(words) and not _FREE_CALL.match(words)


def _is_private(match: re.Match[str], around: str, text: str, surroundings: Surroundings) -> bool:
    says_so = _PRIVATE.search(around) is not None
    around = _DENIED.sub(" ", around)
    if match.lastgroup == "mail":
        free = _FREE_MAIL.search(match.group()) is not None
        unknown = _WRITE_TO_ME.search(text, 0, match.start()) is not None and not _is_at_work(
            match.group(), surroundings
        )
        return says_so or ((free or unknown) and _OFFICE.search(match.group() + around) is None)
    if match.lastgroup == "phone":
        if sum(char.isdigit() for char in match.group()) < 7:
            return False
        return says_so and (_OFFICE.search(around) is None or "my own" in around or "personal" in around)
    return says_so


def _is_at_work(address: str, surroundings: Surroundings) -> bool:
    """Whether an e-mail address is one of the practice, or looks like one of any practice, school or service."""
    domain = address.rpartition("@")[2]
    known = (surroundings.office_email, *surroundings.card)
    if any(domain in fold(value) for value in known):
        return True
    return _WORK_NAME.match(address) is not None or _WORK_DOMAIN.search(domain) is not None


def _lead(text: str, start: int) -> int:
    """Where the words that belong to a number or an address begin: at most 60 code points before it."""
    stops = [found for found in _STOP.finditer(text, max(0, start - 60), start)]
    if stops and stops[-1].end() == start and stops[-1].group().startswith(":"):
        stops.pop()  # "my cell: 555-0142": what stands before the colon says whose it is
    floor = stops[-1].end() if stops else max(0, start - 60)
    private = _PRIVATE.search(text, floor, start)
    if private is None:
        comma = text.rfind(", ", floor, start)
        return start if comma >= 0 else _past_edges(text, floor if _at_word(text, floor) else start, start)
    verb = _VERB.search(text, floor, private.start())
    return verb.start() if verb else private.start()


def _past_edges(text: str, lead: int, start: int) -> int:
    while lead < start and text[lead] in _EDGES:
        lead += 1
    return lead


def _at_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


_VERB = re.compile(
    r"\b(?:text|call|ring|phone|message|write to|e-?mail|use|try|send (?:\w+ ){1,3}to|reach me (?:on|at)"
    r"|bring (?:\w+ )to|drop (?:\w+ )?(?:at|by))"
    r" (?:me (?:on|at) )?\Z"
)
_STOP = re.compile(r"[.!?;:(\n]\s+|[:(]|\b(?:and|but|so|then|or)\s")


def _fixes(match: re.Match[str], start: int, text: str, surroundings: Surroundings) -> Iterator[Fix]:
    """The office line in place of a private one, with the words around it made to fit: "call the office on ..."."""
    is_mail = match.lastgroup == "mail"
    line = surroundings.office_email if is_mail else surroundings.office_phone
    if match.lastgroup == "handle" or not line:
        return
    end = match.end()
    promise = _ANY_HOUR.match(text, end)
    end = promise.end() if promise else end
    floor = max((found.end() for found in _SENTENCE.finditer(text, 0, match.start())), default=0)
    asked = list(_ASKS.finditer(text, max(floor, match.start() - 60), match.start()))
    if asked:
        if not grammar.is_negated(text, asked[-1].start()):
            yield Fix(SuggestionKind.OFFICE_LINE, asked[-1].start(), end, f"{_verb(asked[-1].group(), is_mail)} {line}")
        return
    named = _PRIVATE.search(text, floor, match.start())
    begin = named.start() if named else match.start()
    lead = text[begin : match.start()].rstrip()
    thing = "e-mail" if is_mail else "number"
    if not lead:
        yield Fix(SuggestionKind.OFFICE_LINE, begin, end, line)
    else:
        joint = " is" if lead.endswith((" is", " is:")) else lead[-1] if lead[-1] in ",:" else ""
        yield Fix(SuggestionKind.OFFICE_LINE, begin, end, f"the office {thing}{joint} {line}")


def _verb(asked: str, is_mail: bool) -> str:
    """What to ask for instead, with the verb kept where an office can be asked so."""
    word = asked.split()[0]
    if word in ("reach", "try", "contact"):
        return f"{word} the office {'at' if is_mail else 'on'}"
    if is_mail:
        return "write to the office at"
    return f"{word if word in ('ring', 'phone') else 'call'} the office on"


_ASKS = re.compile(
    r"(?<!my )(?<!own )(?<!mobile )(?<!cell )(?<!home )(?<!work )(?<!private )(?<!personal )"
    r"(?<!the )(?<!by )(?<!\ban )(?<!\ba )"
    r"\b(?:call|ring|phone|dial|text|message|whats ?app|facetime|snap|dm|ping|e-?mail|mail|write|reach|contact|try|use"
    r"|give me a (?:call|ring|bell|shout)|(?:drop|send) me an? (?:line|note|text|word|message|mail|e-?mail))\b(?= )"
)
_SENTENCE = re.compile(r"[.!?;]\s")
_ANY_HOUR = re.compile(
    r",? ?\(?(?:(?:at )?any ?(?:time|hour)|day (?:or|and) night|night (?:or|and) day|after hours|24/7"
    r"|even at [\w.:]{1,6}|at night|at home|(?:my )?(?:cell|mobile|home|private|personal))\b\)?"
)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


RULE = Rule(
    id="S9",
    find=_find,
    needs=grammar.Patterns(_ANY, _NAMED, _ELSEWHERE, _PAGE),
    hits=(
        "Text my cell 555-0142 if the door is locked.",
        "Write to me at jamie.larks@gmail.com any time.",
        "Snap me: jam_lee on weekends.",
        "If it is urgent, my own mobile is 07700 900123.",
        "My personal Instagram is more fun than this page.",
        "WhatsApp me on +44 7700 900456, day or night.",
        "My private e-mail, lark.and.otter@home.example, is quicker.",
        "The unfiltered me is @otter_after_dark.",
        "My Venmo is @otter-lark-home, for the cake.",
        "Call me at home on 01632 960 777.",
        "Follow my runs on Strava, search for Otter Lark.",
        "Team chat moved to Discord: text me, otterlark#0042.",
    ),
    near_misses=(
        "Call the office on 555-0100.",
        "Write to intake@larkspur-counselling.example.",
        "Our duty line is 01632 960 100, day and night.",
        "In a crisis, ring 988 or text HOME to 741741.",
        "The register number is LMFT 0098812.",
        "@northpsych thank you for a fine panel.",
        "The practice e-mail is office.larkspur@gmail.com, read on weekdays.",
        "Please do not text your therapist about emergencies.",
        "Fax 01632 960 200, the desk is staffed until five.",
        "Read the paper at doi.org/10.1000/182.",
        "Follow the practice page for closures.",
        "In 2019 and 2020, 1,204 people took part.",
    ),
    any_language=True,
)
