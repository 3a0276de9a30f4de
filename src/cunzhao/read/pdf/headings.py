"""Which lines of a PDF are headings, by the size and weight of their type and by its bookmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cunzhao.read.pdf.lines import Line
from cunzhao.read.pdf.paragraphs import Manner
from cunzhao.read.structure.numbering import number_at
from cunzhao.read.structure.titles import MAX_TITLE, is_heading_like, is_official_title

_LARGE = 1.15  # times the size of most of the type
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）()\s]{2,40}文\s*件")
_ALIKE = 0.08  # sizes that near are one


class Headings:
    """Levels by the sizes that a document uses for what stands out of its text, largest first."""

    def __init__(
        self, groups: Sequence[Sequence[Line]], manner: Manner, marks: Mapping[tuple[int, str], int]
    ) -> None:
        self.manner = manner
        self.marks = marks
        self.sizes: list[float] = []
        large = {g[0].size for g in groups if g[0].size > _LARGE * manner.size and not _is_letterhead(g)}
        for size in sorted(large, reverse=True):
            if not self.sizes or size < self.sizes[-1] * (1 - _ALIKE):
                self.sizes.append(size)

    def level(self, group: Sequence[Line]) -> int | None:
        """Level of a heading, 1 for the largest type; None for a paragraph."""
        text = "".join(line.text for line in group)
        if len(text) > MAX_TITLE or text[-1:] in "。；，,;、" or not text.strip():
            return None
        if _is_letterhead(group):
            return None
        marked = self.marks.get((group[0].sheet.page, "".join(text.split())))
        if marked is not None:
            return min(marked + 2, 6) if group[0].size < max(self.sizes, default=1e9) * (1 - _ALIKE) else 1
        fits = is_heading_like(text) or number_at(text) is not None or is_official_title(text)
        if not fits:
            return None
        size = group[0].size
        if size > _LARGE * self.manner.size:
            return min(1 + sum(s > size * (1 + _ALIKE) for s in self.sizes), 6)
        if all(line.bold for line in group) and not self.manner.bold and len(group) <= 2 and len(text) <= 60:
            return min(len(self.sizes) + 1, 6)
        return None


def _is_letterhead(group: Sequence[Line]) -> bool:
    """The name of the office above an official document (发文机关标志, GB/T 9704): `…人民政府文件`."""
    text = "".join(line.text for line in group)
    return bool(_LETTERHEAD.fullmatch(text)) and "关于" not in text
