"""How a quantity is stated: comparator and measure (level, growth, share)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.figures.quantity import Quantity
from cunzhao.extract.figures.sentence import REACH, Sentence
from cunzhao.extract.types import By, Comparator, Measure

_NEUTRAL = r"(?:达到了?|达|为|到|至|了|在|是|有|共有|共|合计|累计|总计|于|出)?"
_PREFIXES: tuple[tuple[Comparator, str], ...] = (
    (
        ">=",
        r"不[会能可应]?(?:少于|低于|小于)|(?<![剩赚挣攒放])不下|不得低于|不得少于|至少[一-龥]{0,2}|最低|最少|≥|大于等于|高于或等于",
    ),
    ("<=", r"不超过|(?<!只)不过|不高于|不多于|不大于|不得超过|不突破|至多|最多|≤|控制在"),
    ("<", r"不足|不到|不满|(?<=[剩赚挣攒])不下|跌破|[卖赚挣用花]不了|少于|低于|小于|未达到?|未满"),
    (">", r"超过|超出|突破|逾|高于|大于|多于|远超|已超|超|(?<![超通经不突度渡走越好])过"),
    (
        "~",
        r"大约|大概|(?:(?<=折合)|(?<![签合条履契节预特集公违制]))约(?:为|占)?|接近|将近|(?<![拉接靠邻附最将就])近|大致",
    ),
)
_PREFIX = re.compile("|".join(f"(?P<p{i}>(?:{words}){_NEUTRAL}$)" for i, (_, words) in enumerate(_PREFIXES)))
_SUFFIXES: tuple[tuple[Comparator, str], ...] = (
    (">=", r"及以上|或以上|以上|及其以上"),
    ("<=", r"及以下|以下|以内|之内|的?[一-龥]{1,4}之内|的?[一-龥]{1,4}以内"),
    ("~", r"左右|上下"),
    ("<", r"(?:都|也|还)不[到足]|都没到"),
    (">", r"之?多(?![个家项条种类点元样方边次])|开外|有余|出头|强(?![一-龥]|一点)|强一点|还要?多|挂零"),
)
_SUFFIX = re.compile("|".join(f"(?P<s{i}>{words})" for i, (_, words) in enumerate(_SUFFIXES)))
_OF_WHOLE = re.compile(  # 约占全省的7%, 不到某城的1/4, 约为2013年的3倍
    r"占[^，占]{1,14}的?$|(?<=不到|不足|超过|将近)[^，]{1,14}的$|(?<=[为是])[^，为是]{1,14}的$"
)
STATED = re.compile(
    rf"(?>(?:{'|'.join(words for _, words in _PREFIXES)}|仅|只有?|也|均|还|已经?|将|分别|幅度|各|再|"
    rf"高达|多达){_NEUTRAL}"
    r"|达到了?|达|为|了|是)+$"
)
_EACH = re.compile(
    r"(?<=[于过到])[每一](?:公?斤|吨|亩|人|户|平方米|立方米|千瓦时|度|只|头|件|月|年|天)$"
)  # 不低于每公斤90元
_AND = re.compile(r"^(?:以上|以下|左右|以内)?(?:、|和|及|与|以及|或|，)$")
_GROW = (
    r"增长|上调|增加|提高|上升|上涨|提升|增产|增速|增幅|涨幅|涨|扩大|加快|攀升|回升|提速|"
    r"(?<=[上去]年)增|(?<![新年收])增|高出|高于|翻[一两]?番|翻|多[增收支投产卖]|拉高|升幅|升值|升"
)
_FALL = (
    r"下降|下调|降低|减少|回落|下滑|缩小|缩短|减短|拉近|收窄|放缓|下跌|负增长|萎缩|压减|压缩|递减|降幅|"
    r"跌幅|减幅|减产|减收|减亏|(?<![吃花用卖丢失去除砍拆扔])掉|少[增收支投产卖]|贬值|下浮|下挫|缩水|(?<=时间)[能可]?省[下出]|跌去?|降|减"
)
CHANGE = re.compile(rf"(?:(?P<fall>{_FALL})|(?P<grow>{_GROW}))$")
_BELOW = re.compile(r"(?:低于|少于|慢于?|落后)[一-龥A-Z]{0,14}$")
# 比上年多213个, 比年初新增…: how much more or less.
_MORE = re.compile(
    r"(?:(?:比|较)[^，比较]{1,24}?|同比|环比)(?:(?P<less>少)|(?<!最)多|新增|净增)(?:[一-龥]{1,2}?|出)?了?(?:约|近)?$"
)
_LESS = re.compile(  # of any measure: 比去年低3.2%, 比沿海低0.7元, 比走海路短700公里
    r"(?:比[^，比]{1,24}?|较[^，较]{1,24}?|同比|环比)还?[要就]?"
    r"(?:(?P<less>[低慢短轻矮]|便宜|省)|[高快长重贵])出?了?(?:约|近)?$"
)
_DIFFERS = re.compile(
    r"(?:^|[^，至到最])(?:(?P<less>少|低|便宜)|多|高|贵)(?:出了?|了)(?:约|近)?$"
    r"|(?:高|多)出[一-龥]{2,8}$"  # 高出全市农民|4800元
    r"|(?P<cheap>便宜)(?:约|近)?$"
)  # 优良天数248天，多了22天
# 低于全省平均水平0.2人: how far from it
_FAR = re.compile(r"(?:(?P<less>低于|少于|短于)|高于|多于|长于)[^，于0-9]{1,12}(?:平均|水平)$")
_POSTURE = re.compile(r"(增势|涨势|增速|增幅|涨幅|降幅|跌幅)[一-龥]{0,6}，$")  # 增势最猛，达|11.8%
_FLOWS = re.compile(r"(?:增加值|生产总值|GDP|投资|总额|收入|支出|产值|进出口|出口|进口|全年)(?:预期)?$")
_OF = re.compile(r"占|比重|比例|占比|率|份额|覆盖")
# 增长6.7%，一季度8.4%，6月回升至7.3%: the growth of parts of the time
_PART_OF_TIME = re.compile(
    r"(?:[，、和与]|(?:今年|去年)?(?:[0-9]{1,2}月份?|第?[一二三四]季度|[上下]半年))+(?:回升|回落|加快|放缓|反弹)?[到至]?(?:只有|仅有?|则|为)*"
)
_LATTER = re.compile(r"后者[却倒则也更只仅有高达为是约近]*")  # 前者增速4.2%，后者却高达48%
_RATE = re.compile(r"(?:增势|涨势|增速|增长率|增幅|涨幅|升幅|降幅|跌幅|减幅)[^，]{0,6}$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a field was read from; `start` is -1 where no words of the text say it."""

    by: By
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Stated:
    comparator: Comparator
    measure: Measure
    falls: bool  # a fall: the value is negative
    listed: bool  # stands in a list with the quantity before: shares its words
    compared: Said  # what the comparator was read from
    measured: Said  # what the measure was read from


