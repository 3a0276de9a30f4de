"""One thing is done to many links at once, and taken back exactly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import Core, ids
from cunzhao.core.keeping import keeping
from cunzhao.core.values.workbench import BULK_LINKS, BulkAct
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from tests.core.links import given, tags_of

URLS = [f"http://{name}.cn/" for name in "abc"]


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def taken_back(core: Core, undo: tuple[BulkAct, ...]) -> None:
    for act in undo:
        core.bulk(act)


def attached(core: Core, parent: str) -> str:
    """A file that came with the page at `parent`."""
    link_id = ids.link_id(url_key(parent + "f.pdf"))
    with core._database.writing() as session:
        keeping.link_with(session, link_id, Entry(url=parent + "f.pdf", parent=parent), now_utc())
    return link_id


def test_tags_go_on_and_off_many_links_and_undo_spares_those_that_had_them(core: Core):
    a, b, c = given(core, *URLS)
    file = attached(core, URLS[0])
    core.set_tags(b, ["甲"])

    done = core.bulk(BulkAct(action="tag", links=(a, b, "nosuch"), tags=("甲", "乙")))
    assert set(done.changed) == {a, b, file} and done.missing == ("nosuch",)
    assert (
        tags_of(core, a) == tags_of(core, b) == tags_of(core, file) == ("乙", "甲") and tags_of(core, c) == ()
    )

    taken_back(core, done.undo)
    assert (tags_of(core, a), tags_of(core, b), tags_of(core, file)) == ((), ("甲",), ())

    off = core.bulk(BulkAct(action="untag", links=(a, b, c), tags=("甲",)))
    assert off.changed == (b,) and tags_of(core, b) == ()
    taken_back(core, off.undo)
    assert tags_of(core, b) == ("甲",)


def test_links_go_to_the_trash_with_their_files_and_all_come_back(core: Core):
    a, b, c = given(core, *URLS)
    file = attached(core, URLS[0])
    core.remove(c)

    done = core.bulk(BulkAct(action="trash", links=(a, b, c)))
    assert set(done.changed) == {a, b, file}
    assert core.home(attachments=True).total == 0

    taken_back(core, done.undo)
    assert {row.id for row in core.home(attachments=True).links} == {a, b, file}
    assert [row.id for row in core.trash().links] == [c]


def test_links_taken_out_of_a_collection_come_back_to_their_places(core: Core):
    a, b, c = given(core, *URLS)
    collection = core.make_collection("专题").id
    into = core.bulk(BulkAct(action="collect", links=(a, b, c), collection=collection))
    out = core.bulk(BulkAct(action="uncollect", links=(a, b), collection=collection))
    assert [row.id for row in core.collection(collection).links] == [c]

    taken_back(core, out.undo)
    assert [row.id for row in core.collection(collection).links] == [a, b, c]
    taken_back(core, into.undo)
    assert core.collection(collection).links == ()


def test_new_snapshots_of_chosen_links_are_a_job(core: Core):
    a, b, _ = given(core, "http://127.0.0.1:1/a", "http://127.0.0.1:1/b", "urn:cunzhao:file:x/y.txt")
    done = core.bulk(BulkAct(action="recapture", links=(a, b)))
    assert done.job and [item.url for item in core.job(done.job).items] == [
        "http://127.0.0.1:1/a", "http://127.0.0.1:1/b",
    ]  # fmt: skip


REFUSED = (
    BulkAct(action="tag", links=("x",)),
    BulkAct(action="tag", links=(), tags=("甲",)),
    BulkAct(action="tag", links=("x",), tags=("长" * 10_000,)),
    BulkAct(action="untag", links=("x",), tags=("a\u2066b",)),
    BulkAct(action="trash", links=tuple(map(str, range(BULK_LINKS + 1)))),
    BulkAct(action="collect", links=("x", "y"), collection="c", places=(1,)),
    BulkAct(action="purge", links=("x",)),  # type: ignore[arg-type]
)


def test_what_cannot_be_done_is_refused_and_ids_that_cannot_be_are_missing(core: Core):
    for act in REFUSED:
        with pytest.raises(UsageWrong):
            core.bulk(act)
    odd = ("a\0b", "\ud800", "绍")
    assert core.bulk(BulkAct(action="trash", links=odd)).missing == odd


def test_a_collection_that_is_none_is_not_found(core: Core):
    for action in ("collect", "uncollect"):
        with pytest.raises(NotFound):
            core.bulk(BulkAct(action=action, links=tuple(given(core, URLS[0])), collection="no\0such"))  # type: ignore[arg-type]
