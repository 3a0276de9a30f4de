"""WARC files from elsewhere: taken in with their bytes unchanged, their pages found, the broken part told."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cunzhao.archive.index import add_records
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Adopted
from cunzhao.archive.view import view
from cunzhao.collect.types import Entry
from cunzhao.errors import EmptyInput, FileMissing, FormatUnknown, WarcBroken, WarcNotSeekable
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from tests.archive.making import P, S, capture, exchange, file, requisite, save
from tests.archive.test_restore import put, rows

PAGE = (
    "<html><link rel=stylesheet href=/s.css><iframe src=/f.html></iframe><img src=i.png>绍兴".encode("gbk")
    + b" " * 600
)
FOREIGN = {
    "http://g.example/n/a.html": ("text/html; charset=gbk", PAGE),
    "http://g.example/s.css": ("text/css", b"@import '/deep.css'; p { background: url(bg.png) }"),
    "http://g.example/deep.css": ("text/css", b"@font-face { font-family: x; src: url(x.woff) }"),
    "http://g.example/x.woff": ("font/woff", b"wOFF1234"),
    "http://g.example/bg.png": ("image/png", b"\x89PNG\r\n\x1a\nbg"),
    "http://g.example/n/i.png": ("image/png", b"\x89PNG\r\n\x1a\ni"),
    "http://g.example/f.html": ("text/html", b"<p>in a frame</p>"),
    "http://g.example/plan.pdf": ("application/pdf", b"%PDF-1.4 plan"),
    "http://g.example/unused.png": ("image/png", b"\x89PNG\r\n\x1a\nunused"),
}


def foreign(path: Path, packed: bool = True) -> Path:
    """As another archiver writes it: WARC 1.0, SHA-1 digests, revisits by digest."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "elsewhere/1"}))
        for url, (mime, body) in FOREIGN.items():
            head = StatusAndHeaders("200 OK", [("Content-Type", mime)], protocol="HTTP/1.1")
            told = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head)
            writer.write_record(told)
            if url.endswith("a.html"):
                again = writer.create_revisit_record(
                    "http://g.example/again.html",
                    told.rec_headers["WARC-Payload-Digest"],
                    url,
                    told.rec_headers["WARC-Date"],
                    http_headers=StatusAndHeaders("200 OK", [("Content-Type", mime)], protocol="HTTP/1.1"),
                )
                writer.write_record(again)
        lost = writer.create_revisit_record(
            "http://g.example/lost", "sha1:" + "A" * 32, "http://no", "2020-01-01T00:00:00Z"
        )
        writer.write_record(lost)
    return path


def take_in(archive: Archive, database: Database, path: Path) -> Adopted:
    """As core imports: records, then each page as a snapshot of its own."""
    adopted = archive.adopt(path)
    with database.writing() as session:
        add_records(session, adopted.records)
    for n, page in enumerate(adopted.pages):
        entry = Entry(url=page.record.url, tags=("导入",))
        written = archive.claim(page, snapshot=P[n], entry=entry)
        as_captured = capture(
            exchange(page.record.url, when=page.record.timestamp), engine="import", seconds=0.0
        )
        file(database, written, as_captured, entry)
    return adopted


@pytest.mark.parametrize("name", ["foreign.warc.gz", "foreign.warc"])
def test_a_foreign_file_becomes_pages_with_their_requisites(
    archive: Archive, database: Database, tmp_path: Path, name: str
) -> None:
    path = foreign(tmp_path / name, packed=name.endswith("gz"))
    adopted = take_in(archive, database, path)
    assert (archive.folder / adopted.file).read_bytes() == path.read_bytes()
    assert [page.record.url for page in adopted.pages] == [
        "http://g.example/n/a.html",
        "http://g.example/again.html",
        "http://g.example/plan.pdf",
    ]
    assert sorted((kept.url.rpartition("/")[2], kept.role) for kept in adopted.pages[0].kept) == [
        ("a.html", "page"),
        ("bg.png", "image"),
        ("deep.css", "stylesheet"),
        ("f.html", "frame"),
        ("i.png", "image"),
        ("s.css", "stylesheet"),
        ("x.woff", "font"),
    ]
    assert (adopted.unresolved, adopted.broken) == (1, None)
    for url, (_, body) in FOREIGN.items():
        (record,) = [told for told in adopted.records if told.url == url]
        assert archive.read(record).body == body
    assert archive.read(archive.find(P[1], "http://g.example/again.html")).body == PAGE
    shown = view(archive, P[0], lambda url, kind: f"/{kind}/{url}").body.decode()
    assert "绍兴" in shown and "/style/http://g.example/s.css" in shown and "in a frame" in shown
    assert list(archive.verify()) == []


