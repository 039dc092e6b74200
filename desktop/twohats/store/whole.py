"""What a whole export holds: the tables that rows lie in, and how the file is laid out.

A zip file: `manifest.json` (format, version, schema, when it was made, and for each file rows and SHA-256),
`tables/NAME.jsonl` (one JSON object a row, by column; times are whole microseconds since 1970 UTC) and `media/DIGEST`
(the bytes of each picture, named by their SHA-256). Indexes that follow from the rows are made anew by the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

FORMAT = "two-hats-export"
VERSION = 1
MANIFEST = "manifest.json"
ABOUT = "README.txt"
MEDIA = "media"
"""The table whose bytes lie in files of their own, beside its digests."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the file knows it: SQL's type of each column, and those that may be null. `is_index` for a table of
    words, whose rows have a number that is no column."""

    name: str
    columns: Mapping[str, str]
    nullable: frozenset[str]
    is_index: bool = False


def shapes_of(connection: Connection) -> dict[str, Shape]:
    """All tables whose rows are data, in the order in which they were made: what others point at comes first."""
    made = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    ).all()
    virtual = {name: sql for name, sql in made if sql.upper().startswith("CREATE VIRTUAL")}
    found = {}
    for name, _sql in made:
        is_shadow = any(name.startswith(f"{table}_") for table in virtual)
        follows = name in virtual and "content=" in virtual[name]
        if not (is_shadow or follows or name == "alembic_version"):
            found[name] = _shape(connection, name, name in virtual)
    return found


def _shape(connection: Connection, name: str, is_index: bool) -> Shape:
    rows = connection.exec_driver_sql(f'PRAGMA table_info("{name}")').mappings().all()
    columns = {row["name"]: "TEXT" if is_index else row["type"].upper() for row in rows}
    nullable = frozenset(row["name"] for row in rows if not (row["notnull"] or row["pk"]))
    if is_index:
        columns = {"rowid": "INTEGER", **columns}
    return Shape(name, columns, nullable, is_index)
