"""Request heads that the gate accepts, read strictly: what can be read in two ways is not read at all.

Sources: RFC 9112 (request line 3.2, framing 6, chunks 7.1), RFC 9110 7.6.1 (what a proxy keeps to itself).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cunzhao.egress.addresses import same_host

_HOST = rb"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]|[A-Za-z0-9._-]+"
_CONNECT = re.compile(rb"CONNECT (%b):([0-9]{1,5}) HTTP/1\.[01]" % _HOST)
_ABSOLUTE = re.compile(
    rb"([A-Z]{1,20}) (?i:http)://(%b)(?::([0-9]{1,5}))?(/[!-\"$-~]*|\?[!-\"$-~]*|) HTTP/1\.1" % _HOST
)
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00-\x08\x0a-\x1f\x7f]*)")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;[\t -~]*)?\r\n")

CHUNKED = -1


class Unacceptable(Exception):
    """A request that the gate does not pass on; the text says why, in one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to the gate. `head` is empty for CONNECT, else the head as the server shall get it."""

    host: str  # without brackets
    port: int
    head: bytes = b""
    body: int = 0  # bytes that follow, or CHUNKED


def credentials(head: bytes) -> bytes | None:
    """What stands in Proxy-Authorization, decoded: b"label:secret"; b"" if unreadable, None if absent."""
    given = re.search(rb"\r\nProxy-Authorization:[ \t]*Basic[ \t]+([^\r\n]*)", head, re.IGNORECASE)
    if not given:
        return None
    try:
        return base64.b64decode(given[1].strip(), validate=True)
    except binascii.Error:
        return b""


def is_connect(head: bytes) -> bool:
    return head.startswith(b"CONNECT ")


def read_head(head: bytes) -> Asked:
    """Read a head that ends with its empty line: CONNECT, or a request for an absolute http URL.

    The server of an absolute URL gets the same head in origin form, its lines untouched and in their order,
    but for those that speak to a proxy (Proxy-…). Raises Unacceptable.
    """
    line, _, rest = head.partition(b"\r\n")
    if is_connect(head):
        if not (asked := _CONNECT.fullmatch(line)):
            raise Unacceptable("target")
        return Asked(host=_bare(asked[1]), port=_port(asked[2]))
    if not (asked := _ABSOLUTE.fullmatch(line)):
        raise Unacceptable("target")
    method, host, port, path = asked[1], asked[2], _port(asked[3] or b"80"), asked[4]
    fields = [_read_field(text) for text in rest.removesuffix(b"\r\n\r\n").split(b"\r\n")]
    _same_target([value for name, value, _ in fields if name == b"host"], host, port)
    kept = b"".join(text + b"\r\n" for name, _, text in fields if not name.startswith(b"proxy-"))
    origin = path if path.startswith(b"/") else b"/" + path
    return Asked(
        host=_bare(host),
        port=port,
        head=b"%b %b HTTP/1.1\r\n%b\r\n" % (method, origin, kept),
        body=_framing(fields),
    )


def _read_field(text: bytes) -> tuple[bytes, bytes, bytes]:
    """(name in lower case, value, the line as it is); a folded or broken line is unacceptable."""
    if not (found := _FIELD.fullmatch(text)):
        raise Unacceptable("header")
    return found[1].lower(), found[2].strip(b" \t"), text


def _bare(host: bytes) -> str:
    return host.decode("ascii").strip("[]")


def _port(digits: bytes) -> int:
    if not 0 < (port := int(digits)) < 65536:
        raise Unacceptable("port")
    return port


def _same_target(named: list[bytes], host: bytes, port: int) -> None:
    """The one Host header says the same host and port as the URL, which is what is vetted."""
    found = re.fullmatch(rb"(%b)(?::([0-9]{1,5}))?" % _HOST, named[0]) if len(named) == 1 else None
    try:
        agrees = found and same_host(_bare(found[1])) == same_host(_bare(host))
    except ValueError:
        agrees = False
    if not found or not agrees or _port(found[2] or b"80") != port:
        raise Unacceptable("host-header")


def _framing(fields: list[tuple[bytes, bytes, bytes]]) -> int:
    """How the body is announced: its length, CHUNKED, or 0. Two announcements are one too many."""
    lengths = [value for name, value, _ in fields if name == b"content-length"]
    codings = [value for name, value, _ in fields if name == b"transfer-encoding"]
    if len(lengths) + len(codings) > 1:
        raise Unacceptable("framing")
    if codings:
        if codings[0].lower() != b"chunked":
            raise Unacceptable("framing")
        return CHUNKED
    if lengths and not re.fullmatch(rb"[0-9]{1,15}", lengths[0]):
        raise Unacceptable("framing")
    return int(lengths[0]) if lengths else 0


def read_chunk_line(line: bytes) -> int:
    """The size on a chunk's first line, its CRLF included. Raises Unacceptable."""
    if not (found := _CHUNK.fullmatch(line)):
        raise Unacceptable("chunk")
    return int(found[1], 16)


def check_trailer(line: bytes) -> None:
    """A line behind the last chunk, its CRLF included, must be a header. Raises Unacceptable."""
    if line.removesuffix(b"\r\n") and not _FIELD.fullmatch(line.removesuffix(b"\r\n")):
        raise Unacceptable("trailer")
