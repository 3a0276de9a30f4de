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
from dataclasses import replace

from cunzhao.extract.figures.bounds import bounded, bounds_next
from cunzhao.extract.figures.carry import COUNTED, Named, Told, clause_before, take_over
from cunzhao.extract.figures.deed import bracketed, made, paid, way
from cunzhao.extract.figures.heads import (
    complete,
    head_of,
    is_agent,
    is_part,
    is_whole,
    starts_with_verb,
    thing_of,
)
from cunzhao.extract.figures.noun import left_marked, own_noun, same_clause
from cunzhao.extract.figures.phrase import ends_with_verb, find_stem, says_nothing
from cunzhao.extract.figures.qualify import Stated
from cunzhao.extract.figures.sentence import REACH, Sentence
from cunzhao.extract.figures.share import Left, name_share
from cunzhao.extract.figures.sharing import share_out

_SAME = re.compile(  # another word for what was named: 总数达到1720户, 增速分别为…
    r"(?:总量|总数|增速|增幅|涨幅|降幅|增长率|数量|规模|均值|合计|总计|平均(?:水平|值|数)?|占比|比重|数字|(?:年均)?名义增速|(?:整个|这个|总)?盘子|体量|家底|个头|块头)$"
)
_THIS = re.compile(
    r"(?:这|该|此|上述)[一二两三几]?(?:个|项|些)?[一-龥]{0,2}(?:数字|指标|数据|比重|比例|差距|数|数值|水平)"
    r"|的(?:数字|数据)$"
)
_SEEN = re.compile(r"(?:从|按)([^，]{2,24}?)来?看，|([^，；：]{2,20})(?<![集高初其当])中，")
_THRESHOLD = re.compile(r"及?以上的?[一-龥]{0,14}项目")  # 5亿元以上项目: what they invest
_COUNTED = re.compile(r"[的级]?[一-龥]{0,4}(?:项目|企业)")  # 过5亿元的项目|16个
_AGED = re.compile(r"(?:及?以[上下])?的?(?:[一-龥]{0,4}(?:人口|妇女|老[年人]|儿童|人群|居民|人员)|户籍|占)")
_TURNS = re.compile(  # 分别下降3%和增长5%
    r"(?:以[上下]|左右)?(?:、|和|及|与)(?:增长|增加|上升|提高|下降|减少|降低|回落)"
)
_DOES = re.compile(r"(?:稳定|顺利|成功|如期|实现|已经?|全部)*([一-龥]{2,4})")
_MADE = re.compile(r"[年月日](?:产|处理|加工|供)[一-龥]{2}")
_PRICE = re.compile(r"[每一](?:公?斤|吨|亩|头|只|株|棵|箱|袋|件|碗|个|度|平方米|立方米|千瓦时)[^，]{0,5}$")
_TIMES = re.compile(r"(?:相当于|是|为|达|等于|不足|不到|接近|超过)[^，占]{2,14}的$")  # 仅相当于厦门的1/3
_SUCH = re.compile(  # what is counted is told before, which of them here
    r"(?:其中|，|、|[和与及]|◇)*([^，◇、]{2,16})的(?:虽然|反而|反倒|[却倒也还才就只仅共更又均都已])*(?:占到?|有|达到?|为|是)?了?"
)
_EACH_OF = re.compile(r"(?:分别|依次)?(?:约)?占(?:到|了)?([一-龥]{1,10}?)的?(?:比重|比例)?(?:为|达到?)?")
_ALIKE = re.compile(r"(?:大体|基本|大致)?(?:相当|持平|打平|相仿|不相上下)")  # 与上年的43亿元|大体相当
_STARTED = re.compile(r"(?:开工|动工|竣工|投产|签约|在建|续建|落地|达产|入库|投运|注册|履约)$")


def name_indicators(
    sentence: Sentence, stated: Sequence[Stated], carried: Sequence[Named] = ()
) -> list[Named]:
    """For each quantity of the sentence its indicator; `carried`: those of the sentence before."""
    told = Told(sentence, stated, carried)
    while len(told.named) < len(sentence.quantities):
        first = len(told.named)
        size = 1
        while first + size < len(stated) and _is_listed(told, first + size):
            size += 1
        for offset, named in enumerate(_name_group(told, first, size)):
            told.named.append(replace(named, unit=sentence.quantities[first + offset].unit))
    return told.named


def _is_listed(told: Told, index: int) -> bool:
    """Whether the quantity shares the words of the one before: `下降3%、5%`, `下降3%和增长5%`."""
    sentence = told.sentence
    if own_noun(sentence, index):
        return False
    quantity, before = sentence.quantities[index], sentence.quantities[index - 1]
    turns = quantity.unit == before.unit and _TURNS.fullmatch(sentence.text[before.end : quantity.start])
    return told.stated[index].listed or bool(turns)


