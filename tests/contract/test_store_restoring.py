"""A damaged store is put back from its newest good copy, and what that means is told."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.unit.store.posts import DIARY, NOON, post

from twohats.model.delivery import DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import StoreFull, StoreUnreadable
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope
from twohats.model.settings import Settings
from twohats.store.database import Store, open_store
from twohats.store.key import FILE_NAME, fresh_key
from twohats.store.restoring import open_or_restore
from twohats.store.seal import ALL_PAGES, PAGE_BYTES, Seal, look_at
from twohats.store.transactions import damage_note

KEY = fresh_key()
COPIED_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed store with a copy of COPIED_AT; one draft was changed after it, and one is new."""
    store = open_store(tmp_path, KEY)
    store.drafts.save(Draft("d1", NOON, NOON, text="before the copy"))
    made = post()
    store.queue.add(made.approval, made.deliveries, made.record)
    copy = store.backup_now()
    os.utime(copy, (COPIED_AT.timestamp(), COPIED_AT.timestamp()))
    store.drafts.save(Draft("d1", NOON, NOON, revision=2, text="after the copy"))
    store.drafts.save(Draft("d2", NOON, NOON, text="written after the copy " * 3000))
    store.close()
    return tmp_path


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


def test_a_whole_store_is_simply_opened(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is None
    assert store.drafts.get("d2") is not None
    store.close()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_damaged_page_is_put_back_and_the_rest_of_the_drafts_is_brought_along(folder: Path) -> None:
    path = folder / FILE_NAME
    pages = path.stat().st_size // PAGE_BYTES
    for page in range(pages - 20, pages):  # where the long draft lies, which came last
        flip(path, page * PAGE_BYTES + 100)
    damaged = path.read_bytes()
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is not None
    assert restored.made_at == COPIED_AT
    assert restored.aside == folder / "damaged-20261122-120000"
    assert (restored.aside / FILE_NAME).read_bytes() == damaged, "kept as it was found"
    assert [file.name for file in restored.aside.iterdir()] == [FILE_NAME]
    changed = store.drafts.get("d1")
    assert changed is not None
    assert changed.text == "after the copy"
    assert restored.rescued == 1
    assert store.records.first_broken() is None
    store.drafts.save(Draft("d3", NOON, NOON, text="goes on"))
    store.close()
    assert look_at(path, KEY, ALL_PAGES) is Seal.WHOLE


def test_nothing_that_was_waiting_in_the_copy_leaves_by_itself(folder: Path) -> None:
    flip(folder / FILE_NAME, 5 * PAGE_BYTES)
    store, _ = open_or_restore(folder, KEY, NOON)
    assert store.queue.due(NOON + timedelta(days=999)) == []
    held = store.queue.in_state(DeliveryState.HELD)
    assert [delivery.problem for delivery in held] == ["store_restored"] * 2
    store.close()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(bytes(path.stat().st_size)), id="zeros"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[: 3 * PAGE_BYTES + 9]), id="cut off"),
        pytest.param(lambda path: flip(path, 100), id="the first page"),
    ],
)
def test_whatever_is_damaged_the_copy_stands_there_again(folder: Path, spoil: object) -> None:
    spoil(folder / FILE_NAME)
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is not None
    assert store.drafts.get("d1") is not None
    store.close()


def test_a_damaged_copy_is_passed_over_for_the_one_before(folder: Path) -> None:
    store = open_store(folder, KEY)
    newest = store.backup_now()
    store.close()
    flip(newest, newest.stat().st_size - 50)
    flip(folder / FILE_NAME, 5 * PAGE_BYTES)
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is not None
    assert restored.made_at == COPIED_AT
    store.close()


def test_without_a_good_copy_nothing_is_touched(folder: Path) -> None:
    for copy in (folder / "backups").iterdir():
        flip(copy, copy.stat().st_size - 50)
    flip(folder / FILE_NAME, 5 * PAGE_BYTES)
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        open_or_restore(folder, KEY, NOON)
    assert (folder / FILE_NAME).read_bytes() == before
    assert not list(folder.glob("damaged-*"))


