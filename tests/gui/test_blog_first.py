"""The blog goes first, and the others lead to it: the switch, the previews, and what is said while they wait."""

from datetime import UTC, datetime

import pytest
from tests.gui.desk import Desk
from tests.gui.social import add_accounts, wait_for_faces

from twohats.gui.composer.blog_first import BlogFirst
from twohats.gui.composer.result_strip import told
from twohats.gui.composer.undo_bar import UndoBars
from twohats.gui.main_window import MainWindow
from twohats.gui.queue.page import QueuePage
from twohats.gui.queue.states import state_word
from twohats.model.account import Account
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat

WORDS = "Grief has no timetable. Three things that help, and where to find a group."


@pytest.fixture
def blog(bench: Desk) -> Account:
    """A blog folder whose site is known, ticked beside Bluesky and X."""
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "bluesky", "x")
    account = next(one for one in bench.owner.accounts(Hat.PROFESSIONAL) if one.network == "folder")
    bench.owner.save_account_settings(account.id, site_url="https://harbour-street.example.com")
    bench.session.tick(account.id, True)
    bench.session.edit_title("Grief in November")
    bench.session.edit_text(WORDS)
    return account


@pytest.fixture
def switch(window: MainWindow, bench: Desk, blog: Account) -> BlogFirst:
    bench.wait_for(window.workbench.desk.blog_first.isVisible)
    return window.workbench.desk.blog_first


def test_the_switch_is_off_and_kept_with_the_draft(bench: Desk, switch: BlogFirst, blog: Account) -> None:
    assert not switch.switch.isChecked()
    assert switch.hint == ""
    switch.switch.click()
    bench.wait_for(lambda: bool(switch.hint))
    assert blog.label in switch.hint
    assert bench.session.save_now()
    kept = bench.library.draft(bench.session.draft.id)
    assert kept is not None
    assert kept.blog_first


def test_it_is_seen_only_where_a_blog_could_lead(bench: Desk, switch: BlogFirst, blog: Account) -> None:
    bench.session.tick(blog.id, False)
    bench.wait_for(lambda: not switch.isVisible())
    bench.session.tick(blog.id, True)
    bench.wait_for(switch.isVisible)
    bench.owner.save_account_settings(blog.id, site_url="")
    bench.wait_for(lambda: not switch.isVisible())


def test_previews_show_where_the_link_will_stand_and_count_it(
    bench: Desk, window: MainWindow, switch: BlogFirst
) -> None:
    wait_for_faces(bench)
    before = {f.account.network: f.rendition.count.used for f in bench.session.faces.professional if f.is_ticked}
    switch.switch.click()
    wait_for_faces(bench)
    after = {f.account.network: f.rendition.count.used for f in bench.session.faces.professional if f.is_ticked}
    assert after["x"] == before["x"] + 25, "two line ends, and 23 for any link"
    assert after["bluesky"] > before["bluesky"] + 25
    assert after["folder"] == before["folder"]
    assert window.workbench.desk.options.cards.offered() == (), "there is no page to look at yet"


def test_the_others_are_said_to_wait_and_the_blog_says_what_it_holds_back(
    bench: Desk, switch: BlogFirst, blog: Account
) -> None:
    switch.switch.click()
    bench.wait_for(lambda: bench.session.draft.blog_first)
    services, draft = bench.services, bench.session.draft
    identity = bench.owner.identity(Hat.PROFESSIONAL)
    accounts = [one for one in bench.owner.accounts(Hat.PROFESSIONAL) if one.id in draft.target_ids]
    verdict = services.reviewer.review(draft, identity, accounts, bench.owner.policy)
    approval = services.reviewer.approve(verdict)
    # Due in an hour: the pump of the bench leaves it alone.
    made = services.publisher.queue_up(verdict, approval, 3600)
    leader = next(one for one in made if one.account_id == blog.id)
    now = datetime.now(UTC)
    for one in made:
        if one.id != leader.id:
            assert state_word(one, now) == "Waits for the blog"
            assert "waits for the blog post" in told(one, "X")[2]
    assert services.queue.save(leader.held("slug_taken", name="grief"), DeliveryState.WAITING)

    page = QueuePage(bench.theme, bench.library, bench.owner)
    bench.show(page)
    bench.wait_for(lambda: len(page.lines) == 3)
    held = services.queue.get(leader.id)
    assert held is not None
    assert bench.library.holds_back(held)
    assert {bench.library.goes_after(one) for one in made} == {"", blog.label}
    assert [line.delivery.waits_for_blog for line in page.lines] == [one.id != leader.id for one in made]


def test_the_undo_bar_says_who_goes_first(bench: Desk, window: MainWindow, switch: BlogFirst, blog: Account) -> None:
    switch.switch.click()
    bench.wait_for(lambda: bench.session.draft.blog_first)
    bench.session.ask_to_post()
    bench.wait_for(lambda: bool(bench.session.pending))
    (pending,) = bench.session.pending
    assert pending.first == blog.label
    bars: UndoBars = window.workbench.desk.undo_bars
    words = bars.bar(pending.post_id).accessibleName()
    assert f"to {blog.label} first, then to" in words
    bench.session.undo_post(pending.post_id)
    bench.wait_for(lambda: not bench.session.pending)
    assert bench.session.draft.blog_first
