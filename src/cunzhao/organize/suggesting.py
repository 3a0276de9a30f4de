"""Tags that a document itself suggests: its area, subject fields, kind and source. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from cunzhao.errors import UsageWrong
from cunzhao.organize.tags import check_tag, is_under

Reason = Literal["area", "field", "document-kind", "source"]

FIELDS = 3  # suggested of one document
_TITLE_WEIGHT = 3  # a word in the title says as much as so many headings
_ENOUGH = 3
_HANDED_ON = re.compile(r"(?:印发|转发|发布|公布|下达|批转)(.+)的[^的]{1,4}$")
_ENDING = re.compile(
    r"(?:[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]|全文|[《》〈〉“”\"\s])+$"
)  # （2021—2023年）, （试行）


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a document says of itself."""

    title: str = ""
    source: str = ""
    headings: Sequence[str] = ()
    topics: Sequence[str] = ()  # 主题分类 of its information block
    area: Sequence[str] = ()  # its own area with those it lies in, the largest first
    area_words: str = ""  # that say so


@dataclass(frozen=True, slots=True)
class Suggested:
    tag: str
    reason: Reason
    words: str  # of the document


def suggest(subject: Subject, have: Sequence[str] = ()) -> list[Suggested]:
    """Tags a user may accept, the surest of each kind first; none that the link has, or has one below."""
    found: dict[str, Suggested] = {}
    for tag, reason, words in _said(subject):
        try:
            clean = check_tag(tag)
        except UsageWrong:  # a hostile or endless name
            continue
        if not any(is_under(mine, clean) for mine in have):
            found.setdefault(clean, Suggested(clean, reason, words))
    return list(found.values())


def _said(subject: Subject) -> Iterator[tuple[str, Reason, str]]:
    if subject.area:
        yield "/".join(("地区", *subject.area)), "area", subject.area_words
    for field, words in _fields(subject):
        yield f"领域/{field}", "field", "、".join(words)
    for kind in document_kinds(subject.title):
        yield f"文种/{kind}", "document-kind", kind
    source = _ENDING.sub("", subject.source.replace("/", " ").strip("《》〈〉 ")).strip()
    if source:
        yield f"来源/{source}", "source", source


def document_kinds(title: str) -> tuple[str, ...]:
    """文种 by how a title ends: 关于印发《…行动计划（2021—2023年）》的通知 is 行动计划, then 通知."""
    bare = "".join(title.split())
    handed_on = _HANDED_ON.search(bare)
    inner = _kind(handed_on[1]) if handed_on else None
    return tuple(dict.fromkeys(kind for kind in (inner, _kind(bare)) if kind))


def _kind(title: str) -> str | None:
    bare = _ENDING.sub("", title)
    return next((kind for kind in _kinds() if bare.endswith(kind)), None)


def _fields(subject: Subject) -> list[tuple[str, list[str]]]:
    """Subject fields with the words that speak of them, the most spoken of first."""
    title = "，".join((subject.title, *subject.topics))
    scored: list[tuple[int, str, list[str]]] = []
    for field, words in _lexicon():
        in_title = [word for word in words if word in title]
        heads = sum(any(word in heading for word in words) for heading in subject.headings)
        score = _TITLE_WEIGHT * len(in_title) + heads
        if score >= _ENOUGH:
            spoken = [*in_title, *(w for w in words if any(w in h for h in subject.headings))]
            scored.append((score, field, list(dict.fromkeys(spoken))[:FIELDS]))
    scored.sort(key=lambda one: -one[0])
    return [(field, words) for _, field, words in scored[:FIELDS]]


@cache
def _lexicon() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = (line.partition("\t") for line in _lines("fields.tsv"))
    return tuple((field, tuple(words.split())) for field, _, words in lines)


@cache
def _kinds() -> list[str]:
    """Of two that a title ends with the longer counts: 实施方案 before 方案."""
    return sorted(_lines("document_kinds.txt"), key=len, reverse=True)


def _lines(name: str) -> list[str]:
    text = (files("cunzhao.organize") / "lexicon" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
