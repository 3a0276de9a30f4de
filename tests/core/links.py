"""Links in a core's database, without the captures that usually bring them."""

from __future__ import annotations

from datetime import timedelta

from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import Core, ids
from cunzhao.core.keeping import keeping
from cunzhao.storage.clock import now_utc
from cunzhao.storage.models import Snapshot


def given(core: Core, *urls: str, tags: tuple[str, ...] = (), collection: str = "") -> list[str]:
    """The ids of these links, added in this order."""
    made = []
    for n, url in enumerate(urls):
        link_id = ids.link_id(url_key(url))
        entry = Entry(url=url, tags=tags, collection=collection)
        with core._database.writing() as session:
            keeping.link_with(session, link_id, entry, now_utc() + timedelta(seconds=n))
        made.append(link_id)
    return made


def well_kept(core: Core, link_id: str, url: str) -> None:
    """Let a link have a complete snapshot."""
    with core._database.writing() as session:
        snapshot = Snapshot(
            id=ids.new_id(), link_id=link_id, verdict="complete", engine="http", requested_url=url,
            final_url=url, captured=now_utc(), seconds=1.0, bytes=1, missing=[],
        )  # fmt: skip
        session.add(snapshot)
        session.flush()
        link = keeping.locked_link(session, link_id)
        assert link
        link.best_id = snapshot.id


def tags_of(core: Core, link_id: str) -> tuple[str, ...]:
    return core.link(link_id).tags
