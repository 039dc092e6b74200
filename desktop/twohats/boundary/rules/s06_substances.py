"""S6: the author's drinking, drugs and wild nights."""

from collections.abc import Iterable

from twohats.boundary.own_life import COUNT, Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.PRIVATE_LIFE
_DRINK = (
    "(?:wine|beers?|gin|g&t|g and t|gin and tonic|vodka|whisky|whiskey|bourbon|rum|tequila|prosecco|champagne"
    "|fizz|bubbly|malbec|merlot"
    "|rioja|chardonnay|sauvignon|pinot|rosé|rose wine|cider|ale|ipa|stout|guinness|lager|pints?|margaritas?"
    "|margs?|martinis?|cocktails?|mojitos?"
    "|mimosas?|negronis?|spritz|aperol|sangria|shots|jäger|jager|booze|cold ones?|brewski|nightcap"
    r"|old fashioned|daiquiris?|sake|soju|mezcal|pint of \w+)"
)
_DRUG = (
    "(?:weed|joint|spliff|edibles?|gummies|a gummy|blunt|bong|shrooms|mushrooms trip|acid|lsd|mdma|molly"
    "|ecstasy|coke|cocaine|ketamine at|pot|ganja|hash brownies|weed brownies|vape|bowl of weed|kush|dank)"
)

