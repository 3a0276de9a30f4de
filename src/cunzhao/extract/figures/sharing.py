"""Split noun phrases: what a list of quantities shares, and what a short phrase takes over from the one
before."""

from __future__ import annotations

import re

_AND = re.compile(r"、|和|与|及|以及")
_HEAD = re.compile(
    r"(?:收入|支出|产值|总值|增加值|总额|余额|投资|产量|面积|人口|比重|比例|率|数|量|额|企业|项目|"
    r"利润|税收|存款|贷款|销售"
    r"|消费|出口|进口)$"
)


def share_out(phrase: str, size: int) -> list[str] | None:
    """`城镇和农村居民收入` for two -> [`城镇居民收入`, `农村居民收入`]; None where the parts are not as
    many."""
    parts = _AND.split(phrase)
    while len(parts) > size and len(parts[0]) > len(parts[-1]):
        parts = [parts[0] + parts[1], *parts[2:]]
    if len(parts) != size or not all(parts):
        return None
    last, others = parts[-1], parts[:-1]
    longest = max(len(p) for p in others)
    if len(last) - longest < 2 or _HEAD.search(others[0]):
        return parts
    head = last[longest:]
    return [*(p + head for p in others), last]


def merge_heads(phrase: str, before: str | None) -> str:
    """`职工平均月工资…，其中女职工4870元`: the head of the phrase before completes the new one."""
    if before and not _HEAD.search(phrase):
        for size in (4, 3, 2):
            at = before.find(phrase[-size:], 0, size + 6) if len(phrase) > size else -1
            if at >= 0 and len(before) > at + size + 2 and before[:at] != phrase[:-size]:
                return phrase + before[at + size :]
    return phrase
