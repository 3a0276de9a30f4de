"""Addresses in a file: a text, a CSV, the bookmarks of a browser (Netscape's format) or any other page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from cunzhao.charset import decode
from cunzhao.collect.urls import links_in
from cunzhao.htmltree import parse

_WEB = re.compile(r"https?\s*[:：]\s*[/／]{2}", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|dl|a)\b", re.IGNORECASE | re.DOTALL)


def links_in_file(name: str, data: bytes) -> list[str]:
    """The addresses in a file that begin with http:// or https://, each once, in order.

    Of a page its links, of a CSV those in its cells, of a text those in its lines. Raises nothing.
    """
    text = decode(data).text
    if _PAGE.match(text):
        found = _in_page(text)
    elif name.lower().endswith(".csv"):
        found = _in_cells(text)
    else:
        found = _in_lines(text)
    return list(dict.fromkeys(found))


def _in_page(text: str) -> Iterator[str]:
    root, _ = parse(text)
    for link in root.iter("a") if root is not None else ():
        address = (link.get("href") or "").strip()
        if _WEB.match(address):
            yield address


def _in_cells(text: str) -> Iterator[str]:
    try:
        cells = list(chain.from_iterable(csv.reader(text.splitlines(keepends=True))))
    except csv.Error:  # a cell beyond all bounds: no table
        yield from _in_lines(text)
        return
    for cell in cells:
        bare = cell.strip()
        yield from [bare] if _WEB.match(bare) and not re.search(r"\s", bare) else _in_lines(cell)


def _in_lines(text: str) -> Iterator[str]:
    """Words that are no address are not taken for mistyped ones, as in a pasted text."""
    return (url for url in links_in(text) if _WEB.match(url))
