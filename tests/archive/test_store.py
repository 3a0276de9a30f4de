"""What is written can be read back, in one's own process and by other programs."""

import dataclasses
import errno
import io
import threading
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from cunzhao.archive import warcfile
from cunzhao.archive.records import sha256
from cunzhao.archive.store import Archive
from cunzhao.collect.types import Body, Entry, Missing, Requisite
from cunzhao.errors import DigestMismatch, DiskFull, RecordMissing, ServerBroke
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from tests.archive.making import S, capture, exchange, requisite, save

PAGE = "<html><title>绵阳</title><p>全年旅游总收入173.6亿元</p>".encode() + b" " * 600
CSS = b"body { color: #123456 }" + b"\n" * 600


def warcio_check(*paths: Path) -> tuple[int, str]:
    out = io.StringIO()
    with redirect_stdout(out):
        code = Checker(Namespace(inputs=[str(p) for p in paths], verbose=True)).process_all()
    return code, out.getvalue()


def page_and_css() -> tuple:
    return (
        exchange("http://gov.example/a.html", PAGE),
        requisite("stylesheet", "http://gov.example/a.css", CSS, "text/css"),
    )


def test_a_capture_is_read_back_byte_for_byte(archive: Archive, database: Database) -> None:
    page, css = page_and_css()
    written = save(archive, database, capture(page, css), "s1")
    stored = archive.read(archive.record(written.page))
    assert (stored.body, stored.header("content-type")) == (PAGE, "text/html; charset=utf-8")
    assert archive.read(archive.find("s1", "http://gov.example/a.css")).body == CSS
    assert [(k.url, k.role) for k, _ in archive.contents("s1")] == [
        ("http://gov.example/a.html", "page"),
        ("http://gov.example/a.css", "stylesheet"),
    ]


def test_warcio_check_passes_every_digest_and_skips_none(archive: Archive, database: Database) -> None:
    page, css = page_and_css()
    save(archive, database, capture(page, css), "s1")
    save(archive, database, capture(exchange("http://gov.example/b.html", PAGE)), "s2")  # a revisit
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    code, told = warcio_check(path)
    assert code == 0
    # warcinfo, page and stylesheet and their requests, two pageinfos
    assert told.count("digest pass") == 7
    assert told.count("not checked (revisit)") == 1
    assert "failed" not in told and "no digest" not in told


def test_warcio_check_finds_one_changed_byte(archive: Archive, database: Database) -> None:
    written = save(archive, database, capture(exchange("http://gov.example/a.html", PAGE)), "s1")
    archive.close()
    path = archive.folder / written.records[0].file
    changed = path.with_name("changed.warc")
    with path.open("rb") as packed, changed.open("wb") as plain:
        import gzip

        plain.write(gzip.decompress(packed.read()).replace(b"173.6", b"273.6"))
    assert warcio_check(changed)[0] == 1


def test_the_records_are_those_of_warc_1_1(archive: Archive, database: Database) -> None:
    redirect = exchange("http://gov.example/", b"", status=301, headers=(("Location", "/a.html"),))
    page, css = page_and_css()
    save(archive, database, capture(page, css, redirects=(redirect,)), "s1")
    (path,) = archive.folder.glob("*.warc.gz.open")
    with path.open("rb") as stream:
        found = [(r.rec_headers.protocol, r.rec_type, r.rec_headers) for r in WarcioIterator(stream)]
    assert {protocol for protocol, _, _ in found} == {"WARC/1.1"}
    pair = ["response", "request"]
    assert [kind for _, kind, _ in found] == ["warcinfo", *pair, *pair, *pair, "resource"]
    answer, asked = found[3][2], found[4][2]
    assert answer["WARC-Date"] == "2026-03-01T08:30:15.123456Z"
    assert answer["WARC-IP-Address"] == "127.0.0.1"
    assert answer["WARC-Payload-Digest"] == sha256(PAGE)
    assert asked["WARC-Concurrent-To"] == answer["WARC-Record-ID"] == f"<urn:uuid:{page.id}>"
    assert found[-1][2]["WARC-Target-URI"] == "urn:pageinfo:http://gov.example/a.html"
    assert found[0][2]["WARC-Filename"] == path.name.removesuffix(".open")


