"""S10: venting and raw mood."""

from collections.abc import Iterable

from twohats.boundary.own_life import Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.FEELINGS
_JOB = Category.WORKPLACE
_VERY = r"(?:(?!not\b|never\b|no\b|hardly\b)[\w'-]+ ){0,3}"
_MOOD = (
    r"(?:angry|furious|livid|fuming|raging|enraged|mad\b(?! (?:about|for) )|pissed(?: off)?|irritated"
    r"|irritable|annoyed|frustrated|fed up|sick (?:of|and tired of|to death)|over it\b|done with (?:everything"
    "|everyone|people|life|today|this day|this week|it all)"
    r"|sad\b(?! to (?:say|report|see))|miserable|unhappy|heartbroken|devastated|gutted|hopeless|helpless"
    r"|worthless|useless|empty|numb|lonely|alone\b|lost\b|broken\b|hurt\b|hurting|jealous|insecure|bitter"
    "|resentful|ashamed|disgusted|offended"
    r"|scared|terrified|afraid(?! (?:it|that|not|so|we|the|this|i (?:have|can|must|will))\b)|frightened"
    "|nervous|panicking|overwhelmed|stressed(?: out)?"
    r"|exhausted|drained|shattered|knackered|burnt out|burned out|dead inside|tired\b|desperate|bored"
    "|depressing|torn|a wreck|a mess|in bits|in tears|crying|sobbing|shaking|weeping"
    "|on edge|losing (?:it|my mind|my temper)|about to (?:lose|snap|cry|scream|explode)|ready to (?:snap|cry"
    "|quit|scream|give up)|at my wits' end|at breaking point|going through (?:hell|it|the motions)"
    ")"
)
_JOY = (
    r"(?:happy\b(?! to (?:answer|help|share|send|talk|report|discuss|say|provide|take|be (?:joining|working"
    "|part|presenting))|(?: that)? (?:our|your|to|the team))|over the moon|on cloud nine|ecstatic|giddy"
    r"|buzzing|in love with|blessed\b|so excited(?! (?:to (?:share|announce|welcome|be (?:joining|presenting"
    "|speaking|working))|about (?:our|this|the new)))|obsessed(?! with (?:data|detail|measurement))|so lucky"
    "|the happiest|living my best|crying happy|screaming|squealing|dead 😂|so proud of (?:myself|him|her|my))"
)
_AWFUL = (
    "(?:worst|awful|horrible|terrible|rotten|shitty|shit|crappy|crap|hellish|rough|hideous|longest"
    "|bloody awful|dreadful)"
)

