"""Where a page of hits begins: see docs/decisions/0023-a-page-of-hits-begins-behind-the-last-one.md."""

from __future__ import annotations

from collections.abc import Sequence

from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.errors import NoSuchChoice
from cunzhao.organize.filters import Sort
from cunzhao.organize.search import After
from cunzhao.organize.types import FactPlace, Hit


def begun(text: str, sort: Sort) -> After:
    """Of the cursor of a page of documents in this order. Raises NoSuchChoice."""
    key = key_of(text, str, int, str)
    if key is None:
        return After()
    order, number, last = key
    if order != sort or number < 0:
        _wrong(text)
    return After(number=number, key=last)


def following(found: Sequence[Hit], limit: int, sort: Sort, before: int) -> str | None:
    """The cursor of the page behind these hits, of which one more was asked for than is shown."""
    return cursor(sort, before + limit, found[limit - 1].key) if len(found) > limit else None


def facts_begun(text: str) -> tuple[int, FactPlace | None]:
    """How many facts came before, and the last of them. Raises NoSuchChoice."""
    key = key_of(text, int, str, str, int, int)
    if key is None:
        return 0, None
    number, snapshot, kind, start, end = key
    if number < 0:
        _wrong(text)
    return number, FactPlace(snapshot=snapshot, kind=kind, start=start, end=end)


def facts_following(found: Sequence[FactPlace], limit: int, before: int) -> str | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return cursor(before + limit, last.snapshot, last.kind, last.start, last.end)


def _wrong(text: str) -> None:
    mend = {"mend": "请从第一页重新翻页。", "mend_en": "Start again from the first page."}
    raise NoSuchChoice(text[:40], detail="页码无效", detail_en="wrong page cursor", **mend)
