"""Suggestions: the exact new text, mended, and never a new problem."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.boundary.posts import BARE, POLICY, PROFESSIONAL, checker, draft_of, picture, rule_for

from twohats.boundary import rewrite
from twohats.boundary.check import BoundaryChecker
from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Fix, Hit, Rule
from twohats.model.draft import Draft
from twohats.model.finding import Finding, Severity, Suggestion, SuggestionKind
from twohats.model.span import Field, Span


def without(text: str, words: str) -> str | None:
    """The text after the engine's own way to drop the words; None when it offers none."""
    engine = BoundaryChecker([rule_for("C2", re.escape(words))], rule_book())
    (finding,) = engine.check(draft_of(text), BARE, POLICY).findings
    drops = [s for s in finding.suggestions if s.kind is SuggestionKind.DROP]
    return rewrite.apply(draft_of(text), drops[0]).text if drops else None


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("We open at nine. My hip hurts. See you soon.", "My hip hurts", "We open at nine. See you soon."),
        ("We open at nine. My hip hurts.", "My hip hurts", "We open at nine."),
        ("My hip hurts! We open at nine.", "My hip hurts", "We open at nine."),
        ("The office is closed on Friday, my hip hurts.", "my hip hurts", "The office is closed on Friday."),
        ("The office is closed on Friday \u2014 my hip hurts!", "my hip hurts", "The office is closed on Friday!"),
        ("The office is closed on Friday because my hip hurts.", "my hip hurts", "The office is closed on Friday."),
        ("My hip hurts, so the office is closed on Friday.", "My hip hurts", "The office is closed on Friday."),
        ("The office is closed on Friday (my hip hurts).", "my hip hurts", "The office is closed on Friday."),
        ("First line here.\n\nMy hip hurts.\n\nLast line here.", "My hip hurts", "First line here.\n\nLast line here."),
        ("First line here.\n\nMy hip hurts.", "My hip hurts", "First line here."),
        ("New on the blog. #panic #boymom", "#boymom", "New on the blog. #panic"),
        ("New on the blog. #boymom #panic", "#boymom", "New on the blog. #panic"),
        ("Today my hip hurts and so on. We open at nine.", "my hip hurts", "We open at nine."),
        ("My hip hurts.", "My hip hurts", None),
    ],
)
def test_a_stretch_is_dropped_with_its_clause_or_sentence(text, words, left):
    assert without(text, words) == left


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("A client told me that.", "A client", "clients", "Clients told me that."),
        ("Today a client told me.", "a client", "some clients", "Today some clients told me."),
        ("Call 555-0142 now.", "555-0142", "the office", "Call the office now."),
        ("Away with my flu.", "Away with my flu", "I will be away from the office.", "I will be away from the office."),
        ("We met at 4pm, briefly.", " at 4pm", "", "We met, briefly."),
        ("Yesterday, we met a client.", "Yesterday,", "", "We met a client."),
    ],
)
def test_words_are_put_in_place_with_capital_and_full_stop(text, old, new, after):
    start = text.index(old)
    change = rewrite.substitute(text, start, start + len(old), new)
    assert change is not None
    assert text[: change[0]] + change[2] + text[change[1] :] == after


def test_a_rules_own_fix_comes_before_the_default():
    def find(sentence, around):
        at = sentence.text.find("555-0142")
        fix = Fix(SuggestionKind.OFFICE_LINE, at, at + 8, "555-0100")
        return [Hit(at, at + 8, fixes=(fix,))] if at >= 0 else []

    engine = BoundaryChecker([Rule("S9", find, (), ())], rule_book())
    draft = draft_of("We are here for questions. Please ring 555-0142 today.")
    (finding,) = engine.check(draft, BARE, POLICY).findings
    assert [s.kind for s in finding.suggestions] == [
        SuggestionKind.OFFICE_LINE,
        SuggestionKind.DROP,
        SuggestionKind.MOVE,
    ]
    assert rewrite.apply(draft, finding.suggestions[0]).text.endswith("Please ring 555-0100 today.")


OFFICE = replace(PROFESSIONAL, card=replace(PROFESSIONAL.card, phone="555-0100", email="intake@larch-practice.example"))
MAIL = "intake@larch-practice.example"


