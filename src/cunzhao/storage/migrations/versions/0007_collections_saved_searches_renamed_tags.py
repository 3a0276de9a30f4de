"""collections, saved searches, renamed tags, addresses of links, jobs that were stopped"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("collection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_title"), ["title"], unique=False)

    op.create_table(
        "collected",
        sa.Column("collection_id", sa.String(length=16), nullable=False),
        sa.Column("link_id", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection_id", "link_id"),
    )
    with op.batch_alter_table("collected", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collected_link_id"), ["link_id"], unique=False)

    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_name"), ["name"], unique=False)

    op.create_table(
        "tag_change",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("old", sa.String(length=200), nullable=False),
        sa.Column("new", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped", sa.DateTime(timezone=True), nullable=True))

    _collections_of_links(op.get_bind())
    # A table made anew would be dropped first on SQLite, and what refers to its rows (tags!) go with them.
    with op.batch_alter_table("link", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(length=16), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_link_address"), ["address"], unique=False)
        batch_op.drop_index(batch_op.f("ix_link_collection"))
        batch_op.drop_column("collection")


def _collections_of_links(connection: sa.Connection) -> None:
    """What was a name on a link becomes a collection that holds it."""
    link = sa.table("link", sa.column("id"), sa.column("collection"), sa.column("added"))
    names = sa.table("collection", *map(sa.column, ("id", "title", "note", "made", "removed")))
    held = sa.table("collected", *map(sa.column, ("collection_id", "link_id", "place")))
    query = sa.select(link.c.id, link.c.collection, link.c.added).where(link.c.collection != "")
    places: dict[str, int] = {}
    for link_id, title, added in connection.execute(query.order_by(link.c.added, link.c.id)).all():
        made = hashlib.sha256(f"{title}\0{0}".encode()).hexdigest()[:16]
        if title not in places:
            row = {"id": made, "title": title, "note": "", "made": added, "removed": None}
            connection.execute(names.insert(), [row])
        places[title] = places.get(title, 0) + 1
        row = {"collection_id": made, "link_id": link_id, "place": places[title]}
        connection.execute(held.insert(), [row])


def downgrade() -> None:
    with op.batch_alter_table("link", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("collection", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_link_collection"), ["collection"], unique=False)
        batch_op.drop_index(batch_op.f("ix_link_address"))
        batch_op.drop_column("address")

    with op.batch_alter_table("job", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("stopped")

    op.drop_table("tag_change")
    op.drop_table("saved_search")
    op.drop_table("collected")
    op.drop_table("collection")
