"""S11: the author's hobbies, entertainment, pets, food, shopping, memories and weekends."""

from collections.abc import Iterable

from twohats.boundary import grammar
from twohats.boundary.own_life import GAP, Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.PRIVATE_LIFE
_PET = grammar.any_of("pets")
_BREED = (
    "(?:labrador|lab|spaniel|terrier|whippet|greyhound|poodle|collie|beagle|tabby|ferrets?|frenchie|bulldog"
    "|pug|corgi|dachshund|retriever|husky|chihuahua|rottweiler|moggy|tortoise|gecko|budgie|hamster|hens"
    "|chickens)"
)
_FOOD = grammar.any_of("s_food")
_SPORT = grammar.any_of("s_sports")
_SHOW = (
    "(?:movie|film|episode|episodes|season|series|show|finale|netflix|concert|gig|festival|album|song"
    "|playlist|game|match|tournament|raid|playoffs?|super bowl|superbowl|world cup|derby|premiere|trailer"
    "|book|novel|comic|manga|anime|podcast|tv"
    "|sitcom|musical|opera|playstation|xbox|nintendo|ps4|ps5|switch|minecraft|fortnite|destiny|pokemon|zelda"
    "|wow|league|lego|harry potter|star wars|marvel|disney|game of thrones|bake off|strictly|eurovision"
    "|drag race|bachelor|love island)"
)
_SELF = r"(?:i|i'm|i've|i'll|i'd|we|we're|we've|we'll|i am|i was)"

