"""Records that no snapshot needs any more are taken out of a closed WARC file.

The others are copied, whole gzip members byte for byte, into a new file beside it; then the index lines are
moved in one transaction; then the old file goes. A process that dies at any moment leaves the old file, or
both: `settle` sees by the index which of the two counts, and takes the other away. Files to be compacted are
marked on disk before their snapshots' rows go, so that a later start finds them.

The caller holds `Archive.turn`: nobody adds a revisit of a record that is being taken out.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import IO

from cunzhao.archive import pageinfo, records
from cunzhao.archive.reading import Scanned, bare_id, scan
from cunzhao.archive.restoring import ADOPTED, is_pageinfo
from cunzhao.archive.warcfile import OPEN, disk_full_told, packed, sync_folder
from cunzhao.errors import CunzhaoError, StoreError

log = logging.getLogger(__name__)

MARKS = "purge"  # folder of the marks, inside the archive folder
_PART = "compacting-*.part"
_NAME = re.compile(r"(?P<base>cunzhao-.+?)(?:_(?P<edition>[0-9]+))?\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Rows:
    """What a compaction asks of the database."""

    needed: Callable[[str], set[str]]  # ids of the records of a file that a snapshot needs
    unused: Callable[[str], bool]  # whether no snapshot needs anything of an adopted file
    indexed: Callable[[str], bool]  # whether it has a line of this file
    known: Callable[[Iterable[str]], set[str]]  # which of these snapshots it has
    move: Callable[[str, str, Mapping[str, tuple[int, int]]], None]  # in one transaction; see `needs.move`


def mark(folder: Path, files: Iterable[str]) -> None:
    """Remember on disk that these files hold what is to be taken out."""
    (folder / MARKS).mkdir(parents=True, exist_ok=True)
    for name in files:
        (folder / MARKS / name).touch()
    sync_folder(folder / MARKS)


def marked(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / MARKS).glob("*.warc*"))


def settle(folder: Path, rows: Rows) -> None:
    """After a process that died while compacting: of two editions of a file the one that counts stays."""
    for path in folder.glob(_PART):
        path.unlink()
        log.warning("took away %s, a compaction that did not end", path.name)
    for name in sorted(path.name for path in folder.glob("cunzhao-*.warc.gz")):
        old, new = folder / name, folder / _next_edition(name)
        if old.exists() and new.exists():
            gone = old if rows.indexed(new.name) else new
            gone.unlink()
            sync_folder(folder)
            log.warning(
                "took away %s; its records stand in %s", gone.name, (new if gone is old else old).name
            )


def compact(folder: Path, purged: set[str], rows: Rows) -> int:
    """Compact the marked files that nobody writes; the bytes set free. What cannot be done stays marked."""
    freed = 0
    for name in marked(folder):
        try:
            done = _compacted(folder, name, purged, rows)
        except (CunzhaoError, OSError) as exc:
            log.error("compacting %s failed: %s", name, exc)
            continue
        if done is not None:
            freed += done
            (folder / MARKS / name).unlink(missing_ok=True)
    return freed


def _compacted(folder: Path, name: str, purged: set[str], rows: Rows) -> int | None:
    """Bytes set free; None: not now."""
    path = folder / name
    if not path.is_file():
        return None if (folder / (name + OPEN)).exists() else 0
    size = path.stat().st_size
    if name.startswith(ADOPTED):  # the bytes of others are not rewritten: wholly kept, or wholly gone
        return _taken_away(path, rows) if rows.unused(name) else 0
    kept = _kept(path, purged, rows)
    if kept is None:
        return None
    if not any(record.type != "warcinfo" for record in kept):
        return _taken_away(path, rows)
    if sum(record.size for record in kept) == size:
        return 0
    return size - _rewritten(path, kept, rows)


def _taken_away(path: Path, rows: Rows) -> int:
    size = path.stat().st_size
    rows.move(path.name, "", {})
    path.unlink()
    sync_folder(path.parent)
    return size


def _kept(path: Path, purged: set[str], rows: Rows) -> list[Scanned] | None:
    """The records that stay; None where the file tells of a snapshot that the database has yet to take up.

    Raises WarcBroken for a damaged file, which is left as it is.
    """
    needed, kept, snapshots = rows.needed(path.name), list[Scanned](), list[str]()
    answers: set[str] = set()
    for record in scan(path, wanted=is_pageinfo):
        info = pageinfo.decode(record.body) if is_pageinfo(record.headers) else None
        if info:
            stays = info.snapshot not in purged
            snapshots += [info.snapshot] if stays else []
        elif record.type == "request":
            stays = bare_id(record.headers.get("warc-concurrent-to", "")) in answers
        else:
            stays = record.type == "warcinfo" or record.id in needed
        if stays:
            kept.append(record)
            answers.add(record.id)
    return kept if rows.known(snapshots) == set(snapshots) else None


def _rewritten(path: Path, kept: list[Scanned], rows: Rows) -> int:
    """The size of the new edition, which has taken the place of the old one."""
    folder, new = path.parent, _next_edition(path.name)
    half = folder / f"compacting-{secrets.token_hex(8)}.part"
    try:
        with disk_full_told(half):
            _copy(path, half, kept, new)
        places = _places(half, kept)
        half.rename(folder / new)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(folder)
    rows.move(path.name, new, places)
    path.unlink()
    sync_folder(folder)
    return (folder / new).stat().st_size


def _copy(path: Path, half: Path, kept: Iterable[Scanned], name: str) -> None:
    """A warcinfo record that tells of it, then the members as they are; on disk when this returns."""
    told = {"software": pageinfo.PROGRAM, "format": "WARC File Format 1.1", "isPartOf": path.name}
    told["description"] = "records of that file, unchanged, without those of deleted snapshots"
    with path.open("rb") as source, FileIO(half, "x") as target:
        for piece in packed(records.warcinfo(name, told, datetime.now(UTC))):
            target.write(piece)
        for record in kept:
            source.seek(record.offset)
            _copy_bytes(source, target, record.size)
        os.fsync(target.fileno())


def _copy_bytes(source: IO[bytes], target: FileIO, size: int) -> None:
    while size:
        piece = source.read(min(size, 1 << 20))
        size -= len(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[target.write(rest) or 0 :]


def _places(half: Path, kept: list[Scanned]) -> dict[str, tuple[int, int]]:
    """Where the records stand in the copy, which is read again: the old file goes only if all are there."""
    found = list(scan(half))[1:]
    if [(r.id, r.block, r.size) for r in found] != [(r.id, r.block, r.size) for r in kept]:
        raise StoreError(str(half), detail="the copy differs")
    return {record.id: (record.offset, record.size) for record in found}


def _next_edition(name: str) -> str:
    told = _NAME.fullmatch(name)
    if told is None:
        raise StoreError(name, detail="no file of ours")
    return f"{told['base']}_{int(told['edition'] or 1) + 1}.warc.gz"
