"""The welcome: from nothing to a desk on which one can post, in four steps or in none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui.welcome.folder_form import default_folder
from twohats.gui.welcome.steps import CardStep, FoldersStep, IdentitiesStep
from twohats.gui.welcome.welcome import Welcome
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat
from twohats.store.database import Store


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "home" / "Documents"))
    QStandardPaths.setTestModeEnabled(False)
    with open_desk(qtbot, store, tmp_path) as made:
        yield made


@pytest.fixture
def welcome(desk: Desk) -> Welcome:
    made = Welcome(desk.theme, desk.owner)
    desk.show(made, 960, 600)
    return made


def _tops(welcome: Welcome, identities: IdentitiesStep) -> set[int]:
    """How high the rows of colours stand."""
    return {form.colour.mapTo(welcome, QPoint(0, 0)).y() for form in identities.forms.values()}


def _enter(desk: Desk, welcome: Welcome) -> None:
    desk.qtbot.keyClick(QApplication.focusWidget() or welcome, Qt.Key.Key_Return)


def test_typing_and_enter_lead_to_the_desk_with_everything_kept(desk: Desk, welcome: Welcome) -> None:
    done = []
    welcome.finished.connect(lambda: done.append(True))
    identities = welcome.steps[0]
    assert isinstance(identities, IdentitiesStep)
    desk.qtbot.keyClicks(identities.forms[Hat.PERSONAL].name, "Jamie Lee")
    desk.qtbot.keyClicks(identities.forms[Hat.PROFESSIONAL].name, "Dr A. Lee")
    desk.qtbot.keyClicks(identities.forms[Hat.PROFESSIONAL].credentials, "PhD")
    _enter(desk, welcome)
    card = welcome.steps[1]
    assert isinstance(card, CardStep)
    desk.qtbot.keyClicks(card.form.phone, "555-0100")
    _enter(desk, welcome)
    _enter(desk, welcome)
    _enter(desk, welcome)

    assert done == [True]
    assert desk.owner.settings.welcomed
    assert desk.owner.identity(Hat.PERSONAL).display_name == "Jamie Lee"
    assert desk.owner.identity(Hat.PROFESSIONAL).display_name == "Dr A. Lee, PhD"
    assert desk.owner.identity(Hat.PROFESSIONAL).card.phone == "555-0100"
    for hat in Hat:
        (account,) = desk.owner.accounts(hat)
        assert account.settings["path"] == default_folder(hat)
        assert Path(account.settings["path"]).is_dir()


def test_with_every_step_skipped_each_hat_still_has_a_blog_folder(desk: Desk, welcome: Welcome) -> None:
    for _ in range(3):
        welcome.skip_button.click()
    welcome.next_button.click()
    assert desk.owner.settings.welcomed
    assert [account.network for account in desk.owner.accounts()] == ["folder", "folder"]
    assert desk.owner.identity(Hat.PERSONAL).name == "Me"


def test_a_skipped_step_keeps_nothing_of_what_was_typed(desk: Desk, welcome: Welcome) -> None:
    identities = welcome.steps[0]
    assert isinstance(identities, IdentitiesStep)
    desk.qtbot.keyClicks(identities.forms[Hat.PERSONAL].name, "Somebody")
    welcome.skip_button.click()
    assert desk.owner.identity(Hat.PERSONAL).name == "Me"
    welcome.back_button.click()
    assert identities.forms[Hat.PERSONAL].name.text() == ""


def test_a_folder_that_cannot_be_made_is_told_beside_it_and_the_step_stays(desk: Desk, welcome: Welcome) -> None:
    in_the_way = desk.folder.parent / "a-file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    welcome.skip()
    welcome.skip()
    folders = welcome.steps[2]
    assert isinstance(folders, FoldersStep)
    folders.forms[Hat.PERSONAL].path.setText(str(in_the_way / "blog"))
    welcome.next_button.click()
    assert welcome.at == 2
    assert str(in_the_way) in folders.forms[Hat.PERSONAL].path.parentWidget().accessibleDescription()
    folders.forms[Hat.PERSONAL].path.setText(str(desk.folder / "blog"))
    welcome.next_button.click()
    assert welcome.at == 3


def test_when_the_usual_folders_cannot_be_made_it_is_told_once_and_never_a_trap(
    desk: Desk, welcome: Welcome, tmp_path: Path
) -> None:
    done = []
    welcome.finished.connect(lambda: done.append(True))
    (tmp_path / "home" / "Documents").parent.mkdir(parents=True, exist_ok=True)
    Path(default_folder(Hat.PERSONAL)).parents[1].write_text("not a folder", encoding="utf-8")
    for _ in range(3):
        welcome.skip_button.click()
    welcome.next_button.click()
    assert welcome.at == 2
    assert done == []
    folders = welcome.steps[2]
    assert isinstance(folders, FoldersStep)
    assert "may not write into" in folders.forms[Hat.PERSONAL].path.parentWidget().accessibleDescription()
    welcome.skip_button.click()
    welcome.next_button.click()
    assert done == [True]
    assert desk.owner.accounts() == ()


def test_back_and_escape_return_to_what_was_typed(desk: Desk, welcome: Welcome) -> None:
    identities = welcome.steps[0]
    assert isinstance(identities, IdentitiesStep)
    desk.qtbot.keyClicks(identities.forms[Hat.PERSONAL].name, "Jamie")
    _enter(desk, welcome)
    desk.qtbot.keyClick(welcome, Qt.Key.Key_Escape)
    assert welcome.at == 0
    assert identities.forms[Hat.PERSONAL].name.text() == "Jamie"


def test_a_chosen_colour_and_icon_are_kept_and_shown_at_once(desk: Desk, welcome: Welcome) -> None:
    identities = welcome.steps[0]
    assert isinstance(identities, IdentitiesStep)
    form = identities.forms[Hat.PROFESSIONAL]
    before = desk.theme.accent(Hat.PROFESSIONAL)
    indigo = next(b for b in form.colour.findChildren(QAbstractButton) if b.accessibleName() == "Indigo")
    indigo.click()
    assert desk.theme.accent(Hat.PROFESSIONAL) != before
    book = next(b for b in form.icon.findChildren(QAbstractButton) if b.accessibleName() == "Book")
    book.click()
    welcome.go_on()
    assert desk.owner.identity(Hat.PROFESSIONAL).accent == "indigo"
    assert desk.owner.identity(Hat.PROFESSIONAL).icon == "book"


def test_the_four_steps_fit_the_smallest_window(desk: Desk, welcome: Welcome) -> None:
    for step in range(4):
        assert welcome.at == step
        desk.qtbot.wait(20)
        assert welcome.next_button.mapTo(welcome, welcome.next_button.rect().bottomRight()).y() < welcome.height()
        welcome.skip()


def test_everything_in_it_has_a_name_and_takes_the_focus(welcome: Welcome) -> None:
    controls = [*welcome.findChildren(QLineEdit), *welcome.findChildren(QAbstractButton)]
    assert len(controls) > 20
    for control in controls:
        words = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or words, control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_at_twice_the_text_size_each_step_begins_at_its_top_with_its_buttons_in_sight(
    desk: Desk, welcome: Welcome
) -> None:
    desk.theme.set_scale(200)
    for step in range(4):
        assert welcome.at == step
        desk.qtbot.wait(30)
        foot = welcome.next_button.mapTo(welcome, welcome.next_button.rect().bottomRight())
        assert welcome.rect().contains(foot)
        heading = next(label for label in welcome.findChildren(Label) if label.text() == welcome.steps[step].name)
        place = heading.mapTo(welcome, heading.rect().topLeft())
        assert 0 < place.y() < 100
        bar = heading.parentWidget().parentWidget().parentWidget().verticalScrollBar()
        bar.setValue(bar.maximum())
        welcome.skip()
    desk.theme.set_scale(100)


def test_a_long_path_shows_both_its_ends_and_is_told_whole(desk: Desk, welcome: Welcome) -> None:
    welcome.skip()
    welcome.skip()
    folders = welcome.steps[2]
    assert isinstance(folders, FoldersStep)
    assert welcome.next_button.hasFocus(), "nothing has to be typed here"
    path = folders.forms[Hat.PERSONAL].path
    whole = "/srv/" + "a-long-name/" * 9 + "personal"
    path.setText(whole)
    assert path.shown.startswith("/srv/")
    assert path.shown.endswith("/personal")
    assert path.fontMetrics().horizontalAdvance(path.shown) <= path.width()
    assert (path.toolTip(), path.accessibleDescription()) == (whole, whole)
    resting = path.grab().toImage()
    path.setFocus()
    assert path.text() == whole
    assert path.grab().toImage() != resting, "while one types, the words themselves are there"


def test_both_hats_stay_level_when_the_text_size_changes(desk: Desk, welcome: Welcome) -> None:
    welcome.resize(1280, 900)
    identities = welcome.steps[0]
    assert isinstance(identities, IdentitiesStep)
    for percent in (100, 130, 150):
        desk.theme.set_scale(percent)
        desk.wait_for(lambda: len(_tops(welcome, identities)) == 1)
    desk.theme.set_scale(100)
