"""What each page shows, put together from the queries of `listing`. Read only; one function for each page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from cunzhao import ledger
from cunzhao.core.corrections.reviewing import review_of
from cunzhao.core.keeping import keeping
from cunzhao.core.queries import asked, collected, counted, listing, rows
from cunzhao.core.snapshots import attachments, reposts
from cunzhao.core.values.corrections import Review
from cunzhao.core.values.jobs import FEW
from cunzhao.core.values.pages import BriefChoices, HomePage, SnapshotPage, Within
from cunzhao.core.values.workbench import TagCount
from cunzhao.errors import NotFound, RecordMissing
from cunzhao.evaluate import key_figures
from cunzhao.evaluate.types import BriefItem, SourceNote
from cunzhao.read.types import Document
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
    tagged = next((one.all for one in tags if one.name == tag), 0) if tag else None
    links, following, total = listing.links_page(
        session, tag, cursor, lang, attachments=attachments, tagged=tagged
    )
    return HomePage(
        links=links,
        total=total,
        next=following,
        tags=tags,
        tag=tag,
        jobs=asked.unfinished(session, lang, FEW),
        busy=asked.busy_among(session, (link.url for link in links)),
        trash=listing.trash_count(session),
        attachments=attachments,
    )


def snapshot(session: Session, snapshot_id: str, lang: str, within: Within | None = None) -> SnapshotPage:
    """`within` chooses a part of the text: the page then holds the facts that reach into it, and no tasks."""
    found = listing.snapshot_by_id(session, snapshot_id)
    siblings = listing.snapshots_of(session, found.link_id)
    shown = listing.snapshot_rows(session, siblings, lang)
    link = listing.link_by_id(session, found.link_id)
    row = session.get(DocumentRow, snapshot_id)
    document = rows.document_of(row) if row and not row.error else None
    part = _part(session, snapshot_id, document, within)
    facts = [rows.fact_of(row) for row in counted.facts_of(session, snapshot_id, within=part)]
    observed = () if within else counted.observations_of(session, snapshot_id)
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
        tasks=() if within else tuple(ledger.tasks(snapshot_id, facts, observed)),
        kept=listing.kept_rows(session, snapshot_id),
        digest=page.digest if page else None,
        attachments=attachments.named_in(session, document, lang),
        attached_to=attachments.pages_of(session, link.id, lang),
        copies=reposts.copies_of(session, snapshot_id),
        review=review_of(session, snapshot_id) if document else Review(),
    )


def _part(
    session: Session, snapshot_id: str, document: Document | None, within: Within | None
) -> tuple[int, int | None]:
    """Where the part that is shown begins and ends; the last one has no end, so that no fact is left out."""
    if document is None or within is None:
        return 0, None
    start, end = within(document, counted.starts_of(session, snapshot_id))
    return start, None if end >= len(document.text) else end


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
