"""what became of a correction stands beside it, so that those of one state are found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("correction", sa.Column("state", sa.String(length=8), server_default="", nullable=False))
    op.create_index("correction_by_state", "correction", ["state", "id"])


def downgrade() -> None:
    op.drop_index("correction_by_state", "correction")
    with op.batch_alter_table("correction") as batch:
        batch.drop_column("state")
