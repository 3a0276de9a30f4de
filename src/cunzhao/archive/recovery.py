"""Sweeping up after processes that died: open WARC files are cut after the last whole record and closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
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


def recover(folder: Path, index: Index) -> Iterator[Swept]:
    """Sweep every open file that no living process holds. A file that cannot be swept stays, and is told.

    A file keeps its open name, and its lock, until the next is asked for: if the rows of what it holds are
    not added by then, the next sweep tells of them again. Safe beside living processes, and beside another
    `recover`. Raises nothing for a single bad file.
    """
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        name = path.name.removesuffix(OPEN)
        try:
            with abandoned(folder, name) as mine:
                if mine:
                    yield _sweep(folder, name, index)
                    if path.exists():
                        finish(folder, name)
        except CunzhaoError as exc:
            yield Swept(file=name, cut_bytes=0, restorable=(), error=exc)
        except OSError as exc:
            error = StoreError(str(path), detail=str(exc))
            yield Swept(file=name, cut_bytes=0, restorable=(), error=error)
    sweep_locks(folder, STALE_S)


def _sweep(folder: Path, name: str, index: Index) -> Swept:
    """Cut after the last whole record; a file with nothing in it is taken away."""
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
    if not found and not said:  # nothing but a warcinfo, and what was never said to be saved
        path.unlink()
    have = index.known([told.written.snapshot for told in found])
    lost = tuple(told for told in found if told.written.snapshot not in have)
    return Swept(file=name, cut_bytes=size - end, restorable=lost, error=broken)


def _cut(path: Path, end: int) -> None:
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())
