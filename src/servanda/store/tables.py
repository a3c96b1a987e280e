"""The tables of the register. `entries` is the truth about the case, and its indexes can be made again from it.

Accounts with what belongs to them, and the private notes of a party, stand beside it: no entry tells of them.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

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

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("party", Text),
    Column("role", String(16), nullable=False),
    Column("tracks", Text, nullable=False),
    Column("email", Text),
    Column("password", Text),
    Column("factor", Text),
    Column("factor_on", Boolean, nullable=False),
    Column("factor_required", Boolean, nullable=False),
    Column("factor_last", Integer, nullable=False),
    Column("recovery", Text, nullable=False),
    Column("subject", Text, unique=True),
    Column("active", Boolean, nullable=False),
    Column("made", String(32), nullable=False),
    Index("accounts_email", "email"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("id", String(16), nullable=False),
    Column("account", String(80), ForeignKey("accounts.name"), nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("made", String(32), nullable=False),
    Column("seen", String(32), nullable=False),
    Column("ends", String(32), nullable=False),
    Column("browser", Text, nullable=False),
    Index("sessions_account", "account"),
    Index("sessions_ends", "ends"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("what", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", String(32), nullable=False),
    Index("attempts_last", "last"),
)

account_log = Table(
    "account_log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
)

secret = Table(
    "secret",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("value", LargeBinary, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("party", String(16), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("about", String(16), nullable=False),
    Column("ref", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("of", Integer),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("notes_about", "party", "about", "ref", "seq"),
)

note_heads = Table(
    "note_heads",
    metadata,
    Column("party", String(16), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("claimed", String(32), nullable=False),
    Column("sent", String(32)),
    Index("notices_case", "case_id"),
)
