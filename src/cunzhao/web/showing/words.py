"""Codes and numbers in the words an analyst reads: verdicts, natures, periods, amounts, times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from cunzhao.core.words import (
    ENGINES,
    REASONS,
    ROLES,
    VERDICT_HELP,
    VERDICTS,
    engine_reason_words,
    reason_words,
    warning_words,
)
from cunzhao.extract.types import Fact
from cunzhao.language import N_, either, tr
from cunzhao.ledger.types import Observation, readable
from cunzhao.read.types import Place

__all__ = ["ENGINES", "REASONS", "ROLES", "VERDICTS", "VERDICT_HELP"]

BEIJING = timezone(timedelta(hours=8), "UTC+8")

STATES = {"waiting": "等待", "running": "正在保存", "done": "已保存", "failed": "失败", "known": "已有"}
NATURES = {"actual": "实际", "target": "目标", "forecast": "预测"}
MEASURES = {"level": "数值", "growth": "增长", "share": "占比"}
COMPARATORS = {
    "=": "", "~": N_("约"), ">": N_("超"), ">=": N_("不低于"), "<": N_("不足"), "<=": N_("不超过"),
}  # fmt: skip
QUALIFIED = {
    "~": N_("约%(amount)s"), ">": N_("超%(amount)s"), ">=": N_("不低于%(amount)s"), "<": N_("不足%(amount)s"),
    "<=": N_("不超过%(amount)s"),
}  # fmt: skip
STAGES = {"planned": "谋划", "negotiating": "洽谈", "signed": "签约", "building": "在建", "done": "建成"}
#: What a body is in a fact, as it is filed.
BODY_PARTS = {"签约": "签约方", "项目": "项目参与方", "牵头": "牵头单位", "责任": "责任单位"}
FINDINGS = {"real": "数值矛盾", "unit-slip": "疑似单位错位"}
SEVERITIES = {"high": "重要", "medium": "一般", "low": "轻微"}
KINDS = {
    "figure": "指标数据", "person": "人物", "heading": "标题", "citation": "来源注", "task": "任务",
    "action": "措施", "agreement": "合作签约", "project": "项目",
}  # fmt: skip
CHANGES = {"added": "增加", "left-out": "删去", "changed": "改动"}
REPOST_REASONS = {
    "earliest": N_("日期最早"), "attributed": N_("与多数所注来源一致"),
    "longest": N_("篇幅最全"), "only-dated": N_("只有它有日期"),
}  # fmt: skip
READERS = {
    "html": "网页", "text": "纯文本", "pdf": "PDF", "word": "Word", "excel": "Excel", "csv": "CSV",
    "ofd": "OFD",
}  # fmt: skip
PARTS = {"notice": "通知", "carried": "所印发的文件", "annex": "附件"}


def warning(code: str) -> str:
    """What is missing or uncertain in what was read, and what helps."""
    return either(*warning_words(code))


def reason(code: str) -> str:
    """What stands behind a verdict or a missing requisite."""
    return either(*reason_words(code))


def engine_reason(code: str) -> str:
    """Why this engine."""
    return either(*engine_reason_words(code))


def number(value: Decimal) -> tuple[Decimal, str]:
    """The value scaled for reading, and its magnitude: 35180000000 -> (351.8, "亿"). Exact, never rounded."""
    if abs(value) >= 10**8:
        return value / 10**8, "亿"
    if abs(value) >= 10**4 and value % 100 == 0:
        return value / 10**4, "万"
    return value, ""


def _digits(value: Decimal, magnitude: str = "") -> str:
    text = f"{value:f}" if magnitude else f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal | float, unit: str | None = "", high: Decimal | float | None = None) -> str:
    """A value with its unit as people write it: "351.8亿元", "57万个", "10–12%", "6,800户"."""
    low, magnitude = number(Decimal(str(value)))
    start = _digits(low, magnitude)
    if high is None:
        return f"{start}{magnitude}{unit or ''}"
    top, top_magnitude = number(Decimal(str(high)))
    if magnitude != top_magnitude:
        start += magnitude
    return f"{start}–{_digits(top, top_magnitude)}{top_magnitude}{unit or ''}"


def said(
    value: Decimal | float,
    unit: str | None = "",
    high: Decimal | float | None = None,
    *,
    comparator: str = "=",
    measure: str = "level",
) -> str:
    """The amount with its comparator and, for a growth, its direction: "超351.8亿元", "下降3.5%"."""
    falls = measure == "growth" and value < 0 and (high is None or high <= 0)
    if falls:
        value, high = -value, None if high is None else -high
    told = qualified(amount(value, unit, high), comparator)
    if measure == "growth":
        told = tr("下降%(amount)s", amount=told) if falls else tr("增长%(amount)s", amount=told)
    return told


def qualified(told: str, comparator: str) -> str:
    """ "超351.8亿元"."""
    return tr(QUALIFIED[comparator], amount=told) if comparator in QUALIFIED else told


def apart(told: str) -> Markup:
    """An amount with its unit in an element of its own: the style sheet sets it a thin space apart."""
    number, unit = re.fullmatch(r"(.*[\d%]|)(.*)", told, re.DOTALL).groups()  # type: ignore[union-attr]
    return escape(number) + (Markup('<span class="unit">%s</span>') % unit if unit else "")


def figure_amount(fields: Mapping[str, Any]) -> str:
    """The amount of a figure fact, with its rate: "约300元/天"."""
    if fields.get("value") is None:
        return ""
    text = said(
        fields["value"],
        fields.get("unit"),
        fields.get("value_high"),
        comparator=str(fields.get("comparator", "=")),
        measure=str(fields.get("measure", "level")),
    )
    return f"{text}/{fields['per']}" if fields.get("per") else text


def investment(fields: Mapping[str, Any]) -> str:
    """The investment of a project fact: "50亿元"; "" where none is stated."""
    said = fields.get("investment")
    return "" if said is None else amount(said, fields.get("currency"))


def observed_amount(o: Observation) -> str:
    """The amount of an observation, as `said`."""
    value, unit = readable(o.value, o.unit, o.span.quote)
    high = None if o.value_high is None else readable(o.value_high, o.unit, o.span.quote)[0]
    return said(value, unit, high, comparator=o.comparator, measure=o.measure)


def kind_of(index: int, facts: Sequence[Fact]) -> str:
    """The kind of the fact of that index, in words."""
    kind = facts[index].kind
    return tr(KINDS.get(kind, kind))


def day(text: str | None) -> str:
    """The date of an ISO date or date-time; another form stays as it is."""
    return text[:10] if text and re.match(r"\d{4}-\d\d-\d\d", text) else text or ""


_BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "macOS",
    "Linux": "Linux",
}  # fmt: skip


def browser_named(agent: str) -> str:
    """A User-Agent in two words, where they are known: what it calls itself stands in any order."""
    known = [
        next((said for key, said in names.items() if key in agent), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, known)) or agent[:60] or "—"


def beijing(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def clock(moment: datetime) -> str:
    """The time of day in Beijing, to the thousandth of a second."""
    return moment.astimezone(BEIJING).strftime("%H:%M:%S.%f")[:-3]


def today() -> str:
    return datetime.now(BEIJING).strftime("%Y-%m-%d")


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def size(count: int) -> str:
    """Bytes for reading: "812 B", "31.4 KB", "2.0 MB"."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def whereabouts(place: Place) -> str:
    """A place in words, as far as they help to find it in the file: "第3页", "表2 B3单元格", "第5段"."""
    if place.sheet is not None:
        return tr("工作表“%(sheet)s” %(cell)s", sheet=place.sheet, cell=place.cell or "").strip()
    if place.table is not None:
        n, cell = place.table + 1, place.cell
        return tr("表%(n)s %(cell)s单元格", n=n, cell=cell) if cell else tr("表%(n)s", n=n)
    if place.paragraph is not None:
        return tr("第%(n)s段", n=place.paragraph + 1)
    if place.page:
        return tr("第%(n)s页", n=place.page)
    return tr("第%(n)s行", n=place.line) if place.line else ""
