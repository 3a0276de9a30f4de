"""What `read` hands on: the Document. Offsets are code points of `Document.text`, end exclusive."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "caption", "noise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block stands in its source; what does not apply is None."""

    css: str | None = None  # CSS path of the element (HTML)
    page: int | None = None  # 1 for the first (PDF)
    box: tuple[float, float, float, float] | None = None  # left, bottom, right, top in points (PDF)
    paragraph: int | None = None  # 0 for the first of the body (Word)
    line: int | None = None  # 1 for the first (plain text)


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
    title: str  # without the number
    start: int  # stand-alone: with the number; run-in: the run-in part without it
    end: int
    run_in: bool = False  # `1.加强统筹。成立…`


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
class Document:
    """What a reader made of a snapshot or file. Text: the title as first block, then the main text."""

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
    column: str | None = None  # 栏目
    outline: tuple[Heading, ...] = ()
    articles: tuple[Article, ...] = ()
    warnings: tuple[str, ...] = ()  # codes: "main-text-disputed", "no-text", "charset-guessed", …
    reader: str = ""  # "html", "text", "pdf", "docx"
    reader_version: str = ""


def path_at(outline: Sequence[Heading], offset: int) -> tuple[Heading, ...]:
    """The headings that `offset` stands under, outermost first; empty before the first heading.

    `outline` is sorted by `start` (as `Document.outline` is). A heading stands under itself.
    """
    path: list[Heading] = []
    for heading in outline:
        if heading.start > offset:
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(path)


def to_json(document: Document) -> dict[str, Any]:
    """The document as plain JSON values, the object `cunzhao read --json` prints."""
    return dataclasses.asdict(document)


def from_json(value: dict[str, Any]) -> Document:
    """The inverse of `to_json`."""
    many: dict[str, Any] = {
        "blocks": tuple(Block(**{**b, "place": _place(b["place"])}) for b in value["blocks"]),
        "outline": tuple(Heading(**h) for h in value["outline"]),
        "articles": tuple(Article(**a) for a in value["articles"]),
    }
    lists = {k: tuple(value[k]) for k in ("issuers", "addressees", "warnings")}
    return Document(**{**value, **many, **lists})


def _place(value: dict[str, Any]) -> Place:
    box = value.get("box")
    return Place(**{**value, "box": tuple(box) if box else None})
