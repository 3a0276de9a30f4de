"""The index on disk: opened, written, mended. tantivy; one writer at a time, any number of readers.

It is derived: a damaged one, or one made by other rules, is made anew. Its writer is exclusive between
threads and processes (an flock, which the system lets go when a process dies); documents wait in the database
and whoever gets the lock drains them.
"""

from __future__ import annotations

import errno
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy
from filelock import FileLock

from cunzhao.errors import DiskFull
from cunzhao.organize import entries
from cunzhao.organize.fold import FOLD_VERSION
from cunzhao.organize.types import Gone, Indexable

Change = Indexable | Gone

_HEAP_BYTES = 1_000_000_000  # at most, for what is written between two commits: some twice the text
_COMMIT = 300_000_000  # characters
_ROOM_BYTES = 1_000_000  # with less, a failed write is put down to it
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = re.compile(r"StorageFull|QuotaExceeded|\(os error (28|122|112)\)")  # 112: ERROR_DISK_FULL


class KeptIndex:
    """The index in `folder`, made if it is not there. Several processes may have it open at once.

    Raises DiskFull.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"text-{entries.SCHEMA_VERSION}.{FOLD_VERSION}"
        self._settled = self._path / "settled"
        with self._disk_full_told():
            self._index = self._open()

    def _open(self) -> Any:
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder / "open.lock"):
            for old in self._folder.glob("text-*"):
                if old != self._path:  # made by other rules
                    shutil.rmtree(old, ignore_errors=True)
            with suppress(_Damaged), _damage():  # it is derived: a damaged one is made anew below
                if tantivy.Index.exists(str(self._path)):
                    return tantivy.Index(entries.schema(), path=str(self._path))
            shutil.rmtree(self._path, ignore_errors=True)
            self._path.mkdir(exist_ok=True)
            return tantivy.Index(entries.schema(), path=str(self._path))

    @property
    def fresh(self) -> bool:
        """True while it is not sure that everything was handed to this index since it was made.

        Whoever owns the documents marks all of them as waiting, then calls `settle`.
        """
        return not self._settled.exists()

    def settle(self) -> None:
        self._settled.touch()

    def update(self, documents: Iterable[Indexable]) -> bool:
        """Put documents in, each in place of an earlier one of the same snapshot.

        Returns once they are on disk and can be found; False, and nothing done, if the writer is held by
        another process or thread. Raises DiskFull.
        """
        return self._change(documents)

    def remove(self, snapshots: Iterable[str]) -> bool:
        """Take documents out; False, and nothing done, if the writer is held elsewhere."""
        return self._change(Gone(snapshot=s) for s in snapshots)

    def clear(self) -> bool:
        """Empty the index and make it `fresh`; False, and nothing done, if the writer is held elsewhere."""
        with self.writing() as writer:
            if writer is None:
                return False
            self._settled.unlink(missing_ok=True)
            writer.delete_all_documents()
            writer.commit()
            return True

    def _change(self, changes: Iterable[Change]) -> bool:
        with self.writing() as writer:
            if writer is None:
                return False
            apply(writer, changes)
            return True

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """The one writer, or None if it is held elsewhere. What is not committed at the end is dropped.

        Raises DiskFull, inside too.
        """
        with self._disk_full_told():
            try:
                writer = self._index.writer(_HEAP_BYTES, 1)
            except ValueError as exc:
                if "LockBusy" not in str(exc):
                    raise
                yield None
                return
            try:
                yield writer
            except BaseException:
                with suppress(ValueError):  # it would only say again that it failed
                    writer.wait_merging_threads()  # lets the lock go
                raise
            writer.wait_merging_threads()

    @contextmanager
    def _disk_full_told(self) -> Iterator[None]:
        """tantivy tells what the system says in words only, and what its threads met not at all."""
        try:
            yield
        except (ValueError, OSError) as exc:
            told = getattr(exc, "errno", 0) in _FULL or _FULL_WORDS.search(str(exc))
            if not told and not ("io::Error" in str(exc) and self._no_room()):
                raise
            raise DiskFull(str(self._folder)) from exc

    def _no_room(self) -> bool:
        return shutil.disk_usage(self._folder).free < _ROOM_BYTES

    def _searcher(self) -> Any:
        """Of the index as it stands on disk now."""
        try:
            with _damage():
                self._index.reload()
        except _Damaged:  # or deleted, under us
            self._index = self._open()
        return self._index.searcher()


class _Damaged(Exception):
    """The files of the index cannot be read."""


@contextmanager
def _damage() -> Iterator[None]:
    """What tantivy says of damaged files, as one exception: an error, or a panic (a BaseException)."""
    try:
        yield
    except BaseException as exc:
        if isinstance(exc, ValueError | OSError) or type(exc).__name__ == "PanicException":
            raise _Damaged(str(exc)) from exc
        raise


def drain(
    index: KeptIndex,
    take: Callable[[int], Sequence[Change]],
    done: Callable[[Sequence[str]], None],
    *,
    batch: int = 500,
    wait_s: float = 0.0,
) -> int | None:
    """Index what waits, holding the writer only meanwhile; how many were written.

    `take(n)` gives up to n waiting changes, others each time until `done`, which is told of all that are on
    disk by then and must take them out of the waiting. None: another process held the writer for `wait_s`
    seconds and still does, with something waiting; it will take that up itself. A crash between the commit
    and `done` only means that some are written twice.

    Much is committed at once: few large segments are smaller than many small ones, by a quarter.
    """
    written, until = 0, time.monotonic() + wait_s
    # Looking again after letting go: what came while we held the lock found it busy and went away.
    while changes := take(batch):
        with index.writing() as writer:
            while writer is not None and changes:
                told = _write_many(writer, changes, lambda: take(batch))
                writer.commit()
                done(told)
                written += len(told)
                changes = take(batch)
        if writer is None:
            done([])
            if time.monotonic() >= until:
                return None
            time.sleep(0.02)
    return written


def _write_many(writer: Any, changes: Sequence[Change], more: Callable[[], Sequence[Change]]) -> list[str]:
    """Write changes and more of them, up to what is committed at once; their snapshots."""
    told, size = [], 0
    while changes:
        write(writer, changes)
        told += [change.snapshot for change in changes]
        size += sum(len(change.text) for change in changes if isinstance(change, Indexable))
        changes = more() if size < _COMMIT else ()
    return told


def apply(writer: Any, changes: Iterable[Change]) -> None:
    """Write changes and commit: afterwards they are on disk."""
    write(writer, changes)
    writer.commit()


def write(writer: Any, changes: Iterable[Change]) -> None:
    for change in changes:
        writer.delete_documents_by_term("snapshot", change.snapshot)
        if isinstance(change, Indexable):
            for entry in entries.entries(change):
                writer.add_document(entry)
