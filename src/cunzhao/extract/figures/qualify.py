"""How a quantity is stated: comparator, measure (level, growth, share), nature (actual, target, forecast)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.figures.quantity import Quantity
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.types import Comparator, Measure, Nature

_NEUTRAL = r"(?:达到了?|达|为|到|至|了|在|是|有|共|共有|合计|累计|总计|于|出)?"
_PREFIXES: tuple[tuple[Comparator, str], ...] = (
    (">=", r"不少于|不低于|不小于|不得低于|不得少于|至少|最低|最少|≥|大于等于|高于或等于"),
    ("<=", r"不超过|不高于|不多于|不大于|不得超过|不突破|至多|最多|≤|控制在|压缩到"),
    ("<", r"不足|不到|不满|少于|低于|小于|未达到?|未满"),
    (">", r"超过|超出|突破|逾|高于|大于|多于|远超|已超|超|(?<![超通经不突度渡走越好])过"),
    ("~", r"大约|大概|(?<![签合条履契节预特集公违制])约(?:为|占)?|接近|将近|(?<![拉接靠邻附最将就])近|大致"),
)
_PREFIX = re.compile("|".join(f"(?P<p{i}>(?:{words}){_NEUTRAL}$)" for i, (_, words) in enumerate(_PREFIXES)))
_SUFFIXES: tuple[tuple[Comparator, str], ...] = (
    (">=", r"及以上|或以上|以上|及其以上"),
    ("<=", r"及以下|以下|以内|之内|的?[一-龥]{1,4}之内|的?[一-龥]{1,4}以内"),
    ("~", r"左右|上下"),
    (">", r"之?多(?![个家项条种类点元样方边次])|开外|有余"),
)
_SUFFIX = re.compile("|".join(f"(?P<s{i}>{words})" for i, (_, words) in enumerate(_SUFFIXES)))
_OF_WHOLE = re.compile(r"占[^，占]{1,14}的?$")  # 约占全省的7%
STATED = re.compile(
    rf"(?:(?:{'|'.join(words for _, words in _PREFIXES)}|仅|只有?|也|均|还|已经?|将|分别|幅度|各|再|"
    rf"高达|多达){_NEUTRAL}"
    r"|达到了?|达|为|了|是)+$"
)
_AND = re.compile(r"^(?:以上|以下|左右|以内)?(?:、|和|及|与|以及|或|，)$")
_GROW = (
    r"增长|上调|增加|提高|上升|上涨|提升|增产|增速|增幅|涨幅|涨|扩大|加快|攀升|回升|提速|(?<![新年收])增|"
    r"高出|高于|翻[一两]?番|翻|多增|拉高|升幅|升"
)
_FALL = (
    r"下降|下调|降低|减少|回落|下滑|缩小|缩短|减短|拉近|收窄|放缓|下跌|负增长|萎缩|压减|压缩|递减|降幅|"
    r"跌幅|减幅|跌|降|减"
)
CHANGE = re.compile(rf"(?:(?P<fall>{_FALL})|(?P<grow>{_GROW}))$")
_BELOW = re.compile(r"(?:低于|少于|慢于?|落后)[一-龥A-Z]{0,14}$")
_RATE = re.compile(r"(?:增速|增长率|增幅|涨幅|升幅)[^，]{0,6}$")


@dataclass(frozen=True, slots=True)
class Stated:
    comparator: Comparator
    measure: Measure
    falls: bool  # a fall: the value is negative
    listed: bool  # stands in a list with the quantity before: shares its words


def read_statement(sentence: Sentence, index: int, before: Stated | None) -> Stated:
    """`before` is what was read of the quantity before in the same sentence."""
    quantity = sentence.quantities[index]
    left = sentence.left(index)
    gap = sentence.text[sentence.quantities[index - 1].end : quantity.start] if index else ""
    listed = bool(before) and index > 0 and _same_scale(sentence, index) and bool(_AND.match(_plain(gap)))
    comparator = _comparator(left, sentence.right(index), quantity)
    stem = STATED.sub("", left)
    change = (
        None if left.endswith(("到", "至", "为", "成")) and not _RATE.search(left) else CHANGE.search(stem)
    )
    below = _BELOW.search(left) or left.endswith(("低", "慢", "低了", "慢了"))
    falls = bool(change and change["fall"]) or (quantity.unit_kind == "points" and bool(below))
    measure = _measure(quantity, left, stem, bool(change))
    if listed and before and (not stem or stem in ("、", "和", "及", "与", "以及")):
        measure, falls = before.measure, before.falls
        comparator = before.comparator if comparator == "=" and not gap.startswith("，") else comparator
    return Stated(comparator, measure, falls and quantity.value > 0, listed)


def _plain(gap: str) -> str:
    """The gap between two quantities without comparators, so that `8%和超过9%` is still a list."""
    return STATED.sub("", gap)


def _same_scale(sentence: Sentence, index: int) -> bool:
    return sentence.quantities[index].unit == sentence.quantities[index - 1].unit


def _comparator(left: str, right: str, quantity: Quantity) -> Comparator:
    suffix = _SUFFIX.match(right)
    if suffix and suffix.lastgroup:
        return _SUFFIXES[int(suffix.lastgroup[1:])][0]
    prefix = _PREFIX.search(_OF_WHOLE.sub("", left)[-10:]) or _PREFIX.search(left[-10:])
    if prefix and prefix.lastgroup and not _compares(left, quantity):
        return _PREFIXES[int(prefix.lastgroup[1:])][0]
    return ">" if quantity.more else "="


def _compares(left: str, quantity: Quantity) -> bool:
    """`高于0.3个百分点`: the distance itself is no bound."""
    return quantity.unit_kind == "points" and left.endswith(("高于", "低于"))


def _measure(quantity: Quantity, left: str, stem: str, changes: bool) -> Measure:
    if quantity.unit_kind == "points":
        return "growth"
    if quantity.unit_kind == "percent" and quantity.value < 0:
        return "growth"
    if changes or (quantity.unit_kind == "percent" and _RATE.search(left)):
        return "growth"
    if quantity.unit_kind in ("percent", "fraction"):
        return "share"
    return "level"


_TARGET = re.compile(
    r"力争|争取|确保|目标|计划(?=用|在|于|到|通过|新|建|引|投|总|年|实|完|培|开|招|安|利)|规划(?=总|"
    r"长|面|投|建设|用|新)|拟(?=投|建|用|引|新|在)|预期目标|必须|努力|立志|(?:通过|经过)(?=$|[0-9])|安排|"
    r"用[0-9]|准备|打算|要再?(?=达到|实现|突破|增长|翻|完成|提高|降)|不少于|不低于|达产后"
)
_FORECAST = re.compile(
    r"预计|预测|有望|预期(?!目标|性)|估计|将(?=从|把|达|超|突破|有|缩|增|下|提|实现|形成|带|新增|其)|"
    r"可[达新实形年转带增吸容满提供节减]|届时|达产后|建成后"
)
_ACTUAL = re.compile(
    r"目前|现有|现已|已经?(?=[一-龥])|截至|完成了|实现了|累计|去年|上年|基础上|以来|经过|同比|回顾|现状"
)
_INTENT = re.compile(r"目标|主要指标|计划|任务|安排|打算|思路|重点工作|举措|措施|规划|保障")
_PAST = re.compile(r"回顾|成效|成绩|现状|基础|形势|情况|背景|成就|问题")
_DONE = re.compile(r"^[^，]{0,14}(?:已经?|均已|全部)(?=[一-龥]{2})(?!纳入|列入)")  # 18名医生已经到岗
_AIMED = re.compile(r"(?:以[上下]|左右)?的(?!基础)[一-龥]{0,4}目标(?!任务)")  # 30所的阶段目标
# 由2009年的70列: what was
SINCE = re.compile(r"(?:由|从)(?:(?:19|20)[0-9]{2}年|去年|上年|前年|年初)[^，]{0,4}的?$")
_OF_INVESTMENT = re.compile(r"总?投资|总?用地|长|面积|建筑|年产")
_OF_SITE = re.compile(r"投资|用地|占地|面积|建筑|产值|税收|产能|年产|建成|达产")
_ITEMS = re.compile(r"^(?:[一-龥]{0,4})?(?:任务|措施|举措|方面|政策|意见|条款|原则)")


def read_nature(sentence: Sentence, index: int, *, period: str | None, due: bool, plan: bool) -> Nature:
    """The nearest cue to the left in the sentence; then a year still to come; then the heading it stands
    under."""
    before = re.sub(r"《[^《》]*》", "", sentence.before(index))
    part = before[before.rfind("；") + 1 :]
    cues: list[tuple[int, Nature]] = [
        (m.end(), "target") for m in _TARGET.finditer(part) if _still_holds(part, m.end())
    ]
    cues += [(m.end(), "forecast") for m in _FORECAST.finditer(part)]
    cues += [(m.end(), "actual") for m in _ACTUAL.finditer(part) if not _wanted_too(part, m)]
    cue = max(cues, default=None)
    year = _last_year(period)
    if _DONE.search(sentence.right(index)):
        return "actual"
    if _AIMED.match(sentence.right(index)):
        return "target"
    if "基础上" in sentence.right(index)[:8] or SINCE.search(sentence.left(index)):
        return "actual"
    if cue and cue[1] == "forecast":
        return "forecast"
    if due and not (year and sentence.written_year and year < sentence.written_year):
        return "target"
    if year and sentence.written_year and year > sentence.written_year:
        return "target"
    if cue:
        return cue[1]
    title = "".join(sentence.headings[1:])
    if _PAST.search(title) or not (
        plan or re.search(r"目标|重点工作|工作安排|主要任务|工作思路|打算", title)
    ):
        return "actual"
    if _ITEMS.match(sentence.right(index)) or not _INTENT.search(title):
        return "actual"
    return "target"


def _wanted_too(part: str, cue: re.Match[str]) -> bool:
    """`力争累计引进100家`: what only sums up does not undo what the clause wants."""
    clause = part[part.rfind("，", 0, cue.start()) + 1 : cue.start()]
    return cue[0] in ("累计", "同比") and bool(_TARGET.search(clause) or _FORECAST.search(clause))


def _still_holds(part: str, cue: int) -> bool:
    """`计划总投资9亿元，培训工人60名`: a plan that is part of the indicator holds for investment only;
    a goal that a clause closes with (`距离…的目标，`) holds for that clause."""
    if part.endswith("目标", 0, cue) and part.startswith("，", cue):
        return False
    if not _OF_INVESTMENT.match(part, cue):
        return True
    since = part[cue:].split("，")[1:]
    return not since or all(_OF_SITE.search(clause) for clause in since)


def _last_year(period: str | None) -> int | None:
    years = re.findall(r"[0-9]{4}", period or "")
    return int(years[-1]) if years and period and not period.startswith("..") else None
