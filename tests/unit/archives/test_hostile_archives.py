"""Archives that want to do harm, or are broken: refused by one code, in steady memory, nothing left on the disk."""

import gzip
import io
import os
import struct
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fakes import archive_files as made

from twohats.archives import limits
from twohats.archives.json_stream import entries
from twohats.archives.opening import open_archive
from twohats.gui import wording
from twohats.model.errors import BadInput

_SPARSE = b"0," + b" " * 65_534
"""Nearly nothing, in valid JSON."""


def _refused(path: Path) -> str:
    """Reads as far as it goes; the code of the refusal."""
    with pytest.raises(BadInput) as refusal:
        list(open_archive(path).posts())
    sentence = wording.error(refusal.value)
    assert sentence != refusal.value.code
    assert "…" not in sentence
    return refusal.value.code


def _zip_of_spaces(path: Path, mebibytes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("outbox.json", "w") as entry:
        entry.write(b'{"orderedItems": [')
        for _ in range(mebibytes * 16):
            entry.write(_SPARSE)
    return path


def _zip_that_says(path: Path, flag: int = 0, method: int | None = None) -> Path:
    """A zip whose list of files says something else of each file than how it lies there."""
    made.zip_of(path, {"outbox.json": made.outbox([made.toot(1, "<p>Hello</p>")])})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.index(signature) + place
        data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | flag)
        if method is not None:
            data[at + 2 : at + 4] = struct.pack("<H", method)
    path.write_bytes(data)
    return path


