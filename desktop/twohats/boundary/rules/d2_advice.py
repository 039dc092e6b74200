"""D2: a diagnosis or an order of treatment given to one person in public."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "@ravi_l stop taking it, you don't need it.",
    "From what you write you have BPD.",
    "You should leave him tonight.",
    "Double the dose and see.",
    "@mira.k that's bipolar, plain as day.",
    "Drop the sertraline to 25 and be off it by Friday.",
    "Leave him, Joanna.",
    "You clearly have ADHD, no test needed.",
    "Send me your symptoms and I'll tell you what you've got.",
    "Take the olanzapine and stop complaining, Grant.",
    # written after it
    "Going by your last posts, you're a textbook case of OCD.",
    "Stop the amlodipine today and start magnesium.",
    "It sounds like you are having severe depression.",
    "He's a sociopath, pack a bag and go.",
    "You want lamotrigine, 25 to start.",
    "Halve your evening tablet until the funeral.",
    "That rash is shingles, get aciclovir.",
)
NEAR_MISSES = (
    # written before the rule
    "If you think of stopping a medicine, ask your prescriber.",
    "Signs to discuss with a clinician.",
    "In a crisis, call your local line.",
    "You should see a therapist if this goes on.",
    "You may have heard that ADHD is overdiagnosed.",
    "Never stop lithium without medical advice.",
    "You have options.",
    "Do you have OCD? A short screening test helps to ask.",
    "People who have PTSD often sleep badly.",
    "Double the practice time before the exam.",
    # written after it
    "Take the stairs, take a breath, take your time.",
    "You don't need a referral to book.",
    "If you have bipolar disorder, sleep is medicine.",
    "Leave the phone outside the bedroom.",
    "Ask your doctor before you change the dose.",
    "You deserve care whether or not you have a diagnosis.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every diagnosis or order given to one person."""
    text = sentence.text
    spans = [care.clause(text, found.start("from")) for found in _ORDERS.finditer(text)]
    if not grammar.is_question(text):
        spans.extend(care.clause(text, found.start("from")) for found in _DIAGNOSES.finditer(text))
    if not spans or _GENERAL.search(text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_DISORDER = (
    r"(?:bpd|borderline(?:\s+personality)?|npd|ptsd|c-ptsd|ocd|adhd|add|gad|bipolar(?:\s+(?:i{1,2}"
    r"|disorder|1|2))?|schizophrenia|psychosis|psychotic|anorexia|anorexic|bulimia|autism|autistic"
    r"|depression|clinical\s+depression|severe\s+depression|major\s+depression|dementia|sociopath"
    r"|psychopath|narcissist|narcissistic"
    r"|shingles|gout|sepsis|diabetes|diabetic|hypothyroid\w*|lyme|lupus|endometriosis|pcos|ibs"
    r"|appendicitis|a\s+panic\s+disorder|an\s+anxiety\s+disorder|an\s+eating\s+disorder"
    r"|dissociative\s+\w+)"
)
_DRUG = (
    r"(?:sertraline|fluoxetine|citalopram|escitalopram|venlafaxine|mirtazapine|lithium|clozapine"
    r"|olanzapine|quetiapine|risperidone|lamotrigine|aripiprazole|zopiclone|diazepam|lorazepam|xanax"
    r"|prozac|zoloft|lexapro|adderall|ritalin|methylphenidate|amlodipine|lisinopril|ramipril|metformin"
    r"|insulin|statins?|warfarin|prednisolone|prednisone|steroids?|antibiotics?|amoxicillin|aciclovir"
    r"|omeprazole|levothyroxine|tramadol|codeine|ibuprofen|aspirin|propranolol|beta-?blockers?"
    r"|antidepressants?|ssris?|meds|medication|medicine|tablets?|pills?|dose|inhaler|hrt|the\s+pill"
    r"|magnesium|melatonin)"
)
_ORDERS = grammar.Patterns(
    grammar.compile(
        r"(?:^|[.!?,;:)]\s+|@[\w.]+,?\s+|\band\s+|\bto\s+)(?P<from>(?:just\s+|please\s+)?(?:stop|drop|quit"
        r"|double|halve|skip|ditch|come\s+off|increase|reduce|cut|up|bin|switch)\s+(?:taking\s+)?(?:the"
        rf"|your|that|those|this)\s+(?:\w+\s+){{0,2}}?{_DRUG}\b)"
    ),
    grammar.compile(
        r"(?:^|[.!?,;:]\s+|@[\w.]+,?\s+)(?P<from>take\s+(?:the|your"
        rf"|that)\s+{_DRUG}\b[^.!?]{{0,20}}(?:,\s+[A-Z]\w+|\band\s+stop\b|\bdouble\b|\btwice\b"
        r"|\btonight\b))"
    ),
    grammar.compile(
        r"(?P<from>@[\w.]{2,30}[,:]?\s+(?:\w+\s+){0,8}?(?:stop\s+taking|leave\s+(?:him|her)|come\s+off"
        r"|you\s+don't\s+need\s+(?:it|them|those)|double\s+(?:it|your|the)|start\s+(?:on\s+)?\w+ine\b))"
    ),
    grammar.compile(r"(?:^|[.!?,;:]\s+)(?P<from>stop\s+taking\s+(?:it|them|that|those)\b)"),
    grammar.compile(
        r"(?P<from>\b(?:you\s+(?:should|must|need\s+to|have\s+to|gotta)\s+|^|[.!?]\s+|just\s+)(?:leave"
        r"|divorce|dump|block|report)\s+(?:him|her)\b(?!\s+(?:alone|a\s|some|to\b|be\b|in\b|space|with"
        r"|room|time)))"
    ),
    grammar.compile(r"(?P<from>\bpack\s+(?:a\s+bag|tonight|your\s+bags?)\b)"),
    grammar.compile(r"(?P<from>\bthat's\s+(?:a\s+|an\s+)?(?:clinical|medical|doctor's)\s+order\b)"),
    grammar.compile(r"(?P<from>\b(?:send|tell|dm|message|email|give)\s+me\s+your\s+symptoms\b)"),
    grammar.compile(rf"(?P<from>\byou\s+want\s+{_DRUG})"),
    grammar.compile(
        r"(?P<from>\b(?:double|halve|triple|skip|drop)\s+(?:your|the)\s+(?:[\w-]+\s+)?(?:dose"
        rf"|{_DRUG})\b(?!\s+(?:of|response)))"
    ),
    grammar.compile(rf"(?P<from>\bget\s+{_DRUG}\b(?=\s*(?:today|tonight|now|[.!,]|$)))"),
)
_DIAGNOSES = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\b(?:from\s+what\s+you\s+(?:write|say|describe)|going\s+by|judging\s+by|reading\s+your"
        r"|based\s+on)?[^.!?;]{0,30}?\byou\s+(?:clearly\s+|obviously\s+|definitely\s+|probably\s+"
        rf"|certainly\s+|absolutely\s+)?have\s+(?:got\s+)?(?:\w+\s+)?{_DISORDER}\b)"
    ),
    grammar.compile(
        r"(?P<from>\byou(?:'re|\s+are)\s+(?:clearly\s+|obviously\s+|definitely\s+|probably\s+"
        r"|so\s+)?(?:a\s+|an\s+|having\s+(?:some\s+)?(?:pretty\s+)?"
        r"|having\s+an?\s+)?(?:textbook\s+(?:case\s+of\s+)?|classic\s+|severe\s+"
        rf"|clinically\s+)?{_DISORDER}\b(?!-))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:that's|that\s+is|it's|this\s+is|sounds\s+like)\s+(?:clearly\s+|classic\s+"
        rf"|textbook\s+|just\s+|only\s+|plainly\s+)?{_DISORDER}(?:\s+i{{1,2}})?,?\s+(?:plain"
        r"|no\s+(?:question|doubt)|clear|not\b|and\s+you\b|for\s+sure|100))"
    ),
    grammar.compile(
        r"(?P<from>@[\w.]{2,30}\b[^.!?]{0,60}\b(?:that's|it's|this\s+is|you\s+have"
        rf"|you've\s+got)\s+(?:\w+\s+)?{_DISORDER}\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:he|she)(?:'s|\s+is)\s+(?:a\s+|an\s+)?(?:clearly\s+|textbook\s+|classic\s+"
        r"|obviously\s+)?(?:sociopath|psychopath|narcissist|borderline|psychotic)\b)"
    ),
    grammar.compile(
        r"(?P<from>\bthat\s+(?:rash|lump|pain|cough|twitch|mole)\s+is\s+(?!a\s+(?:sign|reason)|not|worth)[\w-]+,)"
    ),
)
_GENERAL = grammar.compile(
    r"\b(?:if|when|whether|unless)\s+you\b|\b(?:never|don't|do\s+not|without"
    r"|before)\s+(?:you\s+)?(?:stop|stopping|change|changing|double|doubling|skip|drop|start)\b"
    r"|\bask\s+(?:your|a)\s+(?:doctor|gp|prescriber|pharmacist)\b|\bpeople\s+who\b"
    r"|\bwhether\s+or\s+not\b|\bdo\s+you\s+have\b"
)

RULE = Rule("D2", find, HITS, NEAR_MISSES, needs=grammar.Patterns(*_ORDERS, *_DIAGNOSES))
