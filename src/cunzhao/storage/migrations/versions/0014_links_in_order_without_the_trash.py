"""indexes of the links that are kept, in their order, and of those in the trash, in theirs"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEPT, TRASH = sa.text("removed IS NULL"), sa.text("removed IS NOT NULL")


def upgrade() -> None:
    op.create_index("link_live", "link", ["added", "id", "given"], sqlite_where=KEPT, postgresql_where=KEPT)
    op.create_index("link_trash", "link", ["removed", "id"], sqlite_where=TRASH, postgresql_where=TRASH)
    op.drop_index("ix_link_removed", "link")


def downgrade() -> None:
    op.create_index("ix_link_removed", "link", ["removed"])
    op.drop_index("link_trash", "link")
    op.drop_index("link_live", "link")
