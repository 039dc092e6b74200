"""The bytes of pictures, by their digest."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from twohats.model.errors import BadInput, StoreError
from twohats.store.tables import deliveries, draft_versions, drafts, media
from twohats.store.transactions import Database


class MediaFiles:
    """Meets MediaStore. The same bytes are kept once, whoever shows them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, digest: str, data: bytes) -> None:
        """Raises BadInput("picture_changed") when the digest is not that of the bytes."""
        if hashlib.sha256(data).hexdigest() != digest:
            raise BadInput("picture_changed")
        with self._database.writing() as connection:
            connection.execute(insert(media).values(digest=digest, data=data).on_conflict_do_nothing())

    def read(self, digest: str) -> bytes:
        """Raises StoreError("picture_missing")."""
        with self._database.reading() as connection:
            data = connection.execute(select(media.c.data).where(media.c.digest == digest)).scalar_one_or_none()
        if data is None:
            raise StoreError("picture_missing")
        return bytes(data)


def forget_unused(connection: Connection, digests: Iterable[str]) -> None:
    """Drops those of the pictures that no draft, version or delivery shows any more."""
    for digest in digests:
        shown = or_(
            *(
                select(func.count()).select_from(table).where(func.instr(column, digest) > 0).scalar_subquery() > 0
                for table, column in (
                    (drafts, drafts.c.body),
                    (draft_versions, draft_versions.c.body),
                    (deliveries, deliveries.c.rendition),
                )
            )
        )
        connection.execute(delete(media).where(media.c.digest == digest, ~shown))
