"""A long document is read in windows, so that the memory of its rules does not grow with its length.

A window ends where a block ends, if it can be before an article or chapter; a block longer than a window
ends it behind a sentence. It has the headings above it, so what a chapter says of its figures holds.
Documents of up to two windows, which nearly all are, stay whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cunzhao.extract.text.setting import find_parents
from cunzhao.read.types import Block, Document, Heading

_CHAPTER = 2  # the lowest level of a heading that a window rather begins with
_SENTENCE_END = re.compile(r"[。！？；\n]")
_PARTABLE = re.compile(r"[^0-9０-９.,．，]")  # behind which no number is cut in two


@dataclass(frozen=True, slots=True)
class Window:
    """`document.text[start:end]`, with the blocks, headings and articles that lie there; the text and tables
    are the whole document's, so that places and numbers of tables hold."""

    document: Document
    start: int
    end: int


def windows(document: Document, length: int) -> Iterator[Window]:
    """The windows of a document in order; they cover its text without overlap."""
    size = len(document.text)
    if size <= 2 * length:
        yield Window(document, 0, size)
        return
    blocks = sorted(document.blocks, key=lambda b: (b.start, b.end))
    parents = find_parents(document.outline)
    heads = [h.start for h in document.outline]
    starts = sorted(
        {a.start for a in document.articles} | {h.start for h in document.outline if h.level <= _CHAPTER}
    )
    start = 0
    while start < size:
        end = _end(document.text, blocks, starts, start, length)
        low, high = bisect_left(heads, start), bisect_left(heads, end)
        view = replace(
            document,
            blocks=tuple(_clipped(blocks, start, end)),
            outline=(*_above(document.outline, parents, low), *document.outline[low:high]),
            articles=tuple(a for a in document.articles if a.start < end and a.end > start),
        )
        yield Window(view, start, end)
        start = end


def _end(text: str, blocks: Sequence[Block], starts: Sequence[int], start: int, length: int) -> int:
    """Where the window that begins at `start` ends: at a chapter, between blocks, behind a sentence."""
    if len(text) - start <= 2 * length:
        return len(text)
    least, most = start + length, start + 2 * length
    chapter = bisect_left(starts, least)
    if chapter < len(starts) and starts[chapter] <= most:
        return starts[chapter]
    at = bisect_right(blocks, least, key=lambda b: b.start) - 1
    block = blocks[at] if at >= 0 else None
    if block and block.end > least and (block.end <= most or block.kind == "table"):
        return block.end
    cut = _SENTENCE_END.search(text, least, most) or _PARTABLE.search(text, least)
    return cut.end() if cut else len(text)


def _clipped(blocks: Sequence[Block], start: int, end: int) -> Iterator[Block]:
    index = bisect_left(blocks, start, key=lambda b: b.start)
    while index and blocks[index - 1].end > start:
        index -= 1
    for block in blocks[index:]:
        if block.start >= end:
            return
        yield replace(block, start=max(block.start, start), end=min(block.end, end))


def _above(outline: Sequence[Heading], parents: Sequence[int], index: int) -> list[Heading]:
    """The headings over the place before `outline[index]`, outermost first."""
    above: list[Heading] = []
    at = index - 1
    while at >= 0:
        above.append(outline[at])
        at = parents[at]
    return above[::-1]
