"""A core of the tests with a bit of everything on it, for whoever looks at all pages: snapshots (two of one
link), tags, notes, a collection and its share, a saved search, an alias, corrections, a job, the trash, people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cunzhao.core import Core
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.workbench import BulkAct
from cunzhao.settings import Settings
from tests.waiting import until
from tests.web import tensite

ADMINISTRATOR, PASSWORD = "陈静", "竹林里的七把雨伞 lamp"


@dataclass(frozen=True, slots=True)
class Workbench:
    core: Core
    ids: dict[str, str]  # what stands in an address of a page: its name there, and one that exists


def _saved(core: Core, site: str) -> dict[str, str]:
    """Snapshots by path; the notice twice, its links tagged as suggested."""
    paths = (*tensite.TEN, tensite.NOTICE)
    urls = [site + path for path in tensite.TEN]
    rows = [*core.save(urls, engine="http"), *core.save([site + tensite.NOTICE], engine="http")]
    snapshots = {path: row.snapshot for path, row in zip(paths, rows, strict=True) if row.snapshot}
    for path in (tensite.PLAN, tensite.NOTICE, tensite.DAILY):
        link = core.link_of(snapshots[path])
        core.set_tags(link, [one.tag for one in core.suggestions(link)])
    core.set_note(core.link_of(snapshots[tensite.DAILY]), "与晚报的地区生产总值不一致，待核。")
    return snapshots


def _kept(core: Core, snapshots: dict[str, str]) -> dict[str, str]:
    """A collection, a search, an alias; one correction; a renamed tag; a link in the trash."""
    links = [core.link_of(snapshots[path]) for path in (tensite.PLAN, tensite.DAILY, tensite.NOTICE)]
    made = core.make_collection("轨道交通跟踪", "每季度核对一次。")
    core.bulk(BulkAct(action="collect", links=tuple(links), collection=made.id))
    core.save_search("研发经费", "?q=研发经费")
    core.add_search_alias("经信", "经济和信息化局")
    core.rename_tag("领域/交通", "领域/轨道交通")
    core.remove(core.link_of(snapshots[tensite.LONG]))
    daily = snapshots[tensite.DAILY]
    facts = {fact.span.quote: fact for fact in core.snapshot(daily).facts if fact.kind == "figure"}
    core.reject(daily, fact_key(facts["245亿元"]), note="不是总投资")
    core.check(daily, "person")
    newer, older = core.snapshots_of(links[-1])
    return {
        "collection": made.id,
        "newer": newer.id,
        "older": older.id,
        "fact": fact_key(facts["186.2亿元"]),
        "link": links[-1],
        "trashed": core.link_of(snapshots[tensite.LONG]),
    }


@contextmanager
def workbench(home: Path, site: str) -> Iterator[Workbench]:
    """With an administrator: pages ask to log in."""
    with Core.open(Settings(home=home, allow_hosts=("127.0.0.1",))) as core:
        snapshots = _saved(core, site)
        ids = {"snapshot": snapshots[tensite.DAILY], **_kept(core, snapshots)}
        job = core.add(f"{site}{tensite.PLAN}?again {site}/gone-too.html 不是网址", engine="http")
        core.access.add_account(ADMINISTRATOR, PASSWORD, "administrator")
        core.access.add_account("王看", PASSWORD, "viewer")
        until(lambda: core.job(job.id).ended == len(job.items))
        yield Workbench(core, {**ids, "job": job.id, "secret": core.share(ids["collection"]).secret})
