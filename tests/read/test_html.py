from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from cunzhao.charset import decode
from cunzhao.htmltree import parse
from cunzhao.read import read
from cunzhao.read.page.sitename import without_site
from cunzhao.read.types import Document
from tests.read.pages import PARAGRAPHS, TEMPLATES, TITLE


def page(data: bytes | str, **told: str) -> Document:
    return read(data.encode() if isinstance(data, str) else data, mime="text/html", **told)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", TEMPLATES)
class TestOneArticleInEveryTemplate:
    def test_its_text_is_the_title_and_the_paragraphs_and_nothing_else(self, name: str) -> None:
        lines = page(TEMPLATES[name]()).text.split("\n")
        if name == "mislabelled_gb2312":
            assert lines.pop() == "摄影：陈喆，旻昇。"
        assert lines == [TITLE, *(p.replace("\u3000", " ") for p in PARAGRAPHS)]

    def test_title_date_and_source_are_found(self, name: str) -> None:
        document = page(TEMPLATES[name]())
        assert document.title == TITLE
        assert document.published is not None
        assert document.published[:16] == "2023-03-06T09:12"
        assert document.source == "青河日报"

    def test_every_block_is_in_the_element_its_path_names(self, name: str) -> None:
        data = TEMPLATES[name]()
        document = page(data)
        tree, _ = parse(decode(data).text)
        for block in document.blocks:
            assert block.place.css
            (element,) = CSSSelector(block.place.css)(tree)
            assert squeezed(document.text[block.start : block.end]) in squeezed(element.text_content())

    def test_numbered_lines_are_its_outline(self, name: str) -> None:
        outline = page(TEMPLATES[name]()).outline
        assert [(h.level, h.number, h.title) for h in outline] == [
            (1, None, TITLE),
            (2, "一", "改造进度"),
            (2, "二", "资金安排"),
        ]


@pytest.mark.parametrize(
    ("title", "site", "wanted"),
    [
        ("渡口改造完工_青河市人民政府", "", "渡口改造完工"),
        ("渡口改造完工-青河新闻网", "", "渡口改造完工"),
        ("渡口改造完工-要闻动态-青河市交通运输局", "", "渡口改造完工"),
        ("渡口改造完工 | 青河观察", "青河观察", "渡口改造完工"),
        ("青河—白水城际铁路开通", "", "青河—白水城际铁路开通"),
        ("2021-2023年渡口改造总结", "", "2021-2023年渡口改造总结"),
        ("“一带一路”_专家谈", "", "“一带一路”_专家谈"),
    ],
)
def test_a_title_loses_the_name_of_the_site_only(title: str, site: str, wanted: str) -> None:
    assert without_site(title, site) == wanted


def test_the_date_of_the_banner_is_not_the_date_of_the_page() -> None:
    document = page(
        "<div>今天是2024年7月1日</div><h1>渡口改造完工</h1><p>渡口改造全部完工，群众出行方便。</p>"
    )
    assert document.published is None


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：青河日报 浏览次数：318", "青河日报"),
        ("信息来源: 市交通运输局　发布时间：2023-03-06", "市交通运输局"),
        ("2023-03-06 09:12　来源：青河日报　作者：李四　字号：大 中 小", "青河日报"),
        ("来源：【青河日报】", "青河日报"),
        ("时间：2023年3月6日 来源：青河市（市政府办公室） 点击：20", "青河市（市政府办公室）"),
    ],
)
def test_the_source_ends_where_the_next_label_begins(line: str, source: str) -> None:
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 3
    assert page(f"<h1>渡口改造全部完工</h1><div>{line}</div><div>{body}</div>").source == source


def test_a_data_table_is_one_block_of_cells_and_rows() -> None:
    table = "<table><tr><th>指标<th>2022年<tr><td>渡口（座）<td>14<tr><td>里程<br>（公里）<td>60</table>"
    document = page(f"<h1>渡口改造统计</h1><div><p>渡口改造进展顺利，全年数据如下表所示。</p>{table}</div>")
    (block,) = [b for b in document.blocks if b.kind == "table"]
    assert document.text[block.start : block.end] == "指标\t2022年\n渡口（座）\t14\n里程（公里）\t60"


