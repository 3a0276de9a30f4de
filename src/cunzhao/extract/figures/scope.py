"""Which area and which period a quantity is about: the words before it in the sentence, else what still
holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.places.areas import NamedArea
from cunzhao.extract.text.dates import When, read_dates
from cunzhao.extract.text.setting import Setting, year_meant

_RUN = re.compile(r"(?:^|[^一-龥]|尽管|目前|由|与|和|从|对|把|将|即|在|及|是|以|的)([一-龥]{2,6})$")
_COMES = ("来", "到", "在", "赴")
_VISIT = re.compile(r"推介会|考察|会上|座谈|论坛|开幕|举行|举办|活动中|招商活动")
_OPENING = 8  # characters in which a clause names its subject
_CLAUSES = 8  # how far back an area is looked for
_WORKS = re.compile(
    r"[一二三四五六]期|[一-龥]{0,4}(?:工程|项目)"
)  # 港区二期工程投用: the work is the subject
_NOW = re.compile(r"目前|现有|现已|当前|如今|迄今")
_ON = re.compile(
    r"^(?:其中|同时|此外|另外|分[一-龥]{1,4}看|从[一-龥]{1,6}看|[一二三]是|按[一-龥]{2,6}[算计])"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a sentence leaves to the next of its paragraph."""

    period: str | None = None
    due: bool = False


def read_region(sentence: Sentence, index: int) -> str | None:
    """The first subject of the clause, else of the nearest clause before; `在成都` where there is none;
    the area described (`80平方公里的…新区`); what the paragraph spoke of; the document's own area."""
    quantity = sentence.quantities[index]
    described = _described(sentence, index)
    if described:
        return described
    defined = _defined(sentence, index)
    if defined:
        return defined
    shared = _shared_out(sentence, index)
    if shared:
        return shared
    at, before = quantity.start, sentence.areas_before(quantity.start)
    if before and sentence.text[before[-1].end : quantity.start] == "（":  # 兰州（7.3亿美元）
        return before[-1].name
    for _ in range(_CLAUSES):
        clause = sentence.clause_start(at)
        near = [p for p in before if clause <= p.start < at]
        if at != quantity.start:  # of an earlier clause only what it begins with is still the subject
            near = [
                p for p in near if p.start <= clause + _OPENING and not _WORKS.match(sentence.text, p.end)
            ]
        named = _of_clause(sentence, near)
        if named:
            return named
        if clause <= sentence.start:
            break
        at = clause - 1
    return sentence.topic or sentence.own


def _defined(sentence: Sentence, index: int) -> str | None:
    """`陕北（2市）`: a count of areas in brackets tells of the name before it."""
    quantity = sentence.quantities[index]
    start, end = quantity.start, quantity.end
    if (
        quantity.unit_kind != "noun"
        or sentence.text[start - 1 : start] + sentence.text[end : end + 1] != "（）"
    ):
        return None
    area = next((p for p in sentence.areas_before(start) if p.end == start - 1), None)
    run = _RUN.search(sentence.text[max(sentence.start, start - 12) : start - 1])
    return area.name if area else run[1] if run else None


def _shared_out(sentence: Sentence, index: int) -> str | None:
    """`古田、屏南分别修桥4座和7座`: as many areas as quantities, each its own."""
    start = sentence.quantities[index].start
    clause = sentence.clause_start(start)
    word = sentence.text.rfind("分别", clause, start)
    areas = [p for p in sentence.areas_before(word) if p.start >= clause] if word >= 0 else []
    joints = {sentence.text[a.end : b.start] for a, b in pairwise(areas)}
    if len(areas) < 2 or areas[-1].end != word or not joints <= {"、", "和", "与", "及"}:
        return None
    end = sentence.clause_end(start)
    counted = [q.start for q in sentence.quantities[max(0, index - 8) : index + 8] if word < q.start < end]
    return areas[counted.index(start)].name if len(counted) == len(areas) else None


