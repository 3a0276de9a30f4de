"""Tables as files for spreadsheets: CSV (UTF-8 with a mark) and XLSX, no cell of which is a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from starlette.responses import Response, StreamingResponse

from cunzhao.language import tr
from cunzhao.web.showing.safe import attachment, defused

Format = Literal["csv", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100_000  # rows of an .xlsx file: a million would take minutes to write and to open
CHUNK = 1 << 16
DIGITS = 15

Row = Sequence[object]


def sheet_file(name: str, head: Sequence[str], rows: Iterable[Row], form: Format) -> Response:
    """A download; `name` is without its ending."""
    headers = {"Content-Disposition": attachment(f"{name}.{form}")}
    if form == "csv":
        return StreamingResponse(_lines(head, rows), media_type="text/csv; charset=utf-8", headers=headers)
    return StreamingResponse(_book(name, head, rows), media_type=XLSX, headers=headers)


def _lines(head: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO("\ufeff")
    out.seek(1)
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        if out.tell() > CHUNK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        writer.writerow([defused(cell) for cell in row])
    yield out.getvalue()


def _book(name: str, head: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    titles = [WriteOnlyCell(sheet, value=title) for title in head]
    for cell in titles:
        cell.font = Font(bold=True)
    sheet.append(titles)
    for n, row in enumerate(rows):
        if n == MOST:
            sheet.append([tr("只写出前 %(n)s 行，其余请下载 CSV", n=MOST)])
            break
        sheet.append([_cell(value) for value in row])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        book.save(path)
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                yield part


def _cell(value: object) -> str | float:
    """Numbers as numbers as far as a spreadsheet can hold their digits; a cell holds 32,767 characters."""
    text = defused(value)[:32_000]
    number = re.fullmatch(r"-?\d{1,15}(\.\d+)?", text, re.ASCII)
    return float(text) if number and len(text.strip("-").replace(".", "")) <= DIGITS else text
