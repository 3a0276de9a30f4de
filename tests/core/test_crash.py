"""What a crash, a race or a hostile file must not do to links, tags and evidence. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.derived.deriving import Deriver
from cunzhao.errors import CunzhaoError, UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage.models import DocumentRow, Link
from tests.badsite import served


class Killed(BaseException):
    """Stands for `kill -9`: nothing catches it."""


@pytest.fixture
def site() -> Iterator[str]:
    with served() as address:
        yield address


def kill_at(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    def dead(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(owner, name, dead)


def test_a_snapshot_left_unread_by_a_kill_is_read_at_the_next_start(
    settings: Settings, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, Core.open(settings) as core:
        kill_at(patch, Deriver, "_store")
        with pytest.raises(Killed):
            list(core.save([f"{site}/good.html"]))
    with Core.open(settings) as core:
        assert core.search("轨道交通").total == 1


def test_a_rebuild_that_dies_leaves_what_was_there(
    settings: Settings, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Core.open(settings) as core:
        (row,) = core.save([f"{site}/good.html"], tags=["轨道"])

        def dead(_: str) -> None:
            raise Killed

        with pytest.raises(Killed):
            core.rebuild(dead)
    with Core.open(settings) as core:
        (link,) = core.home().links
        assert link.tags == ("轨道",) and link.best and link.best.id == row.snapshot
        assert core.search("轨道交通").total == 1


def test_a_rebuild_that_dies_while_reading_is_mended_at_the_next_start(
    settings: Settings, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Core.open(settings) as core:
        list(core.save([f"{site}/good.html", f"{site}/good.html?2"]))
        with monkeypatch.context() as patch:
            kill_at(patch, Deriver, "derive")
            with pytest.raises(Killed):
                core.rebuild(lambda _: None)
    with Core.open(settings) as core:
        assert core.home().total == 2 and core.search("轨道交通").total == 2


def tags(core: Core) -> dict[str, tuple[str, ...]]:
    return {link.url.rpartition("/")[2]: link.tags for link in core.home().links}


def test_saving_again_counts_in_a_rebuild_as_it_did_when_it_happened(settings: Settings, site: str) -> None:
    with Core.open(settings) as core:
        first, second = core.save([f"{site}/good.html?1", f"{site}/good.html?2"], tags=["甲"])
        links = [core.link_of(row.snapshot or "") for row in (first, second)]
        core.remove(links[0])
        core.set_tags(links[1], ["乙"])
        list(core.save([f"{site}/good.html?1"]))  # out of the trash again
        list(core.save([f"{site}/good.html?2"], tags=["甲"]))  # the tag is back
        before = tags(core), core.home().trash
        assert before == ({"good.html?1": ("甲",), "good.html?2": ("乙", "甲")}, 0)
        core.rebuild(lambda _: None)
        assert (tags(core), core.home().trash) == before


def test_tags_given_while_importing_a_warc_survive_a_rebuild(
    settings: Settings, site: str, tmp_path: Path
) -> None:
    with Core.open(Settings(home=tmp_path / "other", allow_hosts=("127.0.0.1",))) as other:
        list(other.save([f"{site}/good.html"], tags=["原"]))
    (warc,) = (tmp_path / "other" / "archive").glob("*.warc.gz")
    with Core.open(settings) as core:
        list(core.import_files([warc], tags=["新"]))
        before = core.home().links
        assert [link.tags for link in before] == [("原", "新")]
        core.rebuild(lambda _: None)
        assert core.home().links == before


def test_saving_a_link_out_of_the_trash_makes_its_old_snapshot_findable_at_once(
    settings: Settings, site: str
) -> None:
    with Core.open(settings) as core:
        (row,) = core.save([f"{site}/good.html"])
        core.remove(core.link_of(row.snapshot or ""))
        assert core.search("轨道交通").total == 0
        list(core.save([f"{site}/good.html"], tags=["丙"]))
        assert core.search("轨道交通").total == 1 and core.search("轨道交通", tag="丙").total == 1


def test_writers_at_the_same_time_lose_nothing(settings: Settings, site: str) -> None:
    """Two programs on one data folder save the same URLs and set tags."""
    urls = [f"{site}/good.html?{n}" for n in range(4)]
    verdicts: list[str] = []
    faults: list[BaseException] = []

    def save(tag: str) -> None:
        try:
            with Core.open(settings) as core:
                for _ in range(2):
                    verdicts.extend(row.verdict for row in core.save(urls, tags=[tag]))
                    for link in core.home().links:
                        core.set_tags(link.id, [*link.tags, tag, f"{tag}{len(verdicts)}"])
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=save, args=(name,)) for name in ("甲", "乙", "丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and verdicts == ["complete"] * 24
    with Core.open(settings) as core:
        links = core.home().links
        assert [link.snapshots for link in links] == [6] * 4
        assert all(link.tags for link in links)  # of two that set tags at once, the later one counts
        shown = core.home()
        core.rebuild(lambda _: None)
        assert core.home() == shown


def test_a_collection_no_database_could_hold_is_refused_before_anything_is_written(
    settings: Settings, site: str
) -> None:
    with Core.open(settings) as core:
        with pytest.raises(UsageWrong):
            list(core.save([f"{site}/good.html"], collection="专" * 201))
        with pytest.raises(UsageWrong):
            core.add(f"{site}/good.html", collection="专\x00题")
        assert core.home().total == 0 and not list(settings.archive_folder.glob("*.warc*"))


def test_every_error_of_the_store_leaves_the_rest_of_the_batch(
    settings: Settings, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cunzhao.core.keeping import saving

    honest = saving.Saver._store

    def failing(self: saving.Saver, capture, entry):
        if entry.url.endswith("?2"):
            raise CunzhaoError(entry.url, detail="磁盘出错")
        return honest(self, capture, entry)

    monkeypatch.setattr(saving.Saver, "_store", failing)
    with Core.open(settings) as core:
        rows = list(core.save([f"{site}/good.html?{n}" for n in range(4)]))
        assert [row.error is None for row in rows] == [True, True, False, True]
        with core._database.reading() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(DocumentRow)) == 3
            assert session.scalar(sa.select(sa.func.count()).select_from(Link)) == 3
