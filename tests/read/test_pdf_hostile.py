"""PDF files that are broken, lie or mean harm: a clear error or what can be read of them, soon."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.errors import CunzhaoError, FileBroken
from cunzhao.read import Reader, read
from cunzhao.settings import Settings
from tests.costs import soon
from tests.read.pdfs import pdf, pdf_file
from tests.read.test_pdf import REPORT, column

THREE = pdf([column(90, 700, REPORT)] * 3)
SAID = b"BT /F 12 Tf 90 700 Td (Harbour ferry report) Tj ET "
FONT = b"/Font << /F 5 0 R >>"


def one(
    content: bytes, *, media: bytes = b"0 0 595 842", more: bytes = b"", objects: tuple[bytes, ...] = ()
) -> bytes:
    """A file of one page."""
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % more,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s /XObject << /X 6 0 R >> >> >>"
            % (media, FONT),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *objects,
        ]
    )


HARMLESS = {
    "a page of a billion points": one(SAID, media=b"0 0 1e9 1e9"),
    "a page of no size": one(SAID, media=b"0 0 0 0"),
    "a page inside out": one(SAID, media=b"595 842 0 0"),
    "type of no size": one(SAID.replace(b"12 Tf", b"0 Tf") + SAID),
    "type of endless size": one(b"BT /F 1e38 Tf 1e38 1e38 Td (x) Tj ET " + SAID),
    "a script that never ends": one(SAID, more=b"/OpenAction << /S /JavaScript /JS (while(1){}) >>"),
    "a form that holds itself": one(
        SAID + b"/X Do",
        objects=(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> "
            b"/Length 5 >> stream\n/X Do\nendstream",
        ),
    ),
    "forty thousand lines": one(
        SAID
        + b"".join(
            b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (k % 595, k % 595, k % 842, k % 842)
            for k in range(20_000)
        )
    ),
    "a text drawn thirty thousand times": one(
        b"BT /F 12 Tf " + b"1 0 0 1 90 700 Tm (Harbour ferry report) Tj " * 30_000 + b"ET"
    ),
    "a hundred thousand objects": one(SAID, objects=(b"<< /A 1 >>",) * 100_000),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_can_be_read_is_read_soon(name: str) -> None:
    assert read(HARMLESS[name], mime="application/pdf").text == "Harbour ferry report"
    assert soon(lambda: read(HARMLESS[name], mime="application/pdf"), within_s=20)


def test_pages_that_cannot_be_loaded_are_told_and_the_others_read() -> None:
    found = read(THREE.replace(b"[8 0 R", b"[99 0 R"), mime="application/pdf")
    assert found.warnings == ("pages-broken",)
    assert found.text.count("渡口全部改造完成") == 2


@pytest.mark.parametrize(
    "tree",
    [b"<< /Type /Pages /Count 0 /Kids [] >>", b"<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>"],
)
def test_a_file_without_pages_is_broken(tree: bytes) -> None:
    with pytest.raises(FileBroken):
        read(pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", tree]), mime="application/pdf")


def test_a_file_of_more_pages_than_are_read_says_that_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cunzhao.read.pdf.document.MOST_PAGES", 2)
    found = read(THREE, mime="application/pdf")
    assert found.warnings == ("cut",)
    assert max(block.place.page or 0 for block in found.blocks) == 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_bytes_changed_at_random_give_a_document_or_an_error_of_ours(seed: int, count: int) -> None:
    rng = random.Random(seed)
    data = bytearray(THREE)
    for _ in range(count):
        data[rng.randrange(8, len(data))] = rng.randrange(256)
    try:
        found = read(bytes(data), mime="application/pdf")
    except CunzhaoError:
        return
    assert all(0 <= block.start < block.end <= len(found.text) for block in found.blocks)


def test_a_worker_reads_the_next_file_after_a_broken_one(tmp_path: Path) -> None:
    with Reader(Settings(home=tmp_path)) as reader:
        with pytest.raises(FileBroken):
            reader.read(THREE[:400], mime="application/pdf")
        assert reader.read(THREE, mime="application/pdf").text.count("渡口全部改造完成") == 3
