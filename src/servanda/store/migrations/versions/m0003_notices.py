"""Which notice went to whom and when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table beside the chain; what is held stays as it is."""
    op.create_table(
        "notices",
        sa.Column("key", sa.String(64), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("case_id", "rule", "thread", "recipient")),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("claimed", sa.String(32), nullable=False),
        sa.Column("sent", sa.String(32)),
    )
    op.create_index("notices_case", "notices", ["case_id"])
