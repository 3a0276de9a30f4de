"""Addresses in a file: a text, a CSV, the bookmarks of a browser (Netscape's format) or any other page.

Bookmarks and tables with heads say more than the address: its title, tags, the folder it lies in, a note.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from cunzhao.charset import decode
from cunzhao.collect.urls import links_in, url_key
from cunzhao.htmltree import parse

_WEB = re.compile(r"https?\s*[:：]\s*[/／]{2}", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|dl|a)\b", re.IGNORECASE | re.DOTALL)
_BOOKMARKS = re.compile(r"<!doctype\s+netscape-bookmark|\btime_added\s*=", re.IGNORECASE)  # or of Pocket
#: Folders that the browser has made itself say nothing of what lies in them.
_OF_THE_BROWSER = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_COMMAS = re.compile(r"[,，、;；|]")
_HEADS = {
    "url": ("url", "网址", "链接", "地址", "link", "href", "address"),
    "title": ("title", "题名", "标题", "名称", "name"),
    "tags": ("tags", "标签", "tag", "labels"),
    "folders": ("folder", "文件夹", "目录"),
    "note": ("note", "notes", "备注", "description"),
}
TITLE = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An address as a file lists it, with what the file says of it, unchecked."""

    url: str
    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # each with those above it: 领域/交通


def links_in_file(name: str, data: bytes) -> list[Listed]:
    """The addresses in a file that begin with http:// or https://, each once, in order.

    Of a page its links, of a CSV those in its cells, of a text those in its lines. Raises nothing.
    """
    text = decode(data).text.replace("\0", "\ufffd")
    if _PAGE.match(text):
        return each_once(_in_page(text))
    return each_once(_in_cells(text) if name.lower().endswith(".csv") else _in_lines(text))


def each_once(links: Iterable[Listed]) -> list[Listed]:
    """Those of one address as one, with the tags and folders of all."""
    found: dict[str, Listed] = {}
    for link in links:
        key = url_key(link.url)
        had = found.get(key, link)
        found[key] = replace(
            had,
            title=had.title or link.title,
            note=had.note or link.note,
            tags=tuple(dict.fromkeys((*had.tags, *link.tags))),
            folders=tuple(dict.fromkeys((*had.folders, *link.folders))),
        )
    return list(found.values())


def _in_page(text: str) -> list[Listed]:
    root, _ = parse(text)
    bookmarks = _BOOKMARKS.search(text, 0, 4000)
    found: list[Listed] = []
    folders: list[str] = []
    named = ""  # the folder whose list comes next
    walk = (
        etree.iterwalk(root, events=("start", "end"), tag=("h3", "dl", "a", "dd")) if root is not None else ()
    )
    for event, element in walk:
        match element.tag, event:
            case "h3", "start":
                named = "" if any(element.get(key) for key in _OF_THE_BROWSER) else _line(element)
            case "dl", "start":
                folders.append(named)
                named = ""
            case "dl", "end":
                folders.pop()
            case "a", "start" if _WEB.match(address := (element.get("href") or "").strip()):
                found.append(_bookmark(address, element, folders) if bookmarks else Listed(url=address))
            case "dd", "start" if found and bookmarks and not len(element):
                found[-1] = replace(found[-1], note=(element.text or "").strip())
    return found


def _bookmark(address: str, link: etree._Element, folders: Sequence[str]) -> Listed:
    path = "/".join(filter(None, folders))
    return Listed(
        url=address, title=_line(link), tags=_parted(link.get("tags") or ""), folders=(path,) if path else ()
    )


def _line(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())[:TITLE]


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _COMMAS.split(text) if part.strip())


def _in_cells(text: str) -> Iterator[Listed]:
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True)) if row]
    except csv.Error:  # a cell beyond all bounds: no table
        yield from _in_lines(text)
        return
    heads = _heads(rows[0]) if rows else {}
    for row in rows:
        said = {name: row[n].strip() for name, n in heads.items() if n < len(row)}
        address = said.get("url", "")
        if _bare(address):
            yield Listed(
                url=address,
                title=" ".join(said.get("title", "").split())[:TITLE],
                note=said.get("note", ""),
                tags=_parted(said.get("tags", "")),
                folders=tuple(filter(None, (said.get("folders", ""),))),
            )
            continue
        for cell in row:
            yield from [Listed(url=cell.strip())] if _bare(cell.strip()) else _in_lines(cell)


def _heads(row: Sequence[str]) -> dict[str, int]:
    """Which column holds what; nothing where no head says that it holds addresses."""
    cells = [cell.strip().casefold() for cell in row]
    columns = {
        name: next(n for n, cell in enumerate(cells) if cell in words)
        for name, words in _HEADS.items()
        if set(words) & set(cells)
    }
    return columns if "url" in columns else {}


def _bare(cell: str) -> bool:
    return bool(_WEB.match(cell)) and not re.search(r"\s", cell)


def _in_lines(text: str) -> Iterator[Listed]:
    """Words that are no address are not taken for mistyped ones, as in a pasted text."""
    return (Listed(url=url) for url in links_in(text) if _WEB.match(url))
