"""The drafts page: find, open, let go, have back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.bridge.finding_notes import FindingNotes
from twohats.gui.drafts.page import DraftsPage
from twohats.gui.drafts.rows import RowFace, RowList, Rows
from twohats.gui.sent.moment import ago, day_of
from twohats.model.draft import Draft, DraftSummary
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.store.database import Store

_NOW = datetime.now(UTC)
_DRAFTS = (
    Draft("a", _NOW, _NOW - timedelta(minutes=2), 1, Hat.PROFESSIONAL, "Three things.", "Back-to-school nerves"),
    Draft("b", _NOW, _NOW - timedelta(hours=3), 1, Hat.PERSONAL, "Roses.", "The garden"),
    Draft("c", _NOW, _NOW - timedelta(days=2), 1, None, "No hat so far.", ""),
)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    for draft in _DRAFTS:
        store.drafts.save(draft)
    with open_desk(qtbot, store, tmp_path) as made:
        yield made


@pytest.fixture
def page(desk: Desk) -> DraftsPage:
    made = DraftsPage(desk.theme, desk.session, desk.library)
    desk.show(made)
    return made


def _titles(page: DraftsPage) -> list[str]:
    model = page.list.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def _choose(page: DraftsPage, row: int) -> None:
    page.list.setCurrentIndex(page.list.model().index(row, 0))


def test_drafts_are_listed_newest_first_with_their_age(page: DraftsPage) -> None:
    assert _titles(page) == ["Back-to-school nerves", "The garden", "No hat so far."]
    model = page.list.model()
    assert isinstance(model, Rows)
    face = model.face(model.index(0, 0))
    assert (face.hat, face.title) == (Hat.PROFESSIONAL, "Back-to-school nerves")
    assert re.fullmatch(r"Edited \d+ minutes ago", face.detail), "the age counts on while the tests run"
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Personal, The garden, Edited 3 hours ago"


def test_typing_into_the_search_narrows_the_list(desk: Desk, page: DraftsPage) -> None:
    desk.qtbot.keyClicks(page.search, "garden")
    desk.wait_for(lambda: _titles(page) == ["The garden"])
    page.search.clear()
    desk.wait_for(lambda: len(_titles(page)) == 3)


def test_the_hat_filter_shows_one_side(desk: Desk, page: DraftsPage) -> None:
    page.hats.setCurrentIndex(page.hats.findData(Hat.PROFESSIONAL.value))
    assert _titles(page) == ["Back-to-school nerves"]


def test_enter_puts_the_draft_on_the_desk(desk: Desk, page: DraftsPage) -> None:
    with desk.qtbot.waitSignal(page.opened) as told:
        page.list.setFocus()
        _choose(page, 1)
        desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args == ["b"]
    assert desk.session.draft.text == "Roses."


def test_a_double_click_opens_and_a_single_one_only_chooses(desk: Desk, page: DraftsPage) -> None:
    at = page.list.visualRect(page.list.model().index(0, 0)).center()
    before = desk.session.draft.id
    desk.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.session.draft.id == before
    with desk.qtbot.waitSignal(page.opened):
        desk.qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.session.draft.id == "a"


def test_delete_moves_to_the_bin_and_undo_brings_it_back(desk: Desk, page: DraftsPage) -> None:
    _choose(page, 0)
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert _titles(page) == ["The garden", "No hat so far."]
    assert page.snackbar.isVisible()
    page.snackbar.findChild(type(page.open_button)).click()
    assert _titles(page) == ["Back-to-school nerves", "The garden", "No hat so far."]


def test_the_bin_gives_back_what_was_let_go(desk: Desk, page: DraftsPage) -> None:
    _choose(page, 1)
    page.delete_button.click()
    page.bin_button.click()
    assert _titles(page) == ["The garden"]
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.session.draft.id != "b", "what lies in the bin does not open"
    page.restore_button.click()
    assert _titles(page) == []
    page.bin_button.click()
    assert "The garden" in _titles(page)


def test_letting_go_of_the_draft_on_the_desk_clears_the_desk(desk: Desk, page: DraftsPage) -> None:
    desk.session.open_draft("a")
    page.refresh()
    _choose(page, 0)
    page.delete_button.click()
    assert desk.session.draft.is_empty
    desk.session.save_now()
    assert "Back-to-school nerves" not in _titles(page)


def test_a_version_is_read_and_put_back(desk: Desk, page: DraftsPage) -> None:
    early = replace(_DRAFTS[0], text="First thoughts.", revision=2, edited_at=_NOW - timedelta(hours=2))
    late = replace(_DRAFTS[0], text="Second thoughts.", revision=3, edited_at=_NOW - timedelta(hours=1))
    for draft in (early, late):
        desk.services.drafts.save(draft)
    page.refresh()
    _choose(page, [*_titles(page)].index("Back-to-school nerves"))
    page.versions_button.click()
    sheet = page.versions
    texts = {version.text: version.number for version in desk.library.versions("a")}
    row = next(
        row
        for row in range(sheet.list.model().rowCount())
        if sheet.list.model().item(sheet.list.model().index(row, 0)).text != "Second thoughts."
    )
    sheet.list.setCurrentIndex(sheet.list.model().index(row, 0))
    shown = next(text for text in texts if text in sheet.text.toPlainText())
    with desk.qtbot.waitSignal(page.opened):
        sheet.restore_button.click()
    assert desk.session.draft.text == shown
    assert desk.services.drafts.get("a").text == shown


def test_what_has_changed_since_a_version_is_shown_by_form_and_in_words(desk: Desk, page: DraftsPage) -> None:
    now = replace(
        _DRAFTS[0], text="Three small things.", tags=("sleep",), revision=2, edited_at=_NOW + timedelta(minutes=3)
    )
    desk.services.drafts.save(now)
    page.refresh()
    _choose(page, _titles(page).index("Back-to-school nerves"))
    page.versions_button.click()
    sheet = page.versions
    assert sheet.summary.text() == "Since then: 2 words new (underlined)."
    assert sheet.changes.isVisible()
    assert sheet.changes.accessibleDescription() == "2 words new (underlined)."
    document = sheet.changes.document()
    formats = {}
    for word in ("Three", "small", "sleep", "Tags"):
        style = document.find(word).charFormat()
        formats[word] = (style.fontUnderline(), style.fontStrikeOut())
    assert formats == {
        "Three": (False, False),
        "small": (True, False),
        "sleep": (True, False),
        "Tags": (False, False),
    }
    sheet.compare.setChecked(False)
    assert sheet.text.isVisible()
    assert not sheet.summary.isVisible()
    assert "small" not in sheet.text.toPlainText()


def test_the_list_is_narrowed_by_time_and_by_findings(desk: Desk, page: DraftsPage) -> None:
    page.times.setCurrentText("Last day")
    assert _titles(page) == ["Back-to-school nerves", "The garden"]
    page.findings.setChecked(True)
    assert _titles(page) == []
    desk.services.drafts.note_findings("b", Severity.WARN)
    page.refresh()
    assert _titles(page) == ["The garden"]
    page.findings.setChecked(False)
    page.times.setCurrentText("Any time")
    assert len(_titles(page)) == 3


def test_what_the_check_finds_on_the_desk_is_noted_with_the_draft(desk: Desk) -> None:
    notes = FindingNotes(desk.session, desk.library)
    desk.write(Hat.PROFESSIONAL, "A title", "My client told me that she is moving on Monday.")

    def found() -> list[str]:
        return [draft.id for draft in desk.library.drafts(has_findings=True)]

    desk.wait_for(lambda: found() == [desk.session.draft.id])
    desk.session.edit_text("Closed on Monday.")
    desk.wait_for(lambda: found() == [])
    notes.deleteLater()


def test_a_version_that_was_put_back_can_be_left_again(desk: Desk) -> None:
    desk.session.open_draft("a")
    desk.session.edit_text("Something quite different.")
    desk.session.save_now()
    desk.services.drafts.set_aside("a")
    desk.session.edit_text("And once more.")
    desk.session.save_now()
    first = desk.library.versions("a")[-1]
    with desk.qtbot.waitSignal(desk.session.version_restored) as told:
        desk.session.open_version("a", first.number)
    assert desk.session.draft.text == first.text
    desk.session.open_version(*told.args)
    assert desk.session.draft.text == "And once more."


def test_of_ten_thousand_rows_only_a_portion_is_read(desk: Desk) -> None:
    summaries = [DraftSummary(str(n), f"Draft {n}", Hat.PERSONAL, _NOW) for n in range(10_000)]
    reads = []

    def read(offset: int, count: int) -> list[DraftSummary]:
        reads.append((offset, count))
        return summaries[offset : offset + count]

    page = DraftsPage(desk.theme, desk.session, desk.library)
    rows = Rows(read, lambda d: RowFace(d.hat, d.preview, ago(d.edited_at, _NOW)), lambda d: d.id)
    page.list.setModel(rows)
    desk.show(page)
    rows.reload()
    page.list.repaint()
    assert rows.rowCount() < 1000, "only a portion is read"
    while rows.canFetchMore(rows.index(-1, 0)):
        rows.fetchMore(rows.index(-1, 0))
    assert rows.rowCount() == 10_000
    assert len({offset for offset, _ in reads}) == len(reads), "no row is read twice"


def test_in_a_narrow_list_the_sign_leaves_the_title_its_line(desk: Desk) -> None:
    desk.theme.set_scale(200)

    def title_line(sign: str) -> QImage:
        rows = Rows(
            lambda offset, _count: [sign][offset:],
            lambda sign: RowFace(Hat.PERSONAL, "Roses in November", "just now", sign, "stop"),
            str,
        )
        made = RowList(desk.theme, "Posts", "")
        made.setModel(rows)
        desk.show(made, 420, 200)
        rows.reload()
        return made.grab(QRect(0, 10, 420, 48)).toImage()

    bare = title_line("")
    assert len({bare.pixel(x, y) for x in range(120, 380) for y in range(48)}) > 10, "there is a title"
    assert title_line("Not taken") == bare
    desk.theme.set_scale(100)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-90), "just now"),
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=2), "2 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(days=3), "3 days ago"),
    ],
    ids=lambda value: str(value),
)
def test_ages_are_told_as_people_tell_them(age: timedelta, words: str) -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert ago(now - age, now) == words


def _let_go(desk: Desk, page: DraftsPage, *draft_ids: str) -> None:
    for draft_id in draft_ids:
        desk.library.delete_draft(draft_id)
    page.bin_button.click()


def test_what_lies_in_the_bin_says_until_when(desk: Desk, page: DraftsPage) -> None:
    _let_go(desk, page, "b")
    model = page.list.model()
    until = day_of(datetime.now(UTC) + timedelta(days=30))
    assert model.face(model.index(0, 0)).detail == f"Let go just now · kept until {until}"


def test_deleting_for_good_asks_once_with_the_safe_answer_first(desk: Desk, page: DraftsPage) -> None:
    _let_go(desk, page, "a", "b")
    _choose(page, [*_titles(page)].index("The garden"))
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert page.question.sentence == "Delete “The garden” for good, with its versions? This cannot be undone."
    assert page.question.leave_button.hasFocus()
    desk.qtbot.keyClick(page.question.leave_button, Qt.Key.Key_Return)
    assert not page.question.isVisible()
    assert page.list.hasFocus()
    assert sorted(_titles(page)) == ["Back-to-school nerves", "The garden"]
    page.forget_button.click()
    page.question.sure_button.click()
    assert _titles(page) == ["Back-to-school nerves"]
    assert desk.services.drafts.get("b") is None
    assert desk.services.drafts.get("a") is not None


def test_a_question_about_one_draft_goes_when_another_is_chosen(desk: Desk, page: DraftsPage) -> None:
    _let_go(desk, page, "a", "b")
    _choose(page, 0)
    page.forget_button.click()
    _choose(page, 1)
    assert not page.question.isVisible()
    page.forget_button.click()
    desk.qtbot.keyClick(page.question.leave_button, Qt.Key.Key_Escape)
    assert not page.question.isVisible()
    assert len(_titles(page)) == 2


def test_the_bin_is_emptied_whole_and_the_drafts_stay(desk: Desk, page: DraftsPage) -> None:
    _let_go(desk, page, "a", "b")
    page.empty_button.click()
    assert page.question.sentence.startswith("Delete all 2 drafts in the bin for good")
    page.question.sure_button.click()
    assert _titles(page) == []
    assert page.list.accessibleDescription() == "The bin is empty."
    assert not page.empty_button.isVisible()
    page.bin_button.click()
    assert _titles(page) == ["No hat so far."]


def test_the_page_opens_with_the_drafts_not_with_the_bin(desk: Desk, page: DraftsPage) -> None:
    _let_go(desk, page, "a")
    page.hide()
    page.show()
    assert _titles(page) == ["The garden", "No hat so far."]
    assert page.bin_button.text() == "Bin"


def test_an_empty_list_says_what_will_stand_there(desk: Desk, page: DraftsPage) -> None:
    for draft in _DRAFTS:
        desk.library.delete_draft(draft.id)
    page.hide()
    page.show()
    assert page.list.accessibleDescription() == "No drafts yet. Begin to write, and it is kept here."


def test_escape_clears_the_search_and_enter_leads_to_what_was_found(desk: Desk, page: DraftsPage) -> None:
    page.search.setFocus()
    desk.qtbot.keyClicks(page.search, "garden")
    desk.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert _titles(page) == ["The garden"]
    desk.qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.wait_for(page.search.hasFocus)
    assert page.search.clear_button.isVisible()
    desk.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert not page.search.clear_button.isVisible()
    desk.wait_for(lambda: len(_titles(page)) == 3)


def test_enter_presses_the_button_that_has_the_focus(desk: Desk, page: DraftsPage) -> None:
    _choose(page, 1)
    page.open_button.setFocus()
    with desk.qtbot.waitSignal(page.opened):
        desk.qtbot.keyClick(page.open_button, Qt.Key.Key_Return)
    assert desk.session.draft.id == "b"


def test_versions_are_told_apart_by_their_time(desk: Desk, page: DraftsPage) -> None:
    for number, minute in enumerate((5, 45, 46), start=2):
        at = datetime(2026, 11, 22, 9, minute, tzinfo=UTC)
        desk.services.drafts.save(replace(_DRAFTS[0], text="Words. " * number, revision=number, edited_at=at))
    page.refresh()
    _choose(page, _titles(page).index("Back-to-school nerves"))
    page.show_versions()
    model = page.versions.list.model()
    faces = [model.face(model.index(row, 0)) for row in range(model.rowCount())]
    assert f"{datetime(2026, 11, 22, 9, 5, tzinfo=UTC).astimezone():%H:%M}" in [face.title for face in faces]
    assert any(face.detail == "22 November 2026 · 2 words" for face in faces)
