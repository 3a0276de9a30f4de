"""The lines round an article that may tell of it, and the elements there that are named as what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from cunzhao.read.dates import dates_in
from cunzhao.read.folding import unspaced
from cunzhao.read.infoline import Info, clean_person, has_label, read_lines
from cunzhao.read.page.dom import PageLine, folded


def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?:_baidu)?(?:$|[\s_-])", re.IGNORECASE)


_HINTS = {
    "source": _named(r"source|origin|laiyuan|ly|from|media|article-?source|a_source|js_name|medianame"),
    "author": _named(
        r"author|js_author_name|rich_media_meta_text|byline|writer|reporter|zuozhe|author-?name"
    ),
    "editor": _named(r"editor|zrbj|bianji"),
    "time": _named(
        r"pub(?:lish)?(?:ed)?[_-]?(?:time|date|at)?|(?:news|art(?:icle)?|post|info|entry)?[_-]?(?:time|date)|"
        r"datetime|shijian|riqi"
    ),
}
_HINT_TAGS = ("span", "a", "em", "i", "p", "div", "li", "td", "b", "strong", "cite", "address", "h5", "h6")
_PROSE = re.compile("[。！？；]|，[^，]*，|[.!?] ")
_SOURCE = re.compile(r"(?:来源|稿源|來源)\s?[：:]\s?")
_ABOVE, _BELOW, _AT_END, _BEHIND = 5, 14, 6, 14  # lines
_LONGEST, _LONGEST_ABOVE, _LONGEST_BEHIND = 300, 120, 160  # characters of a line that may tell something


@dataclass(frozen=True, slots=True)
class Zones:
    head: list[PageLine]  # from the title to the text
    above: list[PageLine]  # before the title
    lead: list[PageLine]  # the first lines of the text
    tail: list[PageLine]  # the last lines of the text, and those behind it
    foot: list[PageLine]  # of the tail those before the first link behind the text


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines of the zones say; `hints`: what elements hold, by what they are named as."""

    head: Info
    above: Info
    lead: Info
    tail: Info
    hints: dict[str, list[str]]  # "source", "author", "editor", "time"


def zones_of(lines: Sequence[PageLine], title: str | None, first: int, end: int) -> Zones:
    """The zones of a page whose main text is about `lines[first:end]`."""
    at = _title_at(lines, unspaced(title or ""), first)
    begin = max(0, first - 6) if at is None else at + 1
    until = begin
    while until < min(len(lines), max(begin + _BELOW, min(first, begin + 3 * _BELOW))):
        if until >= first and _is_prose(lines[until]) and not has_label(lines[until].text[:40]):
            break
        until += 1
    close = max(until, min(end, len(lines)))
    above = lines[max(0, begin - 1 - _ABOVE) : max(0, begin - 1)]
    tail = lines[max(until, close - _AT_END) : close + _BEHIND]
    link = next((i for i in range(close, len(lines)) if lines[i].linked >= 0.5 * len(lines[i].text)), close)
    return Zones(
        foot=list(lines[max(until, close - _AT_END) : min(link, close + _AT_END)]),
        head=[x for x in lines[begin:until] if len(x.text) <= _LONGEST],
        above=[x for x in above if len(x.text) <= _LONGEST_ABOVE],
        lead=list(lines[until : until + 2]),
        tail=[x for x in tail if len(x.text) <= _LONGEST_BEHIND and x.linked < 0.6 * len(x.text)],
    )


def told_in(root: html.HtmlElement, zones: Zones, year: int | None) -> Told:
    """What the zones say; `year` completes dates printed without one."""
    begins = [line.text[:60] for line in zones.lead]
    whole = [line.text for line in zones.lead if len(line.text) < 60]
    return Told(
        head=read_lines(_texts(zones.head), year=year),
        above=read_lines(_texts(zones.above), year=year),
        lead=read_lines([*whole, *begins]),
        tail=read_lines(_texts(zones.tail)),
        hints=_hinted(root, (*zones.above, *zones.head, *zones.tail)),
    )


def _title_at(lines: Sequence[PageLine], wanted: str, first: int) -> int | None:
    """The line that shows the title: a heading before any other, the nearest above the text."""
    holding = []
    for i, line in enumerate(lines[: first + 4]):
        own = unspaced(line.text)
        same = own in wanted or (wanted in own and len(own) < 2 * len(wanted) + 10)
        if wanted and len(own) >= 4 and same and line.linked < 0.5 * len(line.text):
            holding.append(i)
    headings = [i for i in holding if lines[i].kind == "heading"]
    return max(headings or holding, default=None)


def _hinted(root: html.HtmlElement, near: Sequence[PageLine]) -> dict[str, list[str]]:
    wanted = {line.element for line in near}
    found: dict[str, list[str]] = {key: [] for key in _HINTS}
    for element in root.iter(*_HINT_TAGS):
        name = " ".join(element.get(key, "") for key in ("id", "class", "rel", "itemprop"))
        keys = [key for key, pattern in _HINTS.items() if pattern.search(name)] if name.strip() else []
        if not keys or len(element) > 4:
            continue
        if element not in wanted and not any(a in wanted for a in element.iterancestors()):
            continue
        text = folded(element.text_content())
        if text and len(text) <= 60:
            for key in keys:
                found[key] += _hint(key, text)
    return found


def _hint(key: str, text: str) -> list[str]:
    said = read_lines([text])
    if key == "time":
        return [text] if said.dates and said.dates[0].kind in ("bare", "published") else []
    labelled = {"source": said.sources, "author": said.authors, "editor": said.editors}[key]
    if labelled:
        return [labelled[0]]
    plain = len(text) <= 30 and not text.isdigit() and not has_label(text) and not dates_in(text)
    name = text if key == "source" else clean_person(text)
    return [name] if plain and name else []


def _texts(lines: Sequence[PageLine]) -> list[str]:
    """The texts of lines; with the words for a picture where a line ends with a label (来源：[logo])."""
    texts = []
    for line in lines:
        words = ""
        if re.search(r"(?:来源|稿源|出处)\s?[：:]\s?$", line.text):
            words = next((i.get("alt", "").strip() for i in line.element.iter("img")), "")
        texts.append(line.text + words if words and len(words) <= 20 else _linked_apart(line))
    return texts


def _linked_apart(line: PageLine) -> str:
    """The text of a line; a source that has an element of its own ends with it, also where the page puts no
    space behind: `来源：<a>新华网</a>浏览 2.8w`, `<span>来源：南方网</span><span>张三</span>`."""
    if not _SOURCE.search(line.text):
        return line.text
    for part in line.element.iter("a", "span", "em", "i", "b"):
        said = folded(part.text_content())
        named = re.fullmatch(rf"{_SOURCE.pattern}\S.{{0,30}}", said) and not re.search(
            r"\s", said[4:].strip()
        )
        if not named and part.tag != "a":
            continue
        label = "" if named else _SOURCE.pattern
        found = re.search(rf"{label}{re.escape(said)}(?=[\w\s])", line.text) if said else None
        if found:
            return line.text[: found.end()] + " | " + line.text[found.end() :]
    return line.text


def _is_prose(line: PageLine) -> bool:
    return len(line.text) > 40 and bool(_PROSE.search(line.text)) and line.linked < 0.5 * len(line.text)
