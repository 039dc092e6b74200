"""Naming a faith, an orientation, a disability or an origin as a topic is no crossing, whichever it is."""

from collections import Counter
from pathlib import Path

import pytest
from tests.unit.boundary.posts import BARE, PERSONAL, POLICY, PROFESSIONAL, both_readers, check, draft_of

from twohats.model.finding import Finding

POSTS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "corpus" / "fair_to_people.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
# Without a subject, as people write of themselves: the author's own life is a note here, and no more.
MARKED = {"Raised Mormon, out at nineteen: an evening with the author of a memoir on leaving.": "S4"}

WHO = {
    "faith": "Catholic, Protestant, Baptist, evangelical, Mormon, Quaker, Orthodox, Muslim, Sunni, Shia, Jewish,"
    " Hasidic, Hindu, Sikh, Buddhist, Pagan, atheist, religious, secular",
    "orientation": "gay, lesbian, bisexual, pansexual, queer, asexual, straight, trans, transgender, nonbinary,"
    " non-binary, intersex, cisgender, LGBTQ+, two-spirit, polyamorous",
    "disability": "autistic, deaf, blind, disabled, neurodivergent, dyslexic, epileptic, diabetic, bipolar,"
    " schizophrenic, depressed, anxious, anorexic, suicidal, psychotic, traumatised, paralysed, HIV-positive, sober",
    "origin": "Black, white, brown, Asian, Latina, Latino, Hispanic, Arab, Roma, Gypsy, Traveller, Indian, Pakistani,"
    " Chinese, Korean, Filipino, Somali, Nigerian, Jamaican, Mexican, Irish, Polish, Ukrainian, Turkish, Kurdish,"
    " Syrian, Afghan, Iranian, Israeli, Palestinian, Māori, Aboriginal, Inuit, Navajo, immigrant, refugee, American,"
    " German",
    "age, body and standing": "young, old, elderly, teenage, middle-aged, fat, thin, tall, short, pregnant, menopausal,"
    " retired, widowed, divorced, single, homeless",
}
WORDINGS = (
    "Our {who} clients asked for a second group. {Who} families wait longer for a first appointment.",
    "Being {who} is not a diagnosis. If you are {who}, you are welcome here.",
    "As {a} {who} person you can ask for another clinician at any time.",
    "We see {who} and other clients, in person and online. The group is led by {a} {who} therapist.",
    "Many {who} people come to us after years of silence. Not every {who} person wants to talk about it.",
    "Thank you to our {who} colleagues, who taught us this.",
    "You may feel that no therapist has met {a} {who} client before. We have.",
)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.rule, one.words) for one in found]


def test_the_table_is_large_and_varied():
    kinds = Counter(kind for kind, _ in POSTS)
    assert len({post for _, post in POSTS}) == len(POSTS) >= 380
    assert all(kinds[kind] >= 80 for kind in ("faith", "orientation", "disability", "ethnicity"))
    assert kinds["age_body"] >= 30


@pytest.mark.parametrize("post", [post for _, post in POSTS])
def test_the_trained_check_leaves_it_alone_as_well(post):
    result = both_readers().check(draft_of(post), PROFESSIONAL, POLICY)
    assert not result.by_rules_only
    assert told(result.findings) == []


@pytest.mark.parametrize("identity", [BARE, PROFESSIONAL, PERSONAL], ids=["bare", "professional", "personal"])
@pytest.mark.parametrize("post", [post for _, post in POSTS if post not in MARKED])
def test_who_people_are_is_a_topic(post, identity):
    result = check(post, identity)
    assert result.complete
    assert told(result.findings) == []
    assert result.language == "en"


@pytest.mark.parametrize(("post", "rule"), MARKED.items())
def test_a_few_are_marked_and_never_asked_about(post, rule):
    (found,) = check(post).findings
    assert (found.rule, found.severity.word) == (rule, "note")
    assert not check(post, PERSONAL).findings


@pytest.mark.parametrize("kind", WHO)
@pytest.mark.parametrize("wording", WORDINGS)
def test_nobody_is_marked_for_the_word_that_names_them(wording, kind):
    """The same sentence about each group of people: none may be found out for being itself."""
    marked = {}
    for who in (word.strip() for word in WHO[kind].split(",")):
        article = "an" if who[0].casefold() in "aeiou" or (who.startswith("H") and who[1] == "I") else "a"
        post = wording.format(who=who, Who=who[0].upper() + who[1:], a=article)
        if found := told(check(post).findings):
            marked[who] = found
    assert not marked
