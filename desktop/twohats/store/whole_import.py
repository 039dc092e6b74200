"""Reads a whole export into an empty profile: as it was, row by row, or not at all. One of an older schema goes through
a store of that schema, encrypted and for the moment, which then climbs as every older store does.

A file from elsewhere is not trusted: nothing is unpacked onto the disk, names count only where the schema knows them,
sizes are bounded, and every row must have the form that the program itself writes.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from twohats.model.errors import BadInput, MixedIdentities, StoreUnreadable
from twohats.store.encoding import Json, allowance_of, draft_of, identity_of, receipt_of, rendition_of, text_map_of
from twohats.store.key import FILE_NAME, fresh_key
from twohats.store.migrations import LADDER, Ladder
from twohats.store.restoring import hold_open
from twohats.store.transactions import Database
from twohats.store.whole import FORMAT, MANIFEST, MEDIA, VERSION, Shape, shapes_of

_MANIFEST_BYTES = 1 << 20
_LINE_BYTES = 64 << 20
_PICTURE_BYTES = 256 << 20
_MANY_FILES = 200_000
_RATIO = 600  # words pack about 4 to 1, the same lines again 80 to 1, zeros 1,000 to 1
_TOTAL_RATIO = 100
_USUAL_BYTES = 1 << 30
_SMALL_BYTES = 16 << 20  # below that, no ratio does harm
_PORTION = 500
# A profile that holds none of these has nothing that could be lost.
_WORK = ("accounts", "drafts", "approvals", "records", "media")
_READERS: Mapping[tuple[str, str], Callable[[Json], object]] = {
    ("drafts", "body"): draft_of,
    ("draft_versions", "body"): draft_of,
    ("identities", "body"): identity_of,
    ("allowances", "body"): allowance_of,
    ("deliveries", "rendition"): rendition_of,
    ("deliveries", "receipt"): receipt_of,
    ("deliveries", "problem_facts"): text_map_of,
    ("accounts", "settings"): text_map_of,
    ("approvals", "body"): dict,
    ("records", "body"): dict,
}


def import_all(database: Database, source: Path, ladder: Ladder = LADDER) -> int:
    """Reads the file into the store; says how many rows it held. What could leave by itself is held.

    Raises BadInput("import_not_empty") when the profile holds anything that was written or connected;
    BadInput("import_unreadable" | "import_not_ours" | "import_newer" | "import_damaged"), StoreError.
    Nothing has changed then.
    """
    try:
        with zipfile.ZipFile(source) as packed, database.changing_schema() as connection:
            if not is_empty(connection):
                raise BadInput("import_not_empty")
            manifest = _manifest(packed)
            _refuse_bombs(packed)
            schema = str(manifest["schema"])
            if schema not in ladder.revisions:
                raise BadInput("import_newer")
            if schema == ladder.top:
                return _load(packed, manifest, connection)
            return _load_older(packed, manifest, ladder.up_to(schema), ladder, database.path.parent, connection)
    except OSError:
        raise BadInput("import_unreadable") from None
    except MixedIdentities:
        raise BadInput("import_damaged") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, struct.error):
        raise BadInput("import_not_ours") from None
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        raise BadInput("import_damaged") from None
    except SQLAlchemyError as problem:
        if isinstance(problem, DBAPIError):
            raise BadInput("import_damaged") from None
        raise


def is_empty(connection: Connection) -> bool:
    """Whether nothing was written or connected yet. Settings and names of identities do not count."""
    return not any(connection.exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1').first() for name in _WORK)  # noqa: S608


def _manifest(packed: zipfile.ZipFile) -> dict[str, Any]:  # Any: what JSON holds
    try:
        with packed.open(MANIFEST) as file:
            told = json.loads(file.read(_MANIFEST_BYTES))
    except (KeyError, ValueError, RecursionError):
        raise BadInput("import_not_ours") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise BadInput("import_not_ours")
    if told.get("version") != VERSION:
        raise BadInput("import_newer")
    return told


def _refuse_bombs(packed: zipfile.ZipFile) -> None:
    files = packed.infolist()
    if len(files) > _MANY_FILES or len({file.filename for file in files}) != len(files):
        raise BadInput("import_damaged")
    if any(file.file_size > _SMALL_BYTES and file.file_size > _RATIO * max(1, file.compress_size) for file in files):
        raise BadInput("import_damaged")
    whole = sum(file.file_size for file in files)
    if whole > max(_USUAL_BYTES, _TOTAL_RATIO * sum(file.compress_size for file in files)):
        raise BadInput("import_damaged")


def _load(packed: zipfile.ZipFile, manifest: dict[str, Any], connection: Connection) -> int:
    shapes = shapes_of(connection)
    told = manifest["tables"]
    if not isinstance(told, dict) or set(told) != set(shapes) - {MEDIA}:
        raise BadInput("import_damaged")
    rows = 0
    for shape in shapes.values():
        connection.exec_driver_sql(f'DELETE FROM "{shape.name}"')  # noqa: S608 - a name of our own schema
    for name, shape in shapes.items():
        if name == MEDIA:
            _load_pictures(packed, manifest["media"], connection)
        else:
            rows += _load_table(packed, told[name], shape, connection)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BadInput("import_damaged")
    hold_open(connection, "imported")
    return rows


def _load_older(
    packed: zipfile.ZipFile,
    manifest: dict[str, Any],
    older: Ladder,
    ladder: Ladder,
    folder: Path,
    connection: Connection,
) -> int:
    # Loaded here: Alembic takes as long to load as the rest of the store.
    from twohats.store.migrations.climb import climb

    with TemporaryDirectory(dir=folder, prefix="import-", ignore_cleanup_errors=True) as place:
        between = Database(Path(place) / FILE_NAME, fresh_key(), is_being_made=True)
        try:
            try:
                with between.changing_schema() as source:
                    climb(source, older)
                    _load(packed, manifest, source)
                with between.changing_schema() as source:
                    climb(source, ladder)
            except StoreUnreadable:
                raise BadInput("import_damaged") from None
            with between.reading() as source:
                return _take_over(source, connection)
        finally:
            between.close()


def _take_over(source: Connection, connection: Connection) -> int:
    """All rows of another store of today's schema, in the place of what stands here; says how many, as an export
    counts them."""
    shapes = shapes_of(connection)
    rows = 0
    for shape in shapes.values():
        connection.exec_driver_sql(f'DELETE FROM "{shape.name}"')  # noqa: S608 - a name of our own schema
    for name, shape in shapes.items():
        columns, places = _columns(shape), ", ".join("?" for _ in shape.columns)
        put = f'INSERT INTO "{name}" ({columns}) VALUES ({places})'  # noqa: S608 - names of our own schema
        found = source.exec_driver_sql(f'SELECT {columns} FROM "{name}" ORDER BY rowid')  # noqa: S608 - the same
        for portion in found.partitions(1 if name == MEDIA else _PORTION):
            connection.exec_driver_sql(put, [tuple(row) for row in portion])
            rows += 0 if name == MEDIA else len(portion)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BadInput("import_damaged")
    return rows


def _columns(shape: Shape) -> str:
    return ", ".join(f'"{column}"' for column in shape.columns)


def _load_table(packed: zipfile.ZipFile, told: Mapping[str, object], shape: Shape, connection: Connection) -> int:
    columns, places = _columns(shape), ", ".join("?" for _ in shape.columns)
    put = f'INSERT INTO "{shape.name}" ({columns}) VALUES ({places})'  # noqa: S608 - names of our own schema
    seen, rows = hashlib.sha256(), 0
    portion: list[tuple[object, ...]] = []
    with packed.open(f"tables/{shape.name}.jsonl") as file:
        for line in _lines(file):
            seen.update(line)
            portion.append(_row(line, shape))
            rows += 1
            if len(portion) == _PORTION:
                connection.exec_driver_sql(put, portion)
                portion = []
    if portion:
        connection.exec_driver_sql(put, portion)
    if rows != told["rows"] or seen.hexdigest() != told["sha256"]:
        raise BadInput("import_damaged")
    return rows


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_LINE_BYTES):
        if not line.endswith(b"\n"):
            raise BadInput("import_damaged")
        yield line


def _row(line: bytes, shape: Shape) -> tuple[object, ...]:
    try:
        told = json.loads(line)
    except RecursionError:
        raise BadInput("import_damaged") from None
    if not isinstance(told, dict) or set(told) != set(shape.columns):
        raise BadInput("import_damaged")
    for column, value in told.items():
        _look_at_value(shape, column, value)
    if shape.name in ("drafts", "allowances") and json.loads(told["body"])["id"] != told["id"]:
        raise BadInput("import_damaged")
    return tuple(told[column] for column in shape.columns)


def _look_at_value(shape: Shape, column: str, value: object) -> None:
    wanted = int if "INT" in shape.columns[column] else str
    fits = (value is None and column in shape.nullable) or type(value) is wanted
    if not fits:
        raise BadInput("import_damaged")
    reader = _READERS.get((shape.name, column))
    if reader is not None and isinstance(value, str):
        try:
            reader(json.loads(value))
        except RecursionError:
            raise BadInput("import_damaged") from None


def _load_pictures(packed: zipfile.ZipFile, count: object, connection: Connection) -> None:
    pictures = [file for file in packed.infolist() if file.filename.startswith(f"{MEDIA}/")]
    if len(pictures) != count:
        raise BadInput("import_damaged")
    for file in pictures:
        with packed.open(file) as opened:
            data = opened.read(_PICTURE_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        if file.filename != f"{MEDIA}/{digest}":
            raise BadInput("import_damaged")
        connection.exec_driver_sql("INSERT INTO media (digest, data) VALUES (?, ?)", (digest, data))
