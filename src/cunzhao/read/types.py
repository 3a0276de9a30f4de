"""What `read` hands on: the Document. Offsets are code points of `Document.text`, end exclusive."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "caption", "noise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block, or a run of characters, stands in its source; what does not apply is None."""

    css: str | None = None  # CSS path of the element (HTML)
    page: int | None = None  # 1 for the first (PDF, OFD; an article that goes over several web pages)
    box: tuple[float, float, float, float] | None = None  # left, bottom, right, top in points (PDF, OFD)
    paragraph: int | None = None  # 0 for the first of the body (Word)
    table: int | None = None  # 0 for the first of the body (Word)
    sheet: str | None = None  # name (Excel)
    cell: str | None = None  # "B3": column and row (Excel, tables of Word)
    line: int | None = None  # 1 for the first (plain text)
    #: Code points into what stands in the element itself, its child elements left out (HTML), or into the
    #: paragraph, cell or line; of a run only.
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`text[start:end]` stands in one piece in the source: character i of it at `place.offset + i`.

    In a box (PDF, OFD) the characters share its width evenly; a reader begins a new run where they would not.
    Characters that no run covers (line ends between blocks, a number that Word makes) have the place of
    their block.
    """

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    kind: BlockKind
    start: int
    end: int
    place: Place
    level: int | None = None  # of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A node of the outline; the tree follows from the levels, in document order."""

    level: int  # 1 the title
    number: str | None  # as printed: "一", "（二）", "1", "一是"
    title: str  # without the number; empty where an article of a rule (第一条) has no name
    start: int  # stand-alone: with the number; run-in: the run-in part without it
    end: int
    run_in: bool = False  # `1.加强统筹。成立…`
    spoken: bool = False  # a question of an interview (`记者：…？`): it leads through the text, but is talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A piece of a compilation (专题信息), or nothing in a document that is one piece."""

    title: str
    source: str | None
    date: str | None  # ISO
    chapter: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several documents in one: a notice (通知) and the plan that it hands on (印发)."""

    role: Literal["notice", "carried", "annex"]
    title: str
    start: int
    end: int
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    document_date: str | None = None  # ISO


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; `text[start:end]` is what it says (empty: start == end)."""

    row: int  # 0 for the first; of a merged cell the upper left one
    column: int
    start: int
    end: int
    rows: int = 1  # how many it spans
    columns: int = 1
    header: bool = False  # names its row or column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of a table block, row by row. In the text cells are parted by tab, rows by line end."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: str | None = None
    unit: str | None = None  # as its caption or a line above says: "亿元" of （单位：亿元）
    header_rows: int = 0  # rows at the top that only name columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that a page or an official document names as its annex (附件)."""

    name: str  # as shown
    url: str | None = None  # absolute; None where it is named only


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader made of a snapshot or file. Text: the title as first block, then the main text.

    `warnings` are codes of what is missing or uncertain: "no-text", "charset-guessed", "main-text-disputed",
    "scan-pages" (pictures of text, not read), "ocr-text" (read from pictures: check it), "pages-broken",
    "font-unreadable" (a PDF's fonts do not tell their characters), "macros-ignored", "formulas-uncomputed",
    "hidden-left-out" (sheets, rows, columns), "cut" (longer than is read), "flattened" (nested too deep),
    "pages-missing" (of an article over several web pages).
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None  # 发布日期, ISO date or date-time as the page shows it
    document_date: str | None = None  # 成文日期, ISO date
    source: str | None = None  # 来源
    author: str | None = None
    doc_number: str | None = None  # 发文字号
    issuers: tuple[str, ...] = ()  # 发文机关
    addressees: tuple[str, ...] = ()  # 主送机关
    copies: tuple[str, ...] = ()  # 抄送机关
    printed_by: str | None = None  # 印发机关
    printed_on: str | None = None  # 印发日期, ISO
    editor: str | None = None  # 责任编辑
    column: str | None = None  # 栏目 path: "首页>新闻中心>要闻"
    index: tuple[tuple[str, str], ...] = ()  # 信息公开 block as shown: (("索引号", "…"), ("主题分类", "…"))
    outline: tuple[Heading, ...] = ()
    articles: tuple[Article, ...] = ()
    parts: tuple[Part, ...] = ()  # empty in a document that is one piece
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    next_page: str | None = None  # address of the page on which the article goes on (下一页)
    runs: tuple[Run, ...] = ()  # sorted by start, not overlapping
    warnings: tuple[str, ...] = ()
    reader: str = ""  # "html", "text", "pdf", "word", "excel", "csv", "ofd"
    reader_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page of a PDF as seen (turned by /Rotate, cut by its CropBox), for showing places on it.

    The box `(left, bottom, right, top)` of a `Place` has its upper left corner at `(left * scale,
    (height - top) * scale)` pixels.
    """

    png: bytes
    width: float  # points
    height: float
    scale: float  # pixels for a point; smaller than asked for where the page is huge
    pages: int  # of the whole file


def path_at(outline: Sequence[Heading], offset: int) -> tuple[Heading, ...]:
    """The headings that `offset` stands under or in, outermost first; `outline` is sorted by `start`."""
    return next(_paths(outline, (offset,)))


def _paths(outline: Sequence[Heading], offsets: Iterable[int]) -> Iterator[tuple[Heading, ...]]:
    """`path_at` of offsets that ascend, in one walk."""
    path, at = list[Heading](), 0
    for offset in offsets:
        while at < len(outline) and outline[at].start <= offset:
            while path and path[-1].level >= outline[at].level:
                path.pop()
            path.append(outline[at])
            at += 1
        yield tuple(path)


def place_at(document: Document, offset: int) -> Place:
    """Where `document.text[offset]` stands in the source; of what no run covers, the place of its block.

    Raises IndexError outside the text, ValueError in a text without blocks.
    """
    if not 0 <= offset < len(document.text):
        raise IndexError(f"no character {offset} in a text of {len(document.text)}")
    found = runs_in(document, offset, offset + 1)
    if found:
        return found[0].place
    if not document.blocks:
        raise ValueError("the text has no blocks")
    holding = bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    return document.blocks[max(holding, 0)].place


def runs_in(document: Document, start: int, end: int) -> tuple[Run, ...]:
    """The runs of `document.text[start:end]`, cut to it.

    Of plain text they are its lines, which are not kept: the text is the source, line by line.
    """
    if document.reader == "text":
        return tuple(_lines_in(document.text, start, min(end, len(document.text))))
    first = max(bisect_right(document.runs, start, key=lambda run: run.start) - 1, 0)
    last = bisect_left(document.runs, end, key=lambda run: run.start)
    cut = (_cut(run, max(run.start, start), min(run.end, end)) for run in document.runs[first:last])
    return tuple(run for run in cut if run.start < run.end)


def _lines_in(text: str, start: int, end: int) -> Iterator[Run]:
    line = text.count("\n", 0, start) + 1
    begin = text.rfind("\n", 0, start) + 1
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if start < stop:
            yield Run(start=start, end=stop, place=Place(line=line, offset=start - begin))
        line, start = line + 1, stop + 1
        begin = start


def _cut(run: Run, start: int, end: int) -> Run:
    place, whole = run.place, run.end - run.start
    if place.box is not None:
        left, bottom, right, top = place.box
        step = (right - left) / whole
        box = (left + (start - run.start) * step, bottom, left + (end - run.start) * step, top)
        place = dataclasses.replace(place, box=box)
    if place.offset is not None:
        place = dataclasses.replace(place, offset=place.offset + start - run.start)
    return Run(start=start, end=end, place=place)


def to_json(document: Document) -> dict[str, Any]:
    """The document as plain JSON values, the object `cunzhao read --json` prints.

    Each block also tells its `path`: the headings it stands under as shown ("二、重点任务"), outermost first.
    """
    value = dataclasses.asdict(document)
    value["index"] = [list(pair) for pair in document.index]
    paths = _paths(document.outline, (block.start for block in document.blocks))
    for told, block, path in zip(value["blocks"], document.blocks, paths, strict=True):
        told |= {"place": _told(block.place), "path": [shown(heading) for heading in path]}
    value["runs"] = [[run.start, run.end, _told(run.place)] for run in document.runs]
    return value


def shown(heading: Heading) -> str:
    """A heading as printed: number and title ("一、总体要求", "（二）工作目标", "1.加强统筹")."""
    number = heading.number or ""
    mark = "、" if number and all(c in "一二三四五六七八九十百" for c in number) else ""
    if number.isascii() and number.replace(".", "").isdigit():
        mark = "." if "." not in number else " "
    elif number.startswith("第"):
        mark = " "
    return f"{number}{mark}{heading.title}".rstrip()


def from_json(value: dict[str, Any]) -> Document:
    """The inverse of `to_json`; keys that an older version did not write keep their defaults."""
    read: dict[str, Any] = dict(value)
    read["blocks"] = tuple(
        Block(**{**{k: v for k, v in b.items() if k != "path"}, "place": _place(b["place"])})
        for b in value["blocks"]
    )
    read["runs"] = tuple(Run(start=s, end=e, place=_place(p)) for s, e, p in value.get("runs", ()))
    read["tables"] = tuple(
        Table(**{**t, "cells": tuple(Cell(**c) for c in t["cells"])}) for t in value.get("tables", ())
    )
    read["parts"] = tuple(Part(**{**p, "issuers": tuple(p["issuers"])}) for p in value.get("parts", ()))
    read["index"] = tuple((name, said) for name, said in value.get("index", ()))
    for key, kind in (("outline", Heading), ("articles", Article), ("attachments", Attachment)):
        read[key] = tuple(kind(**item) for item in value.get(key, ()))
    for key in ("issuers", "addressees", "copies", "warnings"):
        read[key] = tuple(value.get(key, ()))
    return Document(**read)


def _told(place: Place) -> dict[str, Any]:
    return {key: said for key, said in dataclasses.asdict(place).items() if said is not None}


def _place(value: dict[str, Any]) -> Place:
    box = value.get("box")
    return Place(**{**value, "box": tuple(box) if box else None})
