"""What a question asks for, which its answer need not name again: `挂果的面积有多少？——大概74万亩`."""

from __future__ import annotations

import re

from cunzhao.extract.figures.carry import ASKED, Named
from cunzhao.extract.figures.deed import paid_for
from cunzhao.extract.figures.heads import is_agent
from cunzhao.extract.figures.phrase import find_stem, says_nothing
from cunzhao.extract.text.setting import Setting

_LONGEST = 160  # characters of a question
_QUESTION = re.compile(r"[^，。；\n]{0,12}(?:记者|主持人|网友|问|提问)：|[^\n]*？$")
_CLAUSE = re.compile(r"[^，。；：？！]+")
_ASKS = re.compile(
    r"(?P<topic>[^，]{2,24}?)(?:到底|究竟|大概|大约|一般|现在|目前|如今|能|会|都|又|已经)*"
    r"(?:(?:有|是|占到?|达到?|占了)?(?:多[少大高长快深远]|几(?=[个家成人亩座条千百十万]))(?P<what>[^，]{0,10})"
    r"|怎么?样|如何|什么(?:情况|水平|样)|(?P<sign>[够高大多好快])不(?P=sign)|呢$)"
)
_COUNTED = re.compile(r"[个家户座人名位条所亩吨辆只头台]([一-龥]{2,8})$")
_ABOUT = re.compile(r"(?<=[一-龥]{2})(?:的?(?:情况|方面|问题|数据|水平|这块|状况|表现|进展))$")
_PLACES = re.compile(r"[各全我本]?(?:地|个?[省市县区州乡镇村])+")
_TALKS = re.compile(r"您|你|请|听说|据说|我们|下一步|打算|怎么看|介绍")


def asked_before(setting: Setting, at: int) -> Named | None:
    """What the paragraph before `at` asks for, if it is a question; flat offset of the answer."""
    before = setting.flat.paragraph_at(at - 1) if at else None
    if not before or before.end - before.start > _LONGEST:
        return None
    text = setting.flat.text
    if not _QUESTION.match(text, before.start, before.end):
        return None
    for clause in _CLAUSE.finditer(text, before.start, before.end):
        asks = _ASKS.match(text, *clause.span())
        topic = _topic(asks) if asks else ""
        if len(topic) > 1:
            place = text.find(topic, *clause.span())
            return Named(topic, "sentence", place, place + len(topic) if place >= 0 else -1, ASKED)
    return None


def _topic(asks: re.Match[str]) -> str:
    what = _COUNTED.match(asks["what"] or "")
    if what:
        return what[1]
    stem = "" if _TALKS.search(asks["topic"]) else find_stem((), asks["topic"])
    does = paid_for(asks["topic"])
    if does and (is_agent(stem) or says_nothing(stem)):
        return does
    stem = _ABOUT.sub("", stem)
    agent = is_agent(stem) and asks["what"] is None and not asks[0].endswith("呢")
    return "" if says_nothing(stem) or agent or _PLACES.fullmatch(stem) else stem
