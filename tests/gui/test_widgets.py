"""The small parts that every page is made of."""

import pytest
from pytestqt.qtbot import QtBot

from twohats.gui.theme import Theme
from twohats.gui.widgets.chip import Chip
from twohats.model.settings import ThemeChoice


@pytest.mark.parametrize("percent", [100, 200])
def test_a_chip_has_room_for_its_bold_words_before_it_is_ticked(qtbot: QtBot, percent: int) -> None:
    theme = Theme(ThemeChoice.LIGHT, percent)
    chip = Chip(theme, "Professional, at Harbour Street", "badge")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.resize(before)
    chip.setChecked(True)
    assert chip.sizeHint() == before, "nothing beside it moves"
    whole = chip.grab().toImage()
    chip.resize(before.width() + 200, before.height())
    roomy = chip.grab().toImage()
    words = before.width() - theme.px(12)
    assert whole.copy(8, 4, words - 8, before.height() - 8) == roomy.copy(8, 4, words - 8, before.height() - 8)
