"""Things counted that a quantity before them bounds: `10亿元以上的却占了|9个`, `45岁以下的就|9个`,
`年产5万吨以上矿山|12座`."""

from __future__ import annotations

import re

from cunzhao.extract.figures.carry import Told
from cunzhao.extract.figures.heads import head_of, thing_of
from cunzhao.extract.figures.noun import left_marked, same_clause
from cunzhao.extract.figures.phrase import find_stem, says_nothing
from cunzhao.extract.figures.sentence import Sentence

_TOLD = ("count", "person", "noun", "percent", "fraction")
_OVER = re.compile(  # 10亿元以上的却占了|9个
    r"及?以[上下]的?(?:虽然|反而|反倒|[却倒也还才就只仅共更又均都已])*(?:占到?|有|达到?|为|是)?了?"
)
_EDGE = re.compile(r"及?以[上下]|以内")
_YOUNG = re.compile(r"(及?以[上下]的?[一-龥]{0,6}?)(?:就|只|仅|才|也|共|还|却|倒)*(?:有|占|是)?")
_OLDER = re.compile(r"^的|(?:就|只|仅|才|也|共|还|却|倒)*占[到了]*$")


def bounds_next(sentence: Sentence, index: int) -> bool:
    """`10亿元|以上的却占了9个`: what the things counted next are over."""
    after = sentence.quantities[index + 1 : index + 2]
    over = _OVER.fullmatch(sentence.right(index)) if after and after[0].unit_kind in _TOLD else None
    return bool(over) and after[0].start == sentence.quantities[index].end + len(sentence.right(index))


def bounded(told: Told, index: int, left: str) -> str | None:
    """`年产5万吨以上大型矿山12座`: the quantity before is part of the name."""
    sentence = told.sentence
    if "，" in left or left.endswith(("、", "和", "及", "与")) or not same_clause(sentence, index):
        return None
    before = sentence.quantities[index - 1]
    quote = sentence.text[before.start : before.end]
    edge = _EDGE.match(left)
    if _OVER.fullmatch(left) and before.unit != "岁" and (like := told.like(index)):  # 10亿元以上的却只有|9个
        lead = head_of(find_stem(sentence.names, left_marked(sentence, index - 1)))
        return f"{lead}{quote}{edge[0] if edge else ''}{thing_of(like) or like}"
    young = _YOUNG.fullmatch(left) if before.unit == "岁" else None
    if young and sentence.quantities[index].unit_kind in ("count", "person"):  # 45岁以下的就9个
        return f"{quote}{young[1]}"
    if before.unit == "岁":  # 0—14岁人口占16.2%, 60岁及以上占21.7%
        people = _OLDER.sub("", _EDGE.sub("", left))
        if _OVER.fullmatch(left) and sentence.quantities[index].unit_kind in ("percent", "fraction"):
            return f"{quote}{edge[0] if edge else ''}人口"  # 35岁以下的只有9%
        holds = left.endswith(("占", "占了", "占到", "占到了"))
        return f"{quote}{edge[0] if edge else ''}{people or '人口'}" if holds else None
    over = before.unit_kind in ("money", "bare") and re.match(r"(?:级|的)?[一-龥]{0,6}(?:项目|企业)$", left)
    if not edge and not over:
        return None
    stem = find_stem(sentence.names, left)
    if len(stem) < 2:
        return None
    lead = find_stem(sentence.names, left_marked(sentence, index - 1))
    lead = "" if says_nothing(lead) else lead
    return f"{lead}{quote}{edge[0] if edge else ''}{_EDGE.sub('', stem).removesuffix('占')}"
