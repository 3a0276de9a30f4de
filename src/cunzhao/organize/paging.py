"""Pages of hits: each begins behind the last hit of the page before, wherever that one stands by now.

Dates and titles have columns in which no two documents share a value (`entries.ORDERS`): what stands behind a
value is a range of the column. A score is no such value, it changes with every document that comes or goes;
there the last hit itself is looked for, about where it stood, and the page begins behind it. See
docs/decisions/0023-a-page-of-hits-begins-behind-the-last-one.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tantivy import Occur, Order, Query

from cunzhao.errors import NoSuchChoice
from cunzhao.organize.entries import LIFT
from cunzhao.organize.filters import Sort

_ALIKE = 20  # facts of one kind that begin at one place
_AROUND = 100  # places by which a hit may have moved without all hits being looked through for it
_COLUMNS = {
    "date": ("newest", Order.Desc),
    "date-asc": ("oldest", Order.Asc),
    "title": ("by_title", Order.Asc),
}
_KEY = re.compile(r"[\w.-]{0,600}![\w.-]{1,100}")  # else it would be read as a question of another kind

Ranked = list[tuple[Any, Any]]  # by what a hit is ranked, and its address
Last = tuple[Any, Callable[[Any], bool]]  # a question that finds few entries, and whether it is this one


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The last hit of a page, behind which the next one begins."""

    number: int = 0  # hits up to this one when it was shown
    key: str = ""  # see Hit.key


FIRST = After()  # the first page


def column(sort: Sort, *, scored: bool) -> tuple[str, Order] | None:
    """The column of an order, and which way; None of the order of scores. What has no score is in the order
    of dates."""
    return _COLUMNS.get(sort) or (None if scored else _COLUMNS["date"])


def by_column(
    index: Any, searcher: Any, asked: Any, by: tuple[str, Order], *, limit: int, key: str
) -> tuple[Ranked, int]:
    """`limit` hits behind a value of the column ("": from the first on), and how many there are in all.

    Raises NoSuchChoice of a value that the column cannot hold.
    """
    field, order = by
    part = _both(asked, _behind(index, field, order, key)) if key else asked
    found = searcher.search(part, max(1, limit), not key, order_by_field=field, order=order)
    total = count(searcher, asked, field) if key else found.count
    return found.hits[: max(0, limit)], int(total)


def count(searcher: Any, asked: Any, field: str) -> int:
    """How many hits there are; ordered by a column, so that none of them is scored."""
    return int(searcher.search(asked, 1, True, order_by_field=field).count)


def by_score(searcher: Any, asked: Any, *, limit: int, number: int, last: Last | None) -> tuple[Ranked, int]:
    """`limit` hits behind the `last` one shown, which was of this number, and how many there are in all.

    Without `last` the first ones; where it is a hit no more, those from its number on.
    """
    limit, number = max(0, limit), min(number, searcher.num_docs)
    stands = _stands(searcher, asked, last) if last else None
    around = _AROUND if stands else 0
    begin = max(0, number - 1 - around)
    found = searcher.search(asked, limit + 1 + 2 * around, True, offset=begin, weight_by_field=LIFT)
    if stands is None:
        return found.hits[:limit], int(found.count)
    at = _place(found.hits[: 2 * around + 1], stands)
    if at is None:  # many have come or gone meanwhile
        found = searcher.search(asked, max(1, found.count), True, weight_by_field=LIFT)
        at = _place(found.hits, stands)
    begin = 0 if at is None else at + 1
    return found.hits[begin : begin + limit], int(found.count)


def _stands(searcher: Any, asked: Any, last: Last) -> Any:
    """The address of a hit, or None."""
    only, is_it = last
    found = searcher.search(_both(asked, only), _ALIKE, False).hits
    return next((address for _, address in found if is_it(searcher.doc(address))), None)


def _place(hits: Ranked, address: Any) -> int | None:
    wanted = (address.segment_ord, address.doc)
    return next((n for n, (_, one) in enumerate(hits) if (one.segment_ord, one.doc) == wanted), None)


def _behind(index: Any, field: str, order: Order, key: str) -> Any:
    """Only the reader of questions makes ranges of texts."""
    if not _KEY.fullmatch(key):
        mend = {"mend": "请从第一页重新翻页。", "mend_en": "Start again from the first page."}
        raise NoSuchChoice(key[:40], detail="页码无效", detail_en="wrong page cursor", **mend)
    return index.parse_query(f"{field}:{{{key} TO *}}" if order == Order.Asc else f"{field}:{{* TO {key}}}")


def _both(one: Any, other: Any) -> Any:
    return Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])
