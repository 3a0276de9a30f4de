"""`kill -9` at any moment: what was said to be saved is there, and the next start is not held up."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.archive.store import Archive
from cunzhao.archive.warcfile import LOCKS, OPEN
from cunzhao.errors import WarcBroken
from cunzhao.settings import Settings
from cunzhao.storage import models
from cunzhao.storage.database import Database, open_database
from tests.archive.making import S, capture, exchange, file, save
from tests.archive.saving_child import body_of
from tests.archive.test_store import warcio_check

ROOT = Path(__file__).parents[2]
PAGE = b"<html>" + b"a" * 2000


def child(settings: Settings, name: str, count: int = 1_000_000) -> subprocess.Popen[str]:
    asked = [str(settings.home), settings.database, name, str(count)]
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.archive.saving_child", *asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout.readline() == "ready\n"
    return started


def said(process: subprocess.Popen[str], before: Sequence[str] = ()) -> list[list[str]]:
    """Whole lines only: of a line cut by the kill nothing was said."""
    lines = (*before, *process.stdout.read().splitlines(keepends=True))
    return [line.split() for line in lines if line.endswith("\n")]


def everything_said_is_whole(archive: Archive, told: list[list[str]]) -> None:
    for snapshot, url in told:
        page = archive.find(snapshot, url)
        assert page is not None, f"{url} was said to be saved"
        assert archive.read(page).body == body_of(url)
        assert archive.read(archive.find(snapshot, "http://g.example/s.css")).body == b"p{}" * 500
        assert archive.read(archive.find(snapshot, f"{url}/same.png")).body == b"\x89PNG" * 500


def kill_and_look(settings: Settings, kills: int, seed: int) -> int:
    told: list[list[str]] = []
    moments = random.Random(seed)
    for n in range(kills):
        process = child(settings, f"k{n}")
        # A moment of its work, not of the clock: what it does in a second a busy machine does in ten.
        heard = list(itertools.islice(process.stdout, moments.randrange(1, 8)))
        time.sleep(moments.uniform(0, 0.05))
        process.kill()
        told += said(process, heard)
        process.wait()
        database = open_database(settings)
        archive = Archive(settings, database)
        begun = time.monotonic()
        swept = tuple(archive.recover())
        assert time.monotonic() - begun < 100
        assert [one.error for one in swept if one.error] == []
        assert len(swept) <= 1
        for one in swept:
            for lost in one.restorable:  # written, but the row was not committed
                restored = capture(exchange(lost.info.final_url, body_of(lost.info.final_url)))
                file(database, lost.written, restored, lost.info.entry)
                told.append([lost.info.snapshot, lost.info.final_url])
        assert list(archive.folder.glob(f"*{OPEN}")) == []
        assert list(archive.verify()) == []
        database.close()
    database = open_database(settings)
    everything_said_is_whole(Archive(settings, database), told)
    database.close()
    files = sorted(settings.archive_folder.glob("*.warc.gz"))
    code, words = warcio_check(*files)
    assert code == 0, words
    return len(told)


def test_four_kills_lose_nothing_that_was_said_to_be_saved(settings: Settings) -> None:
    assert kill_and_look(settings, kills=4, seed=1) >= 4


@pytest.mark.long
def test_forty_kills_lose_nothing_that_was_said_to_be_saved(settings: Settings) -> None:
    assert kill_and_look(settings, kills=40, seed=2) >= 40


def test_two_processes_save_into_one_home_at_once(settings: Settings) -> None:
    both = [child(settings, name, count=12) for name in ("a", "b")]
    told = [line for process in both for line in said(process)]
    assert [process.wait() for process in both] == [0, 0]
    assert len(told) == 24
    database = open_database(settings)
    archive = Archive(settings, database)
    everything_said_is_whole(archive, told)
    assert list(archive.verify()) == []
    assert list(archive.folder.glob(f"*{OPEN}")) == []
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(models.Snapshot)) == 24
    database.close()


def test_a_living_process_keeps_its_open_file(
    settings: Settings, database: Database, archive: Archive
) -> None:
    save(archive, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    other = Archive(settings, database)
    assert tuple(other.recover()) == ()
    process = child(settings, "alive")
    assert tuple(other.recover()) == ()
    process.kill()
    process.wait()
    save(archive, database, capture(exchange("http://g.example/2", PAGE + b"2")), S[2])
    assert len(list(archive.folder.glob(f"*{OPEN}"))) in (1, 2)
    assert len(tuple(other.recover())) <= 1
    assert len(list(archive.folder.glob(f"*{OPEN}"))) == 1
    process.stdout.close()


def left_open(settings: Settings, database: Database, pages: int) -> Path:
    """A file as a killed process leaves it: `….open`, with nobody holding its lock."""
    archive = Archive(settings, database)
    for n in range(pages):
        save(archive, database, capture(exchange(f"http://g.example/{n}", PAGE + bytes([n]))), S[n])
    archive.close()
    (path,) = archive.folder.glob("*.warc.gz")
    return path.rename(path.with_name(path.name + OPEN))


def test_a_record_half_written_is_cut_off(settings: Settings, database: Database, archive: Archive) -> None:
    path = left_open(settings, database, 2)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:300])
    (swept,) = archive.recover()
    assert (swept.cut_bytes, swept.restorable, swept.error) == (300, (), None)
    assert (archive.folder / swept.file).read_bytes() == whole
    assert tuple(archive.recover()) == ()


def test_a_whole_snapshot_without_its_row_is_restorable(
    archive: Archive, settings: Settings, database: Database
) -> None:
    from cunzhao.collect.types import Entry

    lost = Archive(settings, database)
    told = capture(exchange("http://g.example/1", PAGE))
    written = lost.write(told, snapshot=S[1], entry=Entry(url="http://g.example/1", tags=("甲",)))
    lost._open._lock.release()  # as the operating system does for a process that died
    (swept,) = archive.recover()
    (restored,) = swept.restorable
    assert (restored.info.snapshot, restored.info.entry.tags) == (S[1], ("甲",))
    assert restored.written.records == written.records


def test_the_lock_of_a_process_that_died_before_its_file_was_begun_is_swept_away_later(
    archive: Archive, settings: Settings, database: Database
) -> None:
    save(archive, database, capture(exchange("http://g.example/1", PAGE)), S[1])
    held = archive.folder / LOCKS / f"{archive.files()[0]}.lock"
    stale, young = (held.with_name(f"cunzhao-{name}.warc.gz.lock") for name in ("stale", "young"))
    for path in (stale, young):
        path.touch()
    for path in (stale, held):
        os.utime(path, (1, 1))
    assert tuple(Archive(settings, database).recover()) == ()
    assert [path.exists() for path in (stale, young, held)] == [False, True, True]


def test_a_file_with_nothing_saved_in_it_is_swept_away(
    archive: Archive, settings: Settings, database: Database
) -> None:
    path = left_open(settings, database, 1)
    with database.writing() as session:
        for table in (models.Kept, models.Snapshot, models.Record):
            session.execute(sa.delete(table))
    for content in (b"", path.read_bytes()[:100], path.read_bytes()[:1500]):
        path.write_bytes(content)
        (swept,) = archive.recover()
        assert swept.error is None
        assert not path.exists() and archive.files() == []


def test_damage_before_what_was_saved_is_told_and_nothing_is_cut(
    archive: Archive, settings: Settings, database: Database
) -> None:
    path = left_open(settings, database, 3)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3] ^= 0xFF
    path.write_bytes(whole)
    (swept,) = archive.recover()
    assert isinstance(swept.error, WarcBroken) and swept.cut_bytes == 0
    assert (archive.folder / swept.file).read_bytes() == bytes(whole)
    assert tuple(archive.recover()) == ()
    assert {damage.code for damage in archive.verify()} == {"record-broken"}


def test_a_sweep_that_is_killed_before_the_rows_are_added_tells_them_again(
    archive: Archive, settings: Settings, database: Database
) -> None:
    left_open(settings, database, 2)
    lost = Archive(settings, database)
    with database.writing() as session:  # of the second the row was not committed
        for table in (models.Kept, models.Record):
            session.execute(sa.delete(table))
        session.execute(sa.delete(models.Snapshot).where(models.Snapshot.id == S[1]))
    for _ in range(2):
        sweeping = lost.recover()
        assert [told.info.snapshot for told in next(sweeping).restorable] == [S[1]]
        sweeping.close()
        assert len(list(archive.folder.glob(f"*{OPEN}"))) == 1
    (swept,) = lost.recover()
    assert archive.files() == [swept.file] and list(archive.folder.glob(f"*{OPEN}")) == []
