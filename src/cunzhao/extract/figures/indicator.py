"""The indicator: the noun phrase that names what is measured, from the text, without region, period or
growth word.

Where to look: left of the quantity in its clause (`外贸出口突破600亿元`); right of a classifier
(`83万个个体工商户`) or of 的 (`34%的工业产值`); a clause before that only names it (`研发投入的比重，三市
依次为…`); else the quantity before of the same unit, in the sentence or the paragraph (`，增长6.8%`,
`省级58家`). A list of quantities shares a split phrase out: `甲县和乙县…产量7200吨、5100吨` gives each its
own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cunzhao.extract.figures.heads import complete, head_of, is_whole
from cunzhao.extract.figures.noun import left_marked, own_noun, same_clause
from cunzhao.extract.figures.phrase import find_stem, says_nothing, up_to_stop
from cunzhao.extract.figures.qualify import Stated
from cunzhao.extract.figures.quantity import Quantity
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.figures.share import Left, name_share
from cunzhao.extract.figures.sharing import share_out
from cunzhao.extract.types import By

_LAST = 12  # figures back that a name may be taken over from
_COUNTS = ("count", "noun", "person")
_SAME = re.compile(  # another word for what was named: 总数达到1720户, 增速分别为…, 这一比重只有…
    r"(?:总量|总数|增速|增幅|涨幅|降幅|增长率|数量|规模|均值|合计|总计|平均|占比|比重|数字|年均名义增速|名义增速)$"
)
_THIS = re.compile(
    r"(?:这|该|此|上述)[一二两三几]?(?:个|项|些)?[一-龥]{0,2}(?:数字|指标|数据|比重|比例|差距|数|数值|水平)"
)
_EDGE = re.compile(r"及?以[上下]|以内")
_SEEN = re.compile(r"(?:从|按)([^，]{2,24}?)来?看，|([^，；：]{2,20})(?<![集高初其当])中，")
_FRAMED = re.compile(r"(?:在|从|按)([^，]{2,40}?)(?:中|来?看|方面|上)")
_THRESHOLD = re.compile(r"及?以上的?[一-龥]{0,14}项目")  # 5亿元以上项目: what they invest
_SIZED = re.compile(r"(?:并?不|很|较|最)[大小高低多少长短]$")  # 面积不大，1.2万平方米
_YIELD = re.compile(r"[年月日](?:产|处理|加工|供|接待)$")
_TIMES = re.compile(r"(?:相当于|是|为|达|等于)[^，占]{2,14}的$")  # 仅相当于厦门的1/3
_STARTED = re.compile(r"(?:开工|动工|竣工|投产|签约|在建|续建|落地|达产|入库|投运|注册|履约)$")


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator with what it was read from: `start:end` are the words, flat; -1 where there are none."""

    text: str | None
    by: By
    start: int = -1
    end: int = -1
    unit: str | None = None  # of its quantity


NOTHING = Named(None, "default")


def name_indicators(
    sentence: Sentence, stated: Sequence[Stated], carried: Sequence[Named] = ()
) -> list[Named]:
    """For each quantity of the sentence its indicator; `carried`: those of the sentence before."""
    reader = _Reader(sentence, stated, carried)
    while len(reader.named) < len(sentence.quantities):
        reader.read_group()
    return reader.named


