"""What stands where on PDF pages: order of reading, tables, notes, running lines, and the boxes of it all."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.pdf.image import render_page
from cunzhao.read.types import Document, place_at
from tests.read.pdfs import A4, Box, Page, Placed, pdf, pdf_file
from tests.read.test_pdf import REPORT, column
from tests.read.test_pdfimage import pixels

FILLED = "全市各地坚持推进产业转型升级加快建设现代交通"  # 22 characters: a full line of a column


def document(*pages: Page | list[Placed]) -> Document:
    return read(pdf(pages), mime="application/pdf")


def lines(found: Document) -> list[str]:
    return found.text.split("\n")


def kinds(found: Document) -> list[str]:
    return [block.kind for block in found.blocks]


def filled(left: float, top: float, count: int, mark: str, size: float = 10) -> list[Placed]:
    """Full lines below each other that begin with their number and `mark`; the last one ends a sentence."""
    return [
        (
            left,
            top - 16 * n,
            size,
            f"{mark}{n:02d}{FILLED[: 18 if n < count - 1 else 10]}" + "。" * (n == count - 1),
        )
        for n in range(count)
    ]


def said(marks: str, counts: list[int]) -> str:
    return "".join(f"{mark}{n:02d}" for mark, count in zip(marks, counts, strict=True) for n in range(count))


def order(found: Document) -> str:
    import re

    return "".join(re.findall(r"[甲乙丙丁戊]\d\d", found.text))


def test_columns_under_a_title_are_read_one_after_the_other_and_what_spans_them_parts_them() -> None:
    page = [
        (200, 780, 22, "两栏公报的标题"),
        *filled(60, 740, 10, "甲"),
        *filled(310, 740, 10, "乙"),
        (
            60,
            560,
            10,
            "横贯两栏的一行说明文字，它把上面的两栏和下面的两栏分开，读的时候先上后下，不会混在一起。",
        ),
        *filled(60, 530, 8, "丙"),
        *filled(310, 530, 8, "丁"),
    ]
    found = document(page)
    assert order(found) == said("甲乙丙丁", [10, 10, 8, 8])
    assert found.text.index("横贯") < found.text.index("丙00")


def test_three_columns_are_read_from_left_to_right_whatever_the_order_of_the_file() -> None:
    page = [
        p for left, mark in ((410, "丙"), (30, "甲"), (220, "乙")) for p in filled(left, 780, 12, mark, 8)
    ]
    assert order(document(page)) == said("甲乙丙", [12, 12, 12])


def test_articles_of_a_newspaper_page_are_read_one_after_the_other() -> None:
    page = [
        *filled(60, 740, 9, "甲"),
        *filled(310, 740, 9, "乙"),
        (60, 570, 16, "渡口改造惠及沿河群众"),
        *filled(60, 545, 9, "丙"),
        *filled(310, 545, 9, "丁"),
    ]
    assert order(document(page)) == said("甲乙丙丁", [9, 9, 9, 9])


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = [(60 + 20 * (n == 0), 700 - 16 * n, 10, FILLED[: 20 if n == 0 else 22]) for n in range(8)]
    right = [(310, 700 - 16 * n, 10, FILLED if n < 7 else FILLED[:9] + "。") for n in range(8)]
    assert len(lines(document([*left, *right]))) == 1


def grid(xs: list[float], ys: list[float]) -> list[Box]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def test_a_ruled_table_keeps_its_cells_and_their_places() -> None:
    rows = ["指标", "单位", "数量"], ["生产总值", "亿元", "2345.6"], ["进出口总额", "亿元", "98.7"]
    text = [
        (105 + 120 * x, 650 - 30 * y, 10, said) for y, row in enumerate(rows) for x, said in enumerate(row)
    ]
    rules = grid([100, 220, 340, 460], [670, 640, 610, 580])
    page = Page(
        text=[*column(90, 780, REPORT[:3]), (200, 690, 10, "表1 主要指标（单位：亿元）"), *text], rules=rules
    )
    found = document(page)
    assert kinds(found) == ["paragraph", "caption", "table"]
    (table,) = found.tables
    assert (table.caption, table.unit, table.header_rows) == ("表1 主要指标（单位：亿元）", "亿元", 1)
    assert found.text[table.start : table.end] == "\n".join("\t".join(row) for row in rows)
    box = place_at(found, found.text.index("98.7")).box
    assert box is not None
    assert (box[0], box[1] < 590 < box[3]) == (345, True)


def test_cells_without_a_line_between_are_one() -> None:
    rules = [*grid([100, 220, 340, 460], [670, 610, 580]), (220, 640, 460, 640)]
    rules = [r for r in rules if r != (340, 670, 340, 580)] + [(340, 640, 340, 580)]
    text = [
        (105, 640, 10, "指标"),
        (300, 650, 10, "2024年"),
        (225, 620, 10, "绝对数"),
        (345, 620, 10, "增长"),
    ]
    text += [(105, 590, 10, "进出口"), (225, 590, 10, "98.7"), (345, 590, 10, "6.5")]
    (table,) = document(Page(text=text, rules=rules)).tables
    spans = [(c.row, c.column, c.rows, c.columns) for c in table.cells]
    assert spans[:2] == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert table.header_rows == 2


def test_figures_under_each_other_are_a_table_without_rules() -> None:
    rows = [
        ["名称", "产量", "增长"],
        ["粮食", "120.5", "3.1"],
        ["油料", "8.2", "-0.4"],
        ["水果", "44.0", "2.2"],
    ]
    text = [
        (100 + 130 * x, 650 - 18 * y, 10, said) for y, row in enumerate(rows) for x, said in enumerate(row)
    ]
    found = document([*column(90, 780, REPORT[:3]), *text])
    (table,) = found.tables
    assert found.text[table.start : table.end] == "\n".join("\t".join(row) for row in rows)


def test_a_table_over_two_pages_is_one_and_its_head_is_said_once() -> None:
    def page(names: list[str]) -> Page:
        ys = [780 - 30 * n for n in range(len(names) + 2)]
        text = [(105, ys[0] - 20, 10, "名称"), (225, ys[0] - 20, 10, "数量")]
        text += [(105, ys[n + 1] - 20, 10, name) for n, name in enumerate(names)]
        text += [(225, ys[n + 1] - 20, 10, f"{n}.5") for n in range(len(names))]
        return Page(text=text, rules=grid([100, 220, 340], ys))

    found = document(page(["粮食", "油料", "水果"]), page(["水产", "蔬菜"]))
    assert len(found.tables) == 1
    assert [line.split("\t")[0] for line in lines(found)] == ["名称", "粮食", "油料", "水果", "水产", "蔬菜"]
    assert place_at(found, found.text.index("蔬菜")).page == 2


def test_notes_at_the_foot_stand_behind_the_paragraph_that_goes_on_over_the_page() -> None:
    note = [(90, 80, 9, "①数据来自渡口改造台账，截至年底，不含撤销的渡口。")]
    found = document([*column(90, 700, REPORT[:2]), *note], column(90, 700, REPORT[2:]))
    assert lines(found)[0].startswith("经过三年努力") and lines(found)[0].endswith("总结如下。")
    assert lines(found)[1] == "①数据来自渡口改造台账，截至年底，不含撤销的渡口。"


def test_notes_at_the_foot_of_several_pages_are_no_running_feet() -> None:
    notes = ["渡口台账所载，截至年底。", "县志记载，各处略有出入。", "沿河各乡统计，不含撤销的。"]
    pages = [
        [*column(90, 700, REPORT), (90, 83, 6, str(n)), (100, 80, 9, note)] for n, note in enumerate(notes, 1)
    ]
    text = document(*pages).text
    assert all(note in text for note in notes)


@pytest.mark.parametrize(
    "form", ["— {n} —", "第 {n} 页 共 3 页", "{n}/3", "- {n} -", "{n}", "·{n}·", "第{n}页", "Page {n} of 3"]
)
@pytest.mark.parametrize("at", [30, 815])
def test_page_numbers_of_every_form_are_left_out(form: str, at: float) -> None:
    pages = [[(280, at, 10, form.format(n=n)), *column(90, 700, REPORT)] for n in (1, 2, 3)]
    assert len(lines(document(*pages))) == 9


def test_the_name_of_a_chapter_in_the_running_head_is_left_out() -> None:
    names = ["总体要求", "重点任务", "建设养护", "运营服务", "保障措施"]
    pages = [
        [(90, 800, 9, "青河市交通规划"), (420, 800, 9, name), *column(90, 700, REPORT)] for name in names
    ]
    assert not any(name in document(*pages).text for name in names)


def test_names_of_annexes_at_the_head_of_their_pages_stay() -> None:
    pages = [[(90, 780, 12, f"附件{n}"), *column(90, 740, REPORT)] for n in (1, 2, 3, 4)]
    assert [line for line in lines(document(*pages)) if line.startswith("附件")] == [
        "附件1",
        "附件2",
        "附件3",
        "附件4",
    ]


def test_a_watermark_askew_is_left_out_and_so_is_one_that_lies_over_the_text_of_all_pages() -> None:
    mark = [(200.0, 400.0, 40.0, "内部资料", (0.7071, 0.7071, -0.7071, 0.7071))]
    level = [(150.0, 650.0, 30.0, "严禁外传")]
    pages = [Page(text=[*column(90, 700, [*REPORT, *REPORT]), *level], turned=mark) for _ in range(4)]
    text = document(*pages).text
    assert "内部资料" not in text
    assert "严禁外传" not in text


def test_what_is_printed_twice_to_look_bold_is_said_once() -> None:
    twice = [(x + d, y, size, text) for d in (0, 0.4) for x, y, size, text in column(90, 700, REPORT)]
    assert lines(document(twice)) == lines(document(column(90, 700, REPORT)))


def test_spaces_between_justified_characters_are_none_and_a_spread_title_is_one_word() -> None:
    page = [(90 + 14 * n, 700, 12, c) for n, c in enumerate("经过三年努力全市")]
    page += [(250, 760, 22, "通"), (294, 760, 22, "知")]
    assert lines(document(page)) == ["通知", "经过三年努力全市"]


def test_look_alike_radicals_become_the_characters_that_are_meant() -> None:
    assert (
        document([(90, 700, 12, "⻓三⾓⼀体化⽣态绿⾊发展⽰范区")]).text == "长三角一体化生态绿色发展示范区"
    )


def test_a_line_of_a_table_of_contents_is_an_item_of_a_list_and_no_heading() -> None:
    page = [
        (90, 700 - 20 * n, 12, f"第{c}章 {name}" + "…" * 20 + str(n + 1))
        for n, (c, name) in enumerate([("一", "总体要求"), ("二", "重点任务"), ("三", "保障措施")])
    ]
    found = document(page)
    assert lines(found) == ["第一章 总体要求\t1", "第二章 重点任务\t2", "第三章 保障措施\t3"]
    assert set(kinds(found)) == {"list"}
    assert not found.outline


def test_the_letterhead_of_an_official_document_is_not_its_title() -> None:
    head = [
        (100, 780, 40, "青河市人民政府文件"),
        (150, 700, 22, "青河市人民政府关于"),
        (150, 670, 22, "渡口改造的通知"),
    ]
    assert document([*head, *column(90, 620, REPORT)]).title == "青河市人民政府关于渡口改造的通知"


def test_bold_lines_and_bookmarks_are_headings() -> None:
    body = column(90, 700, [line for line in REPORT if "、" not in line[:2]])
    bold = document(Page(text=body, bold=[(90, 730, 12, "渡口改造情况")]))
    assert kinds(bold)[0] == "heading"
    plain = Page(text=[(90, 730, 12, "渡口改造情况"), *body])
    marked = read(pdf([plain], marks=[(1, "渡口改造情况")]), mime="application/pdf")
    assert kinds(marked)[0] == "heading"


def test_the_title_of_the_metadata_counts_where_the_first_page_says_it() -> None:
    page = [(90, 730, 12, "渡口改造情况"), *column(90, 700, REPORT)]
    assert read(pdf([page], title="渡口改造情况"), mime="application/pdf").title == "渡口改造情况"
    other = read(pdf([page], title="Microsoft Word - 文档1.doc"), mime="application/pdf")
    assert other.title != "Microsoft Word - 文档1.doc"


def test_a_page_whose_lines_run_up_the_page_is_read_along_them() -> None:
    level = [(90, 700, 12, line) for line in ()] + column(90, 500, REPORT)
    up = [(842 - 247 - y, x, size, text, (0, 1, -1, 0)) for x, y, size, text in level]
    assert lines(document(Page(turned=up))) == lines(document(level))


PLACES = [
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")]),
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")], rotate=90),
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")], rotate=180),
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")], rotate=270),
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")], crop=(50, 200, 500, 760)),
    Page(latin=[(90, 700, 12, "Harbour"), (300, 400, 20, "ferry")], crop=(50, 200, 500, 760), rotate=90),
    Page(latin=[(290, 900, 12, "Harbour"), (400, 600, 20, "ferry")], media=(200, 300, 795, 1142), rotate=270),
]


@pytest.mark.parametrize("page", PLACES)
def test_a_box_lands_on_its_characters_in_the_page_s_image(page: Page) -> None:
    data = pdf([page])
    found = read(data, mime="application/pdf")
    image = render_page(data, 1, 2.0)
    width, height, rows = pixels(image.png)
    dark = {
        (x, y) for y in range(height) for x in range(width) if rows[(y * width + x) * 3] < 128
    }  # rows of RGB
    assert dark
    covered: set[tuple[int, int]] = set()
    for k, char in enumerate(found.text):
        if char.isspace():
            continue
        left, bottom, right, top = place_at(found, k).box or (0, 0, 0, 0)
        near = {
            (x, y)
            for x, y in dark
            if left * 2 - 2 <= x <= right * 2 + 2
            and (image.height - top) * 2 - 2 <= y <= (image.height - bottom) * 2 + 2
        }
        assert near, char
        covered |= near
    assert len(covered) > 0.97 * len(dark)
    assert A4 == (0, 0, 595, 842)


def test_a_page_that_is_a_picture_says_so_and_the_others_are_read() -> None:
    found = document(column(90, 700, REPORT), Page(pictures=[(0, 0, 595, 842)]))
    assert found.warnings == ("scan-pages",)
    assert found.text.startswith("经过三年努力")
    assert document(Page(pictures=[(0, 0, 595, 842)])).warnings == ("no-text", "scan-pages")


def test_a_page_cut_away_by_its_box_is_not_text() -> None:
    page = Page(text=[(90, 700, 12, "看得见的文字"), (90, 100, 12, "裁掉的文字")], crop=(0, 400, 595, 842))
    assert document(page).text == "看得见的文字"


def shown(text: bytes) -> bytes:
    """What an annotation looks like."""
    content = b"BT /F 12 Tf 2 4 Td (%s) Tj ET" % text
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F 5 0 R >> >> "
        b"/Length %d >> stream\n%s\nendstream" % (len(content), content)
    )


def test_what_was_filled_into_a_form_or_written_on_the_page_is_read_where_it_stands() -> None:
    said = b"BT /F 12 Tf 90 700 Td (Name:) Tj ET"
    data = pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R 7 0 R] "
            b"/Resources << /Font << /F 5 0 R >> >> >>",
            b"<< /Length %d >> stream\n%s\nendstream" % (len(said), said),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Ferry) /F 4 /Rect [130 696 330 716] /AP << /N 8 0 R >> >>",
            b"<< /Type /Annot /Subtype /FreeText /Contents (Note) /F 4 /Rect [90 600 290 620] /AP << /N 9 0 R >> >>",
            shown(b"Ferry"),
            shown(b"A note"),
        ]
    )
    found = read(data, mime="application/pdf")
    assert lines(found) == ["Name: Ferry", "A note"]
    box = place_at(found, found.text.index("Ferry")).box or (0, 0, 0, 0)
    assert box[0] == pytest.approx(132, abs=1)


def test_pages_whose_fonts_do_not_tell_their_characters_say_so() -> None:
    found = document([(90, 700 - 20 * n, 12, "\ue101\ue102\ue103\ue104\ue105\ue106") for n in range(5)])
    assert found.warnings == ("font-unreadable",)
