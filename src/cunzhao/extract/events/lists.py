"""Lists that something closes (`甲、乙等重大项目`) or counts (`甲、乙两条铁路`): their members are names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.extract.events.edges import after_break, sort_of, specific
from cunzhao.extract.events.firms import firm, product
from cunzhao.extract.events.stages import read_signs
from cunzhao.extract.events.units import items

_JOINT = re.compile(r"以及|[和及](?!谐|平|其)")
_CLOSE = re.compile(
    r"(?:等(?:[一二两三四五六七八九十0-9余多]*[大个批条座项家]|系列)?(?P<what>[^，。；：！？、\n与和在]{0,16}?)"
    r"|(?<=[一-龥）])(?<![有各共仅只达到了成])(?:[两三四五六七八九十]|[0-9]{1,2})[大个条座项])"
    r"(?P<kind>项目|工程|平台|载体|园区|道路|高速公路|高速|快速路|铁路|公路|桥梁|隧道|大桥|航道|码头|泊位|城市综合体|商业综合体|综合体|街区|场馆|学校|医院|公园|景区|电厂|风电场|光伏电站|输变电工程|水电站|电站|水库|通道|基地|校区|重大设施|重点设施|重大基础设施)"
    r"(?=$|[，。；：！？、）”\n]|[和及与的在已将正也均都于先为有全持健0-9]|建设|前期|研究|加快|稳步|顺利|有序|协同|提速|现场|当天|当场|开|建|投|落|入|签|推进|相继|陆续|纷纷|集中|进展|取得|启|竣|完|实施|规划|持续|健康)"
)
# What closes a list and is no part of the names in it.
_UMBRELLA = frozenset({"项目", "工程", "平台", "载体", "园区", "城市综合体", "商业综合体", "场馆", "学校"})
_NO_CLOSE = re.compile(r"领域|方面|行业|类|优惠|政策")
# 投资15亿元的甲、8亿元的乙等项目
_WORTH = re.compile(r"[0-9.]{1,12}余?(?:百万|千万|亿|万)余?(?:元|美元|欧元)?的(?=[^，。]{2}|$)")
_COUNT_OF = re.compile(
    r"(?<![的等0-9])([两三四五六七八九]|[2-9])[条座个](?P<kind>[^，。；：！？、\n]{0,8}?(?:铁路|高速公路|高速|公路|大桥|隧道|通道|机场|港口|码头|水库|电站|"
    r"产业园|园区|项目|工程|轨道|航道|快速路|医院|学校)(?:扩能改造|改扩建|改造|工程)?)"
)
_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_LONG = 16  # characters of an amount before a member
_MEMBER = 10  # characters of a member that is counted


@dataclass(frozen=True, slots=True)
class Name:
    """One named thing. The list it stands in runs from `first` to `last`, what closes it included."""

    start: int
    end: int
    text: str
    sort: str  # hard, soft, org, bare (no head of its own)
    proper: bool  # more than words of a trade: 信息产业园 is not
    first: int
    last: int
    closed: bool  # the list ends with 等…项目
    clause: tuple[int, int]


def plain(name: str) -> str:
    name = re.sub(r"^[“‘《]([^“”]*)[”’》]$", r"\1", name)
    return name.replace("等“", "“", 1)


def read_closed(text: str, start: int, end: int) -> Iterator[Name]:
    """The members of lists that end with `等重大项目` or `三大工程`."""
    done = start
    for close in _CLOSE.finditer(text, start, end):
        if _NO_CLOSE.search(close[0]) or read_signs(close["what"] or "", 0, len(close["what"] or "")):
            continue
        spans = list(_members(text, done, close.start()))
        if not spans or (close[0][0] != "等" and len(spans) < 2):
            continue
        done = close.end()
        named = all(specific(text[begin:stop], kinds=True) for begin, stop in spans)
        tail = close["kind"] if close["kind"] not in _UMBRELLA else ""
        for begin, stop in spans:
            worth = bool(_WORTH.search(text, max(start, begin - _LONG), begin))
            name = plain(text[begin:stop])
            sort = sort_of(name)
            if not specific(name, kinds=sort == "bare") or (
                sort == "bare" and product(name) and not worth and not (named and firm(name))
            ):
                continue
            full = name + tail if tail and sort == "bare" else name
            yield Name(
                begin,
                stop,
                full,
                sort,
                specific(name, kinds=True),
                spans[0][0],
                close.end(),
                True,
                (start, end),
            )


def read_counted(text: str, start: int, end: int) -> Iterator[Name]:
    """`甲至乙、甲至丙两条铁路`: as many members as are counted share the head."""
    for count in _COUNT_OF.finditer(text, start, end):
        number = _NUMBERS.get(count[1]) or int(count[1] if count[1].isdigit() else 0)
        spans = list(_members(text, start, count.start()))
        if number < 2 or len(spans) != number or any(stop - begin > _MEMBER for begin, stop in spans):
            continue
        kind = count["kind"]
        for begin, stop in spans:
            own = text[begin:stop]
            name = own + kind if sort_of(own) == "bare" else own
            yield Name(begin, stop, name, sort_of(name), True, spans[0][0], count.end(), False, (start, end))


def _members(text: str, floor: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of the list that ends at `end`, back to the verb that governs it."""
    spans: list[tuple[int, int]] = []
    for start, stop in reversed(items(text, floor, end)):
        begin = after_break(text, start, stop, verbs_only=True)
        if not 2 <= stop - begin <= 44:
            break
        spans.insert(0, (begin, stop))
        if begin > start:
            break
    if spans:
        begin, stop = spans[0]
        spans[0] = after_break(text, begin, stop, joined=True), stop
    for start, stop in spans:
        yield from _parted(text, start, stop)


def _parted(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """`甲大桥和乙通道` are two where the first ends with a head."""
    at = start
    for joint in _JOINT.finditer(text, start, stop):
        if sort_of(text[at : joint.start()]) != "bare" and specific(text[joint.end() : stop], kinds=True):
            yield at, joint.start()
            at = joint.end()
    if stop - at > 1:
        worth = _WORTH.search(text, at, stop)  # 8亿元的乙
        yield worth.end() if worth else at, stop
