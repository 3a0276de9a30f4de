"""jobs put away, links with titles, acts taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.add_column(sa.Column("dismissed", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("job_item") as batch:
        batch.add_column(sa.Column("said", sa.JSON(), server_default="{}", nullable=False))
    op.create_table(
        "undo",
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_index("ix_undo_at", "undo", ["at"])


def downgrade() -> None:
    op.drop_table("undo")
    with op.batch_alter_table("job_item") as batch:
        batch.drop_column("said")
    with op.batch_alter_table("job") as batch:
        batch.drop_column("dismissed")
