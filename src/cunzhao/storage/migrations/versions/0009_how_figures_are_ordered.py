"""how figures are ordered; agreements, projects, people and bodies in columns that can be asked"""

from typing import Any

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


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _placed(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        *columns,
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("snapshot_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["snapshot_id"], ["document.snapshot_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"ix_{table}_snapshot_id", table, ["snapshot_id"], unique=False)


def upgrade() -> None:
    _figures()
    _agreements()
    _others()


def _figures() -> None:
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


def _agreements() -> None:
    _placed(
        "agreement",
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("date", sa.String(length=40), nullable=False),
        sa.Column("nature", sa.String(length=8), nullable=False),
    )
    op.create_index("agreement_in_order", "agreement", ["date", "id"], unique=False)
    op.create_table(
        "agreement_place",
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("agreement_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", "agreement_id"),
    )
    op.create_index("ix_agreement_place_agreement_id", "agreement_place", ["agreement_id"], unique=False)


def _others() -> None:
    _placed(
        "project",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("amount", sa.Numeric(38, 6), nullable=False),
        sa.Column("currency", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
    )
    op.create_index("project_in_order", "project", ["amount", "id"], unique=False)
    op.create_index("project_by_stage", "project", ["stage", "amount", "id"], unique=False)
    op.create_index("project_by_area", "project", ["area", "amount", "id"], unique=False)
    _placed(
        "named",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
    )
    op.create_index("named_by_name", "named", ["kind", "name", "snapshot_id"], unique=False)
    op.create_index("ix_link_removed", "link", ["removed"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_link_removed", table_name="link")
    for table in ("named", "project", "agreement_place", "agreement"):
        op.drop_table(table)
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_source"))
    with op.batch_alter_table("observation", schema=None) as batch_op:
        for name in ORDERS:
            batch_op.drop_index(name)
        batch_op.create_index("observation_by_key", ["indicator", "region", "period"], unique=False)
        batch_op.drop_column("at_days")
        batch_op.drop_column("at_area")