def test_an_adopted_file_is_rebuilt_from_the_archive_folder_alone(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    take_in(archive, database, foreign(tmp_path / "foreign.warc.gz"))
    before = rows(database)
    from tests.archive.test_restore import rebuild

    rebuild(archive, database)
    assert rows(database) == before


def test_the_same_file_adopted_twice_is_one(archive: Archive, database: Database, tmp_path: Path) -> None:
    path = foreign(tmp_path / "foreign.warc.gz")
    first, second = archive.adopt(path), archive.adopt(path)
    assert (first.file, first.records) == (second.file, second.records)
    assert len(archive.files()) == 1


def test_of_a_file_cut_in_half_the_whole_records_are_taken_in(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    path = foreign(tmp_path / "foreign.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    adopted = take_in(archive, database, path)
    broken = adopted.broken
    assert isinstance(broken, WarcBroken) and broken.input == str(path)
    assert (archive.folder / adopted.file).read_bytes() == whole[: broken.values["offset"]]
    assert 0 < len(adopted.records) == broken.values["whole"] - 1 < len(FOREIGN)  # but the warcinfo
    assert "损坏或中断" in broken.text("zh")
    assert list(archive.verify()) == []


def test_a_cunzhao_file_brings_its_snapshots(
    archive: Archive, database: Database, settings: Settings, tmp_path: Path
) -> None:
    import dataclasses

    from cunzhao.storage.database import open_database

    other = dataclasses.replace(settings, home=tmp_path / "other", database="")
    there = open_database(other)
    elsewhere = Archive(other, there)
    css = requisite("stylesheet", "http://g.example/s.css", b"p{}" * 300, "text/css")
    save(elsewhere, there, capture(exchange("http://g.example/1", PAGE), css), S[1], tags=("甲", "乙"))
    save(elsewhere, there, capture(exchange("http://g.example/2", PAGE), css), S[2])
    elsewhere.close()
    (path,) = elsewhere.folder.glob("*.warc.gz")
    adopted = archive.adopt(path)
    with database.writing() as session:
        add_records(session, adopted.records)
    for told in adopted.restored:
        put(told, database)
    assert [told.info.entry.tags for told in adopted.restored] == [("甲", "乙"), ()]
    assert adopted.pages == ()
    ids = [told.info.snapshot for told in adopted.restored]
    assert ids == [told.written.snapshot for told in archive.restore(adopted.file) if told.info]
    for snapshot, url in zip(ids, ("http://g.example/1", "http://g.example/2"), strict=True):
        assert archive.read(archive.find(snapshot, url)).body == PAGE
        assert archive.find(snapshot, "http://g.example/s.css").file == adopted.file
    there.close()


def test_a_foreign_record_cannot_take_the_place_of_ours(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    ours = exchange("http://g.example/ours", PAGE)
    save(archive, database, capture(ours), S[1])
    path = tmp_path / "forged.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out)
        told = writer.create_warc_record(
            "http://g.example/ours",
            "response",
            payload=io.BytesIO(b"forged"),
            http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:{ours.id}>"},
        )
        writer.write_record(told)
    take_in(archive, database, path)
    assert archive.read(archive.find(S[1], "http://g.example/ours")).body == PAGE
    assert archive.read(archive.find(P[0], "http://g.example/ours")).body == b"forged"


def test_what_is_no_usable_warc_is_refused_by_name(archive: Archive, tmp_path: Path) -> None:
    path = foreign(tmp_path / "foreign.warc.gz")
    content = path.read_bytes()
    refused = {
        "none.warc": (None, FileMissing),
        "empty.warc": (b"", EmptyInput),
        "page.warc": (b"<html>", FormatUnknown),
        "other.gz": (gzip.compress(b"text"), FormatUnknown),
        "noise.gz": (b"\x1f\x8b" + b"noise" * 20, FormatUnknown),
        "cut.warc.gz": (content[:60], WarcBroken),
        "one-piece.warc.gz": (gzip.compress(gzip.decompress(content)), WarcNotSeekable),
    }
    for name, (bytes_, error) in refused.items():
        given = tmp_path / name
        if bytes_ is not None:
            given.write_bytes(bytes_)
        with pytest.raises(error) as raised:
            archive.adopt(given)
        assert raised.value.input == str(given)
    assert archive.files() == []
