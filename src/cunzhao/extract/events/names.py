"""Names of things that are set up: a head (`铁路`, `项目`) with what stands before it up to a break.

A name alone is no project: whether its clause says that the thing is being set up is read in `project.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cunzhao.extract.events.edges import after_break, heads, left_edge, sort_of, specific
from cunzhao.extract.events.firms import firm, product, read_firms
from cunzhao.extract.events.stages import read_signs
from cunzhao.extract.events.units import clauses, items

_JOINT = re.compile(r"以及|[和及](?!谐|平|其)")
_AFTER = re.compile(
    r"$|[、，。；：！？”》）（\n\]—…%]|等(?!级|离子|次)|以及|[0-9]+(?:\.[0-9]+)?(?:公里|平方|米|万吨)"
    r"|[和与及或的了已将正也还均都于在是为由至从被拟仅只就即刚近共可能上下有全首其则现先相陆仍曾尚未更达需累长设另每日一]|"
    r"计划|预计|总|投资|规划|目前|今|去年|明年|20[0-9]{2}年|[0-9]{1,2}月|年[产内底]|有望|如期|顺利|进展|进度|进入|完成|实现|"
    r"获|列入|纳入|占|位于|坐落|分|主体|合计|两|稳步|加快|力争|争取|提前|成功|快速|落|签|工地|开|建|投|启|动|竣|完工|揭|挂|交付|通|试|入|奠|施工|封|招|运|达产|并网|推进|成立|"
    r"洽谈|前期|选址|立项|满产|满负荷|量产|点火|点亮|截流|蓄水|发电|掘进|铺轨|铺设|架设|架梁|合龙|复工|复建|修复|修缮|贯通|全线|首[台列发航]|"
    r"拔地|吊装|浇筑|征地|征迁|拆迁|环评|可研|报批|核准|批复|申报|创建|筹建|论证|续建|重启|恢复|运营|移交|验收|联调|搬迁|提标|提质|升级|迁建|修建|如火|热火|加紧|抓紧|集中|"
    r"陆续|全力|强力|持续|扎实|深入|同步|装修|设备|土建|桩基|进|不|这|作为|协同推进|经|(?:战略|投资|框架|全面)?(?:合作|投资|框架|入园)?(?:框架)?协议|合作备忘录|扩|改"
)
_CLOSE = re.compile(
    r"(?:等(?:[一二两三四五六七八九十0-9余多]*[大个批条座项家]|系列)?(?P<what>[^，。；：！？、\n与和在]{0,16}?)"
    r"|(?<=[一-龥）])(?:[两三四五六七八九十]|[0-9]{1,2})[大个条座项])"
    r"(?P<kind>项目|工程|平台|载体|园区|道路|高速公路|高速|快速路|铁路|公路|桥梁|隧道|大桥|航道|码头|泊位|城市综合体|商业综合体|综合体|街区|场馆|学校|医院|公园|景区|电厂|风电场|光伏电站|输变电工程|水电站|电站|水库|通道|基地|校区|重大设施|重点设施|重大基础设施)"
    r"(?=$|[，。；：！？、）”\n]|[和及与的在已将正也均都于先为有全持健0-9]|建设|前期|研究|加快|稳步|顺利|有序|协同|提速|开|建|投|落|入|签|推进|相继|陆续|纷纷|集中|进展|取得|启|竣|完|实施|规划|持续|健康)"
)
# What closes a list and is no part of the names in it.
_UMBRELLA = frozenset({"项目", "工程", "平台", "载体", "园区", "城市综合体", "商业综合体", "场馆", "学校"})
_NO_CLOSE = re.compile(r"领域|方面|行业|类|优惠|政策")
_SIDE = re.compile(r"[东西南北](?=[、，。])")
_LOOSE_END = re.compile(
    r"等(?!重大|重点|一批|$|[，。；：！？、）”\n]|建设|规划|开|项目|工程|前期|相继|陆续|先后|加快|稳步|顺利|全面|正在|已|均|将)"
)
# Several of a kind are no named thing: 制造业项目28个, 3条生产线, 一批基地, 等…设施.
_MANY = re.compile(r"[0-9一二两三四五六七八九十百]+余?[个家座条项处](?!月|工作|百分)")
_SAID_TO_BE = re.compile(r"(?:(?<!的)是|为|成为)(?:我|全|本)?[省市县区国]?的?$")  # 某电站是我县重点项目
_CAMPAIGN = re.compile(
    r"(?:培育|培养|培训|引育|引培|培优|倍增|攻坚|行动|振兴|惠民|利民|暖心|护航|领航|强基|铸魂|关爱|创建|百千万|阳光|平安|雪亮|温暖|希望|春蕾|绿色|素养|共富|富民|健康|清廉|一号|品牌|帮扶|就业|素质|文明|名师|名医)[”’]?工程$"
)
_SUM = re.compile(r"第[一二三四五六七八九十0-9]+[次届批]|招商引资项目|重[大点]项目|签约项目|开工项目")
_MANY_OF = re.compile(
    r"(?:[0-9二两三四五六七八九十百余多数几]+余?[个家座条项处所]|一批|多个|若干|一些|等)[大的新]?$"
)
_ALIAS = re.compile(r"（([^（）\n]{2,20})）")
_JOINED = ("、", "和", "及", "与", "以及", "”、“", "”“", "”和“")
_LINE = re.compile(r"[0-9一二三四五六七八九十]+号线")
_COUNT_OF = re.compile(
    r"(?<![的等0-9])([两三四五六七八九]|[2-9])[条座个](?P<kind>[^，。；：！？、\n]{0,8}?(?:铁路|高速公路|高速|公路|大桥|隧道|通道|机场|港口|码头|水库|电站|"
    r"产业园|园区|项目|工程|轨道|航道|快速路|医院|学校)(?:扩能改造|改扩建|改造|工程)?)"
)
_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_MEMBER = 10  # characters of a member that is counted
_SHORTEST = 3  # characters of a name
_SHARED = 6  # characters before a head that members of a list may share


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


def read_names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names of a sentence in order, lists completed; a thing named by general words only is none."""
    line = ""
    for clause in clauses(text, start, end):
        found = [*_closed(text, *clause), *_counted(text, *clause)]
        taken = [(name.first, name.last) for name in found]
        for name in _headed(text, *clause):
            if not any(first < name.end and name.start < last for first, last in taken):
                found.append(name)
        for begin, stop, first, last in read_firms(text, *clause):
            if not any(name.start < stop and begin < name.end for name in found):
                found.append(Name(begin, stop, text[begin:stop], "bare", True, first, last, False, clause))
        for name in sorted(found, key=lambda name: name.start):
            number = _LINE.search(name.text)
            if number and number.start() == 0 and line:
                yield replace(name, text=line + name.text, proper=True)
                continue
            line = name.text[: number.start()] if number else line
            yield name


