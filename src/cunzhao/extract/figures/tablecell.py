"""One number of a table becomes a figure: each field from the nearest head that says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cunzhao.extract.figures.tablearound import Around
from cunzhao.extract.figures.tablecolumns import Column, ends_as_indicator, is_body, is_organ
from cunzhao.extract.figures.tablegrid import Field
from cunzhao.extract.figures.tablehead import Head
from cunzhao.extract.figures.tablerows import Beside
from cunzhao.extract.figures.tabletime import combined
from cunzhao.extract.figures.tablevalue import Value
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import By, Fact, FigureFields, Measure, Nature, Reason

VERSION = "1"
_RATES = ("%", "‰")
_YEAR = re.compile(r"[0-9]{4}")
_SHARE = re.compile(r".*(?:比重|占比|构成|份额|比例|占.{1,10})")
_RATE_END = re.compile(r".*(?:率|比重|占比|构成|份额|强度)")
_AMOUNT = re.compile(r"增减?[额量数值]|增加[额量数]")
_OF_WORKS = re.compile(  # what a plant or road is built with: of no time
    r"(?:计划|协议|估算|概算|匡算)?总?投资(?:总?额|估算|概算|规模)?|.*(?:设计.{0,4}|产能|占地|用地|建筑|规划)(?:面积|规模|能力)?"
    r"|(?:.*[全总]长|长度|宽度|库容|总库容|装机容量|注册资本)"
)
_PEOPLE = re.compile(r".*(?:居民|农民|牧民|渔民|职工|人员|人口|家庭|户)")  # parts of the own people
_MADE = re.compile(r"(?:总?产量|数量|总量)")
_COUNTED = (
    ("人次", "人次"), ("人数", "人"), ("户数", "户"), ("企业数", "家"), ("家数", "家"), ("单位数", "家"),
    ("次数", "次"),
    ("项目数", "个"), ("个数", "个"), ("件数", "件"),
)  # fmt: skip


@dataclass(slots=True)
class Cell:
    """A number with all heads that say something of it; `why` is filled while its fields are read."""

    setting: Setting
    said: Field
    value: Value
    column: Column
    columns: Sequence[Column]
    beside: Beside
    group: Head | None
    around: Around
    why: list[Reason] = field(default_factory=list)

    def figure(self, table: int) -> Fact | None:
        """None where neither a unit nor a name that measures is told."""
        growth = self._growth()
        indicator = self._indicator(growth)
        unit = self._unit(indicator, growth)
        if unit is None and not ends_as_indicator(indicator or ""):
            return None
        name, magnitude = unit or (None, self.value.magnitude)
        measure: Measure = "growth" if growth or name == "个百分点" else "level"
        if name in _RATES and not growth and not (indicator or "").endswith("指数"):
            measure = "growth" if self.value.number < 0 else "share"
        self._because("measure", "table" if growth else "default", self._growing() if growth else None)
        period = self._period(indicator or "")
        fields: FigureFields = {
            "value": _number(self._signed(name) * magnitude),
            "unit": name,
            "comparator": self.value.comparator,
            "indicator": indicator,
            "measure": measure,
            "region": self._region(),
            "period": period,
            "nature": self._nature(period),
            "printed": self.value.printed,
            "magnitude": magnitude,
            "cell": [table, self.said.row, self.said.column],
        }
        if self.value.high is not None:
            fields["value_high"] = _number(self.value.high * magnitude)
        at = self.said.start
        span = self.setting.flat.span(at + self.value.start, at + self.value.end)
        return Fact(
            kind="figure", span=span, fields=fields, extractor="figure", version=VERSION, why=tuple(self.why)
        )

    def _because(self, name: str, by: By, at: Field | tuple[int, int] | None = None) -> None:
        run = (at.start, at.end) if isinstance(at, Field) else at
        self.why.append(Reason(name, by, self.setting.flat.span(*run) if run and run[0] < run[1] else None))

    def _growing(self) -> Field | None:
        head = self.column.growth
        return head.field if head else self.beside.name_at if self.beside.growth else None

    def _growth(self) -> bool:
        return self.value.growth or self.beside.growth or self.column.growth is not None

    def _signed(self, unit: str | None) -> Decimal:
        """`单位GDP能耗降低（%） 13.5`: a fall is negative."""
        head = self.column.growth
        falls = self.beside.falls or (head is not None and head.falls)
        falls = falls and self.value.number > 0 and unit in (*_RATES, "个百分点")
        return -self.value.number if falls else self.value.number

    def _indicator(self, growth: bool) -> str | None:
        row, column = self.beside.name, "" if self._body_above() else self.column.name
        if not column and self._refers(growth):
            before = self.columns[: self.column.index]
            column = next((c.name for c in reversed(before) if c.role == "figure" and c.name), "")
        name = _joined(row, column)
        if row and self.beside.name_at:
            self._because("indicator", "table", self.beside.name_at)
        if column and self.column.heads:
            self._because("indicator", "table", self.column.heads[-1].field)
        if not name and self.around.name:
            self._because("indicator", "table", self.around.name_at)
            return self.around.name
        return name or None

    def _refers(self, growth: bool) -> bool:
        """`增速`, `比重`: what a column without a name of its own tells of the one before it."""
        unit = self.column.unit
        rate = unit is not None and unit.unit is not None and unit.unit[0] in _RATES
        return growth or (rate and "完成" not in self.column.head)

    def _body_above(self) -> Head | None:
        """Whom a column is about, where the rows name the indicators: `甲园区`."""
        inner = self.column.named
        if inner is None or inner.area or not self.beside.name or self.beside.body is not None:
            return None
        if ends_as_indicator(inner.name) or _PEOPLE.fullmatch(inner.name):
            return None
        corner = any(c.role == "indicator" and is_body(c.head) for c in self.columns)
        return inner if corner or is_organ(inner.name) else None

    def _unit(self, indicator: str | None, growth: bool) -> tuple[str, int] | None:
        start, value = self.said.start, self.value
        if value.unit:
            self._because("unit", "words", (start + value.start, start + value.end))
            return value.unit, value.magnitude
        found = self._unit_of_heads(growth) or self._corner(indicator or "", growth)
        found = found or self._usual_unit(indicator or "", growth)
        return found and (found[0], value.magnitude if value.magnitude != 1 else found[1])

    def _unit_of_heads(self, growth: bool) -> tuple[str, int] | None:
        head, beside = self.column.unit, self.beside
        if head and not (beside.growth and beside.unit):
            self._because("unit", "table", head.field)
            return head.unit
        if beside.unit and (not self._grown_column() or beside.unit[0] == "个百分点"):
            self._because("unit", "table", beside.unit_at)
            return beside.unit
        if self.group and self.group.unit and not growth:
            self._because("unit", "table", self.group.field)
            return self.group.unit
        return None

    def _corner(self, indicator: str, growth: bool) -> tuple[str, int] | None:
        """`指标（亿元）`: of all figures that are no rates."""
        head = self.beside.corner
        if head is None or growth or _RATE_END.fullmatch(indicator) or _SHARE.fullmatch(self.column.head):
            return None
        self._because("unit", "table", head.field)
        return head.unit

    def _grown_column(self) -> bool:
        """Whether the column tells by how much per cent something grew, not by what sum."""
        head = self.column.growth
        return head is not None and not _AMOUNT.search(head.field.text)

    def _usual_unit(self, indicator: str, growth: bool) -> tuple[str, int] | None:
        rate = growth or _RATE_END.fullmatch(indicator) or _SHARE.fullmatch(self.column.head)
        if rate and not _AMOUNT.search(self.column.head):
            self._because("unit", "table" if self.around.rate else "default")
            return self.around.rate or ("%", 1)
        if self.around.unit:
            self._because("unit", "table")
            return self._unit_in_turn() or self._unit_of_kind(indicator) or self.around.unit
        self._because("unit", "default")
        counts = _counted_in(indicator)
        return (counts, 1) if counts else None

    def _unit_in_turn(self) -> tuple[str, int] | None:
        """Of a caption with as many units as columns that have none of their own (`单位：万亩、万吨`)."""
        units = self.around.units
        levels = [c.index for c in self.columns if c.role == "figure" and not (c.unit or c.growth)]
        if len(units) < 2 or len(units) != len(levels) or self.column.index not in levels:
            return None
        names = {c.index: c.name for c in self.columns}
        for at, unit in zip(levels, units, strict=True):  # 单位：万元、个 over 项目数 and 资金
            counts = _counted_in(names[at])
            if counts and counts != unit[0] and any(counts == other[0] for other in units):
                return None
        return units[levels.index(self.column.index)]

    def _unit_of_kind(self, indicator: str) -> tuple[str, int] | None:
        """Of a caption with several units that of what is counted for counts: `单位：万元、个` and 项目数."""
        counts = _counted_in(indicator)
        return next((unit for unit in self.around.units[1:] if unit[0] == counts), None)

    def _period(self, indicator: str) -> str | None:
        around, group, beside = self.around, self.group, self.beside
        parts = (*(group.when if group else ()), *self.column.when, *beside.when)
        if parts:
            timed = self.column.timed.field if self.column.timed else beside.when_at
            self._because("period", "table", timed or (group.field if group else None))
            return combined(around.period, parts)
        if beside.body and not beside.area and not beside.total and _OF_WORKS.fullmatch(indicator):
            self._because("period", "default")
            return None
        self._because("period", around.period_by, around.period_at)
        return around.period

    def _region(self) -> str | None:
        head = self.column.area or self._body_above()
        if self.beside.body and not self.beside.total:
            self._because("region", "table", self.beside.body_at)
            return self.beside.body
        if head:
            self._because("region", "table", head.field)
            return head.area or head.name
        if self.group and self.group.area:
            self._because("region", "table", self.group.field)
            return self.group.area
        if self.around.area:
            self._because("region", "table", self.around.area_at)
            return self.around.area
        self._because("region", "own" if self.around.own else "default")
        return self.around.own

    def _nature(self, period: str | None) -> Nature:
        head = self.column.nature
        told = head.nature if head else self.beside.nature
        if told:
            self._because("nature", "table", head.field if head else self.beside.name_at)
            return told
        years = _YEAR.findall(period or "")
        written, plan = self.around.written, self.setting.plan
        if years and written and not (period or "").startswith(".."):
            coming = int(years[-1]) > written or (plan and int(years[-1]) == written)
            self._because("nature", "date" if coming else "default")
            return "target" if coming else "actual"
        self._because("nature", "title" if plan else "default")
        return "target" if plan else "actual"


def _counted_in(indicator: str) -> str | None:
    """The classifier of what a name says is counted: `签约项目数` -> 个."""
    return next((unit for tail, unit in _COUNTED if indicator.endswith(tail)), None)


def _joined(row: str, column: str) -> str:
    """Row and column as one name: `制造业` and `增加值` -> 制造业增加值."""
    if not row or not column or column in row:
        return row or column
    if row in column:
        return column
    if ends_as_indicator(row) and _MADE.fullmatch(column):
        return row  # 发电量 in the column 产量
    if ends_as_indicator(row) and not ends_as_indicator(column):
        return column + row
    return row + column


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
