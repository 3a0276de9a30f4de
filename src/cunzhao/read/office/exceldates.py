"""Dates and times of spreadsheets: a number of days in a format of year, month, day, hour, minute, second.

Source: ECMA-376 part 1, 18.17.4 (serial date-times; 1900 counts as a leap year) and 18.8.30.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cunzhao.read.office.wordforms import written

_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?:h+|m+|s+)\]|\[[^\]]*\]|AM/PM|A/P|上午/下午|General|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|.',
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(
    r"(?:\[(?:h+|m+|s+)\]|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|AM/PM|A/P|上午/下午)", re.IGNORECASE
)
_WEEKDAYS = "一二三四五六日"
_LAST = 2_958_466  # the day after 31 December 9999


def is_date(code: str) -> bool:
    """Whether a format shows a date or a time."""
    tokens = _TOKEN.findall(code)
    return not any(token in ("0", "#", "?") for token in tokens) and any(map(_is_part, tokens))


def dated(value: float, code: str, *, from_1904: bool, in_words: bool) -> str:
    """The date or time that a serial number means; `in_words`: 二〇一九年十月. A number that is no date is
    shown as the program shows it: as signs #."""
    serial = value + 1462 if from_1904 else value
    if not 0 <= serial < _LAST:
        return "######"
    start = datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
    precise = bool(re.search(r"s\.0", code, re.IGNORECASE))
    moment = start + timedelta(seconds=round(serial * 86_400, 3 if precise else 0))
    tokens = _TOKEN.findall(code)
    parts = [i for i, token in enumerate(tokens) if _is_part(token)]
    half = any(re.fullmatch(r"AM/PM|A/P|上午/下午", token, re.IGNORECASE) for token in tokens)
    out = ""
    for i, token in enumerate(tokens):
        if i not in parts:
            out += _literal(token)
            continue
        at = parts.index(i)
        near = (tokens[parts[at - 1]] if at else "", tokens[parts[at + 1]] if at + 1 < len(parts) else "")
        minute = token[0] in "mM" and (
            near[0].strip("[")[:1] in ("h", "H") or near[1].strip("[")[:1] in ("s", "S")
        )
        out += _part(token.lower(), moment, serial, minute=minute, half=half, in_words=in_words)
    return out.strip()


def _is_part(token: str) -> bool:
    return bool(_DATE.fullmatch(token))


def _part(token: str, moment: datetime, serial: float, *, minute: bool, half: bool, in_words: bool) -> str:
    letter, size = token.strip("[")[0], len(token)
    if token.startswith("["):
        unit = {"h": 24, "m": 1440, "s": 86_400}[letter]
        return str(int(round(serial * 86_400) * unit // 86_400)).zfill(size - 2)
    if letter in "ye":
        year = str(moment.year)
        return (
            written(int(year), "ideographDigital")
            if in_words
            else (year[2:] if size <= 2 and letter == "y" else year)
        )
    if (letter == "a" and "/" in token) or letter == "上":
        morning, evening = ("上午", "下午") if letter == "上" else (("AM", "PM") if size > 3 else ("A", "P"))
        return morning if moment.hour < 12 else evening
    if letter == "a" or (letter == "d" and size > 2):
        day = _WEEKDAYS[moment.weekday()]
        return f"星期{day}" if size != 3 or letter == "d" else day
    if letter == "s":
        fraction = (
            f".{moment.microsecond // 1000:03}"[: len(token.partition(".")[2]) + 1] if "." in token else ""
        )
        return str(moment.second).zfill(len(token.partition(".")[0])) + fraction
    if letter == "m" and not minute and size > 2:
        return f"{moment:%b}" if size == 3 else f"{moment:%B}"
    hour = (moment.hour + 11) % 12 + 1 if half else moment.hour
    number = {"d": moment.day, "h": hour, "m": moment.minute if minute else moment.month}[letter]
    return written(number, "chineseCounting") if in_words and number else str(number).zfill(size)


def _literal(token: str) -> str:
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    return "" if token[0] in "_*[" else token
