"""S4: the author's politics, faith and causes."""

import re
from collections.abc import Iterator

from twohats.boundary.own_life import Reach, Sign, Signs, fold, says_i
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category, Severity

_OWN = Category.BELIEFS
_PARTY = (
    "(?:labour|labor|tory|tories|conservatives?|conservative party|liberals?|lib dems?|lib dem"
    "|liberal democrats|greens?|green party"
    "|republicans?|democrats?|democratic|gop|ukip|reform uk|snp|plaid|sinn fein|fianna f[aá]il|fine gael|anc"
    "|bjp|ndp|new democrats"
    "|the left|the right|leftists?|right[- ]wingers?|left[- ]wingers?|libertarians?|socialists?|communists?"
    "|maga|remainers?|brexiteers?"
    "|leave|remain|trump|biden|obama|hillary|clinton|bernie|sanders|corbyn|boris|farage|trudeau|starmer|sunak"
    "|modi|kamala|harris)"
)
_LEADER = (
    "(?:trump|donald trump|biden|obama|hillary|clinton|bernie|corbyn|boris johnson|farage|brexit|starmer|modi"
    "|pence|mcconnell|pelosi|aoc|desantis|the gop|the tories|the woke mob|antifa|the deep state)"
)
_CONTEMPT = (
    "(?:need help|deserves? (?:it|what|the|to)|idiots?|clowns?|traitors?|liars?|crooks?|thugs?|criminals?"
    "|evil|disgusting|disgrace"
    "|morons?|scum|vermin|cult|fascists?|nazis?|corrupt|butchers?|killers?|cancer|joke|insane|racists?"
    "|snowflakes?|sheep|brainwashed|stupid|pathetic)"
)
_CREED = (
    "(?:christian|catholic|protestant|baptist|methodist|evangelical|mormon|lutheran|anglican|presbyterian"
    "|quaker|muslim|sunni|shia"
    "|jew|jewish|hindu|sikh|buddhist|atheist|agnostic|pagan|wiccan|believer|unbeliever|jehovah's witness"
    "|orthodox christian|copt)"
)
_CAMP = (
    "(?:conservative|liberal|socialist|republican|democrat|progressive|libertarian|marxist|communist|feminist"
    "|leftist|anarchist|monarchist|unionist|nationalist|tory|trump supporter|capitalist)"
)

