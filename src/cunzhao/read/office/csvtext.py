"""Comma-separated values as one table; delimiter and charset are found out, blank rows part tables."""

from __future__ import annotations

import csv
import io
from collections import Counter

from cunzhao.charset import decode
from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.folding import folded
from cunzhao.read.office.excel import MOST_CELLS
from cunzhao.read.office.wordtables import cell_name
from cunzhao.read.tables import CellText, grid_table
from cunzhao.read.text.text import plain
from cunzhao.read.types import Document, Place, Run

VERSION = "1"
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50


def read_csv(data: bytes, *, charset: str = "") -> Document:
    """The document of a file of separated values. Its cells are named as a spreadsheet shows them: "B3"."""
    decoded = decode(data, charset)
    text = plain(decoded.text)
    warnings = ["charset-guessed"] if decoded.guessed else []
    rows: list[list[CellText]] = []
    runs: list[tuple[int, Run]] = []  # which cell, and the run from its beginning
    cells = 0
    csv.field_size_limit(max(len(text), 131_072))
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter_of(text), strict=False)):
        if not any(field.strip() for field in row):
            continue
        if cells + len(row) > MOST_CELLS:
            warnings.append("cut")
            break
        for column, field in enumerate(row):
            runs += [
                (cells + column, run) for run in folded(field).runs(Place(cell=cell_name(number, column)))
            ]
        rows.append([CellText(field) for field in row])
        cells += len(row)
    body, table = grid_table(rows)
    starts = [cell.start for cell in table.cells]
    placed = tuple(
        Run(start=starts[cell] + run.start, end=starts[cell] + run.end, place=run.place) for cell, run in runs
    )
    pieces = [Piece("table", body, Place(cell="A1"), table=table, runs=placed)] if rows else []
    warnings += [] if rows else ["no-text"]
    return assembled(pieces, reader="csv", version=VERSION, warnings=tuple(warnings))


def delimiter_of(text: str) -> str:
    """What parts the fields: the sign that stands equally often in most of the first lines."""
    lines = [line for line in text.split("\n")[:_SAMPLE_LINES] if line.strip()]

    def agreed(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        usual = max(counts, key=lambda n: (counts[n], n), default=0)
        return counts[usual], usual

    return max(_DELIMITERS, key=agreed) if any(agreed(sign)[0] for sign in _DELIMITERS) else ","