_SIGNS = Signs(
    # Pets.
    Sign(rf"my (?:own )?{GAP}(?:{_PET}|{_BREED})(?:'s)?(?![\w'-])(?! (?:therapy|scan|result|team|class))", _OWN),
    Sign(
        "our (?:own )?(?!therapy|certified|clinic|office|practice|visiting|facility|assistance|school|resident"
        rf"|lab)(?:[\w-]{{1,14}} )?(?:dogs?|cats?|puppy|kitten|{_BREED})(?! (?:handler|is certified|therapy"
        r"|visits))\b",
        _OWN,
    ),
    Sign(
        rf"(?:the|a) (?:{_BREED}|cat|dog) (?:is|has|was|ate|snored|on|at) (?:my|me|asleep|snoring|deaf|barking)\b"
        r"|cat (?:on|in) my|dog (?:on|in|at) my|walk(?:ing|ed)? the (?:dog|dogs|pup)\b|feed(?:ing)? the sourdough",
        _OWN,
    ),
    # Food and drink.
    Sign(
        rf"{_SELF} (?:\w+ ){{0,2}}(?:ate|eat|eating|eaten|cooked|cook|cooking|baked|bake|baking|made|make|making"
        "|ordered|having|had|have|want|need|craving|love|tried|grilled|roasted|brewed|drink|drank|drinking"
        rf"|devoured|bought|got) (?:(?!of\b|for\b|with\b|about\b)\w+ ){{0,3}}{_FOOD}\b(?! (?:insecurity|diary"
        "|disorder|for thought|bank|clinic|service|group|handout))",
        _OWN,
    ),
    Sign(
        rf"(?:my|my own|my favou?rite) (?:\w+ )?(?:{_FOOD}|sourdough|recipe|kitchen experiment"
        r"|favou?rite (?:mexican|italian|thai|indian|chinese) restaurant)\b(?! (?:diary|group|study|clinic))",
        _OWN,
    ),
    Sign(
        f"(?:{_FOOD}) (?:for (?:dinner|lunch|breakfast|tea|me|us)|in the oven|on the (?:go|stove|hob)|tonight|day"
        r"|friday stays|time|date|run)\b",
        _OWN,
    ),
    Sign(
        r"(?:nom nom|yummm*\w*|om nom|so delicious|delish|tasted (?:so|amazing)|eating my (?:way|feelings)"
        "|brunch with|dinner with (?:the|my|friends)|lunch with (?:the girls|my|friends)|sunday roast"
        r"|date with (?:netflix|my sofa|my bed|a pizza))\b",
        _OWN,
    ),
    # Watching, playing, listening, reading for pleasure.
    Sign(
        rf"{_SELF} (?:\w+ ){{0,2}}(?:watch|watched|watching|binge|binged|bingeing|binge[- ]watched|saw|seen"
        "|streamed|streaming|rewatched|rewatching|played|play|playing|listened to|listening to|love|loved|hate"
        "|hated|enjoyed|finished|started|went to see|attended|joined|like|miss|recorded|bought|preordered"
        "|ordered) (?:(?!client|patient|video|session|training"
        rf"|therap)[\w#@'\[\]]+ ){{0,4}}(?:{_SHOW})\b(?! (?:therapy|on (?:attachment|trauma|grief|anxiety"
        r"|supervision|cbt|act\b)|chapter|about (?:grief|trauma|therapy)|with (?:children|clients|patients)))",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:just |now |currently |about to |finally |still |been |me |re)?(?:watching|binge[- ]watching"
        "|playing|listening to|rewatching|bingeing|chilling|cuddling|snuggling|relaxing|lounging|napping"
        "|shopping for|getting ready|catching up on|jamming to|dancing|singing) (?!with children|with clients"
        r"|for (?:signs|change)|and (?:learning|listening)|field|ground|the (?:data|field|part of))\w+",
        _OWN,
    ),
    Sign(
        "(?:my (?:own )?(?:favou?rite|fave|fav|guilty pleasure|top (?:five|ten|3|5|10)|go-to)) (?!part of (?:this"
        "|the|my|our) (?:job|work|role|training)|supervisor|question|paper|study|finding|slide|teaching"
        "|intervention|textbook|technique|metaphor|theor|chapter|measure|definition|trial|session|psycholog"
        r"|worksheet|reference|exercise|clinical|therap)\w+",
        _OWN,
    ),
    Sign(
        r"(?:i'm|i am|im|been) (?:\w+ ){0,2}(?:fan of (?!the (?:method|model|approach|dsm)|dr\.?|act\b|cbt|using"
        r"|this (?:book|model|approach|technique))|[\w/'-]+ fan\b|a swiftie|addicted to (?!work)|obsessed with"
        "|into (?:running|yoga|hiking|crossfit|cycling|gaming|vinyl|metal|climbing|gardening)|hooked on"
        "|listening to|watching|playing|reading (?:the|a) (?:last|latest|new) (?:harry|novel|stephen|thriller"
        "|romance))",
        _OWN,
    ),
    Sign(
        "(?:let's go|lets go|go|c'mon|come on|up the|forza|hala|vamos|gooo+) (?:knights|otters|rovers|bokke"
        "|lakers|cubs|sox|red sox|yankees|patriots|pats|packers|eagles|bears|leafs|canucks|habs|jets|giants"
        "|cowboys|chiefs|49ers|niners|dodgers|mets|braves|astros|warriors|celtics|bulls|spurs|heat|raptors|jays"
        "|bruins|rangers|flyers|sabres|arsenal|chelsea|united|city|liverpool|reds|gunners|spurs|saints|tigers"
        r"|blues|all blacks|wallabies|springboks|ireland|wales|england|india|csk|team)\b",
        _OWN,
    ),
    Sign(
        r"(?:\w+ till (?:i die|my last breath)|season tickets?|fantasy (?:team|league|football)|dynasty league"
        "|draft pick|we (?:need|have|got|traded|signed|won|lost|beat|drew|drafted|play) (?:another |a |the "
        "|[A-Za-z]+ )?(?:rb|qb|wr|goalie|striker|keeper|pitcher|defen[cs]e|playoffs?|cup|game|league|match"
        r"|superstar|season|series|final|derby)\b|(?:shot at|make|made|making|out of) the playoffs|the wild card"
        "|overtime (?:win|loss)|last night's (?:game|match|gig|derby|show|double|win|loss|episode)|the (?:derby"
        "|super over|cup final|playoffs))",
        _OWN,
    ),
    # Sport and body.
    Sign(
        rf"(?:{_SELF} |just |finally )(?:\w+ ){{0,2}}(?:ran|run|running|swam|swim|cycled|cycle|hiked|climbed|lifted"
        "|deadlifted|squatted|benched|surfed|skied|sailed|kayaked|finished|completed|did|took up|train for"
        "|training for|signed up for|started|joined|go to|went to|hit|play|played|do|practise|practice) (?:(?:the"
        rf"|a|my|an|our|some|to) )?(?:\w+ ){{0,3}}{_SPORT}\b(?! (?:therap|group for|for (?:anxiety|depression"
        "|clients|patients|trauma)|with (?:clients|patients)|psycholog|medicine))",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:ran the|ran a|deadlifted|squatted|benched|hiked|swam|cold[- ]water swim\w*|marathon (?:number"
        "|no|countdown|training)|half[- ]marathon (?:number|done)|parkrun|personal best|new pb|leg day"
        r"|gym (?:selfie|time|day|rat)|morning (?:run|swim|workout|yoga))\b",
        _OWN,
    ),
    Sign(
        r"my (?:own |old |new |first |last |next )?(?:\w+ )?(?:marathon|half marathon|triathlon|workout|gym"
        "|yoga class|spin class|pottery class|book club|band|choir|guitar|allotment|drums|piano|banjo|knitting"
        "|crochet|sourdough|tattoo|piercing|motorbike|motorcycle|bike|surfboard|skateboard|rifles?|shotgun|vinyl"
        "|telescope|camper van|campervan|bucket list|playlist|nails|hair|outfit|dress|shoes|trainers|makeup"
        "|selfie|eyebrows|beard|wardrobe|truck|iphone|xbox|playstation|instagram feed|snapchat|alarm clock"
        "|weekend|weekends|day off|days off|saturday|sunday|childhood|prom|hobby|hobbies|sofa|couch|duvet|pyjamas"
        "|pajamas|breakfast|dinner|supper|bath|shower|garden|tomatoes|roses|laundry"
        r"|christmas tree)\b(?! (?:memories of clients|clinic|group|hours|list|trauma|adversity))",
        _OWN,
    ),
    # Memories and ways.
    Sign(
        r"(?:when|since|back when|as|until) i was (?:a (?:\w+ )?(?:kid|child|teen|teenager|boy|girl|student|little"
        "|baby|youngster|toddler)|little|young|younger|growing up|small|at (?:school|uni|college|high school)"
        "|in (?:high school|middle school|primary|elementary|grade|school|college(?! of)|kindergarten|my teens"
        "|my twenties|the (?:army|navy|scouts|band))|her age|his age|your age|that age|(?:about |around "
        r"|like )?(?:\d{1,2}|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
        r"|sixteen)(?! (?:months|weeks|years) (?:into|in)))\b",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:\w+ )?(?:used to(?! (?:think|believe|teach|assume|start|tell (?:clients|trainees|patients)"
        "|ask (?:clients|patients|trainees)|call (?:this|it)|work (?:with|in|on|as|at)|treat|prescribe"
        r"|run (?:this|the|a)|supervise|write|explain|refer|finish|end|open|begin))(?= \w)|remember (?:being"
        "|when (?!we (?:first|started)|the)|watching|going|playing|seeing|that (?:game|day|summer|time)|as a|my"
        "|our|having)|grew up (?:with|on|watching|playing|listening)|once (?:ate|drank|dreamed|dressed|dated"
        "|lived|stole|drove|got (?:lost|locked))|had a dream|dreamed|dreamt)",
        _OWN,
    ),
    Sign(
        "(?:one of )?the (?:best|greatest|funniest|happiest|scariest|weirdest) (?:day|night|days|nights|weekend"
        "|time|times|concert|gig|summer|trip|meal|birthday|thing i've ever|moment)s? (?:of|in) my (?:life|year)",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:had|have|having) (?:\w+ ){0,2}(?:so much fun|a blast|a great time|an amazing time"
        "|the best time|a lovely (?:evening|weekend|day)|a wonderful (?:evening|weekend|day|time)|a fun|a bbq"
        r"|a barbecue|a picnic|a sleepover|a lie-in|a party|friends over|people over)\b",
        _OWN,
    ),
    Sign(
        r"(?<!\w )(?:had (?:so much fun|a blast|a great time|an amazing time|the best time)|fun times"
        "|good times (?:with|at)|lazy (?:sunday|saturday|day|morning)|throwback to|tbt to|selfie (?:time|with)"
        "|weekend vibes|day off|early night|night in|movie night|game night|snow day|beach day|pool day|road trip"
        r"|retail therapy|treat(?:ed|ing)? (?:myself|yo ?self)|pamper(?:ing)?)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|i'm|i'll|we|i've) (?:\w+ ){0,2}(?:went shopping|go shopping|going shopping|bought (?:a|some|my"
        "|these|the|new) |got (?:a|my) (?:new )?(?:tattoo|haircut|nails|hair|puppy|kitten|piercing|tickets|ears)"
        "|dyed my|cut my hair|slept in|going (?:back )?to bed|going to sleep|take a nap|took a nap|binge"
        "|lie in bed|lay in bed|stay in bed|hang out|hung out|hanging out|party|partied|gamble|smoke|vape"
        "|go fishing|went fishing|went hunting|hunt|go dancing|garden|collect|knit|crochet|sew|paint|sing|dance"
        r"|skate|game all|preordered|can't cook|can't dance|can't sing)(?:\b|(?<= ))(?! (?:for the (?:clinic"
        "|practice|office|team)|in (?:session|therapy)))",
        _OWN,
    ),
    Sign(
        "(?:i|we)(?:'m| am|'re| are) (?:not )?(?:a (?:big |huge |massive |total |proud "
        r"|bit of a )?(?:\w+ )?(?:nerd|geek|foodie|gamer|runner|swimmer|cyclist|vegan|vegetarian|hoarder|collector"
        "|night owl|morning person|homebody|dog person|cat person|coffee person|hiker|climber|knitter|gardener"
        "|baker|bookworm|hunter|angler|fisherman|dancer|musician|drummer|guitarist|singer|freak|slob|introvert"
        "|extrovert|wizard)|an? (?:afc|nfc|arsenal|liverpool|gryffindor|slytherin|hufflepuff|introvert"
        "|early bird)|lazy|a leo|a scorpio|a pisces|a virgo|an? (?:aries|taurus|gemini|libra|sagittarius"
        r"|capricorn|aquarius|cancerian))\b",
        _OWN,
    ),
    Sign(
        "(?:in|on|from|into|under|out of) (?:my (?:bed|pyjamas|pajamas|bath|sofa|couch|pjs|slippers|onesie"
        r"|wellies|hammock)|the (?:bath|hammock))\b",
        _OWN,
    ),
    Sign(
        r"#(?:sourdough\w{0,8}|foodie\w{0,6}|foodporn|yum+y?|dogsof\w{0,10}|catsof\w{0,10}|dogmom|catmom|puppylove"
        r"|frenchie\w{0,8}|petsof\w{0,10}|marathontraining|runnersof\w{2,12}"
        r"|gymlife|gymrat|legday|go(?!od|ld|t\b)[a-z]{5,12}|swiftie\w{0,6}|livemusic|coachella|edc\w{0,8}"
        r"|disneyland|newyearseve|nowplaying|goodtimes|throwback\w{0,10}|ootd"
        r"|newtattoo|treatyoself|lazysunday|lazyday|sundayfunday|girlsnightout|movienight|gamenight"
        r"|beachday|perfectday|funtimes|weekendvibes|vinyl\w{2,10})\b",
        _OWN,
        Reach.TAGS,
    ),
    # What the author did, likes and keeps.
    Sign(
        "(?:i|we) (?:once|accidentally|literally|recently|finally|just) (?!work|treat|saw a (?:client|patient)"
        r"|assess|supervis|taught|publish|pass|complet|updat|read\b|attend|present|spoke|gave|heard|learn|ask|said"
        "|want|wish|think|thought|hope|sent|post|finish|sat down with|submitt|receiv|review|hired"
        "|join(?:ed)? (?:the|a) (?:team|practice|board)|don't|do not|need|feel|love|hate|noticed|realis|realiz"
        r"|had to|have to|know|can't|got (?:my|our) (?:registration|licen|accredit))(?:\w+ed|ate|bought|went|got"
        "|had|made|found|woke|spent|stole|drove|cried|won|lost|wore|dyed|told my|broke|fell"
        r"|slept|burnt|discovered)\b",
        _OWN,
    ),
    Sign(
        "(?:i|we) (?:absolutely |really |just |do |also |still |totally |always )?(?:love|loved|luv|like|liked"
        "|enjoy|enjoyed|prefer|adore|adored|hate|hated) (?:(?:it|this|that|them|mine)(?=[.!,? ]*$| so much| when"
        "| more)|the (?:smell|sound|snow|rain|sun|beach|summer|taste|music|song|movie|film|show|ending|colour"
        "|color)|this (?:song|show|movie|film|place|city|weather|game|band|episode|album)|summer|winter|autumn"
        "|christmas|weekends|fridays|milk|cheese|coffee|tea|chocolate|cats|dogs|my (?:bed|couch|car|bike|phone"
        r"|house|kitchen|plant|shoes|new)|being (?:home|at home|outdoors|outside|on the water)|when my)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|we) (?:\w+ )?(?:have|had|own|owned|got|wear|wore|drive|drove|collect|keep|play(?:ed)?|ride) (?:a|an"
        r"|my|our|some|two|three|the|season) (?:\w+ ){0,2}(?:seats|tickets?|bike|car|truck|jeep|motorbike|boat"
        "|guitar|piano|drums|tattoo|gun|rifle|xbox|playstation|ps4|garden|telescope|jersey|heels|skirt"
        r"|dress|hoodie|beard|haircut|tree|campervan|caravan|fish ?tank|collection|vinyl|record player|sweater)\b",
        _OWN,
    ),
    Sign(
        r"(?:i|we|i'm|i've) (?:\w+ ){0,2}(?:vegan|vegetarian|bullied|into (?:vinyl|metal|jazz|anime|gaming)"
        "|at the beach|in the shower|at the gym|on my phone|in bed|at the movies|on the couch|at a concert"
        r"|at the game)\b(?! (?:clients|patients|teens|options|diet in|children))",
        _OWN,
    ),
    Sign(
        r"(?:i|my) (?:\w+ )?(?:weird|crazy|awful|strange|recurring|bad|funny) (?:dream|nightmare|neighbou?r"
        r"|habit)\b|my (?:sport|team|club|character|build|deck|main|guild|save file|high school|middle school"
        r"|homework|exam|finals|essay|gpa|semester|classmates?|dorm|prom date|professor)\b(?! (?:of|meeting"
        "|members|at the clinic|and i (?:wrote|present)|is hiring|work|leader|includes?|has (?:two|three"
        "|an) (?:opening|vacanc)|page|profile))(?<!my team)",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterable[Hit]:
    return _SIGNS.find(sentence, surroundings)


RULE = Rule(
    id="S11",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "Look at my sourdough.",
        "My cat sat through the whole webinar.",
        "One of the best nights of my life, row twelve.",
        "I ran the harbour half marathon on Sunday.",
        "I baked a cake shaped like a brain.",
        "We watched the finale twice.",
        "When I was a kid I ate snow by the bucket.",
        "My favourite pizza is the one that arrives.",
        "I'm a huge Otters fan.",
        "I used to play bass in a barn.",
        "I had a dream about the photocopier.",
        "My first tattoo is a heron.",
        "Writing this in my pyjamas.",
        "I took up powerlifting at sixty.",
        "We had so much fun at the fair.",
        "Watching old westerns with the sound off.",
        "Slides ready #swiftie",
    ),
    near_misses=(
        "Hobbies protect against burnout.",
        "Our therapy dog Bo is certified.",
        "Join the charity walk with our team.",
        "Reading fiction builds empathy, says a new trial.",
        "I used to think that resistance was a problem to be solved.",
        "My favourite question in a first session is a short one.",
        "In the film, the therapist eats soup.",
        "Dogs lower the heart rate in some studies.",
        "Food insecurity and mood: a review.",
        "If I ate better, would my mood lift?",
        "The running group for new fathers meets at noon.",
        '"I watched the series twice" is a fine way to start a session with a teen.',
        "Screen time before bed delays sleep.",
        "Play with children on the floor, not over them.",
    ),
)
