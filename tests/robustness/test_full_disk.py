"""A full disk stops capturing with a clear message and loses nothing; when there is room the work goes on."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.errors import DiskFull
from cunzhao.settings import Settings
from tests.databases import fresh, server
from tests.robustness.site import Site, marker, served
from tests.robustness.small_disk import on_a_small_disk, small_disk
from tests.waiting import until

PAGES = 40
DISK = 12_000_000  # bytes; what tests fill leaves as much as they say
#: Where the disk that fills up holds nothing of the database.
whatever_database = pytest.mark.parametrize(
    "settings", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)


@pytest.fixture
def site() -> Iterator[Site]:
    with served(image_bytes=40_000) as site:
        yield site


def paths(count: int = PAGES) -> list[str]:
    return [f"/n/{n}.html" for n in range(count)]


def everything_said_is_there(core: Core, rows: list[SaveRow]) -> None:
    assert list(core.verify().damages) == []
    for row in rows:
        if row.snapshot:
            page = core.snapshot(row.snapshot)
            assert page.document and marker("/" + row.url.split("/", 3)[3]) in page.document.text


def stopped(rows: list[SaveRow], site: Site) -> tuple[list[SaveRow], list[SaveRow]]:
    """The rows that were saved and those that were not; all of the latter for the same reason, hardly fetched."""
    saved, failed = [r for r in rows if r.snapshot], [r for r in rows if not r.snapshot]
    assert [row.url for row in rows] == [f"{site.address}{path}" for path in paths()]
    assert saved and failed
    assert {row.error and row.error["code"] for row in failed} == {DiskFull.code}
    assert all(
        "磁盘已满" in row.error["message"] and "清理" in row.error["mend"] for row in failed if row.error
    )
    fetched = sum(1 for row in failed if site.asked["/" + row.url.split("/", 3)[3]])
    assert fetched <= 9, "after the disk was full, pages were still fetched"  # those under way when it was
    return saved, failed


@on_a_small_disk
@whatever_database
def test_no_room_for_warc_files_ends_the_batch_and_what_was_saved_is_whole(
    request: pytest.FixtureRequest, settings: Settings, site: Site
) -> None:
    urls = [f"{site.address}{path}" for path in paths()]
    with small_disk(settings.home / "archive", DISK // 3), Core.open(settings) as core:
        saved, _ = stopped(list(core.save(urls)), site)
        everything_said_is_there(core, saved)
        assert core.search(marker(paths()[0])).total == 1
        assert core.home().total == len(saved)


@on_a_small_disk
def test_no_room_for_the_data_folder_ends_the_batch_and_with_room_again_all_is_saved(
    request: pytest.FixtureRequest, settings: Settings, site: Site
) -> None:
    """Database, WARC files and index on one disk: whichever is first to find no room."""
    urls = [f"{site.address}{path}" for path in paths()]
    with small_disk(settings.home, DISK) as disk:
        disk.fill(leave=3_500_000)
        with Core.open(settings) as core:
            saved, failed = stopped(list(core.save(urls)), site)
        disk.make_room()
        with Core.open(settings) as core:
            everything_said_is_there(core, saved)
            assert core.search(marker(paths()[0])).total == 1
            again = list(core.save([row.url for row in failed][:8]))
            assert [row.error for row in again] == [None] * 8
            everything_said_is_there(core, saved + again)
            assert core.search(marker("/" + again[-1].url.split("/", 3)[3])).total == 1


@on_a_small_disk
def test_no_room_for_the_tables_of_a_server_ends_the_batch(
    request: pytest.FixtureRequest, tmp_path: Path, site: Site
) -> None:
    with tempfile.TemporaryDirectory(prefix="cz-") as name, server(Path(name) / "own") as postgres:
        Path(name).chmod(0o755)  # the server runs as a user of its own
        with small_disk(Path(name) / "disk", 12_000_000) as disk:
            url = fresh_on(postgres, disk.folder)
            settings = Settings(home=tmp_path / "home", database=url, allow_hosts=("127.0.0.1",))
            with Core.open(settings) as core:
                (first,) = core.save(
                    [f"{site.address}/n/first.html"]
                )  # every table has a page of its own now
                assert first.error is None
                disk.fill(leave=200_000)
                saved, failed = stopped(list(core.save([f"{site.address}{path}" for path in paths()])), site)
                everything_said_is_there(core, saved)
                disk.make_room()
                (again,) = core.save([failed[0].url])
                assert again.error is None
                everything_said_is_there(core, [*saved, again])
            with psycopg.connect(postgres, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {sa.make_url(url).database}")  # type: ignore[arg-type]
                connection.execute("DROP TABLESPACE small")


def fresh_on(server: str, folder: Path) -> str:
    """The URL of a new database whose files lie in this folder."""
    with psycopg.connect(server, autocommit=True) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        owner = Path(data).stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")  # type: ignore[arg-type]
        url = fresh(server, empty=True)
        connection.execute(f"ALTER DATABASE {sa.make_url(url).database} SET TABLESPACE small")  # type: ignore[arg-type]
    return url


@on_a_small_disk
@whatever_database
def test_no_room_for_large_bodies_on_their_way_ends_the_batch(
    request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with served(image_bytes=1_500_000) as site, small_disk(tmp_path / "temp", 2_000_000) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk.folder))
        with Core.open(settings) as core:
            rows = list(core.save([f"{site.address}{path}" for path in paths()]))
            failed = [row for row in rows if not row.snapshot]
            assert {row.error and row.error["code"] for row in failed} == {DiskFull.code} and len(failed) > 30
            assert all(row.verdict == "complete" for row in rows if row.snapshot)
            everything_said_is_there(core, rows)
        assert list(disk.folder.iterdir()) == []


@on_a_small_disk
@whatever_database
def test_no_room_for_the_search_index_costs_no_page_and_is_made_up_for_at_the_next_start(
    request: pytest.FixtureRequest, settings: Settings, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    urls = [f"{site.address}{path}" for path in paths(6)]
    with small_disk(settings.index_folder, DISK) as disk:
        with Core.open(settings) as core:
            disk.fill(leave=0)
            rows = list(core.save(urls))
            assert [row.error for row in rows] == [None] * 6
            assert any("磁盘已满" in record.message for record in caplog.records)
            everything_said_is_there(core, rows)
        with Core.open(settings) as core:  # still no room: nothing stands in the way of a start
            everything_said_is_there(core, rows)
        disk.make_room()
        with Core.open(settings) as core:
            assert [core.search(marker(path)).total for path in paths(6)] == [1] * 6


@on_a_small_disk
def test_a_job_waits_for_room_says_so_and_goes_on_by_itself(
    request: pytest.FixtureRequest, settings: Settings, site: Site
) -> None:
    with small_disk(settings.home, 40_000_000) as disk, Core.open(settings) as core:
        disk.fill(leave=3_500_000)
        job = core.add("\n".join(f"{site.address}{path}" for path in paths())).id
        until(lambda: core.job(job).paused is not None)
        page = core.job(job)
        assert page.paused and page.paused.code == DiskFull.code and "磁盘已满" in page.paused.message
        assert page.failed == 0 and 0 < page.ended < PAGES
        assert core.home().jobs[0].paused == page.paused

        def nothing_is_asked_for() -> bool:
            asked = sum(site.asked.values())
            time.sleep(1.5)
            return sum(site.asked.values()) == asked

        # Nothing is fetched in vain; what was just being asked for is counted a moment later.
        assert nothing_is_asked_for() or nothing_is_asked_for()
        disk.make_room()
        until(lambda: core.job(job).ended == PAGES)
        page = core.job(job)
        assert page.failed == 0 and page.paused is None
        assert list(core.verify().damages) == []
        assert core.home().total == PAGES
        for item in page.items:
            shown = core.snapshot(item.snapshot or "")
            assert shown.document and marker(paths()[item.n]) in shown.document.text


@on_a_small_disk
def test_the_command_names_the_full_disk_and_ends_with_1(
    request: pytest.FixtureRequest, tmp_path: Path, site: Site
) -> None:
    from tests.cli.command import Cunzhao

    with small_disk(tmp_path / "home", DISK) as disk:
        disk.fill(leave=2_500_000)
        done = Cunzhao(disk.folder)("save", "--json", *(f"{site.address}{path}" for path in paths()))
        assert done.returncode == 1 and "Traceback" not in done.stderr
        assert "磁盘已满" in done.stderr and "清理" in done.stderr
        assert len(done.stdout.splitlines()) == PAGES
        disk.fill(leave=0)
        for words in (("list",), ("save", f"{site.address}/n/0.html")):
            done = Cunzhao(disk.folder)(*words)
            assert "Traceback" not in done.stderr
            assert done.returncode == 0 or "磁盘已满" in done.stderr
    assert list((tmp_path / "home").iterdir()) == []
