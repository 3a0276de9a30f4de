"""What a foreign WARC file says of itself: it names no record and no snapshot of ours, and costs no memory."""

from __future__ import annotations

import io
import json
import string
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from cunzhao.archive import pageinfo
from cunzhao.archive.index import add_records
from cunzhao.archive.restoring import adopted_snapshot
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Kept, PageInfo
from cunzhao.collect.types import VERDICTS, Entry, Missing
from cunzhao.errors import DecompressionBomb, DigestMismatch
from cunzhao.settings import Settings
from cunzhao.storage import models
from cunzhao.storage.database import Database
from tests.archive.making import S, capture, exchange, save
from tests.archive.test_adopt import take_in
from tests.archive.test_restore import put, rebuild

PAGE = b"<html>500" + b"a" * 2000
TOLD: dict[str, Any] = {
    "cunzhao": 1,
    "program": "cunzhao/0.1.0",
    "snapshot": S[1],
    "entry": {"url": "http://a.cn/", "tags": ["甲"], "collection": "", "note": "", "title": ""},
    "verdict": "complete",
    "reason": "",
    "error": None,
    "engine": "http",
    "engine_reason": "static",
    "requested_url": "http://a.cn/",
    "final_url": "http://a.cn/",
    "captured": "2024-01-01T00:00:00+00:00",
    "seconds": 1.0,
    "page": None,
    "kept": [],
    "missing": [],
}


def told_with(**changed: object) -> bytes:
    return json.dumps(TOLD | changed).encode()


def one_pageinfo(path: Path, body: bytes) -> Path:
    with path.open("wb") as out:
        writer = WARCWriter(out, warc_version="1.1")
        told = writer.create_warc_record(
            "urn:pageinfo:http://a.cn/",
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/json",
        )
        writer.write_record(told)
    return path


def forged(source: Path, path: Path) -> Path:
    """Our own export with other figures on the page, and every other word of it as it was."""
    dropped = {"warc-block-digest", "warc-payload-digest", "content-length"}
    with source.open("rb") as given, path.open("wb") as out:
        writer = WARCWriter(out, warc_version="1.1")
        for record in ArchiveIterator(given):
            # The page alone: an id or digest may hold 500 too.
            body = record.raw_stream.read().replace(PAGE, PAGE.replace(b"500", b"999"))
            headers = {k: v for k, v in record.rec_headers.headers if k.lower() not in dropped}
            url = headers.get("WARC-Target-URI", "")
            if record.rec_type in ("response", "resource"):
                made = writer.create_warc_record(
                    url,
                    record.rec_type,
                    payload=io.BytesIO(body),
                    length=len(body),
                    warc_headers_dict=headers,
                    http_headers=record.http_headers,
                )
                writer.write_record(made)
    return path


