"""The table of particulars above an official text on a page: 发文机关, 发文字号, 成文日期, 发布日期."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.read.dates import date_in, date_time_in
from cunzhao.read.dom import PageLine
from cunzhao.read.official import normal_number

_NUMBER = ("发文字号", "发文文号", "公文文号", "文件编号", "文号", "字号")
_ISSUER = ("发文机关", "发文单位", "制定机关", "制发机关", "发布机构", "发布机关")
_DATED = ("成文日期", "成文时间", "签发日期")
_PUBLISHED = ("发布日期", "发布时间", "公开日期")
_OTHERS = (
    "索引号",
    "信息索引号",
    "主题分类",
    "主题词",
    "标题",
    "名称",
    "有效性",
    "时效性",
    "组配分类",
    "公开方式",
    "公开范围",
    "生效日期",
    "废止日期",
    "效力状态",
    "统一编号",
    "信息来源",
    "来源",
    "体裁分类",
    "服务对象",
    "公开时限",
    "责任部门",
    "浏览次数",
    "字体",
    "语种",
)


def _spaced(label: str) -> str:
    """`索 引 号`: pages spread labels with white space."""
    return r"[\s\u3000]*".join(label)


_LABEL = re.compile(
    r"(?:^|(?<=[\s\t\n【\[（(|]))[【\[]?("
    + "|".join(
        _spaced(x)
        for x in sorted((*_NUMBER, *_ISSUER, *_DATED, *_PUBLISHED, *_OTHERS), key=len, reverse=True)
    )
    + r")[】\]]?[ \u3000]*(?:[：:]|(?=\t))"
)


_LONGEST = 3_000  # characters of a line that may be particulars


@dataclass(frozen=True, slots=True)
class PageFields:
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    document_date: str | None = None  # ISO date
    published: str | None = None  # ISO date or date-time


def page_fields(lines: Sequence[PageLine]) -> PageFields:
    """What labels say in `lines` (those above the main text); a field without a label is empty."""
    values = _labelled("\n".join(line.text for line in lines if len(line.text) <= _LONGEST))
    number = _first(values, _NUMBER)
    issuer = _first(values, _ISSUER) or ""
    dated, published = _first(values, _DATED), _first(values, _PUBLISHED)
    return PageFields(
        doc_number=(normal_number(number) or re.sub(r"\s", "", number))
        if number and "号" in number
        else None,
        issuers=tuple(x for x in re.split(r"[\s、，,；;]+", issuer) if x) if len(issuer) <= 200 else (),
        document_date=date_in(dated) if dated else None,
        published=date_time_in(published) if published else None,
    )


def _labelled(text: str) -> dict[str, str]:
    """Label without its spaces -> what stands between it and the next label or line end; the first wins."""
    values: dict[str, str] = {}
    found = list(_LABEL.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    for match, end in zip(found, ends, strict=True):
        value = text[match.end() : end].strip().split("\n")[0].split("\t")[0].strip(" \u3000】]；;")
        if value:
            values.setdefault(re.sub(r"\s", "", match[1]), value)
    return values


def _first(values: dict[str, str], labels: Sequence[str]) -> str | None:
    return next((values[label] for label in labels if label in values), None)
