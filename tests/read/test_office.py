"""Formats that LibreOffice converts: what is asked of it, what becomes of it, and that it reaches nobody."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from cunzhao.errors import (
    ConversionFailed,
    ConverterMissing,
    DecompressionBomb,
    FileBroken,
    FileEncrypted,
    ReadCrashed,
    ReadTimeout,
)
from cunzhao.formats import OLE
from cunzhao.read import Reader, read
from cunzhao.read.office.converting import converted, find_office
from cunzhao.settings import Settings
from tests.read.words import p, word_file

RTF = b"{\\rtf1\\ansi\\ansicpg936 {\\b ferry} \\u28193?\\u21475?}"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")


def compound(stream: str) -> bytes:
    """The head of a compound file ([MS-CFB]) of 512-byte sectors, and its directory with one stream."""
    head = OLE + bytes(22) + b"\x09\x00" + bytes(16) + b"\x00\x00\x00\x00"
    entries = ("Root Entry", stream)
    return head.ljust(512, b"\x00") + b"".join(e.encode("utf-16-le").ljust(128, b"\x00") for e in entries)


def program(folder: Path, body: str) -> str:
    """A stand-in for soffice: a Python script that is told the same arguments."""
    path = folder / "soffice"
    path.write_text(
        f"#!{sys.executable}\nimport sys, pathlib, time, subprocess\nargs = sys.argv[1:]\n{body}\n", "utf-8"
    )
    path.chmod(0o755)
    return str(path)


WRITES = """
out = pathlib.Path(args[args.index("--outdir") + 1])
out.mkdir()
form = args[args.index("--convert-to") + 1].partition(":")[0]
(out / f"document.{form}").write_bytes(pathlib.Path(DATA).read_bytes())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "made.docx").write_bytes(word_file(p("渡口改造全部完成。")))
    return tmp_path


def stand_in(folder: Path, body: str = WRITES, **more: float) -> Settings:
    name = program(folder, body.replace("DATA", repr(str(folder / "made.docx"))))
    return Settings(home=folder, office=name, **more)  # type: ignore[arg-type]


def test_without_libreoffice_the_error_names_the_file_and_the_mend(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, office=str(tmp_path / "nowhere"))
    with Reader(settings) as reader, pytest.raises(ConverterMissing) as raised:
        reader.read(RTF, mime="application/msword", name="通知.doc")
    assert (raised.value.input, raised.value.values["format"]) == ("通知.doc", "RTF")
    with pytest.raises(ConverterMissing):
        read(RTF, mime="application/rtf")


@posix
def test_an_old_file_is_read_by_what_was_made_of_it(folder: Path) -> None:
    with Reader(stand_in(folder)) as reader:
        found = reader.read(compound("WordDocument"), mime="application/msword", name="通知.wps")
    assert (found.text, found.reader) == ("渡口改造全部完成。", "word")


@posix
def test_the_converter_gets_its_own_profile_and_environment_and_a_file_of_the_right_kind(
    folder: Path,
) -> None:
    body = (
        "import os\n" + WRITES + "\nhome = pathlib.Path(args[-1]).parent\n"
        "settings = (home / 'profile' / 'user' / 'registrymodifications.xcu').read_text('utf-8')\n"
        f"pathlib.Path({str(folder / 'seen')!r}).write_text(repr((args[-1], sorted(os.environ), 'DisableMacrosExecution' in "
        "settings, 'ooInetHTTPProxyName' in settings, pathlib.Path(args[-1]).read_bytes())))"
    )
    os.environ["CUNZHAO_TEST_SECRET"] = "x"
    try:
        converted(RTF, "rtf", "a.rtf", stand_in(folder, body))
    finally:
        del os.environ["CUNZHAO_TEST_SECRET"]
    seen = (folder / "seen").read_text("utf-8")
    assert "document.rtf" in seen and "True, True" in seen and "rtf1" in seen
    assert "SECRET" not in seen and "proxy" not in seen.lower()
    assert not Path(seen[2 : seen.index("document.rtf")]).exists()