def _zip_with_link(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        entry = zipfile.ZipInfo("outbox.json")
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        packed.writestr(entry, "/etc/passwd")
    return path


def _tar_with(path: Path, kind: bytes, target: str = "/etc/passwd") -> Path:
    with tarfile.open(path, "w:gz") as packed:
        entry = tarfile.TarInfo("outbox.json")
        entry.type = kind
        entry.linkname = target
        packed.addfile(entry)
    return path


def _tar_bomb(path: Path, name: str) -> Path:
    with tarfile.open(path, "w:gz", compresslevel=9) as packed:
        entry = tarfile.TarInfo(name)
        data = b'{"orderedItems": [' + _SPARSE * 700
        entry.size = len(data)
        packed.addfile(entry, io.BytesIO(data))
    return path


def _tar_with_huge_head(path: Path) -> Path:
    """Its extended head claims a gigabyte, which tarfile reads in one piece."""
    head = tarfile.TarInfo("pax")
    head.type = tarfile.XHDTYPE
    head.size = 1024 * limits.MIB
    with gzip.open(path, "wb", compresslevel=9) as packed:
        packed.write(head.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(40):
            packed.write(bytes(limits.MIB))
    return path


def _written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _cut(path: Path, keep: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    return path


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_ITEM = made.wxr_item("School", "First day")
_TOOTS = [made.toot(number, f"<p>Number {number} of many</p>") for number in range(400)]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda p: _zip_of_spaces(p, 40), "archive_bomb", id="zip bomb"),
        pytest.param(lambda p: _tar_bomb(p, "outbox.json"), "archive_bomb", id="tar bomb"),
        pytest.param(lambda p: _tar_bomb(p, "media/a.jpg"), "archive_bomb", id="tar bomb beside the outbox"),
        pytest.param(lambda p: made.zip_of(p, {"../outbox.json": "{}"}), "archive_bad_name", id="name leads up"),
        pytest.param(lambda p: made.zip_of(p, {"..\\outbox.json": "{}"}), "archive_bad_name", id="up, on Windows"),
        pytest.param(lambda p: made.zip_of(p, {"/etc/cron.d/a": "{}"}), "archive_bad_name", id="name from the root"),
        pytest.param(lambda p: made.zip_of(p, {"C:\\a\\outbox.json": "{}"}), "archive_bad_name", id="name of a drive"),
        pytest.param(lambda p: made.tar_of(p, {"a/../../outbox.json": "{}"}), "archive_bad_name", id="up in a tar"),
        pytest.param(_zip_with_link, "archive_link", id="link in a zip"),
        pytest.param(lambda p: _tar_with(p, tarfile.SYMTYPE), "archive_link", id="link in a tar"),
        pytest.param(lambda p: _tar_with(p, tarfile.LNKTYPE), "archive_link", id="hard link in a tar"),
        pytest.param(lambda p: _tar_with(p, tarfile.CHRTYPE), "archive_link", id="device in a tar"),
        pytest.param(_tar_with_huge_head, "archive_damaged", id="huge head in a tar"),
        pytest.param(lambda p: _zip_that_says(p, flag=1), "archive_encrypted", id="encrypted"),
        pytest.param(lambda p: _zip_that_says(p, method=99), "archive_damaged", id="unknown packing"),
        pytest.param(
            lambda p: _cut(made.zip_of(p, {"outbox.json": made.outbox(_TOOTS)}), 0.7), "archive_damaged", id="zip cut"
        ),
        pytest.param(
            lambda p: _cut(made.tar_of(p, {"outbox.json": made.outbox(_TOOTS)}), 0.7), "archive_damaged", id="tar cut"
        ),
        pytest.param(lambda p: _cut(_written(p, made.outbox(_TOOTS)), 0.7), "archive_damaged", id="json cut"),
        pytest.param(lambda p: _cut(_written(p, made.wxr(_ITEM * 50)), 0.7), "archive_damaged", id="xml cut"),
        pytest.param(lambda p: _written(p, b"\xff\xd8\xff\xe0" * 400), "archive_unknown", id="a picture"),
        pytest.param(lambda p: _written(p, b""), "archive_unknown", id="empty"),
        pytest.param(lambda p: made.zip_of(p, {"holiday.jpg": b"\xff\xd8"}), "archive_unknown", id="another zip"),
        pytest.param(lambda p: made.tar_of(p, {"holiday.jpg": b"\xff\xd8"}), "archive_no_posts", id="another tar"),
        pytest.param(lambda p: _written(p, made.outbox(_TOOTS).encode("utf-16")), "archive_unknown", id="UTF-16"),
        pytest.param(
            lambda p: made.zip_of(
                p, {"data/tweets.js": made.assigned("tweets.part0", [made.tweet(1, "Grüße")]).encode("utf-16")}
            ),
            "archive_not_utf8",
            id="UTF-16 inside",
        ),
        pytest.param(
            lambda p: made.zip_of(p, {"outbox.json": made.outbox([made.toot(1, "<p>Grüße</p>")]).encode("latin-1")}),
            "archive_not_utf8",
            id="Latin-1",
        ),
        pytest.param(
            lambda p: _written(p, made.wxr(made.wxr_item("Grüße", "")).encode("latin-1")),
            "archive_not_utf8",
            id="Latin-1 XML",
        ),
        pytest.param(
            lambda p: made.zip_of(p, {"outbox.json": '{"orderedItems": ' + "[" * 5000}),
            "archive_too_deep",
            id="deep JSON",
        ),
        pytest.param(lambda p: _written(p, made.wxr("<item>" + "<a>" * 5000)), "archive_too_deep", id="deep XML"),
        pytest.param(
            lambda p: _written(p, f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]><rss>&l9;</rss>'),
            "archive_entities",
            id="billion laughs",
        ),
        pytest.param(
            lambda p: _written(
                p, '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'
            ),
            "archive_entities",
            id="entity from outside",
        ),
        pytest.param(
            lambda p: _written(p, '<?xml version="1.0"?><html><p>Hello</p></html>'), "archive_unknown", id="other XML"
        ),
        pytest.param(
            lambda p: _written(p, f"<rss><item a='{'x' * 3_000_000}'/></rss>"), "archive_damaged", id="endless tag"
        ),
        pytest.param(
            lambda p: made.zip_of(p, {"outbox.json": made.outbox([made.toot(1, os.urandom(3_000_000).hex())])}),
            "archive_post_too_large",
            id="endless post",
        ),
        pytest.param(
            lambda p: _written(p, made.wxr(made.wxr_item("a", "word " * 1_000_000))),
            "archive_post_too_large",
            id="endless item",
        ),
        pytest.param(
            lambda p: made.zip_of(p, {"outbox.json": '{"orderedItems": [{"a": [' + "0," * 300_000 + "0]}]}"}),
            "archive_post_too_large",
            id="endless list",
        ),
    ],
)
def test_what_is_hostile_or_broken_is_refused_in_one_sentence(
    tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    path = make(tmp_path / "archive")
    tracemalloc.start()
    try:
        assert _refused(path) == code
        assert tracemalloc.get_traced_memory()[1] < 80 * limits.MIB
    finally:
        tracemalloc.stop()
    assert [file.name for file in tmp_path.iterdir()] == ["archive"]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path / "nothing.zip") == "archive_unreadable"
    assert _refused(tmp_path) == "archive_unreadable"


