"""Word files (.docx, .docm, .dotx): the body in order, headings by style, numbers as Word shows them.

Left out: heads and feet, comments, deleted and hidden text, tables of contents, the words behind pictures.
Notes stand at the end, at the place of the paragraph that refers to them; text boxes behind the paragraph
they are anchored in; a table of one column is a frame round text, not a table.

`Place.paragraph` counts the paragraphs of the body outside tables and text boxes, blank ones and the table
of contents too; `Place.table` all tables in the order in which they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.folding import folded_lines, joined
from cunzhao.read.office.packages import Package
from cunzhao.read.office.properties import believed_title
from cunzhao.read.office.wordchunks import chunk_pieces
from cunzhao.read.office.wordnumbers import Numbering
from cunzhao.read.office.wordstyles import Styles
from cunzhao.read.office.wordtables import WordCell, cells_of, fill, table_piece, with_caption, wrapped
from cunzhao.read.office.wordtext import W, boxes_of, is_contents_entry, notes_of, printed
from cunzhao.read.types import BlockKind, Document, Place

VERSION = "2"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MAIN = ("word/document.xml", "word/document2.xml")
_BLOCKS = (f"{W}p", f"{W}tbl", f"{W}altChunk")
_DEEPEST = 30  # tables and text boxes inside each other


def read_word(package: Package) -> Document:
    """The document of a Word package.

    Raises FileEncrypted, FileBroken, DecompressionBomb as the package does.
    """
    main = package.main_part(_MAIN)
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise package.broken(f"{main}: no body")
    reading = _Reading(package, main)
    pieces = reading.container(body, None)
    pieces += reading.notes()
    warnings = ["no-text"] if not any(piece.text.strip() for piece in pieces) else []
    if any(kind == "vbaProject" for _, kind in package.relations(main).values()):
        warnings.append("macros-ignored")
    document = assembled(pieces, reader="word", version=VERSION, warnings=tuple(warnings))
    core = next((package.xml(name) for name in package.related("", "core-properties")), None)
    told = core.findtext(_TITLE) if core is not None else None
    return replace(document, title=believed_title(document, told or ""))


class _Reading:
    """One reading of a package: what was counted so far."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._paragraphs = self._tables = -1
        self._noted: list[tuple[str, str, Place]] = []  # kind, id, where it is referred to

    def _part(self, kind: str) -> Any | None:
        found = next(iter(self._package.related(self._main, kind)), None)
        return self._package.xml(found) if found else None

    def container(self, holder: Any, place: Place | None, depth: int = 0) -> list[Piece]:
        """The pieces of the body (`place` None) or of what stands at one place: a cell, a text box."""
        pieces: list[Piece] = []
        at = 0  # offset into the cell
        # Held, not their ids: lxml would make them anew, perhaps where another has just stood in memory.
        contents = {p for control in _contents(holder) for p in control.iter(f"{W}p")}
        for element in wrapped(holder, _BLOCKS):
            if element.tag == f"{W}tbl":
                pieces += self._table(element, pieces, depth)
            elif element.tag == f"{W}altChunk":
                where = place or Place(paragraph=max(self._paragraphs, 0))
                pieces += chunk_pieces(self._package, self._main, element.get(f"{_R}id") or "", where)
            else:
                self._paragraphs += place is None
                here = place or Place(paragraph=self._paragraphs)
                raw = printed(element)
                made = list(self._paragraph(element, raw, here, at))
                if element not in contents:
                    pieces += made
                at += len(raw) + 1 if place else 0
                pieces += self._boxes(element, here, depth)
        return pieces

    def notes(self) -> Iterator[Piece]:
        """Footnotes, then endnotes, in the order in which they are referred to."""
        for kind in ("footnotes", "endnotes"):
            root = self._part(kind)
            known = {note.get(f"{W}id"): note for note in root} if root is not None else {}
            for of, number, place in self._noted:
                note = known.pop(number, None) if of == kind else None
                if note is not None:
                    yield from _unplaced(self.container(note, place, _DEEPEST))

    def _paragraph(self, element: Any, raw: str, place: Place, at: int) -> Iterator[Piece]:
        """The lines of a paragraph; the first bears its number. One with a heading's style is one line."""
        label = self._numbering.label(element)
        shown = " ".join((label or "").split()) + (" " if label and label[-1:].isspace() else "")
        self._noted += [(kind, number, place) for kind, number in notes_of(element)]
        if self._styles.is_contents(element) or is_contents_entry(element):
            return
        level = self._styles.level(element)
        lines = folded_lines(raw)
        if level and lines:
            lines = [joined(lines)]
        kind: BlockKind = "heading" if level else "list" if label == "" else "paragraph"
        kind = "caption" if self._styles.is_caption(element) else kind
        for n, line in enumerate(lines):
            number = shown if n == 0 else ""
            runs = tuple(
                replace(run, place=replace(run.place, offset=at + (run.place.offset or 0)))
                for run in line.runs(place, len(number))
            )
            yield with_caption(Piece(kind, number + line.text, place, level if level else None, runs=runs))

    def _boxes(self, element: Any, place: Place, depth: int) -> list[Piece]:
        if depth > _DEEPEST:
            return []
        found = (self.container(box, place, depth + 1) for box in boxes_of(element))
        return [piece for pieces in found for piece in _unplaced(pieces)]

    def _table(self, element: Any, before: list[Piece], depth: int) -> list[Piece]:
        self._tables += 1
        number = self._tables
        rows = cells_of(element)
        if depth > _DEEPEST:
            return []
        cells = [cell for row in rows for cell in row if cell.element is not None]
        if all(len(row) <= 1 for row in rows):  # a frame round text
            return [
                piece
                for cell in cells
                for piece in self.container(cell.element, Place(table=number, cell=cell.name), depth + 1)
            ]
        for cell in cells:
            fill(cell, self._numbering.label)
        pieces = [table_piece(rows, number, before)]
        for cell in cells:
            pieces += self._inside(cell, Place(table=number, cell=cell.name), depth)
        return pieces

    def _inside(self, cell: WordCell, place: Place, depth: int) -> Iterator[Piece]:
        """What a cell holds beside its own text: tables, text boxes; its notes are remembered."""
        for paragraph in wrapped(cell.element, (f"{W}p",)):
            self._noted += [(kind, number, place) for kind, number in notes_of(paragraph)]
            yield from self._boxes(paragraph, place, depth)
        for table in wrapped(cell.element, (f"{W}tbl",)):
            yield from self._table(table, [], depth + 1)


def _contents(holder: Any) -> Iterator[Any]:
    """The content controls that hold a table of contents."""
    for control in holder.iterchildren(f"{W}sdt"):
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val", "") == "Table of Contents":
            yield control


def _unplaced(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces without runs: their offsets are those of another text than their place's."""
    for piece in pieces:
        yield piece if piece.place.table is not None and piece.table else replace(piece, runs=())
