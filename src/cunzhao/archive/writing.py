"""One capture put into an open WARC file: which record for which exchange, and what the snapshot keeps."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from cunzhao.archive import pageinfo, records
from cunzhao.archive.surt import urlkey
from cunzhao.archive.types import Kept, PageInfo, RecordRef, RecordType, Written
from cunzhao.archive.warcfile import WarcFile
from cunzhao.collect.types import Capture, Entry, Exchange
from cunzhao.settings import Settings

#: A payload below this many bytes is stored again: a revisit record would not be smaller.
REVISIT_BYTES = 512

Lookup = Callable[[str], RecordRef | None]


@dataclass
class Draft:
    """The records of one write, until they are on disk."""

    warc: WarcFile
    earlier: Lookup  # by record id: what this process wrote before
    holding: Lookup  # by digest: a record, whole and in its place, that holds this payload
    written: dict[str, RecordRef] = field(default_factory=dict)  # by record id
    shared: dict[str, RecordRef] = field(default_factory=dict)  # by record id
    payloads: dict[str, RecordRef] = field(default_factory=dict)  # by digest, of those written now
    start: int = 0

    def __post_init__(self) -> None:
        self.start = self.warc.size

    def put_capture(self, capture: Capture, snapshot: str, entry: Entry, settings: Settings) -> Written:
        as_resource = capture.engine == "import"
        kept = [
            Kept(url=told.url, role="redirect", record=self._put(told, as_resource).id)
            for told in capture.exchanges[:-1]
        ]
        page = self._put(capture.page, as_resource) if capture.page else None
        if page:
            kept.append(Kept(url=page.url, role="page", record=page.id))
        for requisite in capture.requisites:
            for n, told in enumerate(requisite.exchanges, 1):
                last = n == len(requisite.exchanges)
                role, url = (requisite.role, requisite.url) if last else ("redirect", told.url)
                kept.append(Kept(url=records.uri(url), role=role, record=self._put(told, as_resource).id))
        once = tuple(dict.fromkeys(kept))
        return self.put_info(
            pageinfo.of_capture(capture, snapshot, entry, once, page.id if page else None), settings
        )

    def put_info(self, info: PageInfo, settings: Settings) -> Written:
        """End the snapshot with its pageinfo record: only with it the snapshot is whole."""
        body = pageinfo.encode(info, self.shared | self.written, settings)
        url, id = records.uri(pageinfo.PREFIX + info.final_url), str(uuid.uuid4())
        offset, size = self.warc.append(records.resource(id, url, info.captured, pageinfo.MIME, body))
        self.written[id] = RecordRef(
            id=id,
            type="resource",
            url=url,
            urlkey=urlkey(url),
            timestamp=info.captured,
            status=None,
            mime=pageinfo.MIME,
            digest=records.sha256(body),
            length=len(body),
            file=self.warc.name,
            offset=offset,
            size=size,
        )
        return Written(
            snapshot=info.snapshot,
            page=info.page,
            records=tuple(self.written.values()),
            kept=info.kept,
            bytes=self.warc.size - self.start,
            shared=tuple(self.shared.values()),
        )

    def _put(self, exchange: Exchange, as_resource: bool) -> RecordRef:
        """The record of an exchange: written now, or by an earlier write that shared it."""
        if known := self.written.get(exchange.id):
            return known
        if known := self.earlier(exchange.id):
            return self._share(known)
        if as_resource:
            return self._put_resource(exchange)
        return self._put_answer(exchange)

    def _share(self, record: RecordRef) -> RecordRef:
        """Its row may not be committed yet (or its transaction failed): this snapshot brings it along."""
        self.shared[record.id] = record
        if record.refers_to and (original := self.earlier(record.refers_to)):
            self.shared[original.id] = original
        return record

    def _put_resource(self, exchange: Exchange) -> RecordRef:
        url, body = records.uri(exchange.url), records.body_of(exchange)
        mime = records.content_type_of(exchange)
        place = self.warc.append(records.resource(exchange.id, url, exchange.started, mime, body))
        return self._remember(exchange, "resource", place, None)

    def _put_answer(self, exchange: Exchange) -> RecordRef:
        """Response (or revisit), then request."""
        url, body = records.uri(exchange.url), exchange.body
        original = self._original(body.digest) if body.length >= REVISIT_BYTES else None
        if original:
            told = records.revisit(exchange, url, original)
        else:
            told = records.response(exchange, url, records.body_of(exchange))
        place = self.warc.append(told)
        if exchange.request_head:
            self.warc.append(records.request(exchange, url))
        return self._remember(exchange, "revisit" if original else "response", place, original)

    def _original(self, digest: str) -> RecordRef | None:
        if found := self.payloads.get(digest):
            return found
        found = self.holding(digest)
        if found and self.earlier(found.id):
            self._share(found)
        return found

    def _remember(
        self, exchange: Exchange, kind: RecordType, place: tuple[int, int], original: RecordRef | None
    ) -> RecordRef:
        resource = kind == "resource"
        content_type = records.content_type_of(exchange) if resource else exchange.header("content-type")
        told = RecordRef(
            id=exchange.id,
            type=kind,
            url=records.uri(exchange.url),
            urlkey=urlkey(records.uri(exchange.url)),
            timestamp=exchange.started,
            status=None if resource else exchange.status,
            mime=records.mime_of(content_type),
            digest=exchange.body.digest,
            length=exchange.body.length,
            file=self.warc.name,
            offset=place[0],
            size=place[1],
            refers_to=original.id if original else None,
        )
        self.written[told.id] = told
        if kind != "revisit":
            self.payloads.setdefault(told.digest, told)
        return told
