"""An official title set over several lines (`…人民政府关于印发` / `《…行动计划》的通知`) is one heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cunzhao.read.dates import is_date_line
from cunzhao.read.titles import is_official_title
from cunzhao.read.types import Block

_FRONT = 25  # blocks in which the title stands
_MOST_LINES = 4
_LONGEST = 40  # characters of one line of a title


def with_joined_title(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, the lines that only together are an official title being one block."""
    for i in range(min(_FRONT, len(blocks))):
        if is_official_title(_body(text, blocks[i])):
            return tuple(blocks)
        for n in range(2, _MOST_LINES + 1):
            run = blocks[i : i + n]
            if len(run) == n and _is_title(text, run):
                joined = replace(run[0], end=run[-1].end)
                return (*blocks[:i], joined, *blocks[i + n :])
    return tuple(blocks)


def _is_title(text: str, run: Sequence[Block]) -> bool:
    bodies = [_body(text, block) for block in run]
    if any(block.kind not in ("paragraph", "heading") for block in run):
        return False
    if any(len(body) > _LONGEST or body[-1] in "：:。" or is_date_line(body) for body in bodies):
        return False
    return is_official_title("".join(bodies)) and not _is_part(bodies)


def _is_part(bodies: Sequence[str]) -> bool:
    """Whether fewer of the lines make a title already, the first being something else (a button, a menu)."""
    return any(is_official_title("".join(bodies[k:])) for k in range(1, len(bodies)))


def _body(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + 300)].strip()
