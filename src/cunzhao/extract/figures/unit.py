"""The unit of a quantity: printed, shared in a list, or the one meant where only a magnitude stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.types import By

_MONEY = re.compile(
    r"投资|投入|资金|产值|收入|总值|GDP|营收|利润|税|销售|贷款|存款|出口|进口|预算|支出|补助|引资|金额|"
    r"成本|资产|市值|交易额|经济总量|补贴|奖励|罚款|捐款|出资|花费|亏损|赔付|租|工资|价|费|钱|盈余|分红|利息|学费"
)
_OF_MONEY = re.compile(r"[以的]?上?[一-龥]{0,12}(?:项目|投资|资金)")
_COIN = re.compile(r"(?:钱|左右|上下|出头|以[上下]|不等|多|[一每][一-龥]{1,2}|$)")  # 胎菊一公斤卖160块
_PAYS = re.compile(r"[卖价挣赚花交掏贵宜补钱租费给省赔薪]|收入|工资|[一每](?:公?斤|亩|吨|天|月|人|碗|件|个)")
_PEOPLE = re.compile(
    r"(?:人口|群众|居民|农民|职工|学生|党员|妇女|儿童|老人|老年人|人员|干部|农民工|毕业生|人才|村民|市民|劳动力)$"
)
_MEANT = (
    ("人口", "人"),
    ("农户", "户"),
    ("贫困户", "户"),
    ("游客", "人次"),
    ("市场主体", "户"),
    ("用户", "户"),
)
_PRINTED = re.compile(r"[0-9](?:[余多来几]|个(?=[万亿]))?(?!百分点)[十百千万亿]{0,3}[余多]?([^0-9]+)$")


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit and what it was read from; `start:end` are the words, flat, -1 where there are none."""

    name: str | None
    by: By
    start: int = -1
    end: int = -1


def read_unit(sentence: Sentence, index: int, indicator: str | None) -> Measured:
    """`45.6亿元`: 元; `4.6和3.1个百分点`: that of the list; `10个亿`, `300多万人口`: the one meant."""
    quantity = sentence.quantities[index]
    if quantity.unit == "块" and _COIN.match(sentence.right(index)) and _PAYS.search(sentence.left(index)):
        return Measured("元", "clause")
    if quantity.unit or quantity.unit_kind != "bare":
        words = _PRINTED.search(sentence.text[quantity.start : quantity.end])
        if words is None:
            return Measured(quantity.unit, "list")
        return Measured(quantity.unit, "words", quantity.start + words.start(1), quantity.end)
    right = sentence.right(index)
    for noun, unit in _MEANT:
        if right.startswith(noun) or (indicator or "").endswith(noun):
            return Measured(unit, "clause")
    if _PEOPLE.search(indicator or ""):
        return Measured("人", "clause")
    if _MONEY.search(indicator or "") or _OF_MONEY.match(right):
        return Measured("元", "clause")
    meant = "元" if quantity.magnitude >= 10**8 and not right[:1].isalnum() else None
    return Measured(meant, "default")
