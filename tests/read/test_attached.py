"""The files that a page names as annexes: which links are, and under which name."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.types import Attachment

URL = "http://www.qinghe.example/zwgk/2019/t20190121_41.html"
TEXT = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 4


def attachments(
    inside: str = "", below: str = "", outside: str = "", head: str = ""
) -> list[tuple[str, str | None]]:
    page = (
        f"<html><head><title>渡口改造完工</title>{head}</head><body><div class='nav'><a href='/guide.pdf'>办事指南</a></div>"
        f"<div class='main'><h1>渡口改造完工</h1><div class='content'>{TEXT}{inside}</div>{below}</div>{outside}"
        "<div class='footer'><a href='/soft/AdbeRdr.exe'>下载阅读器</a><a href='/reader.zip'>OFD阅读器下载</a></div></body></html>"
    )
    return [(a.name, a.url) for a in read(page.encode(), mime="text/html", url=URL).attachments]


HERE = "http://www.qinghe.example/zwgk/2019/"


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("<p><a href='./P02019.docx'>任务分工表.docx</a></p>", [("任务分工表.docx", HERE + "P02019.docx")]),
        ("<p>附件：<a href='/a/b.pdf'>任务分工表</a></p>", [("任务分工表", "http://www.qinghe.example/a/b.pdf")]),
        ("<p><a href='/down.jsp?filename=%E8%A1%A8.xlsx'>清单</a></p>", [("清单", "http://www.qinghe.example/down.jsp?filename=%E8%A1%A8.xlsx")]),
        ("<p><a href='/attach/show?id=12'>任务分工表.doc</a></p>", [("任务分工表.doc", "http://www.qinghe.example/attach/show?id=12")]),
        ("<p><img src='/icon_doc.gif' alt='word'><a href='a.wps'>方案</a> <a href='a.wps'>下载</a></p>", [("方案", HERE + "a.wps")]),
        ("<p>附件1.任务分工表 <a href='a.ofd'>点击下载</a></p>", [("附件1.任务分工表", HERE + "a.ofd")]),
        ("<p><a href='%E6%96%B9%E6%A1%88.et'>下载</a></p>", [("方案.et", HERE + "%E6%96%B9%E6%A1%88.et")]),
        ("<p><a href='javascript:void(0)' onclick=\"down('/f/x.rar')\">资料.rar</a></p>", [("资料.rar", "http://www.qinghe.example/f/x.rar")]),
        ("<iframe src='/viewer.html?file=/f/x.pdf' title='全文'></iframe>", [("全文", "http://www.qinghe.example/f/x.pdf")]),
        ("<p><a href='a.jpg'>图</a><a href='b.html'>下一篇</a><a href='mailto:x@y.example'>来信</a></p>", []),
        ("<p>附件：1.任务分工表</p><p>2.资金安排表</p>", [("任务分工表", None), ("资金安排表", None)]),
        ("<p>附件：任务分工表</p><p><a href='a.docx'>附件：任务分工表.docx</a></p>", [("任务分工表.docx", HERE + "a.docx")]),
    ],
)  # fmt: skip
def test_a_file_in_the_text_is_named_as_shown(inside: str, wanted: list[tuple[str, str | None]]) -> None:
    assert attachments(inside) == wanted


def test_a_file_right_below_the_text_is_found_and_downloads_of_the_site_are_not() -> None:
    below = "<div class='fj'><ul><li><a href='a.pdf'>方案.pdf</a></li></ul></div>"
    side = "<div class='right'><a href='/x.pdf'>年报.pdf</a></div>"
    assert attachments(below=below, outside=side) == [("方案.pdf", HERE + "a.pdf")]


def test_addresses_are_those_of_the_base_and_stand_once() -> None:
    link = "<p><a href='a.pdf'>方案.pdf</a></p>"
    assert attachments(link + link, head="<base href='http://f.example/d/'>") == [
        ("方案.pdf", "http://f.example/d/a.pdf")
    ]


@pytest.mark.parametrize("href", ["http://[bad/a.pdf", "//", "a.pdf?x=[", "javascript:", "\x00.pdf"])
def test_odd_addresses_do_no_harm(href: str) -> None:
    assert all(isinstance(a, tuple) for a in attachments(f"<p><a href='{href}'>甲.pdf</a></p>"))


def test_of_a_file_without_address_only_the_name_is_told() -> None:
    page = f"<h1>渡口改造完工</h1><div>{TEXT}<p><a href='a.pdf'>方案.pdf</a></p></div>"
    assert read(page.encode(), mime="text/html").attachments == (Attachment(name="方案.pdf"),)
