"""Works (工程, 项目, 园区): what tells how large or dear one is, and whether it stands already."""

from __future__ import annotations

import re

from cunzhao.extract.figures.sentence import Sentence

# What a work costs or measures, at the end of the words before the quantity.
_COST = (
    r"(?:总投资|(?<!协议)投资额|[一二三首]期投(?:[资入]|(?=[约近0-9]|$))|(?:项目|工程|建设|意向|合计|估算|匡算)投资|"
    r"(?:项目|工程)(?:由|，)[^，。；0-9]{2,14}(?:出资|投资)|^[，；：]?(?:计划|预计|拟|拿)?投资)(?:约|近|达|超过?|逾|为|高达)*$"
)
_SIZE = (
    r"占地(?![区方])|用地|建筑面积|规划面积|年产(?!值|量)|产能|年处理|设计|全长|总长|(?<![增延成生拉市县院处校会部局厅科])长(?:约|近|达)?$|"
    r"工期|建设期|概算|(?:预算|配套|[总计划]装机|[总计划]库容)(?![收支量])[一-龥]{0,4}$|(?<![0-9去今明前后上全])年(?:加工|制|接卸|供|周转|发电)(?!量|值)|日处理|估算|匡算|造价|注册资本|距离|(?:建成|达产|投产)后[^，；]{0,4}年"
)
_OF_WORK = re.compile(f"{_COST}|{_SIZE}")
# 投产后年产值可达80亿元，新增就业900人: what will be once the work is there
_WORTH = re.compile(r"的[^，；。]{1,14}(?:项目|工程|基地|工厂|产业园|生产线)(?![资贷库])")
_ONCE_DONE = re.compile(
    r"(?<!已)(?:建成|达产|投产|满产|投用|投运|启用|竣工|完工|投入使用|通车|开通|达效|建设完成)(?:之?后|时|以后)|届时"
)
_AGREED = re.compile(r"协议|签约|合同")
_MANY = re.compile(r"[一-龥]{0,12}(?:项目|企业|工程)")
_MANY_LEFT = re.compile(r"(?:项目|企业|工程)[一-龥]{0,3}$")
_DONE = (
    r"(?<![未待])(?:(?:投产|建成|通车|竣工|启用|投入使用|投入运营|开园|量产|投运|投用|落成|开业|开馆|完工|开通)|"
    r"(?<=[已经日月式线后利刚分期现面，])(?:通航|交付|运营|运行))(?!(?:达产|投产)?(?:后|之后|时|以后)|、|率|企业|项目|[的]?[0-9])"
)
_GOING = (
    r"开工|开建|上马|奠基|动工|破土|在建|建设|推进|签约|签订|签署|签下|洽谈|报批|获批|批复|拟|将|计划|规划|筹建|可行性|前期|架梁|封顶|正在|落户|"
    r"方案|施工|达产|设计|加紧|报审|吊装|架线|试车|调试|论证"
)
_STAGE = re.compile(f"(?P<done>{_DONE})|(?P<going>{_GOING})")
_NOT_YET = re.compile(r"将|预计|计划|拟|力争|争取|确保|有望|前(?!刚|已|就已)|到|全部|加快|推进|未|即将|明年")


def is_of_works(sentence: Sentence, index: int) -> bool:
    """Whether the quantity tells how large or dear one work is (总投资, 占地)."""
    return once_done(sentence, index) or tells_size(sentence, index)


def tells_size(sentence: Sentence, index: int) -> bool:
    """Whether its own clause says that the quantity is how large or dear one work is."""
    left = sentence.left(index)
    if sentence.quantities[index].unit_kind == "money" and _WORTH.match(sentence.right(index)):
        return True  # 一个3000万美元的环保油墨项目
    return bool(_OF_WORK.search(left)) and not _AGREED.search(left) and not counts_works(sentence, index)


def once_done(sentence: Sentence, index: int) -> bool:
    """Whether the quantity tells what a work will bring once it is done: until the next semicolon or time."""
    if index not in sentence.works:
        sentence.works[index] = _once_done(sentence, index)
    return sentence.works[index]


def _once_done(sentence: Sentence, index: int) -> bool:
    at = sentence.quantities[index].start
    start = sentence.segment_start(at)
    last = next(iter(sentence.dates_before(at)[-1:]), None)
    if last and last.start >= start and not _ONCE_DONE.match(sentence.text, last.end):
        start = last.end
    told = _ONCE_DONE.search(sentence.text, start, at)
    return told is not None and not _long_since(sentence, told.start())


def _long_since(sentence: Sentence, at: int) -> bool:
    """`去年6月通车后，…`: it has been done."""
    clause = sentence.clause_start(at)
    periods = [d.period or "" for d in sentence.dates_before(at) if d.start >= clause]
    return bool(periods and sentence.written_year and "1" < periods[-1][:4] < str(sentence.written_year))


def counts_works(sentence: Sentence, index: int) -> bool:
    """Whether works were counted before in the same part of the sentence: `40个项目，计划总投资…`."""
    counted = (q for q in sentence.of_segment(index) if q.unit in ("个", "家", "项"))
    return any(
        _MANY.match(sentence.text, q.end) or _MANY_LEFT.search(sentence.text[max(0, q.start - 8) : q.start])
        for q in counted
    )


def stage_of_work(sentence: Sentence, index: int) -> tuple[bool, int, int] | None:
    """Whether the work is done, and the words that say so: those nearest before the quantity in its part of
    the sentence, else the first behind it; None where nothing does."""
    at = sentence.quantities[index].start
    start, end = sentence.segment_start(at), sentence.segment_end(at)
    found = list(_STAGE.finditer(sentence.text, start, end))
    before = [m for m in found if m.start() < at]
    match = before[-1] if before else found[0] if found else None
    if not match:
        return None
    clause = sentence.clause_start(match.start())
    done = bool(match["done"]) and not _NOT_YET.search(sentence.text, clause, match.start())
    return done, *match.span()
