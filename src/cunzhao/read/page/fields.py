"""The 信息公开 block of an official text on a page: 索引号, 主题分类, 发文机关, 发文字号, 成文日期 …

Pages set it as table, <dl>, <ul> or nested <div>s, with the value in the element of its label or in the next
one, or as one run of `label：value label：value`. Labels: `labels.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.read.dates import date_in, date_time_in
from cunzhao.read.infoline import clean_source
from cunzhao.read.labels import WORDS, any_of, bare
from cunzhao.read.page.dom import PageLine
from cunzhao.read.structure.official import normal_number

_NUMBER = ("发文字号", "发文文号", "公文文号", "文件编号", "文号", "字号")
_ISSUER = ("发文机关", "发文单位", "发文机构", "发文部门", "制定机关", "制发机关", "发布机构", "发布机关")
_DATED = ("成文日期", "成文时间", "签发日期", "文件日期")
_PUBLISHED = ("发布日期", "发布时间", "公开日期", "公布日期", "生成日期", "信息生成日期", "产生日期")
_SOURCES = ("来源", "信息来源")
_CORE = frozenset(WORDS["index"])
_SHOWN = _CORE | frozenset(WORDS["index_besides"])
_LABEL = re.compile(
    rf"(?:^|(?<=[\s【\[（(|｜；;]))[【\[]?\s?({any_of((*_SHOWN, *WORDS['index_ends']))})\s?"
    r"(?:[】\]]\s?[：:]?|[：:]|(?=[\t\n]|$))",
    re.MULTILINE,
)
#: Where the line of particulars goes on without a space: `2021-03-18 15:20来源：…`.
_ELSE = re.compile(rf"(?:{any_of(WORDS['index_ends'])})\s?[：:].*", re.DOTALL)
_LONGEST = 3_000  # characters of a line that may be particulars
_LONGEST_VALUE = 300
_ENOUGH = 2  # labels that only a 信息公开 block has
_BELOW = 30  # lines below the text in which a block may stand


@dataclass(frozen=True, slots=True)
class PageFields:
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    document_date: str | None = None  # ISO date
    published: str | None = None  # ISO date or date-time
    source: str | None = None  # 来源 as one row of such a block
    index: tuple[tuple[str, str], ...] = ()  # as shown, in order; empty where the page has no such block


def page_fields(lines: Sequence[PageLine], first: int, end: int) -> PageFields:
    """What the labels round the main text, `lines[first:end]`, say; a field without a label is empty.

    The block stands above the text, reaches into its container (`first` may lie inside), or stands below it.
    """
    end = max(first, end)
    labelled = _pairs([*lines[:first], *lines[end : end + _BELOW]])
    pairs = [(label, value) for label, value in labelled if label in _SHOWN]
    sources = [clean_source(value) for label, value in labelled if label in _SOURCES]
    said = dict(reversed(pairs))  # the first of a label wins
    number = _first(said, _NUMBER)
    issuer = _first(said, _ISSUER) or ""
    dated, published = _first(said, _DATED), _first(said, _PUBLISHED)
    return PageFields(
        doc_number=(normal_number(number) or "".join(number.split())) if number and "号" in number else None,
        issuers=tuple(x for x in re.split(r"[\s、，,；;]+", issuer) if x) if len(issuer) <= 200 else (),
        document_date=date_in(dated) if dated else None,
        published=date_time_in(published) if published else None,
        source=next(filter(None, sources), None) if _is_block(pairs) else None,
        index=tuple((label, said[label]) for label in dict.fromkeys(label for label, _ in pairs))
        if _is_block(pairs)
        else (),
    )


def _is_block(pairs: Sequence[tuple[str, str]]) -> bool:
    return len({label for label, _ in pairs} & _CORE) >= _ENOUGH


def _pairs(lines: Sequence[PageLine]) -> list[tuple[str, str]]:
    text = "\n".join(line.text for line in lines if len(line.text) <= _LONGEST)
    return [(label, value) for label, value in _labelled(text) if value]


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Label without its spaces, and what stands between it and the next label."""
    found = list(_LABEL.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    begun = False
    for match, end in zip(found, ends, strict=True):
        colon = match[0].rstrip().endswith(("：", ":", "】", "]"))
        cell = text[match.end() :].startswith("\t")
        begun = begun or bare(match[1]) in _CORE
        if colon or cell or begun:  # 标题 alone on a line, above any block, is none of its labels
            yield bare(match[1]), _value(text[match.end() : end], cell)


def _value(behind: str, cell: bool) -> str:
    """The rest of the label's line or cell; where nothing stands there, the next line."""
    if cell:
        return _tidy(behind[1:].split("\n", 1)[0].split("\t", 1)[0])
    parts = [part for part in re.split(r"[\n\t]", behind) if part.strip()]
    value = _tidy(parts[0]) if parts else ""
    return value if len(value) <= _LONGEST_VALUE else ""


def _tidy(value: str) -> str:
    value = _ELSE.sub("", value)
    return (
        value.strip(" \u3000；;|｜").strip()
        if not value.strip().startswith("【")
        else value.strip(" \u3000；;")
    )


def _first(values: dict[str, str], labels: Sequence[str]) -> str | None:
    return next((values[label] for label in labels if label in values), None)
