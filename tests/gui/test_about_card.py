"""The card in the settings that tells the version and shows every licence."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

import twohats
from twohats.gui.settings.about_card import AboutCard, LicenceSheet, licence_texts
from twohats.gui.theme import Theme


def _card(qtbot) -> AboutCard:
    theme = Theme()
    theme.apply(QApplication.instance())
    card = AboutCard(theme)
    qtbot.addWidget(card)
    return card


def test_the_card_tells_the_version(qtbot) -> None:
    assert _card(qtbot).version.text() == f"Two Hats {twohats.__version__}"


def test_the_button_shows_the_texts_one_at_a_time(qtbot) -> None:
    card = _card(qtbot)
    card.show()
    qtbot.mouseClick(card.licences_button, Qt.MouseButton.LeftButton)
    sheet = card.findChild(LicenceSheet)
    assert "Apache License" in sheet.text.toPlainText()
    sheet.choice.setCurrentText("LGPL-3.0")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in sheet.text.toPlainText()
    assert sheet.text.isReadOnly()
    sheet.close()
    qtbot.waitUntil(lambda: card.findChild(LicenceSheet) is None)


def test_ours_and_those_of_qt_come_first_then_the_packages(tmp_path: Path) -> None:
    inside, beside = tmp_path / "inside", tmp_path / "beside"
    for file in ("GPL-3.0.txt", "LGPL-3.0.txt", "Apache-2.0.txt", "packages/zipp-1/LICENSE.txt", "SQLCipher.txt"):
        (inside / file).parent.mkdir(parents=True, exist_ok=True)
        (inside / file).write_text(file, encoding="utf-8")
    (beside / "alembic-1").mkdir(parents=True)
    (beside / "alembic-1" / "LICENSE").write_text("alembic", encoding="utf-8")
    names = list(licence_texts((inside, beside, tmp_path / "absent")))
    assert names == ["Apache-2.0", "LGPL-3.0", "GPL-3.0", "SQLCipher", "alembic-1 · LICENSE", "zipp-1 · LICENSE"]
