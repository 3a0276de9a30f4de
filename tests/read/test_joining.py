"""An article over several pages: where it goes on, and its pages as one document."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.read import read
from cunzhao.read.page.joining import join
from cunzhao.read.page.nextpage import following
from cunzhao.read.types import Attachment, Document, place_at

SITE = "http://www.qinghe.example"
TEXT = "<p>渡口改造全部完工，群众出行更加方便，受到大家好评。</p>" * 4


def next_of(url: str, pager: str, text: str = TEXT) -> str | None:
    page = f"<html><head><title>渡口改造完工</title></head><body><h1>渡口改造完工</h1><div class='content'>{text}</div>{pager}</body></html>"
    return read(page.encode(), mime="text/html", url=url).next_page


@pytest.mark.parametrize(
    ("url", "pager", "wanted"),
    [
        ("/a/t1.html", "<a href='t1_2.html'>下一页</a>", "/a/t1_2.html"),
        ("/a/t1_2.html", "<a href='t1.html'>1</a> 2 <a href='t1_3.html'>3</a>", "/a/t1_3.html"),
        ("/a/t1.html", "[1] <a href='t1_1.html'>[2]</a> <a href='t1_2.html'>[3]</a>", "/a/t1_1.html"),
        ("/a/c1001-305.html", "<a href='/a/c1001-305-2.html'>下一页 &gt;</a>", "/a/c1001-305-2.html"),
        ("/a/345/2.html", "<a href='1.html'>上一页</a> <a href='3.html'>下一页</a>", "/a/345/3.html"),
        ("/a?id=5", "<a href='?id=5&page=2'>后页</a>", "/a?id=5&page=2"),
        ("/a?id=5&page=2", "<a href='/a?id=5&page=3'>3</a>", "/a?id=5&page=3"),
        ("/a/slug/", "<a href='/a/slug/2/'>Next page</a>", "/a/slug/2/"),
        ("/a/t1.html", "<a href='javascript:void(0)' onclick=\"location.href='t1_2.html'\">下页</a>", "/a/t1_2.html"),
        ("/a/t1.html", "<a href='t1_2.html'><img src='n.gif' alt='下一页'></a>", "/a/t1_2.html"),
        ("/a/t1.html", "<link rel='next' href='t1_2.html'>", "/a/t1_2.html"),
        ("/a/t1.html", "<script>createPageHTML(3, 0, 't1', 'html');</script>", "/a/t1_1.html"),
        ("/a/t1_1.html", "<script>createPageHTML(3, 1, \"t1\", \"html\");</script>", "/a/t1_2.html"),
        ("/a/t1_2.html", "<script>createPageHTML(3, 2, 't1', 'html');</script>", None),
        ("/a/t1.html", "<script>createPageHTML('pages', 2, 0, 't1', 'html', 2);</script>", "/a/t1_1.html"),
        ("/a/t1.html", "<script>var currentPage = 0;var countPage = 2</script>", "/a/t1_1.html"),
        ("/a/t1.html", "<script>var currentPage = 0;var countPage = 1</script>", None),
        ("/a/t1.html", "<a href='t2.html'>下一篇</a><a href='t2.html'>下一页</a>", None),
        ("/a/t1.html", "<link rel='next' href='/a/another-post.html'>", None),
        ("/a/t1.html", "<a href='http://other.example/a/t1_2.html'>下一页</a>", None),
        ("/a/t1.html", "<div class='comments'><a href='t1_2.html'>下一页</a></div>", None),
        ("/a/index.html", "<a href='index_1.html'>下一页</a>", None),
        ("/a/t1.html", "<a href='#'>下一页</a><a href='javascript:;'>2</a>", None),
        ("/a/t1_3.html", "<a href='t1_2.html'>上一页</a> <a href='t1.html'>1</a> <a href='t1_2.html'>2</a>", None),
    ],
)  # fmt: skip
def test_an_article_goes_on_where_only_the_page_number_differs(
    url: str, pager: str, wanted: str | None
) -> None:
    assert next_of(SITE + url, pager) == (wanted and SITE + wanted)


def test_the_pager_of_a_list_page_is_not_followed() -> None:
    items = "".join(f"<li><a href='{n}.html'>第{n}条消息，标题在这里</a></li>" for n in range(20))
    assert next_of(SITE + "/a/news.html", "<a href='news_2.html'>下一页</a>", f"<ul>{items}</ul>") is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_of_any_two_addresses_at_most_one_follows_the_other(one: str, other: str) -> None:
    one, other = f"{SITE}/{one}", f"{SITE}/{other}"
    assert not (following(one, other) and following(other, one))
    assert following(one, one) is None


def page(n: int, *paragraphs: str, title: str = "渡口改造完工", below: str = "") -> Document:
    inside = "".join(f"<p>{p}</p>" for p in paragraphs)
    html = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>发布时间：2019-01-21 09:03　来源：青河日报</p>"
        f"<div class='content'>{inside}{below}</div></body></html>"
    )
    return read(html.encode(), mime="text/html", url=f"{SITE}/a/t1_{n}.html")


LEAD = "编者按：渡口改造进行了三年，本报记者走访了沿河的十二个村庄，听听大家怎么说。"
ONE = "改造前，过河要等半个小时，遇上大风天，渡船停开，村里的孩子只好住在镇上。"
TWO = "二、资金安排"
THREE = "市财政安排专项资金2.6亿元，县区配套1.1亿元；工程完成后，还将建立管护制度。"


def test_pages_become_one_text_with_one_title_and_one_outline() -> None:
    whole = join([page(1, "一、改造进度", ONE), page(2, TWO, THREE, title="渡口改造完工（2）")])
    assert whole.text.split("\n") == ["渡口改造完工", "一、改造进度", ONE, TWO, THREE]
    assert [h.title for h in whole.outline] == ["渡口改造完工", "改造进度", "资金安排"]
    assert (whole.title, whole.published, whole.source) == ("渡口改造完工", "2019-01-21T09:03", "青河日报")


def test_a_paragraph_that_the_page_cut_is_whole() -> None:
    whole = join([page(1, LEAD, ONE[:24]), page(2, ONE[24:], THREE)])
    assert whole.text.split("\n")[1:] == [LEAD, ONE, THREE]


def test_what_every_page_repeats_stands_once() -> None:
    note = "（本文为渡口改造系列报道之三，转载请注明。）"
    whole = join([page(1, LEAD, ONE, note), page(2, LEAD, THREE, note)])
    assert whole.text.split("\n")[1:] == [LEAD, ONE, THREE, note]


def test_every_character_tells_its_page() -> None:
    whole = join([page(1, LEAD, ONE[:24]), page(2, ONE[24:], THREE), page(3, THREE[::-1])])
    at = whole.text.index(ONE)
    assert [place_at(whole, i).page for i in (0, at, at + 23, at + 24, whole.text.index(THREE), len(whole.text) - 1)] == [
        1, 1, 1, 2, 2, 3,
    ]  # fmt: skip
    assert {block.place.page for block in whole.blocks} == {1, 2, 3}


def test_tables_and_attachments_of_all_pages_are_kept() -> None:
    table = "<table><tr><th>指标<th>2022年<tr><td>渡口（座）<td>14<tr><td>里程<td>60</table>"
    link = "<p><a href='a.pdf'>方案.pdf</a></p>"
    whole = join([page(1, LEAD, ONE, below=link), page(2, THREE, ONE[::-1], below=table + link)])
    (data,) = whole.tables
    assert [whole.text[c.start : c.end] for c in data.cells][:3] == ["指标", "2022年", "渡口（座）"]
    assert whole.attachments == (Attachment(name="方案.pdf", url=f"{SITE}/a/a.pdf"),)


def test_one_page_is_itself_and_none_is_refused() -> None:
    alone = page(1, LEAD, ONE)
    assert join([alone]) is alone
    with pytest.raises(ValueError, match="no pages"):
        join([])


@given(
    st.lists(st.lists(st.sampled_from([LEAD, ONE, TWO, THREE, "短句。"]), max_size=4), min_size=1, max_size=4)
)
@settings(max_examples=60, deadline=None)
def test_blocks_and_runs_of_any_pages_lie_in_the_text(contents: list[list[str]]) -> None:
    whole = join([page(n, *paragraphs) for n, paragraphs in enumerate(contents, 1)])
    at = 0
    for block in whole.blocks:
        assert at <= block.start < block.end <= len(whole.text)
        at = block.end
    assert all(0 <= run.start < run.end <= len(whole.text) for run in whole.runs)
    assert list(whole.runs) == sorted(whole.runs, key=lambda run: run.start)
    assert dataclasses.replace(whole).next_page is None
