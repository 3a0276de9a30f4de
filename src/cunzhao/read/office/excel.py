"""Excel workbooks (.xlsx, .xlsm): every visible sheet as titles, tables and notes, with what the cells show.

Of formulas the saved values are read; macros, drawings, comments, hidden sheets, rows and columns are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.office.excelregions import sheet_pieces
from cunzhao.read.office.excelsheet import Book, Budget, S, Sheet, formats_of, read_sheet, string_of
from cunzhao.read.office.packages import Package, elements
from cunzhao.read.types import Document, Place

VERSION = "1"
#: What is read of one workbook.
MOST_ROWS = 1_000_000
MOST_CELLS = 200_000  # that say something; more would be a database, not a document
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)


def read_excel(package: Package) -> Document:
    """The document of a workbook. Warnings: `cut`, `formulas-uncomputed`, `hidden-left-out`,
    `macros-ignored`, `no-text`.

    Raises FileEncrypted, FileBroken, DecompressionBomb as the package does.
    """
    main = package.main_part(("xl/workbook.xml",))
    root = package.xml(main)
    if root is None or root.find(f"{S}sheets") is None:
        raise package.broken(f"{main}: no sheets")
    budget = Budget(MOST_ROWS, MOST_CELLS)
    book, relations = _book(package, main, root), package.relations(main)
    sheets: list[tuple[str, Sheet]] = []
    hidden = False
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        part, kind = relations.get(element.get(f"{_R}id") or "", ("", ""))
        if element.get("state", "visible") != "visible":
            hidden = True
        elif kind == "worksheet" and part in package and not budget.cut:
            sheets.append((element.get("name") or "", read_sheet(package, part, book, budget)))
    macros = any(kind in ("vbaProject", "xlMacrosheet") for _, kind in relations.values())
    return workbook(sheets, budget, hidden=hidden, macros=macros)


def workbook(sheets: Sequence[tuple[str, Sheet]], budget: Budget, *, hidden: bool, macros: bool) -> Document:
    """The document of the visible sheets of a workbook, each with its name."""
    found = [(name, list(sheet_pieces(sheet, name))) for name, sheet in sheets]
    said = [(name, pieces) for name, pieces in found if pieces]
    codes = {
        "cut": budget.cut,
        "formulas-uncomputed": budget.uncomputed,
        "hidden-left-out": hidden or any(sheet.left_out for _, sheet in sheets),
        "macros-ignored": macros,
        "no-text": not said,
    }
    warnings = tuple(code for code, holds in codes.items() if holds)
    document = assembled(_pieces(said), reader="excel", version=VERSION, warnings=warnings)
    return replace(document, title=_title(said))


def _book(package: Package, main: str, root: object) -> Book:
    strings: list[str] = []
    for part in package.related(main, "sharedStrings")[:1]:
        with package.open(part) as stream:
            for element in elements(stream, (f"{S}si",), package):
                strings.append(string_of(element))
                element.clear()
    styles = next(iter(package.related(main, "styles")), None)
    told = root.find(f"{S}workbookPr")  # type: ignore[attr-defined]
    from_1904 = told is not None and told.get("date1904") in ("1", "true")
    return Book(strings, formats_of(package.xml(styles) if styles else None), from_1904)


def _pieces(found: list[tuple[str, list[Piece]]]) -> Iterator[Piece]:
    """The sheets in order, each under its name; the title of a single sheet is the document's."""
    if len(found) == 1:
        (name, pieces) = found[0]
        title = _title(found)
        if title is None and not _DEFAULT_NAME.fullmatch(name):
            yield Piece("heading", name, Place(sheet=name), 1)
        for piece in pieces:
            named = title is not None and piece.text == title and piece.kind == "caption"
            yield replace(piece, kind="heading", level=1) if named else piece
        return
    for name, pieces in found:
        yield Piece("heading", name, Place(sheet=name), 2)
        yield from pieces


def _title(found: list[tuple[str, list[Piece]]]) -> str | None:
    """The name of the first table, where it stands at the top of the first sheet."""
    first = found[0][1][:4] if found else []
    return next((piece.text for piece in first if piece.kind == "caption"), None)
