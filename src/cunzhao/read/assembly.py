"""Pieces become a Document's text: one line end between two pieces, each piece a block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cunzhao.read.types import Block, BlockKind, Document, Place, Run, Table


@dataclass(frozen=True, slots=True)
class Piece:
    kind: BlockKind
    text: str
    place: Place
    level: int | None = None  # of a heading, as its format gives it
    table: Table | None = None  # of kind "table": its cells, offsets into `text`
    runs: tuple[Run, ...] = ()  # offsets into `text` without the white space round it (of a table: with it)


def assembled(
    pieces: Iterable[Piece], *, reader: str, version: str, warnings: tuple[str, ...] = ()
) -> Document:
    """The document of the pieces that are not blank, in order."""
    parts: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        # The first field of a table may be empty: its tab is kept.
        text = (piece.text if piece.table else piece.text.strip()).replace("\x00", "\ufffd")
        if not text.strip():
            continue
        if piece.table:
            tables.append(_moved(piece.table, at))
        blocks.append(
            Block(kind=piece.kind, start=at, end=at + len(text), place=piece.place, level=piece.level)
        )
        runs += [Run(start=run.start + at, end=run.end + at, place=run.place) for run in piece.runs]
        parts.append(text)
        at += len(text) + 1
    return Document(
        text="\n".join(parts),
        blocks=tuple(blocks),
        tables=tuple(tables),
        runs=tuple(runs),
        warnings=warnings,
        reader=reader,
        reader_version=version,
    )


def _moved(table: Table, by: int) -> Table:
    cells = tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells)
    return replace(table, start=table.start + by, end=table.end + by, cells=cells)
