"""Small OFD files as offices' programs write them: text objects placed in millimetres, steps with `g`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Placed = tuple[float, float, float, str]  # left, base line (from the top), size in mm, text


def text_object(number: int, placed: Placed, extra: str = "") -> str:
    x, y, size, text = placed
    steps = f' DeltaX="g {len(text) - 1} {size:g}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:g} {y - size:g} {size * len(text):g} {size * 1.2:g}" Font="3" '
        f'Size="{size:g}"{extra}><ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{size:g}"{steps}>{escape(text)}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def page(placed: Sequence[Placed], *, inner: str = "", head: str = "") -> str:
    objects = "".join(text_object(10 + k, item) for k, item in enumerate(placed))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMES}>{head}<ofd:Content><ofd:Layer ID="5" Type="Body">'
        f"{objects}{inner}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(
    pages: Sequence[str],
    *,
    info: str = "",
    common: str = "",
    tail: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """An OFD file with one document; `pages` are the XML of `page`, `parts` further parts by name."""
    listed = "".join(
        f'<ofd:Page ID="{100 + k}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(pages))
    )
    files = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMES} Version="1.1" DocType="OFD"><ofd:DocBody>'
        f"<ofd:DocInfo><ofd:DocID>1</ofd:DocID>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {NAMES}><ofd:CommonData>'
        "<ofd:MaxUnitID>900</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{tail}"
        "</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NAMES} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="仿宋_GB2312"/>'
        '<ofd:Font ID="4" FontName="黑体"/></ofd:Fonts></ofd:Res>',
        **{f"Doc_0/Pages/Page_{k}/Content.xml": xml for k, xml in enumerate(pages)},
        **(parts or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return made.getvalue()


def lines(
    paragraphs: Sequence[str], *, top: float = 40.0, size: float = 5.64, across: int = 28
) -> list[Placed]:
    """Paragraphs set as in an official document: 28 characters a line, the first line two in."""
    placed: list[Placed] = []
    y = top
    for paragraph in paragraphs:
        indent, rest = 2, paragraph
        while rest:
            placed.append((28 + indent * size, y, size, rest[: across - indent]))
            rest, indent = rest[across - indent :], 0
            y += 10
    return placed
