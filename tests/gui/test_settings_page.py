"""The settings page, and the help that stands in for the desk when nothing opens."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui.settings.page import SettingsPage
from twohats.gui.settings.vault_help import HelpWindow
from twohats.gui.theme import Theme
from twohats.gui.widgets.labels import Label
from twohats.model.errors import StoreError, StoreFull, StoreUnreadable, TwoHatsError, VaultError, VaultLocked
from twohats.model.errors import VaultMissing as Missing
from twohats.model.identity import Hat
from twohats.model.settings import ThemeChoice
from twohats.store.database import Store


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        yield made
        made.theme.set_choice(ThemeChoice.LIGHT)
        made.theme.set_scale(100)


@pytest.fixture
def page(desk: Desk) -> SettingsPage:
    made = SettingsPage(desk.theme, desk.owner, desk.folder)
    desk.show(made)
    return made


def test_a_name_is_kept_when_the_field_is_left(desk: Desk, page: SettingsPage) -> None:
    name = page.identities[Hat.PERSONAL].name
    desk.qtbot.keyClicks(name, "Jamie Lee")
    desk.qtbot.keyClick(name, Qt.Key.Key_Tab)
    assert desk.owner.identity(Hat.PERSONAL).name == "Jamie Lee"


def test_the_professional_card_is_kept_with_the_identity(desk: Desk, page: SettingsPage) -> None:
    desk.qtbot.keyClicks(page.card.practice, "Harbour Street Practice")
    desk.qtbot.keyClick(page.card.practice, Qt.Key.Key_Return)
    assert desk.owner.identity(Hat.PROFESSIONAL).card.practice == "Harbour Street Practice"
    assert desk.owner.identity(Hat.PERSONAL).card.practice == ""


def test_undo_windows_stay_between_0_and_120_seconds(desk: Desk, page: SettingsPage) -> None:
    page.undo[Hat.PROFESSIONAL].setValue(500)
    page.undo[Hat.PERSONAL].setValue(0)
    assert desk.owner.settings.undo_professional_s == 120
    assert desk.owner.settings.undo_personal_s == 0


def test_everything_goes_into_a_file_and_comes_back(
    desk: Desk, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.qtbot.keyClicks(page.identities[Hat.PERSONAL].name, "Jamie Lee")
    desk.qtbot.keyClick(page.identities[Hat.PERSONAL].name, Qt.Key.Key_Tab)
    page.moving.export_button.click()
    desk.wait_for(file.exists)
    desk.wait_for(lambda: "not encrypted" in page.moving.told.text())
    desk.owner.save_identity(replace(desk.owner.identity(Hat.PERSONAL), name="Somebody"))
    page.moving.import_button.click()
    desk.wait_for(lambda: page.moving.told.text().startswith("Imported"))
    assert desk.owner.identity(Hat.PERSONAL).name == "Jamie Lee"
    assert page.moving.import_button.isEnabled()


def test_an_import_into_a_profile_with_work_in_it_says_why_not(
    desk: Desk, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.zip"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.owner.moving.export_to(str(file))
    desk.wait_for(file.exists)
    desk.wait_for(lambda: not desk.owner.moving.is_busy)
    desk.add_folders()
    page.moving.import_button.click()
    desk.wait_for(lambda: "never mixes two" in page.moving.told.text())
    assert len(desk.owner.accounts()) == 2


def test_theme_and_text_size_count_at_once(desk: Desk, page: SettingsPage) -> None:
    page.themes[ThemeChoice.DARK].click()
    assert desk.theme.is_dark
    assert desk.owner.settings.theme is ThemeChoice.DARK
    page.text_size.setCurrentIndex(page.text_size.findData(150))
    assert desk.theme.scale == 1.5
    assert desk.owner.settings.text_scale_percent == 150


def test_remembering_the_hat_is_off_until_asked_for(desk: Desk, page: SettingsPage) -> None:
    assert not page.remember.isChecked()
    page.remember.click()
    assert desk.owner.settings.remember_hat


def test_the_home_address_is_kept_for_the_check(desk: Desk, page: SettingsPage) -> None:
    desk.qtbot.keyClicks(page.home, "14 Larch Road")
    desk.qtbot.keyClick(page.home, Qt.Key.Key_Return)
    assert desk.owner.settings.home_address == "14 Larch Road"


def test_what_is_contacted_is_told_and_is_nothing_without_an_account(desk: Desk, page: SettingsPage) -> None:
    words = " ".join(label.text() for label in page.places.findChildren(Label))
    assert "Nothing. You have no account online." in words
    assert str(desk.folder) in words


def test_showing_the_page_changes_nothing(desk: Desk, page: SettingsPage) -> None:
    before = desk.owner.settings, desk.owner.identities()
    page.hide()
    page.show()
    assert (desk.owner.settings, desk.owner.identities()) == before


def test_every_control_has_a_name(page: SettingsPage) -> None:
    kinds = (QLineEdit, QAbstractButton, QComboBox, QSpinBox)
    for control in [control for kind in kinds for control in page.findChildren(kind)]:
        if not isinstance(control.parent(), QSpinBox):
            assert control.accessibleName() or control.text(), control


_PROBLEMS: tuple[TwoHatsError, ...] = (
    Missing("keyring_missing"),
    Missing("keyring_weak"),
    VaultLocked("keyring_locked"),
    VaultError("keyring_failed", kind="InitError"),
    VaultError("keyring_secret_broken"),
    StoreUnreadable("store_damaged"),
    StoreUnreadable("store_wrong_key"),
    StoreUnreadable("store_newer"),
    StoreUnreadable("store_key_missing"),
    StoreFull("store_not_writable", errno=13),
    StoreFull("store_full"),
    StoreError("store_busy"),
    StoreError("backup_failed", errno=28),
)


@pytest.mark.parametrize("problem", _PROBLEMS, ids=lambda problem: problem.code)
def test_each_problem_at_the_start_has_its_own_plain_help(desk: Desk, problem: TwoHatsError) -> None:
    window = HelpWindow(desk.theme, problem, desk.folder)
    desk.show(window, 960, 640)
    others = [HelpWindow(desk.theme, other, desk.folder) for other in _PROBLEMS if other is not problem]
    assert window.help.accessibleName() not in {other.help.accessibleName() for other in others}
    desk.wait_for(window.help.again_button.hasFocus)
    with desk.qtbot.waitSignal(window.try_again):
        desk.qtbot.keyClick(window.help.again_button, " ")


def test_without_a_keyring_one_session_is_offered(desk: Desk) -> None:
    window = HelpWindow(desk.theme, Missing("keyring_missing"), desk.folder)
    desk.show(window, 960, 640)
    with desk.qtbot.waitSignal(window.session_only):
        window.help.session_button.click()


def test_a_file_that_does_not_open_is_shown_where_it_lies(desk: Desk) -> None:
    window = HelpWindow(desk.theme, StoreUnreadable("store_damaged"), desk.folder)
    desk.show(window, 960, 640)
    words = [label.text() for label in window.findChildren(Label)]
    assert str(desk.folder) in words
    assert any("It was not touched" in word for word in words)
    window.help.quit_button.click()
    assert not window.isVisible()


def test_help_fits_at_twice_the_text_size(desk: Desk) -> None:
    theme: Theme = desk.theme
    theme.set_scale(200)
    window = HelpWindow(theme, Missing("keyring_missing"), desk.folder)
    desk.show(window, 960, 600)
    button = window.help.again_button
    desk.wait_for(lambda: button.mapTo(window, button.rect().bottomRight()).x() < window.width())


def _turn_wheel(page: SettingsPage, over: QWidget) -> None:
    """As the system would send it, to the widget under the pointer and on to those around it."""
    window = page.window().windowHandle()
    at = QPointF(over.mapTo(page.window(), over.rect().center()))
    for _ in range(3):
        QTest.wheelEvent(window, at, QPoint(0, -120))


def test_scrolling_the_page_changes_nothing_under_the_pointer(desk: Desk, page: SettingsPage) -> None:
    scroll = page.findChild(QScrollArea)
    for control in (page.undo[Hat.PROFESSIONAL], page.text_size):
        page.setFocus()
        scroll.ensureWidgetVisible(control)
        desk.qtbot.wait(20)
        before, stood = desk.owner.settings, scroll.verticalScrollBar().value()
        _turn_wheel(page, control)
        assert desk.owner.settings == before
        assert scroll.verticalScrollBar().value() > stood, "the page scrolls instead"
    spin = page.undo[Hat.PROFESSIONAL]
    scroll.ensureWidgetVisible(spin)
    spin.setFocus()
    _turn_wheel(page, spin)
    assert spin.value() < 20, "chosen on purpose, it turns"


def test_short_fields_grow_with_the_text_size(desk: Desk, page: SettingsPage) -> None:
    desk.theme.set_scale(200)
    for field in (page.text_size, *page.undo.values()):
        assert field.maximumWidth() >= field.sizeHint().width()
        assert field.maximumWidth() == 360
