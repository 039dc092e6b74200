"""D5: promises and puffery."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "Guaranteed anxiety-free in four sessions.",
    "I am the best psychologist in Ohio.",
    "Our method cures PTSD.",
    "100 % success with smokers.",
    "Ringing gone in ten days or your money back.",
    "I will fix your marriage in one weekend.",
    "The only therapy that works, and only we offer it.",
    "Never feel depressed again after six weeks with me.",
    "Permanent relief from back pain, guaranteed.",
    "My approach eliminates panic attacks for good.",
    # written after it
    "We promise a pain-free life after three visits.",
    "Voted the number one dentist in Leeds, and nobody else comes close.",
    "Our clinic has a 98% cure rate.",
    "Heal your trauma in a single session.",
    "Nobody else in the county can offer this cure.",
)
NEAR_MISSES = (
    # written before the rule
    "Most people improve in trials.",
    "Evidence-based care for PTSD.",
    "No honest clinician can guarantee a result.",
    "There is no cure for grief, and it needs none.",
    "The trial reported a cure rate of 40%.",
    "Beware of anyone who promises a cure.",
    "The best therapist is the one you can talk to.",
    "We can't promise results, but we do promise to listen.",
    "Your data are guaranteed to stay on our servers.",
    "Can hypnosis cure smoking? What the trials say.",
    # written after it
    "Antibiotics cure strep throat in most cases.",
    "Sleep is the best medicine we have for mood.",
    "We fixed the lift.",
    "If a clinic guarantees success, walk away.",
    "A guaranteed place on the course costs 50 euros.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every promise of a cure and every claim to be the best."""
    text = sentence.text
    spans = [care.clause(text, found.start("from")) for found in _CLAIMS.finditer(text)]
    if not spans or _SOBER.search(text) or grammar.is_question(text) or grammar.is_citation(text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_ILL = (
    r"(?:anxiety|depression|depressed|anxious|panic(?:\s+attacks)?|ptsd|trauma|ocd|insomnia|pain"
    r"|back\s+pain|tinnitus|ringing|addiction|smoking|smokers|phobias?|migraines?|adhd|marriage|stress"
    r"|grief|autism|cancer|diabetes|weight)"
)
_TRADE = (
    r"(?:psychologist|therapist|counsellor|counselor|psychiatrist|doctor|dentist|physio"
    r"|physiotherapist|midwife|surgeon|clinic|practice|coach|hypnotherapist|chiropractor|gp"
    r"|nutritionist|dietitian)"
)
_METHOD = (
    r"(?:(?:this|my|our|the)\s+(?:[\w-]+\s+){0,2}?(?:method|approach|programme|program|course|therapy|technique|protocol|app"
    r"|treatment|tool|sessions?|retreat)|it|emdr|hypnosis|hypnotherapy|neurofeedback|reiki|brainspotting|tapping)"
)
_CLAIMS = grammar.Patterns(
    grammar.compile(
        rf"(?P<from>\bguarantee[ds]?\b[^.!?]{{0,60}}\b(?:free|cure[ds]?|results?|relief|success|recovery|{_ILL})\b)"
    ),
    grammar.compile(
        rf"(?P<from>\b(?:{_ILL}|relief|results|success|cure|recovery|smoke)[\w\s,-]{{0,40}}?,?\s+guaranteed\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:i'm|i\s+am|we're|we\s+are|voted)\s+(?:simply\s+)?the\s+(?:best|number\s+one"
        rf"|no\.?\s?1|leading|top|finest|most\s+\w+)\s+{_TRADE}\b|\bthe\s+best\s+{_TRADE}\s+(?:in"
        r"|this\s+side\s+of)\s+(?!the\s+(?:world|film|room))[A-Z]?\w+)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:(?:i|we)\s+(?:will\s+)?|(?:my|our)\s+(?:\w+\s+){1,2})(?:cures?|heals?"
        rf"|eliminates?|erases?|fix(?:es)?|ends?)\s+(?:your\s+|all\s+)?{_ILL}\b)"
    ),
    grammar.compile(
        rf"(?:^|[.!?:;,–—]\s+|\b(?:and|that|which)\s+)(?P<from>(?:{_METHOD}\s+)?(?:really\s+|actually\s+|completely\s+)?"
        rf"(?:cures|heals|eliminates|erases|banishes|stops|ends|fixes)\s+(?:your\s+|all\s+|any\s+)?{_ILL}"
        rf"(?:\s+and\s+{_ILL})?(?:\s+(?:for\s+good|forever|for\s+ever|fast|permanently|in\s+[\w\s]{{1,20}}|within"
        r"\s+[\w\s]{1,20}))?)(?=\s{0,3}(?:[.!;:#]|$))"
    ),
    grammar.compile(
        rf"(?P<from>\b{_ILL}\s+(?:is\s+|are\s+)?(?:cured|healed|gone|erased|eliminated|beaten|fixed)\s+(?:for\s+(?:good|ever)"
        r"|forever|in\s+(?:a|an|one|two|three|four|five|six|ten|just|under|only|\d+)\b))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:100|99|98|97|96|95)\s?(?:%|per\s?cent|percent)\s+(?:success|cure|effective"
        r"|recovery|satisfaction|results)\b)"
    ),
    grammar.compile(r"(?P<from>[^.!?]{0,40}\bor\s+your\s+money\s+back\b)"),
    grammar.compile(r"(?P<from>\bnever\s+(?:feel|be|suffer|have)\s+(?:\w+\s+){0,3}?again\s+after\b)"),
    grammar.compile(
        rf"(?P<from>\b(?:heal|cure|fix|erase|end|beat|banish)\s+(?:your|all)\s+{_ILL}\s+(?:in|with"
        r"|after)\s+(?:a\s+single|one|two|three|just|\d+)\b)"
    ),
    grammar.compile(
        r"(?P<from>\bthe\s+only\s+(?:therapy|treatment|method|cure|clinic)\s+that\s+(?:really\s+|actually\s+)?works\b)"
    ),
    grammar.compile(r"(?P<from>\bnobody\s+else\s+in\s+[\w\s]{2,20}\s+(?:can\s+)?offers?\s+this\b)"),
    grammar.compile(
        r"(?P<from>\b(?:we|i)\s+promise\s+(?:a\s+|you\s+)?(?:\w+-free|cure|a\s+cure|results|relief"
        rf"|full\s+recovery|you'll\s+be\s+{_ILL})\b)"
    ),
)
_SOBER = grammar.compile(
    r"\b(?:no\s+(?:honest|one|cure|therapist|clinician)|can't\s+promise|cannot|can't\s+guarantee"
    r"|beware|trial|trials|study|walk\s+away|anyone\s+who|not\s+a\s+cure|isn't\s+a\s+cure|if\s+(?:a|an"
    r"|any)\b|reported|myth)\b"
)

RULE = Rule("D5", find, HITS, NEAR_MISSES, needs=_CLAIMS)
