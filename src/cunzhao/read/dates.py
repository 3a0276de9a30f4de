"""Dates as documents print them: 2019-01-21 09:03, 2019年1月21日, 二〇一九年十月二十八日."""

from __future__ import annotations

import datetime
import re

from cunzhao.read.numbering import ordinal

_NUMERIC = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*日?"
    r"(?:[T\s　-]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?)?"
)
_WRITTEN = re.compile(
    r"([一二][〇○ＯO零九][〇○ＯO零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ZERO = str.maketrans("○ＯO零", "〇〇〇〇")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def date_time_in(text: str) -> str | None:
    """The first date in `text` as ISO, with the time where one stands behind it; None where there is none.

    >>> date_time_in("发布日期：2019年01月22日 08:15")
    '2019-01-22T08:15'
    """
    for found in _NUMERIC.finditer(text.translate(_FULL_WIDTH)):
        date = _iso(int(found[1]), int(found[2]), int(found[3]))
        if date is None:
            continue
        hour, minute, second = (int(part) if part else None for part in found.groups()[3:])
        if hour is None or minute is None or hour > 23 or minute > 59:
            return date
        tail = f":{second:02d}" if second is not None and second < 60 else ""
        return f"{date}T{hour:02d}:{minute:02d}{tail}"
    return None


def date_in(text: str) -> str | None:
    """The first date in `text` as an ISO date, also one written in Chinese numerals (二〇一九年…)."""
    written = _WRITTEN.search(text)
    if written:
        year = int("".join(str(ordinal(c)) for c in written[1].translate(_ZERO)))
        return _iso(year, ordinal(written[2]), ordinal(written[3]))
    found = date_time_in(text)
    return found[:10] if found else None


def is_date_line(text: str) -> bool:
    """Whether `text` is a date and nothing else, as under a signature (`2021年3月12日`)."""
    body = re.sub(r"\s", "", text).strip("（）()").translate(_FULL_WIDTH)
    return bool(_NUMERIC.fullmatch(body) or _WRITTEN.fullmatch(body)) and date_in(body) is not None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