@posix
def test_a_converter_that_makes_nothing_is_told_with_its_words(folder: Path) -> None:
    with pytest.raises(ConversionFailed) as raised:
        converted(RTF, "rtf", "a.rtf", stand_in(folder, "print('source file could not be loaded')"))
    assert "could not be loaded" in raised.value.values["detail"]


@posix
def test_what_comes_out_is_bounded(folder: Path) -> None:
    with pytest.raises(DecompressionBomb):
        converted(RTF, "rtf", "a.rtf", stand_in(folder, max_decoded_bytes=10))


@posix
def test_a_converter_that_hangs_is_given_up(folder: Path) -> None:
    with pytest.raises(ReadTimeout):
        converted(RTF, "rtf", "a.rtf", stand_in(folder, "time.sleep(60)", parse_timeout_s=0.3))


@posix
def test_when_the_reader_is_closed_the_converter_is_ended_with_all_it_began(folder: Path) -> None:
    begun, half = folder / "begun", folder / "half"
    body = (
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(half)!r}).write_text(str(child.pid))\n"
        f"pathlib.Path({str(half)!r}).rename({str(begun)!r})\ntime.sleep(60)"
    )
    reader = Reader(stand_in(folder, body, parse_timeout_s=200))
    raised: list[ReadCrashed] = []

    def work() -> None:
        try:
            reader.read(RTF, mime="", name="a.rtf")
        except ReadCrashed as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while not begun.exists():
        time.sleep(0.01)
    reader.close()
    thread.join(150)
    assert len(raised) == 1
    while _lives(int(begun.read_text())):  # the test's own time limit ends a wait for one that lives on
        time.sleep(0.02)


def _lives(process: int) -> bool:
    """Whether a process runs; one that nobody has reaped does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_compound_file_without_its_directory_is_broken_and_never_taken_for_text(tmp_path: Path) -> None:
    whole = compound("WordDocument")
    for broken in (whole[:600].replace(b"R\x00", b"\x00\x00"), whole[:512], OLE + b"garbage"):
        with pytest.raises(FileBroken):
            converted(broken, "doc", "a.doc", Settings(home=tmp_path))


def test_a_locked_document_is_named_before_anything_is_started(tmp_path: Path) -> None:
    locked = OLE + bytes(504) + b"\xec\xa5" + bytes(9) + b"\x01" + "WordDocument".encode("utf-16-le")
    with Reader(Settings(home=tmp_path, office="nowhere")) as reader, pytest.raises(FileEncrypted):
        reader.read(locked, mime="application/msword")


# --- with the real LibreOffice, where it is ---------------------------------------------------------------

real = pytest.mark.skipif(find_office(Settings(home=Path())) is None, reason="no LibreOffice here")


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A local port, and what was asked of it."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                heard.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], heard
    server.close()


def odt(body: str) -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office",
            "text": "text",
            "draw": "drawing",
            "svg": "svg-compatible",
        }.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
            'm:media-type="text/xml"/></m:manifest>',
        )
    return out.getvalue()


@real
def test_a_document_that_refers_to_an_address_makes_no_connection(
    tmp_path: Path, listener: tuple[int, list[bytes]]
) -> None:
    port, heard = listener
    there = f"http://127.0.0.1:{port}"
    body = (
        "<text:p>渡口改造全部完成。<draw:frame svg:width='2cm' svg:height='2cm' text:anchor-type='as-char'>"
        f"<draw:image xlink:href='{there}/a.png' xlink:type='simple' xlink:actuate='onLoad'/></draw:frame></text:p>"
        f"<text:section text:name='s'><text:section-source xlink:href='{there}/s.html'/><text:p>节</text:p></text:section>"
    )
    with Reader(Settings(home=tmp_path)) as reader:
        found = reader.read(odt(body), mime="", name="a.odt")
    assert "渡口改造全部完成。" in found.text
    assert heard == []


@real
def test_rich_text_is_read(tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(converted(RTF, "rtf", "a.rtf", Settings(home=tmp_path))))
    assert [paragraph.text for paragraph in made.paragraphs] == ["ferry 渡口"]
