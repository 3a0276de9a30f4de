"""The outline: which lines and sentence beginnings are headings, and how they nest.

Three passes over the blocks. (1) Candidates: numbered lines, numbered run-ins (`1.加强统筹。成立…`),
lines marked as headings by the format, short lines that look like headings. (2) Context throws out what only
looks like one: items of an attachment list, a number out of sequence, a signature, a column of names.
(3) Levels: 1 the title; kinds of number keep the order of GB/T 9704 and nest as the document nests them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cunzhao.read.dates import is_date_line
from cunzhao.read.nesting import nest
from cunzhao.read.numbering import ARABIC, BRACKETS, CIRCLE, COMMA, ORDINAL, Number, number_at
from cunzhao.read.titles import (
    MAX_TITLE,
    is_contents_line,
    is_heading_like,
    is_instrument_name,
    is_official_title,
)
from cunzhao.read.types import Block, Heading

_HEAD = 240  # characters of a block looked at
_NEAR = 8  # blocks looked at on each side
_FRONT = 25  # blocks in which the title stands
_STOP = re.compile("[。！!；;]")
_ATTACHMENTS = re.compile(r"\s*附\s*件\s*[:：]")
_MIDWAY = re.compile(r"(?<=[。：:；;])\s*([①-⑳][^。；;①-⑳]{2,40}。)(?=\s*[^\s①-⑳])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible heading: what it shows, where, and what speaks for its level."""

    block: int  # index of its block
    start: int
    end: int
    title: str
    number: Number | None = None
    run_in: bool = False
    is_title: bool = False
    style: int | None = None  # level that the format gives (h2, Heading 2, ##)
    question: bool = False


def read_outline(text: str, blocks: Sequence[Block], title: str | None = None) -> tuple[Heading, ...]:
    """The headings of `text`, sorted by start. `title` is the document's title where its format tells it."""
    found = _candidates(text, blocks)
    found = _mark_titles(text, blocks, found, title)
    found = _in_sequence(_without_lists(text, blocks, found))
    return tuple(nest(found))


def with_headings(blocks: Sequence[Block], outline: Sequence[Heading], text: str) -> tuple[Block, ...]:
    """The blocks, those that are a stand-alone heading of the outline being marked so, with its level."""
    levels = {h.start: h for h in outline if not h.run_in}
    out = []
    for block in blocks:
        heading = levels.get(block.start)
        if heading and block.end - heading.end <= 1 and block.kind in ("paragraph", "list", "heading"):
            out.append(replace(block, kind="heading", level=heading.level))
        elif block.kind == "heading":
            out.append(replace(block, kind="paragraph", level=None))
        else:
            out.append(block)
    return tuple(out)


def with_front_noise(blocks: Sequence[Block], outline: Sequence[Heading], text: str) -> tuple[Block, ...]:
    """The blocks, scraps above an official title (buttons, menus of the page it was copied from) being noise.

    What belongs above a title stays: the name of the organ's series (`…文件`), a document number, sentences.
    """
    title = next((h for h in outline if h.level == 1 and is_official_title(h.title)), None)
    at = next((i for i, b in enumerate(blocks) if title and b.start == title.start), 0)
    if at > _FRONT:
        return tuple(blocks)
    return tuple(
        replace(b, kind="noise") if i < at and _is_scrap(text[b.start : b.end]) else b
        for i, b in enumerate(blocks)
    )


def _is_scrap(body: str) -> bool:
    return len(body) <= 40 and not re.search(r"[。；号日]|文件$|\d{4}", body)


def _candidates(text: str, blocks: Sequence[Block]) -> list[Candidate]:
    found = []
    attachments = False
    for i, block in enumerate(blocks):
        if block.kind not in ("paragraph", "heading", "list"):
            continue
        body = text[block.start : min(block.end, block.start + _HEAD)]
        attachments = bool(_ATTACHMENTS.match(body)) or (attachments and number_at(body) is not None)
        if not attachments and not is_contents_line(body):
            found += _of_block(text, i, block, body)
    return found


def _of_block(text: str, i: int, block: Block, body: str) -> list[Candidate]:
    number = number_at(body)
    style = block.level if block.kind == "heading" else None
    if number:
        first = _numbered(text, i, block, number, style)
    else:
        first = _unnumbered(text, i, block, style)
    return [c for c in [first] if c] + (_midway(text, i, block) if style is None else [])


def _numbered(text: str, i: int, block: Block, number: Number, style: int | None) -> Candidate | None:
    """A numbered line without a stop is a heading; with one early stop and text behind it, a run-in."""
    start = block.start + number.length
    rest = text[start : min(block.end, block.start + _HEAD)]
    whole = block.end - block.start <= _HEAD
    stop = _STOP.search(rest)
    label = _before_colon(rest.rstrip("：: \n"), number)
    if stop is None and whole and number.rank != ORDINAL and not label:
        shown = rest.rstrip().rstrip("：:")
        if not 0 < len(_folded(shown)) <= 60:
            return None
        return Candidate(i, block.start, start + len(shown), _folded(shown), number, style=style)
    phrase = label or (rest[: stop.start()] if stop and stop[0] == "。" else "")
    if not 2 <= len(_folded(phrase)) <= 40:
        return None
    cut = len(phrase)
    behind = block.end - (start + cut + 1)
    if behind < 10:
        fits = style is not None or (number.rank in (COMMA, BRACKETS) and len(_folded(phrase)) <= 16)
        return Candidate(i, block.start, start + cut, _folded(phrase), number, style=style) if fits else None
    return Candidate(i, start, start + cut, _folded(phrase), number, run_in=True)


