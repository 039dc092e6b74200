"""A language other than English is known where it is sure, and looked at for contact details and identifiers alone."""

import pytest
from tests.unit.boundary.posts import PROFESSIONAL, check, picture

from twohats.boundary.language import language_of
from twohats.model.finding import Severity
from twohats.model.policy import Policy
from twohats.model.span import Field

SPANISH = "Hoy hablamos de la ansiedad y de cómo pedir ayuda cuando todo parece demasiado."


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
