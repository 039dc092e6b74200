"""What a page says of itself, however it is written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.page_head import head_of


@pytest.mark.parametrize(
    ("page", "title"),
    [
        pytest.param("<title>Rest</title>", "Rest", id="plain"),
        pytest.param("<TITLE lang=en>\n Rest &amp;\n sleep </TITLE>", "Rest & sleep", id="entities and lines"),
        pytest.param("<title>Rest</title><title>Other</title>", "Rest", id="the first"),
        pytest.param("<!-- <title>No</title> --><title>Rest</title>", "Rest", id="behind a comment"),
        pytest.param("<script>'<title>No</title>'</script><title>Rest</title>", "Rest", id="behind a script"),
        pytest.param("<svg><title>No</title></svg><title>Rest</title>", "Rest", id="behind a drawing"),
        pytest.param("<body><title>No</title>", "", id="in the body"),
        pytest.param("</head><title>No</title>", "", id="after the head"),
        pytest.param("<!-- <title>No</title>", "", id="a comment without an end"),
        pytest.param("<titles>No</titles>", "", id="another tag"),
        pytest.param("<title>Rest", "", id="no end"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_title(page: str, title: str) -> None:
    assert head_of(page.encode()).title == title


def test_what_is_told_by_name() -> None:
    head = head_of(
        b"<base href='/deep/'><META PROPERTY=og:Title content='A > b'><meta property=og:title content=Second>"
        b'<meta name="Description" content=" so\nit is ">'
        b"<meta property='og:image' content=''><meta name=twitter:image content=x>"
    )

    assert head.first("og:title") == "A > b"
    assert head.first("og:description", "description") == "so it is"
    assert head.first("og:image", "twitter:image") == "x"
    assert head.base == "/deep/"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param("<title>Größe</title>".encode(), "text/html", id="nothing told"),
        pytest.param("<title>Größe</title>".encode("latin-1"), "text/html; charset=ISO-8859-1", id="header"),
        pytest.param("<meta charset=cp1252><title>Größe</title>".encode("cp1252"), "", id="page"),
        pytest.param("<title>Größe</title>".encode("utf-16"), 'text/html; charset="utf-16"', id="two bytes"),
        pytest.param("<meta charset=nonsense><title>Größe</title>".encode(), "", id="no such letters"),
        pytest.param("<meta charset=punycode><title>Größe</title>".encode(), "", id="no letters of pages"),
    ],
)
def test_letters(data: bytes, kind: str) -> None:
    assert head_of(data, kind).title == "Größe"


_SIZE = 600_000


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<!--",
        "<meta ",
        "<meta '",
        '<meta a="',
        "<meta a>",
        "<title>",
        "<script>",
        "<script></script ",
        "&#",
    ],
)
def test_a_hostile_page_is_read_in_no_time(piece: str) -> None:
    began = time.perf_counter()

    head_of((piece * (_SIZE // len(piece))).encode())
    head_of(f"<meta {piece * (_SIZE // len(piece))}>".encode())

    assert time.perf_counter() - began < 3


@given(st.binary(max_size=300), st.text(max_size=40))
def test_anything_can_be_read(data: bytes, kind: str) -> None:
    head_of(b"<meta name=a content=b><title>x" + data, kind)
