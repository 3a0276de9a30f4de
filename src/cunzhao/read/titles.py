"""What a line looks like: an official title, a signature, an address line, a stand-alone heading."""

from __future__ import annotations

import re

from cunzhao.read.dates import is_date_line

_KINDS = (
    "通知|意见|决定|报告|请示|批复|函|公告|通告|通报|议案|纪要|命令|公报|决议|方案|办法|规定|细则|规划|计划|纲要|条例|"
    "要点|措施|清单|说明|解读|规则|章程|指南|标准|目录|政策|倡议书|建议|分工"
)
_SUFFIX = r"(?:[（(][^（）()]{1,20}[)）])*"  # （试行）, （2019—2021年）
_OFFICIAL = re.compile(rf"[^。；！？]{{0,80}}关于[^。；！？]{{2,120}}的?(?:{_KINDS}){_SUFFIX}")
_INSTRUMENT = re.compile(rf"[^。；！？：:，,]{{4,60}}(?:{_KINDS}){_SUFFIX}")
_ENDS_OPEN = tuple("。；;，,、：:—…”")
_ASIDE = re.compile(r"[（(【\[〔].*[)）】\]〕]|.*[:：]\s*\S.*")  # a remark in brackets, `label: value`
_NUMBERED = re.compile(r"[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]第?\d{1,5}号")  # 发文字号
_OFFICE = re.compile(
    r".*(?:书记|主任|局长|市长|县长|区长|省长|镇长|部长|厅长|处长|科长|院长|校长|董事长|总经理|经理|主席|教授|研究员|"
    r"委员|代表|秘书长|会长|所长|站长|行长|记者|编辑|通讯员|摄)$"
)
_SHORT_HEADINGS = frozenset(
    (
        "前言",
        "序言",
        "序",
        "引言",
        "总则",
        "分则",
        "附则",
        "附录",
        "结语",
        "后记",
        "摘要",
        "绪论",
        "小结",
        "概述",
    )
)
_LEADERS = re.compile(r"(?:[.·…．]\s?){3,}\s*\d*$|\s{2,}\d{1,3}$|\t\d{1,3}$")  # a line of a table of contents
_TEXTUAL = re.compile("[\u3400-\u9fffA-Za-z]")
MAX_TITLE = 120
MAX_HEADING = 42


def is_official_title(text: str) -> bool:
    """`…关于…的通知` and its like (GB/T 9704 titles: issuer, subject, kind of document)."""
    return len(text) <= MAX_TITLE * 2 and bool(_OFFICIAL.fullmatch(re.sub(r"\s", "", text)))


def is_instrument_name(text: str) -> bool:
    """A name that ends as plans and rules do: `…行动计划`, `…实施办法（试行）`."""
    return bool(_INSTRUMENT.fullmatch(re.sub(r"\s", "", text)))


def is_contents_line(text: str) -> bool:
    return bool(_LEADERS.search(text))


def is_heading_like(text: str) -> bool:
    """Whether a short line without a number can be a heading by its looks: no stop, no label, no person.

    Where it stands decides the rest (`outline`).
    """
    body = re.sub(r"\s", "", text)
    if body in _SHORT_HEADINGS:
        return True
    if not 4 <= len(body) <= MAX_HEADING or body.endswith(_ENDS_OPEN) or not _TEXTUAL.search(body):
        return False
    if re.search("[。；]|[？?！!].", body) or body[0] in "，。、；：）)》”•-*·":
        return False
    if _NUMBERED.search(body) or _ASIDE.fullmatch(body) or is_date_line(body) or _OFFICE.fullmatch(body):
        return False
    return not is_contents_line(text) and "://" not in text and sum(map(str.isdigit, body)) <= len(body) / 2
