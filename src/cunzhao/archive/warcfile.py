"""The WARC file a process is writing: its own, guarded by a lock that dies with the process."""

from __future__ import annotations

import errno
import os
import secrets
import struct
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from filelock import FileLock, Timeout

from cunzhao.archive import records
from cunzhao.archive.records import WarcRecord
from cunzhao.errors import DiskFull

OPEN = ".open"  # stands behind the name of a file that is being written
LOCKS = "locks"  # folder of the lock files, inside the archive folder
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LEVEL = 6  # zlib; 9 costs twice the time for one percent, but nothing where there is little to compress
_SMALL = 16_000  # bytes
_SAMPLE = 4_000  # bytes
_GZIP_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # no name, no time, unknown system


class WarcFile:
    """A file open for writing. `name` is the one it will have when closed, and the one the index holds."""

    def __init__(self, folder: Path, info: Mapping[str, str]) -> None:
        """Begin a file with its warcinfo record. Raises DiskFull."""
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        self.name = f"cunzhao-{now:%Y%m%d%H%M%S%f}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"
        self.folder = folder
        self.path = folder / (self.name + OPEN)
        self._lock = lock_of(folder, self.name)
        with disk_full_told(self.path):
            self._lock.acquire(timeout=0)
            # unbuffered: what a failed write leaves behind is in the file, where it can be cut off
            self._file = FileIO(self.path, "x+")
            self.size = 0
            try:
                with self.batch():
                    self.append(records.warcinfo(self.name, info, now))
                sync_folder(folder)
            except BaseException:
                self._file.close()
                self.path.unlink(missing_ok=True)
                self._release()
                raise

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All records appended inside are on disk when it ends; after an error none is in the file."""
        start = self.size
        try:
            with disk_full_told(self.path):
                yield
                os.fsync(self._file.fileno())
        except BaseException:
            self._file.truncate(start)
            self._file.seek(start)
            self.size = start
            raise

    def append(self, record: WarcRecord) -> tuple[int, int]:
        """Write one record as a gzip member of its own; returns its offset and size in bytes."""
        offset = self.size
        member = _Member(self._file)
        member.write(record)
        self.size += member.written
        return offset, member.written

    def close(self) -> None:
        """Give the file its final name and let go of the lock."""
        self._file.close()
        finish(self.folder, self.name)
        self._release()

    def _release(self) -> None:
        self._lock.release()
        lock_path(self.folder, self.name).unlink(missing_ok=True)


class _Member:
    """One gzip member on its way to the file; a short write is carried on."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self.written = 0

    def write(self, record: WarcRecord) -> None:
        for piece in packed(record):
            self._put(piece)

    def _put(self, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:
            put = self._file.write(rest) or 0
            self.written += put
            rest = rest[put:]


def packed(record: WarcRecord) -> Iterator[bytes]:
    """A record as a gzip member (RFC 1952), in pieces.

    Of two deflate streams in one where that pays: what does not shrink (images, bodies that came compressed)
    is only stored, which costs a tenth of the time; the headers before it are always compressed.
    """
    head, body = record.headers + b"".join(record.block[:-1]), record.block[-1] + b"\r\n\r\n"
    yield _GZIP_HEAD
    if len(body) < _SMALL:
        yield _deflated(head + body, 9, zlib.Z_FINISH)
    elif _shrinks(body):
        yield _deflated(head + body, _LEVEL, zlib.Z_FINISH)
    else:
        yield _deflated(head, 9, zlib.Z_SYNC_FLUSH)
        yield _deflated(body, 0, zlib.Z_FINISH)
    crc, length = zlib.crc32(body, zlib.crc32(head)), (len(head) + len(body)) & 0xFFFFFFFF
    yield struct.pack("<II", crc, length)


def _deflated(data: bytes, level: int, end: int) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return deflate.compress(data) + deflate.flush(end)


def _shrinks(body: bytes) -> bool:
    """Judged by two samples: the start of an incompressible file may be a header that shrinks."""
    samples = body[:_SAMPLE], body[len(body) // 2 :][:_SAMPLE]
    return sum(len(zlib.compress(sample, 1)) for sample in samples) < 0.95 * sum(map(len, samples))


def lock_path(folder: Path, name: str) -> Path:
    return folder / LOCKS / f"{name}.lock"


def lock_of(folder: Path, name: str) -> FileLock:
    """The lock whose holder writes the file; the operating system frees it when the process dies."""
    path = lock_path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path, thread_local=False, fallback_to_soft=False)


@contextmanager
def abandoned(folder: Path, name: str) -> Iterator[bool]:
    """True inside if nobody writes the file; nobody else can sweep it meanwhile."""
    lock = lock_of(folder, name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        # it may have been closed or swept between the listing of the folder and the lock
        yield (folder / (name + OPEN)).exists()
    finally:
        lock.release()
        lock_path(folder, name).unlink(missing_ok=True)


def sweep_locks(folder: Path, stale_s: float) -> None:
    """Take away lock files that nobody holds and that have no file; those younger than `stale_s` stay."""
    for path in (folder / LOCKS).glob("*.warc.gz.lock"):
        try:
            if time.time() - path.stat().st_mtime > stale_s:
                with abandoned(folder, path.name.removesuffix(".lock")):
                    pass  # leaving it takes the lock file away if it was free
        except OSError:
            continue  # gone meanwhile


def finish(folder: Path, name: str) -> None:
    """The final name for a file that is whole."""
    (folder / (name + OPEN)).rename(folder / name)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make names durable; Windows has no such call, and its file system journals them."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_full_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            raise DiskFull(str(path.parent)) from exc
        raise
