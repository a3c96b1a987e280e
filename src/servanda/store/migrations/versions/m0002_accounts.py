"""Accounts with their sessions, attempts, log and secret, and the private notes of each party with their heads."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables beside the chain; what is held stays as it is."""
    _accounts()
    _sessions()
    op.create_table(
        "account_log",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "what", "about")),
    )
    op.create_table(
        "secret",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    _notes()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("party", sa.Text),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("tracks", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("email", "password", "factor")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("factor_on", "factor_required")),
        sa.Column("factor_last", sa.Integer, nullable=False),
        sa.Column("recovery", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
    )
    op.create_index("accounts_email", "accounts", ["email"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("account", sa.String(80), sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.String(32), nullable=False) for name in ("made", "seen", "ends")),
        sa.Column("browser", sa.Text, nullable=False),
    )
    op.create_index("sessions_account", "sessions", ["account"])
    op.create_index("sessions_ends", "sessions", ["ends"])
    op.create_table(
        "attempts",
        sa.Column("what", sa.String(80), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", sa.String(32), nullable=False),
    )
    op.create_index("attempts_last", "attempts", ["last"])


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("party", sa.String(16), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        *(sa.Column(name, sa.String(16), nullable=False) for name in ("act", "about")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("ref", "says")),
        sa.Column("of", sa.Integer),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("before", "hash")),
    )
    op.create_index("notes_about", "notes", ["party", "about", "ref", "seq"])
    op.create_table(
        "note_heads",
        sa.Column("party", sa.String(16), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
