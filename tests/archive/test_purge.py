"""Deleting for good: what no other snapshot needs leaves the files, and nothing else is touched."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as running
from hypothesis import strategies as st

from cunzhao.archive import compaction, needs
from cunzhao.archive.index import add_records
from cunzhao.archive.reading import scan
from cunzhao.archive.store import Archive
from cunzhao.collect.types import Requisite
from cunzhao.settings import Settings
from cunzhao.storage import models
from cunzhao.storage.database import Database, open_database
from tests.archive.making import WHEN, S, capture, exchange, save
from tests.archive.test_adopt import take_in
from tests.archive.test_browser_capture import conditions, rendition
from tests.archive.test_restore import put, rows
from tests.archive.test_store import warcio_check


def body(n: int) -> bytes:
    """A payload that no other contains, and that can be told from the bytes of a file."""
    return f"<payload {n}>".encode() + random.Random(n).randbytes(700)


def purge(archive: Archive, database: Database, *snapshots: str) -> int:
    """As core deletes for good."""
    with archive.turn():
        with database.writing() as session:
            told = {"op": "purge", "link": "0" * 16, "url": "", "at": datetime.now(UTC).isoformat()}
            archive.append_entry({**told, "value": " ".join(snapshots)})
            archive.mark(needs.files_of(session, snapshots))
            for table in (models.Kept, models.Snapshot):
                column = table.snapshot_id if table is models.Kept else table.id
                session.execute(sa.delete(table).where(column.in_(snapshots)))
        return archive.compact()


def rebuilt(archive: Archive, database: Database) -> dict[str, list[dict[str, object]]]:
    """The rows that core's rebuild makes."""
    with database.writing() as session:
        for table in (models.Kept, models.Snapshot, models.Record, models.Link):
            session.execute(sa.delete(table))
    found = [told for name in archive.files() for told in archive.restore(name, rest=True)]
    with database.writing() as session:
        for told in found:  # of all files first: one may refer to another that was begun later
            add_records(session, told.written.records)
    for told in found:
        put(told, database)
    with database.writing() as session:
        needs.complete(session)
        needs.drop_unneeded(session)
    return rows(database)


def payloads_on_disk(archive: Archive) -> set[int]:
    """The numbers of the payloads that stand in any file, each member unpacked."""
    found: set[int] = set()
    for path in archive.folder.glob("*.warc.gz*"):
        for piece in gzip.decompress(path.read_bytes()).split(b"<payload ")[1:]:
            found.add(int(piece.partition(b">")[0]))
    return found


@dataclass
class Home:
    """An archive that several processes write in turn, and what it has to hold."""

    settings: Settings
    database: Database
    archives: list[Archive] = field(default_factory=list)
    shared: dict[int, Requisite] = field(default_factory=dict)  # of the batch that is running
    expected: dict[str, dict[str, bytes]] = field(default_factory=dict)  # bodies by snapshot and URL
    made: int = 0

    def __post_init__(self) -> None:
        self.archives = [Archive(self.settings, self.database) for _ in range(2)]

    def save(self, process: int, page: int, images: tuple[int, ...], *, once: bool) -> None:
        """Pages of one URL each; images by payload, as requisites shared in the batch if `once`."""
        when = WHEN + timedelta(hours=self.made)
        requisites = []
        for n in images:
            url = f"http://g.example/{n % 3}.png"
            fresh = Requisite(
                url=url, role="image", exchanges=(exchange(url, body(n), "image/png", when=when),)
            )
            requisites.append(self.shared.setdefault((process, n), fresh) if once else fresh)
        url = f"http://g.example/page{page % 2}"
        told = capture(
            exchange(url, body(page), when=when),
            *requisites,
            renditions=(rendition("dom", body(page + 100), when),),
            conditions=conditions(session={"batch": process}),
        )
        snapshot = f"1m80pjpa{self.made:05d}"
        save(self.archives[process], self.database, told, snapshot)
        kept = {exchange.id: exchange.body.read() for r in told.requisites for exchange in r.exchanges}
        self.expected[snapshot] = kept | {told.exchanges[0].id: body(page), "dom": body(page + 100)}
        self.made += 1

    def end(self, process: int) -> None:
        """The batch ends; another process writes the next."""
        self.archives[process].close()
        self.archives[process] = Archive(self.settings, self.database)
        self.shared = {key: told for key, told in self.shared.items() if key[0] != process}

    def purge(self, process: int, n: int) -> None:
        if self.expected:
            snapshot = sorted(self.expected)[n % len(self.expected)]
            purge(self.archives[process], self.database, snapshot)
            del self.expected[snapshot]

    def check(self) -> None:
        archive = Archive(self.settings, self.database)
        assert list(archive.verify()) == []
        for snapshot, bodies in self.expected.items():
            found: dict[str, bytes] = {}
            for kept, record in archive.contents(snapshot):
                stored = archive.read(record)
                found["dom" if kept.role == "dom" else kept.record] = stored.body
            assert {id: found.get(id) for id in bodies} == bodies
            with self.database.reading() as session:
                row = session.get_one(models.Snapshot, snapshot)
            info = archive.info(row.info_record or "")
            assert archive.conditions(info) is not None
            for kept, record in archive.contents(snapshot):
                if record.type in ("response", "revisit"):
                    assert archive.request(record, info), (kept.url, record.type)
                    assert archive.head(record, info).startswith(b"HTTP/1.1 200")
        archive.close()

    def close(self) -> None:
        for archive in self.archives:
            archive.close()
        self.archives[0].compact()