def test_a_source_note_at_the_end_stays_in_the_text() -> None:
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 3
    assert page(f"<h1>渡口改造完工</h1><div>{body}<p>信息来源：市交通局</p></div>").text.endswith(
        "信息来源：市交通局"
    )


def test_an_attachment_at_the_end_stays_in_the_text() -> None:
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 3
    end = "<p>附件：<a href='/a.docx'>改造清单</a></p>"
    assert page(f"<h1>渡口改造完工</h1><div>{body}{end}</div>").text.endswith("附件：改造清单")


def test_hidden_text_and_scripts_are_not_read() -> None:
    text = page(
        "<h1>渡口改造完工</h1><div><p>渡口改造全部完工，群众出行更加方便。<span hidden>暗</span>"
        "<span style='display: none'>藏</span></p><script>var a='脚本';</script><style>p{}</style></div>"
    ).text
    assert text == "渡口改造完工\n渡口改造全部完工，群众出行更加方便。"


def test_bare_links_round_the_text_are_left_out() -> None:
    links = "".join(f"<p><a href='{n}.html'>又一条消息的标题{n}</a></p>" for n in range(3))
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 4
    text = page(f"<h1>渡口改造完工</h1><div>{links}{body}{links}</div>").text
    assert "又一条消息" not in text
    assert text.count("渡口改造全部完工") == 4


def test_the_source_is_that_of_the_page_and_not_of_a_teaser_above_it() -> None:
    teasers = "".join(f"<p>第{n}条快讯 来源：白水晚报 2022-01-0{n}</p>" for n in range(1, 9))
    body = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 4
    found = page(
        f"<div>{teasers}</div><h1>渡口改造完工</h1><p>来源：青河日报 2023-03-06</p><div>{body}</div>"
    )
    assert (found.source, found.published) == ("青河日报", "2023-03-06")


def test_of_a_list_page_the_known_container_is_read() -> None:
    def items(word: str) -> str:
        return "".join(f"<li><a href='{n}.html'>{word}{n}</a></li>" for n in range(4))

    text = page(
        f"<div><ul>{items('专题链接')}</ul></div><h1>工作动态</h1><div id='zoom'><ul>{items('消息')}</ul></div>"
    ).text
    assert text.split("\n") == ["工作动态", "消息0", "消息1", "消息2", "消息3"]


def test_a_text_that_waits_hidden_for_a_script_is_read() -> None:
    body = "<p>渡口改造全部完工，群众出行更加方便。</p>" * 4
    page_of_wechat = f"<h1>渡口改造完工</h1><div id='js_content' style='visibility: hidden'>{body}</div>"
    assert page(page_of_wechat).text.count("渡口改造全部完工") == 4


def test_candidates_that_disagree_leave_a_warning() -> None:
    one = "<p>渡口改造全部完工，群众出行更加方便。</p>" * 6
    other = "<p>春耕备耕有序推进，农资储备充足，价格平稳。</p>" * 5
    disputed = page(f"<h1>要闻</h1><div><div>{one}</div></div><div><div><b>又讯</b>{other}</div></div>")
    assert disputed.warnings == ("main-text-disputed",)


def test_an_empty_application_root_says_no_text() -> None:
    document = page("<title>载入中</title><div id='app'></div><script src='a.js'></script>")
    assert "no-text" in document.warnings


def test_a_page_of_links_keeps_its_links() -> None:
    items = "".join(f"<li><a href='{n}.html'>第{n}条消息的标题在这里</a></li>" for n in range(5))
    text = page(f"<nav><a href='/'>首页</a></nav><h1>要闻动态列表</h1><ul>{items}</ul>").text
    assert text.split("\n") == ["要闻动态列表", *(f"第{n}条消息的标题在这里" for n in range(5))]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("100,000 open elements", "<div>" * 100_000 + "渡口改造完工，群众出行方便。"),
        ("2,000 nested elements", "<div>" * 2_000 + "渡口改造完工，群众出行方便。" + "</div>" * 2_000),
        ("tables in tables", "<table><tr><td>" * 3_000 + "渡口改造完工，群众出行方便。"),
        ("unclosed inline elements", "<b>" * 100_000 + "渡口改造完工，群众出行方便。"),
        ("a million attributes", "<p " + "a=1 " * 200_000 + ">渡口改造完工，群众出行方便。</p>"),
    ],
)
def test_hostile_nesting_is_read_all_the_same(name: str, data: str) -> None:
    found = page(data)
    assert "渡口改造完工，群众出行方便。" in found.text
    deeper = name not in ("2,000 nested elements", "a million attributes")  # than libxml2 goes
    assert ("flattened" in found.warnings) == deeper


