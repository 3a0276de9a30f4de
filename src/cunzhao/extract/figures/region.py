"""Where: the area or body a quantity is about.

In this order: what stands around the quantity (`80平方公里的…新区`, `扬州（1287元）`,
`低于全省2.1天的水平`, areas and quantities in rows); where money goes; the subject of the clause, else its
place; then clause by clause back, of which only the opening counts, and at the clause of the quantity
before what that one is about; what the paragraph speaks of; the document's own area.
"""

from __future__ import annotations

import re
from itertools import pairwise

from cunzhao.extract.figures.around import RUN, Placed, placed, read_around
from cunzhao.extract.figures.sentence import NEIGHBOUR, Sentence
from cunzhao.extract.figures.works import tells_size
from cunzhao.extract.places.areas import NamedArea, level
from cunzhao.extract.places.own import OFFICES, speaker_behind
from cunzhao.extract.places.sites import is_line
from cunzhao.extract.types import By

_COMES = ("来", "到", "在", "赴")
_VISIT = re.compile(r"推介会|考察|会上|座谈|论坛|开幕|举行|举办|活动中|招商活动")
_CLAUSES = 8  # how far back an area is looked for
_WORKS = re.compile(
    r"[一二三四五六]期|[一-龥]{0,4}(?:工程|项目)"
)  # 港区二期工程投用: the work is the subject
_WAY = ("到", "至", "往", "与", "和", "距", "距离")
_DISTANCE = re.compile(r"的?(?:直线|最短|空间)?(?:距离|车程|里程|时间|路程)|[只仅]需")
_HELPS = re.compile(r"(?:对口)?(?:帮扶|支援|援建|援助)")
_HOSTS = re.compile(r"(?:人民政府|政府|管委会)[^，；]{0,20}(?:签|洽谈|合作|共建|协议)|共建|签[订署约下]")
_SITED = re.compile(r"(?:位于|坐落于?|落户|选址|地处)$")
_ON_LINE = re.compile(r"线路|隧道|桥|全线|铺轨|路基|车站|时速|总投资|工程|标段|完成投资$")
_DRAWN_UP = re.compile(r"(?:编制|起草|发布|提供|出具|制定|牵头设立|设立|承建)的")  # what it made, not it
_WITHIN = re.compile(r"(?:同样|就|还|而|但|则|再|另)?(?:在|位于|地处|落户)?[一-龥]?")
_ENTERS = re.compile(r"(?:走进|来到|回到|走近|步入)")
_OF_WORK = re.compile(r"(?:该|这个|整个|全部)?(?:项目|工程|[一二三四首]期)")
_OWN_WORD = re.compile(r"[全我本][省市县区州旗盟]|我们|两市")
_APPOSED = re.compile(r"即|包括|分别是|也就是|其中包括")
_FIELD = re.compile(r"[^，；。]{1,6}(?:方面|上|端)，")  # 公路方面，: another field, of the own area again
_BASE = re.compile(r"(?:（[^（）]*）)?[^，；。、0-9]{0,8}的")
_INVESTORS = re.compile(r"(?:企业|资本|客商|商会)[^，；0-9]{0,6}(?:占|投资)")  # 佛山企业投资的占62%
_COUNTY = 3
_FORMER = re.compile(r"(?<![^，；：。])(?:前者|后者)")
_EQUALS = re.compile(r"(?:是|为|占|相当于|仅有|只有|达到?|不足|不到|不及|只及|超过)[一-龥]{0,2}$")


