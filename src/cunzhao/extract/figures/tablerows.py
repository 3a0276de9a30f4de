"""What stands beside the figures of a row: name of the indicator or of whom it is about, unit, time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cunzhao.extract.figures.tablecolumns import Column, ends_as_indicator, is_first_body
from cunzhao.extract.figures.tablegrid import Field, Row
from cunzhao.extract.figures.tablehead import Head, declared_unit
from cunzhao.extract.figures.tabletime import Part
from cunzhao.extract.figures.tablevalue import is_empty, read_value
from cunzhao.extract.types import Nature

_TAILS = re.compile(
    r"(?:利润总额|利税总额|零售总额|资产总额|总额|总值|增加值|总产值|产值|余额|面积|总产量|产量|收入|支出|投资额?|人口|存款|贷款|人数|吞吐量|用电量|周转量|总量|零售额|数|量|额|值|率)$"
)
_OF_PRODUCT = re.compile(r"(?:生产总值|GDP)$")
_INDUSTRY = re.compile(r"第[一二三]产业|[一二三]产")
_STATED = 24  # characters of a name that may be made whole


@dataclass(slots=True)
class Beside:
    """The heads of one row."""

    name: str = ""
    name_at: Field | None = None
    body: str | None = None  # whom the row is about: an area in full, a firm, a project
    body_at: Field | None = None
    area: bool = False  # whether it is one of the areas known
    unit: tuple[str, int] | None = None
    unit_at: Field | None = None
    corner: Head | None = None  # the head of these heads, where it tells a unit: 指标（亿元）
    when: list[Part] = field(default_factory=list)
    when_at: Field | None = None
    growth: bool = False
    falls: bool = False
    nature: Nature | None = None
    total: bool = False
    labels: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """Reads rows top to bottom: 其中 goes on with the row before it."""

    read: Callable[[Field], Head]
    parent: str = ""  # the last name that is no part of another
    parent_unit: tuple[str, int] | None = None
    inside: bool = False  # after 其中
    group: Head | None = None  # a row that says no figure: 绍兴市, 2023年, （单位：万元）

    def open_group(self, row: Row) -> None:
        """A row that says no figure and one thing only (绍兴市, 2023年) holds for those below it."""
        said = group_of(row)
        if said:
            self.group = self.read(said)
            self.parent, self.inside = "", False

    def beside(self, labels: Sequence[Column], row: Row) -> Beside:
        found = Beside()
        for column in labels:
            said = row.get(column.index)
            if said is None or is_empty(said.text) or said in found.labels:
                continue
            found.labels.append(said)
            found.corner = column.unit or found.corner
            if column.role == "unit":
                found.unit, found.unit_at = declared_unit(said.text), said
                continue
            head = self.read(said)
            if head.when:
                found.when += head.when
                found.when_at = said
            if column.role == "body" and not head.total:
                _set_body(found, column, head)
            elif column.role in ("indicator", "part"):
                self._set_name(found, column, head)
            found.total = found.total or head.total
        return found

    def _set_name(self, found: Beside, column: Column, head: Head) -> None:
        if head.area and found.body is None:
            found.body, found.body_at, found.area = head.area, head.field, True
        found.growth, found.falls = found.growth or head.growth, found.falls or head.falls
        found.nature = head.nature or found.nature
        if head.unit:
            found.unit, found.unit_at = head.unit, head.field
        if head.total or (head.generic and found.name) or not head.name:
            return
        found.name, found.name_at = self._whole(head, column), head.field
        if self.inside and head.name != self.parent and found.unit is None:
            found.unit, found.unit_at = self.parent_unit, None
        elif not self.inside:
            self.parent_unit = head.unit

    def _whole(self, head: Head, column: Column) -> str:
        """`其中：出口` below 进出口总额 is 出口总额; `第一产业` below 地区生产总值 its 增加值."""
        name = head.name
        if ends_as_indicator(name) and not re.fullmatch(r"出口|进口", name):
            self.inside = head.part
            self.parent = self.parent if head.part else name
            return name
        self.inside = self.inside or head.part
        if column.role != "indicator" or not self.parent or len(name) > _STATED:
            return name
        if _OF_PRODUCT.search(self.parent) and _INDUSTRY.fullmatch(name):
            return f"{name}增加值"
        tail = _TAILS.search(self.parent)
        return name + tail[0] if self.inside and tail else name


def group_of(row: Row) -> Field | None:
    """The only thing that a row says, where it is short and no figure."""
    said = [f for f in dict.fromkeys(row.values()) if not is_empty(f.text)]
    return (
        said[0] if len(said) == 1 and len(said[0].text) <= _STATED and not read_value(said[0].text) else None
    )


def _set_body(found: Beside, column: Column, head: Head) -> None:
    """The thing itself (项目名称) goes before who builds it or where it stands."""
    if found.body is not None and not is_first_body(column.head):
        return
    whole = head.area if head.area and not head.name else None
    found.body, found.body_at = whole or head.field.text.strip("*＊：、 "), head.field
    found.area = whole is not None
