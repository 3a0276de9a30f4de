"""Queries about attachments (附件): what a page names, and what is kept of it. Read only."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.collect.urls import url_key
from cunzhao.core.ids import link_id
from cunzhao.core.keeping import keeping
from cunzhao.core.queries import listing
from cunzhao.core.values.pages import AttachmentRow, SnapshotRow
from cunzhao.read.types import Document
from cunzhao.storage.models import Link


def named_in(session: Session, document: Document | None, lang: str) -> tuple[AttachmentRow, ...]:
    """The files that a page names, each with the snapshot shown for it if it is kept."""
    files = document.attachments if document else ()
    ids = [link_id(url_key(file.url)) if file.url else "" for file in files]
    links = {link.id: link for link in session.scalars(sa.select(Link).where(Link.id.in_(ids)))}
    shown = listing.snapshot_rows(session, (link.best_id for link in links.values() if link.best_id), lang)
    return tuple(
        AttachmentRow(
            name=file.name,
            url=file.url,
            snapshot=shown.get((links[id].best_id or "") if id in links else ""),
            removed=id in links and links[id].removed is not None,
        )
        for file, id in zip(files, ids, strict=True)
    )


def pages_of(session: Session, link: str, lang: str) -> tuple[SnapshotRow, ...]:
    """The pages to which this link's file is attached."""
    parents = [parent for parent in keeping.parents_of(session, link) if not parent.removed]
    shown = listing.snapshot_rows(session, (parent.best_id for parent in parents if parent.best_id), lang)
    return tuple(shown[parent.best_id] for parent in parents if parent.best_id in shown)
