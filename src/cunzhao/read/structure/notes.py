"""Source notes of articles: `（来源：《嘉兴日报》2016-7-3）`, `摘自…`, `——《绍兴日报》2019年1月2日`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cunzhao.read.folding import unspaced
from cunzhao.read.structure.titles import is_caption
from cunzhao.read.types import Block

_LABEL = (
    r"(?:(?:信息|资料|文章|稿件|新闻|本文|原文|文字)?(?:来源|来自|出处)(?:于)?|稿源|摘编?自|选自|(?:转载?|节选|整理)自|原载(?:于)?|"
    r"据(?=[^，。]{0,30}(?:报|社|网|台)))"
)
_MEDIUM = (
    r"(?:日报|晚报|时报|早报|商报|周报|导报|快报|晨报|都市报|报|新闻网|在线|网站?|新华社|中新社|通讯社|电视台|电台|广播|周刊|月刊|"
    r"杂志|客户端|公众号|微信|发布)"
)
_YEAR = r"(?:19|20)\d{2}"
_DAY = re.compile(
    rf"(?P<y>{_YEAR})\s*(?:(?:年|[-—./])\s*(?:(?P<m>\d{{1,2}})\s*(?:(?:月|[-—./])\s*(?:(?P<d>\d{{1,2}})\s*日?)?)?)?"
    r"(?:第?\d+期)?|(?P<m8>\d{2})(?P<d8>\d{2})(?!\d)|(?=\D|$))|(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_BRACKETED = re.compile(
    rf"[（(【\[]\s*(?P<label>{_LABEL})?\s*[:：]?\s*(?P<said>[^（()）【】\[\]。]{{2,110}}"
    r"(?:[（(][^（()）]{0,40}[)）][^（()）]{0,60})?)[)）】\]]\s*[。.]?\s*$"
)
_LINE = re.compile(
    rf"(?P<info>[^。；]{{0,40}}?)(?P<label>{_LABEL})\s*[:：]\s*(?P<said>[^。；]{{2,110}})|(?P<label2>摘编?自|选自|转载?自)\s*"
    r"(?P<said2>[^。；]{2,110})|(?:——|—|--)\s*(?P<said3>[^。；，]{2,80})"
    rf"|(?P<said4>(?:《[^《》]{{2,20}}》|[\u4e00-\u9fff]{{1,10}}{_MEDIUM})[\s，,]*{_YEAR}[年\-./][^。；，]{{3,30}})"
)
_OTHER = re.compile(
    r"作者[：:]|编辑[：:]|责任?编|责编|浏览|点击|阅读|字[体号]|打印|分享|发布[时日：:]|时间|日期|【"
)
_NO_NOTE = re.compile(r"(?:数据|图片|图|资金|经费|信息数据)\s*来源")
_CREDIT = re.compile(r"[，,；;、\s]*(?:记者|通讯员|作者|编辑|责编|整理)[:：\s]?[^（）\n]{0,30}$")
_PAGE = re.compile(r"[，,、\s]*(?:第?\s*[0-9A-Z]{1,4}\s*[版页]|[第]?\d+期)[^\s]{0,6}$")
_WIRE = re.compile(r"(?<=[社网报台])(?:专?电|讯|消息|报道)$")
_TITLED = 110  # characters of a title with its note behind it
_TAIL = 260  # characters at the end of a block in which a note may stand


@dataclass(frozen=True, slots=True)
class SourceNote:
    block: int  # index of its block
    start: int
    end: int
    source: str
    date: str | None  # ISO as far as told
    alone: bool  # the block says nothing else


def source_notes(text: str, blocks: Sequence[Block], issued: str | None = None) -> list[SourceNote]:
    """The notes at the end of a block or filling one, in order. `issued` (ISO) gives a bare day its year."""
    notes = []
    before: Block | None = None
    for i, block in enumerate(blocks):
        if block.kind == "noise":
            continue
        pictured = before is not None and _is_picture(text, before)
        before = block
        if block.kind in ("table", "caption") or pictured:
            continue
        note = _at_end(text, i, block, issued) or _filling(text, i, block, issued)
        if note:
            notes.append(note)
    return notes


def _is_picture(text: str, block: Block) -> bool:
    """A table, a figure or their caption: the note below says where its data come from."""
    return block.kind in ("table", "caption") or is_caption(
        text[block.start : min(block.end, block.start + 60)]
    )


def before_note(text: str, block: Block) -> int:
    """Where a short block ends without its source note: `【2】渡口扩建动工（《某某日报》2025-10-15）`."""
    if block.end - block.start > _TITLED:
        return block.end
    note = _at_end(text, 0, block, None)
    if note is None or note.alone or "。" in text[block.start : note.start]:
        return block.end
    return note.start


def headed_share(notes: Sequence[SourceNote], blocks: Sequence[Block], heads: Collection[int]) -> float:
    """The share of the notes that stand right below a heading, or on its line; `heads`: offsets at which
    headings begin."""
    said = [i for i, b in enumerate(blocks) if b.kind != "noise"]
    above = {i: blocks[said[k - 1]].start for k, i in enumerate(said) if k}
    headed = sum((n.alone and above.get(n.block) in heads) or blocks[n.block].start in heads for n in notes)
    return headed / len(notes) if notes else 0.0


def _at_end(text: str, i: int, block: Block, issued: str | None) -> SourceNote | None:
    begin = max(block.start, block.end - _TAIL)
    for opening in re.finditer(r"[（(【\[]", text[begin : block.end]):
        found = _BRACKETED.fullmatch(text, begin + opening.start(), block.end)
        if found:
            said = unspaced(found["said"])
            known = re.search(rf"《[^《》]+》|{_MEDIUM}", said) and _DAY.search(said)
            if not (found["label"] or known) or _NO_NOTE.search(found[0]):
                return None
            return _note(i, (found.start(), block.end), said, issued, alone=found.start() == block.start)
    return None


def _filling(text: str, i: int, block: Block, issued: str | None) -> SourceNote | None:
    if block.end - block.start > 150:
        return None
    body = text[block.start : block.end]
    found = _LINE.fullmatch(body)
    if found is None or _NO_NOTE.search(body):
        return None
    said = unspaced(found["said"] or found["said2"] or found["said3"] or found["said4"])
    if found["said3"] and not (re.search(rf"《[^《》]+》|{_MEDIUM}", said) and _DAY.search(said)):
        return None
    other = _OTHER.search(said)
    if not _DAY.search(said[: other.start()] if other else said):
        dated = _DAY.search(body)
        said = (said[: other.start()] if other else said) + (dated[0] if dated else "")
    elif other:
        said = said[: other.start()]
    return _note(i, (block.start, block.end), said, issued, alone=True)


def _note(i: int, span: tuple[int, int], said: str, issued: str | None, *, alone: bool) -> SourceNote | None:
    said = re.sub(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?", "", said)
    days = list(_DAY.finditer(said))
    date = _iso(days[-1], issued) if days else None
    named = date or (days and days[-1]["m2"])
    body = said[: days[-1].start()] + said[days[-1].end() :] if named else said
    body = _WIRE.sub("", _PAGE.sub("", _CREDIT.sub("", _PAGE.sub("", body))))
    source = re.sub(r"[《》]", "", body).strip("，、。；：,: 　-—（）()")
    return SourceNote(i, *span, source, date, alone) if source else None


def _iso(day: re.Match[str], issued: str | None) -> str | None:
    if day["m2"]:
        return _in_year(int(day["m2"]), int(day["d2"]), issued)
    year, month = int(day["y"]), int(day["m"] or day["m8"] or 0)
    return _calendar(year, month, int(day["d"] or day["d8"] or 0))


def _in_year(month: int, number: int, issued: str | None) -> str | None:
    """The last such day that is not after the day of issue."""
    if issued is None:
        return None
    year = int(issued[:4])
    date = _calendar(year, month, number)
    return _calendar(year - 1, month, number) if date and date > issued else date


def _calendar(year: int, month: int, day: int) -> str | None:
    """ISO as far as given (0: not given); None where the calendar has no such day or month."""
    if not month:
        return f"{year:04d}"
    try:
        whole = datetime.date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7]
