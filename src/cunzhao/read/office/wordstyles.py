"""Styles of a Word document: which paragraphs are headings, captions, lines of a table of contents."""

from __future__ import annotations

import re
from typing import Any

from cunzhao.read.office.packages import whole
from cunzhao.read.office.wordtext import W

_HEADING = re.compile(
    r"(?:公文)?(?:heading|标题|大纲级?别?)\s*([1-9])|(?:公文)?([一二三四五六七八九1-9])级标题", re.IGNORECASE
)
_TITLE = re.compile(r"(?:title|(?:文档|公文|文件|主|大)?标题|题目)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|题注|表格?标题|图表?标题|[图表]题)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|(?:WPSOffice)?(?:手动|图表)?目录|contents|table of (?:figures|authorities))"
    r"\s*(?:\d|heading|标题)?",
    re.IGNORECASE,
)
_DEEPEST = 40  # styles that one may be based on


class Styles:
    """The w:styles element; None in a document without."""

    def __init__(self, styles: Any | None) -> None:
        found = styles.iterfind(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        usual = (s for s in self._styles.values() if s.get(f"{W}type") == "paragraph")
        self._usual = next((s for s in usual if s.get(f"{W}default") in ("1", "true", "on")), None)

    def chain(self, paragraph: Any) -> list[Any]:
        """The style of a paragraph, that which it is based on, and so on."""
        named = value_of(paragraph, f"pPr/{W}pStyle")
        style = self._styles.get(named) if named else None
        style = self._usual if style is None else style
        chain: list[Any] = []
        while style is not None and style not in chain and len(chain) < _DEEPEST:
            chain.append(style)
            style = self._styles.get(value_of(style, "basedOn") or "")
        return chain

    def number_of(self, style: str) -> str | None:
        """The w:numId of a style of lists."""
        found = self._styles.get(style)
        return value_of(found, f"pPr/{W}numPr/{W}numId") if found is not None else None

    def level(self, paragraph: Any) -> int | None:
        """1 for the title style; heading style or outline level n is n + 1, as the title stands above it."""
        chain = self.chain(paragraph)
        if any(_TITLE.fullmatch(name_of(style)) for style in chain):
            return 1
        own = _outline_level(paragraph)
        if own is not None:
            return own or None
        for style in chain:
            outline, named = _outline_level(style), _HEADING.fullmatch(name_of(style))
            if outline == 0 or (named is None and outline is not None):
                return outline or None
            if named is not None:
                digit = named[1] or named[2]
                return 1 + (int(digit) if digit.isdigit() else "一二三四五六七八九".index(digit) + 1)
        return None

    def is_caption(self, paragraph: Any) -> bool:
        return any(_CAPTION.fullmatch(name_of(style)) for style in self.chain(paragraph))

    def is_contents(self, paragraph: Any) -> bool:
        """Whether the style is one of a table of contents."""
        return any(_CONTENTS.fullmatch(name_of(style)) for style in self.chain(paragraph)[:1])


def value_of(holder: Any, path: str) -> str | None:
    """The w:val of a child (`numId`, `pPr/{W}pStyle`); None where there is none."""
    found = holder.find(f"{W}{path}")
    return None if found is None else found.get(f"{W}val")


def name_of(style: Any) -> str:
    return (value_of(style, "name") or "").strip()


def _outline_level(holder: Any) -> int | None:
    """The heading level that w:outlineLvl gives; 0 for text, None where nothing is said."""
    told = whole(value_of(holder, f"pPr/{W}outlineLvl"))
    if told is None:
        return None
    return told + 2 if told < 9 else 0