class _Reader:
    """Names the quantities of a sentence from left to right, a list of them at a time."""

    def __init__(self, sentence: Sentence, stated: Sequence[Stated], carried: Sequence[Named]) -> None:
        self.sentence, self.stated, self.carried = sentence, stated, carried
        self.named: list[Named] = []

    def read_group(self) -> None:
        first = len(self.named)
        size = 1
        while first + size < len(self.stated) and self._listed(first + size):
            size += 1
        for offset, named in enumerate(self._group(first, size)):
            self.named.append(replace(named, unit=self.sentence.quantities[first + offset].unit))

    def _listed(self, index: int) -> bool:
        return self.stated[index].listed and not own_noun(self.sentence, index)

    def _group(self, first: int, size: int) -> list[Named]:
        one = self._seen_from(first, size) or self._name_one(first, size)
        if one is None:
            return self._taken_over(first, size)
        if size > 1 and one.text:
            parts = share_out(one.text, size)
            return [replace(one, text=part, by="list") for part in parts] if parts else [one] * size
        return [one] * size

    def _name_one(self, first: int, size: int) -> Named | None:
        """None where the clause names nothing of its own."""
        quantity = self.sentence.quantities[first]
        if self.sentence.text.startswith("人口", quantity.end):
            return Named("人口", "words", quantity.end, quantity.end + 2)
        left = self._left(first)
        bound = self._bound(first, left)
        if bound:
            return self._words(bound, first)
        stem = self._stem(first, left)
        share = name_share(self.sentence, first, Left(left, stem, self._told()), self.stated[first].measure)
        if share:
            return self._words(share, first)
        if quantity.unit_kind in ("money", "bare") and _THRESHOLD.match(self.sentence.right(first)):
            return Named("投资", "default")
        noun = own_noun(self.sentence, first)
        made = _YIELD.search(stem)
        if made and quantity.unit_kind == "measure":
            behind = noun or up_to_stop(self.sentence.right(first))
            return self._words(f"{made[0]}{behind}" if behind else stem, first)
        if noun and self._stands_behind(quantity, stem, first):
            return self._words(noun, first)
        if not stem or says_nothing(stem) or _THIS.search(stem):
            started = _STARTED.search(stem)
            if started and quantity.unit_kind == "count":
                return self._words(f"{started[0]}项目", first)
            return self._words(noun, first) if noun and not _THIS.search(stem) else None
        if _SAME.fullmatch(stem) and (self.named or self.carried):
            return None
        return self._words(self._completed(first, stem), first)

    def _words(self, text: str, index: int) -> Named:
        """With the place of the words, the nearest to the quantity, where they stand in one run."""
        quantity = self.sentence.quantities[index]
        floor = max(self.sentence.start, quantity.start - 90)
        at = self.sentence.text.rfind(text, floor, quantity.start)
        if at < 0:
            at = self.sentence.text.find(text, quantity.end, quantity.end + 60)
        return Named(text, "words", at, at + len(text)) if at >= 0 else Named(text, "words")

    def _left(self, index: int) -> str:
        """The left clause, dates replaced, without the noun of the quantity before: `30%的产值、35%…`."""
        left = left_marked(self.sentence, index)
        noun = own_noun(self.sentence, index - 1) if index else None
        same = index and same_clause(self.sentence, index)
        if noun and same and self.named[index - 1].text == noun and left.removeprefix("的").startswith(noun):
            return left.removeprefix("的").removeprefix(noun)
        return left

    def _stem(self, index: int, left: str) -> str:
        quantity = self.sentence.quantities[index]
        if quantity.unit_kind in ("fraction", "ratio", "percent"):
            left = _TIMES.sub("", left)
        compared = quantity.unit_kind == "points" or self.stated[index].measure == "growth"
        return find_stem(self.sentence.names, left, compared=compared)

    def _stands_behind(self, quantity: Quantity, stem: str, index: int) -> bool:
        """Whether the noun right of the quantity names it, not the phrase left of it."""
        if quantity.unit_kind in ("count", "noun", "time") or quantity.unit in ("名", "位", "户", "人"):
            return True
        behind = self.sentence.right(index).startswith("的")
        return not stem or says_nothing(stem) or not is_whole(stem) or (not behind and not head_of(stem))

    def _latest(self) -> list[Named]:
        """The last few of the sentence, then of the one before, the latest first."""
        return [*reversed(self.named[-_LAST:]), *reversed(self.carried[-_LAST:])]

    def _told(self) -> list[str]:
        """What was named so far, the latest first."""
        return [n.text for n in self._latest() if n.text]

    def _completed(self, index: int, stem: str) -> str:
        quantity = self.sentence.quantities[index]
        counted = quantity.unit_kind in _COUNTS and quantity.unit not in ("人", "人次", "户")
        seen = None
        for match in _SEEN.finditer(self.sentence.before(index)):
            seen = match[1] or match[2]
        if seen and not counted and not head_of(stem) and head_of(seen):
            return stem + head_of(seen)
        return complete(stem, self._like(index), counted=counted)

    def _like(self, index: int) -> str | None:
        """What was named last with the same unit, or for growth named last at all."""
        unit = self.sentence.quantities[index].unit
        growth = self.stated[index].measure == "growth"
        for named in self._latest():
            if named.text and (growth or named.unit == unit):
                return named.text
        return None

    def _taken_over(self, first: int, size: int) -> list[Named]:
        """What the clause leaves out: named in a clause before without one, or of the quantity before."""
        before = self._clause_before(first, near=True)
        if before:
            parts = share_out(before.text or "", size) if size > 1 else None
            return [replace(before, text=part) for part in parts] if parts else [before] * size
        recent = self.named[first - size : first] if first >= size else []
        if size > 1 and len({named.text for named in recent}) == size:
            return [replace(named, by="list") for named in recent]
        level = self.stated[first].measure == "level"
        unit = self.sentence.quantities[first].unit
        same = next((n for n in reversed(self.named[-_LAST:]) if n.text and n.unit == unit), None)
        last = next((n for n in reversed(self.named[-_LAST:]) if n.text), None)
        if level and not same and self.sentence.quantities[first].unit_kind in _COUNTS:
            same = next((n for n in reversed(self.carried[-_LAST:]) if n.text and n.unit == unit), None)
        found = (same if level else None) or last
        if found:
            return [replace(found, by="clause")] * size
        before = self._clause_before(first, near=False)
        if before:
            return [before] * size
        told = [n for n in reversed(self.carried[-_LAST:]) if n.text]
        same = next((n for n in told if n.unit == unit), None) if level else None
        found = same or next(iter(told), None)
        return [replace(found, by="sentence") if found else NOTHING] * size

    def _clause_before(self, index: int, *, near: bool) -> Named | None:
        """The nearest earlier clause that only names something: `普及率，到2028年达到…`."""
        sentence = self.sentence
        begin = sentence.clause_start(sentence.quantities[index].start)
        floor = sentence.quantities[index - 1].end if index else sentence.start
        while begin - 1 > floor:
            at = sentence.clause_start(begin - 1)
            if at < floor or sentence.text[begin - 1] not in "，：":
                return None
            clause = sentence.text[at : begin - 1]
            framed = _FRAMED.fullmatch(clause)
            clause = _SIZED.sub("", framed[1] if framed else clause)
            stem = find_stem(sentence.names, clause)
            if stem and (head_of(stem) if near else len(stem) > 1) and not says_nothing(stem):
                end = at + clause.rfind(stem) + len(stem)
                return Named(stem, "clause", end - len(stem), end) if end > at else Named(stem, "clause")
            if near and at <= floor:
                return None
            begin = at
        return None

    def _seen_from(self, first: int, size: int) -> Named | None:
        """`从产量和出口看，…分别占全省的3%和7%`: the parts stand in the clause before."""
        left = self.sentence.left(first)
        if size < 2 or "分别" not in left:
            return None
        seen = re.search(r"从([^，]{3,24}?)来?看，", self.sentence.before(first))
        parts = share_out(find_stem(self.sentence.names, seen[1]), size) if seen else None
        of = re.search(r"占([一-龥]{1,10}?)的?$", left)
        text = "、".join(part + (f"占{of[1]}" if of else "") for part in parts) if parts else None
        return Named(text, "clause") if text else None

    def _bound(self, index: int, left: str) -> str | None:
        """`年产5万吨以上大型矿山12座`: the quantity before is part of the name."""
        if not index or "，" in left or not same_clause(self.sentence, index):
            return None
        before = self.sentence.quantities[index - 1]
        edge = _EDGE.match(left)
        over = before.unit_kind == "money" and re.match(r"(?:级|的)?[一-龥]{0,6}(?:项目|企业)$", left)
        if not edge and not over:
            return None
        stem = find_stem(self.sentence.names, left)
        if len(stem) < 2:
            return None
        quote = self.sentence.text[before.start : before.end]
        lead = find_stem(self.sentence.names, left_marked(self.sentence, index - 1))
        lead = "" if says_nothing(lead) else lead
        return f"{lead}{quote}{edge[0] if edge else ''}{_EDGE.sub('', stem).removesuffix('占')}"
