"""Amounts invested: `总投资48亿元`, `拟出资1.2亿美元`, `投资10个亿`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCALE = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
    "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?<![0-9.])(?P<n>[0-9]{1,3}(?:，[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,12}(?:\.[0-9]{1,6})?)[余多]?个?"
    r"(?P<s>万亿|千亿|百亿|亿|千万|百万|万)?[余多]?"
    r"(?P<c>元人民币|人民币|元|美元|欧元|日元|港元|港币|英镑|新元|新加坡元|韩元|澳元|加元|瑞士法郎|卢布|林吉特)?"
)
_INVESTED = re.compile(
    r"(?:总投资|投资|投入|出资|斥资|耗资|造价|概算|估算|预算|注资|总额|资金|金额|投|花|砸|筹|筹集|筹资|拿出|掏出)(?:总?额|规模|强度)?(?:预计|合计|共计|累计|估算|概算)?"
    r"(?:约|近|超|逾|达|为|了|掉|下|进|大概|大约|将近|接近|差不多|总共|一共|要|在|高达|达到|超过|突破|不低于|不少于|共|总计|分别|各|人民币)*$"
)
_NOT_WHOLE = re.compile(
    r"(?:完成|到位|年度(?:计划)?|累计|年内计划|今年计划|每亩|亩均|固定资产|实际|新增|增加|每年|年均|两期合计|合计)[^，。；]{0,4}投资[^，。；0-9]{0,6}$"
    r"|授信|经费|补助"
)
_OF_MANY = re.compile(r"签约项目|项目合同|所有项目|[0-9]+余?个[^，。；、0-9]{0,8}项目|项目[0-9]+余?个")
_COUNTED = re.compile(r"(?:[0-9]|[三四五六七八九十]|多)个[^，。；、]{0,8}$")
_OF_EACH = re.compile(r"以[上下]的?[^，。；、]{0,6}(?:项目|企业)")  # 投资10亿元以上项目
_OF_BEFORE = re.compile(
    r"(?:这[一个项座条]?|该|此)(?:计划|预计)?总?投资[^，。；0-9]{0,4}$"
)  # 这一总投资5亿元的
_AND = re.compile(r"、|和|及")
_IN_PARTS = re.compile(r"[^，。；0-9]{0,4}?(?:分[一二两三四五]期)?投(?![产用运])")
_LEADS = re.compile(
    r"(?:以上|左右|人民币)?(?:的(?![近约超一二三四五六七八九十百0-9])|[^，。；、0-9]{0,10}(?:建设|新建|打造|兴建|开辟|设立|建立|改造|共建|引进))"
    r"|，(?:[^，。；0-9]{0,4}[在于][^，。；]{1,14})?(?:建设|新建|设立|兴建|建立|打造|上马|[建盖办上]一?[个座条家])"
)


@dataclass(frozen=True, slots=True)
class Money:
    start: int
    end: int
    value: int | float
    currency: str
    leads: bool  # what it is invested in comes behind: 投资160亿元建设…, 总投资18.6亿元的…
    told: bool = True  # said to be invested; else only an amount before a thing: 3000万美元的…


def read_money(text: str, start: int, end: int) -> list[Money]:
    """The amounts of `start:end` that are said to be invested in the whole of something."""
    found: list[Money] = []
    for match in _AMOUNT.finditer(text, start, end):
        if not match["c"] and match["s"] not in ("亿", "百亿", "千亿", "万亿"):
            continue
        left = text[max(start, match.start() - 20) : match.start()]
        listed = bool(found) and found[-1].told and bool(_AND.fullmatch(text, found[-1].end, match.start()))
        invested = (
            listed or _INVESTED.search(left) or _IN_PARTS.match(text, match.end(), min(match.end() + 14, end))
        )
        worth = text.startswith("的", match.end()) and not _OF_BEFORE.search(left)
        if (
            not (invested or worth)
            or _NOT_WHOLE.search(left)
            or (_OF_EACH.match(text, match.end()) and _COUNTED.search(left))
            or _OF_MANY.search(
                text, max(start, match.start() - 40, text.rfind("其中", start, match.start())), match.start()
            )
        ):
            continue
        value, currency = _value(match)
        leads = bool(_LEADS.match(text, match.end(), end)) and not _OF_BEFORE.search(left)
        found.append(Money(*match.span(), value, currency, leads, bool(invested)))
    return found


def amount_of(text: str, start: int, end: int) -> Money | None:
    """The amount that a cell holds (`48.6` under 总投资（亿元）), placed at `start:end`."""
    match = _AMOUNT.fullmatch(text)
    return Money(start, end, *_value(match), False) if match and match["c"] else None


def _value(match: re.Match[str]) -> tuple[int | float, str]:
    value = float(match["n"].replace("，", "")) * _SCALE[match["s"] or ""]
    whole = round(value) if abs(value - round(value)) < 1e-6 * max(1, abs(value)) else value
    return whole, match["c"] if match["c"] and "人民币" not in match["c"] else "元"
