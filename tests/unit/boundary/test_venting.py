"""Heated posts by their plain signs: what lets off steam, and what only speaks of anger."""

import pytest

from twohats.boundary.venting import heat, vents
from twohats.model.finding import Category, Finding, Severity
from twohats.model.span import Field, Span

HITS = (
    "I am so sick of this. Every single week the insurer loses the form, and nobody ever answers the phone.",
    "I'm fuming. Three hours on hold, and then they HANG UP ON ME. What is wrong with these people?!",
    "Honestly fed up with managers who never set foot on a ward. Clueless, all of them.",
    "I hate this clinic. I hate this rota. I quit!!",
    "How dare they cut the budget again. Absolute joke. Shame on every one of them.",
    "Sick and tired of being everybody's dustbin. Never again.",
    "I can't believe it. My supervisor is utterly useless, and of course everyone just nods.",
    "Done with parents who know everything better. Seriously, grow up.",
    "My neighbour is an idiot. The music went on all day and I'm at my limit.",
    "I need to vent: the new system is pathetic and whoever bought it should be ashamed. Thanks for nothing!!",
    "Screw this. I've had enough of colleagues who take the credit and never do the work.",
    "it drives me mad. no one here reads an email to the end, EVER, and then they ask WHY",
    "Rant over. But that reviewer is a liar, and a coward, and I can't take it any more.",
    "Another night shift because somebody was too lazy to find cover. I'm livid, and I'm exhausted.",
)

NEAR_MISSES = (
    "Anger is a signal. When you are furious, step outside and let the cold air in.",
    "Fed up with the dark? Light in the morning and a walk at noon help.",
    'Teenagers often shout "I hate you, you\'re useless" and mean: stay near me.',
    "I hate to cancel, but the group is full. The next one begins in January.",
    "Nobody should be alone with this. We never turn anyone away, and everyone is welcome, always.",
    "Our workshop: what to do when you are sick of it all and fed up with your team.",
    "Most of us sleep worse in November.",
    "The first frost, and the roses still stand. What a year!",
    "Many people say they can't stand the waiting; a list of small tasks helps.",
    "WHO and NICE have published new guidance on sleep.",
    "Calling yourself pathetic is a habit, and habits can be unlearned.",
    "I am exhausted after the marathon, and so happy!!",
    "Research on hate speech: an evening with two authors.",
    "Children who hear 'shut up' every day learn to keep everything inside.",
    "A useless Sunday, in the best way: tea, rain, a book.",
    "I love this choir. We sang all day, and everyone cried.",
)


@pytest.mark.parametrize("text", HITS)
def test_a_heated_post_is_seen(text: str) -> None:
    assert vents(text)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_post_that_speaks_of_anger_or_says_much_is_left_alone(text: str) -> None:
    assert not vents(text)


def test_curly_quotes_read_as_straight_ones() -> None:
    assert heat("I can’t stand it, and it’s useless") == heat("I can't stand it, and it's useless") > 0


def test_what_the_check_found_counts_beside_and_never_alone() -> None:
    rude = Finding("D7", Category.CONDUCT, Span(Field.TEXT, 0, 4), "Crap", Severity.WARN, "rude")
    calm, heated = "Most of us sleep worse in November.", "My day was a shambles, I admit."
    assert not vents(calm, [rude])
    assert not vents(heated)
    assert vents(heated, [rude])


def test_what_is_silent_under_the_hat_does_not_count() -> None:
    silent = Finding("D7", Category.CONDUCT, Span(Field.TEXT, 0, 4), "Crap", Severity.SILENT, "rude")
    assert not vents("My day was a shambles, I admit.", [silent])


def test_a_long_text_without_end_is_read_at_once() -> None:
    assert not vents("so " * 20_000 + '"' * 5_000)
