"""Projects: named, concrete things that are being set up, with stage, investment and place.

A name (`names.py`) is a project where its own clause says that the thing is set up: the verb that governs its
list, the predicate that follows it, an amount invested, or a heading under which such things stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from cunzhao.extract.events.evidence import governing, is_set_up, only_placed
from cunzhao.extract.events.money import Money, read_money
from cunzhao.extract.events.names import Name, read_names
from cunzhao.extract.events.stages import Sign, decide, read_signs
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact, ProjectFields, Reason

VERSION = "1"
_SENTENCE = re.compile(r"(?:（[^（）\n]{0,160}）|[^。！？；\n])+")
_GOES_ON = re.compile(
    r"[“”]*(?:该|此|本)?(?:项目|工程|基地|园区|一期|二期|首期|总投资|计划|预计|建成后|目前|现已|已|将|全部建成|投资|其中|主体|占地|该|这[条座个]|全线)"
)
_LATER = re.compile(_GOES_ON.pattern + "|去年|今年|[0-9]{1,4}[年月]|现|于")
_TO_GROW = re.compile(r"(?:协同|融合|健康|联动|高质量|创新|快速)发展$")
_SIGNING = re.compile(r"签约|签订|签署|签下")


@dataclass(slots=True)
class _Found:
    name: Name
    at: int  # of its sentence
    paragraph: int
    signs: list[Sign] = field(default_factory=list)
    money: Money | None = None


def extract_projects(setting: Setting) -> Iterator[Fact]:
    """One fact for each project, at the first place that says it is being set up; another where a later
    place says something new of it (stage, investment)."""
    told: dict[str, set[object]] = {}
    for one in _read(setting):
        fact = _fact(setting, one)
        before = told.setdefault(one.name.text, set())
        says = (fact.fields["stage"], fact.fields["investment"], setting.passage(one.at).end)
        if before and (says in before or not (one.signs or one.money)):
            continue
        before.add(says)
        yield fact


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str  # of the whole document, flat
    start: int
    end: int
    names: list[Name]
    signs: list[Sign]
    money: list[Money]


def _read(setting: Setting) -> list[_Found]:
    text = setting.flat.text
    found: list[_Found] = []
    last: _Found | None = None
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        paragraph = setting.flat.paragraph_at(start).start
        if last and last.paragraph != paragraph:
            last = None
        names = list(read_names(text, start, end))
        if not names and not last:
            continue
        sentence = _Sentence(
            text, start, end, names, read_signs(text, start, end), read_money(text, start, end)
        )
        here = [
            _Found(name, start, paragraph, *evidence)
            for name in names
            if (evidence := _evidence(sentence, name))
        ]
        goes_on = last is not None and _GOES_ON.match(text, start, end)
        if not here and goes_on and last:
            last.signs += sentence.signs
            last.money = last.money or next(iter(sentence.money), None)
        found += here
        last = here[-1] if here else last if goes_on else None
    return found


def _evidence(sentence: _Sentence, name: Name) -> tuple[list[Sign], Money | None] | None:
    """The signs and the amount that belong to a name; None where nothing says that it is set up."""
    text, names = sentence.text, sentence.names
    left = max([name.clause[0], *(n.last for n in names if n.last <= name.first)])
    following = [n for n in names if n.first >= name.last and not _chained(text, name, n)]
    nearest = min(following, key=lambda n: n.first, default=None)
    right = sentence.end
    if nearest:
        right = nearest.clause[0] if nearest.clause != name.clause else nearest.first
    members = [n for n in names if n.first == name.first]
    signs = [
        s for s in sentence.signs
        if left <= s.start and s.end <= right and not any(n.start <= s.start < n.end for n in members)
    ]  # fmt: skip
    if nearest and nearest.clause == name.clause and not only_placed(text, nearest):
        taken = governing(text, nearest, signs)
        signs = [s for s in signs if s is not taken]
    amount = _amount(sentence, name)
    if not is_set_up(text, name, signs, amount is not None):
        return None
    return _telling(text, name, signs), amount


def _telling(text: str, name: Name, signs: list[Sign]) -> list[Sign]:
    """Those signs that tell the stage: a verb that governs the name counts before what later clauses say,
    unless they go on about it (`…，项目已开工`)."""
    if _TO_GROW.search(text, name.last, name.clause[1]):
        return []
    governor = governing(text, name, signs)
    here = [s for s in signs if s.start < name.clause[1]]
    if governor is None or not here:
        return signs
    if not governor.weak:
        return here
    return here + [
        s for s in signs[len(here) :] if _LATER.match(text, _clause_start(text, s.start, name.last))
    ]


def _clause_start(text: str, at: int, floor: int) -> int:
    return max(text.rfind("，", floor, at), text.rfind("；", floor, at), floor - 1) + 1


def _chained(text: str, name: Name, other: Name) -> bool:
    """`甲等一批项目和乙等一批项目落户`: the next list of a chain."""
    between = text[name.last : other.first]
    return name.clause == other.clause and bool(re.fullmatch(r"[、和及与][^，、]{0,8}", between))


def _amount(sentence: _Sentence, name: Name) -> Money | None:
    """The investment said of this name: in front of it, or behind it up to the next name; of a list only
    where each member has its own (总投资分别为…)."""
    names, money = sentence.names, sentence.money
    row = [n for n in names if n.first == name.first]
    previous = max((n.last for n in names if n.last <= name.first), default=sentence.start)
    following = min((n.first for n in names if n.first >= name.last), default=sentence.end)
    inside = [m for m in money if name.closed and name.end <= m.start < name.last]
    in_front = [m for m in money if previous <= m.start < name.first and m.leads]
    behind = [m for m in money if name.last <= m.start < following and not m.leads]
    if len(row) == 1 or inside:
        return next(iter([*inside, *in_front, *behind]), None)
    each = len(behind) == len(row) and "分别" in sentence.text[name.last : behind[0].start]
    return behind[row.index(name)] if each else None


def _fact(setting: Setting, one: _Found) -> Fact:
    name, flat = one.name, setting.flat
    title = setting.document.title or ""
    signing = not setting.plan and bool(_SIGNING.search(title + flat.text[one.at : name.clause[1]]))
    stage, sign = decide(one.signs, plan=setting.plan, signing=signing)
    place, told = _place(setting, name)
    fields: ProjectFields = {
        "name": name.text,
        "place": place,
        "parties": [],
        "investment": one.money.value if one.money else None,
        "currency": one.money.currency if one.money else None,
        "stage": stage,
    }
    spans = {"stage": sign, "investment": one.money}
    why = [
        Reason(key, "words", flat.span(at.start, at.end)) if at else Reason(key, "default")
        for key, at in spans.items()
    ]
    return Fact(
        kind="project", span=flat.span(name.start, name.end), fields=fields, extractor="project",
        version=VERSION, why=(Reason("name", "list" if name.closed else "words"), told, *why),
    )  # fmt: skip


def _place(setting: Setting, name: Name) -> tuple[str | None, Reason]:
    """The area within the name, the one the sentence says it lies in, or the document's own."""
    low = bisect_left(setting.areas, name.clause[0] - 60, key=lambda a: a.start)
    near = [a for a in setting.areas[low : low + 12] if a.start < name.end]
    for area in reversed(near):
        if area.start >= name.start and area.end < name.end:
            return area.name, Reason("place", "words", setting.flat.span(area.start, area.end))
    for area in reversed(near):
        if area.start >= name.clause[0] and area.role == "in":
            return area.name, Reason("place", "clause", setting.flat.span(area.start, area.end))
    own = setting.passage(name.start).own
    return own, Reason("place", "own" if own else "default")
