"""When: the period a quantity is about.

A date has a reach. A *frame* (`2018年，…`, `今年前5个月全市…`) opens a clause and holds to the end of its
sentence, and of an earlier sentence for what goes on telling; a date further in (`其中9月份…`) holds to
the next semicolon; the date of an event (`去年11月动工，`) or an attribute (`去年签约的89个项目`) only
there; a base of comparison (`比上年`, `2013年的3倍`) nowhere. Where nothing was said the heading's or
title's period is usual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cunzhao.extract.figures.qualify import Stated
from cunzhao.extract.figures.reach import MADE, NOW, carried_frame, frame_of, is_base, near, whole_of
from cunzhao.extract.figures.sentence import REACH, Sentence
from cunzhao.extract.figures.works import is_of_works, once_done
from cunzhao.extract.text.dates import When
from cunzhao.extract.types import By

_ON = re.compile(r"其中|当天|当日|同期|同一时期")
_BY_PARTS = re.compile(r"按[^，。]{1,8}[分看]，|分[^，。]{1,6}看，|从[^，。]{1,8}看，")
_THEN = re.compile(r"(?<!年)同期|同一时期")
_FROM = re.compile(r"(?:由|从|自)(?P<what>[^，；。由从]{0,14}?)(?:约|近|不足|最初)?$")
_TO = re.compile(
    r"[^，；。]{0,6}(?:增|提|升|降|减|缩|压|扩|拓|拉|涨|跌|调|回|上|下|攀|发展|变|转|拓展|至|到|为)"
)
_YEARLY = re.compile(r"年均|年平均|每年平均")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_HELD = re.compile(r"签|现场|项目|协议|引资|投资|参[加会展]|出席|发布|推介")
_LAID_DOWN = re.compile(r"提出|明确|确定|部署|安排|列出|推出")
_AGAINST = re.compile(r"[比较](?:上年|去年)(?:同期)?|同比")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_YEAR = re.compile(r"[0-9]{4}(?:-[0-9Q]{2})*")
_SAME_DAY = re.compile(r"当[天日]")
_ONCE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_AGREED = re.compile(
    r"(?:签[约订署下]|协议|合同|备忘录)[^。]*?(?:拟|意向|预计|将|计划|每年|达产|建成后|投产后|首期|力争)"
)
_LIST = 5  # members of a list of quantities, each of a date
_JOINED = re.compile("[、和与及]")
_ABLE = re.compile(r"一(?:[天日年]|个?月|小时|分钟)[就也]?[能可]")  # 一天能收1200亩: at any time
_MAKING = ("组成的", "构成的", "形成的")
_TO_BE = ("将于", "将在", "预计")
_SPAN = re.compile(r"[0-9]{4}/[0-9]{4}")
_CLOSE = re.compile(r"的?[^，；0-9]{0,6}")  # 2015年的632亿元
_FLOW = re.compile(
    r"完成|实现|增加值|产值|收入|支出|总额|销售|产量|吞吐量|客运量|货运量|接待|新增|新签|签约|引进|出口|进口|GDP|生产总值|利润|"
    r"税收|用电量|营业额|成交|发放|到位|消费|零售|人次|进境|出境|过货|进出|发运|入库|门急诊|手术"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A period and what it was read from; `start` is -1 where no words of the text say it."""

    period: str | None
    by: By
    start: int = -1
    end: int = -1
    due: bool = False  # a day to come up to: 到2025年


_NOTHING = Timed(None, "default")


