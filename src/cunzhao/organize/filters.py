"""What narrows a search, and in which order hits come: read from what stands in an address. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from cunzhao.collect.types import VERDICTS
from cunzhao.errors import NoSuchChoice, UsageWrong
from cunzhao.extract.types import KINDS

Sort = Literal["relevance", "date", "date-asc", "title"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FACETS = ("tag", "collection", "area", "year", "source", "kind", "verdict", "has")

MAX_VALUE = 200  # code points of one value
MAX_VALUES = 20  # of one filter
_DAY = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2}))?)?[日月年]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All must hold. Of several values of one filter any will do, but of tags and of what it has each."""

    tag: tuple[str, ...] = ()  # also finds what stands below it
    collection: tuple[str, ...] = ()  # ids
    area: tuple[str, ...] = ()  # GB/T 2260 codes; also finds what lies in it
    source: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()  # 文种, see organize.suggesting
    verdict: tuple[str, ...] = ()
    has: tuple[str, ...] = ()  # kinds of facts
    since: int | None = None  # first day, 20190121
    until: int | None = None  # last day

    def __bool__(self) -> bool:
        return self != _NONE


_NONE = Filters()


def read_filters(given: Mapping[str, Sequence[str]]) -> Filters:
    """Filters as an address has them: tag, collection, area, source, kind, verdict, has, from, to.

    A day may be a month or a year. Raises UsageWrong, which names the value and what is allowed.
    """
    read = {
        name: _values(name, given.get(name, ())) for name in ("tag", "collection", "area", "source", "kind")
    }
    verdicts = _chosen("verdict", "结论", given.get("verdict", ()), VERDICTS)
    has = _chosen("has", "所含事实", given.get("has", ()), KINDS)
    since, until = _day("from", given.get("from", ()), last=False), _day("to", given.get("to", ()), last=True)
    if since and until and since > until:
        raise NoSuchChoice(
            f"from={_shown(since)}&to={_shown(until)}",
            detail="起始日期晚于截止日期",
            detail_en="the first day comes after the last",
            mend="请对调两个日期。",
            mend_en="Swap the two days.",
        )
    return Filters(**read, verdict=verdicts, has=has, since=since, until=until)


def read_sort(text: str) -> Sort:
    """Raises UsageWrong."""
    return cast(Sort, _chosen("sort", "排序", (text,), SORTS)[0]) if text.strip() else "relevance"


def _values(name: str, given: Sequence[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in given if value.strip()))
    if len(values) > MAX_VALUES or any(len(value) > MAX_VALUE for value in values):
        raise _wrong(
            f"{name}={values[0][:40]}…",
            f"筛选条件太多或太长（最多 {MAX_VALUES} 个，每个 {MAX_VALUE} 字）",
            f"too many or too long values of a filter (at most {MAX_VALUES} of {MAX_VALUE} characters)",
            "请减少筛选条件。",
            "Use fewer or shorter values.",
        )
    return values


def _chosen(name: str, label: str, given: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    values = _values(name, given)
    for value in values:
        if value not in allowed:
            listed = "、".join(allowed)
            raise _wrong(
                f"{name}={value[:40]}",
                f"没有这种{label}",
                f"no such value of {name}",
                f"可用的有：{listed}。",
                f"Use one of: {', '.join(allowed)}.",
            )
    return values


def _day(name: str, given: Sequence[str], *, last: bool) -> int | None:
    """The first or the last day of what was said: 2019 -> 20190101 or 20191231."""
    values = _values(name, given)
    if not values:
        return None
    match = _DAY.fullmatch(values[-1])
    try:
        if match is None:
            raise ValueError(values[-1])
        year, month, day = int(match[1]), int(match[2] or (12 if last else 1)), int(match[3] or 0)
        first = datetime.date(year, month, day or 1)
        if last and not day:
            after = datetime.date(year + month // 12, month % 12 + 1, 1)
            first = after - datetime.timedelta(days=1)
    except (ValueError, OverflowError) as exc:
        mend = ("请写成 2019、2019-01 或 2019-01-21。", "Write it as 2019, 2019-01 or 2019-01-21.")
        raise _wrong(f"{name}={values[-1][:40]}", "这不是日期", "this is no date", *mend) from exc
    return first.year * 10_000 + first.month * 100 + first.day


def day_number(date: str) -> int | None:
    """An ISO date or date-time as a number: 2019-01-21 -> 20190121; a year or month as its first day."""
    try:
        return _day("date", (date[:10],), last=False)
    except UsageWrong:
        return None


def _shown(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _wrong(said: str, detail: str, detail_en: str, mend: str, mend_en: str) -> UsageWrong:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in said)
    return UsageWrong(shown, detail=detail, detail_en=detail_en, mend=mend, mend_en=mend_en)
