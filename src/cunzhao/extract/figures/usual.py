"""The period that is usual in a place of a document: that of the chapter, or of a report's title."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from cunzhao.extract.figures.period import Timed
from cunzhao.extract.text.dates import Day, read_dates
from cunzhao.extract.text.setting import Setting, is_byline, year_meant
from cunzhao.read.types import Heading

_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?!第)")
_DAY = re.compile(r"年[0-9]{1,2}月[0-9]{1,2}日")
_DATA = re.compile(
    r"(?:以|采用|使用|均为|统一为)((?:19|20)[0-9]{2})年度?的?(?:统计)?数据(?=为[主准]|[，；。])"
)
# What has run since the beginning of the year: 上半年, 前三季度, 一季度.
_ACCOUNT = re.compile(r"([0-9]{4})-(?:01/\1-[0-9]{2}|Q1/\1-Q[2-4]|Q1)")
_ECONOMY = re.compile(r"[^。]{0,12}(?:经济|运行|形势|统计|发布会|指标|成绩单|答卷)")
_LEAD = 240  # characters in which news tells what time it is about
_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾|主要指标")


def usual_period(setting: Setting, at: int) -> Timed | None:
    """`2021年…公报`, `前三季度经济运行…`, `一、2022年工作回顾`; None where neither is of a period."""
    written = setting.passage(at).written
    chapters = [h for h in setting.path(at) if h.level > 1 and not is_byline(h.title)]
    for heading in reversed(chapters):
        if len(set(_YEAR.findall(heading.title))) == 1 and not _DAY.search(heading.title):
            return _from(setting, heading, _titled(heading.title, written))
    year = None if setting.plan else year_meant([h.title for h in chapters], "", written, plan=False)
    if year:
        return _from(setting, chapters[-1], str(year))
    title = setting.document.title or ""
    if setting.document.articles:
        return None
    period = _titled(title, written) if _REPORT.search(title) else None
    return Timed(period, "title") if period else _of_lead(setting, at) or _declared(setting.flat.text)


def _of_lead(setting: Setting, at: int) -> Timed | None:
    """`县里召开上半年经济形势发布会`: the part of a year that news of the economy begins with."""
    start = max((p.end for p in setting.passages if p.end <= at), default=0)
    low = bisect_left(setting.dates, start, key=lambda d: d.start)
    for when in setting.dates[low : low + 12]:
        if when.start > start + _LEAD:
            return None
        account = when.role == "plain" and _ACCOUNT.fullmatch(when.period or "")
        if account and _ECONOMY.match(setting.flat.text, when.end):
            return Timed(when.period, "sentence", when.start, when.end)
    return None


@lru_cache(maxsize=1)  # asked for each sentence of a document
def _declared(text: str) -> Timed | None:
    """`本文以2023年数据为主`: what a text says of its own data."""
    match = _DATA.search(text)
    return Timed(match[1], "sentence", *match.span()) if match else None


def _from(setting: Setting, heading: Heading, period: str | None) -> Timed:
    start, end = setting.flat.find(heading.start), setting.flat.find(heading.end)
    return Timed(period, "heading", start, end) if start < end else Timed(period, "heading")


def _titled(title: str, written: Day | None) -> str | None:
    """The only period that a title names."""
    periods = {d.period for d in read_dates(title, lambda _: written) if d.period and d.role == "plain"}
    return periods.pop() if len(periods) == 1 else None
