"""A post in a blog folder bears the date at which it leaves, wherever it was moved before."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from tests.contract.networks_suite import a_draft
from tests.contract.test_networks_folder import FolderPlace

from twohats.model.ports import DATED, PLANNED_FOR
from twohats.model.receipt import Receipt

FRIDAY = datetime(2026, 12, 4, 9, 0).astimezone()
WEDNESDAY = datetime(2026, 12, 2, 9, 0).astimezone()
PRESETS = ["eleventy", "hugo", "jekyll", "plain"]


@pytest.fixture(params=PRESETS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path, request.param)


def planned(place: FolderPlace, *dates: datetime) -> Receipt:
    """Approved for Friday, and sent with these dates noted."""
    draft = a_draft("Rest", media=(place.pictures.draw("red", "A red kite"),), tags=("sleep",))
    journal = place.journal("k")
    journal.note(DATED, " ".join(date.isoformat() for date in dates))
    journal.note(PLANNED_FOR, "")
    return place.network.publish(place.rendition(draft, FRIDAY), place.login, "k", journal)


def text_of(place: FolderPlace, receipt: Receipt) -> str:
    return (Path(place.login.account.settings["path"]) / receipt.remote_id).read_text(encoding="utf-8")


def test_it_bears_the_date_it_was_planned_for(place: FolderPlace) -> None:
    front = yaml.safe_load(text_of(place, planned(place, FRIDAY)).split("---\n")[1])

    assert front["date"] == FRIDAY.isoformat(timespec="seconds")


def test_moved_it_is_the_post_that_would_have_been_planned_for_then(place: FolderPlace) -> None:
    draft = a_draft("Rest", media=(place.pictures.draw("red", "A red kite"),), tags=("sleep",))
    meant = place.rendition(draft, WEDNESDAY)

    receipt = planned(place, FRIDAY, WEDNESDAY)

    assert receipt.remote_id == meant.payload["file"]
    assert text_of(place, receipt) == meant.payload["text"]
    shelf = Path(place.login.account.settings["path"]) / meant.payload["pictures"]
    assert [file.name for file in shelf.iterdir() if file.suffix != ".md"] == ["image-1.jpg"]


def test_sent_again_it_is_found_by_any_of_its_dates(place: FolderPlace) -> None:
    first = planned(place, FRIDAY)

    again = planned(place, FRIDAY, WEDNESDAY)

    assert again.remote_id == first.remote_id
    assert place.post_count() == 1


def test_another_layout_since_then_changes_nothing(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, "jekyll")
    rendition = place.rendition(a_draft("Rest"), FRIDAY)
    other = FolderPlace(tmp_path, "hugo")
    journal = other.journal("k")
    journal.note(DATED, f"{FRIDAY.isoformat()} {WEDNESDAY.isoformat()}")

    receipt = other.network.publish(rendition, other.login, "k", journal)

    assert receipt.remote_id == rendition.payload["file"]
