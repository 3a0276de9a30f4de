"""The fields of a fact as a person fills them in: their names, and what may stand in them.

Pure. What was typed may be as printed (`351.8亿`, `2018年1—9月`, 市发改委、市科技局); what comes out are
the values of `extract.types`.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cunzhao.core.corrections.typed import Parsed, Wrong, day, listed, number, number_typed, one_line, period
from cunzhao.errors import FieldsWrong
from cunzhao.extract.types import Kind
from cunzhao.language import N_

MOST = 2000  # characters in one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    zh: str
    en: str
    form: str = "text"  # text, number, period, date, list, choice
    needed: bool = False
    choices: Mapping[str, tuple[str, str]] | None = None  # code: (Chinese, English); "" where it may be empty
    hint: str = ""  # in Chinese, to be translated


_NATURES = {"actual": ("实际", "actual"), "target": ("目标", "target")}
_ALL_NATURES = {**_NATURES, "forecast": ("预测", "forecast")}
_MEASURES = {
    "level": ("数值", "level"), "growth": ("增长（下降为负）", "growth"), "share": ("占比", "share"),
}  # fmt: skip
_COMPARATORS = {
    "=": ("正好、达到", "="), "~": ("约、左右", "~"), ">": ("超、突破、余", ">"),
    ">=": ("以上、不低于", ">="), "<": ("不足、不到", "<"), "<=": ("以内、不超过", "<="),
}  # fmt: skip
_STAGES = {
    "": ("没有说明", "not said"), "planned": ("谋划、规划", "planned"),
    "negotiating": ("洽谈", "negotiating"), "signed": ("签约、引进", "signed"),
    "building": ("在建、推进", "building"), "done": ("建成、投用", "done"),
}  # fmt: skip
_PERIOD_HINT = N_("如 2018、2018-11、2018年前三季度、2016—2020年")
_DATE_HINT = N_("如 2018、2018-11、2018年11月3日")
_LIST_HINT = N_("多个用顿号隔开")


def _date(name: str, zh: str, en: str) -> Field:
    return Field(name=name, zh=zh, en=en, form="date", hint=_DATE_HINT)


def _list(name: str, zh: str, en: str, *, needed: bool = False) -> Field:
    return Field(name=name, zh=zh, en=en, form="list", needed=needed, hint=_LIST_HINT)


def _choice(name: str, zh: str, en: str, choices: Mapping[str, tuple[str, str]]) -> Field:
    return Field(name=name, zh=zh, en=en, form="choice", choices=choices)


#: What can be corrected, in the order of the form. Headings are the reader's: they have no form.
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "figure": (
        Field(name="indicator", zh="指标", en="indicator"),
        Field(
            name="value", zh="数值", en="value", form="number", needed=True,
            hint=N_("如 351.8亿、57万、-1.4"),
        ),
        Field(name="value_high", zh="上限", en="upper end", form="number", hint=N_("只在写成范围时填")),
        Field(name="unit", zh="单位", en="unit", hint=N_("如 元、%、个、人次；不带万、亿")),
        Field(name="per", zh="每", en="per", hint=N_("如 天、年、吨；只在写明“每……”时填")),
        _choice("comparator", "限定", "comparator", _COMPARATORS),
        _choice("measure", "口径", "measure", _MEASURES),
        Field(name="region", zh="地区", en="region"),
        Field(name="period", zh="时期", en="period", form="period", hint=_PERIOD_HINT),
        _choice("nature", "性质", "nature", _ALL_NATURES),
    ),
    "person": (
        Field(name="name", zh="姓名", en="name", needed=True),
        Field(name="position", zh="职务", en="position", needed=True),
    ),
    "agreement": (
        _list("parties", "各方", "parties", needed=True),
        Field(name="form", zh="形式", en="form", hint=N_("如 战略合作协议、结对、共建")),
        Field(name="about", zh="事项", en="about"),
        _date("date", "日期", "date"),
        _choice("nature", "性质", "nature", _NATURES),
    ),
    "project": (
        Field(name="name", zh="名称", en="name", needed=True),
        Field(name="place", zh="地点", en="place"),
        _list("parties", "参与方", "parties"),
        Field(name="investment", zh="投资额", en="investment", form="number", hint=N_("如 50亿")),
        Field(name="currency", zh="币种", en="currency", hint=N_("如 元、美元")),
        _choice("stage", "阶段", "stage", _STAGES),
    ),
    "citation": (
        Field(name="source", zh="来源", en="source", needed=True),
        _date("date", "日期", "date"),
    ),
    "task": (
        Field(name="number", zh="编号", en="number", needed=True),
        Field(name="title", zh="标题", en="title", needed=True),
        Field(name="area", zh="所属部分", en="area"),
        _list("lead", "牵头单位", "lead"),
        _list("units", "责任单位", "units"),
        _date("deadline", "期限", "deadline"),
    ),
    "action": (
        Field(name="verb", zh="动词", en="verb", needed=True),
        Field(name="task", zh="任务编号", en="task"),
    ),
}  # fmt: skip
#: What a field holds when nothing is said.
USUAL: Mapping[str, Any] = {"comparator": "=", "measure": "level", "nature": "actual"}


def labels(kind: str) -> dict[str, str]:
    """The Chinese name of each field of a kind."""
    return {field.name: field.zh for field in FIELDS.get(kind, ())}


def filled(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a fact as given by a form (strings) or a program (values of their types).

    What is not given is empty. Raises FieldsWrong, which names every field that will not do and why.
    """
    values, wrong = {}, {}
    for field in FIELDS[kind]:
        value = _value(field, given.get(field.name))
        if isinstance(value, Wrong):
            wrong[field.name] = value
        else:
            values[field.name] = value
    if not wrong and values.get("value_high") is not None and values["value_high"] <= values["value"]:
        wrong["value_high"] = Wrong("上限应大于数值", "the upper end is above the value")
    if wrong:
        zh = "；".join(f"{labels(kind)[name]}：{said.zh}" for name, said in wrong.items())
        en = "; ".join(f"{name}: {said.en}" for name, said in wrong.items())
        raise FieldsWrong(kind, detail=zh, detail_en=en, fields={n: said.zh for n, said in wrong.items()})
    return values