@pytest.mark.parametrize(
    ("private", "office"),
    [
        (
            "Call me at home on 555-010-0142 if you want to talk it over.",
            "Call the office on 555-0100 if you want to talk it over.",
        ),
        ("Ring me at home: 01632 960 777.", "Ring the office on 555-0100."),
        ("Text my cell 555-010-0142 if the door is locked.", "Call the office on 555-0100 if the door is locked."),
        ("WhatsApp me on +44 7700 900456, day or night.", "Call the office on 555-0100."),
        ("You can call me on 07700 900123 day or night.", "You can call the office on 555-0100."),
        ("Questions? Text my mobile 07700 900123 and ask.", "Questions? Call the office on 555-0100 and ask."),
        ("If it is urgent, my own mobile is 07700 900123.", "If it is urgent, the office number is 555-0100."),
        ("My cell: 555-010-0142.", "The office number: 555-0100."),
        ("Write me at jamiefun@moth.example.", f"Write to the office at {MAIL}."),
        ("E-mail me at robin.lark@gmail.com with questions.", f"Write to the office at {MAIL} with questions."),
        ("Drop me a line at robin@moth.example.", f"Write to the office at {MAIL}."),
        ("You can reach me at jamiefun@moth.example.", f"You can reach the office at {MAIL}."),
        ("My private e-mail, lark@moth.example, is quicker.", f"The office e-mail, {MAIL}, is quicker."),
    ],
)
def test_the_office_takes_the_place_of_a_private_line_and_the_sentence_still_reads(private, office):
    draft = draft_of(f"We open at nine. {private}")
    (finding,) = [f for f in checker().check(draft, OFFICE, POLICY).findings if f.rule == "S9"]
    (fix,) = [s for s in finding.suggestions if s.kind is SuggestionKind.OFFICE_LINE]
    assert rewrite.apply(draft, fix).text == f"We open at nine. {office}"


def test_no_office_line_is_offered_for_what_the_author_asks_not_to_do():
    draft = draft_of("We open at nine. Please do not ring my home phone 01632 960 777.")
    (finding,) = [f for f in checker().check(draft, OFFICE, POLICY).findings if f.rule == "S9"]
    assert SuggestionKind.OFFICE_LINE not in {s.kind for s in finding.suggestions}


def test_a_fix_that_does_not_help_is_not_offered():
    def find(sentence, around):
        at = sentence.text.find("kiwi")
        return [Hit(at, at + 4, fixes=(Fix(SuggestionKind.GENERALISE, at, at + 4, "kiwi"),))] if at >= 0 else []

    engine = BoundaryChecker([Rule("C2", find, (), ())], rule_book())
    (finding,) = engine.check(draft_of("Here is one line. Then a kiwi came along."), BARE, POLICY).findings
    assert [s.kind for s in finding.suggestions] == [SuggestionKind.DROP]


def test_tags_alt_texts_titles_and_excerpts_change_and_file_names_do_not():
    draft = draft_of("x", title="a b", excerpt="a b", tags=("a", "b"), media=(picture("a b", "a b.jpg"),))

    def after(field: Field, index: int = 0, text: str = "") -> Draft:
        whole = Span(0, len(draft.field_text(field, index)), field, index)
        return rewrite.apply(draft, Suggestion(SuggestionKind.DROP, whole, text))

    assert after(Field.TITLE).title == ""
    assert after(Field.EXCERPT, text="c").excerpt == "c"
    assert after(Field.TAG).tags == ("b",)
    assert after(Field.TAG, 1, "c").tags == ("a", "c")
    assert after(Field.ALT, text="c").media[0].alt == "c"
    assert after(Field.FILE_NAME) == draft
    assert rewrite.apply(draft, Suggestion(SuggestionKind.MOVE, Span(0, 1))) == draft


CROSSINGS = [
    "My wife and I finally took that cruise.",
    "My daughter starts kindergarten Monday, so the office is closed.",
    "The office is closed on Friday because my migraine is back.",
    "A client told me today that she wants to leave him.",
    "In session this morning a man cried about his son.",
    "My 3 o'clock said the funniest thing.",
    "Text my cell 555-0142.",
    "Wine o'clock after that day!",
    "We buried Dad on Saturday.",
    "Congrats to my client Maria Delgado!",
    "A 34-year-old firefighter from Westbrook with selective mutism.",
    "Happy clients, please review us on Google!",
    "#boymom",
    "I'm drowning in student loans \U0001f62d",
]
PLAIN = [
    "Sleep is not a luxury.",
    "The anxiety group meets on Tuesdays at six.",
    "New on the blog: three small steps for a hard Monday.",
    "Thanks to everybody who came to the open day!",
    "Grief has no timetable, and comparison rarely helps.",
    "What does the evidence say?",
]
PIECES = st.lists(st.sampled_from(CROSSINGS + PLAIN), min_size=2, max_size=6, unique=True)
JOINTS = st.sampled_from([" ", "\n", "\n\n"])


def keys(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.key for finding in findings if finding.severity >= Severity.WARN}


@settings(max_examples=60, deadline=None)
@given(pieces=PIECES, joint=JOINTS)
def test_a_suggestion_takes_its_finding_away_brings_none_and_leaves_clean_text(pieces, joint):
    draft = draft_of(joint.join(pieces))
    before = checker().check(draft, BARE, POLICY).findings
    for finding in before:
        for suggestion in finding.suggestions:
            if suggestion.kind is SuggestionKind.MOVE:
                continue
            changed = rewrite.apply(draft, suggestion)
            after = checker().check(changed, BARE, POLICY).findings
            assert finding.key not in {f.key for f in after}
            assert keys(after) <= keys(before)
            assert_tidy(changed.text)


def assert_tidy(text: str) -> None:
    assert "  " not in text
    assert not re.search(r"\s[,.;:!?]", text), text
    assert not re.search(r"[,;:]\s*[.!?]|[,;]\s*$", text), text
    assert not re.search(r"(?:^|[.!?]\s)[a-z]", text), text
    assert text == text.strip()
    assert "\n\n\n" not in text
