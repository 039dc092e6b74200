"""Links, mentions and hashtags: what each network sees in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.rendition import EntityKind
from twohats.networks.writing.entities import (
    BLUESKY,
    DIALECTS,
    FACEBOOK,
    LINKEDIN,
    MASTODON,
    THREADS,
    X,
    byte_ranges,
    entities_in,
)

PIECES = [
    "http://",
    "https://",
    "example",
    ".org",
    ".",
    "/",
    "(",
    ")",
    "@",
    "#",
    "jamie",
    " ",
    "\n",
    "é",
    "日",
    "👍🏽",
    "_",
    "-",
]


def found(text: str, dialect, kind: EntityKind) -> list[str]:
    return [text[entity.start : entity.end] for entity in entities_in(text, dialect) if entity.kind is kind]


# Values of twitter-text's conformance/extract.yml (Apache-2.0, read 2026-11-22) and some of our own.
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("text http://google.com/#foo", ["http://google.com/#foo"]),
        ("http://en.wikipedia.org/wiki/Primer_(film)", ["http://en.wikipedia.org/wiki/Primer_(film)"]),
        ("(http://twitter.com", ["http://twitter.com"]),
        ("(see https://example.org/a).", ["https://example.org/a"]),
        ("(https://example.org/a_(b)), c", ["https://example.org/a_(b)"]),
        ("https://example.org/a_(b_(c)).", ["https://example.org/a_(b_(c))"]),
        ("“https://example.org/a”", ["https://example.org/a"]),
        ("https://example.org/a?b=c.", ["https://example.org/a?b=c"]),
        ("https://example.org/a?b=(c)", ["https://example.org/a?b=(c"]),
        ("https://example.org!", ["https://example.org"]),
        ("HTTPS://Example.ORG/A", ["HTTPS://Example.ORG/A"]),
        ("http://example.com/path.......", ["http://example.com/path"]),
        ("http://twitter.com/Русские_слова", ["http://twitter.com/Русские_слова"]),
        ("http://✪df.ws/ejp", ["http://✪df.ws/ejp"]),
        ("http://somehost.com:3000", ["http://somehost.com:3000"]),
        ("https://user.example.org/@jamie/1", ["https://user.example.org/@jamie/1"]),
        ("test http://foobar.みんな/ http://foobar.中国/", ["http://foobar.みんな/", "http://foobar.中国/"]),
        ("http://xn--ls8h.XN--ls8h.la/", ["http://xn--ls8h.XN--ls8h.la/"]),
        ("Hello http://xn--はじめよう.com/index.html", []),
        ("http://example.comだよね.comtest/hogehoge", ["http://example.com"]),
        ("http://no-tld http://tld-too-short.x", []),
        ("http://domain-dash_2314352345_dfasd.foo-cow_4352.com", []),
        ("http://sub_domain-dash.twitter.com", ["http://sub_domain-dash.twitter.com"]),
        ("http://-twitter.com http://twitter-.com http://twitter_underscore.com", []),
        ("foo.com foo.net foo.gov t.co/abcde", ["foo.com", "foo.net", "foo.gov", "t.co/abcde"]),
        ("foo.baz www.xxxxxxx.baz foo.comm foo.somecom", []),
        ("twitter.jp日本語it.so中国語foo.jp", ["twitter.jp", "it.so", "foo.jp"]),
        ("ELPAÍS.com", ["ELPAÍS.com"]),
        ("long.test.tar.bz2", []),
        ("john.doe.gov@mail.com", []),
        ("#test.com @test.com #http://test.com @http://test.com", []),
        ("$twitter.com $http://t.co/abcde", []),
        ("http://t.co/pbY2NfTZ's http://t.co/FNkPfmii-", ["http://t.co/pbY2NfTZ", "http://t.co/FNkPfmii"]),
        ("@user Try http:// example.com/path", ["example.com/path"]),
        ("example.org?a=b example.org/c?a=b", ["example.org", "example.org/c?a=b"]),
        ("One sentence.Another one. And e.g. this, v1.2.3.", []),
        ("http://192.168.0.1/a http://localhost/a ftp://x", []),
        ("https://" + "a" * 64 + ".com", []),
        ("https://example.org/" + "a" * 4077, []),
    ],
)
def test_x_links(text: str, links: list[str]) -> None:
    assert found(text, X, EntityKind.LINK) == links


def test_mastodon_links_no_bare_domains() -> None:
    assert found("example.org https://example.org", MASTODON, EntityKind.LINK) == ["https://example.org"]


def test_a_link_leads_to_an_address() -> None:
    bare, full = entities_in("example.org/a HTTP://example.org", BLUESKY)

    assert (bare.target, full.target) == ("https://example.org/a", "HTTP://example.org")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@username reply", ["username"]),
        ("の@usernameに到着を待っている", ["username"]),
        ("Current Status: @_@ (cc: @username)", ["username"]),
        ("@aliceìnheiro something", []),
        ("@username email me @test@example.com", ["username"]),
        ("@http://twitter.com", []),
        ("f!@kn f@@kn f#@kn f&@kn f*@kn", []),
        ("anna@example.org", []),
        ("@jamie, @robin. @kit!", ["jamie", "robin", "kit"]),
        ("https://example.org/@jamie", []),
    ],
)
def test_x_mentions(text: str, names: list[str]) -> None:
    assert found(text, X, EntityKind.MENTION) == [f"@{name}" for name in names]


@pytest.mark.parametrize(
    ("dialect", "names"),
    [
        (X, ["@jamie", "@jamie", "@jamie"]),
        (LINKEDIN, []),
        (FACEBOOK, []),
        (THREADS, ["@jamie", "@jamie.bsky.social", "@jamie"]),
        (MASTODON, ["@jamie", "@jamie@kind.example", "@jamie.bsky.social", "@jamie"]),
        (BLUESKY, ["@jamie.bsky.social"]),
    ],
)
def test_each_network_knows_its_own_mentions(dialect, names: list[str]) -> None:
    text = "@jamie, @jamie@kind.example, @jamie.bsky.social. (@jamie-)"

    assert found(text, dialect, EntityKind.MENTION) == names


def test_a_mention_is_known_by_its_name() -> None:
    (mention,) = entities_in("Hi @jamie@kind.example!", MASTODON)

    assert (mention.start, mention.end, mention.target) == (3, 22, "jamie@kind.example")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a #hashtag here", ["hashtag"]),
        ("#1hashtag On the #16 bus #_ #1_2", ["1hashtag"]),
        ("(#one )#two [#three ]#four", ["one", "two", "three", "four"]),
        ("Working remotely #café #münchen", ["café", "münchen"]),
        ("What is #트위터 anyway? #漢字。#ـسلام", ["트위터", "漢字", "ـسلام"]),
        ("#日本語ハッシュタグ。", ["日本語ハッシュタグ"]),
        ("日本語ハッシュタグ#日本語ハッシュタグ", []),
        ("＃ｈａｓｈｔａｇ１２３", ["ｈａｓｈｔａｇ１２３"]),
        ("#hashtag: #hashtag; #hashtag, #hashtag. #hashtag! #hashtag?", ["hashtag"] * 6),
        ("#http://twitter.com", []),
        ("http://twitter.com/#hashtag twitter.com/#hashtag", []),
        ("#عַל #il·lusió #مەم", ["عַל", "il·lusió", "مەم"]),
        ("#️⃣ # heading &#x20;", []),
        ("❤️#love", ["love"]),
        ("#snake_case #kebab-case", ["snake_case", "kebab"]),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    for dialect in DIALECTS.values():
        hashtags = [entity for entity in entities_in(text, dialect) if entity.kind is EntityKind.HASHTAG]
        expected = tags if dialect.has_bare_links else [*tags, *(["hashtag"] if "twitter.com/#" in text else [])]
        assert [entity.target for entity in hashtags] == expected


def test_bluesky_gets_bytes() -> None:
    text = "é https://example.org 🙂 #ok"
    entities = entities_in(text, BLUESKY)

    ranges = byte_ranges(text, entities)

    assert [text.encode()[start:end].decode() for start, end in ranges] == ["https://example.org", "#ok"]
    assert ranges == ((3, 22), (28, 31))


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_entities_are_in_order_and_apart(text: str) -> None:
    for dialect in DIALECTS.values():
        entities = entities_in(text, dialect)
        ends = [0, *(entity.end for entity in entities)]
        assert all(end <= entity.start < entity.end for end, entity in zip(ends, entities, strict=False))
        parts = [text[entity.start : entity.end] for entity in entities]
        assert not any(character.isspace() for part in parts for character in part)
        ranges = byte_ranges(text, entities)
        assert [text.encode()[start:end].decode() for start, end in ranges] == parts


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize(
    "piece", ["a.", "@a", "@a.", "@a@b ", "#a", "#1", "http://", "http://a.co/(", "a_.", "é", "-", ".co"]
)
def test_ten_thousand_of_anything_are_read(dialect, piece: str) -> None:
    assert len(entities_in(piece * 10_000, dialect)) <= 10_000
