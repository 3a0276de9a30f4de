"""What surrounds an article by the way it is built: repeated items, and what stands behind certain headings.

A list of teasers has prose like an article, but is made of alike items that each hold a linked title;
comments are alike items that each offer a reply. Neither needs a telling name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.layout import LITTLE, Layout

_RELATED = re.compile(
    r"""
    [【\[《<■◆●▲★\s]*(?:相关(?:阅读|新闻|链接|文章|推荐|报道|信息|资讯|稿件|内容|专题|主题|热词|视频)|
    延伸阅读|扩展阅读|推荐阅读|精彩推荐|热门(?:推荐|文章|新闻|阅读|排行|资讯|关注|专题|图片)|猜你喜欢|
    你可能(?:还)?(?:喜欢|感兴趣).{0,4}|为[你您]推荐|更多(?:新闻|阅读|精彩|推荐|内容|文章|相关).{0,4}|
    最新(?:文章|新闻|资讯|动态|更新)|大家都在看|大家还在看|大家爱看|今日(?:热点|推荐|头条)|编辑推荐|
    推荐(?:文章|新闻|内容|视频)|其他新闻|往期回顾|点击排行|阅读排行|图片新闻|新闻排行.{0,4}|相關(?:閱讀|
    新聞|文章|報道|報導)|延伸閱讀|熱門(?:新聞|文章|話題)|編輯推[介薦]|推薦閱讀|猜你喜歡|
    热读|熱讀|热榜|熱榜|Related\ (?:stories|articles|news|posts|reading)|
    You\ may\ also\ like|More\ (?:stories|from\ .{2,20})|
    Most\ (?:read|popular|viewed)|Recommended(?:\ for\ you)?|Read\ (?:more|next)|
    Editor.?s\ picks?)[】\]》>■◆●▲★\s]*[：:]?.{0,3}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"""
    [【\[\s]*(?:网友|最新|热门|精彩|全部|用户|读者|文章)?(?:评论|跟帖|留言|回复)(?:列表|区|
    内容)?\s*[】\]]?\s*(?:[（(]?\d*条?[）)]?)|发表评论|我来说两句.{0,12}|我要评论|共有?\s*\d+\s*条(?:评论|
    跟帖).{0,8}|(?:網友|最新)?(?:評論|留言|回應)|Comments?(?:\ ?\(\d+\))?|Leave\ a\ (?:reply|comment)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REPLY = re.compile(
    r"""
    (?:^|\s)(?:回复|赞|顶|踩|支持|反对|举报|点赞|引用|Reply|Report|Like)\s*[\[(（【]?\d*[\])）】]?(?:\s|$)|
    发表于\s*[\d前昨刚今]|^\d{1,4}\s*[楼#]|沙发|板凳
    """,
    re.VERBOSE,
)
_MORE = re.compile(r"(?:详细|详情|全文|更多|read more|continue reading)\s*[\]】>»＞…]*$", re.IGNORECASE)
_ITEMS = frozenset(("div", "li", "dl", "section", "article", "tr", "td", "a", "dd", "ul", "table", "p"))


def without_surroundings(layout: Layout, title_at: int | None) -> list[PageLine]:
    """The lines that are not in lists of teasers or comments, nor behind a heading that opens such a list.

    `title_at` is the line that shows the title: such a heading above it opens nothing that goes beyond it.
    """
    noise = set(_repeated(layout, title_at)) | set(_opened(layout, title_at))
    noise.discard(-1 if title_at is None else title_at)
    kept = [line for i, line in enumerate(layout.lines) if i not in noise]
    prose = zip(layout.lines, layout.prose, strict=True)
    left = sum(len(line.text) for i, (line, is_prose) in enumerate(prose) if is_prose and i not in noise)
    return kept if left >= LITTLE else list(layout.lines)


def _repeated(layout: Layout, title_at: int | None) -> Iterator[int]:
    """Lines of items that are built alike and each link to a page or offer a reply."""
    for parent in {e.getparent() for e in layout.spans}:
        if parent is None or len(parent) < 2:
            continue
        groups: dict[tuple[str, str], list[html.HtmlElement]] = {}
        for child in parent:
            if child in layout.spans and child.tag in _ITEMS:
                groups.setdefault((str(child.tag), _kind(child)), []).append(child)
        for items in groups.values():
            if len(items) >= 2:
                yield from _noise_of(layout, items, title_at)


def _noise_of(layout: Layout, items: list[html.HtmlElement], title_at: int | None) -> Iterator[int]:
    spans = [layout.spans[e] for e in items]
    teasers = [span for span in spans if _is_teaser(layout, *span)]
    replies = [span for span in spans if _is_reply(layout, *span)]
    links = [span for span in spans if _is_link(layout, *span)]
    if len(replies) >= max(2, 0.7 * len(items)) and len(replies) > len(teasers):
        yield from (i for span in replies[_posts(layout, spans, title_at) :] for i in range(*span))
    elif len(teasers) >= max(3, 0.7 * len(items)):
        everything = sum(layout.weight(*span) for span in spans)
        small = [s for s in teasers if layout.weight(*s) < max(0.6 * everything, 300.0 * (len(items) > 3))]
        yield from (i for span in small for i in range(*span))
    elif len(links) >= 3 and len(links) == len(items) and items[0].tag != "p":
        yield from range(_heading_of(layout, items, links[0][0]), links[0][0])
        yield from (i for span in links for i in range(*span))


def _posts(layout: Layout, spans: list[tuple[int, int]], title_at: int | None) -> int:
    """1 where the first of the items is what the others answer to: no text between the title and it."""
    behind = 0 if title_at is None else title_at + 1
    return int(layout.weight(behind, max(behind, spans[0][0])) < LITTLE)


def _is_link(layout: Layout, first: int, end: int) -> bool:
    """An item that is nothing but a linked title, with its date perhaps."""
    lines = layout.lines[first:end]
    titled = any(len(x.text) >= 6 and x.linked >= 0.6 * len(x.text) for x in lines)
    return (
        titled
        and layout.linked(first, end) >= 0.6 * layout.chars(first, end)
        and not any(x.file for x in lines)
    )


def _heading_of(layout: Layout, items: list[html.HtmlElement], first: int) -> int:
    """Where a list of links begins: at the line above where that is its heading."""
    above = layout.lines[first - 1] if first else None
    if above is None or len(above.text) > 12 or re.search("[，。；：！？]", above.text):
        return first
    near = list(items[0].iterancestors())[:2]
    return first - 1 if above.element.getparent() in near else first


def _kind(element: html.HtmlElement) -> str:
    """The class without numbers: `item item-3` and `item item-4` are alike."""
    return re.sub(r"[\d_-]+", "", element.get("class", "").split(" ")[0])


def _is_teaser(layout: Layout, first: int, end: int) -> bool:
    """A few lines with a title that is a link, or with a link to the whole."""
    lines = layout.lines[first:end]
    if not 2 <= len(lines) <= 8 or layout.chars(first, end) > 500:
        return False
    if any(line.file for line in lines):
        return False
    titles = sum(len(line.text) >= 6 and line.linked >= 0.8 * len(line.text) for line in lines)
    return titles >= 1 or any(line.linked and _MORE.search(line.text) for line in lines)


def _is_reply(layout: Layout, first: int, end: int) -> bool:
    lines = layout.lines[first:end]
    return 2 <= len(lines) <= 400 and any(len(x.text) < 60 and _REPLY.search(x.text) for x in lines)


def _opened(layout: Layout, title_at: int | None) -> Iterator[int]:
    """Lines behind `相关阅读` or `网友评论`, as far as what holds that heading goes or the text goes on."""
    lines = layout.lines
    for i, line in enumerate(lines):
        if len(line.text) > 30 or layout.weight(0, i) < LITTLE:
            continue
        related, talk = _RELATED.fullmatch(line.text), _COMMENTS.fullmatch(line.text)
        if related or (talk and line.linked < len(line.text)):
            first, end = _section(layout, i)
            if title_at is not None and i < title_at < end:
                continue
            yield from range(i, _resumed(layout, first, i, end) if related else end)


def _section(layout: Layout, i: int) -> tuple[int, int]:
    """The run of the smallest element that holds line `i` and lines behind it."""
    element = layout.lines[i].element
    while layout.spans[element][1] <= i + 1:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return layout.spans[element]


def _resumed(layout: Layout, first: int, i: int, end: int) -> int:
    """Where behind the heading `i` prose stands again where prose stood before it."""
    lines = layout.lines
    before = {_stand(lines[j]) for j in range(first, i) if layout.prose[j]}
    return next((j for j in range(i + 1, end) if layout.prose[j] and _stand(lines[j]) in before), end)


def _stand(line: PageLine) -> tuple[str, html.HtmlElement | None]:
    return str(line.element.tag), line.element.getparent()
