"""The lines between a title and the text, in files: `来源：…　2021年8月12日`, `——2020年1月8日在…会议上`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cunzhao.read.dates import dates_in
from cunzhao.read.infoline import Info, byline, has_label, read_lines
from cunzhao.read.structure.organs import is_signature
from cunzhao.read.structure.titles import is_aside, is_byline
from cunzhao.read.types import Block, Heading

_MOST = 6  # lines
_LONGEST = 120  # characters of one


_DATELINE = re.compile(  # 陇原日报讯（记者 张三）2023年11月15日　立冬过后…
    r"\s*[（(]?[^，。：；（）()]{0,24}?(?:讯|电)[）)]?\s*(?:[（(][^（）()]{1,40}[）)])?\s*(?=(?:19|20)\d\d[年./-]\d)"
)


def read_front(text: str, blocks: Sequence[Block], outline: Sequence[Heading]) -> Info:
    """What the lines under the title say of date, source, author and editor; empty where there are none."""
    return read_lines(list(_lines(text, blocks, outline)))


def published_in(info: Info) -> str | None:
    """The date that a labelled line calls that of publication, else the first that nothing else claims."""
    for kind in ("published", "bare", "updated"):
        told = next((dated.shown.iso for dated in info.dates if dated.kind == kind), None)
        if told:
            return told
    return None


def _lines(text: str, blocks: Sequence[Block], outline: Sequence[Heading]) -> Iterator[str]:
    title = next((h for h in outline if h.level == 1), None)
    if title is None:
        return
    below = [b for b in blocks if b.start >= title.end and b.kind != "noise"]
    for block in below[:_MOST]:
        first, *_ = text[block.start : block.end].split("\n", 1)
        line = first.strip().lstrip("—–-")
        if not _is_about(line, dashed := len(line) < len(first.strip())):
            yield from _dateline(first)
            return
        if not dashed or dates_in(line):
            yield line


def _dateline(line: str) -> Iterator[str]:
    """The day that the text begins with, behind the name of a paper or agency."""
    lead = _DATELINE.match(line)
    dated = dates_in(line[lead.end() : lead.end() + 24])[:1] if lead else ()
    if lead and dated and dated[0].start == 0:
        yield line[: lead.end() + dated[0].end]


def _is_about(line: str, dashed: bool) -> bool:
    """Whether a line tells of the document rather than begins it."""
    if len(line) > _LONGEST or "。" in line:
        return False
    return bool(
        dashed
        or dates_in(line)
        or has_label(line)
        or byline(line)
        or is_byline(line)
        or is_aside(line)
        or is_signature(line)
    )
