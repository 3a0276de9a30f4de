"""What a page says of itself: title, publication time, source, author, editor, column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from cunzhao.read.infoline import clean_source, is_author
from cunzhao.read.page.breadcrumb import column_path
from cunzhao.read.page.date import date_of_address, published
from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.headmeta import Head, read_head
from cunzhao.read.page.zones import Told, told_in, zones_of

_LABEL = re.compile(r"^.{0,6}[：:]\s*")


@dataclass(frozen=True, slots=True)
class PageMeta:
    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    column: str | None = None


def page_meta(
    root: html.HtmlElement,
    lines: Sequence[PageLine],
    title: str | None,
    first: int,
    end: int | None = None,
    *,
    url: str = "",
    head: Head | None = None,
) -> PageMeta:
    """What a page says of itself. `lines` are all its lines, `lines[first:end]` about its main text."""
    head = head or read_head(root)
    zones = zones_of(lines, title, first, len(lines) if end is None else end)
    day = date_of_address(url) or next((shown.iso for shown in head.published), None)
    told = told_in(root, zones, int(day[:4]) if day else None)
    authors = (
        *(re.sub(r"^[Bb]y:? ", "", author) for author in head.authors),
        *told.head.authors,
        *told.hints["author"],
        *told.above.authors,
        *told.lead.authors,
        *told.tail.authors,
    )
    editors = (*told.head.editors, *told.hints["editor"], *told.tail.editors, *told.above.editors)
    return PageMeta(
        title=title,
        published=published(root, lines, head, zones, told, url=url),
        source=_source(head, told),
        author=next((a for a in authors if is_author(a) and a not in head.sites), None),
        editor=next(iter(editors), None),
        column=column_path(root, title) or head.column,
    )


def _source(head: Head, told: Told) -> str | None:
    """ContentSource, what a label says near the title, what is named as source, 发布机构 and its like."""
    machine = [clean_source(_LABEL.sub("", source)) for source in head.sources]
    shown = (*told.head.sources, *told.above.sources)
    if any(not name.isascii() for name in shown) and "".join(machine[:1]).isascii():
        machine = ["", *machine]  # a code or address (`chinanews`), where the page shows a name
    named = [clean_source(_LABEL.sub("", text)) for text in told.hints["source"]]
    sources = (
        *machine[:1],
        *shown,
        *machine[1:],
        *named,
        *told.tail.sources,
        *told.head.offices,
        *told.tail.offices,
    )
    return next(filter(None, sources), None)
