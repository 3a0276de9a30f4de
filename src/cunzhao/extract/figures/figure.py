"""Figures: what is measured, how much, where, when, and whether it is so, wanted or expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from cunzhao.extract.figures.around import Placed
from cunzhao.extract.figures.asked import asked_before
from cunzhao.extract.figures.carry import ASKED, Named
from cunzhao.extract.figures.event import event_day
from cunzhao.extract.figures.indicator import name_indicators
from cunzhao.extract.figures.names import measured
from cunzhao.extract.figures.nature import Natured, read_nature
from cunzhao.extract.figures.period import Timed, read_period, told_each
from cunzhao.extract.figures.qualify import Said, Stated, read_statement
from cunzhao.extract.figures.quantity import lex
from cunzhao.extract.figures.reach import carried_frame
from cunzhao.extract.figures.region import read_region
from cunzhao.extract.figures.sentence import Sentence, read_sentences
from cunzhao.extract.figures.twins import as_told
from cunzhao.extract.figures.unit import Measured, read_unit
from cunzhao.extract.figures.usual import usual_period
from cunzhao.extract.text.flat import printed
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact, FigureFields, Reason

VERSION = "2"
_PER = re.compile(r"每([天日年月周人户亩])")
_NONE: tuple[int, Placed | None] = (-1, None)


def extract_figures(setting: Setting, taken: Callable[[int], bool] = lambda at: False) -> list[Fact]:
    """One fact for each measured quantity, in order of place. `taken` tells whether a flat offset stands
    in a cell that was read with its table."""
    text = setting.flat.text
    quantities = [q for q in measured(text, lex(text), setting.dates) if not taken(q.start)]
    last_paragraph, carried = -1, _NONE
    told: list[Named] = []
    found: list[Fact] = []
    for sentence in read_sentences(setting, quantities):
        paragraph = setting.flat.paragraph_at(sentence.start).start
        if paragraph != last_paragraph:
            answers = text.startswith("？", max(paragraph - 2, 0))  # goes on with what was asked
            asked = asked_before(setting, paragraph)
            told = [*(told if answers else []), *([asked] if asked else [])]
            last_paragraph, carried = paragraph, _NONE
        stated = _read_statements(sentence)
        told = name_indicators(sentence, stated, told)
        facts, about = _of_sentence(sentence, setting, stated, told, carried)
        found += facts
        carried = (sentence.start, about)
    return as_told(found, setting)


def _read_statements(sentence: Sentence) -> list[Stated]:
    stated: list[Stated] = []
    for index in range(len(sentence.quantities)):
        stated.append(read_statement(sentence, index, stated[-1] if stated else None))
    return stated


def _of_sentence(
    sentence: Sentence,
    setting: Setting,
    stated: list[Stated],
    named: list[Named],
    carried: tuple[int, Placed | None],
) -> tuple[list[Fact], Placed | None]:
    """The facts of a sentence, and what area all of them are about, if it is one."""
    usual = usual_period(setting, sentence.start)
    facts: list[Fact] = []
    timed: Timed | None = None
    before: Placed | None = None
    nature: Natured | None = None
    places: list[Placed] = []
    for index, quantity in enumerate(sentence.quantities):
        unit = read_unit(sentence, index, named[index].text)
        if unit.name is None and quantity.unit_kind == "bare" and not named[index].text:
            continue
        each = told_each(sentence, index, stated)
        if each:
            timed = each
        elif not stated[index].listed or timed is None:
            timed = read_period(sentence, index, stated[index], usual, timed)
            timed = (event_day(sentence, index) if timed.by == "default" else None) or timed
            timed = _with_name(sentence, named[index], timed)
        placed = read_region(sentence, index, before, carried)
        before = before if placed.aside or placed.inner else placed
        places += [] if placed.aside else [placed]
        nature = read_nature(sentence, index, stated[index], timed, nature, plan=setting.plan)
        fields = _fields(sentence, index, stated[index], named[index].text, unit.name)
        fields |= {"region": placed.name, "period": timed.period, "nature": nature.nature}
        why = _why(
            setting,
            ("unit", unit),
            ("comparator", stated[index].compared),
            ("indicator", named[index]),
            ("measure", stated[index].measured),
            ("region", placed),
            ("period", timed),
            ("nature", nature),
        )
        span = setting.flat.span(quantity.start, quantity.end)
        facts.append(
            Fact(kind="figure", span=span, fields=fields, extractor="figure", version=VERSION, why=why)
        )
    return facts, places[0] if len({p.name for p in places}) == 1 else None


def _with_name(sentence: Sentence, named: Named, timed: Timed) -> Timed:
    """`上半年浓度21微克。永安为24微克`: what is still told of has its time too."""
    frame = carried_frame(sentence) if timed.by == "default" and named.by == "sentence" else None
    if not frame or named.unit == ASKED or sentence.dates:
        return timed
    return Timed(frame.period, "sentence", frame.start, frame.end, frame.due)


def _fields(
    sentence: Sentence, index: int, stated: Stated, indicator: str | None, unit: str | None
) -> FigureFields:
    quantity = sentence.quantities[index]
    fields: FigureFields = {
        "value": _number(-quantity.value if stated.falls else quantity.value),
        "unit": unit,
        "comparator": stated.comparator,
        "indicator": indicator,
        "measure": stated.measure,
        "printed": printed(quantity.printed),
        "magnitude": quantity.magnitude,
    }
    if quantity.value_high is not None:
        fields["value_high"] = _number(quantity.value_high)
    per = _per(sentence, index)
    if per:
        fields["per"] = per
    return fields


def _why(
    setting: Setting, *read: tuple[str, Said | Timed | Placed | Natured | Named | Measured]
) -> tuple[Reason, ...]:
    """What each field was read from, with its words where there are some."""
    return tuple(
        Reason(field, what.by, setting.flat.span(what.start, what.end) if what.start >= 0 else None)
        for field, what in read
    )


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _per(sentence: Sentence, index: int) -> str | None:
    """A rate: `每天…43次`, `每日进馆人数`."""
    start = sentence.clause_start(sentence.quantities[index].start)
    match = _PER.search(sentence.text, start, sentence.quantities[index].start)
    return match[1] if match else None
