"""A link deleted for good stays gone, and costs no other link anything."""

from __future__ import annotations

import gzip
import itertools
import logging
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage import models
from tests.cli.command import Cunzhao

ROOT = Path(__file__).parents[2]
SECRET = "机密数字：全年新增就业五万二千人。"


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def page(folder: Path, name: str, text: str = SECRET) -> Path:
    path = folder / name
    path.write_text(f"<html><title>{name}</title><p>{text * 20}</p>", "utf-8")
    return path


def saved(core: Core, path: Path, tag: str = "甲") -> tuple[str, str]:
    """Its link and its snapshot."""
    (row,) = core.import_files([path], tags=[tag])
    assert row.snapshot and row.error is None
    return core.link_of(row.snapshot), row.snapshot


def on_disk(settings: Settings) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in settings.archive_folder.glob("*.warc.gz*"))


def rows_of(core: Core, table: type[models.Base]) -> int:
    with core._database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_what_is_purged_is_nowhere_any_more_and_no_rebuild_brings_it_back(
    core: Core, settings: Settings, tmp_path: Path
) -> None:
    gone, snapshot = saved(core, page(tmp_path, "a.html"))
    other, kept = saved(core, page(tmp_path, "b.html", "另一页：财政收入一百亿元。"))
    core.remove(gone)
    purged = core.purge(gone)
    assert (purged.snapshots, purged.waiting) == (1, 0) and purged.bytes > 0
    assert SECRET.encode() not in on_disk(settings)
    for _ in range(2):
        with pytest.raises(NotFound):
            core.snapshot(snapshot)
        assert core.trash().links == () and core.search("五万二千").total == 0
        assert core.link_of(kept) == other and core.search("一百亿元").total == 1
        assert core.verify().damages == ()
        assert core.rebuild(lambda _: None) == (1, [])
    # page, pageinfo, and the conditions of its session
    assert rows_of(core, models.DocumentRow) == 1 and rows_of(core, models.Record) == 3


def test_only_what_is_in_the_trash_can_be_purged(core: Core, tmp_path: Path) -> None:
    link, snapshot = saved(core, page(tmp_path, "a.html"))
    with pytest.raises(UsageWrong):
        core.purge(link)
    with pytest.raises(NotFound):
        core.purge("0" * 16)
    assert core.snapshot(snapshot).document is not None


def test_a_link_saved_again_after_its_purge_is_a_new_one(core: Core, tmp_path: Path) -> None:
    path = page(tmp_path, "a.html")
    link, _ = saved(core, path, "旧")
    core.remove(link)
    core.purge(link)
    again, snapshot = saved(core, path, "新")
    assert again == link
    for _ in range(2):
        (row,) = core.home().links
        assert (row.tags, row.snapshots) == (("新",), 1)
        assert core.snapshot(snapshot).document is not None
        core.rebuild(lambda _: None)


def test_a_purge_that_was_killed_behind_its_journal_line_is_ended_at_the_next_start(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Core.open(settings) as core:
        link, snapshot = saved(core, page(tmp_path, "a.html"))
        core.remove(link)
        told = {"op": "purge", "link": link, "url": "", "value": snapshot}
        core._archive.append_entry({**told, "at": datetime.now(UTC).isoformat()})
    with caplog.at_level(logging.WARNING), Core.open(settings) as core:
        assert core.trash().links == () and rows_of(core, models.Snapshot) == 0
        assert SECRET.encode() not in on_disk(settings)
    assert "ending the purge" in caplog.text


def test_a_warc_brought_in_again_after_its_purge_is_back_for_good(settings: Settings, tmp_path: Path) -> None:
    with Core.open(Settings(home=tmp_path / "other")) as other:
        saved(other, page(tmp_path, "a.html"))
    (warc,) = (tmp_path / "other" / "archive").glob("*.warc.gz")
    with Core.open(settings) as core:
        for _ in range(2):
            (row,) = core.import_files([warc])
            link = core.link_of(row.snapshot or "")
            core.remove(link)
            core.purge(link)
            assert list(settings.archive_folder.glob("*.warc.gz")) == []
        (row,) = core.import_files([warc])
        core.rebuild(lambda _: None)
        assert core.snapshot(row.snapshot or "").document is not None


def test_a_warc_without_a_page_is_taken_in_with_a_word(core: Core, tmp_path: Path) -> None:
    import io

    from warcio.warcwriter import WARCWriter

    with (tmp_path / "none.warc.gz").open("wb") as out:
        writer = WARCWriter(out)
        writer.write_record(
            writer.create_warc_record("urn:x", "resource", io.BytesIO(b"x"), 1, "text/x-none")
        )
    (row,) = core.import_files([tmp_path / "none.warc.gz"])
    assert row.snapshot is None and row.error and row.error["code"] == "no-pages"


def test_the_command_asks_before_it_purges(tmp_path: Path) -> None:
    run = Cunzhao(tmp_path / "home")
    run("import", str(page(tmp_path, "a.html")))
    (link,) = (line.split()[0] for line in run("list").stdout.splitlines())
    assert run("purge", "--yes", link).returncode == 2  # not in the trash
    run("remove", link)
    refused = run("purge", link)  # nobody answers
    assert refused.returncode == 1 and "无法恢复" in refused.stderr
    done = run("purge", "--yes", link)
    assert done.returncode == 0 and "已彻底删除" in done.stdout
    assert run("show", link).returncode == 1


def kill_while_purging(settings: Settings, kills: int) -> int:
    """How many purges were said to be done, all told."""
    kept: dict[str, str] = {}  # by number: snapshot
    begun: set[str] = set()
    done: set[str] = set()
    moments = random.Random(kills)
    for n in range(kills):
        asked = [
            sys.executable,
            "-m",
            "tests.core.purging_child",
            str(settings.home),
            settings.database,
            str(n),
        ]
        with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            # A moment of its work, not of the clock: what it does in a second a busy machine does in ten.
            said = list(itertools.islice(process.stdout, moments.randrange(6, 40)))
            time.sleep(moments.uniform(0, 0.05))
            process.kill()
            for line in (*said, *process.stdout.read().splitlines(keepends=True)):
                match line.split() if line.endswith("\n") else []:
                    case ["kept", snapshot, number]:
                        kept[number] = snapshot
                    case ["going", number]:
                        begun.add(number)
                    case ["gone", number]:
                        done.add(number)
        with Core.open(settings) as core:
            left = on_disk(settings)
            assert core.verify().damages == () and core._archive.waiting() == 0
            assert not list(settings.archive_folder.glob("compacting-*"))
            for number, snapshot in kept.items():
                there = f"[{number}]".encode() in left
                assert not (number in done and there), f"{number} was said to be gone"
                assert number in begun or there, f"{number} was said to be saved"
                if there and number not in begun:
                    assert core.requisite(snapshot, "http://g.example/s.css", lambda *_: "").status == 200
    return len(done)


def test_two_kills_while_purging_leave_nothing_half_done(settings: Settings) -> None:
    assert kill_while_purging(settings, 2) > 0


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_thirty_kills_while_purging_leave_nothing_half_done(settings: Settings) -> None:
    assert kill_while_purging(settings, 30) > 10
