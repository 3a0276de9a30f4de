"""lists that grow are paged by key: indexes for their orders; how often a collection was rearranged"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ORDERS = (
    ("link_in_order", "link", ["added", "id"]),
    ("collected_in_order", "collected", ["collection_id", "place", "link_id"]),
    ("fact_by_kind", "fact", ["kind", "snapshot_id"]),
)


def upgrade() -> None:
    for name, table, columns in ORDERS:
        op.create_index(name, table, columns, unique=False)
    op.add_column("collection", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("collection") as batch:
        batch.drop_column("turn")
    for name, table, _ in ORDERS:
        op.drop_index(name, table)
