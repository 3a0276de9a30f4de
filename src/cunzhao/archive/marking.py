"""Words of an archived page, marked in the tree of its frozen view so that a reader's eye falls on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import lxml.html
from lxml.html import HtmlElement

from cunzhao.archive.types import Mark
from cunzhao.htmltree import element_at, own_text

MARK = "cunzhao-mark"  # the id of the first mark, for a fragment; the class of all
#: Nothing is shown of a mark in them.
_SILENT = frozenset(("title", "textarea", "option", "select", "script", "style", "iframe", "noscript"))
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?)\s*(?:!\s*important)?\s*(?:;|$)",
    re.IGNORECASE,
)
_LOOKS = """
mark.cunzhao-mark { all: unset !important; background: #ffd84d !important; color: #111 !important;
  -webkit-text-fill-color: #111 !important; box-shadow: 0 0 0 .15em #ffd84d !important;
  visibility: visible !important; scroll-margin: 35vh 0 !important; print-color-adjust: exact !important }
mark.cunzhao-mark[data-cunzhao]::before { content: attr(data-cunzhao) !important; font-size: 80% !important }
p#cunzhao-mark { all: initial !important; display: block !important; padding: .5em 1em !important;
  background: #fdf0d3 !important; color: #111 !important; font: 15px/1.7 sans-serif !important }
"""
_UNSEEN = "网页上不显示所选的文字（例如只写在网页的标题栏里）；请看“正文”。"


def put_marks(root: HtmlElement, marks: Iterable[Mark]) -> bool:
    """Wrap the marked words in `<mark>`, the first with an id; whether any of them is there to be seen.

    What hides them by its own attributes is shown, and the first mark says so. A page's own marks of this
    name lose it, so that it cannot pass off other words for marked.
    """
    for own in root.xpath("//*[@id=$name or contains(@class, $name)]", name=MARK):
        for name in ("id", "class"):
            if MARK in (own.get(name) or ""):
                del own.attrib[name]
    wanted: dict[str, list[tuple[int, int]]] = {}
    for mark in marks:
        wanted.setdefault(mark.css, []).append((mark.start, mark.end))
    held = {css: element_at(root, css) for css in wanted}
    made = [
        mark
        for css, ranges in wanted.items()
        if (element := held[css]) is not None and element.tag not in _SILENT
        for mark in _marked(element, ranges)
    ]
    if made:
        made[0].set("id", MARK)
        shown = [_show(ancestor) for mark in made for ancestor in mark.iterancestors()]
        if any(shown):
            made[0].set("data-cunzhao", "〔网页上隐藏的文字〕")
    return bool(made)


def put_looks(root: HtmlElement, marked: bool) -> None:
    """The style of marks, behind all styles of the page; where nothing is marked, a line that says so."""
    body = root.find("body")
    holder = body if body is not None else root
    if not marked:
        told = lxml.html.Element("p", {"id": MARK})
        told.text, told.tail, holder.text = _UNSEEN, holder.text, None
        holder.insert(0, told)
    style = lxml.html.Element("style")
    style.text = _LOOKS
    holder.append(style)


def _marked(element: HtmlElement, ranges: Sequence[tuple[int, int]]) -> list[HtmlElement]:
    """The marks made for ranges of an element's own text, in order."""
    texts = [(element, len(element.text or ""), True), *((c, len(c.tail or ""), False) for c in element)]
    size = len(own_text(element))
    made: list[HtmlElement] = []
    end = size
    for holder, length, inside in reversed(texts):  # from the end, so that offsets stay true
        begin = end - length
        cuts = [(max(s, begin) - begin, min(e, end) - begin) for s, e in ranges if s < end and e > begin]
        for start, stop in sorted(cuts, reverse=True):
            mark = _wrapped(holder, start, stop, inside)
            made += [] if mark is None else [mark]
        end = begin
    return made[::-1]


def _wrapped(holder: HtmlElement, start: int, stop: int, inside: bool) -> HtmlElement | None:
    """Characters of the text in front of the first child, or of the text behind a child, in a mark."""
    text = (holder.text if inside else holder.tail) or ""
    parent = holder if inside else holder.getparent()
    if parent is None or not text[start:stop].strip():
        return None
    mark: HtmlElement = lxml.html.Element("mark", {"class": MARK})
    mark.text, mark.tail = text[start:stop], None
    if inside:
        holder.text = text[:start]
        holder.insert(0, mark)
    else:
        holder.tail = text[:start]
        parent.insert(parent.index(holder) + 1, mark)
    mark.tail = text[stop:]
    return mark


def _show(element: HtmlElement) -> bool:
    """Undo what hides an element by its own attributes; whether anything did."""
    hidden = "hidden" in element.attrib
    element.attrib.pop("hidden", None)
    style = element.get("style") or ""
    if _HIDING.search(style):
        element.set("style", _HIDING.sub("", style))
        hidden = True
    if element.tag == "details" and "open" not in element.attrib:
        element.set("open", "")
    return hidden
