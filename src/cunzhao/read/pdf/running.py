"""Running heads and feet, page numbers, watermarks: what is printed on page after page and is not the text.

They stand outside the body: on no other page does text reach that far. So the name of an annex (附件1,
附件2 …) at the head of its page is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from cunzhao.read.pdf.lines import Line
from cunzhao.read.pdf.page import Item, PageRead
from cunzhao.read.pdf.tables import PageTable

_MARGIN = 0.16  # of the page's height: where running heads and feet stand
_SAME_PLACE = 4.0  # points
_TELLING = 4  # letters of a part of a line that tell it
_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百〇零]{1,5})"
_DECORATED = re.compile(
    rf"[—–\-－·•.~～|]+\s*{_NUMBER}\s*[—–\-－·•.~～|]+|第\s*{_NUMBER}\s*页(?:\s*[,，/／(（]?\s*共\s*{_NUMBER}\s*页?\s*[)）]?)?"
    rf"|共\s*{_NUMBER}\s*页\s*[,，/]?\s*第\s*{_NUMBER}\s*页|\d{{1,4}}\s*[/／]\s*\d{{1,4}}|page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.I,
)
_BARE = re.compile(_NUMBER)
_NAMED = re.compile(r"(?:附件|附录|附表|附图|附|表|图|第)\s*[\d一二三四五六七八九十]+")  # names what follows
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")  # what a browser prints at the foot


def without_running_lines(pages: Sequence[PageRead]) -> list[list[Item]]:
    """The items of each page but for what runs along."""
    running = _Margin(pages, head=True).running() | _Margin(pages, head=False).running() | _watermarks(pages)
    return [[item for item in page.items if id(item) not in running] for page in pages]


def lines_of(page: PageRead) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line)]


class _Margin:
    """The upper or the lower margin of all pages."""

    def __init__(self, pages: Sequence[PageRead], *, head: bool) -> None:
        self.pages = pages
        self.head = head
        sizes = sorted(line.size for page in pages for line in lines_of(page))
        self.size = sizes[len(sizes) // 2] if sizes else 0.0
        self.near = [
            [
                x
                for x in lines_of(p)
                if self.depth(x) < _MARGIN * p.sheet.frame[1] and not x.sheet.quarters % 2
            ]
            for p in pages
        ]

    def depth(self, line: Line) -> float:
        """How far a line stands from the edge of the page."""
        return line.sheet.frame[1] - line.middle if self.head else line.middle

    def running(self) -> set[int]:
        """Ids of the lines that run along."""
        likely = self._repeated() | self._numbers()
        limits = [self._body(page, likely) for page in self.pages]
        # Where the text of a tenth of the pages begins, a line belongs to the text.
        text_from = sorted(limits)[len(limits) // 10] if len(limits) > 3 else 1e9
        found = {
            id(line)
            for limit, near in zip(limits, self.near, strict=True)
            for line in near
            if id(line) in likely
            and self.depth(line) < limit
            and (self.depth(line) < text_from - 1 or _is_decorated(line))
        }
        return found | self._beside(found)

    def _body(self, page: PageRead, likely: set[int]) -> float:
        """How far from the edge the text of a page begins."""
        lines = [self.depth(line) for line in lines_of(page) if id(line) not in likely]
        height = page.sheet.frame[1]
        tables = [item for item in page.items if isinstance(item, PageTable)]
        return min([*lines, *(height - t.top if self.head else t.bottom for t in tables)], default=1e9)

    def _repeated(self) -> set[int]:
        """Lines that say the same, at least in part, at one depth on several pages.

        Figures may differ in small type.
        """
        seen: dict[str, list[tuple[str, Line]]] = defaultdict(list)
        for line in (line for near in self.near for line in near):
            parts = (part.text for part in line.strings or ())
            for text in {
                line.text,
                *(part for part in parts if len(re.findall(r"[^\W\d]", part)) >= _TELLING),
            }:
                seen["".join(re.sub(r"\d+", "#", text).split())].append((text, line))
        often = max(2, round(0.15 * len(self.pages)))
        found: set[int] = set()
        for said in seen.values():
            lines = [line for _, line in said]
            differ = len({text for text, _ in said}) > 1 and lines[0].size > 0.95 * self.size
            if differ and (_NAMED.match(said[0][0]) or not _counts(lines)):
                continue
            for line in lines:
                at = self.depth(line)
                if len({o.sheet.page for o in lines if abs(self.depth(o) - at) < _SAME_PLACE}) >= often:
                    found.add(id(line))
        return found

    def _numbers(self) -> set[int]:
        """Page numbers: decorated ones, an address with one; bare figures only where they count the pages."""
        found: set[int] = set()
        counted: dict[int, list[Line]] = defaultdict(list)
        for line in (line for near in self.near for line in near):
            text = line.text.strip()
            if _is_decorated(line):
                found.add(id(line))
            elif _BARE.fullmatch(text):
                counted[(int(text) if text.isdecimal() else 0) - line.sheet.page].append(line)
        alone = len(self.pages) == 1
        for lines in counted.values():
            found |= {id(line) for line in lines if len(lines) > 1 or (alone and self._stands_alone(line))}
        return found

    def _stands_alone(self, line: Line) -> bool:
        others = [self.depth(o) for o in lines_of(self.pages[0]) if o is not line]
        return min(others, default=1e9) > self.depth(line) + 2.5 * line.size

    def _beside(self, found: set[int]) -> set[int]:
        """What stands in one row with running lines of other pages: the name of a chapter in the head."""
        depths = Counter(round(self.depth(x)) for near in self.near for x in near if id(x) in found)
        levels = [d for d, n in depths.items() if n >= 0.3 * len(self.pages) and n > 1]
        return {
            id(x)
            for near in self.near
            for x in near
            if len(x.text) <= 40 and any(abs(self.depth(x) - d) < 2 for d in levels)
        }


def _counts(lines: Sequence[Line]) -> bool:
    """Whether a figure in the lines goes up with the pages."""
    steps: Counter[int] = Counter()
    for line in lines:
        steps.update({int(n) - line.sheet.page for n in re.findall(r"\d{1,5}", line.text)})
    return max(steps.values(), default=0) > 0.6 * len(lines)


def _is_decorated(line: Line) -> bool:
    text = line.text.strip()
    return bool(_DECORATED.fullmatch(text) or _ADDRESS.fullmatch(text))


def _watermarks(pages: Sequence[PageRead]) -> set[int]:
    """Lines that lie over others at the very same place of most pages."""
    places: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in lines_of(page):
            places[(line.text, round(line.left / 3), round(line.base / 3))].append(line)
    often = max(3, 0.6 * len(pages))
    return {
        id(line)
        for lines in places.values()
        if len(lines) >= often and _over_others(lines[0], pages)
        for line in lines
    }


def _over_others(line: Line, pages: Sequence[PageRead]) -> bool:
    return any(
        o is not line and o.left < line.right and o.right > line.left and o.bottom < line.middle < o.top
        for o in lines_of(pages[line.sheet.page - 1])
    )
