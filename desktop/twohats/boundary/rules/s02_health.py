"""S2: the author's own body, illness, treatment and therapy."""

from collections.abc import Iterable

from twohats.boundary import grammar
from twohats.boundary.own_life import COUNT, GAP, I_AM, I_HAVE, Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.HEALTH
_CONDITION = grammar.any_of("s_conditions")
_MEDICINE = grammar.any_of("s_medicines")
_BODY = (
    "(?:back|knees?|hips?|shoulder|wrists?|ankle|foot|feet|head|stomach|tummy|tooth|teeth|throat|nose|ears?"
    "|eyes?|lungs?|spine"
    "|neck|leg|legs|arm|arms|hands?|elbow|jaw|chest|skin|gut|bladder|womb|uterus|ovary|ovaries|thyroid"
    "|kidneys?|liver|toe|body)"
)
_HURTS = (
    "(?:hurts?|hurting|aches?|aching|is killing|are killing|is broken|is bleeding|is swollen|went out"
    "|gave out|gave way|is sore"
    "|are sore|itches|is itching|cramps?|burns|is burning|feels? (?:numb|tight|sore|heavy)|is stuffed|is shot"
    "|is back on|throbs"
    r"|is throbbing|still looks|flared|is pounding)"
)
_DOCTOR = (
    "(?:therapist|psychiatrist|psychologist|counsell?or|doctor|doctors|dr|gp|physio|physiotherapist|surgeon"
    "|oncologist|dentist"
    "|dermatologist|midwife|neurologist|gyna?ecologist|gyne|cardiologist|consultant for|shrink|analyst|ob-gyn"
    "|obgyn|optician"
    r"|chiropractor|nutritionist|dietitian|sponsor)"
)
_CARE = (
    r"(?:therapy|diagnosis|surgery|operation|biopsy|mri|scan|scans|chemo|chemotherapy|radiotherapy|ivf|transfer|embryo"
    "|hysterectomy|mastectomy|recovery|sobriety|relapse|disability|wheelchair|crutches|hearing aids?|insulin"
    "|meds|medication"
    "|medications|antidepressants?|inhaler|epipen|periods?|cycle|pregnancy|cravings?|symptoms?|condition"
    "|illness|scars?|stoma"
    "|colonoscopy|blood (?:test|pressure|sugar)|a1c|cholesterol|own analysis|mental health|sleep|weight|bmi"
    "|vision|hearing"
    r"|stutter|stammer|smear|results)"
)
_NOT_WORK = (
    "(?!(?:'s)? (?:group|workshop|book|clinic|course|talk|lecture|research|patients?|clients?|service|paper"
    "|slides|webinar"
    r"|practice|session|work\b|team|training|colleague|module|programme|program|unit|leaflet|handout|study"
    "|studies|room|list"
    r"|advocacy|awareness|professional|field|licen|journey mapping|friend|toolkit|worksheet|supervisor))"
)
_AT_WORK = (
    r"treat\w*|run\b|teach\w*|work\w*|see\b|talk\w*|write|wrote|research\w*|present\w*|study\w*|lead\b"
    r"|offer\w*|supervis\w*|help\w*|assess\w*|recommend\w*|speak\w*"
    r"|read\w*|prescrib\w*|speciali[sz]\w*|screen\w*|refer\w*|chair\w*|lectur\w*|diagnos\w*|cover\w*"
    r"|explain\w*|publish\w*|edit\w*|review\w*|ask\w*|think|believe|hope|heard|know\b"
)
_ILL = (
    "(?:depressed|suicidal|bipolar|autistic|dyslexic|dyspraxic|adhd|neurodivergent|disabled|deaf|blind"
    "|hard of hearing|epileptic"
    "|diabetic|asthmatic|anorexic|bulimic|unwell|poorly|in recovery|in remission|an alcoholic|alcoholic"
    "|an addict|a recovering"
    "|sober|infertile|menopausal|perimenopausal|an insomniac|insomniac|hospitali[sz]ed|sectioned|nauseous"
    "|feverish|dizzy"
    "|in (?:so much |a lot of |constant |chronic )?pain|immunocompromised|allergic|lactose|celiac|coeliac"
    "|colou?r ?blind|overweight"
    r"|obese|underweight|sleep deprived|sleep-deprived|ill\b|sick(?! (?:of|and tired|leave|to my stomach of))"
    "|off sick|contagious"
    r"|dissociating|having (?:a |an )?(?:panic|anxiety|flashback|breakdown|contraction|seizure|migraine|manic|flare)"
    r"|recovering from|going (?:crazy|insane)|losing my mind|crazy\b|mentally ill|covid positive|clean for"
    "|traumati[sz]ed"
    r"|on (?:antidepressants|medication|meds|the pill|insulin|steroids|antibiotics|chemo|crutches|a waiting list for))"
)

