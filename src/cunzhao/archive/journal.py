"""What users did to their links after saving, one JSON object a line: the archive folder restores it.

Operations: `{"op": one of OPS, "link": id, "url": …, "value": …, "at": ISO time}`; `value` is the tag or the
note, empty for `remove` and `restore`; of `purge` the ids of the snapshots that are gone for good, of `keep`
those that came back with a file imported again, joined by spaces; of `attach` the URL of the link to whose
page this one is attached; `give` says that the user gave such a link himself; of `collect` the id of a
collection and the place in it, of `uncollect` the id. Of OF_FACTS `value` is a JSON object again: what a user
said of a fact, or of all facts of a kind, of the snapshot it names as `snapshot_id`; of OF_INDICATORS (what
users call indicators), OF_ORDER (collections, saved searches, tags renamed) and OF_SEARCH (abbreviations) one
too, with no `link` and no `url`. `who` is the name of the account that did it, where there is one. Replayed
in order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from cunzhao.archive.warcfile import LOCKS, disk_full_told, sync_folder

NAME = "entries.jsonl"
OF_FACTS = ("correct", "uncorrect", "check", "uncheck")
OF_INDICATORS = ("alias", "unalias")
OF_ORDER = ("collection", "arrange", "retag", "unretag", "search", "unsearch")
OF_LINKS = (
    "tag", "untag", "remove", "restore", "note", "purge", "keep", "attach", "give", "collect", "uncollect",
)  # fmt: skip
OF_SEARCH = ("abbreviate", "unabbreviate")
OPS = (*OF_LINKS, *OF_FACTS, *OF_INDICATORS, *OF_ORDER, *OF_SEARCH)
_FIELDS = {"op", "link", "url", "value", "at"}
_MORE = {"who"}  # left out where it is not known, as of all lines before there were accounts


def size(folder: Path) -> int:
    """Bytes; 0 where there is no journal yet."""
    try:
        return (folder / NAME).stat().st_size
    except FileNotFoundError:
        return 0


def append_entry(folder: Path, *entries: Mapping[str, Any]) -> None:
    """Add operations; they are on disk when this returns. Raises ValueError for a wrong form, DiskFull."""
    for entry in entries:
        if set(entry) - _MORE != _FIELDS or entry["op"] not in OPS:
            raise ValueError(f"no journal entry: {dict(entry)!r}")
    line = b"".join(json.dumps(dict(entry), ensure_ascii=True).encode() + b"\n" for entry in entries)
    (folder / LOCKS).mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with FileLock(folder / LOCKS / f"{NAME}.lock"), disk_full_told(path):
        new = not path.exists()
        with path.open("ab+", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":  # a line torn by a crash stays by itself
                    line = b"\n" + line
            try:
                rest = memoryview(line)
                while rest:
                    rest = rest[file.write(rest) or 0 :]
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise
        if new:
            sync_folder(folder)


def read_entries(folder: Path) -> list[dict[str, Any]]:
    """All operations in order; a torn line is passed over (nothing was said about it)."""
    path = folder / NAME
    if not path.is_file():
        return []
    found = []
    for line in path.read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and set(entry) - _MORE == _FIELDS and entry["op"] in OPS:
            found.append(entry)
    return found


def purged(folder: Path) -> set[str]:
    """Snapshots that a user has deleted for good."""
    gone: set[str] = set()
    for entry in read_entries(folder):
        if entry["op"] == "purge":
            gone.update(str(entry["value"]).split())
        elif entry["op"] == "keep":
            gone.difference_update(str(entry["value"]).split())
    return gone


def forget(folder: Path, snapshots: Collection[str]) -> None:
    """Take out what was said of facts of these snapshots, which are gone for good: it quotes their text."""
    told = [entry for entry in read_entries(folder) if entry["op"] in OF_FACTS]
    if not any(_snapshot_of(entry) in snapshots for entry in told):
        return
    path, fresh = folder / NAME, folder / f"{NAME}.new"
    with FileLock(folder / LOCKS / f"{NAME}.lock"), disk_full_told(path):
        left = [
            entry
            for entry in read_entries(folder)
            if entry["op"] not in OF_FACTS or _snapshot_of(entry) not in snapshots
        ]
        with fresh.open("wb") as file:
            file.writelines(json.dumps(entry, ensure_ascii=True).encode() + b"\n" for entry in left)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(folder)


def _snapshot_of(entry: Mapping[str, Any]) -> str:
    return str(json.loads(entry["value"])["snapshot_id"])
