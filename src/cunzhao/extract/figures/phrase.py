"""The noun phrase beside a quantity: what is cut off before, behind and after it.

The words cut off are data (`lexicon/indicator_lead.txt`, `indicator_trail.txt`, `indicator_stop.txt`); here
stands only what is no list of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cunzhao.extract.figures.qualify import CHANGE, SINCE, STATED
from cunzhao.extract.lexicons import guarded
from cunzhao.extract.text.dates import starts_with_date

_YEAR = r"(?:19|20)[0-9]{2}年"
_AGAINST = re.compile(
    r"(?:比|较|与|同)(?:上年|去年|上月|同期|年初|年|上|五年|[0-9]{4}|全[国省市]|上一年|期)[^，]{0,14}$"
)
_BOUND = re.compile(r"(?:[一二三五十百千]{0,2}[亿万]元|规模)以[上下]")
_AMONG = re.compile(r"(?<=[一-龥]{2})(?<![集高初其])中$")
_WHEN = re.compile(r"(?<=[一-龥]{2})(?:去年|上年|前年|明年|今年(?!轻))(?!同期|以来|底|末|初)")
_TIME = re.compile(r"(?:去年|上年|前年|明年|今年|目前|年初)$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        r"[^一-龥A-Za-z0-9“《]|[0-9]{1,2}[.、]|[全我本][省市县区州]|每[天日年月]|"
        rf"(?:距离?|超过)(?={_YEAR})|{guarded('indicator_lead.txt')}"
    )


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(rf"(?:[，、；：“”（）的了]|每[天日年月]|{guarded('indicator_trail.txt')})$")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(rf"[^一-龥A-Za-z0-9“”《》·.]|中(?=，)|{guarded('indicator_stop.txt')}")


def without_trail(phrase: str) -> str:
    """`出口额预计` -> `出口额`: one word less at its end."""
    return _trail().sub("", phrase)


def up_to_stop(right: str) -> str:
    """The noun phrase that the words right of a quantity begin with, or an empty string."""
    bound = _BOUND.match(right)  # 26个|千万元以上技改项目
    stop = _stop().search(right, bound.end() if bound else 0)
    noun = right[: stop.start() if stop else 24][:24].strip("“”的")
    return _AMONG.sub("", noun)


def find_stem(names: Sequence[str], left: str) -> str:
    """The noun phrase at the end of the left clause, or an empty string. `names` are the areas the sentence
    names, the longest first."""
    stem = left if "”" in left else left.replace("“", "")
    while stem:
        cut = without_trail(
            _AGAINST.sub("", CHANGE.sub("", STATED.sub("", SINCE.sub("", _TIME.sub("", stem)))))
        )
        if cut == stem:
            break
        stem = cut
    lead = True
    while stem and lead:
        dated = starts_with_date(stem)
        area = next((p for p in names if stem.startswith(p) and len(stem) >= len(p)), "")
        area = "" if stem.startswith(("至", "到", "—", "-"), len(area)) else area  # 成都至绵阳高铁
        match = _lead().match(stem)
        lead = bool(dated or area or match)
        stem = stem[dated or len(area) or (match.end() if match else 0) :]
    return _WHEN.sub("", stem).strip("“”\0")
