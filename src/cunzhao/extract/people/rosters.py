"""Persons listed with their positions: `嘉宾：徐某某 市人大代表 …局局长`. The white space of the document,
which the flat text lacks, parts names and positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.people.before import Held
from cunzhao.extract.people.names import is_name, name_end
from cunzhao.extract.people.positions import ends, is_position
from cunzhao.extract.text.flat import Flat

_ROSTER = re.compile(
    r"^(?:本期|访谈|特邀|受访|对话|参会|与会)?(?:嘉宾|专家|受访者|访谈对象|主讲人|出席领导|"
    r"(?:常务|执行)?(?:副)?(?:组长|总指挥|指挥长|主任|主席|召集人)|成员)：",
    re.M,
)
# A line of its own: `方以宁　市科技局局长`, a row of a table.
_LINE = re.compile(
    r"^[ \t\u3000]*(?P<name>[一-龥·•・‧]{2,12}|[一-龥][ \u3000]{1,4}[一-龥])[ \t\u3000|]+"
    r"(?P<position>[一-龥A-Za-z（）()、“”]{3,40})[ \t\u3000]*(?=$|[\t|])",
    re.M,
)
Run = tuple[int, int, bool]  # start, end, whether a line break follows


def read_rosters(flat: Flat) -> Iterator[Held]:
    yield from _marked(flat)
    for match in _LINE.finditer(flat.source, *flat.part):
        if is_position(match["position"]) and is_name(re.sub(r"\s", "", match["name"]), ends()):
            (start, end), (begin, stop) = match.span("name"), match.span("position")
            yield flat.find(start), flat.find(end), flat.find(begin), flat.find(stop)


def _marked(flat: Flat) -> Iterator[Held]:
    for match in _ROSTER.finditer(flat.text):
        name: tuple[int, int] | None = None
        runs = list(_runs(flat, match.end()))
        index = 0
        while index < len(runs):
            start, end, _ = runs[index]
            step = 1
            if _is_name(flat, runs, index):
                step = 1 if end - start > 1 else 2
                name = (start, runs[index + step - 1][1])
            else:
                step = _held_position(flat, runs, index)
                if name and step:
                    yield *name, start, runs[index + step - 1][1]
            index += step or 1


def _runs(flat: Flat, at: int) -> Iterator[Run]:
    """Visible runs after a roster's mark; they end with its sentence."""
    end = min(len(flat.text), at + 400)
    while at < end:
        stop = at + 1
        while stop < end and flat.at[stop] == flat.at[stop - 1] + 1 and flat.text[stop] != "\n":
            stop += 1
        if re.search("[。，：；]", flat.text[at:stop]):
            return
        broken = stop < len(flat.text) and "\n" in flat.source[flat.at[stop - 1] : flat.at[stop] + 1]
        yield at, stop, broken
        at = stop
        while at < end and flat.text[at] == "\n":
            at += 1


def _is_name(flat: Flat, runs: list[Run], index: int) -> bool:
    """A run that is a name, or a surname and a given name of one character each (`陶  明`)."""
    start, end, _ = runs[index]
    if end - start == 1 and index + 1 < len(runs):
        end = runs[index + 1][1]
    run = flat.text[start:end].replace("\n", "")
    named = 2 <= len(run) <= 4 and not re.search(ends(), run)
    return named and name_end(run + "，", 0, ends()) == len(run)


def _held_position(flat: Flat, runs: list[Run], index: int) -> int:
    """How many runs from `index` make a position (a wrapped line may part one); 0 where they make none."""
    for count in (1, 2):
        if index + count > len(runs) or (count == 2 and not runs[index][2]):
            return 0
        if is_position(flat.text[runs[index][0] : runs[index + count - 1][1]].replace("\n", "")):
            return count
    return 0