saves = st.tuples(
    st.just("save"),
    st.integers(0, 1),
    st.integers(0, 5),
    st.lists(st.integers(10, 15), max_size=4, unique=True).map(tuple),
    st.booleans(),
)
ends = st.tuples(st.just("end"), st.integers(0, 1))
purges = st.tuples(st.just("purge"), st.integers(0, 1), st.integers(0, 20))
steps = st.lists(st.one_of(saves, saves, ends, purges), min_size=4, max_size=14)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_is_deleted_every_other_snapshot_stays_whole(
    kind: str, request: pytest.FixtureRequest
) -> None:
    from tests.databases import fresh

    url = fresh(request.getfixturevalue("postgres")) if kind == "postgresql" else ""

    @running(
        max_examples=12 if kind == "sqlite" else 4,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps)
    def law(asked: list[tuple]) -> None:
        with TemporaryDirectory() as folder, ExitStack() as stack:
            settings = Settings(home=Path(folder), database=url, warc_max_bytes=20_000)
            database = open_database(settings)
            stack.callback(database.close)
            with database.writing() as session:
                for table in (models.Kept, models.Snapshot, models.Record, models.Link):
                    session.execute(sa.delete(table))
            home = Home(settings, database)
            for name, process, *told in asked:
                if name == "save":
                    home.save(process, told[0], told[1], once=told[2])
                elif name == "end":
                    home.end(process)
                else:
                    home.purge(process, told[0])
                    home.check()
            home.close()
            home.check()
            left = {n for bodies in home.expected.values() for n in map(number, bodies.values())}
            assert payloads_on_disk(home.archives[0]) == left
            before = rows(database)
            assert rebuilt(home.archives[0], database) == before
            home.check()

    law()


def number(told: bytes) -> int:
    return int(told[len("<payload ") :].partition(b">")[0])


def test_the_payload_of_a_revisit_outlives_its_own_snapshot(archive: Archive, database: Database) -> None:
    save(archive, database, capture(exchange("http://g.example/1", body(1))), S[1])
    archive.close()
    save(archive, database, capture(exchange("http://g.example/2", body(1))), S[2])
    archive.close()
    assert purge(archive, database, S[1]) > 0
    revisit = archive.find(S[2], "http://g.example/2")
    assert revisit and revisit.type == "revisit" and archive.read(revisit).body == body(1)
    assert payloads_on_disk(archive) == {1}
    purge(archive, database, S[2])
    assert archive.files() == [] and payloads_on_disk(archive) == set()
    assert rows(database) == {"snapshot": [], "record": [], "kept": []}


def test_the_members_that_stay_are_copied_byte_for_byte_and_others_read_them(
    archive: Archive, database: Database
) -> None:
    for n in range(4):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    (name,) = archive.files()
    old = {
        r.id: (archive.folder / name).read_bytes()[r.offset : r.offset + r.size]
        for r in scan(archive.folder / name)
    }
    purge(archive, database, S[1], S[2])
    (new,) = archive.files()
    assert new == name.replace(".warc.gz", "_2.warc.gz")
    path = archive.folder / new
    first, *stayed = scan(path)
    assert first.type == "warcinfo" and [r.type for r in stayed].count("warcinfo") == 1
    assert all(old[r.id] == path.read_bytes()[r.offset : r.offset + r.size] for r in stayed)
    assert warcio_check(path)[0] == 0
    purge(archive, database, S[0])
    (third,) = archive.files()
    assert third.endswith("_3.warc.gz")
    assert archive.read(archive.find(S[3], "http://g.example/3")).body == body(3)


