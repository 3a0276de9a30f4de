"""What `Core` hands out of the archive for a browser: views, things of a page, pictures, records, files."""

from __future__ import annotations

from cunzhao.archive import view
from cunzhao.archive.emitting import file_name
from cunzhao.archive.linking import Address
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Emitted
from cunzhao.collect.types import RenditionKind
from cunzhao.core import listing
from cunzhao.core.deriving import Deriver
from cunzhao.errors import NotFound
from cunzhao.storage.database import Database


class Emitting:
    """The part of `Core` whose answers carry archived bytes: all are to be sent with VIEW_HEADERS."""

    _archive: Archive
    _database: Database
    _deriver: Deriver

    def view(self, snapshot_id: str, address: Address) -> Emitted:
        """The frozen view; `address(url, kind)` says where the door serves a thing of this snapshot."""
        return view.view(self._archive, snapshot_id, address)

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
        with self._database.reading() as session:
            snapshot = listing.snapshot_by_id(session, snapshot_id)
        if snapshot.page_record is None:
            raise NotFound(snapshot_id, what="页面", what_en="page")
        stored = self._archive.read(self._archive.record(snapshot.page_record))
        return file_name(stored.record.url), self._deriver.decoded(stored, stored.record.url)