def _headed(text: str, start: int, end: int) -> Iterator[Name]:
    """Names with a head of their own, those joined by 、 or 和 as one list."""
    row: list[Name] = []
    for match in heads().finditer(text, start, end):
        name = _name(text, start, match, end)
        if not name:
            continue
        if row and row[-1].end > name.start:
            row.pop()
        if row and not _joined(text, row[-1].end, name.start):
            yield from _as_list(text, row)
            row = []
        row.append(name)
    yield from _as_list(text, row)


def _joined(text: str, end: int, start: int) -> bool:
    """Two names of one list, though a thing with no name of its own (`档案馆`) may stand between them."""
    between = text[end:start]
    if between in _JOINED:
        return True
    kinds = between[1:-1].split("、") if between[:1] + between[-1:] == "、、" else []
    return 0 < len(kinds) < 6 and all(2 < len(k) < 12 and sort_of(k) in ("hard", "org") for k in kinds)


def _name(text: str, start: int, match: re.Match[str], end: int) -> Name | None:
    stop = _with_alias(text, match.end(), end)
    if text[stop : stop + 1] == "）" and text.rfind("（", start, stop) > text.rfind("）", start, stop):
        stop += 1
    if _SIDE.match(text, stop, end):
        stop += 1
    if not _AFTER.match(text, stop, min(stop + 8, end)) and stop < end:
        return None
    if heads().match(text, match.end(), end) or _LOOSE_END.match(text, stop, min(stop + 4, end)):
        return None
    begin = left_edge(text, start, match.start(), match.end())
    if _CAMPAIGN.search(text, start, stop) and text[begin or start : stop].endswith("工程"):
        return None
    if begin is None or _in_quotes(text, start, begin, stop) or _MANY.match(text, stop, end):
        return None
    if _SAID_TO_BE.search(text[max(start, begin - 6) : begin]) or _MANY_OF.search(
        text[max(start, begin - 8) : begin]
    ):
        return None
    if text[begin:stop].count("（") > text[begin:stop].count("）") or _SUM.search(text, begin, stop):
        return None
    if text[begin] == "“" and "”" not in text[begin:stop]:
        begin += 1
    name = _plain(text[begin:stop])
    if len(name) < _SHORTEST:
        return None
    proper = specific(name, kinds=True) or _owned(text, start, begin)
    return Name(begin, stop, name, sort_of(match[0]), proper, begin, stop, False, (start, end))


