"""Words for an area that the reader knows: 全市, 我省, 县里 of the own area, 该县 of the one named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from cunzhao.extract.places.areas import NamedArea, in_order, level, parent_of, province_of, with_role

_KINDS = "省市县区州旗盟"
_OWN = re.compile(
    rf"(?:[全我本该][{_KINDS}]|市域|我们[省市县区])(?![委长政级会人外内协局域])|"
    r"(?<![^，。；：“\n])(?:两市(?!分|依)|[省市县区旗州]里(?![程面])|[省市县区旗州]财政)|"
    r"(?<![让使令给对与和跟同向为请])我们(?=[0-9的是有还已就截一人只才仅])|(?<=，)我们"
)
_SAYS = re.compile(
    r"[^，。；：\n]{2,20}(?:说|介绍|表示|坦言|告诉记者|透露|回忆)[，：]?“?(?:[^。“”\n]{0,30}[，；])?"
)
_THEN_SAYS = re.compile(r"[^，。；“”\n]{2,24}(?:说|介绍|表示|坦言|告诉|透露|回忆|感慨|算|笑|道)")
OFFICES = ("管委会", "管理局", "办", "局", "委")
_LABEL = re.compile(r"[^，。；\n]{2,24}：")
_ANSWER = 600
_CITY, _COUNTY = 2, 3  # levels
_HELPS = re.compile(r"对口|帮扶|支援|援[建助]|结对")
_QUOTE = 160  # characters within which a quotation closes
_FAR = 400  # characters over which 全县 in a city's report means the county named last
_NEAR = 60
_LAST = 12  # areas before among which it is looked for


def with_own_words(text: str, found: list[NamedArea], own: Callable[[int], str | None]) -> list[NamedArea]:
    """`found` with 全市 and the like, which mean what `own(at)` says, or what that lies in (全省), or the
    county told before (全县 in a city's report, 该县)."""
    told: list[NamedArea] = []
    for match in _OWN.finditer(text):
        start, end = match.span()
        name = _meant(text, found, start, match[0], own)
        if name:
            told.append(with_role(text, NamedArea(start, end, name, "subject")))
    return in_order([*found, *told])


def _meant(
    text: str, found: Sequence[NamedArea], at: int, word: str, own: Callable[[int], str | None]
) -> str | None:
    kind = next((sign for sign in word if sign in _KINDS), "")
    here = own(at)
    last = next(iter(_before(found, at)), None)
    if last and last.end == at and word[0] == "全":  # 嘉兴全市
        return None
    if word[0] == "我" and kind and kind in "市县区州旗":
        return _answers(text, found, at, kind) or _own_named(here, word, kind)
    if word == "我们":
        return _speaks(text, found, at) or _answers(text, found, at, "") or here
    if word[0] == "该":
        named = [p for p in _before(found, at) if p.name.endswith(kind) and (p.known or kind == "区")]
        return next((p.name for p in named if p.role != "aside"), named[0].name if named else None)
    if word[0] not in "我本两" and kind and kind in "市县区旗":
        told = _told(text, _before(found, at), at, kind, here)
        if told and own(told.start) == here:
            return told.name
    return _own_named(here, word, kind)


def _answers(text: str, found: Sequence[NamedArea], at: int, kind: str) -> str | None:
    """`兰陵县副县长某某：我县…`: the county of the official whose answer it is."""
    floor = max(0, at - _ANSWER)
    start = text.rfind("\n", floor, at) + 1
    index = bisect_left(found, start, key=lambda p: p.start)
    first = found[index] if (start or not floor) and index < len(found) else None
    named = first and first.start == start and first.known and first.name.endswith(kind)
    return first.name if first and named and _LABEL.match(text, first.end) else None


def _speaks(text: str, found: Sequence[NamedArea], at: int) -> str | None:
    """The firm or body whose words stand at `at`: `公司总经理某某说，我们…`, `“我们…。”公司总经理某某说`."""
    before = next((p for p in _before(found, at) if not p.known and at - p.start < _NEAR), None)
    told = before if before and _SAYS.fullmatch(text, before.end, at) else None
    return told.name if told else speaker_behind(text, found, at)


def speaker_behind(text: str, found: Sequence[NamedArea], at: int) -> str | None:
    """The firm, body or area of who speaks the quotation in which `at` stands: `“…。”公司经理某某说`."""
    close = text.find("”", at, at + _QUOTE)
    if close < 0 or text.find("“", at, close) >= 0 or text.find("\n", at, close) >= 0:
        return None
    index = bisect_left(found, close + 1, key=lambda p: p.start)
    says = found[index] if index < len(found) else None
    if not says or says.start != close + 1:
        return None
    if level(says.name) != _COUNTY if says.known else text.startswith(OFFICES, says.end):
        return None
    return says.name if _THEN_SAYS.match(text, says.end) else None


def _before(found: Sequence[NamedArea], at: int) -> list[NamedArea]:
    """The last few areas before `at`, the latest first."""
    high = bisect_left(found, at, key=lambda p: p.start)
    return [p for p in reversed(found[max(0, high - _LAST) : high]) if at - p.start < _FAR]


def _told(text: str, before: Sequence[NamedArea], at: int, kind: str, here: str | None) -> NamedArea | None:
    """The county that `全县` means: the one told last, where the own area is none; a city within the own one
    (射洪市副市长…：全市), or one that opens its sentence (长治光伏装机290万千瓦，但全市…), only there."""
    no_county = kind != "市" and here is not None and level(here) != _COUNTY
    prefecture = here is not None and level(here) == _CITY and not here.endswith("市")
    cities = kind == "市" and prefecture  # in a report of a 州
    for area in before:
        if cities and area.known and area.name.endswith("市") and area.role == "subject":
            return area
        beside = at - area.start < _NEAR and text.find("。", area.end, at) < 0
        if kind == "市" and beside and level(area.name) == _CITY and _opens(text, area):
            return area if area.name != here else None
        if area.role == "aside" or level(area.name) != _COUNTY or not area.name.endswith(kind):
            continue
        if no_county or beside:
            return area
    return None


def _opens(text: str, area: NamedArea) -> bool:
    """Whether a sentence begins with the area, which is not only told to help another one."""
    first = area.start == 0 or text[area.start - 1] in "。；：“\n"
    return first and area.role == "subject" and not _HELPS.match(text, area.end)


def _own_named(own: str | None, word: str, kind: str) -> str | None:
    """The area that `word` (全省, 我市) means where `own` is spoken of: it, or what it lies in."""
    rank = level(own or "")
    if not own or not rank:
        return own
    if kind == "省" and rank > 1:
        return province_of(own)
    if rank == 3 and ((kind == "市" and not own.endswith("市")) or kind in "州盟") and kind:
        return parent_of(own)
    if word == "全区" and not own.endswith("区") and province_of(own).endswith("自治区"):
        return province_of(own)
    return own
