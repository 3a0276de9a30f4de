"""Alembic's entry: migrates the connection that `open_database` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from cunzhao.storage import account_models, filed, organized  # noqa: F401 (their tables are of the metadata)
from cunzhao.storage.models import Base, UtcTime


def _plain_types(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Migrations name SQLAlchemy's own types, so that a later change of ours does not change history."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_plain_types,
)
with context.begin_transaction():
    context.run_migrations()
