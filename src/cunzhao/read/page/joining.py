"""The pages of one article become one document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.folding import unspaced
from cunzhao.read.structure.finishing import finished
from cunzhao.read.types import Attachment, Block, Document, Table

_CLOSED = re.compile(r"[。！？…；：!?;:.”’\"）)】》]\s*$")
_BEGINS_ANEW = re.compile(r"[\s　]|[（(]?[一二三四五六七八九十0-9０-９]{1,3}[）)、.．]|[第附]|[●■◆▲※]")
_PAGE_MARK = re.compile(r"[\s_—-]*[（(]?第?\s*[0-9一二三四五六七八九十]{1,2}\s*[页頁]?[）)]?$")
_LONG = 20  # characters a line has that the end of the page can have cut


def join(documents: Sequence[Document]) -> Document:
    """One document of the documents of an article's pages, in order; one alone is returned as it is.

    The title and lines that every page repeats at its head or foot stand once, a paragraph cut by the end of
    a page is whole. Places tell the page, 1 for the first. Metadata are those of the first page, the
    attachments those of all; the outline is made again. Raises ValueError for no document.
    """
    if not documents:
        raise ValueError("no pages to join")
    if len(documents) == 1:
        return documents[0]
    first = documents[0]
    pages = [_pieces(document, n) for n, document in enumerate(documents, 1)]
    pages = [pages[0], *(_without_title(page, first.title) for page in pages[1:])]
    pages = _without_repeated(pages, 1 if pages[0] and _is_title(pages[0][0], first.title) else 0)
    whole = assembled(
        _appended(pages),
        reader=first.reader,
        version=first.reader_version,
        warnings=_warnings(documents),
    )
    return finished(
        replace(
            first,
            text=whole.text,
            blocks=whole.blocks,
            tables=whole.tables,
            runs=whole.runs,
            warnings=whole.warnings,
            outline=(),
            articles=(),
            parts=(),
            attachments=_attachments(documents),
            editor=next((d.editor for d in documents if d.editor), None),
            next_page=None,
        )
    )


def _pieces(document: Document, page: int) -> list[Piece]:
    tables = {table.start: table for table in document.tables}
    return [_piece(document, block, tables.get(block.start), page) for block in document.blocks]


def _piece(document: Document, block: Block, table: Table | None, page: int) -> Piece:
    at = bisect_left(document.runs, block.start, key=lambda run: run.start)
    runs = []
    for run in document.runs[at:]:
        if run.start >= block.end:
            break
        place = replace(run.place, page=page)
        runs.append(replace(run, start=run.start - block.start, end=run.end - block.start, place=place))
    return Piece(
        kind=block.kind,
        text=document.text[block.start : block.end],
        place=replace(block.place, page=page),
        level=block.level,
        table=_at_nought(table) if table and block.kind == "table" else None,
        runs=tuple(runs),
    )


def _at_nought(table: Table) -> Table:
    by = table.start
    cells = tuple(replace(cell, start=cell.start - by, end=cell.end - by) for cell in table.cells)
    return replace(table, start=0, end=table.end - by, cells=cells)


def _is_title(piece: Piece, title: str | None) -> bool:
    own, wanted = unspaced(piece.text), unspaced(title or "")
    return bool(wanted) and _PAGE_MARK.sub("", own) in (wanted, _PAGE_MARK.sub("", wanted))


def _without_title(page: list[Piece], title: str | None) -> list[Piece]:
    """A further page without its title, which may carry the page number."""
    return page[1:] if page and (_is_title(page[0], title) or page[0].level == 1) else page


def _without_repeated(pages: list[list[Piece]], titled: int) -> list[list[Piece]]:
    """Without what pages repeat of the first page's head or of the last page's foot."""
    lead = [unspaced(piece.text) for piece in pages[0][titled:]]
    foot = [unspaced(piece.text) for piece in reversed(pages[-1])]
    out: list[list[Piece]] = []
    for n, page in enumerate(pages):
        own = [unspaced(piece.text) for piece in page]
        begin, end = 0, len(own)
        while n and begin < min(len(lead), end) and own[begin] == lead[begin]:
            begin += 1
        behind = 0
        while (
            n < len(pages) - 1 and behind < min(len(foot), end - begin) and own[-1 - behind] == foot[behind]
        ):
            behind += 1
        out.append(page[begin : end - behind])
    return out


def _appended(pages: Sequence[list[Piece]]) -> list[Piece]:
    whole: list[Piece] = []
    for page in pages:
        if whole and page and _is_cut(whole[-1], page[0]):
            whole[-1] = _one(whole[-1], page[0])
            page = page[1:]
        whole += page
    return whole


def _is_cut(end: Piece, begin: Piece) -> bool:
    """Whether the end of a page cut a paragraph: no closing mark, and the next does not begin as one."""
    if end.kind != "paragraph" or begin.kind != "paragraph" or len(end.text) < _LONG:
        return False
    return not _CLOSED.search(end.text) and not _BEGINS_ANEW.match(begin.text)


def _one(end: Piece, begin: Piece) -> Piece:
    gap = " " if end.text[-1:].isascii() and begin.text[:1].isascii() else ""
    by = len(end.text) + len(gap)
    moved = (replace(run, start=run.start + by, end=run.end + by) for run in begin.runs)
    return replace(end, text=end.text + gap + begin.text, runs=(*end.runs, *moved))


def _attachments(documents: Sequence[Document]) -> tuple[Attachment, ...]:
    """Those of all pages; one that is named only gives way to a link of that name."""
    every = dict.fromkeys(a for document in documents for a in document.attachments)
    linked = {a.name for a in every if a.url}
    by_url: dict[str, Attachment] = {}
    for attachment in every:
        if attachment.url or attachment.name not in linked:
            by_url.setdefault(attachment.url or attachment.name, attachment)
    return tuple(by_url.values())


def _warnings(documents: Sequence[Document]) -> tuple[str, ...]:
    every = dict.fromkeys(code for document in documents for code in document.warnings)
    if any("no-text" not in document.warnings for document in documents):
        every.pop("no-text", None)
    return tuple(every)