def _name_group(told: Told, first: int, size: int) -> list[Named]:
    each = _each_of(told, first, size)
    if each:
        return each
    one = _former(told, first) or _seen_from(told.sentence, first, size) or _name_one(told, first)
    if one is None:
        return take_over(told, first, size)
    parts = share_out(one.text, size) if size > 1 and one.text else None
    return [replace(one, text=part, by="list") for part in parts] if parts else [one] * size


def _each_of(told: Told, first: int, size: int) -> list[Named] | None:
    """`甲712只，乙11吨，分别占全区的10.8%和10.5%`: a share of each of those told before."""
    share = _EACH_OF.fullmatch(told.sentence.left(first)) if size > 1 else None
    if not share:
        return None
    recent = [f"{named.text or ''}".split("占")[0] for named in told.named[max(0, first - size) : first]]
    if len(set(recent)) != size or not all(recent):
        return None
    return [Named(f"{part}占{share[1]}", "list") for part in recent]


def _former(told: Told, index: int) -> Named | None:
    """`甲和乙分别为…，前者增长3%，后者占全国的1%`."""
    sentence, at = told.sentence, told.sentence.quantities[index].start
    left = sentence.left(index)
    if not left.startswith(("前者", "后者")) or len(told.named) < 2:
        return None
    other = sentence.left(index - 1) if left[:2] == "后者" else ""
    if other.startswith("前者") and find_stem(sentence.names, other[2:], compared=True):
        return None  # 前者亩均投资350万元，后者240万元
    former = (
        sentence.text.find("前者", sentence.start, at) >= 0
    )  # it stands last but one, then the latter does
    name = f"{told.named[-2 if former else -1].text or ''}".split("占")[0]
    share = _EACH_OF.fullmatch(left[2:])
    rest = left_marked(sentence, index)[2:]
    if not name or not (share or not find_stem(sentence.names, rest, compared=True)):
        return None
    return Named(f"{name}占{share[1]}" if share else name, "list")


def _name_one(told: Told, index: int) -> Named | None:
    """None where the clause names nothing of its own."""
    sentence, quantity = told.sentence, told.sentence.quantities[index]
    left = _left(told, index)
    stem = _stem(told, index, left)
    before = Left(left, stem, told.texts())
    named = (
        bounded(told, index, left)
        or name_share(sentence, index, before, told.stated[index].measure)
        or made(sentence, index, stem)
        or way(sentence, index, left, stem)
        or (None if stem else bracketed(sentence, index))
    )
    if sentence.text.startswith("人口", quantity.end) or named:
        return _words(sentence, index, named or "人口")
    right = sentence.right(index)
    over = _THRESHOLD.match(right) or _COUNTED.fullmatch(right) or bounds_next(sentence, index)
    if quantity.unit_kind in ("money", "bare") and over and not head_of(stem):
        return Named("投资", "default")
    if quantity.unit == "岁" and (_AGED.match(right) or bounds_next(sentence, index)):
        return Named("年龄", "default")
    noun = own_noun(sentence, index)
    if noun and not is_whole(noun) and not right.startswith("的") and says_nothing(stem):
        noun = paid(sentence, index, left) or noun  # 累计投了9.6亿元治水
    if noun and _stands_behind(sentence, index, stem, left):
        return _words(sentence, index, noun)
    if not stem or says_nothing(stem) or _THIS.search(stem):
        return _by_deed(sentence, index, stem, left, noun)
    if not is_whole(stem) and (named := paid(sentence, index, stem)):  # 从银行贷了20万
        return Named(named, "words")
    if is_agent(stem) and ends_with_verb(left):  # 公司拿出22亿元
        named = paid(sentence, index, left)
        if named or quantity.unit_kind in ("money", "measure", "bare"):
            return _words(sentence, index, named) if named else None
    if before.told and (_SAME.fullmatch(stem) or ("其中" in left and stem in ("投入", "出资", "支付"))):
        return None
    like = told.like(index) if "的" in left and quantity.unit_kind == "count" else None
    such = _SUCH.fullmatch(left) if like and not noun and not is_part(stem) else None
    if like and such:  # 总部设在园内的却只有|7家
        return Named(f"{such[1]}的{thing_of(like) or like}", "words")
    return _words(sentence, index, _completed(told, index, stem))


def _by_deed(sentence: Sentence, index: int, stem: str, left: str, noun: str | None) -> Named | None:
    """Where only verbs stand before the quantity: `开工|61个`, `实现6.1万人稳定|脱贫`, `再奖|1万元`."""
    started = _STARTED.search(stem or left.removesuffix("的"))
    if started and sentence.quantities[index].unit_kind == "count":
        return _words(sentence, index, f"{started[0]}项目")
    if _THIS.search(stem):
        return None
    noun = noun or _what_they_do(sentence, index)
    pays = None if noun else paid(sentence, index, left)
    if pays and not clause_before(sentence, index, near=True):  # 光柴油一项，今年就多花了38万元
        noun = pays
    return _words(sentence, index, noun) if noun else None


