"""Parts of a Word file in another format (w:altChunk): programs that export pages write the whole text so."""

from __future__ import annotations

from collections.abc import Iterator

from cunzhao.read.assembly import Piece
from cunzhao.read.office.packages import Package
from cunzhao.read.types import Document, Place

_TEXT = ("txt", "text")
_PAGES = ("html", "htm", "xhtml")
_MAIL = ("mht", "mhtml")


def chunk_pieces(package: Package, main: str, relation: str, place: Place) -> Iterator[Piece]:
    """The blocks of the chunk that `relation` names, all at one place; other formats than HTML and plain
    text say nothing."""
    name = package.relations(main).get(relation, ("", ""))[0]
    ending = name.rpartition(".")[2].lower()
    document: Document | None = None
    if ending in (*_PAGES, *_MAIL):
        from cunzhao.read.page.html import read_html
        from cunzhao.read.page.webarchive import page_of

        data = package.read(name)
        document = read_html(page_of(data) if ending in _MAIL else data)
    elif ending in _TEXT:
        from cunzhao.read.text.text import read_text

        document = read_text(package.read(name))
    if document is not None:
        for block in document.blocks:
            yield Piece(block.kind, document.text[block.start : block.end], place, block.level)
