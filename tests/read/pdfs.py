"""Small PDF files written by hand: pages of text placed at points, in a Chinese font that is not embedded."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[float, float, float, str]  # left, base line, size, text


def pdf(pages: Sequence[Sequence[Placed]], *, encrypted: bool = False) -> bytes:
    """A PDF 1.4 with one A4 page for each entry of `pages`."""
    objects: list[bytes] = [b"", b""]  # catalog and page tree come last, their numbers are 1 and 2
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << "
        b"/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light "
        b"/Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 "
        b"/StemV 93 >> >> ] >>"
    )
    objects.append(font)
    kids = []
    for placed in pages:
        shown = b"\n".join(
            b"BT /F %g Tf %g %g Td <%s> Tj ET" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in placed
        )
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects, encrypted)


def _file(objects: Sequence[bytes], encrypted: bool) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
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
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, lock, len(out),
    )  # fmt: skip
