"""How far a fact may be trusted, in words: its confidence, what each field was read from, who said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cunzhao.core.corrections.fields import FIELDS, Field, typed
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.corrections import CorrectionView, Review
from cunzhao.extract.types import Fact, Reason
from cunzhao.language import N_, either, tr
from cunzhao.web.showing import segments

SURE, UNSURE = 0.9, 0.7  # from here on; below this

#: What a field was read from.
BY = {
    "words": N_("本句所写"), "list": N_("并列各项共用"), "clause": N_("同一句的另一分句"),
    "sentence": N_("前面的句子"), "heading": N_("上级标题"), "table": N_("表头或表题"),
    "title": N_("文档标题"), "date": N_("文档日期"), "own": N_("文档所写的地区"), "given": N_("导入时指定"),
    "default": N_("原文未另作说明"), "model": N_("模型给出"), "user": N_("人工改正"),
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


def name_of(field: Field) -> str:
    return either(field.zh, field.en)


def field_labels(kind: str) -> dict[str, str]:
    """The name of each field of a kind, in the order of the form."""
    return {field.name: name_of(field) for field in FIELDS.get(kind, ())}


def level(confidence: float) -> str:
    """A confidence in a word."""
    return tr("高") if confidence >= SURE else tr("中") if confidence >= UNSURE else tr("低")


def trusts(facts: Sequence[Fact], review: Review) -> dict[int, Trust]:
    """By the identity of the fact, for a page that shows these very ones."""
    made = {view.fact: view for view in review.corrections if view.fact}
    checked = {one.kind for one in review.checked if one.holds}
    return {id(fact): _trust(fact, made, fact.kind in checked) for fact in facts if fact.kind in FIELDS}


def _trust(fact: Fact, made: Mapping[str, CorrectionView], checked: bool) -> Trust:
    key = fact_key(fact)
    view = made.get(key)
    said = fact.confidence
    words = "" if said is None else tr("可靠程度 %(n)s（%(level)s）", n=f"{said:.2f}", level=level(said))
    if view and view.state == "applied":
        mark, tone = (tr("已补充") if view.action == "add" else tr("已改正")), "mine"
    elif checked:
        mark, tone = tr("已核对"), "checked"
    elif said is not None and said < UNSURE:
        mark, tone = tr("待核对"), "doubt"
    else:
        mark, tone = "", ""
    return Trust(
        key, mark, tone, "" if tone in ("mine", "checked") else words, _gathered(grounds(fact)), view
    )


def grounds(fact: Fact) -> tuple[Ground, ...]:
    """What each field was read from, in the order of the form."""
    names = field_labels(fact.kind)
    order = list(names)
    told = [reason for reason in segments.grounds(fact) if reason.field in names]
    return tuple(_ground(names[r.field], r) for r in sorted(told, key=lambda r: order.index(r.field)))


def _gathered(told: Sequence[Ground]) -> tuple[Ground, ...]:
    """Fields of which no words tell stand together where the same is said of them, the last ones."""
    several: dict[str, list[str]] = {}
    for ground in told:
        if ground.place is None:
            several.setdefault(ground.by, []).append(ground.label)
    rest = (Ground(tr("、").join(labels), "", None, by) for by, labels in several.items())
    return (*(ground for ground in told if ground.place is not None), *rest)


def _ground(label: str, reason: Reason) -> Ground:
    by = tr(BY.get(reason.by, reason.by))
    if reason.span is None:
        return Ground(label, "", None, by)
    return Ground(label, reason.span.quote, (reason.span.start, reason.span.end), by)


def value(field: Field, said: Any) -> str:
    """A value of a field in words: 351.8亿, 目标, 市发改委、市科技局; 空 of none."""
    if field.form == "choice" and field.choices:
        return either(*field.choices.get(said or "", (str(said), str(said))))
    return typed(field, said) or tr("空")


def differences(view: CorrectionView) -> tuple[tuple[str, str, str], ...]:
    """What a correction changed: label, what it was ("" of a fact that was missing), what it is."""
    fields = {field.name: field for field in FIELDS.get(view.kind, ())}
    was = {name: value(field, view.old.get(name)) if view.old else "" for name, field in fields.items()}
    return tuple(
        (name_of(fields[name]), was[name], value(fields[name], new))
        for name, new in view.new.items()
        if name in fields and (view.old or new not in (None, "", []))
    )
