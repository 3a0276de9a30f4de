"""The indicator: the noun phrase that names what is measured, from the text, without region, period or
growth word.

Where to look: left of the quantity in its clause (`外贸出口突破600亿元`); right of a classifier
(`83万个个体工商户`) or of 的 (`34%的工业产值`); the quantity before, where a clause only says how it
grew (`，增长6.8%`). A list of quantities shares a split phrase out: `甲县和乙县…产量7200吨、5100吨`
gives each its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cunzhao.extract.figures.phrase import find_stem, up_to_stop, without_trail
from cunzhao.extract.figures.qualify import STATED, Stated
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.figures.sharing import merge_heads, share_out

_BUILT = re.compile(r"(?:有|建成|新建|新增|改造|完成|开通|种植|新改建|铺设|治理|修复|培训|发放)$")
_RATED = re.compile(r"(?:率|占比|比重|比例|份额|度|面|水平|系数)$")
_SET_AGAINST = re.compile(
    r"(?:增速|增幅|涨幅|降幅|增长率)?(?:分别)?(?:比|较|快于|高于|低于|慢于)[^，]{1,16}$"
)
_VERB = re.compile(r"以上|以下|左右|以内|大关|[提上下增减升降]|扩大|缩小|回落")
_TAKEN = re.compile(r"(?:左右)?的?(?:时间|努力)，?([一-龥]{2,20})")  # 用6年时间建成…
_EDGE = re.compile(r"及?以[上下]|以内")
_PART = re.compile(r"当?中，?已?经?[仅只]?有?$|，(?:其余|其他|剩余|余下)的?$|(?:其余|其他|剩余|余下)的?$")
_APART = re.compile(r"(?:要|又|还)?[高低快慢]出?了?$")  # …的比例要低6个百分点
_REAR = re.compile(r"^的?")


def name_indicators(sentence: Sentence, stated: Sequence[Stated], carried: str | None) -> list[str | None]:
    """For each quantity of the sentence its indicator; `carried` is the last one of the paragraph so far."""
    named: list[str | None] = []
    while len(named) < len(sentence.quantities):
        first = len(named)
        size = 1
        while (
            first + size < len(stated)
            and stated[first + size].listed
            and not _own_noun(sentence, first + size)
        ):
            size += 1
        named += _group(sentence, stated[first], named, size, carried)
    return named


def _group(
    sentence: Sentence, stated: Stated, named: list[str | None], size: int, carried: str | None
) -> list[str | None]:
    first = len(named)
    phrase = _seen_from(sentence, first, size) or _name_one(sentence, stated, named, first)
    if phrase and first:
        phrase = merge_heads(phrase, named[first - 1])
    if phrase in ("占比", "比重", "占比重") and first >= size:
        return [f"{name or ''}{phrase}" for name in named[first - size : first]]
    if phrase:
        parts = share_out(phrase, size) if size > 1 else None
        return list(parts) if parts else [phrase] * size
    recent = named[first - size : first]
    if size > 1 and first >= size and len(set(recent)) == size:
        return recent
    fallback = named[first - 1] if first else _clause_before(sentence, first) or carried
    return [fallback] * size


def _seen_from(sentence: Sentence, index: int, size: int) -> str | None:
    """`从产量和出口看，…分别占全省的3%和7%`: the parts stand in the clause before."""
    left = sentence.left(index)
    if size < 2 or "分别" not in left:
        return None
    seen = re.search(r"从([^，]{3,24}?)来?看，", sentence.before(index))
    parts = share_out(find_stem(sentence.names, seen[1]), size) if seen else None
    of = re.search(r"占([一-龥]{1,10}?)的?$", left)
    return "、".join(part + (f"占{of[1]}" if of else "") for part in parts) if parts else None


def _name_one(sentence: Sentence, stated: Stated, named: list[str | None], index: int) -> str | None:
    quantity = sentence.quantities[index]
    left = _after_noun(sentence, index)
    if sentence.text.startswith("人口", quantity.end):
        return "人口"
    bound = _bound(sentence, named, index, left)
    if bound:
        return bound
    if quantity.unit_kind == "points":
        left = _APART.sub("", _SET_AGAINST.sub("", left))
    if index and _PART.match(left) and quantity.unit == sentence.quantities[index - 1].unit:
        return named[index - 1]
    stem = find_stem(sentence.names, left)
    if stated.measure == "share":
        return _share(sentence, named, index, stem, left)
    noun = _own_noun(sentence, index)
    if noun and (
        quantity.unit_kind in ("count", "noun", "time") or quantity.unit in ("名", "位") or not stem
    ):
        return noun
    if re.match(r"的[一-龥]{1,4}[之以]内", sentence.right(index)) or (
        noun and quantity.unit_kind == "measure" and not sentence.right(index).startswith("的")
    ):
        return noun
    if stem and not (noun is None and _noun_of_list(sentence, index)):
        return stem
    if _noun_of_list(sentence, index):
        return _noun_of_list(sentence, index)
    if _opens_threshold(sentence, index):
        return "投资"
    return noun


def _after_noun(sentence: Sentence, index: int) -> str:
    """The left clause without the noun of the quantity before: `30%的产值、35%…`."""
    left = sentence.left(index)
    noun = _own_noun(sentence, index - 1) if index else None
    near = (
        sentence.clause_start(sentence.quantities[index].start) < sentence.quantities[index - 1].end
        if index
        else False
    )
    if noun and near and left.removeprefix("的").startswith(noun):
        return left.removeprefix("的").removeprefix(noun)
    return left


def _bound(sentence: Sentence, named: list[str | None], index: int, left: str) -> str | None:
    """`年产5万吨以上大型矿山12座`: the quantity before is part of the name."""
    if not index or not (_EDGE.match(left) or _over(sentence, index - 1, left)):
        return None
    stem = find_stem(sentence.names, left)
    if len(stem) < 2 or "，" in left:
        return None
    before = sentence.quantities[index - 1]
    quote = sentence.text[before.start : before.end]
    edge = _EDGE.match(left)
    noun = _EDGE.sub("", stem).removesuffix("占")
    return f"{_left_stem(sentence, index - 1)}{quote}{edge[0] if edge else ''}{noun}"


def _over(sentence: Sentence, before: int, left: str) -> bool:
    """`过2亿元项目8个`: the bound and its noun name what is counted."""
    quantity = sentence.quantities[before]
    money = quantity.unit_kind == "money" and quantity.end >= sentence.clause_start(
        sentence.quantities[before + 1].start
    )
    return money and bool(re.match(r"(?:级|的)?[一-龥]{0,6}(?:项目|企业)$", left))


def _left_stem(sentence: Sentence, index: int) -> str:
    return find_stem(sentence.names, sentence.left(index))


def _opens_threshold(sentence: Sentence, index: int) -> bool:
    quantity = sentence.quantities[index]
    money = quantity.unit_kind in ("money", "bare")
    return money and bool(re.match(r"及?以上[一-龥]{0,14}项目", sentence.right(index)))


def _share(sentence: Sentence, named: list[str | None], index: int, stem: str, left: str) -> str | None:
    """`X占Y的比重`; where X stands before or after, it is put in its place."""
    noun = _own_noun(sentence, index)
    body = re.search(r"占(?!地|比|领)([^，]*)$", STATED.sub("", left))
    of = body[1] if body else None
    if noun and of is not None:
        return f"{noun}占{without_trail(of)}"
    if noun and not _RATED.search(stem):
        before = named[index - 1] if index else None
        shared = re.search(r"占(.+)$", before or "")
        return f"{noun}占{shared[1]}" if shared else noun
    whole = _within_whole(sentence, index)
    if whole and left.rstrip().endswith("占") and stem:
        return f"{stem.removesuffix('占')}占{whole}比重"
    if of is not None and (stem == find_stem(sentence.names, of) or stem.startswith("占")):
        subject = (named[index - 1] if index else None) or _clause_before(sentence, index)
        tail = f"占{without_trail(of)}"
        return f"{subject}{tail}" if subject else tail
    sold = re.match(r"[一-龥]{2,8}$", sentence.right(index))
    if stem and sold and not _RATED.search(stem) and not _VERB.match(sold[0]):
        return stem + sold[0]
    return stem.removesuffix("占") or noun


def _own_noun(sentence: Sentence, index: int) -> str | None:
    """The noun right of the quantity: `83万个|个体工商户`, `34%的|工业产值`."""
    quantity = sentence.quantities[index]
    right = sentence.right(index)
    if quantity.unit_kind == "noun":
        return up_to_stop(right) if right[:1] == "级" else quantity.unit
    counted = quantity.unit_kind == "count" or quantity.unit in ("名", "位", "户")
    if quantity.unit_kind in ("measure", "person") and _BUILT.search(sentence.left(index)):
        return up_to_stop(right) or None
    taken = _TAKEN.match(right) if quantity.unit_kind == "time" else None
    if taken:
        return taken[1]
    within = re.match(r"的([一-龥]{1,4})[之以]内", right)
    if within:
        return within[1]
    if not right.startswith("的") and not counted:
        return None
    if re.match(r"的?[一-龥]{0,3}(?:速度|基础|目标|水平|大关|规模(?!以上|企业|化)|之内)", right):
        return None
    noun = up_to_stop(_REAR.sub("", right))
    return noun or None


def _noun_of_list(sentence: Sentence, index: int) -> str | None:
    """`修好4座和7座桥`: the noun counted stands after the last of the list."""
    quantity, after = sentence.quantities[index], sentence.quantities[index + 1 : index + 2]
    joined = after and sentence.text[quantity.end : after[0].start] in ("和", "、", "及", "与")
    if not joined or quantity.unit_kind != "count" or after[0].unit != quantity.unit:
        return None
    return _own_noun(sentence, index + 1)


def _clause_before(sentence: Sentence, index: int) -> str | None:
    """The nearest earlier clause of the sentence that names something: `农村自来水普及率，到2028年达到…`."""
    at = sentence.clause_start(sentence.quantities[index].start)
    for _ in range(3):
        if at <= sentence.start + 2:
            return None
        begin = sentence.clause_start(at - 1)
        stem = find_stem(sentence.names, sentence.text[begin : at - 1])
        if 2 <= len(stem) <= 24 and not stem.endswith(("看", "计算", "测算", "核算", "显示", "了解", "介绍")):
            return stem
        at = begin
    return None


def _within_whole(sentence: Sentence, index: int) -> str | None:
    """`在夜校学员中，女学员占…`: the whole that a part is of."""
    start = sentence.clause_start(sentence.quantities[index].start)
    match = re.search(r"([^，；：]{2,24})中，$", sentence.text[max(sentence.start, start - 30) : start])
    return find_stem(sentence.names, match[1]) if match else None
