"""When a delivery is to go, as a time on the wall of a named zone, and who keeps it until then."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEEPERS = "keeper IN ('here', 'there')"


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("deliveries.id"), primary_key=True),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.Column("local", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("keeper", sa.Text, sa.CheckConstraint(_KEEPERS, name="plans_keeper_known"), nullable=False),
        sa.Column("is_settled", sa.Integer, nullable=False),
    )
    op.create_index("plans_by_time", "plans", ["at"])
    op.create_index("plans_by_post", "plans", ["post_id"])
