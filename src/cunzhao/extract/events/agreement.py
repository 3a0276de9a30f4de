"""Agreements: named parties who sign, pair up, cooperate, or are to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cunzhao.extract.events.parties import (
    GROUPED,
    Party,
    is_body,
    is_named,
    pronoun,
    read_parties,
    subject_before,
    subject_run,
    zipped,
)
from cunzhao.extract.lexicons import any_of, tree, words
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import AgreementFields, Fact, Nature, Reason

VERSION = "1"
_SENTENCE = re.compile(r"[^。！？；\n]+")
_CLAUSE = re.compile(r"(?:（[^（）\n]{0,30}）|《[^《》\n]{0,60}》|[^，：；。！？\n])+")
_ANY = re.compile(
    r"协议|合作|备忘录|合同|意向书|协定|共识|共建|共筑|结对|联盟|医联体|医共体|协作|托管|合资|牵手|携手|友城|帮扶"
)
_LINK = re.compile(
    r"(?<![参给赋寄])与(?![会其此否时]|众不同|日俱|生俱)|(?<![不共等相协如会合])同(?![时样比期城步一志意等心类行质业盟济仁里德安江学级])|"
    r"跟(?![踪着进]|上(?![海虞饶犹杭高栗林思蔡]))|牵手|携手|联手|托管了?"
)
_SIGN = re.compile(r"签[订署定下]?了?|续签了?|缔结|订立|达成|敲定")
_TO_COME = re.compile(
    r"(?:(?<![军名])将|拟|计划|预计|力争|争取|有望|准备|(?<![重主需])要(?!素)|想|愿|希望|打算|下一步|继续|深化|加强|强化|推动|支持|鼓励|促进|"
    r"引导|探索|正在|进一步|拓展|谋划|力促|力求|寻求|扩大)"
)
_DONE = re.compile(r"已|了(?!解)|签[订署]|达成|先后|成功|目前.{0,6}有")
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）")
_TITLE = re.compile(r"《[^《》]*(?:协议|备忘录|合同|协定|宣言|意向|共识|公约|章程|制度)[^《》]*》")
_TOGETHER = re.compile(r"共?同?签[订署定了下]|续签|达成|缔结|订立|共建|共筑|合作|结对|结成|结为|携手|联合")
_PAPERS = ("协议", "协议书", "备忘录", "合同", "意向书", "协定", "共识", "宣言")
_SHORT = 8  # characters of a paper's name that are all form: 订单培养协议
_SUBJECT_REACH = 500  # characters back to the subject of a report
_ALL = re.compile(r"三方|四方|多方|共同签|联合签|共建|共筑|合资")
_ABOUT = re.compile(
    r"(?:就|围绕|在)(?P<what>[^，。；]{2,40}?)(?:等?(?:方面|领域|事宜|问题))?(?:签|达成|开展|展开|进行|加强|深化|建立|缔结|推进|续签)"
)


@dataclass(frozen=True, slots=True)
class _Form:
    start: int
    end: int
    text: str
    signed: bool


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(tree((w, "", "") for w in words("agreement_forms.txt")) + "(?!共享|共治|区|组织)")


@cache
def _verbs() -> re.Pattern[str]:
    found = words("agreement_verbs.txt") | words("agreement_forms.txt")
    return re.compile(tree((w, "", "") for w in found))


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('agreement_modifiers.txt'))})$")


def extract_agreements(setting: Setting) -> Iterator[Fact]:
    """One fact for each agreement or cooperation of named parties, in order of place."""
    text = setting.flat.text
    seen: set[tuple[frozenset[str], str]] = set()
    for match in _SENTENCE.finditer(text):
        if not _ANY.search(text, *match.span()):
            continue
        carried: list[Party] = []
        for clause in _CLAUSE.finditer(text, *match.span()):
            for fact, subjects in _of_clause(setting, match.span(), clause.span(), carried):
                carried = subjects or carried
                key = (frozenset(fact.fields["parties"]), fact.fields["form"] or "")
                if key not in seen:
                    seen.add(key)
                    yield fact


def _of_clause(
    setting: Setting, sentence: tuple[int, int], clause: tuple[int, int], carried: list[Party]
) -> Iterator[tuple[Fact, list[Party]]]:
    """The agreements of a clause, each with the parties that a later clause may take over."""
    text = setting.flat.text
    masked = _QUOTED.sub(lambda m: "\0" * len(m[0]), text[slice(*clause)])
    found: list[tuple[list[Party], _Form, list[Party]]] = []
    for link in _LINK.finditer(masked):
        found += _linked(setting, clause, masked, link, carried)
        if found and "、" not in masked[link.end() :]:
            break
    found = found or _several(setting, clause, masked) or _adjacent(setting, clause)
    for group, form, subjects in found:
        yield _fact(setting, sentence, clause, group, form), subjects


def _linked(
    setting: Setting, clause: tuple[int, int], masked: str, link: re.Match[str], carried: list[Party]
) -> list[tuple[list[Party], _Form, list[Party]]]:
    """`甲与乙签订…协议`."""
    text = setting.flat.text
    at, rest = clause[0] + link.start(), clause[0] + link.end()
    verb = _verbs().search(masked, link.end())
    stop = clause[0] + verb.start() if verb else clause[1]
    following = _LINK.search(masked, link.end(), stop - clause[0])
    form = _form_after(text, masked, clause, stop)
    if form is None and len(link[0]) > 1:
        form = _Form(at, at + 2, link[0][:2], False)
    if following:  # 甲与乙、丙与丁续签…协议
        comma = masked.rfind("、", link.end(), following.start())
        stop = clause[0] + comma if comma > 0 else stop
    if form is None or stop - rest < 2:
        return []
    others, joint = read_parties(text, rest, stop)
    begin, end = subject_run(text, max(clause[0], clause[0] + _pair_start(masked, link.start())), at)
    own = read_parties(text, begin, end)[0] if end > begin else []
    own = [
        p
        for p in own
        if not pronoun(p.name) and is_named(p.name) and (len(p.name) > 2 or is_body(setting, p))
    ]
    if not others or not all(is_named(p.name) for p in others):
        return []
    if not form.signed and not any(is_body(setting, p) for p in [*own, *others]):
        return []
    if not own:
        reach = setting.flat.paragraph_at(clause[0]).start
        reach = reach if setting.plan else min(reach, max(0, clause[0] - _SUBJECT_REACH))
        subject = subject_before(setting, clause[0], reach)
        own = carried or ([subject] if subject else [])
    return [(group, form, own) for group in _groups(text[slice(*clause)], own, others, joint, form)]


def _pair_start(masked: str, at: int) -> int:
    """In `甲与乙、丙与丁` the second pair begins behind the 、."""
    links = list(_LINK.finditer(masked, 0, at))
    return (
        masked.rfind("、", links[-1].end(), at) + 1
        if links and masked.rfind("、", links[-1].end(), at) > 0
        else 0
    )


def _several(
    setting: Setting, clause: tuple[int, int], masked: str
) -> list[tuple[list[Party], _Form, list[Party]]]:
    """`甲、乙、丙三市签署…协议`, `甲和乙共建…`: parties who are one subject together."""
    text = setting.flat.text
    verb = _TOGETHER.search(masked)
    if not verb:
        return []
    form = _form_after(text, masked, clause, clause[0] + verb.start())
    about = re.search(r"就|围绕|在", masked[: verb.start()])
    stop = clause[0] + (about.start() if about else verb.start())
    begin, end = subject_run(text, clause[0], stop)
    if form is None or end - begin < 2:
        return []
    parties, _joint = read_parties(text, begin, end)
    whole = text[begin:end]
    if len(parties) > 1:
        fine = all(is_named(p.name) for p in parties) and any(is_body(setting, p) for p in parties)
        return [(parties, form, parties)] if fine else []
    if form.signed and GROUPED.search(whole) and is_named(whole) and len(whole) < 20:
        party = Party(begin, end, whole)
        return [([party], form, [party])]
    return []


def _adjacent(setting: Setting, clause: tuple[int, int]) -> list[tuple[list[Party], _Form, list[Party]]]:
    """`甲—乙合作模式`, `建立甲乙…合作机制`: two areas side by side before the form."""
    text = setting.flat.text
    low = bisect_left(setting.areas, clause[0], key=lambda a: a.start)
    high = bisect_left(setting.areas, clause[1], key=lambda a: a.start)
    for one, two in pairwise(setting.areas[low:high]):
        if not (one.known and two.known) or text[one.end : two.start] not in ("", "—", "-", "——"):
            continue
        form = _forms().search(text, two.end, min(two.end + 14, clause[1]))
        if (
            form
            and form[0].startswith(("合作", "协作", "结对"))
            and not re.search("[和与]", text[two.end : form.start()])
        ):
            pair = [Party(a.start, a.end, text[a.start : a.end]) for a in (one, two)]
            return [(pair, _Form(*form.span(), form[0], False), pair)]
    return []


def _form_after(text: str, masked: str, clause: tuple[int, int], stop: int) -> _Form | None:
    """The form of cooperation named behind the parties, with the words before it that belong to it."""
    title = _TITLE.search(text, stop, clause[1])
    sign = _SIGN.search(masked, stop - clause[0])
    if title and sign:
        return _Form(*title.span(), title[0], True)
    found = [m for m in _forms().finditer(masked, stop - clause[0])]
    if not found:
        return None
    nouns = [m for m in found if m[0].endswith(_PAPERS)]
    match = nouns[0] if nouns else found[0]
    start, end = clause[0] + match.start(), clause[0] + match.end()
    signed = bool(sign and sign.start() < match.start())
    if nouns and sign and signed:
        whole = text[clause[0] + sign.end() : end]
        if len(whole) <= _SHORT and "的" not in whole:
            return _Form(end - len(whole), end, whole, True)
    while True:
        modifier = _modifiers().search(text[max(stop, start - 6) : start])
        if not modifier:
            return _Form(start, end, text[start:end], signed)
        start -= len(modifier[0])


def _groups(clause: str, own: list[Party], others: list[Party], joint: str, form: _Form) -> list[list[Party]]:
    """Which of the parties agree with which: 分别 and 、 part them, 和, 三方 and 共建 keep them together."""
    if not own:
        return [others]
    if "分别" in clause and len(own) == len(others) and len(own) > 1:
        return zipped(own, others)
    apart = len(own) == 1 and len(others) > 1 and not _ALL.search(clause)
    if apart and ("分别" in clause or joint == "、"):
        return [[own[0], other] for other in others]
    return [[*own, *others]]


def _fact(
    setting: Setting, sentence: tuple[int, int], clause: tuple[int, int], group: list[Party], form: _Form
) -> Fact:
    flat, text = setting.flat, setting.flat.text
    inside = [p for p in group if p.start >= clause[0]]
    start, end = min(p.start for p in inside), max(p.end for p in inside)
    nature, sign = _nature(setting, clause, form)
    fields: AgreementFields = {
        "parties": [p.name for p in group],
        "form": form.text,
        "about": _about(text, clause, end, form),
        "date": _date(setting, sentence, form.end),
        "nature": nature,
    }
    spans = [
        Reason("parties", "words" if p.start >= clause[0] else "sentence", flat.span(p.start, p.end))
        for p in group
    ]
    why = (*spans, Reason("form", "words", flat.span(form.start, form.end)), sign)
    return Fact(
        kind="agreement",
        span=flat.span(start, end),
        fields=fields,
        extractor="agreement",
        version=VERSION,
        why=why,
    )


def _nature(setting: Setting, clause: tuple[int, int], form: _Form) -> tuple[Nature, Reason]:
    flat, text = setting.flat, setting.flat.text
    coming = _TO_COME.search(text, clause[0], form.end)
    done = _DONE.search(text, clause[0], form.end + 2)
    if coming and not (done and form.signed):
        return "target", Reason("nature", "words", flat.span(*coming.span()))
    if done:
        return "actual", Reason("nature", "words", flat.span(*done.span()))
    return ("target", Reason("nature", "title")) if setting.plan else ("actual", Reason("nature", "default"))


def _about(text: str, clause: tuple[int, int], after: int, form: _Form) -> str | None:
    """What it is about: 就…, or what stands between the verb and the form."""
    said = _ABOUT.search(text, after, form.end)
    if said:
        return said["what"].strip("、")
    between = re.sub(
        r"^.*?(?:签[订署定下]?了?|开展|进行|建立|深化|加强|达成|推进)(?:了)?", "", text[after : form.start]
    )
    between = re.sub(r"(?:方面|领域)?的$", "", between)
    return between if 2 <= len(between) <= 40 and between != text[after : form.start] else None


def _date(setting: Setting, sentence: tuple[int, int], at: int) -> str | None:
    high = bisect_left(setting.dates, at, key=lambda d: d.start)
    near = [
        d
        for d in setting.dates[max(0, high - 6) : high]
        if d.start >= sentence[0] and d.period and d.role == "plain"
    ]
    return near[-1].period if near else None
