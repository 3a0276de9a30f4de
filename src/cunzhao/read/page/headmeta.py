"""What the head of a page says for machines: meta tags, JSON-LD, the variables of WeChat's pages.

Meta names: 政府网站页面 meta 标签 (国办发〔2017〕47号: SiteName, ColumnName, ArticleTitle, PubDate,
ContentSource, Author), Open Graph, schema.org, and those that search engines and aggregators ask sites for.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html

from cunzhao.read.dates import Shown, told_date
from cunzhao.read.page.dom import folded

_FIELD_TIMES = (
    "time",
    "pubtime",
    "pubdate",
    "publishtime",
    "publishdate",
    "releasetime",
    "showtime",
    "createtime",
)
_FIELD_SOURCES = ("source", "source-name", "sourcename", "source_name")
_NAMES = re.compile(r"\S+")
_PUBLISHED = _NAMES.findall(
    """pubdate publishdate article:published_time og:article:published_time og:published_time publish_time
    publishtime published_time pubtime pub_date datepublished date_published publish-date publish_date
    publication_date firstpublishedtime weibo:article:create_at weibo:webpage:create_at
    bytedance:published_time releasedate
    bytedance:publish_time og:release_date release_date sailthru.date parsely-pub-date
    dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date citation_publication_date
    article.published article_date_original displaydate originalpublicationdate datecreated"""
)
_MODIFIED = _NAMES.findall(
    """article:modified_time og:updated_time lastmodified last-modified lastmod datemodified
    bytedance:updated_time weibo:article:update_at weibo:webpage:update_at date"""
)
_SOURCES = ("contentsource", "source", "og:source", "article:source", "mediaid", "copyright-source")
_AUTHORS = _NAMES.findall(
    """author og:article:author article:author byl dc.creator dcterms.creator parsely-author sailthru.author
    article:author:name citation_author weibo:article:author"""
)
_SITES = ("sitename", "og:site_name", "application-name", "apple-mobile-web-app-title")
_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "sailthru.title")
_ARTICLE_TYPES = re.compile(r".*(?:Article|BlogPosting|Report|WebPage|VideoObject)$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_VARIABLE = re.compile(
    r"""\b(?:var\s+|window\.)?(ct|createTime|publish_time|oriCreateTime|ori_create_time|nickname|msg_title|author)"""
    r"""\s*=\s*(?:htmlDecode\()?["']([^"'\n]{1,200})["']"""
)
_IN_SCRIPT = re.compile(
    r"""["']?(?:publish_?time|pub_?time|publish_?date|pub_?date|ptime|datePublished|createTime|releaseTime|showTime)"""
    r"""["']?\s*[:=]\s*["']?((?:19|20)\d\d[-/年.]?[^"',;}<]{2,24}|1\d{9}(?:\d{3})?)["',;}\s]""",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"""["'](?:\w*[Tt]ime|\w*[Dd]ate)["']\s*:\s*["']?((?:19|20)\d\d[-/年.][^"',;}<]{4,24}|1\d{9}(?:\d{3})?)["',;}\s]"""
)
_FIELD = re.compile(r"^(?:hid(?:den)?|art(?:icle)?|news|content|info)?[_-]*")
_LONGEST_FIELD = 200  # characters
_STEM = 8  # characters of a title that are looked for in scripts
_SCRIPTS_BYTES = 400_000  # characters of scripts looked at


@dataclass(frozen=True, slots=True)
class Head:
    """Each field holds what is said, the surest first."""

    titles: tuple[str, ...] = ()
    article_title: str = ""  # ArticleTitle, of government sites
    page_title: str = ""  # <title>
    sites: tuple[str, ...] = ()
    published: tuple[Shown, ...] = ()
    modified: tuple[Shown, ...] = ()
    scripted: Shown | None = None  # a publication time in the data of a script
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    column: str | None = None
    language: str = ""  # "zh-cn", empty where none is told


def read_head(root: html.HtmlElement) -> Head:
    """What meta tags, JSON-LD and scripts of a page say of it; raises nothing."""
    tags, fields = meta_tags(root), _fields(root)
    title = next((e for e in root.iter("title") if not any(a.tag == "svg" for a in e.iterancestors())), None)
    article = next(_articles(root), {})
    scripts = _scripts(root)
    said = {name: value for name, value in reversed(_VARIABLE.findall(scripts))}
    wechat = "nickname" in said or "msg_title" in said
    times = [*(tags.get(name, "") for name in _PUBLISHED), _text(article.get("datePublished"))]
    if wechat:
        shown = (said[name] for name in ("createTime", "publish_time", "oriCreateTime", "ct") if name in said)
        times += [next(shown, "")]
    times += [fields.get(name, "") for name in _FIELD_TIMES]
    found = _IN_SCRIPT.search(scripts)
    titles = _said(
        *(tags.get(name) for name in _TITLES),
        _text(article.get("headline")),
        said.get("msg_title"),
        fields.get("title"),
    )
    page_title = _plain("".join(title.itertext())) if title is not None else ""
    scripted = told_date(found[1]) if found else _near_title(scripts, (*titles, page_title))
    return Head(
        titles=titles,
        article_title=_plain(tags.get("articletitle", "")),
        page_title=page_title,
        sites=_said(*(tags.get(name) for name in _SITES), _name(article.get("publisher"))),
        published=_dates(times),
        modified=_dates([*(tags.get(name, "") for name in _MODIFIED), _text(article.get("dateModified"))]),
        scripted=scripted,
        sources=_said(
            *(tags.get(name) for name in _SOURCES),
            said.get("nickname") if wechat else None,
            *(fields.get(name) for name in _FIELD_SOURCES),
        ),
        authors=_said(*(tags.get(n) for n in _AUTHORS), _name(article.get("author")), fields.get("author")),
        column=_plain(tags.get("columnname", "")) or None,
        language=(root.get("lang") or tags.get("og:locale") or "").lower().replace("_", "-"),
    )


def meta_tags(root: html.HtmlElement) -> dict[str, str]:
    """`name`, `property` or `itemprop` in lower case -> `content`, the first that says something."""
    tags: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = folded(element.get("content", ""))
        if name.strip() and content:
            tags.setdefault("".join(name.split()).lower(), content)
    return tags


def _fields(root: html.HtmlElement) -> dict[str, str]:
    """What hidden fields hold for the page's script, by name (`<textarea class="article-time">`)."""
    fields: dict[str, str] = {}
    for element in root.iter("textarea", "input"):
        if element.tag == "input" and element.get("type", "").lower() != "hidden":
            continue
        value = folded(element.get("value") or element.text or "")
        names = (element.get(key, "").lower() for key in ("id", "name", "class"))
        for name in filter(None, names) if 0 < len(value) <= _LONGEST_FIELD else ():
            fields.setdefault(_FIELD.sub("", name), value)
    return fields


def _near_title(scripts: str, titles: Sequence[str]) -> Shown | None:
    """The time that stands beside the title in the data of a script."""
    for title in titles:
        at = scripts.find(title[:_STEM]) if len(title) >= _STEM else -1
        found = _TIMED.search(scripts, max(0, at - 200), at + 600) if at >= 0 else None
        if found:
            return told_date(found[1])
    return None


def _articles(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles."""
    for element in root.iter("script"):
        if "ld+json" not in element.get("type", ""):
            continue
        try:
            queue = [json.loads(_CONTROL.sub(" ", "".join(element.itertext())), strict=False)]
        except (ValueError, RecursionError):
            continue
        for value in queue:
            if isinstance(value, list):
                queue += value
            elif isinstance(value, dict):
                kinds = value.get("@type")
                told = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) for kind in told):
                    yield value
                queue += [value[key] for key in ("@graph", "mainEntity") if key in value]


def _scripts(root: html.HtmlElement) -> str:
    texts = [e.text or "" for e in root.iter("script") if "ld+json" not in e.get("type", "")]
    return "\n".join(texts)[:_SCRIPTS_BYTES]


def _name(value: Any) -> str:
    """The name of a person or organisation of JSON-LD, several joined by a space."""
    if isinstance(value, list):
        return " ".join(name for name in map(_name, value) if name)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dates(values: list[str]) -> tuple[Shown, ...]:
    """Midnight is what a machine writes where it knows the day only."""
    found = [shown for value in values if value and (shown := told_date(value))]
    return tuple(
        Shown(s.start, s.end, s.iso[:10]) if s.iso[10:] in ("T00:00", "T00:00:00") and not s.zone else s
        for s in found
    )


def _said(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain for value in values if value and (plain := _plain(value))))


def _plain(value: str) -> str:
    """Without entities and tags that were escaped once too often."""
    return folded(re.sub(r"<[^<>]{1,40}>", "", entities.unescape(value)))
