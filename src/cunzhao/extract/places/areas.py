"""Areas named in the flat text: administrative divisions, regions, parks and works, and the document's
own area.

A county's short form (古田) counts only where the document also speaks of the area it lies in, or of the
county in full: some short forms are shared by several counties or are plain words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from cunzhao.extract.lexicons import Area, areas, former, regions, words
from cunzhao.extract.places.sites import find_sites
from cunzhao.extract.places.towns import said_together

_PREPOSITION = re.compile(
    r"(?:来自|(?<![现存实所正潜旨内外])在|(?<![由关对])于|等|从|由|跟|与|和|同|向|对|赴|到|至|比|比邻近的|比相邻的|比周边的|比隔壁的|占|"
    r"往|距|离|距离|接轨|对接|融入|驻|供|抵达|"
    r"离开|引进|引入|引导|吸引|邀请|开往|发往|运往|迁往|返回|对标|来源于|携手|牵手|联合|前往|位于|依托|来|以|销往|面向|不及|超过|高出|超出|高过|走|紧邻|毗邻|邻近|相邻|"
    r"落户|学习|连接|服务|辐射|进入|迁至|入驻|联动|协同|借鉴|打造|建设|支持|推动|助力|成为|推广|参与|"
    r"构建|谋划|次|届|开工|扩建|整合|创建|争创|承接|走进|驶出|停靠|途经|覆盖|跨越|贯通|贯穿|直达|通达|惠及|涉及|面向|考察|加入|"
    r"加强|深化|完善|实施|升级|改造|收购|领先|落后|不如|设|设立|含|包括|居|列|排|位居|位列)$"
)
_IN = re.compile(r"(?:(?<![现存实所正潜旨内外])在|(?<![由关对位高低优快慢大小多少好])于|驻|落户|选址)$")
_NOT_AFTER = re.compile(
    r"^(?:·|庙|[东南西北]站?(?=[、，。等和至到]|$)|湾(?![里沚])|级|小异|久安|江(?![苏西])|湖(?![北南州])|河(?![道长北南])|航道|流域|干流|水道|路|大道|街|大学|学院|银行|证券|日报|晚报|商报|港口?集团|人民?医院|周边|以[东西南北]|产业|"
    r"人(?!均|口|民|才|数)|籍|商会|总部|时代|国际|电信|移动|联通)"
)


# 全国重点文物, 中国漕运城: a rank or a name, not the country; nor is the 中国 of 其中国家级.
_WHOLE = re.compile(
    r"(?:全国(?:重点|百|文明|首|先进|示范|优秀|特色|第)|中国(?![的经外内在是有已将与和及对、，]))"
)
_KIND = re.compile(r"(?:(?:城际)?铁路|高铁|高速公路|高速|航道|大桥|隧道|城市群|都市圈)$")
# “长三角”都市圈, 长三角15城市都市圈: the circle is another area than its core.
_CIRCLE = re.compile(r"”?(?:[0-9]{1,2}个?城市)?(?P<kind>(?:大|现代化)?(?:都市圈|城市群))")
_BODY = re.compile(r"(?:医院|学院|学校|大学|[中小]学|研究院|口岸|合作社)$")  # 三级医院, 高等学校 are no names
_NOT_AREA = ("域", "间", "块", "位")
_SHOWS = ("推介会", "专场", "招商会", "展会", "峰会", "论坛", "之行")  # 去年深圳推介会签约的21个项目
_PLAIN = re.compile(
    r"三级|三甲|二级|县级|公立|民营|综合|专科|基层|社区|妇幼|儿童|私立|定点|职业|技术|高等|普通|中等|民办|公办|寄宿|农村|乡村|城区|"
    r"全国|著名|知名|国内|国外|多[所家]|各|所|家|中心|乡镇|优质|联合|合作|新建"
)
_ANY_PORT = re.compile(
    r"边境|[公铁水陆]路|水运|航空|一类|二类|开放|沿边|[进出]境|指定|内陆|国|重要|主要|通关|陆港|旅检|货运"
)
_NUMBERED = re.compile(r"第[一二三四五六七八九十0-9]|附属")
_TITLE = re.compile(r"《[^《》\n]{1,120}》")


@dataclass(frozen=True, slots=True)
class NamedArea:
    start: int
    end: int
    name: str  # full form: 绵阳市
    role: str  # subject, in (在成都), aside (与成都, 占全国, 《…成都…》)
    known: bool = False  # a division or region of the lexicon


def read_areas(text: str) -> list[NamedArea]:
    """Every area of the flat text but own words (全市), left to right, with its role."""
    titles = [(m.start(), m.end()) for m in _TITLE.finditer(text)]
    found = [*named_in(text, text), *(with_role(text, area) for area in _sites(text))]
    return _in_lists(text, [_aside_in_title(area, titles) for area in _narrowed(in_order(found))])


def _in_lists(text: str, found: list[NamedArea]) -> list[NamedArea]:
    """`在重庆、贵州等地`: all areas of a list have the role of its first."""
    for i, second in enumerate(found[1:]):
        first = found[i]
        if (
            second.role == "subject"
            and first.role != "subject"
            and text[first.end : second.start] in ("、", "和", "及")
        ):
            found[i + 1] = replace(second, role=first.role)
    return found


def _narrowed(found: list[NamedArea]) -> list[NamedArea]:
    """`位于成都市双流区`, `渤海新区黄骅市`: one area named within another, in the role of the first."""
    kept: list[NamedArea] = []
    for area in found:
        first = kept[-1] if kept else None
        in_full = area.end - area.start == len(area.name)
        if first and first.end == area.start and 0 < level(first.name) < level(area.name) + in_full:
            kept[-1] = replace(area, start=first.start, role=first.role)
        else:
            kept.append(area)
    return kept


def named_in(text: str, document_text: str) -> list[NamedArea]:
    """The administrative divisions and regions that `text` names, with their roles."""
    return [with_role(text, area) for area in _named(text, document_text)]


def level(name: str) -> int:
    """1 province, 2 prefecture, 3 county, 0 something else."""
    area = _by_name().get(name)
    return area.level if area else 0


def parent_of(name: str) -> str:
    """The prefecture that a county lies in, else its province."""
    return _parent(_by_name()[name]).name


def province_of(name: str) -> str:
    return _by_code()[_by_name()[name].code[:2] + "0000"].name


def city_of(name: str) -> str:
    """The prefecture that a county or district lies in; an area that may call itself 市 is its own."""
    area = _by_name().get(name)
    if not area or area.level < 3 or name.endswith("市"):
        return name
    return _parent(area).name


def with_role(text: str, area: NamedArea) -> NamedArea:
    """`area` in the role that the words before it give it."""
    left = text[max(0, area.start - 4) : area.start].rstrip("“")
    if area.known and text.startswith(_SHOWS, area.end):
        return replace(area, role="aside")
    role = "in" if _IN.search(left) else "aside" if _PREPOSITION.search(left) else "subject"
    if role == "in" and (area.name == "全国" or _market(text, area)):
        role = "aside"
    return area if role == area.role else replace(area, role=role)


def _market(text: str, area: NamedArea) -> bool:
    """`在成都市场销售`: where it is sold, not where it is made."""
    return text.startswith("市场", area.end - text.startswith("市", area.end - 1))


def _aside_in_title(area: NamedArea, titles: list[tuple[int, int]]) -> NamedArea:
    index = bisect_right(titles, area.start, key=lambda t: t[0]) - 1
    inside = index >= 0 and area.start < titles[index][1]
    return replace(area, role="aside") if inside else area


def in_order(found: Iterable[NamedArea]) -> list[NamedArea]:
    """Left to right, of those that overlap the first, and of those that begin together the longest."""
    kept: list[NamedArea] = []
    for area in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or area.start >= kept[-1].end:
            kept.append(area)
        elif area.end > kept[-1].end and area.start == kept[-1].start:
            kept[-1] = area
    return kept


def _sites(text: str) -> Iterator[NamedArea]:
    """Parks, ports, lines and firms; a line that is only an area and its kind (`江苏铁路`) is none."""
    for start, end, name in find_sites(text):
        area = _KIND.sub("", name)
        if area != name and (area in _by_name() or any(n == area for n, _ in _names().get(area[:2], ()))):
            continue
        if _BODY.search(name) and not _names_one(name):
            continue
        if name.endswith(("镇", "乡")) and any(name.endswith(n) for n, _ in _names().get(name[-2:], ())):
            continue  # 回到桐乡
        yield NamedArea(start, end, name, "subject")


def area_of_site(name: str, document_text: str) -> str:
    """The area that a park's, port's or firm's name begins with: `荆州开发区`; "" for none."""
    for area, these in _names().get(name[:2], ()):
        if name.startswith(area):
            return _choose(area, these, document_text) or ""
    return ""


