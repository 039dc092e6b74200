"""Who reads it, what it costs, into how many parts it goes: what is told beside the words."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from tests.gui.desk import Desk
from tests.gui.social import add_accounts, wait_for_faces

from twohats.gui.composer.departure import dollars
from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.composer.targets import audience
from twohats.gui.main_window import MainWindow
from twohats.model.account import account_of
from twohats.model.identity import Hat

LONG = "Sleep is a skill that can be learned, and most of us were never taught it by anybody at all. " * 5


@pytest.fixture
def page(window: MainWindow) -> DeskPage:
    return window.workbench.desk


@pytest.mark.parametrize(
    ("mills", "words"), [(15, "$0.015"), (6, "$0.006"), (99, "$0.099"), (105, "$0.11"), (200, "$0.20")]
)
def test_small_sums_are_told_to_a_tenth_of_a_cent(mills: int, words: str) -> None:
    assert dollars(mills) == words


def test_what_x_charges_stands_by_the_post_button(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "x", "linkedin")
    bench.session.edit_text("Good morning")
    wait_for_faces(bench)
    cost = next(f.rendition.cost_mills for f in bench.session.faces.professional if f.account.network == "x")
    assert cost > 0
    bench.wait_for(lambda: page.departure.sentence == f"X charges about {dollars(cost)} for this post.")
    bench.session.tick("x-1", False)
    bench.wait_for(lambda: not page.departure.isVisible())


def test_a_thread_says_how_many_parts_it_has_and_costs_that_often(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "x", "linkedin")
    bench.session.edit_text(LONG)
    wait_for_faces(bench)
    bench.wait_for(lambda: page.departure.sentence.startswith("Amira gets a thread of 2 parts. X charges about $0.0"))


def test_a_place_that_takes_no_pictures_is_named_before_posting(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "threads", "linkedin")
    bench.session.edit_text("Good morning")
    bench.session.add_picture_bytes(_garden(), "garden.png")
    bench.wait_for(lambda: page.departure.sentence == "Amira on Threads gets the text without its pictures.")
    bench.session.tick("threads-1", False)
    bench.wait_for(lambda: not page.departure.isVisible())


def _garden() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    return out.getvalue()


def test_the_audience_line_tells_what_was_chosen_for_the_post(bench: Desk, page: DeskPage) -> None:
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "linkedin")
    bench.wait_for(lambda: page.audience.sentence == "On LinkedIn anyone can read it, clients included.")
    bench.session.options.set_audience("linkedin-1", "CONNECTIONS")
    alone = "On LinkedIn your connections alone can read it; clients may be among them."
    bench.wait_for(lambda: page.audience.sentence == alone)


def test_accounts_of_one_network_with_other_readers_are_named() -> None:
    public = account_of(Hat.PERSONAL, id="a", network="mastodon", label="Jamie")
    quiet = replace(public, id="b", label="Jamie at home", settings={"audience": "private"})
    assert audience(Hat.PERSONAL, (public, quiet), {}) == (
        "Jamie: On Mastodon anyone can read it, clients included. "
        "Jamie at home: On Mastodon your followers alone can read it; clients may be among them."
    )
    assert audience(Hat.PERSONAL, (public, quiet), {"a": "private"}).startswith("On Mastodon your followers")
