"""The 信息公开 block of a page, in the forms that sites set it."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.types import Document

PAIRS = (
    ("索引号", "113306/2019-00412"),
    ("主题分类", "综合政务 > 政务公开"),
    ("发文机关", "青河市人民政府办公室"),
    ("成文日期", "2019年10月28日"),
    ("标题", "关于做好渡口改造工作的通知"),
    ("发文字号", "青政办发〔2019〕21号"),
    ("发布日期", "2019-11-05"),
    ("有效性", "有效"),
)
TITLE = "关于做好渡口改造工作的通知"
TEXT = "".join(f"<p>{n}、渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" for n in range(1, 6))


def spread(label: str) -> str:
    return "　".join(label) if len(label) == 2 else label


FORMS = {
    "table of two columns": "<table>" + "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in PAIRS) + "</table>",
    "table of four columns": "<table class='xxgk'>"
    + "".join(
        f"<tr><th>{PAIRS[i][0]}：</th><td>{PAIRS[i][1]}</td><th>{PAIRS[i + 1][0]}：</th><td>{PAIRS[i + 1][1]}</td></tr>"
        for i in range(0, 8, 2)
    )
    + "</table>",
    "definition list": "<dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in PAIRS) + "</dl>",
    "list": "<ul>" + "".join(f"<li><strong>{k}：</strong><span>{v}</span></li>" for k, v in PAIRS) + "</ul>",
    "divs": "".join(f"<div class='row'><div class='k'>{k}：</div><div class='v'>{v}</div></div>" for k, v in PAIRS),
    "spans in one line": "<div>" + " ".join(f"<span>{k}：{v}</span>" for k, v in PAIRS) + "</div>",
    "brackets": "".join(f"<p>【{k}】{v}</p>" for k, v in PAIRS),
    "spread labels": "".join(f"<p>{'　'.join(k)}：{v}</p>" for k, v in PAIRS),
    "layout table": "<table><tr><td><table>" + "".join(f"<tr><td><b>{k}:</b> {v}</td></tr>" for k, v in PAIRS) + "</table></td></tr></table>",
}  # fmt: skip


def page(above: str = "", below: str = "") -> Document:
    return read(
        f"<title>{TITLE}_青河市人民政府</title><div class='m'>{above}<h1>{TITLE}</h1><div>来源：市府办　浏览次数：31</div>"
        f"<div class='content'>{TEXT}</div>{below}</div>".encode(),
        mime="text/html",
    )


@pytest.mark.parametrize("name", FORMS)
def test_the_block_is_told_as_shown(name: str) -> None:
    document = page(FORMS[name])
    assert document.index == PAIRS
    assert document.doc_number == "青政办发〔2019〕21号"
    assert document.issuers == ("青河市人民政府办公室",)
    assert (document.document_date, document.published) == ("2019-10-28", "2019-11-05")
    assert (document.title, document.source) == (TITLE, "市府办")


def test_a_block_below_the_text_is_found() -> None:
    assert page(below=FORMS["list"]).index == PAIRS


def test_labels_without_a_value_are_left_out() -> None:
    rows = "<tr><td>索引号</td><td>A-1</td></tr><tr><td>主题词</td><td></td></tr><tr><td>文号</td><td>无</td></tr>"
    assert page(f"<table>{rows}</table>").index == (("索引号", "A-1"), ("文号", "无"))


def test_an_information_line_alone_is_no_block() -> None:
    assert page("<div>发布日期：2019-11-05　发布机构：市府办　标题：甲</div>").index == ()
