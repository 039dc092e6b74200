"""Markdown as plain text, and text that was none left alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twohats.networks.writing.plain import plain

PLAIN_PIECES = [
    *(
        "word ",
        "snake_case ",
        "a_b_c ",
        "2 * 3 * 4 ",
        "2*3*4 ",
        "AT&T ",
        "x < y > z ",
        "a\\b ",
        "~ ",
        "| ",
        "C# ",
        "50% ",
    ),
    *("#hashtag ", "#a_b_c ", "@some_user ", "@_name_ ", "@a_b@c.example ", "https://example.org/_a_/b_c?d=*e* "),
    *("*_* ", "^_^ ", ":-* ", "<3 ", ">_< ", "o_O ", "(: ", "¯\\_(ツ)_/¯ ", "T_T ", "-_- ", "* ", "** ", "_ ", "` "),
    *(
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "1) ",
        "> ",
        "  ",
        "\t",
        "\u00a0",
        "👍🏽",
        "é",
        "日本",
        "…",
        "'quote' ",
        "(see p. 3) ",
    ),
    *("\n\n---\n\n", "\n\n* * *\n\n", "#\n", "[x] ", "[sic] ", "!", "f(x)[1] ", "end*.\n", "5* ", "www.a_b_c.org "),
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PLAIN_PIECES), max_size=12).map("".join).filter(lambda text: text.count("`") < 2))
@example("> \t* *_* 2*3*4")
def test_text_without_signs_stays_exactly_as_written(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("**Bold**, *it* and __b__ _i_ ***both***", "Bold, it and b i both", id="emphasis"),
        pytest.param("**a *b* c**", "a b c", id="emphasis inside another"),
        pytest.param("这是**重点**内容", "这是重点内容", id="inside Chinese words"),
        pytest.param("`code_x` and ``a`b``", "code_x and a`b", id="code in a line"),
        pytest.param("```py\nx = *a*\n```\nend", "x = *a*\nend", id="a block of code"),
        pytest.param("    x *y*", "    x *y*", id="an indented block"),
        pytest.param("# One\n\n## Two ##\ntext", "One\n\nTwo\ntext", id="headings"),
        pytest.param("One\n===\ntext\n\nTwo\n---", "One\ntext\n\nTwo", id="underlined headings"),
        pytest.param("Yours\n-\nAnna", "Yours\n-\nAnna", id="one dash underlines nothing"),
        pytest.param("#tag first\n#two", "#tag first\n#two", id="hashtags are no headings"),
        pytest.param("[words](https://e.org/x_y).", "words (https://e.org/x_y).", id="a link"),
        pytest.param("[**bold** words](https://e.org)", "bold words (https://e.org)", id="emphasis in a link"),
        pytest.param("[https://e.org/a_b](https://e.org/a_b)", "https://e.org/a_b", id="an address linked to itself"),
        pytest.param("[www.e.org](https://e.org/)", "https://e.org/", id="nearly itself"),
        pytest.param("[](https://e.org)", "https://e.org", id="a link without words"),
        pytest.param("<https://e.org/a_b_>", "https://e.org/a_b_", id="an address in brackets"),
        pytest.param("[us](mailto:a_b@e.org) <a@e.org>", "us (a_b@e.org) a@e.org", id="addresses of mail"),
        pytest.param("[last post](../last/)", "last post", id="a page of the same blog"),
        pytest.param("[a][1] b\n\n[1]: https://e.org", "a (https://e.org) b\n", id="a link defined below"),
        pytest.param("a\n\n[1]: https://e.org", "a\n\n[1]: https://e.org", id="a definition that nobody uses"),
        pytest.param("[see](https://e.org/@a_b_c)", "see (https://e.org/@a_b_c)", id="a name inside an address"),
        pytest.param("_see https://e.org/a_", "see https://e.org/a", id="emphasis that ends with an address"),
        pytest.param("- *a*\n- b\n  1. **c**", "- a\n- b\n  1. c", id="lists"),
        pytest.param("* a\n* b_c_d", "* a\n* b_c_d", id="bullets stay"),
        pytest.param("> **a**\n> b", "> a\n> b", id="quotes"),
        pytest.param("a\\\nb  \nc", "a\nb\nc", id="hard breaks"),
        pytest.param("\\*a\\* &amp; &lt;b&gt;", "*a* & <b>", id="escapes"),
        pytest.param("a\n\n![kite](image-1.jpg)\n\nb", "a\n\nb", id="a picture of the draft"),
        pytest.param("![kite](image-1.jpg)", "", id="a picture alone"),
        pytest.param("![kite](https://e.org/k.png)", "kite (https://e.org/k.png)", id="a picture elsewhere"),
        pytest.param("<b>x</b> **y**", "<b>x</b> y", id="HTML is text"),
        pytest.param("~~~~~~\n*a*", "~~~~~~\n*a*", id="tildes that nobody closed"),
        pytest.param("a\r\n**b**\rc", "a\nb\nc", id="line ends"),
        pytest.param("Free* now. *Terms apply*", "Free* now. Terms apply", id="a star that marks a note"),
        pytest.param("a `b\nc` d\n*e*", "a b c d\ne", id="code over two lines"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_signs_go(text: str, written: str) -> None:
    assert plain(text) == written


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*PLAIN_PIECES, "**", "_", "`", "```\n", "[a](", ")", "![", "](b_c)", "# ", "\\", "\ue000", "\0"]
        ),
        max_size=14,
    ).map("".join)
    | st.text(max_size=80)
)
def test_any_text_is_written_and_no_address_is_hurt(text: str) -> None:
    written = plain(text)

    assert "\ue000" in text or "\ue000" not in written
    assert plain(f"See https://example.org/_a_b_/c_ now.\n\n{text}").startswith("See https://example.org/_a_b_/c_ now.")


@pytest.mark.parametrize(
    "piece",
    [
        "*a ",
        "*",
        "_a",
        "[",
        "`",
        ">",
        "- *a*\n",
        "> a\n",
        "# a\n",
        "![a](b ",
        "a** b* ",
        "*_",
        "[a](",
        "&a",
        "\\",
        "<a",
    ],
)
def test_ten_thousand_of_anything_are_written(piece: str) -> None:
    assert plain(piece * 10_000)
