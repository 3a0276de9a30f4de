from __future__ import annotations

import pytest

from cunzhao.errors import FileBroken, FileEncrypted
from cunzhao.read import read
from cunzhao.read.types import Document
from tests.read.pdfs import Placed, pdf


def document(pages: list[list[Placed]]) -> Document:
    return read(pdf(pages), mime="application/pdf")


def column(left: float, top: float, lines: list[str], size: float = 12) -> list[Placed]:
    """Lines below each other; one that begins with a full-width space is indented by it."""
    return [
        (left + size * 2 * line.startswith("　"), top - 20 * n, size, line.strip("　"))
        for n, line in enumerate(lines)
    ]


REPORT = [
    "　　经过三年努力，全市四十座渡口全部改造完",
    "成，沿河群众出行条件明显改善，各方面反映很",
    "好，现将主要做法总结如下。",
    "一、坚持规划先行",
    "　　编制改造规划，明确任务书和路线图，分三批",
    "推进，每批都有开工时间和验收标准。",
]
JOINED = [
    "经过三年努力，全市四十座渡口全部改造完成，沿河群众出行条件明显改善，各方面反映很好，现将主要做法总结如下。",
    "一、坚持规划先行",
    "编制改造规划，明确任务书和路线图，分三批推进，每批都有开工时间和验收标准。",
]


def test_wrapped_lines_are_joined_into_paragraphs() -> None:
    assert document([column(90, 700, REPORT)]).text.split("\n") == JOINED


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        [(90, 810, 9, "青河市渡口改造总结"), *column(90, 700, REPORT), (280, 30, 9, f"— {n} —")]
        for n in (1, 2, 3)
    ]
    assert document(pages).text.split("\n") == JOINED * 3


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = document([column(90, 700, REPORT[:2]), column(90, 700, REPORT[2:])]).text
    assert text.split("\n") == JOINED


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行文字写到这里没有停顿" for n in "一二三四五六七"]
    right = [f"右栏第{n}行文字写到这里没有停顿" for n in "一二三四五六七"]
    mixed = [
        line for pair in zip(column(60, 700, left), column(320, 700, right), strict=True) for line in pair
    ]
    text = "".join(document([[(200, 760, 20, "两栏文章的标题"), *mixed]]).text.split())
    assert text == "两栏文章的标题" + "".join(left) + "".join(right)


def test_blocks_know_their_page_and_box() -> None:
    found = document([column(90, 700, REPORT[:3]), column(90, 700, REPORT[3:])])
    places = [(b.place.page, b.place.box) for b in found.blocks]
    assert [page for page, _ in places] == [1, 2, 2]
    left, bottom, right, top = places[0][1] or (0, 0, 0, 0)
    assert (round(left), round(right)) == (90, 342)
    assert 650 < bottom < 664 < 700 < top < 715


def test_a_title_in_large_type_over_two_lines_is_one_heading() -> None:
    found = document(
        [[(150, 780, 22, "青河市人民政府关于"), (150, 750, 22, "渡口改造的通知"), *column(90, 700, REPORT)]]
    )
    assert found.title == "青河市人民政府关于渡口改造的通知"
    assert (found.outline[0].level, found.outline[1].title) == (1, "坚持规划先行")


def test_a_page_without_text_is_an_empty_document_that_says_so() -> None:
    found = document([[]])
    assert (found.text, found.warnings) == ("", ("no-text",))


def test_a_pdf_with_a_password_is_refused_by_name() -> None:
    with pytest.raises(FileEncrypted) as raised:
        read(pdf([column(90, 700, REPORT)], encrypted=True), mime="application/pdf", name="密.pdf")
    assert raised.value.input == "密.pdf"


@pytest.mark.parametrize("keep", [8, 300, 600])
def test_a_pdf_that_is_cut_is_broken(keep: int) -> None:
    with pytest.raises(FileBroken):
        read(pdf([column(90, 700, REPORT)])[:keep], mime="application/pdf")