def _owned(text: str, floor: int, begin: int) -> bool:
    """`南湖区的金融创新示范区`."""
    return bool(re.search(r"[一-龥]{2}[市县区镇州]的$", text[max(floor, begin - 6) : begin]))


def _in_quotes(text: str, floor: int, begin: int, end: int) -> bool:
    """Inside a title or saying, and not the whole of it."""
    left, right = text[floor:begin], text[begin:end]
    if "《" in right and not right.endswith("》"):
        return True
    for opening, closing in ("“”", "《》"):
        if left.count(opening) > left.count(closing):
            return True
        if right.count(opening) > right.count(closing) and right[0] != opening:
            return True
    return False


def _as_list(text: str, row: list[Name]) -> Iterator[Name]:
    if not row:
        return
    shared = list(_sharing(text, row[0]))
    first = shared[0].start if shared else row[0].start
    for name in [*shared, *row]:
        yield replace(name, first=first, last=row[-1].end)


def _sharing(text: str, name: Name) -> Iterator[Name]:
    """`滨海、镜湖科技城`: short members before the first that has a head share it."""
    floor = name.clause[0]
    own = next((m.start() for m in heads().finditer(name.text) if m.start()), 0)
    if name.start == floor or text[name.start - 1] != "、" or not 1 < own <= _SHARED or name.sort != "hard":
        return
    members: list[tuple[int, int]] = []
    stop = name.start - 1
    while stop > floor:
        start = max(text.rfind("、", floor, stop) + 1, floor)
        begin = after_break(text, start, stop)
        if sort_of(text[begin:stop]) != "bare":
            break
        if not 2 <= stop - begin < _SHARED or not re.fullmatch(r"[一-龥A-Z0-9]+", text[begin:stop]):
            break
        members.insert(0, (begin, stop))
        if begin > start or start == floor:
            break
        stop = start - 1
    if all(specific(text[b:s], kinds=True) and not product(text[b:s]) for b, s in members):
        for begin, stop in members:
            yield replace(name, start=begin, end=stop, text=text[begin:stop] + name.text[own:])


def _with_alias(text: str, end: int, limit: int) -> int:
    """A second name in brackets belongs to the name: `旅游新干线（城际线）`."""
    alias = _ALIAS.match(text, end, limit)
    if not alias:
        return end
    return alias.end() if any(m.end() == len(alias[1]) for m in heads().finditer(alias[1])) else end


def _plain(name: str) -> str:
    name = re.sub(r"^[“‘《]([^“”]*)[”’》]$", r"\1", name)
    return name.replace("等“", "“", 1)


def _closed(text: str, start: int, end: int) -> Iterator[Name]:
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
            name = _plain(text[begin:stop])
            sort = sort_of(name)
            if not specific(name, kinds=sort == "bare") or (
                sort == "bare" and product(name) and not (named and firm(name))
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


def _counted(text: str, start: int, end: int) -> Iterator[Name]:
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
        yield at, stop
