"""An HTML page as lines of text, each with its element. All walks are iterative, as pages nest deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from cunzhao.read.types import BlockKind

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
#: libxml2 drops whatever follows them; browsers go on reading (pages put together from whole pages).
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIMPLE_TAG = re.compile(r"[a-z][a-z0-9]*")
_WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_HAN_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n\f][ \t\r\n\f]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_DEEPEST = 60  # CSS paths go no deeper: a deeper block is placed at its ancestor there


@dataclass(slots=True)
class PageLine:
    """One line as the page shows it."""

    text: str
    element: html.HtmlElement
    kind: BlockKind = "paragraph"
    level: int | None = None  # of h1 … h6
    linked: int = 0  # characters inside links
    file: bool = False  # holds a link to a file (an attachment)


@dataclass(frozen=True, slots=True)
class Page:
    root: html.HtmlElement
    flattened: bool = False  # nested too deep for libxml2 (2048): read without its structure


def parse(text: str) -> Page | None:
    """The tree of a page; None where there is no element in it."""
    root, too_deep = _parsed(text)
    if too_deep:
        root, _ = _parsed(_flattened(text))
    return None if root is None else Page(root, too_deep)


def _parsed(text: str) -> tuple[html.HtmlElement | None, bool]:
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    data = _ENDS.sub("", text.replace("\x00", "")).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    too_deep = any("Excessive depth" in entry.message for entry in parser.error_log)
    return (root if isinstance(root, html.HtmlElement) else None), too_deep


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
    return _SPACE.sub(" ", _HAN_BREAK.sub("", raw)).strip()


class _Walk:
    """Collects inline text until a block begins or ends."""

    def __init__(self, root: html.HtmlElement, skip: frozenset[html.HtmlElement]) -> None:
        self._walker = etree.iterwalk(root, events=("start", "end"))
        self._root = root
        self._skip = skip
        self._blocks = [root]
        self._raw: list[str] = []
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
        if tag in _BLOCKS or tag == "br":
            yield from self._flush()
        if not tag or tag in _NEVER or element in self._skip:
            self._walker.skip_subtree()
            return
        if tag == "table" and is_data_table(element):
            yield PageLine(table_text(element), element, "table")
            self._walker.skip_subtree()
            return
        if tag in _BLOCKS:
            self._blocks.append(element)
        if tag == "a":
            self._links += 1
            self._file = self._file or is_file_link(element)
        self._add(element.text)

    def _finish(self, element: html.HtmlElement, tag: str) -> Iterator[PageLine]:
        if tag in _BLOCKS:
            yield from self._flush()
            if self._blocks[-1] is element and len(self._blocks) > 1:
                self._blocks.pop()
        if tag == "a" and self._links:
            self._links -= 1
        if element is not self._root:
            self._add(element.tail)

    def _add(self, raw: str | None) -> None:
        if raw:
            self._raw.append(raw)
            if self._links:
                self._linked += len(raw.strip())

    def _flush(self) -> Iterator[PageLine]:
        text = folded("".join(self._raw))
        if text:
            block = self._blocks[-1]
            tags = [b.tag for b in self._blocks[-3:]]
            kind: BlockKind = "list" if "li" in tags else "paragraph"
            level = _HEADINGS.get(str(block.tag))
            if level:
                kind = "heading"
            elif block.tag in ("figcaption", "caption"):
                kind = "caption"
            yield PageLine(text, block, kind, level, min(self._linked, len(text)), self._file)
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


def table_text(table: html.HtmlElement) -> str:
    """Cells joined by tab, rows by line end; what stands inside a cell is one line."""
    rows = (
        "\t".join(folded("".join(cell.itertext())) for cell in _cells(row))
        for row in table.iterdescendants("tr")
    )
    return "\n".join(row.rstrip() for row in rows if row.strip())


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _length(element: html.HtmlElement) -> int:
    return sum(len(part.strip()) for part in element.itertext())


class CssPaths:
    """CSS paths of elements of one page, as `html > body > div:nth-of-type(2) > p`."""

    def __init__(self) -> None:
        self._steps: dict[html.HtmlElement, dict[html.HtmlElement, str]] = {}

    def of(self, element: html.HtmlElement) -> str:
        """The path to `element`; to an ancestor of it where the path would be too deep or the tag odd."""
        chain = [element, *element.iterancestors()][::-1]
        steps: list[str] = []
        for node in chain[:_DEEPEST]:
            if not isinstance(node.tag, str) or not _SIMPLE_TAG.fullmatch(node.tag):
                break
            steps.append(self._step(node))
        return " > ".join(steps)

    def _step(self, node: html.HtmlElement) -> str:
        parent = node.getparent()
        if parent is None:
            return str(node.tag)
        if parent not in self._steps:
            self._steps[parent] = _steps(parent)
        return self._steps[parent][node]


def _steps(parent: html.HtmlElement) -> dict[html.HtmlElement, str]:
    counts: dict[str, int] = {}
    numbered = []
    for child in parent:
        tag = str(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        numbered.append((child, tag, counts[tag]))
    return {child: f"{tag}:nth-of-type({n})" if counts[tag] > 1 else tag for child, tag, n in numbered}
