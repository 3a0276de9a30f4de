"""What `Core` does to keep links in the background: pasted or in a file; those known are noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.collect.linklists import Listed, each_once, links_in_file
from cunzhao.collect.types import EngineAsked
from cunzhao.collect.urls import check_url, links_in, url_key
from cunzhao.core import ids
from cunzhao.core.keeping.jobs import MAX_LINKS, Jobs, new_job
from cunzhao.core.queries import asked, rows
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.workbench import IfKnown
from cunzhao.errors import CunzhaoError, LinkKnown, UsageWrong
from cunzhao.language import language
from cunzhao.organize.addresses import address_id
from cunzhao.organize.names import MAX_NOTE, check_note
from cunzhao.organize.tags import fitting_tag
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, JobItemRow, JobRow, Link, Snapshot

TITLE = 80  # characters shown of a title
FILE_LINKS = 20_000  # from one upload


class Adding:
    settings: Settings
    _database: Database
    _jobs: Jobs

    def add(
        self,
        text: str,
        *,
        tags: Sequence[str] = (),
        collection: str = "",
        engine: EngineAsked = "auto",
        known: IfKnown = "ask",
    ) -> JobPage:
        """Save the links of a pasted text in the background; a word that is no link is told as such.

        A link of which a good snapshot is kept already, perhaps in another spelling, is not saved but told,
        unless `known` says what is to become of it.
        """
        links = [Listed(url=url) for url in links_in(text)]
        return self._begin(new_job(list(map(_said, links)), text, tags, collection, engine), known)

    def add_files(
        self,
        files: Sequence[tuple[str, bytes]],
        *,
        tags: Sequence[str] = (),
        collection: str = "",
        engine: EngineAsked = "auto",
        known: IfKnown = "ask",
        folders: bool = True,
    ) -> tuple[JobPage, ...]:
        """Save the links that stand in files, as (name, bytes): text, CSV, bookmarks of a browser.

        Each gets the tags and the note that its file gives it, the title until its page has told its own, and
        the `folders` it lies in as tags. Raises UsageWrong where there is none, or there are too many.
        """
        found = each_once(link for name, data in files for link in links_in_file(name, data))
        names = "，".join(name for name, _ in files)[:200]
        if len(found) > FILE_LINKS:
            detail = {"detail": f"超过 {FILE_LINKS} 个网址", "detail_en": f"more than {FILE_LINKS} URLs"}
            raise UsageWrong(names, **detail, mend="请把文件分成几份。", mend_en="Part the file.")
        links = [_said(link, folders=folders) for link in found]
        parts = [links[n : n + MAX_LINKS] for n in range(0, max(len(links), 1), MAX_LINKS)]
        made = [new_job(part, names, tags, collection, engine) for part in parts]
        return tuple(self._begin(job, known) for job in made)

    def _begin(self, job: JobRow, known: IfKnown) -> JobPage:
        with self._database.writing() as session:
            if known != "separate":
                _notice(session, job.items, ask=known == "ask")
            session.add(job)
        self.start_jobs()
        self._jobs.wake()
        return rows.job_page(job, job.items, language(self.settings.lang))

    def start_jobs(self) -> None:
        """Take up what an earlier server was asked for and did not end."""
        self._jobs.start()

    def jobs(self) -> tuple[JobPage, ...]:
        """Jobs that have not ended, newest first, and the last one that did, unless it was dismissed."""
        with self._database.reading() as session:
            pages = asked.unfinished(session, language(self.settings.lang))
        return tuple(map(self._jobs.told, pages))

    def stop_job(self, job_id: str) -> JobPage:
        """Nothing more of it is begun, until it is resumed; what is being saved is cut off soon."""
        return self._change_job(job_id, stopped=True)

    def resume_job(self, job_id: str) -> JobPage:
        return self._change_job(job_id, stopped=False)

    def retry_job(self, job_id: str) -> JobPage:
        """Ask once more for what failed."""
        return self._change_job(job_id, stopped=False, retry=True)

    def dismiss_job(self, job_id: str) -> JobPage:
        """Put a job away that has ended; what it asks stays unanswered. Raises UsageWrong for an open one."""
        with self._database.writing() as session:
            job = asked.job_by_id(session, job_id)
            if any(item.state in ("waiting", "running") for item in job.items):
                detail = {"detail": "还在保存，不能收起", "detail_en": "it is still being saved"}
                raise UsageWrong(
                    job_id, **detail, mend="请先停止或等它结束。", mend_en="Wait until it has ended."
                )
            job.dismissed = job.dismissed or now_utc()
            session.flush()
            page = asked.job(session, job_id, language(self.settings.lang))
        return page

    def _change_job(self, job_id: str, *, stopped: bool, retry: bool = False) -> JobPage:
        with self._database.writing() as session:
            job = asked.job_by_id(session, job_id)
            open_still = any(item.state in ("waiting", "running") for item in job.items)
            job.stopped = now_utc() if stopped and open_still else None
            job.dismissed = None
            for item in job.items:
                if retry and item.state == "failed":
                    item.state, item.error, item.verdict = "waiting", None, None
            session.flush()
            page = asked.job(session, job_id, language(self.settings.lang))
        self.start_jobs()
        self._jobs.wake()
        return page


def _said(link: Listed, *, folders: bool = False) -> tuple[str, dict[str, Any]]:
    """A link, and what its file says of it as it can be kept."""
    tags = map(fitting_tag, (*link.tags, *(link.folders if folders else ())))
    said = {
        "title": "".join(c for c in link.title if c.isprintable()),
        "note": check_note(link.note[:MAX_NOTE]),
        "tags": list(dict.fromkeys(filter(None, tags))),
    }
    return link.url, {name: value for name, value in said.items() if value}


def _notice(session: Session, items: Sequence[JobItemRow], *, ask: bool) -> None:
    """Links that are kept already: asked about, or a new snapshot is taken of them as they are kept.

    So is a link asked about that stands further up in another spelling.
    """
    said = {item.n: checked for item in items if (checked := _checked(item.url))}
    keys = {n: address_id(url) for n, url in said.items()}
    kept = _kept(session, set(keys.values()))
    above: dict[str, str] = {}
    for item in items:
        found = kept.get(keys.get(item.n, ""), [])
        mine = ids.link_id(url_key(said.get(item.n, "")))
        link, title = next((one for one in found if one[0].id == mine), found[0] if found else (None, ""))
        if link is None:
            first = above.setdefault(keys[item.n], item.url) if item.n in keys else item.url
            if ask and first != item.url:
                told = LinkKnown(item.url, title=first[:TITLE], url=first, link=ids.link_id(url_key(first)))
                item.state, item.error = "known", rows.error_to_row(told)
        elif ask:
            told = LinkKnown(item.url, title=(title or link.url)[:TITLE], url=link.url, link=link.id)
            item.state, item.error = "known", rows.error_to_row(told)
        else:
            item.url = link.url


def _checked(url: str) -> str | None:
    try:
        return check_url(url)
    except CunzhaoError:
        return None  # the job will say so


def _kept(session: Session, addresses: set[str]) -> dict[str, list[tuple[Link, str]]]:
    """Links with a good snapshot by what their addresses have in common, each with its title."""
    query = (
        sa.select(Link, DocumentRow.title)
        .join(Snapshot, Snapshot.id == Link.best_id)
        .outerjoin(DocumentRow, DocumentRow.snapshot_id == Snapshot.id)
        .where(Link.address.in_(addresses), Link.removed.is_(None))
        .where(Snapshot.verdict.in_(("complete", "partial")))
    )
    found: dict[str, list[tuple[Link, str]]] = {}
    for link, title in session.execute(query.order_by(Link.added, Link.id)):
        found.setdefault(link.address, []).append((link, title or link.title))
    return found


def mend_addresses(database: Database) -> None:
    """Links that an earlier version has kept get what they are compared by."""
    with database.writing() as session:
        for link in session.scalars(sa.select(Link).where(Link.address == "")):
            link.address = address_id(link.url)
