"""What bytes are, from themselves, a media type and a name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.formats import OLE, format_of


def zipped(*names: str, **said: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, said.get(name, "x"))
    return out.getvalue()


def ole(stream: str, *, at_512: bytes = b"") -> bytes:
    return OLE + bytes(504) + at_512.ljust(512, b"\x00") + stream.encode("utf-16-le") + b"\x00\x00"


VAGUE = "application/octet-stream"


@pytest.mark.parametrize(
    ("data", "mime", "name", "wanted"),
    [
        (zipped("word/document.xml"), VAGUE, "x", "word"),
        (zipped("word/document2.xml"), VAGUE, "x", "word"),
        (zipped("word\\document.xml"), VAGUE, "x", "word"),
        (zipped("xl/workbook.xml"), "application/msword", "a.doc", "excel"),
        (zipped("xl/workbook.bin"), VAGUE, "", "xlsb"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "application/zip", "a.zip", "ofd"),
        (zipped("mimetype", mimetype="application/vnd.oasis.opendocument.spreadsheet"), VAGUE, "", "ods"),
        (zipped("word/document.xml")[:-40], VAGUE, "a.docx", "word"),
        (zipped("a.txt"), VAGUE, "a.zip", None),
        (ole("WordDocument"), "application/vnd.ms-excel", "a.xls", "doc"),
        (ole("Workbook"), VAGUE, "a.et", "xls"),
        (ole("PowerPoint Document"), VAGUE, "a.ppt", None),
        (ole("EncryptedPackage"), VAGUE, "a.xlsx", "locked"),
        (ole("WordDocument", at_512=b"\xec\xa5" + bytes(9) + b"\x01"), VAGUE, "a.doc", "locked"),
        (b"{\\rtf1 x}", "application/msword", "a.doc", "rtf"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
            "application/msword",
            "a.doc",
            "doc",
        ),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><w/>', VAGUE, "a.xls", "xmlss"),
        (b"From: <saved>\r\nMIME-Version: 1.0\r\n", "application/msword", "a.doc", "mht"),
        (b"<html xmlns:o='urn:schemas-microsoft-com:office:office'>", "application/msword", "a.doc", "html"),
        (b"\xef\xbb\xbf<table border=1>", "application/vnd.ms-excel", "a.xls", "html"),
        ("渡口改造".encode("gb18030"), "application/msword", "a.doc", "text"),
        (b"a,b\r\n1,2", "application/vnd.ms-excel", "a.csv", "csv"),
        (b"%PDF-1.7", "application/msword", "a.doc", "pdf"),
        (b"\x00\x01\x02\x03" * 50, "text/plain", "a.txt", None),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04" * 9, VAGUE, "a.txt", None),
        ("渡口".encode("utf-16"), "text/plain", "a.txt", "text"),
        (b"<html>", "text/plain", "a.txt", "text"),
        (b"<html>", VAGUE, "a.txt", "html"),
        (b"\x00" * 200, "application/msword", "a.doc", None),
        (b"junk", VAGUE, "a.ofd", "ofd"),
    ],
    ids=lambda said: "bytes" if isinstance(said, bytes) else None,  # zip files hold the time
)
def test_what_a_file_is(data: bytes, mime: str, name: str, wanted: str | None) -> None:
    assert format_of(data, mime, name) == wanted


@given(
    st.sampled_from([b"", OLE, b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"<?xml", b"MIME-Version:"]),
    st.binary(max_size=600),
)
def test_no_bytes_break_the_telling(head: bytes, rest: bytes) -> None:
    for mime, name in (("", ""), ("application/msword", "a.doc"), ("text/plain", "a.xlsx")):
        format_of(head + rest, mime, name)


def test_a_stray_control_character_makes_no_binary_of_a_short_text():
    assert format_of("河湾\x01市2018年增长5%。".encode(), "", "笔记.txt") == "text"
    assert format_of(bytes(range(32)) * 4, "", "笔记.txt") is None
