"""One unit for one quantity, exactly: rational factors, so that 亩 (2000/3 平方米) loses nothing.

Sources: GB 3100-1993 for SI units; 亩 = 1/15 公顷 by 国务院《关于在我国统一实行法定计量单位的命令》(1984).
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal, localcontext
from fractions import Fraction

#: As printed (upper case, half width) -> the unit compared in, and how many of it one is.
_UNITS: dict[str, tuple[str, Fraction]] = {
    printed: (base, Fraction(factor))
    for base, names in {
        "元": "人民币=1 元人民币=1 圆=1 块钱=1 角=1/10 分钱=1/100",
        "港元": "港币=1",
        "米": "公里=1000 千米=1000 KM=1000 M=1 厘米=1/100 CM=1/100 毫米=1/1000 MM=1/1000 海里=1852",
        "平方米": "平方公里=1000000 平方千米=1000000 KM2=1000000 公顷=10000 HM2=10000 亩=2000/3 市亩=2000/3 "
        "M2=1 平米=1",
        "立方米": "M3=1 立方=1 方=1",
        "吨": "公斤=1/1000 千克=1/1000 KG=1/1000 斤=1/2000 市斤=1/2000 克=1/1000000 G=1/1000000 T=1",
        "吨标准煤": "吨标煤=1 吨煤=1 千克标准煤=1/1000 公斤标准煤=1/1000 克标准煤=1/1000000",
        "人": "名=1 个人=1",
        "个百分点": "百分点=1",
        "%": "百分比=1",
        "千瓦时": "度=1 度电=1 KWH=1 兆瓦时=1000 MWH=1000 GWH=1000000",
        "千瓦": "KW=1 兆瓦=1000 MW=1000 GW=1000000",
        "微克/立方米": "ΜG/M3=1 UG/M3=1 微克每立方米=1 毫克/立方米=1000 MG/M3=1000",
        "标箱": "TEU=1 国际标准箱=1 标准箱=1",
        "公里/小时": "KM/H=1 千米/小时=1",
    }.items()
    for printed, factor in (pair.split("=") for pair in names.split())
}
_MAGNITUDES = {  # longer words before those they begin with
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12, "万": 10**4, "亿": 10**8,
}  # fmt: skip
#: Classifiers that count the same thing: 8406户, 8406家, 8406个 enterprises.
_CLASSIFIERS = frozenset("个家户所座处间")


def base_unit(unit: str | None, per: str | None = None) -> tuple[str, Fraction]:
    """The unit values are compared in, and how many of it one printed unit is: `亩` -> 平方米, 2000/3.

    A magnitude left in the unit is taken out (`万元` -> 元, 10000); a rate is part of it (`次/天`). No unit
    gives "".
    """
    name, factor = folded_unit(unit or ""), Fraction(1)
    for word, size in _MAGNITUDES.items():
        if name.startswith(word) and len(name) > len(word):
            name, factor = name.removeprefix(word), factor * size
            break
    known, scale = _UNITS.get(name, (name, Fraction(1)))
    return (f"{known}/{folded_unit(per)}" if per else known), factor * scale


def folded_unit(text: str) -> str:
    """In upper case, half width (㎡ and m² are M2), without white space."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def same_kind(unit: str) -> str:
    """The unit as two figures of one indicator are compared by: classifiers of enterprises are one."""
    return "个" if unit in _CLASSIFIERS else unit


def times(number: Decimal, factor: Fraction) -> Decimal:
    """The exact product; where it has no end in decimals, cut at forty digits."""
    product = Fraction(number) * factor
    if product.denominator == 1:
        return Decimal(product.numerator)
    with localcontext() as context:
        context.prec = 40
        return Decimal(product.numerator) / Decimal(product.denominator)


def readable(value: Decimal, unit: str, quote: str) -> tuple[Decimal, str]:
    """An amount in the unit a reader expects: large areas in 平方公里, lengths printed in 公里 in it."""
    printed = folded_unit(quote)
    if unit == "平方米" and abs(value) >= 10**6 and not any(m in printed for m in ("平方米", "平米", "M2")):
        return value / 10**6, "平方公里"
    if unit == "米" and any(word in printed for word in ("公里", "千米", "KM")):
        return value / 1000, "公里"
    if unit == "吨" and abs(value) < 1 and value:
        return value * 1000, "公斤"
    return value, unit
