"""Main text that a page carries but shows by script only: in a textarea, a template, a JSON state.

Pages of some news sites hold the article as HTML in a hidden `<textarea>`, in `<script type="text/html">`, in
`window.__INITIAL_STATE__ = {…}` or as `articleBody` of JSON-LD. It is asked for only where nothing is shown.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator

from lxml import html

from cunzhao import htmltree
from cunzhao.read.page.dom import PageLine, lines_of
from cunzhao.read.page.layout import weight

_STRING = re.compile(r'(?:"([\w-]{1,40})"\s*:\s*)?"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_SINGLE = re.compile(r"(?:([\w-]{1,40})\s*[:=]\s*)?'([^'\\\n]*(?:\\.[^'\\\n]*)*)'")
_MARKUP = re.compile(r"<(?:p|br|div|span|section|article|img)\b[^>]*>", re.IGNORECASE)
_BESIDE = re.compile(
    r"title|desc|summary|abstract|digest|brief|intro|comment|keyword|copyright|tips?$", re.IGNORECASE
)
_TEMPLATE = re.compile(r"text/(?:html|template|x-|ucap|plain)", re.IGNORECASE)
_SHORTEST = 20  # characters of a string that may be a paragraph
_ENOUGH = 40.0  # running text that is worth showing
_MOST = 3_000_000  # characters of scripts looked at


def embedded_lines(root: html.HtmlElement) -> list[PageLine]:
    """The lines of the carried text that says most, each standing in the element that carries it."""
    best: list[PageLine] = []
    most = _ENOUGH
    left = _MOST
    for holder in root.iter("textarea", "script"):
        left -= len(holder.text or "")
        if not holder.text or left < 0:
            continue
        for text in _texts(holder):
            lines = _lines(text, holder)
            heavy = sum(map(weight, lines))
            if heavy > most:
                best, most = lines, heavy
    return best


def _texts(holder: html.HtmlElement) -> Iterator[str]:
    """What an element carries that may be a text: its whole content, or strings of a script by their key."""
    raw = str(holder.text)
    if holder.tag == "textarea" or _TEMPLATE.match(holder.get("type", "")):
        yield raw
        return
    by_key: dict[str, list[str]] = {}
    for pattern in (_STRING, _SINGLE):
        for found in pattern.finditer(raw):
            if len(found[2]) >= _SHORTEST and not _BESIDE.search(found[1] or ""):
                text = _unescaped(found[2])
                if len(text) >= _SHORTEST:
                    by_key.setdefault(found[1] or "", []).append(text)
    yield from ("\n".join(strings) for strings in by_key.values())


def _unescaped(raw: str) -> str:
    try:
        text = str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        text = raw.replace("\\n", "\n").replace("\\", "")
    return entities.unescape(text) if "&lt;" in text else text


def _lines(text: str, holder: html.HtmlElement) -> list[PageLine]:
    if not _MARKUP.search(text):
        return [PageLine(part.strip(), holder) for part in text.splitlines() if part.strip()]
    root, too_deep = htmltree.parse(text)
    if root is None or too_deep:
        return []
    return [
        PageLine(x.text, holder, x.kind, x.level, x.linked, x.file, (), x.table, ((),) * len(x.cells))
        for x in lines_of(root)
    ]
