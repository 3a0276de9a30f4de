"""What Word files are made of, written part by part: numbers, tables, notes, fields, chunks, places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cunzhao.errors import FileBroken
from cunzhao.formats import media_type
from cunzhao.read import read
from cunzhao.read.office.packages import Package
from cunzhao.read.office.word import read_word
from cunzhao.read.office.wordforms import written
from cunzhao.read.types import Document, Table, place_at
from tests.read.words import cell, item, level, p, repacked, row, t, tbl, word_file

DOCX = media_type("word")


def word(body: str, **more: object) -> Document:
    return read(word_file(body, **more), mime=DOCX)  # type: ignore[arg-type]


def lines(body: str, **more: object) -> list[str]:
    return word(body, **more).text.split("\n")


def cells(document: Document, table: Table) -> list[tuple[str, int, int, int, int]]:
    """(text, row, column, rows, columns) of what is said."""
    said = ((document.text[c.start : c.end], c.row, c.column, c.rows, c.columns) for c in table.cells)
    return [one for one in said if one[0]]


# --- numbers that Word makes ---------------------------------------------------------------------------


def numbering(
    *levels: str, abstract: str = "", nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
):
    return {
        "numbering": f'<w:abstractNum w:abstractNumId="0">{abstract}{"".join(levels)}</w:abstractNum>{nums}'
    }


def test_levels_number_on_begin_again_under_a_new_heading_and_show_those_above() -> None:
    parts = numbering(
        level(0, "chineseCountingThousand", "第%1章 "),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3"),
    )
    body = "".join(item(f"条目{n}", n) for n in (0, 1, 2, 2, 1, 0, 1))
    assert lines(body, parts=parts) == [
        "第一章 条目0", "一.1 条目1", "一.1.1 条目2", "一.1.2 条目2", "一.2 条目1", "第二章 条目0", "二.1 条目1",
    ]  # fmt: skip


def test_a_legal_level_shows_all_numbers_in_arabic_digits() -> None:
    parts = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert lines(item("总则", 0) + item("范围", 1), parts=parts) == ["一、总则", "1.1 范围"]


@pytest.mark.parametrize(
    ("pattern", "suffix", "wanted"),
    [
        ("第%1条", "", "第一条 适用范围"),
        ("第%1条", '<w:suff w:val="nothing"/>', "第一条适用范围"),
        ("%1、", "", "一、适用范围"),
        ("（%1）", "", "（一）适用范围"),
    ],
)
def test_a_number_that_is_a_word_stands_apart_from_the_text(pattern: str, suffix: str, wanted: str) -> None:
    parts = numbering(level(0, "chineseCounting", pattern, suffix))
    assert lines(item("适用范围"), parts=parts) == [wanted]


def test_a_level_that_never_restarts_counts_through() -> None:
    parts = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>')
    )
    body = item("甲", 0) + item("子", 1) + item("乙", 0) + item("丑", 1)
    assert lines(body, parts=parts) == ["一、甲", "（1）子", "二、乙", "（2）丑"]


def test_a_second_list_of_one_definition_counts_on_unless_it_says_where_it_starts() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    parts = numbering(level(0, "decimalEnclosedCircle", "%1"), nums=nums)
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 3)
    assert lines(body, parts=parts) == ["①甲", "②乙", "①丙", "②丁"]


def test_paragraphs_are_numbered_by_their_style_at_the_level_that_names_it() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{n}"><w:name w:val="标题 {n}"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        for n in (1, 2)
    )
    parts = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
    )
    body = p("总体要求", '<w:pStyle w:val="1"/>') + p("指导思想", '<w:pStyle w:val="2"/>')
    found = word(body, parts={**parts, "styles": styles})
    assert found.text.split("\n") == ["一、总体要求", "（一）指导思想"]
    assert [(h.number, h.title) for h in found.outline] == [("一", "总体要求"), ("（一）", "指导思想")]


def test_a_number_of_the_style_is_taken_away_by_number_zero() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    parts = {**numbering(level(0, "decimal", "%1.")), "styles": styles}
    style = '<w:pStyle w:val="a"/>'
    body = p("甲", style) + p("乙", style + '<w:numPr><w:numId w:val="0"/></w:numPr>') + p("丙", style)
    assert lines(body, parts=parts) == ["1.甲", "乙", "2.丙"]


def test_a_definition_may_stand_in_a_style_of_lists_and_a_new_format_has_a_fallback() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    nums = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:name w:val="列表"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    parts = {**numbering(custom, nums=nums), "styles": styles}
    assert lines(item("甲") + item("乙"), parts=parts) == ["I.甲", "II.乙"]


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (10, "ideographDigital", "一〇"),
        (2019, "chineseCountingThousand", "二千零一十九"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (4, "ideographTraditional", "丁"),
        (13, "ideographZodiacTraditional", "丙子"),
        (3, "decimalEnclosedParen", "⑶"),
        (21, "decimalEnclosedCircle", "㉑"),
        (99, "decimalEnclosedCircle", "99"),
        (2, "ideographEnclosedCircle", "㊁"),
        (28, "upperLetter", "BB"),
        (1994, "lowerRoman", "mcmxciv"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
        (5, "a format of next year", "5"),
    ],
)
def test_further_formats_of_numbers(number: int, form: str, wanted: str) -> None:
    assert written(number, form) == wanted


# --- headings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "properties", "wanted"),
    [
        ("heading 2", "", 3),
        ("标题 2", "", 3),
        ("标题2", "", 3),
        ("二级标题", "", 3),
        ("公文二级标题", "", 3),
        ("正文", '<w:outlineLvl w:val="1"/>', 3),
        ("heading 2", '<w:outlineLvl w:val="9"/>', None),
        ("TOC 标题", "", None),
        ("公文标题", "", 1),
        ("副标题", "", None),
    ],
)
def test_a_heading_is_told_by_its_style_or_outline_level(
    name: str, properties: str, wanted: int | None
) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="{name}"/></w:style>'
    data = word_file(p("渡口改造", f'<w:pStyle w:val="a"/>{properties}'), parts={"styles": styles})
    blocks = read_word(Package(data, "a", "DOCX", 10**7)).blocks
    assert [block.level for block in blocks] == ([] if name == "TOC 标题" else [wanted])


def test_a_heading_broken_over_two_lines_is_one() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Title"/></w:style>'
    body = p(
        t("青河市人民政府关于印发") + "<w:r><w:br/></w:r>" + t("渡口改造方案的通知"), '<w:pStyle w:val="a"/>'
    )
    assert lines(body, parts={"styles": styles}) == ["青河市人民政府关于印发渡口改造方案的通知"]


# --- tables --------------------------------------------------------------------------------------------


def test_merged_cells_and_repeated_header_rows_are_told() -> None:
    merge, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    head = "<w:tblHeader/>"
    body = p("表1 渡口改造任务（单位：座）") + tbl(
        row(cell("批次", merge), cell("座数", '<w:gridSpan w:val="2"/>'), properties=head),
        row(cell("", on), "计划", "完成", properties=head),
        row("第一批", "14", "12"),
    )
    found = word(body)
    assert found.text.split("\n")[1:] == ["批次\t座数", "\t计划\t完成", "第一批\t14\t12"]
    (table,) = found.tables
    assert cells(found, table)[:4] == [
        ("批次", 0, 0, 2, 1),
        ("座数", 0, 1, 1, 2),
        ("计划", 1, 1, 1, 1),
        ("完成", 1, 2, 1, 1),
    ]
    assert (table.header_rows, table.caption, table.unit) == (2, "表1 渡口改造任务（单位：座）", "座")
    assert found.blocks[0].kind == "caption"


def test_numbers_that_word_makes_in_cells_are_read_and_deleted_rows_are_not() -> None:
    parts = numbering(level(0, "decimal", "%1"))
    body = tbl(
        row("序号", "渡口"), row(cell(item("")), "东渡"), row("9", "西渡", properties='<w:del w:id="1"/>'),
        row(cell(item("")), "南渡"),
    )  # fmt: skip
    assert lines(body, parts=parts) == ["序号\t渡口", "1\t东渡", "2\t南渡"]


def test_a_table_of_one_column_is_a_frame_round_text_and_a_table_in_a_cell_a_table() -> None:
    inner = tbl(row("渡口", "座数"), row("东渡", "3"))
    body = tbl(row(cell(p("渡口改造方案") + p("分三批推进。") + inner))) + tbl(
        row("甲", "乙"), row("丙", cell(p("丁") + inner))
    )
    found = word(body)
    kinds = [(b.kind, b.place.table, b.place.cell) for b in found.blocks]
    assert [kind for kind, _, _ in kinds][2:] == ["table", "table", "table"]
    assert [(table, cell) for _, table, cell in kinds] == [
        (0, "A1"),
        (0, "A1"),
        (1, None),
        (2, None),
        (3, None),
    ]
    assert found.text.endswith("甲\t乙\n丙\t丁\n渡口\t座数\n东渡\t3")
    assert place_at(found, found.text.index("分三批")).offset == len("渡口改造方案") + 1


# --- what is printed and what is not ----------------------------------------------------------------------


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        mark("begin")
        + f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        + mark("separate")
        + result
        + mark("end")
    )


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (t("渡口") + t("密", "<w:vanish/>") + t("改造"), "渡口改造"),
        (t("第") + field("PAGE", t("3")) + t("页"), "第页"),
        (t("见") + field("REF _Ref1", t("附件1")), "见附件1"),
        ('<w:hyperlink r:id="x">' + t("中国政府网") + "</w:hyperlink>", "中国政府网"),
        ('<w:sdt><w:sdtPr/><w:sdtContent>' + t("正文") + "</w:sdtContent></w:sdt>", "正文"),
        ('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + t("单击此处") + "</w:sdtContent></w:sdt>" + t("甲"), "甲"),
        ('<w:moveFrom w:id="1">' + t("旧处") + "</w:moveFrom>" + '<w:moveTo w:id="2">' + t("新处") + "</w:moveTo>", "新处"),
        ('<w:r><w:ruby><w:rt><w:r><w:t>dù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>渡</w:t></w:r></w:rubyBase></w:ruby></w:r>', "渡"),
        ('<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>', "1/3"),
        ('<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>', "10^4"),
        (t("是") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "是☑"),
        (t("否") + '<w:r><w:sym w:font="Unknown" w:char="F0FE"/><w:sym w:char="ZZ"/></w:r>', "否"),
        (t("甲") + "<w:r><w:tab/></w:r>" + t("乙") + "<w:r><w:noBreakHyphen/></w:r>" + t("丙"), "甲 乙-丙"),
        (t("文") + '<w:r><w:commentReference w:id="0"/></w:r>', "文"),
    ],
)  # fmt: skip
def test_a_paragraph_is_read_as_it_is_printed(inner: str, wanted: str) -> None:
    assert word(p(inner)).text == wanted


def test_notes_stand_at_the_end_at_the_place_that_refers_to_them_and_glue_no_digits() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="-1">' + p("——") + '</w:footnote><w:footnote w:id="1">'
        + p('<w:r><w:footnoteRef/></w:r>' + t("据交通局2019年统计。")) + "</w:footnote>"
    )  # fmt: skip
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>①</w:t></w:r>'
    for reference in (mark, own):
        found = word(
            p("方案") + p(t("改造渡口40") + reference + t("座。")) + p("完。"), parts={"footnotes": notes}
        )
        assert found.text.split("\n") == ["方案", "改造渡口40座。", "完。", "据交通局2019年统计。"]
        assert found.blocks[-1].place.paragraph == 1


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("青河市人民政府文件") + "</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p(t("青政〔2019〕3号") + shape) + p("正文")) == [
        "青政〔2019〕3号",
        "青河市人民政府文件",
        "正文",
    ]


def test_a_table_of_contents_is_left_out_and_its_paragraphs_count() -> None:
    link = (
        '<w:hyperlink w:anchor="_Toc1">'
        + t("一、总体要求")
        + field("PAGEREF _Toc1", t("1"))
        + "</w:hyperlink>"
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p(link)}</w:sdtContent></w:sdt>"
    )
    for contents in (control, p("封面") + p(link)):
        found = word(contents + p("一、总体要求"))
        assert "一、总体要求" in found.text and found.text.count("总体要求") == 1
        assert found.blocks[-1].place.paragraph == 2


@pytest.mark.parametrize(
    ("name", "chunk"),
    [
        ("a.htm", "<html><body><p>渡口改造全部完成，群众出行更加方便。</p></body></html>".encode()),
        ("a.txt", "渡口改造全部完成，群众出行更加方便。".encode()),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
         b"charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5rih5Y+j5pS56YCg5YWo6YOo5a6M5oiQ77yM576k5LyX5Ye66KGM5pu05Yqg5pa55L6/44CCPC9wPg==\r\n--x--"),
    ],
)  # fmt: skip
def test_a_chunk_in_another_format_is_read(name: str, chunk: bytes) -> None:
    relation = f'<Relationship Id="c" Type="x/aFChunk" Target="{name}"/>'
    found = word('<w:altChunk r:id="c"/>', relations=relation, files={f"word/{name}": chunk})
    assert found.text == "渡口改造全部完成，群众出行更加方便。"


def test_the_strict_vocabulary_is_the_same_document() -> None:
    data = word_file(
        p("渡口") + tbl(row("甲", "乙"), row("丙", "丁")), parts=numbering(level(0, "decimal", "%1."))
    )
    strict = data
    for name in (
        "wordprocessingml/2006/main",
        "officeDocument/2006/relationships",
        "officeDocument/2006/math",
    ):
        new = name.replace("2006/", "")
        strict = repacked(
            strict,
            f"http://schemas.openxmlformats.org/{name}".encode(),
            f"http://purl.oclc.org/ooxml/{new}".encode(),
        )
    assert strict != data and read(strict, mime=DOCX) == read(data, mime=DOCX)


def test_macros_are_told_of_and_not_read() -> None:
    relation = '<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    data = word_file(p("渡口"), relations=relation, files={"word/vbaProject.bin": b"x"})
    found = read(data, mime="application/vnd.ms-word.document.macroEnabled.12")
    assert (found.text, found.warnings) == ("渡口", ("macros-ignored",))


# --- hostile files ---------------------------------------------------------------------------------------


def test_entities_are_neither_expanded_nor_fetched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    doctype = f'<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    data = repacked(word_file(p("渡口ZZ")), b"<w:document", doctype.encode() + b"<w:document")
    found = read(repacked(data, b"ZZ", b"&b;&x;"), mime=DOCX)
    assert found.text == "渡口"


def test_tables_nested_a_thousand_deep_are_an_error_or_cut_short() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 1000 + p("渡口") + "</w:tc></w:tr></w:tbl>" * 1000
    with pytest.raises(FileBroken):
        word(deep)


def test_a_part_that_is_missing_is_named() -> None:
    with pytest.raises(FileBroken) as raised:
        read(repacked(word_file(p("渡口")), b"<w:body>", b"<w:nobody>"), mime=DOCX)
    assert raised.value.values["format"] == "DOCX"


# --- places ----------------------------------------------------------------------------------------------

_TEXTS = st.lists(st.text("渡口改造 \t\u3000ab1。\n", max_size=12), max_size=5)


@examples(max_examples=40, deadline=None)
@given(_TEXTS, st.lists(st.lists(_TEXTS, min_size=2, max_size=3), max_size=3), _TEXTS)
def test_every_character_of_a_paragraph_or_cell_leads_back_to_it(
    before: list[str], rows: list[list[list[str]]], after: list[str]
) -> None:
    def typed(text: str) -> str:
        return p(
            "<w:r><w:br/></w:r>".join(
                t(part).replace("\t", "</w:t><w:tab/><w:t>") for part in text.split("\n")
            )
        )

    width = max((len(r) for r in rows), default=0)
    filled = [[*r, *[[""]] * (width - len(r))] for r in rows]
    table = (
        tbl(*(row(*(cell("".join(map(typed, texts)) or p("")) for texts in r)) for r in filled))
        if filled
        else ""
    )
    found = word("".join(map(typed, before)) + table + "".join(map(typed, after)))

    paragraphs = [*before, *after]
    sources = {("p", n): text for n, text in enumerate(paragraphs)}
    sources |= {
        ("c", f"{'ABC'[x]}{y + 1}"): "\n".join(texts)
        for y, r in enumerate(filled)
        for x, texts in enumerate(r)
    }
    reached: set[tuple[object, int]] = set()
    for run in found.runs:
        key = ("c", run.place.cell) if run.place.cell else ("p", run.place.paragraph)
        for i in range(run.end - run.start):
            at = (run.place.offset or 0) + i
            here, there = found.text[run.start + i], sources[key][at]  # type: ignore[index]
            assert here == there or (here.isspace() and there.isspace())
            reached.add((key, at))
    for key, text in sources.items():
        for at, char in enumerate(text):
            assert char.isspace() or (key, at) in reached


# --- what the file says of itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("关于渡口改造有关情况的说明", "关于渡口改造有关情况的说明"),
        ("关于渡口改造 有关情况的说明.docx", "关于渡口改造 有关情况的说明"),
        ("去年的另一份文件的标题", None),
        ("渡口改造", None),
        ("", None),
    ],
)
def test_a_title_beside_the_text_is_believed_where_the_text_shows_it(told: str, wanted: str | None) -> None:
    core = f'<c:p xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{told}</dc:title></c:p>'
    relation = (
        b'<Relationship Id="core" Type="x/core-properties" Target="docProps/core.xml"/><Relationship Id="a"'
    )
    body = p("青河市交通局") + p("关于渡口改造") + p("有关情况的说明") + p("改造工程分三批推进。")
    data = repacked(
        word_file(body, files={"docProps/core.xml": core.encode()}), b'<Relationship Id="a"', relation
    )
    assert read_word(Package(data, "a", "DOCX", 10**7)).title == wanted


def test_no_paragraph_is_taken_for_one_of_the_contents_above_it() -> None:
    entries = "".join(p(f"第{n}节") for n in range(40))
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{entries}</w:sdtContent></w:sdt>"
    )
    said = [f"正文第{n}段写明了年度任务。" for n in range(40)]
    found = word(control + "".join(map(p, said)))
    assert [text for text in said if text not in found.text] == []
    assert "第7节" not in found.text
