"""The outline: which lines and sentence beginnings are headings, and how they nest.

Four passes over the blocks. (1) `headings`: numbered lines, numbered run-ins (`1.加强统筹。成立…`), lines
that the format marks, short lines that look like headings, questions; the list of contents (`contents`) left
out. (2) Titles. (3) Context throws out what only looks like a heading: numbers out of sequence, items of an
enumeration (`siblings`), signatures, columns of names. (4) `nesting`: levels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cunzhao.read.dates import dates_in, is_date_line
from cunzhao.read.folding import unspaced
from cunzhao.read.structure.contents import read_contents
from cunzhao.read.structure.fronttitle import carried_names, is_annex_label, title_block
from cunzhao.read.structure.headings import Candidate, candidates, folded
from cunzhao.read.structure.nesting import nest
from cunzhao.read.structure.notes import SourceNote, headed_share, source_notes
from cunzhao.read.structure.organs import is_signature
from cunzhao.read.structure.siblings import among_siblings
from cunzhao.read.structure.titles import (
    is_aside,
    is_byline,
    is_instrument_name,
    is_official_title,
    is_outer,
    is_question,
)
from cunzhao.read.types import Block, Heading

_NEAR = 8  # blocks looked at on each side
_FRONT = 25  # blocks in which the title stands


def read_outline(text: str, blocks: Sequence[Block], title: str | None = None) -> tuple[Heading, ...]:
    """The headings of `text`, sorted by start. `title` is the document's title where its format tells it."""
    contents = read_contents(text, blocks)
    notes = source_notes(text, blocks)
    found = candidates(text, blocks, contents.blocks, contents.entries)
    found = _with_titles(text, blocks, found, title)
    found = _without_lone_questions(among_siblings(text, blocks, found))
    found = _leading_on(text, blocks, found, notes, contents.blocks)
    return tuple(nest(_opening(text, blocks, found, notes)))


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
    return len(body) <= 40 and not re.search(
        r"[。；号日]|文件$|\d{4}|(?:政府|委|局|厅|办公室)$|[密级急]|签发", body
    )


def _with_titles(
    text: str, blocks: Sequence[Block], found: Sequence[Candidate], title: str | None
) -> list[Candidate]:
    """Titles stand at level 1: the document's own, that of a plan which a notice hands on, those of annexes.

    The title is taken in although it may not look like a heading; scraps above it go.
    """
    told = unspaced(title or "")
    own = next((c for c in found if told and c.number is None and unspaced(c.title) == told), None)
    at = own.block if own else title_block(text, blocks, told=bool(told))
    if at is None:
        return list(found)
    block = blocks[at]
    here = own or next((c for c in found if c.block == at and not c.run_in), None)
    here = here or Candidate(
        block=at, start=block.start, end=block.end, title=folded(text[block.start : block.end])
    )
    main = replace(here, is_title=True, number=None, title=folded(text[here.start : here.end]))
    named = carried_names(main.title)
    marked = [main]
    for c in found:
        if c.block == at:
            continue
        if c.number is None and not c.run_in and not c.boxed and _is_carried(text, blocks, c, named):
            named |= carried_names(c.title)
            c = replace(c, is_title=True)
        marked.append(c)
    marked.sort(key=lambda c: c.start)
    return [c for c in marked if c.block >= at or at > _FRONT or c.style is not None or c.number]


def _is_carried(text: str, blocks: Sequence[Block], c: Candidate, named: set[str]) -> bool:
    """Whether it is the title of what a notice hands on or of an annex."""
    own = unspaced(c.title)
    if own in named or any(own == name + suffix for name in named for suffix in ("（试行）", "(试行)")):
        return True
    before = _said_before(text, blocks, c.block)
    if is_annex_label(before):
        return True
    return is_date_line(before) and (is_instrument_name(own) or is_official_title(own)) and c.block > 3


def _said_before(text: str, blocks: Sequence[Block], i: int) -> str:
    """The block before `i` that says anything."""
    before = next((b for b in reversed(blocks[max(0, i - _NEAR) : i]) if b.kind != "noise"), None)
    return text[before.start : min(before.end, before.start + 200)] if before else ""


def _without_lone_questions(found: list[Candidate]) -> list[Candidate]:
    """A labelled question (`问：…`) is a heading where another one follows: the document is an interview.

    In an interview with sections of its own, or a report that quotes one, questions are talk.
    """
    labelled = [c for c in found if is_question(c.title)]
    sections = [c for c in found if c not in labelled and not c.is_title and not c.run_in]
    return sections_only if (sections_only := _talked(found, labelled, sections)) else found


def _talked(found: list[Candidate], labelled: list[Candidate], sections: list[Candidate]) -> list[Candidate]:
    if len(labelled) != 1 and not (len(labelled) > 1 and len(sections) > 1):
        return []
    return [c for c in found if c not in labelled]


