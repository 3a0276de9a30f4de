"""How far a date reaches: a frame to the end of its sentence, that of an event or attribute only there."""

from __future__ import annotations

import re

from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.text.dates import When

_OPENING = 10  # characters in which a clause names its time: 全市2018年
NOW = re.compile(
    r"(?<![比较由从于与])(?:目前|现有|现已|现在|当前|如今|今天(?=，)|迄今|至今|眼下|时下|这几年|近几年|"
    r"近年来|这些年|多年来)"
)
_MILESTONE = (  # what stands before gives nothing back: 中旬 can be read in three ways
    r"(?:[将已刚就底前后初中旬末内]|已经|正式|全面|顺利|全线|率先|开始|陆续|同步|集中|上?[中下]?旬|举行|进行)*+"
    r"(?:动工|开工|奠基|破土|投产|投用|投运|投入|建成|试产|完工|竣工|通车|通航|开通|启用|开园|开业|开馆|运营|试生产|试运营|试运行|"
    r"签[约订署下]|进场|封顶|挂牌|揭牌|成立|落户|获批|批复|立项|启动|交付|验收|通过|入学|开学|并网|贯通|达产|揭幕|扫尾|交工|上市)"
)
_EVENT = re.compile(rf"{_MILESTONE}(?!以来)[^，；、0-9]{{0,12}}(?=[，、；]|$)")
_AFTER = re.compile(r"[^，；0-9]{0,10}(?:后|之后|以后)，")
MADE = re.compile(
    r"(?:[刚已新集中]|正式|首次|成功)*(?:签|引进|开工|新开工|举行|举办|发布|出台|印发|制定|成立|启动|建成|投产|启用|实施|提出|下达|批复|"
    r"确定|公布|召开|落户|收购|上市|投用|通车|开通|完工|竣工|新建|入选|获批|注册|设立|开展|组建)[^，；0-9]{0,10}的"
)
_BASE = re.compile(r"(?:同期|全年|底|末|当年)?的")
_RATIO = re.compile(r"(?:同期|全年|底|末|当年)?的(?:近|约)?[0-9./]+(?:倍|%)")
_EQUALS = re.compile(r"(?:是|为|占|相当于|达到?|恢复到|恢复至|约|近|分别|，)$")
_MONTH = re.compile(r"(?:\.\.)?([0-9]{4})-([0-9]{2})")
_SINCE_JANUARY = re.compile(r"([0-9]{4})-(?:01/\1-([0-9]{2})|Q1/\1-Q([2-4])|Q(1))")


def near(sentence: Sentence, index: int) -> When | None:
    """The nearest date of the segment whose reach the quantity is in."""
    at = sentence.quantities[index].start
    floor = sentence.segment_start(at)
    for when in reversed(sentence.dates_before(at)):
        if when.start < floor:
            return None
        if when.period and _reaches(sentence, when, index):
            return when
    return None


def _reaches(sentence: Sentence, when: When, index: int) -> bool:
    text, quantity = sentence.text, sentence.quantities[index]
    between = text[when.end : quantity.start]
    if when.role == "from":
        return "，" not in between and not sentence.counts_between(when.end, quantity.start)
    if when.role != "plain" or is_base(sentence, when):
        return False
    if text[when.start - 1 : when.start] == "（":
        return "）" not in between
    ratio = quantity.unit_kind in ("ratio", "percent", "fraction")
    if (
        ratio
        and _BASE.match(between)
        and "，" not in between
        and _EQUALS.search(text, max(0, when.start - 4), when.start)
    ):
        return False
    if MADE.match(text, when.end):
        return between.endswith(("的", "的这", "的约"))
    if is_event(sentence, when):
        return "，" not in between and "；" not in between and "、" not in between
    return True


def is_base(sentence: Sentence, when: When) -> bool:
    """`是2015年的1.6倍`: what a ratio is counted by."""
    ratio = _RATIO.match(sentence.text, when.end)
    return bool(ratio and _EQUALS.search(sentence.text, max(0, when.start - 4), when.start))


def is_event(sentence: Sentence, when: When) -> bool:
    """`去年11月动工，`, `今年9月通车后，`: the day of one thing, which says nothing of what follows."""
    return bool(_EVENT.match(sentence.text, when.end) or _AFTER.match(sentence.text, when.end))


def frame_of(sentence: Sentence, floor: int, at: int) -> When | None:
    """The last date before `at` that opens a clause of the sentence or stands in its first one."""
    for when in reversed(sentence.dates_before(at)):
        if when.start < floor:
            return None
        crossing = when.start < sentence.segment_start(at)
        counted = crossing and sentence.counts_between(sentence.segment_start(when.start), when.start)
        if counted and not _SINCE_JANUARY.fullmatch(when.period or ""):
            continue  # 今年开放床位9张，前三季度门急诊1万人次；出院300人次: these too
        if when.period and when.role == "plain" and opens(sentence, when):
            return when
    return None


def opens(sentence: Sentence, when: When) -> bool:
    """Whether a date sets the time of what follows, and is no event's, attribute's or aside's."""
    text = sentence.text
    clause = sentence.clause_start(when.start)
    lead = text[clause : when.start]
    among = lead.startswith("其中") or text.endswith("其中，", 0, when.start)
    if len(lead) > _OPENING or among or sentence.counts_between(clause, when.start):
        return False
    if text[when.start - 1 : when.start] == "（" or MADE.match(text, when.end):
        return False
    return not is_base(sentence, when) and not is_event(sentence, when)


def carried_frame(sentence: Sentence) -> When | None:
    """The frame of the nearest earlier sentence, of the paragraph or of the question it answers."""
    for when in reversed(sentence.earlier):
        if when.period and when.role == "plain" and opens(sentence, when):
            gone = NOW.search(sentence.text, when.end, sentence.start)
            return None if gone else when
    return None


def whole_of(sentence: Sentence, when: When) -> When:
    """`前三季度…。9月当月…。`: what goes on is of the months since January told before, not of the one."""
    month = _MONTH.fullmatch(when.period or "")
    for earlier in reversed(sentence.earlier) if month else ():
        since = _SINCE_JANUARY.fullmatch(earlier.period or "") if earlier.start < when.start else None
        if month and since and since[1] == month[1] and earlier.role == "plain" and opens(sentence, earlier):
            last = int(since[2] or 0) or 3 * int(since[3] or since[4])
            return earlier if int(month[2]) <= last else when
    return when
