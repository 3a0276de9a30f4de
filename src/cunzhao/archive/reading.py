"""Reading WARC files: in bulk with fastwarc, one record by its place, where the last whole one ends."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path
from typing import IO, Any

from fastwarc.warc import ArchiveIterator

from cunzhao.archive.types import RecordRef
from cunzhao.archive.warcfile import OPEN
from cunzhao.errors import RecordMissing, WarcBroken

CHUNK = 1 << 18
HEAD_BYTES = 1 << 20  # HTTP headers beyond this are not headers
PAGEINFO_BYTES = 50_000_000
GZIP = b"\x1f\x8b"
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A record as it stands in a file."""

    offset: int
    size: int  # bytes in the file
    headers: Mapping[str, str]  # of the record; names in lower case
    head: bytes  # HTTP headers of a request, response or revisit
    payload: str  # sha256 digest of the payload
    length: int  # bytes of the payload
    block: str  # sha256 digest of the block
    sha1: tuple[bytes, bytes]  # payload and block, for files that carry SHA-1
    body: bytes = field(repr=False)  # the payload, where `wanted` asked for it

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "")

    @property
    def id(self) -> str:
        return bare_id(self.headers.get("warc-record-id", ""))

    @property
    def url(self) -> str:
        return target_of(self.headers)


def locate(folder: Path, name: str) -> Path:
    """The file under its final name or, while a process writes it, under `….open`. Raises RecordMissing."""
    for _ in range(2):  # it may be given its final name between the two looks
        for path in (folder / name, folder / (name + OPEN)):
            if path.is_file():
                return path
    raise RecordMissing(name)


def scan(
    path: Path, start: int = 0, wanted: Callable[[Mapping[str, str]], bool] = lambda _: False
) -> Iterator[Scanned]:
    """The whole records from byte `start` on (where a record must begin), in order.

    Raises WarcBroken at the end where the file is cut or damaged: its `offset` is the end of the last whole
    record, `whole` how many were whole.
    """
    whole, end = 0, start
    with path.open("rb") as stream:
        stream.seek(start)
        packed = stream.read(2) == GZIP
        stream.seek(start)
        pending: Scanned | None = None
        try:
            for found in ArchiveIterator(stream, parse_http=False, buffer_size=CHUNK):
                if pending:  # that another record follows shows where it ends
                    end = found.stream_pos
                    whole += 1
                    yield _sized(pending, end)
                pending = _scanned(found, wanted)
                if pending is None:
                    break
        except OSError:
            pass  # damaged from here on; the last record read is checked below
    with path.open("rb") as stream:
        if pending and (last := (_member_end if packed else _plain_end)(stream, pending)):
            end = last
            whole += 1
            yield _sized(pending, end)
        if end < stream.seek(0, 2):
            raise WarcBroken(str(path), offset=end, whole=whole)


def record_at(path: Path, offset: int, size: int, limit: int) -> Scanned:
    """One record by its place, its payload in `body` (not more than `limit` bytes of it).

    Whatever its size, no more than `limit` bytes of it are in memory. Raises RecordMissing where no record
    stands there.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            found = next(iter(ArchiveIterator(_Part(stream, size), parse_http=False)), None)
            scanned = _scanned(found, lambda _: True, limit) if found is not None else None
    except OSError as exc:
        raise RecordMissing(f"{path.name}@{offset}") from exc
    if scanned is None:
        raise RecordMissing(f"{path.name}@{offset}")
    return _sized(scanned, size)


def head_at(path: Path, offset: int, size: int) -> bytes | None:
    """The HTTP head in a record, without reading the rest of it; None where there is none."""
    with path.open("rb") as stream:
        stream.seek(offset)
        found = next(iter(ArchiveIterator(_Part(stream, size), parse_http=False)), None)
        if found is None:
            return None
        return _head(found, {name.lower(): value for name, value in found.headers})[0] or None


def request_after(path: Path, answer: RecordRef) -> bytes | None:
    """The request that stands behind an answer of ours, as it was sent; None where another record does."""
    offset = answer.offset + answer.size
    with path.open("rb") as stream:
        stream.seek(offset)
        found = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        scanned = _scanned(found, lambda _: True) if found is not None else None
    if scanned is None or scanned.type != "request":
        return None
    concerns = bare_id(scanned.headers.get("warc-concurrent-to", ""))
    return scanned.head + scanned.body if concerns == answer.id else None


class _Part(RawIOBase):
    """The next `size` bytes of a stream, as a stream of their own."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._left, self._at = stream, size, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(piece)
        self._at += len(piece)
        return piece


