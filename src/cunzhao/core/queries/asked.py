"""Queries over jobs: links that were asked for together. Read only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from cunzhao.core.queries import listing, rows
from cunzhao.core.values.jobs import WEB, JobPage, JobRest, Shown, is_link
from cunzhao.errors import NotFound
from cunzhao.storage.models import Attached, JobItemRow, JobRow, Snapshot

I = JobItemRow  # noqa: E741
OPEN = I.state.in_(("waiting", "running"))


def job_by_id(session: Session, job_id: str) -> JobRow:
    job = session.get(JobRow, job_id)
    if job is None:
        raise _unknown(job_id)
    return job


def job(session: Session, job_id: str, lang: str, shown: Shown | None = None) -> JobPage:
    """With all its links, or as many as are to be shown. Raises NotFound."""
    found = _jobs(session, JobRow.id == job_id)
    if not found:
        raise _unknown(job_id)
    return _pages(session, found, lang, shown)[0]


def unfinished(session: Session, lang: str, shown: Shown | None = None) -> tuple[JobPage, ...]:
    """Jobs with something still to do, and the newest that has ended, unless a user has put it away."""
    busy = sa.exists().where(I.job_id == JobRow.id, OPEN)
    ended = _jobs(session, ~busy, 1)
    last = ended if ended and not ended[0].dismissed else []
    return _pages(session, [*_jobs(session, busy), *last], lang, shown)


def busy_among(session: Session, urls: Iterable[str]) -> tuple[str, ...]:
    """Those of these addresses that are being saved, or wait for it."""
    return tuple(session.scalars(sa.select(I.url).where(I.url.in_(set(urls)), OPEN).distinct()))


def _unknown(job_id: str) -> NotFound:
    return NotFound(job_id, what="任务", what_en="job")


def _jobs(session: Session, where: sa.ColumnElement[bool], most: int | None = None) -> list[JobRow]:
    query = sa.select(JobRow).options(lazyload(JobRow.items)).where(where).order_by(JobRow.created.desc())
    return list(session.scalars(query.limit(most)))


def _pages(session: Session, jobs: Sequence[JobRow], lang: str, shown: Shown | None) -> tuple[JobPage, ...]:
    """Jobs with the engine of each snapshot they made, and how many attachments came with it."""
    ids = [job.id for job in jobs]
    query = sa.select(I).where(I.job_id.in_(ids)).order_by(I.n)
    items: dict[str, list[JobItemRow]] = {id: [] for id in ids}
    for item in session.scalars(_part(query, ids, shown) if shown else query):
        items[item.job_id].append(item)
    every = {item.snapshot_id for of in items.values() for item in of if item.snapshot_id}
    made = session.execute(
        sa.select(Snapshot.id, Snapshot.link_id, Snapshot.engine).where(Snapshot.id.in_(every))
    ).all()
    came = listing.attached_counts(session, Attached.parent_id.in_({link for _, link, _ in made}))
    engines = {id: engine for id, _, engine in made}
    attachments = {id: came.get(link, 0) for id, link, _ in made}
    rest = _rest(session, items) if shown else {}
    return tuple(
        rows.job_page(job, items[job.id], lang, engines, attachments, rest=rest.get(job.id, JobRest()))
        for job in jobs
    )


def _part(query: sa.Select[JobItemRow], ids: Sequence[str], shown: Shown) -> sa.Select[JobItemRow]:
    """Of each job what is shown of it."""
    kind = sa.case((I.state.in_(("failed", "known")), "asks"), else_=I.state)
    last_first = sa.case((I.state == "done", -I.n), else_=I.n)
    place = sa.func.row_number().over(partition_by=(I.job_id, kind), order_by=last_first)
    most = sa.case((I.state.in_(("done", "waiting")), shown.rest), else_=shown.asks)
    placed = sa.select(I.job_id, I.n, place.label("place"), most.label("most")).where(I.job_id.in_(ids))
    found = placed.subquery()
    same = sa.and_(found.c.job_id == I.job_id, found.c.n == I.n)
    return query.join(found, same).where(found.c.place <= found.c.most)


def _rest(session: Session, items: dict[str, list[JobItemRow]]) -> dict[str, JobRest]:
    """By job: what `items` leave out."""
    link = sa.or_(*(sa.func.lower(I.url).startswith(start) for start in WEB))
    links = sa.func.sum(sa.case((link, 1), else_=0))
    query = sa.select(I.job_id, I.state, sa.func.count(), links)
    left = {id: Counter[str]() for id in items}
    for id, state, count, of_links in session.execute(
        query.where(I.job_id.in_(items)).group_by(I.job_id, I.state)
    ):
        left[id] += Counter({state: count, "again": int(of_links) if state == "failed" else 0})
    for id, listed in items.items():
        # What is not there to be taken away was listed a moment ago in another state.
        left[id] -= Counter(item.state for item in listed)
        left[id] -= Counter(again=sum(item.state == "failed" and is_link(item.url) for item in listed))
    return {id: JobRest(**counts) for id, counts in left.items()}
