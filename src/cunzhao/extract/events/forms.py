"""The form of an agreement: the words for it, with those before them that say what sort."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cunzhao.extract.lexicons import any_of, lines, tree, words

SIGN = re.compile(r"签[订署定下]?了?|续签了?|缔结|订立|达成|敲定")
_TITLE = re.compile(r"《[^《》]*(?:协议|备忘录|合同|协定|宣言|意向|共识|公约|章程|制度)[^《》]*》")
_PAPERS = ("协议", "协议书", "备忘录", "合同", "意向书", "协定", "共识", "宣言")
_WORTH = re.compile(
    r"^(?:一?[个份项]|一揽子|[0-9.]+[万亿]*(?:元|美元)?的?|的?(?:新一轮|首[个份轮]|第[一二三]轮)?)"
)  # 签了个…, 签署5亿元的…
_SETTLED = re.compile(  # 甲和乙谈妥，合作共建…
    r"(?:谈[妥成拢]|商妥|说[定好]|敲定|一拍即合|(?:达成|取得)了?(?:高度|初步|基本)?一致(?:意见)?|达成了?意向)了?[^，。；]{0,10}$"
)
_NEXT = 40  # characters behind it in which the form is told
_SHORT = 8  # characters of a paper's name that are all form: 订单培养协议


@dataclass(frozen=True, slots=True)
class Form:
    start: int
    end: int
    text: str
    signed: bool  # a verb of signing stands before it


@cache
def forms() -> re.Pattern[str]:
    return re.compile(tree(_rows("agreement_forms.txt")) + "(?!共享|共治|区|组织)")


@cache
def verbs() -> re.Pattern[str]:
    """The words at which the parties before them end."""
    return re.compile(tree([*_rows("agreement_verbs.txt"), *_rows("agreement_forms.txt")]))


def _rows(name: str) -> list[tuple[str, str, str]]:
    rows = ([*line.split("\t"), ""] for line in lines(name))
    return [(word, after, "") for word, after, *_ in rows]


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('agreement_modifiers.txt'))})$")


def form_settled(text: str, masked: str, clause: tuple[int, int], end: int) -> Form | None:
    """The form told in the next clause, where this one says it is settled; the sentence ends at `end`."""
    settled = _SETTLED.search(masked)
    if not settled:
        return None
    start = clause[1] + 1
    match = forms().search(text, start, min(end, start + _NEXT))
    if match:
        return Form(*match.span(), match[0], True)
    return Form(clause[0] + settled.start(), clause[1], "", True)  # in no form that is named


def form_after(text: str, masked: str, clause: tuple[int, int], stop: int) -> Form | None:
    """The form of cooperation named at `stop` or later in the clause. `masked` is the clause without what
    stands in quotation marks."""
    title = _TITLE.search(text, stop, clause[1])
    sign = SIGN.search(masked, stop - clause[0])
    if title and sign:
        return Form(*title.span(), title[0], True)
    found = [m for m in forms().finditer(masked, stop - clause[0])]
    if not found:
        return None
    nouns = [m for m in found if m[0].endswith(_PAPERS)]
    match = nouns[0] if nouns else found[0]
    start, end = clause[0] + match.start(), clause[0] + match.end()
    signed = bool(sign and sign.start() < match.start())
    if nouns and sign and signed:
        whole = _WORTH.sub("", text[clause[0] + sign.end() : end])
        if len(whole) <= _SHORT and "的" not in whole:
            return Form(end - len(whole), end, whole, True)
    while True:
        modifier = _modifiers().search(text[max(stop, start - 6) : start])
        if not modifier:
            return Form(start, end, text[start:end], signed)
        start -= len(modifier[0])
