"""Codes of data in the language spoken."""

from __future__ import annotations

from cunzhao.language import language, tr
from cunzhao.ledger.types import period_in_words


def period(code: str | None) -> str:
    """A reference period in words: "2016-01/2016-09" -> "2016年1—9月"; in English its dates as ISO writes."""
    if not code or language() == "zh":
        return period_in_words(code)
    if code.startswith(".."):
        return tr("截至%(day)s", day=code.removeprefix("..").removeprefix("/"))
    return code.replace("/", " – ")