_SIGNS = Signs(
    # The first person and a mood.
    Sign(
        "(?:i'm|i am|im|i was|i've been|i have been|i feel|i felt|i'm feeling|i am feeling|i've never been"
        "|i have never been|i still feel|i just feel|i've felt|i get|i got|i have felt|i constantly feel"
        "|i always feel|i often feel|makes me|made me|making me|make me|leaves me|left me|got me|has me|drives me"
        rf"|drove me|driving me) {_VERY}{_MOOD}(?! (?:that|if) you| for (?:your|you)\b)",
        _OWN,
    ),
    Sign(
        "(?:i'm|i am|im|i was|i've been|i feel|i felt|makes me|made me) (?:(?:so|very|really|just|absolutely"
        f"|beyond|too|always|such a|bit|completely|literally|actually|honestly|still|damn) ){{0,2}}{_JOY}",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:so|sooo*|still|feeling|very|really|too|absolutely|beyond|bit|kinda"
        rf"|properly) (?:{_MOOD}(?! (?:and \w+ing|may|can|is|are|does|in (?:the|a)|for a)\b)"
        r"|happy\b|excited\b(?! (?:to|for our|about our))|blessed|giddy|nervous)",
        _OWN,
    ),
    Sign(
        r"i (?:\w+ )?feel (?:so |really |very |like |as if |as though |personally |even more )?(?:(?:i|i'm|i've"
        r"|i am|my|no one|nobody|everyone|he|she) |shit|crap|dirty|awful|terrible|bad\b|sick|guilty|like (?:a|an"
        "|shit|crap|crying|giving up|dying|nobody|no one|everyone|i|i'm|i've|my)|trapped|stuck|unloved|unwanted"
        "|ugly|fat|stupid|rejected|betrayed|attacked|discouraged|powerful|worse)(?! (?:about|for) (?:the field"
        "|the profession))",
        _OWN,
    ),
    Sign(
        "(?:i|i'd|i could|i want to|i wanna|i just want to|i almost|i nearly|i literally|i still|i may have"
        r"|i just|i'm going to|i will) (?:\w+ )?(?:cry|cried|scream|screamed|sob|sobbed|howl|weep|wept|squealed"
        "|shook|gasped|snapped|crawl under|punch (?:a|someone|the|him|her)|quit everything|run away|disappear"
        "|lie on the|vomit|lost it|lose it|explode|die of|burst into tears|broke down|broken down|melted"
        r"|fell apart|fall apart|freaked out|teared up)\b",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:cried|crying|sobbed|screaming|weeping|sat in (?:my|the) car|lay awake|still shaking"
        "|heart in bits|tearing up|fuming|raging|kill me now|fml|ffs|ugh+|argh+|gah+|grr+|aargh|i can't even"
        r"|not okay|send help|somebody hug me)\b",
        _OWN,
    ),
    Sign(
        f"(?:{_AWFUL}) (?:fucking |bloody |possible )?(?:day|week|month|year|night|morning|shift|weekend|monday"
        "|tuesday|wednesday|thursday|friday|commute|start to)(?:s)? (?:of my (?:life|career)|ever|today"
        "|in (?:years|ages|months)|so far|at work|again)?",
        _OWN,
    ),
    Sign(
        "(?:i'm|i am|we're) (?:so |just |completely |absolutely |officially )?(?:done|over)(?: with (?:this|it"
        "|people|everything|today|everyone))?(?=[.,!? ]*$)",
        _OWN,
    ),
    Sign(
        r"(?:i|and i|god,? i|we) (?:\w+ )?(?:hate|loathe|detest|despise|can't stand|cannot stand|can't bear|dread"
        "|resent|am dreading|am sick of|regret)(?:d|s)? (?!to (?:say|be|break|interrupt|admit|bother"
        r"|disagree))(?:\S+)",
        _OWN,
    ),
    Sign(r"i've been dreading\b", _OWN),
    Sign(
        "(?:i|i really|i just|i so|i do) (?:absolutely |fucking |still |truly )?miss (?!(?:a|an|the|that|one|two"
        "|appointments?) (?:point|session|appointment|deadline|dose|signs?))(?:you|my|him|her|home|them|it|being"
        r"|having|who i|those|the days|when|u\b|our|us)",
        _OWN,
    ),
    Sign(r"(?<!\w )(?:miss|missing) (?:you|u|my|home|her|him|these|this|those|her so|being)\b", _OWN),
    Sign(
        "(?<!what )(?<!things )(?<!thing )(?:i|i just|just) (?:really )?(?:wish|wished) (?:i|i'd|he|she|they|my"
        r"|it|that i|someone|people|we)\b"
        r"|(?<!\w )wish(?:ing)? (?:i|i'd|he|she|my)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i just|we) (?:\w+ )?(?:don't|do not|dont|didn't|no longer) (?:even |really )?(?:know (?:what to do"
        "|how to (?:deal|cope|go on|feel|live|handle|move on)|who i am|where to turn|if i can|why i)"
        "|want to (?:live|be here|be alive|get up|wake up|do this|go on)|care anymore|trust (?:people|anyone"
        "|myself|him|her|them)|like myself|feel (?:like|anything|comfortable|good|happy|loved|right|safe"
        "|the same))",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:can't|cannot|can not|couldn't) (?:\w+ )?(?:take (?:it|this|any|another|much)"
        "|do this (?:anymore|any more|any longer)|cope|handle (?:it|this|the)|stop (?:crying|thinking|worrying"
        "|smiling|laughing)|deal with|get (?:over|past|him|her|it out)|go on|bear|forgive|wait (?!to (?:share"
        "|welcome|meet|see you|hear your|work|read your|present|speak))(?:to|for|until|till)|breathe when"
        r"|believe (?:how|my|i|he|she|they|this))\b",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:can't|cannot|cant) wait (?:to|for|till|until|2)\b(?! (?:share|welcome|meet you|see you"
        "|hear your|work|read your|present|speak|our|your))",
        _OWN,
    ),
    Sign(
        "(?:i hurt so|it hurts (?:so|me)|hurt(?:s)? me|breaks my heart|broke my heart|my heart (?:is|aches|sank"
        "|hurts|breaks|broke|can't|melts)|kills me|killing me|haunt(?:s|ing) me|frightens me|scares me|bothers me"
        "|bothered me|annoys me|irritates me|pisses me off|makes my (?:day|blood|skin|heart)|made my (?:day|night"
        "|week|year|heart)|ruined my (?:day|life|week|night)|brought (?:tears|me to tears)|stresses me"
        "|wrecking me|nearly killed me|depresses me|upsets me|drives me (?:nuts|mad|crazy|insane|up the wall)"
        "|drove me (?:nuts|mad|crazy)|gives me (?:the creeps|nightmares|hope for|chills|goosebumps|butterflies"
        r"|life))\b",
        _OWN,
    ),
    Sign(
        "(?:my|this|his|her) (?:life|world|day|week|year) (?:is|has been|was|went|just|feels|sucks"
        r"|is over) (?:\w+ ){0,3}(?:over|hell|shit|mess|miserable|ruined|falling apart|happy to|a (?:mess|joke"
        r"|nightmare|wreck|disaster)|great start|off to|unhappy|so (?:good|bad|hard|boring))\b|my life sucks"
        "|life is (?:so )?(?:shit|pointless|unfair|too short to|hard sometimes)|i hate my life|i have no life"
        "|story of my life",
        _OWN,
    ),
    Sign(
        r"if (?:one more|another|anyone else) (?:\w+ ){1,4}i(?:'ll| will| swear| might)|i swear (?:if|to god)"
        "|i've had enough|i have had enough|had it up to here|people are (?:exhausting|awful|the worst|idiots"
        r"|stupid|trash)|i need (?:a hug|help\b(?=[.!]*$)|closure|to vent|a vacation|a holiday|some closure"
        r"|a break from)|i give up\b|nobody (?:ever )?(?:asks how i am|loves me|cares|understands me)"
        "|no one (?:ever )?(?:asks how i am|loves me|understands|likes me|wants me|cares)|why (?:me"
        r"|does everyone hate me)\b|i'm such an? (?:idiot|mess|loser|failure|fool)|i'm (?:a|an) (?:idiot|mess"
        r"|loser|failure|terrible person|burden|wreck|fraud)\b|i'm not (?:handling|coping|ok\b|okay\b|good enough"
        r"|happy\b|doing (?:well|great))|i let (?:everyone|myself|him|her) down|i blame myself|i hate myself"
        "|i deserve (?:it|this|better)",
        _OWN,
    ),
    Sign(
        "(?:zero help|horrible|terrible|awful|worst|appalling|shocking|disgusting|useless|slacking"
        r"|such quality) (?:\w+ )?(?:customer )?(?:service|experience|airline|company|delivery|bank)\b|(?:still"
        r"|been) (?:waiting|on hold|in a queue) (?:\w+ )?for (?:\d+|over|an|two|three|my)|your customer service"
        "|(?:never|not) (?:flying|shopping|ordering|buying|using) (?:with|from|at|them)? ?(?:you|this"
        r"|@\S+)? ?again",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:\w+ )?(?:love|luv)(?: love){0,6} (?:you|u)\b(?! (?:all for|for (?:your|this) (?:work|answer"
        "|question)))",
        _OWN,
    ),
    Sign(
        r"(?:i'm|i am) (?:\w+ )?(?:so |really )?(?:grateful|thankful|lucky) (?:to have|for) (?:my (?!team"
        r"|colleagues|supervis|mentor)|these|him|her|this man|this woman|you\b)",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:sleep|another day|monday|mondays|people|adulting|winter|life|today)(?: (?:is|are"
        r"|was))? (?:sucks?|can (?:fuck|do one)|ruined|is cancelled|is killing me|the worst)\b",
        _OWN,
    ),
    Sign(
        r"#(?:fml|overit|overthis|soover\w{0,8}|fuming|furious|pissed\w{0,4}|angry\w{0,6}|rage|raging|annoyed"
        r"|annoying|irritated|crying\w{0,24}|sadness|lonely"
        r"|heartbroken|broken|hurt|tired\w{0,6}|sotired|exhausted|sleepy|stressed\w{0,6}|anxious|terrified"
        r"|hate\w{1,14}|ihate\w{0,14}|disgusted|jealous|mondayblues"
        r"|icant\w{0,6}|cantwait|soexcited|sohappy|happyme|feelingblessed|feeling\w{2,14}|inlove|missing\w{2,10}"
        r"|imiss\w{0,8}|missu|bestdayever|worstdayever|worstday"
        "|badday|goodmood|badmood|restless|frustrated|helpless|unhappy|miserable|grumpy|bored|disappointed"
        r"|nothappy|anger|terrible|horrible|awful|badservice|customerservicefail)\b",
        _OWN,
        Reach.TAGS,
    ),
    # Wanting out of the job.
    Sign(
        r"(?:i|i'm|i am|i've) (?:\w+ )?(?:hate (?:my|this) (?:job|boss|work|place)|want to quit|quitting (?:my"
        "|this)|quit my job|done with this (?:job|trust|place|agency|clinic|hospital)|looking to (?:leave"
        "|get out)|counting the (?:days|weeks|shifts) until|out of this job|handing in my notice"
        "|hand in my notice|handed in my notice|polishing (?:the|my) cv|can't wait to leave|got fired|was fired"
        r"|got laid off|was laid off|job[- ]hunting|sick of (?:this|my) job)\b",
        _JOB,
    ),
    Sign(
        "(?:my|our) (?:boss|manager|line manager) (?!(?:said|says|taught|kindly|and i (?:wrote|built"
        r"|present)))(?:\w+ )(?:\w+)",
        _JOB,
    ),
    Sign(
        r"(?:it's|it is|this is|that's|this|it|which|that) (?:\w+ ){0,2}(?:makes|made|gave|drives|drove|driving"
        "|bothers|bothering|scares|scaring|hurts|hurting|kills|killing|stressing|stresses|devastated|haunts"
        "|haunting|annoys|breaks|upsets|ruined|ruining|worries|worrying|confuses|frightens|depresses"
        r"|exhausts) (?:me|my)\b(?! (?:think|wonder|question|curious|a (?:question|rule)))",
        _OWN,
    ),
    Sign(
        "my (?:whole |entire |own |sad |stupid |miserable |heart and )?(?:life|heart|feelings|emotions|ego|dreams"
        r"|hopes|happiness|confidence|sanity|patience|future)\b(?! (?:goes out|sciences?|coach|insurance"
        r"|expectanc|skills|cycle|rate|story work|of (?:the|this) (?:project|practice|work)|work\b|count|teacher"
        "|injur))(?<!changed my mind)",
        _OWN,
    ),
    Sign(
        "i (?:can't|cannot|can not|couldn't|can) (?:even|help but|barely|only) (?:think|feel|cry|imagine|with"
        r"|look)\b|i can't (?:stop it|choose|anymore|even)\b|i (?:end up|keep|kept|spend all day|lie awake"
        r"|lay awake) (?:\w+ )?(?:thinking|crying|worrying|blaming|overthinking|wondering if i)\b",
        _OWN,
    ),
    Sign(
        r"(?:i've|i have) been there\b|i(?:'ve| have) (?:never|always) (?:been|felt|wanted|thought) (?:so |this "
        "|that |to be )?(?:loved|good enough|wanted|happy|popular|alone|enough|unhappy|offended|angry|scared|sad)",
        _OWN,
    ),
    Sign(
        "i (?:just |only |really )?(?:want|need|wish) (?:to (?:be (?:happy|loved|alone|better|free|left alone"
        "|normal|myself)|feel|die|cry|disappear|stop|go home|sleep|hug|scream|move on|run)|someone (?:to|who)|him"
        r"|her|my (?:mum|mom|dad|old|life)|guidance|a hug|(?:it|this|them) to (?:stop|end))\b",
        _OWN,
    ),
    Sign(
        r"i(?:'m| am) (?:bad at everything|shy\b|not the same|not confident|going to (?:lose|cry|scream|snap"
        ")|ready to (?:snap|give up|leave him)|(?:socially )?awkward|the worst|holding on to"
        "|so ready to|glad i(?:'m| am) not the only|just going through)",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterable[Hit]:
    return _SIGNS.find(sentence, surroundings)


RULE = Rule(
    id="S10",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "Worst day ever, and it is only ten.",
        "I'm so done.",
        "If one more person cancels I'll howl.",
        "I hate Sundays and everything they stand for.",
        "Crying in the stairwell again.",
        "People are exhausting.",
        "I'm furious, and not in a useful way.",
        "I feel like a fraud in a good coat.",
        "I could scream at that printer.",
        "I miss my old life more than I admit.",
        "I cried all the way home.",
        "So lonely that I talk to the kettle.",
        "My heart is in pieces today.",
        "I can't take another week like this.",
        "Notes at midnight #fml",
        "I'm over the moon and slightly unbearable.",
        "I want to quit my job and herd goats.",
    ),
    near_misses=(
        "Burnout in clinicians: five early signs.",
        "Mondays can be hard; three small steps.",
        "Waiting lists exhaust families.",
        "I'm happy to answer questions in the comments.",
        "I'm so excited to share our new paper.",
        "So proud of our team this week.",
        "Sorry that you are going through this.",
        "If you feel hopeless, call your local line.",
        '"I\'m angry" is a complete sentence.',
        "It is normal to feel lonely in a new city.",
        "I hate to interrupt, but the venue has changed.",
        "Anger tells you where a limit was.",
        "We cannot wait to welcome the new trainees.",
        "Tears in therapy are not a failure.",
        "I'm not angry with reviewers, I am grateful.",
    ),
)
