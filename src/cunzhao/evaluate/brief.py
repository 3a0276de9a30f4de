"""A sourced brief (简报) as a Word file: chosen snapshots, their key figures, each with its source note.

The page follows GB/T 9704-2012 (A4, margins, 三号仿宋 body, 二号 title, page numbers in dashes) without
its 红头 and document number, which only an office may set. Notes follow GB/T 7714 for web pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from cunzhao.evaluate import word
from cunzhao.evaluate.types import BriefItem, SourceNote
from cunzhao.evaluate.words import measure_word, nature_word, printed_value
from cunzhao.ledger.types import Observation, period_in_words

FILE = "urn:cunzhao:file:"  # what addresses of imported files begin with
BEIJING = timezone(timedelta(hours=8))
_COLUMNS = (("指标", 50), ("数值（原文）", 34), ("时期", 23), ("地区", 23), ("性质", 13), ("来源", 13))  # mm
_TELLS = re.compile(r"(?:率|比例|比重|占比|强度|份额|增速|增幅)$")  # a name that says itself what it measures


def key_figures(observations: Iterable[Observation], limit: int) -> list[Observation]:
    """The figures a brief shows, at most `limit`, in the order of the text.

    Chosen: actual values and targets before forecasts, those with period and area before those without,
    amounts before counts of things; each printed value of a key once.
    """
    ordered = sorted(observations, key=lambda o: (o.span.start, o.span.end))
    once: dict[tuple[object, ...], Observation] = {}
    for o in ordered:
        if o.indicator:
            once.setdefault((*o.key, o.nature, o.comparator, o.value, o.value_high), o)
    best = sorted(once.values(), key=_weight)[: max(0, limit)]
    return sorted(best, key=lambda o: (o.span.start, o.span.end))


def _weight(o: Observation) -> tuple[object, ...]:
    """Lower is better."""
    counts = o.unit in ("个", "家", "项", "条", "座", "次", "场", "件", "名", "")
    return (o.nature == "forecast", not o.period, not o.region, counts, o.span.start, o.span.end)


def brief(items: Sequence[BriefItem], *, title: str, made: datetime) -> bytes:
    """The brief as the bytes of a .docx file.

    `made` is the time it is made, aware (a naive one raises ValueError); the file shows Beijing time. An
    empty `title` becomes 网页数据简报. Any text may stand in titles and quotes.
    """
    if made.tzinfo is None:
        raise ValueError(f"naive datetime {made!r}")
    heading = word.clean(title) or "网页数据简报"
    document = word.blank(heading, made)
    word.title(document, heading)
    word.centred(document, _day(made))
    figures = sum(len(item.figures) for item in items)
    word.body(
        document,
        f"本简报根据存照留存的{len(items)}份网页或文件整理，摘录其中数据{figures}项。数值照录原文，"
        "每项数据后的编号对应文末来源说明，可据以核对原文。每份材料选取数据时，实际值和目标值先于预测值，"
        "注明时期、地区的先于未注明的；其余数据见存照。",
    )
    for n, item in enumerate(items, 1):
        _item(document, n, item)
    _sources(document, items)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _item(document: Any, n: int, item: BriefItem) -> None:
    heading = word.heading(document, f"{_chinese_number(n)}、{word.clean(item.note.title) or '（无题名）'}")
    word.mark(heading, n)
    if not item.figures:
        word.body(document, "从这份材料中没有读出带指标的数据。")
        return
    rows = [
        (
            _indicator(o),
            printed_value(o),
            period_in_words(o.period) or "未注明",
            o.region or "未注明",
            nature_word(o)[:2],
        )
        for o in item.figures
    ]
    word.table(document, _COLUMNS, rows, note=n)


def _indicator(o: Observation) -> str:
    """The name the text uses, with what is measured of it."""
    measure = measure_word(o)
    return f"{o.label}（{measure}）" if measure and not _TELLS.search(o.label) else o.label


def _sources(document: Any, items: Sequence[BriefItem]) -> None:
    word.heading(document, "来源说明")
    for n, item in enumerate(items, 1):
        word.note(document, n, source_lines(item.note))
    word.small(
        document,
        "说明：以上内容由存照程序在所列时间取得并留存；SHA-256 为所留存内容的摘要值，"
        "可用于核对内容自留存以来未被改动。存照不证明其所述属实。",
    )


def source_lines(note: SourceNote) -> tuple[str, str]:
    """A source note without its number: the reference (GB/T 7714), and when it was kept with which digest.

    `责任者. 题名[EB/OL]. （2019-01-21）[2026-11-22]. URL`
    """
    kept = note.captured.astimezone(BEIJING)
    author = f"{word.clean(note.source)}. " if word.clean(note.source or "") else ""
    published = f"（{word.clean(note.date)[:10]}）" if note.date else ""
    named = word.clean(note.title) or "（无题名）"
    if note.url.startswith(FILE):
        file = word.clean(unquote(note.url.rpartition("/")[2]))
        reference = f"{author}{named}. {published}[{kept:%Y-%m-%d}]. 本地文件：{file}"
    else:
        reference = f"{author}{named}[EB/OL]. {published}[{kept:%Y-%m-%d}]. {word.clean(note.url)}"
    digest = note.digest.removeprefix("sha256:")
    return reference, f"存照时间：{kept:%Y-%m-%d %H:%M:%S}（北京时间）　SHA-256：{word.clean(digest)}"


def _day(made: datetime) -> str:
    day = made.astimezone(BEIJING)
    return f"{day.year}年{day.month}月{day.day}日"


def _chinese_number(n: int) -> str:
    """1 to 99 in Chinese; larger ones in digits."""
    digits = "零一二三四五六七八九"
    if n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
