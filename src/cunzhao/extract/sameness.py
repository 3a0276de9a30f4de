"""The rules by which a fact is the gold fact, and its fields are right: those of the annotation guide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

Said = Mapping[str, Any]  # a fact as JSON: kind, start, end, quote and the fields of its kind
Rule = Callable[[Said, Said], bool]  # of a fact and a gold fact, both in coordinates without white space

_UNITS = {
    "％": "%", "公里/小时": "km/h", "平方千米": "平方公里", "千米": "公里",
    "km": "公里", "元人民币": "元", "人民币": "元",
}  # fmt: skip
_AREA_TAIL = re.compile(r"(?:开发区|街道|新区|[市县区省镇])$")
_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉（）()\[\]【】、，,。·—\-–～~]")


def _plain(words: Any) -> str:
    """Half width, lower case, without white space and marks; None is empty."""
    return _plain_text(str(words or ""))


@lru_cache(maxsize=8192)
def _plain_text(words: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", words)).lower()


def _pairs(plain: str) -> Counter[str]:
    return Counter([plain[at : at + 2] for at in range(len(plain) - 1)] or [plain])


def likeness(one: Any, other: Any) -> float:
    """Dice's coefficient of the pairs of neighbouring characters, marks left out: 0 to 1."""
    a, b = _plain(one), _plain(other)
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    x, y = _pairs(a), _pairs(b)
    return 2 * (x & y).total() / (x.total() + y.total())


def _within(a: str, b: str) -> bool:
    return a in b or b in a


def same_unit(said: Any, meant: Any) -> bool:
    a, b = _plain(said), _plain(meant)
    return _UNITS.get(a, a) == _UNITS.get(b, b)


def same_number(said: Any, meant: Any) -> bool:
    """Within a millionth; below one, where shares stand that are printed rounded, within 0.0005."""
    try:
        a, b = float(said), float(meant)
    except (TypeError, ValueError):
        return bool(said == meant)
    return abs(a - b) <= (5e-4 if abs(b) < 1 else 1e-6 * abs(b))


def _same_period(said: Any, meant: Any) -> bool:
    a, b = (str(period).replace(" ", "") if period else "" for period in (said, meant))
    return a == b


def _same_region(said: Any, meant: Any) -> bool:
    """绍兴 is 绍兴市, and within 浙江省绍兴市."""
    if not said or not meant:
        return not said and not meant
    a, b = _plain(said), _plain(meant)
    short_a, short_b = _AREA_TAIL.sub("", a), _AREA_TAIL.sub("", b)
    named = short_a == short_b or a == b
    return named or (len(short_a) > 1 and short_a in b) or (len(short_b) > 1 and short_b in a)


def _same_indicator(said: Any, meant: Any) -> bool:
    """Alike enough, or one is the other with words before its head noun (项目, 引进项目)."""
    a, b = _plain(said), _plain(meant)
    tail = min(len(a), len(b)) > 1 and (a.endswith(b) or b.endswith(a))
    return tail or likeness(said, meant) >= 0.6


def _same_verb(said: Any, meant: Any) -> bool:
    return _plain(said) != "" and _within(_plain(said), _plain(meant))


def _same_names(said: Any, meant: Any) -> bool:
    """The same names in any order, each alike or part of its counterpart."""
    left = list(said or [])
    for name in meant or []:
        best = max(left, key=lambda other: _name_likeness(name, other), default=None)
        if best is None or not _same_name(name, best):
            return False
        left.remove(best)
    return not left


def _name_likeness(one: Any, other: Any) -> float:
    a, b = _plain(one), _plain(other)
    return likeness(one, other) + (a in b) + (b in a)


def _same_name(one: Any, other: Any) -> bool:
    a, b = _plain(one), _plain(other)
    return likeness(one, other) >= 0.6 or (min(len(a), len(b)) > 1 and _within(a, b))


def _shared(fact: Said, gold: Said) -> int:
    return int(min(fact["end"], gold["end"]) - max(fact["start"], gold["start"]))


def _overlap(fact: Said, gold: Said) -> bool:
    """Half of the shorter of the two spans is shared."""
    shorter = min(fact["end"] - fact["start"], gold["end"] - gold["start"])
    return _shared(fact, gold) > 0 and _shared(fact, gold) / shorter >= 0.5


def _same_span(fact: Said, gold: Said) -> bool:
    both = max(fact["end"], gold["end"]) - min(fact["start"], gold["start"])
    return _shared(fact, gold) > 0 and _shared(fact, gold) / both >= 0.7


# --- the rules of each kind ----------------------------------------------------------------------------


def _by(same: Callable[[Any, Any], bool], field: str) -> Rule:
    return lambda fact, gold: same(fact.get(field), gold.get(field))


def _equal(field: str) -> Rule:
    return lambda fact, gold: bool(fact.get(field) == gold.get(field))


def _alike(field: str, least: float) -> Rule:
    return lambda fact, gold: likeness(fact.get(field), gold.get(field)) >= least


def _written(field: str) -> Rule:
    return lambda fact, gold: _plain(fact.get(field)) == _plain(gold.get(field))


def _near(field: str, most: int) -> Rule:
    return lambda fact, gold: bool(abs(fact[field] - gold[field]) <= most)


def _all(*rules: Rule) -> Rule:
    return lambda fact, gold: all(rule(fact, gold) for rule in rules)


def _any_unit(fact: Said, gold: Said) -> bool:
    return any(same_unit(fact.get("unit"), u) for u in [gold.get("unit"), *gold.get("unit_alt", [])])


def _parties(fact: Said, gold: Said) -> bool:
    """Those named, or with those that the text only implies."""
    named, implied = gold.get("parties") or [], gold.get("implied_parties") or []
    said = fact.get("parties")
    return _same_names(said, named) or _same_names(said, [*named, *implied])


TOLD_AGAIN = ("project", "person")  # naming one again counts for nothing
FOUND: dict[str, Rule] = {
    "figure": _all(_overlap, _by(same_number, "value"), _any_unit),
    "person": _all(_written("name"), _alike("position", 0.7)),
    "agreement": _parties,
    "project": _alike("name", 0.7),
    "heading": _all(_near("start", 4), _alike("title", 0.9)),
    "citation": _all(_overlap, _alike("source", 0.8)),
    "task": _all(_near("start", 6), _written("number"), _alike("title", 0.9)),
    "action": _same_span,
}
#: Kinds of which only a fact that shares characters with another can be found to be the same.
AT_ITS_PLACE = frozenset({"figure", "citation", "action"})
FIELDS: dict[str, dict[str, Rule]] = {
    "figure": {
        "indicator": _by(_same_indicator, "indicator"),
        "measure": _equal("measure"),
        "comparator": _equal("comparator"),
        "region": _by(_same_region, "region"),
        "period": _by(_same_period, "period"),
        "nature": _equal("nature"),
    },
    "person": {},
    "agreement": {"form": _alike("form", 0.6), "nature": _equal("nature")},
    "project": {"stage": _equal("stage"), "investment": _by(same_number, "investment")},
    "heading": {"level": _equal("level"), "number": _written("number")},
    "citation": {"date": _by(_same_period, "date")},
    "task": {
        "area": _alike("area", 0.8),
        "end": _near("end", 6),
        "lead": _by(_same_names, "lead"),
        "units": _by(_same_names, "units"),
        "deadline": _by(_same_period, "deadline"),
    },
    "action": {"verb": _by(_same_verb, "verb")},
}
