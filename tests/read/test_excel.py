"""Workbooks: what the cells show, tables and what stands round them, places, bad input."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted
from cunzhao.formats import OLE, media_type
from cunzhao.read import read
from cunzhao.read.office import excel
from cunzhao.read.office.excelformats import shown
from cunzhao.read.types import Document, Table, place_at
from tests.read.words import repacked

XLSX, XLS, CSV = map(media_type, ("excel", "xls", "csv"))
Rows = Sequence[Sequence[Any]]


def book(**sheets: Rows) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def workbook(made: openpyxl.Workbook, **more: Any) -> Document:
    return read(saved(made), mime=XLSX, **more)


def header(document: Document, table: Table) -> list[str]:
    return [
        document.text[c.start : c.end] for c in table.cells if c.row < table.header_rows and c.end > c.start
    ]


def indicators() -> openpyxl.Workbook:
    made = book(
        指标=[
            ["青河市2019年主要经济指标"],
            ["填报单位：统计局", None, None, "单位：亿元"],
            ["指标", "产业", None, "增速"],
            [None, "一产", "二产", None],
            ["生产总值", 12.5, 1234.567, 0.081],
            ["统计日期", datetime.date(2019, 10, 28), None, None],
            ["注：数据为快报数。"],
            [],
            ["附表 重点渡口"],
            ["渡口", "座数"],
            ["东渡", 3],
            [],
            ["西渡", 4],
        ]
    )
    sheet = made["指标"]
    for span in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(span)
    sheet["C5"].number_format, sheet["D5"].number_format = "#,##0.00", "0.0%"
    sheet["B6"].number_format = 'yyyy"年"m"月"d"日"'
    return made


TEXT = """青河市2019年主要经济指标
填报单位：统计局 单位：亿元
指标\t产业\t\t增速
\t一产\t二产
生产总值\t12.5\t1,234.57\t8.1%
统计日期\t2019年10月28日
注：数据为快报数。
附表 重点渡口
渡口\t座数
东渡\t3
西渡\t4"""


def test_a_sheet_is_read_as_it_is_seen() -> None:
    found = workbook(indicators())
    assert found.text == TEXT
    assert (found.reader, found.title, found.warnings) == ("excel", "青河市2019年主要经济指标", ())
    assert [b.kind for b in found.blocks] == [
        "heading", "paragraph", "table", "paragraph", "caption", "table",
    ]  # fmt: skip


def test_tables_know_their_name_unit_and_header_rows() -> None:
    found = workbook(indicators())
    first, second = found.tables
    assert (first.caption, first.unit, first.header_rows) == ("青河市2019年主要经济指标", "亿元", 2)
    assert header(found, first) == ["指标", "产业", "增速", "一产", "二产"]
    assert (second.caption, second.unit, second.header_rows) == ("附表 重点渡口", None, 1)


def test_every_word_leads_back_to_its_cell() -> None:
    found = workbook(indicators())
    for said, cell in [("1,234.57", "C5"), ("二产", "C4"), ("西渡", "A13"), ("注：", "A7"), ("亿元", "D2")]:
        place = place_at(found, found.text.index(said))
        assert (place.sheet, place.cell) == ("指标", cell)
    assert place_at(found, found.text.index("亿元")).offset == len("单位：")


def test_the_same_sheet_in_the_old_format_is_read_the_same() -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("指标")
    for y, line in enumerate(TEXT.split("\n")[2:6]):
        for x, said in enumerate(line.split("\t")):
            sheet.write(y + 2, x, said)
    sheet.write_merge(0, 0, 0, 3, "青河市2019年主要经济指标")
    sheet.write(1, 0, "填报单位：统计局")
    sheet.write(1, 3, "单位：亿元")
    sheet.write(6, 0, "合计")
    sheet.write(6, 2, 1234.567, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(6, 3, datetime.date(2019, 10, 28), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    found = read(saved(made), mime=XLS)
    assert found.text == "\n".join([*TEXT.split("\n")[:6], "合计\t\t1,234.57\t2019-10-28"])
    assert (found.tables[0].unit, found.title) == ("亿元", "青河市2019年主要经济指标")
    assert place_at(found, found.text.index("合计")).cell == "A7"


def test_several_sheets_stand_under_their_names() -> None:
    found = workbook(book(任务=[["任务", "单位"], ["架桥", "交通局"]], 项目=[["项目", "投资"], ["东桥", 3]]))
    assert found.text == "任务\n任务\t单位\n架桥\t交通局\n项目\n项目\t投资\n东桥\t3"
    assert [b.kind for b in found.blocks] == ["heading", "table", "heading", "table"]


def test_tables_side_by_side_are_two() -> None:
    found = workbook(book(a=[["甲", "乙", None, "丙", "丁"], [1, 2, None, 3, 4]]))
    assert [found.text[t.start : t.end] for t in found.tables] == ["甲\t乙\n1\t2", "丙\t丁\n3\t4"]


def test_what_is_hidden_is_left_out_and_told() -> None:
    made = book(a=[["渡口", "密", "座数"], ["东渡", "x", 3], ["西渡", "y", 4]], b=[["底稿", 1]])
    made["a"].column_dimensions["B"].hidden = True
    made["a"].row_dimensions[2].hidden = True
    made["b"].sheet_state = "hidden"
    found = workbook(made)
    assert (found.text, found.warnings) == ("a\n渡口\t座数\n西渡\t4", ("hidden-left-out",))


def test_formulas_without_a_saved_value_and_macros_are_told() -> None:
    found = workbook(book(a=[["甲", "乙"], [1, "=A2+1"]]))
    assert found.warnings == ("formulas-uncomputed",)
    relation = b'<Relationship Id="m" Type="x/vbaProject" Target="vbaProject.bin"/></Relationships>'
    data = repacked(saved(book(a=[["甲", "乙"]])), b"</Relationships>", relation)
    out = io.BytesIO(data)

    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")
    assert read(out.getvalue(), mime=XLSX, name="a.xlsm").warnings == ("macros-ignored",)


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        (0.127, "0.0%", "12.7%"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (0, '#,##0.00;-#,##0.00;"-"', "-"),
        (-5, "0;[Red]-0", "-5"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (23.449999999999999, "General", "23.45"),
        (0.1 + 0.2, "General", "0.3"),
        (330102199001011, "General", "330102199001011"),
        (1e20, "General", "1E+20"),
        (1234, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.00"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (150, "[>100]0.0;0.00", "150.0"),
        (12345, "0.00E+00", "1.23E+04"),
        (7, "000", "007"),
        (12, "[DBNum2]0", "壹拾贰"),
        (43766, "yyyy/m/d;@", "2019/10/28"),
        (43766, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇一九年十月二十八日"),
        (43766.396, "yyyy-mm-dd hh:mm:ss", "2019-10-28 09:30:14"),
        (0.75, "上午/下午h:mm", "下午6:00"),
        (1.5, "[h]:mm", "36:00"),
        (43766, "aaaa", "星期一"),
        (-1, "yyyy", "######"),
    ],
)
def test_a_number_is_shown_in_its_format(value: float, code: str, wanted: str) -> None:
    assert shown(value, code) == wanted


def test_dates_may_be_counted_from_1904() -> None:
    assert shown(42304, "yyyy-mm-dd", from_1904=True) == "2019-10-28"


@examples(max_examples=60, deadline=None)
@given(st.floats(-1e15, 1e15), st.text('0#?,.%;"[]年ymdhsE+-_*\\ @/$>', max_size=12))
def test_no_format_breaks_the_reader(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@examples(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.none() | st.text("渡口 a1\n", max_size=4), max_size=4), max_size=6))
def test_every_character_of_a_cell_is_read_once_and_leads_back_to_it(rows: list[list[str | None]]) -> None:
    found = workbook(book(a=rows, b=[["乙", "丙"]]))
    reached: set[tuple[int, int, int]] = set()
    for run in found.runs:
        if run.place.sheet != "a":
            continue
        cell = run.place.cell or ""
        y, x = int(cell[1:]) - 1, "ABCD".index(cell[0])
        for i in range(run.end - run.start):
            at = (run.place.offset or 0) + i
            here, there = found.text[run.start + i], (rows[y][x] or "")[at]
            assert here == there or (here.isspace() and there.isspace())
            assert (y, x, at) not in reached
            reached.add((y, x, at))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            for at, char in enumerate(text or ""):
                assert char.isspace() or (y, x, at) in reached


# --- bad input -------------------------------------------------------------------------------------------


def test_an_empty_workbook_says_so() -> None:
    assert workbook(book(a=[])).warnings == ("no-text",)


def test_a_sheet_longer_than_is_read_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_CELLS", 100)
    found = workbook(book(a=[["甲", n] for n in range(80)]))
    assert found.warnings == ("cut",) and found.text.count("甲") == 50


def test_merged_cells_over_whole_sheets_do_no_harm() -> None:
    spans = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 2000))
    data = repacked(
        saved(book(a=[["甲"], ["乙"], ["丙", 1]])), b"</sheetData>", b"</sheetData><mergeCells>" + spans
    )
    data = repacked(data, b"<pageMargins", b"</mergeCells><pageMargins")
    found = read(data, mime=XLSX)
    assert (found.text.split(), found.warnings) == (
        ["a", "甲", "乙", "丙"],
        ("hidden-left-out",),
    )  # 1 is covered


def test_a_wrong_dimension_and_rows_of_styled_blanks_do_no_harm() -> None:
    blank = b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>'
    rows = b"".join(blank % (n, n, n) for n in range(10, 9_000))
    data = repacked(saved(book(a=[["甲", "乙"], ["丙", 1]])), b"</sheetData>", rows + b"</sheetData>")
    data = repacked(data, b'<dimension ref="A1:B2"', b'<dimension ref="A1"')
    assert read(data, mime=XLSX).text == "a\n甲\t乙\n丙\t1"


def test_a_bomb_in_a_sheet_is_not_unpacked() -> None:
    data = repacked(saved(book(a=[["甲", "乙"]])), b"<sheetData>", b"<sheetData>" + b" " * 3_000_000)
    with pytest.raises(DecompressionBomb):
        read(data, mime=XLSX, max_decoded_bytes=1_000_000)


def test_a_part_that_shrank_four_hundredfold_is_a_bomb() -> None:
    data = repacked(saved(book(a=[["甲", "乙"]])), b"<sheetData>", b"<sheetData>" + b" " * 30_000_000)
    with pytest.raises(DecompressionBomb):
        read(data, mime=XLSX)


@pytest.mark.parametrize("keep", [30, 400, 3_000])
def test_a_workbook_that_is_cut_is_broken(keep: int) -> None:
    with pytest.raises(FileBroken):
        read(saved(indicators())[:keep], mime=XLSX)


def test_broken_and_locked_files_of_the_old_format_are_named() -> None:
    with pytest.raises(FileBroken):
        read(OLE + bytes(600) + "Workbook".encode("utf-16-le"), mime=XLS)
    locked = OLE + bytes(504) + b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00" + "Workbook".encode("utf-16-le")
    with pytest.raises(FileEncrypted):
        read(locked, mime=XLS)


# --- separated values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("渡口,座数\r\n东渡,3\r\n".encode("gb18030"), "渡口\t座数\n东渡\t3"),
        ("\ufeff渡口;座数\n东渡;3,5\n西渡;4".encode(), "渡口\t座数\n东渡\t3,5\n西渡\t4"),
        ("渡口\t座数\n东渡\t3".encode("utf-16"), "渡口\t座数\n东渡\t3"),
        ('渡口,说明\n东渡,"三座，\n其中一座在建"\n'.encode(), "渡口\t说明\n东渡\t三座， 其中一座在建"),
        ("一行文字".encode(), "一行文字"),
    ],
)
def test_separated_values_are_a_table(data: bytes, wanted: str) -> None:
    found = read(data, mime=CSV)
    assert (found.text, found.reader) == (wanted, "csv")
    assert place_at(found, 0).cell == "A1"


def test_separated_values_under_the_name_of_a_workbook_are_read() -> None:
    assert read(b"a,b\n1,2", mime="application/vnd.ms-excel", name="a.xls").text == "a\tb\n1\t2"
    assert read("<table><tr><td>渡口</td><td>座数</td></tr></table>".encode(), mime=XLS).reader == "html"
