"""Agreements: named parties who sign, pair up, cooperate, or are to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cunzhao.extract.events.both import read_both
from cunzhao.extract.events.chapters import headlines, to_come
from cunzhao.extract.events.forms import Form, forms
from cunzhao.extract.events.pairing import Pairing, read_pairings
from cunzhao.extract.events.parties import GROUPED, Party
from cunzhao.extract.events.units import clauses, sentences
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import AgreementFields, By, Fact, Nature, Reason

VERSION = "1"
_ANY = re.compile(
    r"协议|合作|备忘录|合同|意向书|协定|共识|共建|共筑|结对|联盟|医联体|医共体|协作|托管|合资|牵手|携手|联手|友城|帮扶|[约商]定|约好|签约|"
    r"谈[妥成拢]|一拍即合|商妥|说[定好]|达成一致|结[了的成为]|[合联]办|合建|联合|共[管护]|共同"
)
_HERE = re.compile(rf"{_ANY.pattern}|签|缔结|达成|敲定|订立")
_TO_COME = re.compile(
    r"(?:(?<![军名])将|拟|计划|预计|力争|争取|有望|准备|(?<![重主需])要(?!素)|想|愿|希望|打算|下一步|继续|深化|加强|强化|推动|支持|鼓励|促进|"
    r"商谈|洽谈|磋商|酝酿|引导|探索|正在|进一步|拓展|谋划|力促|力求|寻求|扩大)"
)
_DONE = re.compile(r"已|了(?!解)|[签结]的|[去前]年|上个?月|上周|先后|成功签|目前.{0,6}有")
_MODAL = re.compile(r"(?<![军名])将(?!军)|计划|争取|力争|拟|(?<![重主需])要(?!素|求|点)|下一步")
_ABOUT = re.compile(
    r"(?:就|围绕|在)(?P<what>[^，。；]{2,40}?)(?:等?(?:方面|领域|事宜|问题))?(?:签|达成|开展|展开|进行|加强|深化|建立|缔结|推进|续签)"
)
_ACCORDING = re.compile(r"(?:根据|按照|依据)(?:上述|该|本|框架|合作|战略|此次)*协议")
_PAIRED = re.compile(r"^结[了的成]*(?:对子|对)$")  # 结了对子
_BEFORE = 150  # characters before a clause in which 将 may stand for it too
_VERB_REACH = 6  # characters behind the parties in which 将 and 深化 may stand


def extract_agreements(setting: Setting) -> Iterator[Fact]:
    """One fact for each agreement or cooperation of named parties, in order of place."""
    text = setting.flat.text
    seen: dict[frozenset[str], list[str]] = {}  # the forms told of each set of parties
    told_below = headlines(setting)
    last: list[Party] = []  # whom 双方 means
    carried: list[Party] = []  # the subjects of an earlier clause
    for sentence in sentences(text):
        if not _ANY.search(text, *sentence) or _ACCORDING.match(text, *sentence):
            continue
        if setting.flat.paragraph_at(sentence[0]).start in told_below:
            continue
        carried = carried if sentence[0] and text[sentence[0] - 1] == "；" else []
        for clause in clauses(text, *sentence):
            if not (_HERE.search(text, *clause) or forms().search(text, *clause)):
                continue
            found = read_pairings(setting, sentence, clause, carried)
            if not found or _is_group(found[0]):
                found = read_both(setting, clause, last) or found
            for pairing in found:
                carried = pairing.subjects or carried
                last = pairing.parties
                fact = _fact(setting, sentence, clause, pairing)
                told = seen.setdefault(frozenset(fact.fields["parties"]), [])
                if pairing.about or not any(pairing.form.text in form for form in told):
                    told.append(pairing.form.text)
                    yield fact


def _is_group(pairing: Pairing) -> bool:
    """`两县市签订…`: one word for parties that are named elsewhere."""
    return len(pairing.parties) == 1 and bool(GROUPED.match(pairing.parties[0].name))


def _fact(setting: Setting, sentence: tuple[int, int], clause: tuple[int, int], pairing: Pairing) -> Fact:
    flat, text, group, form = setting.flat, setting.flat.text, pairing.parties, pairing.form
    inside = [pairing.both] if pairing.both else [p for p in group if p.start >= clause[0]] or group
    start, end = min(p.start for p in inside), max(p.end for p in inside)
    nature, sign = _nature(setting, sentence, clause, form, end)
    fields: AgreementFields = {
        "parties": [p.name for p in group],
        "form": _PAIRED.sub("结对", form.text) or None,
        "about": pairing.about or _about(text, clause, end, form),
        "date": _date(setting, sentence, form.end),
        "nature": nature,
    }
    spans = [Reason("parties", _by(p, sentence, clause), flat.span(p.start, p.end)) for p in group]
    why = (*spans, Reason("form", "words", flat.span(form.start, form.end)), sign)
    return Fact(
        kind="agreement",
        span=flat.span(start, end),
        fields=fields,
        extractor="agreement",
        version=VERSION,
        why=why,
    )


def _by(party: Party, sentence: tuple[int, int], clause: tuple[int, int]) -> By:
    return "words" if party.start >= clause[0] else "clause" if party.start >= sentence[0] else "sentence"


def _nature(
    setting: Setting, sentence: tuple[int, int], clause: tuple[int, int], form: Form, after: int
) -> tuple[Nature, Reason]:
    flat, text = setting.flat, setting.flat.text
    later = _MODAL.search(text, clause[1], form.start) if form.start >= clause[1] else None
    if later:  # 达成一致，双方将签署框架协议
        return "target", Reason("nature", "clause", flat.span(*later.span()))
    coming = _TO_COME.search(text, clause[0], after if form.signed else min(form.end, after + _VERB_REACH))
    done = _DONE.search(text, clause[0], form.end + 2)
    if form.text.endswith("模式"):
        return "actual", Reason("nature", "words", flat.span(form.start, form.end))
    if not coming and not done:
        before = max(sentence[0], clause[0] - _BEFORE), clause[0]
        coming = None if _DONE.search(text, *before) else _MODAL.search(text, *before)
    if coming and not done:
        return "target", Reason("nature", "words", flat.span(*coming.span()))
    if done:
        return "actual", Reason("nature", "words", flat.span(*done.span()))
    if setting.plan:
        return "target", Reason("nature", "title")
    wanted = to_come(setting, clause[0])
    return ("target", Reason("nature", "heading")) if wanted else ("actual", Reason("nature", "default"))


def _about(text: str, clause: tuple[int, int], after: int, form: Form) -> str | None:
    """What it is about: 就…, or what stands between the verb and the form."""
    said = _ABOUT.search(text, after, form.end)
    if said and not said["what"].endswith(("会上", "仪式上", "现场", "期间")):
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
