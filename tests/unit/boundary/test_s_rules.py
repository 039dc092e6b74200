"""The rules about the author's own life: exact stretches, categories, graver variants, what is let pass."""

import pytest
from tests.unit.boundary.timing import best_s

from twohats.boundary.rule import Rule, Sentence, Surroundings
from twohats.boundary.rules import (
    s01_family,
    s02_health,
    s03_milestones,
    s04_beliefs,
    s05_intimacy,
    s06_substances,
    s07_money,
    s08_whereabouts,
    s09_private_contact,
    s10_venting,
    s11_leisure,
    s12_photos,
)
from twohats.boundary.sentences import split
from twohats.model.finding import Category, Severity, SuggestionKind
from twohats.model.span import Field

RULES = (
    s01_family.RULE,
    s02_health.RULE,
    s03_milestones.RULE,
    s04_beliefs.RULE,
    s05_intimacy.RULE,
    s06_substances.RULE,
    s07_money.RULE,
    s08_whereabouts.RULE,
    s09_private_contact.RULE,
    s10_venting.RULE,
    s11_leisure.RULE,
    s12_photos.RULE,
)
BY_ID = {rule.id: rule for rule in RULES}
NOTHING = Surroundings()


def found(rule: Rule, text: str, surroundings: Surroundings = NOTHING, field: Field = Field.TEXT):
    return [(text[hit.start : hit.end], hit.category) for hit in rule.find(Sentence(text, field=field), surroundings)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_hit_of_the_table_is_found_and_every_near_miss_is_left_alone(rule):
    assert [text for text in rule.hits if not found(rule, text)] == []
    assert [text for text in rule.near_misses if found(rule, text)] == []


STRETCHES = [
    ("S1", "Slides are up, and my brother fixed the projector.", "my brother fixed the projector"),
    ("S1", "My sister paints, but the logo is by a studio.", "My sister paints"),
    ("S1", "Late again (my twins hid the keys) and sorry.", "my twins hid the keys"),
    ("S2", "Notes are late because my migraine is back.", "my migraine is back"),
    ("S2", "The talk is at noon, I'm seven years sober, come along.", "I'm seven years sober"),
    ("S3", "Clinic at ten, we buried Dad on Monday.", "we buried Dad on Monday"),
    ("S7", "New kettle, I still owe £9,000 on my training.", "I still owe £9,000 on my training"),
    ("S8", "Supper @ Marlow Pier", "@ Marlow Pier"),
    ("S9", "Text my own mobile, 07700 900123, any time.", "Text my own mobile, 07700 900123"),
    ("S10", "The form is fixed, but I'm furious.", "I'm furious"),
    ("S11", "Back at nine, my cat agrees.", "my cat agrees"),
]


@pytest.mark.parametrize(("rule", "text", "stretch"), STRETCHES, ids=[f"{r}: {t}" for r, t, _ in STRETCHES])
def test_a_hit_covers_its_clause_and_no_more(rule, text, stretch):
    assert [words for words, _ in found(BY_ID[rule], text)] == [stretch]


CATEGORIES = [
    ("S1", "My wife laughed.", Category.RELATIONSHIPS),
    ("S2", "I was diagnosed with asthma.", Category.HEALTH),
    ("S3", "I turn sixty tomorrow.", Category.DEMOGRAPHICS),
    ("S3", "I'm getting married in June.", Category.RELATIONSHIPS),
    ("S4", "I'm voting for Okafor.", Category.BELIEFS),
    ("S4", "I'm Jewish.", Category.DEMOGRAPHICS),
    ("S5", "I'm dating again.", Category.RELATIONSHIPS),
    ("S5", "I'm a lesbian.", Category.DEMOGRAPHICS),
    ("S5", "Beach body pending.", Category.CONDUCT),
    ("S6", "I'm so hungover.", Category.PRIVATE_LIFE),
    ("S7", "My landlord is selling.", Category.FINANCES),
    ("S8", "I grew up in Tarnby.", Category.WHEREABOUTS),
    ("S8", "I'm Canadian.", Category.DEMOGRAPHICS),
    ("S8", "Come by, 14 Larkfield Road.", Category.CONTACT),
    ("S9", "Text my cell 555-0142.", Category.CONTACT),
    ("S10", "I'm so lonely.", Category.FEELINGS),
    ("S10", "I want to quit my job.", Category.WORKPLACE),
    ("S11", "My dog snores.", Category.PRIVATE_LIFE),
]


@pytest.mark.parametrize(("rule", "text", "category"), CATEGORIES, ids=[t for _, t, _ in CATEGORIES])
def test_a_hit_has_the_category_of_the_guideline(rule, text, category):
    assert {kind for _, kind in found(BY_ID[rule], text)} == {category}


def test_the_own_home_address_stops_wherever_it_stands():
    home = Surroundings(home_address="27 Quarry Rise, Marlow")
    hits = list(s08_whereabouts.RULE.find(Sentence("Parcels go to 27 Quarry Rise please."), home))
    assert [(hit.severity, hit.category) for hit in hits] == [(Severity.STOP, Category.CONTACT)]
    assert not found(s08_whereabouts.RULE, "Parcels go to 29 Quarry Rise please.", home)


@pytest.mark.parametrize("text", ["Come by, 14 Larkfield Road.", "Bring it to my house, 27 Quarry Rise, after six."])
def test_a_street_number_with_words_of_home_stops(text):
    assert [hit.severity for hit in s08_whereabouts.RULE.find(Sentence(text), NOTHING)] == [Severity.STOP]
    assert not found(s08_whereabouts.RULE, "Our new office is at 27 Quarry Rise.")


def test_a_handle_counts_as_private_only_with_words_that_say_so():
    assert found(s09_private_contact.RULE, "The rest of me is on Strava: otter_runs9.")
    assert not found(s09_private_contact.RULE, "Thank you @northpsych for the slides.")


def test_contempt_for_a_party_is_graver_than_a_stance():
    contempt = next(iter(s04_beliefs.RULE.find(Sentence("The Tories are liars."), NOTHING)))
    stance = next(iter(s04_beliefs.RULE.find(Sentence("I'm voting for Okafor."), NOTHING)))
    assert contempt.severity is Severity.WARN
    assert stance.severity is None


def test_the_office_line_stands_in_for_a_private_number():
    office = Surroundings(office_phone="555-0100", office_email="desk@larkspur.example")
    (phone,) = s09_private_contact.RULE.find(Sentence("Text my cell 555-0142."), office)
    (mail,) = s09_private_contact.RULE.find(Sentence("Write to me at jam.lark@gmail.com."), office)
    assert [(fix.kind, fix.text) for fix in phone.fixes] == [
        (SuggestionKind.OFFICE_LINE, "call the office on 555-0100")
    ]
    assert [fix.text for fix in mail.fixes] == ["write to the office at desk@larkspur.example"]


def test_the_card_keeps_its_own_numbers_out_of_the_findings():
    office = Surroundings(office_phone="(555) 0100 22", office_email="lark@gmail.com", card=("lark@gmail.com",))
    assert not found(s09_private_contact.RULE, "Text my mobile, 555 0100 22.", office)
    assert not found(s09_private_contact.RULE, "Write to me at lark@gmail.com.", office)


@pytest.mark.parametrize(
    "text",
    [
        '"My wife left me" is where many stories begin.',
        "If my wife calls, what do you say?",
        "How do I tell my father?",
        "In the film, my mother is the villain.",
        "For example: my son will not eat.",
    ],
)
def test_quotations_suppositions_questions_and_works_are_let_pass(text):
    assert not found(s01_family.RULE, text)


def test_a_quotation_left_open_by_the_sentence_before_runs_on():
    inside = Surroundings(before='She wrote: "I never slept.')
    assert not found(s01_family.RULE, 'My husband never knew."', inside)
    assert found(s01_family.RULE, "My husband never knew.")


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("smith-family-beach.jpg", Category.RELATIONSHIPS),
        ("IMG_beach_2024.png", Category.WHEREABOUTS),
        ("marathon_finish.jpeg", Category.PRIVATE_LIFE),
    ],
)
def test_a_file_name_that_tells_is_found(name, category):
    assert found(s12_photos.RULE, name, field=Field.FILE_NAME) == [(name.rpartition(".")[0], category)]


