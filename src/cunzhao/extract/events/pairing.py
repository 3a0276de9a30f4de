"""Which parties of a clause agree, and in what form: `甲与乙签订…`, `甲、乙两市共建…`, `甲—乙合作模式`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from cunzhao.extract.events.forms import SIGN, Form, form_after, form_settled, forms, verbs
from cunzhao.extract.events.parties import (
    GROUP_OF,
    GROUPED,
    Party,
    cut_to_area,
    former,
    is_body,
    is_named,
    pronoun,
    read_parties,
    subject_before,
    subject_run,
    title_parties,
    zipped,
)
from cunzhao.extract.text.setting import Setting

LINK = re.compile(
    r"(?<![参给赋寄])与(?![会其此否时]|众不同|日俱|生俱)|(?<![不共等相协如会合])同(?![时样比期城步一志意等心类行质业盟济仁学级]|里[镇古]|安[区的]|德[县的]|江[市口的])|"
    r"和(?:(?<![\s\S]和)|(?<=[已还又也则就想愿拟再曾月日们年]和)|(?<=先后和|分别和|准备和|计划和|正在和|将要和|打算和|希望和|刚刚和|随后和|此前和|继续和))"
    r"(?!谐|平|其)|跟(?![踪着进]|上(?![海虞饶犹杭高栗林思蔡]))|牵手|携手|联手|托管了?|"
    r"联合(?=[^，。；]{3,20}(?:[成设建]立|组建|共建|打造|发起|开展|启动))"
)
_NO_EVENT = re.compile(r"(?:经过|通过|基于|随着|由于|关于|对于)$")
QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）")
_TOGETHER = re.compile(
    r"谈[妥成拢]|商妥|说[定好]|一拍即合|共?同?签[订署定了下]|续签|达成|缔结|订立|共建|共筑|合作(?!产业|园|区|示范|社|总社)|(?:共同|联合)(?:发起|组建|成立)|合[建办]|结对|结成|结为|携手|联合"
)
_ALL = re.compile(r"三方|四方|多方|共同签|联合签|共建|共筑|合资")
_PAPER = re.compile(r"[“《](?:关于)?(?P<title>[^“”《》]{4,40})[”》]、?和?")
_BODIES = re.compile(r"等(?:机构|企业|公司|平台|高校|院校|院所|单位|集团|品牌|城市|地|市|县)")
_FOR_BOTH = re.compile(r"(?:分别代表|代表双方|代表)(?P<names>[^，。]{4,40}?)(?=签[署订字约])")
_AIDED = re.compile(r"$|[，。；、和的]|工作|以来|项目|取得|持续|进入|深化|已|将|任务|协议|签")
_AID = re.compile(r"对口(?:支援|帮扶|协作|合作)|结对帮扶|东西部协作")
_CONTACT = ("联系", "沟通", "往来", "交往", "对接")
_SIDE_BY_SIDE = re.compile(r"(?:建立|深化|加强|推进|推广|复制|开展|完善|健全|巩固|借鉴|形成)了?$")
_PROMISES = ("约定", "商定", "约好")
# 与某区的消费帮扶协作
_OF_FORM = re.compile(
    r"等?[一-龥]{0,5}?的(?P<form>[一-龥]{0,8}?(?:合作|协作))(?=$|[，。；：！？、）”]|取得|不断|持续)"
)
_DEEPENED = re.compile(r"(?:继续|持续|进一步|不断|全面)*(?:深化|加强|拓展|扩大|巩固|推进|强化|密切)$")
SUBJECT_REACH = 500  # characters back to the subject of a report
_LONGEST = 20  # characters of a group that is one party: 三地工商部门


@dataclass(frozen=True, slots=True)
class Pairing:
    parties: list[Party]
    form: Form
    subjects: list[Party] = field(default_factory=list)  # whom a later clause may take over
    about: str | None = None  # from a title
    both: Party | None = None  # the word that stands for parties named before: 双方


def read_pairings(
    setting: Setting, sentence: tuple[int, int], clause: tuple[int, int], carried: list[Party]
) -> list[Pairing]:
    """The agreements that a clause speaks of. `carried`: the subjects of an earlier clause."""
    masked = QUOTED.sub(lambda m: "\0" * len(m[0]), setting.flat.text[slice(*clause)])
    found = _represented(setting, clause, masked)
    if found:
        return found
    for link in LINK.finditer(masked):
        found += _linked(setting, clause, masked, link, carried, until=sentence[1])
        if found and "、" not in masked[link.end() :]:
            break
    found = (
        found
        or _aided(setting, clause)
        or _titled(setting, sentence, clause)
        or _several(setting, clause, masked, sentence[1])
    )
    return found or _adjacent(setting, clause)


def _represented(setting: Setting, clause: tuple[int, int], masked: str) -> list[Pairing]:
    """`某某与某某分别代表甲、乙签署协议`."""
    match = _FOR_BOTH.search(masked)
    form = form_after(setting.flat.text, masked, clause, clause[0] + match.end()) if match else None
    if not match or not form:
        return []
    parties, _ = read_parties(setting.flat.text, *(clause[0] + at for at in match.span("names")))
    fine = len(parties) > 1 and all(is_named(p.name) for p in parties)
    return [Pairing(parties, form, parties)] if fine else []


def _linked(
    setting: Setting,
    clause: tuple[int, int],
    masked: str,
    link: re.Match[str],
    carried: list[Party],
    *,
    until: int,
) -> list[Pairing]:
    """`甲与乙签订…协议`."""
    text, at, rest = setting.flat.text, clause[0] + link.start(), clause[0] + link.end()
    verb = verbs().search(masked, link.end())
    stop = clause[0] + verb.start() if verb else clause[1]
    following = LINK.search(masked, link.end(), stop - clause[0])
    form = form_after(text, masked, clause, stop) or form_settled(text, masked, clause, until)
    if len(link[0]) > 1 and LINK.search(masked, 0, link.start()):  # 与乙携手…
        return []
    if form is None and len(link[0]) > 1:
        form = Form(at, at + 2, link[0][:2], False)
    if following:  # 甲与乙、丙与丁续签…协议
        comma = masked.rfind("、", link.end(), following.start())
        stop = clause[0] + comma if comma > 0 else stop
    contact = masked.startswith(_CONTACT, stop - clause[0])
    if form is None or contact or stop - rest < 2 or _NO_EVENT.search(masked, 0, link.start()):
        return []
    others, joint = read_parties(text, rest, stop)
    own, opens = _own(setting, clause, masked, link)
    own = [former(setting, p) for p in own]
    spoken = any(pronoun(p.name) for p in own)  # 我们, 我校: who speaks, not the area spoken of before
    own = [p for p in own if not pronoun(p.name)]
    if not all(is_named(p.name) for p in own):
        return []
    if own and others and all(pronoun(p.name) for p in others):  # 某公司跟我们签了…
        return [Pairing(own, form, own)]
    own = [p for p in own if len(own) > 1 or len(p.name) > 2 or form.signed or opens or is_body(setting, p)]
    others = [cut_to_area(setting, p) for p in others]
    sure = all(is_named(p.name) and (len(link[0]) < 2 or is_body(setting, p)) for p in others)
    if not others or not sure:
        return []
    of = None if form.signed else _OF_FORM.match(text, others[-1].end, clause[1])
    form = Form(*of.span("form"), of["form"], False) if of else form
    bodies = _BODIES.search(text, others[-1].end, min(others[-1].end + 6, clause[1]))
    promised = form.signed or (own and form.text in _PROMISES)
    if not (promised or bodies or any(is_body(setting, p) for p in [*own, *others])):
        return []
    own = own if own or spoken else carried or _subject(setting, clause[0])
    return [Pairing(group, form, own) for group in _groups(text[slice(*clause)], own, others, joint, form)]


def _own(
    setting: Setting, clause: tuple[int, int], masked: str, link: re.Match[str]
) -> tuple[list[Party], bool]:
    """Who stands before the link, and whether they open the clause."""
    text, at = setting.flat.text, clause[0] + link.start()
    begin, end = subject_run(text, max(clause[0], clause[0] + _pair_start(masked, link.start())), at)
    own = read_parties(text, begin, end)[0] if end > begin else []
    deepened = None if own else _DEEPENED.search(text, clause[0], at)  # 甲继续深化与乙的合作
    run = subject_run(text, clause[0], deepened.start()) if deepened else (at, at)
    if run[1] > run[0]:
        own = [p for p in read_parties(text, *run)[0] if is_body(setting, p)]
    return own, begin == clause[0]


def _subject(setting: Setting, at: int) -> list[Party]:
    """The area that earlier clauses speak of."""
    reach = setting.flat.paragraph_at(at).start
    subject = subject_before(setting, at, reach if setting.plan else min(reach, max(0, at - SUBJECT_REACH)))
    return [subject] if subject else []


def _pair_start(masked: str, at: int) -> int:
    """In `甲与乙、丙与丁` the second pair begins behind the 、."""
    links = list(LINK.finditer(masked, 0, at))
    return (
        masked.rfind("、", links[-1].end(), at) + 1
        if links and masked.rfind("、", links[-1].end(), at) > 0
        else 0
    )


def _several(setting: Setting, clause: tuple[int, int], masked: str, until: int) -> list[Pairing]:
    """`甲、乙、丙三市签署…协议`, `甲和乙共建…`: parties who are one subject together."""
    text = setting.flat.text
    verb = _TOGETHER.search(masked)
    if not verb or LINK.search(masked, 0, verb.start()):
        return []
    form = form_after(text, masked, clause, clause[0] + verb.start())
    form = form or form_settled(text, masked, clause, until)
    about = re.search(r"就|围绕|在", masked[: verb.start()])
    stop = clause[0] + (about.start() if about else verb.start())
    begin, end = subject_run(text, clause[0], stop)
    if form is None or end - begin < 2:
        return []
    parties, joint = read_parties(text, begin, end)
    if len(parties) > 1:
        bodies = joint == "group" or is_body(setting, parties[0])
        fine = bodies and all(is_named(p.name) for p in parties)
        return [Pairing(parties, form, parties)] if fine else []
    one = parties[0] if parties else None
    titled = title_parties(setting, form.start + 1, form.end) if form.text.startswith("《") else []
    if one and len(titled) > 1 and GROUPED.match(one.name):  # 两市签署《甲市与乙市…协议》
        return [Pairing(titled, form, titled)]
    if one and form.signed and GROUPED.search(one.name) and 2 < len(one.name) < _LONGEST:
        return [Pairing([one], form, [one])]
    return []


def _titled(setting: Setting, sentence: tuple[int, int], clause: tuple[int, int]) -> list[Pairing]:
    """`签订了“甲和乙…协议”、“丙丁…协议书”`: the parties are in the titles, or a group before them."""
    text = setting.flat.text
    sign = SIGN.search(text, *clause)
    titles = list(_PAPER.finditer(text, sign.end(), clause[1])) if sign else []
    if not titles or titles[0].start() != (sign.end() if sign else 0):
        return []
    group = GROUP_OF.search(text, sentence[0], titles[0].start())
    before = read_parties(text, *group.span("names"))[0] if group else []
    before = before if all(is_body(setting, p) for p in before) else []
    found = []
    for title in titles:
        named = title_parties(setting, title.start("title"), title.end("title")) or before
        form = re.search(r"协议书?$|备忘录$|合同$|协定$|宣言$", title["title"])
        span = (title.start("title") + form.start(), title.end("title")) if form else title.span("title")
        if named:
            title_form = Form(*span, form[0] if form else "协议", True)
            found.append(Pairing(named, title_form, before, text[title.start("title") : span[0]]))
    return found


def _aided(setting: Setting, clause: tuple[int, int]) -> list[Pairing]:
    """`甲市对口支援乙县`."""
    text = setting.flat.text
    for aid in _AID.finditer(text, *clause):
        low = bisect_left(setting.areas, max(clause[0], aid.start() - 12), key=lambda a: a.start)
        near = [a for a in setting.areas[low : low + 4] if a.known and a.end <= clause[1]]
        giver = next((a for a in near if a.end == aid.start()), None)
        taker = next((a for a in near if a.start == aid.end()), None)
        whole = taker and _AIDED.match(text, taker.end)
        if giver and taker and whole:
            pair = [Party(a.start, a.end, text[a.start : a.end]) for a in (giver, taker)]
            return [Pairing(pair, Form(*aid.span(), aid[0], False))]
    return []


def _adjacent(setting: Setting, clause: tuple[int, int]) -> list[Pairing]:
    """`甲—乙合作模式`, `建立甲乙…合作机制`: two areas side by side before the form."""
    text = setting.flat.text
    low = bisect_left(setting.areas, clause[0], key=lambda a: a.start)
    high = bisect_left(setting.areas, clause[1], key=lambda a: a.start)
    for one, two in pairwise(setting.areas[low:high]):
        if not (one.known and two.known) or text[one.end : two.start] not in ("", "—", "-", "——"):
            continue
        form = forms().search(text, two.end, min(two.end + 14, clause[1]))
        verb = _SIDE_BY_SIDE.search(text, max(clause[0], one.start - 4), one.start)
        if not form or not verb or re.search("[和与]", text[two.end : form.start()]):
            continue
        if form[0].startswith(("合作", "协作", "结对")):
            pair = [Party(a.start, a.end, text[a.start : a.end]) for a in (one, two)]
            return [Pairing(pair, Form(*form.span(), form[0], False))]
    return []


def _groups(clause: str, own: list[Party], others: list[Party], joint: str, form: Form) -> list[list[Party]]:
    """Which of the parties agree with which: 分别 and 、 part them, 和, 三方 and 共建 keep them together."""
    if not own:
        return [[other] for other in others] if "分别" in clause else [others]
    if "分别" in clause and len(own) == len(others) and len(own) > 1:
        return zipped(own, others)
    if "分别" in clause and len(own) > 1 and len(others) == 1:
        return [[one, others[0]] for one in own]
    if form.text.endswith(("机制", "联盟", "共同体", "合作圈")):
        return [[*own, *others]]
    apart = len(own) == 1 and len(others) > 1 and not _ALL.search(clause)
    if apart and ("分别" in clause or joint == "、"):
        return [[own[0], other] for other in others]
    return [[*own, *others]]
