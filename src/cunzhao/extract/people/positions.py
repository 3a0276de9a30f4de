"""What a position is, and how far its phrase reaches back: `绍兴市委副书记、市长`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cunzhao.extract.lexicons import any_of, characters, guarded, words

_REACH = 60  # characters
_BREAK = re.compile(r"[^一-龥A-Za-z0-9（）《》“”、·]")
_JOINT = re.compile(r"与|和|及|同")
_LEAD = re.compile(r"[、（）》”]+|与(?!会)")  # what a phrase does not begin with
_ORG_START = re.compile(
    r"(?:中共|国家|中央|国务院|全国|[省市县区](?:[委政人纪长]|[一-龥]{1,8}[局办厅委])|自治|"
    r"[一-龥]{2,6}[省市县区州](?!域)|党|副|常务|原|时任|代)"
)
_REMARK = re.compile(r"（[^（）\n，。]{1,10}）")  # `副局长（主持工作）`
_PLURAL = re.compile(r"(?:领导|代表|委员|常委|专家|学者|教授|博士|[师员人事生家])$")
_SHARED = re.compile(
    r"副|领导$|代表$|委员$|常委$|专家$|学者$|顾问$|[师员人]$|教授$|院士$|博士$|董事$|经理$|总监$"
)


@cache
def ends() -> str:
    """An alternation of what a position ends with."""
    return f"(?:{any_of(words('positions.txt'))})(?:助理)?"


@cache
def _position() -> re.Pattern[str]:
    return re.compile(ends())


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(f"{ends()}$")


@cache
def _before() -> re.Pattern[str]:
    """Words before which a position phrase cannot reach back."""
    return re.compile(rf"[0-9]+[年月日]|{guarded('person_before.txt')}")


def is_position(phrase: str) -> bool:
    """Whether a phrase ends with what a position ends with."""
    return bool(_at_end().search(phrase[-12:]))


def is_plural(position: str) -> bool:
    """Whether it mostly names a class: what follows `专家` need be no name."""
    return bool(_PLURAL.search(position))


def is_shared(position: str) -> bool:
    """Whether several may hold it: of `副市长张三、李四` both do, of `市长张三、李四` one."""
    return bool(_SHARED.search(position.rsplit("、", 1)[-1]))


def read_positions(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of what ends a position, and where a name may follow (behind a remark in brackets)."""
    for match in _position().finditer(text):
        remark = _REMARK.match(text, match.end())
        yield match.start(), match.end(), remark.end() if remark else match.end()


def glued(text: str, end: int) -> bool:
    """`市|长江大桥`: the 长 of a position may belong to what follows."""
    return text[end - 1] == "长" and text[end : end + 1] in characters("glued")


def reach_back(text: str, start: int, behind: int = 0) -> int:
    """Where the phrase begins of the position whose last word begins at `start`: back to a break or to
    `behind`, where another name ends, over 、 only to another position."""
    floor = max(behind, start - _REACH)
    left = text[floor:start]
    begin = 0
    for stop in _BREAK.finditer(left):
        begin = stop.end()
    begin = max(begin, _unmatched(left, begin))
    for stop in _before().finditer(left, begin):
        begin = stop.end()
    for stop in _JOINT.finditer(left, begin):
        if _ORG_START.match(left + text[start : start + 3], stop.end()):
            begin = stop.end()
    for stop in re.finditer("、", left):
        if stop.start() >= begin and not is_position(left[begin : stop.start()]):
            begin = stop.end() if _whole(left[begin : stop.start()]) else begin
    if floor == behind > 0 and begin == 0 and _JOINT.match(left):
        begin = 1
    lead = _LEAD.match(text, floor + begin, start)
    return lead.end() if lead else floor + begin


def _whole(part: str) -> bool:
    """Outside brackets."""
    return part.count("（") == part.count("）")


def _unmatched(left: str, begin: int) -> int:
    """Behind an opening mark that is not closed: `（市长…`, `“局长…`."""
    for opening, closing in ("（）", "“”", "《》"):
        at = left.rfind(opening, begin)
        if at >= 0 and closing not in left[at:]:
            begin = at + 1
    return begin
