"""The archive folder alone is enough: what is rebuilt from the files is what the database held."""

from __future__ import annotations

import dataclasses
from dataclasses import fields
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.archive.index import add_records, index
from cunzhao.archive.reading import scan
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Restored
from cunzhao.collect.types import Entry, Requisite
from cunzhao.errors import WarcBroken
from cunzhao.settings import Settings
from cunzhao.storage import models
from cunzhao.storage.database import Database
from tests.archive.making import S, capture, exchange, file, requisite, save

PAGE = b"<html>" + b"a" * 2000


def rows(database: Database) -> dict[str, list[dict[str, object]]]:
    """Everything in the tables that the archive restores, in a fixed order."""
    told = {}
    with database.reading() as session:
        for table in (models.Snapshot, models.Record, models.Kept):
            columns = table.__table__.columns
            told[table.__tablename__] = sorted(
                (dict(row) for row in session.execute(sa.select(columns)).mappings()), key=str
            )
    return told


def rebuild(archive: Archive, database: Database) -> None:
    """As core rebuilds: empty tables, then every file."""
    with database.writing() as session:
        for table in (models.Kept, models.Snapshot, models.Record, models.Link):
            session.execute(sa.delete(table))
    for name in archive.files():
        for told in archive.restore(name):
            put(told, database)


def put(told: Restored, database: Database) -> None:
    if told.info is None:
        with database.writing() as session:
            add_records(session, told.written.records)
        return
    info = told.info
    as_captured = capture(
        exchange(info.requested_url),
        requested_url=info.requested_url,
        final_url=info.final_url,
        engine=info.engine,
        started=info.captured,
        seconds=info.seconds,
        verdict=info.verdict,
    )
    file(database, told.written, as_captured, info.entry)


def fill(archive: Archive, database: Database) -> None:
    css = requisite("stylesheet", "http://g.example/s.css", b"p{}" * 300, "text/css")
    moved = exchange("http://g.example/i", b"", status=302)
    image = exchange("http://cdn.example/i.png", b"\x89PNG" * 300, "image/png")
    told = Requisite(url=moved.url, role="image", exchanges=(moved, image))
    save(archive, database, capture(exchange("http://g.example/1", PAGE), css, told), S[1], tags=("甲",))
    save(archive, database, capture(exchange("http://g.example/2", PAGE + b"2"), css, told), S[2])
    save(archive, database, capture(exchange("http://g.example/3?b=2&a=1", PAGE)), S[3])  # a revisit
    imported = exchange("file:///a.txt", "全文".encode(), "text/plain")
    save(archive, database, capture(imported, engine="import", engine_reason="file"), S[4])
    none = capture(
        exchange("http://none.example/"), exchanges=(), verdict="unreachable", reason="host-unknown"
    )
    save(archive, database, none, S[5])


@pytest.mark.parametrize("warc_max", [1_000_000, 1500], ids=["one file", "many files"])
def test_the_rebuilt_index_is_the_old_index(settings: Settings, database: Database, warc_max: int) -> None:
    archive = Archive(dataclasses.replace(settings, warc_max_bytes=warc_max), database)
    fill(archive, database)
    before = rows(database)
    assert len(before["snapshot"]) == 5
    assert {row["type"] for row in before["record"]} == {"response", "revisit", "resource"}
    rebuild(archive, database)  # while its last file is open
    assert rows(database) == before
    archive.close()
    rebuild(archive, database)
    assert rows(database) == before
    for row in before["record"]:
        archive.read(archive.record(str(row["id"])))


def test_a_revisit_of_another_processes_record_is_restored(settings: Settings, database: Database) -> None:
    first, second = Archive(settings, database), Archive(settings, database)
    save(first, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    save(second, database, capture(exchange("http://g.example/2", PAGE)), S[2])
    before = rows(database)
    for archive in (first, second):
        archive.close()
    rebuild(first, database)
    assert rows(database) == before
    assert first.read(first.find(S[2], "http://g.example/2")).body == PAGE


def test_with_a_file_gone_the_rest_is_rebuilt_and_the_gap_is_told(
    archive: Archive, database: Database
) -> None:
    css = requisite("stylesheet", "http://g.example/s.css", b"p{}" * 300, "text/css")
    save(archive, database, capture(exchange("http://g.example/1", PAGE), css), S[1])
    archive.close()
    lost = archive.files()[0]
    save(archive, database, capture(exchange("http://g.example/2", PAGE + b"2"), css), S[2])
    archive.close()
    (archive.folder / lost).unlink()
    with database.writing() as session:
        for table in (models.Kept, models.Snapshot, models.Record):
            session.execute(sa.delete(table))
    (name,) = archive.files()
    (told,) = archive.restore(name)
    with database.writing() as session:
        session.add(
            models.Snapshot(
                id=S[2],
                link_id=session.scalars(sa.select(models.Link.id)).first(),
                verdict="complete",
                engine="http",
                requested_url="u",
                final_url="u",
                captured=told.info.captured,
                seconds=1,
                bytes=1,
            )
        )
        session.flush()
        assert [kept.url for kept in index(session, told.written)] == ["http://g.example/s.css"]
    assert archive.read(archive.find(S[2], "http://g.example/2")).body == PAGE + b"2"


def test_a_file_cut_anywhere_gives_its_whole_snapshots_and_tells_where_it_breaks(
    archive: Archive, database: Database
) -> None:
    fill(archive, database)
    archive.close()
    (name,) = archive.files()
    path: Path = archive.folder / name
    whole = path.read_bytes()
    ends = [  # of the pageinfo records, with which a snapshot is whole
        row["offset"] + row["size"]
        for row in sorted(rows(database)["record"], key=lambda row: row["offset"])
        if row["url"].startswith("urn:pageinfo:")
    ]
    between = {record.offset for record in scan(path)}  # where a cut leaves nothing broken
    cuts = {*range(5, len(whole), 401), *(end - 1 for end in ends), len(whole) - 3}
    for cut in sorted(cuts - between):
        path.write_bytes(whole[:cut])
        found = []
        with pytest.raises(WarcBroken) as broken:
            for told in archive.restore(name):
                found.append(told.info.snapshot)
        assert found == [S[1], S[2], S[3], S[4], S[5]][: sum(end <= cut for end in ends)]
        assert cut - broken.value.values["offset"] < 4000
    path.write_bytes(whole[: ends[1]])
    assert [told.info.snapshot for told in archive.restore(name)] == [S[1], S[2]]


def test_all_facts_of_a_capture_come_back(archive: Archive, database: Database) -> None:
    told = capture(
        exchange("http://g.example/1", PAGE),
        requested_url="http://g.example/",
        engine_reason="asked",
        seconds=1.25,
        verdict="partial",
        reason="timeout",
    )
    written = save(archive, database, told, S[1])
    (restored,) = archive.restore(written.records[0].file)
    info = restored.info
    for name in ("requested_url", "final_url", "engine", "engine_reason", "seconds", "verdict", "reason"):
        assert getattr(info, name) == getattr(told, name)
    assert (info.captured, info.page, info.entry) == (
        told.started,
        written.page,
        Entry(url="http://g.example/"),
    )
    same = [f.name for f in fields(written) if f.name != "shared"]
    assert {n: getattr(restored.written, n) for n in same} == {n: getattr(written, n) for n in same}
