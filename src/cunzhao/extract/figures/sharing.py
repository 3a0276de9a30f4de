"""Split noun phrases: what a list of quantities shares (`城镇和农村居民收入分别为…`)."""

from __future__ import annotations

import re

from cunzhao.extract.figures.heads import head_of, thing_of

_AND = re.compile(r"、|和(?!谐)|与|及(?!格)|以及")
_ORDINALS = re.compile(r"第?([一二三四五](?:、[一二三四五])+)(?=(?:次)?产业)")
_THREE = re.compile(r"三次产业|三大产业|三产(?!业)")
_TWO = {"城乡": ("城镇", "农村"), "男女": ("男性", "女性"), "进出口": ("进口", "出口")}
_CLASS = re.compile(
    r"(?:居民|企业|单位|用户|人口|产业|行业|项目|农户|家庭|职工|市场|地区|学校|医院|机构|生产者)?$"
)

_OWN = re.compile(r"(?:出口|进口|消费|销售|贸易|就业)$")  # a measure by itself: 外贸出口和网络零售额


def share_out(phrase: str, size: int) -> list[str] | None:
    """`城镇和农村居民收入` for two -> [`城镇居民收入`, `农村居民收入`]; None where the parts are not as
    many."""
    phrase = _ORDINALS.sub(lambda m: "、".join(f"第{c}产业" for c in m[1].split("、")) + "\0", phrase)
    phrase = re.sub(r"\0(?:次)?产业", "", phrase)
    if size == 3 and "、" not in phrase and _THREE.search(phrase):
        return [_THREE.sub(f"第{c}产业", phrase, count=1) for c in "一二三"]
    parts = [part for part in _AND.split(phrase) if part]
    if size == 2 and len(parts) == 1:
        pair = next((pair for pair in _TWO if pair in phrase), None)
        return [phrase.replace(pair, one, 1) for one in _TWO[pair]] if pair else None
    while len(parts) > size and len(parts[0]) > len(parts[-1]):
        parts = [parts[0] + parts[1], *parts[2:]]
    if len(parts) != size:
        return None
    last, others = parts[-1], parts[:-1]
    tail = _shared_tail(last, others)
    lead = _shared_lead(others[0], parts[1:])
    return (
        [part if part.endswith(tail) else part + tail for part in others[:1]]
        + [part if part.endswith(tail) else lead + part + tail for part in others[1:]]
        + [lead + last]
        if tail or lead
        else parts
    )


def _shared_tail(last: str, others: list[str]) -> str:
    """What the last part says for all of them: `人均可支配收入`; empty where each says its own."""
    if any(head_of(other) and not _CLASS.fullmatch(head_of(other)) for other in others):
        return ""
    head = head_of(last) or ("" if any(thing_of(other) for other in others) else thing_of(last))
    if not head or head == last:
        return ""
    longest = max(others, key=len)
    alike = last.rfind(longest[-1], 0, len(last) - len(head))  # 高技术制造业、装备制造业|增加值
    if alike > 0:
        return last[alike + 1 :]
    if _OWN.search(longest):
        return ""
    if len(longest) < len(last) - 1 and _CLASS.fullmatch(last[len(longest) : len(last) - len(head)]):
        return last[len(longest) :]
    return head


def _shared_lead(first: str, rest: list[str]) -> str:
    """`规上工业企业|营业收入、利润总额`: whose they are, where the parts behind are heads alone."""
    head = head_of(first)
    owner = first[: len(first) - len(head)]
    alone = all(head_of(part) == part for part in rest)
    return owner if alone and head and len(owner) > 1 and re.search(r"[业司构位市省县区]$", owner) else ""
