"""Documents of our own with the outline, articles and fields that they must give (`outlines/README.md`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cunzhao.read.text.wrapping import columns
from cunzhao.read.types import Document

FOLDER = Path(__file__).parent / "outlines"
NAMES = sorted(file.stem for file in FOLDER.glob("*.txt"))
_WALL = 68  # columns of a line of the wrapped form


@dataclass(frozen=True)
class Wanted:
    """A heading: its place counts characters that are not white space."""

    level: int
    number: str | None
    title: str
    start: int


@dataclass(frozen=True)
class Marked:
    lines: list[str]  # of the text, headings over two lines on two
    outline: list[Wanted]
    fields: dict[str, list[list[str]]]  # "article" -> its rows, "issuers" -> one row of names

    def text(self) -> str:
        return "\n".join(self.lines)

    def wrapped(self) -> str:
        """As a converter from PDF writes it: every line cut at one width, an empty line between."""
        cut: list[str] = []
        for line in self.lines:
            cut.append("")
            for c in line:
                if columns(cut[-1] + c) > _WALL:
                    cut.append("")
                cut[-1] += c
        return "\n\n".join(line.strip() for line in cut if line.strip())

    def html(self) -> str:
        body = "".join(f"<p>{line}</p>\n" for line in self.lines)
        return f"<html><body><div class='content'>{body}</div></body></html>"


def read_marked(name: str) -> Marked:
    body, _, table = (FOLDER / f"{name}.txt").read_text("utf-8").partition("\n----\n")
    lines: list[str] = []
    outline: list[Wanted] = []
    for line in body.splitlines():
        said = "".join("".join(lines).split())
        mark = re.match(r"(#+) |(\+) ", line)
        line = line[mark.end() :] if mark else line
        if mark and mark[1]:
            number, _, rest = line.rpartition("|") if "|" in line else (None, "", line)
            title, run_in, _ = rest.partition("@")
            before = len("".join((number or "").split())) if run_in and title else 0
            outline.append(Wanted(len(mark[1]), number, squeezed(title), len(said) + before))
        elif mark:
            last = outline.pop()
            outline.append(Wanted(last.level, last.number, last.title + squeezed(line), last.start))
        lines.append(line.replace("@", "").replace("|", "") if mark else line)
    fields: dict[str, list[list[str]]] = {}
    for row in table.strip().splitlines():
        key, *values = [cell.strip() for cell in row.split(" | ")]
        fields.setdefault(key, []).append(values)
    return Marked(lines, outline, fields)


def squeezed(text: str) -> str:
    """What of a title is compared: no white space, no marks around it."""
    return re.sub(r"[\s、．.：:；。【】（）()◆●■]|^[，,—]+", "", text)


@dataclass(frozen=True)
class Score:
    found: int
    right_level: int
    wanted: int
    got: int
    wrong: list[str]

    @property
    def f1(self) -> float:
        return 2 * self.found / (self.wanted + self.got) if self.wanted + self.got else 1.0

    @property
    def levels(self) -> float:
        return self.right_level / self.found if self.found else 1.0


def score(document: Document, wanted: list[Wanted]) -> Score:
    """As `shared/gold/score.py` does: a heading is found within four characters of its place, its title alike."""
    at = [0]
    for c in document.text:
        at.append(at[-1] + (not c.isspace()))
    left = [(at[h.start], h) for h in document.outline]
    found = level = 0
    wrong = []
    for w in wanted:
        hit = next((p for p in left if abs(p[0] - w.start) <= 4 and squeezed(p[1].title) == w.title), None)
        if hit is None:
            wrong.append(f"missed {w}")
            continue
        left.remove(hit)
        found += 1
        level += hit[1].level == w.level and (hit[1].number or None) == (w.number or None)
        if hit[1].level != w.level or (hit[1].number or None) != (w.number or None):
            wrong.append(f"level {hit[1].level}, {hit[1].number} for {w}")
    wrong += [f"extra {h}" for _, h in left]
    return Score(found, level, len(wanted), len(document.outline), wrong)
