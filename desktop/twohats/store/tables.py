"""The tables as they stand today. How files made earlier get here is told in migrations/."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HATS = "IN ('personal', 'professional')"
_STATES = "IN ('waiting', 'sending', 'sent', 'held', 'unknown', 'failed', 'cancelled', 'taken_down')"


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as whole microseconds since 1970 UTC: exact, and sorts."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are kept with their zone")
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData()

# As Alembic itself makes it.
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

identities = Table(
    "identities",
    metadata,
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="identities_hat_known"), primary_key=True),
    Column("body", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="accounts_hat_known"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("network", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("settings", Text, nullable=False),
    UniqueConstraint("id", "hat", name="accounts_id_hat"),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

allowances = Table(
    "allowances",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

severities = Table(
    "severities",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="severities_hat_known"), primary_key=True),
    Column(
        "severity",
        Integer,
        CheckConstraint("severity BETWEEN 0 AND 3", name="severities_severity_known"),
        nullable=False,
    ),
)

# `number` is the place of its words in the index; all else knows a draft by its id.
drafts = Table(
    "drafts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="drafts_hat_known")),
    Column("revision", Integer, nullable=False),
    Column("edited_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("post_id", Text, nullable=False),
    Column("preview", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("id", name="drafts_id_once"),
    Index("drafts_listed", "deleted_at", "post_id", "edited_at", "hat"),
)

# What a search looks through, apart from all that it need not decrypt.
draft_words = Table(
    "draft_words",
    metadata,
    Column(
        "number",
        Integer,
        ForeignKey("drafts.number", ondelete="CASCADE", name="draft_words_draft"),
        primary_key=True,
    ),
    Column("words", Text, nullable=False),
)

# How grave the gravest finding was when the draft was last checked, under its own hat (without one, under either).
draft_findings = Table(
    "draft_findings",
    metadata,
    Column(
        "draft_id", Text, ForeignKey("drafts.id", ondelete="CASCADE", name="draft_findings_draft"), primary_key=True
    ),
    Column(
        "severity",
        Integer,
        CheckConstraint("severity BETWEEN 0 AND 3", name="draft_findings_severity_known"),
        nullable=False,
    ),
)

# `saved_at` is when that state was written, `kept_at` when it was set aside, by the clock of that moment.
draft_versions = Table(
    "draft_versions",
    metadata,
    Column(
        "draft_id", Text, ForeignKey("drafts.id", ondelete="CASCADE", name="draft_versions_draft"), primary_key=True
    ),
    Column("number", Integer, primary_key=True),
    Column("saved_at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

media = Table(
    "media",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("post_id", Text, nullable=False),
    UniqueConstraint("post_id", name="approvals_post_id_once"),
    Column("draft_id", Text, nullable=False),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="approvals_hat_known"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("approved_at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("id", "hat", name="approvals_id_hat"),
)

# An account may be forgotten while its deliveries are kept: hence no foreign key to it, and a trigger instead.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("post_id", Text, nullable=False),
    Column("draft_id", Text, nullable=False),
    Column("approval_id", Text, nullable=False),
    Column("approval_digest", Text, nullable=False),
    Column("hat", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    UniqueConstraint("key", name="deliveries_key_once"),
    Column("state", Text, CheckConstraint(f"state {_STATES}", name="deliveries_state_known"), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("started_at", Moment),
    Column("problem", Text, nullable=False),
    Column("problem_facts", Text, nullable=False),
    Column("receipt", Text),
    Column("rendition", Text, nullable=False),
    ForeignKeyConstraint(["approval_id", "hat"], ["approvals.id", "approvals.hat"], name="deliveries_approval"),
    Index("deliveries_by_state", "state", "due_at"),
    Index("deliveries_by_post", "post_id", "position"),
)

# What attempts of a delivery have done: which part of a thread has which number there, what was uploaded.
delivery_steps = Table(
    "delivery_steps",
    metadata,
    Column("delivery_id", Text, ForeignKey("deliveries.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# When a delivery is to go: `local` as a clock shows it in `zone` (ISO 8601, to the minute), `at` the moment that this
# means. `is_settled`: it is known whether the network that kept it has published it.
plans = Table(
    "plans",
    metadata,
    Column("delivery_id", Text, ForeignKey("deliveries.id"), primary_key=True),
    Column("post_id", Text, nullable=False),
    Column("local", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("keeper", Text, CheckConstraint("keeper IN ('here', 'there')", name="plans_keeper_known"), nullable=False),
    Column("is_settled", Integer, nullable=False),
    Index("plans_by_time", "at"),
    Index("plans_by_post", "post_id"),
)

# Which delivery goes only once another is out. `link` leads to that one's post; null while it is not out.
orders = Table(
    "orders",
    metadata,
    Column("delivery_id", Text, ForeignKey("deliveries.id"), primary_key=True),
    Column("after_id", Text, ForeignKey("deliveries.id"), nullable=False),
    Column("link", Text),
    CheckConstraint("delivery_id <> after_id", name="orders_after_another"),
)

# `body` is the canonical JSON that `hash` covers; the other columns only find and sort it. `is_undone`: taken back
# whole, before anything left.
records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("post_id", Text, nullable=False),
    UniqueConstraint("post_id", name="records_post_id_once"),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="records_hat_known"), nullable=False),
    Column("is_undone", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("records_listed", "is_undone", "number"),
)

# By what a record is found beside its words. `networks` has a space before, between and after them.
record_places = Table(
    "record_places",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("posted_at", Moment, nullable=False),
    Column("networks", Text, nullable=False),
    Column("was_quiet", Integer, nullable=False),
    Index("record_places_by_time", "posted_at"),
)

# The links of the chain whose records were removed, so that the rest can still be checked.
records_removed = Table(
    "records_removed",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("removed_at", Moment, nullable=False),
)

# What became of findings: counts by day (ISO 8601, UTC), rule and hat. `outcome` and `reason` are codes.
tallies = Table(
    "tallies",
    metadata,
    Column("day", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="tallies_hat_known"), primary_key=True),
    Column(
        "severity",
        Integer,
        CheckConstraint("severity BETWEEN 0 AND 3", name="tallies_severity_known"),
        primary_key=True,
    ),
    Column("outcome", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("count", Integer, CheckConstraint("count > 0", name="tallies_count_something"), nullable=False),
)

# What was said to the last proposal of a rule to step down, with the counts that it spoke of.
proposal_answers = Table(
    "proposal_answers",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("hat", Text, CheckConstraint(f"hat {_HATS}", name="proposal_answers_hat_known"), primary_key=True),
    Column("kept", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("is_lowered", Integer, nullable=False),
    Column("day", Text, nullable=False),
)

# Not SQLAlchemy tables: made by hand here, and by hand in the migrations.
RECORD_WORDS = "CREATE VIRTUAL TABLE record_words USING fts5(words, tokenize='trigram', detail='none')"
# The words stand once, in draft_words; triggers keep the index beside them.
DRAFT_INDEX = (
    "CREATE VIRTUAL TABLE draft_index USING fts5(words, content='draft_words', content_rowid='number',"
    " tokenize='trigram', detail='none')"
)
DRAFT_WORDS_ADDED = """CREATE TRIGGER draft_words_added AFTER INSERT ON draft_words
BEGIN INSERT INTO draft_index (rowid, words) VALUES (NEW.number, NEW.words); END"""
DRAFT_WORDS_CHANGED = """CREATE TRIGGER draft_words_changed AFTER UPDATE ON draft_words
BEGIN INSERT INTO draft_index (draft_index, rowid, words) VALUES ('delete', OLD.number, OLD.words);
INSERT INTO draft_index (rowid, words) VALUES (NEW.number, NEW.words); END"""
DRAFT_WORDS_GONE = """CREATE TRIGGER draft_words_gone AFTER DELETE ON draft_words
BEGIN INSERT INTO draft_index (draft_index, rowid, words) VALUES ('delete', OLD.number, OLD.words); END"""
ACCOUNT_KEEPS_ITS_HAT = """CREATE TRIGGER account_keeps_its_hat BEFORE UPDATE OF id, hat ON accounts
WHEN NEW.id <> OLD.id OR NEW.hat <> OLD.hat
BEGIN SELECT RAISE(ABORT, 'mixed identities'); END"""
DELIVERY_WEARS_THE_HAT_OF_ITS_ACCOUNT = """CREATE TRIGGER delivery_wears_the_hat_of_its_account
BEFORE INSERT ON deliveries
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND hat <> NEW.hat)
BEGIN SELECT RAISE(ABORT, 'mixed identities'); END"""
DELIVERY_KEEPS_WHAT_WAS_APPROVED = """CREATE TRIGGER delivery_keeps_what_was_approved
BEFORE UPDATE OF id, post_id, draft_id, approval_id, approval_digest, hat, account_id, key, rendition ON deliveries
BEGIN SELECT RAISE(ABORT, 'approved bytes do not change'); END"""

for _statement in (
    RECORD_WORDS,
    DRAFT_INDEX,
    DRAFT_WORDS_ADDED,
    DRAFT_WORDS_CHANGED,
    DRAFT_WORDS_GONE,
    ACCOUNT_KEEPS_ITS_HAT,
    DELIVERY_WEARS_THE_HAT_OF_ITS_ACCOUNT,
    DELIVERY_KEEPS_WHAT_WAS_APPROVED,
):
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
