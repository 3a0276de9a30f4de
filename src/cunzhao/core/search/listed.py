"""How far hits can be turned to: see docs/decisions/0021-hits-are-listed-as-far-as-a-thousand.md."""

from __future__ import annotations

from cunzhao.errors import NoSuchChoice

LISTED = 1_000  # hits; all are counted


def pages_of(total: int, limit: int) -> int:
    """How many pages of `limit` hits can be turned to."""
    return max(1, -(-min(total, LISTED) // limit))


def check_page(number: int, limit: int) -> None:
    """Raises NoSuchChoice for a page behind the last one that can be turned to."""
    if (number - 1) * limit >= LISTED:
        raise NoSuchChoice(
            f"page={number}",
            detail=f"检索结果只列出前 {LISTED} 条",
            detail_en=f"only the first {LISTED} hits are listed",
            mend="请加上筛选条件，或换一种排序。",
            mend_en="Narrow the search by a filter, or sort it otherwise.",
        )
