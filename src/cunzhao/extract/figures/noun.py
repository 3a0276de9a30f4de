"""The clause around a quantity: its left side with dates marked, and the noun right of it."""

from __future__ import annotations

import re

from cunzhao.extract.figures.heads import (
    end_of_thing,
    head_of,
    is_whole,
    starts_with_verb,
    thing_of,
    up_to_thing,
)
from cunzhao.extract.figures.phrase import (
    MARK,
    ends_with_verb,
    find_stem,
    says_nothing,
    up_to_stop,
    without_deed,
)
from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.figures.verbs import only_verbs

_ASIDE = re.compile(r"（[^（）0-9]{1,30}）")
_TAKEN = re.compile(r"(?:左右)?的?(?:时间|努力)，?([一-龥]{2,20})")  # 用6年时间建成…
_INSIDE = re.compile(r"的([一-龥]{1,4})[之以]内")
_NOT_NAMING = re.compile(
    r"的?[一-龥]{0,3}(?:速度|基础|目标|水平|大关|规模(?!以上|企业|化)|之内|体量|比例|差距|平均值|均值|台阶|关口|门槛|情况|条件|前提|背景|个头|块头|盘子|家底|问题(?:不大|$))"
)
_SEVERAL = re.compile(r"(?:县|市|区|镇|乡|村)（[县市区镇乡村街道社居、]{1,8}）")
_BOUND = re.compile(r"(?:总?投资|过|超|年产)?")  # 14个投资50亿元以上项目
_EDGE = re.compile(r"^(?:及?以[上下]|左右|上下|出头|开外|有余|以内|不等|[多余])?的?")

_PERSON = re.compile(  # 技术员|蹲点服务
    r"[一-龥]{1,6}?(?:员(?!工|会|额|[一-龥]?$)|者|师(?![范傅资生徒德])|民(?![营办族兵间警工宿政])|生(?![产活态物源鲜猪])|[工妇]人?女)(?=[一-龥]{2,})"
)
_LIST = 8  # members of a list that a rule looks over
_PRICED = re.compile(  # 198元|一张的年票
    r"[一每](?:[张个碗套斤亩吨瓶箱袋盒份只头间人户晚天月]|平方米|立方米|公斤|千瓦时)"
)
_INTO = re.compile(r"[中上里内](?=[一-龥]{2})")  # 从2000万立方米海水|中提取
_GOODS = "地田林粮油牛羊猪鸡鸭鹅鱼虾茶菜果豆树苗房路电水煤草米面布糖盐肉蛋奶"
_AGENTS = ("家", "户", "名", "位", "人")  # classifiers of who does something
_SHORT_THINGS = "牛羊猪鸡鸭鹅鱼树苗灯井桥房市县区镇乡村省国桥路街巷楼站港岛河湖库校院馆厂店铺户组队班车船人"
_ATTRIBUTE = re.compile(
    r"(?:的|最后|首[批期个]|其余|剩余|余下|一[台座条]|[、和及与])$"
)  # 变电站和|4.7公里供热管线
_SUBJECT = 8  # the longest noun that a clause is taken to open with behind its quantity
_IS = re.compile(r"(?:均|都|全)?[是为](?=[一-龥]{2})([^，]{2,24})$")  # 有7个|是贫困县
_PERSONS = "你我他她它咱这那"
_AMONG = re.compile(r"里(?!程)|[中内](?=有)")
_JOINTS = ("和", "、", "及", "与", "以及")


def same_clause(sentence: Sentence, index: int) -> bool:
    """Whether the quantity before stands in the same clause."""
    start = sentence.clause_start(sentence.quantities[index].start)
    return index > 0 and sentence.quantities[index - 1].end > start


def left_marked(sentence: Sentence, index: int) -> str:
    """The clause before the quantity, from the quantity before it; a MARK for each date, no asides."""
    end = sentence.quantities[index].start
    start = sentence.clause_start(end)
    if same_clause(sentence, index):
        start = sentence.quantities[index - 1].end
    return marked(sentence, start, end)


def marked(sentence: Sentence, start: int, end: int) -> str:
    """The text with a MARK for each date and without asides."""
    parts, at = [], start
    for date in sentence.dates_after(start, end):
        if date.start >= at and date.end <= end:
            parts += [sentence.text[at : date.start], MARK]
            at = date.end
    return _ASIDE.sub("", "".join([*parts, sentence.text[at:end]]))


def own_noun(sentence: Sentence, index: int) -> str | None:
    """The noun right of the quantity: `83万个|个体工商户`, `34%的|工业产值`."""
    if index not in sentence.nouns:
        sentence.nouns[index] = _noun_behind(sentence, index)
    return sentence.nouns[index]