def _words(sentence: Sentence, index: int, text: str) -> Named:
    """With the place of the words, the nearest to the quantity, where they stand in one run."""
    quantity = sentence.quantities[index]
    at = sentence.text.rfind(text, max(sentence.start, quantity.start - REACH), quantity.start)
    if at < 0:
        at = sentence.text.find(text, quantity.end, quantity.end + REACH)
    return Named(text, "words", at, at + len(text)) if at >= 0 else Named(text, "words")


def _left(told: Told, index: int) -> str:
    """The left clause, dates marked, without the noun of the quantity before: `30%的产值、35%…`."""
    left = left_marked(told.sentence, index)
    noun = own_noun(told.sentence, index - 1) if same_clause(told.sentence, index) else None
    rest = left.removeprefix("的")
    if noun and told.named[index - 1].text == noun and rest.startswith(noun):
        return rest.removeprefix(noun)
    return left


def _stem(told: Told, index: int, left: str) -> str:
    quantity = told.sentence.quantities[index]
    if quantity.unit_kind in ("fraction", "ratio", "percent"):
        left = _TIMES.sub("", left)
    if left.endswith(("这", "那")) and quantity.unit_kind == "points":  # 别小看这0.4个百分点
        return ""
    compared = (
        quantity.unit_kind == "points"
        or bool(_ALIKE.match(told.sentence.right(index)))
        or told.stated[index].measure == "growth"
    )
    return find_stem(told.sentence.names, left, compared=compared)


def _stands_behind(sentence: Sentence, index: int, stem: str, left: str) -> bool:
    """Whether the noun right of the quantity names it, not the phrase left of it."""
    quantity, right = sentence.quantities[index], sentence.right(index)
    if right.startswith("的") and _MADE.match(stem):  # 年产汽车配件600套的|工厂
        return False
    if quantity.unit_kind in ("count", "noun", "time") or quantity.unit in ("名", "位", "户", "人"):
        does = stem and not says_nothing(stem) and starts_with_verb(right)  # 闲置院落31处|建民宿
        return not does or ends_with_verb(left)
    of = right.startswith("的")
    if is_agent(stem) and ends_with_verb(left):  # 农行又给了8亿元的|项目贷款
        return True
    return not stem or says_nothing(stem) or not is_whole(stem) or (not of and not head_of(stem))


def _what_they_do(sentence: Sentence, index: int) -> str | None:
    """`37109人|受益`, `实现6.1万人稳定|脱贫`."""
    quantity = sentence.quantities[index]
    if quantity.unit not in ("人", "人次", "户") or quantity.end + len(
        sentence.right(index)
    ) != sentence.clause_end(quantity.end):
        return None
    does = _DOES.fullmatch(sentence.right(index))
    return does[1] if does else None


def _completed(told: Told, index: int, stem: str) -> str:
    """`水泥` in `从主要产品产量看，…水泥1470万吨` -> `水泥产量`; `国家级` with what was counted before."""
    quantity = told.sentence.quantities[index]
    if quantity.unit_kind == "money" and _PRICE.search(told.sentence.left(index)[-12:]):
        return stem  # 架子羊一公斤42元
    counted = quantity.unit_kind in COUNTED and quantity.unit not in ("人", "人次", "户")
    if not counted and not head_of(stem):
        seen = [match[1] or match[2] for match in _SEEN.finditer(told.sentence.before(index))]
        if seen and head_of(seen[-1]):
            return stem + head_of(seen[-1])
    after = told.sentence.quantities[index + 1 : index + 2]
    shared = after and counted and is_part(stem) and after[0].unit == quantity.unit
    noun = own_noun(told.sentence, index + 1) if shared else None  # 省级6家、市级16家联点单位
    return stem + noun if noun else complete(stem, told.like(index), counted=counted)


def _seen_from(sentence: Sentence, first: int, size: int) -> Named | None:
    """`从产量和出口看，…分别占全省的3%和7%`: the parts stand in the clause before."""
    left = sentence.left(first)
    if size < 2 or "分别" not in left:
        return None
    seen = re.search(r"从([^，]{3,24}?)来?看，", sentence.before(first))
    parts = share_out(find_stem(sentence.names, seen[1]), size) if seen else None
    of = re.search(r"占([一-龥]{1,10}?)的?$", left)
    text = "、".join(part + (f"占{of[1]}" if of else "") for part in parts) if parts else None
    return Named(text, "clause") if text else None
