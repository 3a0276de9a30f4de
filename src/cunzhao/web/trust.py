"""How far a fact may be trusted, in words: its confidence, what each field was read from, who said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cunzhao.core.correction_pages import CorrectionView, Review
from cunzhao.core.fields import FIELDS, Field, labels, typed
from cunzhao.core.opened import fact_key
from cunzhao.extract.types import Fact, Reason
from cunzhao.web import segments

SURE, UNSURE = 0.9, 0.7  # from here on; below this

#: What a field was read from.
BY = {
    "words": "本句所写", "list": "并列各项共用", "clause": "同一句的另一分句", "sentence": "前面的句子",
    "heading": "上级标题", "table": "表头或表题", "title": "文档标题", "date": "文档日期",
    "own": "文档所写的地区", "given": "导入时指定", "default": "原文未另作说明", "model": "模型给出",
    "user": "人工改正",
}  # fmt: skip
ACTIONS = {"change": "改正", "reject": "标为不对", "add": "补充"}
CORRECTION_STATES = {"applied": "生效", "agreed": "程序已一致", "lost": "失配"}
STATE_HELP = {
    "applied": "按您改的显示和统计",
    "agreed": "程序现在自己也这样读，不必再改",
    "lost": "正文里已经没有这段文字，这条改正保留在此，但不起作用",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a field was read from: words of the text, or in general."""

    label: str
    words: str  # "" where there are none to be shown
    place: tuple[int, int] | None
    by: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What stands under a fact in the panel."""

    key: str  # `fact_key`
    mark: str  # 已改正, 补充, 已核对, 待核对; "" for none
    tone: str  # class of the mark
    words: str  # 可靠程度 0.92
    grounds: tuple[Ground, ...]
    made: CorrectionView | None


def level(confidence: float) -> str:
    """A confidence in a word."""
    return "高" if confidence >= SURE else "中" if confidence >= UNSURE else "低"


def trusts(facts: Sequence[Fact], review: Review) -> dict[int, Trust]:
    """By the identity of the fact, for a page that shows these very ones."""
    made = {view.fact: view for view in review.corrections if view.fact}
    checked = {one.kind for one in review.checked if one.holds}
    return {id(fact): _trust(fact, made, fact.kind in checked) for fact in facts if fact.kind in FIELDS}


def _trust(fact: Fact, made: Mapping[str, CorrectionView], checked: bool) -> Trust:
    key = fact_key(fact)
    view = made.get(key)
    said = fact.confidence
    words = "" if said is None else f"可靠程度 {said:.2f}（{level(said)}）"
    if view and view.state == "applied":
        mark, tone = ("已补充" if view.action == "add" else "已改正"), "mine"
    elif checked:
        mark, tone = "已核对", "checked"
    elif said is not None and said < UNSURE:
        mark, tone = "待核对", "doubt"
    else:
        mark, tone = "", ""
    return Trust(key, mark, tone, "" if tone in ("mine", "checked") else words, grounds(fact), view)


def grounds(fact: Fact) -> tuple[Ground, ...]:
    """What each field was read from, in the order of the form."""
    names = labels(fact.kind)
    order = list(names)
    told = [reason for reason in segments.grounds(fact) if reason.field in names]
    return tuple(_ground(names[r.field], r) for r in sorted(told, key=lambda r: order.index(r.field)))


def _ground(label: str, reason: Reason) -> Ground:
    by = BY.get(reason.by, reason.by)
    if reason.span is None:
        return Ground(label, "", None, by)
    return Ground(label, reason.span.quote, (reason.span.start, reason.span.end), by)


def value(field: Field, said: Any) -> str:
    """A value of a field in words: 351.8亿, 目标, 市发改委、市科技局; 空 of none."""
    if field.form == "choice" and field.choices:
        return field.choices.get(said or "", (str(said), ""))[0]
    return typed(field, said) or "空"


def differences(view: CorrectionView) -> tuple[tuple[str, str, str], ...]:
    """What a correction changed: label, what it was ("" of a fact that was missing), what it is."""
    fields = {field.name: field for field in FIELDS.get(view.kind, ())}
    was = {name: value(field, view.old.get(name)) if view.old else "" for name, field in fields.items()}
    return tuple(
        (fields[name].zh, was[name], value(fields[name], new))
        for name, new in view.new.items()
        if name in fields and (view.old or new not in (None, "", []))
    )
