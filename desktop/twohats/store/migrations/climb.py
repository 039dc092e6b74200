"""Takes a store from an older schema to today's, in one transaction: all steps or none."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from twohats.model.errors import StoreUnreadable
from twohats.store.migrations import Ladder


def climb(connection: Connection, ladder: Ladder) -> None:
    """Runs every step that is missing, within the transaction of the connection.

    Raises StoreUnreadable("store_damaged") when rows point at rows that are not there afterwards.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ladder.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, ladder.top)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreUnreadable("store_damaged")
