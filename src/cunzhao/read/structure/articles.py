"""A compilation (专题信息, 剪报, 简报) falls into its articles: by source notes, headings, list of contents.

A note closes the article above it (`（来源：《…日报》2016-7-3）`) or stands under its title; which of the two
holds for the whole document. The titles that go with notes stand at one level of the outline: every heading
of that level begins an article, those above it are chapters. An article without a note has no source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from cunzhao.read.structure.notes import SourceNote, headed_share, source_notes
from cunzhao.read.structure.titles import is_issue, is_outer
from cunzhao.read.types import Article, Block, Heading

_FRONT = 12  # blocks in which the number of an issue stands
_FEW = 2  # articles with a title and a note that make a compilation
_LISTED = 3  # titles that a list of contents must share with the outline
_SHORT = 40  # characters of text without which nothing is an article


def read_articles(
    text: str,
    blocks: Sequence[Block],
    outline: Sequence[Heading],
    *,
    listed: Collection[str] = (),
    issued: str | None = None,
) -> tuple[Article, ...]:
    """The articles in order, apart from each other; empty for a document that is one piece.

    `listed`: what the list of contents names, without white space; `issued`: the day (ISO) of the whole,
    which gives the year to a note that names month and day alone.
    """
    notes = source_notes(text, blocks, issued)
    heads = [h for h in outline if not h.run_in]
    heads = heads[1:] if heads and heads[0].level == 1 else heads
    opening = headed_share(notes, blocks, {h.start for h in heads}) > 0.5
    titles = _titles(text, blocks, heads, notes, opening=opening)
    if len({h.start for h in titles}) < _FEW:
        titles = _listed(text, blocks, heads, listed)
    if len({h.start for h in titles}) < _FEW:
        return ()
    level = Counter(h.level for h in titles).most_common(1)[0][0]
    found = _pieces(text, [h for h in heads if h.level <= level], notes, level, opening=opening)
    return tuple(found) if len(found) >= _FEW else ()


def _titles(
    text: str,
    blocks: Sequence[Block],
    heads: Sequence[Heading],
    notes: Sequence[SourceNote],
    *,
    opening: bool,
) -> list[Heading]:
    """For each note the heading that names its article, where one does."""
    starts = [h.start for h in heads]
    titles: list[Heading] = []
    done = 0
    for note in notes:
        above = heads[bisect_left(starts, done) : bisect_left(starts, note.start)]
        if opening:
            near = [h for h in above if not _text_between(text, h.end, note.start)]
            own = near and near[-1].start >= blocks[note.block].start  # on the line of the title
            titles += near[-1:] if note.alone or own else []
        else:
            leading = _leading(text, above)
            titles += leading[-1:]
        done = note.end
    return titles


def _leading(text: str, heads: Sequence[Heading]) -> list[Heading]:
    """The headings up to the first text: chapter and title."""
    leading: list[Heading] = []
    for h in heads:
        if leading and _text_between(text, leading[-1].end, h.start):
            break
        leading.append(h)
    return leading


def _text_between(text: str, start: int, end: int) -> bool:
    return len("".join(text[start:end].split())) > _SHORT


def _listed(
    text: str, blocks: Sequence[Block], heads: Sequence[Heading], listed: Collection[str]
) -> list[Heading]:
    """The titles of a newsletter (第12期) that its list of contents names."""
    front = [b for b in blocks if b.kind != "noise"][:_FRONT]
    if not any(is_issue(text[b.start : b.end]) for b in front if b.end - b.start < 60):
        return []
    named = [h for h in heads if h.number is None and "".join(h.title.split()) in listed]
    return named if len(named) >= _LISTED else []


def _pieces(
    text: str, heads: Sequence[Heading], notes: Sequence[SourceNote], level: int, *, opening: bool
) -> list[Article]:
    """The text cut at the headings and behind the closing notes; a piece without both says nothing."""
    cuts = sorted({h.start for h in heads} | ({n.end for n in notes} if not opening else set()) | {len(text)})
    by_start = {h.start: h for h in heads}
    found: list[Article] = []
    path: list[Heading] = []
    for start, end in pairwise(cuts):
        head = by_start.get(start)
        if head:
            path = [*(h for h in path if h.level < head.level), head]
        at = bisect_left(notes, start, key=lambda n: n.start)
        note = notes[at] if at < len(notes) and notes[at].start < end else None
        says = _text_between(text, head.end if head else start, note.start if note and not opening else end)
        if not says and (note is None or head is None):
            continue
        named = _named(head, [h for h in path if h.level > 1], level, found) if head or note else None
        if named and (note or not is_outer(named[0])):
            found.append(_article(text, (start, end), named, note))
    return found


def _named(
    head: Heading | None, path: Sequence[Heading], level: int, before: Sequence[Article]
) -> tuple[str, str | None] | None:
    """Title and chapter of a piece. One without a heading goes on under the last title."""
    chapter = next((h.title for h in reversed(path) if h.level < level), None)
    if head is None:
        title = path[-1].title if path else before[-1].title if before else None
        return (title, chapter) if title else None
    if head.level < level:
        chapter = path[-2].title if len(path) > 1 else None
    return head.title, chapter


def _article(
    text: str, span: tuple[int, int], named: tuple[str, str | None], note: SourceNote | None
) -> Article:
    piece = text[span[0] : span[1]]
    return Article(
        title=named[0],
        source=note.source if note else None,
        date=note.date if note else None,
        chapter=named[1],
        start=span[0] + len(piece) - len(piece.lstrip()),
        end=span[0] + len(piece.rstrip()),
    )
