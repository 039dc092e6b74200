"""Clues: each kind by itself, and what they weigh together."""

import pytest
from tests.unit.boundary.posts import check

from twohats.boundary.clues import ClueKind, clues_in
from twohats.model.finding import Severity


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a 34-year-old", [ClueKind.AGE]),
        ("a woman in her early forties", [ClueKind.AGE]),
        ("the lighthouse keeper", [ClueKind.WORK]),
        ("with selective mutism", [ClueKind.CONDITION]),
        ("somebody from Westbrook", [ClueKind.PLACE]),
        ("in our little town", [ClueKind.PLACE]),
        ("since the fire", [ClueKind.EVENT]),
        ("on 4 May", [ClueKind.EVENT]),
        ("mother of quadruplets", [ClueKind.FAMILY]),
        ("a Sikh driver", [ClueKind.HERITAGE]),
        ("from the middle school", [ClueKind.EMPLOYER]),
        ("lost his left hand", [ClueKind.INJURY]),
        ("an ordinary afternoon", []),
        ("from Monday", []),
    ],
)
def test_a_clue_is_known_by_its_kind(text, kinds):
    assert [clue.kind for clue in clues_in(text)] == kinds


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("A 34-year-old firefighter from Westbrook with selective mutism.", Severity.STOP),
        ("Elderly twin, rare dementia, our little town.", Severity.STOP),
        ("Mother of quadruplets, postpartum psychosis, last week.", Severity.STOP),
    ],
)
def test_three_clues_about_one_person_in_care_stop(text, severity):
    assert max(f.severity for f in check(text).findings) is severity


def test_the_signs_are_shown():
    (finding,) = [f for f in check("A 34-year-old firefighter from Westbrook with selective mutism.").findings]
    assert finding.rule == "C3"
    assert len(finding.clues) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Firefighters have high PTSD rates.",
        "A 2019 study of 34-year-olds.",
        "Talk for teachers at Westbrook Library.",
        "Many teachers in our little town have had insomnia since the fire.",
    ],
)
def test_people_in_general_are_left_alone(text):
    assert not [f for f in check(text).findings if f.rule == "C3"]
