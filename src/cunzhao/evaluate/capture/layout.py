"""What a capture record is laid out in: sections of fields, tables, paragraphs; and how values are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

NOT_SEEN = "未观察"
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Field:
    """A name and what stands behind it, a line each."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; lines of a cell are parted by line feeds. `columns`: name and width in mm, 156 in all."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    fine: bool = False  # set in smaller print: it holds digests on one line


@dataclass(frozen=True, slots=True)
class Section:
    """Shown in this order: fields, tables, paragraphs, commands to type."""

    title: str
    fields: tuple[Field, ...] = ()
    grids: tuple[Grid, ...] = ()
    paragraphs: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def moment(time: datetime | None) -> str:
    """Beijing time to the millisecond."""
    if time is None:
        return NOT_SEEN
    here = time.astimezone(BEIJING)
    return f"{here:%Y-%m-%d %H:%M:%S}.{here.microsecond // 1000:03d}（北京时间）"


def clock_time(time: datetime) -> str:
    here = time.astimezone(BEIJING)
    return f"{here:%m-%d %H:%M:%S}.{here.microsecond // 1000:03d}"


def day(time: datetime | None) -> str:
    return f"{time.astimezone(BEIJING):%Y-%m-%d}" if time else NOT_SEEN


def said(value: Any) -> str:
    return NOT_SEEN if value is None or value == "" else str(value)


def some(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def hex_of(digest: str) -> str:
    return digest.removeprefix("sha256:")
