"""What a clause leaves out and the reader knows: the name of a figure told before, or by a clause before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cunzhao.extract.figures.heads import head_of, is_mere_thing
from cunzhao.extract.figures.noun import left_marked, marked, same_clause
from cunzhao.extract.figures.phrase import deed_of, find_stem, says_nothing
from cunzhao.extract.figures.qualify import Stated
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.figures.sharing import share_out
from cunzhao.extract.people.names import may_begin
from cunzhao.extract.types import By

COUNTED = ("count", "noun", "person")
_RELATIVE = ("percent", "points", "ratio", "fraction")
_PART = re.compile(r"^(首[批期个]|[一二三]期|第一批|一共|总共|其余)(?:共|有|是)*$")
_LAST = 12  # figures back that a name may be taken over from
_FRAMED = re.compile(r"(?:在|从|按)([^，]{2,40}?)(?:中|来?看|方面|上)")
_SIZED = re.compile(
    r"(?:增势|涨势|势头|表现)?(?:[涨跑走长增降卖来]得)?(?:并?不|很|较|最|更|十分)[一-龥]{1,2}$"
)  # 面积不大，1.2万平方米
_THIS_ONE = re.compile(r"^(?:光是?|单是?|仅)?([^，]{2,12}?)(?:这|那)?一?(?:项|块儿?|头|方面)(?:上|里)?$")
_TOPIC = re.compile(  # 茶园是村里的老底子，原先只有300亩
    r"([一-龥]{2,8}?)(?:(?:[就还都正]?是|乃)(?!否)|过去|以前|原来|从前|原先|如今|现在|刚刚|曾经|还没|没有)"
)
_WITHOUT = ("除去", "除掉", "除了", "扣除", "扣掉", "刨去", "刨除", "不算", "去掉", "减去")
_WITHIN = re.compile(r"(?<=[一-龥]{3})(?<![集高初其当])之?中$")  # 此次签约项目中，5亿元以上的有8个
_EDGE = re.compile(r"及?以[上下]")
_NO_NAMES = ("相比", "计算", "核算", "时", "后", "前", "期间", "以来", "方面")
_OF_WORK = (
    "投资",
    "投资额",
    "面积",
    "容量",
    "库容",
    "产能",
    "能力",
    "占地",
)  # of one project: the next sentence has its own
_DONE = ("完成", "已完成", "仅完成", "才完成")
_NAME = 5  # characters of a name and its colon
_RATE = re.compile(r"增速|增幅|涨幅|降幅|增长率")


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator with what it was read from: `start:end` are the words, flat; -1 where there are none."""

    text: str | None
    by: By
    start: int = -1
    end: int = -1
    unit: str | None = None  # of its quantity


ASKED = "?"  # in place of a unit: what the question before asks for
NOTHING = Named(None, "default")


@dataclass(slots=True)
class Told:
    """What was named so far: of the sentence, and before it of the paragraph's sentence before."""

    sentence: Sentence
    stated: Sequence[Stated]
    carried: Sequence[Named]
    named: list[Named] = field(default_factory=list)

    def here(self) -> Iterator[Named]:
        """The last few of the sentence, the latest first."""
        return (named for named in reversed(self.named[-_LAST:]) if named.text)

    def before(self) -> Iterator[Named]:
        """The last few of the sentence before."""
        return (named for named in reversed(self.carried[-_LAST:]) if named.text)

    def texts(self) -> list[str]:
        return [named.text for these in (self.here(), self.before()) for named in these if named.text]

    def asked(self, index: int) -> Named | None:
        """What the question asks for, for the first figure of its answer."""
        last = self.carried[-1] if self.carried and not self.named else None
        if not last or last.unit != ASKED:
            return None
        rated = (last.text or "").endswith("率")
        return last if not rated or self.is_relative(index) else None

    def is_relative(self, index: int) -> bool:
        """Growth, a share, a multiple: of whatever was named last."""
        return self.sentence.quantities[index].unit_kind in _RELATIVE

    def like(self, index: int) -> str | None:
        """What was named last with the same unit, or for growth in percent named last at all."""
        unit = self.sentence.quantities[index].unit
        growth = self.stated[index].measure == "growth" and self.is_relative(index)
        for named in self.here():
            if growth or named.unit == unit:
                return named.text
        before = (n for n in self.before() if growth or n.unit == unit)
        return next((n.text for n in before if not head_of(n.text or "").endswith(_OF_WORK)), None)


def take_over(told: Told, first: int, size: int) -> list[Named]:
    """For `size` quantities whose clause names nothing: the clause before that only names something, the
    figures before in the sentence, those of the sentence before, or any clause before."""
    asked = told.asked(first)
    if asked:
        return [asked] * size
    near = clause_before(told.sentence, first, near=True)
    if near:
        parts = share_out(near.text or "", size) if size > 1 else None
        return [replace(near, text=part) for part in parts] if parts else [near] * size
    recent = told.named[first - size : first] if first >= size else []
    if size > 1 and len({named.text for named in recent}) == size:
        return [replace(named, by="list") for named in recent]
    return [_one_before(told, first)] * size


