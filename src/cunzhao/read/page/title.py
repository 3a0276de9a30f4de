"""The title of a page: the line it shows as its title, told from the names of site and column, and headings.

The head's titles carry the names of site and column; the page's headings may be the site's logo or a side
column's. Each vouches for the other: a shown line that a title of the head begins with is the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import html

from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.headmeta import Head, read_head
from cunzhao.read.page.sitename import SEPARATOR, SITE_LIKE, is_site, site_names, squeezed, without_site

_ENDS_CUT = re.compile(r"\s*(?:\.{2,}|…+)\s*$")
_NAMED_TITLE = re.compile(
    r"(?:^|[\s_-])(?:(?:art(?:icle)?|news|content|main|page|post|entry|detail|info|show|arc|text|x?l|zw|wz|xx|nr|con|h|b)?[_-]?"
    r"(?:title|tit|bt|biaoti|headline|topic)\d?|tt|title\w{0,4}|activity-name|ucap-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMED_OTHER = re.compile(
    r"logo|site-?(?:name|title)|nav|crumb|position|location|foot|column|lanmu|side|recommend|relat|list|sub|fu|yin|副|引",
    re.I,
)
_LEVELS = {"h1": 4.0, "h2": 3.0, "h3": 2.0, "h4": 1.0, "h5": 0.5, "ucaptitle": 4.0}
_PROSE = re.compile("[。！？；]|，.*，|[.!?] .*[.!?]")
_FAR = 40  # lines above the text within which a title stands
_ABOVE, _BELOW = 120, 20  # lines above and below the begin of the text that are looked at
_LONGEST = 160
_MOST_LINES = 4  # of a title


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    at: int  # index of its (first) line
    line: PageLine


def page_title(root: html.HtmlElement, lines: Sequence[PageLine], head: Head | None = None) -> str | None:
    """ArticleTitle, the line shown that the head vouches for, og:title or <title>, without the site."""
    head = head or read_head(root)
    sites = site_names(root, lines, head)
    told = head.article_title
    references = [r for r in (told, head.page_title, *head.titles) if r]
    shown = _best_shown(root, lines, references, sites)
    if told and not is_site(told, sites) and squeezed(told) != squeezed(head.column or ""):
        return _fuller(told, shown)
    if shown:
        return without_site(shown, sites=sites, front=False) or shown
    plain = [without_site(r, sites=sites) for r in (*head.titles, head.page_title)]
    return next((p for p in plain if p and not is_site(p, sites)), None) or next(filter(None, plain), None)


def with_whole_title(lines: Sequence[PageLine], title: str | None) -> list[PageLine]:
    """`lines`, the ones over which an element spreads the title as one."""
    wanted = squeezed(title or "")
    out = list(lines)
    for i, line in enumerate(lines):
        if not title or not wanted.startswith(squeezed(line.text)) or wanted == squeezed(line.text):
            continue
        end = i + 1
        while end < len(lines) and lines[end].element is line.element and end - i < _MOST_LINES:
            end += 1
            if squeezed("".join(x.text for x in lines[i:end])) == wanted:
                whole = tuple(source for x in lines[i:end] for source in x.sources)
                out[i:end] = [
                    replace(line, text=title, linked=sum(x.linked for x in lines[i:end]), sources=whole)
                ]
                return out
    return out


def _best_shown(
    root: html.HtmlElement, lines: Sequence[PageLine], references: Sequence[str], sites: Sequence[str]
) -> str | None:
    body = _body_at(lines)
    columns = {squeezed(x.text) for x in lines if x.linked >= len(x.text) - 1 and len(x.text) <= 10}
    references = [r for r in references if not _is_column(r, columns | {squeezed(site) for site in sites})]
    bare = not any(len(squeezed(r)) > 6 and not is_site(r, sites) for r in references)
    best, most = (
        None,
        2.5 if bare else 4.5,
    )  # no line is a title that nothing but its tag vouches for far from the text
    first, end = max(0, body - _ABOVE), min(len(lines), body + _BELOW)
    near = [*_merged(lines, first, end), *_spread(lines, first, end, references)]
    for shown in near:
        if not 4 <= len(squeezed(shown.text)) <= _LONGEST or shown.line.kind == "table":
            continue
        score = _vouched(shown.text, references) + _looks(shown, body) + _place(shown, body)
        if is_site(shown.text, sites):
            score -= 12
        if squeezed(shown.text) in columns:
            score -= 4
        if score > most:
            best, most = shown.text, score
    return best


def _is_column(reference: str, names: set[str]) -> bool:
    """Whether a title of the head names column and site only: `要闻动态 - 青河新闻网`."""
    parts = [squeezed(part) for part in SEPARATOR.split(reference)]
    return all(part in names or (len(part) <= 12 and SITE_LIKE.fullmatch(part)) for part in parts)


def _vouched(text: str, references: Sequence[str]) -> float:
    """How well a title of the head vouches for a shown line."""
    own = squeezed(text)
    score = 0.0
    for reference in references:
        told = squeezed(reference)
        start = told.find(own)
        if start == 0 and (len(told) == len(own) or not told[len(own)].isalnum()):
            score = max(score, 8.0 + min(len(own), 30) / 30)
        elif start > 0 and not told[start - 1].isalnum() and len(own) >= 6:
            score = max(score, 7.0)
        elif start == 0 and len(own) >= 8:
            score = max(score, 4.0)
        stem, cut, _ = re.sub(r"\.{2,}", "…", reference).partition("…")
        if cut and len(squeezed(stem)) >= 6 and own.startswith(squeezed(stem)):
            score = max(score, 8.0)
    return score


def _looks(shown: _Shown, body: int) -> float:
    element = shown.line.element
    score = _LEVELS.get(str(element.tag), 0.0)
    names = [f"{e.get('id', '')} {e.get('class', '')}" for e in (element, *_inner(element), *_outer(element))]
    if any(_NAMED_TITLE.search(name) for name in names[:2]):
        score += 3.0
    elif any(_NAMED_TITLE.search(name) for name in names):
        score += 1.5
    if any(_NAMED_OTHER.search(name) for name in names):
        score -= 2.0
    if _is_prominent(element):
        score += 2.0
    if "center" in (element.get("align", "").lower(), element.tag):
        score += 1.0
    if shown.line.linked > 0.5 * len(shown.text):
        score -= 6.0
    if _PROSE.search(shown.text) and not score:
        score -= 4.0
    if re.search(
        r"[：:]\s?(?:$|\d)|(?:来源|发布时间|浏览|作者|责任编辑|当前位置|首页)\s?[：:>]|https?:", shown.text
    ):
        score -= 8.0
    return score


def _place(shown: _Shown, body: int) -> float:
    """A title stands above the text, not far."""
    behind = body - shown.at
    if behind < 0:
        return -5.0
    return 3.0 - 3.0 * min(behind, _FAR) / _FAR


def _is_prominent(element: html.HtmlElement) -> bool:
    for node in (element, *_inner(element)):
        if node.tag in ("b", "strong", "big") or (
            node.tag == "font" and node.get("size", "0").strip("+") >= "4"
        ):
            return True
        size = re.search(r"font-size\s*:\s*(\d+)", node.get("style", ""))
        if size and int(size[1]) >= 18:
            return True
    return False


def _inner(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The chain of only children, in which the whole text of an element may stand."""
    chain: list[html.HtmlElement] = []
    while len(element) == 1 and len(chain) < 3 and not (element.text or "").strip():
        element = element[0]
        chain.append(element)
    return chain


