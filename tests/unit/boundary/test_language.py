"""A language other than English is known where it is sure, and looked at for contact details and identifiers alone."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.unit.boundary.posts import PROFESSIONAL, check, picture

from twohats.assets import resources
from twohats.boundary.grammar import words
from twohats.boundary.language import language_of, spoken_in
from twohats.model.finding import Severity
from twohats.model.policy import Policy
from twohats.model.span import Field

CORPUS = Path(__file__).parent / "corpus"
NAMES = tomllib.loads((resources() / "i18n" / "en.toml").read_text(encoding="utf-8"))["language"]
SPANISH = "Hoy hablamos de la ansiedad y de cómo pedir ayuda cuando todo parece demasiado."


def lines(name: str) -> list[str]:
    read = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in read if line and not line.startswith("#")]


POSTS = [tuple(line.split("\t")) for line in lines("other_languages.txt")]


def test_posts_in_other_languages_are_known():
    """At least 19 in 20, and hardly ever for another one: neighbours such as Danish and Norwegian may be mistaken."""
    assert len(POSTS) >= 250
    assert all(40 <= len(post) <= 400 for _, post in POSTS)
    missed = [post for _, post in POSTS if language_of(post) == "en"]
    mistaken = [post for code, post in POSTS if language_of(post) not in (code, "en")]
    assert len(missed) <= 0.05 * len(POSTS), missed
    assert len(mistaken) <= 0.02 * len(POSTS), mistaken
    assert max(Counter(code for code, post in POSTS if language_of(post) == "en").values()) <= 2


def test_posts_in_other_languages_meet_no_finding():
    found = {post: result.findings for _, post in POSTS if (result := check(post)).language != "en" and result.findings}
    assert not found


@pytest.mark.parametrize("post", lines("english_all_the_same.txt") + lines("clean_professional.txt"))
def test_english_is_never_taken_for_another_language(post):
    """The fault that must not happen: it would leave the post unread."""
    assert language_of(post) == "en"
    assert spoken_in(post) == ("en", ())


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
def test_english_stays_english_however_it_is_written(change):
    assert [post for post in lines("clean_professional.txt") if language_of(change(post)) != "en"] == []


def test_pieces_of_english_stay_english():
    """A paragraph of five words tells little, and is read as English for it."""
    for post in lines("clean_professional.txt"):
        told = post.split()
        for start in range(0, len(told) - 4, 3):
            assert language_of(" ".join(told[start : start + 5])) == "en"


def test_every_language_has_a_name():
    codes = {line.partition(":")[0] for line in words("small_words")} | {code for code, _ in POSTS}
    assert codes <= set(NAMES)
    assert all(language_of(post) in NAMES or language_of(post) == "en" for _, post in POSTS)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "es"),
        (SPANISH.upper(), "es"),
        ("Wir haben ab Montag wieder Plätze in der Gruppe für Eltern, die nicht mehr schlafen.", "de"),
        ("С понедельника у нас снова есть места в группе для родителей.", "ru"),
        ("今日は不安について話します。", "ja"),
        ("我们今天谈谈焦虑。", "zh"),
        ("Text my cell.", "en"),
        ("", "en"),
        ("#ansiedad #salud #terapia #familia", "en"),
        ("María González, Lucía Fernández, José Pérez", "en"),
        ("Sertraline, fluoxetine, paroxetine, citalopram, venlafaxine, duloxetine.", "en"),
        ("omg gonna b sooo gd 2nite, cant w8 2 c u all xx", "en"),
        ("\ud800 \x00 1234", "en"),
    ],
)
def test_a_language_is_named_when_it_is_sure(text, language):
    assert language_of(text) == language


def test_rules_that_read_english_leave_another_language_alone():
    # Read as English, "die ... war" and the like would be met by chance; the German is a clean notice.
    found = check("Meine Tochter war die ganze Nacht wach, und wir sind müde, aber es geht ihr wieder besser.")
    assert found.language == "de"
    assert found.complete
    assert not found.findings


@pytest.mark.parametrize(
    "words",
    [
        "+34 612 345 678",
        "lucia.pruebas@gmail.com",
        "instagram.com/lucia_pruebas",
    ],
)
def test_a_way_to_reach_somebody_is_asked_about_in_any_language(words):
    result = check(f"{SPANISH} Para pedir cita, escribe o llama: {words}", PROFESSIONAL)
    assert result.language == "es"
    (found,) = result.findings
    assert (found.rule, found.words, found.severity) == ("S9", words, Severity.WARN)
    assert found.reason == "S9.other_language"


@pytest.mark.parametrize(
    "words",
    [
        "(555) 010-0100",
        "intake@larch-practice.example",
        "info@clinica-alba.example",
        "@colegio_psicologos",
        "del 12.03.2026 al 15.03.2026",
        "2019-2023",
        "0800 111 0 111",
        "116 123",
    ],
)
def test_the_card_dates_and_helplines_pass_in_any_language(words):
    assert not check(f"{SPANISH} Más información aquí: {words}", PROFESSIONAL).findings


@pytest.mark.parametrize(
    "words",
    ["Fecha de nacimiento: 12/03/1980", "nacida el 3 de marzo de 1980", "Historia clínica nº 448812"],
)
def test_a_birth_date_or_a_record_number_stops_in_any_language(words):
    (found,) = check(f"{SPANISH} {words}").findings
    assert (found.rule, found.severity) == ("C1", Severity.STOP)
    assert found.words.casefold() == words.casefold()


def test_the_own_address_stops_in_any_language():
    (found,) = check(f"{SPANISH} Nos vemos en Calle Larga 14.", policy=Policy(home_address="Calle Larga 14")).findings
    assert (found.rule, found.words, found.severity) == ("S8", "Calle Larga 14", Severity.STOP)


def test_each_paragraph_is_read_in_its_own_language():
    english = "My daughter just started college and I cried all the way home."
    result = check(f"{english}\n\n{SPANISH} Llama al +34 612 345 678.")
    assert (result.language, result.other_languages) == ("es", ())
    assert {found.rule for found in result.findings} >= {"S1", "S9"}
    longer = f"{english} {english}"
    result = check(f"{longer}\n\n{SPANISH}")
    assert (result.language, result.other_languages) == ("en", ("es",))


def test_an_english_sentence_is_read_wherever_it_stands():
    result = check(f"{SPANISH} My daughter just started college and I am proud of her.")
    assert any(found.rule == "S1" for found in result.findings)


def test_names_of_files_are_read_as_ever():
    result = check(SPANISH, media=(picture(original_name="our-wedding.jpg"),))
    assert [(found.rule, found.span.field) for found in result.findings] == [("S12", Field.FILE_NAME)]
