"""下一页: an article that goes over several pages is one document, from its WARC records alone too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.collect.site import Site

SENTENCES = (
    "全市新建标准厂房三十万平方米，完成投资二十八亿元，园区道路、管网同步建成投用。",
    "市经济和信息化局负责人介绍，入园企业已有六十四家，其中高新技术企业二十一家。",
    "下一步，各县（市、区）将继续改善营商环境，推动更多项目落地投产、达产达效。",
)


def page(n: int, of: int) -> str:
    onward = f'<a href="/art_{n + 1}.html">下一页</a>' if n < of else "下一页"
    back = f'<a href="/art_{n - 1}.html">上一页</a>' if n > 1 else "上一页"
    text = "".join(f"<p>　　第{'一二三四'[n - 1]}部分。{sentence}</p>" for sentence in SENTENCES)
    return (
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>园区建设纪实_示例网</title></head><body>"
        "<h1>园区建设纪实</h1><div class=info>2024-05-06 09:10 来源：示例日报</div>"
        f"<div class=article-content>{text}</div><div class=pager>{back} <b>{n}</b> {onward}</div></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        made.pages |= {f"/art_{n}.html": page(n, 3) for n in (1, 2, 3)}
        yield made


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


def test_an_article_over_three_pages_is_read_as_one_and_a_rebuild_gives_the_same(
    core: Core, site: Site
) -> None:
    [row] = core.save([site.url("/art_1.html")])
    assert (row.verdict, row.error) == ("complete", None)
    shown = core.snapshot(row.snapshot or "")
    document = shown.document
    assert document and document.title == "园区建设纪实" and document.warnings == ()
    assert [document.text.count(f"第{part}部分") for part in "一二三"] == [3, 3, 3]
    assert document.text.count("园区建设纪实") == 1 and "下一页" not in document.text
    assert {block.place.page for block in document.blocks} == {1, 2, 3}
    assert [k.role for k in shown.kept if k.role in ("page", "next-page")] == [
        "page",
        "next-page",
        "next-page",
    ]
    core.rebuild(lambda _: None)
    assert core.snapshot(row.snapshot or "") == shown


def test_pages_lead_to_each_other_in_the_frozen_view(core: Core, site: Site) -> None:
    [row] = core.save([site.url("/art_1.html")])

    def address(url: str, _: str) -> str:
        return f"/kept?{url}"

    first = core.view(row.snapshot or "", address).body.decode()
    assert f'href="/kept?{site.url("/art_2.html")}"' in first
    second = core.requisite(row.snapshot or "", site.url("/art_2.html"), address).body.decode()
    assert f'href="/kept?{site.url("/art_1.html")}"' in second
    assert f'href="/kept?{site.url("/art_3.html")}"' in second and "第二部分" in second


def test_what_of_an_article_did_not_come_is_told_and_comes_with_the_next_capture(
    core: Core, site: Site
) -> None:
    whole = site.pages.pop("/art_3.html")
    [row] = core.save([site.url("/art_1.html")])
    assert (row.verdict, [m.role for m in row.missing]) == ("partial", ["next-page"])
    lacking = core.snapshot(row.snapshot or "").document
    assert lacking and lacking.warnings == ("pages-missing",) and "第二部分" in lacking.text
    site.pages["/art_3.html"] = whole
    [again] = core.save([site.url("/art_1.html")])
    document = core.snapshot(again.snapshot or "").document
    assert again.verdict == "complete" and document and document.warnings == ()
    assert core.snapshot(row.snapshot or "").document == lacking
