"""What each page shows, put together from the queries of `listing`. Read only; one function for each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from cunzhao import ledger
from cunzhao.core import attachments, collected, counted, keeping, listing, reposts, rows
from cunzhao.core.correction_pages import Review
from cunzhao.core.pages import (
    BriefChoices,
    ContradictionsPage,
    HomePage,
    PlanRow,
    SnapshotPage,
    SourcedFinding,
    TasksPage,
)
from cunzhao.core.reviewing import review_of
from cunzhao.core.workbench_pages import TagCount
from cunzhao.errors import NotFound, RecordMissing
from cunzhao.evaluate import check, key_figures
from cunzhao.evaluate.types import BriefItem, SourceNote
from cunzhao.storage.models import DocumentRow, Record

BRIEF_FIGURES = 12  # of one snapshot in a brief


def home(
    session: Session,
    tag: str | None,
    cursor: str | None,
    lang: str,
    *,
    tags: tuple[TagCount, ...],
    attachments: bool = False,
) -> HomePage:
    links, following, total = listing.links_page(session, tag, cursor, lang, attachments=attachments)
    return HomePage(
        links=links,
        total=total,
        next=following,
        tags=tags,
        tag=tag,
        jobs=listing.job_pages(session, listing.unfinished_jobs(session), lang),
        trash=listing.trash_count(session),
        attachments=attachments,
    )


def snapshot(session: Session, snapshot_id: str, lang: str) -> SnapshotPage:
    found = listing.snapshot_by_id(session, snapshot_id)
    siblings = listing.snapshots_of(session, found.link_id)
    shown = listing.snapshot_rows(session, siblings, lang)
    link = listing.link_by_id(session, found.link_id)
    row = session.get(DocumentRow, snapshot_id)
    document = rows.document_of(row) if row and not row.error else None
    facts = [rows.fact_of(row) for row in counted.facts_of(session, snapshot_id)]
    page = session.get(Record, found.page_record) if found.page_record else None
    return SnapshotPage(
        snapshot=shown[snapshot_id],
        link=rows.link_row(
            link,
            len(siblings),
            shown.get(link.best_id or ""),
            len(keeping.attached_to(session, link.id)),
            collected.names_of(session, [link.id]).get(link.id, ()),
        ),
        others=tuple(shown[s] for s in siblings),
        document=document,
        facts=tuple(facts),
        tasks=tuple(ledger.tasks(snapshot_id, facts, counted.observations_of(session, snapshot_id))),
        kept=listing.kept_rows(session, snapshot_id),
        digest=page.digest if page else None,
        attachments=attachments.named_in(session, document, lang),
        attached_to=attachments.pages_of(session, link.id, lang),
        copies=reposts.copies_of(session, snapshot_id),
        review=review_of(session, snapshot_id) if document else Review(),
    )


def tasks(session: Session, snapshot_id: str | None) -> TasksPage:
    plans = counted.plans(session)
    if snapshot_id is None:
        plan = plans[0] if plans else None
    else:
        plan = next((p for p in plans if p.snapshot == snapshot_id), None) or _plan(session, snapshot_id)
    if plan is None:
        return TasksPage(plans=plans, plan=None, tasks=())
    facts = [rows.fact_of(row) for row in counted.facts_of(session, plan.snapshot)]
    observed = counted.observations_of(session, plan.snapshot)
    return TasksPage(plans=plans, plan=plan, tasks=tuple(ledger.tasks(plan.snapshot, facts, observed)))


def _plan(session: Session, snapshot_id: str) -> PlanRow:
    """An older snapshot, not among the plans listed, or a document without tasks."""
    listing.snapshot_by_id(session, snapshot_id)
    document = session.get(DocumentRow, snapshot_id)
    tasks = sum(row.kind == "task" for row in counted.facts_of(session, snapshot_id))
    title, date = (document.title, document.published) if document else ("", "")
    return PlanRow(snapshot=snapshot_id, title=title or snapshot_id, date=date or None, tasks=tasks)


def contradictions(session: Session) -> ContradictionsPage:
    observed = counted.observations(session)
    findings = check(observed)
    sides = counted.in_context(
        session, counted.sourced(session, [side for f in findings for side in (f.a, f.b)])
    )
    pairs = zip(findings, sides[::2], sides[1::2], strict=True)
    times = Counter((o.key, o.nature) for o in observed)
    return ContradictionsPage(
        findings=tuple(SourcedFinding(finding=f, a=a, b=b) for f, a, b in pairs),
        compared=sum(times[o.key, o.nature] > 1 for o in observed),
    )


def brief_choices(session: Session, chosen: Sequence[str], lang: str) -> BriefChoices:
    """The chosen snapshots first, whatever their age, then the newest links."""
    links, _, _ = listing.links_page(session, None, None, lang)
    asked = listing.snapshot_rows(session, chosen, lang)
    first = [
        rows.link_row(listing.link_by_id(session, asked[s].link), 1, asked[s]) for s in chosen if s in asked
    ]
    others = (link for link in links if not link.best or link.best.id not in asked)
    return BriefChoices(links=(*first, *others), chosen=tuple(asked))


def brief_items(session: Session, snapshot_ids: Sequence[str], lang: str) -> list[BriefItem]:
    """What a brief of these snapshots holds, in the order asked for."""
    shown = listing.snapshot_rows(session, snapshot_ids, lang)
    items = []
    for snapshot_id in dict.fromkeys(snapshot_ids):
        if snapshot_id not in shown:
            raise NotFound(snapshot_id, what="快照", what_en="snapshot")
        row, page = shown[snapshot_id], listing.snapshot_by_id(session, snapshot_id).page_record
        record = session.get(Record, page) if page else None
        if record is None:
            raise RecordMissing(snapshot_id)
        note = SourceNote(
            title=row.title,
            source=row.source,
            date=row.published,
            url=row.final_url,
            captured=row.captured,
            digest=record.digest,
        )
        observed = counted.observations_of(session, snapshot_id)
        items.append(BriefItem(note=note, figures=tuple(key_figures(observed, BRIEF_FIGURES))))
    return items
