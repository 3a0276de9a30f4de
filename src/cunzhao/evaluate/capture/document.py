"""The capture record as a Word file: the same sections as the page, in small print on A4."""

from __future__ import annotations

import io

from cunzhao.evaluate import word
from cunzhao.evaluate.capture.layout import Section, moment
from cunzhao.evaluate.capture.sections import sections, summary
from cunzhao.evaluate.types import CaptureRecord

TITLE = "网页取证记录"


def capture_document(record: CaptureRecord) -> bytes:
    """The bytes of a .docx file."""
    document = word.blank(f"{TITLE} {word.clean(record.title)}".strip(), record.made)
    word.title(document, TITLE)
    word.centred(document, f"快照 {record.snapshot}")
    word.small(document, word.clean(summary(record)))
    word.small(document, f"本文件由 {record.program} 于{moment(record.made)}生成。")
    for section in sections(record):
        _put(document, section)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _put(document: object, section: Section) -> None:
    word.heading(document, section.title)
    if section.fields:
        rows = [(field.name, "\n".join(field.lines)) for field in section.fields]
        word.grid(document, (("", 34.0), ("", 122.0)), rows, named=False)
    for grid in section.grids:
        word.small(document, word.clean(grid.caption))
        word.grid(document, grid.columns, grid.rows, size=7.5 if grid.fine else 9)
    for text in section.paragraphs:
        word.small(document, text)
    for command in section.commands:
        word.typed(document, command)
