"""Adding notices what is kept already, takes files, and stops and goes on as told."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.keeping.adding import mend_addresses
from cunzhao.core.queries import asked
from cunzhao.core.values.jobs import JobPage, JobRest, Shown
from cunzhao.errors import UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage.models import JobItemRow, Link
from tests.core.links import given, well_kept
from tests.core.test_jobs import slow_site, states
from tests.waiting import until

KEPT = "http://www.kept.example/a/"
LINKS = 14
TWINS = ["https://kept.example/a", "http://kept.example:80/a/?utm_source=x", "kept.example/a#top"]


@pytest.fixture
def core(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    with Core.open(settings) as opened:
        monkeypatch.setattr(opened, "start_jobs", lambda: None)  # nothing is fetched
        [link] = given(opened, KEPT)
        well_kept(opened, link, KEPT)
        yield opened


def told(job: JobPage) -> list[tuple[str, str]]:
    return [(item.state, item.url) for item in job.items]


def test_a_link_kept_already_is_told_with_its_title_in_whatever_spelling(core: Core):
    job = core.add("\n".join([KEPT, *TWINS, "http://kept.example/b"]))
    assert [state for state, _ in told(job)] == ["known"] * 4 + ["waiting"]
    same, twin = job.items[0], job.items[1]
    assert same.known and same.known.same and twin.known and not twin.known.same
    assert twin.known.url == KEPT and twin.error and twin.error.code == "link-known"
    assert KEPT in twin.error.message and "再存一个快照" in twin.error.mend
    assert job.ended == 4


def test_a_new_snapshot_is_taken_of_the_link_there_is_or_another_link_is_kept_as_asked(core: Core):
    assert told(core.add(TWINS[0], known="snapshot")) == [("waiting", KEPT)]
    assert told(core.add(TWINS[0], known="separate")) == [("waiting", TWINS[0])]


def test_of_two_spellings_in_one_paste_the_second_is_asked_about(core: Core):
    first, second = "http://www.new.example/a", "https://new.example/a?utm_source=x"
    job = core.add(f"{first}\n{second}\n{first}/b")
    assert told(job) == [("waiting", first), ("known", second), ("waiting", f"{first}/b")]
    assert job.items[1].known and job.items[1].known.url == first and not job.items[1].known.same
    assert told(core.add(f"{first}\n{second}", known="separate")) == [("waiting", first), ("waiting", second)]


def test_what_is_in_the_trash_or_was_never_well_kept_is_saved_without_a_question(core: Core):
    given(core, "http://failed.example/")
    core.remove(core.home(tag=None).links[-1].id)
    assert {state for state, _ in told(core.add(f"{KEPT} http://failed.example/ http://failed.example"))} == {
        "waiting"
    }


def test_links_of_an_earlier_version_are_noticed_too(core: Core):
    with core._database.writing() as session:
        session.execute(sa.update(Link).values(address=""))
    assert told(core.add(TWINS[0]))[0][0] == "waiting"
    mend_addresses(core._database)
    assert told(core.add(TWINS[0]))[0][0] == "known"


def test_links_in_files_are_added_and_a_file_without_any_is_refused(
    core: Core, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cunzhao.core.keeping.adding.MAX_LINKS", 2)
    files = [("a.txt", b"http://x.cn/1 http://x.cn/2"), ("b.csv", b"n,u\n1,http://x.cn/3\n")]
    jobs = core.add_files(files, tags=["甲"], collection="专题")
    assert [[item.url for item in job.items] for job in jobs] == [
        ["http://x.cn/1", "http://x.cn/2"],
        ["http://x.cn/3"],
    ]
    assert {(job.tags, job.collection) for job in jobs} == {(("甲",), "专题")}
    with pytest.raises(UsageWrong, match="no URL"):
        core.add_files([("空.txt", b"")])


def test_links_of_bookmarks_are_kept_with_their_tags_and_notes(settings: Settings):
    with slow_site(lambda _: 0) as site, Core.open(settings) as core:
        marked = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>领域，交通</H3><DL><p>
            <DT><A HREF="{site}/1.html" TAGS="长三角">沪苏湖铁路</A><DD>见第三节</DL><p></DL><p>"""
        [job] = core.add_files([("书签.html", marked.encode())], tags=["导入"])
        until(lambda: states(core, job.id) == {"done": 1})
        [link] = core.home().links
    assert set(link.tags) == {"导入", "长三角", "领域 交通"} and link.note == "见第三节"


def test_a_job_is_stopped_goes_on_and_asks_again_for_what_failed(settings: Settings):
    going = threading.Event()

    def delay(path: str) -> float:
        """The first page comes at once, the others when the job has been stopped, however late that is."""
        return 0 if path in ("/0.html", "/favicon.ico") or going.wait(150) else 1

    with (
        slow_site(delay) as site,
        Core.open(settings) as core,
    ):
        job = core.add("\n".join([*(f"{site}/{n}.html" for n in range(LINKS)), "不是网址"])).id
        until(lambda: states(core, job)["done"] >= 1)
        assert core.stop_job(job).stopped
        going.set()
        until(lambda: not states(core, job)["running"])
        stopped = states(core, job)
        assert stopped["waiting"] and core.job(job).stopped

        assert not core.resume_job(job).stopped
        until(lambda: states(core, job) == {"done": LINKS, "failed": 1})
        assert {link.snapshots for link in core.home().links} == {1}

        core.retry_job(job)
        until(lambda: states(core, job) == {"done": LINKS, "failed": 1})
        assert not core.stop_job(job).stopped  # there is nothing to stop


def test_of_a_large_job_a_page_lists_what_needs_a_look_and_counts_the_rest(core: Core):
    """The first that fail or ask, the last done, the first waiting; together they are all there are."""
    told = ["done"] * 30 + ["failed", "known"] * 6 + ["running"] * 2 + ["waiting"] * 20
    job = core.add(
        "\n".join(f"http://big.example/{n}" for n in range(64)) + "\n不是网址\n也不是", known="separate"
    )
    with core._database.writing() as session:
        rows = {row.n: row for row in session.scalars(sa.select(JobItemRow).order_by(JobItemRow.n))}
        for n, state in enumerate([*told, "failed", "failed"]):
            rows[n].state = state
    whole, few = core.job(job.id), core.job(job.id, Shown(asks=9, rest=3))
    assert [item.n for item in few.items] == [27, 28, 29, *range(30, 39), 42, 43, 44, 45, 46]
    assert few.rest == JobRest(waiting=17, done=27, failed=3, known=2, again=1)
    for count in ("total", "ended", "failed", "already", "again"):
        assert getattr(few, count) == getattr(whole, count)
    assert (whole.total, whole.ended, whole.failed, whole.already, whole.again) == (66, 44, 8, 6, 6)
    [home] = core.home().jobs
    assert home.total == 66 and len(home.items) == 5 + 14 + 2 + 5
    assert core.jobs() == (whole,)


def test_a_link_that_ends_between_two_questions_is_no_error(core: Core):
    job = core.add("http://new.example/1 http://new.example/2", known="separate").id
    listed = [JobItemRow(job_id=job, n=0, url="http://new.example/1", state="running")]
    with core._database.reading() as session:
        assert asked._rest(session, {job: listed}) == {job: JobRest(waiting=2)}
