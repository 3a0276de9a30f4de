"""A local file as a Capture, so that what is imported is kept, read and cited like what is fetched."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from cunzhao.collect.choice import ASKED, Signals, choose
from cunzhao.collect.conditions import file_conditions
from cunzhao.collect.look import is_markup, look_at
from cunzhao.collect.record_ids import record_id
from cunzhao.collect.types import Body, Capture, Exchange
from cunzhao.errors import CunzhaoError, EmptyInput, FileMissing, FileTooLarge, FormatUnknown
from cunzhao.formats import decided, is_binary, media_type, named, signed
from cunzhao.settings import Settings

WARC = "warc"
HTML = "text/html"
PLAIN = "text/plain"
MARKDOWN = "text/markdown"
PDF = "application/pdf"

_HEAD = 64 * 1024  # bytes looked at to tell the kind
_PIECE = 1024 * 1024


def kind_of(path: Path) -> str:
    """What a file is: "warc" (bare or gzipped), or the media type of a document.

    A signature in the bytes wins over the file's name; where the bytes carry none, the name decides, so that
    a broken PDF is still read (and refused) as one. Raises FileMissing, EmptyInput, FormatUnknown.
    """
    head = _head(path)
    suffix, by_name = path.suffix.lower(), named(path.name)
    if _is_warc(head) or (suffix == ".warc" and not is_binary(head)):
        return WARC
    own = _signed(path, head)
    form = decided(own, "", by_name, head)
    if form is None and not own and not suffix and not is_binary(head):
        return PLAIN
    if form is None:
        raise FormatUnknown(str(path), format=own if own in ("zip", "gzip") else suffix or "?")
    return media_type((by_name or "doc") if form == "locked" else form)


def capture_file(path: Path, *, settings: Settings) -> Capture:
    """A document file as a Capture of engine "import", with one synthetic exchange (no HTTP took place).

    Its URL is `urn:cunzhao:file:<first 32 hex digits of the SHA-256>/<name>`: the same bytes under the same
    name give the same URL. Raises FileMissing, EmptyInput, FormatUnknown (a WARC too: its records are
    imported as they are), FileTooLarge above `max_body_bytes`.
    """
    started, clock = datetime.now(UTC), monotonic()
    kind = kind_of(path)
    if kind == WARC:
        raise FormatUnknown(str(path), format=WARC)
    body = _read(path, settings.max_body_bytes)
    url = f"urn:cunzhao:file:{body.digest.removeprefix('sha256:')[:32]}/{quote(path.name, safe='')}"
    page = Exchange(
        id=record_id(),
        url=url,
        started=started,
        seconds=monotonic() - clock,
        peer=None,
        request_head=b"",
        response_head=b"",
        status=200,
        headers=(("Content-Type", kind),),
        body=body,
    )
    lacks = _lacks(page, settings) if kind == HTML else ""
    return Capture(
        requested_url=url,
        final_url=url,
        engine="import",
        engine_reason=ASKED,
        started=started,
        seconds=page.seconds,
        verdict="partial" if lacks else "complete",
        reason=lacks,
        exchanges=(page,),
        conditions=file_conditions(settings),
    )


def _lacks(page: Exchange, settings: Settings) -> str:
    """What an HTML file lacks that its scripts would bring; "" for nothing."""
    try:
        sight = look_at(page, settings.max_decoded_bytes).sight
    except CunzhaoError:
        return ""  # it cannot be read, which reading tells
    choice = choose(Signals(checked=False, sight=sight)) if sight else None
    return choice.lacks if choice and choice.browser else ""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the name
        raise FileMissing(str(path)) from exc
    if not head:
        raise EmptyInput(str(path))
    return head


def _read(path: Path, limit: int) -> Body:
    body = Body()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            body.append(piece)
            if body.length > limit:
                body.close()
                raise FileTooLarge(str(path), limit=limit)
    return body


def _is_warc(head: bytes) -> bool:
    return head.startswith(b"WARC/") or _unzipped(head).startswith(b"WARC/")


def _signed(path: Path, head: bytes) -> str:
    """The format that the bytes themselves tell; "" where they tell none."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    with path.open("rb") as file:
        return signed(file) or ("html" if is_markup(_narrow(head)) else "")


def _unzipped(head: bytes) -> bytes:
    """The first bytes of a gzip file; nothing of another."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
    except zlib.error:
        return b""


def _narrow(head: bytes) -> bytes:
    """UTF-16 in single bytes, so that markup can be seen; other bytes without their mark."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")
