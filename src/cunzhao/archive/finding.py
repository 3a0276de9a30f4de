"""Pages of an adopted WARC file, each with those of its requisites that the file holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cunzhao.archive.frozen_css import freeze_css
from cunzhao.archive.frozen_html import freeze_html
from cunzhao.archive.linking import Linker
from cunzhao.archive.reading import http_headers, record_at
from cunzhao.archive.surt import same_page
from cunzhao.archive.types import FoundPage, Kept, RecordRef
from cunzhao.charset import declared_in, decode
from cunzhao.egress.decode import decode_body
from cunzhao.errors import CunzhaoError

HTML = {"text/html", "application/xhtml+xml"}
PAGE_TYPES = HTML | {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_ROLES = {"style": "stylesheet", "image": "image", "font": "font", "frame": "frame", "media": "media"}
_HTML_BYTES = 20_000_000
_FRAMES_DEEP = 3


@dataclass
class AdoptedRecords:
    """The records of one file, to be asked by URL."""

    path: Path
    refs: dict[str, RecordRef]  # by id
    limit: int  # bytes of a body after decompression
    _by_url: dict[str, list[RecordRef]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.refs.values():
            if record.type == "resource" or record.status == 200:
                self._by_url.setdefault(same_page(record.url), []).append(record)

    def nearest(self, url: str, page: RecordRef) -> RecordRef | None:
        """The answer to a URL that was captured closest to the page."""
        found = self._by_url.get(same_page(url), ())
        return min(found, key=lambda record: abs(record.timestamp - page.timestamp), default=None)

    def text(self, record: RecordRef) -> tuple[str, str]:
        """A text payload and its charset; empty where it cannot be had."""
        source = self.refs.get(record.refers_to or "", record)
        try:
            # A page that is compressed and yet longer than this ends as one that cannot be had.
            told = record_at(self.path, source.offset, source.size, min(self.limit, _HTML_BYTES))
            _, headers = http_headers(told.head)
            named = {name.lower(): value for name, value in headers}
            body = decode_body(told.body, named.get("content-encoding", ""), self.limit, record.url)
        except CunzhaoError:
            return "", "utf-8"
        found = decode(body[:_HTML_BYTES], declared_in(named.get("content-type", "")))
        return found.text, found.charset


def find_pages(path: Path, refs: dict[str, RecordRef], told: set[str], limit: int) -> tuple[FoundPage, ...]:
    """HTML, PDF and Word answered with 200 that no snapshot (`told`: their record ids) and no frame holds."""
    held = AdoptedRecords(path, refs, limit)
    pages = [
        _Page(held, record).found() for record in refs.values() if _is_page(record) and record.id not in told
    ]
    frames = {kept.record for page in pages for kept in page.kept if kept.role == "frame"}
    return tuple(page for page in pages if page.record.id not in frames)


def _is_page(record: RecordRef) -> bool:
    answered = record.status == 200 or record.type == "resource"
    return answered and record.mime in PAGE_TYPES and record.url.startswith(("http:", "https:", "file:"))


class _Page:
    """One page: what the frozen view would ask for is what it keeps."""

    def __init__(self, held: AdoptedRecords, record: RecordRef) -> None:
        self._held, self._record = held, record
        self._kept: dict[str, tuple[Kept, RecordRef]] = {}  # by URL as asked

    def found(self) -> FoundPage:
        if self._record.mime in HTML:
            self._look_through(self._record, 0)
        page = Kept(url=self._record.url, role="page", record=self._record.id)
        records = {self._record.id: self._record} | {told.id: told for _, told in self._kept.values()}
        kept = (page, *(kept for kept, _ in self._kept.values()))
        return FoundPage(record=self._record, kept=kept, records=tuple(records.values()))

    def _look_through(self, record: RecordRef, deep: int) -> None:
        text, charset = self._held.text(record)
        linker = Linker(
            base=record.url,
            charset=charset,
            holds=lambda url: self._held.nearest(url, self._record) is not None,
            address=self._keep,
            font=lambda url: self._keep(url, "font").encode(),
            frame=lambda url: self._keep_frame(url, deep + 1),
        )
        if record.mime in HTML:
            freeze_html(text, linker)
        else:
            freeze_css(text, linker.link)

    def _keep(self, url: str, kind: str) -> str:
        record = self._held.nearest(url, self._record)
        if record and url not in self._kept and record.id != self._record.id:
            self._kept[url] = (Kept(url=url, role=_ROLES[kind], record=record.id), record)
            if kind == "style":
                self._look_through(record, _FRAMES_DEEP)
        return ""

    def _keep_frame(self, url: str, deep: int) -> str | None:
        record = self._held.nearest(url, self._record)
        if record and deep <= _FRAMES_DEEP and record.mime in HTML and url not in self._kept:
            self._keep(url, "frame")
            self._look_through(record, deep)
        return None
