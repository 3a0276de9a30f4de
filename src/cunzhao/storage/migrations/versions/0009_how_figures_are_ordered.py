"""how figures are ordered: area and days under one name each, indexes for pages of figures"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

ORDERS = {
    "observation_in_order": ["indicator", "at_area", "at_days", "measure", "unit"],
    "observation_by_area": ["at_area", "indicator", "at_days", "measure", "unit"],
    "observation_by_days": ["at_days", "indicator", "at_area", "measure", "unit"],
    "observation_by_nature": ["nature", "indicator", "at_area", "at_days", "measure", "unit"],
}


def upgrade() -> None:
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at_area", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("at_days", sa.String(length=40), server_default="", nullable=False))
        batch_op.drop_index("observation_by_key")
    op.execute(
        "UPDATE observation SET at_area = CASE WHEN area <> '' THEN area ELSE region END, "
        "at_days = CASE WHEN days <> '' THEN days ELSE period END"
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        for name, columns in ORDERS.items():
            batch_op.create_index(name, columns, unique=False)
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_source"), ["source"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_source"))
    with op.batch_alter_table("observation", schema=None) as batch_op:
        for name in ORDERS:
            batch_op.drop_index(name)
        batch_op.create_index("observation_by_key", ["indicator", "region", "period"], unique=False)
        batch_op.drop_column("at_days")
        batch_op.drop_column("at_area")
