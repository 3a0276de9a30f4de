"""Dates as documents print them: 2019-01-21 09:03, 2019年1月21日, 二〇一九年十月二十八日, 21 Jan 2019."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from cunzhao.read.structure.numbering import ordinal

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?"
_DAY_NAME = r"[（(]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?"
_FORENOON, _AFTERNOON = ("上午", "凌晨", "早上", "早晨", "am", "a.m."), ("下午", "晚上", "傍晚", "pm", "p.m.")
_HALF = r"(上午|凌晨|早上|早晨|中午|下午|晚上|傍晚|[ap]\.?m\.?)"
_CLOCK = (
    rf"(?:(?:[T\s　,，|-]|&nbsp;|at\b|{_DAY_NAME})*(?:{_HALF})?\s*(\d{{1,2}})\s*[:：时時点點]\s*(\d{{1,2}})"
    rf"(?:\s*[:：分]\s*(\d{{1,2}}))?(?:\.\d+)?分?\s*(?:([ap]\.?m\.?)(?![a-z]))?)?"
    r"(?:\s*(Z|GMT|UTC|[+-]\d\d:?\d\d)(?![\d-]))?"
)
_DAY_END = r"(?:(?!\d)|(?=\d\d:\d\d))"  # `2019-01-2109:03`: two elements without white space
_YMD = (
    r"(?<!\d)((?:19|20)\d\d)(?:\s*[年년]\s*|\s*[-/.／．]\s*|\s*(?=\d\d/\d\d))(\d{1,2})\s*(?:[月월]|[-/.／．])\s*(\d{1,2})"
    rf"{_DAY_END}\s*[日号일]?"
)
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        _YMD,
        rf"(?P<M>\b{_MONTH})\.?\s+(?P<D>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<Y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<D>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<M>{_MONTH})\.?,?\s+(?P<Y>(?:19|20)\d\d)(?!\d)",
        r"民[國国]\s*(?P<R>\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日",
    )
)
_NO_YEAR = re.compile(
    rf"(?<![\d./-])(\d{{1,2}})\s*(?:月|[-/.])\s*(\d{{1,2}}){_DAY_END}\s*日?{_CLOCK}", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"([一二][〇○ＯO零九][〇○ＯO零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:[T\s]?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*")
_ZERO = str.maketrans("○ＯO零", "〇〇〇〇")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
BEIJING = 8 * 60  # minutes east of Greenwich


@dataclass(frozen=True, slots=True)
class Shown:
    """A date in a text: `text[start:end]` prints `iso`, with the time of day where one stands behind it."""

    start: int
    end: int
    iso: str  # "2019-01-21", "2019-01-21T09:03", "2019-01-21T09:03:36"
    zone: int | None = None  # minutes east of Greenwich, where the text tells


def dates_in(text: str, *, year: int | None = None) -> list[Shown]:
    """All dates in `text` in their order; with `year` those with a time but no year (1-21 09:03)."""
    text = text.translate(_FULL_WIDTH)
    found = [shown for form in _FORMS for match in form.finditer(text) if (shown := _shown(match))]
    found += [shown for match in _WRITTEN.finditer(text) if (shown := _written(match))]
    if year is not None:
        found += [s for m in _NO_YEAR.finditer(text) if (s := _shown(m, year)) and "T" in s.iso]
    return sorted(_apart(found), key=lambda shown: shown.start)


def date_time_in(text: str) -> str | None:
    """The first date in `text` as ISO, with the time where one stands behind it; None where there is none.

    >>> date_time_in("发布日期：2019年01月22日 08:15")
    '2019-01-22T08:15'
    """
    return next((shown.iso for shown in dates_in(text)), None)


def date_in(text: str) -> str | None:
    """The first date in `text` as an ISO date, also one written in Chinese numerals (二〇一九年…)."""
    found = date_time_in(text)
    return found[:10] if found else None


def told_date(value: str) -> Shown | None:
    """The date that a machine-readable value tells: the forms of `dates_in`, 20190121090336, Unix seconds."""
    for shown in dates_in(value):
        return shown
    compact = _COMPACT.search(value)
    if compact:
        date = _iso(*(int(part) for part in compact.groups()[:3]))
        return (date and Shown(*compact.span(), _timed(date, *map(_number, compact.groups()[3:])))) or None
    epoch = _EPOCH.fullmatch(value)
    if epoch and int(epoch[1]) > 600_000_000:
        moment = datetime.datetime.fromtimestamp(int(epoch[1]), datetime.UTC)
        return Shown(0, len(value), moment.strftime("%Y-%m-%dT%H:%M:%S"), 0)
    return None


def moved(iso: str, minutes: int) -> str:
    """A date-time `minutes` later, in the same precision; a date without a time is returned as it is."""
    if "T" not in iso:
        return iso
    later = datetime.datetime.fromisoformat(iso) + datetime.timedelta(minutes=minutes)
    return later.isoformat(timespec="seconds" if iso.count(":") > 1 else "minutes")


def is_date_line(text: str) -> bool:
    """Whether `text` is a date and nothing else, as under a signature (`2021年3月12日`)."""
    body = "".join(text.split()).strip("（）()")
    return any(shown.start == 0 and shown.end == len(body) for shown in dates_in(body))


def _shown(match: re.Match[str], year: int | None = None) -> Shown | None:
    named = match.groupdict()
    *parts, half, hour, minute, second, half_behind, zone = match.groups()
    if "M" in named:
        year, month, day = int(named["Y"]), _MONTHS.index(named["M"][:3].lower()) + 1, int(named["D"])
    elif year is not None:
        month, day = int(parts[0]), int(parts[1])
    else:
        year, month, day = int(parts[0]) + (1911 if "R" in named else 0), int(parts[1]), int(parts[2])
    date = _iso(year, month, day)
    if date is None:
        return None
    at = _hour(_number(hour), (half or half_behind or "").lower())
    return Shown(*match.span(), _timed(date, at, _number(minute), _number(second)), _zone(zone))


def _written(match: re.Match[str]) -> Shown | None:
    year = int("".join(str(ordinal(c)) for c in match[1].translate(_ZERO)))
    date = _iso(year, ordinal(match[2]), ordinal(match[3]))
    return Shown(*match.span(), date) if date else None


def _apart(found: list[Shown]) -> list[Shown]:
    """Without those that overlap one found before: the forms are tried from the surest."""
    kept: list[Shown] = []
    for shown in found:
        if all(shown.end <= other.start or shown.start >= other.end for other in kept):
            kept.append(shown)
    return kept


def _hour(hour: int | None, half: str) -> int | None:
    if hour is None or hour > 12:
        return hour
    if half in _AFTERNOON or (half == "中午" and hour < 3):
        return hour % 12 + 12
    return hour % 12 if half in _FORENOON else hour


def _zone(told: str | None) -> int | None:
    if not told:
        return None
    if told[0] not in "+-":
        return 0
    return int(told[0] + "1") * (int(told[1:3]) * 60 + int(told[-2:]))


def _timed(date: str, hour: int | None, minute: int | None, second: int | None) -> str:
    if hour is None or minute is None or hour > 23 or minute > 59:
        return date
    tail = f":{second:02d}" if second is not None and second < 60 else ""
    return f"{date}T{hour:02d}:{minute:02d}{tail}"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