def _names_one(name: str) -> bool:
    """Whether a hospital or school is one by its name: 武平县医院, 第一中学, 博鳌超级医院."""
    core = _BODY.sub("", name)
    if _begins_with_area(name):
        return True
    if name.endswith("口岸") and len(core) > 1 and not _ANY_PORT.match(core):
        return True
    return bool(_NUMBERED.search(name)) or (len(core) > 3 and not _PLAIN.search(core))


def _begins_with_area(name: str) -> bool:
    return any(name.startswith(area) for area, _ in _names().get(name[:2], ()))


def _named(text: str, document_text: str) -> Iterator[NamedArea]:
    names = _names()
    chosen: dict[str, str | None] = {}
    at = 0
    while at < len(text) - 1:
        step = 1
        for name, these in names.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                if name not in chosen:
                    chosen[name] = _choose(name, these, document_text)
                full = chosen[name]
                after = text[at + len(name) : at + len(name) + 4]
                if name.endswith("区") and after.startswith(_NOT_AREA):  # 新建区域性中心
                    full = None
                if full and _NOT_AFTER.match(after):
                    step = len(name)  # 丹东港集团 holds no 东港
                    continue
                if full and not (full == "全国" and _WHOLE.match(name + after)):
                    circle = _CIRCLE.match(text, at + len(name))
                    end = circle.end() if circle else at + len(name)
                    full = name + circle["kind"] if circle else full
                    yield NamedArea(at, end, full, "subject", not circle)
                    step = end - at
                    break
        at += step