def test_a_file_that_another_process_writes_waits_and_is_done_at_a_later_start(
    settings: Settings, database: Database
) -> None:
    writer, other = Archive(settings, database), Archive(settings, database)
    for n in (1, 2):
        save(writer, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    assert purge(other, database, S[1]) == 0
    assert other.waiting() == 1 and payloads_on_disk(other) == {1, 2}
    # the writer still knows the payload and may refer to it: then it is needed again
    save(writer, database, capture(exchange("http://g.example/1", body(1))), S[3])
    writer.close()
    other.compact()
    assert other.waiting() == 0 and payloads_on_disk(other) == {1, 2}
    assert other.read(other.find(S[3], "http://g.example/1")).body == body(1)
    purge(other, database, S[3])
    assert payloads_on_disk(other) == {2}


def test_a_writer_notices_that_what_it_remembers_was_taken_out(
    settings: Settings, database: Database
) -> None:
    writer, other = Archive(settings, database), Archive(settings, database)
    first = exchange("http://g.example/1", body(1))
    save(writer, database, capture(first), S[1])
    save(writer, database, capture(exchange("http://g.example/2", body(2))), S[2])
    writer.close()
    purge(other, database, S[1])
    again = save(writer, database, capture(exchange("http://g.example/1", body(1))), S[3])
    assert again.records[0].type == "response"
    shared = save(writer, database, capture(first), S[4])  # the very exchange, as a batch shares it
    assert writer.read(writer.find(S[4], first.url)).body == body(1)
    moved = save(writer, database, capture(exchange("http://g.example/2", body(2))), S[5])
    assert moved.records[0].type == "revisit"  # that one stayed, in another file
    assert writer.read(writer.find(S[5], "http://g.example/2")).body == body(2)
    assert list(writer.verify()) == [] and shared.page == first.id
    writer.close()


def test_a_reader_finds_a_record_that_was_moved_meanwhile(archive: Archive, database: Database) -> None:
    for n in (1, 2):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    found = archive.find(S[2], "http://g.example/2")
    purge(archive, database, S[1])
    assert found and archive.read(found).body == body(2)


def test_an_adopted_file_goes_only_as_a_whole(archive: Archive, database: Database, tmp_path: Path) -> None:
    for n in (1, 2):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    (name,) = archive.files()
    foreign = tmp_path / "foreign.warc.gz"
    (archive.folder / name).rename(foreign)
    with database.writing() as session:
        for table in (models.Kept, models.Snapshot, models.Record, models.Link):
            session.execute(sa.delete(table))
    adopted = take_in(archive, database, foreign)
    for told in adopted.restored:
        put(told, database)
    one, other = (told.written.snapshot for told in adopted.restored)
    whole = (archive.folder / adopted.file).read_bytes()
    purge(archive, database, one)
    assert (archive.folder / adopted.file).read_bytes() == whole
    assert [told.info.snapshot for told in archive.restore(adopted.file) if told.info] == [other]
    before = rows(database)
    assert rebuilt(archive, database) == before
    purge(archive, database, other)
    assert archive.files() == [] and rows(database)["record"] == []


class Killed(BaseException):
    """Stands for the moment of a kill -9."""


def killing(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    real: dict[str, Callable] = {"copy": compaction._places, "sync": compaction.sync_folder}

    def after_copy(*told: object) -> object:
        real["copy"](*told)
        raise Killed

    calls = iter(range(9))

    def at_sync(folder: Path) -> None:
        real["sync"](folder)
        if folder.name != compaction.MARKS and next(calls) == (1 if where == "deleted" else 0):
            raise Killed

    if where == "copied":
        monkeypatch.setattr(compaction, "_places", after_copy)
        monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # nobody cleans up after a kill
    elif where in ("renamed", "deleted"):
        monkeypatch.setattr(compaction, "sync_folder", at_sync)
    elif where == "moved":
        monkeypatch.setattr(Path, "unlink", _killed)
    elif where == "marked":
        monkeypatch.setattr(Archive, "compact", _killed)


def _killed(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize("where", ["marked", "copied", "renamed", "moved", "deleted"])
def test_a_kill_at_any_step_leaves_what_the_next_start_ends(
    settings: Settings, database: Database, where: str
) -> None:
    archive = Archive(settings, database)
    for n in (1, 2):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    with pytest.MonkeyPatch.context() as patch:
        killing(patch, where)
        with pytest.raises(Killed):
            purge(archive, database, S[1])
    later = Archive(settings, database)
    editions = len(list(later.folder.glob("*.warc.gz")))
    assert editions == {"renamed": 2, "moved": 2}.get(where, 1)
    later.settle()
    assert tuple(later.recover()) == () and later.unindexed() == []
    assert list(later.verify()) == []
    later.compact()
    assert payloads_on_disk(later) == {2} and later.waiting() == 0
    assert [path.name for path in later.folder.glob("compacting-*")] == []
    assert later.read(later.find(S[2], "http://g.example/2")).body == body(2)
    before = rows(database)
    assert rebuilt(later, database) == before and len(before["snapshot"]) == 1


def test_a_damaged_file_is_left_alone_and_stays_marked(archive: Archive, database: Database) -> None:
    for n in (1, 2):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    (name,) = archive.files()
    path = archive.folder / name
    whole = bytearray(path.read_bytes())
    whole[-40] ^= 0xFF
    path.write_bytes(whole)
    purge(archive, database, S[1])
    assert path.read_bytes() == bytes(whole) and archive.waiting() == 1


def test_a_file_with_a_snapshot_that_has_no_row_yet_is_not_compacted(
    settings: Settings, database: Database
) -> None:
    from cunzhao.collect.types import Entry

    archive = Archive(settings, database)
    save(archive, database, capture(exchange("http://g.example/1", body(1))), S[1])
    unfiled = archive.write(
        capture(exchange("http://g.example/2", body(2))), snapshot=S[2], entry=Entry(url="http://g.example/2")
    )
    archive.close()
    purge(archive, database, S[1])
    assert payloads_on_disk(archive) == {1, 2} and archive.waiting() == 1
    (told,) = archive.restore(unfiled.records[0].file)
    put(told, database)
    archive.compact()
    assert payloads_on_disk(archive) == {2}


def test_a_failed_write_of_the_copy_leaves_the_old_file(archive: Archive, database: Database) -> None:
    for n in (1, 2):
        save(archive, database, capture(exchange(f"http://g.example/{n}", body(n))), S[n])
    archive.close()
    (name,) = archive.files()
    whole = (archive.folder / name).read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compaction, "_copy_bytes", _no_room)
        assert purge(archive, database, S[1]) == 0
    assert (archive.folder / name).read_bytes() == whole and archive.waiting() == 1
    assert archive.compact() > 0


def _no_room(*_: object) -> Iterator[None]:
    raise OSError(28, "No space left on device")


def test_members_are_valid_gzip_whatever_their_content() -> None:
    from cunzhao.archive.records import resource
    from cunzhao.archive.warcfile import packed

    told = random.Random(5)
    for size in (0, 1, 15_999, 16_001, 300_000):
        for content in (told.randbytes(size), b"a" * size, bytes(size // 2) + told.randbytes(size // 2)):
            record = resource("id", "urn:x", WHEN, "text/plain", content)
            member = b"".join(packed(record))
            unpack = zlib.decompressobj(31)
            assert unpack.decompress(member) == record.headers + content + b"\r\n\r\n"
            assert unpack.eof and unpack.unused_data == b"" and replace(record) == record
            assert len(member) < len(content) + 600


def test_a_requisite_shared_across_a_purge_stays_one_record(archive: Archive, database: Database):
    """A batch goes on while somebody purges: its next page names the stylesheet that is kept already."""
    sheet = Requisite(
        url="http://a.cn/a.css", role="stylesheet", exchanges=(exchange("http://a.cn/a.css", body(1)),)
    )
    save(archive, database, capture(exchange("http://z.cn/", body(2))), S[5])
    save(archive, database, capture(exchange("http://a.cn/1", body(3)), sheet), S[0])
    purge(archive, database, S[5])
    save(archive, database, capture(exchange("http://a.cn/2", body(4)), sheet), S[1])
    archive.close()
    told = [
        r for name in archive.files() for r in scan(archive.folder / name) if r.id == sheet.exchanges[0].id
    ]
    assert [record.type for record in told] == ["response"]
    purge(archive, database, S[0])
    [(_, kept)] = [(k, r) for k, r in archive.contents(S[1]) if k.role == "stylesheet"]
    assert archive.read(kept).body == body(1)
