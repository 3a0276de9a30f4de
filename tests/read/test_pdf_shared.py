"""The PDF files of the sample site: whole, in order, without what runs along, paragraphs as in their source."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from cunzhao.read import read
from cunzhao.read.types import Document, place_at

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def compilation() -> Document:
    return read((SHARED / "site/www/files/compilation.pdf").read_bytes(), mime="application/pdf")


def test_the_compilation_equals_its_source_without_heads_and_page_numbers(compilation: Document) -> None:
    got = squeezed(compilation.text)
    wanted = squeezed((SHARED / "seeds/003-part1.txt").read_text("utf-8"))
    assert difflib.SequenceMatcher(None, got, wanted, autojunk=False).ratio() >= 0.999


def test_its_paragraphs_are_whole_over_lines_and_pages(compilation: Document) -> None:
    source = read((SHARED / "seeds/003-part1.txt").read_bytes(), mime="text/plain")
    wanted = {squeezed(source.text[b.start : b.end]) for b in source.blocks}
    got = [squeezed(compilation.text[b.start : b.end]) for b in compilation.blocks]
    assert sum(text in wanted for text in got) >= 0.9 * len(got)


def test_every_character_has_a_box_on_its_page(compilation: Document) -> None:
    covered = sum(run.end - run.start for run in compilation.runs)
    assert covered >= 0.99 * len(squeezed(compilation.text))
    for offset in range(0, len(compilation.text), 97):
        left, bottom, right, top = place_at(compilation, offset).box or (0, 0, 0, 0)
        assert 0 <= left < right <= 595
        assert 0 <= bottom < top <= 842
