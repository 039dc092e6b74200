"""Which delivery goes after which, and the link that it waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("deliveries.id"), primary_key=True),
        sa.Column("after_id", sa.Text, sa.ForeignKey("deliveries.id"), nullable=False),
        sa.Column("link", sa.Text),
        sa.CheckConstraint("delivery_id <> after_id", name="orders_after_another"),
    )
