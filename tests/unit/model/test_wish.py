"""Links and files from outside: what is understood, and that nothing else is."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.errors import BadInput
from twohats.model.wish import ItemKind, OpenFile, OpenItem, line_of, wish_of, wish_of_line

ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("kind", list(ItemKind), ids=lambda kind: kind.value)
def test_a_link_names_one_item(kind: ItemKind) -> None:
    link = f"twohats://{kind.value}/{ID}"
    assert OpenItem.of_link(link) == OpenItem(kind, ID) == wish_of(link)
    assert OpenItem(kind, ID).link == link


HOSTILE = [
    "",
    "twohats:",
    "twohats://",
    "twohats://draft",
    "twohats://draft/",
    f"twohats://draft/{ID}/",
    f"twohats://draft/{ID} --open-file x",
    f'twohats://draft/{ID}" --version "',
    f"twohats://draft/{ID}\n",
    f"twohats://draft/{ID}\x00",
    f"twohats://draft/{ID}?now=1",
    f"twohats://draft/{ID}#x",
    f"twohats://draft/{ID[:-1]}",
    f"twohats://draft/{ID}0",
    f"twohats://draft/{ID.upper()}",
    "twohats://draft/" + "٠" * 32,
    "twohats://draft/../../../../etc/passwd",
    f"twohats://post/{ID}",
    f"twohats://lee@draft/{ID}",
    f"twohats://draft:80/{ID}",
    f"TWOHATS://draft/{ID}",
    f"twohats:draft/{ID}",
    f"https://draft/{ID}",
    f" twohats://draft/{ID}",
    "javascript:alert(1)",
    "--version",
    "-c",
    "twohats://draft/" + "a" * 100_000,
]


@pytest.mark.parametrize("link", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_else_is_a_link(link: str) -> None:
    with pytest.raises(BadInput, match="link_refused"):
        OpenItem.of_link(link)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for read in (OpenItem.of_link, OpenFile.of_path, wish_of, wish_of_line):
        with suppress(BadInput):
            read(text)


def test_a_file_is_an_export_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert OpenFile.of_path("old desk.twohats") == OpenFile(tmp_path / "old desk.twohats")
    assert OpenFile.of_path(str(tmp_path / "A.TWOHATS")) == OpenFile(tmp_path / "A.TWOHATS")
    assert wish_of((tmp_path / "år & so%20on.twohats").as_uri()) == OpenFile(tmp_path / "år & so%20on.twohats")


@pytest.mark.parametrize(
    "given_",
    [
        *("", "a.zip", "a.twohats.exe", "a.twohats\x00.exe", "--version", "/etc/passwd"),
        *("file://server.example.org/share/a.twohats", "file:///a.twohats?x", "file:///a.twohats#x", "file:///a.zip"),
        "file://[/a.twohats",
    ],
)
def test_nothing_else_is_a_file(given_: str) -> None:
    with pytest.raises(BadInput, match="file_refused"):
        wish_of(given_)


@pytest.mark.parametrize(
    "wish",
    [
        None,
        OpenItem(ItemKind.DRAFT, ID),
        OpenItem(ItemKind.RECORD, ID),
        OpenFile(Path("/home/robin/My desk, ünïcode\n\udcff.twohats")),
    ],
    ids=["none", "draft", "record", "file"],
)
def test_one_program_tells_another_in_a_line(wish: OpenItem | OpenFile | None) -> None:
    line = line_of(wish)
    assert "\n" not in line
    assert line.isascii()
    assert wish_of_line(line) == wish


@pytest.mark.parametrize("line", ["hide", "file /etc/passwd", "file ", "show me", f"draft/{ID}", "file a.twohats\x00"])
def test_what_no_program_of_ours_says(line: str) -> None:
    with pytest.raises(BadInput):
        wish_of_line(line)
