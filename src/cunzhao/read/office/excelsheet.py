"""One sheet of a workbook as it is seen: the texts of its cells, without hidden rows and columns.

The sheet is read as a stream, so that a million styled blank cells cost time but no memory. Its own word on
its size (`dimension`) is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cunzhao.read.office.excelformats import BUILT_IN, shown
from cunzhao.read.office.packages import Package, elements, whole

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TAGS = tuple(f"{S}{name}" for name in ("row", "col", "mergeCell"))
_NAME = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LONGEST_CODE = 255  # characters of a number format, by the standard
_MOST_COLUMNS = 16_384
_MOST_MERGES = 100_000


@dataclass(slots=True)
class Budget:
    """What is left of the rows and cells that are read of a workbook."""

    rows: int
    cells: int
    cut: bool = False
    uncomputed: bool = False  # a formula without the value it had


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[str]  # number format by style
    from_1904: bool


@dataclass(slots=True)
class Sheet:
    """Rows and columns count from 0, as they stand in the file."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)  # texts that say something
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # first cell -> last cell
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    left_out: bool = False  # something hidden said something


def read_sheet(package: Package, name: str, book: Book, budget: Budget) -> Sheet:
    """Raises FileBroken, DecompressionBomb, FileEncrypted."""
    sheet = Sheet()
    next_row = 0
    with package.open(name) as stream:
        for element in elements(stream, _TAGS, package):
            if element.tag == f"{S}row":
                if budget.rows > 0 and budget.cells > 0:
                    next_row = _row(element, next_row, sheet, book, budget) + 1
                else:
                    budget.cut = True  # merged cells are told behind the rows
                _forget(element)
            elif element.tag == f"{S}col":
                _column(element, sheet)
            elif len(sheet.spans) < _MOST_MERGES:
                _merge(element, sheet)
    return sheet


def place_of(name: str) -> tuple[int, int] | None:
    """ "B3" -> (2, 1); None for what is no cell."""
    found = _NAME.fullmatch(name.replace("$", "").upper())
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _row(element: Any, expected: int, sheet: Sheet, book: Book, budget: Budget) -> int:
    told = whole(element.get("r"))
    number = told - 1 if told else expected
    texts: dict[int, str] = {}
    column = -1
    for cell in element.iterchildren(f"{S}c"):
        place = place_of(cell.get("r") or "")
        column = place[1] if place else column + 1
        text = _text(cell, book, budget) if column < _MOST_COLUMNS else ""
        if text.strip() and column not in sheet.hidden_columns:
            texts[column] = text
        elif text.strip():
            sheet.left_out = True
    budget.rows -= 1
    if element.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(number)
        sheet.left_out |= bool(texts)
    elif texts:
        sheet.rows[number] = texts
        budget.cells -= len(texts)
    return number


def _text(cell: Any, book: Book, budget: Budget) -> str:
    """What a cell shows; of a formula the value it had when it was saved."""
    kind, value = cell.get("t", "n"), cell.findtext(f"{S}v") or ""
    if kind == "inlineStr":
        return string_of(cell.find(f"{S}is"))
    if not value:
        budget.uncomputed |= cell.find(f"{S}f") is not None
        return ""
    if kind == "s":
        return _entry(book.strings, value, "")
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n":
        return value.partition("T00:00:00")[0] if kind == "d" else value
    return _number(value, cell.get("s") or "0", book)


def _number(value: str, style: str, book: Book) -> str:
    code = _entry(book.formats, style, "General")
    try:
        number = float(value)
        return shown(number, code, from_1904=book.from_1904) if abs(number) < 1e300 else value
    except (ValueError, ArithmeticError):
        return value


def _entry(listed: Sequence[str], number: str, usual: str) -> str:
    at = whole(number)
    return listed[at] if at is not None and at < len(listed) else usual


def string_of(element: Any | None) -> str:
    """The text of a shared or inline string, without the reading aids (rPh) of Japanese."""
    if element is None:
        return ""
    parts = element.xpath("x:t/text() | x:r/x:t/text()", namespaces={"x": S[1:-1]})
    return re.sub(r"_x([0-9A-Fa-f]{4})_", _character, "".join(parts))


def formats_of(styles: Any | None) -> list[str]:
    """The number format of every cell style (cellXfs)."""
    if styles is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode", "")[:_LONGEST_CODE] for f in styles.iter(f"{S}numFmt")}
    ids = (xf.get("numFmtId", "0") for xf in styles.iterfind(f"{S}cellXfs/{S}xf"))
    return [own.get(n) or BUILT_IN.get(whole(n) or 0, "General") for n in ids]


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)  # how Excel writes what XML cannot hold
    return chr(code) if code in (9, 10) or 32 <= code < 0xD800 else ""


def _column(element: Any, sheet: Sheet) -> None:
    first, last = whole(element.get("min")), whole(element.get("max"))
    if element.get("hidden") in ("1", "true") and first and last:
        sheet.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))


def _merge(element: Any, sheet: Sheet) -> None:
    first, _, last = (element.get("ref") or "").partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin and end and end != begin and end[0] >= begin[0] and end[1] >= begin[1]:
        sheet.spans[begin] = end


def _forget(element: Any) -> None:
    """Free a row that was read, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
