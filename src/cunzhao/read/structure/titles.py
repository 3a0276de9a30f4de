"""What a line looks like: an official title, a caption, a person with an office, a stand-alone heading."""

from __future__ import annotations

import re

from cunzhao.read.dates import is_date_line

_KINDS = (
    "通知|意见|决定|报告|请示|批复|函|公告|通告|通报|议案|纪要|命令|公报|决议|方案|办法|规定|细则|规划|计划|纲要|条例|"
    "要点|措施|清单|说明|解读|规则|章程|指南|标准|目录|政策|倡议书|建议|分工|预案|导则|规程|制度|准则|指引|举措|办法|答复"
)
_SUFFIX = r"(?:[（(][^（）()]{1,20}[)）])*"  # （试行）, （2019—2021年）
_OFFICIAL = re.compile(rf"[^。；！？]{{0,80}}关于[^。；！？]{{2,120}}的?(?:{_KINDS}){_SUFFIX}")
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,30}(?:政府|委员会|部|局|署|厅|总局)令(?:[（(]?第?\d+号[）)]?)?")
_INSTRUMENT = re.compile(rf"[^。；！？：:，,]{{4,60}}(?:{_KINDS}|表|名单|一览|图){_SUFFIX}")
_ENDS_OPEN = tuple("。；;，,、：:—…")
_ASIDE = re.compile(r"[（(\[〔].*[)）\]〕]")  # a remark in brackets
_LABELLED = re.compile(r"([^:：]{1,14})[:：]\s*(\S.*)")  # `label: value`
_VALUES = re.compile(
    r".*(?:单位|部门|联系人|电话|传真|邮箱|地址|地点|时间|日期|期限|来源|作者|编辑|责编|记者|摄影|供稿|执笔|撰稿|撰文|整理|统稿|编写|监制|审核|校对|主题词|"
    r"主送|抄送|抄报|抄发|报|送|出席|列席|请假|缺席|主持|记录|参加|附件|附|注|说明|编号|文号|字号|索引号|网址|邮编|签发|"
    r"责任人|牵头|配合|负责人|职务|姓名|如下|包括|是|为|答|问|资料|数据|标签|分类|关键词|摘要|序号|项目|代码|题|机关|据|称|说|道|表示)$"
)
_NUMBERED = re.compile(r"[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]第?\d{1,5}号")  # 发文字号
_OFFICES = (
    "书记|主任|局长|市长|县长|区长|省长|镇长|乡长|部长|厅长|处长|科长|院长|校长|董事长|总经理|经理|主席|教授|研究员|"
    "委员|代表|秘书长|会长|所长|站长|行长|记者|编辑|通讯员|摄|馆长|党委|组长|总监|专员|州长|盟长|旗长|总裁|实习生"
)
_OFFICE = re.compile(rf".*(?:{_OFFICES})$")
_NAMES = r"(?:[\u4e00-\u9fff][\s　]?[\u4e00-\u9fff]{1,3}[\s　、]*){1,6}(?:摄|文|/文|报道)?"
_BYLINE = re.compile(
    rf"(?:.{{0,30}}(?:{_OFFICES})(?:[\s　]*[：:][\s　]*|[\s　]+)|(?:本报|本刊|本网|见习|特约)(?:记者|通讯员))"
    rf"[\s　]*{_NAMES}"
)
_PEOPLE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}[\s　]+){2,}[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][\s　]+[\u4e00-\u9fff]"
)
_CAPTION = re.compile(
    r"\s*(?:[图表]|附图|附表|图表|专栏|Fig\.?|Table|续表)\s*(?:[\dA-Z一二三四五六七八九十０-９]{1,3})(?:[-—－–.．]\d{1,2})*"
    r"(?![\d年月个名条项张层纸])",
    re.IGNORECASE,
)
_OUTER = frozenset(
    "前言 序言 序 引言 导言 引子 导语 附录 结语 结束语 后记 摘要 绪论 尾声 编后 编者按 参考文献 致谢".split()  # noqa: SIM905
)
_SHORT_HEADINGS = _OUTER | {"总则", "分则", "附则", "小结", "概述"}
_ISSUE = re.compile(
    r".{0,12}(?:第[\d一二三四五六七八九十〇]{1,4}期|[〔\[［](?:19|20)\d\d[〕\]］]第?\d+[号期]).{0,20}"
)
_DATELINE = re.compile(
    r"[（(]?(?:本报|本网|本刊|本台|日报|晚报).{0,10}讯|新华社.{0,12}电|据?(?:新华社|中新社).{0,12}[电讯]"
)
_DAY = re.compile(  # 唐山日报　2017年6月30日; …编　2022年3月
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})|(?:编印?|辑|部|社|室|中心)(?:19|20)\d\d年(?:\d{1,2}月)?$"
)
_DATE_ENDS = "日号0123456789０１２３４５６７８９）)"
_LEADERS = re.compile(r"(?:[.·…．]\s?){3,}\s*\d*$|\s{2,}\d{1,3}$|\t\d{1,3}$")  # a line of a table of contents
_TEXTUAL = re.compile("[\u3400-\u9fffA-Za-z]")
_BOX = re.compile(r"\s*(?:[【〖]\s*([^【】〖〗]{2,40}?)\s*[】〗]|[◆◇■□★☆▲△▼※◎●○▎▍][\s　]*([^。；]{2,40}))\s*")
MAX_TITLE = 120
MAX_HEADING = 42
MAX_QUESTION = 160
_QUESTION = re.compile(
    r"(?:\s*(?:提?问|问题?\d{0,2}|Q\d{0,2}|记\s*者|本报记者|本刊记者|主持人|网友|网民|市民|[\u4e00-\u9fff“”]{2,14}记者)\s*[:：])\s*(?=\S)"
)


