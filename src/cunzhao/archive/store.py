"""The archive of one data folder, as the other stages use it."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock
from sqlalchemy.orm import Session

from cunzhao.archive import (
    adoption,
    compaction,
    index,
    journal,
    needs,
    pageinfo,
    recovery,
    restoring,
    verifying,
)
from cunzhao.archive.reading import locate
from cunzhao.archive.records import CONFORMS_TO
from cunzhao.archive.remembered import Remembered
from cunzhao.archive.stored import StoredRecords
from cunzhao.archive.types import Adopted, Damage, FoundPage, RecordRef, Restored, Swept, Written
from cunzhao.archive.warcfile import LOCKS, OPEN, WarcFile
from cunzhao.archive.writing import Draft
from cunzhao.collect.types import Capture, Entry
from cunzhao.errors import RecordMissing
from cunzhao.settings import Settings
from cunzhao.storage import acting
from cunzhao.storage.database import Database

T = TypeVar("T")
SETTINGS_TOLD = ("fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites")


class Archive(StoredRecords):
    """WARC files in `settings.archive_folder` and their index in the database. Safe to use from threads.

    A process has one WARC file open at a time, its own; several processes may use one folder.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.folder = settings, settings.archive_folder
        self._database = database
        self._lock = threading.Lock()
        self._open: WarcFile | None = None
        self._remembered = Remembered()
        self._turn = threading.RLock()
        self._turn_file: FileLock | None = None

    # --- writing --------------------------------------------------------------------------------------

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else, in this process or another, takes records out of the archive meanwhile.

        To be held from a write to the commit of its rows: else a payload that the write refers to could be
        taken out in between, as nothing tells yet that it is needed. May be entered again by its holder.
        """
        with self._turn:
            if self._turn_file is None:
                (self.folder / LOCKS).mkdir(parents=True, exist_ok=True)
                self._turn_file = FileLock(
                    self.folder / LOCKS / "turn.lock", thread_local=False, fallback_to_soft=False
                )
            with self._turn_file.acquire(poll_interval=0.005):
                yield

    def write(self, capture: Capture, *, snapshot: str, entry: Entry) -> Written:
        """Put a capture on disk, fsynced, all or nothing; then add the rows (`index.index`) and commit.

        Raises DiskFull; what was written before stays whole.
        """
        with self._lock, self._writing() as draft:
            return draft.put_capture(capture, snapshot, entry)

    def close(self) -> None:
        """Give the open file its final name. A later write begins a new file."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    # --- keeping it whole -----------------------------------------------------------------------------

    def recover(self) -> Iterator[Swept]:
        """At start: close what dead processes left open. Their whole snapshots that have no row are told.

        Add their rows before asking for the next: only then the file is given its final name, so that a
        process that dies meanwhile leaves them to the next `recover`.
        """
        asked = recovery.Index(known=self._known, end_of=lambda file: self._asked(index.end_of, file))
        yield from recovery.recover(self.folder, asked)

    def unindexed(self) -> list[str]:
        """Closed files of which the database has no record although `restore` gives some.

        Left by a process that died between putting a file into the folder and adding its rows. A file is
        read up to its first snapshot (an adopted one: its first record); one that has none, to its end.
        """
        with self._database.reading() as session:
            indexed = index.files(session)
        closed = (name for name in self.files() if name not in indexed and (self.folder / name).is_file())
        gone = self.purged()
        return [name for name in closed if restoring.has_something(self.folder / name, name, gone)]

    def files(self) -> list[str]:
        """Names of all WARC files, oldest first, those being written included; adopted ones come first,
        so that what claims their records follows."""
        names = {path.name.removesuffix(OPEN) for path in self.folder.glob("*.warc*") if path.is_file()}
        return sorted(names, key=lambda name: (not name.startswith(restoring.ADOPTED), name))

    def restore(self, file: str, *, rest: bool = False) -> Iterator[Restored]:
        """The snapshots in one file, from its bytes alone, without those purged; see `restoring.restore`.

        Raises RecordMissing, at the end WarcBroken.
        """
        yield from restoring.restore(locate(self.folder, file), file, self.purged(), rest=rest)

    def verify(self) -> Iterator[Damage]:
        """Everything wrong with the archive's bytes; nothing if all is as it was written."""
        with self._database.reading() as session:
            indexed = index.files(session)
        yield from verifying.verify(self.folder, indexed, self._in_file)

    # --- taking out for good --------------------------------------------------------------------------

    def purged(self) -> set[str]:
        """Snapshots that the journal says were deleted for good."""
        return journal.purged(self.folder)

    def mark(self, files: Iterable[str]) -> None:
        """Remember on disk that these files hold records to be taken out; before the rows go."""
        compaction.mark(self.folder, files)

    def waiting(self) -> int:
        """How many files are marked and not done, as a rule because another process writes them."""
        return len(compaction.marked(self.folder))

    def settle(self) -> None:
        """At start, before `recover`: what a process that died while compacting left behind."""
        if next(self.folder.glob("*_*.warc.gz"), None) or next(self.folder.glob("compacting-*"), None):
            with self.turn():
                compaction.settle(self.folder, self._rows())

    def compact(self) -> int:
        """Take records that no snapshot needs out of the marked files; the bytes set free.

        Files that a process writes stay marked until a later call; of our own the open one is closed first.
        """
        if not compaction.marked(self.folder):
            return 0
        with self.turn():
            self.close()
            freed = compaction.compact(self.folder, self.purged(), self._rows())
            with self._lock:
                self._remembered = Remembered()  # some of it may be gone
            return freed

    # --- what comes from elsewhere --------------------------------------------------------------------

    def adopt(self, path: Path) -> Adopted:
        """Copy a foreign WARC file in, bytes unchanged, and index it; add `records` with `index.add_records`.

        Raises FileMissing, EmptyInput, FormatUnknown, WarcNotSeekable, DiskFull, and WarcBroken where not one
        record is whole; a file broken later is adopted up to there and `broken` tells.
        """
        return adoption.adopt(path, self.folder, self.settings.max_decoded_bytes)

    def claim(self, page: FoundPage, *, snapshot: str, entry: Entry) -> Written:
        """Make a page of an adopted file a snapshot: its facts are written beside it, fsynced."""
        with self._lock, self._writing() as draft:
            draft.shared.update({record.id: record for record in page.records})
            return draft.put_info(adoption.info_of(page, snapshot, entry))

    def append_entry(self, *entries: Mapping[str, Any]) -> None:
        """Journal what a user did, under the name of whoever acts; see `journal`."""
        who = {"who": acting.name()} if acting.name() else {}
        journal.append_entry(self.folder, *({**entry, **who} for entry in entries))

    def journal_size(self) -> int:
        """Bytes of the journal: grows with whatever any user does, in any process."""
        return journal.size(self.folder)

    def forget(self, snapshots: Collection[str]) -> None:
        journal.forget(self.folder, snapshots)

    def read_entries(self) -> list[dict[str, Any]]:
        return journal.read_entries(self.folder)

    # --- inside ---------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Draft]:
        """A draft in the open file; what it wrote is remembered once it is on disk."""
        warc = self._file()
        with self._database.reading() as session, warc.batch():  # one look at the index for all its records
            draft = Draft(
                warc,
                earlier=self._earlier,
                holding=partial(self._holding, session),
                holding_at=partial(self._holding_at, session),
                head_at=self._head_at,
                told_before=self._remembered.answers.get,
            )
            yield draft
        self._remembered.add(draft)

    def _file(self) -> WarcFile:
        if self._open and self._open.size >= self.settings.warc_max_bytes:
            self._open.close()
            self._open = None
        if self._open is None:
            self._open = WarcFile(self.folder, _warcinfo(self.settings))
        return self._open

    def _holding(self, session: Session, url: str, digest: str) -> RecordRef | None:
        """A response with this payload whose bytes are there: a revisit of a lost record would be a loss.

        One of this URL where there is one: its revisit need not tell a head that did not change.
        """
        known = self._whole(self._remembered.at.get((url, digest)))
        if known and known.type == "response":
            return known
        found = index.holding(session, digest, ("response",), url)
        whole = (record for record in found if self._in_place(record))
        other = self._whole(self._remembered.payloads.get(digest))
        return next((record for record in whole if record.url == url or not other), other)

    def _holding_at(self, session: Session, url: str, digest: str) -> RecordRef | None:
        """The `resource` record of this URL with this payload, if its bytes are there."""
        known = self._whole(self._remembered.at.get((url, digest)))
        if known and known.type == "resource":
            return known
        found = index.holding(session, digest, ("resource",), url)
        return next((record for record in found if record.url == url and self._in_place(record)), None)

    def _earlier(self, id: str) -> RecordRef | None:
        """What this process wrote before under this id, unless it was taken out since."""
        return self._whole(self._remembered.records.get(id))

    def _whole(self, known: RecordRef | None) -> RecordRef | None:
        """A remembered record where it stands now; None if it is gone."""
        own = self._open.name if self._open else ""
        if known is None or known.file == own or self._in_place(known):
            return known
        with self._database.reading() as session:
            now = index.by_id(session, known.id)
        return now if now and self._in_place(now) else None

    def _in_place(self, record: RecordRef) -> bool:
        try:
            return locate(self.folder, record.file).stat().st_size >= record.offset + record.size
        except (RecordMissing, OSError):
            return False

    def _known(self, ids: Any) -> set[str]:
        with self._database.reading() as session:
            return index.known_snapshots(session, ids)

    def _rows(self) -> compaction.Rows:
        return compaction.Rows(
            needed=lambda file: self._asked(needs.needed, file),
            unused=lambda file: self._asked(needs.unused_adopted, file),
            indexed=lambda file: self._asked(index.end_of, file) > 0,
            known=lambda ids: self._known(list(ids)),
            move=self._move,
        )

    def _asked(self, question: Callable[[Session, str], T], file: str) -> T:
        with self._database.reading() as session:
            return question(session, file)

    def _move(self, file: str, new: str, places: Mapping[str, tuple[int, int]]) -> None:
        with self._database.writing() as session:
            needs.move(session, file, new, places)

    def _in_file(self, file: str) -> list[RecordRef]:
        return self._asked(index.in_file, file)


def _warcinfo(settings: Settings) -> dict[str, str]:
    """Fields of ISO 28500, then the settings that decided how much of a page was kept."""
    return {
        "software": f"{pageinfo.PROGRAM} Python/{platform.python_version()}",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "http-header-user-agent": settings.user_agent,
        **{f"cunzhao-{name}": str(getattr(settings, name)) for name in SETTINGS_TOLD},
    }