def test_the_same_payload_again_becomes_a_revisit_that_reads_the_same(
    archive: Archive, database: Database, settings: Settings
) -> None:
    first = save(archive, database, capture(exchange("http://gov.example/a.html", PAGE)), "s1")
    archive.close()
    later = Archive(settings, database)  # another process would find it in the index, too
    again = exchange("http://gov.example/copy.html", PAGE, headers=(("X-Own", "kept"),))
    second = save(later, database, capture(again), "s2")
    later.close()
    record = later.record(second.page)
    assert (record.type, record.refers_to, record.length) == ("revisit", first.page, len(PAGE))
    stored = later.read(record)
    assert (stored.body, stored.header("x-own")) == (PAGE, "kept")


def test_a_tiny_body_is_stored_again(archive: Archive, database: Database) -> None:
    save(archive, database, capture(exchange("http://gov.example/1", b"ok")), "s1")
    written = save(archive, database, capture(exchange("http://gov.example/2", b"ok")), "s2")
    assert written.records[0].type == "response"


def test_no_revisit_of_a_record_whose_file_is_gone(
    archive: Archive, database: Database, settings: Settings
) -> None:
    save(archive, database, capture(exchange("http://gov.example/a", PAGE)), "s1")
    archive.close()
    for path in archive.folder.glob("*.warc.gz"):
        path.unlink()
    later = Archive(settings, database)
    written = save(later, database, capture(exchange("http://gov.example/a", PAGE)), "s2")
    later.close()
    assert written.records[0].type == "response"


def test_a_shared_requisite_is_written_once_and_kept_twice(archive: Archive, database: Database) -> None:
    css = page_and_css()[1]
    first = save(archive, database, capture(exchange("http://gov.example/1", PAGE), css), "s1")
    second = save(archive, database, capture(exchange("http://gov.example/2", PAGE + b"2"), css), "s2")
    assert [record.url for record in second.records] == [
        "http://gov.example/2",
        "urn:pageinfo:http://gov.example/2",
    ]
    assert second.kept[1].record == first.kept[1].record
    assert archive.read(archive.find("s2", "http://gov.example/a.css")).body == CSS


def test_a_shared_requisite_survives_the_failed_transaction_of_its_first_page(
    archive: Archive, database: Database
) -> None:
    css = page_and_css()[1]
    lost = capture(exchange("http://gov.example/1", PAGE), css)
    archive.write(lost, snapshot="s1", entry=Entry(url=lost.requested_url))  # and never filed
    save(archive, database, capture(exchange("http://gov.example/2", PAGE), css), "s2")
    assert archive.read(archive.find("s2", "http://gov.example/a.css")).body == CSS
    assert archive.read(archive.find("s2", "http://gov.example/2")).body == PAGE


def test_a_requisite_behind_a_redirect_is_found_under_the_url_the_page_names(
    archive: Archive, database: Database
) -> None:
    moved = exchange("http://gov.example/i.png", b"", status=302)
    image = exchange("http://cdn.example/i.png", b"\x89PNG" + PAGE, "image/png")
    told = Requisite(url=moved.url, role="image", exchanges=(moved, image))
    save(archive, database, capture(exchange("http://gov.example/", PAGE), told), "s1")
    assert archive.find("s1", "https://gov.example/i.png#x").url == "http://cdn.example/i.png"
    assert archive.find("s1", "http://gov.example/none.png") is None


def test_an_imported_file_is_a_resource(archive: Archive, database: Database) -> None:
    page = exchange("file:///C:/文 件.txt", "全文".encode(), "text/plain; charset=utf-8")
    written = save(archive, database, capture(page, engine="import", engine_reason="file"), "s1")
    record = archive.record(written.page)
    assert (record.type, record.url, record.status, record.mime) == (
        "resource",
        "file:///C:/文%20件.txt",
        None,
        "text/plain",
    )
    assert archive.read(record).header("content-type") == "text/plain; charset=utf-8"


def test_a_capture_without_any_answer_is_a_snapshot_too(archive: Archive, database: Database) -> None:
    told = capture(
        exchange("http://none.example/"), exchanges=(), verdict="unreachable", reason="host-unknown"
    )
    written = save(archive, database, told, "s1")
    assert (written.page, written.kept, len(written.records)) == (None, (), 1)