def test_more_text_than_is_read_is_refused_with_the_limit_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twohats.archives.opening.MOST_TEXT_BYTES", 2 * limits.MIB)
    path = _written(tmp_path / "outbox.json", made.outbox(_TOOTS * 40))
    with pytest.raises(BadInput) as refusal:
        list(open_archive(path).posts())
    assert refusal.value.facts == {"limit": "2 MB"}


@pytest.mark.parametrize("is_packed", [False, True])
def test_two_gigabytes_of_json_are_refused_at_once_where_they_are_announced(tmp_path: Path, is_packed: bool) -> None:
    path = tmp_path / "outbox.json"
    if is_packed:
        made.zip_of(path, {"outbox.json": made.outbox(_TOOTS)})
        data = bytearray(path.read_bytes())
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = struct.pack("<I", 2047 * limits.MIB)
        path.write_bytes(data)
    else:
        _written(path, made.outbox([*_TOOTS])[:-2])
        os.truncate(path, 2047 * limits.MIB)  # with a hole, which takes no room on the disk
    with pytest.raises(BadInput) as refusal:
        list(open_archive(path).posts())
    assert wording.error(refusal.value).startswith("This archive holds more than 1,024 MB of text.")


def test_two_gigabytes_of_json_that_nobody_announced_are_refused_by_the_limit_in_steady_memory() -> None:
    """As they would come out of a zip that lies about them: nothing of that size is written here."""
    piece = (b'{"tweet": {"full_text": "' + b"a" * 1000 + b'"}}, ') * 60

    class Endless:
        given_bytes = 0

        def read(self, size: int = -1) -> bytes:
            if self.given_bytes > 2048 * limits.MIB:
                return b""
            self.given_bytes += len(piece)
            return piece if self.given_bytes > len(piece) else b"window.YTD.tweets.part0 = [" + piece

    from twohats.archives.bounded import Allowance, Unpacked

    endless = Endless()
    most = 64 * limits.MIB  # the real limit is sixteen times that, and would take the test a minute
    stream = Unpacked(endless, 2048 * limits.MIB, Allowance(most))
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="archive_too_large"):
            for _ in entries(stream):
                pass
        assert tracemalloc.get_traced_memory()[1] < 4 * limits.MIB
    finally:
        tracemalloc.stop()
    assert endless.given_bytes <= most + 2 * limits.CHUNK_BYTES


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_temporary_file(*_given: object, **_named: object) -> None:
        raise AssertionError("something was to be written to the disk")

    for name in ("NamedTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "TemporaryFile"):
        monkeypatch.setattr(tempfile, name, no_temporary_file)
    for path in (
        made.x_archive(tmp_path / "x.zip", [made.tweet(1, "First")]),
        made.tar_of(tmp_path / "m.tar.gz", {"outbox.json": made.outbox([made.toot(1, "<p>Hello</p>")])}),
    ):
        assert len(list(open_archive(path).posts())) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["m.tar.gz", "x.zip"]