def _choose(name: str, these: tuple[Area, ...], document_text: str) -> str | None:
    """The full name meant by `name`, or None where it may be another word."""
    if not these:
        return regions()[name]
    if name in words("area_in_full.txt"):  # 大同: only where 大同市 is said too
        return next((a.name for a in these if a.name in document_text or _listed(document_text, a)), None)
    full = [a for a in these if a.name == name and (len(name) > 2 or _speaks_of(document_text, a))]
    if full or these[0].level < 3:
        return (full or list(these))[0].name
    for area in these:
        beside = _by_code()[area.code[:2] + "0000"].short + name  # 陕西洛川
        parent = _parent_short(area) in document_text
        if (
            parent
            or beside in document_text
            or said_together(document_text, name, area.name[-1])
            or (len(area.name) > 2 and _stands(document_text, area.name))
        ):
            return area.name
    return None


def _listed(text: str, area: Area) -> bool:
    """`镇江、大同三市`; a county beside another (`永安、沙县`) where the text speaks of its city."""
    name = area.short
    if f"、{name}" not in text and f"{name}、" not in text:
        return False
    return said_together(text, name, area.name[-1]) or (area.level == 3 and _parent_short(area) in text)


def _stands(text: str, name: str) -> bool:
    """Whether a full name is said, not only the beginning of another word: 平桥区块."""
    at = text.find(name)
    return at >= 0 and not text.startswith(_NOT_AREA, at + len(name))


@cache
def _names() -> dict[str, tuple[tuple[str, tuple[Area, ...]], ...]]:
    """By the first two characters: names, the longest first, each with the areas it may mean."""
    meant: dict[str, list[Area]] = {name: [] for name in regions()}
    stops = words("area_stop.txt")
    for area in (*areas(), *former()):
        meant.setdefault(area.name, []).append(area)
        if area.short and area.short not in stops and area.short != area.name:
            meant.setdefault(area.short, []).append(area)
    by_head: dict[str, list[tuple[str, tuple[Area, ...]]]] = {}
    for name, these in meant.items():
        by_head.setdefault(name[:2], []).append((name, tuple(sorted(these, key=lambda a: a.level))))
    return {head: tuple(sorted(named, key=lambda n: -len(n[0]))) for head, named in by_head.items()}


@cache
def _by_code() -> dict[str, Area]:
    return {area.code: area for area in areas()}


@cache
def _by_name() -> dict[str, Area]:
    return {area.name: area for area in (*reversed(areas()), *former())}


def _speaks_of(text: str, area: Area) -> bool:
    """Whether the text means a county of two characters: it names the areas around or says it often.
    The 成县 of 建成县医院 is none."""
    return (
        text.count(area.name) > 2
        or _parent_short(area) in text
        or _by_code()[area.code[:2] + "0000"].short in text
    )


def _parent_short(area: Area) -> str:
    parent = _parent(area)
    return parent.short or parent.name


def _parent(area: Area) -> Area:
    return _by_code().get(area.code[:4] + "00") or _by_code()[area.code[:2] + "0000"]
