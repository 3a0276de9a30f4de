"""Small PDF files written by hand: text, rules and pictures placed at points of A4 pages.

Chinese is in a font that is not embedded, so files stay small and readers see character codes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Placed = tuple[float, float, float, str]  # left, base line, size, text
Box = tuple[float, float, float, float]  # left, bottom, right, top

A4: Box = (0, 0, 595, 842)


@dataclass(frozen=True)
class Page:
    """A page with more than text upon it."""

    text: Sequence[Placed] = ()
    latin: Sequence[Placed] = ()  # in Helvetica, which every reader can draw
    turned: Sequence[
        tuple[float, float, float, str, tuple[float, float, float, float]]
    ] = ()  # a, b, c, d of Tm
    rules: Sequence[Box] = ()  # lines from corner to corner
    pictures: Sequence[Box] = ()
    rotate: int = 0
    media: Box = A4
    crop: Box | None = None
    bold: Sequence[Placed] = ()  # in a font whose name says so


_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{0} /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /{0} /Flags 6 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>"
)


def _chinese(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [ {_DESCENDANT.format(name)} ] >>"
    ).encode()


_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    b"/Length 1 >> stream\n\x80\nendstream"
)


def pdf(
    pages: Sequence[Page | Sequence[Placed]],
    *,
    encrypted: bool = False,
    title: str = "",
    marks: Sequence[tuple[int, str]] = (),
) -> bytes:
    """A PDF 1.4; `marks` are bookmarks: page (1 for the first) and title."""
    objects: list[bytes] = [b"", b""]  # catalog and page tree come last, their numbers are 1 and 2
    objects += [
        _chinese("STSong-Light"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _PICTURE,
        _chinese("SimHei-Bold"),
    ]
    kids = []
    for page in pages:
        shown = _content(page if isinstance(page, Page) else Page(text=page))
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(shown), shown))
        objects.append(_page(page if isinstance(page, Page) else Page(), len(objects)))
        kids.append(len(objects))
    outline = _outline(objects, kids, marks) if marks else b""
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % outline
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return pdf_file(objects, encrypted, title)


def _content(page: Page) -> bytes:
    def at(font: bytes, x: float, y: float, size: float, shown: bytes, matrix: str = "1 0 0 1") -> bytes:
        return b"BT /%s %g Tf %s %g %g Tm %s Tj ET" % (font, size, matrix.encode(), x, y, shown)

    def chinese(text: str) -> bytes:
        return b"<%s>" % text.encode("utf-16-be").hex().encode()

    parts = [at(b"F", x, y, size, chinese(text)) for x, y, size, text in page.text]
    parts += [at(b"B", x, y, size, chinese(text)) for x, y, size, text in page.bold]
    parts += [at(b"L", x, y, size, b"(%s)" % text.encode()) for x, y, size, text in page.latin]
    parts += [
        at(b"F", x, y, size, chinese(text), "{:g} {:g} {:g} {:g}".format(*matrix))
        for x, y, size, text, matrix in page.turned
    ]
    parts += [b"%g %g m %g %g l S" % (a, b, c, d) for a, b, c, d in page.rules]
    parts += [b"q %g 0 0 %g %g %g cm /I Do Q" % (c - a, d - b, a, b) for a, b, c, d in page.pictures]
    return b"\n".join(parts)


def _page(page: Page, content: int) -> bytes:
    crop = b"/CropBox [%g %g %g %g]" % page.crop if page.crop else b""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%g %g %g %g] %s /Rotate %d /Contents %d 0 R /Resources "
        b"<< /Font << /F 3 0 R /L 4 0 R /B 6 0 R >> /XObject << /I 5 0 R >> >> >>"
        % (*page.media, crop, page.rotate, content)
    )


def _outline(objects: list[bytes], kids: Sequence[int], marks: Sequence[tuple[int, str]]) -> bytes:
    root = len(objects) + 1
    first, last = root + 1, root + len(marks)
    objects.append(b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, len(marks)))
    for n, (page, title) in enumerate(marks):
        around = b"/Prev %d 0 R " % (first + n - 1) if n else b""
        around += b"/Next %d 0 R" % (first + n + 1) if first + n < last else b""
        named = ("\ufeff" + title).encode("utf-16-be").hex().encode()
        objects.append(
            b"<< /Title <%s> /Parent %d 0 R /Dest [%d 0 R /Fit] %s >>" % (named, root, kids[page - 1], around)
        )
    return b"/Outlines %d 0 R" % root


def pdf_file(objects: Sequence[bytes], encrypted: bool = False, title: str = "") -> bytes:
    """A file of numbered objects, the first of which is the catalog."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    lock = b""
    if encrypted:  # a password nobody knows: the check values match none
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
            b"41" * 32,
            b"42" * 32,
        )
    info = (
        b"/Info << /Title <%s> >>" % ("\ufeff" + title).encode("utf-16-be").hex().encode() if title else b""
    )
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, info, lock, len(out),
    )  # fmt: skip
