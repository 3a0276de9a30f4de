"""Whether a quantity is so, wanted or expected.

Cues hold to their right: a goal or plan (力争, 计划) to the semicolon, an expectation (预计) to the end of
its clause and what grows by it, or from where it opens a clause. A time that is past ends them. What tells
of one work (总投资, 占地) is planned until the work is done. Where no cue stands, a year to come, then the
heading, decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.extract.figures.ahead import is_ahead, is_past, last_year
from cunzhao.extract.figures.period import Timed, starts_change
from cunzhao.extract.figures.qualify import SINCE, Stated
from cunzhao.extract.figures.reach import is_event
from cunzhao.extract.figures.sentence import REACH, Sentence
from cunzhao.extract.figures.works import is_of_works, once_done, stage_of_work, tells_size
from cunzhao.extract.types import By, Nature

_TARGET = re.compile(
    r"力争|争取|确保|目标|答应|承诺|下一步|下阶段|计划(?=$|[0-9]|再|用|在|于|到|通过|新|建|引|投|总|年|实|完|培|开|招|安|利|减|降|接|赴|组|选|改|增|推|扩|采|支|筹|融|修|维|整|治|栽|种|植|聘|购|添|翻|发|举|办|拆|迁|疏|清|转|派|输|打|铺|架|装|试|启|动|每|向|把|再|全|分)|规划(?=总|"
    r"长|面|投|建设|用|新)|拟(?=投|建|用|引|新|在|出|由|设|总)|预期目标|必须|努力|立志|(?:通过|经过)(?=$|[0-9])|安排|"
    r"(?<![利使应费作信通公])用[0-9]|准备|打算|想(?:再|把)|要再?(?=新|建成?|引|超过|冲|做到|拉到|跨过|开工|上马|达到|实现|突破|增长|翻|完成|提高|提升|压|控制|建成|降|把|将)|不少于|不低于|达产后|意向(?=投资|授信|总|参股|认购|采购|出资|用地)|约定|洽谈(?:合作)?(?=建设|共建|引进)|"
    r"(?:按照?|根据)[^，]{0,8}(?:规划|部署|计划|节点)|"
    r"将再?(?=赴|拿出|提供|用于|培训|培育|招|完成|重点|举办|举行|建设|投资|新建|引进|实施|开展|安排|打造|推进|出资|派|组织|发放|给予|共建|共同|设立|投入|启动|"
    r"(?:在|于)[^，；]{1,12}(?:投|建|设立|举|入学|开工|动工|启动))"
)
_FORECAST = re.compile(
    r"预计|预测|估摸|[有可]望|预期(?!目标|性)|估计|将(?:在[^，；]{1,10})?(?=从|由|把|达|超|突破|有|缩|增|下|提|实现|形成|带|新增|其|以)|"
    r"(?<![不许])可[达新实形年转带增吸容满提节减由从回产出接处发]|届时|建成后|(?:综合|初步)判断|(?:若|如果)(?=[^，]{2,16}，)"
)
_ACTUAL = re.compile(
    r"目前|现有|现已|眼下|如今|已经?(?=[一-龥])|截至|完成了|实现了|累计|(?<![比较与同])(?:去年|上年)|基础上|以来|经过|回顾|现状"
)
_LIKELY = re.compile(r"(?:预计|预测|有望|可望|届时|估计)[^；]*$")
_HAS_DONE, _WILL = re.compile(r"[一-龥]了$"), re.compile(r"[要将]")
_TITLED = re.compile(r"《[^《》]*》")
_WEAK = re.compile(r"将")  # an expectation that a plan nearby makes a goal
_INTENT = re.compile(r"目标|主要指标|计划|任务|安排|打算|思路|重点工作|举措|措施|规划|保障")
_PAST = re.compile(r"回顾|成效|成绩|现状|基础|形势|情况|背景|成就|问题")
_WANTS = re.compile(r"目标|重点工作|工作安排|主要任务|工作思路|打算")
_DONE = re.compile(
    r"^[^，]{0,14}(?:已经?|均已|(?<![要将须能会可])全部)(?=[一-龥]{2})(?!纳入|列入)"
)  # 18名医生已经到岗
_AIMED = re.compile(r"(?:以[上下]|左右)?的(?!基础)[一-龥]{0,4}目标(?!任务)")  # 30所的阶段目标
_OF_PLAN = re.compile(r"(?:计划|目标|任务|总投资|概算|投资|工程量)[^，；]{0,4}的(?:近|约|超过?|逾)?$")
_OF_INVESTMENT = re.compile(r"总?投资|总?用地|长|面积|建筑|年产")
_OF_SITE = re.compile(
    r"首期|一期|二期|投资|用地|占地|面积|建筑|产值|税收|纳税|产能|年产|建成|达产|能耗|工期|库容|能力|床位|车位|座位|厂房|生产线|就业|岗位"
)
_MEASURED_BY = re.compile(r"(?:比|较)[^，；比较]{0,8}$")  # 较年初预期目标低0.7个百分点
_OPENS = re.compile(r"(?:全[年市省县区国州]|今年|到?[0-9]{4}年|届时|同时|[并且据]|建成后|达产|全部|项目|后)*")
_COUNTED = re.compile(r"^(?:[一-龥]{0,4})?(?:任务|措施|举措|方面|政策|意见|条款|原则)")
_MONEY = re.compile(r"总投资|概算|估算|匡算")
_AGREED = re.compile(r"协议|签约|合同|完成|累计")
_PROMISED, _INVESTS = re.compile(r"协议(?:总?投资|引资)额?$"), re.compile(r"投资额?$|出资$|投入$")
_TO_BUILD = re.compile(r"(?:，?[在于][^，。；]{2,12})?，?(?:建设|新建|兴建|共建|建起?)")
_DEAL = re.compile(r"签[约订署下]|谈[妥成拢]|达成|协议|商定|约定")
_EACH_YEAR = re.compile(
    r"(?:签[约订署下了]|协议|合同|结成|约定|谈[妥成拢]|达成)[^；]*[，：][^，：]{0,12}每年[^，]*$"
)
_BY_PHASES = re.compile(r"分[两二三四]期(?:投|建|实施|推进)[^；]*$")
_FIRMS = re.compile(r"企业[^，]{0,8}家")
_SET_UP = re.compile(r"将|拟|计划")
_LISTED_GOAL = re.compile(
    r"(?:目标|任务|指标)[^，；。：]{0,8}：|(?:按照?|根据)[^，。；]{0,16}(?:协议|合同|方案|意见|约定|蓝图)，"
)
_NEXT = re.compile(r"(?:下一步|接下来|下一阶段|下阶段)[^。\n]{0,16}(?:将|要|打算|计划|准备|抓好|重点)[^\n]*$")
_UNDER_WAY = re.compile(r"[^，]{0,6}(?:正在|在建|加快建设|加紧建设)")
_PHASE = re.compile(r"期工程|[二三四五]期(?:规划)?$")
# 6个项目要签, 剩余300万千瓦将在6月底前投运
_TO_COME = re.compile(
    r"[^，；。0-9]{0,12}(?:(?:要|即将|准备)(?:签|开工|动工|投产|竣工|投用|上马)|"
    r"(?<!预计)将(?:[在于][^，；。]{0,12}(?:前|底|内|年|月)[^，；。]{0,4}(?:投|建|开|交|竣|签)|"
    r"[^，；。]{0,4}(?:入驻|落户|开工|动工|投产|启动|进驻|搬迁|迁入|投用|交付|上市)))|分[两二三四]期(?:投|建|实施)"
)
_LIKELY_THEN = re.compile(r"[^，；。0-9]{0,2}预计[^，；。]{0,10}(?:交付|投用|建成|投产|竣工|开工|完工|通车)")


@dataclass(frozen=True, slots=True)
class Natured:
    """A nature and what it was read from; `start` is -1 where no words of the text say it."""

    nature: Nature
    by: By
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    nature: Nature


def read_nature(
    sentence: Sentence, index: int, stated: Stated, timed: Timed, before: Natured | None, *, plan: bool
) -> Natured:
    """Certain signs first; then the nearest cue that still holds; then the time; then the heading. `before`
    is what was read of the quantity before in the sentence."""
    at = sentence.quantities[index].start
    sure = _sure(sentence, index)
    if sure:
        return sure
    work = _of_work(sentence, index, stated)
    if work:
        return work
    alone = sentence.left(index).removesuffix("的")
    shares = stated.listed or alone in ("后者", *sentence.names)  # 泗洪的总投资35亿元，沭阳的50亿元
    if before and before.by in ("clause", "words") and shares and not sentence.dates_after(before.end, at):
        return before  # 投资额分别为105亿元和18亿元
    cue = _cue(sentence, index, stated, timed)
    year, now = last_year(timed.period), sentence.written_year
    told = Natured(cue.nature, _by(sentence, index, cue), cue.start, cue.end) if cue else None
    if (
        told
        and told.nature == "forecast"
        and not (timed.due and is_ahead(sentence, timed) and _mere(sentence, told))
    ):
        return told
    if is_ahead(sentence, timed) or (timed.due and not (year and now and year < now)):
        return Natured("target", timed.by, timed.start, timed.end)
    if told:
        return told
    if before and _goes_on(sentence, index, before):
        return Natured("target", "clause", before.start, before.end)
    if year and now and year < now and timed.start >= 0:
        return Natured("actual", timed.by, timed.start, timed.end)
    return _of_work_to_come(sentence, index) or _of_next(sentence) or _of_heading(sentence, index, plan=plan)


def _mere(sentence: Sentence, told: Natured) -> bool:
    """`到2020年博物馆将增至40家`: 将 alone beside a day to come up to is what is wanted."""
    return sentence.text[told.start : told.end].startswith("将")


def _of_work_to_come(sentence: Sentence, index: int) -> Natured | None:
    """`一期2023年底建成，形成5万吨产能`: told after the day of an event still to come."""
    at = sentence.quantities[index].start
    floor = sentence.segment_start(at)
    last = next(iter(sentence.dates_before(at)[-1:]), None)
    year = last_year(last.period) if last and last.start >= floor else None
    if not last or not year or not sentence.written_year or year <= sentence.written_year:
        return None
    return Natured("target", "clause", last.start, last.end) if is_event(sentence, last) else None


def _of_next(sentence: Sentence) -> Natured | None:
    """`下一步，我们将抓好三件事。一是力争…。二是新增…`: what a paragraph goes on to plan."""
    floor = max(sentence.text.rfind("\n", 0, sentence.start), sentence.start - 4 * REACH, 0)
    if all(sentence.text.find(word, floor, sentence.start) < 0 for word in ("下一", "接下来", "下阶段")):
        return None
    told = _NEXT.search(sentence.text, floor, sentence.start)
    return Natured("target", "sentence", told.start(), told.start() + 3) if told else None


def _sure(sentence: Sentence, index: int) -> Natured | None:
    at, end = sentence.quantities[index].start, sentence.quantities[index].end
    left, right = sentence.left(index), sentence.right(index)
    aimed = _AIMED.match(right)
    if aimed:
        return Natured("target", "words", end, end + aimed.end())
    to_come = _TO_COME.match(right)
    if to_come:
        return Natured("target", "words", end + to_come.start(), end + to_come.end())
    likely = _LIKELY_THEN.match(right)
    if likely:
        return Natured("forecast", "words", end + likely.start(), end + likely.end())
    done = None if tells_size(sentence, index) else _DONE.search(right)
    if done:
        return Natured("actual", "words", end + done.start(), end + done.end())
    promised = _EACH_YEAR.search(sentence.before(index))
    if promised:
        return Natured("target", "clause")
    phases = None if is_of_works(sentence, index) else _BY_PHASES.search(sentence.before(index))
    if phases and sentence.quantities[index].unit_kind == "money":
        return Natured("target", "clause")
    going = _UNDER_WAY.match(right) if is_of_works(sentence, index) or _PHASE.search(left) else None
    if going:
        return Natured("target", "words", end + going.start(), end + going.end())
    if "基础上" in right[:8] or SINCE.search(left) or starts_change(sentence, index):
        return Natured("actual", "words")
    if _OF_PLAN.search(left) and sentence.quantities[index].unit_kind in ("percent", "fraction"):
        return Natured("actual", "words")
    if _HAS_DONE.search(left) and not _WILL.search(left):
        return Natured("actual", "words", at - 1, at)
    return None


def _of_work(sentence: Sentence, index: int, stated: Stated) -> Natured | None:
    """What one work costs or measures is planned, as long as nothing says that it is done."""
    left = sentence.left(index)
    money = sentence.quantities[index].unit_kind in ("money", "bare")
    total = money and bool(_MONEY.search(left)) and not _AGREED.search(left)
    if money and _TO_BUILD.match(sentence.text, sentence.quantities[index].end) and _INVESTS.search(left):
        stage = stage_of_work(sentence, index)
        if _PROMISED.search(left) or (_DEAL.search(sentence.before(index)) and not (stage and stage[0])):
            return Natured("target", "words")
    if stated.measure != "level" or not (is_of_works(sentence, index) or total) or _FORECAST.search(left):
        return None
    if once_done(sentence, index) and _LIKELY.search(sentence.before(index)):
        return None
    stage = stage_of_work(sentence, index)
    if "注册资本" in left and not (stage and _SET_UP.search(sentence.before(index))):
        return None
    if stage:
        done, start, end = stage
        return Natured("actual" if done else "target", "clause", start, end)
    return Natured("target", "words") if total and not _FIRMS.search(sentence.before(index)) else None


def _cue(sentence: Sentence, index: int, stated: Stated, timed: Timed) -> _Cue | None:
    at = sentence.quantities[index].start
    start = max(sentence.segment_start(at), at - 2 * REACH)
    ahead = is_ahead(sentence, timed)
    part = _TITLED.sub(lambda m: "\0" * len(m[0]), sentence.text[start:at])
    found = [
        _Cue(m.start(), m.end(), "target") for m in _TARGET.finditer(part) if _holds(sentence, index, part, m)
    ]
    found += [
        _Cue(m.start(), m.end(), "forecast")
        for m in _FORECAST.finditer(part)
        if ahead or _expects(part, m, stated)
    ]
    found += [_Cue(m.start(), m.end(), "actual") for m in _ACTUAL.finditer(part) if not _wanted_too(part, m)]
    far = max(sentence.start, start - 4 * REACH)
    goal = _LISTED_GOAL.search(sentence.text, far, at) if not found else None
    if goal:
        return _Cue(goal.start(), goal.end(), "target")
    nearest = max(found, key=lambda c: (c.end, c.start), default=None)
    if not nearest:
        return None
    if nearest.nature == "forecast" and _WEAK.fullmatch(part, nearest.start, nearest.start + 1):
        nearest = next((c for c in found if c.nature == "target" and c.start != nearest.start), nearest)
    if nearest.nature != "actual" and timed.start > start + nearest.end and is_past(sentence, timed):
        return _Cue(timed.start, timed.end, "actual")
    return _Cue(start + nearest.start, start + nearest.end, nearest.nature)


def _goes_on(sentence: Sentence, index: int, before: Natured) -> bool:
    """`总投资22亿元，单位能耗控制在0.09吨以内`: what goes on telling of a planned work is planned too."""
    floor = sentence.segment_start(sentence.quantities[index].start)
    wanted = before.nature == "target" and before.by in ("words", "clause")
    return (
        wanted
        and sentence.quantities[index - 1].start >= floor
        and bool(_OF_SITE.search(sentence.left(index)))
    )


def _by(sentence: Sentence, index: int, cue: _Cue) -> By:
    return "words" if cue.start >= sentence.clause_start(sentence.quantities[index].start) else "clause"


def _wanted_too(part: str, cue: re.Match[str]) -> bool:
    """`力争累计引进100家`: what only sums up does not undo what the clause wants."""
    clause = part[part.rfind("，", 0, cue.start()) + 1 : cue.start()]
    return cue[0] == "累计" and bool(_TARGET.search(clause) or _FORECAST.search(clause))


def _expects(part: str, cue: re.Match[str], stated: Stated) -> bool:
    """`收入预计达到3万元，失业率2.7%`: an expectation inside a clause ends with it but for what grows so."""
    lead = part[part.rfind("，", 0, cue.start()) + 1 : cue.start()]
    opens = bool(_OPENS.fullmatch(lead))
    opens = opens or part.startswith("，", cue.end())  # 他预计，…
    return "，" not in part[cue.end() :] or opens or stated.measure == "growth"


def _holds(sentence: Sentence, index: int, part: str, cue: re.Match[str]) -> bool:
    """`计划总投资9亿元，培训工人60名`: a plan that is part of the indicator holds for investment only;
    a goal that a clause closes with (`距离…的目标，`) holds for that clause."""
    if cue[0].endswith("目标") and part.startswith("，", cue.end()):
        return False
    if cue[0].endswith("目标") and _MEASURED_BY.search(part[: cue.start()]):
        return False
    if not _OF_INVESTMENT.match(part, cue.end()):
        return True
    if sentence.quantities[index].unit_kind in ("count", "noun") and "，" not in part[cue.end() :]:
        return False
    since = part[cue.end() :].split("，")[1:]
    return not since or all(_OF_SITE.search(clause) for clause in since)


def _of_heading(sentence: Sentence, index: int, *, plan: bool) -> Natured:
    title = "".join(sentence.headings[1:])
    right = sentence.right(index)
    if _PAST.search(title) or not (plan or _WANTS.search(title)):
        return Natured("actual", "default")
    if _COUNTED.match(right) or not _INTENT.search(title):
        return Natured("actual", "heading")
    return Natured("target", "heading")
