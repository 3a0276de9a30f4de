from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document as DocxFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted, FormatUnknown
from cunzhao.read import read
from cunzhao.read.office.wordforms import written
from cunzhao.read.types import Document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(data: bytes, **told: object) -> Document:
    return read(data, mime=DOCX, **told)  # type: ignore[arg-type]


def plan() -> bytes:
    made = docx.Document()
    made.add_paragraph("青河市渡口改造行动计划", style="Title")
    made.add_paragraph("为改善群众出行条件，制定本计划。")
    made.add_paragraph("一、改造任务", style="Heading 1")
    made.add_paragraph("")
    made.add_paragraph("三年改造渡口四十座，分三批推进，任务如下表。")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["批次", "座数", "第一批", "14"], strict=True
    ):
        cell.text = text
    made.add_paragraph("资金来源", style="Heading 2")
    made.add_paragraph("市县两级财政共同负担，专款专用。")
    return saved(made)


def saved(made: DocxFile) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_stand_in_order() -> None:
    assert word(plan()).text.split("\n") == [
        "青河市渡口改造行动计划",
        "为改善群众出行条件，制定本计划。",
        "一、改造任务",
        "三年改造渡口四十座，分三批推进，任务如下表。",
        "批次\t座数",
        "第一批\t14",
        "资金来源",
        "市县两级财政共同负担，专款专用。",
    ]


def test_styles_and_numbers_make_the_outline() -> None:
    assert [(h.level, h.number, h.title) for h in word(plan()).outline] == [
        (1, None, "青河市渡口改造行动计划"),
        (2, "一", "改造任务"),
        (3, None, "资金来源"),
    ]


def test_blocks_know_their_paragraph() -> None:
    found = word(plan())
    paragraphs = docx.Document(io.BytesIO(plan())).paragraphs
    for block in found.blocks:
        if block.kind != "table":
            assert block.place.paragraph is not None
            assert paragraphs[block.place.paragraph].text == found.text[block.start : block.end]


def test_an_empty_word_file_says_so() -> None:
    assert word(saved(docx.Document())).warnings == ("no-text",)


@pytest.mark.parametrize("keep", [4, 100, 5_000])
def test_a_word_file_that_is_cut_is_broken(keep: int) -> None:
    with pytest.raises(FileBroken):
        word(plan()[:keep])


def test_a_zip_that_is_no_word_file_is_broken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "渡口")
    with pytest.raises(FileBroken):
        word(out.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    with pytest.raises(DecompressionBomb):
        word(out.getvalue(), max_decoded_bytes=1_000_000)


def test_a_bomb_that_lies_about_its_size_is_broken_or_a_bomb() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    lying = out.getvalue().replace((3_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))
    with pytest.raises((DecompressionBomb, FileBroken)):
        word(lying, max_decoded_bytes=1_000_000)


def test_a_protected_word_file_is_refused_by_name() -> None:
    with pytest.raises(FileEncrypted):
        word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))


def test_an_old_doc_is_an_unknown_format() -> None:
    with pytest.raises(FormatUnknown):
        word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


NUMBERS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%3."/></w:lvl></w:abstractNum><w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num></w:numbering>"""


def numbered() -> bytes:
    made = docx.Document()
    root = made.part.numbering_part.element
    for element in list(parse_xml(NUMBERS)):
        root.append(element)
    for level, text in [
        (None, "青河市渡口改造行动计划"),
        (0, "总体要求"),
        (1, "指导思想"),
        (None, "坚持规划先行，分三批推进改造。"),
        (1, "基本原则"),
        (2, "坚持质量第一。每座渡口都要按照规范验收，确保安全。"),
        (2, "坚持群众满意。每座渡口都要听取群众意见，接受监督。"),
        (0, "保障措施"),
        (1, "加强领导"),
    ]:
        paragraph = made.add_paragraph(text)
        if level is not None:
            mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(mark))
    return saved(made)


def test_numbers_that_word_writes_by_itself_stand_in_the_text() -> None:
    assert word(numbered()).text.split("\n") == [
        "青河市渡口改造行动计划",
        "一、总体要求",
        "（一）指导思想",
        "坚持规划先行，分三批推进改造。",
        "（二）基本原则",
        "1.坚持质量第一。每座渡口都要按照规范验收，确保安全。",
        "2.坚持群众满意。每座渡口都要听取群众意见，接受监督。",
        "二、保障措施",
        "（一）加强领导",
    ]


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCounting", "一百零五"),
        (3, "decimalEnclosedCircle", "③"),
        (12, "decimalFullWidth", "１２"),
        (2, "lowerLetter", "b"),
        (14, "upperRoman", "XIV"),
        (7, "decimal", "7"),
    ],
)
def test_numbers_are_written_in_the_formats_of_word(number: int, form: str, wanted: str) -> None:
    assert written(number, form) == wanted


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("渡口改造")
    change = f'<w:{{0}} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{{1}}>{{2}}</w:{{1}}></w:r></w:{{0}}>'
    paragraph._p.append(parse_xml(change.format("ins", "t", "四十座")))
    paragraph._p.append(parse_xml(change.format("del", "delText", "三十座")))
    assert word(saved(made)).text == "渡口改造四十座"


def test_a_typed_line_break_parts_two_lines_of_one_paragraph() -> None:
    made = docx.Document()
    made.add_paragraph("改造进度良好。\n资金使用规范。")
    found = word(saved(made))
    assert found.text == "改造进度良好。\n资金使用规范。"
    assert [b.place.paragraph for b in found.blocks] == [0, 0]
