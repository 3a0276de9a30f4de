"""Sweeping up after processes that died: open WARC files are cut after the last whole record and closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cunzhao.archive.restoring import restore
from cunzhao.archive.types import Restored, Swept
from cunzhao.archive.warcfile import OPEN, abandoned, finish, sweep_locks
from cunzhao.errors import CunzhaoError, StoreError, WarcBroken

STALE_S = 3600  # a lock without its file is left alone so long: its process may be about to begin the file


@dataclass(frozen=True, slots=True)
class Index:
    """What a sweep asks of the database."""

    known: Callable[[Sequence[str]], set[str]]  # which of these snapshots it has
    end_of: Callable[[str], int]  # where the last record that it has of a file ends, in bytes


def recover(folder: Path, index: Index) -> tuple[Swept, ...]:
    """Sweep every open file that no living process holds. A file that cannot be swept stays, and is told.

    Safe beside living processes, and beside another `recover`. Raises nothing for a single bad file.
    """
    swept = []
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        name = path.name.removesuffix(OPEN)
        try:
            with abandoned(folder, name) as mine:
                if mine:
                    swept.append(_sweep(folder, name, index))
        except CunzhaoError as exc:
            swept.append(Swept(file=name, cut_bytes=0, restorable=(), error=exc))
        except OSError as exc:
            error = StoreError(str(path), detail=str(exc))
            swept.append(Swept(file=name, cut_bytes=0, restorable=(), error=error))
    sweep_locks(folder, STALE_S)
    return tuple(swept)


def _sweep(folder: Path, name: str, index: Index) -> Swept:
    path, found, broken = folder / (name + OPEN), list[Restored](), None
    size, said = path.stat().st_size, index.end_of(name)
    end = size
    try:
        for told in restore(path, name):
            found.append(told)
    except WarcBroken as exc:
        end, broken = exc.values["offset"], exc
    if end < said:
        end = size  # damage before what was saved: not the work of a crash; nothing is cut, `verify` tells
    elif end < size:
        _cut(path, end)
        broken = None
    if found or said:
        finish(folder, name)
    else:  # nothing but a warcinfo, and what was never said to be saved
        path.unlink()
    have = index.known([told.written.snapshot for told in found])
    lost = tuple(told for told in found if told.written.snapshot not in have)
    return Swept(file=name, cut_bytes=size - end, restorable=lost, error=broken)


def _cut(path: Path, end: int) -> None:
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
