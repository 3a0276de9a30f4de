"""What `Core` does to all links that a search finds, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from cunzhao.core.order.undoing import Undoing
from cunzhao.core.queries import collected
from cunzhao.core.search import aliases as search_aliases
from cunzhao.core.search.facets import filters_of
from cunzhao.core.search.searching import Searching
from cunzhao.core.values.search import SearchWanted
from cunzhao.core.values.workbench import BULK_LINKS, BulkAct, BulkDone, CollectionName
from cunzhao.organize.query import read_query
from cunzhao.storage.models import Link

_AT_ONCE = 500  # ids in one statement; SQLite bounds the parameters


class Matching(Undoing, Searching):
    def collection_names(self) -> tuple[CollectionName, ...]:
        """Of the collections there are, by title."""
        with self._database.reading() as session:
            return collected.names(session)

    def count(self, wanted: SearchWanted) -> int:
        """How many documents a search finds, and nothing else of it. Raises UsageWrong."""
        with self._database.reading() as session:
            terms = read_query(wanted.q, search_aliases.aliases_of(session))
            filters = filters_of(session, wanted.narrow)
            return self._deriver.index.search(terms, filters=filters, limit=1, texts=lambda _: {})[1]

    def matching(self, wanted: SearchWanted) -> tuple[str, ...]:
        """The links whose shown document the search finds, each once. Raises UsageWrong."""
        with self._database.reading() as session:
            index = self._deriver.index
            terms = read_query(wanted.q, search_aliases.aliases_of(session))
            filters = filters_of(session, wanted.narrow)
            _, total = index.search(terms, filters=filters, limit=1, texts=lambda _: {})
            hits, _ = index.search(terms, filters=filters, limit=total, texts=lambda _: {})
            found: dict[str, None] = {}
            for some in _parts([hit.snapshot for hit in hits], _AT_ONCE):
                query = sa.select(Link.id).where(Link.best_id.in_(some), Link.removed.is_(None))
                found |= dict.fromkeys(session.scalars(query))
        return tuple(found)

    def bulk_matching(self, wanted: SearchWanted, act: BulkAct) -> BulkDone:
        """Do one thing to all links that the search finds, BULK_LINKS at a time: each lot all or none."""
        done = [
            self.bulk(replace(act, links=tuple(some))) for some in _parts(self.matching(wanted), BULK_LINKS)
        ]
        if not done:
            return self.bulk(replace(act, links=()))  # which says that nothing was chosen
        return BulkDone(
            action=act.action,
            changed=tuple(link for one in done for link in one.changed),
            missing=tuple(link for one in done for link in one.missing),
            undo=tuple(back for one in reversed(done) for back in one.undo),
        )


def _parts(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for n in range(0, len(ids), most):
        yield ids[n : n + most]
