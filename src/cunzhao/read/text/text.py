"""Plain text and Markdown: every character stays, in order; noise is marked, not removed.

Offsets must agree with annotations that count the characters which are not white space, so the only
changes are: the byte order mark goes, every line end becomes `\\n`, a NUL becomes U+FFFD
(databases refuse it).
"""

from __future__ import annotations

import re

from cunzhao.charset import decode
from cunzhao.read.text.frontmatter import FrontMatter, front_matter
from cunzhao.read.text.rows import find_tables
from cunzhao.read.text.wrapping import Line, paragraphs, split_lines
from cunzhao.read.types import Block, BlockKind, Document, Place

VERSION = "1"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_NOISE = re.compile(
    r"<!--.*?-->|(?:</?[A-Za-z][^<>]*>\s*)+|!\[[^\]]*\]\([^)]*\)|(?:[-*_=~＊—]\s?){3,}|\[TOC\]|```\w*"
)
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_LIST = re.compile(r"[-*+•·●■]\s+\S")


def read_text(data: bytes, *, charset: str = "", markdown: bool = False) -> Document:
    """The document of a plain text or Markdown file; outline and official fields are not yet set."""
    decoded = decode(data, charset)
    text, warnings = plain(decoded.text), (("charset-guessed",) if decoded.guessed else ())
    front = front_matter(text)
    body_from = front.end if front else 0
    lines = [line for line in split_lines(text) if line.start >= body_from]
    blocks = _front_blocks(text, front) if front else []
    tables, at = find_tables(text, lines), 0
    for found in tables:
        blocks += [_block(text, group, markdown) for group in _groups(text, lines[at : found.first])]
        place = Place(line=lines[found.first].number)
        blocks.append(Block(kind="table", start=found.table.start, end=found.table.end, place=place))
        at = found.last + 1
    blocks += [_block(text, group, markdown) for group in _groups(text, lines[at:])]
    return Document(
        text=text,
        blocks=tuple(blocks),
        title=front.first("title", "标题") if front else None,
        published=front.published if front else None,
        source=front.first("source", "来源") if front else None,
        author=front.first("author", "作者") if front else None,
        tables=tuple(found.table for found in tables),
        warnings=warnings if text.strip() else (*warnings, "no-text"),
        reader="text",
        reader_version=VERSION,
    )


def plain(decoded: str) -> str:
    """`decoded` with `\\n` line ends and without characters that a database cannot hold."""
    return _LINE_ENDS.sub("\n", decoded.removeprefix("\ufeff")).replace("\x00", "\ufffd")


def _groups(text: str, lines: list[Line]) -> list[list[Line]]:
    """Paragraphs, with noise lines kept apart so that they never join a paragraph."""
    groups: list[list[Line]] = []
    run: list[Line] = []
    for line in lines:
        if _NOISE.fullmatch(text, line.start, line.end):
            groups += [*paragraphs(run), [line]]
            run = []
        else:
            run.append(line)
    return groups + paragraphs(run)


def _block(text: str, group: list[Line], markdown: bool) -> Block:
    start, end = group[0].start, group[-1].end
    place = Place(line=group[0].number)
    if len(group) == 1 and _NOISE.fullmatch(text, start, end):
        return Block(kind="noise", start=start, end=end, place=place)
    mark = _MARKDOWN_HEADING.match(text, start, end) if markdown else None
    if mark:
        return Block(kind="heading", start=mark.end(), end=end, place=place, level=len(mark[1]))
    kind: BlockKind = "list" if _LIST.match(text, start, end) else "paragraph"
    return Block(kind=kind, start=start, end=end, place=place)


def _front_blocks(text: str, front: FrontMatter) -> list[Block]:
    """The front matter as noise, but for the title's value, which is the document's first heading."""
    cuts = [(0, front.end)] if not front.title else [(0, front.title[0]), (front.title[1], front.end)]
    blocks = []
    for start, end in cuts:
        inner = text[start:end]
        start, end = start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
        line = text.count("\n", 0, start) + 1
        blocks.append(Block(kind="noise", start=start, end=end, place=Place(line=line)))
    if front.title:
        line = text.count("\n", 0, front.title[0]) + 1
        title = Block(
            kind="heading", start=front.title[0], end=front.title[1], place=Place(line=line), level=1
        )
        blocks.insert(1, title)
    return [block for block in blocks if block.start < block.end]
