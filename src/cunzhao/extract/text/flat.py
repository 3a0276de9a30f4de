"""The text without white space and in half-width digits, with the way back to the document's offsets.

A hard-wrapped text splits quantities, names and words over lines (`351.8亿\\n\\n元`, `2 .2 %`), so every
rule of this stage reads the flat text and no rule sees white space. Paragraphs stay apart by one `\\n`,
cells of a table too.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.extract.types import Span
from cunzhao.read.types import Document

_HALF = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}  # full-width ASCII
_FULL = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_ALIKE = {
    "–": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "─": "—",
    "―": "—",
    "~": "～",
    "～": "～",
    "∼": "～",
    "〜": "～",
    "﹪": "%",
}
# Punctuation ends full width, digits and letters half width.
_SAME = str.maketrans({**_HALF, **_ALIKE, **_FULL, **{full: full for full in _FULL.values()}})
# Neither white space, control characters, nor what only steers how the rest is shown: hyphens that may be,
# zero widths, marks of direction, variation selectors.
_VISIBLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
_WIDE_GAP = re.compile(r"[\t\n\r|]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of the flat text between two `\\n`."""

    start: int
    end: int
    kind: str  # of its block: "paragraph", "heading", "table", …


@dataclass(frozen=True, slots=True)
class Flat:
    source: str  # the document's text
    text: str  # flat: no white space but `\n` between paragraphs
    at: Sequence[int]  # for each flat character its place in `source`
    paragraphs: tuple[Paragraph, ...]
    part: tuple[int, int]  # of `source`: what was flattened

    def span(self, start: int, end: int) -> Span:
        """The document's span of the flat run `start:end`; it begins and ends with a visible character."""
        return Span.of(self.source, self.at[start], self.at[end - 1] + 1)

    def find(self, offset: int) -> int:
        """The flat offset of a document offset (of the next visible character)."""
        return bisect_left(self.at, offset)

    def paragraph_at(self, at: int) -> Paragraph:
        index = bisect_right(self.paragraphs, at, key=lambda p: p.start) - 1
        return self.paragraphs[max(index, 0)]


def flatten(document: Document, start: int = 0, end: int | None = None) -> Flat:
    """`document.text[start:end]`, in which its blocks lie. Noise is left out: what it says is no part
    of what the document says."""
    text = document.text
    end = len(text) if end is None else end
    pieces: list[str] = []
    at = array("I")
    paragraphs: list[Paragraph] = []
    for run_start, run_end, kind in _runs(document, start, end):
        if kind == "noise":
            continue
        for piece_start, piece_end in _pieces(text, run_start, run_end, kind):
            seen = [match.span() for match in _VISIBLE.finditer(text, piece_start, piece_end)]
            if not seen:
                continue
            if at:
                pieces.append("\n")
                at.append(at[-1] + 1)
            begun = len(at)
            for seen_start, seen_end in seen:
                pieces.append(text[seen_start:seen_end])
                at.extend(range(seen_start, seen_end))
            paragraphs.append(Paragraph(begun, len(at), kind))
    flat = _alike("".join(pieces))
    return Flat(text, flat, at, tuple(paragraphs) or (Paragraph(0, 0, "paragraph"),), (start, end))


def flat_form(words: str) -> str:
    """Words from elsewhere in the form that the flat text has."""
    return _alike("".join(_VISIBLE.findall(words)))


def _alike(text: str) -> str:
    """One character for one character, so that places hold."""
    return text.translate(_SAME)


def _runs(document: Document, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The blocks in order, what lies between them, and without blocks the lines."""
    done = start
    for block in sorted(document.blocks, key=lambda b: (b.start, b.end)):
        if block.start > done:
            yield from _lines(document.text, done, block.start)
        if block.end > done:
            yield max(block.start, done), block.end, block.kind
            done = block.end
    yield from _lines(document.text, done, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        if not line[0].isspace():
            yield start + line.start(), start + line.end(), "paragraph"


def _pieces(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int]]:
    """A table falls into its cells, any other block is one piece."""
    if kind != "table":
        yield start, end
        return
    done = start
    for gap in _WIDE_GAP.finditer(text, start, end):
        yield done, gap.start()
        done = gap.end()
    yield done, end


def printed(text: str) -> str:
    """The number as printed, digits in half width, white space out: `１，１４７ .6` -> `1,147.6`."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
