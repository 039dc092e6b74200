"""Marked words are read as their readers see them: no star, tick, link or tag hides a crossing from the rules."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.boundary.posts import check
from tests.unit.boundary.timing import best_s

from twohats.boundary.sentences import plain, split
from twohats.model.finding import Finding, Severity

QUICK_S = 0.003  # for 5,000 characters of a post
LONG, LONG_S = 30_000, 0.120  # characters, seconds: far more than any post; a cost in squares would be seconds
SENTENCES = {
    "A client told me today that she wants to leave him.": "C2",
    "A client told me she was raped.": "C2",
    "One of my patients cried when I told him.": "C2",
    "My husband has cancer.": "T1",
    "My wife and I finally took that cruise.": "S1",
}
PLAIN_MARKERS = ("*{}*", "**{}**", "***{}***", "_{}_", "__{}__", "~~{}~~", "`{}`", "**_{}_**", "<b>{}</b>")
MARKERS = (
    *PLAIN_MARKERS,
    "[{}](https://larkspur.example/a_b*c)",
    "\\*{}\\*",
    "\\_{}\\_",
    "&#8203;{}",
    '<span class="x">{}</span>',
)
HOSTILE = [
    "my *wife* and ",
    "*",
    "*a ",
    "a* ",
    "*a",
    "b*b ",
    "_a",
    "`a ",
    "[",
    "[a](",
    "](",
    "](b",
    "<",
    "<a ",
    "<!--",
    "&a",
    "\\",
    "\\*",
    "> ",
    "- ",
    "# ",
    "\n",
    "\n* a",
    "https://_",
    "[a](b) ",
    "&#65;",
    "**a** _b_ ~~c~~ `d`\n",
    "]",
    "][a]",
    "[a](mailto:x@y.org) ",
    "<b>a</b> ",
    "\u200b",
    "~",
    "@_",
    "1. ",
    "&",
    "`",
    "a```",
    "<!--a-",
]


def found_in(text: str) -> tuple[Finding, ...]:
    findings = check(text).findings
    for finding in findings:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.words == text[finding.span.start : finding.span.end]
    return findings


def rules_in(text: str) -> set[str]:
    return {finding.rule for finding in found_in(text)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A *client* told me today that she wants to leave him.", "C2"),
        ("A *client* told me she was raped.", "C2"),
        ("A __client__ told me she was raped.", "C2"),
        ("A client\\_ told me she was raped.", "C2"),
        ("A cl*ie*nt told me she was raped.", "C2"),
        ("One of my **patients** cried when I told him.", "C2"),
        ("> One of my **patients** cried when I told him.", "C2"),
        ("DOB: **12/03/1985**, John Smith", "C1"),
        ("- **DOB**: 12/03/1985, John Smith", "C1"),
        ("My *husband* has cancer.", "T1"),
        ("# My *husband* has cancer.", "T1"),
        ("My [wife](https://x.org) and I finally took that cruise.", "S1"),
        ("My [wife][1] and I finally took that cruise.\n\n[1]: https://x.org", "S1"),
        ("My ![wife](wife.jpg) and I finally took that cruise.", "S1"),
        ("My ~~wife~~ and I finally took that cruise.", "S1"),
        ("My `wife` and I finally took that cruise.", "S1"),
        ("my <b>wife</b> and I finally took that cruise.", "S1"),
        ("My&nbsp;w&#105;fe and I finally took that cruise.", "S1"),
        ("1. My *wife* and I finally took that cruise.", "S1"),
        ("- [ ] My *wife* and I finally took that cruise.", "S1"),
        ("***My wife* and I** finally took that cruise.", "S1"),
    ],
)
def test_a_marked_word_is_read_as_the_word(text, rule):
    assert rule in rules_in(text)
    assert max(finding.severity for finding in found_in(text)) >= Severity.NOTE


@given(st.sampled_from(sorted(SENTENCES)), st.sampled_from(MARKERS), st.data())
def test_marks_around_any_word_change_no_rule(sentence, marker, data):
    words = list(re.finditer(r"\w+", sentence))
    word = data.draw(st.sampled_from(words))
    marked = sentence[: word.start()] + marker.format(word.group()) + sentence[word.end() :]
    assert rules_in(marked) == rules_in(sentence)
    assert SENTENCES[sentence] in rules_in(marked)


@given(st.sampled_from(sorted(SENTENCES)), st.sampled_from(PLAIN_MARKERS), st.data())
def test_marks_around_several_words_change_no_rule(sentence, marker, data):
    words = list(re.finditer(r"\w+", sentence))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = words[first].start(), words[last].end()
    marked = sentence[:start] + marker.format(sentence[start:end]) + sentence[end:]
    assert rules_in(marked) == rules_in(sentence)


@given(st.text(alphabet=st.sampled_from("abA *_~`[]()<>\\&#;/!-.:1\n\r\u200b\x0b\u2019@"), max_size=80))
def test_every_stretch_of_a_sentence_lies_in_the_field(text):
    form = plain(text)
    for start, end in split(form.text):
        for stretch in ((start, end), (start, start + 1), (end - 1, end)):
            begin, stop = form.to_field(*stretch)
            assert 0 <= begin < stop <= len(text)


@given(st.text(alphabet=st.sampled_from("abc de.,4'"), max_size=60))
def test_text_without_marks_stays_as_it_is(text):
    assume(not re.search(r"(?m)^\s*\d", text))
    assert plain(text).text == text
    assert plain(text).origin is None


@pytest.mark.parametrize(
    "text",
    [
        "Rated 5* by parents, 4* by teachers, * terms apply.",
        "2 * 3 * 4 is 24, and so is 2*3*4.",
        "Write to @tom_ravelin, jam_lee or @_tom_ for the slides.",
        "Ask first_last@x.org, or _a_@x.org, or a_b_c@x.org.",
        "#momlife #so_tired #not_today",
        "Good night :* and sleep well :*",
        "(*) see below (*)",
        "This f***ing week, what a s***t show.",
        "I love it <3 and 1 < 2 > 0",
        "See https://x.org/a_b_c/_d_/__e__ for more.",
        "snake_case_name and __init",
        "[NAME] and [AGE] stay, [NAME][AGE] too",
        "C:\\Users and \\o/",
        "AT&T, R&D; Q&A",
        "1985. That was the year.",
        "#1 in town - and - the rest",
        "a ~ b, ~5 minutes or ~10",
    ],
)
def test_ordinary_signs_are_no_marks(text):
    assert plain(text).text == text


def test_an_apostrophe_typed_as_a_tick_stays_one():
    assert plain("I don`t think we can`t, the clients` room").text == "I don't think we can't, the clients' room"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n* two\n3) three", "one\ntwo\nthree"),
        ("## My week", "My week"),
        ("> > said *she*", "said she"),
        ("one<br>two", "one\ntwo"),
        ("```\nmy wife\n```", "\nmy wife\n"),
        ("2 \\* 3, jam\\_lee", "2 * 3, jam_lee"),
        ("the <client> said", "the client said"),
        ("Anna <anna@x.org> wrote", "Anna anna@x.org wrote"),
        ("w*if*e", "wife"),
        ("**Note:** all", "Note: all"),
        ("*one\n\ntwo*", "*one\n\ntwo*"),
        ("fish &amp; chips", "fish & chips"),
    ],
)
def test_marks_are_taken_out(text, expected):
    assert plain(text).text == expected


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Read [this](https://x.org/a_b) today.", "https://x.org/a_b"),
        ("[a [b] c](https://x.org/(d)) e", "https://x.org/(d)"),
        ('See <a href="https://x.org">this</a>', "https://x.org"),
        ("Look <!-- at my wife --> here", "at my wife"),
    ],
)
def test_what_stands_behind_a_link_is_a_sentence_of_its_own(text, address):
    form = plain(text)
    start = form.text.index(address)
    assert "\n\n" in form.text[:start]
    assert text.__getitem__(slice(*form.to_field(start, start + len(address)))) == address


@pytest.mark.parametrize(
    "text",
    [
        "Text me [here](tel:+447700900456), my own mobile.",
        "Please [write to me](mailto:jamie.larks@gmail.com) about it.",
        "My private e-mail is [here](mailto:lark@home.example).",
        "All of it [here](https://instagram.com/otter_after_dark).",
        "It is <jamie.larks@gmail.com> for me.",
    ],
)
def test_private_addresses_behind_links_are_seen(text):
    assert "S9" in rules_in(text)


@pytest.mark.parametrize(
    ("text", "rest", "expected"),
    [
        ("My *wife* left.", "My wife", "My *wife*"),
        ("*My* wife left.", "My wife", "*My* wife"),
        ("Oh. **My wife left.** Yes.", "My wife left.", "**My wife left.**"),
        ("Then *my wife* left.", "my wife", "my wife"),
        ("A [wife](https://x.org) left.", "A wife", "A [wife](https://x.org)"),
        ("Do [write](mailto:a@x.org) soon.", "write mailto:a@x.org", "[write](mailto:a@x.org)"),
        ("Do [write](mailto:a@x.org) soon.", "Do write mailto:a@x.org", "Do [write](mailto:a@x.org)"),
        ("T&eacute; left.", "T\u00e9", "T&eacute;"),
    ],
)
def test_a_stretch_takes_the_marks_that_belong_to_it(text, rest, expected):
    form = plain(text)
    start = form.text.index(rest)
    assert text.__getitem__(slice(*form.to_field(start, start + len(rest)))) == expected


def test_marks_are_read_quickly():
    text = ("We speak of *sleep*, of **rest** and of [what helps](https://larkspur.example/help) at night. " * 60)[
        :5000
    ]
    assert best_s(lambda: plain(text), QUICK_S) <= QUICK_S


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("begin", ["", "*" + "a" * 2000 + " "])
def test_any_marks_are_read_in_line_with_their_length(piece, begin):
    text = (begin + piece * LONG)[:LONG]
    assert best_s(lambda: plain(text), LONG_S) <= LONG_S
