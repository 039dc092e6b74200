"""Writes everything but secrets into one file that any program can read (whole.py says how it is laid out)."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from twohats.model.errors import StoreFull
from twohats.store.encoding import moment_json
from twohats.store.tables import alembic_version
from twohats.store.tables import media as media_table
from twohats.store.transactions import Database
from twohats.store.whole import ABOUT, FORMAT, MANIFEST, MEDIA, VERSION, Shape, shapes_of

_ABOUT = """This file holds everything that Two Hats keeps for you, but no password and no key.

It is not encrypted: whoever has it can read all your drafts, posts and records. Keep it where nobody else looks.

tables/    one file a table, one JSON object a line
media/     pictures, each named by its SHA-256
manifest.json    what belongs to it, with a SHA-256 of each file

`twohats import FILE` puts it into an empty profile. Afterwards each account asks you to sign in again.
"""


def export_all(database: Database, target: Path, now: datetime) -> int:
    """Writes the file, of one moment and whole or not at all; what lay there is replaced. Says how many rows it holds.

    Raises StoreFull("export_not_written"), StoreError.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        try:
            unfinished.touch(mode=0o600)
            with (
                database.reading() as connection,
                zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
            ):
                rows = _write(connection, packed, now)
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreFull("export_not_written", errno=problem.errno or 0) from None
    return rows


def _write(connection: Connection, packed: zipfile.ZipFile, now: datetime) -> int:
    files = {
        shape.name: _write_table(connection, packed, shape)
        for shape in shapes_of(connection).values()
        if shape.name != MEDIA
    }
    pictures = 0
    for digest in connection.execute(select(media_table.c.digest).order_by(media_table.c.digest)).scalars().all():
        data = connection.execute(select(media_table.c.data).where(media_table.c.digest == digest)).scalar_one()
        packed.writestr(zipfile.ZipInfo(f"{MEDIA}/{digest}"), bytes(data))  # pictures are packed already
        pictures += 1
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "schema": connection.execute(select(alembic_version.c.version_num)).scalar_one(),
        "made_at": moment_json(now),
        "tables": files,
        "media": pictures,
    }
    packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
    packed.writestr(ABOUT, _ABOUT)
    return sum(int(file["rows"]) for file in files.values())


def _write_table(connection: Connection, packed: zipfile.ZipFile, shape: Shape) -> dict[str, str | int]:
    name = f"tables/{shape.name}.jsonl"
    seen, rows = hashlib.sha256(), 0
    with packed.open(name, "w", force_zip64=True) as file:
        for line in rows_as_lines(connection, shape):
            file.write(line)
            seen.update(line)
            rows += 1
    return {"file": name, "rows": rows, "sha256": seen.hexdigest()}


def rows_as_lines(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """Each row of a table as a line of JSON."""
    columns = ", ".join(f'"{column}"' for column in shape.columns)
    found = connection.exec_driver_sql(f'SELECT {columns} FROM "{shape.name}" ORDER BY rowid')  # noqa: S608 - our own names
    for row in found:
        # Escaped: what JSON holds may be half a character, which UTF-8 has no bytes for.
        yield (json.dumps(dict(zip(shape.columns, row, strict=True)), separators=(",", ":")) + "\n").encode("ascii")
