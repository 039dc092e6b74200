"""An index over the words of drafts, and what the check last said of each."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

_HATS = "hat IN ('personal', 'professional')"
_INDEX = (
    "CREATE VIRTUAL TABLE draft_index USING fts5(words, content='draft_words', content_rowid='number',"
    " tokenize='trigram', detail='none')"
)
_ADDED = """CREATE TRIGGER draft_words_added AFTER INSERT ON draft_words
BEGIN INSERT INTO draft_index (rowid, words) VALUES (NEW.number, NEW.words); END"""
_CHANGED = """CREATE TRIGGER draft_words_changed AFTER UPDATE ON draft_words
BEGIN INSERT INTO draft_index (draft_index, rowid, words) VALUES ('delete', OLD.number, OLD.words);
INSERT INTO draft_index (rowid, words) VALUES (NEW.number, NEW.words); END"""
_GONE = """CREATE TRIGGER draft_words_gone AFTER DELETE ON draft_words
BEGIN INSERT INTO draft_index (draft_index, rowid, words) VALUES ('delete', OLD.number, OLD.words); END"""


def upgrade() -> None:
    # Made anew under their own names: a table that is renamed takes along what points at it.
    op.execute("CREATE TABLE drafts_before AS SELECT * FROM drafts ORDER BY rowid")
    op.execute("CREATE TABLE draft_words_before AS SELECT * FROM draft_words")
    op.drop_table("draft_words")
    op.drop_table("drafts")
    op.create_table(
        "drafts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("hat", sa.Text, sa.CheckConstraint(_HATS, name="drafts_hat_known")),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("edited_at", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("post_id", sa.Text, nullable=False),
        sa.Column("preview", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="drafts_id_once"),
    )
    op.create_index("drafts_listed", "drafts", ["deleted_at", "post_id", "edited_at", "hat"])
    op.create_table(
        "draft_words",
        sa.Column(
            "number",
            sa.Integer,
            sa.ForeignKey("drafts.number", ondelete="CASCADE", name="draft_words_draft"),
            primary_key=True,
        ),
        sa.Column("words", sa.Text, nullable=False),
    )
    for statement in (_INDEX, _ADDED, _CHANGED, _GONE):
        op.execute(statement)
    op.execute(
        "INSERT INTO drafts (id, hat, revision, edited_at, deleted_at, post_id, preview, body)"
        " SELECT id, hat, revision, edited_at, deleted_at, post_id, preview, body FROM drafts_before ORDER BY rowid"
    )
    op.execute(
        "INSERT INTO draft_words SELECT drafts.number, before.words FROM drafts"
        " JOIN draft_words_before AS before ON before.draft_id = drafts.id"
    )
    op.drop_table("draft_words_before")
    op.drop_table("drafts_before")
    op.create_table(
        "draft_findings",
        sa.Column(
            "draft_id",
            sa.Text,
            sa.ForeignKey("drafts.id", ondelete="CASCADE", name="draft_findings_draft"),
            primary_key=True,
        ),
        sa.Column(
            "severity",
            sa.Integer,
            sa.CheckConstraint("severity BETWEEN 0 AND 3", name="draft_findings_severity_known"),
            nullable=False,
        ),
    )
