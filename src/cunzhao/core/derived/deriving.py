"""From a kept page to its document, facts, observations and index entry. All of it can be made again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.index import ref
from cunzhao.archive.store import Archive
from cunzhao.archive.types import RecordRef, Stored
from cunzhao.charset import declared_in
from cunzhao.collect.types import Exchange
from cunzhao.collect.urls import host_of
from cunzhao.core.derived import comparing, entered, indexing, observing
from cunzhao.core.derived.recent import Recent
from cunzhao.core.derived.sheets import SCALE, Sheets
from cunzhao.core.queries import listing, rows
from cunzhao.egress.decode import decode_body
from cunzhao.errors import CunzhaoError, DiskFull, InternalError
from cunzhao.extract import extract
from cunzhao.extract.plugins import Context, with_plugins
from cunzhao.extract.types import KINDS, Fact, Kind
from cunzhao.organize.search import Change, SearchIndex, drain
from cunzhao.read import Reader
from cunzhao.read.types import Attachment, Document, PageImage
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import (
    DocumentRow,
    ExtractedRow,
    FactRow,
    Kept,
    ObservationRow,
    Record,
    SketchRow,
    Snapshot,
)

log = logging.getLogger(__name__)

READABLE = ("complete", "partial", "soft-404")  # of other verdicts the text says nothing about the subject
PAGES = ("text/html", "application/xhtml+xml", "")  # types of which an article may go on elsewhere
MARKED = 500  # documents at a time as indexed
DRAIN_WAIT_S = 10.0  # another process may be writing the index; it sees to what is left


class Deriver:
    """Reads, extracts and indexes what the archive holds. `archive.read` checks every digest on the way."""

    def __init__(self, settings: Settings, database: Database, archive: Archive) -> None:
        self._settings = settings
        self._database = database
        self._archive = archive
        self._reader = Reader(settings, workers=2)  # a page is shown while a long file is read
        self._sheets = Sheets(lambda data, page: self._reader.page_image(data, page=page, scale=SCALE))
        self._recent = Recent()
        self.index = SearchIndex(settings.index_folder)

    def close(self) -> None:
        self._reader.close()

    def read(self, stored: Stored, url: str) -> Document:
        """The document in a stored payload. Raises InputError, DecompressionBomb."""
        mime = stored.header("content-type")
        found = self._recent.take((stored.record.digest, mime, url))
        if isinstance(found, CunzhaoError):
            raise found
        return found or self.read_bytes(self.decoded(stored, url), mime or stored.record.mime, url=url)

    def decoded(self, stored: Stored, url: str) -> bytes:
        """A payload with its content coding undone."""
        coding = stored.header("content-encoding")
        return decode_body(stored.body, coding, self._settings.max_decoded_bytes, url)

    def read_bytes(self, data: bytes, mime: str, *, url: str = "", name: str = "") -> Document:
        """`mime` may carry a charset, as a Content-Type header does."""
        kind = mime.partition(";")[0].strip().lower()
        return self._reader.read(data, mime=kind, url=url, name=name, charset=declared_in(mime))

    def page_image(self, record: RecordRef, page: int) -> PageImage:
        """A page of a kept PDF as seen. Raises IndexError (no such page), the errors of reading."""

        def data() -> bytes:
            return self.decoded(self._archive.read(record), record.url)

        return self._sheets.image(record.digest, page, data)

    def facts(
        self, document: Document, kinds: Sequence[Kind] | None, date: str | None, region: str | None
    ) -> list[Fact]:
        """What our rules find, and the plug-ins that are installed."""
        region = region or self._settings.region or None
        facts = extract(document, kinds=kinds, date=date, region=region)
        wanted = KINDS if kinds is None else kinds
        context = Context(settings=self._settings, kinds=wanted, date=date, region=region)
        return with_plugins(document, facts, context)

    def main_text(self, exchange: Exchange) -> str:
        """The main text of an answer without its title, for the choice of an engine; "" for none."""
        document = self._captured(exchange)
        return document.text.removeprefix(document.title or "").lstrip("\n")

    def following(self, exchange: Exchange) -> str | None:
        """Where the article of a page goes on; None at its end, and for what is no page."""
        kind = exchange.header("content-type").partition(";")[0].strip().lower()
        return self._captured(exchange).next_page if kind in PAGES else None

    def _captured(self, exchange: Exchange) -> Document:
        """The document of an answer that is being captured; `derive` finds it read."""
        mime, url = exchange.header("content-type"), exchange.url
        key = exchange.body.digest, mime, url
        found = self._recent.get(key)
        if found is None:
            coding, limit = exchange.header("content-encoding"), self._settings.max_decoded_bytes
            try:
                found = self.read_bytes(decode_body(exchange.body.read(), coding, limit, url), mime, url=url)
            except CunzhaoError as exc:  # `derive` tells it
                found = exc
            self._recent.put(key, found)
        return found if isinstance(found, Document) else Document(text="", blocks=())

    def derive(self, snapshot_id: str) -> CunzhaoError | None:
        """Make (again) everything derived of one snapshot; what cannot be read is kept with the reason."""
        with self._database.reading() as session:
            snapshot = listing.snapshot_by_id(session, snapshot_id)
            row = _read_of(session, snapshot)
            record = ref(row) if row else None
            further = _further_of(session, snapshot)
        if record is None or snapshot.verdict not in READABLE:
            return None
        try:
            first = self.read(self._archive.read(record), snapshot.final_url)
            document = self._article(first, further, snapshot)
            facts = self.facts(document, None, None, None)
        except Exception as exc:  # a fault of ours with one document must not cost the others
            if not isinstance(exc, CunzhaoError):
                log.exception("reading %s failed", snapshot.final_url)
            error = exc if isinstance(exc, CunzhaoError) else InternalError(snapshot.final_url)
            self._store(snapshot_id, Document(text="", blocks=()), (), error)
            return error
        self._store(snapshot_id, document, facts, None)
        return None

    def _article(self, first: Document, further: Sequence[RecordRef], snapshot: Snapshot) -> Document:
        """The first page of an article joined with those that follow, as far as they are kept and sound."""
        pages, seen = [first], {snapshot.requested_url, snapshot.final_url}
        missing = any(lost["role"] == "next-page" for lost in snapshot.missing)
        for record in further:
            try:
                pages.append(self.read(self._archive.read(record), record.url))
            except CunzhaoError as exc:
                log.warning("%s", exc.text(self._settings.lang))
                missing = True
                break
            seen.add(record.url)
        document = self._reader.join(pages, input=snapshot.final_url)
        if missing or _goes_on(pages[-1].next_page, seen):
            return replace(document, warnings=(*document.warnings, "pages-missing"))
        return document

    def attachments(self, snapshot_id: str) -> tuple[Attachment, ...]:
        """The files that the page of a snapshot names."""
        query = sa.select(DocumentRow.document["attachments"]).where(DocumentRow.snapshot_id == snapshot_id)
        with self._database.reading() as session:
            return tuple(Attachment(**told) for told in session.scalar(query) or ())

    def mend(self) -> None:
        """Derive what a killed process left underived, and what an older version derived otherwise."""
        read = sa.exists().where(DocumentRow.snapshot_id == Snapshot.id)
        query = sa.select(Snapshot.id).where(
            Snapshot.verdict.in_(READABLE), Snapshot.page_record.is_not(None), ~read
        )
        with self._database.reading() as session:
            left = list(session.scalars(query.order_by(Snapshot.id)))
        for snapshot_id in left:
            log.warning("reading %s, which an earlier process left unread", snapshot_id)
            self.derive(snapshot_id)
        observing.mend(self._database)

    def _store(
        self, snapshot_id: str, document: Document, facts: Sequence[Fact], error: CunzhaoError | None
    ) -> None:
        with self._database.writing() as session:
            session.get(Snapshot, snapshot_id, with_for_update=True)  # two processes may mend the same one
            for derived in (ObservationRow, FactRow, ExtractedRow, SketchRow, DocumentRow):
                session.execute(sa.delete(derived).where(derived.snapshot_id == snapshot_id))
            row = rows.document_row(snapshot_id, document)
            row.error = rows.error_to_row(error) if error else None
            session.add(row)
            session.flush()
            session.add_all(comparing.sketch_rows(snapshot_id, document))
            entered.store_facts(session, snapshot_id, document.text, facts)

    # --- the search index: documents that wait for it stand in the database ---------------------------

    def drain(self) -> None:
        """Compare what waits with what is kept, and index it; who else holds the index's writer sees to that.

        On a full disk they go on waiting, in the database, and the log says so: they are saved all the same.
        """
        try:
            comparing.settle(self._database)
            self._drain()
        except DiskFull as exc:
            log.error("%s", exc.text(self._settings.lang))

    def _drain(self) -> None:
        taken: dict[str, int] = {}  # by snapshot, since the last commit

        def take(most: int) -> list[Change]:
            with self._database.reading() as session:
                changes = indexing.waiting(session, most, after=max(taken, default=""))
            taken.update((change.snapshot, hash(change)) for change in changes)
            return changes

        def done(snapshots: Sequence[str]) -> None:
            for first in range(0, len(snapshots), MARKED):
                some = {snapshot: taken[snapshot] for snapshot in snapshots[first : first + MARKED]}
                with self._database.writing() as session:
                    indexing.done(session, some)
            taken.clear()

        if self.index.fresh:  # made anew: everything has to be handed to it
            with self._database.writing() as session:
                session.execute(sa.update(DocumentRow).values(indexed=False))
            self.index.settle()
        drain(self.index, take, done, wait_s=DRAIN_WAIT_S)


def _read_of(session: Session, snapshot: Snapshot) -> Record | None:
    """What is read of a snapshot: the DOM after scripts where a browser has written it, else the page."""
    drawn = sa.select(Record).join(Kept, Kept.record_id == Record.id)
    drawn = drawn.where(Kept.snapshot_id == snapshot.id, Kept.role == "dom")
    found = session.scalars(drawn.limit(1)).first()
    return found or (session.get(Record, snapshot.page_record) if snapshot.page_record else None)


def _further_of(session: Session, snapshot: Snapshot) -> list[RecordRef]:
    """The kept pages on which the article of the snapshot's page goes on, in order."""
    query = sa.select(Record).join(Kept, Kept.record_id == Record.id)
    query = query.where(Kept.snapshot_id == snapshot.id, Kept.role == "next-page").order_by(Kept.n)
    return [ref(row) for row in session.scalars(query)]


def _goes_on(onward: str | None, seen: set[str]) -> bool:
    """Whether an article goes on on a page of its site that was not kept."""
    return onward is not None and onward not in seen and host_of(onward) in {host_of(url) for url in seen}
