"""What Excel shows for a stored number: `0.0%` of 0.127 is 12.7%, `yyyy"年"m"月"` of 43739 is 2019年10月.

Source: ECMA-376 part 1, 18.8.30 (number formats, built-in ids; those of the Chinese edition).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from cunzhao.read.office.exceldates import dated, is_date
from cunzhao.read.office.wordforms import written

_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_MOST_PLACES = 30
_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|通用格式|E[+-]|[0#?]|.', re.IGNORECASE | re.DOTALL
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_NUMBER_WORDS = re.compile(r"\[DBNum([12])\]", re.IGNORECASE)
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "¥#,##0",
    43: "#,##0.00", 44: "¥#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    """The digits that a section asks for."""

    before: str  # literal text
    behind: str
    whole: int  # digits at least
    places: int  # behind the point at most
    fixed: int  # of them shown even where 0
    point: bool
    grouped: bool
    power: int  # of ten, that the number is multiplied by


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """`value` in a number format: conditions, colours and locales are understood.

    Of a fraction (`# ?/?`) the plain number is shown. Raises nothing for a finite number.
    """
    if code == "General":
        return general(value)
    section, value = _section(code, value)
    bare = _NUMBER_WORDS.sub("", section)
    if is_date(bare):
        words = _NUMBER_WORDS.search(section)
        return dated(value, bare, from_1904=from_1904, in_words=bool(words))
    words = _NUMBER_WORDS.search(section)
    if words and value == int(value) and abs(value) < 10_000:
        return written(int(value), "chineseCounting" if words[1] == "1" else "chineseLegalSimplified")
    tokens = [sign for sign in _TOKEN.findall(bare) if not _is_silent(sign)]
    if any(sign.lower() in ("general", "通用格式") for sign in tokens):
        literal = [
            _literal(t) if t.lower() not in ("general", "通用格式") else general(value) for t in tokens
        ]
        return "".join(literal)
    if any(sign.upper() in ("E+", "E-") for sign in tokens):
        return _scientific(value, tokens)
    if "/" in tokens or "@" in tokens:
        return general(value)
    if not any(sign in "0#?" for sign in tokens):
        return "".join(_literal(sign) for sign in tokens)
    return _filled(value, _shape(tokens))


def general(value: float) -> str:
    """A number without a format: whole ones in full, others with ten digits at most."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if not 1e-9 <= abs(value) < 1e15:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    places = max(0, 10 - len(str(int(abs(value)))))
    return format(_rounded(value, places).normalize(_CONTEXT), "f")


def _section(code: str, value: float) -> tuple[str, float]:
    """The section of a format that is for `value`, and the number it shows (a section of its own for negative
    numbers writes its own sign)."""
    sections = [part for part in re.findall(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)', code)][:-1] or [
        code
    ]
    conditions = [_CONDITION.search(section) for section in sections[:3]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, value
        return "General", value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _holds(value: float, sign: str, bound: float) -> bool:
    below, same = value < bound, value == bound
    return {"<": below, "<=": below or same, "=": same, "<>": not same}.get(
        sign, not below if sign == ">=" else not below and not same
    )


def _is_silent(sign: str) -> bool:
    return sign[0] in "_*" or (sign[0] == "[" and not _CURRENCY.fullmatch(sign))


def _literal(sign: str) -> str:
    if sign[0] == '"':
        return sign[1:-1]
    if sign[0] == "\\":
        return sign[1:]
    currency = _CURRENCY.fullmatch(sign)
    return currency[1] if currency else sign


def _shape(tokens: list[str]) -> _Shape:
    digits = [i for i, sign in enumerate(tokens) if sign in "0#?"]
    first, last = digits[0], digits[-1]
    if first and tokens[first - 1] == ".":
        first -= 1
    inner = tokens[first : last + 1]
    point = inner.index(".") if "." in inner else len(inner)
    behind = tokens[last + 1 :]
    thousands = next((n for n, sign in enumerate(behind) if sign != ","), len(behind))
    behind = behind[thousands:]
    if behind[:1] == ["."] and "." not in inner:
        behind = behind[1:]
    percents = sum(sign == "%" for sign in (*tokens[:first], *behind))
    fraction = [sign for sign in inner[point + 1 :] if sign in "0#?"][:_MOST_PLACES]
    return _Shape(
        before="".join(_literal(sign) for sign in tokens[:first]),
        behind="".join(_literal(sign) for sign in behind),
        whole=min(inner[:point].count("0"), _MOST_PLACES),
        places=len(fraction),
        fixed=max((n + 1 for n, sign in enumerate(fraction) if sign == "0"), default=0),
        point=point < len(inner),
        grouped="," in inner[:point],
        power=2 * percents - 3 * thousands,
    )


def _filled(value: float, shape: _Shape) -> str:
    number = _rounded(value, shape.places, shape.power)
    whole, _, fraction = format(abs(number), "f").partition(".")
    whole = "" if whole == "0" and not shape.whole else whole.zfill(shape.whole)
    if shape.grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    while len(fraction) > shape.fixed and fraction.endswith("0"):
        fraction = fraction[:-1]
    sign = "-" if number < 0 else ""
    return f"{sign}{shape.before}{whole}{'.' if shape.point else ''}{fraction}{shape.behind}".strip()


def _scientific(value: float, tokens: list[str]) -> str:
    at = next(i for i, sign in enumerate(tokens) if sign.upper() in ("E+", "E-"))
    places = sum(sign in "0#?" for sign in tokens[tokens.index(".") : at]) if "." in tokens[:at] else 0
    mantissa, _, exponent = f"{value:.{min(places, _MOST_PLACES)}E}".partition("E")
    digits = sum(sign in "0#?" for sign in tokens[at + 1 :])
    return f"{mantissa}E{exponent[0]}{exponent[1:].lstrip('0').zfill(digits)}"


def _rounded(value: float, places: int, power: int = 0) -> Decimal:
    """Half is rounded away from zero, of the number as it is written with 15 digits."""
    number = Decimal(f"{value:.15g}").scaleb(power, _CONTEXT)
    return number.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)
