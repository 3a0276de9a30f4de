"""Names that stand before their position: `方以宁（某县县长）`, `方以宁，某公司董事长`, `方以宁教授`,
`方以宁、祝清和等市领导`, `任命方以宁为某市财政局局长`.

Each gives start and end of the name and of its position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.lexicons import characters
from cunzhao.extract.people.names import DOTS, HAN, is_name, name_end
from cunzhao.extract.people.positions import ends, is_position, reach_back

Held = tuple[int, int, int, int]
_SELF = r"(?:[男女]，)?(?:[一-龥]{1,4}族，)?"
_BRACKETED = re.compile(rf"（{_SELF}(?P<position>[^（）。；：，\n]{{2,40}})(?=[），；])")
_TITLES = re.compile(
    r"总书记|国家主席|副?主席|总理|院士|副?教授|研究员|博士|副?[省市县区镇局厅部院校会行]长|秘书长|董事长|副?书记|副?主任|"
    r"总经理|总裁|老师"
)
_HEAD = re.compile(r"(?:^|(?<=[。；：（]))(?P<name>[一-龥·•・‧]{2,12})(?:同志)?[，：]", re.M)
_LABEL = re.compile(r"^(?P<position>[一-龥（）]{2,16})：(?P<name>[一-龥·•・‧]{2,12})$", re.M)
_PART = re.compile(r"[^，。；）\n]{1,60}")
_SINCE = re.compile(r"^(?:现任|现为|时任|曾任|系|任|是|为)")
_IS = re.compile(
    r"(?:同志|先生|女士)?(?:(?:当选|担任|出任|兼任|现任|就任|聘任|改任|转任|升任|任|为|系|是)为?)(?=[一-龥])"
)
_FREED = re.compile(r"免去|辞去|撤销")
_RUN = r"[一-龥A-Za-z0-9《》“”·、]{2,40}"
_OFFICES = re.compile(_RUN), re.compile(rf"{_RUN}（[^（）\n]{{1,20}}）{_RUN}")
_POST = re.compile(r"(?:的?职务|候选人|一职|人选)+$")
_NAMED = re.compile(r"(?:任命|选举|推选|提名|聘任|聘请|增补|同意|决定|批准|接受|由|免去|推荐|作者|嘉宾)$")
_OTHERS = re.compile(
    r"等(?:人|同志)?(?P<position>[一-龥]{0,8}?(?:领导|专家|学者|教授|院士|委员|负责人))(?![一-龥]{0,2}[长任记])"
)


def read_before(text: str) -> Iterator[Held]:
    for forms in (_brackets, _titles, _appositions, _labels, _appointments, _dismissals, _and_others):
        yield from forms(text)


def _is_name(text: str, start: int, end: int) -> bool:
    return is_name(text[start:end], ends())


def _is_office(text: str, start: int, end: int) -> bool:
    """Whether the whole run is the phrase of a position."""
    last = re.search(f"{ends()}$", text[max(start, end - 12) : end])
    return last is not None and reach_back(text, end - len(last[0]), start) == start


def _name_before(text: str, end: int, opens: str) -> int | None:
    """Where the name begins that ends at `end`: behind a break or one of the characters `opens`."""
    dotted = re.search(rf"[一-龥{DOTS}]*[{DOTS}][一-龥]+$", text[max(0, end - 16) : end])
    if dotted:
        return end - len(dotted[0]) if _is_name(text, end - len(dotted[0]), end) else None
    for start in (end - 3, end - 2, end - 4):
        if start >= 0 and _opened(text, start, opens) and _is_name(text, start, end):
            return start
    return None


def _opened(text: str, start: int, opens: str) -> bool:
    left = text[max(0, start - 1) : start]
    return not HAN.match(left) or left in characters(opens)


def _brackets(text: str) -> Iterator[Held]:
    """`方以宁（市委常委、常务副市长）`."""
    for match in _BRACKETED.finditer(text):
        if is_position(match["position"]):
            start = _name_before(text, match.start(), "opens_bracket")
            if start is not None:
                yield start, match.start(), *match.span("position")


def _titles(text: str) -> Iterator[Held]:
    """`方以宁教授`: a title right after a name that begins at a break, and no name behind it."""
    for match in _TITLES.finditer(text):
        for start in (match.start() - 3, match.start() - 2):
            opened = start >= 0 and (_opened(text, start, "opens_title") or match[0] == "总书记")
            if opened and _is_name(text, start, match.start()) and not name_end(text, match.end(), ends()):
                yield start, match.start(), *match.span()
                break


def _appositions(text: str) -> Iterator[Held]:
    """`方以宁，男，汉族，1968年生，现任某县县长。`: at the head of a line or sentence."""
    for match in _HEAD.finditer(text):
        if not _is_name(text, *match.span("name")):
            continue
        at = match.end()
        for _ in range(7):
            part = _PART.match(text, at)
            if not part:
                break
            start = at + (found.end() if (found := _SINCE.match(part[0])) else 0)
            if _is_office(text, start, part.end()) and (found or at == match.end()):
                yield *match.span("name"), start, part.end()
                break
            at = part.end() + 1
            if text[part.end() : at] != "，":
                break


def _labels(text: str) -> Iterator[Held]:
    """`县长：方以宁` on a line of its own."""
    for match in _LABEL.finditer(text):
        if is_position(match["position"]) and _is_name(text, *match.span("name")):
            yield *match.span("name"), *match.span("position")


def _appointments(text: str) -> Iterator[Held]:
    """`任命方以宁为某市财政局局长`, `方以宁当选市长`."""
    for match in _IS.finditer(text):
        start = _named_before(text, match.start())
        stop = _office_end(text, match.end()) if start is not None else None
        if start is not None and stop:
            yield start, match.start(), match.end(), stop


def _office_end(text: str, start: int) -> int | None:
    """Where the position ends that begins at `start` and takes the whole clause."""
    for form in _OFFICES:
        run = form.match(text, start)
        end = start + len(_POST.sub("", run[0])) if run else start
        if _is_office(text, start, end):
            return end
    return None


def _named_before(text: str, end: int) -> int | None:
    for start in (end - 3, end - 2):
        left = text[max(0, start - 2) : max(0, start)]
        if start >= 0 and (not HAN.match(left[-1:]) or _NAMED.search(left)) and _is_name(text, start, end):
            return start
    return None


def _dismissals(text: str) -> Iterator[Held]:
    """`免去祝清和的某县县长职务`."""
    for match in _FREED.finditer(text):
        start = match.end()
        for end in (start + 3, start + 2):
            begin = end + (text[end : end + 1] == "的")
            stop = _office_end(text, begin) if _is_name(text, start, end) else None
            if stop:
                yield start, end, begin, stop
                break


def _and_others(text: str) -> Iterator[Held]:
    """`方以宁、祝清和等市领导`."""
    for match in _OTHERS.finditer(text):
        end = match.start()
        while (start := _name_before(text, end, "joint")) is not None:
            yield start, end, *match.span("position")
            if text[max(0, start - 1) : start] not in ("、", *characters("joint")):
                break
            end = start - 1
