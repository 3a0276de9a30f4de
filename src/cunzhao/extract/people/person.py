"""Persons: a name with the position that stands beside it.

The position is the anchor (`某市委副书记、市长` + name): names alone are not looked for. Where a name
of two or three characters is meant, the rest of the document is asked first, then the words that usually
follow a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cunzhao.extract.lexicons import any_of, characters, guarded, lines, words
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import Fact, PersonFields

VERSION = "1"
_HAN = re.compile(r"[一-龥]")
_BREAK = re.compile(r"[^一-龥A-Za-z0-9（）“”、·]")
_JOINT = re.compile(r"与|和|及|同")
_ORG_START = re.compile(
    r"(?:中共|国家|中央|国务院|全国|[省市县区](?:[委政人纪长]|[一-龥]{1,8}[局办厅委])|自治|"
    r"[一-龥]{2,6}[省市县区州](?!域)|党|副|常务|原|时任|代)"
)
_BRACKETED = re.compile(r"（(?P<position>(?:时任|现任|原任)?[^（）。；：，\n]{2,40})）")
_TITLES_AFTER = r"总书记|国家主席|主席|总理|院士|教授|研究员"
_ROSTER = re.compile(
    r"^(?:本期|访谈|特邀|受访|对话|参会|与会)?(?:嘉宾|专家|受访者|访谈对象|主讲人|出席领导)：", re.M
)


def extract_persons(flat: Flat) -> Iterator[Fact]:
    """One fact for each pair of name and position, at its first place; a shorter form of the same is none."""
    known: dict[str, list[str]] = {}
    for start, end, position in sorted(
        {*_after_positions(flat), *_before_titles(flat), *_before_brackets(flat), *_rosters(flat)}
    ):
        name = flat.text[start:end]
        if any(earlier.endswith(position) for earlier in known.get(name, ())):
            continue
        known.setdefault(name, []).append(position)
        fields: PersonFields = {"name": name, "position": position}
        yield Fact(
            kind="person", span=flat.span(start, end), fields=fields, extractor="person", version=VERSION
        )


@cache
def _positions() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(lines('positions.txt'))})")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    single = next(line for line in lines("surnames.txt") if len(line) > 2)
    return frozenset(single), frozenset(line for line in lines("surnames.txt") if len(line) == 2)


@cache
def _before() -> re.Pattern[str]:
    """Words before which a position phrase cannot reach back."""
    return re.compile(rf"[0-9]+[年月日]|{guarded('person_before.txt')}")


@cache
def _closes() -> re.Pattern[str]:
    """Only these close a name beyond doubt."""
    return re.compile(rf"[^一-龥A-Za-z0-9]|$|{guarded('person_closes.txt')}")


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(rf"[^一-龥]|{guarded('person_follow.txt')}")


@cache
def _nobody() -> re.Pattern[str]:
    """What begins with a surname and is no name: `高度`, `向大家`, `时指出`."""
    spoken = f"[{''.join(characters('preposition'))}](?:{any_of(words('spoken_to.txt'))})"
    said = f"[{''.join(characters('wordlike'))}](?:{guarded('person_closes.txt')})"
    return re.compile(f"{any_of(words('not_names.txt'))}|{spoken}|{said}|[一-龥](?:{_positions().pattern})")


def _after_positions(flat: Flat) -> Iterator[tuple[int, int, str]]:
    """`…市委副书记、市长方以宁`."""
    for match in _positions().finditer(flat.text):
        end = _name_at(flat.text, match.end())
        if end:
            begin = _reach_back(flat.text, match)
            yield match.end(), end, flat.text[begin : match.end()]


def _name_at(text: str, start: int) -> int | None:
    """Where the name that begins at `start` ends, or None where none does."""
    single, double = _surnames()
    head = 2 if text[start : start + 2] in double else 1 if text[start : start + 1] in single else 0
    run = text[start : start + head + 2]
    if not head or _nobody().match(text, start) or not _HAN.match(run[head : head + 1]):
        return None
    if run[head] in characters("tail"):
        return start + head + 2 if _rare_name(text, start, run, head) else None
    short, long = start + head + 1, start + head + 2
    if len(run) < head + 2 or not _HAN.match(run[-1]) or run[-1] in characters("ends"):
        return short
    if run[-1] in characters(
        "joint"
    ):  # 祝清和说, but 李明和王刚: a name follows a joint, a verb or stop a name
        return start + head + 2 if _closes().match(text, start + head + 2) else short
    return _longer_or_shorter(text, start, short, long)


def _rare_name(text: str, start: int, run: str, head: int) -> bool:
    """`方以宁`: a middle character that mostly is a particle. The surname must be no such word itself, and
    what follows must close a name."""
    if (
        len(run) < head + 2
        or run[head] not in characters("middle")
        or run[0] in characters("wordlike")
        or not _HAN.match(run[-1])
    ):
        return False
    return run[-1] not in characters("tail") and bool(_closes().match(text, start + head + 2))


def _longer_or_shorter(text: str, start: int, short: int, long: int) -> int | None:
    window = text[
        max(0, start - 50_000) : start + 50_000
    ]  # bounded: the count must not make the whole quadratic
    names, longer = window.count(text[start:short]), window.count(text[start:long])
    if names > 1:
        if longer == names:
            return long
        if longer == 1:
            return short
    if text[short] in characters("third") and _closes().match(text, long):
        return long
    if _follow().match(text, long):
        return short if _follow().match(text, short) and text[short] not in characters("both") else long
    return short if _follow().match(text, short) else None


def _reach_back(text: str, match: re.Match[str]) -> int:
    """Where the position phrase begins: back to a break, over 、 only to another position."""
    floor = max(0, match.start() - 44)
    left = text[floor : match.start()]
    begin = 0
    for stop in _BREAK.finditer(left):
        begin = stop.end()
    for stop in _before().finditer(left, begin):
        begin = stop.end()
    for stop in _JOINT.finditer(left, begin):
        if _ORG_START.match(left + match[0], stop.end()):
            begin = stop.end()
    for stop in re.finditer("、", left[begin:]):
        before = left[begin : begin + stop.start()]
        if not re.search(rf"(?:{_positions().pattern})$", before) and not _inside_brackets(left, begin):
            begin += stop.end()
            return floor + begin
    while text[floor + begin] in "、（）”":
        begin += 1
    return floor + begin


def _inside_brackets(left: str, at: int) -> bool:
    return left.count("（", at) != left.count("）", at)


def _before_brackets(flat: Flat) -> Iterator[tuple[int, int, str]]:
    """`方以宁（市委常委、常务副市长）`: the position in brackets behind the name."""
    for match in _BRACKETED.finditer(flat.text):
        position = match["position"]
        if not re.search(rf"(?:{_positions().pattern})$", position):
            continue
        for length in (2, 3, 4):
            start = match.start() - length
            left = flat.text[max(start - 1, 0) : max(start, 0)]
            run = flat.text[max(start, 0) : match.start()]
            if (
                start >= 0
                and _name_at(run + "（", 0) == length
                and (not _HAN.match(left) or left in characters("opens_bracket"))
            ):
                yield start, match.start(), position
                break


def _before_titles(flat: Flat) -> Iterator[tuple[int, int, str]]:
    """`方以宁教授`: a title right after a name that begins at a break, or that is known."""
    single, _ = _surnames()
    for match in re.finditer(_TITLES_AFTER, flat.text):
        for length in (3, 2):
            start = match.start() - length
            name = flat.text[max(start, 0) : match.start()]
            if start < 0 or len(name) != length or name[0] not in single or not all(map(_HAN.match, name)):
                continue
            left = flat.text[start - 1 : start]
            opens = not left or not _HAN.match(left) or left in characters("opens_title")
            if (
                (opens or match[0] == "总书记")
                and not set(name[1:]) & characters("tail")
                and not _nobody().match(flat.text, start)
            ):
                yield start, match.start(), match[0]
                break


def _rosters(flat: Flat) -> Iterator[tuple[int, int, str]]:
    """`嘉宾：徐某某 市人大代表 …局局长`: the white space of the document parts names and positions."""
    for match in _ROSTER.finditer(flat.text):
        name: tuple[int, int] | None = None
        tokens = list(_tokens(flat, match.end()))
        index = 0
        while index < len(tokens):
            start, end, _ = tokens[index]
            step = 1
            if _is_name(flat, tokens, index):
                step = 1 if end - start > 1 else 2
                name = (start, tokens[index + step - 1][1])
            else:
                step = _held_position(flat, tokens, index)
                if name and step:
                    yield *name, flat.text[start : tokens[index + step - 1][1]].replace("\n", "")
            index += step or 1


def _tokens(flat: Flat, at: int) -> Iterator[tuple[int, int, bool]]:
    """Visible runs after a roster's mark and whether a line break follows; they end with its sentence."""
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


def _is_name(flat: Flat, tokens: list[tuple[int, int, bool]], index: int) -> bool:
    """A run that is a name, or a surname and a given name of one character each (`陶  明`)."""
    start, end, _ = tokens[index]
    if end - start == 1 and index + 1 < len(tokens):
        end = tokens[index + 1][1]
    run = flat.text[start:end].replace("\n", "")
    return 2 <= len(run) <= 4 and not _positions().search(run) and _name_at(run + "，", 0) == len(run)


def _held_position(flat: Flat, tokens: list[tuple[int, int, bool]], index: int) -> int:
    """How many runs from `index` make a position (a wrapped line may part one); 0 where they make none."""
    for count in (1, 2):
        if index + count > len(tokens) or (count == 2 and not tokens[index][2]):
            return 0
        run = flat.text[tokens[index][0] : tokens[index + count - 1][1]].replace("\n", "")
        if re.search(f"(?:{_positions().pattern})$", run):
            return count
    return 0
