"""WARC files read back into snapshots and index lines, so that the archive folder alone is enough."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cunzhao.archive import pageinfo, records
from cunzhao.archive.postquery import request_key
from cunzhao.archive.reading import Scanned, bare_id, date_of, headers_of, http_headers, scan, target_of
from cunzhao.archive.surt import urlkey
from cunzhao.archive.types import PageInfo, RecordRef, RecordType, Restored, ToldAnswer, Written
from cunzhao.errors import WarcBroken

ADOPTED = "import-"  # what names of adopted files begin with
_IDS = uuid.UUID("6e0a3f43-6d3c-5b39-8f5b-3a6f6c1f7f0e")  # namespace of the ids of adopted records
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # of snapshot ids
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_LENGTH = re.compile(r"[0-9]{1,15}|-1")
UNKNOWN = -1  # length of the payload of a revisit that tells none; the record it refers to does
_TYPES: dict[str, RecordType] = {"response": "response", "revisit": "revisit", "resource": "resource"}


def is_pageinfo(headers: Mapping[str, str]) -> bool:
    return headers.get("warc-type") == "resource" and target_of(headers).startswith(pageinfo.PREFIX)


def restore(path: Path, name: str, purged: Collection[str] = (), *, rest: bool = False) -> Iterator[Restored]:
    """The snapshots of a WARC file in the archive, in the order they were written, without those purged.

    `name` is the file's name in the index (a file still open has another on disk). Of an adopted file the
    records that belong to no snapshot told in it come too, with `info=None`; of our own files only with
    `rest`: they are what a crash left of a capture, or payloads of purged snapshots that others refer to.
    Raises WarcBroken at the end if the file is cut or damaged.
    """
    if not name.startswith(ADOPTED):
        yield from _own(path, name, purged, rest)
        return
    told = read_adopted(path, name)
    yield from told.snapshots(purged)
    if told.broken:
        raise told.broken


def _own(path: Path, name: str, purged: Collection[str], rest: bool) -> Iterator[Restored]:
    pending: list[RecordRef] = []
    known: dict[str, RecordRef] = {}
    begun = 0
    for record in scan(path, wanted=_is_read):
        end = record.offset + record.size
        if told := _ref(record, name, record.id, bare_id, known):
            pending.append(told)
            known[told.id] = told
        if record.type == "request" and pending:
            pending[-1] = _keyed(pending[-1], record)
        if record.type == "warcinfo":
            begun = end
        if is_pageinfo(record.headers) and (info := pageinfo.decode(record.body)):
            if info.snapshot in purged:  # what it held may be needed by those that follow
                pending, begun = [_completed(told, info.answers.get(told.id)) for told in pending[:-1]], end
                continue
            size = end - begun if info.size is None else info.size + record.size
            pending = [_completed(told, info.answers.get(told.id)) for told in pending]
            yield Restored(info=info, written=_written(info, tuple(pending), size, record.id))
            pending, begun = [], end
    if rest and pending:
        yield Restored(info=None, written=_records_only(pending))


def _completed(record: RecordRef, told: ToldAnswer | None) -> RecordRef:
    """A revisit that tells no head, with what the pageinfo tells of it."""
    if record.length != UNKNOWN or told is None or told.length is None:
        return record
    return replace(record, status=told.status, mime=told.mime, length=told.length)


def _is_read(headers: Mapping[str, str]) -> bool:
    """Pageinfos, and requests: what was posted is part of the index key of the answer."""
    return is_pageinfo(headers) or headers.get("warc-type") == "request"


def _keyed(answer: RecordRef, request: Scanned) -> RecordRef:
    """The answer under the key of its request, if that is its request."""
    if bare_id(request.headers.get("warc-concurrent-to", "")) != answer.id:
        return answer
    method = request.head.split(b" ", 1)[0].decode("latin-1")
    content_type = headers_of(request.head).get("content-type", "")
    return replace(answer, urlkey=request_key(answer.url, method, content_type, request.body))


def has_something(path: Path, name: str, purged: Collection[str] = ()) -> bool:
    """Whether `restore` gives anything; reads no further than to the first that it gives."""
    try:
        if not name.startswith(ADOPTED):
            return next(_own(path, name, purged, rest=False), None) is not None
        told = AdoptedFile(name)
        for record in scan(path, wanted=is_pageinfo):
            told.add(record)
            if told.refs:
                return True
    except WarcBroken:
        pass
    return False


def adopted_snapshot(file: str, offset: int, captured: datetime) -> str:
    """The id of a snapshot told at `offset` of an adopted file: the same whenever it is read.

    16 characters: the time in units of 1024 ms (7, so that ids sort by time like those that core makes),
    then 45 bits of a SHA-256. Core's have 13 characters, so none of ours can be met, whatever a file says.
    """
    moment = min(max(int(captured.timestamp() * 1000), 0) >> 10, (1 << 35) - 1)
    told = int.from_bytes(hashlib.sha256(f"{file}@{offset}".encode()).digest()) & (1 << 45) - 1
    number = moment << 45 | told
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))


def _written(info: PageInfo, told: tuple[RecordRef, ...], size: int, info_record: str) -> Written:
    return Written(
        snapshot=info.snapshot,
        page=info.page,
        records=told,
        kept=info.kept,
        bytes=size,
        info_record=info_record,
    )


def _records_only(told: Collection[RecordRef]) -> Written:
    size = sum(record.size for record in told)
    return Written(snapshot="", page=None, records=tuple(told), kept=(), bytes=size)


@dataclass
class AdoptedFile:
    """What stands in a file that came from elsewhere. All ids are ours, of records as of snapshots.

    So nobody's file can name our records or take the place of our snapshots. The price: a snapshot that one
    Cunzhao exports has another id in the home that imports it.
    """

    name: str
    refs: dict[str, RecordRef] = field(default_factory=dict)  # by our id, in the order of the file
    infos: dict[str, PageInfo] = field(default_factory=dict)  # by our id of the record
    unresolved: int = 0
    broken: WarcBroken | None = None
    ids: dict[str, str] = field(default_factory=dict)  # WARC-Record-ID -> our id
    places: dict[tuple[str, str], str] = field(default_factory=dict)  # URL and WARC-Date -> our id
    digests: dict[str, str] = field(default_factory=dict)  # WARC-Payload-Digest as told -> our id

    def add(self, record: Scanned) -> None:
        id = str(uuid.uuid5(_IDS, f"{self.name}@{record.offset}"))
        told = _ref(record, self.name, id, lambda _: self._original(record), self.refs)
        if told is None:
            self.unresolved += record.type == "revisit"
            return
        self.refs[id] = told
        self.ids[record.id] = id
        if told.type != "revisit":
            self.places[record.url, record.headers.get("warc-date", "")] = id
            self.digests.setdefault(record.headers.get("warc-payload-digest", ""), id)
        if is_pageinfo(record.headers) and (info := pageinfo.decode(record.body)):
            snapshot = adopted_snapshot(self.name, record.offset, info.captured)
            self.infos[id] = replace(info, snapshot=snapshot)

    def _original(self, record: Scanned) -> str:
        """Our id of the record a revisit refers to; where the file does not hold it, the id it tells."""
        told, headers = bare_id(record.headers.get("warc-refers-to", "")), record.headers
        place = headers.get("warc-refers-to-target-uri", ""), headers.get("warc-refers-to-date", "")
        by_digest = self.digests.get(headers.get("warc-payload-digest", "") or "none")
        elsewhere = told if _UUID.fullmatch(told) else ""
        return self.ids.get(told) or self.places.get(place) or by_digest or elsewhere

    def snapshots(self, purged: Collection[str] = ()) -> Iterator[Restored]:
        """Snapshots told in the file with their records; then, with `info=None`, the other records.

        What a snapshot says to keep and the file does not hold is left out; one whose page the file does
        not hold shows nothing, and is none.
        """
        left = dict(self.refs)
        for id, info in self.infos.items():
            kept = tuple(replace(k, record=self.ids[k.record]) for k in info.kept if k.record in self.ids)
            page = self.ids.get(info.page or "")
            if page is None or info.snapshot in purged:
                continue
            mine = tuple(told for k in (*(k.record for k in kept), id) if (told := left.pop(k, None)))
            answers = {self.ids[k]: told for k, told in info.answers.items() if k in self.ids}
            ours = replace(info, kept=kept, page=page, answers=answers)
            size = sum(record.size for record in mine)
            yield Restored(info=ours, written=_written(ours, mine, size, id))
        if left:
            yield Restored(info=None, written=_records_only(left.values()))


def read_adopted(path: Path, name: str) -> AdoptedFile:
    """Everything in a foreign file, up to where it is broken."""
    told = AdoptedFile(name)
    try:
        for record in scan(path, wanted=is_pageinfo):
            told.add(record)
    except WarcBroken as exc:
        told.broken = exc
    return told


def _ref(
    record: Scanned,
    name: str,
    id: str,
    original: Callable[[str], str],
    known: Mapping[str, RecordRef] | None = None,
) -> RecordRef | None:
    """The index line of a record; None for one that is not in the index (request, warcinfo, metadata)."""
    kind, headers = _TYPES.get(record.type), record.headers
    if kind is None or not record.url:
        return None
    try:
        timestamp = date_of(headers.get("warc-date", ""))
    except (ValueError, OverflowError):  # OverflowError: a zone that leads out of the calendar
        return None
    status, told = http_headers(record.head) if record.head else (None, ())
    content_type = next((value for key, value in told if key.lower() == "content-type"), "")
    refers_to = original(headers.get("warc-refers-to", "")) if kind == "revisit" else None
    repeated = (known or {}).get(refers_to or "")
    payload = _payload(record, repeated)
    if payload is None:
        return None
    if repeated and not record.head:
        status, content_type = repeated.status, repeated.mime
    return RecordRef(
        id=id,
        type=kind,
        url=records.uri(record.url),
        urlkey=urlkey(records.uri(record.url)),
        timestamp=timestamp,
        status=status,
        mime=records.mime_of(headers.get("content-type", "") if kind == "resource" else content_type),
        digest=payload[0],
        length=payload[1],
        file=name,
        offset=record.offset,
        size=record.size,
        refers_to=refers_to,
    )


def _payload(record: Scanned, original: RecordRef | None) -> tuple[str, int] | None:
    """Digest and length of the payload; of a revisit, of the one it stands for, None if that is unknown."""
    if record.type != "revisit":
        return record.payload, record.length
    if original:
        return original.digest, original.length
    digest = record.headers.get("warc-payload-digest", "")
    length = record.headers.get(records.PAYLOAD_LENGTH.lower(), "")
    length = length or headers_of(record.head).get("content-length", "")
    if not record.head and not length:
        length = str(UNKNOWN)
    return (digest, int(length)) if _DIGEST.fullmatch(digest) and _LENGTH.fullmatch(length) else None