def _leading_on(
    text: str,
    blocks: Sequence[Block],
    found: Sequence[Candidate],
    notes: Sequence[SourceNote],
    contents: frozenset[int],
) -> list[Candidate]:
    """Unnumbered short lines that nothing else marks must lead to text: no names, signatures, captions."""
    by_block = {c.block: c for c in found if not c.run_in}
    closed = {n.block for n in notes if n.alone} | contents
    kept = []
    for c in found:
        if _is_author(text, blocks, by_block, c):
            continue
        bare = c.number is None and not c.run_in and not c.is_title and not c.marked and not c.listed
        if not bare or is_outer(c.title) or _leads_on(text, blocks, by_block, c, closed):
            kept.append(c)
    return kept


def _is_author(text: str, blocks: Sequence[Block], by_block: dict[int, Candidate], c: Candidate) -> bool:
    """Whether it is the organ named under a title, perhaps with the day of the report between them."""
    between = blocks[c.block - 1] if c.block else None
    dated = between is not None and bool(dates_in(text[between.start : min(between.end, between.start + 80)]))
    above = by_block.get(c.block - 1) or (by_block.get(c.block - 2) if dated else None)
    titled = above is not None and above.is_title
    return titled and c.number is None and is_signature(text[c.start : c.end])


def _leads_on(
    text: str, blocks: Sequence[Block], by_block: dict[int, Candidate], c: Candidate, closed: AbstractSet[int]
) -> bool:
    near = range(max(0, c.block - _NEAR), min(len(blocks), c.block + _NEAR))
    said = [k for k in near if blocks[k].kind != "noise"]
    here = said.index(c.block)
    before = said[here - 1] if here else None
    known = before is None or before in by_block or before in closed or c.boxed
    if not known and before is not None and not _closed(text, blocks[before]):
        return False
    first = not closed.isdisjoint(said[max(0, here - 2) : here])  # of an article: guests and names may follow
    room = 5 if first else 1 if c.boxed else 0
    below = 0
    for k in said[here + 1 :]:
        if blocks[k].kind in ("table", "caption"):
            return False
        if k in by_block:
            below += 1
            if by_block[k].number is not None or by_block[k].is_title or below > 1:
                return by_block[k].number is not None and not by_block[k].is_title
        elif k not in closed:
            if _is_prose(text, blocks[k]):
                return True
            room -= 1
            if room < 0:
                return False
    return False


def _closed(text: str, block: Block) -> bool:
    """Whether the block ends as a sentence, a remark, a table, a date or a name under a title does."""
    if block.kind == "table" or text[block.end - 1] in "。！？!?）)”…】》]":
        return True
    body = text[block.start : min(block.end, block.start + 80)]
    return is_date_line(body) or is_byline(body) or (len(body) < 60 and bool(dates_in(body)))


def _is_prose(text: str, block: Block) -> bool:
    body = text[block.start : block.end]
    if is_date_line(body):
        return False
    spoken = bool(re.search("[：:]", body)) and not is_aside(body)
    return bool(re.search("[。；！？]|[：:]$", body)) or spoken or len(body) > 60


def _is_one(blocks: Sequence[Block], found: Sequence[Candidate], notes: Sequence[SourceNote]) -> bool:
    """Whether two notes are of one document: the line under its title, and the note that closes it."""
    title = next((c.block for c in found if c.is_title), None)
    ends = len(blocks) - 2
    return len(notes) == 2 and title is not None and notes[0].block <= title + 2 and notes[1].block >= ends


def _opening(
    text: str, blocks: Sequence[Block], found: Sequence[Candidate], notes: Sequence[SourceNote]
) -> list[Candidate]:
    """The candidates, those that open an article being marked: a source note stands right above or below."""
    if len(notes) < 2 or _is_one(blocks, found, notes):
        return list(found)
    noted = {n.block for n in notes}
    heads = {c.block for c in found if not c.run_in}
    said = [i for i, b in enumerate(blocks) if b.kind != "noise"]
    place = {i: k for k, i in enumerate(said)}
    below = headed_share(notes, blocks, {blocks[i].start for i in heads}) > 0.5
    marked: list[Candidate] = []
    last = -2
    for c in found:
        if c.number is None and not c.run_in and not c.is_title:
            k = place.get(c.block, 0)
            if below:
                near = [i for i in said[k + 1 : k + 3] if i in noted and said[k + 1] not in heads]
            else:
                near = [i for i in said[max(k - 1, 0) : k] if i in noted]
            first = last == -2 and not any(m.opens for m in marked)
            c = replace(c, opens=bool(near) or first or last == c.block - 1)
            last = c.block if c.opens else last
        marked.append(c)
    return marked
