"""The whole way, on both databases: links become snapshots, facts, answers and a brief; and all of it again
from the archive folder alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from cunzhao.core import Core
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.jobs import JobPage
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.sample import server
from cunzhao.settings import Settings
from tests.badsite import served
from tests.waiting import until


@pytest.fixture(scope="module")
def site() -> Iterator[server.SampleSite]:
    with server.serve() as running:
        yield running


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def by_title(core: Core, part: str) -> str:
    """The snapshot whose title holds `part`."""
    (found,) = [k.best for k in core.home().links if k.best and part in k.best.title]
    return found.id


def test_links_become_snapshots_with_figures_that_can_be_found_compared_and_reported(
    core: Core, site: server.SampleSite
) -> None:
    urls = server.urls(site.base)
    rows = list(core.save(urls, tags=["示例", "行动计划"]))
    assert [row.url for row in rows] == urls
    assert {row.verdict for row in rows} == {"complete"}

    home = core.home(tag="示例")
    assert home.total == len(urls) and all(link.best for link in home.links)

    plan = core.tasks(None)
    assert len(plan.tasks) >= 10
    assert any(task.figures for task in plan.tasks) and any(task.lead for task in plan.tasks)

    hits = core.search("航运").hits + core.search("人才").hits
    assert hits
    for hit in hits:
        text = core.snapshot(hit.snapshot.id).document
        for snippet in hit.snippets:
            assert text and text.text[snippet.start : snippet.end] in ("航运", "人才")

    types = {found.finding.type for found in core.contradictions().findings}
    assert types == {"real", "unit-slip"}

    chosen = [link.best.id for link in home.links if link.best][:3]
    brief = docx.Document(io.BytesIO(core.brief(chosen, title="进展简报")))
    words = "\n".join(p.text for p in brief.paragraphs)
    for snapshot in chosen:
        assert core.snapshot(snapshot).snapshot.final_url in words


def test_every_fact_of_every_snapshot_resolves_to_its_characters(core: Core, site: server.SampleSite) -> None:
    seen = 0
    for row in core.save(server.urls(site.base)):
        page = core.snapshot(row.snapshot or "")
        assert page.document
        for fact in page.facts:
            assert fact.span.holds_in(page.document.text)
            seen += 1
    assert seen > 100


def state(core: Core) -> list[object]:
    """Everything a user can see that must come back after a rebuild."""
    links = sorted(core.home().links, key=lambda link: link.id)
    pages = [core.snapshot(link.best.id) for link in links if link.best]
    return [
        [(link.id, link.url, link.tags, link.added, link.snapshots) for link in links],
        pages,
        [link.id for link in core.trash().links],
        core.figures(FigureFilter()).rows,
        [hit.snapshot.id for hit in core.search("衢州").hits],
        core.contradictions(),
    ]


def test_the_archive_folder_alone_restores_links_snapshots_tags_and_facts(
    settings: Settings, site: server.SampleSite, tmp_path: Path
) -> None:
    with Core.open(settings) as core:
        rows = list(core.save(server.urls(site.base), tags=["示例"]))
        links = [core.snapshot(row.snapshot or "").link.id for row in rows]
        core.set_tags(links[0], ["规划", "重点"])
        core.remove(links[1])
        core.remove(links[2])
        core.restore(links[2])
        before = state(core)
        core.rebuild(lambda _: None)
        assert state(core) == before
    if not settings.database:  # and in a new home that was given nothing but the archive folder
        moved = replace(settings, home=tmp_path / "moved")
        moved.home.mkdir()
        settings.archive_folder.rename(moved.archive_folder)
        with Core.open(moved) as core:
            done, failed = core.rebuild(lambda _: None)
            assert (done, failed) == (len(rows) + 1, [])  # the plan has a file attached
            assert state(core) == before


def test_a_worse_capture_never_replaces_a_better_one(core: Core) -> None:
    with served() as address:
        url = f"{address}/good.html"
        (good,) = core.save([url])
    (gone,) = core.save([url])  # the site is down now
    assert (good.verdict, gone.verdict, gone.snapshot) == ("complete", "unreachable", None)
    (link,) = core.home().links
    assert link.best and link.best.id == good.snapshot


def test_a_page_saved_twice_has_two_snapshots_and_is_found_once(core: Core) -> None:
    with served() as address:
        assert [row.verdict for row in core.save([f"{address}/good.html"])] == ["complete"]
        (second,) = core.save([f"{address}/good.html"])
    (link,) = core.home().links
    assert link.snapshots == 2 and link.best and link.best.id == second.snapshot
    assert [hit.snapshot.id for hit in core.search("轨道交通").hits] == [second.snapshot]
    kept = {k.role: k for k in core.snapshot(second.snapshot or "").kept}
    assert kept["page"].revisit  # its payload is stored once
    assert core.figures(FigureFilter()).total == len(
        [f for f in core.snapshot(second.snapshot or "").facts if f.kind == "figure"]
    )


def wait_for(core: Core, job: str) -> JobPage:
    until(lambda: core.job(job).ended == len(core.job(job).items))
    return core.job(job)


def test_links_pasted_on_the_page_are_saved_in_the_background_each_with_its_own_end(core: Core) -> None:
    with served() as address:
        job = core.add(f"进展：{address}/good.html，\n{address}/gone.html\n不是网址", tags=["交通"])
        page = wait_for(core, job.id)
    assert [(item.state, item.error and item.error.code) for item in page.items] == [
        ("done", None), ("failed", "http-status"), ("failed", "not-a-url")
    ]  # fmt: skip
    assert core.home(tag="交通").total == 2  # the answer 404 is kept too


def test_a_job_left_by_a_killed_server_is_taken_up_by_the_next(settings: Settings) -> None:
    import sqlalchemy as sa

    from cunzhao.storage.database import open_database
    from cunzhao.storage.models import JobItemRow

    with served() as address:
        with Core.open(settings) as core:
            job = core.add(f"{address}/good.html")
            wait_for(core, job.id)
        database = open_database(settings)
        with database.writing() as session:  # as a kill in the middle of the capture leaves it
            session.execute(sa.update(JobItemRow).values(state="running", snapshot_id=None))
        database.close()
        with Core.open(settings) as core:
            core.start_jobs()
            assert wait_for(core, job.id).items[0].state == "done"


def test_files_uploaded_are_kept_and_a_bad_one_costs_no_other(core: Core) -> None:
    rows = core.upload(
        [
            ("../../报告.txt", "滨江市2024年研发经费投入强度3.2%。".encode()),
            ("空.txt", b""),
            ("a.pdf", b"%PDF-1.7 x"),
        ]
    )
    assert [row.error and row.error["code"] for row in rows] == [None, "empty", "file-broken"]
    assert [row.error["input"] for row in rows if row.error] == ["空.txt", "a.pdf"]
    assert core.search("研发经费").total == 1


def test_tags_and_trash_are_seen_by_search_at_once(core: Core) -> None:
    with served() as address:
        (row,) = core.save([f"{address}/good.html"])
    link = core.snapshot(row.snapshot or "").link.id
    core.set_tags(link, ["轨道", "交通"])
    assert core.search("轨道", tag="交通").total == 1
    core.remove(link)
    assert core.search("轨道").total == 0 and core.home().total == 0 and core.home().trash == 1
    core.restore(link)
    assert core.search("轨道").total == 1


def test_what_is_not_there_is_said_by_name(core: Core) -> None:
    for ask in (core.snapshot, core.job, core.remove, core.download, core.tasks):
        with pytest.raises(NotFound) as caught:
            ask("nosuchid")
        assert "nosuchid" in caught.value.text("zh")
    with pytest.raises(UsageWrong):
        core.brief([])
    with pytest.raises(UsageWrong):
        core.add("   ")


def test_a_page_drawn_by_script_is_honestly_called_partial(core: Core, tmp_path: Path) -> None:
    shell = "<html><head><title>载入中</title><script src=a.js></script></head><body><div id=app></div></body></html>"
    (tmp_path / "shell.html").write_text(shell, "utf-8")
    (row,) = core.import_files([tmp_path / "shell.html"])
    assert (row.verdict, row.reason, row.error) == ("partial", "script-drawn", None)


def test_a_fault_of_ours_with_one_document_costs_no_other(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cunzhao.core.derived import deriving

    honest = deriving.extract

    def stumbling(document, **told):
        if "绊" in document.text:
            raise ZeroDivisionError
        return honest(document, **told)

    monkeypatch.setattr(deriving, "extract", stumbling)
    rows = core.upload(
        [("坏.txt", "绊倒它的2024年3个字".encode()), ("好.txt", "2024年新增就业5.2万人。".encode())]
    )
    assert [row.error and row.error["code"] for row in rows] == ["internal", None]
    assert all(row.snapshot for row in rows) and core.figures(FigureFilter()).total == 1


def test_a_chosen_snapshot_stands_in_the_brief_page_however_old(core: Core) -> None:
    with served() as address:
        (old,) = core.save([f"{address}/good.html"])
        (new,) = core.save([f"{address}/good.html"])
    assert old.snapshot and new.snapshot
    page = core.brief_choices([old.snapshot])
    assert page.chosen == (old.snapshot,)
    assert [link.best.id for link in page.links if link.best] == [old.snapshot, new.snapshot]
