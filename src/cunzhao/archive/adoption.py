"""Foreign WARC files taken into the archive: bytes unchanged, records indexed, pages found."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import zlib
from pathlib import Path
from typing import IO

from cunzhao.archive import pageinfo
from cunzhao.archive.finding import find_pages
from cunzhao.archive.reading import GZIP, HEAD_BYTES, inflated
from cunzhao.archive.restoring import ADOPTED, AdoptedFile, read_adopted
from cunzhao.archive.types import Adopted, FoundPage, PageInfo
from cunzhao.archive.warcfile import disk_full_told, sync_folder
from cunzhao.collect.types import Entry
from cunzhao.errors import EmptyInput, FileMissing, FormatUnknown, WarcBroken, WarcNotSeekable

COPY_BYTES = 1 << 20


def adopt(path: Path, folder: Path, limit: int) -> Adopted:
    """See `store.Archive.adopt`. The same bytes adopted twice are one file. `limit`: decoded bytes."""
    _check(path)
    read = read_adopted(path, path.name)
    if read.broken and not read.broken.values["whole"]:
        raise WarcBroken(str(path), **read.broken.values)
    if any(record.size <= 0 for record in read.refs.values()):
        raise WarcNotSeekable(str(path))
    name = _copy(path, folder, read.broken.values["offset"] if read.broken else path.stat().st_size)
    return _adopted(read_adopted(folder / name, name), folder / name, read.broken, limit)


def _adopted(read: AdoptedFile, path: Path, broken: WarcBroken | None, limit: int) -> Adopted:
    restored = tuple(told for told in read.snapshots() if told.info)
    claimed = {kept.record for told in restored for kept in told.written.kept}
    return Adopted(
        file=read.name,
        records=tuple(read.refs.values()),
        pages=find_pages(path, read.refs, claimed, limit),
        restored=restored,
        unresolved=read.unresolved,
        broken=broken,
    )


def info_of(page: FoundPage, snapshot: str, entry: Entry) -> PageInfo:
    """The facts of a claimed page: captured when its record says, by whom is not known."""
    return PageInfo(
        snapshot=snapshot,
        entry=entry,
        requested_url=page.record.url,
        final_url=page.record.url,
        engine="import",
        engine_reason="warc",
        captured=page.record.timestamp,
        seconds=0.0,
        verdict="complete",
        reason="",
        missing=(),
        page=page.record.id,
        kept=page.kept,
        program=pageinfo.PROGRAM,
    )


def _check(path: Path) -> None:
    """It is a WARC file whose records can be reached one by one."""
    if not path.is_file():
        raise FileMissing(str(path))
    with path.open("rb") as stream:
        start = stream.read(8)
        if not start:
            raise EmptyInput(str(path))
        if not start.startswith((GZIP, b"WARC/")):
            raise FormatUnknown(str(path), format=path.suffix.lstrip(".") or "?")
        if start.startswith(GZIP):
            _check_members(stream, path)


def _check_members(stream: IO[bytes], path: Path) -> None:
    """The first gzip member holds the first record and nothing else."""
    stream.seek(0)
    try:
        head = zlib.decompressobj(31).decompress(stream.read(HEAD_BYTES), HEAD_BYTES)
    except zlib.error as exc:
        raise FormatUnknown(str(path), format="gz") from exc
    if not head.startswith(b"WARC/"[: len(head)]):  # nothing yet of a file cut very early
        raise FormatUnknown(str(path), format="gz")
    told = re.search(rb"\r?\n\r?\n", head)
    length = re.search(rb"(?im)^content-length: *(\d+)", head[: told.end()]) if told else None
    end, made, _ = inflated(stream, 0)
    if end and told and length and made > told.end() + int(length[1]) + 4:
        raise WarcNotSeekable(str(path))


def _copy(path: Path, folder: Path, size: int) -> str:
    """The first `size` bytes under a name made of their digest; returns the name."""
    folder.mkdir(parents=True, exist_ok=True)
    told, half = hashlib.sha256(), folder / f"adopting-{secrets.token_hex(8)}.part"
    packed = False
    try:
        with disk_full_told(half), path.open("rb") as source, half.open("xb") as target:
            while size and (piece := source.read(min(COPY_BYTES, size))):
                packed = packed or (not target.tell() and piece.startswith(GZIP))
                told.update(piece)
                target.write(piece)
                size -= len(piece)
            target.flush()
            os.fsync(target.fileno())
        name = f"{ADOPTED}{told.hexdigest()[:32]}.warc{'.gz' if packed else ''}"
        half.replace(folder / name)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(folder)
    return name
