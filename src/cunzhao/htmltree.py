"""A page as a tree, made in one way for reading and for the frozen view: a place that the one finds is there
in the other.

libxml2 builds the tree. Where it is known to build another one than browsers do (WHATWG HTML, 13.2.6), the
tree is mended, so that a CSS path holds in a browser too. Walks are iterative, as pages nest deep.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

#: libxml2 drops whatever follows them; browsers go on reading (pages put together from whole pages).
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
#: What no tree of ours can hold, bare and as character references.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile("\r\n?")
#: Never hold anything in browsers; into one that is not ended libxml2 puts whatever follows.
_VOID = re.compile(r"<(embed|source|track|wbr|keygen|bgsound|command)(?=[\s/>])[^<>]{0,4000}>", re.IGNORECASE)
#: What may stand before the body; the first thing that is none of it begins the body in browsers.
_HEAD = re.compile(
    r"(?:\s+|<!--.*?-->|<[!?][^>]{0,4000}>|<(script|style|title|noscript|template)\b.*?</\1\s*>"
    r"|</?(?:html|head|meta|link|base)\b[^>]{0,20000}>)*",
    re.IGNORECASE | re.DOTALL,
)
_BODY = re.compile(r"<(?:body|frameset)\b", re.IGNORECASE)
_CELLS = ("td", "th")
_SECTIONS = ("tbody", "thead", "tfoot")
#: May stand between rows without ending a section.
_BETWEEN_ROWS = frozenset(("script", "style", "template", "form"))
#: Blocks that libxml2 leaves inside a paragraph; browsers end the paragraph before them.
_NEW_BLOCKS = (
    "article", "aside", "details", "dialog", "figcaption", "figure", "footer", "header", "hgroup", "main",
    "nav", "search", "section", "summary",
)  # fmt: skip
#: Above them no open paragraph is looked for (the new blocks have been lifted out of theirs before).
_BOUNDS = frozenset(
    ("td", "th", "caption", "table", "html", "body", "button", "object", "applet", "marquee", *_NEW_BLOCKS)
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")
_TAG = re.compile(r"[a-z][a-z0-9_.:-]{0,40}")
_STEP = re.compile(
    r"(?:#(?P<id>[\w-]+)|(?P<tag>(?:\\.|[\w-])+))(?::nth-of-type\((?P<n>\d{1,7})\))?", re.ASCII
)
_DEEPEST = 100  # steps of a path


def clean(text: str) -> str:
    """Without the control characters that XML has no place for; tab and line ends stay."""
    return _CONTROL.sub("", text)


def parse(text: str) -> tuple[HtmlElement | None, bool]:
    """The tree of a page without comments, and whether it nests too deep for libxml2 (2048: cut there).

    None where there is no element in it. Raises nothing.
    """
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    plain = clean(_LINE_ENDS.sub("\n", text.removeprefix("\ufeff")))
    plain = _with_body(_VOID.sub(r"\g<0></\1>", _ENDS.sub("", plain)))
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    too_deep = any("Excessive depth" in entry.message for entry in parser.error_log)
    if not isinstance(root, HtmlElement):
        return None, too_deep
    _mend(root)
    return root, too_deep


def _with_body(text: str) -> str:
    """libxml2 leaves the new blocks of HTML5 in the head where no tag begins the body."""
    head = _HEAD.match(text)
    if _BODY.search(text) or head is None:
        return text
    return f"{text[: head.end()]}<body>{text[head.end() :]}"


def own_text(element: HtmlElement) -> str:
    """The text in the element itself, not in its children: what the offset of a place counts in."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


