"""A key is told to the session only after its paint: whatever reads or writes the draft meanwhile has the key in it.

No test here lets the events run between the key and what follows it, but where it says so.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from tests.gui.desk import Desk

from twohats.boundary.policy import rule_book
from twohats.gui.composer.editor import Editor
from twohats.gui.main_window import MainWindow
from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.finding import SuggestionKind
from twohats.model.identity import Hat

CLEAN = "Most people improve. Three small steps help when sleep is short"
TYPED = CLEAN + "!"
FAMILY = "My wife and I finally took that cruise."


@pytest.fixture
def editor(window: MainWindow) -> Editor:
    return window.workbench.desk.editor


def _write(bench: Desk, editor: Editor, text: str = CLEAN) -> str:
    """A kept draft that reads `text`; gives its id."""
    bench.session.choose_hat(Hat.PROFESSIONAL)
    editor.insertPlainText(text)
    assert bench.session.save_now()
    return bench.session.draft.id


def _type(bench: Desk, editor: Editor) -> list[Draft]:
    """One more letter, not told yet; gives the list that the session's changes come to."""
    told: list[Draft] = []
    bench.session.draft_changed.connect(told.append)
    QTest.keyClicks(editor, "!")
    assert told == [], "the key was told before its paint, and these tests say nothing"
    return told


def _kept(bench: Desk, draft_id: str) -> str:
    draft = bench.services.drafts.get(draft_id)
    assert draft is not None
    return draft.text


def _add_picture(bench: Desk, folder: Path) -> str:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#3a7d44"))
    assert image.save(str(folder / "window-box.png"))
    bench.session.add_picture(str(folder / "window-box.png"))
    bench.wait_for(lambda: bool(bench.session.draft.media))
    return bench.session.draft.media[0].id


# What changes the draft changes the newest words.