def typed(field: Field, value: Any) -> str:
    """A value as it stands in the form; `filled` makes the same value of it."""
    if value is None:
        return ""
    if field.form == "number":
        return number_typed(Decimal(str(value)))
    return "、".join(value) if isinstance(value, list | tuple) else str(value)


def _value(field: Field, given: Any) -> Parsed:
    if isinstance(given, list | tuple):
        given = "、".join(map(str, given))
    if isinstance(given, float) and math.isfinite(given):  # 1e-05 is how Python writes it, not people
        given = f"{Decimal(str(given)):f}"
    text = unicodedata.normalize("NFC", str(given)).strip() if given is not None else ""
    if len(text) > MOST or any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t" for c in text):
        return Wrong(f"太长或含有控制字符（最多 {MOST} 字）", f"too long (over {MOST}) or control characters")
    if not text and field.form == "choice" and field.choices and "" not in field.choices:
        return USUAL[field.name]
    if not text:
        empty: Parsed = [] if field.form == "list" else None
        return Wrong("不能为空", "is needed") if field.needed else empty
    return _PARSERS[field.form](text) if field.form != "choice" else _chosen(field, text)


def _chosen(field: Field, text: str) -> Parsed:
    choices = field.choices or {}
    if text in choices:
        return text
    named = "、".join(zh for zh, _ in choices.values())
    return Wrong(f"请在下列之中选择：{named}", f"one of {', '.join(filter(None, choices))}")


_PARSERS: Mapping[str, Callable[[str], Parsed]] = {
    "text": one_line, "number": number, "period": period, "date": day, "list": listed,
}  # fmt: skip
