"""S12: what a picture's file name and alt text tell of the author's life."""

import re
from collections.abc import Iterator

from twohats.boundary import grammar
from twohats.boundary.own_life import fold
from twohats.boundary.pattern import compile
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category
from twohats.model.span import Field

_KIN = grammar.any_of("partners", "children", "parents", "relatives")
_FAMILY = re.compile(
    f"(?<![a-z])(?:{_KIN}|wedding|honeymoon|birthday|bday|christening|anniversary|engagement|baby shower"
    "|newborn|nursery|family|friends"
    r"|besties|hen|stag|graduation party|xmas|christmas|thanksgiving|prom)(?![a-z])"
)
_PLACE = re.compile(
    "(?<![a-z])(?:beach|holiday|holidays|vacation|cruise|hotel|airbnb|pool|campsite|camping|cabin|lake house"
    "|lakehouse|my house|our house|home|kitchen"
    "|garden|backyard|back yard|living room|bedroom|driveway|front door|roadtrip|road trip|ski|skiing"
    "|disneyland|disney)(?![a-z])"
)
_LEISURE = re.compile(
    "(?<![a-z])(?:selfie|party|pub|wine|beer|beers|cocktails?|karaoke|gig|concert|festival|marathon"
    "|finish line|dog|cat|puppy|kitten|tattoo|bikini"
    r"|swimsuit|halloween|costume|gym|sourdough|night out|brunch|barbecue|bbq|stadium)(?![a-z])"
)
_KINDS = (
    (_FAMILY, Category.RELATIONSHIPS),
    (_PLACE, Category.WHEREABOUTS),
    (_LEISURE, Category.PRIVATE_LIFE),
)
_OF_WORK = re.compile(
    "(?<![a-z])(?:logo|chart|graph|diagram|figure|fig|cover|poster|flyer|leaflet|banner|headshot|portrait"
    "|slide|slides|screenshot|infographic|icon|stock"
    "|clinic|office|practice|reception|waiting room|therapy|certificate|diploma|conference|workshop|panel"
    "|book|title|team|map|programme|program|group"
    "|illustration|drawing|painting|cartoon|nursing home|care home|home page|homepage|support|research|review"
    "|survey|worksheet|template)(?![a-z])"
)
_OWN = re.compile(r"\b(?:my|me|our|us|we|i|selfie|mine)\b")
_EXTENSION = re.compile(r"\.[a-z0-9]{2,5}\Z")


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    text = fold(sentence.text)
    if sentence.field is Field.FILE_NAME:
        yield from _in_file_name(text)
    elif sentence.field is Field.ALT:
        yield from _in_alt(text)
    elif surroundings.has_picture or sentence.field is Field.TEXT:
        yield from _pointing_at_a_picture(text)


def _in_file_name(text: str) -> Iterator[Hit]:
    """The whole name without its ending: a part of it tells nothing that the whole does not."""
    stem_end = len(_EXTENSION.sub("", text))
    stem = re.sub(r"[_\-.+%\d()]", " ", text[:stem_end])
    if _OF_WORK.search(stem):
        return
    for pattern, category in _KINDS:
        if pattern.search(stem):
            yield Hit(0, stem_end, category)
            return


def _in_alt(text: str) -> Iterator[Hit]:
    own = _OWN.search(text) is not None
    if _OF_WORK.search(text) and not own:
        return
    for pattern, category in _KINDS:
        found = pattern.search(text)
        if found and (own or (category is Category.RELATIONSHIPS and len(text) < 40)):
            yield Hit(0, len(text.rstrip(" .")), category)
            return


_SHOWN = compile(
    "(?:photo|picture|pic|snap|snapshot|selfie|pictured|photos|pics|shot)(?: here)?(?: is| of| from| with"
    r"|:) (?:\w+ ){0,2}(?:me|us|my|our (?!clinic|team|office|new"
    r"|practice|group|waiting|therapy|reception))[^.!?\n]{0,60}"
)


def _pointing_at_a_picture(text: str) -> Iterator[Hit]:
    for match in _SHOWN.finditer(text):
        if _OF_WORK.search(match.group()):
            continue
        for pattern, category in _KINDS:
            if pattern.search(match.group()):
                yield Hit(match.start(), match.start() + len(match.group().rstrip(" ,;")), category)
                break


RULE = Rule(
    id="S12",
    find=_find,
    hits=(
        "Photo: my twins on the first day of term.",
        "Picture of us at the beach last summer.",
        "Selfie with my dog and a very old hat.",
        "Pictured: me and my sister in matching hats.",
        "The photo with my husband is from May.",
        "Pic of me at the pub after the marathon.",
    ),
    near_misses=(
        "Photo: our new sand tray.",
        "Picture of the waiting room before the flood.",
        "The chart shows anxiety by month.",
        "A drawing of a family by an illustrator.",
        "Photo of our team at the conference.",
        "Selfies and body image in teens.",
    ),
)
