"""Things without a head that the words around them tell: `总投资120亿元的天地硅材`, `闽惠家居总投资2.2亿元`,
`去年签约的豪恩声学，`, `比如湖电光伏，去年10月落户…`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.events.edges import after_break, sort_of, specific
from cunzhao.extract.events.firms import firm
from cunzhao.extract.lexicons import tree, words

_OF_MONEY = re.compile(
    r"(?:投资|投入|概算|估算|造价|斥资|耗资)[^，。；0-9]{0,8}[0-9.]{1,12}余?(?:百万|千万|亿|万)余?(?:元|美元|欧元|港元|日元)?(?:人民币)?的(?=[一-龥A-Za-z])"
)
_OF_STAGE = re.compile(r"(?:签约|引进|招引|落户|开工|动工|投产|建成)的(?=[一-龥A-Za-z])")
_FOR_ONE = re.compile(r"(?:比如|例如|譬如|又如|再如|比方说?|像|就说)")
_COSTS = re.compile(r"，?(?:项目)?(?:计划|估算|概算|预计|协议)?总投资[^，。；0-9]{0,6}[0-9]")
_STORY = re.compile(
    r"，(?:(?:去年|今年|前年|上个?月|20[0-9]{2}年)(?:[0-9]{1,2}月|[年月]?[底初])?|[0-9]{1,2}月|从签约)[^，。；]{0,8}?"
    r"(?:落户|签约|开工|动工|投产|奠基|封顶|竣工|落地|拿地|摘牌|到)"
)
_PLURAL = re.compile(
    r"^[0-9]|[吨里米瓦]$|[0-9一二两三四五六七八九十百几多]+余?[个家座条项名台套亩]|首批|第一批|[年月日]"
)
_ANY = re.compile(r"投资|投入|概算|估算|造价|[斥耗]资|[约进引户工产成]的|[比例譬又再]如|比方|像|就说")
_AHEAD = 16  # characters behind a clause in which its amount may stand
_LONGEST = 24  # characters of a name
_SHORTEST = 4


def read_told(text: str, clause: tuple[int, int], after: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where such names of a clause begin and end. `after`: what may follow a name."""
    start, end = clause
    if not _ANY.search(text, start, min(end + _AHEAD, len(text))):
        return
    for money in _OF_MONEY.finditer(text, start, end):
        stop = _end(text, money.end(), end, after)
        if stop and text[stop : stop + 1] != "的" and _named(text[money.end() : stop]):
            yield money.end(), stop
    for told in _OF_STAGE.finditer(text, start, end):
        if firm(text[told.end() : end]):
            yield told.end(), end
    one = _FOR_ONE.match(text, start, end)
    if one and firm(text[one.end() : end]) and _STORY.match(text, end):
        yield one.end(), end
        return
    costs = _COSTS.search(text, start, min(end + _AHEAD, len(text)))
    if costs and costs.start() <= end:
        begin = after_break(text, start, costs.start())
        name = text[begin : costs.start()]
        if (begin == start or text[begin - 1] in "的中像如") and _named(name) and not _body().search(name):
            yield begin, costs.start()


def _end(text: str, begin: int, limit: int, after: re.Pattern[str]) -> int | None:
    last = min(limit, begin + _LONGEST)
    for at in range(begin + _SHORTEST, last + 1):
        if at == limit or after.match(text, at, min(at + 8, limit)):
            return at
    return None


def _named(name: str) -> bool:
    """More than goods or general words, and no thing with a head, which `names` reads itself."""
    fine = _SHORTEST <= len(name) <= _LONGEST and not _PLURAL.search(name)
    return fine and sort_of(name) == "bare" and specific(name, kinds=True)


def _body() -> re.Pattern[str]:
    """Who spends, not what on: a firm, an area."""
    return _BODY


_BODY = re.compile(tree((word, "", "") for word in words("party_ends.txt")) + "$")