TAGS = st.sampled_from(
    ["div", "p", "span", "table", "tr", "td", "ul", "li", "h1", "h2", "b", "br", "a", "nav", "center"]
)
WORDS = st.sampled_from(
    [
        "渡口改造，全部完工。",
        "一、总体要求",
        "来源：青河日报",
        "　　",
        "2023年3月6日",
        "a<b",
        "&nbsp;",
        "相关阅读",
        "",
    ]
)
NODES = st.recursive(
    WORDS,
    lambda inside: st.builds(
        lambda tag, parts, closed: f"<{tag}>{''.join(parts)}" + f"</{tag}>" * closed,
        TAGS,
        st.lists(inside, max_size=4),
        st.booleans(),
    ),
    max_leaves=30,
)


@given(NODES)
@settings(max_examples=150, deadline=None)
def test_of_any_page_every_block_lies_in_the_text_and_in_its_element(body: str) -> None:
    data = f"<html><head><title>渡口改造完工</title></head><body>{body}</body></html>"
    document = page(data)
    tree, _ = parse(data)
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        at = block.end
        (element,) = CSSSelector(block.place.css or "")(tree)
        assert squeezed(document.text[block.start : block.end]) in squeezed(element.text_content())


def test_a_megabyte_on_one_line_is_read() -> None:
    document = page("<h1>渡口改造完工</h1><div>" + "<p>渡口改造，共40座。</p>" * 40_000 + "</div>")
    assert len(document.blocks) == 40_001


@pytest.mark.long
def test_ten_megabytes_on_one_line_are_read_within_the_time_limit() -> None:
    assert len(page("<div>" + "<p>渡口改造，共40座。</p>" * 310_000 + "</div>").blocks) == 310_000


@pytest.mark.parametrize("data", ["<!---->", "<html>", "<p>", "&nbsp;", "<table></table>", " "])
def test_a_page_that_says_nothing_is_an_empty_document(data: str) -> None:
    document = page(data)
    assert document.blocks == ()
    assert "no-text" in document.warnings


def test_an_entity_that_names_a_file_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密内容")
    entity = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><p>渡口改造，&x;完工了。</p>"
    text = page(entity).text
    assert "渡口改造，" in text
    assert "秘密内容" not in text


@pytest.mark.parametrize(
    "data", ["<", "&#0;&#xD800;渡口", "<p>\x00渡\x00口</p>", "<?xml version='1.0'?><p>渡口</p>"]
)
def test_odd_characters_leave_text_that_can_be_stored(data: str) -> None:
    text = page(data).text
    assert text.encode() and "\x00" not in text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "渡口改造完工，群众出行方便。"),
        ("utf-16", "渡口改造完工，群众出行方便。"),
        ("gb18030", "渡口改造完工，陈喆摄。㐀"),
        ("big5", "渡口改造完工，民眾出行更加方便，這是一個好消息。"),
    ],
)
def test_a_page_is_decoded_by_what_its_bytes_are(charset: str, text: str) -> None:
    assert text in page(f"<html><body><p>{text}</p></body></html>".encode(charset)).text


@pytest.mark.parametrize(
    "begun",
    [
        "<!doctype html><title>一则</title>",
        "<html><head><meta charset=utf-8><title>一则</title><!-- 无 body --><header>导航</header>",
        "<html><head><script>if (a < b) document.write('<p>')</script><title>一则</title></head>",
    ],
)
def test_a_body_that_no_tag_begins_is_read(begun: str):
    said = "全市经济运行总体平稳，工业生产稳中有进，投资和消费保持稳定增长。" * 3
    document = read(f"{begun}<article><h1>一则</h1><p>{said}</p></article>".encode(), mime="text/html")
    assert document.text == f"一则\n{said}"
