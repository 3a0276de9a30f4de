"""Dates and periods in the flat text, resolved to the guide's forms.

`2018`, `2018-11`, `2019-01-19`, `2017-Q1`, `2016-Q1/2016-Q3`, `2016/2020`, `..2017-03`. Relative words
(今年, 上半年, 昨日) need the day the text was written; without it they stay unresolved (period None) but
are still no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cunzhao.extract.text.days import Day, iso, resolve

__all__ = ["Day", "When", "day_of", "iso", "read_dates", "starts_with_date"]

_Y = r"(?:19|20)[0-9]{2}"
_DASH = r"(?:-|—{1,2}|～|至|到)"
_SUB = (
    r"(?:第?(?P<q>[一二三四1-4])季度|前(?P<fq>[二三两])季度|前三个季度|(?P<half>[上下])半年"
    r"|(?<![提之])(?:(?<!以)前|头)(?P<fm>1[0-2]|[1-9]|十[一二]?|[一两二三四五六七八九])个?月(?!内|以|之|前)"
    rf"|(?P<m1>[0-9]{{1,2}})月?(?:份)?{_DASH}(?P<m2>[0-9]{{1,2}})月份?|"
    rf"(?P<m>[0-9]{{1,2}}|(?<![第每几数个十])(?:十[一二]?|[一二三四五六七八九])(?=月份?(?![一-龥]?[大份]的)))"
    r"月份?(?:(?P<d>[0-9]{1,2})(?:日?(?:至|到|—{1,2}|-|～)(?P<d2>[0-9]{1,2}))?日)?)"
)
_RELATIVE = (
    r"今年|(?<![资成根样])本年度?|当年|去年|上年|(?<![一-龥])前年|明年|(?<![一-龥])后年|全年|"
    r"(?<![0-9一-龥])年内|年初|年末|年底"
)
_FIRST = "0-9今本当去上前明后全年第一二两三四五六七八九十下头昨过近未接半“'\""  # of a date
_DATE = re.compile(
    rf"(?=[{_FIRST}])(?:(?P<span>(?<![0-9])(?P<y1>{_Y})年?{_DASH}(?P<y2>{_Y})年?(?![0-9.元家个人万亿吨亩米公]))"
    rf"|(?P<iso>(?<![0-9])(?P<iy>{_Y})(?:[-/](?P<im>[01]?[0-9])(?:[-/](?P<id>[0-3]?[0-9]))?"
    r"|\.(?P<im2>[01]?[0-9])\.(?P<id2>[0-3]?[0-9]))(?![0-9]))"
    rf"|(?P<abs>(?<![0-9])(?P<y>{_Y})[财学]?年度?(?:全年|{_SUB})?)"
    rf"|(?P<rel>(?P<word>{_RELATIVE})(?:全年|{_SUB.replace('?P<', '?P<r')})?)"
    rf"|(?P<sub>(?<![0-9.]){_SUB.replace('?P<', '?P<s')})"
    r"|(?P<day>(?<![0-9.])(?P<dd>[0-9]{1,2})日(?!元|均|游|间|常|产|处理))"
    r"|(?P<near>昨[天日晚]|今(?:天(?!，)|[日晨早晚])|前天|本月|(?<!月)当月|上月|上个月|本季度|上季度)"
    r"|(?P<past>(?:过去的?|(?<![0-9一-龥])近)(?P<n>[一两二三四五六七八九十])年|(?P<n2>[一两二三四五六七八九十])年(?:来|(?=累计|间，|共|统筹|合计)))"
    r"|(?P<ago>(?<![十百千几数])(?P<n4>[一两二三四五六七八九十])年(?:以?前|之前)(?=[，是的只有还才就]|全))"
    r"|(?P<coming>(?:未来|今后|接下来的?)(?P<n3>[1-9一两二三四五六七八九十])年)"
    r"|(?P<halfyear>半年报|半年度)"
    r"|(?P<plan>[“\"']?(?P<p>十[一二三四五六]五|[八九十]五)[”\"']?(?P<tail>时期|期间|以来|期末|末|"
    r"初期|(?=[，。；、）]|计划(?!》))))"
    r"|(?P<other>[0-9]{1,2}世纪|[0-9]{2}年代|[0-9]{1,2}时[0-9]{1,2}分|[0-9]{1,2}[点时](?:整|半|许|"
    r"左右|[0-9]{1,2}分)"
    r"|[0-9]{1,2}：[0-9]{2}(?![0-9])))"
)
_WANTED = re.compile(r"确保|力争|争取|目标|预期|今年")
_TO_COME = re.compile(r"力争|争取|确保|目标|计划|预计|有望|拟|将")
_COMPARED = re.compile(
    r"(?:比起?|较|较之|高出|低出|多出|与|同|(?<=[高低多少大小优快慢])于|相较|超过|高于|低于)$"
)
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到)$")
_FROM = re.compile(r"(?:从|由|自|距离?|(?<!偏)离|距离实现)$")
_PASSED = re.compile(r"(?:超过|高于|低于|多于|少于)$")  # 超过2023年200家的目标: the year is that of the 200
_REACHED = re.compile(r"(?:达到了?|完成了?|实现了?|对照|按照|围绕)$")  # 达到2025年目标: not when, but which
_SHARE_OF = re.compile(r"(?:任务|目标|计划|预算)数?的")  # 完成全年任务的62%
_BY = re.compile(r"(?:(?<![降升增加高少长大回涨跌低缩截])到|(?<!截)至)$")
_WIRE = re.compile(r"(?:讯|电|记者)[^。，\n]{0,40}）$")
_NEAR = 120  # characters over which a year holds for months named alone
_STOP = re.compile(r"[。！？\n]")
# 2023年第二次集中签约, 2022年第一季度…签约仪式: the name of it
_NAMED = re.compile(
    r"第[一二三四五六七八九十0-9]{1,3}[次届]|(?!举|召|组|全|[，。；、])[^，。；、0-9]{2,20}"
    r"(?:仪式|大会|推介会|洽谈会|恳谈会|论坛|年会|博览会|交易会|推进会)(?:[^，。；]{0,12}(?:举行|召开|举办|开幕)|现场?上?，)"
)
_SINCE_WHEN = re.compile(r"(?:从|由|自)[^，。；]*$")
_SINCE = re.compile(r"[^，；。0-9]{0,8}以来")
_BEFORE = re.compile(r"(?:底|末)?前(?![0-9一两二三四五六七八九十列沿后]|期)")


@dataclass(frozen=True, slots=True)
class When:
    """One date in the text. `role`: plain, compared (比上年), from (由2017年的…), none (a clock time, a
    decade)."""

    start: int
    end: int
    period: str | None
    role: str
    due: bool = False  # 到2025年, 2025年底前: by then
    spanned: bool = False  # 从2015年到2020年


def read_dates(
    text: str, written: Callable[[int], Day | None], usual_year: Callable[[int], int | None] = lambda _: None
) -> Iterator[When]:
    """Every date, left to right. `written(at)` is the day the text there was written,
    `usual_year(at)` what 全年 means there, where headings or title tell."""
    told: tuple[int, int] | None = None  # where a year was last said, and which
    for match in _DATE.finditer(text):
        start, end = match.span()
        left = text[max(0, start - 12) : start]
        after = text[end : end + 4]
        wanted = bool(_WANTED.search(left) or _TO_COME.search(text, end, end + 8))
        ahead = bool(_TO_COME.search(re.split("[，。；\n]", left)[-1]))
        period = resolve(match, written(start), usual_year(start), wanted=wanted, ahead=ahead)
        role = _role(match, text, left, after)
        near = told is not None and start - told[0] < _NEAR and not _STOP.search(text, told[0], start)
        here = told and _of_this_year(match, text, told[0], written(start))
        if match["sub"] and told and near and period and not here:
            period = re.sub(_Y, str(told[1]), period)  # 2018年，出口…；其中12月
        if role == "plain" and (match["abs"] or match["rel"]) and period and not after.startswith("同期"):
            told = (end, int(period[:4]))
        if _UNTIL.search(left) and period:
            year_end = re.fullmatch(_Y, period) and after.startswith(("底", "末"))
            period = f"..{period}-12" if year_end or match["word"] in ("年底", "年末") else ".." + period
        elif period and role != "compared" and _SINCE.match(text, end):
            period, role = _since(period, written(start)), "plain"
        due = bool(_BY.search(left) or _BEFORE.match(after))
        if due and role == "plain" and period and _BY.search(left) and not _SINCE_WHEN.search(left):
            until = _until(match, period, after, written(start))
            period, due = until or period, not until
        yield When(start, end, period, role, due, bool(match["span"]))


def _of_this_year(match: re.Match[str], text: str, told: int, now: Day | None) -> bool:
    """`面积去年压减了，…，上半年出鱼…`: what runs since January and ended of late is of this year."""
    rel = text.endswith(("去年", "上年"), 0, told)
    lately = now and (6 < now[1] < 10 if match["shalf"] == "上" else match["sfq"] and now[1] > 9)
    return bool(rel and lately and text[match.start() - 1 : match.start()] == "，")


def _until(match: re.Match[str], period: str, after: str, now: Day | None) -> str | None:
    """`到9月底已累计…`, `至去年底…`: until a month or day that is past; None for a goal or a mere year."""
    if not now or after.startswith("的") or not re.fullmatch(rf"{_Y}(?:-[0-9]{{2}}){{0,2}}", period):
        return None
    if len(period) == 4:
        if match["word"] in ("年底", "年末") or not after.startswith(("底", "末", "年底", "年末")):
            return None
        period += "-12"
    return ".." + period if period <= (iso(*now) or "")[: len(period)] and len(period) > 4 else None


def _since(period: str, now: Day | None) -> str:
    """`自2021年以来`: until the day of writing, to the year or month as the beginning is given."""
    until = iso(now[0], now[1] if "-" in period else 0, 0) if now else None
    plain = re.fullmatch(rf"{_Y}(?:-[0-9]{{2}})?", period)
    return f"{period}/{until}" if plain and until and len(until) == len(period) and period < until else period


def _role(match: re.Match[str], text: str, left: str, after: str) -> str:
    ranked = match["past"] and after.startswith(("最", "来最"))  # 近五年来最高
    if match["other"] or ranked or _NAMED.match(text, match.end()) or _is_dateline(text, match):
        return "none"
    if _REACHED.search(left) and after.startswith(("目标", "的目标", "计划", "预期")):
        return "compared"
    if _PASSED.search(left) and re.match(r"的?[0-9]", after):
        return "from"
    if left.endswith(("每年", "因", "由于")) or (
        left.endswith("受") and "影响" in text[match.end() : match.end() + 16]
    ):
        return "none"
    if (
        match["word"] == "全年"
        and _SHARE_OF.match(after)
        and left.endswith(("完成", "完成了", "占", "达", "达到", "为", "已达"))
    ):
        return "compared"
    if match["word"] == "当年":  # of the year told, whichever it is
        return "none"
    if _COMPARED.search(left):
        return "plain" if after.startswith("底") and not left.endswith(("比", "较")) else "compared"
    if _FROM.search(left) and "年" in match[0] and not match["span"]:
        return "from"
    return "plain"


def _is_dateline(text: str, match: re.Match[str]) -> bool:
    """`本报讯（记者某某）2023年11月15日`: when it was written, not when it was."""
    start = match.start()
    full = match["iso"] or (match["abs"] and match["d"])
    return (
        bool(full)
        and not text.startswith("，", match.end())
        and text.endswith("）", 0, start)
        and bool(_WIRE.search(text, max(0, start - 60), start))
    )


def starts_with_date(text: str) -> int:
    """The length of the date that `text` begins with, with 底, 末, 以来 after it; 0 where there is none."""
    match = _DATE.match(text)
    if not match:
        return 0
    tail = re.compile(r"底|末|初|以来|期间|前|后|起|时期").match(text, match.end())
    return tail.end() if tail else match.end()


def day_of(iso: str | None) -> Day | None:
    """`2019-01-21T09:00` -> (2019, 1, 21); parts not given are 0."""
    match = re.match(r"((?:19|20)[0-9]{2})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", iso or "")
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return (year, 0, 0)
    return (year, month, day)
