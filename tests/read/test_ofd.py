"""OFD files as offices' programs write them: text in reading order, tables, places, and files that are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted
from cunzhao.formats import media_type
from cunzhao.read import read
from cunzhao.read.types import Attachment, Document, place_at
from tests.read.ofds import NAMES, lines, ofd, page, text_object
from tests.read.words import repacked

OFD = media_type("ofd")
PARAGRAPHS = [
    "一、总体要求",
    "坚持规划先行，全面改造渡口四十座，分三批推进，每座渡口都要按照规范验收，确保安全，方便群众出行，做到建成一座、验收"
    "一座、启用一座，不留尾巴，不搞形式，经得起检查，也经得起群众的评议和时间的检验，真正把好事办好、把实事办实。",
    "二、主要任务",
    "到2025年，渡口改造全部完成，资金由市县两级财政共同负担，专款专用，任何单位和个人不得挪用，审计部门每年"
    "审计一次，结果向社会公布；对挪用资金、弄虚作假的，依法依规追究责任，涉嫌犯罪的移送司法机关处理，绝不姑息。",
]


def official(data: bytes, **more: object) -> Document:
    return read(data, mime=OFD, **more)  # type: ignore[arg-type]


def plan(**more: object) -> bytes:
    first = page([(62, 25, 7.76, "青河市渡口改造行动计划"), *lines(PARAGRAPHS), (100, 285, 4.9, "— 1 —")])
    second = page([*lines(["继续推进改造，各县要成立专班。"]), (100, 285, 4.9, "— 2 —")])
    return ofd([first, second], **more)  # type: ignore[arg-type]


def test_pages_become_paragraphs_and_page_numbers_are_left_out() -> None:
    found = official(plan())
    assert found.text.split("\n") == ["青河市渡口改造行动计划", *PARAGRAPHS, "继续推进改造，各县要成立专班。"]
    assert (found.reader, found.title, found.warnings) == ("ofd", "青河市渡口改造行动计划", ())
    assert [h.title for h in found.outline[1:]] == ["总体要求", "主要任务"]


def test_a_character_stands_in_its_box_in_points_from_the_lower_left_corner() -> None:
    found = official(plan())
    place = place_at(found, found.text.index("2025"))
    assert place.page == 1 and place.box is not None
    x, y, size, _ = next(line for line in lines(PARAGRAPHS) if line[3].startswith("到2025"))
    left, bottom = (x + size) * 72 / 25.4, (297 - y - 0.14 * size) * 72 / 25.4
    assert place.box[0] == pytest.approx(left, abs=0.2) and place.box[1] == pytest.approx(bottom, abs=0.2)
    assert place_at(found, len(found.text) - 1).page == 2


@examples(max_examples=20, deadline=None)
@given(st.lists(st.text("渡口改造ab1。，", min_size=3, max_size=26), min_size=1, max_size=5))
def test_every_character_stands_where_it_was_placed(texts: list[str]) -> None:
    placed = [(30.0, 50.0 + 15 * k, 5.0, text) for k, text in enumerate(texts)]
    found = official(ofd([page(placed)]))
    assert "".join(found.text.split()) == "".join(texts)
    at = 0
    for offset, char in enumerate(found.text):
        if char.isspace():
            continue
        line = next(k for k in range(len(texts)) if at < sum(map(len, texts[: k + 1])))
        column = at - sum(map(len, texts[:line]))
        box = place_at(found, offset).box
        assert box is not None
        middle = ((box[0] + box[2]) / 2 * 25.4 / 72, 297 - (box[1] + box[3]) / 2 * 25.4 / 72)
        assert middle[0] == pytest.approx(30 + 5 * column + 2.5, abs=1.3)
        assert middle[1] == pytest.approx(50 + 15 * line - 1.85, abs=0.5)
        at += 1


def test_steps_may_be_repeated_listed_or_left_out() -> None:
    def code(steps: str) -> str:
        return (
            f'<ofd:TextObject ID="1" Boundary="20 50 100 8" Font="3" Size="5"><ofd:TextCode X="0" Y="5"{steps}>'
            "到2025年底</ofd:TextCode></ofd:TextObject>"
        )

    for steps in (
        ' DeltaX="5 g 4 2.5 5"',
        ' DeltaX="5 2.5 2.5 2.5 2.5 5"',
        "",
        ' DeltaX="g 99999999 5"',
        ' DeltaX="g x"',
    ):
        assert official(ofd([page([], inner=code(steps))])).text == "到2025年底"


def test_a_string_written_downwards_is_read_as_one() -> None:
    down = '<ofd:TextObject ID="9" Boundary="190 40 6 60" Font="3" Size="4"{}><ofd:TextCode X="0" Y="4" {}>竖排的文字</ofd:TextCode></ofd:TextObject>'
    for direction, steps in (
        ("", 'DeltaY="g 4 5"'),
        (' ReadDirection="90" CharDirection="90"', 'DeltaX="g 4 5"'),
    ):
        found = official(ofd([page(lines(PARAGRAPHS), inner=down.format(direction, steps))]))
        assert found.text.split("\n")[:4] == PARAGRAPHS and "竖排的文字" in found.text


def test_a_matrix_and_a_boundary_larger_than_the_page_place_text() -> None:
    inner = (
        '<ofd:PageBlock ID="9"><ofd:TextObject ID="8" CTM="0.3527 0 0 0.3527 0 139.66919" Font="3" Size="9" '
        'Boundary="-8.8175 -170.35411 361.51749 399.96179"><ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2">'
        '<ofd:Glyphs>5 6</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="83" Y="168" DeltaX="9">渡口</ofd:TextCode>'
        "</ofd:TextObject></ofd:PageBlock>"
    )
    found = official(
        ofd(
            [
                page(
                    [],
                    inner=inner,
                    head="<ofd:Area><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:Area>",
                )
            ]
        )
    )
    box = place_at(found, 0).box
    assert found.text == "渡口" and box is not None
    assert box[0] * 25.4 / 72 == pytest.approx(-8.8175 + 83 * 0.3527, abs=0.1)


def test_ruled_lines_make_a_table() -> None:
    rows = [["指标", "2018年", "增速"], ["生产总值", "1234.5", "8.1%"], ["财政收入", "56.7", "6.0%"]]

    def rule(x: float, y: float, width: float, height: float) -> str:
        return (
            f'<ofd:PathObject ID="1" Boundary="{x} {y} {width or 0.3} {height or 0.3}" LineWidth="0.3">'
            f"<ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    inner = "".join(rule(30, 200 + k * 10, 150, 0) + rule(30 + k * 50, 200, 0, 30) for k in range(4))
    texts = [
        (33 + x * 50, 207 + y * 10, 4.2, said) for y, row in enumerate(rows) for x, said in enumerate(row)
    ]
    found = official(ofd([page(texts, inner=inner)]))
    assert found.text == "\n".join("\t".join(row) for row in rows)
    assert found.tables[0].header_rows == 1


def test_stamps_watermarks_and_what_is_not_seen_are_left_out() -> None:
    askew = (
        '<ofd:TextObject ID="7" CTM="0.7 -0.7 0.7 0.7 0 0" Boundary="50 100 100 100" Font="3" Size="12">'
        '<ofd:TextCode X="0" Y="12" DeltaX="12 12 12">内部资料</ofd:TextCode></ofd:TextObject>'
    )
    unseen = text_object(8, (30, 90, 5, "看不见"), ' Visible="false"')
    stamp = f'<ofd:PageAnnot {NAMES}><ofd:Annot Type="Stamp">{text_object(9, (30, 70, 5, "专用章"))}</ofd:Annot></ofd:PageAnnot>'
    found = official(
        ofd(
            [page([(30, 50, 5, "渡口改造")], inner=askew + unseen)],
            parts={"Doc_0/Annots/Page_0/Annotation.xml": stamp},
        )
    )
    assert found.text == "渡口改造"


def test_a_template_belongs_to_the_pages_that_use_it() -> None:
    found = official(
        ofd(
            [page([(60, 50, 5, "东渡")], head='<ofd:Template TemplateID="9"/>')],
            common='<ofd:TemplatePage ID="9"><ofd:BaseLoc>/Doc_0/Tpls/T.xml</ofd:BaseLoc></ofd:TemplatePage>',
            parts={"Doc_0/Tpls/T.xml": page([(30, 50, 5, "渡口：")])},
        )
    )
    assert found.text.replace(" ", "") == "渡口：东渡"


def test_bookmarks_are_headings_attachments_are_named_and_a_title_that_fits_is_believed() -> None:
    mark = (
        '<ofd:Outlines><ofd:OutlineElem Title="资金来源"><ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest '
        'Type="XYZ" PageID="100"/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem></ofd:Outlines>'
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    )
    listed = f'<ofd:Attachments {NAMES}><ofd:Attachment ID="1" Name="附表.xlsx"/></ofd:Attachments>'
    texts = lines(["关于渡口改造的说明", "资金来源", "由市县两级财政共同负担，专款专用，任何单位不得挪用。"])
    info = "<ofd:Title>关于渡口改造的说明.docx</ofd:Title><ofd:Author>user</ofd:Author>"
    found = official(
        ofd([page(texts)], tail=mark, info=info, parts={"Doc_0/Attachs/Attachments.xml": listed})
    )
    assert found.attachments == (Attachment(name="附表.xlsx"),)
    assert (found.title, found.author) == ("关于渡口改造的说明", None)
    assert "资金来源" in [h.title for h in found.outline]
    assert official(ofd([page(texts)], info="<ofd:Title>模板一号文件</ofd:Title>")).title != "模板一号文件"


def test_two_documents_of_one_file_are_read_one_after_the_other() -> None:
    data = plan(parts={"Doc_1/Document.xml": f'<ofd:Document {NAMES}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/>'
                       "</ofd:Pages></ofd:Document>", "Doc_1/P.xml": page(lines(["附件的正文。"]))})  # fmt: skip
    second = b"<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    found = official(repacked(data, b"</ofd:OFD>", second))
    assert found.text.endswith("附件的正文。") and found.blocks[-1].place.page == 3


# --- bad input -------------------------------------------------------------------------------------------


def test_a_scan_and_an_empty_file_say_so() -> None:
    picture = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="2"/>'
    assert official(ofd([page([], inner=picture)])).warnings == ("no-text", "scan-pages")
    assert official(ofd([page([])])).warnings == ("no-text",)


def test_a_missing_page_costs_only_itself() -> None:
    data = repacked(plan(), b'BaseLoc="Pages/Page_1/', b'BaseLoc="Pages/Page_7/')
    found = official(data)
    assert found.warnings == ("pages-broken",) and found.text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<ofd:DocBody>", b"<ofd:Nobody>"),
        (b"Doc_0/Document.xml</ofd:DocRoot>", b"Doc_9/Document.xml</ofd:DocRoot>"),
        (b"<ofd:Content>", b"<ofd:Content"),
    ],
)
def test_a_broken_file_is_named(old: bytes, new: bytes) -> None:
    with pytest.raises(FileBroken) as raised:
        official(repacked(plan(), old, new), name="断.ofd")
    assert (raised.value.input, raised.value.values["format"]) == ("断.ofd", "OFD")


def test_a_locked_file_is_named() -> None:
    data = plan(parts={"Encryptions.xml": f"<ofd:Encryptions {NAMES}/>"})
    locked = repacked(data, b"<ofd:Page ", b"\x00\x01")
    with pytest.raises(FileEncrypted):
        official(locked)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(DecompressionBomb):
        official(ofd([page([]) + " " * 3_000_000]), max_decoded_bytes=1_000_000)
