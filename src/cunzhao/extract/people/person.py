"""Persons: a name with the position that stands beside it.

Mostly the position is the anchor (`某市委副书记、市长` + name): names alone are not looked for. Names before
their position and lists with white space have forms of their own (before.py, rosters.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.people.before import Held, read_before
from cunzhao.extract.people.names import may_begin, name_end
from cunzhao.extract.people.positions import ends, glued, is_plural, is_shared, reach_back, read_positions
from cunzhao.extract.people.rosters import read_rosters
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import Fact, PersonFields, Reason

VERSION = "2"
_HELD = re.compile(r"(?:时任|担任|身为|作为|曾任|现任)[^，。；、\n]{0,30}$")


def extract_persons(flat: Flat) -> Iterator[Fact]:
    """One fact for each pair of name and position, at its first place; a shorter form of the same is none."""
    known: dict[str, list[str]] = {}
    for start, end, begin, stop in sorted(
        {*_after_positions(flat.text), *read_before(flat.text), *read_rosters(flat)}
    ):
        name, position = (flat.text[a:b].replace("\n", "") for a, b in ((start, end), (begin, stop)))
        if _told(position, known.setdefault(name, [])):
            continue
        known[name].append(position)
        fields: PersonFields = {"name": name, "position": position}
        why = (Reason("position", "words", flat.span(begin, stop)),)
        yield Fact(
            kind="person",
            span=flat.span(start, end),
            fields=fields,
            extractor="person",
            version=VERSION,
            why=why,
        )


def _told(position: str, earlier: list[str]) -> bool:
    """Whether each office of `position` is one named before, or a shorter form of it."""
    offices = [office for held in earlier for office in (held, *held.split("、"))]
    return all(any(office.endswith(part) for office in offices) for part in position.split("、"))


def _after_positions(text: str) -> Iterator[Held]:
    """`…市委副书记、市长方以宁`, `市领导方以宁、祝清和`, `时任市长的方以宁`."""
    behind = 0
    for start, stop, at in read_positions(text):
        if start < behind:
            continue
        if text[at : at + 1] == "的" and _HELD.search(text[max(0, start - 40) : start]):
            at += 1
        sure = glued(text, at)
        end = name_end(text, at, ends(), sure=sure)
        if not end and not may_begin(text, at):
            continue
        begin = reach_back(text, start, behind)
        if not end and not is_plural(text[begin:stop]):
            end = name_end(text, at, ends(), sure=sure, firm=True)
        if not end:
            continue
        yield at, end, begin, stop
        behind = end
        while is_shared(text[begin:stop]) and text[behind : behind + 1] in ("、", "和", "与", "及"):
            end = name_end(text, behind + 1, ends(), sure=True)
            if not end:
                break
            yield behind + 1, end, begin, stop
            behind = end
