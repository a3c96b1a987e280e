"""The register: entries with their head, the present state, and the index of commitments."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables, and the full-text index in the database's own way."""
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "why")),
        *(sa.Column(name, sa.String(16), nullable=False) for name in ("act", "kind")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("ref", "case_id", "body")),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("before", "hash")),
    )
    op.create_index("ix_entries_at", "entries", ["at"])
    op.create_index("entries_of", "entries", ["kind", "ref"])
    op.create_index("entries_case", "entries", ["case_id", "seq"])
    op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("ref", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("items_case", "items", ["case_id"])
    _index_of_commitments()


def _index_of_commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("ref", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("case_id", "thread", "document")),
        sa.Column("made", sa.Date, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("area", sa.String(16), nullable=False),
        sa.Column("owed_by", sa.Text, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("says", "words")),
    )
    op.create_index("commitments_case", "commitments", ["case_id", "made"])
    op.create_index("commitments_thread", "commitments", ["thread"])
    op.create_table(
        "standings",
        sa.Column("ref", sa.Text, sa.ForeignKey("commitments.ref", ondelete="CASCADE"), primary_key=True),
        sa.Column("start", sa.Date, primary_key=True),
        sa.Column("stop", sa.Date, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("due", sa.Date),
    )
    op.create_table(
        "packed",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("refs", sa.Text, nullable=False),
        sa.Column("standings", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "codes",
        sa.Column("facet", sa.String(16), primary_key=True),
        sa.Column("code", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("word", sa.Text, nullable=False),
    )
    _full_text()


def _full_text() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Which words stand in which commitment and no more: the words themselves stand in `commitments`.
        how = "content='commitments', content_rowid='number', detail=none, columnsize=0, prefix='1'"
        op.execute(f"CREATE VIRTUAL TABLE commitment_words USING fts5(words, {how})")
    else:
        op.execute("CREATE INDEX commitment_words ON commitments USING gin (to_tsvector('simple', words))")
