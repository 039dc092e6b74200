"""S8: the author's home, routine, trips and where the author is now."""

import re
from collections.abc import Iterator

from twohats.boundary.own_life import Reach, Sign, Signs, fold, says_i
from twohats.boundary.pattern import compile
from twohats.boundary.rule import ENGLISH, Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category, Severity

_OWN = Category.WHEREABOUTS
_SELF = Category.DEMOGRAPHICS
_HOME = (
    "(?:house|flat|apartment|condo|cottage|place"
    "|front door|street|road|neighbou?rhood|village|porch|back ?yard|garden|hometown|home ?town|building"
    "|block|driveway|landing|spare room|bedroom|kitchen|balcony|local(?= (?:pub|park|shop|cafe|café|pool))"
    "|commute|dorm|campus|hotel|airbnb|gym)"
)
_STREET = (
    r"(?:street|st\b|road|rd\b|lane|ln\b|avenue|ave\b|drive|dr\b|close|court|ct\b|terrace|way|rise|crescent"
    "|place|bank|cottages|gardens|row|grove|hill|boulevard|blvd|square|view|walk|mews)"
)
_WORKING = re.compile(
    r"\b(?:conference|congress|symposium|workshop|webinar|talks?|keynote|panel|meeting|summit|office|clinic"
    "|practice|hospital|session"
    "|lecture|seminar|university|training|masterclass|register|registration|our (?:new )?(?:stand|booth|team)"
    "|presenting|speaking|poster"
    "|appointments?|group|course|hours|open day|find us|visit us|join us|bookings?|sale|store|tickets"
    r"|available|symposia|surgery|ward)\b"
)
_GATHERING = re.compile(
    r"\b(?:conference|congress|symposium|workshop|webinar|talk|keynote|panel|summit|lecture|seminar"
    "|masterclass|meeting|delegates|presenting"
    "|speaking|chairing|teaching|poster|hall [a-z]|programme|program|psychologists|therapists|counsell?ors"
    r"|nurses|midwives|trainees|clinicians)\b"
)
_AT_HOME = compile(
    rf"(?:(?:bring|drop|post|send|come|pop|deliver|leave) (?:\w+ ){{0,3}})?(?:to |at |by "
    "|round )?(?:my (?:own )?(?:house|home|place|flat|apartment|porch|door|garage|address)"
    rf"|our (?:house|home|place|flat)|mine\b|me at home)\b[^.!?\d]{{0,12}}(?:flat \d{{1,4}},? "
    rf"|unit \d{{1,4}},? )?\d{{1,5}}[a-z]? (?:[\w']+ ){{1,3}}{_STREET}"
    rf"|(?:flat \d{{1,4}},? "
    rf"|unit \d{{1,4}},? )?\d{{1,5}}[a-z]? (?:[\w']+ ){{1,3}}{_STREET}[^.!?]{{0,12}}(?:where i live|my (?:home"
    "|house|place)|at home)",
    case=True,
)
_NO_PLACE = (
    "(?:the |a |an )?(?:heart|core|centre of|center of|edge|top|bottom|moment|time|peak|start|beginning|end"
    r"|limit|forefront|root|intersection|risk|least|best|most|last|first|work\b|war\b|capacity|stake|issue|hand\b"
    r"|once|odds|all\b|its|their|your|his|her|pace|level|stage|point|age\b|any\b|every|full\b|low\b|record)"
)

