"""The store's file: sealed, never overwritten when it cannot be read, and whole after whatever happens to it."""

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from tests.unit.store.posts import NOON, post

from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import StoreError, StoreFull, StoreUnreadable
from twohats.model.identity import Hat
from twohats.store.database import FILE_NAME, fresh_key, open_store
from twohats.store.key import LOCK_NAME, key_for
from twohats.store.migrations import LADDER, Ladder
from twohats.store.migrations.climb import climb
from twohats.store.seal import PAGE_BYTES, Seal, look_at
from twohats.store.tables import alembic_version, metadata
from twohats.store.transactions import Database
from twohats.vault.keyring_vault import SessionVault

KEY = fresh_key()
SECRET_WORDS = ("marmalade", "Quillfeather", "hazelnut-token")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a closed store in it: a draft and a queued post."""
    store = open_store(tmp_path, KEY)
    store.drafts.save(Draft("d1", NOON, NOON, text="kept words " * 2000))
    made = post()
    store.queue.add(made.approval, made.deliveries, made.record)
    store.close()
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob(f"{FILE_NAME}*")}


def flipped(place: Callable[[int], int]) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[place(len(data))] ^= 0xFF
        path.write_bytes(data)

    return flip


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(flipped(lambda _: 100), id="a byte of the first page"),
        pytest.param(flipped(lambda size: size // 2), id="a byte in the middle"),
        pytest.param(flipped(lambda size: size - 1), id="the last byte"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[: 5 * PAGE_BYTES + 9]), id="cut off"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(bytes(path.stat().st_size)), id="zeros"),
        pytest.param(lambda path: path.write_bytes(b"Dear diary"), id="another file"),
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_is(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(folder / FILE_NAME)
    before = contents(folder)
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        open_store(folder, KEY)
    assert contents(folder) == before


@pytest.mark.parametrize("key", [pytest.param(fresh_key(), id="another"), pytest.param("rosebud", id="no key at all")])
def test_the_wrong_key_is_told_and_the_file_is_left_as_it_is(folder: Path, key: str) -> None:
    before = contents(folder)
    with pytest.raises(StoreUnreadable, match="store_wrong_key"):
        open_store(folder, key)
    assert contents(folder) == before


def test_the_wrong_key_leaves_even_an_unfinished_journal_alone(tmp_path: Path) -> None:
    _leave_a_journal(tmp_path)
    before = contents(tmp_path)
    assert before[f"{FILE_NAME}-wal"]
    with pytest.raises(StoreUnreadable, match="store_wrong_key"):
        open_store(tmp_path, fresh_key())
    assert contents(tmp_path) == before


def test_a_changed_salt_alone_does_not_lock_the_file(folder: Path) -> None:
    flipped(lambda _: 3)(folder / FILE_NAME)
    store = open_store(folder, KEY)
    assert store.drafts.get("d1") is not None
    store.close()


def test_a_journal_whose_file_is_gone_is_not_played_into_a_new_one(tmp_path: Path) -> None:
    _leave_a_journal(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    before = contents(tmp_path)
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        open_store(tmp_path, KEY)
    assert contents(tmp_path) == before


def test_a_store_of_a_newer_program_is_told_and_left_as_it_is(folder: Path) -> None:
    database = Database(folder / FILE_NAME, KEY)
    with database.writing() as connection:
        connection.execute(alembic_version.update().values(version_num="9999"))
    database.close()
    before = contents(folder)
    with pytest.raises(StoreUnreadable, match="store_newer"):
        open_store(folder, KEY)
    assert contents(folder) == before


def test_damage_that_is_found_while_reading_stops_all_writing(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    big = Draft("d1", NOON, NOON, text="kept words " * 600_000)
    store.drafts.save(big)
    store.close()
    path = tmp_path / FILE_NAME
    flipped(lambda _: 1500 * PAGE_BYTES + 100)(path)
    before = path.read_bytes()
    store = open_store(tmp_path, KEY)
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        store.drafts.get("d1")
    with pytest.raises(StoreUnreadable, match="store_damaged"):
        store.drafts.save(replace(big, revision=1, text="x"))
    store.close()
    assert path.read_bytes() == before


def test_no_file_shows_a_word_of_draft_token_or_record(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    text = " ".join(SECRET_WORDS)
    store.profile.save_account(
        account_of(Hat.PERSONAL, id="a", network="folder", label=text, settings={"token": "hazelnut-token"})
    )
    store.media.add(_digest(text.encode()), text.encode())
    for number in range(200):
        store.drafts.save(Draft(f"d{number}", NOON, NOON, text=text * 20, title=text))
    made = post(text=text, title=text, tags=(text,))
    store.queue.add(made.approval, made.deliveries, made.record)
    store.drafts.list("marmalade")
    store.records.search("marmalade")
    store.backup_now()
    raw = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", "twohats-0001.db"} <= set(raw)
    assert len(raw[f"{FILE_NAME}-wal"]) > 100_000
    for name, data in raw.items():
        for word in (*SECRET_WORDS, "CREATE TABLE", "SQLite format", KEY):
            assert word.encode() not in data, name
            assert word.encode("utf-16-le") not in data, name
        assert bytes.fromhex(KEY) not in data, name
    store.close()


def test_the_files_are_the_owners_alone(folder: Path) -> None:
    store = open_store(folder, KEY)
    store.drafts.save(Draft("d2", NOON, NOON, text="x"))
    copy = store.backup_now()
    modes = {path.name: path.stat().st_mode & 0o077 for path in (*folder.glob(f"{FILE_NAME}*"), copy)}
    store.close()
    assert set(modes.values()) == {0}


def test_a_copy_is_whole_and_opens_by_itself(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = open_store(folder, KEY)
    copy = store.backup_now()
    expected = store.drafts.get("d1")
    store.close()
    assert look_at(copy, KEY) is Seal.WHOLE
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copy(copy, elsewhere / FILE_NAME)
    restored = open_store(elsewhere, KEY)
    assert restored.drafts.get("d1") == expected
    assert restored.records.first_broken() is None
    restored.close()


def test_the_newest_five_copies_are_kept(folder: Path) -> None:
    store = open_store(folder, KEY)
    for _ in range(7):
        newest = store.backup_now()
    store.close()
    kept = sorted(path.name for path in (folder / "backups").iterdir())
    assert kept == [f"twohats-{number:04}.db" for number in range(3, 8)]
    assert newest.name == "twohats-0007.db"


def test_a_fresh_store_and_one_that_climbed_all_steps_have_the_same_schema(tmp_path: Path) -> None:
    assert _schema(tmp_path, "made", _create) == _schema(tmp_path, "climbed", lambda c: climb(c, LADDER))


def test_the_ladder_names_the_steps_that_lie_there() -> None:
    steps = sorted(path.name[:4] for path in (LADDER.folder / "versions").glob("*.py"))
    assert tuple(steps) == LADDER.revisions


def test_starting_without_a_step_to_take_does_not_load_alembic(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from twohats.store.database import open_store
open_store(Path(sys.argv[1]), sys.argv[2]).close()
open_store(Path(sys.argv[1]), sys.argv[2]).close()
print([name for name in sys.modules if name.split(".")[0] == "alembic"])
"""
    command = [sys.executable, "-c", script, str(tmp_path), KEY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_older_store_is_copied_first_and_then_brought_up_to_date(folder: Path, tmp_path: Path) -> None:
    ladder = _longer_ladder(tmp_path / "ladder", "op.add_column('drafts', sa.Column('mood', sa.Text))")
    store = open_store(folder, KEY, ladder)
    kept = store.drafts.get("d1")
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT mood FROM drafts").one() == (None,)
    store.close()
    assert kept is not None
    assert kept.text.startswith("kept words")
    assert look_at(folder / "backups" / "twohats-0001.db", KEY) is Seal.WHOLE
    with pytest.raises(StoreUnreadable, match="store_newer"):
        open_store(folder, KEY)
    open_store(folder, KEY, ladder).close()
    assert len(list((folder / "backups").iterdir())) == 1


def test_a_step_that_rebuilds_a_table_leaves_what_points_at_it(folder: Path, tmp_path: Path) -> None:
    rebuild = "\n    ".join(
        [
            "with op.batch_alter_table('approvals', recreate='always') as table:",
            "    table.drop_column('rules_version')",
        ]
    )
    ladder = _longer_ladder(tmp_path / "ladder", rebuild)
    store = open_store(folder, KEY, ladder)
    assert len(store.queue.of_post("post-1")) == 2
    store.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(folder: Path, tmp_path: Path) -> None:
    ladder = _longer_ladder(
        tmp_path / "ladder", "op.execute('DELETE FROM drafts'); op.drop_table('records'); raise OSError('step')"
    )
    with pytest.raises(StoreError):
        open_store(folder, KEY, ladder)
    store = open_store(folder, KEY)
    assert store.drafts.get("d1") is not None
    assert store.records.first_broken() is None
    store.close()


def test_a_step_does_not_touch_logging(folder: Path, tmp_path: Path) -> None:
    import logging

    before = (list(logging.root.handlers), logging.root.level, logging.getLogger("twohats").disabled)
    ladder = _longer_ladder(tmp_path / "ladder", "pass")
    open_store(folder, KEY, ladder).close()
    assert (list(logging.root.handlers), logging.root.level, logging.getLogger("twohats").disabled) == before


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from twohats.model.draft import Draft
from twohats.store.database import open_store

store = open_store(Path(sys.argv[1]), sys.argv[2])
now = datetime.fromisoformat(sys.argv[3])
revision = 0
while True:
    revision += 1
    store.drafts.save(Draft("d1", now, now, revision, text=f"revision {revision} " * 300))
    print(revision, flush=True)
"""


@pytest.mark.parametrize("after", [1, 37, 150])
def test_what_was_saved_outlives_a_kill(tmp_path: Path, after: int) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path), KEY, NOON.isoformat()]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(after):
        told = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    rest = writer.communicate(timeout=60)[0].split()
    told = int(rest[-1]) if rest else told
    store = open_store(tmp_path, KEY)
    kept = store.drafts.get("d1")
    assert kept is not None
    assert told <= kept.revision <= told + 1
    assert kept.text == f"revision {kept.revision} " * 300
    store.close()


FILLER = """
import resource, sys
from datetime import datetime
from pathlib import Path
from twohats.model.draft import Draft
from twohats.model.errors import StoreFull
from twohats.store.database import open_store

store = open_store(Path(sys.argv[1]), sys.argv[2])
now = datetime.fromisoformat(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
kept = 0
try:
    for number in range(100):
        store.drafts.save(Draft(f"big-{number}", now, now, text="more and more " * 4000))
        kept = number + 1
except StoreFull as problem:
    print(kept, problem.code)
print(store.drafts.get("d1").text[:10])
"""


def test_a_full_disk_is_told_and_what_was_saved_is_still_there(folder: Path) -> None:
    command = [sys.executable, "-c", FILLER, str(folder), KEY, NOON.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kept, code, first = done.stdout.split()[:3]
    assert code == "store_not_writable"
    assert first == "kept"
    store = open_store(folder, KEY)
    assert store.drafts.count() == int(kept) + 1
    assert store.records.first_broken() is None
    store.drafts.save(Draft("after", NOON, NOON, text="room again"))
    store.close()


def test_no_room_for_a_new_store_leaves_none(tmp_path: Path) -> None:
    script = """
import resource, sys
from pathlib import Path
from twohats.model.errors import StoreFull
from twohats.store.database import open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    open_store(Path(sys.argv[1]), sys.argv[2])
except StoreFull as problem:
    print(problem.code)
"""
    command = [sys.executable, "-c", script, str(tmp_path), KEY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "store_not_writable\n"
    assert not (tmp_path / FILE_NAME).exists()
    open_store(tmp_path, KEY).close()


def test_no_room_for_a_copy_leaves_none(folder: Path) -> None:
    store = open_store(folder, KEY)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limits[1]))
    try:
        with pytest.raises(StoreFull):
            store.backup_now()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list((folder / "backups").iterdir()) == []
    store.close()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreFull, match="store_not_writable"):
        open_store(tmp_path / "file" / "profile", KEY)


def test_a_crash_while_the_file_is_made_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "twohats.new").write_bytes(b"half a file")
    store = open_store(tmp_path, KEY)
    assert store.drafts.count() == 0
    store.close()


def test_two_first_starts_at_once_make_one_store(tmp_path: Path) -> None:
    script = """
import sys
from datetime import datetime
from pathlib import Path
from twohats.model.draft import Draft
from twohats.store.database import open_store
print("ready", flush=True)
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), sys.argv[2])
now = datetime.fromisoformat(sys.argv[3])
store.drafts.save(Draft(sys.argv[4], now, now, text="x"))
store.close()
"""
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), KEY, NOON.isoformat(), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline() == "ready\n"
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    for start in starts:
        start.communicate(timeout=60)
    assert [start.returncode for start in starts] == [0, 0, 0]
    store = open_store(tmp_path, KEY)
    assert store.drafts.count() == 3
    store.close()


def test_lanes_write_and_read_at_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = open_store(tmp_path, KEY)

    def work(lane: int) -> int:
        for number in range(15):
            store.drafts.save(Draft(f"{lane}-{number}", NOON, NOON, text=f"lane {lane}"))
            store.drafts.list(f"lane {lane}")
        return len(store.drafts.list(f"lane {lane}"))

    with ThreadPoolExecutor(6) as lanes:
        assert list(lanes.map(work, range(6))) == [15] * 6
    assert store.drafts.count() == 90
    store.close()


def test_the_key_is_made_once_and_kept_in_the_vault(tmp_path: Path) -> None:
    vault = SessionVault()
    key = key_for(tmp_path, vault)
    assert len(bytes.fromhex(key)) == 32
    assert vault.get("store-key") == key
    assert key_for(tmp_path, vault) == key
    assert not [path for path in tmp_path.iterdir() if path.name != LOCK_NAME]


def test_a_store_whose_key_is_gone_gets_no_new_key(folder: Path) -> None:
    vault = SessionVault()
    with pytest.raises(StoreUnreadable, match="store_key_missing"):
        key_for(folder, vault)
    assert vault.get("store-key") is None


def test_an_exception_of_the_store_shows_no_text(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY)
    made = post(text="marmalade")
    store.queue.add(made.approval, made.deliveries, made.record)
    with pytest.raises(Exception, match="UNIQUE") as caught:
        store.queue.add(made.approval, made.deliveries, made.record)
    assert "marmalade" not in f"{caught.value!r} {caught.value}"
    assert len(store.queue.in_state(DeliveryState.WAITING)) == 2
    store.close()


def _leave_a_journal(folder: Path) -> None:
    """A store whose program was killed: the last words are in the journal only."""
    command = [sys.executable, "-c", WRITER, str(folder), KEY, datetime(2026, 11, 22, tzinfo=UTC).isoformat()]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.kill()
    writer.communicate(timeout=60)


def _longer_ladder(folder: Path, step: str) -> Ladder:
    """Today's ladder with one more step on top."""
    shutil.copytree(LADDER.folder, folder)
    (folder / "versions" / "9999_more.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '9999'\ndown_revision = '{LADDER.top}'\n\n\n"
        f"def upgrade():\n    {step}\n"
    )
    return Ladder(folder, (*LADDER.revisions, "9999"))


def _create(connection: object) -> None:
    metadata.create_all(connection)
    connection.execute(insert(alembic_version).values(version_num=LADDER.top))


def _schema(folder: Path, name: str, make: Callable[[object], None]) -> set[tuple[str, str, str]]:
    database = Database(folder / name, KEY, is_being_made=True)
    with database.writing() as connection:
        make(connection)
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    database.close()
    return {("version", version, "")} | {(kind, name, " ".join((sql or "").split())) for kind, name, sql in rows}


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
