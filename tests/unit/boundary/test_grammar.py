"""The shared word patterns."""

import pytest

from twohats.boundary import grammar


def test_the_longest_word_of_a_lexicon_wins():
    assert grammar.compile(rf"my {grammar.KIN}").search("my mother-in-law").group() == "my mother-in-law"
    assert grammar.compile(rf"my {grammar.KIN}").search("my mother in law").group() == "my mother in law"


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (grammar.is_hypothetical, "Imagine a client who never cancels.", "A client never cancels."),
        (grammar.is_hypothetical, "If your child cries, wait.", "My child cries."),
        (grammar.is_citation, "Smith and Bell (2021) report a small effect.", "Smith reports a small effect."),
        (grammar.is_citation, "Dropout was lower (Ames et al., 2020).", "Dropout was lower (again)."),
        (grammar.is_citation, "In the film, a client cries.", "A client cries."),
        (grammar.is_general, "Clients often tell me this.", "A client told me this."),
        (grammar.is_general, "Many young people wait.", "One young man waits."),
        (grammar.is_question, "Is it fine?", "It is fine."),
    ],
)
def test_exclusions(question, yes, no):
    assert question(yes)
    assert not question(no)


def test_a_quotation_holds_the_whole_stretch():
    text = 'She said "my wife" and left.'
    assert grammar.is_quotation(text, text.index("my"), text.index("my") + 7)
    assert not grammar.is_quotation(text, 0, 12)


def test_a_no_shortly_before_negates():
    text = "It is not my wife."
    assert grammar.is_negated(text, text.index("my"))
    assert not grammar.is_negated("No. Well then, it surely was my wife.", 28)
