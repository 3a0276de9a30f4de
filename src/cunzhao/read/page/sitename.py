"""What a page calls its site, and titles without it (`…_某某市人民政府`, `…-要闻-XX网`, `XX网_…`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.headmeta import Head

SEPARATOR = re.compile(r"\s*[_|｜丨│]\s*|\s+[-–—·•»>:]+\s+|-+|[–—]{2,}|(?<=\s)–|»|\s*·\s+|\s*>\s*")
SITE_LIKE = re.compile(
    r".{0,20}(?:网|网站|政府|门户|委员会|厅|局|频道|新闻|资讯|日报|晚报|早报|晨报|时报|在线|客户端|平台|首页|公开|要闻|动态|"
    r"头条|热点|专栏|博客|论坛|中心|办公室|文库|澎湃|财经|栏目|正文|公告|政务|网络版|手机版|移动版|详情|详细|内容页|"
    r"报社|副刊|電子報|新聞|日報|時報|網|資訊|com|cn|net|org|News|Times|Daily|Post)",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r".{2,18}(?:网|网站|人民政府|门户|委员会|厅|局|日报|晚报|在线|客户端|公开)")
_FRONT = re.compile(r".{2,16}(?:网|网站|在线|人民政府|门户网站|日报|晚报|客户端)")


def site_names(root: html.HtmlElement, lines: Sequence[PageLine], head: Head) -> tuple[str, ...]:
    """What the page calls its site: meta tags, the logo, the link home, the owner in the footer."""
    names = list(head.sites)
    for link in root.iter("a"):
        if re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link.get("href", "x").strip()):
            names += [
                link.text_content(),
                link.get("title", ""),
                *(i.get("alt", "") for i in link.iter("img")),
            ]
    foot = " ".join(line.text for line in lines[-8:] if len(line.text) < 300)
    names += re.findall(r"(?:版权所有|主办单位?|Copyright|©)[：:\s©\d-]*([^\s：:，,。©]{2,20})", foot)
    return tuple(dict.fromkeys(n for name in names if 2 <= len(n := squeezed(name)) <= 30 and n != "首页"))


def without_site(title: str, site: str = "", *, sites: Sequence[str] = (), front: bool = True) -> str:
    """`title` without names of site and column behind it (`_某某市人民政府`, `-XX网`).

    `site` and `sites` are names known to be the site's.
    """
    known = {squeezed(name) for name in (site, *sites) if name}
    for found in reversed(list(SEPARATOR.finditer(title))):
        if found.start() < 4 or not _is_tail(squeezed(title[found.end() :]), known):
            break
        title = title[: found.start()]
    first = SEPARATOR.search(title) if front else None
    if first and len(title) - first.end() >= 6:
        name = squeezed(title[: first.start()])
        if name in known or _FRONT.fullmatch(name):
            return without_site(_without_column(title[first.end() :]), sites=tuple(known))
    return title.strip()


def is_site(text: str, sites: Sequence[str]) -> bool:
    """Whether `text` is only a site's name: one of `sites`, or short and ending as such names do."""
    own = squeezed(text)
    return any(own == squeezed(site) for site in sites) or bool(len(own) < 12 and _SITE_NAME.fullmatch(own))


def _is_tail(tail: str, known: set[str]) -> bool:
    """Whether what stands behind a separator names site or column."""
    if not tail or (len(tail) <= 22 and SITE_LIKE.fullmatch(tail)):
        return True
    return 1 < len(tail) <= 30 and any(tail in name or name in tail for name in known)


def _without_column(rest: str) -> str:
    """Behind the site's name a column's may stand before the title."""
    parts = SEPARATOR.split(rest, maxsplit=1)
    return (
        parts[1]
        if len(parts) == 2 and len(parts[0]) <= 8 and len(parts[1]) >= 6 and SITE_LIKE.fullmatch(parts[0])
        else rest
    )


def squeezed(text: str) -> str:
    return "".join(text.split())
