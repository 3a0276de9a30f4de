"""Web pages: decode, find the main text, read what page says of itself, keep the place of every block."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from lxml import html

from cunzhao.charset import decode
from cunzhao.htmltree import CssPaths
from cunzhao.read.alignment import aligned
from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.page.attached import attachments
from cunzhao.read.page.captions import with_captions
from cunzhao.read.page.cleaning import cleaned
from cunzhao.read.page.dom import PageLine, Source, parse
from cunzhao.read.page.fields import PageFields, page_fields
from cunzhao.read.page.headmeta import read_head
from cunzhao.read.page.maintext import choose, left_out, shown_lines
from cunzhao.read.page.meta import PageMeta, page_meta
from cunzhao.read.page.nextpage import next_page
from cunzhao.read.page.title import page_title, with_whole_title
from cunzhao.read.structure.imprint import read_imprint
from cunzhao.read.structure.official import number_of_line
from cunzhao.read.types import BlockKind, Document, Place, Run

VERSION = "1"
_HEAD = 8  # lines of the main container that may still be particulars
_ABOVE = 8  # lines above the main text in which its document number may stand
_BELOW = 8  # lines below it in which its imprint (版记) may stand
_SHORT = 20  # characters of main text: with fewer the page says nothing ("no-text")


def read_html(data: bytes, *, charset: str = "", url: str = "") -> Document:
    """The document of a page: its title, then the main text. `charset` is the one of the HTTP header."""
    decoded = decode(data, charset)
    text, warnings = decoded.text, (("charset-guessed",) if decoded.guessed else ())
    page = parse(text)
    if page is None:
        return Document(
            text="", blocks=(), warnings=(*warnings, "no-text"), reader="html", reader_version=VERSION
        )
    out = left_out(page.root)
    everything, lines = shown_lines(page.root, out)
    head = read_head(page.root)
    title = page_title(page.root, everything, head)
    everything, lines = with_whole_title(everything, title), with_whole_title(lines, title)
    choice = choose(page.root, lines, text, lambda run: cleaned(run, title), title)
    body_at = _index(everything, lines, choice.first)
    body_end = _index(everything, lines, choice.end - 1) + 1 if choice.end > choice.first else body_at
    meta = page_meta(page.root, everything, title, body_at, body_end, url=url, head=head)
    fields = page_fields(everything, body_at + _HEAD, body_end)
    body = with_captions(choice.body)
    pieces = _pieces(page.root, everything, meta, body, placed=not page.flattened)
    noted = list(warnings)
    if page.flattened:
        noted.append("flattened")
    if choice.disputed:
        noted.append("main-text-disputed")
    if sum(len(line.text) for line in body) < _SHORT:
        noted.append("no-text")
    above = (number_of_line(line.text) for line in reversed(everything[max(body_at - _ABOVE, 0) : body_at]))
    imprint = read_imprint([line.text for line in everything[body_end : body_end + _BELOW]])
    document = assembled(pieces, reader="html", version=VERSION, warnings=tuple(noted))
    return dataclasses.replace(
        _with_meta(document, meta, fields),
        doc_number=fields.doc_number or next((number for number in above if number), None),
        copies=imprint.copies,
        printed_by=imprint.printed_by,
        printed_on=imprint.printed_on,
        attachments=attachments(page.root, url, body),
        next_page=next_page(page.root, body, url),
    )


def _with_meta(document: Document, meta: PageMeta, fields: PageFields) -> Document:
    return dataclasses.replace(
        document,
        title=meta.title,
        published=meta.published or fields.published,
        document_date=fields.document_date,
        index=fields.index,
        doc_number=fields.doc_number,
        issuers=fields.issuers,
        source=meta.source or fields.source,
        author=meta.author,
        editor=meta.editor,
        column=meta.column,
    )


def _index(everything: Sequence[PageLine], lines: Sequence[PageLine], at: int) -> int:
    """Where the line `lines[at]` stands among all lines of the page."""
    if at >= len(lines):
        return len(everything)
    wanted = lines[at]
    return next(
        (i for i, x in enumerate(everything) if x.element is wanted.element and x.text == wanted.text), 0
    )


def _pieces(
    root: html.HtmlElement,
    everything: Sequence[PageLine],
    meta: PageMeta,
    body: Sequence[PageLine],
    *,
    placed: bool,
) -> list[Piece]:
    placing = _Placing(root) if placed else None
    pieces = []
    if meta.title:
        shown = _title_line(root, everything, meta.title)
        pieces.append(_piece(shown, placing, "heading", meta.title, 1))
    return pieces + [_piece(line, placing, line.kind, line.text, line.level) for line in body]


def _piece(
    line: PageLine | None, placing: _Placing | None, kind: BlockKind, text: str, level: int | None
) -> Piece:
    """A piece that says `text`, placed where `line` stands; without a place where nothing shows it."""
    if line is None or placing is None:
        return Piece(kind, text, Place(), level)
    table = line.table if kind == "table" else None
    place = Place(css=placing.paths.near(line.element))
    return Piece(kind, text, place, level, table, placing.runs(line, text))


class _Placing:
    """Places of the characters of one page's lines."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.paths = CssPaths(root)

    def runs(self, line: PageLine, text: str) -> tuple[Run, ...]:
        """The runs of `text`, which is what `line` says or a part of it."""
        if line.table is None:
            return tuple(self._runs(text, line.sources, 0))
        return tuple(
            run
            for cell, sources in zip(line.table.cells, line.cells, strict=True)
            for run in self._runs(text[cell.start : cell.end], sources, cell.start)
        )

    def _runs(self, text: str, sources: Sequence[Source], begin: int) -> Iterator[Run]:
        for start, end, element, offset in aligned(text, sources):
            css = self.paths.of(element)
            if css is not None:
                yield Run(start=begin + start, end=begin + end, place=Place(css=css, offset=offset))


def _title_line(root: html.HtmlElement, everything: Sequence[PageLine], title: str) -> PageLine | None:
    """The line that shows the title: a heading first, any line next, else <title>."""
    wanted = "".join(title.split())
    holding = [x for x in everything if x.kind != "table" and wanted in "".join(x.text.split())]
    if holding:
        return min(holding, key=lambda x: (x.kind != "heading", len(x.text)))
    element = next(iter(root.iter("title")), None)
    if element is None or wanted not in "".join(element.text_content().split()):
        return None
    return PageLine(title, element, sources=((element.text or "", element, 0),))