def _outer(element: html.HtmlElement) -> list[html.HtmlElement]:
    parent = element.getparent()
    return [parent] if parent is not None and len(parent) <= 4 else []


def _merged(lines: Sequence[PageLine], at: int, until: int) -> list[_Shown]:
    """The lines from `at`, besides as one those that a <br> parts; of a heading over lines only the whole."""
    out = [_Shown(lines[i].text, i, lines[i]) for i in range(at, until)]
    while at < until:
        end = at + 1
        while end < until and lines[end].element is lines[at].element and end - at < _MOST_LINES:
            end += 1
        if end - at > 1 and sum(len(x.text) for x in lines[at:end]) <= _LONGEST:
            out.append(_Shown(_glued([x.text for x in lines[at:end]]), at, lines[at]))
            if lines[at].kind == "heading":
                out = [x for x in out if not at <= x.at < end or x is out[-1]]
        at = end
    return out


def _spread(lines: Sequence[PageLine], at: int, until: int, references: Sequence[str]) -> list[_Shown]:
    """Lines of several elements that only together are what a title of the head begins with."""
    told = [squeezed(part) for r in references for part in (r, SEPARATOR.split(r)[0])]
    out = []
    for i in range(at, until):
        whole = squeezed(lines[i].text)
        for end in range(i + 1, min(i + _MOST_LINES, until)):
            if len(whole) < 4 or not any(t.startswith(whole) for t in told):
                break
            whole += squeezed(lines[end].text)
            if whole in told:
                out.append(_Shown(_glued([x.text for x in lines[i : end + 1]]), i, lines[i]))
                break
    return out


def _glued(parts: Sequence[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text += (" " if text[-1:].isascii() and part[:1].isascii() else "") + part
    return text


def _body_at(lines: Sequence[PageLine]) -> int:
    """About where the longest stretch of running text begins; of a page without, its first sentence."""
    sentence = next((i for i, x in enumerate(lines) if not x.linked and _PROSE.search(x.text)), _FAR)
    best, most, begin, length, idle = min(len(lines), sentence), 0, 0, 0, 0
    for i, line in enumerate(lines):
        free = len(line.text) - line.linked
        if free >= 30 and _PROSE.search(line.text):
            begin = begin if length else i
            length, idle = length + min(free, 1_000), 0
            if length > most:
                best, most = begin, length
        else:
            idle += 1
            length = length if idle <= 8 else 0
    return best


def _fuller(told: str, shown: str | None) -> str:
    """The title shown, where the head's is cut or only differs by white space and line ends."""
    if shown is None:
        return told
    stem = squeezed(_ENDS_CUT.sub("", told))
    cut = _ENDS_CUT.search(told) is not None
    return shown if cut and squeezed(shown).startswith(stem) else told
