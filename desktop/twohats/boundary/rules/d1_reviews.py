"""D1: asking clients for reviews or testimonials."""

import re
from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Severity

HITS = (
    # written before the rule
    "Happy clients, please review us on Google!",
    "Share how I changed your life in the comments.",
    "Leave us five stars and get a free session.",
    "Tag me if I helped you.",
    "Past patients, tell everyone what our team did for you.",
    "If therapy with me has helped, would you leave a review?",
    "We are two short of fifty reviews, you know what to do.",
    "Send us a short video saying what you loved about your care.",
    "Rate us and take ten euros off your next visit.",
    "Write a testimonial and win a hamper.",
    # written after it
    "A Google review from you would mean the world to this little clinic.",
    "Don't be shy, give the practice five stars!",
    "Tell the world in the comments how physio gave you your life back.",
    "Former clients, film thirty seconds on how we saved your marriage.",
    "Drop a review on our page, it takes a minute.",
    "We would love a five-star review from any family we've looked after.",
)
NEAR_MISSES = (
    # written before the rule
    "Read our policy on reviews.",
    "Rate this podcast episode wherever you listen.",
    "A workshop feedback form for attendees is in the chat.",
    "Why we never ask clients for reviews.",
    "Our systematic review of reviews is out.",
    "Leave a comment with your favourite textbook.",
    "Peer review is a gift to authors.",
    "Please don't feel you owe us a review.",
    "The five stars of sleep hygiene, explained.",
    "Tell your doctor what helped you before.",
    # written after it
    "Testimonials are forbidden in health advertising, and rightly so.",
    "We cannot reply to reviews, for privacy's sake.",
    "Review your medication with a pharmacist once a year.",
    "Tag a colleague who needs this checklist.",
    "Leave us a message and the desk will ring back.",
    "If you are a client, please never write us a testimonial.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every request for a review, a rating or a testimonial."""
    text = sentence.text
    spans = [(found.start("from"), _end(text, found)) for found in _REQUESTS.finditer(text)]
    if not spans or _REFUSING.search(text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end, severity=Severity.STOP)


def _end(text: str, found: re.Match[str]) -> int:
    return max(found.end(), care.clause(text, found.start("from"))[1])


_ASK = r"(?:leave|write|drop|give|post|pop|add|share|send|put\s+up|do\s+us|spare|rate|submit)"
_THING = (
    r"(?:reviews?|ratings?|testimonials?|(?:5|five)[\s-]*stars?|google\s+reviews?|stars\s+on\s+google"
    r"|kind\s+words\s+on\s+(?:google|facebook|yelp))"
)
_REQUESTS = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\b(?:(?:happy|past|former|current|dear|to\s+(?:all\s+)?(?:my"
        r"|our))\s+(?:and\s+\w+\s+)?(?:clients|patients|families|mums)[^.!?]{0,40}?)?\b(?:please\s+"
        r"|kindly\s+|would\s+you\s+(?:\w+\s+){0,6}?|could\s+you\s+(?:\w+\s+){0,6}?"
        rf"|don't\s+be\s+shy,?\s+)?{_ASK}\s+(?:me|us|our\s+\w+|the\s+(?:clinic|practice|team))?\s*(?:a\s+"
        r"|an\s+|your\s+|some\s+|with\s+)?(?:quick\s+|short\s+|nice\s+|lovely\s+|honest\s+|google\s+"
        rf"|glowing\s+)*{_THING})"
    ),
    grammar.compile(
        r"(?P<from>\b(?:(?:happy|past|former|current)\s+(?:clients|patients),?\s+(?:please\s+)?)?(?:review"
        r"|rate)\s+(?:us|me|our\s+(?:clinic|practice|service)|the\s+(?:clinic|practice))\b(?!\s+of))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:share|tell|post|say|write|film|comment|record)\b[^.!?]{0,60}?\b(?:how|what"
        r"|about\s+how|why)\s+(?:i|we|our\s+\w+|my\s+\w+|therapy\s+with\s+(?:me|us)|physio"
        r"|working\s+with\s+(?:me|us)|treatment|this\s+(?:clinic|practice)"
        r"|you\s+loved)\s+(?:\w+\s+){0,3}?(?:changed|helped|saved|healed|gave|did|fixed|transformed|loved"
        r"|turned|about)\b)"
    ),
    grammar.compile(
        r"(?P<from>\btag\s+(?:me|us|the\s+(?:clinic|practice))\b[^.!?]{0,50}\b(?:helped|changed|therapy|saved|life))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:happy|past|former|current)\s+(?:and\s+\w+\s+)?(?:clients"
        r"|patients)\b,?[^.!?]{0,60}\b(?:you\s+know\s+what\s+to\s+do|tell\s+(?:everyone|the\s+world"
        r"|people)|stars|testimonial|shout\s+about\s+us))"
    ),
    grammar.compile(r"(?P<from>\b(?:reviews?|stars)\b[^.!?]{0,20},\s+you\s+know\s+what\s+to\s+do)"),
    grammar.compile(
        r"(?P<from>\b(?:send|film|record|shoot)\s+(?:me|us)?\s*(?:a\s+)?(?:[\w-]+\s+){0,3}?(?:video|clip"
        r"|seconds)\s+(?:saying|on|about|of)\s+(?:how|what|why)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:a\s+)?(?:google\s+|five-star\s+|5-star\s+|kind\s+)review\s+from\s+(?:you|any|our"
        r"|every)|\b(?:would\s+love|love|need|want|after|grateful\s+for|appreciate)\s+(?:a|an|your|some"
        rf"|more|your\s+honest)\s+(?:\w+\s+)?{_THING})"
    ),
    grammar.compile(
        r"(?P<from>\b(?:tell\s+everyone|tell\s+the\s+world|tell\s+us)\s+(?:how"
        r"|what)?\s*(?:in\s+the\s+comments)\b[^.!?]{0,60})"
    ),
)
_REFUSING = grammar.compile(
    r"\b(?:never|don't|do\s+not|won't|can't|cannot|not\s+allowed|forbid\w*|no\s+need|owe|policy\s+on"
    r"|why\s+(?:we|you)|systematic|peer\s+review|podcast|episode|workshop|webinar|attendees|course"
    r"|this\s+(?:book|app))\b(?!\s+be\s+shy)"
)

RULE = Rule("D1", find, HITS, NEAR_MISSES, needs=_REQUESTS)
