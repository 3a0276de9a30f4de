"""Excel files before 2007 (.xls, and .et of WPS): the same sheets, read by xlrd."""

from __future__ import annotations

import io
from typing import Any

from cunzhao.errors import FileBroken, FileEncrypted
from cunzhao.read.office.excel import MOST_CELLS, MOST_ROWS, workbook
from cunzhao.read.office.excelformats import BUILT_IN, shown
from cunzhao.read.office.excelsheet import Budget, Sheet
from cunzhao.read.types import Document

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  # xlrd's kinds of cells


def read_old_excel(data: bytes, called: str) -> Document:
    """As `read_excel`. Raises FileEncrypted, FileBroken."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
        budget, sheets, hidden = Budget(MOST_ROWS, MOST_CELLS), [], False
        for number, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(number)
            if sheet.visibility:
                hidden = True
            elif not budget.cut:
                sheets.append((name, _sheet(book, sheet, budget)))
            book.unload_sheet(number)
    except Exception as exc:  # xlrd meets broken files with whatever comes
        if "encrypted" in str(exc).lower():
            raise FileEncrypted(called, format="XLS") from exc
        raise FileBroken(called, format="XLS", detail=f"{type(exc).__name__}: {exc}"[:200]) from exc
    macros = "_VBA_PROJECT_CUR".encode("utf-16-le") in data
    return workbook(sheets, budget, hidden=hidden, macros=macros)


def _sheet(book: Any, source: Any, budget: Budget) -> Sheet:
    sheet = Sheet(
        spans={(top, left): (bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells},
        hidden_rows={row for row, info in source.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in source.colinfo_map.items() if info.hidden},
    )
    for row in range(source.nrows):
        if budget.rows <= 0 or budget.cells <= 0:
            budget.cut = True
            break
        budget.rows -= 1
        texts = {column: _text(book, cell) for column, cell in enumerate(source.row(row))}
        said = {column: text for column, text in texts.items() if text.strip()}
        seen = {c: text for c, text in said.items() if c not in sheet.hidden_columns}
        if row in sheet.hidden_rows:
            seen = {}
        sheet.left_out |= len(seen) < len(said)
        budget.cells -= len(seen)
        if seen:
            sheet.rows[row] = seen
    return sheet


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == _TEXT:
        return str(cell.value)
    if cell.ctype in (_NUMBER, _DATE):
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = "General" if form is None else BUILT_IN.get(form.format_key, form.format_str)
        return shown(cell.value, code, from_1904=book.datemode == 1)
    if cell.ctype == _BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == _ERROR:
        import xlrd

        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return ""
