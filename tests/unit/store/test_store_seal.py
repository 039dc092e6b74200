"""A store's file tells its key and its damage without being opened."""

from pathlib import Path

import pytest

from twohats.store.database import FILE_NAME, fresh_key, open_store
from twohats.store.seal import PAGE_BYTES, Seal, look_at

KEY = fresh_key()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    open_store(tmp_path, KEY).close()
    return tmp_path / FILE_NAME


def test_a_whole_file_under_its_key(file: Path) -> None:
    assert look_at(file, KEY) is Seal.WHOLE


def test_another_key_is_foreign(file: Path) -> None:
    assert look_at(file, fresh_key()) is Seal.FOREIGN


@pytest.mark.parametrize("place", [16, 1000, PAGE_BYTES - 1, PAGE_BYTES, 5 * PAGE_BYTES + 77])
def test_one_flipped_bit_breaks_it(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert look_at(file, KEY) is Seal.BROKEN


def test_two_pages_that_changed_places_break_it(file: Path) -> None:
    data = file.read_bytes()
    second, third = data[PAGE_BYTES : 2 * PAGE_BYTES], data[2 * PAGE_BYTES : 3 * PAGE_BYTES]
    file.write_bytes(data[:PAGE_BYTES] + third + second + data[3 * PAGE_BYTES :])
    assert look_at(file, KEY) is Seal.BROKEN


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", Seal.NOT_SEALED, id="empty"),
        pytest.param(bytes(3 * PAGE_BYTES), Seal.NOT_SEALED, id="zeros"),
        pytest.param(b"Dear diary", Seal.NOT_SEALED, id="a text file"),
        pytest.param(b"\x07" * PAGE_BYTES, Seal.FOREIGN, id="a page of somebody else"),
    ],
)
def test_what_is_no_store_of_ours(tmp_path: Path, data: bytes, expected: Seal) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert look_at(path, KEY) is expected


def test_a_file_that_was_cut_off_is_broken(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 3 * PAGE_BYTES + 100])
    assert look_at(file, KEY) is Seal.BROKEN
