"""C7: the "disguised" case story, the case put up for discussion, the client's own letter."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "I once had a client, let's call him Oskar, who slept under his desk.",
    "Names changed, but this is exactly how it went.",
    "Case: 34M, OCD, two years with me.",
    "A former patient's letter, shared with love.",
    "Let's call her Ines.",
    "Details altered to protect a very real person.",
    "Case of the week: 61F, sudden deafness, nothing on the scan.",
    'This card came to the clinic: "You were the first to believe me."',
    'A text from a client: "I did it, I took the bus."',
    "I'll call him Peter, because that is nothing like his name.",
    # written after it
    "Guess the diagnosis: male, 52, farmhand, fever and a black spot on the arm.",
    "Case for discussion: 27F, panic, nurse, lives with her parents.",
    "Let me tell you about a night porter, I'll call him Sam.",
    'Found under my door: "Dear Doctor, I said all my S\'s at the wedding."',
    "Names and a few details have been changed.",
    'Reading this aloud at the team meeting: "Because of you I sleep in a bed again."',
    "He would hate me telling this, so I'll change the job.",
)
NEAR_MISSES = (
    # written before the rule
    "Freud's Dora was eighteen when she left.",
    "In the film, the therapist breaks every rule.",
    "Composite example, no real person: a man who cannot say no.",
    "The published case of Mr. K. (Hartmann, 1999) is still worth reading.",
    "Let's call it what it is: a staffing crisis.",
    "Case management vacancies close on Friday.",
    "Our names changed when the two trusts merged.",
    "This card game helps children name feelings.",
    'A letter to our members: "The fee stays the same."',
    "Case reports are welcome until 1 June.",
    # written after it
    "Just in case: the crisis line is open all night.",
    'The text of the new act is online: "Every patient has a right to a copy."',
    "Quiz case 4, written by the editors, is out.",
    'We asked the same question in every interview: "What helped?"',
    'Write a card to yourself: "You were doing your best."',
    "Call her office if you need a receipt.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that offers one person's story, however disguised."""
    text = sentence.text
    spans = [care.clause(text, found.start("from")) for found in _STORIES.finditer(text)]
    for found in _LETTERS.finditer(text):
        close = text.rfind('"')
        spans.append((found.start("from"), max(found.end(), close + 1)))
    if not spans or not care.is_told_as_story(sentence, around):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_AGE_SEX = r"(?:\d{1,2}\s?(?:[MF]\b|yo\b|y/o\b|-?\s?year)|(?:male|female|man|woman|boy|girl),?\s+(?:aged\s+)?\d{1,2}\b)"
_STORIES = grammar.Patterns(
    grammar.compile(
        r"\b(?P<from>(?:[^.!?:;]{0,80},\s+)?(?:let's|we'll|i'll|i\s+will|i\s+shall|let\s+us|we\s+shall"
        r"|shall\s+we|i)\s+call(?:ed)?\s+(?:her|him|them)\s+(?!back|out|on|up|in\s|when|if|after|to\b"
        r"|tomorrow|today|later)[A-Z]?\w+)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:names?|details|some\s+details|identifying\s+details|the\s+names?"
        r"|name)(?:\s+and\s+(?:a\s+few\s+|some\s+)?details)?\s+(?:have\s+been\s+|has\s+been\s+|are\s+"
        r"|is\s+|were\s+)?(?:changed|altered|swapped|disguised|withheld)(?!\s+when|\s+(?:his|her|its"
        r"|their)\s+name))(?<!our\snames\schanged)(?!\"?\s+(?:is|are)\s+not)"
    ),
    grammar.compile(
        r"(?P<from>\bcase(?:\s+(?:of\s+the\s+(?:week|day|month)|for\s+discussion|study|discussion|vignette"
        rf"|conference|question))?\s*(?:\d\s*)?:\s*[^.!?\n]{{0,60}}?\b{_AGE_SEX}"
        rf"|\bguess\s+the\s+diagnosis\b[^.!?]{{0,40}}{_AGE_SEX}|^{_AGE_SEX}[^.!?]{{0,60}}\b(?:GAD|OCD|PTSD"
        r"|MDD|BPD|ADHD|panic|fever|pain|rash|presents?|presenting|presented|admitted|referred)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:he|she|they)(?:'d|\s+would)\s+(?:hate|kill|forgive)\s+me\s+(?:for\s+)?(?:telling"
        r"|sharing|saying|posting)\b)"
    ),
    grammar.compile(
        r"\b(?P<from>(?:i'll|i\s+will|i've|i\s+have)\s+(?:swap|swapped|change|changed|alter|altered"
        r"|disguise|disguised)\s+(?:the|his|her|their)\s+(?:job|name|age|details|town|sex|gender))"
    ),
)
_LETTERS = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\bmy\s+(?:inbox|voicemail|dms?|phone|answerphone)\b(?:\s+(?:at|this|last|on|today"
        r"|tonight)[\w\s.:]{0,20})?:\s*\"[^\"]{3,400})"
    ),
    grammar.compile(
        r"\b(?P<from>(?:a|an|one|this|my|the)\s+(?:former|ex-?|old|past)?\s*-?(?:patient"
        r"|client)'s\s+(?:letter|card|poem|drawing|email|note|words|text|message|story)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:(?:this|a|the|another|my)\s+)?(?:thank-?you\s+)?(?:card|note|letter|postcard|email"
        r"|e-mail|text|message|voicemail|dm|inbox|screenshot|drawing|picture"
        r"|review)\b[^\".!?]{0,90}?\b(?:clinic|office|mailbox|inbox|door|desk|patient|client"
        r"|from\s+a\s+(?:client|patient|former|young|woman|man|mum|mom|dad|teen|kid)|smile|today"
        r"|this\s+morning|overnight|last\s+night|at\s+\d)[^\".!?]{0,50}[:,]\s*\"[^\"]{0,400}\b(?:I|i|my|me"
        r"|you|u)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:found|taped|left|waiting|pinned|landed|slipped|stuck)\b[^\".!?]{0,50}\b(?:my|our"
        r"|the)\s+(?:office\s+|clinic\s+)?(?:door|desk|mailbox|inbox|windscreen|pigeonhole|counter|mat"
        r"|letterbox)\b[^\".!?]{0,40}:\s*\"[^\"]{0,400})"
    ),
    grammar.compile(
        r"(?P<from>\"[^\"]{0,200}\b(?:because\s+of\s+you|you\s+(?:told|believed|helped|saved"
        r"|never\s+gave\s+up|were\s+the\s+first)|thank\s+you\s+for|thanks\s+to\s+you|hi\s+doc|dear\s+(?:dr"
        r"|doctor|doc|speech|miss|nurse))\b)"
    ),
)

RULE = Rule("C7", find, HITS, NEAR_MISSES, needs=grammar.Patterns(*_STORIES, *_LETTERS))
