"""Where an article goes on (下一页): an address that differs from the page's own by the page number alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import SplitResult, parse_qsl

from lxml import html

from cunzhao.read.page.addresses import absolute, base_of, parts_of
from cunzhao.read.page.dom import PageLine, folded

_NEXT = re.compile(
    r"(?:点击|查看|阅读|进入)?(?:下一?[页頁]|[后後]一?[页頁]|次[页頁])(?:阅读)?|余下全文|next(?: ?page)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"第?\s?(\d{1,3})\s?[页頁]?")
_ARROWS = " >›»→[]【】()（）:：.·|…"
_PAGE_NAMES = re.compile(
    r"page|p|pn|pg|paged|(?:page|cur|current)_?(?:no|num|number|index|page)?|curpage|cpage|ipage|pageid", re.I
)
_SUFFIX = re.compile(r"^(.+[_-]|)(\d{1,3})$")
_LISTS = re.compile(r"(?:index|list|default|node|more|channel|column|lmlist|search)\w{0,3}", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|pinglun|reply|review|guestbook|liuyan", re.IGNORECASE)
_CALL = re.compile(r"create(?:Page|Pages|PageHTML|PageHtml)\s*\(([^()]{5,200})\)", re.IGNORECASE)
_ARGUMENT = re.compile(r"""(\d+)|["']([^"']*)["']""")
_COUNTED = tuple(re.compile(rf"\b{name}\s*=\s*(\d{{1,4}})\b") for name in ("countPage", "currentPage"))
_QUOTED = re.compile(r"""["']([^"'\s]{2,300})["']""")
_PAGES = ("html", "htm", "shtml", "jsp", "asp", "aspx", "php")
_WORDY = 16  # characters, more than any 下一页 has
_LITTLE = 60  # characters of running text under which a page is no article


def next_page(root: html.HtmlElement, body: Sequence[PageLine], url: str) -> str | None:
    """The absolute address of the page on which the article at `url` goes on; None at its end.

    `body` are the lines of its main text: a list page has none, and its pager is not followed. An address
    counts whose host, folder and name are the page's own, with the next number: `t1.html` -> `t1_1.html`,
    `t1_2.html` (`t1_3.html` from there), `?page=2`, `/a/2`. So 下一篇 and pagers of comments do not.
    """
    if not re.match(r"https?://", url) or _running(body) < _LITTLE:
        return None
    base = base_of(root, url)
    addresses = [absolute(base, target) for target in (*_links(root), *_scripted(root, url))]
    numbers = {a: n for a in addresses if (n := following(url, a))}
    return min(numbers, key=lambda a: numbers[a], default=None)


def following(url: str, other: str) -> int | None:
    """The page number of `other` where it is the page behind `url` of the same article, else None."""
    here, there = parts_of(url), parts_of(other)
    if here.netloc.lower() != there.netloc.lower() or there.scheme not in ("http", "https"):
        return None
    if here.path == there.path:
        return _in_query(here, there)
    if here.query and here.query != there.query:
        return None
    folder, name = _split(here.path)
    other_folder, other_name = _split(there.path)
    if folder == other_folder:
        return _in_name(name, other_name)
    stem = here.path.rstrip("/")  # /a/slug/ -> /a/slug/2/, /a/slug.html -> /a/slug/2.html
    found = re.fullmatch(
        rf"{re.escape(re.sub(r'[.][a-z]{2,5}$', '', stem))}/(?:page/)?(\d{{1,3}})(?:\.\w+)?/?", there.path
    )
    if found:
        return 2 if int(found[1]) == 2 else None
    at = re.fullmatch(r"(.*/)(\d{1,3})/?", here.path)
    on = re.fullmatch(r"(.*/)(\d{1,3})/?", there.path)
    goes_on = at and on and at[1] == on[1] and int(on[2]) == int(at[2]) + 1
    return int(on[2]) if goes_on and on else None


def _in_name(name: str, other: str) -> int | None:
    """t1.html -> t1_2.html (or _1 where pages are counted from nought), t1_2.html -> t1_3.html."""
    stem, _, ending = name.rpartition(".")
    other_stem, _, other_ending = other.rpartition(".")
    if ending != other_ending or _LISTS.fullmatch(stem):
        return None
    on = _SUFFIX.fullmatch(other_stem)
    if on and on[1][:-1] == stem:
        return int(on[2]) if int(on[2]) in (1, 2) else None
    at = _SUFFIX.fullmatch(stem)
    if on and at and on[1] == at[1] and not _LISTS.fullmatch(at[1][:-1]):
        return int(on[2]) if int(on[2]) == int(at[2]) + 1 else None
    return None


def _in_query(here: SplitResult, there: SplitResult) -> int | None:
    before, behind = parse_qsl(here.query), dict(parse_qsl(there.query))
    plain = {key: value for key, value in before if not _PAGE_NAMES.fullmatch(key)}
    numbers = {key: value for key, value in behind.items() if _PAGE_NAMES.fullmatch(key)}
    rest = {key: value for key, value in behind.items() if key not in numbers}
    if plain != rest or len(numbers) != 1:
        return None
    ((key, value),) = numbers.items()
    at = dict(before).get(key, "1")
    if not (value.isdecimal() and at.isdecimal()) or max(len(value), len(at)) > 3:
        return None
    return int(value) if int(value) == int(at) + 1 else None


def _links(root: html.HtmlElement) -> Iterator[str]:
    """Where links lead that say 下一页 or a number, in the order of the page; <link rel=next>."""
    for element in root.iter("a", "link", "area"):
        if element.tag == "link":
            if element.get("rel", "").lower() == "next":
                yield element.get("href", "").strip()
            continue
        if not _says_next(element) or _is_for_comments(element):
            continue
        href = element.get("href", "").strip()
        if not href or href.startswith(("#", "javascript")):
            yield from _QUOTED.findall(href + " " + element.get("onclick", ""))
        else:
            yield href.partition("#")[0]


def _is_for_comments(element: html.HtmlElement) -> bool:
    return any(_COMMENTS.search(f"{a.get('id', '')} {a.get('class', '')}") for a in element.iterancestors())


def _says_next(element: html.HtmlElement) -> bool:
    shown = folded(element.text_content())
    words = [shown, element.get("title", "")]
    if not shown:
        words += [image.get("alt", "") for image in element.iter("img")]
    return element.get("rel", "") == "next" or any(_is_next(word) for word in words if len(word) <= _WORDY)


def _is_next(word: str) -> bool:
    bare = word.strip(_ARROWS)
    if not bare:
        return any(arrow in word for arrow in ">›»→")
    return bool(_NEXT.fullmatch(bare) or _NUMBER.fullmatch(bare))


def _scripted(root: html.HtmlElement, url: str) -> Iterator[str]:
    """Pagers that a script of TRS makes: createPageHTML(3, 0, "t2019", "html"), currentPage and countPage."""
    stem, _, ending = parts_of(url).path.rpartition("/")[2].rpartition(".")
    for element in root.iter("script"):
        script = element.text or ""
        for call in _CALL.findall(script):
            numbers = [int(number) for number, _ in _ARGUMENT.findall(call) if number]
            names = [said for number, said in _ARGUMENT.findall(call) if not number]
            pairs = [(n, e) for n, e in pairwise(names) if e.lstrip(".") in _PAGES]
            if len(numbers) >= 2 and numbers[1] + 1 < numbers[0] and pairs:
                yield f"{pairs[0][0]}_{numbers[1] + 1}.{pairs[0][1].lstrip('.')}"
        count, current = (pattern.search(script) for pattern in _COUNTED)
        if count and current and int(current[1]) + 1 < int(count[1]):
            own = re.sub(rf"_{int(current[1])}$", "", stem) if int(current[1]) else stem
            yield f"{own}_{int(current[1]) + 1}.{ending}"


def _running(body: Sequence[PageLine]) -> int:
    text = sum(len(x.text) - x.linked for x in body if re.search("[，。；！？,;!?]", x.text))
    links = sum(x.linked for x in body)
    return text if links < text else 0


def _split(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name