CHANGES: dict[str, Callable[[Desk, str], None]] = {
    "choose_hat": lambda bench, _: bench.session.choose_hat(Hat.PERSONAL),
    "tick": lambda bench, _: bench.session.tick(bench.owner.accounts(Hat.PROFESSIONAL)[0].id, False),
    "edit_title": lambda bench, _: bench.session.edit_title("Better sleep"),
    "edit_excerpt": lambda bench, _: bench.session.edit_excerpt("Three steps"),
    "edit_tags": lambda bench, _: bench.session.edit_tags(("sleep",)),
    "set_alt": lambda bench, picture: bench.session.set_alt(picture, "A window box"),
    "remove_picture": lambda bench, picture: bench.session.remove_picture(picture),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_beside_the_text_is_made_to_the_newest_words(
    bench: Desk, editor: Editor, tmp_path: Path, name: str
) -> None:
    _write(bench, editor)
    picture = _add_picture(bench, tmp_path)
    told = _type(bench, editor)
    CHANGES[name](bench, picture)
    assert len(told) == 2, "the words, then the change"
    assert {draft.text for draft in told} == {TYPED}
    assert editor.text == TYPED


def test_a_suggestion_outside_the_text_leaves_the_newest_words(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    bench.session.edit_title(f"Rest well. {FAMILY}")
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    (finding,) = bench.session.findings.professional.findings
    move = next(s for s in finding.suggestions if s.kind is SuggestionKind.MOVE)
    change = next(s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE)
    told = _type(bench, editor)
    bench.session.apply(change)
    assert [draft.text for draft in told] == [TYPED], "its place is of older words: the check is on its way"
    assert bench.session.draft.title == f"Rest well. {FAMILY}"
    QTest.keyClicks(editor, "?")
    bench.session.apply(move)
    assert {draft.text for draft in told[1:]} == {TYPED + "?"}
    assert bench.session.hat is Hat.PERSONAL


# What leaves the draft leaves it with the newest words.

LEAVINGS: dict[str, Callable[[Desk, str], None]] = {
    "new_draft": lambda bench, _: bench.session.new_draft(),
    "open_draft": lambda bench, other: bench.session.open_draft(other),
    "open_version": lambda bench, other: bench.session.open_version(other, bench.library.versions(other)[0].number),
    "restore_draft": lambda bench, other: bench.session.restore_draft(other),
    "discard_draft": lambda bench, _: bench.session.discard_draft(),
}


@pytest.mark.parametrize("name", LEAVINGS)
def test_a_draft_that_is_left_keeps_its_last_key(bench: Desk, editor: Editor, name: str) -> None:
    other = _write(bench, editor, "Another draft.")
    bench.services.drafts.set_aside(other)
    bench.session.edit_text("Another draft, written anew.")
    bench.session.save_now()
    bench.session.new_draft()
    left = _write(bench, editor)
    _type(bench, editor)
    LEAVINGS[name](bench, other)
    assert bench.session.draft.id != left
    if name == "discard_draft":
        bench.services.drafts.undelete(left)
    assert _kept(bench, left) == TYPED
    assert "!" not in editor.text
    assert bench.session.draft.text == editor.text


def test_words_that_were_let_go_reach_no_other_draft(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    _type(bench, editor)
    bench.session.new_draft()
    bench.qtbot.wait(100)
    assert bench.session.draft.is_empty
    assert editor.text == ""


# Saving.


def test_saving_writes_the_last_key(bench: Desk, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    _type(bench, editor)
    assert bench.session.save_now()
    assert _kept(bench, draft_id) == TYPED


def test_a_key_saves_itself_within_the_second(bench: Desk, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    _type(bench, editor)
    bench.qtbot.waitUntil(lambda: _kept(bench, draft_id) == TYPED, timeout=1000)


def test_keys_without_a_pause_are_told_and_saved_all_the_same(bench: Desk, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    for _ in range(100):  # faster than a key takes to be told
        QTest.keyClicks(editor, "a")
        bench.qtbot.wait(5)
        if _kept(bench, draft_id) != CLEAN:
            return
    pytest.fail("every key put the telling of the ones before off")


def test_the_window_closes_with_the_last_key_kept(bench: Desk, window: MainWindow, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    _type(bench, editor)
    assert window.close()
    assert _kept(bench, draft_id) == TYPED


def test_written_to_elsewhere_the_last_key_goes_to_the_draft_of_this_window(bench: Desk, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    theirs = bench.session.draft
    assert bench.services.drafts.save(replace(theirs, text="Gone on elsewhere.", revision=theirs.revision + 50))
    _type(bench, editor)
    bench.session.save_now()
    assert _kept(bench, draft_id) == "Gone on elsewhere."
    assert bench.session.draft.id != draft_id
    assert _kept(bench, bench.session.draft.id) == TYPED


# Posting.


def test_post_reviews_the_last_key(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    _type(bench, editor)
    bench.session.ask_to_post()
    bench.wait_for(lambda: bool(bench.session.pending))
    (post,) = bench.session.pending
    bench.session.undo_post(post.post_id)
    assert editor.text == TYPED


def test_a_key_during_the_review_refuses_the_post(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    refused: list[str] = []
    bench.session.post_refused.connect(lambda code, _: refused.append(code))
    verdict = bench.services.reviewer.review(
        bench.session.draft,
        bench.owner.identity(Hat.PROFESSIONAL),
        bench.owner.accounts(Hat.PROFESSIONAL),
        bench.owner.policy,
    )
    _type(bench, editor)
    bench.session._posting._act_on(verdict)  # the review comes home
    assert refused == ["changed_meanwhile"]
    assert bench.session.pending == ()


def test_a_key_at_the_gate_asks_for_another_review(bench: Desk, editor: Editor) -> None:
    _write(bench, editor, FAMILY)
    verdicts = []
    bench.session.gate_opened.connect(verdicts.append)
    bench.session.ask_to_post()
    bench.wait_for(lambda: len(verdicts) == 1)
    _type(bench, editor)
    (verdict,) = verdicts
    bench.session.post_with(tuple(Answer(f, rule_book()[f.rule].answers[0]) for f in verdict.open_findings))
    bench.wait_for(lambda: len(verdicts) == 2)
    assert verdicts[1].draft.text == FAMILY + "!"
    assert bench.session.pending == ()
    assert bench.library.queue() == []


def test_a_key_while_the_post_goes_to_the_queue_calls_it_back(bench: Desk, editor: Editor) -> None:
    draft_id = _write(bench, editor)
    refused: list[str] = []
    bench.session.post_refused.connect(lambda code, _: refused.append(code))
    handed_over: list[str] = []
    bench.session.handed_over.connect(lambda post_id, *_: handed_over.append(post_id))
    verdict = bench.services.reviewer.review(
        bench.session.draft,
        bench.owner.identity(Hat.PROFESSIONAL),
        bench.owner.accounts(Hat.PROFESSIONAL),
        bench.owner.policy,
    )
    bench.session._posting._act_on(verdict)
    _type(bench, editor)
    bench.wait_for(lambda: bool(refused))
    assert refused == ["changed_meanwhile"]
    assert handed_over == []
    assert bench.library.queue() == []
    assert (bench.session.draft.id, bench.session.draft.text) == (draft_id, TYPED)


def test_a_post_taken_back_does_not_cost_the_draft_its_last_key(bench: Desk, editor: Editor) -> None:
    bench.write(Hat.PROFESSIONAL, "", "Closed from 24 to 26 December.")
    bench.session.ask_to_post()
    bench.wait_for(lambda: bool(bench.session.pending))
    left = _write(bench, editor)
    _type(bench, editor)
    bench.session.undo_post(bench.session.pending[0].post_id)
    assert editor.text == "Closed from 24 to 26 December."
    assert _kept(bench, left) == TYPED


# What the check says.


def test_findings_of_the_words_before_the_key_are_not_shown(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    shown = []
    bench.session.findings_changed.connect(shown.append)
    old = bench.session.findings
    _type(bench, editor)
    bench.session._show_findings(old)
    assert shown == []


def test_a_check_is_of_the_newest_words(bench: Desk, editor: Editor) -> None:
    _write(bench, editor)
    _type(bench, editor)
    bench.session.look_again()
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    assert bench.session.draft.text == TYPED
