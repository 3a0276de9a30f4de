"""The database opens at the newest migration, and the migrations make what the models say."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cunzhao.errors import DatabaseUnreachable
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from cunzhao.storage.models import Base, Link, LinkTag


def test_migrations_give_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_second_opening_finds_what_the_first_wrote(settings: Settings) -> None:
    added = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    first = open_database(settings)
    with first.writing() as session:
        session.add(Link(id="a" * 16, url="http://x.cn/", added=added, tags=[LinkTag(tag="交通")]))
    first.close()
    second = open_database(settings)
    with second.reading() as session:
        link = session.scalars(sa.select(Link)).one()
        assert (link.url, link.added, [t.tag for t in link.tags]) == ("http://x.cn/", added, ["交通"])
    second.close()


def test_an_error_rolls_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(Link(id="b" * 16, url="http://x.cn/", added=datetime.now(UTC)))
        session.flush()
        _ = 1 / 0
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Link)) == 0


def test_an_unreachable_server_is_named_without_its_password(tmp_path) -> None:
    wrong = Settings(home=tmp_path, database="postgresql://me:secret@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnreachable) as caught:
        open_database(wrong)
    assert "127.0.0.1" in caught.value.text("zh") and "secret" not in caught.value.text("zh")