class CssPaths:
    """CSS paths of elements of one page: `html > body > div:nth-of-type(2) > p`, `#zoom > p` below an id
    that the page has once.
    """

    def __init__(self, root: HtmlElement) -> None:
        self._paths: dict[HtmlElement, tuple[str, int] | None] = {}
        self._steps: dict[HtmlElement, dict[HtmlElement, str]] = {}
        seen: dict[str, int] = {}
        for name in map(str, root.xpath("//@id")):
            seen[name.lower()] = seen.get(name.lower(), 0) + 1  # browsers may fold the case of ids
        self._once = {name for name, times in seen.items() if times == 1}

    def of(self, element: HtmlElement) -> str | None:
        """The path to `element`; None where it would be too long, or a tag is none that CSS can name."""
        chain = [element]
        while chain[-1] not in self._paths and not self._anchor(chain[-1]):
            parent = chain[-1].getparent()
            if parent is None:
                break
            chain.append(parent)
        for node in reversed(chain):
            if node not in self._paths:
                self._paths[node] = self._path(node)
        found = self._paths[element]
        return found[0] if found else None

    def near(self, element: HtmlElement) -> str:
        """The path to `element`, or to the nearest ancestor that has one."""
        above = (self.of(node) for node in (element, *element.iterancestors()))
        return next((css for css in above if css), "html")

    def _path(self, node: HtmlElement) -> tuple[str, int] | None:
        """Path and number of steps, the parent's being known."""
        if anchor := self._anchor(node):
            return anchor, 1
        if not isinstance(node.tag, str) or not _TAG.fullmatch(node.tag):
            return None
        parent = node.getparent()
        if parent is None:
            return re.sub(r"[:.]", r"\\\g<0>", node.tag), 1
        above = self._paths[parent]
        if above is None or above[1] >= _DEEPEST:
            return None
        return f"{above[0]} > {self._step(node, parent)}", above[1] + 1

    def _anchor(self, node: HtmlElement) -> str:
        name = node.get("id") or ""
        return f"#{name}" if _ID.fullmatch(name) and name.lower() in self._once else ""

    def _step(self, node: HtmlElement, parent: HtmlElement) -> str:
        if parent not in self._steps:
            self._steps[parent] = _steps(parent)
        return self._steps[parent][node]


def element_at(root: HtmlElement, css: str) -> HtmlElement | None:
    """The element that a path of `CssPaths` leads to; None where none is there, or the path is no such."""
    at: HtmlElement | None = None
    for n, step in enumerate(css.split(" > ")):
        found = _STEP.fullmatch(step)
        if found is None:
            return None
        if found["id"]:
            held = root.xpath("//*[@id=$name]", name=found["id"]) if n == 0 else []
            at = held[0] if held else None
        elif n == 0:
            at = root if root.tag == found["tag"] else None
        elif at is not None:
            tag, nth = found["tag"].replace("\\", ""), int(found["n"] or 1)
            at = next((c for i, c in enumerate(at.iterchildren(tag), 1) if i == nth), None)
        if at is None:
            return None
    return at


def _steps(parent: HtmlElement) -> dict[HtmlElement, str]:
    counts: dict[str, int] = {}
    numbered = []
    for child in parent:
        tag = str(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        numbered.append((child, tag, counts[tag]))
    told = {tag: re.sub(r"[:.]", r"\\\g<0>", tag) for tag in counts}
    return {
        child: f"{told[tag]}:nth-of-type({n})" if counts[tag] > 1 else told[tag] for child, tag, n in numbered
    }


# --- what browsers build otherwise -------------------------------------------------------------------------


def _mend(root: HtmlElement) -> None:
    for form in list(root.iter("form")):
        parent = form.getparent()
        if parent is not None and parent.tag in ("table", "tr", *_SECTIONS):
            _empty(form)
    for table in list(root.iter("table")):
        _gather(table, ("tr", *_CELLS), "tbody")
    for section in list(root.iter(*_SECTIONS)):
        _gather(section, _CELLS, "tr")
    for pre in root.iter("pre", "listing"):
        if pre.text and pre.text[0] == "\n":
            pre.text = pre.text[1:]
    for block in list(root.iter(*_NEW_BLOCKS)):
        _end_paragraph(block)


def _empty(element: HtmlElement) -> None:
    """What stands in the element follows it."""
    tail, last = element.tail, element
    element.tail, element.text = element.text, None
    for child in list(element):
        last.addnext(child)
        last = child
    last.tail = (last.tail or "") + (tail or "")


def _gather(parent: HtmlElement, tags: Collection[object], into: str) -> None:
    """Children of these tags that stand together, in an element of their own."""
    holder: HtmlElement | None = None
    for child in list(parent):
        if child.tag in tags:
            if holder is None:
                holder = parent.makeelement(into)
                child.addprevious(holder)
            holder.append(child)
        elif child.tag not in _BETWEEN_ROWS:
            holder = None


def _end_paragraph(block: HtmlElement) -> None:
    """Lift a block, and all that follows it, out of the paragraph that it stands in."""
    chain = [block]
    while (above := chain[-1].getparent()) is not None and above.tag != "p":
        if above.tag in _BOUNDS:
            return
        chain.append(above)
    if above is None or above.getparent() is None:
        return
    last, tail, above.tail = above, above.tail, None
    for node in chain:
        moved = list(node.itersiblings())
        if node is block:
            moved.insert(0, block)
        else:
            last.tail, node.tail = (last.tail or "") + (node.tail or ""), None
        for sibling in moved:
            last.addnext(sibling)
            last = sibling
    last.tail = (last.tail or "") + (tail or "")
