"""What a Word file of ours is made of: page, fonts, paragraphs, tables, links. Texts are cleaned for XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
LATIN = "Times New Roman"
# Named in the font table so that a machine without the first font takes a likeness of it.
_LIKENESS = {BODY: "仿宋", TITLE: "宋体", HEADING: "黑体"}
_LONG_ROW = 14  # lines, or so: such a row runs over the end of a page
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def clean(text: str | None) -> str:
    """On one line, without what XML cannot hold or what turns the reading direction."""
    return " ".join(_ILLEGAL.sub("", text or "").split())


def blank(title: str, made: datetime) -> Any:
    """An empty A4 document with page numbers; `title` and `made` go into its properties."""
    document = Document()
    document.core_properties.title = title[:250]
    document.core_properties.author = "存照"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = made.astimezone(UTC).replace(
        tzinfo=None
    )
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _grid(section)
    style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    _font(style, BODY, 16)
    _speak_chinese(document)
    _likenesses(document)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return document


def title(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(8)
    _run(paragraph, text, TITLE, 22, bold=True)


def centred(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(16)
    _run(paragraph, text, BODY, 16)


def heading(document: Any, text: str) -> Any:
    """A heading of the first level, as Word's navigation knows it."""
    paragraph = document.add_paragraph(style="Heading 1")
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(14), Pt(6), True
    _run(paragraph, text, HEADING, 16)
    return paragraph


def body(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    _run(paragraph, text, BODY, 16)


def small(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    _close(paragraph)
    paragraph.paragraph_format.space_before = Pt(8)
    _run(paragraph, text, BODY, 12)


def table(
    document: Any, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], *, note: int
) -> None:
    """A table with a repeated head row; `columns` are (name, width in mm), the last holds the note's mark."""
    made = document.add_table(rows=1, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (name, _) in zip(made.rows[0].cells, columns, strict=True):
        _run(cell.paragraphs[0], name, HEADING, 10.5)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _flag(made.rows[0], "w:tblHeader")
    for row in rows:
        cells = made.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _run(cell.paragraphs[0], clean(text), BODY, 10.5)
        cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        mark(cells[-1].paragraphs[0], note, size=10.5, raised=False)
    for column, (_, width) in zip(made.columns, columns, strict=True):
        column.width = Mm(width)  # LibreOffice goes by this, Word by the cells
    for row in made.rows:
        _flag(row, "w:cantSplit")
        for cell, (_, width) in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            form = cell.paragraphs[0].paragraph_format
            form.space_before = form.space_after = Pt(2)
            _close(cell.paragraphs[0])


def grid(
    document: Any,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    *,
    named: bool = True,
    size: float = 9,
) -> None:
    """A table of small print, wide as the text at most; line feeds part the paragraphs of a cell.

    `columns` are (name, width in mm); the head row is left out where they are not `named`, and then the
    first column is set as names. Rows stay on one page, but for very long ones.
    """
    made = document.add_table(rows=1 if named else 0, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    if named:
        for cell, (name, _) in zip(made.rows[0].cells, columns, strict=True):
            _small_print(cell.paragraphs[0], name, HEADING, size)
        _flag(made.rows[0], "w:tblHeader")
    for row in rows:
        cells = made.add_row().cells
        for n, (cell, text) in enumerate(zip(cells, row, strict=True)):
            for at, line in enumerate(text.split("\n")):
                paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
                _small_print(paragraph, clean(line), HEADING if not named and n == 0 else BODY, size)
    for column, (_, width) in zip(made.columns, columns, strict=True):
        column.width = Mm(width)
    for told, row in zip(made.rows[1 if named else 0 :], rows, strict=True):
        if sum(text.count("\n") + len(text) // 60 for text in row) < _LONG_ROW:
            _flag(told, "w:cantSplit")
    for told in made.rows:
        for cell, (_, width) in zip(told.cells, columns, strict=True):
            cell.width = Mm(width)


def _small_print(paragraph: Any, text: str, font: str, size: float) -> None:
    _run(paragraph, text, font, size)
    _close(paragraph)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)


def typed(document: Any, text: str) -> None:
    """A command to type, on lines of its own."""
    paragraph = document.add_paragraph()
    _small_print(paragraph, text, BODY, 9)
    paragraph.paragraph_format.left_indent = Pt(12)


def mark(paragraph: Any, note: int, *, size: float = 16, raised: bool = True) -> None:
    """The mark `[1]`, which leads to the note of that number."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"source{note}")
    run = _run(paragraph, f"[{note}]", BODY, size)
    run.font.superscript = raised
    link.append(run._r)
    paragraph._p.append(link)


def note(document: Any, number: int, lines: Sequence[str]) -> None:
    """A numbered source note, hanging; the marks lead here."""
    for n, line in enumerate(lines):
        paragraph = document.add_paragraph()
        _close(paragraph)
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Pt(28), Pt(0 if n else -28)
        form.keep_with_next = n + 1 < len(lines)
        form.space_before = Pt(0 if n else 6)
        _run(paragraph, line if n else f"[{number}] {line}", BODY, 12)
        if not n:
            _bookmark(paragraph, number)


def _bookmark(paragraph: Any, number: int) -> None:
    for position, tag in enumerate(("w:bookmarkStart", "w:bookmarkEnd")):
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(number))
        if not position:
            element.set(qn("w:name"), f"source{number}")
        paragraph._p.append(element)


def _run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.bold = bold
    _font(run, font, size)
    return run


def _font(holder: Any, font: str, size: float) -> None:
    """Chinese characters in `font`, Latin ones in Times; a theme would win over both, so it goes."""
    holder.font.size = Pt(size)
    holder.font.name = LATIN
    holder.font.color.rgb = RGBColor(0, 0, 0)
    fonts = holder.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _grid(section: Any) -> None:
    """22 lines a page (GB/T 9704). No character grid: programs differ in the width they give it."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    section._sectPr.append(grid)


def _close(paragraph: Any) -> None:
    """Small print keeps its own line height, off the grid of the body."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.line_spacing = 1.1


def _page_number(paragraph: Any, alignment: Any) -> None:
    """`— 1 —` in 四号, as a field."""
    paragraph.alignment = alignment
    _run(paragraph, "— ", "宋体", 14)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("number", "1"), ("end", "")):
        run = _run(paragraph, "1" if kind == "number" else "", "宋体", 14)
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        elif kind != "number":
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
    _run(paragraph, " —", "宋体", 14)


def _speak_chinese(document: Any) -> None:
    """The language decides which glyphs and which punctuation a fallback font shows."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def _likenesses(document: Any) -> None:
    """Name, in the font table, what to take where a font is missing."""
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable"))
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{alike}"/><w:charset w:val="86"/></w:font>'
        for font, alike in _LIKENESS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
