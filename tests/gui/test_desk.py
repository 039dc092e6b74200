"""The desk and its window, typed into for real: hats, places, drafts, pictures, posting."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTabBar, QTextEdit, QWidget
from tests.gui.desk import Desk

from twohats.gui.composer.article_fields import split_tags
from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.composer.media_strip import removed_sentence
from twohats.gui.composer.naming import listed
from twohats.gui.composer.receipt_notes import receipt_notes
from twohats.gui.composer.targets import counter
from twohats.gui.composer.workbench import Room
from twohats.gui.drafts.page import DraftsPage
from twohats.gui.main_window import MainWindow
from twohats.gui.rail import PLACES
from twohats.gui.sent.moment import moment_of
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count

CLEAN = "Most people improve. Three small steps help when sleep is short."


@pytest.fixture
def page(window: MainWindow) -> DeskPage:
    return window.workbench.desk


def _type(page: DeskPage, words: str) -> None:
    page.editor.setFocus()
    QTest.keyClicks(page.editor, words)


def _press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, key, modifiers)


def _picture(folder: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#3a7d44"))
    path = folder / "window-box.png"
    assert image.save(str(path))
    return path


def _write_and_wait(bench: Desk, page: DeskPage, words: str, hat: Hat) -> None:
    _type(page, words)
    bench.session.choose_hat(hat)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    bench.wait_for(page.post.isEnabled)


# Hats.


def test_a_new_post_has_no_hat_and_says_so(window: MainWindow, page: DeskPage) -> None:
    assert page.post.words == "Choose a hat"
    assert not page.post.isEnabled()
    assert not page.switch.half(Hat.PERSONAL).isChecked()
    assert not page.switch.half(Hat.PROFESSIONAL).isChecked()
    assert window.windowTitle() == "Two Hats: no hat yet"
    assert page.audience.sentence == "Nobody can read this yet: it has no hat."


def test_a_click_on_a_half_chooses_the_hat_everywhere(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    QTest.mouseClick(page.switch.half(Hat.PROFESSIONAL), Qt.MouseButton.LeftButton)
    assert bench.session.hat is Hat.PROFESSIONAL
    assert page.switch.half(Hat.PROFESSIONAL).isChecked()
    assert not page.switch.half(Hat.PERSONAL).isChecked()
    assert window.windowTitle() == "Two Hats: Professional, Dr A. Lee"
    assert page.post.words == "Post as Dr A. Lee to Blog folder"
    assert page.audience.sentence.startswith("A blog is public")


def test_the_hats_have_keys(bench: Desk, window: MainWindow) -> None:
    _press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.hat is Hat.PERSONAL
    _press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.hat is Hat.PROFESSIONAL


def test_a_hundred_changes_of_hat_leave_everything_as_it_was(
    bench: Desk, window: MainWindow, page: DeskPage, tmp_path: Path
) -> None:
    _type(page, "First thought. ")
    page.editor.textCursor().insertBlock()
    _type(page, "Second ")
    page.editor.insertPlainText("😀 thought.")
    bench.session.add_picture(str(_picture(tmp_path)))
    bench.wait_for(lambda: len(bench.session.draft.media) == 1)
    cursor = page.editor.textCursor()
    cursor.setPosition(5)
    page.editor.setTextCursor(cursor)
    text, media = page.editor.text, bench.session.draft.media
    steps, redo = page.editor.document().availableUndoSteps(), page.editor.document().availableRedoSteps()
    for number in range(100):
        bench.session.choose_hat(Hat.PROFESSIONAL if number % 2 else Hat.PERSONAL)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    assert page.editor.text == bench.session.draft.text == text
    assert page.editor.textCursor().position() == 5
    assert page.editor.document().availableUndoSteps() == steps
    assert page.editor.document().availableRedoSteps() == redo
    assert bench.session.draft.media == media
    QTest.keyClick(page.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.text != text


# Places.


def test_a_place_is_ticked_on_and_off(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    (account,) = bench.owner.accounts(Hat.PROFESSIONAL)
    chip = page.targets.chip(account.id)
    assert chip.isChecked()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert account.id not in bench.session.draft.target_ids
    bench.wait_for(lambda: page.post.words == "Choose where it goes")
    assert not page.post.isEnabled()
    assert page.audience.sentence == "Nobody can read this yet: choose where it goes."


def test_only_the_places_of_the_chosen_hat_are_shown(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PERSONAL)
    (own,) = bench.owner.accounts(Hat.PERSONAL)
    (other,) = bench.owner.accounts(Hat.PROFESSIONAL)
    assert page.targets.chip(own.id).isVisible()
    with pytest.raises(KeyError):
        page.targets.chip(other.id)


def test_each_place_counts_by_its_own_rule(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PERSONAL)
    (account,) = bench.owner.accounts(Hat.PERSONAL)
    _type(page, "Four")
    bench.wait_for(lambda: "4" in page.targets.chip(account.id).accessibleName())


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(184, 3000), "184/3,000"),
        (Count(3041, 3000), "41 over"),
        (Count(1, None), "1 character"),
        (Count(1200, None, "words"), "1,200 words"),
    ],
    ids=["within", "over", "one", "no limit"],
)
def test_what_a_counter_says(count: Count, words: str) -> None:
    assert counter(count) == words


def test_names_are_listed_as_people_say_them() -> None:
    assert [listed(n) for n in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == ["", "A", "A and B", "A, B and C"]


# Title, tags, pictures.


def test_title_tags_and_excerpt_reach_the_draft(bench: Desk, page: DeskPage) -> None:
    QTest.keyClicks(page.title, "Better sleep")
    tags = next(f for f in page.article_foot.findChildren(QLineEdit) if f.accessibleName().startswith("Tags"))
    QTest.keyClicks(tags, "sleep, #Rest, sleep")
    assert bench.session.draft.title == "Better sleep"
    assert bench.session.draft.tags == ("sleep", "Rest")
    bench.qtbot.wait(120)
    assert tags.text() == "sleep, #Rest, sleep"


def test_a_long_line_that_was_written_before_shows_its_beginning(bench: Desk, page: DeskPage, tmp_path: Path) -> None:
    bench.session.add_picture(str(_picture(tmp_path)))
    bench.wait_for(lambda: len(bench.session.draft.media) == 1)
    (media,) = bench.session.draft.media
    bench.session.edit_title("word " * 60)
    bench.session.edit_excerpt("word " * 60)
    bench.session.set_alt(media.id, "word " * 60)
    bench.wait_for(lambda: page.media.isVisible() and page.media.alt_field(media.id).text() != "")
    fields = [page.title, page.media.alt_field(media.id), *page.article_foot.findChildren(QLineEdit)]
    assert sum(bool(field.text()) for field in fields) == 3
    assert [field.cursorPosition() for field in fields] == [0] * len(fields)


@pytest.mark.parametrize(
    ("typed", "tags"),
    [("", ()), ("a", ("a",)), ("a, b,", ("a", "b")), ("#a,A , b c", ("a", "b c")), (" , ,", ())],
)
def test_tags_are_parted_by_commas(typed: str, tags: tuple[str, ...]) -> None:
    assert split_tags(typed) == tags


def test_a_picture_comes_with_its_alt_text_and_goes_again(bench: Desk, page: DeskPage, tmp_path: Path) -> None:
    bench.session.add_picture(str(_picture(tmp_path)))
    bench.wait_for(page.media.isVisible)
    (media,) = bench.session.draft.media
    field = page.media.alt_field(media.id)
    QTest.keyClicks(field, "A green window box")
    assert bench.session.draft.media[0].alt == "A green window box"
    bench.qtbot.wait(120)
    assert page.media.alt_field(media.id) is field
    remove = next(b for b in page.media.findChildren(QAbstractButton) if b.accessibleName().startswith("Remove"))
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: not page.media.isVisible())
    assert bench.session.draft.media == ()


def test_a_pasted_picture_is_cleaned_and_kept(bench: Desk, page: DeskPage) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    page.editor.picture_given.emit(bytes(buffer.data().data()))
    bench.wait_for(lambda: len(bench.session.draft.media) == 1)


def test_what_was_taken_out_of_a_picture_is_said() -> None:
    assert removed_sentence(()) == "No hidden details in the file"
    assert removed_sentence(("location",)) == "Location removed"
    assert removed_sentence(("location", "camera", "time")) == "Location, camera and time removed"
    assert removed_sentence(("motion",)) == "No hidden details in the file; a still picture now"
    assert removed_sentence(("location", "motion")) == "Location removed; a still picture now"


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(bench: Desk, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text("not a picture")
    bench.session.add_picture(str(path))
    bench.wait_for(window.banner.isVisible)
    assert "cannot be read" in window.banner.sentence


# Drafts.


def test_a_new_post_leaves_the_old_one_among_the_drafts(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _type(page, "Keep me.")
    first = bench.session.draft.id
    _press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.text == ""
    assert not page.editor.document().isUndoAvailable()
    bench.session.open_draft(first)
    assert page.editor.text == "Keep me."


def test_a_discarded_draft_comes_back_with_undo(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _type(page, "Not so fast.")
    _press(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.editor.text == ""
    assert window.snackbar.isVisible()
    undo = next(b for b in window.snackbar.findChildren(QAbstractButton) if b.accessibleName() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert page.editor.text == "Not so fast."


def test_it_says_when_the_draft_was_saved(bench: Desk, page: DeskPage) -> None:
    _type(page, "Saved by itself.")
    bench.wait_for(page.saved.isVisible)
    assert page.saved.text().startswith("Saved ")
    assert page.saved.accessibleName().endswith(". Show the kept versions")


def test_the_time_of_saving_leads_to_the_kept_versions(bench: Desk, page: DeskPage, qtbot) -> None:
    assert not page.saved.isVisible()
    _type(page, "Saved by itself.")
    bench.wait_for(page.saved.isVisible)
    with qtbot.waitSignal(page.more.versions_wanted):
        page.saved.click()
    bench.session.new_draft()
    bench.wait_for(lambda: not page.saved.isVisible())


def test_the_time_of_saving_is_pressed_by_key_and_easy_to_hit(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _type(page, "Saved by itself.")
    bench.wait_for(lambda: page.saved.isVisible() and page.saved.isEnabled())
    bench.wait_for(lambda: page.saved.height() >= page.post.height())
    page.saved.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.saved, Qt.Key.Key_Return)
    drafts = window.stack.currentWidget()
    assert isinstance(drafts, DraftsPage)
    assert drafts.versions.isVisible()
    assert drafts.versions.list.hasFocus()


def test_a_draft_that_was_emptied_says_when_and_leads_nowhere(bench: Desk, page: DeskPage) -> None:
    _type(page, "Gone.")
    bench.wait_for(lambda: page.saved.isVisible() and page.saved.isEnabled())
    page.editor.selectAll()
    QTest.keyClick(page.editor, Qt.Key.Key_Backspace)
    bench.wait_for(lambda: not page.saved.isEnabled())


# Posting.


def test_a_clean_post_meets_no_dialog_and_can_be_taken_back(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    _press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.wait_for(page.undo_bars.isVisible)
    assert window.gate.sheet is None
    assert page.editor.text == ""
    bar = page.undo_bars.bar(page.undo_bars.newest)
    assert bar.accessibleName() == "Posting as Dr A. Lee to Blog folder. Nothing has left yet."
    assert 15 < bar.left_s <= 20
    QTest.keyClick(page.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.wait_for(lambda: not page.undo_bars.isVisible())
    assert page.editor.text == CLEAN
    assert not list(bench.folder.rglob("*.md"))


def test_undo_with_the_bar_in_focus_takes_the_post_back(bench: Desk, page: DeskPage) -> None:
    _write_and_wait(bench, page, CLEAN, Hat.PERSONAL)
    page.post_now()
    bench.wait_for(page.undo_bars.isVisible)
    bar = page.undo_bars.bar(page.undo_bars.newest)
    undo = next(b for b in bar.findChildren(QAbstractButton) if b.accessibleName() == "Undo")
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.wait_for(lambda: not page.undo_bars.isVisible())
    assert page.editor.text == CLEAN


def test_send_now_sends_and_the_result_is_told_for_each_place(bench: Desk, page: DeskPage) -> None:
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    page.post_now()
    bench.wait_for(page.undo_bars.isVisible)
    post_id = page.undo_bars.newest
    bar = page.undo_bars.bar(post_id)
    now = next(b for b in bar.findChildren(QAbstractButton) if b.accessibleName() == "Send now")
    QTest.mouseClick(now, Qt.MouseButton.LeftButton)
    bench.wait_for_state(post_id, DeliveryState.SENT)
    bench.wait_for(lambda: page.results.sentences == ("Sent to Blog folder.",))
    assert page.results.isVisible()
    assert [b.accessibleName() for b in page.results.findChildren(QAbstractButton) if b.isVisible()] == [
        "Close these results",
        "Open: Blog folder",
    ]


def _send(bench: Desk, page: DeskPage, title: str) -> str:
    """Posts a clean text as Professional, out of its undo window at once; waits until its result is told."""
    bench.session.edit_title(title)
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    page.post_now()
    bench.wait_for(page.undo_bars.isVisible)
    post_id = page.undo_bars.newest
    bench.session.send_now(post_id)
    bench.wait_for(lambda: any(d.is_over or d.problem for d in bench.library.deliveries(post_id)))
    bench.wait_for(lambda: page.results.isVisible() and not page.results.sentences[0].startswith(("On its", "Sending")))
    return post_id


def _unplug(bench: Desk) -> None:
    """The blog folder of the professional hat is gone: what goes there is held."""
    shutil.rmtree(bench.folder / Hat.PROFESSIONAL.value)


def test_the_result_says_whose_it_is(bench: Desk, page: DeskPage) -> None:
    _send(bench, page, "Sleep in November")
    assert page.results.whose == "Your post as Dr A. Lee: \u201cSleep in November\u201d"


def test_the_result_of_an_untitled_post_is_named_by_its_first_words(bench: Desk, page: DeskPage) -> None:
    _send(bench, page, "")
    assert page.results.whose == (
        "Your post as Dr A. Lee: \u201cMost people improve. Three small steps help when sleep is \u2026\u201d"
    )


@pytest.mark.parametrize("way", ["new post", "other draft", "first key"])
def test_a_result_goes_with_its_post(bench: Desk, window: MainWindow, page: DeskPage, way: str) -> None:
    _type(page, "Kept for later.")
    other = bench.session.draft.id
    bench.session.new_draft()
    _send(bench, page, "Sleep in November")
    if way == "new post":
        _press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    elif way == "other draft":
        bench.session.open_draft(other)
    else:
        _type(page, "N")
        bench.wait_for(page.results.isHidden)
    assert page.results.isHidden()


def test_a_result_that_comes_while_the_next_post_is_written_is_shown(bench: Desk, page: DeskPage) -> None:
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    page.post_now()
    bench.wait_for(page.undo_bars.isVisible)
    _type(page, "The next one")
    page.editor.tell_words()
    bench.session.send_now(page.undo_bars.newest)
    bench.wait_for(lambda: page.results.sentences == ("Sent to Blog folder.",))
    _type(page, " goes on.")
    assert page.results.isVisible()


def test_a_result_with_trouble_in_it_is_not_typed_away(bench: Desk, page: DeskPage) -> None:
    _unplug(bench)
    _send(bench, page, "Sleep in November")
    assert page.results.sentences[0].startswith("Blog folder: The blog folder")
    _type(page, "N")
    assert page.results.isVisible()
    bench.session.new_draft()
    assert page.results.isHidden()


def test_a_result_comes_back_when_it_runs_into_trouble(bench: Desk, page: DeskPage) -> None:
    post_id = _send(bench, page, "Sleep in November")
    bench.session.new_draft()
    (delivery,) = bench.library.deliveries(post_id)
    bench.library.tell_delivery(replace(delivery, state=DeliveryState.HELD, problem="signed_out"))
    assert page.results.isVisible()
    assert page.results.whose.endswith("\u201cSleep in November\u201d")


def test_undo_bar_and_result_come_into_view_where_the_desk_is_higher_than_the_window(
    bench: Desk, window: MainWindow, page: DeskPage
) -> None:
    bench.theme.set_scale(200)
    window.resize(960, 600)
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    page.post_now()
    bench.wait_for(lambda: _is_in_sight(page.undo_bars))
    bench.session.send_now(page.undo_bars.newest)
    bench.wait_for(lambda: page.results.isVisible() and _is_in_sight(page.results))


def _is_in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_a_post_from_among_the_findings_shows_its_undo_bar(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    bench.theme.set_scale(200)
    window.resize(960, 600)
    _write_and_wait(bench, page, CLEAN, Hat.PROFESSIONAL)
    window.workbench.show_findings()
    _press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.wait_for(lambda: _is_in_sight(page.undo_bars))


def test_what_the_site_said_beside_its_receipt_is_told(bench: Desk, page: DeskPage) -> None:
    post_id = _send(bench, page, "Sleep in November")
    (delivery,) = bench.library.deliveries(post_id)
    assert delivery.receipt is not None
    noted = replace(
        delivery.receipt, note="tags_left_out: rest, sleep\nof_a_plugin: 7\nappears_later: 2026-12-01T09:30:00"
    )
    bench.library.tell_delivery(replace(delivery, receipt=noted))
    later = moment_of(datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    assert page.results.sentences == (
        "Sent to Blog folder. The site did not take these tags, so the post stands there without them: rest, sleep. "
        f"It is not to be seen yet: the site shows it on {later}.",
    )


def test_a_time_that_no_clock_knows_is_told_without_it() -> None:
    receipt = Receipt("7", "", datetime(2026, 12, 1, tzinfo=UTC), "appears_later: soon")
    assert receipt_notes(receipt) == ("It is not to be seen yet: the site shows it later.",)


def test_an_empty_post_is_refused_in_a_sentence(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    page.post_now()
    bench.wait_for(page.refusal.isVisible)
    assert page.refusal.sentence == "There is nothing to post yet."


def test_closing_with_a_post_in_its_undo_window_asks_first(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _write_and_wait(bench, page, CLEAN, Hat.PERSONAL)
    page.post_now()
    bench.wait_for(page.undo_bars.isVisible)
    assert not window.close()
    assert "has not left yet" in window.banner.sentence
    assert window.close()


# The window.


@pytest.mark.parametrize(
    ("width", "percent", "room"),
    [
        (1600, 100, Room.WIDE),
        (1500, 100, Room.WIDE),
        (1280, 100, Room.TABS),
        (960, 100, Room.TABS),
        (1280, 200, Room.NARROW),
        (960, 200, Room.NARROW),
    ],
)
def test_findings_and_previews_stand_as_the_room_allows(
    bench: Desk, window: MainWindow, width: int, percent: int, room: Room
) -> None:
    bench.theme.set_scale(percent)
    window.resize(width, 600)
    bench.qtbot.wait(20)
    assert window.workbench.room is room
    assert window.workbench.findings.isVisible() is (room is not Room.NARROW)
    assert window.workbench.previews.isVisible() is (room is Room.WIDE)
    window.workbench.show_previews()
    assert window.workbench.previews.isVisible()


def test_a_tall_window_shows_findings_above_previews(bench: Desk, window: MainWindow) -> None:
    window.resize(1280, 800)
    bench.qtbot.wait(20)
    assert window.workbench.room is Room.TALL
    assert window.workbench.findings.isVisible()
    assert window.workbench.previews.isVisible()
    assert not window.workbench.tabs.isVisible()


@pytest.mark.parametrize("name", ["Dr A. Lee", "Dr Anneliese Featherstonehaugh-Carrington"], ids=["short", "long"])
@pytest.mark.parametrize(("width", "percent"), [(960, 100), (960, 200), (1280, 150), (1920, 100)])
def test_nothing_on_the_desk_is_wider_than_its_place(
    bench: Desk, window: MainWindow, page: DeskPage, width: int, percent: int, name: str
) -> None:
    bench.owner.save_identity(replace(bench.owner.identity(Hat.PROFESSIONAL), name=name))
    bench.theme.set_scale(percent)
    window.resize(width, 600)
    bench.session.choose_hat(Hat.PROFESSIONAL)
    _type(page, CLEAN)
    bench.qtbot.wait(120)
    place = page.parentWidget()
    assert place is not None
    assert page.width() <= place.width()
    for widget in page.findChildren(QAbstractButton):
        if widget.isVisible():
            assert widget.mapTo(page, widget.rect().bottomRight()).x() <= page.width(), widget.accessibleName()


def test_every_control_has_a_name_for_a_screen_reader(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _type(page, "My daughter starts school. A client told me today that she left him.")
    bench.session.choose_hat(Hat.PROFESSIONAL)
    bench.wait_for(lambda: len(window.workbench.findings.cards()) >= 2)
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QTabBar)
    controls: list[QWidget] = [w for kind in kinds for w in window.findChildren(kind) if not w.isHidden()]
    inside_of_qt = ("qt_", "ScrollLeftButton", "ScrollRightButton")
    unnamed = [w for w in controls if not w.accessibleName() and not w.objectName().startswith(inside_of_qt)]
    assert not unnamed


def test_the_rail_folds_to_icons_when_the_window_is_narrow(bench: Desk, window: MainWindow) -> None:
    window.resize(1280, 700)
    wide = window.rail.width()
    window.resize(1000, 700)
    bench.qtbot.wait(10)
    assert (wide, window.rail.width()) == (184, 60)


@pytest.mark.parametrize("number", range(1, len(PLACES) + 1))
def test_every_page_has_a_key_and_a_name_in_the_rail(window: MainWindow, number: int) -> None:
    key, name, _icon = PLACES[number - 1]
    _press(window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.page(key)
    assert window.rail.button(key).isChecked()
    assert window.rail.button(key).accessibleName().startswith(name)


def test_the_counts_of_the_rail_follow(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    _type(page, "A draft.")
    bench.wait_for(lambda: window.rail.button("drafts").accessibleName() == "Drafts, 1")


def test_a_fault_is_told_in_plain_words(bench: Desk, window: MainWindow) -> None:
    bench.session.problem.emit("disk_full", {"path": "the profile"})
    assert window.banner.isVisible()
    assert window.banner.sentence.startswith("The disk is full")


def test_the_sheet_of_keys_opens(bench: Desk, window: MainWindow) -> None:
    _press(window, Qt.Key.Key_F1)
    sheet = window.findChild(QWidget, "keys")
    assert sheet is not None
    assert sheet.isVisible()
    sheet.close()
