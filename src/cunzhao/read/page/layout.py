"""Lines of a page and the elements that hold them: what each element holds is a run of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from lxml import html

from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.phrases import is_of_site

PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "table"))
LITTLE = 40  # characters of prose under which there is no running text
_MARKS = re.compile("[，。；：、！？,;!?“”]|[.](?= |$)")
_PROSE = re.compile("[，。；！？,;!?]|[.](?= |$)")


def weight(line: PageLine) -> float:
    """How much running text a line is: its characters outside links, more where it has punctuation."""
    free = len(line.text) - line.linked
    if line.kind == "table":
        return free * 0.5
    if is_of_site(line.text):
        return 0.0
    marks = _MARKS.search(line.text)
    if not marks and free < 25:
        return free * 0.1
    return free * (1.0 if marks else 0.5) if line.linked < 0.6 * len(line.text) else 0.0


def _judged(line: PageLine) -> tuple[float, bool]:
    heavy = weight(line)
    prose = heavy > 0 and line.linked < 0.5 * len(line.text) and _PROSE.search(line.text)
    return heavy, bool(prose)


class Layout:
    """The lines of a page with the run of lines inside each element, and sums over runs."""

    def __init__(
        self, root: html.HtmlElement, lines: Sequence[PageLine], among: Layout | None = None
    ) -> None:
        """`among` is a layout that all the lines are from: what it knows of them is not found anew."""
        self.root = root
        self.lines = lines
        #: By the identity of a line: its weight, and whether it is running text (no links, no footer).
        self._known: dict[int, tuple[float, bool]] = (
            among._known if among else {id(x): _judged(x) for x in lines}
        )
        self.weights = [self._known[id(line)][0] for line in lines]
        self.prose = [self._known[id(line)][1] for line in lines]
        self.spans = _spans(root, lines)
        self._weight = [0.0, *accumulate(self.weights)]
        self._chars = [0, *accumulate(len(line.text) for line in lines)]
        self._linked = [0, *accumulate(line.linked for line in lines)]

    def weight(self, first: int, end: int) -> float:
        """Running text of the lines from `first` to `end`, exclusive."""
        return self._weight[end] - self._weight[first]

    def chars(self, first: int, end: int) -> int:
        return self._chars[end] - self._chars[first]

    def linked(self, first: int, end: int) -> int:
        return self._linked[end] - self._linked[first]

    def holding(self, first: int, last: int) -> html.HtmlElement:
        """The smallest element that holds the lines `first` and `last`."""
        element = self.lines[first].element
        while not self.spans[element][0] <= last < self.spans[element][1]:
            parent = element.getparent()
            if parent is None:
                break
            element = parent
        return element

    def listed(self) -> bool:
        """Whether the page is a list: it has next to no running text."""
        prose = zip(self.lines, self.prose, strict=True)
        return sum(len(line.text) for line, is_prose in prose if is_prose) < LITTLE

    def held(self, element: html.HtmlElement) -> float:
        """Running text inside an element."""
        span = self.spans.get(element)
        return self.weight(*span) if span else 0.0


def stand(line: PageLine) -> tuple[object, ...]:
    """Where a paragraph stands: depth, tag and class of its container, without numbers."""
    container = line.element
    if str(container.tag) in PARAGRAPHS:
        parent = container.getparent()
        container = container if parent is None else parent
    depth = sum(1 for _ in container.iterancestors())
    return depth, str(container.tag), re.sub(r"[\d\s]+", "", container.get("class", ""))


def _spans(root: html.HtmlElement, lines: Sequence[PageLine]) -> dict[html.HtmlElement, tuple[int, int]]:
    spans: dict[html.HtmlElement, tuple[int, int]] = {}
    for i, line in enumerate(lines):
        first, _ = spans.get(line.element, (i, i))
        spans[line.element] = (first, i + 1)
    for element in reversed(list(root.iter())):  # children before parents
        here = spans.get(element)
        parent = element.getparent()
        if here is not None and parent is not None:
            above = spans.get(parent, here)
            spans[parent] = (min(here[0], above[0]), max(here[1], above[1]))
    return spans