def read_statement(sentence: Sentence, index: int, before: Stated | None) -> Stated:
    """`before` is what was read of the quantity before in the same sentence."""
    quantity = sentence.quantities[index]
    left = sentence.left(index) or _clause_before(sentence, index)
    if quantity.unit_kind == "percent" and not STATED.sub("", left):  # 经营净收入增势最猛，达11.8%
        left = _posture(sentence, index) or left
    gap = sentence.text[sentence.quantities[index - 1].end : quantity.start] if index else ""
    listed = bool(before) and index > 0 and _same_scale(sentence, index) and bool(_AND.match(_plain(gap)))
    comparator, compared = _comparator(sentence, index, left)
    stem = STATED.sub("", left)
    change = (
        None if left.endswith(("到", "至", "为", "成")) and not _RATE.search(left) else CHANGE.search(stem)
    )
    below = _BELOW.search(left) or left.endswith(("低", "慢", "低了", "慢了"))
    far = quantity.unit_kind != "percent" and not sentence.right(index).startswith("的")
    more = (
        _MORE.search(left)
        or _LESS.search(left)
        or (_DIFFERS.search(left) if left[-1:] in "了出约近宜" or "出" in left else None)
        or (_FAR.search(left) if far else None)
    )
    falls = bool((change and change["fall"]) or (more and _is_less(more))) or (
        quantity.unit_kind == "points" and bool(below)
    )
    measure = _measure(quantity, left, stem, bool(change or more))
    measured = _measured(sentence, quantity, left, measure, change or more)
    if listed and before and (not stem or stem in ("、", "和", "及", "与", "以及")):
        measure, falls, measured = before.measure, before.falls, _shared(before.measured)
        if comparator == "=" and not gap.startswith("，"):
            comparator, compared = before.comparator, _shared(before.compared)
    elif before and measure == "share" and _goes_on(sentence, index, before, left):
        measure, falls, measured = "growth", before.falls, _shared(before.measured)
    return Stated(comparator, measure, falls and quantity.value > 0, listed, compared, measured)