def _of_clause(sentence: Sentence, areas: list[NamedArea]) -> str | None:
    for a, b in pairwise(areas):  # 成都到绵阳的高铁: a way from or to the own area is its own
        if sentence.text[a.end : b.start] in ("到", "至", "往") and sentence.own in (a.name, b.name):
            return sentence.own
        if sentence.text[a.end : b.start] == "的" and not b.known:  # 古田的…产业园区
            return b.name
    if any(p.name == sentence.own and sentence.text.startswith(_COMES, p.start - 1) for p in areas):
        return sentence.own
    visited = areas and _VISIT.search(sentence.text, areas[0].start, areas[-1].end + 24)
    for role in ("subject",) if visited else ("subject", "in"):
        found = next((p for p in areas if p.role == role), None)
        if found:
            return found.name
    return None


def _described(sentence: Sentence, index: int) -> str | None:
    end = sentence.quantities[index].end
    if sentence.text[end : end + 1] != "的":
        return None
    return next((p.name for p in sentence.areas_after(end + 1)), None)


def read_period(
    sentence: Sentence, index: int, carried: Carried, usual: str | None
) -> tuple[str | None, bool]:
    """The nearest date before that is no base of comparison; (period, whether it is a day to come up to)."""
    quantity = sentence.quantities[index]
    inside = [d for d in sentence.dates_before(quantity.start) if d.role in ("plain", "from")]
    nearest: When | None = None
    for when in inside:
        used = sentence.counts_between(when.end, quantity.start)
        if when.role == "from" and used:  # 由2009年的70列增加至90列: only for the 70
            continue
        if when.period and nearest and _same_time_of_last_year(sentence, when):
            nearest = replace(when, period=_a_year_before(nearest.period))
        elif when.period:
            nearest = _finer(nearest, when, sentence)
    now = _NOW.search(sentence.text, nearest.end if nearest else sentence.start, quantity.start)
    if now:
        return None, False
    if nearest:
        return nearest.period, nearest.due
    later = _told_after(sentence, index)
    if later:
        return later, False
    if carried.period and goes_on(sentence):
        return carried.period, carried.due
    return usual, False


def _told_after(sentence: Sentence, index: int) -> str | None:
    """`18名医生今年6月已经到岗`: the day of what is done, told behind the quantity."""
    start = sentence.quantities[index].end
    end = start + len(sentence.right(index))
    found = (d for d in sentence.dates_after(start, end) if d.role == "plain" and d.period)
    return next((d.period for d in found if sentence.text.startswith("已", d.end)), None)


def _same_time_of_last_year(sentence: Sentence, when: When) -> bool:
    """`去年同期`: the period before, a year earlier."""
    return sentence.text[when.start : when.end + 2] in ("去年同期", "上年同期")


def _a_year_before(period: str | None) -> str | None:
    return re.sub(r"(?:19|20)[0-9]{2}(?=-|/|$)", lambda y: str(int(y[0]) - 1), period or "") or None


def goes_on(sentence: Sentence) -> bool:
    """Whether the sentence goes on with the period of the one before: 其中, 同时, 分产业看."""
    return bool(_ON.match(sentence.text[sentence.start : sentence.start + 12]))


def _finer(old: When | None, new: When, sentence: Sentence) -> When:
    """A date in brackets holds only there."""
    if old and sentence.text[new.start - 1 : new.start] == "（":
        return old
    return new


_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_DAY = re.compile(r"年[0-9]{1,2}月[0-9]{1,2}日")
_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾")


def usual_period(setting: Setting, at: int) -> str | None:
    """The period of a report's title or of the chapter: `2021年…公报`, `一、2022年工作回顾`."""
    chapters = [h.title for h in setting.path(at) if h.level > 1]
    for title in reversed(chapters):
        if len(set(_YEAR.findall(title))) == 1 and not _DAY.search(title):
            return _titled(title)
    year = year_meant(chapters, "", setting.passage(at).written, plan=False)
    if year:
        return str(year)
    title = setting.document.title or ""
    return _titled(title) if _REPORT.search(title) and len(_YEAR.findall(title)) == 1 else None


def _titled(title: str) -> str | None:
    return next((d.period for d in read_dates(title, lambda _: None)), None)
