"""Headings: the reader's outline as facts."""

from __future__ import annotations

from collections.abc import Iterator

from cunzhao.extract.types import Fact, HeadingFields, Span
from cunzhao.read.types import Document

VERSION = "1"


def extract_headings(document: Document) -> Iterator[Fact]:
    """One fact for each node of `document.outline`; what is talk is none, nor what lies outside the text."""
    for heading in document.outline:
        if heading.spoken or not 0 <= heading.start < heading.end <= len(document.text):
            continue
        fields: HeadingFields = {
            "level": heading.level,
            "number": heading.number,
            "title": heading.title,
            "run_in": heading.run_in,
        }
        span = Span.of(document.text, heading.start, heading.end)
        yield Fact(kind="heading", span=span, fields=fields, extractor="heading", version=VERSION)