def test_a_file_of_another_key_is_not_overwritten(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    open_store(other, fresh_key()).close()
    foreign = (other / FILE_NAME).read_bytes()
    (folder / FILE_NAME).write_bytes(foreign)
    with pytest.raises(StoreUnreadable, match="store_wrong_key"):
        open_or_restore(folder, KEY, NOON)
    assert (folder / FILE_NAME).read_bytes() == foreign


def test_damage_far_behind_is_met_while_running_and_mended_at_the_next_start(folder: Path) -> None:
    store = open_store(folder, KEY)
    store.drafts.save(Draft("long", NOON, NOON, text="many pages " * 600_000))
    store.close()
    path = folder / FILE_NAME
    flip(path, 1500 * PAGE_BYTES + 100)
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is None, "only the first pages are looked at in every start"
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        store.backup_now()
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        store.drafts.save(Draft("d4", NOON, NOON, text="must not go into a damaged file"))
    store.close()
    assert damage_note(path).exists()
    store, restored = open_or_restore(folder, KEY, NOON)
    assert restored is not None
    assert restored.made_at == COPIED_AT
    kept = [store.drafts.get(name) for name in ("d1", "d2")]
    assert [draft.text[:13] if draft else "" for draft in kept] == ["after the cop", "written after"]
    store.close()
    assert not damage_note(path).exists()


def test_a_copy_is_due_once_a_day_whatever_the_clock_says(folder: Path) -> None:
    store = open_store(folder, KEY)
    later = COPIED_AT + timedelta(hours=19)
    assert store.back_up_if_due(later) is None
    assert store.back_up_if_due(COPIED_AT + timedelta(hours=21)) is not None
    newest = max((folder / "backups").iterdir())
    ahead = (NOON + timedelta(days=400)).timestamp()
    for copy in (folder / "backups").iterdir():
        os.utime(copy, (ahead, ahead))
    assert store.back_up_if_due(NOON) is not None, "made under a clock that was ahead"
    assert max((folder / "backups").iterdir()) > newest
    store.close()


def _queue(store: Store) -> object:
    made = post(9, text="many words " * 20_000)
    return store.queue.add(made.approval, made.deliveries, made.record)


_PICTURE = bytes(200_000)
_WRITES: dict[str, Callable[[Store], object]] = {
    "a draft": lambda store: store.drafts.save(Draft("d9", NOON, NOON, text="more words " * 20_000)),
    "a version": lambda store: store.drafts.save(Draft("d1", NOON, NOON, 9, text="other words " * 20_000)),
    "a picture": lambda store: store.media.add(hashlib.sha256(_PICTURE).hexdigest(), _PICTURE),
    "a post": _queue,
    "a step of a delivery": lambda store: store.queue.note_step("delivery-1-blog", "step", "x" * 200_000),
    "an account": lambda store: store.profile.save_account(replace(DIARY, label="Diary " * 40_000)),
    "settings": lambda store: store.profile.save_settings(Settings(home_address="Lake Street " * 20_000)),
    "an allowance": lambda store: store.profile.add_allowance(
        Allowance("a1", Scope.WORDING, "S1", Hat.PERSONAL, "words " * 40_000, NOON)
    ),
}


@pytest.mark.parametrize("name", sorted(_WRITES))
def test_a_full_disk_at_a_write_is_told_and_undoes_it_whole(folder: Path, name: str) -> None:
    store = open_store(folder, KEY)
    before = rows_of(store)
    # SQLite does not go below the pages in use: not one more may be taken.
    event.listen(store._database._engine, "begin", lambda one: one.exec_driver_sql("PRAGMA max_page_count = 1").all())
    with pytest.raises(StoreFull, match="store_full"):
        _WRITES[name](store)
    assert rows_of(store) == before
    store.close()
    store = open_store(folder, KEY)
    assert rows_of(store) == before
    _WRITES[name](store)  # with room again
    assert rows_of(store) != before
    assert store.records.first_broken() is None
    store.close()
    assert look_at(folder / FILE_NAME, KEY, ALL_PAGES) is Seal.WHOLE


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, sorted."""
    with store._database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
        }
