"""What an older version kept as a collection's name on a link becomes a collection."""

from __future__ import annotations

from importlib import resources

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.storage.database import _engine_of

LINKS = [
    ("a", "专题一", 3),
    ("b", "专题一", 1),
    ("c", "", 2),
    ("d", "专题二", 4),
]  # id, collection, day added


def older(settings: Settings) -> None:
    """A database of the version before collections were things of their own."""
    settings.home.mkdir(parents=True)
    engine = _engine_of(settings.database_url)
    config = Config()
    config.set_main_option("script_location", str(resources.files("cunzhao.storage") / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for id, name, day in LINKS:
            row = {"id": id * 16, "url": f"http://{id}.cn/", "name": name, "at": f"2026-11-0{day} 08:00:00"}
            connection.execute(
                sa.text(
                    "INSERT INTO link (id, url, title, note, collection, added, given) "
                    "VALUES (:id, :url, '', '', :name, :at, true)"
                ),
                row,
            )
            connection.execute(sa.text("INSERT INTO link_tag (link_id, tag) VALUES (:id, '规划')"), row)
    engine.dispose()


def test_names_on_links_become_collections_in_the_order_the_links_were_added(settings: Settings) -> None:
    older(settings)
    with Core.open(settings) as core:
        cards = core.collections().collections
        assert [(card.title, card.links) for card in cards] == [("专题一", 2), ("专题二", 1)]
        assert [row.url for row in core.collection(cards[0].id).links] == ["http://b.cn/", "http://a.cn/"]
        assert [row.tags for row in core.home().links] == [("规划",)] * 4
        assert core.make_collection("专题三").id not in {card.id for card in cards}
        with core._database.reading() as session:
            assert session.scalar(sa.text("SELECT count(*) FROM link WHERE address = ''")) == 0
