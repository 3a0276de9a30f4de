"""One name for one thing: indicators through the lexicon `indicators.json` and what users add to it; areas.

Pure; the lexicon is read once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

_MARKS = re.compile(r"[\s《》“”\"'‘’]+")
_WHEN = re.compile(
    r"^(?:(?:19|20)?\d{2}年)?(?:\d{1,2}(?:[-—~至]\d{1,2})?月份?|上半年|下半年|前?[一二三四]季度|前三季度)?(?:[末底])?"
)
_GLOSS = re.compile(r"\(([^()]*)\)")  # 地区生产总值(GDP)
_COUNTED = re.compile(r"(?:[数量口客]|里程|就业)$")
_WHOLE_AREA = re.compile(r"(?:省|自治区|市|县|区|州|盟|旗)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    names: Mapping[str, str]  # folded alias -> the one name
    leading: Sequence[str]  # words that stand before an indicator and do not change it, longest first
    trailing: Sequence[str]
    kinds: Sequence[str]  # 年, 各类: taken off only where a known name is left
    counts: Sequence[str]  # 数, 总量: likewise, and only of what is counted

    def with_aliases(self, aliases: Mapping[str, str]) -> Lexicon:
        """This and what users say: alias -> the name it shall have.

        An alias may be the name of another indicator: all that is called so goes over to the new name. Where
        names go round in a circle, each stays what it is.
        """
        own = {folded(alias): name for alias, name in aliases.items()}
        every = {*self.names, *own, *map(folded, own.values())}
        return replace(self, names={alias: _followed(alias, own, self.names) for alias in every})


def _followed(alias: str, own: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Where a folded alias leads by the users' entries and, where they say nothing, by the lexicon."""
    at, shown = alias, alias
    seen = set[str]()
    while at not in seen:
        seen.add(at)
        following = own.get(at) or names.get(at) or shown
        if folded(following) == at:
            return following
        at, shown = folded(following), following
    return names.get(alias, alias)


@cache
def lexicon() -> Lexicon:
    tree = json.loads(files("cunzhao.ledger").joinpath("indicators.json").read_text("utf-8"))
    names: dict[str, str] = {}
    for indicators in tree["subjects"].values():
        for name, aliases in indicators.items():
            names |= dict.fromkeys(map(folded, (name, *aliases)), name)
    longest = {
        k: tuple(sorted(map(folded, tree[k]), key=len, reverse=True))
        for k in ("leading", "trailing", "kinds", "counts")
    }
    return Lexicon(names=names, **longest)


def folded(text: str) -> str:
    """As names are compared: upper case, half width, without white space, book-title and quotation marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def indicator_name(label: str, region: str = "", words: Lexicon | None = None) -> str:
    """The indicator a label names: `2009年全市GDP` -> `地区生产总值`; unknown ones stripped of words around.

    What is stripped: dates, 全市/全年/实现…, growth words, the region in full form, a gloss in brackets.
    `words` is the lexicon with what users added to it.
    """
    words = words or lexicon()
    for candidate in _candidates(folded(label), folded(region), words):
        known = words.names.get(candidate) or _counted(candidate, words)
        if known:
            return known
    return candidate  # the last: stripped of everything


def _counted(name: str, words: Lexicon) -> str | None:
    """`各类人才数量` -> 人才总量: the known name left without 年, 各类 before or 数, 总量 behind it.

    A word like 数 comes off only what is counted: 货物出口量 is a weight, 货物出口 a sum of money.
    """
    for lead in ("", *words.kinds):
        plain = name.removeprefix(lead) if name.startswith(lead) else ""
        if lead and plain in words.names:
            return words.names[plain]
        for count in words.counts:
            known = words.names.get(plain.removesuffix(count)) if plain.endswith(count) else None
            if known and _COUNTED.search(known):
                return known
    return None


def _candidates(name: str, region: str, words: Lexicon) -> list[str]:
    """The folded label, and it again with one more word taken off each time; never empty."""
    found = [name]
    while (shorter := _stripped(found[-1], region, words)) != found[-1]:
        found.append(shorter)
    return found


def _stripped(name: str, region: str, words: Lexicon) -> str:
    """The name without one outer word; the same if none is left to take off."""
    areas = [a for a in (region, _WHOLE_AREA.sub("", region)) if len(a) > 1]
    cuts = [name[_WHEN.match(name).end() :]] if _WHEN.match(name) else []  # type: ignore[union-attr]
    cuts += [name.removeprefix(word) for word in words.leading]
    cuts += [name.removesuffix(word) for word in words.trailing]
    cuts += [name.removeprefix(a) for a in areas if name.removeprefix(a) in words.names or a == region]
    cuts.append(_GLOSS.sub("", name))
    return next((cut for cut in cuts if cut != name and len(cut) > 1), name)


def plain_region(region: str | None) -> str:
    """An area as it is compared where no gazetteer is at hand: half width, without white space."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", region or ""))