_SIGNS = Signs(
    Sign(r"(?:wine|gin|beer|pint|prosecco|cocktail|rosé) o'?clock\b", _OWN),
    Sign(
        "(?:i'm|i am|i was|i got|we got|still|so|bit|feeling|slightly|too|totally|very|getting|get"
        r"|woke up) (?:\w+ )?(?:hungover|hung over|drunk(?! driv)|tipsy|wasted|plastered|hammered|stoned|buzzed"
        r"|pissed as|legless|sloshed|blackout drunk|high as a kite|baked|tripping)\b",
        _OWN,
    ),
    Sign(r"(?:my|this|the worst|a|stinking|raging) (?:\w+ )?hangover\b(?! (?:cure|helps|is not))", _OWN),
    Sign(
        rf"(?:i|i'm|i've|i'll|we|we're|me|i'd|i was|we had) (?:\w+ ){{0,4}}(?:{COUNT} |a |a large |a big |some |my "
        "|another |the |with )?(?:(?:glass|glasses|bottle|bottles|pint|pints|can|cans"
        rf"|jug) of )?{_DRINK}\b(?! (?:o'|and mood|industry|use|consumption|harm|research))",
        _OWN,
    ),
    Sign(
        "(?:drinking|sipping|necking|downing|pouring|craving|opened|poured|sank|open) (?:a |an |the |my |some "
        f"|another |too many |too much |{COUNT} )?(?:large |big |cold |stiff |cheeky |well[- ]earned |friday "
        rf"|nice )?(?:glass of |glasses of |bottle of |pint of )?{_DRINK}\b(?! (?:industry|use|consumption|harm"
        "|research|intake|units|guidelines))",
        _OWN,
    ),
    Sign(
        "(?:(?:a|an|another|first|second|third|fourth|large|cold|stiff|cheeky|well[- ]earned|well-deserved|friday"
        f"|{COUNT}) )(?:glass(?:es)? of |bottles? of |pints? of )?{_DRINK} (?:in hand|waiting|later|tonight"
        "|calling|down|deep|on fridays?|please|for me|and counting|in,)",
        _OWN,
    ),
    Sign(
        f"(?:first|second|third|fourth|fifth|{COUNT}) (?:glass|bottle|pint|shot|round"
        r"|cocktail)s?(?: of \w+)?(?: (?:and counting|down|in|later|deep|waiting))\b",
        _OWN,
    ),
    Sign(
        rf"(?:i|i'm|i've|we|we're|me) (?:\w+ ){{0,3}}(?:smok\w+|roll\w*|ate|took|did|tried|popped|hit|bought|grow"
        rf"|on|high on) (?:a |an |some |the |my |{COUNT} )?{_DRUG}\b(?! (?:use|users?|research|trial|disorder))",
        _OWN,
    ),
    Sign(
        "(?:edibles?|gummies|weed|a joint|shrooms) (?:and (?:a |some )?(?:movie|film|netflix|pizza|chill)|tonight"
        r"|kicked in|for (?:me|us|breakfast|dinner))\b",
        _OWN,
    ),
    Sign(
        r"(?:pub crawl|bar crawl|beer pong|keg stand|shotgunned|blacked out|bender\b|on the lash|on the piss"
        r"|out on the town|partied (?:till|until|all|so|hard)|party(?:ing)? (?:all night|till|until|hard)|rager\b"
        r"|afterparty|after-party|clubbing\b|went clubbing|night out with the (?:girls|boys|lads)|girls'? night"
        r"|boys'? night|lads'? night|happy hour\b|drinks are on me|drink in hand|drinks tonight|(?:down|in|off to"
        r"|at|to) the pub\b|propping up the bar|open bar|bottomless brunch|day drinking|drunk(?:en)? (?:text|dial"
        r"|tweet|karaoke)\w*|karaoke)",
        _OWN,
    ),
    Sign(
        "(?:i|we) (?:need|deserve|want|could use|could do with|could murder|fancy) (?:a|an|some|another"
        r"|several) (?:\w+ )?(?:drink|drinks|glass|pint|bottle|cocktail|wine|beer|gin)\b",
        _OWN,
    ),
    Sign(
        r"#(?:wine\w{0,12}|winenot|drunk\w{0,8}|hungover|hangover|beer\w{0,10}|craftbeer\w{0,8}|turnup|turntup|lit"
        r"|partytime|partylife|party|tgif|weed\w{0,8}|420\w{0,6}|stoner\w{0,6}|cannabiscommunity|cheers"
        r"|prosecco\w{0,8}|gin\w{0,6}oclock|happyhour|tequila\w{0,8}|cocktails?|nightout|clubbing|clublife"
        r"|poolparty|pubcrawl|openbar|saturdaynight|girlsnight\w{0,4})\b",
        _OWN,
        Reach.WORDS,
    ),
    Sign(
        "(?:a |an |the |my |some |large |big |cold |cheeky |friday ){1,4}(?:glass of |bottle of |pint of "
        f"|mug of )?{_DRINK}(?: (?:and|in|on|with|at) (?:a mug|hand|the (?:fridge|garden|sofa|couch|bath|balcony"
        r"|sun|beach|train)|fridays|netflix|my|me)\b|,? (?:please|anyone|cheers)\b)",
        _OWN,
    ),
    Sign(
        r"(?:drinking a \w+|girls night"
        "|cheers to (?:the weekend|friday|us)|number (?:one|two|three"
        "|four) in hand|drink responsibly,? i|don't drink any ?more|i (?:only |don't |never |used to )?(?:drink"
        "|smoke|vape|party) (?:at|on|too|a lot|socially|alone|every|when|to)|cig break|smoke break|getting lit"
        r"|turnt|lit af)\b",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterable[Hit]:
    return _SIGNS.find(sentence, surroundings)


RULE = Rule(
    id="S6",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "Gin o'clock, the audit is over.",
        "So hungover at the 8 am handover.",
        "Edibles and a film tonight.",
        "I drank four margaritas and explained attachment to a cactus.",
        "Slides done, off to the pub.",
        "We got drunk after the viva.",
        "I'll be the one with a beer at the back.",
        "Third glass of fizz and counting.",
        "I smoked a joint on the balcony once, in Lisbon.",
        "This hangover has its own formulation.",
        "We partied till four.",
        "I need a drink after that ward round.",
        "Opened a bottle of rioja instead of the inbox.",
        "Two pints down and I still cannot define resilience.",
        "Friday at last #wineoclock",
        "Karaoke until the neighbours knocked.",
    ),
    near_misses=(
        "Alcohol use rises in December.",
        "We treat cannabis use disorder with and without medication.",
        "Sober-curious? Three questions to start.",
        "Wine and antidepressants do not mix well.",
        "How many drinks a week is too many?",
        "The trial of ketamine for depression closed early.",
        "If I drink on this tablet, what happens?",
        "Hangovers and low mood: what is known.",
        "Beer sales fell, admissions fell with them.",
        '"I got drunk" is where many stories begin, and we can begin there too.',
        "Drunk driving kills.",
        "A third beer may be the first sign.",
        "The study gave volunteers a glass of wine.",
        "Parties can be hard for anxious teens.",
    ),
)
