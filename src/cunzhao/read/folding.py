"""White space folded as printed text shows it, with the place of every character in the unfolded text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cunzhao.read.types import Place, Run

_STRETCH = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[start:end]` is `raw[offset:offset + end - start]` for each of `spans` (white space aside)."""

    text: str
    spans: tuple[tuple[int, int, int], ...]  # start, end, offset

    def runs(self, place: Place, at: int = 0) -> tuple[Run, ...]:
        """The spans as runs of a text in which this one begins at `at`."""
        return tuple(
            Run(
                start=at + start,
                end=at + end,
                place=place if place.offset == offset else replace(place, offset=offset),
            )
            for start, end, offset in self.spans
        )


def folded(raw: str, start: int = 0, end: int | None = None) -> Folded:
    """`raw[start:end]` with every stretch of white space as one space, none at the ends."""
    end = len(raw) if end is None else end
    whole = raw[start:end]
    if whole == " ".join(whole.split()):  # as most are
        return Folded(whole, ((0, end - start, start),) if whole else ())
    parts: list[str] = []
    spans: list[tuple[int, int, int]] = []
    at, length = start, 0
    for gap in [*_STRETCH.finditer(raw, start, end), None]:
        word_end = gap.start() if gap else end
        size = word_end - at
        space = 1 if gap and size and gap.end() < end else 0
        if size:
            parts.append(raw[at:word_end] + " " * space)
            if spans and spans[-1][2] + length - spans[-1][0] == at:
                spans[-1] = (spans[-1][0], length + size + space, spans[-1][2])
            else:
                spans.append((length, length + size + space, at))
            length += size + space
        at = gap.end() if gap else end
    return Folded("".join(parts), tuple(spans))


def folded_lines(raw: str) -> list[Folded]:
    """The lines of `raw` that say something, each folded; offsets count from the beginning of `raw`."""
    lines, at = [], 0
    for line in raw.split("\n"):
        found = folded(raw, at, at + len(line))
        if found.text:
            lines.append(found)
        at += len(line) + 1
    return lines


def joined(lines: list[Folded]) -> Folded:
    """Lines as one: nothing between Chinese characters, else a space."""
    text, spans = "", []
    for line in lines:
        wide = not text or not (text[-1].isascii() and line.text[0].isascii())
        text += "" if wide else " "
        spans += [(start + len(text), end + len(text), offset) for start, end, offset in line.spans]
        text += line.text
    return Folded(text, tuple(spans))


def unspaced(text: str) -> str:
    """`text` without any white space: what is compared where pages and files set it apart."""
    return "".join(text.split())
