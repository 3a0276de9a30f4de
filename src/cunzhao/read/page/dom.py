"""An HTML page as lines of text, each with its element. All walks are iterative, as pages nest deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from cunzhao import htmltree
from cunzhao.read.tables import CellText, grid_table
from cunzhao.read.types import BlockKind, Table

_WORDS = re.compile(r"\w+")
_NEVER = frozenset(
    _WORDS.findall(
        "script style noscript template svg math iframe object embed head select option button input "
        "textarea canvas audio video map datalist"
    )
)
_BLOCKS = frozenset(
    _WORDS.findall(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul ucapcontent ucaptitle"
    )
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_KEPT = frozenset(("title", "meta", "p", "br", *_HEADINGS))
_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BREAK = "\r\n\f\x85\u2028\u2029"
_HAN_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*[{_BREAK}][ \t{_BREAK}]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[\s\u200b\ufeff]+")

#: Raw text, the element in which it stands, and where it begins in that element's own text.
Source = tuple[str, html.HtmlElement, int]


@dataclass(slots=True)
class PageLine:
    """One line as the page shows it."""

    text: str
    element: html.HtmlElement
    kind: BlockKind = "paragraph"
    level: int | None = None  # of h1 … h6
    linked: int = 0  # characters inside links
    file: bool = False  # holds a link to a file (an attachment)
    sources: tuple[Source, ...] = ()  # what `text` was folded from, or is a part of; of a table see `cells`
    table: Table | None = None  # of kind "table", offsets into `text`
    cells: tuple[tuple[Source, ...], ...] = ()  # sources of the cells of `table`, one by one


@dataclass(frozen=True, slots=True)
class Page:
    root: html.HtmlElement
    flattened: bool = False  # nested too deep for libxml2 (2048): read without its structure


def parse(text: str) -> Page | None:
    """The tree of a page; None where there is no element in it."""
    root, too_deep = htmltree.parse(text)
    if too_deep:
        root, _ = htmltree.parse(_flattened(text))
    return None if root is None else Page(root, too_deep)


def _flattened(text: str) -> str:
    """`text` with only the tags that make lines; scripts and styles are left out."""
    out: list[str] = []
    inside = ""
    for part in _TAG.split(text):
        name = _TAG_NAME.match(part)
        tag = name[2].lower() if name else ""
        if tag in ("script", "style"):
            inside = "" if name and name[1] else tag
        elif not inside:
            keep = not tag or tag in _KEPT
            out.append(part if keep else "<br>" if tag in _BLOCKS else "")
    return "".join(out)


def lines_of(root: html.HtmlElement, skip: frozenset[html.HtmlElement] = frozenset()) -> list[PageLine]:
    """The lines of everything below `root` that is shown, in order, without the subtrees of `skip`."""
    return list(_Walk(root, skip).lines())


def is_hidden(element: html.HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def folded(raw: str) -> str:
    """`raw` as shown: white space is one space, a line break between Chinese characters nothing."""
    if "\n" in raw or "\r" in raw or "\f" in raw:
        raw = _HAN_BREAK.sub("", raw)
    return _SPACE.sub(" ", raw).strip()


class _Walk:
    """Collects inline text until a block begins or ends."""

    def __init__(self, root: html.HtmlElement, skip: frozenset[html.HtmlElement]) -> None:
        self._walker = etree.iterwalk(root, events=("start", "end"))
        self._root = root
        self._skip = skip
        self._blocks = [root]
        self._open: list[tuple[html.HtmlElement, int]] = []  # with how much of its own text is behind
        self._raw: list[Source] = []
        self._links = 0
        self._linked = 0
        self._file = False

    def lines(self) -> Iterator[PageLine]:
        for event, element in self._walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                yield from self._begin(element, tag)
            else:
                yield from self._finish(element, tag)
        yield from self._flush()

    def _begin(self, element: html.HtmlElement, tag: str) -> Iterator[PageLine]:
        self._open.append((element, len(element.text or "")))
        if tag in _BLOCKS or tag == "br":
            yield from self._flush()
        if not tag or tag in _NEVER or element in self._skip:
            self._walker.skip_subtree()
            return
        if tag == "table" and is_data_table(element):
            yield from (_caption_line(caption) for caption in element.iterchildren("caption"))
            yield table_line(element)
            self._walker.skip_subtree()
            return
        if tag in _BLOCKS:
            self._blocks.append(element)
        if tag == "a":
            self._links += 1
            self._file = self._file or is_file_link(element)
        self._add(element.text, element, 0)

    def _finish(self, element: html.HtmlElement, tag: str) -> Iterator[PageLine]:
        if tag in _BLOCKS:
            yield from self._flush()
            if self._blocks[-1] is element and len(self._blocks) > 1:
                self._blocks.pop()
        if tag == "a" and self._links:
            self._links -= 1
        self._open.pop()
        if element.tail and element is not self._root:
            parent, at = self._open[-1]
            self._open[-1] = (parent, at + len(element.tail))
            self._add(element.tail, parent, at)

    def _add(self, raw: str | None, element: html.HtmlElement, at: int) -> None:
        if raw:
            self._raw.append((raw, element, at))
            if self._links:
                self._linked += len(raw.strip())

    def _flush(self) -> Iterator[PageLine]:
        text = folded("".join([raw for raw, _, _ in self._raw])) if self._raw else ""
        if text:
            block = self._blocks[-1]
            tags = [b.tag for b in self._blocks[-3:]]
            kind: BlockKind = "list" if "li" in tags else "paragraph"
            level = _HEADINGS.get(str(block.tag))
            if level:
                kind = "heading"
            elif block.tag in ("figcaption", "caption"):
                kind = "caption"
            linked = min(self._linked, len(text))
            yield PageLine(text, block, kind, level, linked, self._file, tuple(self._raw))
        self._raw, self._linked, self._file = [], 0, False


def is_file_link(element: html.HtmlElement) -> bool:
    return bool(
        re.search(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd|pptx?)(?:$|[?#])", element.get("href", ""), re.I)
    )


def is_data_table(table: html.HtmlElement) -> bool:
    """Whether a table holds data (rows and columns of small cells, no table inside), not the layout."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[_length(cell) for cell in _cells(row)] for row in table.iterdescendants("tr")]
    cells = [length for row in rows for length in row]
    wide = sum(1 for row in rows if len(row) >= 2)
    if wide < 2 or wide < len(rows) / 2 or not sum(cells):
        return False
    return max(cells) <= max(160, sum(cells) * 0.4)


