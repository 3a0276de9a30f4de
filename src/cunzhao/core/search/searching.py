"""What `Core` finds: documents by their words, titles as they are typed, facts by what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.queries import counted, listing
from cunzhao.core.search import aliases as search_aliases
from cunzhao.core.search import facts as search_facts
from cunzhao.core.search.facets import facets_of, filters_of
from cunzhao.core.search.listed import begun, following
from cunzhao.core.values.search import (
    FactsAsked,
    FactsPage,
    SearchHit,
    SearchPage,
    SearchWanted,
    TitleHit,
)
from cunzhao.language import language
from cunzhao.organize.filters import read_sort
from cunzhao.organize.fold import fold
from cunzhao.organize.pinyin import initials
from cunzhao.organize.query import read_query
from cunzhao.organize.search import SearchIndex, snippets
from cunzhao.organize.types import FactsWanted, Hit
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, Link, LinkTag, Snapshot

HITS = 20  # on one page
TITLES = 8
FACTS = 3  # shown beside documents
_LOOKED_AT = 100  # titles that may hold what was typed
_LETTERS = re.compile(r"[a-z0-9]{2,40}")


class Searching:
    _database: Database
    _deriver: Deriver
    settings: Settings

    def search(
        self,
        query: str = "",
        *,
        tag: str | None = None,
        wanted: SearchWanted | None = None,
        limit: int = HITS,
    ) -> SearchPage:
        """A page of what `wanted` asks for; `query` and `tag` alone are its short form.

        Raises UsageWrong for a filter that there is not.
        """
        began = perf_counter()
        asked = wanted or SearchWanted(q=query, narrow={"tag": (tag,)} if tag else {})
        with self._database.reading() as session:
            page = self._found(session, asked, limit)
        return replace(page, seconds=perf_counter() - began)

    def titles(self, typed: str, *, limit: int = TITLES) -> tuple[TitleHit, ...]:
        """Documents whose title holds what is typed, or the pinyin initials of it, as one types them."""
        with self._database.reading() as session:
            return _titles(session, self._deriver.index, typed, limit)

    def facts(self, asked: FactsAsked, *, limit: int = HITS) -> FactsPage:
        """Facts that say what is asked. Raises UsageWrong."""
        with self._database.reading() as session:
            return search_facts.page(session, self._deriver.index, asked, limit)

    def _found(self, session: Session, asked: SearchWanted, limit: int) -> SearchPage:
        index, texts = self._deriver.index, _Texts(session)
        terms = read_query(asked.q, search_aliases.aliases_of(session))
        filters, sort = filters_of(session, asked.narrow), read_sort(asked.sort)
        after = begun(asked.cursor, sort)
        found, total = index.search(
            terms,
            filters=filters,
            sort=sort,
            limit=limit + 1,
            after=after,
            texts=lambda these: texts.of(these[:limit]),
        )
        saying = FactsWanted(terms=tuple(term.spellings for term in terms))
        facts, said = index.facts(saying, limit=FACTS) if terms and not asked.cursor else ([], 0)
        waiting = sa.select(sa.func.count()).select_from(DocumentRow).where(~DocumentRow.indexed)
        return SearchPage(
            wanted=asked,
            also=tuple(dict.fromkeys(spelling for term in terms for spelling in term.spellings[1:])),
            hits=_hits(session, found[:limit], texts, language(self.settings.lang)),
            total=total,
            before=after.number,
            next=following(found, limit, sort, after.number),
            facets=facets_of(session, index.facets(terms, filters=filters), filters),
            titles=_titles(session, index, asked.q, TITLES) if _LETTERS.fullmatch(fold(asked.q)) else (),
            facts=search_facts.hits(session, facts),
            facts_total=said,
            seconds=0.0,
            waiting=session.scalar(waiting) or 0,
            terms=tuple(term.text for term in terms),
        )


class _Texts:
    """Texts of snapshots, asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.known: dict[str, str] = {}

    def of(self, snapshots: Sequence[str]) -> Mapping[str, str]:
        query = sa.select(DocumentRow.snapshot_id, DocumentRow.text)
        self.known |= listing.pairs(self._session, query.where(DocumentRow.snapshot_id.in_(snapshots)))
        return self.known


def _hits(session: Session, found: Sequence[Hit], texts: _Texts, lang: str) -> tuple[SearchHit, ...]:
    live = counted.shown_among(session, [hit.snapshot for hit in found])
    hits = [hit for hit in found if hit.snapshot in live]  # the index may be a moment behind
    shown = listing.snapshot_rows(session, [hit.snapshot for hit in hits], lang)
    tags = _tags(session, [row.link for row in shown.values()])
    return tuple(
        SearchHit(
            snapshot=shown[hit.snapshot],
            tags=tags.get(shown[hit.snapshot].link, ()),
            snippets=snippets(texts.known[hit.snapshot], hit.places),
        )
        for hit in hits
    )


def _tags(session: Session, links: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    query = sa.select(LinkTag.link_id, LinkTag.tag).where(LinkTag.link_id.in_(links)).order_by(LinkTag.tag)
    for link, tag in session.execute(query):
        found.setdefault(link, []).append(tag)
    return {link: tuple(tags) for link, tags in found.items()}


def _titles(session: Session, index: SearchIndex, typed: str, limit: int) -> tuple[TitleHit, ...]:
    wanted, d = fold(typed), DocumentRow
    order = index.titles(typed, limit=_LOOKED_AT)
    columns = (d.snapshot_id, d.title, Link.title, d.source, d.published)
    query = sa.select(*columns).join(Snapshot, Snapshot.id == d.snapshot_id)
    query = query.join(Link, sa.and_(Link.best_id == Snapshot.id, Link.removed.is_(None)))
    rows = {row[0]: row for row in session.execute(query.where(d.snapshot_id.in_(order)))}
    found = []
    for snapshot in (one for one in order if one in rows):
        _, title, called, source, date = rows[snapshot]
        title = title or called
        if wanted in fold(title) or wanted in initials(title):
            hit = TitleHit(snapshot=snapshot, title=title, source=source or None, published=date or None)
            found.append(hit)
    return tuple(found[:limit])
