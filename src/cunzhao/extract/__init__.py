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

from cunzhao.extract.confidence import with_confidence
from cunzhao.extract.events.agreement import extract_agreements
from cunzhao.extract.events.project import extract_projects
from cunzhao.extract.figures.figure import extract_figures
from cunzhao.extract.figures.table import read_tables
from cunzhao.extract.people.person import extract_persons
from cunzhao.extract.places.coding import with_codes
from cunzhao.extract.plans.action import extract_actions
from cunzhao.extract.plans.items import read_items
from cunzhao.extract.plans.task import extract_tasks
from cunzhao.extract.text.citation import extract_citations, read_notes
from cunzhao.extract.text.dates import iso
from cunzhao.extract.text.flat import flatten
from cunzhao.extract.text.heading import extract_headings
from cunzhao.extract.text.setting import Setting, read_setting
from cunzhao.extract.types import Fact, Kind
from cunzhao.extract.windows import LENGTH, Window, windows
from cunzhao.read.types import Document

__all__ = ["EXTRACTED", "extract", "extract_in_turn"]

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
    window: int = LENGTH,
) -> Iterator[Fact]:
    """As `extract`, but handed on window by window, so that memory is the same whatever the length.

    `window`: code points that are read at once (twice as many, where a chapter or block asks for it).
    """
    wanted = frozenset(EXTRACTED if kinds is None else kinds)
    for part in windows(document, window):
        setting = _set(part, date, region)
        facts = [f for f in _facts(setting, wanted) if part.start <= f.span.start < part.end]
        facts.sort(key=lambda fact: (fact.span.start, fact.span.end, fact.kind))
        yield from with_confidence(facts)
        whole = setting.passages[-1]  # what the first window tells of the document holds for those after it
        date = date or (iso(*whole.written) if whole.written else None)
        region = region or whole.own


def _set(window: Window, date: str | None, region: str | None) -> Setting:
    document = window.document
    flat = flatten(document, window.start, window.end)
    notes = read_notes(flat, date or document.published or document.document_date)
    return read_setting(document, flat, notes, date=date, region=region)


def _facts(setting: Setting, wanted: Collection[Kind]) -> list[Fact]:
    document, flat = setting.document, setting.flat
    facts: list[Fact] = []
    if "heading" in wanted:
        facts += extract_headings(document)
    if "citation" in wanted:
        facts += extract_citations(flat, setting.notes)
    if "person" in wanted:
        facts += extract_persons(flat)
    if "task" in wanted or "action" in wanted:
        items = read_items(document, flat, setting.notes)
        facts += extract_tasks(setting, items) if "task" in wanted else ()
        facts += extract_actions(flat, items) if "action" in wanted else ()
    if "figure" in wanted:
        tables = read_tables(setting)
        figures = [*tables.facts, *extract_figures(setting, tables.takes)]
        facts += [with_codes(fact, setting) for fact in figures]
    if "agreement" in wanted:
        facts += extract_agreements(setting)
    if "project" in wanted:
        facts += extract_projects(setting)
    return facts