def read_period(
    sentence: Sentence, index: int, stated: Stated, usual: Timed | None, before: Timed | None = None
) -> Timed:
    """The period of quantity `index`; `usual` is that of the heading or title above it, `before` that of the
    quantity before it in the sentence."""
    at = sentence.quantities[index].start
    if starts_change(sentence, index):
        return _first_of_change(sentence, index, usual)
    making = sentence.text.startswith(_MAKING, sentence.quantities[index].end)
    if making or _ABLE.search(sentence.left(index)):
        return _NOTHING
    base = next(iter(sentence.dates_before(at)[-1:]), None)
    if base and base.role == "compared" and sentence.text[base.end : at] in ("的", "的约", "的近"):
        return Timed(base.period, "words", base.start, base.end)  # 与上年的43亿元大体相当
    frame = near(sentence, index) or frame_of(sentence, sentence.start, at)
    works = is_of_works(sentence, index)
    until = frame and (frame.due or (frame.period or "").startswith(".."))
    far = frame and (frame.start < sentence.clause_start(at) or once_done(sentence, index))
    if frame and works and not until and far:
        frame = None
    since = frame.end if frame else sentence.segment_start(at)
    now = NOW.search(sentence.text, max(since, sentence.start, at - 4 * REACH), at)
    if now:
        return Timed(None, "words", *now.span())
    later = _told_after(sentence, index)
    same = None if frame or later else _that_day(sentence, index)
    if same:
        return same
    if frame and not later:
        return _timed(sentence, index, frame, stated, usual)
    if later:
        return later
    nearest = None if works else carried_frame(sentence)
    on = bool(_ON.match(sentence.text, sentence.start) or _THEN.search(sentence.left(index)))
    carried = nearest if on or not nearest else whole_of(sentence, nearest)
    beside = before and sentence.quantities[index - 1].start >= sentence.segment_start(at)
    goes_on = bool(before and beside and carried and before.start == carried.start)
    weak = not usual or (usual.by == "sentence" and bool(_YEAR.fullmatch(usual.period or "")))
    if carried and (on or goes_on or (weak and _tells_on(sentence, index, stated, carried))):
        return Timed(carried.period, "sentence", carried.start, carried.end, carried.due)
    if works and usual and usual.by == "sentence":
        return _NOTHING
    if stated.measure == "growth" and _YEARLY.search(sentence.left(index)):
        years = next((d for d in reversed(sentence.earlier) if "/" in (d.period or "")), None)
        if years:
            return Timed(years.period, "sentence", years.start, years.end)
    return usual or _attribute(sentence, index) or (_NOTHING if works else _aside(sentence, at))


def _that_day(sentence: Sentence, index: int) -> Timed | None:
    """`12月3日，铁路通车。口岸当天出境货物1120吨`, `2019年投产，当年产值6亿元`: also the time of an event."""
    if "当年" in sentence.left(index):
        at = sentence.quantities[index].start
        dates = (d for d in reversed(sentence.dates_before(at)) if sentence.text[d.start : d.end] != "当年")
        year = next((d for d in dates if _OF_YEAR.fullmatch(d.period or "")), None)
        return Timed((year.period or "")[:4], "clause", year.start, year.end) if year else None
    if not _SAME_DAY.search(sentence.left(index)):
        return None
    day = next((d for d in reversed(sentence.earlier) if _DAY.fullmatch(d.period or "")), None)
    return Timed(day.period, "sentence", day.start, day.end) if day else None


def told_each(sentence: Sentence, index: int, stated: Sequence[Stated]) -> Timed | None:
    """`4月、5月分别增长4%和5%`: each of a list of dates holds for one of a list of quantities."""
    first = index
    while stated[first].listed and index - first < _LIST:
        first -= 1
    after = (i for i in range(index + 1, min(len(stated), first + _LIST)) if not stated[i].listed)
    count = next(after, min(len(stated), first + _LIST)) - first
    dates = [d for d in sentence.dates_before(sentence.quantities[first].start)[-count:] if d.role == "plain"]
    if count < 2 or len(dates) != count or dates[0].start < sentence.clause_start(dates[-1].start):
        return None
    joined = all(_JOINED.fullmatch(sentence.text, a.end, b.start) for a, b in pairwise(dates))
    told = dates[index - first]
    if not joined or dates[-1].end < sentence.clause_start(sentence.quantities[first].start):
        return None
    return Timed(told.period, "words", told.start, told.end, told.due)


def _aside(sentence: Sentence, at: int) -> Timed:
    """`《…行动计划（2016—2018年）》提出26项任务`: a date in brackets where there is no other."""
    for when in reversed(sentence.dates_before(at)):
        within = sentence.text[when.start - 1 : when.start] == "（"
        if when.period and within and _LAID_DOWN.search(sentence.text, when.end, min(at, when.end + REACH)):
            return Timed(when.period, "sentence", when.start, when.end)
    return _NOTHING


def starts_change(sentence: Sentence, index: int) -> bool:
    """`由68个增加到90个`: the first of the two is what was."""
    quantity = sentence.quantities[index]
    left = sentence.text[sentence.clause_start(quantity.start) : quantity.start][-20:]
    return bool(_FROM.search(left)) and bool(_TO.match(sentence.text, quantity.end))


def _first_of_change(sentence: Sentence, index: int, usual: Timed | None) -> Timed:
    """What stood before the change: the year named with it, or of `从2015年到2020年` the first; else none."""
    at = sentence.quantities[index].start
    dates = sentence.dates_before(at)
    if dates and dates[-1].period and _CLOSE.fullmatch(sentence.text, dates[-1].end, at):
        last = dates[-1]
        period = _last_years(sentence, last, frame_of(sentence, sentence.start, last.start), _before(usual))
        return Timed(period, "words", last.start, last.end)
    told = dates or [d for d in sentence.earlier if d.start >= sentence.previous]
    since = next((d for d in reversed(told) if d.role == "from" and d.period), None)
    if since:  # 由2012年的632亿元跃升至2017年的1009亿元；人均由5.6万元提高到8.7万元
        return Timed(since.period, "sentence", since.start, since.end)
    span = next((d for d in reversed(dates) if d.spanned and d.start >= sentence.segment_start(at)), None)
    if span and span.period:
        return Timed(span.period.partition("/")[0], "words", span.start, span.end)
    frame = frame_of(sentence, sentence.start, at)
    holds = frame.period if frame else _before(usual)
    against = _AGAINST.search(sentence.text, max(sentence.start, at - 2 * REACH), at)
    if against and holds:  # 比上年增长3%；占比由11%升到15%
        return Timed(_year_before(holds), "sentence", *against.span())
    return _NOTHING


