"""WARC records built from what an engine brought: ISO 28500:2017 fields, SHA-256 digests, bytes untouched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.recordbuilder import RecordBuilder

from cunzhao.archive.types import RecordRef
from cunzhao.collect.types import Exchange
from cunzhao.errors import ServerBroke

PROFILE = RecordBuilder.REVISIT_PROFILE_1_1
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
#: Ours: bytes of the payload a revisit stands for, so that the index can be rebuilt from this file alone.
PAYLOAD_LENGTH = "Cunzhao-Refers-To-Payload-Length"
RESPONSE, REQUEST = "application/http;msgtype=response", "application/http;msgtype=request"
WARC_FIELDS = "application/warc-fields"

_builder = RecordBuilder(warc_version="1.1")
_MIME = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,99}", re.ASCII)


class RawHead:
    """HTTP headers for warcio as the very bytes that were sent or received."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _header_filter: object = None) -> None:
        """warcio asks for the bytes to be made here; they are there already."""


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


def body_of(exchange: Exchange) -> bytes:
    """The body, checked against the digest made while it came in. Raises ServerBroke if they differ."""
    body = exchange.body.read()
    if len(body) != exchange.body.length or sha256(body) != exchange.body.digest:
        raise ServerBroke(exchange.url, detail="the spooled body changed")
    return body


def head_of(head: bytes) -> bytes:
    """A head that ends with exactly one empty line, so that every reader finds the same payload."""
    return re.split(rb"(?<=\n)\r?\n", head.rstrip(b"\r\n") + b"\r\n")[0] + b"\r\n"


def _record(kind: str, url: str, block: tuple[bytes, bytes], headers: Mapping[str, str], mime: str) -> Any:
    """A record whose block is HTTP headers (or nothing) and payload, as they are."""
    head, body = block
    told = {k: v for k, v in headers.items() if v} | {"WARC-Block-Digest": sha256(head, body)}
    return _builder.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=mime,
        warc_headers_dict=told,
        http_headers=RawHead(head) if head else None,
    )


def response(exchange: Exchange, url: str, body: bytes) -> Any:
    headers = _common(exchange) | {"WARC-Payload-Digest": exchange.body.digest}
    return _record("response", url, (head_of(exchange.response_head), body), headers, RESPONSE)


def revisit(exchange: Exchange, url: str, original: RecordRef) -> Any:
    """The answer's headers, and where its identical payload stands (identical-payload-digest)."""
    headers = _common(exchange) | {
        "WARC-Payload-Digest": exchange.body.digest,
        "WARC-Profile": PROFILE,
        "WARC-Refers-To": f"<urn:uuid:{original.id}>",
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": warc_date(original.timestamp),
        PAYLOAD_LENGTH: str(original.length),
    }
    return _record("revisit", url, (head_of(exchange.response_head), b""), headers, RESPONSE)


def request(exchange: Exchange, url: str) -> Any:
    headers = {
        "WARC-Date": warc_date(exchange.started),
        "WARC-Concurrent-To": f"<urn:uuid:{exchange.id}>",
        "WARC-IP-Address": exchange.peer or "",
        "WARC-Payload-Digest": sha256(b""),
    }
    return _record("request", url, (head_of(exchange.request_head), b""), headers, REQUEST)


def resource(id: str, url: str, date: datetime, mime: str, body: bytes) -> Any:
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{id}>",
        "WARC-Date": warc_date(date),
        "WARC-Payload-Digest": sha256(body),
    }
    return _record("resource", url, (b"", body), headers, mime)


def warcinfo(filename: str, fields: Mapping[str, str], now: datetime) -> Any:
    body = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    headers = {"WARC-Filename": filename, "WARC-Date": warc_date(now)}
    return _record("warcinfo", "", (b"", body), headers, WARC_FIELDS)


def _common(exchange: Exchange) -> dict[str, str]:
    return {
        "WARC-Record-ID": f"<urn:uuid:{exchange.id}>",
        "WARC-Date": warc_date(exchange.started),
        "WARC-IP-Address": exchange.peer or "",
    }