def table_line(table: html.HtmlElement) -> PageLine:
    """A data table as one line of the page; what stands inside a cell is one line."""
    rows = [[_cell(cell) for cell in _cells(row)] for row in table.iterdescendants("tr")]
    text, grid = grid_table([[cell for cell, _ in row] for row in rows])
    said = [row for row in rows if any(cell.text for cell, _ in row)]  # the others are no rows of the grid
    return PageLine(
        text, table, "table", table=grid, cells=tuple(sources for row in said for _, sources in row)
    )


def _caption_line(caption: html.HtmlElement) -> PageLine:
    sources = tuple(_sources(caption))
    return PageLine(folded("".join(raw for raw, _, _ in sources)), caption, "caption", sources=sources)


def _cell(cell: html.HtmlElement) -> tuple[CellText, tuple[Source, ...]]:
    sources = tuple(_sources(cell))
    text = folded("".join(raw for raw, _, _ in sources))
    return CellText(text, _span(cell, "rowspan"), _span(cell, "colspan"), cell.tag == "th"), sources


def _sources(element: html.HtmlElement) -> Iterator[Source]:
    """The raw texts inside an element that are shown, in order."""
    walker = etree.iterwalk(element, events=("start", "end"))
    held: list[tuple[html.HtmlElement, int]] = []
    for event, node in walker:
        if event == "start":
            held.append((node, len(node.text or "")))
            if not isinstance(node.tag, str) or node.tag in _NEVER:
                walker.skip_subtree()
            elif node.text:
                yield node.text, node, 0
        else:
            held.pop()
            if node.tail and node is not element:
                parent, at = held[-1]
                held[-1] = (parent, at + len(node.tail))
                yield node.tail, parent, at


def _span(cell: html.HtmlElement, name: str) -> int:
    told = (cell.get(name) or "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 1


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _length(element: html.HtmlElement) -> int:
    return sum(len(part.strip()) for part in element.itertext())