def _tells_on(sentence: Sentence, index: int, stated: Stated, carried: When) -> bool:
    """Whether a sentence without a time of its own goes on with the last one: it tells what grows or flows,
    or of the event itself."""
    left = sentence.left(index)
    if _DAY.fullmatch(carried.period or ""):
        return bool(_HELD.search(left + sentence.right(index)))
    if _BY_PARTS.match(sentence.text, sentence.start):
        return True
    return stated.measure == "growth" or bool(_FLOW.search(left + sentence.right(index)[:8]))


def _timed(sentence: Sentence, index: int, when: When, stated: Stated, usual: Timed | None) -> Timed:
    at = sentence.quantities[index].start
    by: By = "words" if when.start >= sentence.clause_start(at) else "clause"
    since = max(when.end, at - 4 * REACH)
    if _ONCE.fullmatch(when.period or "") and _AGREED.search(sentence.text, since, at):
        return _NOTHING  # 6月15日签订协议，计划每年投入800万元
    period = _last_years(sentence, when, frame_of(sentence, sentence.start, when.start), _before(usual))
    spans = when.spanned or _SPAN.fullmatch(period or "")
    if spans and period and index and starts_change(sentence, index - 1):
        same = sentence.clause_start(at) == sentence.clause_start(sentence.quantities[index - 1].start)
        period = period.rpartition("/")[2] if same else period
    elif (
        stated.measure == "growth"
        and period
        and _YEAR.fullmatch(period)
        and _YEARLY.search(sentence.left(index))
    ):
        before = sentence.dates_before(sentence.quantities[index].start)
        first = next((d.period for d in before if d.role == "from" or is_base(sentence, d)), None)
        first = first or str(sentence.written_year or "")
        period = f"{first}/{period}" if _YEAR.fullmatch(first) and first < period else period
    return Timed(period, by, when.start, when.end, when.due)


def _last_years(sentence: Sentence, when: When, frame: When | None, usual: str | None) -> str | None:
    """`去年同期`: the period that holds, a year earlier."""
    if sentence.text.startswith(("未来", "今后"), when.start) and when.period:
        return _from_then(when.period, frame)
    words = sentence.text[when.start : when.end + 2]
    if words.startswith("上年") and not words.endswith("同期") and usual and when.period:
        return str(int(usual[:4]) - 1) if _YEAR.fullmatch(usual) else when.period
    if words not in ("去年同期", "上年同期"):
        return when.period
    carried = frame or carried_frame(sentence)
    holds = (carried.period if carried else None) or usual
    return _year_before(holds) if holds else when.period


def _year_before(period: str) -> str:
    return _YEAR.sub(lambda y: str(int(y[0]) - 1), period)


def _from_then(period: str, frame: When | None) -> str:
    """`2004年…提出，未来5年`: counted from the year told, not from the day of writing."""
    first, last = period.split("/")
    year = _YEAR.match(frame.period) if frame and frame.period else None
    return f"{year[0]}/{int(year[0]) + int(last) - int(first)}" if year else period


def _before(usual: Timed | None) -> str | None:
    return usual.period if usual else None


def _told_after(sentence: Sentence, index: int) -> Timed | None:
    """`18名医生今年6月已经到岗`, `120名学员将于9月入学`: the day told behind the quantity."""
    start = sentence.quantities[index].end
    end = start + len(sentence.right(index))
    for when in sentence.dates_after(start, end):
        done = sentence.text.startswith("已", when.end)
        if (
            when.role == "plain"
            and when.period
            and (done or sentence.text.endswith(_TO_BE, start, when.start))
        ):
            return Timed(when.period, "words", when.start, when.end)
    return None


def _attribute(sentence: Sentence, index: int) -> Timed | None:
    """`去年签约的项目有30个`: an attribute's date where the clause has no other."""
    at = sentence.quantities[index].start
    clause = sentence.clause_start(at)
    for when in reversed(sentence.dates_before(at)):
        if when.start < clause:
            return None
        if when.role == "plain" and when.period and MADE.match(sentence.text, when.end):
            return Timed(when.period, "words", when.start, when.end)
    return None
