"""S7: the author's money, debts, purchases, property and law troubles."""

from collections.abc import Iterable

from twohats.boundary.own_life import COUNT, Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.FINANCES
_SUM = (
    r"(?:(?:[$£€₹₱¥]|us\$|s\$|a\$|c\$|rs\.? ?|r(?=\d{2} ?\d{3}))\d[\d,. ]{0,11}\d?(?:k|m|\b)"
    r"|\d{1,3}(?:,\d{3}){0,4}k\b(?! (?:run|race|steps|walk|followers|people|users|words|lines|runs))"
    rf"|(?:\d[\d,.]{{0,9}}|{COUNT}|(?:\w+ )?hundred|(?:\w+ )?thousand|a few) (?:\w+ )?(?:dollars|pounds|euros"
    "|quid|bucks|grand|rupees|pesos|rand|bolivianos|yen|francs))"
)
_THING = (
    "(?:savings|overdraft|mortgages?|rent|landlord|landlady|student loans?|student debt|loans?|debts?"
    "|credit cards?|credit score|bank (?:account|balance)|salary"
    "|paycheck|pay ?cheque|paycheque|payslip|pay stub|take-home|wages?|pension|inheritance|retirement (?:fund"
    "|account)|401k|isa|ira|crypto(?: wallet)?|bitcoin|shares|portfolio|tax (?:bill|return|refund|rebate)"
    "|refund|alimony|child support|electric(?:ity)? bill|heating bill|bills|finances|net worth|bonus"
    "|bankruptcy|stipend|speeding ticket|parking ticket|parking fine|divorce lawyer|lawsuit|court date"
    "|probation|dui|index fund|money|wallet|budget(?! (?:submission|request|line))|deposit|down payment"
    "|new (?:car|house|iphone|phone|laptop|flat|apartment|kitchen|tesla|bike|truck|boat)|porsche|tesla|bmw"
    "|mercedes|lake (?:house|cottage|place)|holiday home|second home|allotment rent|buy-to-let)"
)
_NOT_WORK = (
    "(?! (?:question|calculator|talk|course|scheme for|advice|workshop|service|clinic|report|and mental|harms?))"
)

