"""The list of contents (目录, 本期导读): its lines are no headings, but tell which lines below are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.read.folding import unspaced
from cunzhao.read.types import Block

_HEAD = re.compile(
    r"[【\[◆■●]?(?:目录|目次|总目录|本期(?:导读|目录|要目|提要|看点|内容|摘要|关注)|内容(?:导读|提要|目录)|要目|导读|CONTENTS|Contents)[】\]]?[:：]?"
)
_PAGE = re.compile(r"(?:[\s.·…．—\-]*[（(]?\d{1,4}[)）]?)?$")
_BULLET = re.compile(r"^[●○•·◆◇■□★☆▲►▶※*\-—\s]+|^\d{1,2}[.、．](?!\d)")
_LONGEST = 80
_MOST = 400  # entries


@dataclass(frozen=True, slots=True)
class Contents:
    blocks: frozenset[int] = frozenset()  # indexes of its head and its lines
    entries: frozenset[str] = frozenset()  # what they name, without white space, page and bullet


def read_contents(text: str, blocks: Sequence[Block]) -> Contents:
    """It ends where its first line comes again as a heading, or where text begins."""
    taken: set[int] = set()
    entries: set[str] = set()
    for i, block in enumerate(blocks):
        if i in taken or block.kind in ("noise", "table") or block.end - block.start > 20:
            continue
        if _HEAD.fullmatch(unspaced(text[block.start : block.end])):
            lines, names = _lines(text, blocks, i)
            if len(lines) > 1:
                taken |= {i, *lines}
                entries |= names
    return Contents(frozenset(taken), frozenset(entries))


def _lines(text: str, blocks: Sequence[Block], at: int) -> tuple[list[int], set[str]]:
    lines: list[int] = []
    names: list[str] = []
    paged = 0  # lines up to the last one with the number of a page
    for i in range(at + 1, min(len(blocks), at + 1 + _MOST)):
        block = blocks[i]
        if block.kind == "noise":
            continue
        body = text[block.start : block.end]
        name = entry(body)
        if len(body) > _LONGEST or re.search("[。；]", body) or block.kind == "table" or name in names:
            break
        lines.append(i)
        names.append(name)
        paged = len(lines) if name != unspaced(_BULLET.sub("", body)) else paged
    below = blocks[lines[-1] + 1 :] if lines else ()
    again = {entry(text[b.start : b.end]) for b in below if b.end - b.start <= _LONGEST}
    while len(lines) > paged and names[len(lines) - 1] not in again:
        lines.pop()  # the first heading of the text
    return lines, set(names[: len(lines)])


def entry(line: str) -> str:
    """What a line of contents names: `● 第一章 总则……3` -> `第一章总则`."""
    return unspaced(_BULLET.sub("", _PAGE.sub("", line.strip())))
