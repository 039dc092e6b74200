"""Counts of what became of findings, and what was said to the proposals that came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HATS = "hat IN ('personal', 'professional')"


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="tallies_hat_known"), primary_key=True),
        sa.Column(
            "severity",
            sa.Integer,
            sa.CheckConstraint("severity BETWEEN 0 AND 3", name="tallies_severity_known"),
            primary_key=True,
        ),
        sa.Column("outcome", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, sa.CheckConstraint("count > 0", name="tallies_count_something"), nullable=False),
    )
    op.create_table(
        "proposal_answers",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="proposal_answers_hat_known"), primary_key=True),
        sa.Column("kept", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("is_lowered", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
    )
