"""Observations and findings in words, Chinese or English. Pure."""

from __future__ import annotations

from decimal import Decimal

from cunzhao.evaluate.intervals import interval
from cunzhao.evaluate.types import Finding
from cunzhao.ledger.types import Observation, readable

_BEFORE = {
    "zh": {"=": "", "~": "约", ">": "超过", ">=": "不低于", "<": "不足", "<=": "不超过"},
    "en": {"=": "", "~": "about ", ">": "over ", ">=": "at least ", "<": "under ", "<=": "at most "},
}
_MEASURE = {"level": "", "growth": "增速", "share": "比重"}
_MEASURE_EN = {"level": "", "growth": ", growth", "share": ", share"}
_NATURE = {"actual": "实际值", "target": "目标值", "forecast": "预测值"}
_NATURE_EN = {"actual": "actual", "target": "target", "forecast": "forecast"}


def measure_word(observation: Observation) -> str:
    """`增速`, `比重`, or nothing for a level."""
    return _MEASURE[observation.measure]


def nature_word(observation: Observation) -> str:
    return _NATURE[observation.nature]


def printed_value(observation: Observation, lang: str = "zh") -> str:
    """The value as the source prints it, with the word that bounds it: `超过5000亿元`, `约7.3%`.

    A fall (下降3.2%) keeps its sign, which the quote alone does not show.
    """
    quote = " ".join(observation.span.quote.split())
    sign = "-" if observation.value < 0 and not quote.startswith(("-", "－", "−")) else ""
    return f"{_BEFORE[lang][observation.comparator]}{sign}{quote}"


def amount(value: Decimal, unit: str, lang: str = "zh") -> str:
    """A value in its base unit for reading: 449870000000 元 -> `4498.7亿元`; at most four decimals."""
    size = abs(value)
    plain = _digits(value)
    if lang == "en":
        return f"{plain} {unit}".strip()
    for word, scale in (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4)):
        if size >= scale:
            return f"{_digits(value / scale)}{word}{unit}"
    return f"{plain}{unit}"


def _digits(value: Decimal, places: int = 4) -> str:
    """Rounded to `places` decimals, no trailing zeros, no exponent."""
    rounded = value.quantize(Decimal(1).scaleb(-places)) if value.adjusted() < 20 else value
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def explain(finding: Finding, lang: str) -> str:
    """Why the two cannot both be right: both printed values, their difference and ratio.

    `lang` is "zh" or "en"; indicator, area and quotes stay as in the sources.
    """
    a, b = finding.a, finding.b
    low, high = interval(a).gap(interval(b))
    gap, unit = readable(high - low, a.unit, a.span.quote + b.span.quote)
    difference = amount(gap, "个百分点" if unit == "%" else unit, lang)
    return (_english if lang == "en" else _chinese)(finding, difference, _ratio(a, b))


def _ratio(a: Observation, b: Observation) -> Decimal | None:
    if not a.value or not b.value or (a.value > 0) != (b.value > 0):
        return None
    return max(abs(a.value), abs(b.value)) / min(abs(a.value), abs(b.value))


def _chinese(finding: Finding, difference: str, ratio: Decimal | None) -> str:
    a, b = finding.a, finding.b
    about = "，".join(filter(None, (a.region, a.period or "时期未注明", measure_word(a), nature_word(a))))
    where = "同一份材料" if a.snapshot == b.snapshot else "两份材料"
    text = f"{where}中的“{a.indicator}”（{about}）一处为“{printed_value(a)}”，另一处为“{printed_value(b)}”"
    text += f"，至少相差{difference}"
    if ratio is not None and a.measure == "level" and ratio >= 2:
        text += f"，前后相差约{_digits(ratio, 2)}倍"
    if finding.type == "unit-slip":
        text += f"，接近{_power(ratio)}倍，疑为数量级（单位）笔误"
    return text + "。"


def _english(finding: Finding, difference: str, ratio: Decimal | None) -> str:
    a, b = finding.a, finding.b
    about = ", ".join(filter(None, (a.region, a.period or "period not stated", _NATURE_EN[a.nature])))
    where = "The same document states" if a.snapshot == b.snapshot else "Two documents state"
    text = f"{where} “{a.indicator}”{_MEASURE_EN[a.measure]} ({about}) as “{printed_value(a, 'en')}”"
    text += f" and as “{printed_value(b, 'en')}”: at least {difference} apart"
    if ratio is not None and a.measure == "level" and ratio >= 2:
        text += f", a ratio of about {_digits(ratio, 2)}"
    if finding.type == "unit-slip":
        text += f", close to {_power(ratio)}: probably a slip of magnitude or unit"
    return text + "."


def _power(ratio: Decimal | None) -> str:
    return f"{Decimal(10) ** int((ratio or Decimal(1)).log10().to_integral_value()):f}"
