"""Towns and villages named in the flat text: in full (`界石铺镇`), together (`六堡、狮寨两镇`), then
short (`六堡去年…`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cunzhao.extract.lexicons import tree

_OPENS = r"(?<![^，。；：、“）\n在于是的县区市旗])"
_TOWN = re.compile(
    rf"(?:{_OPENS}|(?<=同期|其中|以及|还有))(?!的)(?![一-龥]?[全该这各每那两几])(?![都也就是还])(?![回来走去]到)(?![一-龥]?景德镇)"
    r"[一-龥]{1,2}[^小城乡村集心点制家下回返还离入进农老故异他建型色大新古全该各每强重]"
    r"(?:镇(?![江赉雄]|[安海平宁原坪康巴沅远][县市区])|乡|街道|苏木)(?![镇村政干级域土愁])"
    r"(?:[一-龥]{2,3}村(?![民委庄镇落]))?"
)
_VILLAGE = re.compile(
    r"(?<![^，。；：、“）\n在于县区市镇乡的])(?!的)(?![一-龥]?(?:行政|自然|贫困|示范|试点|中心|薄弱|重点|先进|文明|空心|边远|偏远|周边|"
    r"附近|所有|部分|其[他中余]|美丽|特色|数字|未来|传统|移民|城[中郊]|地质|革命|红色|少数|全国|多数|邻近|相邻|乡镇|两个|中关|[全该这各每本]))"
    r"(?!村)[一-龥][一-龥]?[^农乡新渔山个的些小大古老同邻进出驻回返离贫合入]村(?![民委庄镇落级里集两干部务支书镇乡史医])"
)
_TOGETHER = re.compile(
    r"(?:(?<![一-龥])|(?<=[市县区旗州在与是的近邻了]))(?P<names>(?![市县区旗州在与是的])[一-龥]{2,3}"
    r"(?:、[一-龥]{2,3}){0,6}[、和与][一-龥]{2,3})[两二三四五六七]个?(?P<kind>镇|乡|街道|苏木|村)(?![镇村政干级域长])"
)
_NAME = re.compile(r"[一-龥]{2,3}(?=[、和与]|$)")
_SHORT = re.compile(r"[一-龥]{2,4}(?=(?:镇|乡|街道|苏木)$)")
# What tells that a short name where a clause opens is the town: 六堡去年…
_GOES_ON = r"(?=[去今]年|现有|目前|如今|[有的则也还却只走全是呢这先没产办建引靠把以更又就存卖出收占种养])"


def find_towns(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end, name; in no order."""
    shorts: dict[str, str] = {}
    for kind in (_VILLAGE, _TOWN):
        for match in kind.finditer(text):
            shorts |= _short_of(match[0])
            yield *match.span(), match[0]
    for group in _TOGETHER.finditer(text):
        for one in _NAME.finditer(text, *group.span("names")):
            shorts |= _short_of(one[0] + group["kind"])
            yield *one.span(), one[0] + group["kind"]
    long = [(name, "镇乡街村", "") for name in shorts if len(name) > 2]
    two = [(name, "", "") for name in shorts if len(name) == 2]
    parts = [tree(long) if long else "", tree(two) + _GOES_ON if two else ""]
    if shorts:
        for match in re.finditer(rf"(?<![^，。；：“”\n])(?:{'|'.join(filter(None, parts))})", text):
            yield *match.span(), shorts[match[0]]


def said_together(text: str, name: str, kind: str) -> bool:
    """`定州、辛集两市`: a short form in a list that says what all are."""
    if f"{name}、" not in text and f"、{name}" not in text:
        return False
    listed = rf"{name}(?:[、和与][一-龥]{{2,4}}){{0,5}}[两二三四五六七]个?{kind}(?![级直])"
    return re.search(listed, text) is not None


def _short_of(name: str) -> dict[str, str]:
    short = _SHORT.match(name)
    return {short[0]: name} if short else {}