_SIGNS = Signs(
    Sign(
        "(?:i'm|i am|i'll be|we're|we are|i will be|i|i've|we|we've|i'd|i have|i proudly"
        r"|i never) (?:\w+ )?(?:vot(?:e|ing|ed)|canvass(?:ing|ed)?|campaign(?:ing|ed)?|phone[- ]bank(?:ing|ed)?"
        "|leaflet(?:ing|ed)?|door[- ]knock(?:ing|ed)?) (?:for |against )?(?!with your|at the (?:agm|board))",
        _OWN,
    ),
    Sign(rf"(?<!\w )(?:please |proudly |always |never )?vote (?:for )?(?:every last )?(?:the )?{_PARTY}\b", _OWN),
    Sign(r"vote (?:them|him|her|the (?:tories|conservatives|republicans|democrats)|every last \w+) out\b", _OWN),
    Sign(
        "(?:anyone|anybody|those|people|everyone|you|clients) (?:who |that )?(?:is )?(?:still )?(?:backs?|backing"
        rf"|votes?|voted|voting|supports?|supporting) (?:for )?(?:the |that |this )?(?:\w+ ){{0,3}}(?:party\b"
        rf"|{_PARTY}\b)",
        _OWN,
        severity=Severity.WARN,
    ),
    Sign(rf"{_LEADER}(?:'s)? (?:\w+ ){{0,4}}{_CONTEMPT}\b", _OWN, severity=Severity.WARN),
    Sign(
        f"(?:the |those |these |you |all )?{_PARTY} (?:are|is|were|want|wants|wrote|will|have|has"
        rf"|party are) (?:\w+ ){{0,4}}(?:{_CONTEMPT}|your|gone|bury|lost me|ruin\w*|destroy\w*)\b",
        _OWN,
        severity=Severity.WARN,
    ),
    Sign(
        "(?:socialist|fascist|commie|maga|woke|tory|republican|democrat|liberal|leftist) (?:clown|scum|idiot|mob"
        "|morons?|snowflakes?|nutjobs?|traitors?|thugs?|trash|agenda|libtards?)",
        _OWN,
        severity=Severity.WARN,
    ),
    Sign(
        "(?:#?(?:never|vote|team|im ?with|dump|stop|fuck|lock ?up)(?:tory|tories|trump|her|hillary|labour|labor"
        r"|green|blue|red|biden|bernie))\b",
        _OWN,
        Reach.WORDS,
    ),
    Sign(
        r"#(?:maga|kag|resist|toriesout|nevertrump|notmypresident|feelthebern|imwithher|yesscot|indyref\w*"
        r"|brexit\w*|blm|blacklivesmatter|alllivesmatter|bluelivesmatter|prolife|prochoice|trump\d*\w{0,12}"
        r"|clinton\w{0,8}|hillary\w{0,10}|tcot|freepalestine|standwithisrael|jesus\w{0,10}|god\w{0,10}|godisgood"
        r"|godfirst|christ\w{0,8}|allah\w{0,8}|alhamdulillah|blessedbygod|praisehim|prayer\w{0,8}|amen|faith"
        r"|church\w{0,10}|hallelujah|\w{3,15}forgovernor|\w{3,15}forpresident|\w{3,15}forsenate)\b",
        _OWN,
        Reach.WORDS,
    ),
    Sign(
        "(?:god save the (?:king|queen)|long live the (?:king|queen|monarchy|revolution)|four more years of"
        "|lock (?:her|him) up|make america great|power to the people|abolish the (?:monarchy|police)"
        "|free palestine|not my president)",
        _OWN,
    ),
    Sign(r"(?:yard sign|lawn sign|campaign sign)\b(?=[^.!?]{0,60}|$)(?! (?:law|rules))", _OWN),
    Sign(
        rf"(?:as a|as an|being a|speaking as a) (?:\w+ ){{0,2}}(?:{_CREED}|{_CAMP}),? (?:i|i'm|i've|i'd|i'll|my"
        r"|myself|we)\b",
        _OWN,
    ),
    Sign(
        "(?:i'm|i am|i was|i'm not|i have always been|i've always been) (?:raised |born |brought up )?(?:a "
        rf"|an )?(?:\w+ )?{_CAMP}\b(?! (?:in|about) (?:my )?(?:estimates|dosing|prescrib))",
        _OWN,
    ),
    Sign(
        "(?:i'm|i am|i was|from your|your|baptised|baptized|raised|being) (?:raised |born |brought up )?(?:a "
        rf"|an )?(?:\w+ )?{_CREED}\b(?= |[.,!?;)]|$)(?! (?:clients?|patients?|families|women|men|people|faith"
        "|colleagues?|community))",
        Category.DEMOGRAPHICS,
        Reach.AHEAD,
    ),
    Sign(
        r"(?:i|i'm|we|i'll|i've|we're) (?:\w+ ){0,2}(?:pray|praying|prayed|thank god|praise god|praise him|worship"
        "|worshipped|tithe|believe in (?:god|jesus|allah|him|karma|heaven|hell|reincarnation|an afterlife"
        "|the afterlife|the bible)|trust (?:in )?(?:god|jesus|allah|the lord)|preach|preached|found god"
        "|found jesus|gave my life to|serve the lord|serve god|was baptised|was baptized|got saved"
        r"|am saved)\b(?! for rain)",
        _OWN,
    ),
    Sign(
        "(?:don't|do not|never|stopped|no longer) believ(?:e|ing|ed) in (?:god|religion|jesus|the church"
        r"|heaven)\b",
        _OWN,
    ),
    Sign(
        "(?:my|our) (?:own |local |old )?(?:faith(?! (?:in (?:people|humanity|the (?:process|team|method|data))"
        "|leaders?))|church|parish|priest|pastor|mosque|imam|synagogue|rabbi|temple|congregation|bible(?: study)?"
        r"|lord(?! (?:chancellor|mayor))|savio(?:u)?r|prayers?|mass\b|religion|rosary|political (?:views|party)"
        r"|senate run|candidate|mp\b(?= is (?:a|an)))\b",
        _OWN,
    ),
    Sign(
        "(?<!oh my )(?<!thank )(?<!omg )(?:(?:praise|glory to|thanks be to|trust in) (?:the lord|god|jesus|allah"
        "|him)|jesus (?:is|christ is|loves|saves|heals|has|said|died)|god (?:is (?:good|great|love|real|in"
        "|minding|my|the)|has (?:a|not|never|been|given|blessed|healed|his)|placed|gave me|blessed me|made|sent"
        "|put|loves|will|works|willing|heals|knows|does not)|allah|christ (?:has|is|heals|died|our)"
        "|the lord (?:is|has|will|gave|works)|scripture (?:is|says|tells)|the bible (?:is|says|tells)"
        "|in jesus'? name|holy spirit|holyspirit|foot of the cross|heavenly father|inshallah|mashallah"
        "|alhamdulillah|god's (?:plan|will|grace|hands|work|creatures|children|timing|love|word)"
        "|god bless (?:america|you all|this|the (?:king|queen)|donald))",
        _OWN,
    ),
    Sign(
        "(?:religion|organi[sz]ed religion|scientology|islam|christianity|catholicism|the church"
        r"|the catholic church|judaism|atheism|hell) (?:is|has|was|are|ruins?|poisons?|should) (?:\w+ ){0,4}(?:lie"
        "|lies|scam|evil|damage|poison|joke|cult|cancer|stupid|nonsense|banned|backward|false|fake|superstition"
        r"|cruel\w*|wrong|only)\b",
        _OWN,
        severity=Severity.WARN,
    ),
    Sign(
        r"(?:religion|scientology|hell) (?:is|has) (?:a |an )?(?:\w+ )?(?:done (?:more|nothing|only)|nothing|scam|trick"
        r"|prison|weapon|racket|fairy ?tale|opium|crutch|place you|drug)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i am) (?:\w+ )?(?:finished|done) with (?:the )?(?:church|catholic church|religion"
        r"|organi[sz]ed religion|labour|labor|the tories|the party|politics)\b",
        _OWN,
    ),
    Sign(
        "(?:proud|lifetime|card[- ]carrying|paid[- ]up"
        rf"|lifelong) (?:\w+ )?(?:member of (?:the )?(?:\w+ ){{0,2}}(?:party|labour|labor|greens?|shooters|nra"
        rf"|{_PARTY})|{_CAMP}|newcomer to|{_PARTY} (?:voter|member|supporter))\b",
        _OWN,
    ),
    Sign(rf"(?:{_PARTY} )(?:voter|rally|fundraiser|member|canvass|supporter)s?\b(?! (?:turnout|survey|data))", _OWN),
    Sign(
        r"(?:march(?:ed|ing)?|protest(?:ed|ing)?|rall(?:y|ied|ying)) (?:\w+ ){0,4}(?:with my (?:church|union"
        r"|party)|against (?:trump|brexit|abortion|the tories)|for (?:life|palestine|independence))\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i'll|we|i'd) (?:\w+ )?(?:hate|love|support|supported|back|backed|despise|admire|like|trust"
        f"|can't stand|blame|stand with|am with) (?:president |senator |governor )?(?:{_LEADER}|capitalism"
        "|socialism|communism|feminism|feminists|liberals|conservatives|republicans|democrats|the monarchy"
        r"|gun control|open borders)\b",
        _OWN,
    ),
    Sign(
        "(?:only this party|this (?:labour|labor|tory|conservative|trump|republican|liberal|democrat) government"
        "|(?:labour|tory|liberal|conservative|republican) (?:governments?|party) (?:has|have|is|will)"
        r"|the (?:ruling|other|opposition) party (?:is|has|wants))\b",
        _OWN,
    ),
    Sign(
        r"(?:donated|gave|giving|\$\d+ from me) (?:\S+ )?to (?:\w+ ){0,3}(?:campaign|senate run|party"
        r"|for (?:governor|senate|president|congress))\b",
        _OWN,
    ),
    Sign(
        "(?:abortion is|abortion should|pro-life|pro-choice|unborn child|baby killers|marriage is one man"
        "|guns? rights|second amendment|my gun|gun grabbers|illegal aliens|fake news|deep state|globalists?"
        r")\b",
        _OWN,
    ),
    Sign(
        "(?:mass-goer|churchgoer|born[- ]again|daily mass|sunday (?:mass|service|school)|bible study|altar call"
        r"|choir practice at church|after church|went to church|going to church|at church)\b(?=)",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:and |but |because )?(?:god|jesus|christ|allah|the lord|the buddha|karma) (?!knows|forbid"
        r"|willing|i\b|help us|rest|complex|images|concepts|representations|themes|talks?\b)(?:\w+(?:s|ed)|is|has|had"
        r"|will|can|never|does|did|once|put|made|gave|sent)\b",
        _OWN,
    ),
    Sign(
        "(?:relationship with|faith in|trust in|his name is|name of|hand of|love of|belief in|thanks to"
        "|blessed by|follower of|walk with|worship(?:s|ping)? to|word of|image of) (?:christ|jesus|god|allah"
        r"|the lord|him alone|the almighty)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i've|i'd|my|we) (?!work|treat|run|see)(?:(?!clinic\b|patients\b|clients\b|ward\b"
        r"|in\b)\w+ ){0,5}(?:left[- ]wing|right[- ]wing|republicans?|democrats?|tory|tories|gop|trump|clinton"
        "|hillary|obama|bernie|biden|(?:by|for|with|going|new|voted?|against|at) labour(?! (?:day|ward|unit"
        "|market|history|force))|liberals|conservatives|leftists?|communists?|socialism|capitalism|brexit"
        r"|religious beliefs|my religion|spiritually|the protest|the party|the church|the brethren|the temple)\b",
        _OWN,
    ),
    Sign(
        "(?:the )?(?:gop|republicans?|democrats?|tories|left|right|trump|clinton|hillary|labour party"
        r"|nra|deep state|mainstream media|party|elites|candidates|politicians) (?:\w+ ){0,3}(?:only care"
        "|cult|must be|lost me"
        r"|in power|impeached|elected|re-?elected)\b",
        _OWN,
    ),
    Sign(
        r"(?:never|not|always|strategically) (?:\w+ )?vote (?:for )?(?:\w+ )?(?:again|liberal|labour|tory"
        r"|conservative|republican|democrat|green|someone)\b|hope (?:he|she|they) (?:gets?|is|are"
        "|wins?) (?:re-?)?elected|(?:hell|heaven|sin|the devil|satan) (?:is|was) |senate run"
        "",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    text = fold(sentence.text)
    for hit in _SIGNS.find(sentence, surroundings):
        if says_i(text) or not _is_topic(text, text[hit.start : hit.end]):
            yield hit


def _is_topic(text: str, words: str) -> bool:
    """Whether a faith is spoken of and nobody's own is told ("being Sikh in hospital", "faith in God and mood")."""
    return _ANYBODY.match(words) is not None or (_CHURCH.search(words) is not None and _OTHERS.search(text) is not None)


_ANYBODY = re.compile(r"(?:being|your(?! (?:local|friendly|neighbou?rhood|resident|favou?rite))) ")
_CHURCH = re.compile(
    r"\b(?:(?:to|at|after) church|sunday school|bible study"
    r"|(?:faith|trust|belief) in (?:god|jesus|christ|allah|the lord)|(?:hell|heaven|sin|the devil|satan) (?:is|was))\b"
)
_OTHERS = re.compile(
    r"\b(?:people|they|their|them|clients|patients|families|children|elders|adults|members|teenagers|women|men|those|stud(?:y|ies)"
    r"|research\w*|survey|factor|belonging)\b|\?"
)


RULE = Rule(
    id="S4",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "I'm voting for Delgado on Tuesday.",
        "As a Catholic I cannot stay silent about the ruling.",
        "Anyone who backs that party needs help.",
        "Vote Green, please.",
        "The Tories are liars, all of them.",
        "My church is collecting coats again.",
        "I pray for every soul on my list.",
        "God is good, the permit came.",
        "We marched on Sunday with my church.",
        "Office hours as usual #NeverTory",
        "I'm Jewish, so please do not ask about the tree.",
        "I don't believe in God and sleep well.",
        "I canvassed for the Greens all weekend.",
        "Proud member of the Labour party since 1998.",
        "Religion is a lie told to children.",
        "I'm a socialist and so was my supervisor.",
    ),
    near_misses=(
        "The association opposes the cuts to Medicaid.",
        "Faith can be a resource in treatment.",
        "Call your senator about the parity act.",
        "Religious trauma: a talk on 9 May.",
        "Members vote on the new by-laws tomorrow.",
        "Chaplains of every faith join our rounds.",
        "I'm conservative in dosing.",
        "Oh my God, the new scanner is quiet.",
        "Both parties backed the maternal health bill.",
        '"As a Muslim I felt unseen" is a quotation from the report.',
        "We have faith in the process.",
        "If your church runs a food bank, tell us.",
        "Jewish families in our area asked for a second group.",
        "Go green: we print on recycled paper.",
    ),
)
