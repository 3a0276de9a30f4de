"""CDXJ 0.1.0: the index as lines that other archives read (`urlkey timestamp {json}`, byte-sorted)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cunzhao.archive.postquery import method_of
from cunzhao.archive.types import RecordRef

REVISIT = "warc/revisit"  # what stands for the MIME type of a revisit, by convention


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxLine:
    """One line. `timestamp` has 14 digits (UTC); `length` is the record's size in the file, compressed."""

    urlkey: str
    timestamp: str
    url: str
    digest: str
    mime: str
    filename: str
    offset: int
    length: int
    status: int | None = None
    method: str = "GET"

    def __str__(self) -> str:
        fields = {"url": self.url, "digest": self.digest, "mime": self.mime, "filename": self.filename}
        numbers = {"offset": self.offset, "length": self.length, "status": self.status}
        told = fields | {name: str(number) for name, number in numbers.items() if number is not None}
        told |= {} if self.method == "GET" else {"method": self.method}
        return f"{self.urlkey} {self.timestamp} {json.dumps(told)}"


def cdxj(records: Iterable[RecordRef]) -> Iterator[str]:
    """The lines of these records, sorted by their bytes, without line ends."""
    return iter(sorted((str(line(record)) for record in records), key=lambda told: told.encode()))


def line(record: RecordRef) -> CdxLine:
    return CdxLine(
        urlkey=record.urlkey,
        timestamp=record.timestamp.strftime("%Y%m%d%H%M%S"),
        url=record.url,
        digest=record.digest,
        mime=REVISIT if record.type == "revisit" else record.mime,
        filename=record.file,
        offset=record.offset,
        length=record.size,
        status=record.status,
        method=method_of(record.urlkey),
    )


def parse(text: str) -> CdxLine:
    """The line read back: `parse(str(line)) == line`. Raises ValueError for what is no CDXJ line."""
    urlkey, timestamp, told = text.split(" ", 2)
    fields = json.loads(told)
    try:
        return CdxLine(
            urlkey=urlkey,
            timestamp=timestamp,
            url=fields["url"],
            digest=fields["digest"],
            mime=fields["mime"],
            filename=fields["filename"],
            offset=int(fields["offset"]),
            length=int(fields["length"]),
            status=int(fields["status"]) if "status" in fields else None,
            method=fields.get("method", "GET"),
        )
    except (KeyError, TypeError) as exc:
        raise ValueError(f"no CDXJ line: {text!r} ({exc})") from exc
