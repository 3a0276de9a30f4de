"""an index of the links that are not in the trash, in their order, and whether a user gave them himself"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("link_live", "link", ["removed", "added", "id", "given"])
    op.drop_index("ix_link_removed", "link")


def downgrade() -> None:
    op.create_index("ix_link_removed", "link", ["removed"])
    op.drop_index("link_live", "link")
