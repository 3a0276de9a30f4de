"""Which place and which period a quantity is about: the words before it in the sentence, else what still
holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.dates import When, read_dates
from cunzhao.extract.places import Place
from cunzhao.extract.sentence import Sentence
from cunzhao.extract.setting import Setting

_NOW = re.compile(r"目前|现有|现已|当前|如今|迄今")
_ON = re.compile(
    r"^(?:其中|同时|此外|另外|分[一-龥]{1,4}看|从[一-龥]{1,6}看|[一二三]是|按[一-龥]{2,6}[算计])"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a sentence leaves to the next of its paragraph."""

    place: str | None = None
    period: str | None = None
    due: bool = False


def read_region(sentence: Sentence, index: int, carried: Carried, setting: Setting) -> str | None:
    """The nearest subject before; `在上海` if there is none; the place described (`600平方公里的…新区`)."""
    quantity = sentence.quantities[index]
    described = _described(sentence, index)
    if described:
        return described
    before = [p for p in sentence.places if p.end <= quantity.start]
    clause = sentence.clause_start(quantity.start)
    near = [p for p in before if p.start >= clause]
    for places in (near, before):
        subject = _last(places, "subject")
        if subject:
            return subject.name
    located = _last(before, "in")
    if located:
        return located.name
    return carried.place or setting.own


def _last(places: list[Place], role: str) -> Place | None:
    return next((p for p in reversed(places) if p.role == role), None)


def _described(sentence: Sentence, index: int) -> str | None:
    end = sentence.quantities[index].end
    if sentence.text[end : end + 1] != "的":
        return None
    return next((p.name for p in sentence.places if p.start == end + 1), None)


def read_period(
    sentence: Sentence, index: int, carried: Carried, usual: str | None
) -> tuple[str | None, bool]:
    """The nearest date before that is no base of comparison; (period, whether it is a day to come up to)."""
    quantity = sentence.quantities[index]
    inside = [d for d in sentence.dates if d.end <= quantity.start and d.role in ("plain", "from")]
    nearest: When | None = None
    for when in inside:
        used = any(when.end <= q.start < quantity.start for q in sentence.quantities)
        if when.role == "from" and used:  # 由2017年的350列增加至1000列: only for the 350
            continue
        if when.period:
            nearest = _finer(nearest, when, sentence)
    now = _NOW.search(sentence.text, nearest.end if nearest else sentence.start, quantity.start)
    if now:
        return None, False
    if nearest:
        return nearest.period, nearest.due or (nearest.start > 0 and sentence.text[nearest.start - 1] == "到")
    if carried.period and _ON.match(sentence.text[sentence.start : sentence.start + 12]):
        return carried.period, carried.due
    return usual, False


def _finer(old: When | None, new: When, sentence: Sentence) -> When:
    """A date in brackets holds only there."""
    if old and sentence.text[new.start - 1 : new.start] == "（":
        return old
    return new


_YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾")


def usual_period(setting: Setting, place: int) -> str | None:
    """The period of a report's title or of the chapter: `2021年…公报`, `一、2022年工作回顾`."""
    chapters = [h.title for h in setting.path(place) if h.level > 1]
    for title in reversed(chapters):
        years = _YEAR.findall(title)
        if len(set(years)) == 1:
            return _titled(title)
    title = setting.document.title or ""
    return _titled(title) if _REPORT.search(title) and len(_YEAR.findall(title)) == 1 else None


def _titled(title: str) -> str | None:
    return next((d.period for d in read_dates(title, lambda _: None)), None)
