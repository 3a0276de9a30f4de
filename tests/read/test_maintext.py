"""The main text of pages as Chinese sites build them: floors over templates with generated texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import mean

import pytest

from cunzhao.read import read
from tests.read.sites import HELD_OUT, TEMPLATES, page
from tests.read.sites.score import body_f1, body_of

GROUPS = sorted({name.partition(".")[0] for name in TEMPLATES})


def scores(
    templates: Sequence[str], numbers: Sequence[int], change: Callable[[str], str] = str
) -> dict[str, float]:
    """The mean F1 of each template's pages."""

    def score(template: str, number: int) -> float:
        made = page(template, number)
        return body_f1(body_of(read(change(made.html).encode(), mime="text/html")), made)

    return {name: mean(score(name, n) for n in numbers) for name in templates}


def without_names(html: str) -> str:
    return re.sub(r' (?:class|id)=(?:"[^"]*"|[^\s>]+)', "", html)


@pytest.mark.parametrize("group", GROUPS)
def test_the_text_is_found_whole_and_alone(group: str) -> None:
    found = scores([name for name in TEMPLATES if name.startswith(f"{group}.")], (0, 2))
    assert mean(found.values()) >= 0.985, found
    assert min(found.values()) >= 0.80, found


def test_the_text_is_found_without_telling_names() -> None:
    found = scores(list(TEMPLATES)[::4], (1,), without_names)
    assert mean(found.values()) >= 0.97, found


@pytest.mark.long
def test_many_pages_of_every_template_are_read_well() -> None:
    numbers = range(100, 125)
    found = scores(list(TEMPLATES), numbers)
    assert mean(found.values()) >= 0.99, found
    assert mean(found[name] for name in HELD_OUT) >= 0.985, found
    assert mean(scores(list(TEMPLATES), numbers, without_names).values()) >= 0.975


def text(html: str) -> str:
    return read(html.encode(), mime="text/html").text


SENTENCE = "渡口的摆渡船今天停航，检修三天。"
ARTICLE = f"<h1>渡口停航</h1><p>{SENTENCE * 4}</p>"


def test_a_list_of_teasers_is_no_text_whatever_it_is_called() -> None:
    teaser = (
        "<div><h4><a href='/1'>另一条新闻的题目</a></h4><p>这是另一条新闻的开头，与本页没有关系。</p></div>"
    )
    assert "另一条" not in text(f"<div><div>{ARTICLE}</div><div>{teaser * 9}</div></div>")


def test_comments_are_no_text_though_they_are_longer() -> None:
    said = "<li><b>网友</b><p>说得很对，我们这里也是这样，希望早日解决，支持支持再支持。</p><a>回复</a></li>"
    assert "说得很对" not in text(f"<div>{ARTICLE}</div><ul>{said * 20}</ul>")


def test_what_follows_related_links_in_the_same_place_is_text_again() -> None:
    page = f"<div>{ARTICLE}<p>相关阅读</p><p><a href='/2'>别处的一条消息</a></p><p>{'雨下了一夜，水涨了。' * 5}</p></div>"
    assert "雨下了一夜" in text(page)
    assert "别处的一条消息" not in text(page)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：王小明",
        "（编辑：王小明）",
        "【纠错】 责任编辑：王小明",
        "一审：王小明 二审：李大海 三审：陈思",
        "免责声明：本文仅代表作者本人观点，与本网无关。",
        "上一篇：别处的一条消息",
        "扫一扫在手机打开当前页",
        "【打印本页】 【关闭窗口】",
        "扫描二维码，关注渡口发布",
    ],
)
def test_what_only_follows_a_text_is_left_out(line: str) -> None:
    assert line not in text(f"<div>{ARTICLE}<p>{line}</p></div>")


@pytest.mark.parametrize(
    "line",
    [
        "渡口管理局",
        "2021年3月4日",
        "（此件公开发布）",
        "附件：渡口名录",
        "编辑部认为，船该修了。",
        "来源：渡口日报",
    ],
)
def test_what_closes_a_text_stays(line: str) -> None:
    assert line in text(f"<div>{ARTICLE}<p>{line}</p></div><div class='footer'>版权所有</div>")


def test_a_text_that_only_a_script_will_show_is_read_from_what_the_page_carries() -> None:
    inner = f"<p>{SENTENCE * 3}</p><p>{SENTENCE}</p>"
    state = inner.replace("<", "\\u003c")
    for carried in (
        f"<textarea class='article-content'>{inner.replace('<', '&lt;')}</textarea>",
        f'<script>window.__INITIAL_STATE__={{"detail":{{"content":"{state}"}}}}</script>',
        f'<script type=\'application/ld+json\'>{{"articleBody":"{SENTENCE * 4}"}}</script>',
    ):
        found = text(f"<title>渡口停航</title><div id=app></div>{carried}")
        assert SENTENCE * 3 in found
        assert "<p>" not in found
