"""Sites named in the flat text: parks, ports, lines, firms; what 园区, 全线 or 公司 alone refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.places.firms import find_brands, find_firms
from cunzhao.extract.places.towns import find_towns

_SITE = re.compile(
    r"(?:开发区|经开区|高新区|产业园区?|科技园|工业园区?|示范区|合作区|保税区|自贸试验区|自贸区|新区|新城|"
    r"科技城|度假区|先行区|试验区|商务区|集聚区|综保区|园区|经济区"
    r"|(?:城际|客运专线|高速)?铁路|城际轨道交通|高铁|高速公路|高速(?![度发铁公增运成率])|快速通道|航道|跨海大桥|大桥|隧道"
    r"|(?<![香空海])港(?![口澳元币资商股籍区湾城深务])"
    r"|集团(?:股份|有限)*公司|集团(?!军|化)|(?<!上市)(?<![子分母])有限公司|(?<![子分母险券金托发目册务运营])公司|机场|港区|"
    r"水库|电站|协调会|联席会议|都市圈|城市群|口岸(?!办|委)|互贸区|合作社"
    r"|附属(?:第[一二三四五六]|[一-龥]{2})?医院|医院|(?<!科)学院|学校(?!长)|大学(?![生城毕])|[中小]学(?![生毕])|研究院)"
)
_BREAK = re.compile(
    r"[^一-龥A-Za-z0-9]|对话|专访|[占的在与及为是了对向把等入到至由有条]|和(?![政静硕]|田[市地县]|林格|龙市)|于(?![都田洪])|从(?![江化])|将(?!乐)|时期|期间|建设|打造|推进|进驻|落户|规划|加快|"
    r"全面|启动|开工|引进|签约|洽谈|携手|联手|牵手|毗邻|紧邻|邻近|来到|回到|走进|做好|[市县区镇村乡]里|共建|建立|比走|(?<!大)同(?![济仁])|[0-9已以跨并年月]|成(?![都安武])|内(?![江黄丘乡蒙])|日(?![照喀])|上半|下半|季度|目前|截至|推动|支持|力争|"
    r"推广|确保|争取|发展|做大|做强|提升|新增|开通|依托|作为|通过|确定|参与|走进|围绕|选址|位于|坐落|开辟|兴建|设立|创办"
)
_GENERIC = re.compile(
    r"[个家座条全各该此这某一二两三四五六七八九十0-9]|世界|国际|上市|跨国|龙头|大型|国有|企业|知名|"
    r"骨干|全球|国家|省级|市级|省际|区域|新型|其中|高速|普速|城际|农村|干线|境内|内陆|自由|深水|主要|沿海|沿江|"
    r"内河|部分|综合|重点|现代|多|首|新建|在建|拟建|出海|公司|轨道|改造|完成|[省市县区]属|"
    r"新(?:型|增|设|上|成立|开|一|兴|引|能源|材料|产业|经济|技术|区|老|旧|的)|老|省|中长期|规划|城市"
)
_LINE = ("铁路", "轨道交通", "高铁", "高速", "高速公路", "航道", "通道", "隧道", "大桥")
_FIRM = ("公司", "集团", "企业", "业", "股份", "厂")
_SCHOOL = ("学校", "学院", "大学", "中学", "小学")
_REFERS = {  # a word alone, and how the names it may refer to end
    "园区": ("园区", "园"), "开发区": ("开发区", "经开区", "高新区"), "经开区": ("经开区",),
    **{kind: (kind,) for kind in ("示范区", "新区", "高新区", "保税区", "先行区", "试验区", "合作区")},
    "公司": _FIRM, "集团": _FIRM, "企业": _FIRM, "厂": _FIRM, "合作社": ("合作社",),
    "医院": ("医院",), "院": ("医院", "学院"), "学院": ("学院",), "大学": ("大学",), "校": _SCHOOL,
    "学校": _SCHOOL,
    "村": ("村",), "村里": ("村",), "镇": ("镇",), "镇里": ("镇",), "乡": ("乡",), "乡里": ("乡",),
    "口岸": ("口岸",), "互贸区": ("互贸区",),
    "村子": ("村",), "村庄": ("村",), "寨": ("村", "寨"), "苗寨": ("村", "寨"), "山村": ("村",),
    "小镇": ("镇",),
    "水库": ("水库",), "电站": ("电站",), "港": ("港",),
    "机场": ("机场",), "大桥": ("大桥",), "都市圈": ("都市圈",), "城市群": ("城市群",),
    "全线": _LINE, "这条": _LINE, "该线": _LINE,
}  # fmt: skip
_LONGEST_FIRST = sorted(_REFERS, key=lambda word: -len(word))
_BARE = [word for word in _LONGEST_FIRST if len(word) > 1 and word != "企业"]
# 该院, 这家企业, 全村; 园区, 公司 only where they open a clause, but for its time
_ALONE = re.compile(
    rf"(?=[该此这整全本{''.join({word[0] for word in _BARE})}])(?:"
    rf"(?:该|此|这[座个家所条]|整个|全|本)(?P<one>{'|'.join(_LONGEST_FIRST)})(?![人级体长民委部处])|"
    rf"(?:(?<![^，。；：、“”）\n])|(?<=去年|今年|目前|现在|如今|眼下|以来|季度|半年)|(?<=[0-9][年月日]))"
    rf"(?P<bare>{'|'.join(_BARE)})(?!建设|[制化类级]))"
)
_MADE_OF = re.compile(r"(?:组成|构成|形成)的(?P<noun>都市圈|城市群)")
_CIRCLE = re.compile(
    r"(?<![一-龥])(?P<core>[一-龥]{2,4}?)”?(?:[0-9]{1,2}个?城市)?(?P<kind>(?:大|现代化)?(?:都市圈|城市群))"
)
_BRANCH = re.compile(r"(?<![一-龥])[一-龥]{2,6}（[一-龥]{2,4}）$")  # 恒力（宿迁）工业园
_LOCAL_FIRM = re.compile(  # 天能电池（安徽）公司
    r"(?<![^，。；：、“”）\n的是由与和在县市区年月])[一-龥]{2,8}（[一-龥]{2,4}）[一-龥]{0,8}公司"
)
_GROUP = re.compile(r"(?<![^，。；：、“”）\n的是由与和在县市区年月])[一-龥]{2,4}集团(?!军|化)")
_FAR = 800  # characters over which a word alone still refers to a name


def find_sites(text: str) -> Iterator[tuple[int, int, str]]:
    """`甘州北山新区`, `青龙峡大桥`: start, end, name, left to right; `园区` is the park named last."""
    named: list[tuple[int, str]] = []
    alone = {m.start(m.lastgroup or 0): m.span() for m in _ALONE.finditer(text)}
    alone |= {m.start("noun"): m.span("noun") for m in _MADE_OF.finditer(text)}
    circles = {m.start(): m["core"] + m["kind"] for m in _CIRCLE.finditer(text)}
    firms = {start: (end, name) for start, end, name in find_firms(text)}
    groups = {m[0] for m in _GROUP.finditer(text) if not _GENERIC.match(m[0])}
    firms |= {start: (end, name) for start, end, name in find_brands(text, groups)}
    firms |= {m.start(): (m.end(), m[0]) for m in _LOCAL_FIRM.finditer(text)}
    found = [(m.start(), m.end(), False) for m in _SITE.finditer(text)]
    found += [(start, end, False) for start, (end, _) in firms.items()]
    found += [(at, end, True) for at, (_, end) in alone.items()]
    found += [(at, at, False) for at in circles]
    towns = {start: (end, name) for start, end, name in find_towns(text)}
    found += [(start, end, False) for start, (end, _) in towns.items()]
    for start, end, refers in sorted(found):
        if start == end:
            named.append((start, circles[start]))
        elif start in towns and towns[start][0] == end:
            yield start, *towns[start]
            named.append((start, towns[start][1]))
        elif start in firms and firms[start][0] == end:
            yield start, *firms[start]
            named.append((start, firms[start][1]))
        elif refers:
            name = _referred(named, text[start:end], start)
            if name:
                yield alone[start][0], end, name
                named.append((start, name))
        elif start not in alone:
            begin = _beginning(text, start)
            longest = 4 if text.endswith(_LINE, begin, end) else 13
            plain = text.startswith("公司", start) and start - begin < 4  # 项目公司, 物流公司
            if 2 <= start - begin <= longest and not plain and not _GENERIC.match(text, begin):
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
    bracket = _BRANCH.search(text, floor, begin) if text[begin - 1 : begin] == "）" else None
    return bracket.start() if bracket else begin


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