def read_region(
    sentence: Sentence, index: int, before: Placed | None, carried: tuple[int, Placed | None]
) -> Placed:
    """What quantity `index` is about; `before` is what the quantity before it in the sentence is about,
    `carried` where the last sentence with quantities began, and what all of them were about."""
    found = read_around(sentence, index)
    if found:
        return found
    at = sentence.quantities[index].start
    part = sentence.segment_start(at)
    areas = [p for p in sentence.areas_before(at) if not sentence.only_beside(p.start, part)]
    one = _former(sentence, index, areas)
    if one:
        return one
    told = sentence.quantities[index - 1].start if index else -1
    counted = sentence.left(index).endswith("等")  # 某园区等14个项目: of more than the park
    for step in range(_CLAUSES):
        clause = sentence.clause_start(at)
        here = [p for p in areas if clause <= p.start < at and not _is_base(sentence, index, p)]
        if not step and here and sentence.text[here[-1].end : at] in ("等", "等地的", "等地"):
            here = []  # 南京、苏州、扬州等15市: what is counted
        carries = (
            before and before.by not in ("own", "default") and not sentence.only_beside(before.start, part)
        )
        if before and carries and clause <= told and not _only_here(sentence, index, before.name):
            here = [p for p in here if p.start > told]
            own = _of_clause(sentence, here, at, told) if not step else None
            return placed(own) or Placed(before.name, "clause", before.start, before.end)
        if counted:
            here = [p for p in here if p.known]
        area = _of_clause(sentence, here) if not step else _of_opening(sentence, index, clause, here)
        if area and _is_explained(sentence, area):
            return _named_before(sentence, area)
        if area and (not step or not _only_here(sentence, index, area.name)):
            inner = area.end == sentence.quantities[index].start and not sentence.opens_with(clause, area)
            inner = inner and level(area.name) != _COUNTY  # 带动了隆尧县4.5万人就业: what goes on is of it
            by: By = "clause" if step else "words"
            return Placed(area.name, by, area.start, area.end, inner=inner)
        if clause <= sentence.start:
            break
        at = clause - 1
    topic = _topic(sentence, carried)
    if topic and not _only_here(sentence, index, topic.name):
        return topic
    says = speaker_behind(sentence.text, sentence.named, sentence.quantities[index].end)
    if says:
        return Placed(says, "sentence")
    return Placed(sentence.own, "own" if sentence.own else "default")


def _former(sentence: Sentence, index: int, areas: list[NamedArea]) -> Placed | None:
    """`定州和辛集分别…，前者增长3%，后者下降1%`: the last but one told before, and the last."""
    at = sentence.quantities[index].start
    word = None
    for told in _FORMER.finditer(sentence.text, sentence.segment_start(at), at):
        word = told
    if not word or any(p.start > word.end() and p.role != "aside" for p in areas):
        return None
    joined = ("和", "与", "、", "及")
    before = [
        p
        for p in sentence.areas_before(word.start())
        if p.role != "aside" or sentence.text[p.start - 1] in joined
    ]
    two = list(dict.fromkeys(p.name for p in before))[-2:]
    return Placed(two[word[0] == "后者"], "clause", *word.span(), aside=True) if len(two) > 1 else None


def _only_here(sentence: Sentence, index: int, name: str | None) -> bool:
    """A line (某某高速) is what a quantity elsewhere is about only if that tells of lines or works."""
    if not name or not is_line(name):
        return False
    around = sentence.left(index) + sentence.right(index)
    return not tells_size(sentence, index) and not _ON_LINE.search(around)


def _topic(sentence: Sentence, carried: tuple[int, Placed | None]) -> Placed | None:
    """What the sentence before it is about, else what its paragraph begins with."""
    begin, about = carried
    last = sentence.topics[-1] if sentence.topics else None
    if last and last.start >= sentence.previous and sentence.text.startswith("。", last.end):
        return placed(last, "sentence")  # 往南40公里，就是丁蜀镇。
    if _FIELD.match(sentence.text, sentence.start):
        return None
    if begin >= sentence.previous:
        if about and not NEIGHBOUR.search(sentence.text, max(0, about.start - 5), about.start):
            return (
                Placed(about.name, "sentence", about.start, about.end)
                if about.by not in ("own", "default")
                else None
            )
    elif sentence.topics and sentence.topics[-1].start >= sentence.previous:
        return placed(sentence.topics[-1], "sentence")
    return placed(sentence.topics[0], "sentence") if sentence.topics else None


