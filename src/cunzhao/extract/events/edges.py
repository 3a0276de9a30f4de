"""Where a name begins and whether it is one: heads, breaks, general words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cunzhao.extract.events.stages import stage_rows, stage_words
from cunzhao.extract.lexicons import lines, tree, words

_REACH = 44  # characters a name may have before its head
_COUNT = (
    r"(?:第[一二三四五六七八九十0-9]+(?=[个条座批])|[一二两三四五六七八九十百0-9余多数几]+|[全这那该各每某首])"
    r"(?:[个条座批项家所处片类组宗]|大(?!连池|兴|理|同|庆)|系列)(?![业型学庆众])"
)
_ROADS = "高速|铁路|城际|高铁|快速路"  # 佛清从高速公路: a place named by one character
_FIRST = (
    "0-9第一二两三四五六七八九十百余多数几全这那该各每某首的了抓在于为和与把被将向由从对及等其并让给跟以是已还也又则而但或再均正到赴约近有现仅就共像"
    "内上中此本暨"
)
_SINGLE = (
    r"(?:[的了抓]|(?<![总存现内外自实所])在(?!线|建)|于(?![都田洪])|(?<!华)为(?!民)|(?<![共祥永中仁谦太饱])和(?![平谐田县静顺硕])|与|把|(?<!诸)暨(?![南阳])|"
    r"被|(?<![军名干])将(?![军乐台])|(?<![方导定面走])向(?![日阳])|(?<![自理缘])由(?!器)|从(?!化)|"
    r"(?<![反面应针])对(?![外口标虾接讲])|(?<![普涉埃遍])及|等|其(?!他)|并(?![购网联])|让|给|跟|"
    r"(?<![可得足所])以(?!色)|是|已|还|也|又|则|而|但|或|再(?![生就制])|均(?!衡)|正(?![定阳宁蓝式极威泰大邦])|到(?!达)|赴|约|近(?!郊|海)|"
    r"(?<![国具所稀私公])有(?![限色机轨])|(?<!体)现(?![代场货])|仅|就(?!业)|(?<!公)共(?!青|享|建|筑|同|和)|像(?![素头])|内的|上的|中的|该|此|(?<![资基成样日根文])本(?!地|土|溪)|各)"
)
# Verbs that are nouns inside a name where a proper piece stands before them: 义甬舟开放大通道.
_NOUN = re.compile(r"开放|合作|通航|运营|运行|交付|研发|孵化|贯通|招生|共享|互通")
# Breaks that may stand inside a name where only general words follow: 综合改造项目, 研发与服务中心.
_INNER = re.compile(
    r"(?:建设|改造|续建|扩建|改建|整治|研发|合作|共建|改扩建|新建|安装|运营|运行|开放|孵化|通航|交付|投资|创建|"
    r"迁建|搬迁|修缮|整治|修复|扩能|提标|贯通|规划|施工|签约|推进|研究|实施|设立|招生|论证|检查|调试|[和及与])"
)
_LEAD = re.compile(
    r"[0-9]{1,2}月(?:[0-9]{1,2}日|[份底初])?|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.．]|#|”(?!、)|[）—：的了]"
)
_LINE = re.compile(r"[0-9A-Z一二三四五六七八九十]号线")
# A town has one of each: 县人民医院新院区, 市体育馆.
_PUBLIC = re.compile(
    r"[省市县区镇](?!域|级|场|内|外|政|区|县)(?:第?[一二三四五六七八九十]|人民|中心|职业|实验|公共|中西?医|妇幼|儿童|传染|文化|体育|图书|档案|博物|"
    r"科技|规划|美术|殡仪|疾|急救|卫生|党校|特殊|社会福利|老年)[^，。]{0,10}?(?:医院|馆|中学|小学|学校|学院|幼儿园|院区|中心|保健院|福利院|楼|宫|党校)"
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十]+(?:实验|高级|初级|人民|职业)*(?:小学|中学|幼儿园|医院|水厂|污水处理厂)|(?:人民|中|妇幼保健|儿童)医?院[^，。、]{1,4}(?:楼|院区)"
)
_ORGAN = re.compile(r"(?:公司|集团|政府|委会|大学|学院|研究院|银行|[局市县区])$")
_MARKS = re.compile(r"[“”‘’（）《》—]")
_QUOTED = re.compile(r"（[^（）]*）|“[^“”]*”")


@cache
def _rows() -> list[list[str]]:
    return [[*line.split("\t"), "", ""][:4] for line in lines("project_heads.tsv")]


@cache
def heads() -> re.Pattern[str]:
    """The words with which a name may end."""
    return re.compile(tree((word, after, before) for word, _, after, before in _rows()))


@cache
def _sorts() -> dict[str, str]:
    return {word: sort for word, sort, *_ in _rows()}


def sort_of(name: str) -> str:
    """hard, soft or org by the head that `name` ends with; `bare` where it has none."""
    bare = re.sub(r"（[^（）]*）$", "", name)
    return next((_sorts()[bare[at:]] for at in range(len(bare)) if bare[at:] in _sorts()), "bare")


@cache
def _breaks() -> re.Pattern[str]:
    plain = ((word, "", "") for word in words("project_breaks.txt") - set(stage_words()))
    rows = [*stage_rows(), *plain]
    first = "".join(sorted({word[0] for word, *_ in rows})) + _FIRST  # looked at first, for speed
    return re.compile(f"(?=[{first}])(?:(?P<verb>{tree(rows)}|{_COUNT})|{_SINGLE}(?!{_ROADS}))")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(tree((word, "", "") for word in words("project_leads.txt")))


@lru_cache(maxsize=4096)
def _covered(bare: str, kinds: bool) -> bool:
    """Whether general words make up all of it."""
    known = general(kinds)
    reached = {0}
    for at in range(len(bare)):
        if at in reached:
            reached |= {at + n for n in range(1, 9) if bare[at : at + n] in known}
    return len(bare) in reached


@cache
def general(kinds: bool) -> frozenset[str]:
    known = words("project_generic.txt") | {head for head in _sorts() if len(head) > 1}
    return known | words("project_kinds.txt") if kinds else known


def specific(name: str, *, kinds: bool = False) -> bool:
    """Whether more than general words stand in it (`重大项目` is none); with `kinds` more than trades too."""
    bare = _MARKS.sub("", name)
    return bool(_LINE.search(bare) or _PUBLIC.match(bare) or _NUMBERED.search(bare)) or not _covered(
        bare, kinds
    )


def left_edge(text: str, floor: int, head: int, end: int) -> int | None:
    """Where the name begins whose head stands at `head:end`; None where only general words are left."""
    floor = max(floor, head - _REACH)
    masked = _masked(text, floor, head)
    comma = masked.rfind("、") + 1
    floor, masked = floor + comma, masked[comma:]
    inner = head - floor
    for start, cut in reversed([(0, 0), *(m.span() for m in _breaks().finditer(masked))]):
        begin = _after_leads(text, floor + cut, head)
        word = masked[start:cut]
        if (_NOUN.fullmatch(word) and _proper_before(masked[:start])) or (
            word in ("和", "与", "及") and _trade_before(masked[:start])
        ):
            inner = min(inner, start)
            continue
        if word in ("和", "与", "及") and _ORGAN.search(masked[:start]):
            return None
        whole = inner == head - floor
        if begin < head and specific(text[begin:end]) and (whole or specific(text[begin : floor + inner])):
            return begin
        if not _INNER.fullmatch(word) or sort_of(text[head:end]) == "org":
            return None
        if begin < head and word not in (
            "和",
            "与",
            "及",
            "研发",
        ):  # 设立西南…中心: the verb, no part of the name
            return None
        inner = start
    return None


def _proper_before(left: str) -> bool:
    piece = _last_piece(left)
    return len(piece) > 1 and specific(piece, kinds=True)


def _trade_before(left: str) -> bool:
    """`新能源与智能电网基地`: what stands before 与 is no name of its own but a trade."""
    piece = _last_piece(left)
    return len(piece) > 1 and not specific(piece, kinds=True)


def _last_piece(left: str) -> str:
    piece = left.rsplit("\0", 1)[-1]
    last = 0
    for match in _breaks().finditer(piece):
        last = match.end()
    return piece[last:]


def after_break(text: str, floor: int, end: int, *, verbs_only: bool = False, joined: bool = False) -> int:
    """Where what stands after the last break of `floor:end` begins.

    `verbs_only`: 的, 与 and other single characters are no breaks. `joined`: nor are 和 and 及.
    """
    masked = _masked(text, floor, end)
    last = floor
    for match in _breaks().finditer(masked):
        if (verbs_only and not match["verb"]) or (joined and match[0] in "和及与"):
            continue
        if not _INNER.fullmatch(match[0]) or not specific(text[last : floor + match.start()], kinds=True):
            last = floor + match.end()
    return _after_leads(text, last, end)


def _masked(text: str, floor: int, end: int) -> str:
    """No break is looked for inside brackets and quotation marks."""
    return _QUOTED.sub(lambda m: "\0" * len(m[0]), text[floor:end])


def _after_leads(text: str, begin: int, end: int) -> int:
    while True:
        lead = _leads().match(text, begin, end) or _LEAD.match(text, begin, end)
        if not lead:
            return begin
        begin = lead.end()
