"""abbreviations that search knows"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_alias",
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("meaning", sa.String(length=400), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "meaning"),
    )


def downgrade() -> None:
    op.drop_table("search_alias")
