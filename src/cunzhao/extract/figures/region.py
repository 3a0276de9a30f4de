"""Which area and which period a quantity is about: the words before it in the sentence, else what still
holds."""

from __future__ import annotations

import re
from itertools import pairwise

from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.places.areas import NamedArea

_RUN = re.compile(r"(?:^|[^一-龥]|尽管|目前|由|与|和|从|对|把|将|即|在|及|是|以|的)([一-龥]{2,6})$")
_COMES = ("来", "到", "在", "赴")
_VISIT = re.compile(r"推介会|考察|会上|座谈|论坛|开幕|举行|举办|活动中|招商活动")
_OPENING = 8  # characters in which a clause names its subject
_CLAUSES = 8  # how far back an area is looked for
_WORKS = re.compile(
    r"[一二三四五六]期|[一-龥]{0,4}(?:工程|项目)"
)  # 港区二期工程投用: the work is the subject
_NOW = re.compile(r"目前|现有|现已|当前|如今|迄今")
_ON = re.compile(
    r"^(?:其中|同时|此外|另外|分[一-龥]{1,4}看|从[一-龥]{1,6}看|[一二三]是|按[一-龥]{2,6}[算计])"
)


def read_region(sentence: Sentence, index: int) -> str | None:
    """The first subject of the clause, else of the nearest clause before; `在成都` where there is none;
    the area described (`80平方公里的…新区`); what the paragraph spoke of; the document's own area."""
    quantity = sentence.quantities[index]
    described = _described(sentence, index)
    if described:
        return described
    defined = _defined(sentence, index)
    if defined:
        return defined
    shared = _shared_out(sentence, index)
    if shared:
        return shared
    at, before = quantity.start, sentence.areas_before(quantity.start)
    if before and sentence.text[before[-1].end : quantity.start] == "（":  # 兰州（7.3亿美元）
        return before[-1].name
    for _ in range(_CLAUSES):
        clause = sentence.clause_start(at)
        near = [p for p in before if clause <= p.start < at]
        if at != quantity.start:  # of an earlier clause only what it begins with is still the subject
            near = [
                p for p in near if p.start <= clause + _OPENING and not _WORKS.match(sentence.text, p.end)
            ]
        named = _of_clause(sentence, near)
        if named:
            return named
        if clause <= sentence.start:
            break
        at = clause - 1
    return sentence.topic or sentence.own


def _defined(sentence: Sentence, index: int) -> str | None:
    """`陕北（2市）`: a count of areas in brackets tells of the name before it."""
    quantity = sentence.quantities[index]
    start, end = quantity.start, quantity.end
    if (
        quantity.unit_kind != "noun"
        or sentence.text[start - 1 : start] + sentence.text[end : end + 1] != "（）"
    ):
        return None
    area = next((p for p in sentence.areas_before(start) if p.end == start - 1), None)
    run = _RUN.search(sentence.text[max(sentence.start, start - 12) : start - 1])
    return area.name if area else run[1] if run else None


def _shared_out(sentence: Sentence, index: int) -> str | None:
    """`古田、屏南分别修桥4座和7座`: as many areas as quantities, each its own."""
    start = sentence.quantities[index].start
    clause = sentence.clause_start(start)
    word = sentence.text.rfind("分别", clause, start)
    areas = [p for p in sentence.areas_before(word) if p.start >= clause] if word >= 0 else []
    joints = {sentence.text[a.end : b.start] for a, b in pairwise(areas)}
    if len(areas) < 2 or areas[-1].end != word or not joints <= {"、", "和", "与", "及"}:
        return None
    end = sentence.clause_end(start)
    counted = [q.start for q in sentence.quantities[max(0, index - 8) : index + 8] if word < q.start < end]
    return areas[counted.index(start)].name if len(counted) == len(areas) else None


def _of_clause(sentence: Sentence, areas: list[NamedArea]) -> str | None:
    for a, b in pairwise(areas):  # 成都到绵阳的高铁: a way from or to the own area is its own
        if sentence.text[a.end : b.start] in ("到", "至", "往") and sentence.own in (a.name, b.name):
            return sentence.own
        if sentence.text[a.end : b.start] == "的" and not b.known:  # 古田的…产业园区
            return b.name
    if any(p.name == sentence.own and sentence.text.startswith(_COMES, p.start - 1) for p in areas):
        return sentence.own
    visited = areas and _VISIT.search(sentence.text, areas[0].start, areas[-1].end + 24)
    for role in ("subject",) if visited else ("subject", "in"):
        found = next((p for p in areas if p.role == role), None)
        if found:
            return found.name
    return None


def _described(sentence: Sentence, index: int) -> str | None:
    end = sentence.quantities[index].end
    if sentence.text[end : end + 1] != "的":
        return None
    return next((p.name for p in sentence.areas_after(end + 1)), None)
