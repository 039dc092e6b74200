"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_HATS = "hat IN ('personal', 'professional')"
_STATES = "state IN ('waiting', 'sending', 'sent', 'held', 'unknown', 'failed', 'cancelled', 'taken_down')"


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="identities_hat_known"), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="accounts_hat_known"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("network", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("handle", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "hat", name="accounts_id_hat"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "allowances",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "severities",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="severities_hat_known"), primary_key=True),
        sa.Column(
            "severity",
            sa.Integer,
            sa.CheckConstraint("severity BETWEEN 0 AND 3", name="severities_severity_known"),
            nullable=False,
        ),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="drafts_hat_known")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("edited_at", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.Column("preview", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("drafts_listed", "drafts", ["deleted_at", "post_id", "edited_at"])
    op.create_table(
        "draft_words",
        sa.Column(
            "draft_id",
            sa.Text,
            sa.ForeignKey("drafts.id", ondelete="CASCADE", name="draft_words_draft"),
            primary_key=True,
        ),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "draft_versions",
        sa.Column(
            "draft_id",
            sa.Text,
            sa.ForeignKey("drafts.id", ondelete="CASCADE", name="draft_versions_draft"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "media",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.UniqueConstraint("post_id", name="approvals_post_id_once"),
        sa.Column("draft_id", sa.Text, nullable=False),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="approvals_hat_known"), nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("policy_version", sa.Integer, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("approved_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "hat", name="approvals_id_hat"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.Column("draft_id", sa.Text, nullable=False),
        sa.Column("approval_id", sa.Text, nullable=False),
        sa.Column("approval_digest", sa.Text, nullable=False),
        sa.Column("hat", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.UniqueConstraint("key", name="deliveries_key_once"),
        sa.Column("state", sa.Text, sa.CheckConstraint(_STATES, name="deliveries_state_known"), nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("problem_facts", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text),
        sa.Column("rendition", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["approval_id", "hat"], ["approvals.id", "approvals.hat"], name="deliveries_approval"),
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "due_at"])
    op.create_index("deliveries_by_post", "deliveries", ["post_id", "position"])
    op.create_table(
        "records",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.UniqueConstraint("post_id", name="records_post_id_once"),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="records_hat_known"), nullable=False),
        sa.Column("is_undone", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("records_listed", "records", ["is_undone", "number"])
    op.execute("CREATE VIRTUAL TABLE record_words USING fts5(words, tokenize='trigram', detail='none')")
    op.execute(
        """CREATE TRIGGER account_keeps_its_hat BEFORE UPDATE OF id, hat ON accounts
WHEN NEW.id <> OLD.id OR NEW.hat <> OLD.hat
BEGIN SELECT RAISE(ABORT, 'mixed identities'); END"""
    )
    op.execute(
        """CREATE TRIGGER delivery_wears_the_hat_of_its_account
BEFORE INSERT ON deliveries
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND hat <> NEW.hat)
BEGIN SELECT RAISE(ABORT, 'mixed identities'); END"""
    )
    op.execute(
        """CREATE TRIGGER delivery_keeps_what_was_approved
BEFORE UPDATE OF id, post_id, draft_id, approval_id, approval_digest, hat, account_id, key, rendition ON deliveries
BEGIN SELECT RAISE(ABORT, 'approved bytes do not change'); END"""
    )
