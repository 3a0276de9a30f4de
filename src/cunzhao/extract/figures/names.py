"""Digits that measure nothing: ranks, names, titles, mottoes, periods.

The lexer finds the printed form of a quantity; these rules look at what stands around it and say what is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cunzhao.extract.figures.quantity import Quantity
from cunzhao.extract.text.dates import When

_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_MOTTO = re.compile(r"[“‘「][^“”‘’「」。；\n]{1,14}[”’」]")
_BEFORE = re.compile(
    r"(?:[A-Za-z+＋×*/]|[A-Za-z]-|第|(?<![目此日年之以眼当])前|每|[Nn][Oo]\.?|〔|\[|［|【|—号|号楼|[0-9]：|[0-9]\.)$"
)
_RANK = re.compile(
    r"(?:[列居排]|名列|位列|位居|升至|跃居|进位|晋升)[一-龥]{0,6}$|(?:[前后]移|[前跃]进|上升|提升|"
    r"下降|进|退)了?$"
)
_HORIZON = re.compile(r"[一-龥]{0,6}?(?:圈|自助|服务区|热线|营业|不打烊|值守|值班|在线|客服|便利店|不间断)")
_CIRCLE = re.compile(r"[一-龥]{0,4}圈")  # 3公里服务圈
_COORDINATE = re.compile(r"(?:[北南]纬|[东西]经)$")
_ALL_AROUND = 360
_SCHOOLS = ("985", "211")  # 985高校
_PLANNED = re.compile(r"(?:滚动)?(?:行动|计划|规划|期|任期|国债|定期|攻坚|倍增)")
# “14.2%” is no motto, nor is what somebody says
_SAID = re.compile(r"[“‘][0-9.，]+(?:%|[万亿]+元?)[”’]|[“‘][^“”‘’]*[把将了是有的在][^“”‘’]*[”’]")
_ACRONYM = re.compile(r"(?:GDP|CPI|PPI|PMI|R&D|FDI|GMV)$")
_PHASE = re.compile(r"[一二三四五六七八九]期$")
_AFTER = re.compile(r"[+＋×]|号线|号文|号令|天?无理由|[0-9]+(?:单元|室|号楼)|[A-Za-z]级")


@dataclass(frozen=True, slots=True)
class _Cover:
    start: int
    end: int


def measured(text: str, quantities: Iterable[Quantity], dates: Iterable[When]) -> list[Quantity]:
    """The quantities that measure something. Linear: both lists are walked once."""
    covers = _covers(text, dates)
    kept, index = [], 0
    for quantity in quantities:
        while index < len(covers) and covers[index].end <= quantity.start:
            index += 1
        covered = index < len(covers) and covers[index].start < quantity.end
        if not covered and not _is_name(text, quantity):
            kept.append(quantity)
    return kept


def _covers(text: str, dates: Iterable[When]) -> list[_Cover]:
    """What is no running text: dates, titles in book marks, short mottoes in quotation marks (`“1+8”`)."""
    found = [_Cover(d.start, d.end) for d in dates]
    found += [_Cover(m.start(), m.end()) for m in _TITLE.finditer(text)]
    found += [
        _Cover(m.start(), m.end()) for m in _MOTTO.finditer(text) if not _SAID.fullmatch(text, *m.span())
    ]
    return sorted(found, key=lambda c: (c.start, c.end))


def _is_name(text: str, quantity: Quantity) -> bool:
    left = text[max(0, quantity.start - 8) : quantity.start]
    right = text[quantity.end : quantity.end + 10]
    if (_BEFORE.search(left) and not _ACRONYM.search(left)) or _AFTER.match(right):
        return True
    if quantity.unit in ("位", "名") and _RANK.search(left):
        return True
    if quantity.unit in ("小时", "分钟") and (_HORIZON.match(right) or quantity.value == 24):
        return True
    if quantity.unit == "公里" and _CIRCLE.match(right):
        return True
    if quantity.unit == "度" and (_COORDINATE.search(left) or quantity.value == _ALL_AROUND):
        return True
    if quantity.printed in _SCHOOLS and quantity.unit_kind == "noun":
        return True
    if quantity.unit == "吨" and right.startswith("级"):  # 1000吨级船舶: a class of ships
        return True
    if quantity.unit_kind == "measure" and _PHASE.search(left) and "项目" in right:  # 三期5吉瓦组件项目
        return True
    if quantity.unit == "年" and _PLANNED.match(right):
        return True
    return quantity.unit_kind == "noun" and quantity.printed[0] == "0"