def _of_clause(sentence: Sentence, areas: list[NamedArea], at: int = -1, told: int = -1) -> NamedArea | None:
    """The area that the clause of the quantity itself is about."""
    if not areas:
        return None
    if areas[-1].end == at and areas[-1].role == "aside" and 0 <= told < areas[-1].start:
        return areas[-1]  # 广州86所学校与清远91所学校
    for a, b in pairwise(areas):
        gap = sentence.text[a.end : b.start]
        if len(gap) < 7 and gap.endswith(_WAY) and _DISTANCE.match(sentence.text, b.end):
            return a
        if gap in ("到", "至", "往") and sentence.own in (a.name, b.name):
            return a if a.name == sentence.own else b  # 成都到绵阳的高铁: a way from or to the own area
        built = sentence.text.startswith("共建", b.end) and (a.known or b.known)
        if built or _HELPS.fullmatch(gap):
            return a if a.name == sentence.own else b
        if gap.endswith("的") and not b.known:  # 古田的…产业园区, 两地共建的…创新中心
            return b
    areas = [
        p
        for p in areas
        if not (_HELPS.match(sentence.text, p.end) or (p.known and _INVESTORS.match(sentence.text, p.end)))
        and (p.known or not _DRAWN_UP.match(sentence.text, p.end))
    ]
    comes = next(
        (p for p in areas if p.name == sentence.own and sentence.text.startswith(_COMES, p.start - 1)), None
    )
    if comes:
        return comes
    if not areas:
        return None
    visited = _VISIT.search(sentence.text, areas[0].start, areas[-1].end + 24)
    for role in ("subject",) if visited else ("subject", "in"):
        found = next((p for p in areas if p.role == role), None)
        if found:
            return found
    return None


def _of_opening(sentence: Sentence, index: int, clause: int, areas: list[NamedArea]) -> NamedArea | None:
    """Of an earlier clause only what it opens with is still the subject, or where the work lies."""
    for area in areas:
        if _SITED.search(sentence.text[max(clause, area.start - 4) : area.start]):
            return area
        if area.known and _HOSTS.match(sentence.text, area.end) and area.role == "aside":  # 与三台县政府签约
            return area
    first = next((p for p in areas if sentence.opens_with(clause, p)), None)
    within = next((p for p in areas if _stands_in(sentence, clause, p)), None)
    if within and not first and not _VISIT.search(sentence.text, within.end, sentence.clause_end(within.end)):
        inside = next((p for p in areas if p.start > within.end and not p.known), None)
        if inside and sentence.text[within.end : inside.start] == "的":
            return inside  # 同样在宿城区的盛虹集团，
        return within  # 在上海的三级医院出院病人中，
    if _APPOSED.match(sentence.text, clause):  # 即上海市和江苏的8市
        return None
    if not first or _WORKS.match(sentence.text, first.end) or _DRAWN_UP.match(sentence.text, first.end):
        return None
    if sentence.is_source(clause):  # 公司董事长某某说，: of the firm; 市长某某说，: of nothing
        official = first.known or _OWN_WORD.match(sentence.text, first.start)
        of_work = _OF_WORK.match(sentence.text, sentence.clause_start(sentence.quantities[index].start))
        return None if official or of_work or sentence.text.startswith(OFFICES, first.end) else first
    opening = [first]
    for area in areas[areas.index(first) + 1 :]:  # 嘉善的…产业园区
        gap = sentence.text[opening[-1].end : area.start]
        if len(gap) < 12 and gap.endswith("的"):
            opening.append(area)
    return _of_clause(sentence, opening)


def _stands_in(sentence: Sentence, clause: int, area: NamedArea) -> bool:
    """`同样在宿城区的…`, `走进博鳌，`."""
    if area.role == "in":
        return bool(_WITHIN.fullmatch(sentence.text, clause, area.start))
    return bool(_ENTERS.fullmatch(sentence.text, clause, area.start)) and sentence.text.startswith(
        "，", area.end
    )


def _is_explained(sentence: Sentence, area: NamedArea) -> bool:
    """`大三角（沪苏浙）`: the areas that a name is of."""
    return (
        sentence.text[area.start - 1] == "（"
        and sentence.text.startswith("）", area.end)
        and area.known
        and not level(area.name)
    )


def _named_before(sentence: Sentence, area: NamedArea) -> Placed:
    run = RUN.search(sentence.text[max(sentence.start, area.start - 12) : area.start - 1])
    if not run:
        return Placed(area.name, "words", area.start, area.end)
    return Placed(run[1], "words", area.start - 1 - len(run[1]), area.start - 1)


def _is_base(sentence: Sentence, index: int, area: NamedArea) -> bool:
    """`为淮安市的2.4倍`: what a ratio is counted by."""
    quantity = sentence.quantities[index]
    if quantity.unit_kind == "points" and area.end == quantity.start:  # 高于全国2个、全省1个百分点
        return True
    if quantity.unit_kind not in ("ratio", "percent", "fraction"):
        return False
    between = sentence.text[area.end : quantity.start]
    left = sentence.text[max(sentence.start, area.start - 6) : area.start]
    return "，" not in between and bool(_BASE.match(between) and _EQUALS.search(left))
