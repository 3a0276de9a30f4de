"""Projects of tables: a row for each, with columns for the name, the whole investment and the progress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.extract.events.edges import specific
from cunzhao.extract.events.lists import Name
from cunzhao.extract.events.mentions import Mention
from cunzhao.extract.events.money import Money, amount_of
from cunzhao.extract.events.stages import read_signs
from cunzhao.extract.text.setting import Setting
from cunzhao.read.types import Cell, Table

_NAME = re.compile(r"(?:重[大点])?(?:建设)?(?:项目|工程)(?:名称|（名称）)?$|^名称$")
_PROGRESS = re.compile(r"状态|进展|进度|阶段|建设性质|形象")
_WHOLE = re.compile(r"总投资|投资总额|投资规模|投资额")
_PART = re.compile(r"年度|完成|到位|20[0-9]{2}|今年|截至")
_UNIT = re.compile(r"[（(]?((?:万|百万|千万|亿)?(?:元|美元|欧元|港元|日元))[）)]?")


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    progress: int | None
    whole: int | None
    unit: str


def read_rows(setting: Setting) -> Iterator[Mention]:
    """The projects of the document's tables that have a column of project names."""
    for _, table in setting.tables:
        columns = _columns(setting, table)
        if not columns:
            continue
        rows: dict[int, dict[int, Cell]] = {}
        for cell in table.cells:
            if cell.row >= table.header_rows and cell.end > cell.start:
                rows.setdefault(cell.row, {})[cell.column] = cell
        for row in rows.values():
            mention = _mention(setting, columns, row)
            if mention:
                yield mention


def _columns(setting: Setting, table: Table) -> _Columns | None:
    heads: dict[int, str] = {}
    for cell in table.cells:
        if cell.row < table.header_rows:
            heads[cell.column] = heads.get(cell.column, "") + re.sub(
                r"\s", "", setting.document.text[cell.start : cell.end]
            )
    name = next((c for c, head in heads.items() if _NAME.search(head)), None)
    if name is None:
        return None
    progress = next((c for c, head in heads.items() if _PROGRESS.search(head) and c != name), None)
    whole = next((c for c, head in heads.items() if _WHOLE.search(head) and not _PART.search(head)), None)
    own = _UNIT.search(heads[whole]) if whole is not None else None
    return _Columns(name, progress, whole, own[1] if own else table.unit or "")


def _mention(setting: Setting, columns: _Columns, row: dict[int, Cell]) -> Mention | None:
    cell = row.get(columns.name)
    if not cell or (columns.progress is None and columns.whole is None):
        return None
    start, end = _flat(setting, cell)
    text = setting.flat.text[start:end]
    if not specific(text) or "\n" in text:
        return None
    progress = row.get(columns.progress) if columns.progress is not None else None
    signs = read_signs(setting.flat.text, *_flat(setting, progress)) if progress else []
    name = Name(start, end, text, "hard", True, start, end, False, (start, end))
    return Mention(name, start, start, signs, _money(setting, columns, row), by="table")


def _money(setting: Setting, columns: _Columns, row: dict[int, Cell]) -> Money | None:
    cell = row.get(columns.whole) if columns.whole is not None else None
    if not cell:
        return None
    start, end = _flat(setting, cell)
    text = setting.flat.text[start:end]
    return amount_of(text if _UNIT.search(text) else text + columns.unit, start, end)


def _flat(setting: Setting, cell: Cell) -> tuple[int, int]:
    return setting.flat.find(cell.start), setting.flat.find(cell.end)