_SIGNS = Signs(
    # Home.
    Sign(
        "(?:come (?:by|over|round)|drop (?:it |them )?(?:by|at|off at|round)|at mine|my (?:house|place|home|flat)"
        r"|we live at|i live at|home is|address is|where i live|post (?:it|them|a \w+)? ?to me at"
        r"|outside my house)[:,]? (?:at |is |at home,? ?)?(?:flat \d+,? "
        rf"|unit \d+,? )?\d{{1,5}}[a-z]? (?:\w+ ){{1,3}}{_STREET}",
        Category.CONTACT,
        severity=Severity.STOP,
    ),
    Sign(
        r"(?:i|we|i've|we've) (?:\w+ )?(?:live|lived|reside|am living|are living|moved|just moved|been living"
        r"|stay) (?:\w+ )?(?:in|at|on|near|above|next to|next door|across from|opposite|outside|off|by|two|three"
        r"|round|around|to|into|behind|down|up|alone in)\b(?! (?:a (?:state of|world|society|time)|an age"
        "|the (?:present|moment|edge|same)|fear|hope|on|from|past|constant|uncertain|times|my head|the (?:next"
        "|new) (?:chapter|clinic|office|premises|site)))",
        _OWN,
    ),
    Sign(
        r"(?:i'm|i am|we're|we are) (?:\w+ )?(?:living|staying|moving|camping|based|stuck|sitting|parked|lying"
        r"|house[- ]sitting) (?:\w+ )?(?:in|at|on|near|above|with|to|outside|next|home|under)\b(?! (?:with (?:the"
        "|a) (?:question|feeling|idea|thought)|on (?:a|the) (?:panel|committee|paper|fence)|in (?:the"
        "|a) (?:middle|meeting|session)|to (?:a new|our new|new)|up|down))",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:\w+ )?(?:grew up|was raised|were raised|was born|were born|spent my childhood"
        r"|went to (?:school|high school)) (?:two|three|a|in|on|at|near|under|around|by|outside)\b(?! (?:to"
        r"|a (?:time|family|household|home|house) (?:where|that|when)|the (?:19|20)?\d0s))",
        _OWN,
    ),
    Sign(
        "(?:in|from|at|near|outside|leave|leaving|back|around|to|of|on|above|behind|by|inside|into"
        rf"|walking) my (?:own |new |old |tiny |little |home )?{_HOME}\b(?! (?:practice|of (?:study|work)"
        "|is in the))",
        _OWN,
    ),
    Sign(
        "my (?:own |new |old |tiny )?(?:hometown|home town|home ?state|front door|street|neighbou?rhood|apartment"
        r"|flat|house|village|backyard|dorm room|new place|rooftop view|kitchen table|bedroom)(?:'s)?\b(?! (?:call"
        "|officer|visit|rules))",
        _OWN,
    ),
    Sign(
        r"(?:our|the) house (?:is|has been|will be|stands|sits) (?:\w+ )?(?:empty|locked|dark|on|near|quiet"
        r"|unattended)\b|house (?:locked up|is empty)|nobody(?:'s| is)? (?:at|in) (?:the|our) house|us gone till",
        _OWN,
    ),
    Sign(
        r"(?:kids|children|son|daughter|twins) (?:are|is|go|goes|starts?) (?:\w+ )?(?:at"
        r"|to) [\w' ]{2,30}(?:elementary|primary|infants|nursery|school|academy|kindergarten|middle|high)\b",
        _OWN,
    ),
    Sign(
        "(?:in|from|near) our (?:town|village|street|back ?yard|garden|kitchen|living room|neighbou?rhood"
        r"|building|house|flat|apartment)\b(?! (?:hall|centre|center|square|library))",
        _OWN,
    ),
    # Where and when.
    Sign(
        "(?:i'm|i am|we're|i'll be|you'll find me|find me|i hide|i sit|i swim|i run|i walk|i jog|i cycle|i row"
        r"|i'm usually|we meet|i climb|i train) (?:\w+ ){0,2}(?:outside|at|in|on|along|by|round|around|the|under"
        r"|behind|up|down|near) (?:[\w'.&-]+ ){0,6}(?:at (?:six|seven|eight|five|\d{1,2}(?:[.:]\d\d)?)"
        "|every (?:morning|day|weekday|saturday|sunday|monday|tuesday|wednesday|thursday|friday|evening|night"
        r"|week)|by (?:six|seven|five|\d)|each (?:morning|day)|mornings|from (?:six|seven|eight|nine|\d)"
        r"|till (?:closing|ten|late|\w+day))",
        _OWN,
    ),
    Sign(
        "(?:on|most|every) (?:morning|mornings|evening|evenings|day|thursdays|mondays|tuesdays|wednesdays|fridays"
        r"|saturdays|sundays),? i(?:'m| am| run| swim| hide| walk| sit| row| jog| cycle)\b",
        _OWN,
    ),
    Sign(
        r"my (?:usual|daily|morning|evening|regular|early|favou?rite) (?:\w+ )?(?:run|loop|route|walk|swim|jog"
        r"|ride|commute|cafe|café|pub|bench|coffee shop)\b",
        _OWN,
    ),
    Sign(
        rf"(?<!\w )(?<!\w, )(?:live |still |back |out )?(?:at|outside|inside|down at|over at) (?!{_NO_PLACE})"
        r"(?:[\w'&-]+ ){1,5}?(?:right now|rn|as we speak|as i (?:type|write) this|just now)"
        r"(?=\s{0,3}(?:[.!?,;:…#@(]|\Z))",
        _OWN,
    ),
    Sign(
        rf"(?<!\w )(?:right now|as we speak)[:,]? (?:at|outside|inside) (?!{_NO_PLACE})(?:the |a |our |my )?"
        r"[\w'&-]{2,20}",
        _OWN,
    ),
    Sign(r"(?:right now|tonight|currently) (?:i'm|we're|i am) (?:\w+ )?(?:at|in|on|front row|outside)\b", _OWN),
    Sign(
        r"(?:front row at|away end|home end|gate [a-z]?\d{1,2}, |seat \d+|block [a-z]\b"
        ")",
        _OWN,
    ),
    Sign(r"📍 ?[^\n#@.!?]{2,50}", _OWN, Reach.WORDS),
    # Origin.
    Sign(
        "(?:i'm|i am|we're|i was|my family is|my family came|i come|my parents came|my mother is|my father is"
        r"|my people are) (?:\w+ )?(?:originally )?from (?!the (?:team|office|clinic|future|school of)"
        "|a (?:generation|background|place of|time))",
        _OWN,
    ),
    Sign(
        "(?:i'm|i am|im|speaking as|me, a|growing up|i grew up) (?:an? |the )?(?:only |proud |fellow |half |part "
        "|first[- ]generation |second[- ]generation |white |black |brown ){0,4}(?:american|canadian|british|english"
        "|scottish|scots|welsh|irish|french|german|dutch|italian|spanish|polish|russian|ukrainian|greek|turkish"
        "|indian|pakistani|bangladeshi|sri lankan|chinese|japanese|korean|vietnamese|filipin[oa]|indonesian"
        "|malaysian|thai|australian|aussie|kiwi|m[aā]ori|nigerian|ghanaian|kenyan|south african|ethiopian|somali"
        "|egyptian|iranian|persian|iraqi|syrian|lebanese|palestinian|israeli|arab|mexican|colombian|brazilian"
        "|chilean|peruvian|cuban|puerto rican|jamaican|haitian|caribbean|latin[oa]|latinx|hispanic|asian"
        "|asian[- ]american|african|african[- ]american|native american|first nations|aboriginal|indigenous|inuit"
        "|roma|romani|european|white|black|brown|mixed[- ]race|biracial|caucasian|immigrant|migrant|refugee|expat"
        "|asylum seeker|scouse|geordie|southerner|northerner|texan|londoner|new yorker|californian)(?: (?:woman"
        "|man|girl|guy|lady|bloke|immigrant|citizen|kid|american|person|mum|mom|dad|psychologist|therapist|doctor"
        "|nurse))?(?=[ .,!?;:)]|$)(?! (?:clients?|patients?|families|psychological|medical|board|college"
        "|association|society|law|english|communit|people who|(?:and )?white|tea|food|dressing|coffee))",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        "(?:as|being) an? (?:proud |fellow |first[- ]generation |white |black |brown ){0,4}(?:american|canadian"
        "|british|english|scottish|welsh|irish|french|german|dutch|italian|spanish|polish|russian|indian"
        "|pakistani|chinese|japanese|korean|filipin[oa]|aussie|kiwi|nigerian|kenyan|south african|mexican"
        "|brazilian|jamaican|latin[oa]|asian|african|aboriginal|indigenous|roma|white|black|brown|mixed[- ]race"
        "|biracial|immigrant|migrant|refugee|expat|northerner|southerner|texan|londoner)(?: (?:woman|man|girl|guy"
        r"|immigrant|person|mum|mom|dad|clinician|therapist|doctor|nurse))?,? (?:i|i'm|i've|my|and)\b",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        r"(?:sworn in as|became) an? (?:\w+ )?(?:citizen|american|canadian|australian|briton)\b|(?:american"
        "|canadian|british|australian|german|irish) citizen (?:as of|since|now)|(?:became"
        r"|only became) a citizen\b|(?:pakistani|british|indian|irish|polish|us|american) passport\b(?! (?:office"
        r"|control))|(?:having been|i was|being) born in\b",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        r"#(?:wanderlust|vacation\w{0,6}|holidaymode|travel(?:gram|ling|ing|life)?|roadtrip\w{0,6}|vanlife"
        r"|beachlife|beachday|islandlife|lakelife|homesweethome|hometown|onholiday|holidays\d+|staycation"
        r"|weekendaway|jetlag\w{0,4}|cruise|\w{3,14}bound(?!ar)|\w{2,10}weeksin\w{3,14}|familyvacation"
        r"|summervacation|springbreak\w{0,4}|travelling|travel|\w{2,12}trip)\b",
        _OWN,
        Reach.TAGS,
    ),
    Sign(
        r"(?:i|we) (?:used to live|used to work in|went to school|spent (?:a|the|two|three|\d+) (?:week|weekend"
        "|month|year|summer|day|night|few days)s?|have family|have a (?:cabin|cottage|place|house)|own a (?:cabin"
        "|cottage|place|house)|want to move|am moving|are moving|have nowhere to go|have been to"
        r"|go to school)\b(?= (?:in|at|near|not|on|to|out|by|up|\d)|[.!]?$)",
        _OWN,
    ),
    Sign(
        "(?:kicked|moved|thrown) (?:me )?out (?:of (?:the|my|our) (?:house|home|flat|apartment))?|(?:about to"
        r"|going to) (?:go|fly|drive) to (?:vegas|the beach|disney\w*|hawaii|mexico|florida|spain|italy|france"
        r"|paris|london|new york|bali)\b",
        _OWN,
    ),
)
_TRIPS = Signs(
    Sign(
        r"(?:i'm|we're|i am|we are|and|then|now|finally|us|me|i'll be|we'll be) (?:\w+ )?(?:off to|away to|away in"
        "|heading (?:to|home to|back to|for)|headed (?:to|home|back)|flying (?:to|out|home|back)|jetting off"
        "|bound for|driving (?:to|up|down|out|home)|travelling (?:to|through|in)|traveling (?:to|through|in)"
        "|on (?:holiday|vacation|leave|our way|my way|a plane|the train|the bus|the ferry|the beach|the river"
        "|annual leave|a cruise|safari)|camping|hiking|backpacking|road[- ]tripping|at (?:the (?:beach|lake|cabin"
        "|airport|pub|bar|gym|cinema|park|mall|zoo|stadium|game|match|gate|sea|seaside|hotel|corner|races"
        r"|folks'? place)|home\b|my (?:desk|parents|mum's|mom's|in-laws)))",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:off to|heading (?:to|home|back)|headed (?:to|home|back)|back from|flying to|jetting off"
        "|greetings from|writing from|sent from (?!my iphone)|hello from|postcard from|bound for"
        "|landed in|arrived in|on my way to|on the way to|on our way|en route to|road ?trip|checking in"
        "|checked in|dialling in from|dialing in from|this is me in|currently in|currently at"
        "|chilling at|chillin at|hanging (?:out )?(?:at|in)|stuck in traffic|waiting at the airport"
        r"|at the airport|touchdown|last night (?:at|in)|last nite (?:at|in)|(?:last|past) few days in)\b",
        _OWN,
    ),
    Sign(
        r"(?:my|our|my last|our last|my first|our first) (?:\w+ )?(?:holiday|holidays|vacation|cruise"
        "|honeymoon suite|road ?trip|roadtrip|weekend away|city break|camping trip|trip|flight|getaway|staycation"
        r"|sabbatical in|time in \w+|journey home)\b(?! (?:cover|closures?|hours|reading|schedule|policy|leave"
        "|party))",
        _OWN,
    ),
    Sign(
        "(?:last|this) (?:weekend|week|summer|month|time last year|time next week|spring|winter|easter"
        r"|christmas) (?:i|we|i'm|we're|i was|we were) (?:\w+ )?(?:in|at|to|went|flew|drove|visited)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|we|i've|we've) (?:\w+ )?(?:visited|flew to|drove to|went (?:back )?to the (?:beach|sea|cinema|pub"
        "|lake|gym|zoo|park|game|match|coast|mountains|movies|fair)"
        "|landed (?:in|at)|arrived (?:in|at)|travelled|traveled|toured|hiked|climbed|stayed at|checked (?:in"
        "|into)|camped|walked (?:round|around|along|to|through) (?!the (?:process|steps|data))|moved (?:to|back"
        "|in|out|from|into)(?! (?:the next|a new (?:clinic|office|model)|private|practice)))",
        _OWN,
    ),
    Sign(
        r"(?:born and (?:bred|raised)|i was raised|raised) (?:in|on|by|near|outside|two|three)\b(?! (?:this"
        "|in (?:the|your) (?:meeting|session)|the (?:issue|question|point)))",
        _OWN,
    ),
    Sign(r"(?<!\w )(?:just|recently|finally) moved (?:in|to|house|home|into|back)\b", _OWN),
    Sign(
        r"(?:i'm|i am|i'll be|we're|we'll be) (?:\w+ )?(?:camping|under canvas|in the (?:van|tent|caravan"
        "|campervan)|at a (?:wedding|funeral|party|gig|festival|spa|hotel|concert|christening|barbecue)|in (?:goa"
        "|bali|spain|france|italy|greece|portugal|mexico|hawaii|cornwall|thailand|florida)|skiing|sailing"
        r"|on the (?:slopes|island|coast))\b",
        _OWN,
    ),
    Sign(
        r"(?<!\w )in [a-z]{3,14} (?:till|until) (?:the )?(?:\d|mon|tue|wed|thu|fri|sat|sun|next|january|february"
        "|march|april|may|june|july|august|september|october|november|december)",
        _OWN,
        is_name=True,
    ),
)
_CHECK_IN = compile(
    r"(?:(?<=\s)|^)\(?@ (?=[A-Z0-9])[^\n#@()]{2,60}?(?=…|\)|\s?[#@\n]| - |[!?]|\.\s|\.?$)"
    r"|\bat @\w{1,30} in [A-Z][\w .]{1,25}(?:, [A-Z]{2})?",
    case=True,
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    text = fold(sentence.text)
    home = _own_home(text, surroundings.home_address)
    if home is not None:
        yield home
    if surroundings.language != ENGLISH:
        return
    for match in _AT_HOME.finditer(text):
        if home is None and not _WORKING.search(match.group()):
            home = Hit(match.start(), match.end(), Category.CONTACT, Severity.STOP)
            yield home
    found = list(_SIGNS.find(sentence, surroundings))
    trips = list(_TRIPS.find(sentence, surroundings))
    if trips and not _GATHERING.search(text):
        found += trips
    for hit in found:
        words = text[hit.start : hit.end]
        if home is not None and hit.start < home.end and home.start < hit.end:
            continue
        if hit.category is _SELF and words.startswith("growing up") and not says_i(text):
            continue
        if hit.category is _OWN and _WORKING.search(words):
            continue
        yield hit
    for match in _CHECK_IN.finditer(sentence.text):
        start = match.start() + (sentence.text[match.start()] == "(")
        yield Hit(start, len(sentence.text[: match.end()].rstrip()), _OWN)


def _own_home(text: str, home_address: str) -> Hit | None:
    """The home address of the settings, where its first line stands in the folded text."""
    line = fold(home_address.split(",")[0].split("\n")[0]).strip()
    if len(line) < 6:
        return None
    start = text.find(line)
    return None if start < 0 else Hit(start, start + len(line), Category.CONTACT, Severity.STOP)


RULE = Rule(
    id="S8",
    find=_find,
    hits=(
        "Come by, 14 Larkfield Road, the blue door.",
        "Off to Crete till the 9th.",
        "I run the canal path at six every morning.",
        "Our kids are at Hillbrook Elementary.",
        "I live two doors down from the bakery.",
        "I grew up in Tarnby, where the ferry never ran on time.",
        "Greetings from a wet campsite in Wales.",
        "We're off to the coast for the long weekend.",
        "Watching the rain from my balcony.",
        "Sunset @ Pier 39, San Francisco",
        "Best chips in town 📍 The Crooked Anchor",
        "I just moved in above the chemist.",
        "We flew to Oslo for the light.",
        "As a Canadian I apologise to chairs.",
        "I'm originally from Cork.",
        "House is empty, so the cat is in charge: our house is empty all week.",
        "My usual loop takes me past the lock.",
        "Tonight I'm at the stadium.",
    ),
    near_misses=(
        "Our new office is at 12 Elm Street.",
        "Office closed 3 to 9 July.",
        "The workshop is at Hillbrook Library.",
        "The group meets on Tuesdays at six.",
        "I'm speaking at the congress in Bergen.",
        "Find us at the booth in Hall B.",
        "I will be away from the office until 16 August.",
        "We moved to a new clinic on Birch Avenue.",
        "Heading to the conference in Leeds.",
        "Home visits are for people who cannot travel.",
        '"I live alone" is a fact, not a diagnosis.',
        "Children who grew up in care are under-served.",
        "Indian patients in our trial were younger.",
        "If I live in another state, can you see me?",
        "@northernpsych thank you for the link.",
    ),
    any_language=True,
)
