"""Markdown: one renderer, and files that other renderers show the same way."""

import time
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from twohats.model.rendition import RenderedPicture
from twohats.networks.markdown import html_of, html_with_pictures, markdown_as_seen, with_pictures_below

KITE = RenderedPicture("image-1.jpg", "0" * 64, "image/jpeg", 'A "red" <kite>')

CODE = ["`", "``", "```\n", "~~~\n"]
PIECES = [
    *("word", " ", "\n", "\n\n", "**", "*", "\\", "&amp;", "é", "\t", "<3"),
    *("<b>", "</b>", "<div>", "<!-- x -->", "<https://e.org>"),
    *("- ", "> ", "# ", "    ", "1. ", "---\n", "| a | b |\n|---|---|\n"),
    *("[a](https://example.org)", "[a](<b c>)", "![x](image-1.jpg)"),
]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("a\nb", "<p>a<br />\nb</p>", id="line ends stay"),
        pytest.param("**a** _b_", "<p><strong>a</strong> <em>b</em></p>", id="emphasis"),
        pytest.param("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>", id="HTML is text"),
        pytest.param("[x](javascript:alert)", "<p>[x](javascript:alert)</p>", id="no scripts in links"),
        pytest.param("https://example.org", "<p>https://example.org</p>", id="addresses stay text"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert html_of(text) == html


def test_tables_are_understood() -> None:
    assert "<td>1</td>" in html_of("| a |\n|---|\n| 1 |")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("\\ \nword")
@example("\\\\\nword")
def test_a_renderer_that_passes_html_on_and_joins_lines_shows_the_same(text: str) -> None:
    shown = _other_renderer().render(markdown_as_seen(text))

    assert not any(tag in shown for tag in ("<b>", "<div>", "<!--"))
    assert _plain(shown) == _plain(html_of(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *CODE]), max_size=14).map("".join))
def test_code_mixed_with_html_shows_the_same_but_for_how_a_bracket_is_written(text: str) -> None:
    # A line that opens both a block of HTML and a piece of code shows &lt; in that code, rather than losing the line.
    shown = _other_renderer().render(markdown_as_seen(text))

    assert not any(tag in shown for tag in ("<b>", "<div>", "<!--"))
    assert _plain(_plain(shown)) == _plain(_plain(html_of(text)))


@pytest.mark.parametrize(
    "text", ["`<b>`", "```\n<div>\n```", "    <div>", "<i>x</i> and `<b>`", "<div>\n\n```\n<b>\n```"]
)
def test_code_stays_as_it_was_typed(text: str) -> None:
    assert _plain(_other_renderer().render(markdown_as_seen(text))) == _plain(html_of(text))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_rendered(text: str) -> None:
    html_of(text)
    markdown_as_seen(text)


def test_pictures_stand_below_the_text_with_their_alt_texts() -> None:
    html = html_with_pictures("Text", [KITE])

    assert html.startswith("<p>Text</p>\n<figure")
    assert 'src="image-1.jpg" alt="A &quot;red&quot; &lt;kite&gt;"' in html


def test_a_picture_that_the_text_points_to_stands_there_only() -> None:
    text = "One\n\n![Kite](image-1.jpg)\n\nTwo"

    assert html_with_pictures(text, [KITE]).count("<img") == 1
    assert (
        with_pictures_below(text, [KITE], {"image-1.jpg": "pics/image-1.jpg"}, frozenset({"image-1.jpg"}))
        == "One\n\n![Kite](pics/image-1.jpg)\n\nTwo"
    )


@pytest.mark.parametrize("piece", ["[", "*a", "`", "<a ", "![](", "> ", "_a_", "&#", "\\", "(", "| ", "- "])
def test_ten_thousand_hostile_characters_never_hang_the_renderer(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    began = time.thread_time()  # of this thread alone: a bound against a hang, not a measurement
    html_with_pictures(text, [KITE])
    markdown_as_seen(text)
    assert time.thread_time() - began < 5.0


def _other_renderer() -> MarkdownIt:
    """As a site generator may be set up."""
    return MarkdownIt("commonmark", {"html": True, "breaks": False, "xhtmlOut": True}).enable("table")


def _plain(html: str) -> str:
    """What is seen: HTML whose entities and line ends are written in one way."""
    return "".join(unescape(html).split())
