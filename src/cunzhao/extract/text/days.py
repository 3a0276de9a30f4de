"""What a date of the text means on the day it was written: 去年上半年, 十三五, 近三年."""

from __future__ import annotations

import re
from datetime import date, timedelta

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLANS = {"八五": 1991, "九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016,
          "十四五": 2021, "十五五": 2026, "十六五": 2031}  # fmt: skip

Day = tuple[int, int, int]


def resolve(m: re.Match[str], now: Day | None, usual: int | None, *, wanted: bool, ahead: bool) -> str | None:
    """The period that a match of the pattern of dates means, read on the day `now`."""
    if m["span"]:
        return f"{m['y1']}/{m['y2']}" if m["y1"] < m["y2"] else m["y1"]
    if m["iso"]:
        return iso(int(m["iy"]), int(m["im"] or m["im2"]), int(m["id"] or m["id2"] or 0))
    if m["abs"]:
        return _part_of(int(m["y"]), m, "")
    if m["plan"]:
        first = _PLANS[m["p"]]
        return str(first + 4) if m["tail"] in ("末", "期末") else f"{first}/{first + 4}"
    year = now[0] if now else None
    if m["rel"]:
        return _part_of(
            _year(m["word"], year, usual, now is not None and 1 <= now[1] <= 3 and not wanted), m, "r"
        )
    if m["sub"]:
        return _part_of(_recent(m, now, ahead=ahead), m, "s")
    return _near(m, now) if now else None


def _year(word: str, year: int | None, usual: int | None, early: bool) -> int | None:
    if word in ("全年", "年末", "年底", "年初", "年内") and usual:
        return usual
    if year is None:
        return None
    if word in ("全年", "年末") and early:  # said in early spring of the year that has ended
        return year - 1
    return year + {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}.get(word, 0)


def _recent(m: re.Match[str], now: Day | None, *, ahead: bool) -> int | None:
    """The year of a month named alone: the last such month, where `ahead` (将于9月) the next."""
    if not now:
        return None
    month = _count(m["sm"]) or int(m["sm2"] or 0) or _count(m["sfm"])
    if ahead:
        return now[0] + 1 if now[1] and 0 < month < now[1] else now[0]
    return now[0] - 1 if now[1] and month > now[1] + 1 else now[0]


def _count(word: str | None) -> int:
    """`11`, `十一` -> 11; 0 for nothing."""
    if not word:
        return 0
    return int(word) if word.isdecimal() else sum(_COUNT[c] for c in word)


def _part_of(year: int | None, m: re.Match[str], prefix: str) -> str | None:
    """The year, or the quarter, half or months of it that the match names."""
    if year is None:
        return None
    group = m.groupdict()
    quarter, half, first = group[f"{prefix}q"], group[f"{prefix}half"], group[f"{prefix}m1"]
    if quarter:
        return f"{year}-Q{_QUARTERS[quarter]}"
    months = _count(group[f"{prefix}fm"])
    if months:
        return f"{year}-01/{year}-{months:02}"
    text = m[0]
    if group[f"{prefix}fq"] or "前三个季度" in text:
        return f"{year}-Q1/{year}-Q{2 if group[f'{prefix}fq'] in ('二', '两') else 3}"
    if half:
        return f"{year}-01/{year}-06" if half == "上" else f"{year}-07/{year}-12"
    if first:
        return f"{year}-{int(first):02}/{year}-{int(group[f'{prefix}m2']):02}"
    month, day = _count(group[f"{prefix}m"]), int(group[f"{prefix}d"] or 0)
    last = int(group[f"{prefix}d2"] or 0)
    return f"{iso(year, month, day)}/{iso(year, month, last)}" if last > day else iso(year, month, day)


def iso(year: int, month: int, day: int) -> str | None:
    """As far as given: (2016, 6, 0) -> `2016-06`; a month or day that cannot be is left out."""
    if not 1 <= month <= 12:
        return f"{year}"
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year}-{month:02}"


def _near(m: re.Match[str], now: Day) -> str | None:
    year, month, day = now
    if m["day"]:
        return iso(year, month, int(m["dd"]))
    if m["past"]:
        n = _COUNT[m["n"] or m["n2"]]
        last = (
            year - 1 if m["n"] or 1 <= month <= 3 else year
        )  # 三年来, but in early spring of the years ended
        whole = (
            m["n2"] and last == year and not m[0].endswith("来")
        )  # 三年累计: this year is one of the three
        return f"{year - 1}" if n == 1 else f"{year - n + 1 if whole else year - n}/{last}"
    if m["ago"]:
        return f"{year - _COUNT[m['n4']]}"
    if m["coming"]:
        return f"{year}/{year + int(_COUNT.get(m['n3'], 0) or m['n3'])}"
    if m["halfyear"]:
        return f"{year}-01/{year}-06"
    word = m["near"] or ""
    if word.startswith("昨") and month and day:
        return (date(year, month, day) - timedelta(days=1)).isoformat()
    if word.startswith("今"):
        return iso(year, month, day)
    if word in ("本月", "当月") and month:
        return iso(year, month, 0)
    if word in ("上月", "上个月") and month:
        return iso(year, month - 1, 0) if month > 1 else iso(year - 1, 12, 0)
    return None
