"""WARC records built from what an engine brought: ISO 28500:2017 fields, SHA-256 digests, bytes untouched."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from cunzhao.archive.types import RecordRef
from cunzhao.collect.types import Body, Exchange
from cunzhao.errors import ServerBroke

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
#: Ours: bytes of the payload a revisit stands for, so that the index can be rebuilt from this file alone;
#: left out where the answer's Content-Length tells it, or the pageinfo.
PAYLOAD_LENGTH = "Cunzhao-Refers-To-Payload-Length"
RESPONSE, REQUEST = "application/http;msgtype=response", "application/http;msgtype=request"
WARC_FIELDS = "application/warc-fields"

#: Roles in the words of the browser's protocol, as other archivers write them (WARC-Resource-Type).
RESOURCE_TYPES = {
    "page": "document", "next-page": "document", "frame": "document", "icon": "image", "worker": "script",
    "redirect": "other",
}  # fmt: skip

_MIME = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record as it is to be written: its own headers, then the block in pieces."""

    headers: bytes  # with the empty line
    block: tuple[bytes, ...]


def sha256(*parts: bytes) -> str:
    told = hashlib.sha256()
    for part in parts:
        told.update(part)
    return "sha256:" + told.hexdigest()


def uri(url: str) -> str:
    """The URL as it may stand in a WARC header: no white space, no control character, valid Unicode."""
    valid = url.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]", lambda found: quote(found[0]), valid)


def mime_of(content_type: str) -> str:
    """`Text/HTML; charset=gbk` -> `text/html`; empty for what is no MIME type."""
    told = content_type.split(";", 1)[0].strip()
    return told.lower() if _MIME.fullmatch(told) else ""


def content_type_of(exchange: Exchange) -> str:
    """The Content-Type a resource record is given: as told, on one line; never none."""
    return re.sub(r"[^\x20-\x7e]", "", exchange.header("content-type")).strip() or "application/octet-stream"


def warc_date(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def checked(body: Body, url: str) -> bytes:
    """The bytes, checked against the digest made while they came in. Raises ServerBroke if they differ."""
    told = body.read()
    if len(told) != body.length or sha256(told) != body.digest:
        raise ServerBroke(url, detail="the spooled body changed")
    return told


def head_of(head: bytes) -> bytes:
    """A head that ends with exactly one empty line, so that every reader finds the same payload."""
    return re.split(rb"(?<=\n)\r?\n", head.rstrip(b"\r\n") + b"\r\n")[0] + b"\r\n"


def _record(
    kind: str, url: str, block: tuple[bytes, bytes], headers: Mapping[str, str], mime: str
) -> WarcRecord:
    """A record with HTTP headers (or nothing) and payload as its block; empty fields are left out."""
    told = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        **headers,
        "WARC-Block-Digest": sha256(*block) if any(block) else "",
        "Content-Type": mime,
        "Content-Length": str(sum(map(len, block))),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return WarcRecord(f"WARC/1.1\r\n{lines}\r\n".encode(), block)


def response(exchange: Exchange, url: str, body: bytes, role: str) -> WarcRecord:
    headers = _common(exchange) | {
        "WARC-Payload-Digest": exchange.body.digest,
        "WARC-Protocol": exchange.protocol,
        "WARC-Resource-Type": RESOURCE_TYPES.get(role, role),
    }
    return _record("response", url, (head_of(exchange.response_head), body), headers, RESPONSE)


def revisit(exchange: Exchange, url: str, original: RecordRef, *, with_head: bool) -> WarcRecord:
    """Where the identical payload of an answer stands (identical-payload-digest), and the answer's headers.

    Without them it has no block, as ISO 28500 allows (6.7.2), and the pageinfo tells them. Of protocol and
    role, what the status line and the pageinfo tell is left out.
    """
    head, length = head_of(exchange.response_head), str(original.length)
    protocol = "" if head.lower().startswith(exchange.protocol.encode()) else exchange.protocol
    headers = _common(exchange) | {
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": warc_date(original.timestamp),
        "WARC-Refers-To": f"<urn:uuid:{original.id}>",
        "WARC-Profile": PROFILE,
        "WARC-Payload-Digest": exchange.body.digest,
        "WARC-Protocol": protocol,
    }
    if not with_head:
        return _record("revisit", url, (b"", b""), headers, "")
    if exchange.header("content-length") != length:
        headers[PAYLOAD_LENGTH] = length
    return _record("revisit", url, (head, b""), headers, RESPONSE)


def request(exchange: Exchange, url: str) -> WarcRecord:
    headers = {
        "WARC-Date": warc_date(exchange.started),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Concurrent-To": f"<urn:uuid:{exchange.id}>",
        "WARC-IP-Address": exchange.peer or "",
        "WARC-Payload-Digest": sha256(exchange.request_body) if exchange.request_body else "",
    }
    return _record("request", url, (head_of(exchange.request_head), exchange.request_body), headers, REQUEST)


def resource(id: str, url: str, date: datetime, mime: str, body: bytes) -> WarcRecord:
    """Its block is its payload, so one digest tells both."""
    headers = {
        "WARC-Date": warc_date(date),
        "WARC-Record-ID": f"<urn:uuid:{id}>",
        "WARC-Payload-Digest": sha256(body),
    }
    return _record("resource", url, (b"", body), headers, mime)


def warcinfo(filename: str, fields: Mapping[str, str], now: datetime) -> WarcRecord:
    body = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    headers = {
        "WARC-Date": warc_date(now),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Filename": filename,
    }
    return _record("warcinfo", "", (b"", body), headers, WARC_FIELDS)


def _common(exchange: Exchange) -> dict[str, str]:
    return {
        "WARC-Date": warc_date(exchange.started),
        "WARC-Record-ID": f"<urn:uuid:{exchange.id}>",
        "WARC-IP-Address": exchange.peer or "",
    }
