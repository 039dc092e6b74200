"""Changes to a draft."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from twohats.flows import compose
from twohats.model.draft import text_digest
from twohats.model.identity import Hat
from twohats.model.media import Media
from twohats.model.plain_text import sendable
from twohats.model.wording import LinkCard

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_new_draft_has_no_hat():
    assert compose.new_draft("d", NOW).hat is None


def test_every_change_is_a_new_revision():
    draft = compose.new_draft("d", NOW)
    later = compose.with_hat(compose.with_text(draft, "Good morning", NOW), Hat.PERSONAL, NOW)
    assert (draft.revision, later.revision) == (0, 2)
    assert draft.text == ""


@given(st.lists(st.sampled_from(list(Hat)), min_size=1, max_size=100))
def test_changing_hats_changes_nothing_else(hats):
    picture = Media("m", "0" * 64, "image/png", 4, 3, 90, alt="a chart")
    draft = compose.with_picture(
        compose.with_text(compose.new_draft("d", NOW, None, ["a", "b"]), "Text", NOW), picture, NOW
    )
    changed = draft
    for hat in hats:
        changed = compose.with_hat(changed, hat, NOW)
    assert (changed.text, changed.media, changed.target_ids) == (draft.text, draft.media, draft.target_ids)
    assert changed.hat is hats[-1]


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_kept_text_can_always_be_written_and_read_back(text):
    kept = compose.text_that_can_be_kept(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\x00" not in kept
    assert "\r" not in kept


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_kept_text_is_sent_as_it_is(text):
    kept = compose.text_that_can_be_kept(text)
    assert sendable(kept) == kept


def test_control_characters_cannot_part_a_word():
    assert (
        compose.text_that_can_be_kept("My w\x0bi\x0cf\ufffee\uffff and I\r\n\u2028\ud800") == "My wife and I\n\n\ufffd"
    )


def test_emoji_and_right_to_left_text_stay_as_they_are():
    text = "שלום \u202e👩🏽‍⚕️ e\u0301 \u200b"
    assert compose.text_that_can_be_kept(text) == text


def test_tags_lose_their_hash_and_their_doubles():
    draft = compose.with_tags(compose.new_draft("d", NOW), ["#Sleep", "sleep", "  ", "new parents"], NOW)
    assert draft.tags == ("Sleep", "new parents")


def test_a_tick_can_be_taken_back():
    draft = compose.with_target(compose.new_draft("d", NOW), "a", True, NOW)
    assert draft.target_ids == {"a"}
    assert compose.with_target(draft, "a", False, NOW).target_ids == frozenset()


def test_alt_text_reaches_only_its_own_picture():
    draft = compose.new_draft("d", NOW)
    for name in ("one", "two"):
        draft = compose.with_picture(draft, Media(name, "0" * 64, "image/png", 1, 1, 1), NOW)
    draft = compose.with_alt(draft, "two", "a logo", NOW)
    assert [m.alt for m in draft.media] == ["", "a logo"]
    assert [m.id for m in compose.without_picture(draft, "one", NOW).media] == ["two"]


def test_words_for_one_account_keep_their_place_and_what_they_were_made_from():
    draft = compose.with_text(compose.new_draft("d", NOW), "Shared", NOW)
    draft = compose.with_wording(draft, "one", Hat.PERSONAL, ["First"], NOW)
    draft = compose.with_wording(draft, "two", Hat.PERSONAL, ["Second"], NOW)
    made_from = draft.wordings[0].shared_digest
    draft = compose.with_text(draft, "Shared, and changed", NOW)
    draft = compose.with_wording(draft, "one", Hat.PERSONAL, ["First", "and more"], NOW, made_from)
    assert [wording.account_id for wording in draft.wordings] == ["one", "two"]
    assert draft.wordings[0].shared_digest == made_from != text_digest(draft.text)
    draft = compose.with_wording(draft, "one", Hat.PERSONAL, ["First"], NOW)
    assert draft.wordings[0].shared_digest == text_digest(draft.text)


def test_a_card_takes_the_place_of_an_earlier_one_of_its_address():
    draft = compose.new_draft("d", NOW)
    for url, title in (("https://a.example", "A"), ("https://b.example", "B"), ("https://a.example", "A,\nagain")):
        draft = compose.with_card(draft, LinkCard(url, title), NOW)
    assert [card.title for card in draft.cards] == ["A, again", "B"]