_SIGNS = Signs(
    Sign(rf"my (?:own )?(?:\w+ )?{_CONDITION}\b{_NOT_WORK}", _OWN),
    Sign(rf"my (?:own )?{GAP}{_CARE}\b{_NOT_WORK}", _OWN),
    Sign(
        rf"my (?:own |new |old |last |first |former )?{_DOCTOR}(?:'s)?(?![\w-])(?! (?:colleague|friend|and i wrote"
        "|client))",
        _OWN,
    ),
    Sign(rf"my (?:\w+ )?{_BODY} (?:\w+ ){{0,2}}{_HURTS}\b", _OWN),
    Sign(rf"my own (?:\w+ )?{_BODY}\b", _OWN),
    Sign(r"(?:i|my) (?:broke|sprained|tore|fractured|dislocated|slipped) my \w+", _OWN),
    Sign(rf"{I_AM} (?:\w+ )?(?:re-?)?diagnosed\b", _OWN),
    Sign(rf"{I_AM} (?:(?!not )[\w-]+ ){{0,2}}{_ILL}", _OWN),
    Sign(rf"(?:{I_HAVE}|having|i also have|i still have|i do have) (?:\w+ ){{0,3}}{_CONDITION}\b{_NOT_WORK}", _OWN),
    Sign(
        r"i (?:\w+ )?(?:live|lived|living|suffer|suffered|struggle|struggled|struggling|battle|battled|deal|dealt"
        "|fought|cope)"
        rf" (?:with |from |against )?(?:\w+ ){{0,3}}{_CONDITION}\b{_NOT_WORK}",
        _OWN,
    ),
    Sign(r"i've (?:\w+ )?(?:lived|suffered|struggled|battled|dealt) (?:with|from) ", _OWN),
    Sign(
        "(?:living|struggling|suffering|dealing|diagnosed) (?:with"
        rf"|from) (?:my (?:own )?)(?:\w+ ){{0,2}}{_CONDITION}\b",
        _OWN,
    ),
    Sign(
        r"(?:as|being|from) (?:a|an|someone|somebody|one) (?:\w+ )?(?:with|living with|who has|who had"
        "|who lives with|in recovery)"
        rf" (?:\w+ )?(?:{_CONDITION}|recovery)\b,? (?:i|i'm|i've|my|myself)\b",
        _OWN,
    ),
    Sign(
        r"as an? (?:\w+ )?(?:wheelchair user|survivor|cancer survivor|insomniac|migraineur|recovering (?:addict"
        "|alcoholic)"
        r"|autistic (?:\w+)|disabled (?:\w+)|dyslexic|diabetic|addict|alcoholic|stammerer|amputee),? (?:i|i'm|i've"
        r"|my)\b",
        _OWN,
    ),
    Sign(
        rf"(?:{COUNT}|thirty|forty|\w+teen)(?:[ -]\w+)? (?:years?|months?|weeks?|days?) (?:sober|clean|dry"
        "|in recovery|in remission"
        "|smoke[- ]free|off (?:the )?(?:booze|drink|cigarettes|drugs)|cancer[- ]free|without a (?:drink|cigarette"
        r"|binge))\b",
        _OWN,
    ),
    Sign(
        rf"(?:i|i'm|i've|i was|been|me|still|back) (?:\w+ ){{0,3}}{_MEDICINE}\b(?! (?:group|patients|clients"
        "|guideline|trial|study|talk))",
        _OWN,
    ),
    Sign(rf"{_MEDICINE} (?:saved|helped|changed|makes|made|gave|has given|ruined) (?:me|my)\b", _OWN),
    Sign(
        r"(?:i|i've|i'd) (?:\w+ )?(?:had|have|get|got|keep getting|keep having|suffered|developed|caught|survived"
        "|experience|experienced)"
        r" (?:\w+ ){0,3}(?:panic attacks?|anxiety attacks?|nightmares|night terrors|flashbacks|seizures?|stroke"
        "|miscarriages?"
        r"|heart attack|concussion|surgery|headaches?|migraines?|a fever|the flu|a cold\b|covid|trouble sleeping"
        "|breakdown|urges"
        "|suicidal thoughts|intrusive thoughts|an abortion|a hysterectomy|food poisoning|mood swings"
        "|hallucinations|palpitations)",
        _OWN,
    ),
    Sign(
        "i (?:can't|cannot|couldn't|can not|can barely|can hardly|could not|am unable to|haven't been able to"
        "|have not been able to)"
        r" (?:\w+ )?(?:sleep|eat|breathe|keep (?:food|anything) down|get out of bed|taste|hear properly"
        r"|stop (?:shaking|vomiting|throwing up|coughing|sneezing|eating|drinking|smoking|cutting))\b",
        _OWN,
    ),
    Sign(r"i (?:barely|hardly|never|haven't|don't|didn't|only) (?:\w+ )?(?:sleep|slept|ate|eaten)\b", _OWN),
    Sign(
        r"(?:i|i've) (?:\w+ )?(?:relapsed|fainted|passed out|threw up|thrown up|vomited|self[- ]harm|cut myself"
        "|hurt myself|harm myself"
        "|hear voices|hears? voices|binge|purge|overdosed|dissociate|was sectioned|was hospitali[sz]ed|miscarried"
        "|blacked out"
        "|tried to kill myself|want to kill myself|want to die|wanted to die|attempted suicide|wanna die"
        r"|contemplated suicide)\b",
        _OWN,
    ),
    Sign(
        r"i (?:\w+ )?(?:go to|went to|started|start|been in|attend|attended|do|need|am in|was in|have been in|quit"
        "|tried) "
        r"(?:(?:my own|weekly|couples|marriage|some|the|real) )?(?:therapy|counsell?ing|rehab|detox|aa\b"
        "|psychotherapy)(?! (?:rooms?|dogs?))",
        _OWN,
    ),
    Sign(
        r"(?:i'm|i've been|i am|i have been) (?:\w+ )?(?:in|seeing a|going to|to see a) (?:my own )?(?:therapy"
        r"|therapist|counsell?ing|counsell?or|psychiatrist|psychologist)\b",
        _OWN,
    ),
    Sign(
        "i (?:saw|see|went to see|have seen) (?:a|my) (?:own )?(?:therapist|counsell?or|psychiatrist|psychologist"
        r"|doctor|shrink|specialist)\b",
        _OWN,
    ),
    Sign(
        f"(?:{COUNT}|first|second|third|another|fourth) (?:round|cycle|transfer)s? of (?:ivf|iui|chemo"
        r"|radiation)(?: for (?:us|me))\b",
        _OWN,
    ),
    Sign(
        r"our (?:\w+ )?(?:ivf|embryo|transfer|miscarriage|infertility|fertility treatment)\b(?! (?:support|group"
        "|clinic|service|counsel|team|unit|programme|program))",
        _OWN,
    ),
    Sign(
        r"(?:type 1|type 2|diabetic|autistic|deaf|sober|clean|vegan) since (?:i was|my|age|\d)(?![^.!]{0,60}\?)",
        _OWN,
    ),
    Sign(r"(?:nobody|no one|they) (?:spotted|caught|diagnosed|noticed) (?:mine|me) until\b", _OWN),
    Sign(r"i (?:\w+ )?(?:gained|lost|put on) (?:\w+ ){0,3}(?:weight|pounds|lbs|kilos|stone|kg)\b", _OWN),
    Sign(
        r"(?:hot flush|migraine|flare|flare-up|cramps|panic attack|contraction)s? (?:number \w+|again|all day"
        r"|day \w+)\b",
        _OWN,
    ),
    Sign(
        r"day (?:\d+|one|two|three|four|five) (?:of (?:my|mine|this flu|covid|chemo|isolation|no sugar|quitting)"
        "|without (?:a drink|cigarettes|smoking))",
        _OWN,
    ),
    Sign(
        r"#(?:\d+(?:years|days|months)(?:sober|clean)|sober\w{0,12}|sick|sickday|feelingsick|chronicillness"
        "|chronicpain|spoonie"
        "|migraine|endowarrior|cancersurvivor|actuallyautistic|adhdlife|manflu|mysobriety|recoveringaddict"
        "|mydepression"
        r"|ivfjourney|ttc|sickinbed|concussed)\b",
        _OWN,
        Reach.WORDS,
    ),
    Sign(
        rf"(?:i|i'm|i've|me|my) (?:(?!{_AT_WORK}|talk\b|paper\b|book\b|course\b|group\b|clinic\b|on\b"
        rf"|about\b)\w+ ){{0,5}}(?:severe|chronic|ongoing|constant|clinical|crippling|major|terrible"
        rf"|awful|bad) (?:\w+ )?(?:{_CONDITION}|pain|diarrh?ea|cramps?|(?:back|knee|stomach|heart|skin"
        r"|sleep) (?:problem|issue)s?)\b",
        _OWN,
    ),
    Sign(
        r"i (?:\w+ )?(?:feel|felt|find myself|found myself|get|got|became|become|been|went|go) (?:so |very "
        "|really |constantly |always |severely |extremely |increasingly |a bit )?(?:depressed|suicidal|paranoid"
        r"|manic|dissociated|sick\b(?! of)|nauseous|dizzy|faint|deaf|into (?:a |an )?(?:depression|remission"
        r"|labou?r|psychosis|detox|rehab))\b",
        _OWN,
    ),
    Sign(
        "(?:i think |maybe |guess )?i (?:really )?need (?:a therapist|therapy|to (?:get|seek|find) (?:help"
        r"|a therapist)|psychiatric help|professional help|my (?:meds|pills|inhaler)|surgery)\b",
        _OWN,
    ),
    Sign(
        r"(?:i'm|i am|i've been|been|went) (?:\w+ )?(?:on|off|taking|given|prescribed|picking up) (?:my |some "
        "|any |the |anti-?)?(?:medicine|meds|medications?|anti-?depressants?|painkillers|tablets|pills"
        r"|sleeping pills|steroids|antibiotics|the pill|birth control)\b",
        _OWN,
    ),
    Sign(
        "(?:detox|chemo|radiotherapy|withdrawal|isolation|quarantine)(?: now)? (?:day|week|for"
        r"|since) (?:\d|one|two|three|four)",
        _OWN,
    ),
    Sign(
        r"(?:the|this|some kind of|my|and) (?:\w+ )?(?:anxiety|depression|pain|panic|insomnia|nightmares|eczema"
        r"|cramps?) (?:is|has been|takes|took|keeps|kept|got|gets|comes|came|was) (?:\w+ )?(?:me|back|over|worse"
        r"|bad|better|killing|so bad|unbearable|affecting my)\b",
        _OWN,
    ),
    Sign(
        r"affect(?:s|ing|ed) my (?:\w+ )?(?:life|sleep|health|school|marriage|relationship|work life|mental)\b"
        "|(?:kept|keeps|keeping) me (?:up|awake) (?:all|at) night",
        _OWN,
    ),
    Sign(
        "my (?:self[- ]esteem|mental state|moods?|mood swings|drinking|addiction|anxieties|diet|doc|stomach"
        "|sinuses|immune system|blood|heart rate|period|hormones|stutter|injury|ptsd|trauma|triggers|coping"
        r"|accident|hospital stay|head hurts)"
        rf"\b{_NOT_WORK}",
        _OWN,
    ),
    # The author and an illness in one breath.
    Sign(
        rf"(?:i|i'm|i've|i'd) (?:(?!{_AT_WORK}|would\b|might\b|taught\b"
        rf"|like\b)[\w'-]+ ){{1,5}}{_CONDITION}\b{_NOT_WORK}",
        _OWN,
    ),
    Sign(
        "(?:my|mine|me) (?:(?!patients|clients|work|practice|talk|research|team|group|book|chapter|lecture"
        rf"|service|course|about|on\b)[\w'-]+ ){{1,4}}{_CONDITION}\b{_NOT_WORK}",
        _OWN,
    ),
    Sign(
        rf"{_CONDITION} (?:(?!i\b)[\w']+ ){{0,4}}(?:me|my|i've|i had)\b(?! (?:clients|patients|colleagues|team|talk"
        "|book|at|for an|to (?:book|ask)))",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i've|my) (?:(?!work|treat|prescribe|client|patient|help|see\b)\w+ ){0,3}(?:in (?:so much "
        "|constant )?pain|aches|aching|sore|swollen|bleeding|cramps|vomiting|nausea|fever|coughing|sneezing"
        "|bruise|rash|itching|dizziness|allergic to|allergies|injury|injured|infection|constipated|calories"
        r"|relapsed?|addicted to (?!work)|hungover|stitches|crutches|biopsy|ultrasound|inhaler)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i am|i've been|i get|i feel|makes me|made me|making me|leaves me) (?:\w+ ){0,2}(?:anxious"
        r"|paranoid|suicidal|dizzy|nauseous|sick(?! (?:of|to my|and tired))|sleepless)\b(?! (?:about (?:our"
        "|the talk|this talk)|to (?:share|see|hear|meet)))",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterable[Hit]:
    return _SIGNS.find(sentence, surroundings)


RULE = Rule(
    id="S2",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "My migraine has moved in again.",
        "I was diagnosed with ADHD two weeks before my viva.",
        "My own therapist says I over-explain.",
        "I'm nine months sober and proud of it.",
        "Third round of IVF for us, wish us luck.",
        "I have OCD, which is why the stapler faces north.",
        "I broke my wrist on the ice, so notes are dictated.",
        "I've been on sertraline since residency.",
        "My knee hurts after every clinic.",
        "I had a panic attack on the motorway last year.",
        "I can't sleep without the radio on.",
        "As a wheelchair user I know that lift well.",
        "I started therapy again in March.",
        "Back at the desk, still in pain after my surgery.",
        "I relapsed in my second year of training.",
        "Two decades in the field, six years sober.",
        "I'm recovering from pneumonia.",
        "My psychiatrist moved my dose up.",
        "Finally home #chronicpain",
    ),
    near_misses=(
        "ADHD in girls is often read as daydreaming.",
        "Therapists need therapists too.",
        "Our IVF support group meets on the first Monday.",
        "I treat anxiety that comes with migraine.",
        "If I have a panic attack at work, what can I do?",
        "My depression workshop is full.",
        "How do I tell my doctor about my sleep?",
        '"I can\'t sleep" is the sentence we hear most.',
        "I have worked with eating disorders for ten years.",
        "Do not stop sertraline because of a headline.",
        "I am not depressed, says the poster, I am tired.",
        "My talk on chronic pain is on Friday.",
        "Ask your psychiatrist about side effects.",
        "I have three openings for trauma work.",
        "Being sober is not the only goal.",
    ),
)
