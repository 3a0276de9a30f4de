"""Firms named without 公司 or 集团: `宏晟铝业`, and what a full name is cut down to (`新凤鸣`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cunzhao.extract.lexicons import words

_BEFORE = r"(?<![^，。；：、“”）\n的是由与和在县市区年月])"
_OPENS = r"(?<![^，。；：“\n])"  # where a name of two characters is one
# What tells that the words before are a firm.
_ACTS = (
    r"(?:是|为|在)?(?:一家|占[0-9]|公司|集团|董事长|总经理|副总|总裁|负责人|员工|车间|厂区|投资|落户|签约|去年|今年|现有|上半年|前[0-9一二三两四五六七八九]|"
    r"总部|拟|的[一-龥]{2,8}(?:项目|车间|基地|工厂|生产线)|[一二三四]期|（|位于|累计|测算|(?:19|20)[0-9]{2}年(?:办|成立|创办|建|开|落户|投)|是[^，。]{0,10}(?:企业|公司|龙头|之一|厂家))"
)
_GOODS = "铝铜锂钢木竹果茶酒糖盐乳肉药纸鞋泵硅矿锌镍钛米面油蜂瓷"
_COMMON = re.compile(
    r"新型|高端|冷链|智慧|多式|城市|乡村|港口|先进|绿色|智能|数字|现代|传统|生物|电子|汽车|化工|精细|清洁|有机|特色|休闲|农业|工业|信息|节能|环保|新兴|战略|海洋|"
    r"航空|航天|金属|稀土|光伏|本地|当地|全[市县省区国]|[这该各此每]|发展|地方|国家|国内|进口|出口|风电|氢能|储能|动力|建筑|装备|"
    r"[一二三四五六七八九十两](?:大|类|家|个|条|种|批|期|是)|重点|骨干|龙头|规上|大型|小型|其他|主要|新能|可再|高新|高性|高分|半导|集成|高纯|天然|农产|果蔬|畜禽|"
    r"肉类|粮食|日用|食用|家用|工程|机械|轨道|通用|专用|消费|预制|冷冻|医疗|医药|中药|原料|铜基|铝基|钢铁|纺织|服装|丝绸|"
    r"家具|家居|包装|印刷|数控|精密|特种|功能|前沿|未来|人工|低空|商业|民用|军用|云计|大数"
)
_PHASE = re.compile(r"[一二三四]期(?!工程|项目|\n)")  # a cell names the work, not the firm
_SURE = ("药业", "制药", "股份", "实业", "置业", "重工", "控股")
_PLACES = "港市县区镇州湾省"  # 北部湾港集团 is not the port
_KINDS = re.compile(
    r"(?:控股|实业|股份|有限|责任|企业)*集团(?:股份|有限|责任|公司)*$|(?:股份|实业|控股)(?:股份|有限|责任|公司)*$"
)


def find_firms(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end, name, left to right: a brand and its trade where the text somewhere tells that it acts."""
    found = [m for m in _named_by_trade().finditer(text) if not _COMMON.match(m["name"])]
    firms = {m["name"] for m in found if m["acts"] or _is_sure(text, m)}
    for m in found:
        if m["name"] in firms:
            end = m.end("name") + bool(_PHASE.match(text, m.end("name"))) * 2
            yield m.start(), end, text[m.start() : end]


def _is_sure(text: str, named: re.Match[str]) -> bool:
    """`东宝药业` where a clause opens needs nothing else to be a firm."""
    return named["name"].endswith(_SURE) and text[named.start() - 1 : named.start()] in ("", *"，。；：“\n")


def find_brands(text: str, full: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """`新凤鸣` of `新凤鸣集团`: start, end and the full name, anywhere for three characters and more, where a
    clause opens for two."""
    brands: dict[str, str] = {}
    for name in full:
        brand = _KINDS.sub("", name)
        if 2 <= len(brand) < len(name) and brand[-1] not in _PLACES and not _COMMON.match(brand):
            brands.setdefault(brand, name)
    if not brands:
        return
    long = "|".join(sorted((b for b in brands if len(b) > 2), key=lambda b: -len(b)))
    short = "|".join(b for b in brands if len(b) == 2)
    parts = [f"(?:{long})" if long else "", f"{_OPENS}(?:{short})" if short else ""]
    for match in re.finditer("|".join(filter(None, parts)), text):
        yield match.start(), match.end(), brands[match[0]]


@cache
def _named_by_trade() -> re.Pattern[str]:
    trades = "|".join(
        sorted(words("project_firms.txt") | words("firm_trades.txt"), key=lambda word: -len(word))
    )
    return re.compile(rf"{_BEFORE}(?P<name>[一-龥]{{2}}(?:{trades}|[{_GOODS}]业))(?P<acts>{_ACTS})?")
