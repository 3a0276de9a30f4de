"""The files that a page names as annexes (附件): links to files in or below its article, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote

from lxml import html

from cunzhao.read.page.addresses import absolute, base_of, parts_of
from cunzhao.read.page.dom import PageLine, folded, is_hidden
from cunzhao.read.types import Attachment

_ENDINGS = r"pdf|docx?|xlsx?|wps|wpt|et|dps|ofd|zip|rar|7z|pptx?|csv|txt|rtf|ceb|gd"
_FILE = re.compile(rf"\.(?:{_ENDINGS})$", re.IGNORECASE)
_MAYBE = re.compile(rf"(?:\.|%2e)(?:{_ENDINGS})", re.IGNORECASE)  # without it no address names a file
_SHOWN_FILE = re.compile(rf"\.(?:{_ENDINGS})(?:\s*[（(][^（）()]{{1,20}}[）)])?$", re.IGNORECASE)
_QUOTED = re.compile(r"""["']([^"']{3,300})["']""")
_LABEL = re.compile(r"^\s*(?:相关)?附\s?件(?:列表|下载)?\s*[：:]\s*")
_ANNEX = re.compile(r"^\s*[（(【\[]?\s*(?:相关)?附\s?件(?!下载中心)")
_SAYS_LITTLE = re.compile(
    r"(?:请?点击(?:这里|此处)?|附件|文件|PDF|Word|在线|全文|正文|原文|此处)*(?:下载|查看|预览|浏览|打开|附件|PDF版?)(?:附件|文件|全文)?|>+"
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:attach\w*|fujian\w*|fj\w{0,6}|annex\w*|enclosure\w*|appendix\w*|down-?load\w*|xgfj)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(?:^|[\s_-])(?:foot\w*|bottom|copyright|nav\w*|menu\w*|header|head|top\w*|side\w*|banner|friend\w*|links?|help|guide|tool\w*|"
    r"left|right|relat\w*|recommend\w*|xgyd|hot\w*|list)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"阅读器|插件|浏览器|Adobe|Reader|客户端|播放器|操作手册|使用(?:指南|说明)|帮助|控件|字体下载|APP",
    re.IGNORECASE,
)


def attachments(
    root: html.HtmlElement, base_url: str, body: Sequence[PageLine] = ()
) -> tuple[Attachment, ...]:
    """The files that links (or frames) of a page's article name, in order, each once.

    `body` are the lines of the main text: a link inside their container counts, one behind it if it stands
    near or is called an annex; navigation, footers and downloads of software do not. `base_url` is the page's
    address; without one only absolute links have a `url`.
    """
    base = base_of(root, base_url)
    container = _container(body)
    begun = container is None
    found: dict[str, Attachment] = {}
    for element in root.iter():
        begun = begun or element is container
        link = _link(element)
        name = _name(element, link) if link else ""
        if not name or not _belongs(element, name, container, begun):
            continue
        url = absolute(base, link)
        whole = url if re.match(r"https?://", url) else None
        key = whole or link
        if key not in found or _SAYS_LITTLE.fullmatch(found[key].name):
            found[key] = Attachment(name=name, url=whole)
    return tuple(found.values())


def _link(element: html.HtmlElement) -> str:
    """The address of a file or of an annex that an element leads to; empty where it leads to none."""
    if element.tag not in ("a", "iframe", "embed", "object"):
        return ""
    href = (element.get("href") or element.get("src") or element.get("data") or "").strip()
    if element.tag != "a":
        told = next((value for _, value in parse_qsl(parts_of(href).query) if _is_file(value)), href)
        return told if _is_file(told) else ""
    if _is_file(href) and not href.lower().startswith("javascript"):
        return href
    if not href or href.startswith(("#", "javascript", "mailto")):
        script = href + element.get("onclick", "")
        return next((quoted for quoted in _QUOTED.findall(script) if _is_file(quoted)), "")
    text = element.text_content()
    if not ("." in text or "附" in text or element.keys() not in (["href"], ["href", "target"])):
        return ""  # most links
    text = folded(text)
    shown = _SHOWN_FILE.search(text) or _SHOWN_FILE.search(element.get("title", ""))
    return href if shown or "download" in element.attrib or _ANNEX.match(text) else ""


def _is_file(href: str) -> bool:
    if not _MAYBE.search(href):
        return False
    parts = parts_of(href)
    values = [value for _, value in parse_qsl(parts.query)]
    return any(_FILE.search(unquote(value).strip()) for value in (parts.path, parts.fragment, *values))


def _name(element: html.HtmlElement, link: str) -> str:
    """The name as shown; where the link says only 下载, what its line says, or the file's own name."""
    shown = _LABEL.sub("", folded(element.text_content()))
    title = folded(element.get("title", ""))
    pictures = [folded(image.get("alt", "")) for image in element.iter("img")]
    parent = element.getparent()
    before = folded((parent.text_content() if parent is not None else "")[:200])
    before = _LABEL.sub("", before.replace(shown, "") if shown else before).strip(" :：[]【】()（）")
    before = before if _ANNEX.match(before) or _SHOWN_FILE.search(before) else ""
    path = unquote(parts_of(link).path).rpartition("/")[2]
    names = [value for _, value in parse_qsl(parts_of(link).query) if _FILE.search(value)]
    for name in (shown, title, *pictures, before, *names, path):
        if name and len(name) <= 200 and not _SAYS_LITTLE.fullmatch(name):
            return name
    return path or shown


def _container(body: Sequence[PageLine]) -> html.HtmlElement | None:
    """The smallest element that holds most lines of the main text."""
    holding: dict[html.HtmlElement, int] = {}
    for line in body[:400]:
        for element in (line.element, *line.element.iterancestors()):
            holding[element] = holding.get(element, 0) + 1
    enough = [
        e for e, n in holding.items() if n >= 0.8 * min(len(body), 400) and e.tag not in ("html", "body")
    ]
    return max(enough, key=lambda e: sum(1 for _ in e.iterancestors()), default=None)


def _belongs(element: html.HtmlElement, name: str, container: html.HtmlElement | None, begun: bool) -> bool:
    chain = [element, *element.iterancestors()]
    if any(is_hidden(e) for e in chain[:6]):
        return False
    if container is not None and container in chain:
        return True
    if _SOFTWARE.search(name) or any(e.tag in ("nav", "footer", "header", "aside") for e in chain):
        return False
    own = [e for e in chain if e.tag not in ("html", "body")]
    named = [" ".join((e.get("id", ""), e.get("class", ""))) for e in own[:6]]
    if any(_NAMED.search(n) for n in named) or _ANNEX.match(name):
        return True
    outside = any(_OUTSIDE.search(" ".join((e.get("id", ""), e.get("class", "")))) for e in own)
    return begun and not outside