@pytest.mark.parametrize("name", ["IMG_2041.jpg", "logo.png", "family-therapy-flyer.pdf", "group-poster.png", ""])
def test_a_file_name_of_the_work_is_let_pass(name):
    assert not found(s12_photos.RULE, name, field=Field.FILE_NAME)


def test_an_alt_text_is_read_for_its_people():
    assert found(s12_photos.RULE, "My son on the beach", field=Field.ALT)
    assert found(s12_photos.RULE, "Christmas with the family", field=Field.ALT)
    assert not found(s12_photos.RULE, "Chart of sleep by month", field=Field.ALT)
    assert not found(s12_photos.RULE, "Poster of the family support group", field=Field.ALT)


HOSTILE = [
    "my " * 3333,
    "I'm " * 2500,
    "a" * 10_000,
    "my own " * 1428,
    "1" * 10_000,
    "£9,9" * 2500,
    "x@" * 5000,
    "#" * 10_000,
    "'a" * 5000,
    "@ A" * 3333,
    "i was so very " * 714,
    "we " * 3333,
    "my-year-" * 1250,
    "as a as a " * 1000,
    "\u0130" * 10_000,
    "(" * 10_000,
    "my son, " * 1250,
    '"my son" ' * 1111,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8].strip())
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_hostile_text_is_read_quickly(rule, text):
    """Ten thousand characters, window by window as the check hears them, in 50 ms."""
    windows = [text[start:end] for start, end in split(text)]

    def read() -> None:
        for window in windows:
            for hit in rule.find(Sentence(window), NOTHING):
                assert 0 <= hit.start < hit.end <= len(window)

    read()
    assert best_s(read, 0.05) <= 0.05
