"""D6: praise that may have been paid for, without saying so."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "Use my code QUIET15 at the checkout.",
    "Loving this sleep app they sent me.",
    "Get 20% off with my link.",
    "Thanks to Restwell for the free mattress, best sleep in years.",
    "My affiliate link is in the bio.",
    "Swipe up for my discount on these journals.",
    # written after it
    "Code SPRING gets you ten per cent off my favourite planner.",
    "This tea brand kindly gifted me a month's supply.",
    "Sign up through my referral link and we both get a month free.",
    "They sent me this light lamp to try and I adore it.",
)
NEAR_MISSES = (
    # written before the rule
    "Ad: paid partnership with Restwell.",
    "I was paid for this talk.",
    "Use code 2 on the door to enter the building.",
    "Our code of ethics is online.",
    "No company paid for this post.",
    # written after it
    "The referral link is on the service website.",
    "The publisher sent me the proofs of our book.",
    "Members get 20% off the conference.",
    "#ad Use my code QUIET15 at the checkout.",
    "Billing code 90837 is for fifty-three minutes.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every code, gift or affiliate link that no word of payment stands beside."""
    text = sentence.text
    spans = [(found.start(), found.end()) for found in _SIGNS.finditer(text)]
    if not spans or any(_DISCLOSED.search(part) for part in (text, around.before, around.after)):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_SIGNS = grammar.Patterns(
    grammar.compile(
        r"\b(?:[Uu]se|[Ww]ith|[Ee]nter)\s+(?:my\s+)?(?:discount\s+"
        r"|promo\s+)?[Cc]ode\s+[A-Z][A-Z0-9]{3,15}\b|\b[Cc]ode\s+[A-Z]{3,12}\d{0,3}\s+(?:gets|gives|for"
        r"|saves)\b[^.!?]{0,60}",
        case=True,
    ),
    grammar.compile(
        r"\b(?:with|through|via|use|using)\s+my\s+(?:affiliate\s+|referral\s+|discount\s+)?(?:link|code)\b"
        r"|\bmy\s+(?:affiliate|discount|referral|promo)\s+(?:link|code)\b|\bmy\s+discount\s+on\b"
    ),
    grammar.compile(
        r"\b(?:this|these|the)\s+(?:[\w-]+\s+){1,4}?(?:they|she|he|who)\s+(?:kindly\s+)?sent\s+me\b"
        r"|\bthey\s+sent\s+me\s+(?:this|these|a)\b[^.!?]{0,60}|\b(?:kindly\s+)?gifted\s+me\s+(?:a|an|this"
        r"|some|their)\b[^.!?]{0,40}"
    ),
    grammar.compile(r"\bthanks\s+to\s+\w+\s+for\s+(?:the|my)\s+(?:free|complimentary|gifted)\s+\w+"),
)
_DISCLOSED = grammar.compile(
    r"#ad\b|#sponsored\b|\bad:|\bpaid\s+partnership\b|\bsponsored\b|\bi\s+was\s+paid\b"
    r"|\bno\s+company\s+paid\b|\bpaid\s+promotion\b|\bi\s+declare\b"
)

RULE = Rule("D6", find, HITS, NEAR_MISSES, needs=_SIGNS)
