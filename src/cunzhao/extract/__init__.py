"""A Document becomes facts, each tied to the exact characters it was read from.

A folder for each room: `text` (what all kinds are read from), `places` (areas and departments), `figures`,
`people`, `events` (agreements, projects), `plans` (tasks, actions). All of them read the flat text, which
has no white space; lexicons of the language are data files in `lexicon/`. The method stands in
`docs/extraction.md`, the kinds and fields in `docs/facts.md`.

THIN, for later issues: of a figure in speech or in a text about many places, the indicator, the period and
which of several projects, firms or places is meant are often wrong. Quantities in Chinese numerals (三成,
百分之五) are not read. A person is read only beside a position. Tasks come from the outline alone: items of a
table are not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cunzhao.extract.types import Fact, Kind
from cunzhao.read.types import Document

__all__ = ["EXTRACTED", "extract", "extract_in_turn"]

WINDOW = 100_000  # code points that are read at once

EXTRACTED: tuple[Kind, ...] = (
    "figure",
    "person",
    "heading",
    "citation",
    "task",
    "action",
    "agreement",
    "project",
)  # what `extract` can find


def extract(
    document: Document,
    *,
    kinds: Collection[Kind] | None = None,
    date: str | None = None,
    region: str | None = None,
) -> list[Fact]:
    """The facts of a document, by place. Pure, and linear in the length of the text.

    `kinds` limits what is looked for (None: all of EXTRACTED; a kind that is not read yet yields
    nothing). `date` (ISO) is the day the text was written, by which 今年 and 上半年 are resolved; without
    it the document's own dates serve. `region` is the place the document is about where it does not tell
    its own. Offsets are code points of `document.text`. Raises nothing of its own.
    """
    return list(extract_in_turn(document, kinds=kinds, date=date, region=region))


def extract_in_turn(
    document: Document,
    *,
    kinds: Collection[Kind] | None = None,
    date: str | None = None,
    region: str | None = None,
    window: int = WINDOW,
) -> Iterator[Fact]:
    """As `extract`, but handed on window by window, so that memory is the same whatever the length.

    `window`: code points that are read at once (twice as many, where a chapter or block asks for it).
    """
    from cunzhao.extract.facts import facts_in_turn

    wanted = frozenset(EXTRACTED if kinds is None else kinds)
    yield from facts_in_turn(document, wanted, date, region, window)
