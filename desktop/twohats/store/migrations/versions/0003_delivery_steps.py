"""What attempts of a delivery have done, so that the next one goes on from there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_steps",
        sa.Column("delivery_id", sa.Text, sa.ForeignKey("deliveries.id"), primary_key=True),
        sa.Column("step", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
