"""The window around the pages: what it says, and the room it leaves."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from tests.gui.desk import Desk

from twohats.gui.main_window import MainWindow
from twohats.gui.opening import OpeningWindow
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.gui.window_memory import WindowMemory
from twohats.model.delivery import DeliveryState
from twohats.model.draft import Draft
from twohats.model.identity import Hat


def _top_of_page(window: MainWindow) -> int:
    return window.stack.mapTo(window, QPoint(0, 0)).y()


def _written_elsewhere(bench: Desk, draft: Draft, text: str) -> None:
    """Another window writes on in the same draft."""
    assert bench.services.drafts.save(replace(draft, text=text, revision=draft.revision + 50))


def test_the_banner_takes_room_only_while_it_says_something(bench: Desk, window: MainWindow) -> None:
    before = _top_of_page(window)
    assert before == 4, "the strip of the hat's colour, and nothing else"
    window.tell_problem("disk_full", {"path": "/blog"})
    bench.wait_for(lambda: _top_of_page(window) > before + 30)
    window.banner.hide()
    bench.wait_for(lambda: _top_of_page(window) == before)


def test_a_draft_written_to_elsewhere_is_told_and_the_other_is_one_click_away(bench: Desk, window: MainWindow) -> None:
    editor = window.workbench.desk.editor
    bench.qtbot.keyClicks(editor, "Begun here.")
    bench.session.save_now()
    theirs = bench.session.draft
    _written_elsewhere(bench, theirs, "Gone on elsewhere.")
    bench.qtbot.keyClicks(editor, " Gone on here.")
    bench.wait_for(window.banner.isVisible)
    assert "Nothing is lost" in window.banner.sentence
    assert editor.text == "Begun here. Gone on here.", "nothing jumps under the hands"
    assert editor.document().isUndoAvailable()
    next(b for b in window.banner.findChildren(Button) if b.text() == "Show the other one").click()
    assert editor.text == "Gone on elsewhere."
    assert not window.banner.isVisible()
    assert {d.preview for d in bench.library.drafts()} == {"Gone on elsewhere.", "Begun here. Gone on here."}


def test_closing_waits_once_when_the_draft_was_written_to_elsewhere(bench: Desk, window: MainWindow) -> None:
    bench.session.edit_text("Begun here.")
    bench.session.save_now()
    _written_elsewhere(bench, bench.session.draft, "Gone on elsewhere.")
    bench.session.edit_text("Gone on here.")
    assert not window.close()
    assert "Nothing is lost" in window.banner.sentence
    assert window.close()
    assert len(bench.library.drafts()) == 2


def test_a_post_counts_as_sent_once_it_has_left(bench: Desk, window: MainWindow) -> None:
    post_id = bench.post(Hat.PROFESSIONAL, "Open hours", "Closed from 24 to 26 December.", window_s=60)
    window.count()
    assert window.rail.button("queue").accessibleName() == "Queue, 1"
    assert window.rail.button("sent").accessibleName() == "Sent"
    bench.session.send_now(post_id)
    bench.wait_for_state(post_id, DeliveryState.SENT)
    window.count()
    assert window.rail.button("queue").accessibleName() == "Queue"
    assert window.rail.button("sent").accessibleName() == "Sent, 1"


@pytest.mark.parametrize("key", ["policy", "settings"])
def test_a_long_page_scrolls_by_keys_as_soon_as_it_is_shown(bench: Desk, window: MainWindow, key: str) -> None:
    window.show_page(key)
    bar = window.page(key).findChild(QScrollArea).verticalScrollBar()
    bench.wait_for(lambda: bar.maximum() > 0)
    bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 100
    bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp)
    assert bar.value() == 0
    bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
    assert bar.value() == 0


def test_a_post_that_waits_is_taken_back_from_the_queue(bench: Desk, window: MainWindow) -> None:
    post_id = bench.post(Hat.PROFESSIONAL, "Open hours", "Closed from 24 to 26 December.", window_s=60)
    window.show_page("queue")
    queue = window.page("queue")
    bench.wait_for(lambda: any(b.text() == "Take it back" and b.isVisible() for b in queue.findChildren(Button)))
    next(b for b in queue.findChildren(Button) if b.text() == "Take it back").click()
    assert {d.state for d in bench.library.deliveries(post_id)} == {DeliveryState.CANCELLED}
    assert bench.session.draft.text == "Closed from 24 to 26 December."
    assert window.stack.currentWidget() is window.workbench
    assert bench.library.queue() == []
    window.show_page("queue")
    bench.wait_for(lambda: not any(b.text() == "Take it back" for b in queue.findChildren(Button) if b.isVisible()))


def test_a_post_that_another_program_holds_is_not_taken_back_here(bench: Desk, window: MainWindow) -> None:
    window.show_page("queue")
    window.page("queue").take_back_wanted.emit("a-post-of-the-command-line")
    assert window.banner.sentence.startswith("Another Two Hats is about to send this post")


@pytest.mark.parametrize("width", [960, 1280])
def test_the_outline_of_the_opening_window_has_the_rail_where_it_will_be(
    bench: Desk, window: MainWindow, width: int
) -> None:
    opening = OpeningWindow(bench.theme, WindowMemory())
    bench.show(opening, width, 700)
    window.resize(width, 700)
    bench.wait_for(lambda: window.width() == width)
    drawn = opening.grab().toImage()
    edge = window.rail.width()
    assert drawn.pixelColor(edge - 2, 600) == bench.theme.color("surface-sunken")
    assert drawn.pixelColor(edge + 2, 600) == bench.theme.color("surface")


def test_the_settings_say_where_the_profile_lies(bench: Desk) -> None:
    made = MainWindow(bench.session, bench.owner, bench.library, bench.theme, bench.folder.parent)
    bench.show(made)
    words = " ".join(label.text() for label in made.page("settings").findChildren(Label))
    assert str(bench.folder.parent) in words
    made.hide()
