"""The head of an indicator: the noun that says what is measured, and what a phrase without one takes over.

`粮食产量3074万吨，油料40万吨` measures 油料产量; `龙头企业516家，其中国家级5家` counts 国家级龙头企业.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from cunzhao.extract.figures.verbs import signs_of
from cunzhao.extract.lexicons import any_of, words

_PART = re.compile(
    r"(?:级|以[上下]|的|[男女]性|^(?:城镇|乡村|农村|城市)|国有|民营|外资|内资|公办|民办|^(?:来自|其他|其余)[一-龥]{2,6}"
    r"|第[一二三四]产业)$"
)
_NOUN_ENDS = "点站所院馆室厅店场园区楼桥路街线道港库厂机器车船品物员师会团队组社户人家网群带"
_HERDS = ("存栏", "出栏", "存栏量", "出栏量", "保有量", "拥有量")  # of heads and vehicles
_OF_ONE = ("地租", "租金", "补贴", "补助", "盈余", "利息", "成本", "分红", "保费", "价钱", "贷款", "资金")
_TRADE = ("出口", "进口")
_WAS_PART = re.compile(
    r"(?:其中|新增|实有|签约|新登记|累计|已)?(?:[一-龥]{1,3}级|[一-龥]{1,6}以[上下])?(?=[一-龥]{2})"
)
_SHORT = 4  # characters that may follow a thing and still be its name
_AGENTS = tuple(words("indicator_agents.txt"))
_PLAIN = re.compile(  # no part of a list, which takes over a head
    r"[一每][年天月季]|[多少][^数量]|就|能(?![耗源])|得|还|要(?!素)|将|把|被|给|反倒|往上|便宜|[^对占]比(?![重例])"
    r"|[费税款金租利息值额价本钱补贴奖贷债红薪余罚绩]$"
)
_ACTED = re.compile(r"[一-龥]{1,2}[了着过](?!程)")  # 企业|签了入园协议


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(rf"(?>{any_of(words('indicator_heads.txt'))})++$")


@cache
def _things() -> re.Pattern[str]:
    return re.compile(any_of(words("indicator_things.txt")))


@cache
def _verb() -> re.Pattern[str]:
    """Verbs that can begin a clause; of one character only 建, others begin nouns."""
    longer = any_of(word for word in words("indicator_verbs.txt") if len(word) > 1)
    return re.compile(rf"{longer}|建(?![制筑设材国])")


def starts_with_verb(phrase: str) -> bool:
    return bool(_verb().match(phrase))


@lru_cache(maxsize=2048)  # asked for the same phrase by several rules
def head_of(phrase: str) -> str:
    """`城镇居民人均可支配收入` -> `人均可支配收入`; an empty string where the phrase names no measure."""
    may = phrase[-1:] in signs_of("indicator_heads.txt", -1)
    match = _measures().search(phrase) if may else None
    return match[0] if match else ""


@lru_cache(maxsize=2048)
def thing_of(phrase: str) -> str:
    """`农业产业化龙头企业` -> `企业`; an empty string where the phrase ends with nothing that is counted."""
    if phrase[-1:] not in signs_of("indicator_things.txt", -1):
        return ""
    for match in _things().finditer(phrase):
        if match.end() == len(phrase):
            return match[0]
    return ""


def is_mere_thing(phrase: str) -> bool:
    """A thing counted, and nothing about what it does: `大运河全线遗产点`."""
    return bool(thing_of(phrase)) and not _verb().search(phrase)


def is_agent(phrase: str) -> bool:
    """Somebody who does something: `林农`, `睿驰新材料公司`."""
    return phrase.endswith(_AGENTS)


def is_whole(phrase: str) -> bool:
    return bool(head_of(phrase) or thing_of(phrase))


def is_part(phrase: str) -> bool:
    """Whether the phrase only tells a part of something: `国家级`, `亿元以上`, `男性`."""
    return bool(_PART.search(phrase))


def up_to_thing(noun: str, follows: Callable[[str], bool], *, last: bool = False) -> str:
    """The noun up to its first (or last) thing where `follows` is true of what stands behind, else all."""
    ends = [match.end() for match in _things().finditer(noun) if match.end() < len(noun)]
    found = (noun[:end] for end in (reversed(ends) if last else ends) if follows(noun[end:]))
    return next(found, noun)


def end_of_thing(noun: str) -> str:
    """`市州工业增加值` -> `市州`, `隧道贯通` -> `隧道`; what belongs to the noun stays: `专利成果`."""
    ends = [match.end() for match in _things().finditer(noun)]
    if not ends or ends[-1] == len(noun):
        return noun
    rest = noun[ends[-1] :]
    noun_like = len(rest) <= _SHORT or rest[-1] in _NOUN_ENDS
    goes_on = noun_like and not head_of(rest) and not _verb().match(rest) and not _ACTED.match(rest)
    return noun if goes_on else noun[: ends[-1]]


def complete(phrase: str, before: str | None, *, counted: bool) -> str:
    """The phrase with the head of the one before, where it has none of its own. `counted`: its unit is a
    classifier, so that any noun is whole; only a mere part (`国家级`) takes the noun over."""
    if not before or phrase == before:
        return phrase
    if not counted and _PLAIN.search(phrase):
        return phrase
    if phrase in before:
        return before if _PART.search(phrase) else phrase  # 乡村快于城镇1.3个百分点
    if phrase in _TRADE:
        return before.replace("进出口", phrase) if "进出口" in before else phrase
    if _PART.search(phrase) and not phrase.endswith("产业"):
        whole = _WAS_PART.sub("", before, count=1) if counted or not head_of(before) else head_of(before)
        return phrase + whole
    head = head_of(before)
    if head.endswith(_OF_ONE) and not counted:  # 地租480元，二铵一吨3400元
        return phrase
    if (
        (counted and head not in _HERDS)
        or not head
        or head_of(phrase)
        or phrase.endswith(_TRADE)
        or _verb().match(phrase)
    ):
        return phrase
    met = head.find(phrase[-2:])  # 商品零售 + 消费品零售总额
    if met >= 0:
        return phrase + head[met + 2 :]
    if head.endswith(("生产总值", "GDP")) and phrase.endswith("业"):
        return f"{phrase}增加值"  # 第一产业 of the gross product
    own = thing_of(phrase)
    at = before.find(own) if own else -1
    goes_on = 0 <= at < len(before) - len(own) - 1
    return phrase + (before[at + len(own) :] if goes_on else head)  # 城镇居民 + 人均可支配收入
