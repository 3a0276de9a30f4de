"""Actions (措施): the clauses of a task that each begin something new, with the verb they lead with.

A task's text falls into sentences and clauses. A clause that opens with an action verb, adverbs before it
left aside, begins an action. A setting (聚焦…，/ 到2025年，) goes with the action behind it; a result (形成…)
and what has no verb of its own goes with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cunzhao.extract.lexicons import any_of, words
from cunzhao.extract.plans.items import Item
from cunzhao.extract.plans.responsible import read_responsible
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import ActionFields, Fact, Reason

VERSION = "1"
_SHORTEST = 6  # characters of a sentence that is taken for an action
_WORD = 2  # characters of a Chinese verb
_QUOTED = re.compile(r"“[^”\n]{0,120}”|《[^》\n]{0,120}》|（[^（）\n]{0,120}）")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_CLAUSE = re.compile(r"(?:[^，：]|(?<=[0-9])，(?=[0-9]{3}))+")
_WHEN = re.compile(
    r"(?:到|力争|争取|力争到)?(?:[0-9]{4}年|年)(?:[0-9]{1,2}月)?(?:底|末|初|前|内|之前|以前)*|每年度?"
)
_BY_THEN = re.compile(
    r"(?:力争|争取|计划|预计)?(?:到|在)?[0-9]{4}年(?:[0-9]{1,2}月)?(?:底|末|初|前|内|之前|以前)*"
)
_MEASURED = re.compile(  # 贴息幅度最高…, 抽查覆盖面不低于…: a bound on what the action before does
    r"[一-龥]{2,8}?(?:率|幅度|面|比例|比重|标准|额度|金额|总额|规模|数量|总数|周期|时间|强度|水平|成本|期限|次数)"
    r"(?:最[高低多少]|不[低少高超]|达|控制|保持|提[高升]|[降在由从为])"
)
_TAKEN_AS = re.compile(r"以[^，]{2,60}为[一-龥]{1,8}")  # 以新材料产业为主攻方向
_ONE = re.compile(r"[对将把给凡]")  # what they open with may be a whole clause: 对首次纳入统计的企业
_ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}是(?:要)?|（[0-9一二三四五六七八九十]{1,3}）|[①-⑳]|[0-9]{1,2}[.．、](?![0-9]))"
)
_RESULT = re.compile(
    r"(?:(?:逐步|初步|基本|最终|从而|进而|努力|切实)?(?:形成|使|让|成为|作为|构成|起到|做到|以便|以期)|(?:从而|进而)|为(?!民)|实现|确保|更好|带动)"
)
_REACHED = re.compile(
    r"达到?|突破|(?<!不)超过|控制在|保持在|稳定在|下降到?|降至|降到|降低到?|提高到?|提升[到至]?|增长到?|增加到?|实现|建成|新增|完成|"
    r"减少|压减|缩短"
)
_ORGAN = re.compile(
    r"(?:小组|办公室|专班|委员会|联席会议|部门|单位|[局委办厅院县市区镇]|政府|企业|中心|公司)(?:要|应|须|负责)?"
)
_MADE = ("完成", "建成", "新增", "实现")
_BEFORE = re.compile(  # a verb that stands behind one of these is the clause's own
    r"(?:等|领域|方面|经验|做法|平台|载体|工程|优势|作用|地位|问题|机遇|契机|要求|部署|规划|方案|标准|理念|"
    r"模式|方式|手段|措施|基础|重点|核心|依托|抓手|目标|主线|牵引|导向|引领|中心|[中上下时后前地市县区省州镇年底月日内间院校学司团所局厂会园球国企]|”|》|）|\0)$"
)
_SETTING_ENDS = re.compile(
    r"(?:为[一-龥]{0,3}(?:核心|重点|核|依托|抓手|目标|主线|牵引|载体|基础|导向|引领|契机|突破口|主题|主体|中心|支撑|纽带|龙头|主阵地)|"
    r"机遇|契机|优势|理念|经验|做法|模式|方式|路径|要求|原则|方针|部署|精神|规律|趋势|问题|需求|领域|方面|环节|目标|定位|力量|"
    r"等|[基础之]上|[一-龥]下|[一-龥]中|结合|为载体)$"
)
_NOUN_ON = re.compile(r"[的、等和与及或]|[社局厂院者率额款器]|$")  # it is a noun, or part of one: 合作社
_TAKES = re.compile(r"[把将与和同]")  # the verb may close the clause: 把…与…挂钩
_DONE = re.compile(r"进行(?:[一-龥]{0,4}?)$")


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int  # flat
    end: int
    verb: tuple[int, int] | None  # flat, of the leading verb; None for a clause that begins nothing
    setting: bool  # it belongs to the action that follows


def extract_actions(flat: Flat, items: Sequence[Item]) -> Iterator[Fact]:
    """One fact for each action of each task, in order. `items`: the tasks of the document."""
    for item in items:
        for start, end, verb in _of_item(flat.text, item):
            fields: ActionFields = {"verb": flat.text[slice(*verb)], "task": item.heading.number}
            yield Fact(
                kind="action",
                span=flat.span(start, end),
                fields=fields,
                extractor="action",
                version=VERSION,
                why=(Reason("verb", "words", flat.span(*verb)),),
            )


def _of_item(text: str, item: Item) -> Iterator[tuple[int, int, tuple[int, int]]]:
    start = item.body
    for noted, after in [*read_responsible(text, item.body, item.end).places, (item.end, item.end)]:
        if noted > start:
            yield from _of_run(text, start, noted)
        start = max(start, after)


def _of_run(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """What stands in quotes or brackets parts nothing and is no verb."""
    plain = _QUOTED.sub(lambda m: "\0" * len(m[0]), text[start:end])
    for sentence in _SENTENCE.finditer(plain):
        parts = list(_clauses(plain, *sentence.span()))
        actions = list(
            _joined(
                [_read(plain, start, *part, first=part == parts[0], last=part == parts[-1]) for part in parts]
            )
        )
        yield from actions or _unknown(plain, start, parts)


def _clauses(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE.finditer(plain, start, end):
        at = match.start()
        ordinal = _ORDINAL.match(plain, at, match.end())
        if ordinal:
            at = ordinal.end()
        if match.end() > at:
            yield at, match.end()


def _unknown(
    plain: str, base: int, parts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """A sentence without a verb of the lexicon is one action, led by the word its last clause opens with."""
    if not parts or parts[-1][1] - parts[0][0] < _SHORTEST:
        return
    at, end = parts[-1]
    while word := _adverbs().match(plain, at, end - _WORD):
        at = word.end()
    if re.match(r"[一-龥]{2}", plain[at:end]):
        yield base + parts[0][0], base + end, (base + at, base + at + _WORD)


def _joined(clauses: Sequence[_Clause]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Settings with what follows, results and the rest with what is before."""
    begin: int | None = None
    action: tuple[int, int, tuple[int, int]] | None = None
    for clause in clauses:
        if clause.verb:
            if action:
                yield action
            action = (clause.start if begin is None else begin, clause.end, clause.verb)
            begin = None
        elif clause.setting:
            begin = clause.start if begin is None else begin
        elif action and begin is None:
            action = (action[0], clause.end, action[2])
    if action:
        yield action


