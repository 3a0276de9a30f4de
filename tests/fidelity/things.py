"""Small files of every kind that a page may need, made here."""

from __future__ import annotations

import base64
import io
import struct
import zlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

Colour = tuple[int, int, int]

WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
AVIF = base64.b64decode(
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2"
    "aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAx"
    "Q29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNs"
    "eAACAAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A="
)


def png(width: int, colour: Colour = (200, 30, 30), height: int = 20) -> bytes:
    """A picture of one colour; its width tells it from others."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def bmp(width: int, colour: Colour) -> bytes:
    """One row of 24-bit pixels."""
    row = bytes(reversed(colour)) * width
    row += b"\0" * (-len(row) % 4)
    head = struct.pack("<IiiHHIIiiII", 40, width, 1, 1, 24, 0, len(row), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(row), 0, 0, 54) + head + row


def gif(width: int) -> bytes:
    """A picture of width x 1, all of the first colour: codes that are cleared before they grow."""
    codes = [4]
    for _ in range(width):
        codes += [0, 4]
    bits, count, packed = 0, 0, bytearray()
    for code in [*codes, 5]:
        bits |= code << count
        count += 3
        while count >= 8:
            packed.append(bits & 255)
            bits, count = bits >> 8, count - 8
    packed.append(bits & 255)
    head = b"GIF89a" + struct.pack("<HHBBB", width, 1, 0x81, 0, 0) + bytes([9, 8, 7] * 4)
    image = b"," + struct.pack("<HHHHB", 0, 0, width, 1, 0)
    return head + image + bytes([2, len(packed)]) + bytes(packed) + b"\0;"


def ico(width: int, colour: Colour) -> bytes:
    picture = png(width, colour, width)
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, width, width, 0, 0, 1, 32, len(picture), 22) + picture


def svg(width: int, colour: str, inside: str = "") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20">'
        f'<rect width="{width}" height="20" fill="{colour}"/>{inside}</svg>'
    ).encode()


def wav(seconds: float = 0.5) -> bytes:
    samples = b"\x80" * int(8000 * seconds)
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(samples))
        + head
        + b"data"
        + struct.pack("<I", len(samples))
        + samples
    )


def font(family: str = "Own") -> bytes:
    """A small TrueType font, in which every letter is a square of twice the usual width."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(dict.fromkeys(range(32, 127), "square"))
    square = pen.glyph()
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "square"), (2000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    told = io.BytesIO()
    builder.save(told)
    return told.getvalue()


def centre(shot: bytes) -> Colour:
    """The colour of the middle pixel of a PNG as Chromium makes it (8 bits, RGB or RGBA)."""
    width, height, _, kind = struct.unpack(">IIBB", shot[16:26])
    step = {2: 3, 6: 4}[kind]
    data, at = b"", 8
    while at < len(shot):
        (length,) = struct.unpack(">I", shot[at : at + 4])
        data += shot[at + 8 : at + 8 + length] if shot[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    raw, above = zlib.decompress(data), bytearray(width * step)
    for line in range(height // 2 + 1):
        start = line * (width * step + 1)
        row = bytearray(raw[start + 1 : start + 1 + width * step])
        for n in range(len(row)):
            left = row[n - step] if n >= step else 0
            corner = above[n - step] if n >= step else 0
            row[n] = (row[n] + _predicted(raw[start], left, above[n], corner)) & 255
        above = row
    middle = width // 2 * step
    return above[middle], above[middle + 1], above[middle + 2]


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    """PNG filters 0 to 4. Source: PNG, 9.2."""
    if kind == 3:
        return (left + above) // 2
    if kind == 4:
        guess = left + above - corner
        return min((left, above, corner), key=lambda value: abs(guess - value))
    return (0, left, above)[kind]
