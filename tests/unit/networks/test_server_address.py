"""Servers, however they are typed; and the words of HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.errors import BadInput
from twohats.networks.html_text import words_of
from twohats.networks.server_address import handle_in, server_of


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        pytest.param("mastodon.social", "https://mastodon.social", id="host"),
        pytest.param(" Mastodon.Social/ ", "https://mastodon.social", id="spaces and capitals"),
        pytest.param("@jamie@mastodon.social", "https://mastodon.social", id="handle"),
        pytest.param("\u2068jamie@mastodon.social\u2069", "https://mastodon.social", id="handle with marks"),
        pytest.param("https://mastodon.social/@jamie/1?a#b", "https://mastodon.social", id="address of a page"),
        pytest.param("mastodon.social/@jamie", "https://mastodon.social", id="page without https"),
        pytest.param("http://mastodon.social", "https://mastodon.social", id="never in the open"),
        pytest.param("example.org:8443", "https://example.org:8443", id="port"),
        pytest.param("http://127.0.0.1:3000/", "http://127.0.0.1:3000", id="this computer"),
        pytest.param("http://[::1]:3000", "http://[::1]:3000", id="this computer, IPv6"),
        pytest.param("http://localhost:3000", "http://localhost:3000", id="this computer by name"),
        pytest.param("münchen.social", "https://münchen.social", id="other letters"),
    ],
)
def test_a_server_is_found_in_what_was_typed(typed: str, server: str) -> None:
    assert server_of(typed) == server


@pytest.mark.parametrize(
    "typed", ["", "mastodon", "@jamie", "ftp://mastodon.social", "https://", "https://a:b@c.org", "[::1", "a b@"]
)
def test_what_is_no_server_is_told(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        server_of(typed)

    assert caught.value.code == "address_wrong"


@given(st.text(max_size=60))
def test_nothing_else_is_raised(typed: str) -> None:
    try:
        assert server_of(typed).startswith(("https://", "http://"))
    except BadInput:
        return


def test_a_handle_is_a_name_and_a_host() -> None:
    assert handle_in("@Jamie@Example.org") == ("Jamie", "example.org")
    assert handle_in("https://example.org/@jamie") == ("", "")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One<br>two<br/>three</p><p>Four &amp; five</p>", "One\ntwo\nthree\n\nFour & five"),
        (
            '<p><a href="https://a.org/b"><span class="invisible">https://</span><span>a.org/b</span></a></p>',
            "https://a.org/b",
        ),
        ('<p><span class="h-card"><a href="x">@<span>jamie</span></a></span> hi</p>', "@jamie hi"),
        ("no markup < at all", "no markup < at all"),
        ("<" * 100_000, "<" * 100_000),
        ("", ""),
    ],
    ids=["paragraphs", "link", "mention", "plain", "hostile", "nothing"],
)
def test_the_words_of_a_post(markup: str, words: str) -> None:
    assert words_of(markup) == words
