from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cunzhao.formats import is_binary
from cunzhao.read import read
from cunzhao.read.types import Document, from_json, to_json

CHINESE = st.text(
    alphabet="一二三、（）。：，渡口改造2023年 \t\n\r\u3000\u2028-#*<>!第章条1.关于的通知市人民政府：",
    max_size=400,
)


def text_of(data: bytes, name: str = "a.txt") -> Document:
    return read(data, mime="text/plain", name=name)


def said(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


@given(st.one_of(CHINESE, st.text(max_size=300)).filter(bool), st.sampled_from(["a.txt", "a.md"]))
def test_every_character_that_is_not_white_space_stays_in_order(text: str, name: str) -> None:
    text = text.encode("utf-8", "ignore").decode().removeprefix("\ufeff") or "口"
    assume(not is_binary(text.encode()))
    document = text_of(b"\xef\xbb\xbf" + text.encode(), name)
    assert "".join(document.text.split()) == "".join(text.replace("\x00", "\ufffd").split())


@given(
    st.one_of(CHINESE, st.text(max_size=300)).filter(bool),
    st.sampled_from(["text/plain", "text/markdown", "text/html"]),
)
def test_blocks_and_headings_lie_in_the_text_sorted_and_apart(text: str, mime: str) -> None:
    assume(not is_binary(text.encode("utf-8", "replace")))
    document = read(text.encode("utf-8", "replace"), mime=mime)
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        at = block.end
    assert [h.start for h in document.outline] == sorted(h.start for h in document.outline)
    for heading in document.outline:
        assert 0 <= heading.start < heading.end <= len(document.text)
        assert (heading.title or heading.number) and heading.level >= 1
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0c"])
def test_every_line_end_becomes_one_newline(end: str) -> None:
    document = text_of(f"渡口改造{end}全部完工。{end}".encode())
    assert document.text == "渡口改造\n全部完工。\n"
    assert [b.place.line for b in document.blocks] == [1, 2]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_plain_text_is_decoded_by_what_its_bytes_are(charset: str) -> None:
    assert text_of("渡口改造完工，群众出行方便。".encode(charset)).text == "渡口改造完工，群众出行方便。"


def test_broken_bytes_are_replaced_and_the_guess_is_said() -> None:
    document = text_of("渡口改造完工。".encode() * 20 + b"\xff\xfe\xff")
    assert document.text.startswith("渡口改造完工。")
    assert "charset-guessed" in document.warnings


def test_a_mark_of_byte_order_is_no_character_of_the_text() -> None:
    assert text_of(codecs.BOM_UTF8 + "渡口".encode()).text == "渡口"


POST = """---
title: "渡口改造：三年四十座"
date: 2023-03-06 09:12:30
source: 青河日报
tags:
  - 交通
---
2023年3月，渡口改造全部完工，群众出行方便。
<!-- more -->
<img src="a.jpg" />
改造共分三批进行，历时三年。
"""


def test_front_matter_gives_title_date_and_source() -> None:
    document = text_of(POST.encode(), "post.md")
    assert (document.title, document.published, document.source) == (
        "渡口改造：三年四十座",
        "2023-03-06T09:12:30",
        "青河日报",
    )


def test_front_matter_and_markup_are_noise_but_for_the_title() -> None:
    document = text_of(POST.encode(), "post.md")
    assert said(document, "heading") == ["渡口改造：三年四十座"]
    assert said(document, "paragraph") == [
        "2023年3月，渡口改造全部完工，群众出行方便。",
        "改造共分三批进行，历时三年。",
    ]
    assert document.text == POST


def test_front_matter_that_is_none_stays_text() -> None:
    document = text_of("---\n这里只是一条分隔线，下面是正文。\n---\n正文第二段。".encode())
    assert said(document, "paragraph") == ["这里只是一条分隔线，下面是正文。", "正文第二段。"]


def test_markdown_headings_are_headings_with_their_level() -> None:
    document = text_of("# 渡口改造\n\n## 一、进度\n\n全部完工。\n\n### 资金\n\n共三亿元。\n".encode(), "a.md")
    assert [(h.level, h.number, h.title) for h in document.outline] == [
        (1, None, "渡口改造"),
        (2, "一", "进度"),
        (3, None, "资金"),
    ]


WRAPPED = """
渡口改造总结

　　按照全市交通工作会议的部署，市交通运输局会同有关县区

组织实施了渡口改造工程，经过三年努力，四十座渡口全部改造完

成，沿河群众出行条件明显改善，各方面反映良好，现将主要做法

总结如下。

　　坚持规划先行，在摸清底数的基础上，编制改造规划，明确任

务书、时间表、路线图，按照轻重缓急分三批推进，每批都有明确

的开工时间和验收标准，做到改一座、成一座、用一座，不留尾巴。

　　坚持资金保障，统筹各级财政资金三亿元，专款专用，全程审

计，确保每一分钱都用在刀刃上。
"""


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    document = text_of(WRAPPED.encode())
    paragraphs = ["".join(p.split()) for p in said(document, "paragraph")]
    assert [(p[:4], p[-4:]) for p in paragraphs] == [
        ("按照全市", "结如下。"),
        ("坚持规划", "留尾巴。"),
        ("坚持资金", "刀刃上。"),
    ]
    assert said(document, "heading") == ["渡口改造总结"]


def test_lines_broken_after_a_number_of_characters_are_one_paragraph() -> None:
    paragraphs = [
        "全年改造渡口和码头，修建桥梁，新增公交线路，沿河群众出行条件明显改善，各方面反映良好。其中一季度完成1,234.56万元，"
        "二季度2,345.67万元，三季度3,456.78万元，四季度4,567.89万元，有关经验已在全省推广，并将总结提炼成为制度。",
        "市交通局另外安排资金12,300.45万元，用于10,356处险桥的加固，工期比原先的计划提前完成，节约了一部分费用，群众比较满意，"
        "下一步还要继续坚持规划先行、建管并重，确保每一分钱都用在刀刃上，绝不把任何一处隐患留给来年的汛期。",
    ]
    wrapped = [text[at : at + 24] for text in paragraphs for at in range(0, len(text), 24)]
    assert ["".join(p.split()) for p in said(text_of("\n".join(wrapped).encode()), "paragraph")] == paragraphs


def test_a_wrapped_piece_among_whole_paragraphs_is_one_paragraph() -> None:
    whole = "全县渡口今年运送旅客十二万人次，比上年多一成，旺季每天开船四十班，淡季二十班。"
    piece = (
        "记者从县航运管理处了解到，县里同邻县日前商定，两县的渡口从下月起合用一张船票，老人和学生半价，"
        "班次由两家轮流排定，夜航的船再多加两条，票款按月清算，哪一家开的船多，哪一家就多得一份。"
    )
    lines = [piece[at : at + 24] for at in range(0, len(piece), 24)]
    text = text_of("\n".join(["渡口工作信息", whole, "两县渡口通用船票", *lines, whole]).encode())
    assert piece in ["".join(p.split()) for p in said(text, "paragraph")]


def test_a_stop_with_a_space_behind_it_ends_a_wrapped_paragraph() -> None:
    full = [
        "经过三年努力，四十座渡口全部改造完成，沿河群众出行条件",
        "明显改善，各方面反映良好，有关经验已在全省推广，并将总",
    ]
    last = "结提炼成为制度，长期坚持下去，确保每座渡口都有人管理。"
    lines = [*full, last + " "] * 4
    assert len(said(text_of("\n".join(lines).encode()), "paragraph")) == 4


def test_whole_paragraphs_on_lines_of_like_length_are_not_joined() -> None:
    lines = [
        f"第{n}项工作按计划推进，已经取得阶段性成果，群众比较满意。" for n in "一二三四五六七八九十百千万"
    ]
    assert said(text_of("\n".join(lines).encode()), "paragraph") == lines
