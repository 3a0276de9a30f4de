"""One capture put into an open WARC file: which record for which exchange, and what the snapshot keeps."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from cunzhao.archive import conditions as told_conditions
from cunzhao.archive import pageinfo, records
from cunzhao.archive.heads import changes
from cunzhao.archive.postquery import request_key
from cunzhao.archive.reading import headers_of
from cunzhao.archive.surt import urlkey
from cunzhao.archive.types import Kept, PageInfo, RecordRef, ToldAnswer, Written
from cunzhao.archive.warcfile import WarcFile
from cunzhao.collect.types import Capture, Conditions, Entry, Exchange, Rendition

#: A payload below this many bytes is stored again unless URL and head are those of before: a revisit record
#: that has to tell its head would not be smaller.
REVISIT_BYTES = 512

#: What a rendition's URN is called after `urn:`, as browsertrix-crawler names them where it has a name.
RENDITION_URNS = {"screenshot": "fullPage", "pdf": "pdf", "dom": "dom", "text": "text"}

Lookup = Callable[[str], RecordRef | None]


@dataclass
class Draft:
    """The records of one write, until they are on disk."""

    warc: WarcFile
    earlier: Lookup  # by record id: what this process wrote before
    holding: Callable[[str, str], RecordRef | None]  # by URL and digest: a response, whole and in its place,
    # that holds this payload; of this URL where there is one
    head_at: Callable[[RecordRef], bytes | None]  # the response head in such a record
    told_before: Callable[[str], ToldAnswer | None]  # by record id: what this process told of a revisit
    holding_at: Callable[[str, str], RecordRef | None]  # by URL and digest: such a `resource` record
    written: dict[str, RecordRef] = field(default_factory=dict)  # by record id
    shared: dict[str, RecordRef] = field(default_factory=dict)  # by record id
    payloads: dict[str, RecordRef] = field(default_factory=dict)  # responses written now, by digest
    at: dict[tuple[str, str], RecordRef] = field(default_factory=dict)  # these and resources: URL, digest
    answers: dict[str, ToldAnswer] = field(default_factory=dict)  # told in the pageinfo, by record id
    start: int = 0

    def __post_init__(self) -> None:
        self.start = self.warc.size

    def put_capture(self, capture: Capture, snapshot: str, entry: Entry) -> Written:
        as_resource = capture.engine == "import"
        kept = [
            Kept(url=told.url, role="redirect", record=self._put(told, "redirect", as_resource).id)
            for told in capture.exchanges[:-1]
        ]
        page = self._put(capture.page, "page", as_resource) if capture.page else None
        if page:
            kept.append(Kept(url=page.url, role="page", record=page.id))
        for requisite in capture.requisites:
            for n, told in enumerate(requisite.exchanges, 1):
                last = n == len(requisite.exchanges)
                role, url = (requisite.role, requisite.url) if last else ("redirect", told.url)
                id = self._put(told, role, as_resource).id
                kept.append(Kept(url=records.uri(url), role=role, record=id))
        kept += [self._put_rendition(rendition, capture.final_url) for rendition in capture.renditions]
        kept += self._put_conditions(capture.conditions, capture.started) if capture.conditions else []
        once = tuple(dict.fromkeys(kept))
        answers = {k.record: self.answers[k.record] for k in once if k.record in self.answers}
        info = pageinfo.of_capture(capture, snapshot, entry, once, page.id if page else None)
        return self.put_info(replace(info, answers=answers))

    def put_info(self, info: PageInfo) -> Written:
        """End the snapshot with its pageinfo record: only with it the snapshot is whole."""
        body = pageinfo.encode(replace(info, size=self.warc.size - self.start), self.shared | self.written)
        url = records.uri(pageinfo.PREFIX + info.final_url)
        told = self._put_resource(str(uuid.uuid4()), url, pageinfo.MIME, body, info.captured)
        return Written(
            snapshot=info.snapshot,
            page=info.page,
            records=tuple(self.written.values()),
            kept=info.kept,
            bytes=self.warc.size - self.start,
            info_record=told.id,
            shared=tuple(self.shared.values()),
        )

    def _put_rendition(self, rendition: Rendition, page: str) -> Kept:
        url = records.uri(f"urn:{RENDITION_URNS[rendition.kind]}:{page}")
        body = records.checked(rendition.body, url)
        record = self._put_once(url, rendition.mime, body, rendition.made)
        return Kept(url=url, role=rendition.kind, record=record.id)

    def _put_conditions(self, conditions: Conditions, now: datetime) -> list[Kept]:
        """What is the same for a whole batch, and certificates: named by their digest, written once."""
        session = told_conditions.session_body(conditions)
        url = told_conditions.session_url(records.sha256(session))
        record = self._put_once(url, told_conditions.SESSION_MIME, session, now)
        kept = [Kept(url=url, role="session", record=record.id)]
        for der in (der for shown in conditions.certificates for der in shown.chain):
            url = told_conditions.certificate_url(records.sha256(der))
            record = self._put_once(url, told_conditions.CERTIFICATE_MIME, der, now)
            kept.append(Kept(url=url, role="certificate", record=record.id))
        return kept

    def _put_once(self, url: str, mime: str, body: bytes, now: datetime) -> RecordRef:
        """A resource that the archive may hold already under this URL: then it is that record."""
        digest = records.sha256(body)
        if known := self.at.get((url, digest)):
            return known
        if known := self.holding_at(url, digest):
            return self._share(known) if self.earlier(known.id) else known
        told = self._put_resource(str(uuid.uuid4()), url, mime, body, now)
        self.at[url, digest] = told
        return told

    def _put(self, exchange: Exchange, role: str, as_resource: bool) -> RecordRef:
        """The record of an exchange: written now, or by an earlier write that shared it."""
        if (known := self.written.get(exchange.id)) or (known := self._earlier_answer(exchange)):
            return known
        if as_resource:
            url, body = records.uri(exchange.url), records.checked(exchange.body, exchange.url)
            mime = records.content_type_of(exchange)
            return self._put_resource(exchange.id, url, mime, body, exchange.started)
        return self._put_answer(exchange, role)

    def _earlier_answer(self, exchange: Exchange) -> RecordRef | None:
        if told := self.told_before(exchange.id):
            self.answers[exchange.id] = told  # each snapshot tells it, and needs no other
        known = self.earlier(exchange.id)
        return self._share(known) if known else None

    def _share(self, record: RecordRef) -> RecordRef:
        """Its row may not be committed yet (or its transaction failed): this snapshot brings it along."""
        self.shared[record.id] = record
        if record.refers_to and (original := self.earlier(record.refers_to)):
            self.shared[original.id] = original
        return record

    def _put_resource(self, id: str, url: str, mime: str, body: bytes, now: datetime) -> RecordRef:
        place = self.warc.append(records.resource(id, url, now, mime, body))
        told = RecordRef(
            id=id,
            type="resource",
            url=url,
            urlkey=urlkey(url),
            timestamp=now,
            status=None,
            mime=records.mime_of(mime),
            digest=records.sha256(body),
            length=len(body),
            file=self.warc.name,
            offset=place[0],
            size=place[1],
        )
        self.written[id] = told
        return told

    def _put_answer(self, exchange: Exchange, role: str) -> RecordRef:
        """Response, then request; or a revisit, its request told in the pageinfo.

        A plain request tells little that its neighbours do not: there it costs some twenty bytes, as a record
        of its own more than the revisit. Another is part of the answer's index key, and stands behind it.
        """
        url, body = records.uri(exchange.url), exchange.body
        original = self._original(url, body.digest) if body.length else None
        if original and original.id == exchange.id:  # written before this process forgot it (a compaction)
            return self._share(original)
        lines = self._changes(exchange, url, original) if original else None
        if lines is None and body.length < REVISIT_BYTES:
            original = None
        if original:
            told = records.revisit(exchange, url, original, with_head=lines is None)
        else:
            told = records.response(exchange, url, records.checked(body, exchange.url), role)
        place = self.warc.append(told)
        record = self._remember_answer(exchange, place, original)
        if original and _is_plain(exchange):
            self.answers[record.id] = _told(exchange.request_head, lines, record)
        elif exchange.request_head:
            self.warc.append(records.request(exchange, url))
        return record

    def _original(self, url: str, digest: str) -> RecordRef | None:
        found = self.at.get((url, digest)) or self.holding(url, digest) or self.payloads.get(digest)
        if found and self.earlier(found.id):
            self._share(found)
        return found

    def _changes(self, exchange: Exchange, url: str, original: RecordRef) -> dict[int, str] | None:
        """What differs in the head from that of the original; None where the revisit has to tell it whole."""
        if original.url != url or original.status != exchange.status or not _is_plain(exchange):
            return None
        before = self.head_at(original)
        return None if before is None else changes(before, records.head_of(exchange.response_head))

    def _remember_answer(
        self, exchange: Exchange, place: tuple[int, int], original: RecordRef | None
    ) -> RecordRef:
        url, asked = records.uri(exchange.url), headers_of(exchange.request_head)
        told = RecordRef(
            id=exchange.id,
            type="revisit" if original else "response",
            url=url,
            urlkey=request_key(url, exchange.method, asked.get("content-type", ""), exchange.request_body),
            timestamp=exchange.started,
            status=exchange.status,
            mime=records.mime_of(exchange.header("content-type")),
            digest=exchange.body.digest,
            length=exchange.body.length,
            file=self.warc.name,
            offset=place[0],
            size=place[1],
            refers_to=original.id if original else None,
        )
        self.written[told.id] = told
        if original is None and told.length:
            self.payloads.setdefault(told.digest, told)
            self.at[url, told.digest] = told
        return told


def _is_plain(exchange: Exchange) -> bool:
    return exchange.method.upper() == "GET" and not exchange.request_body


def _told(request: bytes, lines: dict[int, str] | None, record: RecordRef) -> ToldAnswer:
    if lines is None:
        return ToldAnswer(request=request)
    return ToldAnswer(
        request=request, head=lines, status=record.status, mime=record.mime, length=record.length
    )
