"""A draft whose hats say it in words of their own: switched without loss, joined and parted, posted one at a time."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from twohats.flows import compose
from twohats.model.draft import Draft
from twohats.model.identity import Hat
from twohats.model.wording import HatWords, Wording

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = st.text("ab ", max_size=8)


def parted(personal: str = "Hi all", professional: str = "Dear readers") -> Draft:
    """Worn by Professional."""
    draft = compose.with_text(compose.new_draft("d", NOW, Hat.PERSONAL), personal, NOW)
    draft = compose.with_hat(compose.with_words_apart(draft, NOW), Hat.PROFESSIONAL, NOW)
    return compose.with_text(draft, professional, NOW)


def test_at_first_both_say_the_same() -> None:
    draft = compose.with_text(compose.new_draft("d", NOW, Hat.PERSONAL), "Hi all", NOW)

    draft = compose.with_words_apart(draft, NOW)

    assert draft.other_words == HatWords(Hat.PROFESSIONAL, "Hi all")
    assert [draft.text_for(hat) for hat in Hat] == ["Hi all", "Hi all"]


def test_a_change_is_that_of_the_hat_which_is_worn() -> None:
    draft = parted()

    assert (draft.text_for(Hat.PERSONAL), draft.text_for(Hat.PROFESSIONAL)) == ("Hi all", "Dear readers")
    assert draft.said_by(Hat.PERSONAL).text == "Hi all"
    assert draft.said_by(Hat.PERSONAL).hat is Hat.PROFESSIONAL, "it is only looked at, not worn"


@given(st.lists(st.tuples(st.sampled_from(list(Hat)), st.one_of(st.none(), WORDS)), max_size=60))
def test_whatever_is_worn_and_written_no_word_changes_hats(steps: list[tuple[Hat, str | None]]) -> None:
    draft, said = parted(), {Hat.PERSONAL: "Hi all", Hat.PROFESSIONAL: "Dear readers"}
    for hat, text in steps:
        draft = compose.with_hat(draft, hat, NOW)
        if text is not None:
            draft = compose.with_text(draft, text, NOW)
            said[hat] = draft.text
        assert {hat: draft.text_for(hat) for hat in Hat} == said
        assert draft.text == said[hat]


def test_before_a_hat_is_chosen_nothing_can_be_parted() -> None:
    draft = compose.with_text(compose.new_draft("d", NOW), "Hi all", NOW)

    assert compose.with_words_apart(draft, NOW) == draft


def test_joined_both_say_what_the_worn_hat_says() -> None:
    draft = compose.with_same_words(parted(), NOW)

    assert [draft.text_for(hat) for hat in Hat] == ["Dear readers", "Dear readers"]


def test_joining_can_be_taken_back_under_either_hat() -> None:
    draft = parted()
    lost = draft.other_words
    assert lost is not None
    joined = compose.with_same_words(draft, NOW)

    for hat in Hat:
        back = compose.with_words_of(compose.with_hat(joined, hat, NOW), lost, NOW)
        assert (back.text_for(Hat.PERSONAL), back.text_for(Hat.PROFESSIONAL)) == ("Hi all", "Dear readers")
        assert back.text == back.text_for(hat)


def test_a_draft_that_says_something_under_the_other_hat_alone_is_not_empty() -> None:
    assert not parted(professional="").is_empty
    assert parted("", "").is_empty


def test_what_the_other_hat_says_stays_as_a_draft_of_its_own_when_one_is_posted() -> None:
    own = (Wording("p1", Hat.PERSONAL, ("Hi",)), Wording("w1", Hat.PROFESSIONAL, ("Dear",)))
    draft = replace(parted(), wordings=own, title="A walk", tags=("walks",), post_id="post-1")

    rest = compose.draft_of_other_hat(draft, "d2", NOW)

    assert rest is not None
    assert (rest.id, rest.hat, rest.text, rest.other_words, rest.post_id) == ("d2", Hat.PERSONAL, "Hi all", None, "")
    assert (rest.title, rest.tags, rest.wordings) == ("A walk", ("walks",), own[:1])


def test_nothing_stays_where_the_other_hat_says_nothing_else() -> None:
    assert compose.draft_of_other_hat(parted("Same", "Same"), "d2", NOW) is None
    assert compose.draft_of_other_hat(parted(" ", "Dear readers"), "d2", NOW) is None
    assert compose.draft_of_other_hat(compose.with_same_words(parted(), NOW), "d2", NOW) is None