def is_official_title(text: str) -> bool:
    """`…关于…的通知` and its like (GB/T 9704 titles: issuer, subject, kind of document), `…人民政府令`."""
    body = "".join(text.split())
    return len(text) <= MAX_TITLE * 2 and bool(_OFFICIAL.fullmatch(body) or _ORDER.fullmatch(body))


def is_document_number(text: str) -> bool:
    """A 发文字号 and nothing else: `锡署办发〔2023〕27号`."""
    body = "".join(text.split())
    return len(body) <= 24 and bool(_NUMBERED.search(body)) and body.endswith("号")


def is_instrument_name(text: str) -> bool:
    """A name that ends as plans and rules do: `…行动计划`, `…实施办法（试行）`, `…任务分工表`."""
    return bool(_INSTRUMENT.fullmatch("".join(text.split())))


def is_contents_line(text: str) -> bool:
    return bool(_LEADERS.search(text))


def is_caption(text: str) -> bool:
    """`图1 …`, `表2-3　…`, `专栏4 …`: it names a figure, a table or a box beside the text."""
    return bool(_CAPTION.match(text))


def is_byline(text: str) -> bool:
    """Who wrote or spoke: `本报记者 王芳`, `区长　周明`, a row of names."""
    body = text.strip()
    return len(body) <= 60 and bool(_BYLINE.fullmatch(body) or _PEOPLE.fullmatch(body))


def is_outer(title: str) -> bool:
    """`前言`, `参考文献`: beside the numbered parts of a document, never inside one."""
    return "".join(title.split()) in _OUTER


def boxed(text: str) -> str | None:
    """The words of a heading set off by marks: `【他山之石】`, `◆ 政策速递`."""
    found = _BOX.fullmatch(text)
    words = (found[1] or found[2]).strip() if found else ""
    return words if words and not _NUMBERED.search(text) and words[-1] not in _ENDS_OPEN else None


def is_issue(line: str) -> bool:
    """The line that numbers an issue: `2020年第15期（总第203期）`, `〔2021〕7号`."""
    return bool(_ISSUE.fullmatch("".join(line.split())))


def is_question(text: str) -> bool:
    """A question of an interview by its label: `问：…`, `记者：…？`."""
    return len(text) <= MAX_QUESTION and bool(_QUESTION.match(text))


def is_aside(text: str) -> bool:
    """A remark in brackets, `label: value`, a document number, a date: about the text, no part of it."""
    body = re.sub(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?|\s", "", text)  # the time of day is no label
    return bool(_ASIDE.fullmatch(body) or _NUMBERED.search(body) or _is_date(body) or _is_value(body))


def _is_date(body: str) -> bool:
    return body[-1:] in _DATE_ENDS and is_date_line(body)


def _is_value(body: str) -> bool:
    found = _LABELLED.fullmatch(body)
    if found is None:
        return ":" in body or "：" in body
    return bool(_VALUES.fullmatch(found[1])) or len(found[2]) < 4 or bool(re.search(r"\d{5}|@", found[2]))


def is_heading_like(text: str) -> bool:
    """Whether a short line without a number can be a heading by its looks: no stop, no label, no person.

    Where it stands decides the rest (`outline`).
    """
    body = "".join(text.split())
    if body in _SHORT_HEADINGS:
        return True
    if not 4 <= len(body) <= MAX_HEADING or body.endswith(_ENDS_OPEN) or not _TEXTUAL.search(body):
        return False
    if (
        re.search("[。；]|[？?！!].", body)
        or body[0] in "，。、；：）)》”•-—–*·"
        or _DATELINE.match(body)
        or _DAY.search(body)
        or "\t" in text.strip()
    ):
        return False
    if _is_torn(body) or _is_row(text):
        return False
    if is_aside(text) or is_caption(text) or _OFFICE.fullmatch(body) or is_byline(text):
        return False
    return not is_contents_line(text) and "://" not in text and sum(map(str.isdigit, body)) <= len(body) / 2


def _is_row(text: str) -> bool:
    """A row of a table whose cells are parted by spaces: `居民消费价格 2.1 2.3`."""
    cells = text.split()
    return len(cells) > 2 and any(re.fullmatch(r"[-—<>≥≤]?[\d.,%]*", cell) for cell in cells)


def _is_torn(body: str) -> bool:
    """Whether a bracket or a quotation begins or ends outside the line."""
    return any(body.count(a) != body.count(b) for a, b in ("（）", "()", "《》", "“”", "【】"))
