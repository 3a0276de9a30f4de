"""All facts of a document, window by window: what each kind's room reads from one text and its setting.

Apart from the door of the stage because it brings a thousand compiled patterns, which a command that reads no
document need not wait for.
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
from cunzhao.extract.windows import Window, windows
from cunzhao.read.types import Document


def facts_in_turn(
    document: Document, wanted: Collection[Kind], date: str | None, region: str | None, window: int
) -> Iterator[Fact]:
    """As `cunzhao.extract.extract_in_turn`."""
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
