"""Local files as captures; and files that are none."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from cunzhao.collect.files import HTML, MARKDOWN, PDF, PLAIN, WARC, capture_file, kind_of
from cunzhao.errors import CunzhaoError, EmptyInput, FileMissing, FileTooLarge, FormatUnknown
from cunzhao.formats import media_type
from cunzhao.settings import Settings


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


WORD = zipped("[Content_Types].xml", "word/document.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCX, XLSX, OFD, CSV, MHT = map(media_type, ("word", "excel", "ofd", "csv", "mht"))
DOC, XLS, RTF = map(media_type, ("doc", "xls", "rtf"))


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(2)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", b"<!DOCTYPE html><p>x", HTML),
        ("a.htm", "<p>没有头".encode("gb18030"), HTML),
        ("a.txt", "一、总体要求".encode(), PLAIN),
        ("a.txt", "一、总体要求".encode("gb18030"), PLAIN),
        ("a.txt", "一、总体要求".encode("utf-16"), PLAIN),
        ("A.TXT", b"\xef\xbb\xbfabc", PLAIN),
        ("a.md", b"---\ntitle: x\n---\n# y", MARKDOWN),
        ("README", b"plain", PLAIN),
        ("a.pdf", b"%PDF-1.7\n...", PDF),
        ("a.pdf", b"\xef\xbb\xbf\n%PDF-1.4", PDF),
        ("a.docx", WORD, DOCX),
        ("a.warc", b"WARC/1.1\r\n", WARC),
        ("a.warc.gz", gzip.compress(b"WARC/1.1\r\n" * 99, mtime=0), WARC),
        # a wrong name: what the bytes tell wins
        ("a.pdf", b"\n<!-- saved --><html>", HTML),
        ("a.txt", b"%PDF-1.7", PDF),
        ("a.doc", WORD, DOCX),
        ("a.html", WORD, DOCX),
        ("a.txt", b"<?xml version='1.0'?>\n<!DOCTYPE html>", HTML),
        ("a.txt", "<html>".encode("utf-16"), HTML),
        ("a.bin", b"WARC/1.0\r\n", WARC),
        # no signature: the name decides, and the reader will say what is broken
        ("a.pdf", b"not a pdf", PDF),
        ("a.docx", WORD[:-30], DOCX),
        ("a.docx", b"\x00\x01\x02", DOCX),
        # office files, by what is in them
        ("a.xlsx", zipped("xl/workbook.xml"), XLSX),
        ("a.docx", zipped("xl/workbook.xml"), XLSX),
        ("a.docm", WORD, DOCX),
        ("a.zip", zipped("OFD.xml", "Doc_0/Document.xml"), OFD),
        ("a.ofd", zipped("ofd.XML"), OFD),
        ("a.doc", ole("WordDocument"), DOC),
        ("a.wps", ole("WordDocument"), DOC),
        ("a.et", ole("Workbook"), XLS),
        ("a.doc", ole("Workbook"), XLS),
        ("a.docx", ole("EncryptedPackage"), DOCX),
        ("a.doc", b"{\\rtf1\\ansi x}", RTF),
        ("a.doc", b"<html><body>x", HTML),
        ("a.xls", b"<table><tr><td>x", HTML),
        ("a.xls", b"a,b\n1,2", CSV),
        ("a.csv", "指标,数值".encode("gb18030"), CSV),
        ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", MHT),
        ("a.doc", "没有头的文字".encode(), PLAIN),
    ],
)
def test_what_a_file_is(tmp_path: Path, name: str, content: bytes, kind: str):
    (tmp_path / name).write_bytes(content)
    assert kind_of(tmp_path / name) == kind


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.ppt", ole("PowerPoint Document"), ".ppt"),
        ("a.pptx", zipped("ppt/presentation.xml"), "zip"),
        ("a.zip", zipped("a.txt"), "zip"),
        ("a.gz", gzip.compress(b"x", mtime=0), "gzip"),
        ("a.txt", b"\x00\x01\x02", ".txt"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00", ".png"),
        ("a.csv", bytes(99), ".csv"),
        ("a.doc", b"\x00\x01" * 50, ".doc"),
        ("a", b"\x00\xff", "?"),
    ],
)
def test_a_format_that_is_not_read_is_named(tmp_path: Path, name: str, content: bytes, named: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatUnknown) as caught:
        kind_of(tmp_path / name)
    assert caught.value.values["format"] == named and caught.value.input == str(tmp_path / name)


def test_a_file_becomes_a_capture_with_its_bytes_and_a_name_of_its_own(tmp_path: Path):
    path = tmp_path / "实施 方案#1.txt"
    path.write_bytes("一、总体要求\r\n".encode("gb18030"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    made = capture_file(path, settings=Settings(home=tmp_path))
    assert made.final_url == f"urn:cunzhao:file:{digest[:32]}/%E5%AE%9E%E6%96%BD%20%E6%96%B9%E6%A1%88%231.txt"
    assert (made.engine, made.verdict, made.reason, made.error) == ("import", "complete", "", None)
    assert made.page is not None
    assert (made.page.status, made.page.request_head, made.page.headers) == (
        200,
        b"",
        (("Content-Type", "text/plain"),),
    )
    assert made.page.body.read() == path.read_bytes() and made.page.body.digest == f"sha256:{digest}"
    assert capture_file(path, settings=Settings(home=tmp_path)).final_url == made.final_url


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("empty.html", b"", EmptyInput), ("none.txt", None, FileMissing), ("", None, FileMissing), ("a.warc", b"WARC/1.1", FormatUnknown),
     ("large.txt", b"x" * 101, FileTooLarge), ("a.xls", b"\x00", FormatUnknown)],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes | None, error: type[CunzhaoError]
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error) as caught:
        capture_file(tmp_path / name, settings=Settings(home=tmp_path, max_body_bytes=100))
    assert caught.value.input == str(tmp_path / name) and caught.value.text("zh") and caught.value.text("en")


def test_the_largest_file_allowed_is_taken(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"x" * 100)
    made = capture_file(tmp_path / "a.txt", settings=Settings(home=tmp_path, max_body_bytes=100))
    assert made.page is not None and made.page.body.length == 100
