"""Pages of a PDF beside its facts: images, the words that were asked for framed on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cunzhao.errors import CunzhaoError
from cunzhao.read.types import Document, PageImage, Run, runs_in
from cunzhao.web.showing.segments import Range

if TYPE_CHECKING:
    from cunzhao.core import Core

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
_MOST_MARKED = 4  # pages of one place that are framed; a quote over more of them is no quote
_ROUND = 1.5  # points left free round the words


@dataclass(frozen=True, slots=True)
class Frame:
    """Words framed on a page, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    page: int  # 1 for the first
    width: float  # points; of a page not yet asked for as wide and high as the one shown first
    height: float
    frames: tuple[Frame, ...] = ()


def sheets(core: Core, snapshot: str, document: Document, at: Range | None) -> tuple[Sheet, ...]:
    """The pages of a PDF snapshot, the place that is asked for framed; none where no page can be shown."""
    runs = [run for run in runs_in(document, *at) if run.place.box] if at else []
    marked = sorted({run.place.page or 1 for run in runs})[:_MOST_MARKED] or [1]
    try:
        seen = {page: core.page_image(snapshot, page) for page in marked}
    except CunzhaoError:
        return ()
    first = seen[marked[0]]
    return tuple(
        _sheet(page, seen.get(page, first), [run for run in runs if run.place.page == page])
        for page in range(1, first.pages + 1)
    )


def _sheet(page: int, image: PageImage, runs: list[Run]) -> Sheet:
    frames = tuple(
        Frame(
            left - _ROUND, image.height - top - _ROUND, right - left + 2 * _ROUND, top - bottom + 2 * _ROUND
        )
        for left, bottom, right, top in _lines([run.place.box for run in runs if run.place.box])
    )
    return Sheet(page, image.width, image.height, frames)


def _lines(boxes: list[Box]) -> list[Box]:
    """Boxes that follow each other on one line as one."""
    lines: list[Box] = []
    for box in boxes:
        left, bottom, right, top = box
        if lines:
            begun, low, ended, high = lines[-1]
            height = max(top - bottom, high - low)
            level = min(top, high) - max(bottom, low) > 0.5 * min(top - bottom, high - low)
            if level and -0.5 * height < left - ended < 2 * height:
                lines[-1] = (begun, min(low, bottom), max(ended, right), max(high, top))
                continue
        lines.append(box)
    return lines