def _is_less(more: re.Match[str]) -> bool:
    return any(more.groupdict().values())


def _goes_on(sentence: Sentence, index: int, before: Stated, left: str) -> bool:
    grew = before.measure == "growth" and sentence.quantities[index].unit_kind == "percent"
    told = _PART_OF_TIME.fullmatch(left) or _LATTER.fullmatch(left)
    return grew and _same_scale(sentence, index) and bool(told)


def _clause_before(sentence: Sentence, index: int) -> str:
    """`规上工业增加值，18.9%，比全省快`: a quantity alone in its clause is of the one before."""
    at = sentence.quantities[index].start
    start = sentence.clause_start(max(sentence.start, at - 1))
    alone = start < at and not sentence.counts_between(start, at)
    return sentence.text[start : at - 1] if alone else ""


def _posture(sentence: Sentence, index: int) -> str:
    """The word of growth of the clause before, which tells how fast without a number."""
    start = sentence.clause_start(sentence.quantities[index].start)
    at = sentence.clause_start(max(sentence.start, start - 1))
    found = _POSTURE.search(sentence.text, at, start) if not sentence.counts_between(at, start) else None
    return found[1] if found else ""


def _shared(said: Said) -> Said:
    return said if said.by == "default" else Said("list", said.start, said.end)


def _measured(
    sentence: Sentence, quantity: Quantity, left: str, measure: Measure, change: re.Match[str] | None
) -> Said:
    """The words that tell growth or share; the unit itself where it does."""
    word = change or (_RATE.search(left) if measure == "growth" else _OF.search(left))
    if word and measure != "level":
        return _before(sentence, quantity, word[0].strip("，"))
    return Said("words", quantity.start, quantity.end) if quantity.unit_kind == "points" else Said("default")


def _before(sentence: Sentence, quantity: Quantity, words: str) -> Said:
    """`words` where they stand last before the quantity."""
    start = sentence.text.rfind(words, max(sentence.start, quantity.start - REACH), quantity.start)
    return Said("words", start, start + len(words)) if words and start >= 0 else Said("words")


def _plain(gap: str) -> str:
    """The gap between two quantities without comparators, so that `8%和超过9%` is still a list."""
    return STATED.sub("", gap)


def _same_scale(sentence: Sentence, index: int) -> bool:
    return sentence.quantities[index].unit == sentence.quantities[index - 1].unit


def _comparator(sentence: Sentence, index: int, left: str) -> tuple[Comparator, Said]:
    quantity = sentence.quantities[index]
    suffix = _SUFFIX.match(sentence.right(index))
    if suffix and suffix.lastgroup:
        said = Said("words", quantity.end, quantity.end + suffix.end())
        return _SUFFIXES[int(suffix.lastgroup[1:])][0], said
    left = _EACH.sub("", left)
    prefix = _PREFIX.search(_OF_WHOLE.sub("", left)[-10:]) or _PREFIX.search(left[-10:])
    if prefix and prefix.lastgroup and not _compares(left, quantity):
        return _PREFIXES[int(prefix.lastgroup[1:])][0], _before(sentence, quantity, prefix[0])
    return (">", Said("words", quantity.start, quantity.end)) if quantity.more else ("=", Said("default"))


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
    if quantity.unit_kind == "percent" and _FLOWS.search(stem.rstrip("，")) and "占" not in left:
        return "growth"
    if quantity.unit_kind in ("percent", "fraction"):
        return "share"
    return "level"


# 由2009年的70列: what was
SINCE = re.compile(r"(?:由|从)(?:(?:19|20)[0-9]{2}年|去年|上年|前年|年初)[^，]{0,4}的?$")
