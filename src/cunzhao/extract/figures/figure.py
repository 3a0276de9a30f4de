"""Figures: what is measured, how much, where, when, and whether it is so, wanted or expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cunzhao.extract.figures.indicator import name_indicators
from cunzhao.extract.figures.names import measured
from cunzhao.extract.figures.period import read_period
from cunzhao.extract.figures.qualify import Stated, read_nature, read_statement
from cunzhao.extract.figures.quantity import Quantity, lex
from cunzhao.extract.figures.region import read_region
from cunzhao.extract.figures.sentence import Sentence, read_sentences
from cunzhao.extract.figures.usual import usual_period
from cunzhao.extract.text.flat import printed
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact, FigureFields

VERSION = "1"
_MONEY = re.compile(
    r"投资|资金|产值|收入|总值|GDP|营收|利润|税|销售|贷款|存款|出口|进口|预算|支出|补助|引资|金额|"
    r"成本|资产|市值|交易额"
)
_MEANT = (("人口", "人"), ("游客", "人次"), ("市场主体", "户"), ("用户", "户"))


def extract_figures(setting: Setting) -> Iterator[Fact]:
    """One fact for each measured quantity, in order of place."""
    text = setting.flat.text
    quantities = measured(text, lex(text), setting.dates)
    last_paragraph, indicator = -1, None
    for sentence in read_sentences(setting, quantities):
        paragraph = setting.flat.paragraph_at(sentence.start).start
        if paragraph != last_paragraph:
            last_paragraph, indicator = paragraph, None
        facts = list(_of_sentence(sentence, setting, indicator))
        yield from facts
        indicator = next((f.fields["indicator"] for f in reversed(facts)), None)


def _of_sentence(sentence: Sentence, setting: Setting, indicator: str | None) -> Iterator[Fact]:
    stated: list[Stated] = []
    for index in range(len(sentence.quantities)):
        stated.append(read_statement(sentence, index, stated[-1] if stated else None))
    named = name_indicators(sentence, stated, indicator)
    usual, timed = usual_period(setting, sentence.start), None
    for index, quantity in enumerate(sentence.quantities):
        unit = _unit(quantity, named[index], sentence.right(index))
        if unit is None and quantity.unit_kind == "bare" and not named[index]:
            continue
        if not stated[index].listed or timed is None:
            timed = read_period(sentence, index, stated[index], usual)
        nature = read_nature(sentence, index, period=timed.period, due=timed.due, plan=setting.plan)
        span = setting.flat.span(quantity.start, quantity.end)
        fields: FigureFields = {
            "value": _number(-quantity.value if stated[index].falls else quantity.value),
            "unit": unit,
            "comparator": stated[index].comparator,
            "indicator": named[index],
            "measure": stated[index].measure,
            "region": read_region(sentence, index),
            "period": timed.period,
            "nature": nature,
            "printed": printed(quantity.printed),
            "magnitude": quantity.magnitude,
        }
        if quantity.value_high is not None:
            fields["value_high"] = _number(quantity.value_high)
        per = _per(sentence, index)
        if per:
            fields["per"] = per
        yield Fact(kind="figure", span=span, fields=fields, extractor="figure", version=VERSION)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _unit(quantity: Quantity, indicator: str | None, right: str) -> str | None:
    """The unit printed, or where only a magnitude stands (`10个亿`, `300多万人口`) the one meant."""
    if quantity.unit or quantity.unit_kind != "bare":
        return quantity.unit
    for noun, unit in _MEANT:
        if right.startswith(noun) or (indicator or "").endswith(noun):
            return unit
    if _MONEY.search(indicator or "") or re.match(r"[以的]?上?[一-龥]{0,12}(?:项目|投资|资金)", right):
        return "元"
    return "元" if quantity.magnitude >= 10**8 and not right[:1].isalnum() else None


def _per(sentence: Sentence, index: int) -> str | None:
    """A rate: `每天…43次`, `每日进馆人数`."""
    start = sentence.clause_start(sentence.quantities[index].start)
    match = re.search(r"每([天日年月周人户亩])", sentence.text[start : sentence.quantities[index].start])
    return match[1] if match else None
