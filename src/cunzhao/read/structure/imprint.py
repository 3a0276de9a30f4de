"""The imprint (版记) at the end of an official document: `抄送：…。` and `…办公室　2020年3月5日印发`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.read.dates import date_in
from cunzhao.read.structure.organs import split_organs

_COPIES = re.compile(
    r"\s*(?:抄\s*送|抄\s*报|抄\s*发|分\s*送|主\s*送|报\s*送|发\s*送|报|送|发)\s*[:：]\s*(\S.*)", re.S
)
_COPIED = re.compile(r"\s*(?:抄\s*送|抄\s*报|抄\s*发|分\s*送|报|送)\s*[:：]")
_DAY = r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二][〇○ＯO零九][^年]{2}年.{2,7}日)"
_PRINTED = re.compile(rf"\s*(.{{2,60}}?)[\s　]*({_DAY})\s*印\s*发\s*(?:共印\s*\d+\s*份)?\s*")
_DAY_ONLY = re.compile(rf"\s*({_DAY})\s*印\s*发\s*")


@dataclass(frozen=True, slots=True)
class Imprint:
    copies: tuple[str, ...] = ()
    printed_by: str | None = None
    printed_on: str | None = None  # ISO


def read_imprint(said: Sequence[str]) -> Imprint:
    """What the lines of a document say of copies and printing; empty where they say nothing."""
    copies: list[str] = []
    by = on = None
    for i, line in enumerate(said):
        if is_copies(line):
            found = _COPIES.match(line)
            copies += split_organs(_whole(said, i, found[1])) if found else ()
        printed = _PRINTED.fullmatch(line) if len(line) < 120 else None
        alone = _DAY_ONLY.fullmatch(line) if len(line) < 60 else None
        if printed and not alone:
            by, on = "".join(printed[1].split()), date_in("".join(printed[2].split()))
        elif alone:
            on = date_in("".join(alone[1].split()))
            by = by or ("".join(said[i - 1].split()) if i and len(said[i - 1]) < 40 else None)
    return Imprint(tuple(dict.fromkeys(copies)), by, on)


def is_copies(line: str) -> bool:
    """Whether a line tells who gets a copy: `抄送：…`, not `主送：…`."""
    return bool(_COPIED.match(line))


def is_imprint(line: str) -> bool:
    """Whether a line belongs to the imprint."""
    return is_copies(line) or (
        len(line) < 120 and bool(_PRINTED.fullmatch(line) or _DAY_ONLY.fullmatch(line))
    )


def _whole(said: Sequence[str], i: int, first: str) -> str:
    """The list of organs with the lines in which it goes on: up to its full stop."""
    whole = first.strip()
    for line in said[i + 1 : i + 6]:
        if (
            whole.endswith(("。", "）"))
            or is_imprint(line)
            or re.search("[：:]", line)
            or not whole.endswith(("，", "、", ","))
        ):
            break
        whole += line.strip()
    return whole
