"""The settings of the system's timer: how it stands, install, remove, and what is said when that fails."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk

from twohats.bridge.owner import Owner
from twohats.bridge.tasks import Tasks
from twohats.gui import wording
from twohats.gui.settings.timer_card import TimerCard
from twohats.system_timer.timer import Ran, SystemTimer


class Tools:
    """A user's systemd that does as it is told, or refuses what it is to refuse."""

    def __init__(self) -> None:
        self.is_on = False
        self.refuses = ""
        self.is_there = True

    def __call__(self, words: Sequence[str]) -> Ran:
        verb = words[2]
        if not self.is_there:
            return Ran(127)
        if verb == self.refuses:
            return Ran(5)
        if verb in ("enable", "disable"):
            self.is_on = verb == "enable"
        return Ran(0 if verb != "is-enabled" or self.is_on else 1)


@pytest.fixture
def tools() -> Tools:
    return Tools()


@pytest.fixture
def card(bench: Desk, tools: Tools, tmp_path: Path, qtbot: QtBot) -> Iterator[TimerCard]:
    tasks = Tasks()
    timer = SystemTimer(tmp_path / "data", "linux", tmp_path / "robin", tools)
    owner = Owner(replace(bench.services, timer=timer), tasks, bench.opened.append)
    made = TimerCard(bench.theme, owner)
    bench.show(made, 600, 300)
    made.refresh()
    bench.wait_for(lambda: made.sentence != wording.sentence("timer", "looking"))
    yield made
    tasks.close()


def test_it_is_installed_and_removed(bench: Desk, card: TimerCard, tools: Tools) -> None:
    assert card.sentence.startswith("Not installed")
    assert not card.remove_button.isVisible()
    card.install_button.click()
    bench.wait_for(lambda: card.sentence.startswith("Installed"))
    assert tools.is_on
    assert not card.install_button.isVisible()
    card.remove_button.click()
    bench.wait_for(lambda: card.sentence.startswith("Not installed"))
    assert not tools.is_on


def test_a_refusal_is_told_and_can_be_tried_again(bench: Desk, card: TimerCard, tools: Tools) -> None:
    tools.refuses = "enable"
    card.install_button.click()
    bench.wait_for(lambda: card.sentence == wording.sentence("error", "timer_failed", tool="systemctl", status=5))
    assert card.install_button.isEnabled()


def test_a_system_without_a_scheduler_says_so(bench: Desk, card: TimerCard, tools: Tools) -> None:
    tools.is_there = False
    card.refresh()
    bench.wait_for(lambda: card.sentence == wording.sentence("error", "timer_unsupported"))
    assert not card.install_button.isVisible()
    assert not card.remove_button.isVisible()


def test_it_says_in_plain_words_what_it_does() -> None:
    about = wording.sentence("timer", "about", minutes=2)
    assert "without a window" in about
    assert "While the computer is off, nothing leaves." in about
