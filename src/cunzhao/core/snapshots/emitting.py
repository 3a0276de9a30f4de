"""What `Core` hands out of the archive for a browser: views, things of a page, pictures, records, files."""

from __future__ import annotations

from collections.abc import Sequence

from cunzhao.archive import view
from cunzhao.archive.emitting import file_name
from cunzhao.archive.linking import Address
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Emitted, Mark, RecordRef
from cunzhao.collect.types import RenditionKind
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.queries import listing, rows
from cunzhao.errors import NotFound
from cunzhao.read.types import PageImage, Run, runs_in
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow


class Emitting:
    """The part of `Core` whose answers carry archived bytes: all are to be sent with VIEW_HEADERS."""

    _archive: Archive
    _database: Database
    _deriver: Deriver

    def view(self, snapshot_id: str, address: Address, at: tuple[int, int] | None = None) -> Emitted:
        """The frozen view; `address(url, kind)` says where the door serves a thing of this snapshot.

        The characters `at` of the document's text are marked in it (`archive.marking.MARK`); of an article
        over several pages the one is shown on which they begin.
        """
        if at is None:
            return view.view(self._archive, snapshot_id, address)
        runs = [run for run in self._runs(snapshot_id, at) if run.place.css]
        page = runs[0].place.page or 1 if runs else 1
        marks = [
            Mark(css=place.css or "", start=place.offset or 0, end=(place.offset or 0) + run.end - run.start)
            for run in runs
            if ((place := run.place).page or 1) == page
        ]
        return view.view(self._archive, snapshot_id, address, marks=marks, page=page)

    def _runs(self, snapshot_id: str, at: tuple[int, int]) -> Sequence[Run]:
        """Where characters of the document's text stand in its source; nothing where there is none."""
        with self._database.reading() as session:
            row = session.get(DocumentRow, snapshot_id)
            return runs_in(rows.document_of(row), *at) if row and not row.error else ()

    def page_image(self, snapshot_id: str, page: int) -> PageImage:
        """A page of a PDF snapshot as seen; page 1 is the first.

        Raises NotFound (no such page), FileBroken (no PDF) and the other errors of reading.
        """
        try:
            return self._deriver.page_image(self._page_record(snapshot_id), page)
        except IndexError:
            raise NotFound(f"{snapshot_id}/{page}", what="页", what_en="page") from None

    def requisite(self, snapshot_id: str, url: str, address: Address) -> Emitted:
        """One thing of a snapshot as its frozen view asks for it."""
        return view.requisite(self._archive, snapshot_id, url, address)

    def rendition(self, snapshot_id: str, kind: RenditionKind) -> Emitted:
        """Screenshot, print, text or DOM as the engine made them. Raises NotFound where there is none."""
        return view.rendition(self._archive, snapshot_id, kind)

    def record(self, record_id: str) -> Emitted:
        """One WARC record, bytes unchanged, as a file. Raises NotFound, RecordMissing."""
        return view.raw_record(self._archive, record_id)

    def download(self, snapshot_id: str) -> tuple[str, bytes]:
        """The page as a file: its name, and its bytes with the content coding undone."""
        stored = self._archive.read(self._page_record(snapshot_id))
        return file_name(stored.record.url), self._deriver.decoded(stored, stored.record.url)

    def _page_record(self, snapshot_id: str) -> RecordRef:
        with self._database.reading() as session:
            snapshot = listing.snapshot_by_id(session, snapshot_id)
        if snapshot.page_record is None:
            raise NotFound(snapshot_id, what="页面", what_en="page")
        return self._archive.record(snapshot.page_record)