def _before_colon(rest: str, number: Number) -> str:
    """`（一）总体目标：到2025年…`: a short phrase before a colon, of the numbers that head sections."""
    colon = re.search("[：:]", rest)
    if colon is None or number.rank in (ORDINAL, CIRCLE) or not 2 <= colon.start() <= 16:
        return ""
    phrase = rest[: colon.start()]
    return "" if re.search(r"[，,。；;、\d]", phrase) else phrase


def _unnumbered(text: str, i: int, block: Block, style: int | None) -> Candidate | None:
    body = text[block.start : block.end] if block.end - block.start <= _HEAD else ""
    shown = body.strip()
    limit = MAX_TITLE if style is not None or is_official_title(shown) else 0
    marked = 0 < len(_folded(shown)) <= limit
    if not shown or block.kind == "list" or not (marked or is_heading_like(shown)):
        return None
    return Candidate(i, block.start, block.end, _folded(shown), style=style, question=shown[-1] in "？?")


def _midway(text: str, i: int, block: Block) -> list[Candidate]:
    """Run-ins in mid-paragraph: `…主要体现在：①平台建设加速进行。…②…`."""
    found = []
    for match in _MIDWAY.finditer(text, block.start, block.end):
        number = number_at(match[1])
        if number:
            start = match.start(1) + number.length
            shown = text[start : match.end(1) - 1]
            found.append(Candidate(i, start, match.end(1) - 1, _folded(shown), number, run_in=True))
    return found


def _mark_titles(
    text: str, blocks: Sequence[Block], found: list[Candidate], title: str | None
) -> list[Candidate]:
    """Titles stand at level 1: the document's own, and that of a plan or rule that a notice hands on."""
    told, first = _squeezed(title or ""), True
    named = set(re.findall(r"《([^《》]+)》", told))
    marked: list[Candidate] = []
    for c in found:
        own = _squeezed(c.title)
        if c.number is None and not c.run_in:
            handed_on = own in named or (_after_signature(text, blocks, c.block) and is_instrument_name(own))
            by_looks = is_official_title(own) or c.style == 1 or _opens(found, blocks, c)
            if handed_on or (first and (own == told if told else by_looks)):
                named |= set(re.findall(r"《([^《》]+)》", own))
                first = False
                c = replace(c, is_title=True)
        marked.append(c)
    at = next((c.block for c in marked if c.is_title), 0)
    if at > _FRONT:
        return marked
    return [c for c in marked if c.block >= at or c.style is not None or c.number]


def _opens(found: list[Candidate], blocks: Sequence[Block], c: Candidate) -> bool:
    """Whether `c` is the first thing said, and no official title comes soon after it."""
    if c.block > _FRONT or any(b.kind != "noise" for b in blocks[: c.block]):
        return False
    return not any(c.block < f.block <= c.block + _FRONT and is_official_title(f.title) for f in found)


def _after_signature(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the block before `i` that says anything is a date under a signature."""
    before = next((b for b in reversed(blocks[max(0, i - _NEAR) : i]) if b.kind != "noise"), None)
    return before is not None and is_date_line(text[before.start : before.end])


def _without_lists(text: str, blocks: Sequence[Block], found: list[Candidate]) -> list[Candidate]:
    """Unnumbered short lines that nothing else marks must lead to text: no names, signatures, captions."""
    by_block = {c.block: c for c in found if not c.run_in}
    kept = []
    for c in found:
        bare = c.number is None and not c.run_in and not c.is_title and c.style is None
        if not bare or _leads_on(text, blocks, by_block, c.block):
            kept.append(c)
    return kept


def _leads_on(text: str, blocks: Sequence[Block], by_block: dict[int, Candidate], i: int) -> bool:
    near = range(max(0, i - _NEAR), min(len(blocks), i + _NEAR))
    said = [k for k in near if blocks[k].kind != "noise"]
    here = said.index(i)
    before = said[here - 1] if here else None
    if before is not None and before not in by_block and not _closed(text, blocks[before]):
        return False
    after = said[here + 1 : here + 4]
    for n, k in enumerate(after):
        if blocks[k].kind in ("table", "caption"):
            return False
        if k not in by_block:
            return n <= 1 and _is_prose(text, blocks[k])
        if by_block[k].number is not None or by_block[k].is_title:
            return by_block[k].is_title is False
    return False


def _closed(text: str, block: Block) -> bool:
    """Whether the block ends as a sentence, a remark or a table does."""
    return block.kind == "table" or text[block.end - 1] in "。！？!?）)”…】》"


def _is_prose(text: str, block: Block) -> bool:
    body = text[block.start : block.end]
    return not is_date_line(body) and (bool(re.search("[。；！？：:]", body)) or len(body) > 60)


def _in_sequence(found: list[Candidate]) -> list[Candidate]:
    """Arabic numbers and run-ins must count: 1, or one more than the last of their kind (one may be lost)."""
    last: dict[int, int] = {}
    kept = []
    for c in found:
        if c.is_title:
            last.clear()
        if c.number and (c.run_in or c.number.rank >= ARABIC) and c.style is None:
            expected = last.get(c.number.rank, 0) + 1
            if c.number.ordinal not in (1, expected, expected + 1):
                continue
        if c.number:
            last[c.number.rank] = c.number.ordinal
        kept.append(c)
    return kept


def _folded(text: str) -> str:
    """`text` on one line: a break between Chinese characters leaves nothing, white space is one space."""
    return re.sub(
        r"\s+", " ", re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])", "", text)
    ).strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
