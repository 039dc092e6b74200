"""The tidying and the copy of the day, a while after the start."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from twohats.bridge import upkeep
from twohats.bridge.tasks import Tasks
from twohats.bridge.upkeep import Upkeep
from twohats.model.errors import StoreError, StoreFull


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for wait in ("_TIDY_AFTER_MS", "_COPY_AFTER_MS", "_COPY_EVERY_MS"):
        monkeypatch.setattr(upkeep, wait, 1)


def test_it_tidies_once_and_looks_for_the_copy_again_and_again(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    kept = Upkeep(tasks, lambda: done.append("tidied"), lambda: done.append("copied"))
    kept.start()
    qtbot.waitUntil(lambda: done.count("copied") > 3, timeout=20_000)
    kept.stop()
    assert done.count("tidied") == 1


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        pytest.param(StoreFull("store_full"), "daily_copy_failed", id="no room"),
        pytest.param(StoreError("store_damaged"), "store_damaged", id="damaged"),
    ],
)
def test_what_went_wrong_with_a_copy_is_told(qtbot: QtBot, tasks: Tasks, problem: StoreError, told: str) -> None:
    def fail() -> None:
        raise problem

    kept = Upkeep(tasks, lambda: None, fail)
    with qtbot.waitSignal(kept.problem, timeout=20_000) as heard:
        kept.start()
    kept.stop()
    assert heard.args == [told, {}]


def test_nothing_is_begun_once_it_is_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    kept = Upkeep(tasks, lambda: done.append("tidied"), lambda: done.append("copied"))
    kept.start()
    kept.stop()
    qtbot.wait(50)
    assert done == []
