"""A link in time: its snapshots beside each other, and what two of their texts have apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cunzhao.core import Core, ids
from cunzhao.core.snapshots.versions import SENTENCES
from cunzhao.errors import NotFound
from cunzhao.read.types import Document
from cunzhao.settings import Settings
from cunzhao.storage.models import Record, Snapshot
from tests.core.links import given

BEGAN = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
FIRST = "关于轨道建设的通知\n全市建成轨道65公里。总投资28.6亿元。\n请各单位认真执行。"
SECOND = "关于轨道建设的通知\n全市建成轨道68公里。总投资28.6亿元。\n新增车站两座。\n请各单位认真执行。"


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def keep(core: Core, link: str, days: int, text: str | None, digest: str) -> str:
    """A snapshot of a link whose page has that digest and reads so."""
    from cunzhao.core.queries.rows import document_row

    id, record = ids.new_id(), f"r{days:035}"
    with core._database.writing() as session:
        session.add(
            Record(
                id=record, type="response", url="http://a.cn/", urlkey="cn,a)/", timestamp=BEGAN, status=200,
                mime="text/html", digest=digest, length=9, file="a.warc.gz", offset=0, size=9,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            Snapshot(
                id=id, link_id=link, verdict="complete", engine="http", requested_url="http://a.cn/",
                final_url="http://a.cn/", captured=BEGAN + timedelta(days=days), seconds=2.0, bytes=9,
                page_record=record, missing=[{"url": "http://a.cn/b.png", "role": "image", "reason": "timeout"}],
            )
        )  # fmt: skip
        session.flush()
        if text is not None:
            session.add(document_row(id, Document(text=text, blocks=(), reader="html", reader_version="1")))
    return id


def test_each_snapshot_is_told_beside_the_one_before_it(core: Core) -> None:
    [link] = given(core, "http://a.cn/")
    for days, (text, digest) in enumerate(
        [(FIRST, "one"), (FIRST, "one"), (FIRST, "two"), (SECOND, "three"), (None, "four")]
    ):
        keep(core, link, days, text, digest)
    page = core.link_page(link)
    assert [version.against for version in page.versions] == ["", "changed", "text", "bytes", ""]
    assert (
        page.versions[1].grown == len(SECOND) - len(FIRST) == page.versions[1].chars - page.versions[2].chars
    )
    assert (page.total, page.removed) == (5, False)
    core.remove(link)
    assert core.link_page(link).removed


def test_older_snapshots_stand_on_the_pages_behind(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cunzhao.core.snapshots.versions.TOLD", 2)
    [link] = given(core, "http://a.cn/")
    kept = [keep(core, link, days, FIRST, f"d{days}") for days in range(5)]
    seen, after = [], ""
    while page := core.link_page(link, after=after):
        seen += [(one.snapshot.id, one.against) for one in page.versions]
        if not page.next:
            break
        keep(core, link, 9, FIRST, "meanwhile") if not after else None
        after = page.next
    assert seen == [(id, "text" if id != kept[0] else "") for id in reversed(kept)]


def test_two_texts_are_compared_with_the_place_of_every_change(core: Core) -> None:
    [link, other] = given(core, "http://a.cn/", "http://b.cn/")
    old, new = keep(core, link, 0, FIRST, "one"), keep(core, link, 1, SECOND, "two")
    page = core.compare_snapshots(link, new, old)  # whichever is named first
    assert (page.before.id, page.after.id, page.against) == (old, new, "changed")
    changed, added = page.differences
    assert (changed.before, changed.after, changed.lead, changed.tail) == (
        "65",
        "68",
        "全市建成轨道",
        "公里。总投资28.6亿元。",
    )
    assert FIRST[changed.original_start : changed.original_end] == "65"
    assert SECOND[changed.start : changed.end] == "68"
    assert (added.kind, added.after) == ("added", "新增车站两座。")
    assert not page.cut and not page.more
    for stranger in ("nosuch", keep(core, other, 2, FIRST, "x")):
        with pytest.raises(NotFound):
            core.compare_snapshots(link, old, stranger)


def test_hostile_texts_are_compared_as_far_as_is_bounded(core: Core) -> None:
    [link] = given(core, "http://a.cn/")
    many = 3 * SENTENCES
    old = keep(core, link, 0, "甲。" * many, "one")
    new = keep(core, link, 1, "乙。" * many, "two")
    page = core.compare_snapshots(link, old, new)
    assert page.cut and page.differences
    assert len(page.differences[0].before) < 500


def test_the_log_of_a_capture_goes_from_its_beginning_to_its_end(core: Core) -> None:
    [link] = given(core, "http://a.cn/")
    log = core.capture_log(keep(core, link, 0, FIRST, "one"))
    assert [entry.kind for entry in log] == ["began", "lost", "ended"]
    assert (log[1].url, log[1].reason) == ("http://a.cn/b.png", "timeout")
    assert log[2].at == BEGAN + timedelta(seconds=2)
    with pytest.raises(NotFound):
        core.capture_log("nosuch")
