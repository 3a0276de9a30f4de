"""附件: what a page names is kept with it, belongs to it, and goes where it goes; the archive alone tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cunzhao.core import Core
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.core.values.pages import SnapshotPage
from cunzhao.errors import NotFound
from cunzhao.settings import Settings
from tests.collect.site import Site

WORDS = (
    "各县（市、区）人民政府，市政府各部门：现将本年度工业园区建设计划印发给你们，请结合实际，认真组织实施。"
    "各单位要按照职责分工，抓紧制定具体办法，确保各项任务按期完成。"
)


def notice(title: str, *files: tuple[str, str]) -> str:
    links = "".join(f'<p><a href="{path}">{name}</a></p>' for path, name in files)
    return (
        f"<!doctype html><html lang=zh><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<h1>{title}</h1><div id=zoom><p>{WORDS}</p><p>{WORDS}</p><p>附件：</p>{links}</div></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        made.pages |= {
            "/a.html": notice("甲通知", ("/files/table.txt", "任务分解表.txt"), ("/gone.pdf", "附图.pdf")),
            "/b.html": notice("乙通知", ("/files/table.txt", "任务分解表.txt")),
            "/files/table.txt": "全市新建标准厂房三十万平方米。\n牵头单位：市工业和信息化局。",
        }
        yield made


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def kept(core: Core, row: SaveRow) -> SnapshotPage:
    return core.snapshot(row.snapshot or "")


def titles(core: Core, *, attachments: bool = False) -> set[str]:
    return {k.best.title for k in core.home(attachments=attachments).links if k.best}


def state(core: Core) -> object:
    """What a rebuild has to bring back."""
    links = sorted(core.home(attachments=True).links, key=lambda link: link.id)
    shown = [core.snapshot(link.best.id) for link in links if link.best]
    return (
        [(k.id, k.tags, k.attachments, k.best and k.best.title) for k in links],
        [(page.attachments, page.attached_to) for page in shown],
        [(k.id, k.attachments) for k in core.home().links],
        [k.id for k in core.trash().links],
    )


def test_files_that_pages_name_are_kept_once_belong_to_each_and_survive_in_the_archive_alone(
    settings: Settings, site: Site, tmp_path: Path
) -> None:
    with Core.open(settings) as core:
        a, b = core.save([site.url("/a.html"), site.url("/b.html")], tags=["园区"])
        assert (a.verdict, a.error, b.verdict, b.error) == ("complete", None, "complete", None)
        assert [(f.name, f.verdict) for f in a.attachments] == [
            ("任务分解表.txt", "complete"), ("附图.pdf", "error"),
        ]  # fmt: skip
        assert [f.snapshot for f in b.attachments] == [a.attachments[0].snapshot]
        assert site.times("/files/table.txt") == 1

        assert titles(core) == {"乙通知", "甲通知"}
        assert [link.attachments for link in core.home().links if "甲通知" in str(link.best)] == [2]
        assert core.home(tag="园区").total == 2 and core.home(attachments=True).total == 4
        assert sum(link.attached for link in core.home(attachments=True).links) == 2
        table, picture = kept(core, a).attachments
        assert table.snapshot and picture.snapshot and picture.snapshot.verdict == "error"
        own = core.snapshot(table.snapshot.id)
        assert [page.title for page in own.attached_to] == ["甲通知", "乙通知"]
        assert [hit.snapshot.id for hit in core.search("标准厂房", tag="园区").hits] == [own.snapshot.id]

        before = state(core)
        core.rebuild(lambda _: None)
        assert state(core) == before
    if not settings.database:
        moved = replace(settings, home=tmp_path / "moved")
        moved.home.mkdir()
        settings.archive_folder.rename(moved.archive_folder)
        with Core.open(moved) as core:
            core.rebuild(lambda _: None)
            assert state(core) == before


def test_attachments_go_to_the_trash_with_their_last_page_and_come_back_with_it(
    core: Core, site: Site
) -> None:
    a, b = (kept(core, row).link.id for row in core.save([site.url("/a.html"), site.url("/b.html")]))

    def table() -> bool:
        return bool(core.search("标准厂房").hits)

    core.remove(a)
    assert table() and titles(core, attachments=True) == {"任务分解表.txt", "乙通知"}
    core.remove(b)
    assert not table() and core.home(attachments=True).total == 0
    assert sorted(link.id for link in core.trash().links) == sorted([a, b])
    core.restore(a)
    assert table() and titles(core) == {"甲通知"}
    assert [link.id for link in core.trash().links] == [b]
    before = state(core)
    core.rebuild(lambda _: None)
    assert state(core) == before


def test_purging_a_page_deletes_what_came_with_it_alone_for_good(core: Core, site: Site) -> None:
    a, b = core.save([site.url("/a.html"), site.url("/b.html")])
    table, picture = (f.snapshot or "" for f in a.attachments)
    core.remove(kept(core, a).link.id)
    assert core.purge(kept(core, a).link.id).snapshots == 2  # the page and 附图.pdf
    assert core.snapshot(table).attached_to[0].title == "乙通知"
    with pytest.raises(NotFound):
        core.snapshot(picture)
    core.rebuild(lambda _: None)
    assert titles(core, attachments=True) == {"任务分解表.txt", "乙通知"}
    core.remove(kept(core, b).link.id)
    core.purge(kept(core, b).link.id)
    assert core.home(attachments=True).total == 0 and not core.trash().links


def test_what_the_user_gives_himself_stays_his_own(core: Core, site: Site) -> None:
    [a] = core.save([site.url("/a.html")])
    [own] = core.save([site.url("/files/table.txt")], tags=["我的"])
    assert titles(core) == {"任务分解表.txt", "甲通知"}
    core.set_tags(kept(core, a).link.id, ["园区"])
    core.remove(kept(core, a).link.id)
    assert titles(core) == {"任务分解表.txt"} and kept(core, own).link.tags == ("我的",)
    before = state(core)
    core.rebuild(lambda _: None)
    assert state(core) == before
    core.purge(kept(core, a).link.id)
    assert titles(core, attachments=True) == {"任务分解表.txt"}


def test_a_file_that_is_asked_for_beside_its_page_is_fetched_once_and_belongs_to_both(
    core: Core, site: Site
) -> None:
    own, a = core.save([site.url("/files/table.txt"), site.url("/a.html")])
    assert site.times("/files/table.txt") == 1 and a.attachments[0].snapshot == own.snapshot
    assert titles(core) == {"table.txt", "甲通知"}  # he gave it: no page says what it is called
    assert [page.title for page in kept(core, own).attached_to] == ["甲通知"]


def test_tags_of_a_page_are_those_of_what_came_with_it(core: Core, site: Site) -> None:
    [a] = core.save([site.url("/a.html")], tags=["旧"])
    core.set_tags(kept(core, a).link.id, ["新"])
    [found] = core.search("标准厂房", tag="新").hits
    assert found.tags == ("新",)


def test_no_more_are_fetched_than_the_settings_say(settings: Settings, site: Site) -> None:
    with Core.open(replace(settings, attachments=1)) as core:
        [a] = core.save([site.url("/a.html")])
        assert [f.verdict for f in a.attachments] == ["complete", None]
        assert site.times("/gone.pdf") == 0
    with Core.open(replace(settings, home=settings.home / "b", database="", attachments=0)) as core:
        [a] = core.save([site.url("/a.html")])
        assert [f.verdict for f in a.attachments] == [None, None] and site.times("/files/table.txt") == 1


def test_a_page_and_the_file_attached_to_it_are_no_reposts_of_each_other(core: Core, site: Site) -> None:
    text = "".join(
        f"第{n}项任务由市直有关部门和各县（市、区）人民政府按照职责分工负责落实。" for n in range(30)
    )
    site.pages["/c.html"] = notice("丙通知", ("/c.txt", "丙通知.txt")).replace(WORDS, text)
    site.pages["/c.txt"] = f"丙通知\n{text}{text}"
    site.pages["/d.html"] = notice("丁转发").replace(WORDS, text)
    page, other = core.save([site.url("/c.html"), site.url("/d.html")])
    assert [kept(core, row).copies for row in (page, other)] == [1, 1]
    file = core.snapshot(page.attachments[0].snapshot or "")
    assert file.copies == 1
