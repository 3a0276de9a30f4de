"""Source notes: `（来源：《…》2016-7-3）`, `信息来源：市发改委`, `新华社北京5月3日电`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.extract.text.dates import day_of, iso
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import By, CitationFields, Fact, Reason

VERSION = "2"
_WORDS = (
    r"(?:信息|资料|文章|稿件|新闻|数据|本文|图文|图片|消息|文字|素材|原文)?(?:来源|来自|出处)于?|稿源|"
    r"[摘选]自|转载?自|原载于?"
)
_BY = r"(?:(?:本报|本网)?(?:记者|通讯员|作者|编辑|责编|文)[：/]?[^（）：。，\n]{1,20}?)?"
_DAY = r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-3]?[0-9]日?(?:[0-9：]{4,9})?"
_IN_BRACKETS = re.compile(
    rf"（{_BY}(?:{_WORDS})[：]?(?P<note>[^（）\n]{{1,100}}(?:（[^（）\n]{{0,40}}）[^（）\n]{{0,60}})?)）"
)
_ON_LINE = re.compile(
    rf"^(?:(?:发布时间|发表时间|更新时间|发布日期|日期|时间)?：?(?P<lead>{_DAY})[|丨]?)?{_BY}"
    rf"(?P<whole>(?:{_WORDS}|供稿单位?|供稿)[：丨|](?P<note>[^\n。]{{1,80}}?))"
    r"(?=$|。|作者|记者(?!网|协)|通讯员|发布[时日]|发表[时日]|发文[时日]|更新时|日期|时间|编辑|责任|责编|审核|校对|"
    r"浏览|点击|访问|阅读|字体|字号|打印|分享|【|\[|］|\||丨)(?P<after>[^\n。]{0,80})",
    re.M,
)
# Without a word for it: a paper with its day closes a paragraph, 摘自《…》 stands on a line of its own.
_BARE = re.compile(
    r"(?:（(?:据(?=[^（）\n]{0,40}(?:报道|消息|讯|[报网刊台端》])）))?|^(?:—{1,2})?)"
    rf"(?P<note>《[^》\n]{{2,20}}》(?:，?{_DAY}|，?(?:19|20)[0-9]{{2}}年第[0-9]{{1,2}}期)?[^（）\n]{{0,14}})(?:）(?=$|。$)|$)"
    r"|^(?:[摘选]自|转载?自|原载于?)(?P<line>《[^\n]{2,60})$",
    re.M,
)
_AGENCY = r"新华社|中新社|新华网|中新网|中国新闻网|人民网|央视网|央广网|光明网|中国网|经济日报|法新社|路透社"
_WIRE = re.compile(
    rf"(?:^|（)(?:据)?(?P<agency>{_AGENCY})(?P<place>[一-龥]{{0,10}}?)"
    r"(?:(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日)?"
    r"(?:(?:电|讯)(?![一-龥]?(?:子|信|话|力|网|视|息))|消息(?=[：（，])|(?=）))",
    re.M,
)
_TITLE = re.compile(r"《[^》]*》")
_WHEN = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?:年第?[0-9]{1,3}期|年?(?=$|，|。|《)"
    r"|(?:年|[-/.])(?P<m>[0-9]{1,2})(?:[-/.月](?P<d>[0-3]?[0-9])?日?)?(?!期|[0-9]{3}))"
)
# Who wrote it, its page and what was done to it are no source.
_REST = re.compile(
    r"(?<=.)[，；。]?(?:(?:本报|本网)?记者(?!网|协)|通讯员|作者|编辑|责编|责任编辑|(?:发布|发表|更新)(?:时间|日期|于)|日期|"
    r"时间：|略?有?(?:删节|删改|改动|删减)|节选|第?[A-Z]?[0-9]{1,2}版|(?:报道|消息|讯)$|"
    r"，[^，]{0,10}(?:整理|测算|绘制|计算|汇总)$).*$"
)


@dataclass(frozen=True, slots=True)
class Note:
    start: int  # flat
    end: int
    source: str
    date: str | None
    dated: tuple[int, int] | None = None  # where its date stands, flat
    by: By = "words"  # "date": the year of the date is that of the document


def read_notes(flat: Flat, written: str | None = None) -> list[Note]:
    """Every source note of the flat text, in order. `written` gives a wire's day its year."""
    text = flat.text
    found = [_note(m, m.start(), m.end()) for m in _IN_BRACKETS.finditer(text)]
    found += [_note(m, m.start("whole"), m.end("whole")) for m in _ON_LINE.finditer(text)]
    found += [_note(m, m.start(), m.end()) for m in _BARE.finditer(text) if _is_note(m)]
    found += [_wire(m, written) for m in _WIRE.finditer(text)]
    notes = sorted((note for note in found if note.source), key=lambda n: n.start)
    return [n for i, n in enumerate(notes) if not i or n.start >= notes[i - 1].end]


def extract_citations(flat: Flat, notes: Sequence[Note]) -> Iterator[Fact]:
    for note in notes:
        fields: CitationFields = {"source": note.source, "date": note.date}
        dated = flat.span(*note.dated) if note.dated else None
        yield Fact(
            kind="citation",
            span=flat.span(note.start, note.end),
            fields=fields,
            extractor="citation",
            version=VERSION,
            why=(Reason("date", note.by if dated else "default", dated),),
        )


def _is_note(match: re.Match[str]) -> bool:
    """A paper without a word for the source: 据 or a date must tell it from a title in brackets."""
    return bool(match["line"] or match[0].startswith("（据") or re.search(_DAY, match[0]))


def _note(match: re.Match[str], start: int, end: int) -> Note:
    """The date is that in the note, else that of the line it stands on."""
    groups = match.groupdict()
    inside = "line" if groups.get("line") else "note"
    text = match[inside]
    day = _WHEN.search(_TITLE.sub(lambda m: "《" * len(m[0]), text))
    source = _clean(text[: day.start()]) or _clean(text[day.end() :]) if day else _clean(text)
    at = match.start(inside)
    for group in ("lead", "after"):
        if not day and groups.get(group):
            day, at = _WHEN.search(match[group]), match.start(group)
    date = iso(int(day["y"]), int(day["m"] or 0), int(day["d"] or 0)) if day else None
    return Note(start, end, source, date, (at + day.start(), at + day.end()) if day else None)


def _clean(text: str) -> str:
    return _REST.sub("", re.sub(r"[《》]", "", text)).strip("，、。；：,|丨")


def _wire(match: re.Match[str], written: str | None) -> Note:
    """A wire names month and day; the year is that of the document."""
    now = day_of(written)
    date = dated = None
    if match["m"] and now:
        month = int(match["m"])
        date = iso(now[0] - 1 if now[1] and month > now[1] + 1 else now[0], month, int(match["d"]))
        dated = (match.start("m"), match.end("d") + 1)
    start = match.start() + match[0].startswith("（")
    return Note(start, match.end(), match["agency"], date, dated, "date")
