"""Full-text search: tantivy over character bigrams that we space ourselves.

A term of three characters or more is a phrase query over its bigrams, which holds exactly where the term
stands literally. So a document is a hit if and only if each term of the query occurs, folded (`fold`), in one
of its spellings (`query`) in its text, its title or one of its tags, and the filters let it pass. ASCII runs
in the same stream of characters. Facts are entries of the same index (`entries`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cunzhao.organize import paging, questions
from cunzhao.organize.filters import FACETS, Filters, Sort
from cunzhao.organize.fold import fold
from cunzhao.organize.index import Change, KeptIndex, drain
from cunzhao.organize.paging import FIRST, After
from cunzhao.organize.places import find_places, snippets
from cunzhao.organize.query import Term
from cunzhao.organize.types import Count, FactPlace, FactsWanted, Hit

__all__ = ["After", "Change", "SearchIndex", "drain", "snippets"]

_PLACES = 50  # places found in one text
_SHARD = 10_000  # values counted in one segment: beyond so many, counts of rare ones may be too low
_NO_FILTERS = Filters()


class SearchIndex(KeptIndex):
    """The index in a folder, made if it is not there. Several processes may have it open at once."""

    def search(
        self,
        terms: Sequence[Term],
        *,
        filters: Filters = _NO_FILTERS,
        sort: Sort = "relevance",
        limit: int = 50,
        after: After = FIRST,
        texts: Callable[[Sequence[str]], Mapping[str, str]],
    ) -> tuple[list[Hit], int]:
        """`limit` hits behind the one of `after`, and how many there are in all.

        Without terms everything that passes the filters, the newest first; without either nothing. `texts`
        gives the texts of snapshots, those it knows. In the order of dates what has none comes last.
        Raises NoSuchChoice of an `after` that no hit had.
        """
        if not terms and not filters:
            return [], 0
        searcher, by = self._searcher(), paging.column(sort, scored=bool(terms))
        asked = questions.documents(self._index.schema, [term.spellings for term in terms], filters)
        if by:
            ranked, total = paging.by_column(self._index, searcher, asked, by, limit=limit, key=after.key)
        else:
            only = questions.document(self._index.schema, after.key)
            last = (only, lambda _: True) if after.key else None
            ranked, total = paging.by_score(searcher, asked, limit=limit, number=after.number, last=last)
        snapshots = [searcher.doc(address).get_first("snapshot") for _, address in ranked]
        known = texts(snapshots)
        spellings = [spelling for term in terms for spelling in term.spellings]
        hits = [
            Hit(
                snapshot=snapshot,
                key=by_what if by else snapshot,
                score=0.0 if by else float(by_what),
                places=find_places(known.get(snapshot, ""), spellings, limit=_PLACES),
            )
            for snapshot, (by_what, _) in zip(snapshots, ranked, strict=True)
        ]
        return hits, total

    def facets(
        self, terms: Sequence[Term], *, filters: Filters = _NO_FILTERS, most: int = 10
    ) -> Mapping[str, tuple[Count, ...]]:
        """Of all hits, how many have which value; the most frequent values of each of FACETS first."""
        if not terms and not filters:
            return {}
        asked = questions.documents(self._index.schema, [term.spellings for term in terms], filters)
        wanted = {name: {"terms": {"field": name, "size": most, "shard_size": _SHARD}} for name in FACETS}
        found = self._searcher().aggregate(asked, wanted)
        return {
            name: tuple(Count(value=b["key"], hits=b["doc_count"]) for b in found[name]["buckets"])
            for name in FACETS
        }

    def titles(self, typed: str, *, limit: int = 10) -> list[str]:
        """Snapshots whose title may hold what is typed, or its initials, the best first. Whoever asks looks
        at the titles: a title that holds all pairs of characters need not hold them in a row.

        Nothing for less than two characters.
        """
        folded = fold(typed)
        if len(folded) < 2:
            return []
        searcher = self._searcher()
        found = searcher.search(questions.titles(self._index.schema, folded), max(1, limit), False)
        return [searcher.doc(address).get_first("snapshot") for _, address in found.hits]

    def facts(
        self, wanted: FactsWanted, *, limit: int = 50, number: int = 0, last: FactPlace | None = None
    ) -> tuple[list[FactPlace], int]:
        """`limit` facts that say what is wanted, behind the `last` one shown, which was the one of this
        number; and how many there are in all."""
        searcher, schema = self._searcher(), self._index.schema
        shown = (questions.fact(schema, last), lambda entry: _place(entry) == last) if last else None
        asked = questions.facts(schema, wanted)
        ranked, total = paging.by_score(searcher, asked, limit=limit, number=number, last=shown)
        return [_place(searcher.doc(address)) for _, address in ranked], total

    @property
    def documents(self) -> int:
        """How many documents can be found."""
        every = questions.documents(self._index.schema, (), _NO_FILTERS)
        return int(self._searcher().search(every, 1, True).count)


def _place(entry: Any) -> FactPlace:
    kind, snapshot = entry.get_first("fact_kind"), entry.get_first("snapshot")
    return FactPlace(snapshot=snapshot, kind=kind, start=entry.get_first("start"), end=entry.get_first("end"))
