"""D3: drawing clients or readers into friendship or private chat."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Severity

HITS = (
    # written before the rule
    "Clients, add me on Facebook!",
    "DM me your story.",
    "WhatsApp me any time, day or night.",
    "Let's be friends here.",
    "My inbox is open, let's just chat.",
    "Patients past and present, send me a friend request.",
    "If you need someone to talk to, PM me.",
    "Clients who game, join my server and we'll play a round.",
    "Message me privately and I'll say what I think it is.",
    "Join our private group chat if you're a client of mine.",
    # written after it
    "Text me tonight if you can't sleep, no appointment needed.",
    "My DMs are always open for anyone who is hurting.",
    "I'm always here to chat, just email me when you need a friend.",
    "Former patients, follow my personal page and stay close.",
    "Add me on Snap so we can talk between sessions.",
)
NEAR_MISSES = (
    # written before the rule
    "Please do not use messages for appointments; call the office.",
    "Colleagues, connect with me on LinkedIn.",
    "Follow the practice page.",
    "I don't accept friend requests from clients.",
    "Message the front desk to move a slot.",
    "DM for the slides.",
    "Clients can message the office line.",
    "Friends matter after a loss.",
    "Text HOME to the crisis line.",
    "We never chat about care on social media.",
    # written after it
    "Email me for the reading list.",
    "Students, message me about the placement.",
    "DM me if you want to write a chapter.",
    "Why I won't add clients on Facebook.",
    "The group chat for staff moves to the new system.",
    "Let's be friends with our own bodies.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every invitation into a private channel; one that names clients stops the post."""
    text = sentence.text
    spans = [
        care.clause(text, found.start("from"))
        for found in _INVITATIONS.finditer(text)
        if not _OF_ONE_OTHER.search(text[: found.start("from")])
    ]
    if not spans or _REFUSING.search(text) or _COLLEGIAL.search(text):
        return
    severity = Severity.STOP if _CLIENTS.search(text) else Severity.WARN
    for start, end in care.overlapping(spans):
        yield Hit(start, end, severity=severity)


_SERVICE = (
    r"(?:facebook|fb|insta(?:gram)?|snap(?:chat)?|whatsapp|kik|telegram|discord|tiktok|messenger"
    r"|signal|steam|my\s+personal\s+\w+|my\s+private\s+\w+)"
)
_INVITATIONS = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\b(?:(?:(?:current|past|former|my|our|all\s+my|ex-)\s*(?:and\s+\w+\s+)?)?(?:clients"
        r"|patients|ex-patients)\b[^.!?]{0,40}?)?\b(?:add|friend|follow|find|snap|join)\s+me\s+(?:on"
        rf"|over\s+on|at)\s+{_SERVICE})"
    ),
    grammar.compile(r"(?P<from>\bsend\s+me\s+a\s+friend\s+request\b)"),
    grammar.compile(
        r"(?P<from>\b(?:whatsapp|text|dm|pm|message|snap|call|ring|email|e-mail"
        r"|inbox)\s+me\b[^.!?]{0,40}?\b(?:any\s*time|any\s+hour|day\s+or\s+night|tonight|privately"
        r"|your\s+(?:story|symptoms|secrets|struggles|feelings|pictures?|pics)|when\s+you\s+need"
        r"|if\s+you\s+(?:can't\s+sleep|need|feel|are\s+(?:low|sad|lonely|hurting))|need\s+a\s+friend"
        r"|just\s+to\s+(?:chat|talk)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:if\s+you\s+need\s+(?:a\s+friend|someone\s+to\s+talk\s+to|a\s+listening\s+ear"
        r"|to\s+talk)[^.!?]{0,40},?\s+(?:just\s+)?(?:pm|dm|message|text|email|whatsapp)\s+me"
        r"|if\s+you\s+need\s+someone\s+to\s+talk\s+to,?\s+i'm\s+(?:here|ready)))"
    ),
    grammar.compile(
        r"(?P<from>\blet's\s+be\s+(?:friends|mates|pals)\b(?!\s+with)(?=[^.!?]{0,30}(?:here|online|on\s|[.!]|$)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:my|the)\s+(?:inbox|dms?|messages|pms?)\s+(?:is"
        r"|are)\s+(?:always\s+)?open\b(?!\s+(?:for|to)\s+(?:collab\w*|colleagues|students|speaking"
        r"|commissions|offers|feedback|corrections)))"
    ),
    grammar.compile(r"(?P<from>\b(?:message|dm|pm|write\s+to|write|text)\s+me\s+privately\b)"),
    grammar.compile(
        r"(?P<from>\b(?:clients|patients)\s+(?:who\s+\w+|past\s+and\s+present"
        r"|old\s+and\s+new),?\s+(?:jump\s+in|join|add|come|hop|send|follow)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:join|hop\s+into|jump\s+into)\s+(?:my|our)\s+(?:private|secret)\s+(?:group\s+chat"
        r"|chat|group|server|whatsapp\w*)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:former|past|current|ex-)\s*(?:clients|patients),?\s+(?:please\s+)?(?:follow|add"
        r"|friend|find)\s+(?:me|my\s+personal)\b)"
    ),
    grammar.compile(r"(?P<from>\b(?:i'm|i\s+am|always)\s+(?:always\s+)?here\s+to\s+chat\b)"),
)
_OF_ONE_OTHER = grammar.compile(r"\b(?:that|this)\s+(?:[\w-]+\s+){1,2}(?:can|could|may)\s+$")  # "that actor can"
_CLIENTS = grammar.compile(r"\b(?:clients?|patients?|ex-patients|between\s+sessions|mums\s+past\s+and\s+present)\b")
_REFUSING = grammar.compile(
    r"\b(?:don't|do\s+not|never|won't|cannot|can't\s+accept|not\s+accept|why\s+i\s+won't|please\s+avoid)\b(?!\s+sleep)"
)
_COLLEGIAL = grammar.compile(
    r"\b(?:colleagues|students|supervisees|linkedin|slides|chapter|reading\s+list|placement|applicants"
    r"|cpd|collaborat\w+)\b"
)

RULE = Rule("D3", find, HITS, NEAR_MISSES, needs=_INVITATIONS)
