"""How far a project has come, from the words of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from cunzhao.extract.lexicons import lines, tree
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Stage

_TO_COME = re.compile(
    r"(?:(?<![军名])将|拟|计划|预计|力争|力促|争取|有望|即将|准备|(?<![重主需])要|打算|琢磨|寻思|盘算|(?<![思理设联梦感])想(?![象法到起])|(?<!新)希望(?!小学|工程)|(?:20[0-9]{2}年|[年月])底?前|"
    r"到20[0-9]{2}年|明年|年内|确保|(?<!去)(?<!上)(?<!前)(?<!去年)(?<!上年)年底|下个?月|下周|(?:国庆|春节|元旦|五一)节?前|[就才便]能|可望|"
    r"只等|等待|尽早|早日|尽快)[^，。；\n]{0,24}$"
)
_NOT = re.compile(
    r"(?:(?<![尚从])未能?|还没|没有|不再|暂缓|停止|取消|尚未|从未|不宜|无法|推迟|延期|(?<!既)非(?![遗洲晶公标凡金物农粮机道常]))[^，。；、\n]{0,4}$"
)
_FROM = re.compile(r"从$|(?:土地|用地|地块)(?:招拍)?$")  # 从打桩到出料, 土地挂牌
_GIVEN = re.compile(r"[只仅]?(?:给|要|需|预计|计划)")  # 从打桩到出料只给自己留了14个月
_AFTER_IT = re.compile(r"后|之后|以后|之日|之前|前(?!期)|时(?!间)|条件")
_PAST = re.compile(r"(?:去年|前年)[^，。；]{0,8}$")  # 去年底通车后
_ALREADY = re.compile(r"(?:刚刚?|早已|均已|已经|已)(?:全面|正式|全部|陆续|相继)?$")
_GOES_ON = re.compile(r"加快|推进|抓紧|加紧")  # 要加快推进: it is under way already
_FINISHED = ("建成", "竣工", "完工", "投产", "投用", "通车", "启用", "开通")
_SETTLED = ("放到了", "落户", "落地", "入驻", "落了户")
_BEGIN = re.compile(r"(?P<y>[0-9]{4})(?:-(?:Q(?P<q>[1-4])|(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?))?")
_END = re.compile(r"[底末]|下旬")
_LATE = 25  # day of a month from which its end is there
_MONTH = re.compile(r"[0-9]{1,2}月")
_STOP = re.compile(r"[，。；！？\n]")
_NEAR = 12  # characters between a date and what is told of it
_BEGINS = re.compile(r"开工|动工|启动|开建|奠基|破土|动土|新建|上马|[建盖办上]一?[个座条]")
_AHEAD: dict[str, int] = {"planned": 0, "building": 1, "done": 2, "signed": 3, "negotiating": 4}


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that tells a stage, at its place in the flat text."""

    start: int
    end: int
    word: str
    stage: Stage
    weak: bool
    to_come: bool  # 将, 计划, 力争 stand before it


@cache
def stage_words() -> dict[str, tuple[Stage, bool]]:
    """Each word with its stage and whether it is weak (plain 建设, which 将 makes a plan)."""
    return {word: (stage, strength == "weak") for word, stage, strength, _ in _rows()}  # type: ignore[misc]


@cache
def stage_rows() -> list[tuple[str, str, str]]:
    """The words of two and more characters, with what may not follow them: rows for `lexicons.tree`."""
    return [(word, after, _before(word)) for word, _, _, after in _rows() if len(word) > 1]


def _before(word: str) -> str:
    """昭通水富, 南通车辆: what may not stand before a word."""
    return "昭南" if word[0] == "通" else ""


@cache
def _rows() -> list[list[str]]:
    return [[*line.split("\t"), ""][:4] for line in lines("project_stages.tsv")]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(tree((word, after, _before(word)) for word, _, _, after in _rows()))


