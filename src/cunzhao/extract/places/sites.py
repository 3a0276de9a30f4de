"""Sites named in the flat text: parks, ports, lines, firms; what 园区, 全线 or 公司 alone refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SITE = re.compile(
    r"(?:开发区|经开区|高新区|产业园区?|科技园|工业园区?|示范区|合作区|保税区|自贸试验区|自贸区|新区|新城|"
    r"科技城|度假区|园区|经济区"
    r"|(?:城际|客运专线|高速)?铁路|城际轨道交通|高铁|高速公路|高速(?![度发铁公增运成率])|快速通道|航道|跨海大桥|大桥|隧道"
    r"|(?<![香空海])港(?![口澳元币资商股籍区湾城深务])"
    r"|集团(?:股份|有限)*公司|集团(?!军|化)|(?<!上市)(?<![子分母])有限公司|机场|港区|"
    r"水库|电站|协调会|联席会议|都市圈|城市群)"
)
# 界石铺镇, 余湾乡韩店村
_TOWN = re.compile(
    r"(?:(?<=[，。；：、“）\n在于县区市]))[一-龥]{1,2}[^小城乡村集心点制家下回返还离入进农老故异他建型色大新古]"
    r"(?:镇|乡|街道)(?![镇村政干级域土愁])(?:[一-龥]{2,3}村(?![民委庄镇落]))?"
)
_BREAK = re.compile(
    r"[^一-龥A-Za-z0-9]|[的在于与和及为是了对向把将等入到至由从有条]|建设|打造|推进|进驻|落户|规划|加快|"
    r"全面|启动|[0-9已以跨并内成年月日]|上半|下半|季度|目前|截至|推动|支持|力争|"
    r"推广|确保|争取|发展|做大|做强|提升|新增|开通|依托|作为|通过|确定|参与|走进|围绕|选址|位于|坐落|开辟|兴建|设立|创办"
)
_GENERIC = re.compile(
    r"[个家座条全各该此这某一二两三四五六七八九十0-9]|世界|国际|上市|跨国|龙头|大型|国有|企业|知名|"
    r"骨干|全球|国家|省级|市级|省际|区域|新型|其中|高速|普速|城际|农村|干线|境内|内陆|自由|深水|主要|沿海|沿江|"
    r"内河|部分|综合|重点|现代|多|首|新建|在建|拟建|出海|公司|轨道|改造|完成|新|老|省|中长期|规划|城市"
)
_LINE = ("铁路", "轨道交通", "高铁", "高速", "高速公路", "航道", "通道", "隧道", "大桥")
_PARK = ("园区", "园", "开发区", "合作区", "保税区", "新区", "高新区", "经开区", "示范区")
_REFERS = {  # a word alone, and how the names it may refer to end
    "园区": ("园区", "园"), "开发区": _PARK, "示范区": ("示范区",), "新区": ("新区",), "高新区": ("高新区",),
    "保税区": ("保税区",), "合作区": ("合作区",), "经开区": ("经开区",), "该区": _PARK,
    "公司": ("公司", "集团"), "集团": ("公司", "集团"),
    "机场": ("机场",), "大桥": ("大桥",), "都市圈": ("都市圈",), "城市群": ("城市群",),
    "全线": _LINE, "这条": _LINE, "该线": _LINE,
}  # fmt: skip
_ALONE = re.compile(
    rf"(?<=[，。；：、“”）\n])(?:该|此|这[座个家]|整个)?(?P<noun>{'|'.join(_REFERS)})(?!建设|化|制)"
)
_MADE_OF = re.compile(r"(?:组成|构成|形成)的(?P<noun>都市圈|城市群)")
_CIRCLE = re.compile(r"(?<![一-龥])(?P<core>[一-龥]{2,4})”?(?:[0-9]{1,2}个?城市|大)?(?P<kind>都市圈|城市群)")
_FAR = 800  # characters over which a word alone still refers to a name


def find_sites(text: str) -> Iterator[tuple[int, int, str]]:
    """`甘州北山新区`, `青龙峡大桥`: start, end, name, left to right; `园区` is the park named last."""
    named: list[tuple[int, str]] = []
    alone = {m.start("noun"): (m.start(), m.end()) for m in _ALONE.finditer(text)}
    alone |= {m.start("noun"): m.span("noun") for m in _MADE_OF.finditer(text)}
    circles = {m.start(): m["core"] + m["kind"] for m in _CIRCLE.finditer(text)}
    found = [(m.start(), m.end(), False) for m in _SITE.finditer(text)]
    found += [(at, end, True) for at, (_, end) in alone.items()]
    found += [(at, at, False) for at in circles]
    towns = {m.start(): m.end() for m in _TOWN.finditer(text)}
    found += [(start, end, False) for start, end in towns.items()]
    for start, end, refers in sorted(found):
        if start == end:
            named.append((start, circles[start]))
        elif towns.get(start) == end:
            yield start, end, text[start:end]
        elif refers:
            name = _referred(named, text[start:end], start)
            if name:
                yield alone[start][0], end, name
                named.append((start, name))
        elif start not in alone:
            begin = _beginning(text, start)
            longest = 4 if text.endswith(_LINE, begin, end) else 13
            if 2 <= start - begin <= longest and not _GENERIC.match(text, begin):
                name = _in_full(named, text[begin:end])
                named.append((begin, name))
                yield begin, end, name


def is_line(name: str) -> bool:
    """Whether a name is of a railway, a road or a waterway."""
    return name.endswith(_LINE)


def _beginning(text: str, at: int) -> int:
    begin = floor = max(0, at - 14)
    for stop in _BREAK.finditer(text, floor, at):
        begin = stop.end()
    return begin


def _in_full(named: list[tuple[int, str]], name: str) -> str:
    """`吴圩机场` after `南宁吴圩国际机场`: a short form of a name that stood before."""
    for _, full in reversed(named[-20:]):
        if len(full) > len(name) > 3 and full.endswith(name[-2:]) and name[:-2] in full:
            return full
    return name


def _referred(named: list[tuple[int, str]], noun: str, at: int) -> str | None:
    for start, name in reversed(named[-20:]):
        if at - start > _FAR:
            return None
        if name.endswith(_REFERS[noun]):
            return name
    return None