def _one_before(told: Told, index: int) -> Named:
    quantity = told.sentence.quantities[index]
    level = told.stated[index].measure == "level"
    counts = quantity.unit_kind in COUNTED
    joined = (
        index and told.sentence.text[told.sentence.quantities[index - 1].end : quantity.start] in "、和及"
    )
    if joined and told.named[-1].text and told.named[-1].by == "words":  # 贷款1.2万笔、58.6亿元
        return replace(told.named[-1], by="clause")
    edge = _EDGE.match(told.sentence.left(index))  # 其中10亿元以上3家
    if level and not edge and same_clause(told.sentence, index) and told.named[-1].text:  # 12家工厂吸纳5870人
        return replace(told.named[-1], by="clause")
    alone = not told.is_relative(index)
    if not alone and told.stated[index].measure == "share" and told.sentence.left(index).startswith(_DONE):
        done = next((n for n in told.here() if n.unit == quantity.unit), None)
        if done:  # 完成路基的80%，…，完成65%
            return replace(done, by="clause")
    here = next((n for n in told.here() if n.unit == quantity.unit), None) if alone else None
    before = next((n for n in told.before() if n.unit == quantity.unit), None)
    if here is None and level and counts and before:  # a count goes on with what was counted so
        return replace(before, by="sentence")
    deed = deed_of(left_marked(told.sentence, index)) if level and alone and not here else ""
    if len(deed) > 1:  # 全年预计交付25架
        return Named(deed, "words")
    part = _PART.search(told.sentence.left(index)) if level and alone and not here else None
    if part and quantity.unit_kind != "money":  # 先租后售，首批9万平方米
        return Named(part[1], "words")
    here = here or next(told.here(), None)
    if here:
        if level and alone and (here.text or "").endswith("占比"):  # 占全省的43%，达1390亿元
            here = replace(here, text=(here.text or "").removesuffix("占比"))
        return replace(_what_grew(told, index, here), by="clause")
    any_before = next(told.before(), None)
    before = before or (any_before if told.is_relative(index) else None)
    if before:
        return replace(before, by="sentence")
    rate = _RATE.search(told.sentence.left(index))
    if rate:
        return Named(rate[0], "words")
    far = clause_before(told.sentence, index, near=False)
    if far or (level and counts):
        return far or NOTHING
    return replace(any_before, by="sentence") if any_before else NOTHING


def _what_grew(told: Told, index: int, here: Named) -> Named:
    """`投资23亿元，占年度计划的61%，增长18%`: the investment grew, not its share."""
    quantity = told.sentence.quantities[index]
    if quantity.unit_kind == "points" or told.stated[index].measure != "growth":
        return here
    if quantity.unit_kind == "percent" and (here.text or "").endswith("率"):  # 完成率55%，增长41%
        told_by = zip(reversed(told.named), reversed(told.stated[: len(told.named)]), strict=True)
        return next((named for named, stated in told_by if stated.measure == "level" and named.text), here)
    part = re.split("占|完成", here.text or "")[0]
    return next((named for named in told.here() if named.text == part), here)


def _speaks(sentence: Sentence, at: int, begin: int) -> bool:
    """`程远明：去年…`: the name of who answers."""
    opens = at == 0 or sentence.text[at - 1] == "\n"
    label = opens and sentence.text[begin - 1] == "：" and begin - at <= _NAME
    return label and may_begin(sentence.text, at) and not sentence.text[begin].isdigit()


def clause_before(sentence: Sentence, index: int, *, near: bool) -> Named | None:
    """The nearest earlier clause without quantity that names something: `普及率，到2028年达到…`; `near`: one
    that names nothing but a measure."""
    begin = sentence.clause_start(sentence.quantities[index].start)
    floor = sentence.quantities[index - 1].end if index else sentence.start
    while begin - 1 > floor and sentence.text[begin - 1] in "，：":
        at = sentence.clause_start(begin - 1)
        if at < floor:
            return None
        if _speaks(sentence, at, begin):
            return None
        clause = marked(sentence, at, begin - 1)
        framed = _FRAMED.fullmatch(clause)
        one = _THIS_ONE.match(clause)
        sized = _SIZED.search(clause)
        about = _TOPIC.match(clause) if not near else None
        told = framed or one or about
        stem = find_stem(sentence.names, told[1] if told else _WITHIN.sub("", _SIZED.sub("", clause)))
        counts = sentence.quantities[index].unit_kind in COUNTED
        names = not near or head_of(stem) or one or sized or (counts and (framed or is_mere_thing(stem)))
        compared = clause.endswith(_NO_NAMES) or clause.startswith(_WITHOUT) or sentence.is_source(at)
        if len(stem) > 1 and names and not compared and not says_nothing(stem):
            place = sentence.text.rfind(stem, at, begin)
            return Named(stem, "clause", place, place + len(stem) if place >= 0 else -1)
        begin = at
    return None
