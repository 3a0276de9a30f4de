"""Looking through the whole archive for damage: files gone, records cut, bytes unlike their digest."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from pathlib import Path

from cunzhao.archive.reading import Scanned, locate, scan
from cunzhao.archive.types import Damage, RecordRef
from cunzhao.archive.warcfile import OPEN
from cunzhao.errors import RecordMissing, WarcBroken

InFile = Callable[[str], list[RecordRef]]


def verify(folder: Path, indexed: set[str], in_file: InFile) -> Iterator[Damage]:
    """Everything wrong with the archive, file by file; nothing if all bytes are as they were written.

    `indexed` are the files the database names, `in_file` gives its records of one.
    """
    on_disk = {path.name.removesuffix(OPEN) for path in folder.glob("*.warc*") if path.is_file()}
    for name in sorted(on_disk | indexed):
        try:
            path = locate(folder, name)
        except RecordMissing:  # unless its records stand in another file since the list was made
            yield from (_damage(record, "file-missing", "") for record in in_file(name))
            continue
        expected = {record.offset: record for record in in_file(name)}
        yield from _of_file(path, name, expected)


def _of_file(path: Path, name: str, expected: dict[int, RecordRef]) -> Iterator[Damage]:
    unseen = dict(expected)
    try:
        for record in scan(path):
            told = unseen.pop(record.offset, None)
            if detail := _mismatch(record, told):
                id = told.id if told else record.id
                yield Damage(
                    file=name, offset=record.offset, record=id, code="digest-mismatch", detail=detail
                )
    except WarcBroken as exc:
        # A living process may be in the middle of a record: no damage, unless the index knows it.
        if path.name == name and not unseen:
            yield Damage(
                file=name, offset=exc.values["offset"], record="", code="record-broken", detail=str(exc)
            )
    except OSError as exc:
        yield Damage(file=name, offset=0, record="", code="record-broken", detail=str(exc))
    yield from (_damage(record, "record-broken", "no whole record here") for record in unseen.values())


def _damage(record: RecordRef, code: str, detail: str) -> Damage:
    return Damage(file=record.file, offset=record.offset, record=record.id, code=code, detail=detail)


def _mismatch(record: Scanned, told: RecordRef | None) -> str:
    """What does not fit, in words; empty if all fits."""
    headers = record.headers
    block, payload = headers.get("warc-block-digest", ""), headers.get("warc-payload-digest", "")
    if not agrees(block, record.block, record.sha1[1]):
        return f"block: {record.block}, record says {block}"
    segmented = "warc-segment-number" in headers or "warc-truncated" in headers
    if record.type == "revisit" or segmented:
        return ""
    if not agrees(payload, record.payload, record.sha1[0]):
        return f"payload: {record.payload}, record says {payload}"
    if told and told.digest != record.payload:
        return f"payload: {record.payload}, index says {told.digest}"
    return ""


def agrees(told: str, sha256: str, sha1: bytes) -> bool:
    """Whether a digest of a WARC header (SHA-256 or SHA-1; hex, base 32 or base 64) is that of the bytes.

    A digest of another kind, or none, says nothing and agrees.
    """
    algorithm, _, value = told.partition(":")
    actual = {"sha256": bytes.fromhex(sha256.removeprefix("sha256:")), "sha1": sha1}
    ours = actual.get(algorithm.lower().replace("-", ""))
    return ours is None or ours in _decoded(value, len(ours))


def _decoded(value: str, size: int) -> Iterator[bytes]:
    if len(value) == 2 * size:
        decoders: tuple[Callable[[str], bytes], ...] = (bytes.fromhex,)
    else:
        padded = value.rstrip("=")
        decoders = (
            lambda _: base64.b32decode(padded + "=" * (-len(padded) % 8), casefold=True),
            lambda _: base64.urlsafe_b64decode(
                padded.translate({43: "-", 47: "_"}) + "=" * (-len(padded) % 4)
            ),
        )
    for decode in decoders:
        try:
            yield decode(value)
        except (ValueError, binascii.Error):
            continue
