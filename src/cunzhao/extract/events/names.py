"""Names of things that are set up: a head (`铁路`, `项目`) with what stands before it up to a break.

A name alone is no project: whether its clause says that the thing is being set up is read in `project.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cunzhao.extract.events.edges import after_break, heads, left_edge, sort_of, specific
from cunzhao.extract.events.firms import product, read_firms
from cunzhao.extract.events.lists import Name, plain, read_closed, read_counted
from cunzhao.extract.events.told import read_told
from cunzhao.extract.events.units import clauses

_AFTER = re.compile(
    r"$|[、，。；：！？”》）（\n\]—…%]|等(?!级|离子|次)|以及|[0-9]+(?:\.[0-9]+)?(?:公里|平方|米|万吨|吨|万?千瓦|兆瓦|吉瓦|台|座|亩|万标)"
    r"|[和与及或的了已将正也还均都于在是为由至从被拟仅只就即刚近共可能上下有全首其则现先相陆仍曾尚未更达需累长设另每日一]|"
    r"计划|预计|总|投资|规划|目前|今|去年|明年|20[0-9]{2}年|[0-9]{1,2}月|年[产内底]|有望|如期|顺利|进展|进度|进入|完成|实现|"
    r"获|列入|纳入|占|位于|坐落|分|主体|合计|两|稳步|加快|力争|争取|提前|成功|快速|落|签|工地|开|建|投|启|动|竣|完工|揭|挂|交付|通|试|入|奠|施工|封|招|运|达产|并网|推进|成立|"
    r"呢|嘛|办|列|内(?!部)|现场|铺开|却|倒|概算|估算|预算|造价|工可|初设|图纸|随之|塔吊|钢[梁架]|主[塔桥楼]|路基|引桥|机组|厂房|产线|桩|墩|围堰|联调|冲刺|[本上下当]个?[月周年天日]|最[后初先]|放[到在]|春节|国庆|元旦|五一|汛期|上周|昨|随[后即]|尽[早快]|早日|容纳|解决|吸纳|带动|[一二三四]季度|[上下]半年|[一二两三四五六七八九十0-9]+[座条台幢栋]|能|要|会|没|才|终|里|正|"
    r"洽谈|前期|选址|立项|满产|满负荷|量产|点火|点亮|截流|蓄水|发电|掘进|铺轨|铺设|架设|架梁|合龙|复工|复建|修复|修缮|贯通|全线|首[台列发航]|"
    r"拔地|吊装|浇筑|征地|征迁|拆迁|环评|可研|报批|核准|批复|申报|创建|筹建|论证|续建|重启|恢复|运营|移交|验收|联调|搬迁|提标|提质|升级|迁建|修建|如火|热火|加紧|抓紧|集中|"
    r"陆续|全力|强力|持续|扎实|深入|同步|装修|设备|土建|桩基|进|不|这|作为|协同推进|破|同[日时步]|双双|一举|齐|历时|率|传|签|经|(?:战略|投资|框架|全面)?(?:合作|投资|框架|入园)?(?:框架)?协议|合作备忘录|扩|改"
)
_ACT_OF = re.compile(
    r"的(?P<act>[二三四五]期(?:扩建|工程|项目)?|改?扩建|改建|迁建|扩容|改造|搬迁)(?=[^的项工者])"
)
_EVENT = re.compile(r"集中(?:签约|开工|竣工|推介)")  # 某某市重点产业项目集中签约仪式
_STEPS = re.compile(r"分[一二两三四五]期$")  # 由某集团分三期建设
_OWNER = re.compile(r"[一-龥]{2}(?:[市县区镇州乡村岛]|食品|集团|公司|股份|科技)的")
_BROKEN = re.compile(r"[，、的和与在了]")
_OWNED = 20  # characters before a head in which its owner may stand
_SIDE = re.compile(r"[东西南北](?=[、，。])")
_LOOSE_END = re.compile(
    r"等(?!重大|重点|一批|$|[，。；：！？、）”\n]|建设|规划|开|项目|工程|前期|相继|陆续|先后|加快|稳步|顺利|全面|正在|已|均|将)"
)
# Several of a kind are no named thing: 制造业项目28个, 3条生产线, 一批基地, 等…设施.
_MANY = re.compile(r"[0-9一二两三四五六七八九十百]+余?[个家座条项处](?!月|工作|百分)")
_SAID_TO_BE = re.compile(
    r"(?:(?<![的个面边处壁头])是|为|成为)(?:我|全|本)?[省市县区国]?的?$"
)  # 某电站是我县重点项目
_CAMPAIGN = re.compile(
    r"(?:培育|培养|培训|引育|引培|培优|倍增|攻坚|行动|振兴|惠民|利民|暖心|护航|领航|强基|铸魂|关爱|创建|百千万|阳光|平安|雪亮|温暖|希望|春蕾|绿色|素养|共富|富民|健康|清廉|一号|品牌|帮扶|就业|素质|文明|名师|名医)[”’]?工程$"
)
_SUM = re.compile(r"第[一二三四五六七八九十0-9]+[次届批]|招商引资项目|重[大点]项目|签约项目|开工项目")
_PHASED = re.compile(r"[一二三四]期(?:工程|项目)?$")
# 某某一期投产，二期封顶
_PHASE = re.compile(r"其?(?P<phase>[二三四五]期(?:工程|项目)?)" + f"(?={_AFTER.pattern})")
_MANY_OF = re.compile(
    r"(?:[0-9二两三四五六七八九十百余多数几]+余?[个家座条项处所]|一批|多个|若干|一些|等)[大的新]?$"
)
_ALIAS = re.compile(r"（([^（）\n]{2,20})）")
_JOINED = ("、", "和", "及", "与", "以及", "”、“", "”“", "”和“")
_LINE = re.compile(r"[0-9一二三四五六七八九十]+号线")
_SHORTEST = 3  # characters of a name
_SHARED = 6  # characters before a head that members of a list may share


def read_names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names of a sentence in order, lists completed; a thing named by general words only is none."""
    line = phase = ""
    for clause in clauses(text, start, end):
        later = _PHASE.match(text, *clause) if phase else None
        if later and not _of_clause(text, (clause[0], later.end())):
            begin, stop = later.span("phase")
            yield Name(begin, stop, phase + later["phase"], "hard", True, begin, stop, False, clause)
        for name in _of_clause(text, clause):
            number = _LINE.search(name.text)
            if number and number.start() == 0 and line:
                yield replace(name, text=line + name.text, proper=True)
                continue
            line = name.text[: number.start()] if number else line
            phased = _PHASED.search(name.text)
            phase = name.text[: phased.start()] if phased else phase
            yield name


