"""Content codings are undone within a limit, whatever the body claims."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.egress.decode import decode_body
from cunzhao.errors import DecompressionBomb, ServerBroke

TEXT = "关于印发《实施方案》的通知".encode() * 40


def bare_deflate(data: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(data) + coder.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("coding", CODERS)
@given(data=st.binary(max_size=3000), times=st.integers(1, 400))
def test_every_coding_is_undone_exactly(coding: str, data: bytes, times: int):
    whole = data * times
    assert decode_body(CODERS[coding](whole), coding, 2_000_000, "u") == whole


@pytest.mark.parametrize(
    ("header", "sent", "read"),
    [
        ("", TEXT, TEXT),
        ("identity", TEXT, TEXT),
        ("none", TEXT, TEXT),
        ("UTF-8", TEXT, TEXT),
        ("GZIP", gzip.compress(TEXT, mtime=0), TEXT),
        ("gzip", TEXT, TEXT),  # says gzip, sends plain
        ("gzip", gzip.compress(TEXT, mtime=0) + gzip.compress(b"2", mtime=0), TEXT + b"2"),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\0\0trailing", TEXT),
        ("deflate", bare_deflate(TEXT), TEXT),
        ("gzip, br", brotli.compress(gzip.compress(TEXT, mtime=0)), TEXT),
        ("gzip", b"", b""),
    ],
)
def test_what_servers_really_send(header: str, sent: bytes, read: bytes):
    assert decode_body(sent, header, 10_000, "u") == read


@pytest.mark.parametrize("coding", CODERS)
def test_a_cut_stream_is_damage_not_a_shorter_text(coding: str):
    with pytest.raises(ServerBroke, match=coding):
        decode_body(CODERS[coding](TEXT)[:-9], coding, 10_000, "u")


@pytest.mark.parametrize("coding", CODERS)
def test_one_byte_above_the_limit_is_refused(coding: str):
    data = bytes(range(256)) * 4000
    assert decode_body(CODERS[coding](data), coding, len(data), "u") == data
    with pytest.raises(DecompressionBomb):
        decode_body(CODERS[coding](data), coding, len(data) - 1, "u")


@pytest.mark.parametrize("coding", CODERS)
def test_a_bomb_never_fills_memory(coding: str):
    bomb = CODERS[coding](bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(DecompressionBomb):
        decode_body(bomb, coding, 1_000_000, "http://bomb/")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000  # zstd may make 16 MB of one bite


def test_a_bomb_within_a_bomb_is_stopped_at_the_outer_layer():
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)) * 1)
    with pytest.raises(DecompressionBomb):
        decode_body(bomb, "gzip, gzip", 1_000_000, "u")


def test_many_layers_are_refused_unread():
    with pytest.raises(DecompressionBomb):
        decode_body(b"", ", ".join(["gzip"] * 50), 10, "u")
