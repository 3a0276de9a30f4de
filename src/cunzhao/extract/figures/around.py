"""Where: an area that stands around the quantity itself.

`80平方公里的…新区`, `扬州（1287元）`, `低于全省2.1天的水平`, areas and quantities in rows, where money goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.figures.rows import area_in_row
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.places.areas import NamedArea
from cunzhao.extract.types import By

RUN = re.compile(r"(?:^|[^一-龥]|尽管|目前|由|与|和|从|对|把|将|即|在|及|是|以|的|而)([一-龥]{2,6})$")
_DESCRIBES = re.compile(r"[一-龥]{0,6}(?:的|组成的|构成的)")
_SET_AGAINST = re.compile(r"(?:于|及|过|比|较|与|跟|和|同|离|距|对照)$")
_MEAN = re.compile(r"的?(?:平均|水平|规模|[块个]头|均值|标准|总量|体量|零头)|相比|比(?=[，更还])")
_MONEY = re.compile(r"(?:投资|出资|增资|投入|注资)(?:约|近|超过?|逾|了|总额|额)*$")
_GOES = re.compile(r"(?:到|在|于|，在|，到|落户|建设|兴建)")
_LAST = 40  # areas of a sentence in which one around a quantity is looked for


@dataclass(frozen=True, slots=True)
class Placed:
    """An area or body and what it was read from; `start` is -1 where no words of the text say it."""

    name: str | None
    by: By
    start: int = -1
    end: int = -1
    aside: bool = False  # only this quantity is about it: `扬州（1287元）`, `低于全省2.1天的水平`
    inner: bool = False  # it tells only of what is counted: 居长三角41个城市前列


def placed(area: NamedArea | None, by: By = "words", *, aside: bool = False) -> Placed | None:
    """The area as what a quantity is about; None for none."""
    return Placed(area.name, by, area.start, area.end, aside) if area else None


def read_around(sentence: Sentence, index: int) -> Placed | None:
    """The area that the words right around quantity `index` make it tell of, if they do."""
    listed = placed(area_in_row(sentence, index), "list")
    near = _described(sentence, index) or _defined(sentence, index) or listed
    return near or _in_brackets(sentence, index) or _set_against(sentence, index) or _money(sentence, index)


def _described(sentence: Sentence, index: int) -> Placed | None:
    """`80平方公里的…新区`, `2500多万人口的上海`, `15个城市组成的…协调会`, `长三角15城市都市圈`."""
    at = sentence.quantities[index].start
    around = next((p for p in sentence.areas[-_LAST:] if p.start < at < p.end), None)
    if around:
        return placed(around)
    match = _DESCRIBES.match(sentence.text, sentence.quantities[index].end)
    return placed(next(iter(sentence.areas_after(match.end())), None)) if match else None


def _defined(sentence: Sentence, index: int) -> Placed | None:
    """`陕北（2市）`: a count of areas in brackets tells of the name before it."""
    quantity = sentence.quantities[index]
    start, end = quantity.start, quantity.end
    if (
        quantity.unit_kind != "noun"
        or sentence.text[start - 1 : start] + sentence.text[end : end + 1] != "（）"
    ):
        return None
    area = next((p for p in sentence.areas_before(start) if p.end == start - 1), None)
    run = RUN.search(sentence.text[max(sentence.start, start - 12) : start - 1])
    return placed(area) or (Placed(run[1], "words", start - 1 - len(run[1]), start - 1) if run else None)


def _in_brackets(sentence: Sentence, index: int) -> Placed | None:
    """`兰州（7.3亿美元）`, `全国平均水平（2.54%）`."""
    start = sentence.quantities[index].start
    area = next(reversed(sentence.areas_before(start)), None)
    between = sentence.text[area.end : start] if area else ""
    return placed(area, aside=True) if between in ("（", "平均（", "平均水平（") else None


def _set_against(sentence: Sentence, index: int) -> Placed | None:
    """`低于全省2.1天的水平`, `与釜山港2000万标箱的规模相比`, `高于长沙的281亿美元`."""
    quantity = sentence.quantities[index]
    area = next(reversed(sentence.areas_before(quantity.start)), None)
    if not area or quantity.start - area.end > 4 or quantity.unit_kind in ("ratio", "points", "fraction"):
        return None
    between = sentence.text[area.end : quantity.start]
    left = sentence.text[max(sentence.start, area.start - 4) : area.start]
    if not _SET_AGAINST.search(left.removesuffix("邻县").removesuffix("邻市")) or re.search(
        r"[，、]", between
    ):
        return None
    exceeds = between == "的" and left.endswith(("于", "及", "过", "离", "距", "照", "邻县", "邻市"))
    right = sentence.right(index)[:10]
    far = quantity.unit_kind != "percent" and left.endswith(("高于", "低于", "少于", "多于"))
    if far and between.endswith(("平均", "水平")) and not right.startswith("的"):
        return None  # 低于全省平均水平0.2人: how far from it
    mean = _MEAN.match(between) or _MEAN.search(right)
    return placed(area, aside=True) if exceeds or mean else None


def _money(sentence: Sentence, index: int) -> Placed | None:
    """`上海投资100亿元到嘉善`, `某公司将在某开发区投资160亿元`: money is about where it goes."""
    quantity = sentence.quantities[index]
    if quantity.unit_kind != "money" or not _MONEY.search(sentence.left(index)):
        return None
    goes = _GOES.match(sentence.text, quantity.end)
    there = next(iter(sentence.areas_after(goes.end())), None) if goes else None
    clause = sentence.clause_start(quantity.start)
    here = (p for p in sentence.areas_before(quantity.start) if p.start >= clause and p.role == "in")
    return placed(there or next(here, None))
