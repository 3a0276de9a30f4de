"""Things told by the firm that sets them up, in lists without a head: `鑫达新材料、恒远光电建成投产`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cunzhao.extract.events.edges import after_break, general, heads, sort_of, specific
from cunzhao.extract.events.stages import read_signs
from cunzhao.extract.events.units import items
from cunzhao.extract.lexicons import tree, words

_BUILT = re.compile(r"建成|在建|投产|开工|竣工|动工|奠基|试生产|达产|满产|封顶|点火|新建")
_BETWEEN = re.compile(
    r"(?:全面|相继|先后|陆续|顺利|年内|年底前|已经|已|均|都|正式|集中|成功|如期|全部|提前|加快|早日|尽快|同时|实现|将|[于在]|(?:20[0-9]{2}|[今去前])年|[0-9]{1,2}[月日]|上个?月|本月|[年月]?[底初])*$"
)
_FIRM = re.compile(r"[一-龥A-Za-z0-9]{4,12}")
_CORE = (2, 5)  # characters of what a firm calls itself


@cache
def _products() -> re.Pattern[str]:
    return re.compile(tree((word, "", "") for word in words("project_products.txt")) + "$")


@cache
def _trades() -> frozenset[str]:
    return general(kinds=True) | _sold()


@cache
def _trades_of_firms() -> frozenset[str]:
    return words("project_firms.txt")


@cache
def _sold() -> frozenset[str]:
    return words("project_kinds.txt") | words("project_products.txt") | words("project_firms.txt")


def product(name: str) -> bool:
    """A kind of goods or trade, where a name is wanted: `纯电动汽车`."""
    return bool(_products().search(name))


def firm(name: str) -> bool:
    """What a firm calls itself, with its trade: `鑫达新材料`; not `碳纤维材料`."""
    if not _FIRM.fullmatch(name):
        return False
    reached = {len(name)}  # from where on general words reach to the end
    for at in range(len(name) - 1, 0, -1):
        if any(name[at:stop] in _trades() for stop in reached):
            reached.add(at)
    cut = next((n for n in (2, 3, 4) if any(name[n : n + k] in _trades_of_firms() for k in (2, 3))), None)
    core = name[: cut or min(reached)]
    if not cut and not any(name[-n:] in _sold() for n in (1, 2, 3, 4)):
        return False
    kinds = words("project_attributes.txt")
    if core[-2:] in words("project_generic.txt") or core.endswith(("后", "前", "时")):
        return False
    low, high = _CORE
    return low <= len(core) <= high and core not in kinds and specific(core, kinds=True)


def _plain(name: str) -> bool:
    """What may be a firm beside one that is: `格派镍钴`."""
    named = bool(_FIRM.fullmatch(name)) and not re.search("[0-9]", name)
    whole = named and not product(name) and after_break(name, 0, len(name)) == 0
    return whole and specific(name, kinds=True)


def read_firms(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The members of the list of a clause, and where the list begins and ends: what is built stands before
    or behind it."""
    if not _BUILT.search(text, start, end):
        return
    spans = items(text, start, end)
    signs = [s for s in read_signs(text, start, end) if _BUILT.search(s.word)]
    before = next((s.end for s in signs if s.start == start), start)
    behind = next((s.start for s in signs if spans and s.start > max(spans[-1][0], before)), None)
    if not spans or (behind is None and before == start):
        return
    last = behind - len(_BETWEEN.search(text, spans[-1][0], behind)[0]) if behind else end  # type: ignore[index]
    first = max(before, after_break(text, start, min(spans[0][1], last), joined=True))
    alone = len(spans) < 2
    spans = [(first, last)] if alone else [(first, spans[0][1]), *spans[1:-1], (spans[-1][0], last)]
    told = [text[b:s] for b, s in spans]
    if alone and not any(told[0][-n:] in _trades_of_firms() for n in (2, 3)):
        return
    firms = [one for one in told if firm(one)]
    others = [one for one in told if not firm(one) and not (sort_of(one) != "bare" and heads().search(one))]
    if others and not (firms and all(map(_plain, others))):
        return
    for (begin, stop), one in zip(spans, told, strict=True):
        if sort_of(one) == "bare":
            yield begin, stop, first, last