def http_headers(head: bytes) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """Status and headers of an HTTP head, names as received, latin-1 decoded."""
    first, *lines = re.split(r"\r?\n", re.sub(rb"\r?\n[ \t]+", b" ", head).decode("latin-1"))
    told = re.match(r"HTTP/\S+ +(\d{3})", first)
    pairs = (line.partition(":") for line in lines if ":" in line)
    return int(told[1]) if told else None, tuple((name.strip(), value.strip()) for name, _, value in pairs)


def headers_of_record(head: bytes, record: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers of an answer; of a resource record its Content-Type; nothing where neither is told."""
    if head:
        return http_headers(head)[1]
    return (("Content-Type", record["content-type"]),) if record.get("content-type") else ()


def headers_of(head: bytes) -> dict[str, str]:
    """The headers of an HTTP head by name in lower case; of those met again, the last."""
    return {name.lower(): value for name, value in http_headers(head)[1]}


def target_of(headers: Mapping[str, str]) -> str:
    """WARC-Target-URI; WARC 1.0 allowed it in angle brackets."""
    told = headers.get("warc-target-uri", "")
    return told[1:-1] if told.startswith("<") and told.endswith(">") else told


def bare_id(told: str) -> str:
    return told.strip().removeprefix("<").removesuffix(">").removeprefix("urn:uuid:")


def date_of(told: str) -> datetime:
    """A WARC-Date of any precision that WARC 1.1 allows. Raises ValueError."""
    time = datetime.fromisoformat(told) if len(told) > 9 else datetime(int(told[:4]), int(told[5:7] or 1), 1)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _scanned(
    found: Any, wanted: Callable[[Mapping[str, str]], bool], limit: int = PAGEINFO_BYTES
) -> Scanned | None:
    """Read the record to its end, hashing; None if it ends too soon. Its `size` is not known yet."""
    headers = {name.lower(): value for name, value in found.headers}
    block, block_sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    payload, payload_sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    keep, body = wanted(headers), bytearray()
    head, rest = _head(found, headers)
    block.update(head)
    block_sha1.update(head)
    length, piece = 0, rest
    while piece or (piece := found.reader.read(CHUNK)):
        for told in (block, block_sha1, payload, payload_sha1):
            told.update(piece)
        if keep and len(body) < limit:
            body += piece[: limit - len(body)]
        length, piece = length + len(piece), b""
    if len(head) + length != found.content_length:
        return None
    return Scanned(
        offset=found.stream_pos,
        size=0,
        headers=headers,
        head=head,
        payload="sha256:" + payload.hexdigest(),
        length=length,
        block="sha256:" + block.hexdigest(),
        sha1=(payload_sha1.digest(), block_sha1.digest()),
        body=bytes(body),
    )


def _head(found: Any, headers: Mapping[str, str]) -> tuple[bytes, bytes]:
    """HTTP headers (empty for other records) and what was read beyond them."""
    if "application/http" not in headers.get("content-type", ""):
        return b"", b""
    read = b""
    while len(read) < HEAD_BYTES and (piece := found.reader.read(8192)):
        read += piece
        if end := _HEAD_END.search(read):
            return read[: end.end()], read[end.end() :]
    return (read, b"") if len(read) < HEAD_BYTES else (b"", read)


def _sized(record: Scanned, end: int) -> Scanned:
    return replace(record, size=end - record.offset)


def _member_end(stream: IO[bytes], record: Scanned) -> int | None:
    """Where the gzip member ends, its checksum right; None if it is cut."""
    end, _, tail = inflated(stream, record.offset)
    return end if tail == b"\r\n\r\n" else None


def inflated(stream: IO[bytes], offset: int) -> tuple[int | None, int, bytes]:
    """Inflate a gzip member: its end in the file (None if cut or damaged), length, last four bytes."""
    stream.seek(offset)
    inflate, made, tail = zlib.decompressobj(31), 0, b""
    pending = b""
    try:
        while not inflate.eof and (pending := pending or stream.read(CHUNK)):
            piece = inflate.decompress(pending, CHUNK)
            made, tail = made + len(piece), (tail + piece)[-4:]
            pending = inflate.unconsumed_tail
    except zlib.error:
        return None, made, tail
    return (stream.tell() - len(inflate.unused_data) if inflate.eof else None), made, tail


def _plain_end(stream: IO[bytes], record: Scanned) -> int | None:
    """Where an uncompressed record ends: its headers, its block, two line ends; None if it is cut."""
    stream.seek(record.offset)
    head = _HEAD_END.search(stream.read(HEAD_BYTES))
    if head is None:
        return None
    stream.seek(record.offset + head.end() + len(record.head) + record.length)
    return stream.tell() if stream.read(4) == b"\r\n\r\n" else None
