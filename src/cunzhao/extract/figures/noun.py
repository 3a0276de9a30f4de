"""The clause around a quantity: its left side with dates marked, and the noun right of it."""

from __future__ import annotations

import re

from cunzhao.extract.figures.heads import end_of_thing, is_whole
from cunzhao.extract.figures.phrase import MARK, ends_with_verb, find_stem, says_nothing, up_to_stop
from cunzhao.extract.figures.sentence import Sentence

_ASIDE = re.compile(r"（[^（）0-9]{1,30}）")
_TAKEN = re.compile(r"(?:左右)?的?(?:时间|努力)，?([一-龥]{2,20})")  # 用6年时间建成…
_INSIDE = re.compile(r"的([一-龥]{1,4})[之以]内")
_NOT_NAMING = re.compile(
    r"的?[一-龥]{0,3}(?:速度|基础|目标|水平|大关|规模(?!以上|企业|化)|之内|体量|比例|差距)"
)
_EDGE = re.compile(r"^(?:及?以[上下]|左右|以内|不等|[多余])?的?")

_LIST = 8  # members of a list that a rule looks over
_JOINTS = ("和", "、", "及", "与", "以及")


def same_clause(sentence: Sentence, index: int) -> bool:
    """Whether the quantity before stands in the same clause."""
    start = sentence.clause_start(sentence.quantities[index].start)
    return index > 0 and sentence.quantities[index - 1].end > start


def left_marked(sentence: Sentence, index: int) -> str:
    """The clause before the quantity, from the quantity before it; a MARK for each date, no asides."""
    end = sentence.quantities[index].start
    start = sentence.clause_start(end)
    if same_clause(sentence, index):
        start = sentence.quantities[index - 1].end
    parts, at = [], start
    for date in sentence.dates_after(start, end):
        if date.start >= at and date.end <= end:
            parts += [sentence.text[at : date.start], MARK]
            at = date.end
    return _ASIDE.sub("", "".join([*parts, sentence.text[at:end]]))


def own_noun(sentence: Sentence, index: int) -> str | None:
    """The noun right of the quantity: `83万个|个体工商户`, `34%的|工业产值`."""
    quantity = sentence.quantities[index]
    right = sentence.right(index)
    if quantity.unit_kind == "noun":
        return up_to_stop(right) if right[:1] == "级" else quantity.unit
    if quantity.unit_kind == "time":
        taken = _TAKEN.match(right)
        if taken:
            return taken[1]
    inside = _INSIDE.match(right)
    if inside:
        return inside[1]
    if _NOT_NAMING.match(right):
        return None
    counted = quantity.unit_kind == "count" or quantity.unit in ("名", "位", "户")
    edge = _EDGE.match(right)
    noun = up_to_stop(right[edge.end() if edge else 0 :])
    if right.startswith("的"):
        return noun or None
    if counted:
        return end_of_thing(noun) or _of_list(sentence, index)
    if quantity.unit_kind not in ("money", "measure", "person"):
        return None
    if edge and edge[0].endswith("的"):
        return noun or None
    left = left_marked(sentence, index)
    stem = find_stem(sentence.names, left)
    if not noun or says_nothing(noun[:2]):
        return None
    if stem and not says_nothing(stem) and not ends_with_verb(left):
        return None
    return noun if left or is_whole(noun) else None  # 用好105亿元|民生工程资金


def _of_list(sentence: Sentence, index: int) -> str | None:
    """`修好4座和7座桥`: the noun counted stands after the last of the list."""
    for at in range(index, min(index + _LIST, len(sentence.quantities) - 1)):
        quantity, after = sentence.quantities[at], sentence.quantities[at + 1]
        between = sentence.text[quantity.end : after.start]
        sized = not between and after.unit_kind == "measure"  # 1座5500立方米高炉
        if not sized and (between not in _JOINTS or after.unit != quantity.unit):
            return None
        noun = end_of_thing(up_to_stop(sentence.right(at + 1)))
        if noun:
            return noun
    return None
