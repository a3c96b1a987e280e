"""The tables of the register. `entries` is the truth; everything else can be made again from it."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("ref", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_of", "kind", "ref"),
    Index("entries_case", "case_id", "seq"),
)

head = Table(
    "head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("items_case", "case_id"),
)

commitments = Table(
    "commitments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ref", Text, nullable=False, unique=True),
    Column("case_id", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("made", Date, nullable=False),
    Column("year", Integer, nullable=False),
    Column("area", String(16), nullable=False),
    Column("owed_by", Text, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("action", String(16), nullable=False),
    Column("says", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("commitments_case", "case_id", "made"),
    Index("commitments_thread", "thread"),
)

standings = Table(
    "standings",
    metadata,
    Column("ref", Text, ForeignKey("commitments.ref", ondelete="CASCADE"), primary_key=True),
    Column("start", Date, primary_key=True),
    Column("stop", Date, nullable=False),
    Column("status", String(32), nullable=False),
    Column("due", Date),
)

packed = Table(
    "packed",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("refs", Text, nullable=False),
    Column("standings", LargeBinary, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("facet", String(16), primary_key=True),
    Column("code", Integer, primary_key=True, autoincrement=False),
    Column("word", Text, nullable=False),
)
