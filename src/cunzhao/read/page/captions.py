"""Lines of a text that belong to a picture or a table: marked as captions, told to the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cunzhao.read.page.dom import PageLine
from cunzhao.read.tables import captioned

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:img|pic|image|photo|picture|tu)?[-_]?(?:caption|desc|note|info|zhu)(?:$|\s)",
    re.IGNORECASE,
)
_OF_PICTURE = re.compile(
    r"""
    [（(【△▲↑↓←→\s]*
    (?:图为|图[一二三四五六七八九十\d]{0,2}[：:]|资料图|图片来源|题图|配图|[上下左右]图[为是：:]).*|
    .{0,160}(?:[\s。，,（(/|](?:记者|通讯员|摄影|图[/：:])?\s*[\w·]{2,8}\s*摄(?:影)?|
    (?:供图|资料图片?|制图|视频截图|发布图))\s*[）)】]?[。]?
    """,
    re.VERBOSE,
)
_LONGEST = 200


def with_captions(body: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """The lines with captions of pictures marked, and tables with their caption and unit."""
    out: list[PageLine] = []
    for line in body:
        if line.table is not None:
            line = replace(line, table=captioned(line.table, line.text, [x.text for x in out[-2:]]))
        elif line.kind == "paragraph" and _is_caption(line):
            line = replace(line, kind="caption")
        out.append(line)
    return tuple(out)


def _is_caption(line: PageLine) -> bool:
    if len(line.text) > _LONGEST:
        return False
    if _OF_PICTURE.fullmatch(line.text):
        return True
    element = line.element
    named = any(_NAMED.search(element.get(key, "")) for key in ("class", "id"))
    beside = next(element.iter("img"), None) is not None and len(line.text) <= _LONGEST / 2
    return (named or beside) and not line.linked
