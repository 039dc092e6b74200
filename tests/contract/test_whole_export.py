"""Everything but secrets goes out into one file, and comes back the same into an empty profile, or not at all."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.unit.store.posts import BLOG, DIARY, NOON, SITE, post

from twohats.app import open_house
from twohats.cli import run
from twohats.model.delivery import DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import BadInput, StoreFull
from twohats.model.finding import Severity
from twohats.model.identity import Hat, fresh_identities
from twohats.model.media import Media
from twohats.model.policy import Allowance, Scope
from twohats.model.receipt import Receipt
from twohats.model.settings import Settings
from twohats.model.tally import Outcome, Showing
from twohats.model.wording import HatWords
from twohats.store.database import Store, open_store
from twohats.store.file_lock import Claim
from twohats.store.key import fresh_key
from twohats.store.migrations import LADDER
from twohats.store.migrations.climb import climb
from twohats.store.transactions import Database
from twohats.store.whole import shapes_of
from twohats.store.whole_export import export_all
from twohats.vault.keyring_vault import SessionVault

PICTURE = b"\x89PNG invented"
MEDIA = Media("m1", hashlib.sha256(PICTURE).hexdigest(), "image/png", 4, 3, len(PICTURE), "A lake", "IMG_1.png")
ODD = "half a \ud800 character, \x00 NUL, 心理学, “quotes”\u2028"
Files = dict[str, bytes]


@pytest.fixture
def full(tmp_path: Path) -> Store:
    """A store with something in every table."""
    store = open_store(tmp_path / "full", fresh_key())
    profile = store.profile
    for account in (BLOG, SITE, DIARY):
        profile.save_account(replace(account, settings={"site_url": "https://blog.example.org"}))
    profile.save_identity(replace(fresh_identities()[1], name="Dr Robin Vale"))
    profile.save_settings(Settings(welcomed=True, undo_personal_s=33, home_address="3 Lake Street"))
    profile.add_allowance(Allowance("a1", Scope.WORDING, "S1", Hat.PERSONAL, "my wife", NOON))
    profile.set_severity("S2", Hat.PERSONAL, Severity.NOTE)
    store.media.add(MEDIA.digest, PICTURE)
    apart = {"hat": Hat.PROFESSIONAL, "other_words": HatWords(Hat.PERSONAL, ODD)}
    for revision, text in enumerate((ODD, "a heron at the lake", "another state")):
        at = NOON + timedelta(hours=revision)
        store.drafts.save(Draft("d1", NOON, at, revision, text=text, media=(MEDIA,), tags=("sleep",), **apart))
    store.drafts.note_findings("d1", Severity.WARN)
    store.drafts.save(Draft("d2", NOON, NOON, text="in the bin"))
    store.drafts.delete("d2", NOON)
    made = post()
    store.queue.add(made.approval, made.deliveries, made.record)
    for delivery in made.deliveries:
        claimed = store.queue.claim(delivery.id, NOON)
        assert claimed is not None
        store.queue.save(claimed.sent(Receipt("7", "https://blog.example.org/7", NOON)), DeliveryState.SENDING)
    led = post(2, is_led=True)
    store.queue.add(led.approval, led.deliveries, led.record)
    first = store.queue.claim(led.deliveries[0].id, NOON)
    assert first is not None
    store.queue.save(first.sent(Receipt("8", "https://blog.example.org/8", NOON)), DeliveryState.SENDING)
    (follower,) = store.queue.waiting_for_others()
    store.queue.save(replace(follower, state=DeliveryState.HELD, problem="x"), DeliveryState.WAITING)
    store.queue.note_step(made.deliveries[0].id, "step", "value")
    store.tallies.add(NOON.date(), [Showing("S1", Hat.PERSONAL, Severity.WARN, Outcome.EDITED)])
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "empty", fresh_key())
    yield store
    store.close()


@pytest.fixture
def file(full: Store, tmp_path: Path) -> Path:
    target = tmp_path / "all.zip"
    full.export_all(target, NOON)
    return target


def tables_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._database.reading() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.exec_driver_sql(f'SELECT {", ".join(shape.columns)} FROM "{name}" ORDER BY rowid')
            ]
            for name, shape in shapes_of(connection).items()
        }


def test_what_comes_back_is_the_same_table_by_table(full: Store, empty: Store, file: Path) -> None:
    before = tables_of(full)
    empty.import_all(file)
    after = tables_of(empty)
    assert after.keys() == before.keys()
    for name, rows in before.items():
        assert after[name] == rows, name
    filled = {name for name, rows in before.items() if rows}
    assert {"drafts", "draft_versions", "records", "record_words", "deliveries", "orders", "media", "tallies"} <= filled
    assert empty.drafts.get("d1") == full.drafts.get("d1")
    assert [version.text for version in empty.drafts.versions("d1")] == ["a heron at the lake", ODD]
    assert [line.id for line in empty.drafts.list("another")] == ["d1"]
    assert len(empty.records.search("routine")) == 2
    assert empty.records.first_broken() is None
    assert empty.media.read(MEDIA.digest) == PICTURE


def test_every_table_of_the_schema_is_taken_along(full: Store, file: Path) -> None:
    with full._database.reading() as connection:
        made = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all())
    with zipfile.ZipFile(file) as packed:
        told = set(json.loads(packed.read("manifest.json"))["tables"])
    left_out = {name for name in made - told if not name.startswith(("draft_index", "record_words_", "sqlite_"))}
    assert left_out == {"alembic_version", "media"}


def test_the_file_is_the_owners_alone_and_no_half_of_one_is_left(full: Store, file: Path, tmp_path: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreFull, match="export_not_written"):
        full.export_all(tmp_path / "nowhere" / "all.zip", NOON)
    assert list(tmp_path.glob("*.part")) == []


def test_an_export_is_written_again_over_an_older_one(full: Store, file: Path) -> None:
    full.drafts.save(Draft("d3", NOON, NOON, text="later"))
    full.export_all(file, NOON)
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        assert b'"d3"' in packed.read("tables/drafts.jsonl")


def test_what_waits_in_the_export_is_held(empty: Store, tmp_path: Path) -> None:
    store = open_store(tmp_path / "waiting", fresh_key())
    made = post()
    store.queue.add(made.approval, made.deliveries, made.record)
    store.export_all(tmp_path / "waiting.zip", NOON)
    store.close()
    empty.import_all(tmp_path / "waiting.zip")
    assert empty.queue.due(NOON + timedelta(days=999)) == []
    assert {delivery.problem for delivery in empty.queue.in_state(DeliveryState.HELD)} == {"imported"}


@pytest.mark.parametrize("schema", ["0007", "0008"])  # the first whole exports had 0007
def test_an_older_export_climbs_as_an_older_store_does(full: Store, empty: Store, tmp_path: Path, schema: str) -> None:
    file = tmp_path / "older.zip"
    _export_as(full, schema, tmp_path / "older.db", file)
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("manifest.json"))
    assert told["schema"] == schema
    assert "orders" not in told["tables"]
    rows = empty.import_all(file)
    before, after = tables_of(full), tables_of(empty)
    assert before["orders"]
    assert after.keys() == before.keys()
    for name in before.keys() - {"orders"}:
        assert after[name] == before[name], name
    assert after["orders"] == []
    assert rows == sum(len(lines) for name, lines in after.items() if name != "media")
    assert len(empty.records.search("routine")) == 2
    assert [line.id for line in empty.drafts.list("another")] == ["d1"]
    assert list((tmp_path / "empty").glob("import-*")) == []


def test_an_older_export_that_is_spoiled_changes_nothing(full: Store, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "older.zip"
    _export_as(full, "0007", tmp_path / "older.db", file)
    with zipfile.ZipFile(file) as packed:
        files = {entry: packed.read(entry) for entry in packed.namelist()}
    _line(files, "records", body='{"posted_at": "never", "targets": []}')
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, data in files.items():
            packed.writestr(entry, data)
    before = tables_of(empty)
    with pytest.raises(BadInput, match="import_damaged"):
        empty.import_all(file)
    assert tables_of(empty) == before
    assert list((tmp_path / "empty").glob("import-*")) == []


def _export_as(store: Store, schema: str, place: Path, file: Path) -> None:
    """Writes what a store of an older schema exports, made by its own steps, with the rows that it has tables for."""
    older = Database(place, fresh_key(), is_being_made=True)
    with store._database.reading() as source, older.changing_schema() as connection:
        climb(connection, LADDER.up_to(schema))
        for name, shape in shapes_of(connection).items():
            columns = ", ".join(shape.columns)
            rows = [tuple(row) for row in source.exec_driver_sql(f'SELECT {columns} FROM "{name}" ORDER BY rowid')]
            places = ", ".join("?" for _ in shape.columns)
            if rows:
                connection.exec_driver_sql(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', rows)
    export_all(older, file, NOON)
    older.close()


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda store: store.drafts.save(Draft("x", NOON, NOON, text="mine")), id="a draft"),
        pytest.param(lambda store: store.profile.save_account(DIARY), id="an account"),
    ],
)
def test_a_profile_with_work_in_it_is_left_alone(empty: Store, file: Path, write: Callable[[Store], object]) -> None:
    write(empty)
    before = tables_of(empty)
    with pytest.raises(BadInput, match="import_not_empty"):
        empty.import_all(file)
    assert tables_of(empty) == before


def _line(files: Files, table: str, **changed: object) -> None:
    """Changes the first row of a table, with a manifest that fits."""
    name = f"tables/{table}.jsonl"
    first, *rest = files[name].splitlines(keepends=True)
    _put(files, table, json.dumps(json.loads(first) | changed).encode() + b"\n" + b"".join(rest))


def _put(files: Files, table: str, data: bytes) -> None:
    manifest = json.loads(files["manifest.json"])
    digest = hashlib.sha256(data).hexdigest()
    manifest["tables"][table] = {"rows": data.count(b"\n"), "sha256": digest}
    files[f"tables/{table}.jsonl"] = data
    files["manifest.json"] = json.dumps(manifest).encode()


def _manifest(files: Files, **changed: object) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | changed).encode()


def _without(files: Files, name: str) -> None:
    del files[name]


def _two_hats_for_one(files: Files) -> None:
    _line(files, "accounts", hat="personal")


SPOILED: dict[str, tuple[Callable[[Files], object], str]] = {
    "no manifest": (lambda files: _without(files, "manifest.json"), "import_not_ours"),
    "a manifest that is no object": (lambda files: files.update({"manifest.json": b"[]"}), "import_not_ours"),
    "a manifest of brackets": (lambda files: files.update({"manifest.json": b"[" * 100_000}), "import_not_ours"),
    "another format": (lambda files: _manifest(files, format="other"), "import_not_ours"),
    "a newer format": (lambda files: _manifest(files, version=2), "import_newer"),
    "a newer schema": (lambda files: _manifest(files, schema="9999"), "import_newer"),
    "tables that its older schema has not": (lambda files: _manifest(files, schema="0007"), "import_damaged"),
    "no schema": (lambda files: _manifest(files, schema=""), "import_newer"),
    "a table that is missing": (lambda files: _without(files, "tables/drafts.jsonl"), "import_damaged"),
    "a table that nobody knows": (
        lambda files: _manifest(files, tables={"x; DROP TABLE drafts": {}}),
        "import_damaged",
    ),
    "a changed row": (
        lambda files: files.update(
            {"tables/drafts.jsonl": files["tables/drafts.jsonl"].replace(b"another", b"anothxr")}
        ),
        "import_damaged",
    ),
    "a column that nobody knows": (lambda files: _line(files, "drafts", more=1), "import_damaged"),
    "a number for a text": (lambda files: _line(files, "drafts", preview=7), "import_damaged"),
    "a number that no column holds": (lambda files: _line(files, "drafts", revision=10**30), "import_damaged"),
    "nothing where something must be": (lambda files: _line(files, "drafts", body=None), "import_damaged"),
    "a draft that is none": (lambda files: _line(files, "drafts", body="{}"), "import_damaged"),
    "a draft under another name": (lambda files: _line(files, "drafts", id="d9"), "import_damaged"),
    "a hat that is none": (lambda files: _line(files, "accounts", hat="both"), "import_damaged"),
    "a post under the other hat": (_two_hats_for_one, "import_damaged"),
    "brackets without end": (lambda files: _line(files, "drafts", body="[" * 100_000), "import_damaged"),
    "a version of no draft": (lambda files: _line(files, "draft_versions", draft_id="d9"), "import_damaged"),
    "a line without an end": (lambda files: _put(files, "tallies", b'{"day":'), "import_damaged"),
    "a bomb": (lambda files: files.update({"tables/drafts.jsonl": bytes(64 << 20)}), "import_damaged"),
    "another picture": (
        lambda files: files.update({f"media/{MEDIA.digest}": b"something else"}),
        "import_damaged",
    ),
    "a picture that leads elsewhere": (lambda files: files.update({"media/../../x": b"x"}), "import_damaged"),
}


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_a_hostile_file_is_refused_and_changes_nothing(empty: Store, file: Path, tmp_path: Path, name: str) -> None:
    spoil, code = SPOILED[name]
    with zipfile.ZipFile(file) as packed:
        files = {entry: packed.read(entry) for entry in packed.namelist()}
    spoil(files)
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, data in files.items():
            packed.writestr(entry, data)
    before = tables_of(empty)
    with pytest.raises(BadInput) as refused:
        empty.import_all(bad)
    assert refused.value.code == code
    assert tables_of(empty) == before
    empty.import_all(file)  # and the good one still comes in


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "import_not_ours", id="empty"),
        pytest.param(b"Dear diary", "import_not_ours", id="no zip"),
        pytest.param(None, "import_unreadable", id="a folder"),
    ],
)
def test_what_is_no_export_is_refused(empty: Store, tmp_path: Path, data: bytes | None, code: str) -> None:
    bad = tmp_path / "bad.zip"
    bad.mkdir() if data is None else bad.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        empty.import_all(bad)
    assert refused.value.code == code


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(empty: Store, file: Path, share: float) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadInput, match="import_"):
        empty.import_all(file)


def test_a_flipped_byte_anywhere_is_refused_or_does_no_harm(full: Store, file: Path, tmp_path: Path) -> None:
    before, data = tables_of(full), file.read_bytes()
    refused = 0
    for place in range(0, len(data), len(data) // 25):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        store = open_store(tmp_path / f"profile-{place}", fresh_key())
        try:
            store.import_all(file)
        except BadInput:
            refused += 1
        else:
            assert tables_of(store) == before  # a byte that says nothing, such as the date of an entry
        finally:
            store.close()
    assert refused > 10


def test_the_command_line_takes_a_profile_elsewhere(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = SessionVault()
    monkeypatch.setattr("twohats.vault.keyring_vault.KeyringVault", lambda: vault)
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "out.zip"
    assert run(["export", str(file), "--home", str(old)]) == 3, "there is nothing yet"
    house = open_house(old, vault)
    house.services.drafts.save(Draft("d1", NOON, NOON, text="taken along"))
    house.close()
    assert run(["export", str(file), "--home", str(old)]) == 0
    assert "not encrypted" in capsys.readouterr().out
    assert run(["export", str(file), "--home", str(old)]) == 3, "it is there already"
    assert run(["export", str(file), "--home", str(old), "--replace"]) == 0
    assert run(["import", str(file), "--home", str(old)]) == 3
    assert "never mixes two" in capsys.readouterr().err
    window = Claim(new / "window.lock")
    new.mkdir()
    assert window.take()
    assert run(["import", str(file), "--home", str(new)]) == 3, "a window is open there"
    window.give_back()
    assert run(["import", str(file), "--home", str(new)]) == 0
    house = open_house(new, vault)
    kept = house.services.drafts.get("d1")
    house.close()
    assert kept is not None
    assert kept.text == "taken along"