_SIGNS = Signs(
    Sign(
        "my (?:own )?(?!team|clinic|practice|department|grant|research|study|trial|lab|client"
        "|patient)(?:(?!client|patient|team|clinic|practice|department|grant|research|study|of|the|in|for|to|and"
        rf"|is)[\w'-]{{1,16}} ){{0,2}}{_THING}\b{_NOT_WORK}",
        _OWN,
    ),
    Sign(
        "our (?:own )?(?:mortgage|rent|landlord|savings|overdraft|debts|house deposit|second home|lake house"
        rf"|holiday home|electric bill|heating bill)\b{_NOT_WORK}",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i've|we|we're|we've|i'd|still|me,) (?:\w+ ){0,3}(?:owe|owes|owed"
        r"|owing)\b(?! (?:an? (?:\w+ )?debt\b|you|them|him"
        "|her|it|the (?:team|reader|world|staff)|a (?:debt of|thank|great|lot to|huge|apology)|an (?:apology"
        "|answer|explanation)|much|everything|my (?:career|interest|method)|this (?:idea|phrase)))",
        _OWN,
    ),
    Sign(r"(?:owes|owed) me (?:[$£€]|child|rent|money|\d|for (?!this|a))", _OWN),
    Sign(
        rf"(?:i|i've|i'd|we|we've|she|he|who|i'll) (?:\w+ ){{0,2}}(?:lost|won|paid|spent|saved|earn|earned|make"
        "|made|cleared|lent|borrowed|inherited|blew|dropped|invested|owed|took home|charged me"
        rf"|pocketed) (?:\w+ ){{0,2}}{_SUM}",
        _OWN,
    ),
    Sign(
        rf"{_SUM} (?:in|of|on) (?:the |my |our |a )?(?:\w+ )?(?:debt|debts|savings|loans?|student loans?"
        "|credit cards?|cards|overdraft|braces|rent|shoes|bitcoin|crypto|doge|student debt|mortgage|vet bills?"
        r"|the horses|my name)\b",
        _OWN,
    ),
    Sign(
        rf"{_SUM} (?:to my name|in my (?:account|pocket)|i didn't have|gone\b|lighter\b|under asking|over asking"
        "|poorer|richer|in the red|in the hole|reached my account|a month after tax)",
        _OWN,
    ),
    Sign(
        f"(?:down|lost|up|won|for) {_SUM} on (?:doge|crypto|bitcoin|the (?:horses|lottery|stock|match|game)|one"
        r"|shares|a (?:horse|bet))\b",
        _OWN,
    ),
    Sign(
        r"(?:i|we|i've|we've|just|finally) (?:\w+ ){0,2}(?:remortgaged|re-mortgaged|bought|sold|closed on"
        "|exchanged on|put an offer on|put a deposit on|inherited|refinanced) (?:our |my |the |a |an "
        r"|another )?(?:\w+ ){0,2}(?:house|flat|apartment|cottage|condo|home|place|car|boat|caravan|plot|farm|land"
        "|bungalow|van|motorbike|truck|tesla|land rover|iphone|ipad|macbook|ps5|ps4|xbox|shoes|boots|dress"
        r"|handbag|tv|guitar|camera|watch|laptop)\b",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:remortgaged|paid off|filed for bankruptcy|maxed[- ]out|sold (?:my|our) (?:house|flat|car)"
        "|cashed in (?:my|our)|bought (?:a|my|our) (?:house|flat|car|first))",
        _OWN,
    ),
    Sign(
        r"(?:i|we|i've|we've|i'm|we're) (?!(?:see|treat|serve|welcome|support)\b)(?:\w+ ){0,2}(?:filed for bankruptcy"
        "|declared bankruptcy|bankrupt"
        "|went broke|going broke|am broke|flat broke|so broke|broke as|behind on (?:the|my|our)|in arrears"
        "|maxed out|living off savings|living paycheck|paycheck to paycheck|in debt|drowning in (?:debt|student"
        "|bills|credit)|paying off|paid off|cashed in|took out a (?:loan|second)|gambled away|overdrawn|skint"
        "|got a (?:raise|pay rise)|got evicted|being evicted|was evicted|being sued|got sued|am suing|are suing"
        "|got a (?:speeding |parking )?ticket|pleaded guilty|was arrested|got arrested|on probation"
        "|in court (?:on|for my|next|tomorrow)|on food stamps|homeless|on welfare|on benefits"
        "|on disability benefits|won the lottery|can't afford|cannot afford|couldn't afford|can barely afford"
        r"|could not afford|can't pay (?:my|the|our))\b",
        _OWN,
    ),
    Sign(
        r"(?:is|are|was|were) suing me\b|(?:sued|evicted|fined|arrested|repossessed|audited) (?:me|us)\b|(?:turned"
        r"|knocked) down my (?:loan|mortgage)|put (?:us|me|my rent|the rent) up (?:by )?\S+|the bailiffs"
        "|taxman (?:fined|owes|wants|and i)|the tax people|the irs and i|student loan balance|loan balance"
        "|child support takes|rent (?:swallows|takes|eats)|in arrears|got a (?:speeding |parking )?(?:ticket|fine)"
        r"|grew up (?:poor|on (?:food stamps|welfare|benefits|a council))|left me (?:\w+ ){0,2}(?:acres|house|money"
        r"|flat|\d|bungalow|cottage|inheritance)",
        _OWN,
    ),
    Sign(
        "(?:i|we) (?:only |currently |now )?(?:earn|make|bring home|take home) (?:about |around |only |less than "
        r"|under |more than )?(?:[$£€₹]|\d{2,3}k|minimum wage)",
        _OWN,
    ),
    Sign(r"i paid (?:in )?cash\b|keys in hand\b|tuition (?:bill|is due|fell due) ", _OWN),
    Sign(
        r"#(?:broke\w{0,8}|debtfree\w{0,10}|firsttimebuyer|newhome\w{0,6}|newhouse|newcar\w{0,4}|payday"
        r"|studentloans?|studentdebt|paidoff\w{0,10}|retailtherapy|shopaholic|shoppingspree|\w{0,6}haul)\b",
        _OWN,
        Reach.WORDS,
    ),
    # The author and money in one breath.
    Sign(
        r"(?:i|i'm|i've|i'd|my|me|we've|mine) (?:(?!fee\b|session\b|raise\b|raised\b|grant\b|charge\b"
        rf"|charged\b)[\w']+ ){{0,6}}{_SUM}(?! (?:grant|award|fund|fee|a session|per session))",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i've|i'd|my|me|we|we've|mine) (?:(?!will\b|clients?\b|patients?\b|team\b|clinic\b|practice\b"
        r"|charge\b|an?\b|trial\b|study\b|talk\b|the (?:clinic|practice))[\w']+ ){0,5}(?:mortgages?|my loans?"
        r"|student loans?|debts?|overdraft|my savings|salary|the rent|my rent|landlord|bankrupt\w*|credit cards?"
        r"|pension|inherit(?:ed|ance)|lottery|casino|bailiffs?|evict\w*|broke(?=[ .!,]*$)|paycheck|payday|payslip"
        "|wages|bills|crypto|bitcoin|shares in|tax (?:bill|refund|return|rebate)|lawsuit|suing|alimony|speeding"
        r"|vehicle insurance|car insurance|health insurance|can't afford|couldn't afford|property in|remortgag\w*"
        r"|my lease|no income|destitute|lost my job|second job|three jobs|two jobs)\b(?! (?:and mood|counsel"
        "|advice|talk|workshop|in (?:young|early)))(?<!owe)",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:\w+ )?(?:sold|won|lost|gambled|bet|betting|invested|inherited|borrowed) (?:(?:my|our|all|the"
        "|a|an|some|money|everything|half|most) ){1,3}(?!weight|patients?|clients?|case|grant|award|prize|vote"
        "|appeal|funding)(?:life savings|savings|money|house|car|flat|fortune|wages|salary|item|lottery|bet"
        r"|jackpot|inheritance|pension|redundancy|everything|bike|van|boat)\b",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterable[Hit]:
    return _SIGNS.find(sentence, surroundings)


RULE = Rule(
    id="S7",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "My landlord wants the flat back by June.",
        "I'm drowning in student loans and drawing a diagram of it.",
        "I got a speeding ticket on the way to the keynote.",
        "My ex owes me child support, so I took the locum.",
        "I still owe £18,000 on my training.",
        "We bought a cottage with no roof.",
        "Remortgaged the house for this scanner.",
        "I lost two grand on a horse called Insight.",
        "We can't afford the dentist this year.",
        "My overdraft has an overdraft.",
        "My neighbour is suing me over a hedge.",
        "I make $48k before tax, since you ask.",
        "Down four grand on crypto, up one lesson.",
        "I grew up on food stamps and school lunches.",
        "Five hundred quid to my name and a new lease.",
        "Friday #broke",
    ),
    near_misses=(
        "Student debt harms early-career psychologists.",
        "Our fee is $150 for fifty minutes.",
        "Custody evaluations: what to expect.",
        "The grant pays £40,000 over two years.",
        "Reduced fees are given out by income.",
        "My team's budget for interpreters was cut.",
        "I owe this idea to Dr. Marchetti.",
        "We saved 40 hours a month with the new form.",
        "If my landlord evicts me, whom can I call?",
        '"I\'m in debt" is said more softly than "I\'m ill".',
        "Debt and low mood: a leaflet for families.",
        "I owe you all an apology for the broken link.",
        "We bought a new scanner for the clinic.",
        "Gambling harms often stay hidden.",
    ),
)
