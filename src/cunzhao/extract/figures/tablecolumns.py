"""What each column of a table's section holds: told by its head, and where that is silent by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cunzhao.extract.figures.tablegrid import Field, Row, Section, is_year
from cunzhao.extract.figures.tablehead import Head, declared_unit, read_unit
from cunzhao.extract.figures.tabletime import Part
from cunzhao.extract.figures.tablevalue import is_empty, read_value

#: figure: numbers. indicator: names of what is measured. part: names of what it is measured of (a trade, a
#: product). body: names of whom it is about (an area, a firm, a project). time, unit: as they say.
Role = Literal["figure", "indicator", "part", "body", "time", "unit", "none"]

_NONE = re.compile(
    r"序|序号|编号|No\.?|NO\.?|代码|编码|行次|栏次|页码?|期数|批次|备注|说明|注|经度|纬度|传真|邮编|邮政编码|QQ|网址|"
    r".*(?:排名|位次|名次|排序|电话|手机|联系方式|联系人|证号|文号|代码|编号|号码|日期|时间|工期|年限|起止.*)"
)
_DESCRIBES = re.compile(
    r".*(?:内容|地点|地址|位置|简介|概况|说明|要求|措施|依据|进度|进展|形象|性质|备注|(?:建设|责任|牵头|配合|实施|承担|主管|主办|业主|联系)(?:单位|部门|人)|负责人|领导)"
)
_TIME = re.compile(r"年份|年度|年|月份|月|季度|时期|期间|时间|日期|年月|报告期")
_UNIT = re.compile(r"(?:计量|计算|指标|数量)?单位")
_INDICATOR = re.compile(r".*指标(?:名称)?|指标|内容|科目|事项|类目|项目类别|名目|主要目标")
_PART = re.compile(
    r".*(?:行业|产业|产品|品种|类别|类型|分类|门类|种类|领域|作物|品名|品目|品类|税种|险种|方式|用途|等级|规格)(?:名称|名)?"
)
_BODY = re.compile(
    r".*(?:项目名称|工程名称|企业|公司|单位名称|单位|园区|开发区|镇|乡|街道|村|社区|学校|高校|院校|医院|机构|景区|部门|地区|区域|"
    r"县|市|区|城市|省|省份|国别|国家|国家和地区|港口|机场|航线|品牌|客商|投资方|业主|线路|站点|名称|项目|工程|姓名)"
)
_FIRST_BODY = re.compile(r".*(?:项目|工程|企业|公司|园区|景区).*|.*名称")
_ORGAN = re.compile(
    r".*(?:省|市|县|区|镇|乡|村|街道|社区|园|园区|公司|集团|厂|学院|大学|学校|中学|医院|银行|局|委|办|港|机场|中心|基地|工程|项目|"
    r"路|桥|线|水库|电站|铁路|高速)(?:[（(].*)?"
)
_RATIONED = re.compile(r"甲|乙|丙|丁")
_LONG = 30  # a name is shorter; what is longer describes
_FEW = 0.5


@dataclass(slots=True)
class Column:
    index: int
    heads: list[Head]
    role: Role = "none"
    numbers: int = 0
    years: int = 0
    ranks: bool = True  # 1, 2, 3 …
    texts: list[Field] = field(default_factory=list)  # the first of them
    said: int = 0  # how many texts
    long: int = 0
    # What its heads say, read once: the innermost head of each kind.
    head: str = ""
    name: str = ""
    growth: Head | None = None
    unit: Head | None = None
    nature: Head | None = None
    area: Head | None = None
    named: Head | None = None  # that is no generic word
    timed: Head | None = None
    when: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        for head in self.heads:
            self.growth = head if head.growth else self.growth
            self.unit = head if head.unit else self.unit
            self.nature = head if head.nature else self.nature
            self.area = head if head.area else self.area
            self.named = head if not head.generic else self.named
            self.timed = head if head.when else self.timed
            self.when += head.when
            self.head = head.field.text
        self.name = _name(self.heads)


def _name(heads: Sequence[Head]) -> str:
    """What heads name, generic words left out: the innermost, made whole by the one above it."""
    named = [h.name for h in heads if not h.generic]
    if len(named) > 1 and not ends_as_indicator(named[-1]) and ends_as_indicator(named[-2]):
        inner, outer = named[-1], named[-2]
        return outer if inner in outer else inner + outer
    return named[-1] if named else ""


_INDICATOR_END = re.compile(
    r".*(?:额|值|[^规]量|数|率|[^制年季]度|收入|支出|投资|人口|面积|里程|存款|贷款|税|利润|资金|资产|负债|比重|占比|比例|指数|价格|"
    r"能耗|人次|工资|消费|就业|GDP|外资|经费|成本|水平|能力|床位|寿命|年限|用地|用电|货运|客运|吞吐|损失|总量|贡献|收支|余额|储蓄|"
    r"强度|密度|浓度|温|排放|单产|总产|产能|利用外资|出口|进口|营收|补助|补贴|税收|公里|株|头|只)(?:（.*）)?"
)


def ends_as_indicator(name: str) -> bool:
    """Whether a name ends in a word of measuring: `工业增加值`, `城镇化率`; not `第一产业`, `长沙`."""
    return bool(_INDICATOR_END.fullmatch(name))


def read_columns(
    section: Section, heads: dict[int, list[Head]], is_area: Callable[[Field], bool]
) -> list[Column]:
    """The columns of a section with their roles. `is_area` tells whether a field names one."""
    width = max((max(row, default=0) for row in (*section.head, *section.body)), default=0) + 1
    columns = [Column(index, heads.get(index, [])) for index in range(width)]
    for row in section.body:
        for at, said in row.items():
            if said.column == at:
                _count(columns[at], said)
    for column in columns:
        column.role = _numeric_role(column)
    figures = [c for c in columns if c.role == "figure"]
    if len(figures) > 1 and figures[0] is columns[0] and _names_classes(columns[0]):
        figures.pop(0).role = "part"
    last = figures[-1].index if figures else -1
    plain = [c for c in columns if c.role == "none" and c.said and not _NONE.fullmatch(c.head)]
    for column in plain:
        column.role = _text_role(column, figures, is_area, before=column.index < last)
    return columns


def _names_classes(column: Column) -> bool:
    """`0—14岁`, `500万元以下`: numbers in the first column that tell which part the row is of."""
    return bool(column.head) and not (column.unit or column.growth or ends_as_indicator(column.name))


def _count(column: Column, said: Field) -> None:
    text = said.text
    if is_empty(text):
        return
    if is_year(text):
        column.years += 1
    value = read_value(text)
    if value is None:
        column.said += 1
        column.long += len(text) > _LONG
        if len(column.texts) < 40:
            column.texts.append(said)
        return
    column.numbers += 1
    column.ranks = column.ranks and value.printed == str(column.numbers) and value.unit is None


def _numeric_role(column: Column) -> Role:
    if not column.numbers or column.numbers < column.said * _FEW:
        return "time" if column.years and column.years > column.said * _FEW else "none"
    measured = any(h.unit for h in column.heads)
    if column.years == column.numbers and not measured and (column.years > 1 or _TIME.fullmatch(column.head)):
        return "time"
    if _NONE.fullmatch(column.head):
        return "none"
    if _TIME.fullmatch(column.head):
        return "time"
    if column.ranks and not measured and column.index == 0 and (column.numbers > 1 or not column.head):
        return "none"
    return "figure"


def _text_role(
    column: Column, figures: Sequence[Column], is_area: Callable[[Field], bool], *, before: bool
) -> Role:
    head, texts = column.head, [f.text for f in column.texts]
    units = sum(bool(read_unit(t)) for t in texts)
    if _UNIT.fullmatch(head) and (units >= len(texts) * _FEW or head != "单位"):
        return "unit"
    if units > len(texts) * 0.7 and all(declared_unit(t) for t in texts):
        return "unit"
    described = sum("，" in t or "；" in t or "。" in t for t in texts)
    if not before or max(column.long, described) > column.said * _FEW or _DESCRIBES.fullmatch(head):
        return "none"
    if _TIME.fullmatch(head):
        return "time"
    areas = sum(is_area(f) for f in column.texts)
    if areas >= max(1, len(texts) * 0.6):
        return "body"
    if _INDICATOR.fullmatch(head):
        return "indicator"
    if _PART.fullmatch(head):
        return "part"
    if sum(ends_as_indicator(t) for t in texts) > len(texts) * 0.6:
        return "indicator"
    if head not in ("项目", "名称") and is_body(head):
        return "body"
    if not any(c.name for c in figures):
        return "indicator"
    organs = sum(is_organ(t) for t in texts)
    return "body" if organs >= max(1, len(texts) * _FEW) or head in ("项目", "名称") else "part"


def is_organ(text: str) -> bool:
    return bool(_ORGAN.fullmatch(text))


def is_body(head: str) -> bool:
    """Whether a head tells that its column names whom the figures are about: 地区, 企业, 项目名称."""
    return bool(_BODY.fullmatch(head)) and not _INDICATOR.fullmatch(head)


def is_first_body(head: str) -> bool:
    """Whether a column names the thing itself (项目名称), not who builds it or where."""
    return bool(_FIRST_BODY.fullmatch(head))


def is_numbering(row: Row) -> bool:
    """`甲 乙 1 2 3`: a row that numbers the columns."""
    texts = [f.text for f in dict.fromkeys(row.values())]
    numbers = [t for t in texts if not _RATIONED.fullmatch(t)]
    return len(numbers) > 1 and (
        numbers == [str(k + 1) for k in range(len(numbers))]
        and (len(numbers) < len(texts) or len(numbers) > 2)
    )
