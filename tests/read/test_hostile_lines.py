"""No line of text, however made, may keep a reader busy: patterns must not try every way to cut it."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.types import Block, Document, Heading, Place, to_json
from tests.costs import soon
from tests.read.words import p, t, word_file

LINES = {
    "organs without end": "局" * 118 + "x",
    "organs and spaces": "局 " * 59 + "x",
    "digits": "1" * 250 + "x",
    "buttons": "大中小微信扫一扫" * 30 + "x",
    "about and about": "关于" * 118 + "x",
    "labels": "来源：" * 90,
    "spaced labels": "发 文 " * 900,
    "brackets": "（" * 240,
    "numbers": "一、" * 100,
    "dots": "1." * 120,
    "dashes": "— " * 120 + "x",
    "dates": "2023年3月" * 40,
    "spaces": "渡" + " " * 20_000 + "口",
    "angle brackets": "<" * 5_000,
    "one long sentence": "渡口，" * 100_000,
    "a million colons": "：" * 1_000_000,
    "circled": "。①" * 30_000,
    "separators": "_-" * 5_000,
    "no stop": "渡" * 200_000,
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("mime", ["text/plain", "text/markdown", "text/html"])
def test_a_hostile_line_is_read_in_seconds(name: str, mime: str) -> None:
    line = LINES[name]
    lines = ["关于渡口改造的通知", line, "各县人民政府：", "请认真执行，抓好落实。", line, "2023年3月6日"]
    text = "\n".join(lines)
    if mime == "text/html":
        text = f"<title>{line[:300]}</title><h1>{line[:300]}</h1>" + "".join(f"<p>{x}</p>" for x in lines)
    assert soon(lambda: read(text.encode(), mime=mime), within_s=30)


def test_a_table_whose_cells_push_each_other_to_the_right_stays_of_its_size() -> None:
    rows = "<tr><td rowspan=65534>甲</td><td rowspan=65534>乙</td></tr>" * 3_000
    assert len(read(f"<table>{rows}</table>".encode(), mime="text/html").text) < 100_000


def test_a_long_outline_is_told_in_seconds() -> None:
    starts = range(0, 60_000, 3)
    outline = tuple(Heading(level=2, number=None, title=str(at), start=at, end=at + 2) for at in starts)
    blocks = tuple(Block(kind="paragraph", start=at, end=at + 2, place=Place()) for at in starts)
    document = Document(text="渡口\n" * 20_000, blocks=blocks, outline=outline)
    assert [block["path"] for block in to_json(document)["blocks"]] == [[str(at)] for at in starts]
    assert soon(lambda: to_json(document), within_s=20)


def test_fields_of_word_that_never_end_are_read_in_seconds() -> None:
    word = word_file(
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50_000 + "</w:p>" + p(t("渡口"))
    )
    assert read(word, mime="", name="a.docx").text == "渡口"
    assert soon(lambda: read(word, mime="", name="a.docx"), within_s=20)
