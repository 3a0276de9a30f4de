"""What a share is named: `X占Y比重`, however the text parts the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.extract.figures.noun import own_noun
from cunzhao.extract.figures.phrase import MARK, find_stem, says_nothing
from cunzhao.extract.figures.qualify import STATED
from cunzhao.extract.figures.sentence import Sentence

_OF = re.compile(r"占(?!地|领|用|有|率)到?([^，]*?)的?(比重|比例|份额|比)?(?:平均)?$")
_RATED = re.compile(r"(?:率|比重|比例|份额|度|面|水平|系数|指数|之比|年龄|寿命)$")
_DONE = re.compile(r"完成了?([^，]{0,8}(?:目标|任务|计划|预算)[^，]{0,3}?)的$")  # 完成年度目标的47.6%
_WITHIN = re.compile(r"([^，；：、]{2,24})(?<![集高初其当])中，$")
_OTHER = re.compile(r"[、和，]约?([一-龥]{2,8})的")
_SUCH = re.compile(r"[一-龥]{3}的[只仅也就还才]*占")  # 真正能采的只占60%
_SINCE = re.compile(r"(?<=比|重|例)[由从](?:[^，由从]{0,6}的)?$")  # 占比从2019年的1.8%
_VERB = re.compile(r"以上|以下|左右|以内|大关|[提上下增减升降]|扩大|缩小|回落")


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a quantity."""

    clause: str  # dates marked
    stem: str  # its noun phrase
    told: Sequence[str]  # what the text named before, the latest first


def name_share(sentence: Sentence, index: int, before: Left, measure: str) -> str | None:
    """The name of a share; None where the quantity is no share of something, or its name is elsewhere."""
    left, stem, told = before.clause, before.stem, before.told
    of = _OF.search(_without_growth(left.replace(MARK, "")))
    points = sentence.quantities[index].unit_kind == "points"
    tenths = sentence.quantities[index].unit == "成"
    if measure != "share" and not tenths and not (points and of and of[2]):
        return None
    noun = own_noun(sentence, index)
    done = _DONE.search(left)
    if done and told:
        return f"{told[0]}完成{done[1].replace(MARK, '年')}"
    other = _OTHER.fullmatch(left) if index and told and "占" in told[0] else None
    if other:  # 占全区的37%、全国的9%
        return f"{told[0].split('占')[0]}占{other[1]}"
    if not of:
        return _plain(sentence, index, stem, noun, told)
    subject = find_stem(sentence.names, left[: left.rfind("占")])
    subject = "" if says_nothing(subject) and not _SUCH.search(left) else subject
    whole = find_stem(sentence.names, of[1]) and of[1]
    rate = "比重" if of[2] in ("比重", "份额") else of[2] if of[2] == "比例" else ""
    if whole:
        subject = subject or noun or next(iter(told), "") or _clause_before(sentence, index)
        return f"{subject.split('占')[0]}占{whole}{rate}"
    if of[1]:  # 占全市的52%: the area goes to the region
        subject = subject or next(iter(told), "")
        return f"{subject.split('占')[0]}占{of[1]}{rate}" if subject else None
    whole = _whole_before(sentence, index) or (next(iter(told), "") if "其中" in left else "")
    if subject and whole and whole != subject and not _RATED.search(whole):
        return f"{subject}占{whole}比重"
    if noun and not subject:
        return f"{noun}占比"
    subject = subject or next(iter(told), "")
    return f"{subject.split('占')[0]}占比" if subject else None


def _without_growth(left: str) -> str:
    left = _SINCE.sub("", left)
    return re.sub(r"(?:提高|上升|下降|降低|回落|提升|增加|减少)(?:了|到|至)?$", "", STATED.sub("", left))


def _plain(sentence: Sentence, index: int, stem: str, noun: str | None, told: Sequence[str]) -> str | None:
    """A rate by its own name, or a share of the noun behind it: `34%的工业产值`."""
    if noun and not _RATED.search(stem):
        shared = re.search(r"占(.+)$", next(iter(told), "")) if index else None
        return f"{noun}占{shared[1]}" if shared else noun
    behind = re.match(r"[一-龥]{2,8}$", sentence.right(index))
    if stem and behind and not _RATED.search(stem) and not says_nothing(stem) and not _VERB.match(behind[0]):
        return stem + behind[0]
    return None


def _whole_before(sentence: Sentence, index: int) -> str:
    """`在夜校学员中，女学员占…`: the whole that a part is of."""
    start = sentence.clause_start(sentence.quantities[index].start)
    match = _WITHIN.search(sentence.text[max(sentence.start, start - 30) : start])
    return find_stem(sentence.names, match[1]) if match else ""


def _clause_before(sentence: Sentence, index: int) -> str:
    start = sentence.clause_start(sentence.quantities[index].start)
    at = sentence.clause_start(start - 1) if start > sentence.start else start
    return find_stem(sentence.names, sentence.text[at : max(at, start - 1)])
