"""Names of quantities that no noun stands beside: what a deed says is paid (`公司拿出|22亿元`), a way
(`芜湖到合肥最快|38分钟`), what a bracket goes with (`示范电站（|10兆瓦）`),
what is made (`日产|5万吨淡水`)."""

from __future__ import annotations

import re

from cunzhao.extract.figures.heads import end_of_thing, head_of, thing_of
from cunzhao.extract.figures.noun import own_noun
from cunzhao.extract.figures.phrase import find_stem, up_to_stop
from cunzhao.extract.figures.qualify import STATED
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.figures.verbs import only_verbs

_DONE = r"(?:[进出下][来去]|了|下|进|出|入|到|给)?"
_PAID = (  # the verb before a sum of money, and what it says that the money is
    ("投资", rf"(?<![风创招引直总])投(?:[进出下][来去]|[了下进到])?|砸{_DONE}|拿出|豪掷|注入"),
    ("出资", r"(?<![支付输突进高多超低贵])出(?:了|资了)?"),
    ("奖励", r"奖励?(?:了|给)?"),
    ("补贴", r"补(?:[下][来去]|了|给|贴了)?"),
    ("罚没", r"罚没了?"),
    ("罚款", r"罚(?:了|款了)?"),
    ("贷款", r"(?<![信房车小农普惠商助网])贷(?:了|到|出|下|来)"),
    ("借款", r"借(?:了|到|来|给)"),
    ("捐款", r"捐(?:了|出|款了)?"),
    ("收入", r"(?:挣|赚)(?:了|到|下|得|个)?"),
    ("亏损", r"亏(?:了|掉)?"),
    ("凑钱", r"凑(?:了|齐|到|足)?"),
    ("赔付", r"赔(?:了|付了|给)?"),
)
_OF_DEED = tuple((noun, re.compile(rf"(?:{verb})$")) for noun, verb in _PAID)
_FOUNDS = re.compile(r"(?:设立|成立|组建|发起设立|建立)了?([一-龥]{0,10}基金)")
_TAKES = (
    r"(?:最?[快短近远长慢多少]|只|仅|全程|单程|平均|不过|都|也|就|大约|需要?|要|用|得|在|花|为|是|有|共"
    r"|缩短|压缩|[可能])"
)
_PLACES = r"[一-龥、]{2,10}?"
_TO = r"(?<![增加提高升达得收看拿降做超迁扩减缩低直遇接受领])(?:到|至|往返|抵达)"
_WAY = re.compile(
    rf"((?:从|由|自)?[一-龥A-Za-z0-9]{{2,12}}?{_TO}{_PLACES}|^[再也]?到{_PLACES})(?:{_TAKES}){{0,5}}$"
)
_ONCE = re.compile(r"^(?:[、和及]|.{0,8}(?:建成|通车|投用|开通|贯通|运营)(?:之|以)?后)")  # 建成后内江到成都
_YIELD = re.compile(r"[年月日](?:产|处理|加工|供|接待)$")
_LONG = ("分钟", "小时", "个小时", "公里", "千米", "天", "个月", "个工作日", "海里")
_OWN = re.compile(r"(?:站|厂|线|路|桥|园|基地|工程|装置|库|港|码头|中心|机组|大坝|隧道|塔)$")


def paid(sentence: Sentence, index: int, left: str) -> str | None:
    """`公司拿出|22.6亿元` -> `投资`; `拿出|20亿元设立产业基金` -> `产业基金`."""
    if sentence.quantities[index].unit_kind not in ("money", "bare"):
        return None
    founds = _FOUNDS.match(sentence.right(index))
    if founds:
        return founds[1]
    return paid_for(left)


def paid_for(left: str) -> str | None:
    """`一年能挣` -> `收入`: what the money is that the verb at the end of `left` speaks of."""
    stated = (left[-8:], STATED.sub("", left[-8:]))  # 贷了, 拿出近
    return next((noun for noun, verb in _OF_DEED if any(map(verb.search, stated))), None)


def way(sentence: Sentence, index: int, left: str, stem: str) -> str | None:
    """`芜湖到合肥最快38分钟` -> `芜湖到合肥`, `从签约到开工仅用98天` -> `从签约到开工`."""
    if sentence.quantities[index].unit not in _LONG or head_of(stem):
        return None
    found = _WAY.search(_ONCE.sub("", STATED.sub("", left)))
    return found[1] if found and not head_of(found[1]) else None


def bracketed(sentence: Sentence, index: int) -> str | None:
    """`储能示范电站（10兆瓦/20兆瓦时）` -> `储能示范电站`."""
    quantity = sentence.quantities[index]
    at = quantity.start - 1
    if quantity.unit_kind != "measure" or at <= sentence.start or sentence.text[at] != "（":
        return None
    stem = find_stem((), sentence.text[sentence.clause_start(at) : at].rpartition("的")[2])
    return stem if _OWN.search(stem) or thing_of(stem) else None


def made(sentence: Sentence, index: int, stem: str) -> str | None:
    """`一期日产5万吨淡水` -> `日产淡水`."""
    found = _YIELD.search(stem) if sentence.quantities[index].unit_kind in ("measure", "count") else None
    if not found:
        return None
    behind = own_noun(sentence, index) or up_to_stop(sentence.right(index))
    behind = end_of_thing(behind.partition("的")[0]).removesuffix("项目")
    if behind and not only_verbs(behind):
        return f"{found[0]}{behind}"
    return re.sub(r"(?<=[一-龥]{2})[从由][年月日]产$", "", stem)  # 产能从年产|6亿只
