"""By what records are found beside their words, and the links of the chain whose records were removed."""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PORTION = 500


def upgrade() -> None:
    op.create_table(
        "record_places",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("posted_at", sa.BigInteger, nullable=False),
        sa.Column("networks", sa.Text, nullable=False),
        sa.Column("was_quiet", sa.Integer, nullable=False),
    )
    op.create_index("record_places_by_time", "record_places", ["posted_at"])
    op.create_table(
        "records_removed",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("removed_at", sa.BigInteger, nullable=False),
    )
    _fill()


def _fill() -> None:
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.text("SELECT number, body FROM records WHERE number > :last ORDER BY number LIMIT :many"),
        {"last": last, "many": _PORTION},
    ).all():
        for number, body in rows:
            kept = json.loads(body)
            at = datetime.fromisoformat(kept["posted_at"])
            networks = sorted({target["network"] for target in kept["targets"]})
            connection.execute(
                sa.text("INSERT INTO record_places VALUES (:number, :at, :networks, :quiet)"),
                {
                    "number": number,
                    "at": (at - _EPOCH) // timedelta(microseconds=1),
                    "networks": f" {' '.join(networks)} ",
                    "quiet": int(kept.get("was_quiet", False)),
                },
            )
        last = rows[-1][0]