def read_signs(text: str, start: int, end: int) -> list[Sign]:
    """The words of `start:end` that tell a stage. What is denied or a condition (建成后) tells none."""
    found = []
    for match in _pattern().finditer(text, start, end):
        left = text[max(start, match.start() - 30) : match.start()]
        past = _PAST.search(left[-11:])
        if (
            _NOT.search(left[-9:])
            or _FROM.search(left[-5:])
            or (left.endswith("到") and _GIVEN.match(text, match.end()))
            or (not past and _AFTER_IT.match(text, match.end(), match.end() + 3) and match[0] != "通了")
        ):
            continue
        stage, weak = stage_words()[match[0]]
        begins = weak and left.endswith("，")  # 准备明年动工，建一个…
        coming = bool(_TO_COME.search(left[:-1] if begins else left)) or text.startswith("在即", match.end())
        to_come = coming and not _GOES_ON.match(match[0]) and not _ALREADY.search(left[-5:])
        found.append(Sign(*match.span(), match[0], stage, weak, to_come))
    return found


def ahead(setting: Setting, sign: Sign, *, going: bool) -> Sign:
    """The sign, still to come where the date before it lies behind the day of writing: `明年3月投产`. A month
    without a year is the next one where the work is `going` on: `主体已封顶，9月交付`."""
    written = setting.passage(sign.start).written
    at = bisect_left(setting.dates, sign.start, key=lambda d: d.start) - 1
    date = setting.dates[at] if at >= 0 else None
    if sign.to_come or not written or not date or not date.period or sign.start - date.end > _NEAR:
        return sign
    text = setting.flat.text[date.start : sign.start]
    first = _BEGIN.match(date.period.lstrip("."))
    if not first or _STOP.search(text) or _ALREADY.search(text):
        return sign
    if going and written[1] and _MONTH.match(text) and int(first["m"] or 0) > written[1]:
        return replace(sign, to_come=True)
    this_month = (first["y"], int(first["m"] or 0)) == (str(written[0]), written[1])
    if this_month and 0 < written[2] < _LATE and _END.match(setting.flat.text, date.end):
        return replace(sign, to_come=True)  # 4月底完工, said on the 8th
    month = int(first["q"]) * 3 - 2 if first["q"] else int(first["m"] or 0)
    told = [int(part) for part in (first["y"], month, first["d"] or 0) if int(part)]
    return replace(sign, to_come=True) if tuple(told) > written[: len(told)] else sign


def decide(
    signs: Sequence[Sign], *, plan: bool, wanted: bool, signing: bool
) -> tuple[Stage | None, Sign | None]:
    """The stage that the signs of one project tell together, and the sign it was read from.

    What is already so counts before what is to come, the furthest first. In a `plan`, and where a chapter
    tells what is `wanted`, 建成 is still to come.
    """
    real = [s for s in signs if not s.to_come]
    for stage in ("done", "building", "negotiating", "planned", "signed"):
        sure = next((s for s in real if s.stage == stage and not s.weak), None)
        if sure and sure.word in _SETTLED:  # what has settled may still be in building
            sure = next((s for s in real if s.stage == "building" and not s.weak), sure)
        if sure and signing and sure.word == "落户":
            return "signed", sure
        if sure:
            return _in_plan(sure) if wanted else sure.stage, sure
    soft = next((s for s in real if s.weak), None)
    if soft:
        going = "加快" in soft.word or "推进" in soft.word
        plain = soft.stage == "building" and (not going or any(s.to_come for s in signs))
        return ("signed" if signing and plain else soft.stage), soft
    coming = max(signs, key=lambda s: _AHEAD[s.stage], default=None)
    if coming is None:
        return None, None
    begins = next((s for s in signs if s.to_come and _BEGINS.search(s.word)), None)
    if begins and not (plan or signing):  # 拟于5月开工，年底建成
        return "planned", begins
    if coming.stage in ("negotiating", "signed"):
        return "negotiating", coming
    if signing:
        return "signed", coming
    if plan or not (coming.weak or coming.stage == "planned" or _BEGINS.search(coming.word)):
        return "building", coming
    return "planned", coming


def _in_plan(sign: Sign) -> Stage:
    return "building" if sign.word.startswith(_FINISHED) else sign.stage