def _read(plain: str, base: int, start: int, end: int, *, first: bool, last: bool) -> _Clause:
    clause = plain[start:end]
    if not last and (_BY_THEN.fullmatch(clause) or _TAKEN_AS.fullmatch(clause)):
        return _Clause(base + start, base + end, None, True)
    setting, word = _settings().match(clause), _verbs().match(clause)
    if setting and word and word.end() > setting.end():  # 对接 is no 对
        setting = None
    maybe = _maybe().match(clause)
    named = setting is not None and len(setting[0]) > 1  # 围绕; a preposition may open the action itself
    if (named and not last and not _own_verb(clause, setting.end())) or (  # type: ignore[union-attr]
        (setting or maybe) and not last and _SETTING_ENDS.search(clause)
    ):
        return _Clause(base + start, base + end, None, True)
    verb = None if _RESULT.match(clause) and not first else _leading(clause)
    opening = setting or (maybe if maybe and _own_verb(clause, maybe.end()) else None)
    if opening or (first and not verb):
        verb = _inner(clause, opening.end() if opening else 2) or verb
    if not verb and not _RESULT.match(clause):
        verb = _by_organ(clause) or _reached(clause)
    at = base + start
    found = (at + verb[0], at + verb[1]) if verb else None
    return _Clause(at, base + end, found, not verb and (first or bool(setting)))


