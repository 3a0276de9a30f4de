"""A number in the formats that Word knows: ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("贰叁陆", "貳參陸")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_COUNTED = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "koreanCounting")
)  # fmt: skip
_SPELLED = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: Formats whose characters stand in a row: the signs of 1, 2, 3 …
_SIGNS = {
    "decimalEnclosedCircle": "".join(
        [*map(chr, range(0x2460, 0x2474)), *map(chr, range(0x3251, 0x3260)), *map(chr, range(0x32B1, 0x32C0))]
    ),
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
    "ideographEnclosedCircle": "".join(map(chr, range(0x3280, 0x328A))),
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
}
_SIGNS["decimalEnclosedCircleChinese"] = _SIGNS["decimalEnclosedCircle"]
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(number: int, form: str) -> str:
    """`number` in a format of Word: (12, "chineseCounting") -> 十二, (3, "decimalEnclosedCircle") -> ③.

    A number that a format has no sign for, and an unknown format, are written in Arabic digits.
    """
    if form in _COUNTED:
        return chinese(number)
    if form in _SIGNS:
        return _SIGNS[form][number - 1] if 1 <= number <= len(_SIGNS[form]) else str(number)
    if form in _SPELLED:
        return "".join(_DIGITS[int(c)] if c.isdigit() else c for c in str(number))
    if form == "ideographZodiacTraditional" and number >= 1:
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        legal = _full(number).translate(_LEGAL)
        return legal.translate(_TRADITIONAL) if form == "ideographLegalTraditional" else legal
    return _latin(number, form)


def _latin(number: int, form: str) -> str:
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_FULL_WIDTH)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:  # z is followed by aa, then bb
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return f"- {number} -" if form == "numberInDash" else str(number)


def roman(number: int) -> str:
    """1 to 3999 in small Roman digits: 14 -> xiv."""
    out = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


def chinese(number: int) -> str:
    """1 -> 一, 10 -> 十, 21 -> 二十一, 105 -> 一百零五; larger than 9999 in Arabic digits."""
    full = _full(number)
    return full.removeprefix("一") if 10 <= number < 20 else full


def _full(number: int) -> str:
    """As `chinese`, with 10 as 一十."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += _DIGITS[digit] + sign
        elif out and not out.endswith("零") and number % unit:
            out += "零"
    return out