def test_a_forged_copy_of_our_file_never_takes_the_place_of_our_snapshot(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    save(archive, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    archive.close()
    (ours,) = archive.files()
    adopted = archive.adopt(forged(archive.folder / ours, tmp_path / "forged.warc.gz"))
    (told,) = adopted.restored
    assert told.info.snapshot == told.written.snapshot != S[1]
    with database.writing() as session:
        add_records(session, adopted.records)
    put(told, database)
    for _ in range(2):
        assert archive.read(archive.find(S[1], "http://g.example/1")).body == PAGE
        theirs = archive.find(told.info.snapshot, "http://g.example/1")
        assert archive.read(theirs).body == PAGE.replace(b"500", b"999")
        rebuild(archive, database)  # the adopted file is read first


def test_ids_of_adopted_snapshots_sort_by_time_and_are_none_that_core_makes() -> None:
    early, late = datetime(2019, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    for captured in (early, late, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)):
        told = adopted_snapshot("import-a.warc.gz", 100, captured)
        assert told == adopted_snapshot("import-a.warc.gz", 100, captured)
        assert len(told) == 16 and not set(told) & set("ilou" + string.ascii_uppercase)
        assert told != adopted_snapshot("import-a.warc.gz", 101, captured)
        assert told != adopted_snapshot("import-b.warc.gz", 100, captured)
    ours = "1m80pjpa70000"  # 2026-03, by core
    assert adopted_snapshot("f", 0, early) < adopted_snapshot("f", 9, late) < ours


def test_a_foreign_pageinfo_cannot_name_our_records(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    written = save(archive, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    mine = {"url": "http://www.gov.cn/x", "role": "page", "record": written.page}
    path = one_pageinfo(tmp_path / "named.warc.gz", told_with(page=written.page, kept=[mine]))
    adopted = archive.adopt(path)
    assert adopted.restored == ()  # a snapshot without its page is none
    (left,) = archive.restore(adopted.file)
    assert left.info is None


def test_what_a_snapshot_keeps_outside_its_file_is_left_out(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    other = save(archive, database, capture(exchange("http://g.example/other", b"other")), S[1])
    archive.close()
    page = exchange("http://g.example/1", PAGE)
    save(archive, database, capture(page), S[2])
    archive.close()
    second = (archive.folder / archive.files()[1]).read_bytes()
    name = json.dumps({"url": "http://g.example/other", "role": "image", "record": other.page})
    body = told_with(
        page=page.id, kept=[{"url": page.url, "role": "page", "record": page.id}, json.loads(name)]
    )
    path = one_pageinfo(tmp_path / "tail.warc.gz", body)
    path.write_bytes(second + path.read_bytes())
    *_, told = archive.adopt(path).restored
    assert [(kept.url, kept.role) for kept in told.info.kept] == [("http://g.example/1", "page")]
    assert told.info.kept == told.written.kept and told.info.page == told.written.page


def test_a_revisit_gives_no_other_payload_than_it_tells(archive: Archive, database: Database) -> None:
    written = save(archive, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    (page,) = [record for record in written.records if record.id == written.page]
    save(archive, database, capture(exchange("http://g.example/2", PAGE)), S[2])
    revisit = archive.find(S[2], "http://g.example/2")
    assert revisit.type == "revisit" and archive.read(revisit).body == PAGE
    with pytest.raises(DigestMismatch):
        archive.read(replace(revisit, digest="sha256:" + "0" * 64, refers_to=page.id))


def _entry(**changed: object) -> dict[str, object]:
    return {"entry": TOLD["entry"] | changed}


@pytest.mark.parametrize(
    "changed",
    [
        {"snapshot": "x" * 400},
        {"snapshot": "a/../b?x#y"},
        {"snapshot": "1m80pjpa7000"},
        {"snapshot": "1m80pjpa7000l"},
        {"snapshot": 5},
        _entry(url=5),
        _entry(url="http://a.cn/\x00"),
        _entry(tags="甲乙"),
        _entry(tags=["x" * 201]),
        _entry(tags=["a\x00b"]),
        _entry(tags=[""]),
        _entry(tags=[5]),
        _entry(collection="长" * 201),
        _entry(collection=None),
        _entry(note="\x00"),
        _entry(note=["a"]),
        _entry(title="\ud800"),
        {"final_url": "http://a.cn/\n"},
        {"requested_url": "http://a.cn/\ud800"},
        {"reason": "x" * 41},
        {"engine_reason": "x" * 41},
        {"engine": "x" * 17},
        {"engine": ["http"]},
        {"verdict": "good"},
        {"verdict": ["complete"]},
        {"seconds": float("nan")},
        {"seconds": "1e999"},
        {"seconds": 10**400},
        {"captured": "2024-01-01T00:00:00"},
        {"captured": "0001-01-01T00:00:00+14:00"},
        {"captured": 5},
        {"error": "boom"},
        {"page": 5},
        {"page": "x" * 37},
        {"kept": {"a": 1}},
        {"kept": [{"url": "u", "role": "x" * 17, "record": "r"}]},
        {"kept": [{"url": "u", "role": "page", "record": ["r"]}]},
        {"missing": [{"url": "u", "role": "image", "reason": {"a": 1}}]},
        {"missing": [{"url": "u\x00", "role": "image", "reason": "timeout"}]},
        {"program": "x" * 101},
    ],
    ids=str,
)
def test_a_pageinfo_that_core_would_not_write_is_not_ours(changed: dict[str, Any]) -> None:
    assert pageinfo.decode(told_with()) is not None
    assert pageinfo.decode(told_with(**changed)) is None


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"cunzhao":1,"a":' + b"[" * 200_000, b"\xff\xfe", b"1"])
def test_json_that_is_no_pageinfo_is_passed_over(body: bytes) -> None:
    assert pageinfo.decode(body) is None


urls = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60).map(
    "http://a.cn/".__add__
)
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


@given(
    st.builds(
        PageInfo,
        snapshot=st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=13, max_size=13),
        entry=st.builds(
            Entry,
            url=urls,
            tags=st.lists(words).map(tuple),
            collection=st.just("") | words,
            note=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
            title=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
        ),
        requested_url=urls,
        final_url=urls,
        engine=st.sampled_from(["http", "browser", "import"]),
        engine_reason=st.sampled_from(["asked", "static", ""]),
        captured=st.datetimes(timezones=st.just(UTC)),
        seconds=st.floats(0, 1e6),
        verdict=st.sampled_from(VERDICTS),
        reason=st.sampled_from(["", "decompression-bomb", "status-404"]),
        missing=st.lists(st.builds(Missing, url=urls, role=st.just("image"), reason=st.just("too-many"))).map(
            tuple
        ),
        page=st.none() | st.uuids().map(str),
        kept=st.lists(st.builds(Kept, url=urls, role=st.just("page"), record=st.uuids().map(str))).map(tuple),
        program=st.just(pageinfo.PROGRAM),
        error=st.none() | st.just({"code": "timeout", "input": "u", "values": {"seconds": 1}}),
    )
)
def test_everything_core_writes_is_read_back_as_it_was(info: PageInfo) -> None:
    assert pageinfo.decode(pageinfo.encode(info, {})) == info


def inflating(path: Path, length: int) -> Path:
    """One HTML page of `length` bytes, all alike: a file a thousandth of that size."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-1111-1111-111111111111>\r\n"
        "WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: http://a.cn/\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http) + length}\r\n\r\n"
    )
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    with path.open("wb") as out:
        out.write(packer.compress(head.encode() + http))
        for _ in range(length // 1_000_000):
            out.write(packer.compress(b"a" * 1_000_000))
        out.write(packer.compress(b"\r\n\r\n") + packer.flush())
    return path


def peak(doing: Callable[[], object]) -> int:
    """The most bytes of Python objects at once while it is done."""
    tracemalloc.start()
    try:
        doing()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_record_that_inflates_beyond_the_limit_is_told_and_never_in_memory(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    small = replace(settings, max_body_bytes=1_000_000, max_decoded_bytes=2_000_000)
    archive = Archive(small, database)
    path = inflating(tmp_path / "bomb.warc.gz", 60_000_000)
    assert path.stat().st_size < 100_000
    assert peak(lambda: take_in(archive, database, path)) < 20_000_000
    (name,) = [file for file in archive.files() if file.startswith("import-")]
    assert peak(lambda: list(archive.restore(name))) < 5_000_000
    assert peak(lambda: list(archive.verify())) < 5_000_000
    (record,) = [told for found in archive.restore(name) for told in found.written.records]

    def read() -> None:
        with pytest.raises(DecompressionBomb) as raised:
            archive.read(record)
        assert (raised.value.input, raised.value.values["limit"]) == ("http://a.cn/", 2_000_000)

    assert peak(read) < 1_000_000
    archive.close()


def test_a_file_nobody_added_the_rows_of_is_named_until_they_are(
    archive: Archive, database: Database, tmp_path: Path
) -> None:
    save(archive, database, capture(exchange("http://g.example/0", PAGE)), S[0])
    assert archive.unindexed() == []  # still being written
    archive.close()
    told = capture(exchange("http://g.example/1", PAGE + b"1"))
    archive.write(told, snapshot=S[1], entry=Entry(url="http://g.example/1"))  # and killed before the commit
    archive.close()
    own = archive.files()[-1]
    adopted = archive.adopt(archive.folder / own)
    archive.adopt(one_pageinfo(tmp_path / "no.warc.gz", b"{}"))
    only_info = tmp_path / "warcinfo.warc.gz"
    with only_info.open("wb") as out:
        writer = WARCWriter(out)
        writer.write_record(writer.create_warcinfo_record("x", {"software": "elsewhere/1"}))
    empty = archive.adopt(only_info).file
    (archive.folder / f"{own}.part").write_bytes(b"")
    left = archive.unindexed()
    assert {own, adopted.file} <= set(left) and empty not in left
    assert len(left) == 3
    for file in left:
        for restored in archive.restore(file):
            put(restored, database)
    assert archive.unindexed() == []
    assert archive.read(archive.find(S[1], "http://g.example/1")).body == PAGE + b"1"
    with database.reading() as session:
        assert session.get(models.Snapshot, S[0]) is not None
