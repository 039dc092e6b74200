"""Words for each hat on the desk: each is checked, drawn, saved and posted in its own."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from twohats.model.identity import Hat
from twohats.model.wording import HatWords

FAMILY = "My wife and I finally took that cruise."
CLEAN = "Grief has no timetable. Three things that help, and where to find a group."


@pytest.fixture
def parted(desk, qtbot):
    """Personal says FAMILY, Professional says CLEAN and is worn."""
    session = desk.session
    session.choose_hat(Hat.PERSONAL)
    session.edit_title("A post")
    session.edit_text(FAMILY)
    session.word_apart()
    session.choose_hat(Hat.PROFESSIONAL)
    session.edit_text(CLEAN)
    return desk


def settle(desk, qtbot):
    session = desk.session
    qtbot.waitUntil(lambda: session.findings.revision == session.draft.revision, timeout=30_000)
    qtbot.waitUntil(lambda: session.faces.revision == session.draft.revision, timeout=30_000)


def post(desk, qtbot):
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=60, undo_personal_s=60))
    desk.session.ask_to_post()
    qtbot.waitUntil(lambda: bool(desk.session.pending), timeout=30_000)
    return desk.session.pending[0]


def test_each_hat_is_checked_and_drawn_in_its_own_words(parted, qtbot):
    settle(parted, qtbot)
    session = parted.session
    assert session.findings.professional.findings == (), "Professional says nothing of the family"
    session.choose_hat(Hat.PERSONAL)
    session.edit_text("Hello")
    session.choose_hat(Hat.PROFESSIONAL)
    session.edit_text(FAMILY)
    settle(parted, qtbot)
    assert session.findings.professional.findings
    assert "Hello" in session.faces.personal[0].rendition.html
    assert "cruise" in session.faces.professional[0].rendition.html
    assert "cruise" not in session.faces.personal[0].rendition.html


def test_switching_a_hundred_times_brings_each_hat_its_own_words(parted):
    session = parted.session
    for _ in range(50):
        session.choose_hat(Hat.PERSONAL)
        assert session.draft.text == FAMILY
        session.choose_hat(Hat.PROFESSIONAL)
        assert session.draft.text == CLEAN


def test_the_words_of_both_are_saved_within_a_second(parted, qtbot):
    draft_id = parted.session.draft.id
    drafts = parted.house.services.drafts

    def is_saved():
        kept = drafts.get(draft_id)
        return kept is not None and (kept.text, kept.other_words) == (CLEAN, HatWords(Hat.PERSONAL, FAMILY))

    qtbot.waitUntil(is_saved, timeout=30_000)
    assert [one.preview for one in drafts.list("cruise")] != [], "the words of the hat that is not worn are found too"


def test_the_post_says_what_the_worn_hat_says_and_the_other_words_stay_a_draft(parted, qtbot):
    told = []
    parted.session.rest_kept.connect(lambda draft_id, hat: told.append((draft_id, hat)))
    pending = post(parted, qtbot)
    (delivery,) = parted.house.services.queue.of_post(pending.post_id)
    assert "cruise" not in str(delivery.rendition)
    ((rest_id, hat),) = told
    rest = parted.house.services.drafts.get(rest_id)
    assert (hat, rest.hat, rest.text, rest.title) == (Hat.PERSONAL, Hat.PERSONAL, FAMILY, "A post")
    assert [one.id for one in parted.library.drafts()] == [rest_id]


def test_taking_the_post_back_brings_both_back_and_no_second_draft(parted, qtbot):
    draft_id = parted.session.draft.id
    parted.session.undo_post(post(parted, qtbot).post_id)
    draft = parted.session.draft
    assert (draft.id, draft.text, draft.other_words) == (draft_id, CLEAN, HatWords(Hat.PERSONAL, FAMILY))
    assert [one.id for one in parted.library.drafts()] == [draft_id]


def test_what_was_written_on_meanwhile_is_not_taken_away(parted, qtbot):
    pending = post(parted, qtbot)
    (rest,) = parted.library.drafts()
    parted.session.open_draft(rest.id)
    parted.session.edit_text(f"{FAMILY} And another.")
    parted.session.undo_post(pending.post_id)
    assert {one.id for one in parted.library.drafts()} == {pending.draft_id, rest.id}


def test_the_same_for_both_can_be_taken_back(parted):
    session, lost = parted.session, []
    session.words_joined.connect(lambda draft_id, words: lost.append((draft_id, words)))
    session.say_the_same()
    session.choose_hat(Hat.PERSONAL)
    assert session.draft.text == CLEAN
    session.word_apart_again(*lost[0])
    assert (session.draft.text_for(Hat.PERSONAL), session.draft.text_for(Hat.PROFESSIONAL)) == (FAMILY, CLEAN)
    session.new_draft()
    session.word_apart_again(*lost[0])
    assert session.draft.other_words is None, "another draft is on the desk by now"


def test_a_restored_version_has_the_words_of_both(parted, qtbot):
    session = parted.session
    assert session.save_now()
    parted.house.services.drafts.set_aside(session.draft.id)
    session.say_the_same()
    session.edit_text("Other words altogether.")
    session.open_version(session.draft.id, 1)
    assert (session.draft.text_for(Hat.PERSONAL), session.draft.text_for(Hat.PROFESSIONAL)) == (FAMILY, CLEAN)


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        pytest.param(lambda s: s.edit_tags(("rest", "sleep")), lambda d: d.tags == ("rest", "sleep"), id="tags"),
        pytest.param(lambda s: s.edit_title("A title"), lambda d: d.title == "A title", id="title"),
        pytest.param(lambda s: s.edit_excerpt("In short"), lambda d: d.excerpt == "In short", id="teaser"),
        pytest.param(
            lambda s: s.set_alt(s.draft.media[0].id, "A red kite"),
            lambda d: d.media and d.media[0].alt == "A red kite",
            id="alt text",
        ),
        pytest.param(
            lambda s: s.options.word_for(s._owner.accounts(Hat.PROFESSIONAL)[0], ["Only here"]),
            lambda d: d.worded_parts == ("Only here",),
            id="words for one account",
        ),
        pytest.param(lambda s: s.word_apart(), lambda d: d.other_words is not None, id="words for each hat"),
    ],
)
def test_what_stands_beside_the_text_is_saved_as_soon_as_the_text(desk, qtbot, change, kept):
    """Half a second after the change its timer ends: what is written then is the newest state."""
    session, drafts = desk.session, desk.house.services.drafts
    session.choose_hat(Hat.PROFESSIONAL)
    session.edit_text(CLEAN)
    session.add_picture_bytes(picture(), "kite.png")
    qtbot.waitUntil(lambda: bool(session.draft.media), timeout=30_000)
    assert session.save_now()

    change(session)

    timer = session._save_timer
    assert timer.isActive()
    assert timer.interval() < 1000
    qtbot.waitUntil(lambda: kept(drafts.get(session.draft.id)), timeout=30_000)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()
