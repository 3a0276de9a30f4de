"""Whether a clause says that a named thing is being set up, or only speaks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cunzhao.extract.events.edges import heads, sort_of
from cunzhao.extract.events.lists import Name
from cunzhao.extract.events.stages import Sign

# What stands before a place that is no project: 位于…, 在…, 走进…
_AWAY = re.compile(
    r"(?:(?<![总存现内外自实所正潜])在|位于|坐落于|(?<![由对关属])于|到|赴|抵达|前往|走进|来到|(?:参观|考察|调研|走访|察看|视察)了?|距|距离|来自|"
    r"毗邻|紧邻|邻近|经过|途经|通往|借鉴|学习|依托|对标|围绕|(?<![可得足所])以|(?<![的别其就正个面边处壁头])是|作为|叫做|称为|成为|鉴于|拥有|凭借|利用|提升|选址|落户)[“]?$"
)
# What stands before a thing that others set up: only 对接…建设 speaks of the setting up.
_TOWARDS = re.compile(
    r"(?:与|和|同|跟|从|由|向|对|比|被|为|给|对接|融入|接轨|加入|参与|支持|服务|承接|共享|联动|协同|联合|纳入|列入|招引|吸引|推动|鼓励)[“]?$"
)
# Verbs that also say what a place wants to be: 打造…基地, 建设…中心.
_ASPIRED = re.compile(
    r"(?:打造|构建|形成|建成|争创|构筑|建立|共建|共筑|创建|推进|推动|建设|发展|实施)(?:成|为|成为|了)?[“]?$"
)
_WISHED = re.compile(r"(?:打造|构建|建成|成为|形成)(?>“[^”]*”|[^，。；]){2,40}的$")
_SHOWN = re.compile(
    r"(?:共建|建设|打造|投资|投建|兴建|创办|设立|建立|签约|签订|引进|开工|在建|落户|投产|建成)的[“]?$"
)
_DIRECT = re.compile(
    r"的?(?:规划建设|协同建设|建设|改造|扩建|改扩建|扩容|前期|选址|开工|施工|协同发展|研究|扩园|扩区|扩能|提质|升级改造)(?![用者单院所])"
)
_FILLER = re.compile(r"(?:了|一个|一座|一条|的|把|首个|全国首个|全省首个|的是|过|[“‘《])+$")
_SETS_UP = re.compile(r"建|打造|谋划|开工|实施")
_NEEDS_END = frozenset(
    {
        "开通",
        "成立",
        "引进",
        "引入",
        "设立了",
        "建立了",
        "开放",
        "布局",
        "安装",
        "交付",
        "争取",
        "探索",
        "谋划",
        "申报",
        "创建",
        "筹建",
        "筹备",
        "策划",
        "申请设立",
        "争取设立",
    }
)
_ENDS = re.compile(
    r"$|[，。；、：！？”）\n一两三四五六七八九十半]|[和及等的了中已正也在于率之到]|取得|进展|进度|提速|步伐|顺利|有序|加快|全面|工作|完成|进入|仪式"
)
_TOGETHER = re.compile(r"(?:三位一体|多位一体|于一体|为一体)")
_PAIRED = re.compile(
    r"(?:[和与同][^，。]{2,16})?结(?:为|成|对|了对)|[和与同跟][^，。、]{2,16}?(?:共建|[合联][建办]|合作)(?:了|的)"
)
_ABOUT = re.compile(r"(?:就|签订|签署|签下|签了)[“]?$")
_FOUNDS = frozenset(
    {
        "共建",
        "合作共建",
        "合作建设",
        "联合建设",
        "成立",
        "设立",
        "组建",
        "投资建设",
        "投资兴建",
        "开辟",
        "兴建",
        "创办",
    }
)
_HANDLED = ("吊装", "安装", "调试", "浇筑", "装修")  # a part of a work, not the work
_ONE = re.compile(r"一[个座条家]$")  # 共建一个交易市场: this one
_GRAND = re.compile(r"一流|领先|国际化|世界级|现代化|标杆|典范|有影响力|具有")
_OF_PLANT = re.compile(r"(?:扩产|扩能|技改|搬迁|迁建)$")
_PLAIN_ITEMS = re.compile(r"(?:[^、，。；：的与在]{2,14}、){1,8}")
_PLAIN_PAIR = re.compile(r"[^、，。；：的与在]{2,8}[和及]")
_NEAR = 18  # characters between a name and its predicate
_FAR = 60  # the same behind a list that 等…项目 closes, and in a later clause


def governing(text: str, name: Name, signs: Sequence[Sign]) -> Sign | None:
    """The sign that governs the list of `name`: right before it, or before the 的 of what describes it."""
    left = text[name.clause[0] : name.first]
    ends = {name.clause[0] + len(left), name.clause[0] + len(_FILLER.sub("", left))}
    found = next((s for s in signs if s.end in ends), None)
    if found:
        return found
    if left.endswith("、") and name.proper:  # members before it that are no names by themselves
        return next((s for s in signs if _PLAIN_ITEMS.fullmatch(text, s.end, name.first)), None)
    if left[-1:] in ("和", "及") and name.proper:  # 建一个芽豆和腐竹加工厂
        return next((s for s in signs if _PLAIN_PAIR.fullmatch(text, s.end, name.first)), None)
    if not re.search(r"的[“]?$", left):
        return None
    before = [s for s in signs if name.clause[0] <= s.start < name.first and _SETS_UP.search(s.word)]
    return before[-1] if before else None


def is_set_up(text: str, name: Name, signs: Sequence[Sign], invested: bool) -> bool:
    """`signs` are those that belong to the name, `invested` whether an amount does."""
    left = text[name.clause[0] : name.first]
    direct = name.sort == "act" or bool(_DIRECT.match(text, name.last, name.clause[1]))
    plant = name.proper and bool(_OF_PLANT.search(name.text))
    if name.sort == "act" and not (name.closed or invested or plant or _of_thing(name)):
        return False
    if (
        _PAIRED.match(text, name.last, name.clause[1])
        or only_placed(text, name)
        or _TOGETHER.search(text, name.last, name.last + _NEAR)
    ):
        return False
    follows = [s for s in signs if s.start >= name.last and says(text, name, s)]
    called = name.closed and text[name.first : name.last].endswith(("项目", "工程"))
    if any(s.end == name.first and s.word in _HANDLED for s in signs):
        return False
    paired = left[-1:] in ("和", "及") and governing(text, name, signs)  # 建一个芽豆和腐竹加工厂
    if _TOWARDS.search(left) and not paired and not direct and not called and not (name.closed and follows):
        return False
    if name.sort == "act" and (_TOWARDS.search(left) or left.endswith("完成")):
        return True
    if (_SHOWN.search(left) and name.proper) or (
        _ABOUT.search(left) and any(s.stage == "signed" for s in signs)
    ):
        return True
    governor = governing(text, name, signs)
    if name.closed:
        return bool(governor or follows or called)
    if _WISHED.search(left) or (_ASPIRED.search(left) and _GRAND.search(name.text)):
        return False
    if not name.proper:
        vague = name.text.endswith(("项目", "工程", "平台", "系统"))
        sure = any(not s.weak for s in follows)
        sure = sure or bool(governor and (not governor.weak or governor.word in _FOUNDS))
        return invested or (sure and not vague)
    if name.sort == "soft" and governor and _ASPIRED.search(governor.word) and not _ONE.search(left):
        return invested or direct or bool(follows) or "建设" in governor.word or not governor.weak
    return bool(governor or follows or invested)


def _of_thing(name: Name) -> bool:
    """`甲产业园扩容`: what is done, and to a thing that has a name; not `生态茶园改造`."""
    found = [m for m in heads().finditer(name.text) if m.end() < len(name.text)]
    return any(sort_of(m[0]) in ("hard", "org") for m in found)


def may_be_set_up(text: str, name: Name) -> bool:
    """Neither a place nor a partner of something else."""
    return not only_placed(text, name) and not _TOWARDS.search(text[name.clause[0] : name.first])


def only_placed(text: str, name: Name) -> bool:
    """`选址…新城`, `位于…`: the name tells where something else is."""
    return bool(_AWAY.search(text[name.clause[0] : name.first]))


def says(text: str, name: Name, sign: Sign) -> bool:
    """Whether a sign behind a name is its predicate: near, and not a verb of which it is the subject
    (`某大学签订…协议`)."""
    between = text[name.last : sign.start]
    if sign.start < name.clause[1]:
        chained = name.closed or between[:1] in "和、及与"
        if len(between) > (_FAR if chained else _NEAR):
            return False
    elif not _topic(text, name) or len(between) > _FAR or len(re.split("[，；]", between)[-1]) > _NEAR:
        return False
    if name.sort == "org" and sign.stage in ("signed", "negotiating"):
        return False
    if sign.word.startswith(("共", "合", "联")) and (name.sort == "org" or between[:1] in ("与", "同", "跟")):
        return False  # 某大学与某镇合建的…
    later = sign.start >= name.clause[1] and sign.word.startswith(("建成", "启动"))
    subject_of = later or sign.weak or sign.stage in ("signed", "negotiating") or sign.word in _NEEDS_END
    return not subject_of or between.endswith("的") or bool(_ENDS.match(text, sign.end))


def _topic(text: str, name: Name) -> bool:
    """Its clause begins or ends with it, so that the next clause may speak of it."""
    if text[name.clause[1] : name.clause[1] + 1] == "：":
        return False
    return name.first == name.clause[0] or name.last == name.clause[1]