def _noun_behind(sentence: Sentence, index: int) -> str | None:
    quantity, right = sentence.quantities[index], sentence.right(index)
    is_one = _IS.match(right) if quantity.unit_kind in ("count", "noun") else None
    if is_one and len(is_one[1].rpartition("的")[2]) in range(2, _SUBJECT):
        return is_one[1].rpartition("的")[2]
    if quantity.unit_kind == "noun":
        return up_to_stop(right) if right[:1] == "级" else quantity.unit
    inside = (quantity.unit_kind == "time" and _TAKEN.match(right)) or _INSIDE.match(right)
    if inside:
        return inside[1]
    if quantity.unit_kind == "count" and _AMONG.match(right):  # 桥梁86座里危桥有19座
        return None
    several = _SEVERAL.match(sentence.text, quantity.end) if quantity.unit_kind == "count" else None
    if several or _NOT_NAMING.match(right):
        return several[0] if several else None
    priced = _PRICED.match(right) if quantity.unit_kind == "money" else None
    right = right[priced.end() if priced else 0 :]
    edge = _EDGE.match(right)
    after = right[edge.end() if edge else 0 :]
    noun = up_to_stop(after)
    if noun[-1:] in ("到", "至"):  # 从31家|发展到93家
        return None
    if edge and edge[0].endswith("的"):
        return re.sub(r"(?<=[一-龥]{2})[上里]$", "", noun) or None
    if priced:
        return None
    if sentence.text.endswith(("从", "在"), 0, quantity.start):
        noun = _INTO.split(noun)[0]
    if quantity.unit_kind == "count" or quantity.unit in ("名", "位", "户"):
        return _counted(sentence, index, after, _thing(sentence, index, noun))
    if quantity.unit_kind == "bare":
        noun = end_of_thing(noun)  # 36.5万|贫困人口
        return noun if thing_of(noun) else None
    return _object(sentence, index, noun)


def _thing(sentence: Sentence, index: int, noun: str) -> str:
    """What is counted, without what follows: `企业|抱团的产业园`, `项目|协议总投资286亿元`."""
    quantity = sentence.quantities[index]
    following = sentence.quantities[index + 1 : index + 2]
    joins = bool(following) and sentence.text.startswith(noun, quantity.end, following[0].start)
    if joins and quantity.end + len(noun) == following[0].start:
        noun = up_to_thing(noun, lambda rest: bool(head_of(rest)))
        noun = up_to_thing(noun, lambda rest: len(rest) > 1 and not thing_of(rest), last=True)
    if quantity.unit in _AGENTS and "的" in noun[2:]:
        noun = up_to_thing(noun, lambda rest: "的" in rest[1:])
    if quantity.unit in ("名", "位"):
        person = _PERSON.match(noun)
        noun = person[0] if person else noun
    return end_of_thing(without_deed(noun))


def _counted(sentence: Sentence, index: int, after: str, noun: str) -> str | None:
    if _BOUND.fullmatch(noun):
        return _of_list(sentence, index)
    if only_verbs(noun) or (len(noun) == 1 and noun not in _SHORT_THINGS):
        return None
    following = sentence.quantities[index + 1 : index + 2]
    end = sentence.quantities[index].end + len(sentence.right(index))
    return _with_others(after, noun, bool(following) and following[0].start == end)


def _object(sentence: Sentence, index: int, noun: str) -> str | None:
    """`用好105亿元|民生工程资金`: what the verb left of the quantity takes."""
    quantity = sentence.quantities[index]
    if quantity.unit_kind not in ("money", "measure", "person"):
        return None
    left = left_marked(sentence, index)
    stem = find_stem(sentence.names, left)
    noun = without_deed(noun)
    if quantity.unit_kind == "measure" and "的" in noun[2:]:
        noun = noun.partition("的")[0]  # 3.2平方公里起步区|的路网
    short = len(noun) == 1 and noun in _GOODS and (says_nothing(stem) or ends_with_verb(left))
    if not short and (len(noun) < 2 or noun[0] in _PERSONS or only_verbs(noun[:2])):
        return None
    if stem and not says_nothing(stem) and not ends_with_verb(left) and not _ATTRIBUTE.search(left):
        return None
    opens = quantity.unit_kind != "money" and len(noun) <= _SUBJECT and not starts_with_verb(noun)
    return noun if left or opens or is_whole(noun) else None


def _with_others(right: str, noun: str, goes_on: bool) -> str:
    """`2680家|农资店、茶叶合作社纳入…`: all that is counted together; where the next quantity `goes_on`
    behind, the last is that one's."""
    at = right.find(noun) + len(noun)
    while right.startswith("、", at):
        part = end_of_thing(up_to_stop(right[at + 1 :]))
        rest = right[at + 1 + len(part) :]
        if len(part) < 2 or only_verbs(part) or (goes_on and (not rest or only_verbs(rest))):
            break
        noun, at = f"{noun}、{part}", at + 1 + len(part)
    return noun


def _of_list(sentence: Sentence, index: int) -> str | None:
    """`修好4座和7座桥`: the noun counted stands after the last of the list."""
    for at in range(index, min(index + _LIST, len(sentence.quantities) - 1)):
        quantity, after = sentence.quantities[at], sentence.quantities[at + 1]
        between = sentence.text[quantity.end : after.start]
        sized = _BOUND.fullmatch(between) and (
            after.unit_kind in ("measure", "money", "bare") or after.unit == "岁"
        )  # 1座5500立方米高炉
        if not sized and (between not in _JOINTS or after.unit != quantity.unit):
            return None
        right = sentence.right(at + 1)
        edge = _EDGE.match(right)
        noun = end_of_thing(up_to_stop(right[edge.end() if edge else 0 :]))
        if noun:
            return noun
    return None
