"""Source notes: `（来源：《…》2016-7-3）`, `信息来源：市发改委`, `新华社北京5月3日电`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.extract.text.dates import day_of, iso
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import CitationFields, Fact

VERSION = "1"
_WORDS = r"(?:信息|资料|文章|稿件|新闻|数据|本文|图文)?(?:来源|来自|出处)于?|稿源|摘自|转载?自|原载于?"
_IN_BRACKETS = re.compile(
    rf"（(?:{_WORDS})[：]?(?P<note>[^（）\n]{{1,100}}(?:（[^（）\n]{{0,40}}）[^（）\n]{{0,60}})?)）"
)
_ON_LINE = re.compile(
    r"^(?:(?:发布时间|发表时间|日期|时间)?：?(?P<lead>(?:19|"
    r"20)[0-9]{2}[-/年][0-9]{1,2}[-/月][0-3]?[0-9]日?)(?:[0-9：]{4,9})?)?"
    rf"(?:作者：[^：\n]{{1,12}}?)?(?P<whole>(?:{_WORDS}|供稿单位?|供稿)：(?P<note>[^\n]{{1,80}}?))"
    r"(?=$|作者|发布[时日]|发表[时日]|发文[时日]|日期|时间|编辑|责任|浏览|点击|访问|阅读|字体|字号|"
    r"打印|分享|【|\[|］|\|)",
    re.M,
)
_AGENCY = r"新华社|中新社|新华网|中新网|中国新闻网|人民网|央视网|央广网|光明网|中国网|经济日报|法新社|路透社"
_WIRE = re.compile(
    rf"^（?(?:据)?(?P<agency>{_AGENCY})(?P<place>[一-龥]{{0,10}}?)(?:(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})日)?(?:电|"
    rf"讯)(?![一-龥]?(?:子|信|话|力|网|视|息))",
    re.M,
)
_DAY = re.compile(
    r"，?(?P<y>(?:19|20)[0-9]{2})(?:年第?|"
    r"[-./])?(?:(?P<m>[0-9]{1,2})(?:[-./月](?P<d>[0-9]{1,2})?日?)?)?(?:期)?[0-9：]{0,8}[。.]?$"
)
_BYLINE = re.compile(r"[，；]?(?:记者|通讯员|作者|编辑|责编)[^（）\n]{0,30}$")  # who wrote it is no source


@dataclass(frozen=True, slots=True)
class Note:
    start: int  # flat
    end: int
    source: str
    date: str | None


def read_notes(flat: Flat, written: str | None = None) -> list[Note]:
    """Every source note of the flat text, in order. `written` gives a wire's day its year."""
    found = [_note(m, m["note"]) for m in _IN_BRACKETS.finditer(flat.text)]
    found += [_note(m, m["note"]) for m in _ON_LINE.finditer(flat.text)]
    found += [_wire(m, written) for m in _WIRE.finditer(flat.text)]
    notes = sorted((note for note in found if note.source), key=lambda n: n.start)
    return [n for i, n in enumerate(notes) if not i or n.start >= notes[i - 1].end]


def extract_citations(flat: Flat, notes: list[Note]) -> Iterator[Fact]:
    for note in notes:
        fields: CitationFields = {"source": note.source, "date": note.date}
        span = flat.span(note.start, note.end)
        yield Fact(kind="citation", span=span, fields=fields, extractor="citation", version=VERSION)


def _note(match: re.Match[str], text: str) -> Note:
    text = _BYLINE.sub("", text)
    day = _DAY.search(text)
    date = iso(int(day["y"]), int(day["m"] or 0), int(day["d"] or 0)) if day else None
    body = text[: day.start()] if day else text
    start = match.start("whole") if "whole" in match.re.groupindex else match.start()
    lead = match["lead"] if "lead" in match.re.groupindex else None
    if lead and not date:
        year, month, number = (int(part) for part in re.findall(r"[0-9]+", lead))
        date = iso(year, month, number)
    return Note(start, match.end(), re.sub(r"[《》]", "", body).strip("，、。；：,"), date)


def _wire(match: re.Match[str], written: str | None) -> Note:
    """A wire names month and day; the year is that of the document."""
    now = day_of(written)
    date = None
    if match["m"] and now:
        month = int(match["m"])
        date = iso(now[0] - 1 if now[1] and month > now[1] + 1 else now[0], month, int(match["d"]))
    start = match.start() + match[0].startswith("（")
    return Note(start, match.end(), match["agency"], date)
