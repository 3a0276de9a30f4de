"""The column path of a page: `当前位置：首页 > 新闻中心 > 要闻`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from cunzhao.read.page.dom import folded, is_hidden

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?(?:-?nav)?|position|location|dqwz|weizhi|wz|path|currentpath|curr?ent|mbx|"
    r"mianbaoxie|site-?path|nav-?path|addr|local|place|here|youhere|dangqian|sub-?nav|now)\w{0,8}(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^.{0,12}?(?:当前的?位置|您?(?:现在)?(?:所在)?的?位置|您在这里|當前位置|目前位置|You are here|Location)"
    r"(?:是|为)?\s*[：:]?\s*",
    re.IGNORECASE,
)
_HOME = re.compile(r"(?:网站|本站|返回)?(?:首页|主页|首頁|Home)", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:>>|[>＞»›→▶❯]|->|\\|→)\s*")
_SOFT_ARROW = re.compile(r"\s*[/|｜·\-—_]\s+|\s+[/|｜·\-—_]\s*|(?<=[\u4e00-\u9fff])[/-](?=[\u4e00-\u9fff])")
_NO_COLUMN = re.compile(r"正文页?|阅读|查看|(?:详细|新闻|文章|信息|内容)?(?:详情|内容)页?|文章")
_TYPED = re.compile(r"(?:[^>＞»›→\s]{2,12}\s*[>＞»›→]+\s*){1,5}[^>＞»›→\s]{2,24}")
_NO_PATH = frozenset(
    ("body", "html", "head", "a", "script", "style", "title", "meta", "link", "input", "h1", "p")
)
_INLINE = frozenset(("span", "em", "b", "i", "strong", "dt", "li", "label", "font", "img"))
_LONGEST, _DEEPEST = 220, 8


def column_path(root: html.HtmlElement, title: str | None) -> str | None:
    """`首页>新闻中心>要闻`, without the title; None where the page shows no path."""
    for element, named in _candidates(root):
        raw = folded(" ".join(_texts(element)))
        lead = _LEAD.match(raw)
        if not raw or len(raw) > _LONGEST or not (lead or _ARROW.search(raw) or (named and _HOME.match(raw))):
            continue
        parts = _parts(element, raw[lead.end() :] if lead else raw)
        steps = _steps(parts, title)
        if len(steps) >= (1 if lead else 2) and (lead or named or all(len(step) <= 14 for step in steps)):
            return ">".join(steps)
    return None


def _candidates(root: html.HtmlElement) -> list[tuple[html.HtmlElement, bool]]:
    """Elements named as a path, then those that begin with 当前位置, 首页 or a step and an arrow."""
    named, telling = [], []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_PATH or is_hidden(element):
            continue
        begin = folded((element.text or "")[:40])
        first = element[0] if len(element) else None
        if element.attrib and any(_NAMED.search(element.get(key, "")) for key in ("class", "id")):
            named.append(element)
        elif _LEAD.match(begin):
            holder = element.getparent() if element.tag in _INLINE and first is None else None
            telling.append(element if holder is None else holder)
        elif _TYPED.fullmatch(begin) if first is None else _begins_path(element, first, begin):
            telling.append(element)
    return [*((e, True) for e in named), *((e, False) for e in telling)]


def _begins_path(element: html.HtmlElement, first: html.HtmlElement, begin: str) -> bool:
    if _ARROW.search(begin) or _ARROW.match(folded((first.tail or "")[:8])):
        return True
    return len(element) > 1 and bool(_HOME.fullmatch(folded(first.text_content())[:12]))


def _texts(element: html.HtmlElement) -> list[str]:
    return [str(text) for text in element.itertext() if len(text) < 400][:60]


def _parts(element: html.HtmlElement, raw: str) -> Sequence[str]:
    if _ARROW.search(raw):
        return _ARROW.split(raw)
    items = [folded(item.text_content()) for item in element.iter("li")] or [
        folded(link.text_content()) for link in element.iter("a")
    ]
    parts = _SOFT_ARROW.split(raw)
    return items if len(items) > 1 and len(items) >= len(parts) else parts


def _steps(parts: Sequence[str], title: str | None) -> list[str]:
    wanted = "".join((title or "").split())
    if parts and re.match(r"\s*(?:关键[词字]|标签|来源|作者|更多|相关)", parts[0]):
        return []
    steps: list[str] = []
    for part in parts:
        step = _LEAD.sub("", part).strip(" /|｜·-—_>：:»›")
        own = re.sub(r"\s|\.{2,}|…", "", step)
        if wanted and len(own) >= 6 and wanted.startswith(own):
            break
        if own and not _NO_COLUMN.fullmatch(own) and len(own) <= 24:
            steps.append(step)
    return steps if len(steps) <= _DEEPEST else []
