"""Parties named around a link (`甲、乙与丙、丁`), and the subject of an earlier clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cunzhao.extract.events.edges import after_break
from cunzhao.extract.lexicons import any_of, words
from cunzhao.extract.places.areas import level
from cunzhao.extract.text.setting import Setting

_TIME = (
    r"(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:份|底|初|末|中旬|上旬|下旬)?|20[0-9]{2}年[底初末]?|[0-9]{1,2}日|"
    r"[今去明前]年[底初末]?|本月|上月|当天|当日|昨日|昨天|今天|日前|近日|近期|最近|上午|下午|早在"
)
_ADVERB = (
    r"分别|已经|已|还|也|则|均|打算|(?<![成首京古丰武宜于新江])都|正在|正|将|拟|需要|要|想|愿意|愿|争取|力争|计划|准备|继续|进一步|再次|首次|共同|先后|陆续|"
    r"现场|随后|同时|此前|目前|下一步|又|曾|便|就|才|是|后来|为此|专门|特意|不断|积极|主动|可以|能够|再|并|率先|成功|正式|全面|加快|抓紧|持续|深入|努力|"
    r"同步|相继|多次|也将|有望|希望|应该|应|仍|一直|长期|历来|开始|着手|率先|联合|，"
)
_RIGHT = re.compile(rf"(?>{_ADVERB}|[自从]?(?:{_TIME}|(?:19|20)[0-9]{{2}}年)起?|的)++$")
_LEFT = re.compile(
    rf"^(?:{_TIME}|请问|想问|推动|支持|鼓励|促成|促进|引导|推进|深化|加强|强化|巩固|继续|其中|此外|另外|同时|比如|例如|如|包括|由|使|让|以|还有|会上|会后|"
    r"据悉|据了解|继|暨|目前|密切|不断|巩固|扩大|拓展|随着|通过|作为|对于|并|而|且|是|在)+"
)
_GROUP = re.compile(
    r"(?:等)?(?:[两二三四五六七八九多0-9]+个?|等)(?:省一市|省市|市|地|县|区|省|方|家|校|城|州)?(?:的?[一-龥]{0,7})?$"
)
GROUPED = re.compile(
    r"(?:[两二三四五六七八九0-9]省[一二两三0-9]?市|[两二三四五六七八九]+个?(?:省市|市|地|县|区|省|方|家|校|城))"
)
_TAIL = re.compile(
    r"(?:等(?:地|市|城市|国|方|单位|企业|高校|院校|机构|园区|港口|平台)?(?:的?[一-龥]{0,6})?|方面|等)$"
)
_PERSON = re.compile(
    r"(?:(?:双方|两地|三地|各方)?(?:代表|负责人|领导)|(?:党委|党组|党工委|管委会)?(?:常务)?副?(?:书记|市长|省长|县长|区长|镇长|州长|校长|"
    r"院长|主席|主任|董事长|总裁|总经理|局长|厅长|部长|会长|所长|行长|秘书长|理事长)[一-龥·]{2,4})$|双方$"
)
_PRONOUN = re.compile(
    r"^(?:我们[一-龥]{0,2}|咱们?[一-龥]{0,2}|我|他们|双方|两地|三方|大家|它|其|该[一-龥]?|我[市省县区校院局司方社厂村镇]|全[市省县区]|本[市省县区])$"
)
_PART = re.compile(
    r"、|以及|及(?!其)|(?<![共祥永中仁谦太饱])和(?!平|谐|田|静|顺|硕|县(?:$|[、，。和与的在人政]))"
)
_OFFICE = re.compile(
    r"(?:发展|文化|住房|工业|人力资源|商务|卫生|教育|交通|规划|市场|经济|科学|资源|财政|水利|广电)和(?=[一-龥]{2,9}[局委厅部])"
)
_WITHIN = re.compile(r"[省市县区州乡镇村社厂校院]里|公司|园区|学校|合作社")  # who speaks of his own
_SCHOOL = re.compile(
    r"[一-龥]{1,3}(?:科|工|理工|师|农|医|财|交|海|林|民)大|清华|北大|[浙复厦武南川吉山中西东湖苏]大"
)
_OWN = re.compile(r"[和与及][我本][省市县区州]$")
_KIND_OF = re.compile(
    r"知名|国内外|多家|有关|相关|各|其他|众多|一批|若干|大型|龙头|头部|先进|发达|兄弟|更多|主要"
)
_COUNTED = re.compile(r"(?:[0-9二两三四五六七八九十百多数]+|十[一-九])余?[个家所位名座条](?!村)|^[0-9.]+$")
_FORMER = 8  # areas before 前者 among which it is looked for
_MODAL = re.compile(
    r"(?:市|县|区|省)?(?:委|政府|市委市政府)?(?:将|计划|要|已|正|还|先后|积极|争取|也|拟|提出|力争|希望|聚焦|依托|围绕|率先|全面|不断|坚持|紧扣|主动|引进|加快|从|在)"
)


GROUP_OF = re.compile(
    r"(?P<names>[一-龥]{2,4}(?:、[一-龥]{2,4})+)[两三四五六七八九][个]?(?:地|省市|市|省|县|区)"
)
_ABBREVIATED = re.compile(
    r"[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新]{2,6}(?P<group>[两三四五六]省[一二三]?市|[两三四五六][省市地])?"
)


@dataclass(frozen=True, slots=True)
class Party:
    start: int
    end: int
    name: str


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('party_generic.txt'))}")


@cache
def _abstract() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('party_abstract.txt'))})$")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('party_ends.txt'))})$")


def is_named(name: str) -> bool:
    """Neither a kind of party (知名企业, 12家公司) nor a thing (产业, 合作)."""
    if len(name) < 2 or len(name) > 30 or _COUNTED.search(name):
        return False
    if GROUPED.match(name) or _WITHIN.fullmatch(name):
        return True
    abstract, body = _abstract().search(name), _ends().search(name)
    firm = body is not None and len(name) > 5 and len(body[0]) > 1 and not _KIND_OF.search(name)
    if not firm and _generic().search(name):
        return False
    return not abstract or bool(body and len(body[0]) >= len(abstract[0]) and len(name) > 4)


def is_body(setting: Setting, party: Party) -> bool:
    """An area or an organisation by its own words."""
    if _WITHIN.fullmatch(party.name) or _SCHOOL.fullmatch(party.name):
        return True
    if _ends().search(party.name) and len(party.name) > 2:
        return True
    low = bisect_left(setting.areas, party.start, key=lambda a: a.start)
    return any(a.start < party.end and a.known for a in setting.areas[low : low + 1])


def cut_to_area(setting: Setting, party: Party) -> Party:
    """`宁波长三角…背景下`: the area before a region that begins what is no name any more."""
    low = bisect_left(setting.areas, party.start, key=lambda a: a.start)
    near = setting.areas[low : low + 2]
    if is_named(party.name) or len(near) < 2 or near[0].start != party.start or near[1].start != near[0].end:
        return party
    own = level(near[0].name) and not level(near[1].name) and near[1].end < party.end
    return Party(near[0].start, near[0].end, party.name[: near[0].end - near[0].start]) if own else party


def read_parties(text: str, start: int, end: int) -> tuple[list[Party], str]:
    """The parties of `start:end` and how they are joined: `、`, `和`, `group` (两市) or nothing."""
    start += _length(_LEFT, text[start:end])
    run = text[start:end]
    trimmed = _RIGHT.sub("", run)
    group = (bool(GROUPED.search(trimmed)) and "、" in trimmed) or bool(
        re.search(r"[两三四]市|[两三四]地", trimmed)
    )
    shorter = _TAIL.sub("", trimmed) if "等" in trimmed else trimmed
    if _PART.search(shorter):
        shorter = _GROUP.sub("", shorter) if GROUPED.search(shorter) else shorter
    masked = _OFFICE.sub(lambda m: "\0" * len(m[0]), shorter)
    masked = re.sub(r"（[^（）]*）|“[^“”]*”", lambda m: "\0" * len(m[0]), masked)
    parties, at, joint = [], 0, ""
    for match in _PART.finditer(masked):
        parties.append((at, match.start()))
        joint = "、" if match[0] == "、" or joint == "、" else "和"
        at = match.end()
    parties.append((at, len(shorter)))
    found = [_party(text, start + a, start + b) for a, b in parties if b - a > 0]
    return [p for p in found if p.name], "group" if group else joint


def _party(text: str, start: int, end: int) -> Party:
    name = text[start:end]
    cut = _length(_LEFT, name)
    start += cut
    name = _PERSON.sub("", _RIGHT.sub("", text[start:end]))
    of = re.search(r"的[一-龥]{1,7}$", name)
    if of and not _ends().search(name):
        name = name[: of.start()]
    abstract = _abstract().search(name)
    if abstract and _ends().search(name[: abstract.start()]) and not _ends().search(name):
        name = name[: abstract.start()]
    return Party(start, start + len(name), name.strip("“”"))


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def subject_run(text: str, floor: int, end: int) -> tuple[int, int]:
    """The run before a link that names who links: `广州开发区` in `2013年，广州开发区与…`."""
    trimmed = floor + len(_RIGHT.sub("", text[floor:end]))
    masked = _OFFICE.sub(lambda m: "\0" * len(m[0]), text[floor:trimmed])
    items = masked.rfind("、")
    within = re.search(r"[省市县区州乡镇村社厂校院]里$", text[floor:trimmed])
    if within and text[floor + within.start() - 1] in "和与及":  # 学校和市里
        return after_break(text, floor, floor + within.start() - 1, joined=True), trimmed
    if within:
        return floor + within.start(), trimmed
    stands_for = masked.rfind("代表")
    floor += stands_for + 2 if stands_for > 0 else 0
    begin = (
        after_break(text, floor, trimmed, verbs_only=items >= 0, joined=True) if trimmed > floor else floor
    )
    own = _OWN.search(text[floor:begin])  # 某园区和我县某园区
    if own:
        begin = after_break(text, floor, floor + own.start(), joined=True)
    return begin, trimmed


def former(setting: Setting, party: Party) -> Party:
    """`甲县和乙县…：前者与丙签订协议`: which of the two areas named last."""
    if party.name not in ("前者", "后者"):
        return party
    high = bisect_left(setting.areas, party.start, key=lambda a: a.start)
    areas = [a for a in setting.areas[max(0, high - _FORMER) : high] if a.known]
    two = list(dict.fromkeys(setting.flat.text[a.start : a.end] for a in areas))[-2:]
    return Party(party.start, party.end, two[party.name == "后者"]) if len(two) > 1 else party


def pronoun(name: str) -> bool:
    return bool(_PRONOUN.match(name))


def subject_before(setting: Setting, at: int, floor: int) -> Party | None:
    """The area that an earlier clause of the paragraph has for its subject: `绍兴将…`."""
    text = setting.flat.text
    high = bisect_left(setting.areas, at, key=lambda a: a.start)
    for area in reversed(setting.areas[max(0, high - 40) : high]):
        if area.start < floor:
            break
        opens = area.start == 0 or text[area.start - 1] in "，。；：！？\n“"
        if area.known and area.role == "subject" and opens and _MODAL.match(text, area.end, area.end + 8):
            return Party(area.start, area.end, text[area.start : area.end])
    return None


def zipped(left: Sequence[Party], right: Sequence[Party]) -> list[list[Party]]:
    return [[a, b] for a, b in zip(left, right, strict=True)]


def title_parties(setting: Setting, start: int, end: int) -> list[Party]:
    """The parties that a paper's title begins with or names by their abbreviations: `苏皖…协议`."""
    text = setting.flat.text
    low = bisect_left(setting.areas, start, key=lambda a: a.start)
    named = [a for a in setting.areas[low : low + 4] if a.end <= end and a.known and level(a.name)]
    between = text[named[0].end : named[1].start] if len(named) > 1 else ""
    if len(named) > 1 and re.fullmatch(r"(?:人民政府|政府|市委)?[和与、—-]", between):
        return [Party(a.start, a.end, text[a.start : a.end]) for a in named]
    short = _ABBREVIATED.search(text, start, end)
    if not short:
        return []
    if short["group"]:
        return [Party(*short.span(), short[0])]
    return [Party(at, at + 1, text[at]) for at in range(*short.span())]
