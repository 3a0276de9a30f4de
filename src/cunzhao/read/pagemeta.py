"""Title, date, source and author of a page: meta tags of government sites first, then what the page shows.

Meta names: 政府网站页面 meta 标签 (国办发〔2017〕47号: SiteName, ColumnName, ArticleTitle,
PubDate, ContentSource, Author), Open Graph, and the labels of the line
below the title (`发布日期：… 来源：… 浏览次数：…`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from cunzhao.read.dates import date_time_in
from cunzhao.read.dom import PageLine, folded

_SEPARATOR = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—]+\s+|-+|––+")
_SITE_LIKE = re.compile(
    r".{0,20}(?:网|网站|政府|门户|委员会|厅|局|频道|新闻|资讯|日报|晚报|早报|晨报|时报|在线|客户端|平台|首页|公开|要闻|动态|"
    r"头条|热点|专栏|博客|论坛|中心|办公室|文库|澎湃|财经|栏目|正文)"
)
_PUBLISHED = re.compile(
    r"(?:发布日期|发布时间|发文日期|发稿时间|发表时间|发表日期|公开日期|生成日期|更新时间|更新日期|(?<![\u4e00-\u9fff])(?:时间|日期))\s*[：:]\s*([^\s].{6,24})"
)
_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|新闻来源|内容来源|来源|来源于|稿源|出处)\s*[：:]\s*(\S[^\n]{0,60})"
)
_AUTHOR = re.compile(r"(?:作者|记者|撰稿|通讯员)\s*[：:]\s*(\S[^\n]{0,30})")
_NEXT_LABEL = re.compile(
    r"\s*(?:[\[【(（|｜]?\s*(?:浏览|阅读|点击|访问|字体|字号|大小|打印|分享|收藏|关闭|作者|编辑|责任编辑|责编|审核|发布|时间|"
    r"日期|来源|记者|评论|扫一扫|视力|朗读|背景色|信息来源|点赞|保护视力|文字|索引号|发文|主题)|(?:19|20)\d\d[-年/.]|[|｜]|\s{2,}|[\[【])"
)
_NOT_A_SOURCE = frozenset(("", "本站", "本网", "null", "none", "未知", "--", "-"))


@dataclass(frozen=True, slots=True)
class PageMeta:
    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    column: str | None = None


def meta_tags(root: html.HtmlElement) -> dict[str, str]:
    """`name` or `property` in lower case -> `content`, the first that says something."""
    tags: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = folded(element.get("content", ""))
        if name.strip() and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def page_meta(root: html.HtmlElement, lines: Sequence[PageLine], title: str | None, body_at: int) -> PageMeta:
    """What a page says of itself. `lines` are all its lines, `body_at` is where its main text begins."""
    tags = meta_tags(root)
    near = _near_title(lines, title, body_at)
    return PageMeta(
        title=title,
        published=_published(tags, near),
        source=_first_source(tags, near),
        author=_clean(tags.get("author", "") or tags.get("og:article:author", ""))
        or _labelled(_AUTHOR, near),
        column=tags.get("columnname"),
    )


def page_title(root: html.HtmlElement, lines: Sequence[PageLine]) -> str | None:
    """The title without the site's name: ArticleTitle, the heading the page shows, og:title, <title>."""
    tags = meta_tags(root)
    element = next(iter(root.iter("title")), None)
    full = folded("".join(element.itertext())) if element is not None else ""
    told = tags.get("articletitle") or ""
    if told:
        return told
    site = tags.get("sitename") or tags.get("og:site_name") or ""
    shown = _heading_shown(lines, full)
    if shown:
        return without_site(shown, site, full)
    return without_site(tags.get("og:title") or full, site) or None


def without_site(title: str, site: str = "", full: str = "") -> str:
    """`title` without trailing names of site and column (`_某某市人民政府`, `-XX网`).

    `full` is the page's <title>: a part that stands there too behind a separator is a column's name.
    """
    parts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    for start, end in reversed(parts):
        tail = title[end:].strip()
        known = bool(site) and (tail in site or site in tail)
        if start >= 4 and (not tail or known or (len(tail) <= 22 and _SITE_LIKE.fullmatch(tail))):
            title = title[:start]
        else:
            break
    return title.strip()


def _heading_shown(lines: Sequence[PageLine], full: str) -> str | None:
    """The heading that the page shows as its title: one that <title> begins with, else the first h1."""
    squeezed = _squeezed(full)
    first = None
    for line in lines:
        if line.kind == "heading" and line.linked < 0.5 * len(line.text):
            own = _squeezed(line.text)
            if len(own) >= 4 and (own in squeezed or (len(squeezed) >= 6 and squeezed in own)):
                return line.text
            if line.level == 1 and first is None and len(own) >= 4:
                first = line.text
    if first:
        return first
    best = [
        x
        for x in lines
        if 6 <= len(x.text) <= 120 and not x.linked and squeezed.startswith(_squeezed(x.text))
    ]
    return max(best, key=lambda x: len(x.text)).text if best else None


def _near_title(lines: Sequence[PageLine], title: str | None, body_at: int) -> list[str]:
    """Lines round the title, nearest to the information line first."""
    wanted = _squeezed(title or "")
    at = next((i for i, x in enumerate(lines) if wanted and wanted in _squeezed(x.text)), max(0, body_at - 6))
    until = max(at + 10, min(body_at + 4, at + 40))
    return [x.text for x in (*lines[at:until], *lines[max(0, at - 5) : at])]


def _published(tags: dict[str, str], near: Sequence[str]) -> str | None:
    names = (
        "pubdate",
        "publishdate",
        "article:published_time",
        "publish_time",
        "datepublished",
        "publish-date",
        "firstpublishedtime",
    )
    told = next((d for d in (date_time_in(tags.get(name, "")) for name in names) if d), None)
    shown = next((d for d in map(_labelled_date, near) if d), None)
    if shown is None:
        short = [x for x in near if len(x) < 120 and "今天" not in x]
        shown = next((d for d in map(date_time_in, short) if d and "T" in d), None)
        shown = shown or next((d for d in (date_time_in(x) for x in short if len(x) < 60) if d), None)
    if told and shown and "T" not in told and shown.startswith(told):
        return shown
    return told or shown


def _labelled_date(line: str) -> str | None:
    found = _PUBLISHED.search(line)
    return date_time_in(found[1]) if found else None


def _first_source(tags: dict[str, str], near: Sequence[str]) -> str | None:
    for told in (tags.get("contentsource", ""), _labelled(_SOURCE, near) or "", tags.get("source", "")):
        if _clean(told) and _clean(told).lower() not in _NOT_A_SOURCE:
            return _clean(told)
    return _clean(tags.get("contentsource", "")) or _labelled(_SOURCE, near)


def _labelled(label: re.Pattern[str], near: Sequence[str]) -> str | None:
    for line in near:
        found = label.search(line)
        value = _clean(_NEXT_LABEL.split(found[1].lstrip("[【"), maxsplit=1)[0]) if found else ""
        if value:
            return value
    return None


def _clean(value: str) -> str:
    return value.strip(" \u3000|｜;；，,、：:]】").strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