def _own_verb(clause: str, at: int) -> bool:
    """Whether a verb led by an adverb, or by what ends a setting, is within: `依托…等工程高起点参与…`."""
    return not _SETTING_ENDS.search(clause) and _inner(clause, at, strict=True) is not None


def _leading(clause: str) -> tuple[int, int] | None:
    """The verb a clause opens with; of `加快推进` the last, of `加快道路前期` the first."""
    if _MEASURED.match(clause):
        return None
    at, fallback = when.end() if (when := _WHEN.match(clause)) else 0, None
    while True:
        word = _adverbs().match(clause, at)
        verb = _verbs().match(clause, at)
        if verb and (not word or verb.end() > word.end()):
            return None if when and _REACHED.match(verb[0]) and verb[0] not in _MADE else verb.span()
        if not word:
            return fallback
        if verb and fallback is None:
            fallback = verb.span()
        at = word.end()


def _inner(clause: str, at: int, *, strict: bool = False) -> tuple[int, int] | None:
    """The verb behind a setting or a subject within the clause: `面向全球实行…`, `领导小组下设…`.

    One that an adverb leads or that stands behind the end of a setting; else, not `strict`, the first that
    has an object.
    """
    loose, of = None, clause.find("的", at)
    if _ONE.match(clause) and of > 0:
        at = of + 1
    for verb in _verbs().finditer(clause, at):
        before, behind = clause[: verb.start()], clause[verb.end() :]
        led = _adverb_ends().search(before)
        if _DONE.search(before):
            return verb.span()
        if not behind and _TAKES.match(clause):
            return verb.span()
        if _NOUN_ON.match(behind) and not (led and not behind):
            continue
        if led or _BEFORE.search(before):
            return verb.span()
        if loose is None and len(behind) >= 2:
            loose = verb.span()
    return None if strict else loose


def _reached(clause: str) -> tuple[int, int] | None:
    """`优良天数比率达到87%`: a goal with a subject of its own; without one it goes with the action before."""
    for verb in _REACHED.finditer(clause, 4):
        subject = re.sub(r"^(?:到|力争)?[0-9]{4}年底?|[0-9]|其中|年均", "", clause[: verb.start()])
        if len(subject) >= 4 and re.match(r"[^，]{0,8}[0-9]", clause[verb.end() :]):
            return verb.span()
    return None


def _by_organ(clause: str) -> tuple[int, int] | None:
    """`领导小组办公室设在…`: the verb right behind who acts, near the beginning of the clause."""
    for organ in _ORGAN.finditer(clause, 2, 26):
        verb = _verbs().match(clause, organ.end())
        if verb and not _NOUN_ON.match(clause, verb.end()):
            return verb.span()
    return None


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(any_of(words("action_verbs.txt")))


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('action_adverbs.txt'))})、?")


@cache
def _adverb_ends() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(w for w in words('action_adverbs.txt') if len(w) > 1)})$")


@cache
def _maybe() -> re.Pattern[str]:
    return re.compile(any_of(words("action_maybe.txt")))


@cache
def _settings() -> re.Pattern[str]:
    return re.compile(any_of(words("action_settings.txt")))