def _of_clause(text: str, clause: tuple[int, int]) -> list[Name]:
    """The names of a clause: of lists first, then with a head, then those that the words around tell."""
    found = list(read_counted(text, *clause))
    found += [
        n for n in read_closed(text, *clause) if not any(n.start < c.end and c.start < n.end for c in found)
    ]
    taken = [(name.first, name.last) for name in found]
    for name in _headed(text, *clause):
        if not any(first < name.end and name.start < last for first, last in taken):
            found.append(name)
    told = ((*span, *span) for span in read_told(text, clause, _AFTER))
    for begin, stop, first, last in [*told, *read_firms(text, *clause)]:
        if not any(name.start < stop and begin < name.end for name in found):
            found.append(Name(begin, stop, text[begin:stop], "bare", True, first, last, False, clause))
    return sorted(found, key=lambda name: name.start)


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
    begin = _of_owner(text, start, match) if begin is None else begin
    many = _MANY.match(text, stop, end) and text[stop - 1] != "期"  # 物流园一期2座冷库
    if begin is not None and (_STEPS.search(text, begin, stop) or _EVENT.match(text, stop, end)):
        return None
    if begin is None or _in_quotes(text, start, begin, stop) or many:
        return None
    if _SAID_TO_BE.search(text[max(start, begin - 6) : begin]) or _MANY_OF.search(
        text[max(start, begin - 8) : begin]
    ):
        return None
    if text[begin:stop].count("（") > text[begin:stop].count("）") or _SUM.search(text, begin, stop):
        return None
    if text[begin] == "“" and "”" not in text[begin:stop]:
        begin += 1
    act = _ACT_OF.match(text, stop, end)  # 某机场的改扩建
    name = plain(text[begin:stop] + (act["act"] if act else ""))
    stop = act.end() if act else stop
    if len(name) < _SHORTEST:
        return None
    proper = specific(name, kinds=True) or _owned(text, start, begin)
    return Name(begin, stop, name, sort_of(match[0]), proper, begin, stop, False, (start, end))


def _of_owner(text: str, floor: int, head: re.Match[str]) -> int | None:
    """Where a name of general words begins that is told by whose it is: `大黑山岛的海水淡化厂`."""
    owner = _OWNER.search(text, max(floor, head.start() - _OWNED), head.end())
    begin = owner.end() if owner else 0
    fine = owner and head.end() - begin >= _SHORTEST + 1 and not _BROKEN.search(text, begin, head.end())
    return begin if fine else None


def _owned(text: str, floor: int, begin: int) -> bool:
    """`南湖区的金融创新示范区`."""
    return bool(
        re.search(
            r"[一-龥]{2}(?:[市县区镇州乡村岛]|食品|集团|公司|股份|科技)的$",
            text[max(floor, begin - 6) : begin],
        )
    )


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
