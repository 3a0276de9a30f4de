from __future__ import annotations

import pytest

from cunzhao.errors import EmptyInput, FormatUnknown
from cunzhao.formats import format_of
from cunzhao.read import read
from tests.read.pdfs import pdf


@pytest.mark.parametrize(
    ("data", "mime", "name", "wanted"),
    [
        (b"<html>", "text/html; charset=gbk", "", "html"),
        (b"abc", "text/plain", "a.txt", "text"),
        (b"abc", "text/plain", "a.md", "markdown"),
        (b"abc", "text/markdown", "", "markdown"),
        (b"%PDF-1.4", "text/html", "", "pdf"),
        (b"%PDF-1.4", "application/octet-stream", "x", "pdf"),
        (b"abc", "application/octet-stream", "a.txt", "text"),
        (b"abc", "", "http://x.example/a.htm?b=1", "html"),
        (b" <!DOCTYPE HTML>", "application/octet-stream", "", "html"),
        (b"PK\x03\x04", "application/octet-stream", "plan.docx", "word"),
        (b"PK\x03\x04", "application/zip", "data.zip", None),
        (b"\x89PNG", "image/png", "a.png", None),
        (b"abc", "application/octet-stream", "a.exe", None),
    ],
)
def test_the_format_follows_the_first_bytes_then_what_is_told(
    data: bytes, mime: str, name: str, wanted: str | None
) -> None:
    assert format_of(data, mime, name) == wanted


def test_an_empty_input_is_named() -> None:
    with pytest.raises(EmptyInput) as raised:
        read(b"", mime="text/html", url="http://x.example/", input="第1条")
    assert raised.value.input == "第1条"


def test_a_format_that_is_not_read_is_named() -> None:
    with pytest.raises(FormatUnknown) as raised:
        read(b"\x89PNG", mime="image/png", name="a.png")
    assert (raised.value.input, raised.value.values["format"]) == ("a.png", "image/png")


def test_every_document_says_which_reader_made_it() -> None:
    assert read(b"abc", mime="text/plain").reader == "text"
    assert read(b"<p>abc", mime="text/html").reader == "html"
    assert read(pdf([[(90, 700, 12, "渡口")]]), mime="application/pdf").reader == "pdf"
