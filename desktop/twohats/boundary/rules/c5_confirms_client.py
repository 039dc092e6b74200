"""C5: words to somebody that confirm him or her as a client."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "Thanks for coming in on Friday, Pauline!",
    "Sorry your sessions with us felt hurried.",
    "@benno_k see you Tuesday for the review :)",
    "As your psychologist I must disagree with this review.",
    "You missed three appointments, which is why we charged you.",
    "Your treatment plan was explained to you in March.",
    "So glad the new denture fits, Mr Okafor.",
    "You were discharged because you stopped answering our calls.",
    "Great work in session yesterday, Fiona.",
    "We're sorry your appointment with Dr Lam ran late.",
    # written after it
    "@tilda.w bring the sleep diary this time and we'll go through it on Thursday",
    "Our notes show that you attended four of your ten sessions.",
    "Glad the splint is comfortable, see you at your follow-up!",
    "It was lovely having you in the group, Marek.",
    "You declined the referral that we offered.",
    "I can't comment here on why your sister left our programme.",
    "You started with me in spring and could not leave the house, Dana.",
    "Your X-ray was clear and you were seen within the hour.",
)
NEAR_MISSES = (
    # written before the rule
    "We welcome feedback; please call the office.",
    "Privacy rules keep us from replying in detail.",
    "Thanks to everyone who came to the open day.",
    "See you Tuesday at the conference!",
    "Your first appointment takes fifty minutes.",
    "If you missed your appointment, call us to rebook.",
    "Your therapist should explain the plan to you.",
    "You may bring somebody along to your assessment.",
    "Sorry that our phone lines were down on Monday.",
    "Thank you for coming to my talk, Professor Lindqvist.",
    # written after it
    "Have you been discharged recently? Our leaflet explains the next steps.",
    "Your session fee is due on the day.",
    "@drhallam see you Thursday at the webinar",
    "You deserve a clinician who listens.",
    "We cannot confirm whether anyone is a client here.",
    "When you arrive for your session, ring the bell.",
    "Ask your dentist about your crown if it came loose.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that speaks to one client as such."""
    text = sentence.text
    spans = [care.clause(text, found.start("from")) for found in _SPOKEN_TO.finditer(text)]
    seen = [care.clause(text, found.start("from")) for found in _SEE_YOU.finditer(text)]
    if not (spans or seen) or _GENERAL_YOU.search(text) or not care.is_told_as_story(sentence, around):
        return
    if seen and not _EVENT.search(text) and not _EVENT.search(around.after):
        spans.extend(seen)
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_KEEPERS = (
    r"(?:therapist|psychologist|psychiatrist|counsellor|counselor|doctor|dentist|gp|physio"
    r"|physiotherapist|midwife|nurse|social\s+worker|clinician|physician|surgeon|coach|analyst"
    r"|dietitian)"
)
_BODY = (
    r"(?:crown|denture|dentures|splint|brace|braces|filling|root\s+canal|cast|stitches|knee|hip"
    r"|hamstring|back|shoulder|ankle|wrist|graft|implant|grommets|glasses|hearing\s+aids?|lenses|bite"
    r"|scan|x-ray|bloods|inhaler|tooth|teeth|scar|baby|jaw|wound)"
)
_CARE_NOUN = (
    r"(?:sessions?|appointments?|appt|assessment|treatment|therapy|consultation|visit|visits|procedure"
    r"|operation|surgery|review|discharge|notes|file|chart|records?|intake|referral|diagnosis"
    rf"|medication|prescription|treatment\s+plan|{_BODY})"
)
_AS_YOUR = grammar.compile(rf"(?P<from>\b(?:as|speaking\s+as)\s+your\s+(?:former\s+|old\s+|ex-)?{_KEEPERS}\b)")
_YOU_DID = grammar.compile(
    r"(?P<from>\byou\s+(?:also\s+|only\s+|still\s+|then\s+)?(?:(?:missed|attended|cancelled|canceled"
    r"|skipped|booked|rescheduled)\s+(?:\w+\s+){0,4}?(?:sessions?|appointments?|appts?|visits?"
    r"|reviews?|(?:of|from)\s+(?:your|the))"
    r"|(?:were|was)\s+(?:seen|discharged|offered|referred|assessed|treated|admitted|diagnosed"
    r"|prescribed|booked|told\s+(?:at|in|by)|charged|given)\b|arrived\s+(?:\w+\s+){0,4}?(?:late"
    r"|drunk|intoxicated|for\s+your)|came\s+(?:\w+\s+){0,3}?(?:late|in\s+(?:drunk|late)|to\s+(?:us"
    r"|me|see\s+me))"
    r"|(?:left|stopped|quit|ended)\s+(?:before\s+we|after\s+we|(?:therapy|treatment)\s+(?:with|before"
    r"|after)|replying|answering|coming)|declined\s+(?:the|a|our|my)|refused\s+(?:the|a|our|my"
    r"|to\s+(?:pay|sign|attend))|asked\s+(?:us\s+)?to\s+end|started\s+with\s+(?:me|us)\b"
    r"|signed\s+(?:our|the|a)\s+(?:policy|consent|agreement|form|contract)|told\s+(?:me|us|our\s+\w+"
    r"|dr)\b))"
)
_YOUR_CARE = grammar.compile(
    r"(?P<from>\b(?:(?:we(?:'re|\s+are)|i(?:'m|\s+am)|so|very)\s+)?(?:sorry|glad|pleased|happy"
    r"|delighted|relieved|thrilled)\s+(?:to\s+(?:hear|see|read)\s+)?(?:that\s+|about\s+)?(?:your"
    rf"|the)\s+(?:\w+\s+){{0,2}}?{_CARE_NOUN}\b(?:\s+(?:with|at)\s+(?:us|me|our|dr))?\s*(?:felt|was"
    r"|were|is|has|have|came|took|ran|went|feels|fits|feel|didn't|healed|settled|seemed|hurt|held)"
    rf"|\byour\s+(?:\w+\s+){{0,2}}?{_CARE_NOUN}\s+(?:with\s+(?:us|me|our\s+\w+|dr\.?\s+\w+)\b"
    r"|was\s+(?:clear|fine|normal|explained|rebooked|cancelled|canceled|moved|shared|sent|documented"
    r"|on\s+\d)|were\s+(?:clear|fine|normal)|is\s+back\b|went\s+(?:well|fine))"
    r"|\bour\s+(?:notes|records|files)\s+(?:show|say|indicate)\b|\byour\s+(?:son|daughter|mother"
    r"|father|mum|mom|dad|husband|wife|partner|brother|sister|child|boy|girl"
    r"|little\s+\w+)(?:'s\s+(?:\w+\s+)?(?:treatment|discharge|session|sessions|appointment|care"
    r"|grommets|operation|surgery|scan)\b|\s+(?:was|were|is)\s+(?:discharged|seen|admitted|treated"
    r"|referred|assessed)|\s+missed\b)"
    rf"|\bwhen\s+we\s+(?:fitted|treated|saw|discharged|assessed|operated|met)\s+(?:it|you|your)\b)"
)
_GLAD = grammar.compile(
    r"(?P<from>\bthank(?:s|\s+you)\s+for\s+(?:coming\s+in|being\s+(?:such\s+)?a\s+(?:great|lovely"
    r"|wonderful)\s+(?:client|patient)|trusting\s+(?:me|us)\s+with\s+your)\b(?!\s+to\s+(?:the|our"
    r"|my)\s+(?:talk|workshop|event|webinar|open))"
    r"|\b(?:great|good|lovely|brave|amazing)\s+(?:work|session|job"
    r"|progress)\s+(?:in\s+session\s+)?(?:today|yesterday|on\s+\w+day|last\s+week"
    r"|this\s+morning)\b,\s+[A-Z]?\w+"
    r"|\bgreat\s+(?:treating|working\s+with|seeing)\s+(?:you|that)\b|\b(?:it\s+was\s+)?(?:lovely|great"
    r"|wonderful|a\s+joy)\s+(?:treating|having\s+you|looking\s+after\s+you"
    r"|seeing\s+you\s+in\s+(?:clinic|session))\b"
    r"|\bbring\s+(?:the|your)\s+(?:\w+\s+)?(?:record|diary|worksheet|homework|log|journal|meds"
    r"|medication|splint|inhaler)\s+(?:this|next)\s+time\b"
    r"|\bwe'll\s+(?:pick|take|talk|go|look)\s+(?:it\s+|that\s+|this\s+)?(?:up|about|through"
    r"|at)\s+(?:[\w\s]{0,20})?(?:in\s+(?:session|clinic)|on\s+\w+day|at\s+your\s+(?:next|review"
    r"|appointment))"
    r"|\byes\s+[A-Z]\w+\s+(?:from|in)\s+[\w\s]{2,24}\s+(?:class|group|clinic)\b)"
)
_REFUSAL = grammar.compile(
    r"(?P<from>\bwhy\s+(?:your\s+\w+|you|he|she)\s+(?:left|quit|stopped"
    r"|was\s+discharged\s+from)\s+(?:our|the|my)\s+(?:programme|program|clinic|practice|unit|service"
    r"|group|ward)\b)"
)
_SPOKEN_TO = grammar.Patterns(_AS_YOUR, _YOU_DID, _YOUR_CARE, _GLAD, _REFUSAL)
_SEE_YOU = grammar.compile(
    r"(?P<from>(?:@[\w.]{2,30}[,:]?\s+)?(?:[\w',\s-]{0,30}?)\bsee\s+(?:you|u|ya)\s+(?:on\s+|next\s+"
    r"|this\s+|at\s+(?:your|the)\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)?(?:day)?\s*(?:at\s+[\w:.]+\s*)?(?:for\s+(?:the|your)\s+[\w-]+(?:\s+[\w-]+)?"
    r"|(?:your\s+)?(?:review|follow-?up|check-?up|session|appointment"
    r"|next\s+session)(?:\s+on\s+the\s+\w+)?)"
    r"|@[\w.]{2,30}[,:]?\s+see\s+(?:you|u)\s+(?:on\s+|next\s+|this\s+)?(?:mon|tues?|wed(?:nes)?"
    r"|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b)",
)
_EVENT = grammar.compile(
    r"\b(?:conference|webinar|talk|keynote|workshop|podcast|panel|stand|booth|symposium|congress"
    r"|lecture|seminar|poster|summit|open\s+day|race|event)\b"
)
_GENERAL_YOU = grammar.compile(
    r"^(?:if|when|whether|should|before|after|once|have\s+you|are\s+you|do\s+you|did\s+you|what|how"
    r"|why|ask|imagine)\b(?!\s+you\s+started\s+with)|\b(?:if|whether|unless|in\s+case)\s+(?:you"
    r"|your)\b|\byou\s+(?:may|might|can|should)\s+be\b|^your\s+(?:first|next)\b|^ask\s+your\b"
    r"|\bwhen\s+you\s+(?:arrive|come|call)\b"
)

RULE = Rule("C5", find, HITS, NEAR_MISSES, needs=grammar.Patterns(*_SPOKEN_TO, _SEE_YOU))
