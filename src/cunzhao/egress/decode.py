"""Undo the content codings of a body, never making more bytes than a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

import brotli
import zstandard

from cunzhao.errors import DecompressionBomb, ServerBroke

_PIECE = 256 * 1024  # bytes asked of a decoder at a time
_BITE = 512  # bytes of zstd input at a time: at 128 KB for each 4 bytes, at most 16 MB come out
_WINDOW = 128 * 1024 * 1024  # zstd frames that want more memory than this are refused (RFC 8878 asks 8 MB)
_GZIP_MAGIC = b"\x1f\x8b"
_LAYERS = 3  # `gzip, gzip` happens by mistake; more is an attack


def decode_body(body: bytes, content_encoding: str, limit: int, input: str) -> bytes:
    """The body with gzip, deflate, br and zstd undone, in the reverse of the header's order.

    `limit` bounds the bytes of each layer; memory stays near it whatever the body claims. A coding the
    header does not name properly (`none`, `utf-8`) changes nothing, as in browsers, nor does `gzip` on
    bytes that are not. Raises DecompressionBomb(input) above the limit, ServerBroke(input) for damage.
    """
    codings = [c for c in (part.strip().lower() for part in content_encoding.split(",")) if c in _DECODERS]
    if len(codings) > _LAYERS:
        raise DecompressionBomb(input, limit=limit)
    for coding in reversed(codings):
        body = _undo(body, coding, limit, input)
    if len(body) > limit:
        raise DecompressionBomb(input, limit=limit)
    return body


def _undo(body: bytes, coding: str, limit: int, input: str) -> bytes:
    made, pieces = 0, []
    try:
        for piece in _DECODERS[coding](body):
            made += len(piece)
            if made > limit:
                raise DecompressionBomb(input, limit=limit)
            pieces.append(piece)
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as exc:
        raise ServerBroke(input, detail=f"{coding}: {exc}") from exc
    return b"".join(pieces)


def _gzip(body: bytes) -> Iterator[bytes]:
    """Members one after another (RFC 1952); what follows the last one and is no member is passed over."""
    if not body.startswith(_GZIP_MAGIC):
        yield body
        return
    at = 0
    while body.startswith(_GZIP_MAGIC, at):
        at = yield from _inflate(zlib.MAX_WBITS | 16, body, at)


def _deflate(body: bytes) -> Iterator[bytes]:
    """zlib format (RFC 1950), or the bare deflate stream that some servers send instead."""
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    yield from _inflate(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, body, 0)


def _inflate(window: int, body: bytes, at: int) -> Generator[bytes, None, int]:
    """One deflate stream that begins at `at`; returns where it ended."""
    decoder = zlib.decompressobj(window)
    while not decoder.eof and at < len(body):
        pending = body[at : at + _PIECE]
        at += len(pending)
        while pending and not decoder.eof:
            yield decoder.decompress(pending, _PIECE)
            pending = decoder.unconsumed_tail
    if not decoder.eof:
        raise EOFError("the stream is cut")
    return at - len(decoder.unused_data)


def _brotli(body: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    yield decoder.process(body, output_buffer_limit=_PIECE)
    while not decoder.is_finished():
        piece = decoder.process(b"", output_buffer_limit=_PIECE)
        if not piece and decoder.can_accept_more_data():
            raise EOFError("the stream is cut")
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    """Frames one after another. The decoder has no output limit: small bites keep what one can make small."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    decoder = decompressor.decompressobj()
    for start in range(0, len(body), _BITE):
        bite = body[start : start + _BITE]
        while bite:
            if decoder.eof:
                decoder = decompressor.decompressobj()
            yield decoder.decompress(bite)
            bite = decoder.unused_data
    if not decoder.eof:
        raise EOFError("the stream is cut")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
