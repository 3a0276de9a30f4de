"""What a sentence says of the names in it: which of them are set up, how far, and for how much."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cunzhao.extract.events.evidence import governing, is_set_up, may_be_set_up, only_placed
from cunzhao.extract.events.lists import Name
from cunzhao.extract.events.money import Money, read_money
from cunzhao.extract.events.names import read_names
from cunzhao.extract.events.stages import Sign, read_signs, stage_words
from cunzhao.extract.types import By

# How a sentence goes on about the thing named last.
GOES_ON = re.compile(
    r"[“”]*(?:[^，。“”]{2,26}(?:介绍|表示|透露|告诉记者|说)，|(?:按照?|根据|依据)[^，。]{0,8}协议，|据(?:介绍|了解|悉)，)?(?:该|此|本|这个|这项)?(?:项目|工程|基地|园区|线路|一期|二期|首期|总投资|计划|预计|建成后|目前|现已|已|将|全部建成|"
    r"投资|其中|主体|占地|厂区|厂子|厂房|规模|面积|工期|年产|设计|全线|该|这[条座个项]|这个[^，。]{0,20}项目|[0-9.]+公里的线路)"
)
_LATER = re.compile(
    GOES_ON.pattern
    + "|去年|今年|[0-9]{1,4}[年月]|现|于|从|眼下|正在|如今|刚|截[至止]|设备|厂房|年[底内]|首[条批台座期]"
)
_FOUNDED = ("设立", "成立", "共建", "合建", "组建", "创办", "建立", "合办", "联办", "联建", "援建")
_PAPER = re.compile(r"[^，。；]{0,12}(?:协议|合同|备忘录|意向)")  # 又与乙签了协议: of something else
_TALKS = re.compile(r"双方|对方|项目|目前|现在?|正|仍|还|眼下|已进入")
_SO_FAR = re.compile(r"(?:已经?|正在?|均已?)$")
_TO_GROW = re.compile(r"(?:协同|融合|健康|联动|高质量|创新|快速)发展$")
_LISTED = re.compile(r"(?:包括|涵盖|包含|囊括|有|分别是|分别为|即|：)[“]?$")
_OF_STAGE = re.compile(
    r"(签约|开工|竣工|投产|在建|续建|洽谈|引进|落户|前期)的?[^，。；、]{0,8}?(?:项目|工程)"
)
_BACK = 120  # characters back to what a list is said to be of: 集中开工项目18个，包括…


@dataclass(slots=True)
class Mention:
    """A project at one place."""

    name: Name
    at: int  # of its sentence
    paragraph: int
    signs: list[Sign] = field(default_factory=list)
    money: Money | None = None
    open: bool = False  # nothing is said of it yet
    by: By = "words"  # where the name stands: in words, a list, a heading, a table


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str  # of the whole document, flat
    start: int
    end: int
    paragraph: int
    names: list[Name]
    signs: list[Sign]
    money: list[Money]


def read_sentence(text: str, start: int, end: int, paragraph: int, *, goes_on: bool) -> Sentence:
    """`goes_on`: what it says is wanted also where it names nothing."""
    names = list(read_names(text, start, end))
    if not names and not goes_on:
        return Sentence(text, start, end, paragraph, [], [], [])
    signs = [s for s in read_signs(text, start, end) if not _inside(s, names)]
    return Sentence(text, start, end, paragraph, names, signs, read_money(text, start, end))


def _inside(sign: Sign, names: list[Name]) -> bool:
    """Part of a name: the 改造 of `…改造工程`."""
    index = bisect_right(names, sign.start, key=lambda n: n.start) - 1
    return index >= 0 and sign.start < names[index].end


def read_mentions(sentence: Sentence) -> Iterator[Mention]:
    """The names of the sentence that it says are set up."""
    for name in sentence.names:
        found = _evidence(sentence, name)
        if found:
            by: By = "list" if name.closed or _in_row(name) else "words"
            yield Mention(name, sentence.start, sentence.paragraph, *found, by=by)


def _in_row(name: Name) -> bool:
    return name.first < name.start or name.end < name.last


def left_open(sentence: Sentence) -> Mention | None:
    """The last name of a sentence that says nothing of it yet: the next one may."""
    name = sentence.names[-1] if sentence.names else None
    if name and name.sort == "hard" and name.proper and may_be_set_up(sentence.text, name):
        return Mention(name, sentence.start, sentence.paragraph, open=True)
    return None


def _evidence(sentence: Sentence, name: Name) -> tuple[list[Sign], Money | None] | None:
    """The signs and the amount that belong to a name; None where nothing says that it is set up."""
    text, names = sentence.text, sentence.names
    left = max([name.clause[0], *(n.last for n in names if n.last <= name.first)])
    following = [n for n in names if n.first >= name.last and not _apart(text, name, n)]
    nearest = min(following, key=lambda n: n.first, default=None)
    right = sentence.end
    if nearest:
        right = nearest.clause[0] if nearest.clause != name.clause else nearest.first
    inside = range(name.end, name.end if name.closed else name.last)  # 市档案馆扩建 in its list
    signs = [s for s in sentence.signs if left <= s.start and s.end <= right and s.start not in inside]
    if nearest and nearest.clause == name.clause and not only_placed(text, nearest):
        taken = governing(text, nearest, signs)
        signs = [s for s in signs if s is not taken]
    amount = _amount(sentence, name)
    if is_set_up(text, name, signs, amount is not None):
        return _telling(text, name, signs), amount
    listed = _listed(sentence, name)
    return ([listed], amount) if listed else None


def _telling(text: str, name: Name, signs: list[Sign]) -> list[Sign]:
    """Those signs that tell the stage: a verb that governs the name counts before what later clauses say,
    unless they go on about it (`…，项目已开工`)."""
    if _TO_GROW.search(text, name.last, name.clause[1]):
        return []
    first = next((s for s in signs if s.start == name.last), None)
    if first and first.stage == "planned":  # 加快推进…前期工作
        return [first]
    governor = governing(text, name, signs)
    if governor and governor.word in _FOUNDED and text[governor.end : name.first] == "的":
        signs = [replace(s, stage="done") if s is governor else s for s in signs]  # 甲与乙设立的研究院
    here = [s for s in signs if s.start < name.clause[1]]
    if not here:
        return signs
    if governor and not governor.weak and text[name.first - 1] != "的":  # 去年签约的甲，从签约到投产…
        return here
    return here + [s for s in signs[len(here) :] if _goes_on(text, name, s)]


def _goes_on(text: str, name: Name, sign: Sign) -> bool:
    """Whether a sign of a later clause is still told of the name."""
    start = _clause_start(text, sign.start, name.last)
    if _PAPER.match(text, sign.end) or (sign.stage == "negotiating" and not _TALKS.match(text, start)):
        return False
    so_far = sign.stage in ("building", "done") and _SO_FAR.search(text, sign.start - 4, sign.start)
    return bool(_LATER.match(text, start) or so_far)


def _clause_start(text: str, at: int, floor: int) -> int:
    return max(text.rfind("，", floor, at), text.rfind("；", floor, at), floor - 1) + 1


def _apart(text: str, name: Name, other: Name) -> bool:
    """Whether the other name leaves what follows to this one: it goes on with its list, or tells where."""
    return _chained(text, name, other) or (name.clause == other.clause and only_placed(text, other))


def _chained(text: str, name: Name, other: Name) -> bool:
    """`甲等一批项目和乙等一批项目落户`: the next list of a chain."""
    between = text[name.last : other.first]
    return name.clause == other.clause and bool(re.fullmatch(r"[、和及与][^，、]{0,8}", between))


def _amount(sentence: Sentence, name: Name) -> Money | None:
    """The investment said of this name: in front of it, or behind it up to the next name; of a list only
    where each member has its own (总投资分别为…)."""
    names, money = sentence.names, [m for m in sentence.money if m.told]
    own = next((m for m in sentence.money if m.end + 1 == name.start and m.leads), None)
    if own:  # 投资15亿元的甲、8亿元的乙
        return own
    row = [n for n in names if n.first == name.first]
    previous = max((n.last for n in names if n.last <= name.first), default=sentence.start)
    following = min((n.first for n in names if n.first >= name.last), default=sentence.end)
    end = max(n.start for n in names)  # behind it no amount leads to a name
    inside = [m for m in money if name.closed and name.end <= m.start < name.last]
    in_front = [m for m in money if previous <= m.start < name.first and m.leads]
    behind = [m for m in money if name.last <= m.start < following and (not m.leads or m.start >= end)]
    if sentence.text[name.last : name.last + 1] == "等":
        behind = []  # the sum of a list
    if len(row) == 1 or inside:
        return next(iter([*inside, *in_front, *behind]), None)
    each = len(behind) == len(row) and "分别" in sentence.text[name.last : behind[0].start]
    return behind[row.index(name)] if each else None


def _listed(sentence: Sentence, name: Name) -> Sign | None:
    """`集中开工项目18个，包括甲项目、乙中心等`: what the list is said to be of."""
    text = sentence.text
    alone = not name.closed and sum(n.first == name.first for n in sentence.names) < 2
    if alone or name.sort == "bare" or not _LISTED.search(text, sentence.start, name.first):
        return None
    found = None
    for match in _OF_STAGE.finditer(text, max(sentence.paragraph, name.first - _BACK), name.first):
        found = match
    if not found:
        return None
    stage, weak = stage_words()[found[1]]
    return Sign(*found.span(1), found[1], stage, weak, False)