def test_a_full_disk_is_told_and_what_was_saved_stays_whole(
    archive: Archive, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(archive, database, capture(exchange("http://gov.example/1", PAGE)), "s1")
    (path,) = archive.folder.glob("*.warc.gz.open")
    before = path.read_bytes()

    class Full(warcfile._Member):
        def _put(self, packed: bytes) -> None:
            super()._put(packed[:50])
            if self.written > 40:
                raise OSError(errno.ENOSPC, "No space left on device")

    told = capture(exchange("http://gov.example/2", PAGE + b"2"))
    with monkeypatch.context() as full:
        full.setattr(warcfile, "_Member", Full)
        with pytest.raises(DiskFull):
            archive.write(told, snapshot="s2", entry=Entry(url="http://gov.example/2"))
    assert path.read_bytes() == before
    save(archive, database, told, "s2")
    assert archive.read(archive.find("s2", "http://gov.example/2")).body == PAGE + b"2"
    assert list(archive.verify()) == []


def test_a_new_file_is_begun_at_the_size_in_the_settings(settings: Settings, database: Database) -> None:
    archive = Archive(dataclasses.replace(settings, warc_max_bytes=2000), database)
    for n in range(3):
        save(archive, database, capture(exchange(f"http://gov.example/{n}", b"%d" % n)), f"s{n}")
    archive.close()
    assert len(list(archive.folder.glob("*.warc.gz"))) == len(archive.files()) == 2
    assert list(archive.verify()) == []


def test_fastwarc_reads_every_record(archive: Archive, database: Database) -> None:
    page, css = page_and_css()
    save(archive, database, capture(page, css), "s1")
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    read = {r.record_id: (r.http_content_type, r.reader.read()) for r in ArchiveIterator(str(path))}
    assert read[f"<urn:uuid:{page.id}>"] == ("text/html", PAGE)


def test_damage_is_found_by_reading_and_by_verify(archive: Archive, database: Database) -> None:
    written = save(archive, database, capture(exchange("http://gov.example/1", PAGE)), "s1")
    record = archive.record(written.page)
    other = save(archive, database, capture(exchange("http://gov.example/2", CSS)), "s2")
    assert list(archive.verify()) == []
    wrong = dataclasses.replace(record, offset=other.records[0].offset, size=other.records[0].size)
    with pytest.raises(DigestMismatch):
        archive.read(wrong)
    archive.close()
    path = archive.folder / record.file
    whole = bytearray(path.read_bytes())
    whole[record.offset + record.size // 2] ^= 0xFF
    path.write_bytes(whole)
    assert {d.code for d in archive.verify()} == {"record-broken"}
    path.unlink()
    assert [d.code for d in archive.verify()] == ["file-missing"] * 4
    with pytest.raises(RecordMissing):
        archive.read(record)


def test_missing_requisites_and_the_users_words_stand_in_the_file(
    archive: Archive, database: Database
) -> None:
    missing = Missing(url="http://gov.example/gone.png", role="image", reason="status-404")
    told = capture(exchange("http://gov.example/1", PAGE), missing=(missing,), verdict="partial")
    written = save(
        archive, database, told, S[1], tags=("预算", "绍兴"), collection="规划", note="一\n二", title="题"
    )
    (restored,) = archive.restore(written.records[0].file)
    assert restored.info.entry == Entry(
        url="http://gov.example/1", tags=("预算", "绍兴"), collection="规划", note="一\n二", title="题"
    )
    assert (restored.info.missing, restored.info.verdict) == ((missing,), "partial")


def test_threads_write_through_one_archive_while_others_read_a_shared_body(
    archive: Archive, database: Database
) -> None:
    css = requisite("stylesheet", "http://gov.example/s.css", CSS * 50, "text/css")
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            css.exchanges[0].body.read()

    def one(n: int) -> str:
        save(archive, database, capture(exchange(f"http://gov.example/{n}", PAGE + b"%d" % n), css), f"s{n}")
        return f"s{n}"

    reader = threading.Thread(target=disturb)
    reader.start()
    with ThreadPoolExecutor(4) as pool:
        snapshots = list(pool.map(one, range(12)))
    stop.set()
    reader.join()
    for n, snapshot in enumerate(snapshots):
        assert archive.read(archive.find(snapshot, f"http://gov.example/{n}")).body == PAGE + b"%d" % n
        assert archive.read(archive.find(snapshot, "http://gov.example/s.css")).body == CSS * 50
    assert list(archive.verify()) == []


class Disturbed(Body):
    """A body whose spool has changed under us."""

    def read(self) -> bytes:
        return super().read()[7:]


def test_a_body_that_is_not_what_came_in_is_never_stored(archive: Archive) -> None:
    told = capture(dataclasses.replace(exchange("http://gov.example/1"), body=Disturbed([PAGE])))
    with pytest.raises(ServerBroke):
        archive.write(told, snapshot="s1", entry=Entry(url="http://gov.example/1"))
    assert [*archive.restore(archive.files()[0])] == []
