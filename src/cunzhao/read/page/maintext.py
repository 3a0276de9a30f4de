"""Which part of a page is its main text: several cheap opinions, then a choice between them.

Measured elsewhere on 57 Chinese pages: no single rule passes 0.96 of body F1, the best of four page by page
reaches 0.998. So the opinions of `candidates` are cleaned of what only surrounds a text and vote: each
supports every other by the share of characters that both have, and the one with the most support is taken.
Where the opinions differ much, readability-lxml is asked for one vote more.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import html

from cunzhao.read.folding import unspaced
from cunzhao.read.page.dom import PageLine, is_hidden, lines_of
from cunzhao.read.page.edges import with_edges
from cunzhao.read.page.embedded import embedded_lines
from cunzhao.read.page.layout import LITTLE, Layout, weight
from cunzhao.read.page.opinions import below_title, candidates, is_known, known_container
from cunzhao.read.page.phrases import is_information
from cunzhao.read.page.surroundings import without_surroundings

Clean = Callable[[Sequence[PageLine]], list[PageLine]]
_INLINE = frozenset(
    ("span", "a", "em", "i", "b", "strong", "font", "label", "small", "u", "time", "img", "input")
)
_NOISE_TAGS = frozenset(("nav", "footer", "aside", "form", "header"))
_NOISE = re.compile(
    r"""
    (?:^|[\s_-])(?:share|shares|bdshare\w*|jiathis\w*|social|related|relate|relatednews|xgyd|xgxw|xgwz|
    xglj|recommend\w*|hotnews|hot-news|comment|comments|pinglun|copyright|breadcrumb\w*|crumb|crumbs|
    location|dqwz|nav|navbar|navigation|menu|topbar|foot|footer|sidebar|side|pagination|pager|prevnext|
    toolbar|tool|qrcode|ewm|erweima|advert\w*|ads?|banner|login|search|skip|editor-info|zrbj|wza|
    accessibility|breadcrumbs|visually-?hidden|sr-only|screen-reader\w*)(?:$|[\s_-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = re.compile("[，。；：、！？,;!?“”]")
_READABLE_BYTES = 3_000_000  # the dear candidate is not asked about larger pages
_AGREE = 0.85
#: How much each opinion's vote counts.
_TRUST = {"known": 1.0, "descended": 0.8, "heaviest": 0.8, "titled": 0.7, "alike": 0.9}
_ASKED, _COVERS = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Choice:
    first: int  # index into the lines, end exclusive
    end: int
    body: tuple[PageLine, ...]  # those lines without what only surrounds the text
    disputed: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Subtrees left out; none holds most of the page's text (WeChat's is hidden until a script runs)."""

    hidden: frozenset[html.HtmlElement]
    noise: frozenset[html.HtmlElement]  # the hidden ones too, and what is no main text by its tag or name


def left_out(root: html.HtmlElement) -> LeftOut:
    """What of a page is not shown, and what is navigation, sharing, comments and the like."""
    elements = [e for e in root.iter() if isinstance(e.tag, str) and e.tag not in ("html", "body")]
    hidden = [e for e in elements if is_hidden(e)]
    noise = [e for e in elements if _is_noise(e)]
    running = _running_text(root) if hidden or noise else {}
    little = 0.4 * running.get(root, 0)
    unseen = frozenset(e for e in hidden if running.get(e, 0) <= little)
    return LeftOut(unseen, unseen | {e for e in noise if running.get(e, 0) <= little})


def shown_lines(root: html.HtmlElement, out: LeftOut) -> tuple[list[PageLine], list[PageLine]]:
    """All lines that a page shows, and those of them that may be main text.

    The second are the first without the subtrees of noise; only where a piece of a line is noise (a button
    within a paragraph) are they walked anew.
    """
    everything = lines_of(root, out.hidden)
    left = [e for e in out.noise if e not in out.hidden]
    inside = {e for top in left for e in top.iter()}
    blocks = {line.element for line in everything}
    if any(str(e.tag) in _INLINE and not (e in blocks or e.getparent() in inside) for e in left):
        return everything, lines_of(root, out.noise) or everything
    return everything, [x for x in everything if x.element not in inside] or everything


def _is_noise(element: html.HtmlElement) -> bool:
    by_tag = element.tag in _NOISE_TAGS or element.get("role") == "navigation"
    named = any(_NOISE.search(element.get(key, "")) for key in ("id", "class"))
    return (by_tag or named) and not is_known(element)


def _running_text(root: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """For each element the characters of text with punctuation inside it, links not counted."""
    running: dict[html.HtmlElement, int] = {}
    for element in reversed(list(root.iter())):  # children before parents
        parent = element.getparent()
        if parent is None:
            parent = element
        own = element.text if element.tag not in ("script", "style", "a") else None
        for holder, part in ((element, own), (parent, element.tail)):
            if part and _MARKS.search(part):
                running[holder] = running.get(holder, 0) + len(part)
        if parent is not element and element in running:
            running[parent] = running.get(parent, 0) + running[element]
    return running


def choose(
    root: html.HtmlElement, lines: Sequence[PageLine], page: str, clean: Clean, title: str | None = None
) -> Choice:
    """The run of `lines` that is the main text.

    `page` is the whole page for the dear candidate; `clean` takes from a run what only surrounds its text,
    so that candidates agree which differ by an information line alone.
    """
    everything = Layout(root, lines)
    kept = without_surroundings(everything, title_line(everything, title))
    layout = everything if len(kept) == len(lines) else Layout(root, kept, everything)
    title_at = title_line(layout, title)
    if title_at is not None and _begins_text(layout, title_at):
        layout, title_at = Layout(root, kept[title_at:], everything), 0
    if layout.listed():
        return _short(everything, layout, title_at, clean)
    opinions: dict[tuple[int, int], float] = {}
    for name, span in candidates(layout, title_at):
        opinions[span] = opinions.get(span, 0.0) + _TRUST[name]
    bodies = [(tuple(clean(layout.lines[slice(*span)])), trust) for span, trust in opinions.items()]
    votes = _votes(bodies)
    disputed = max(votes) < _AGREE * sum(trust for _, trust in bodies)
    if disputed:
        votes = [vote + more for vote, more in zip(votes, _asked(bodies, page), strict=True)]
    body = with_edges(layout, title_at, bodies[votes.index(max(votes))][0], clean)
    at = {id(line): i for i, line in enumerate(lines)}
    return Choice(at[id(body[0])], at[id(body[-1])] + 1, body, disputed) if body else Choice(0, 0, (), True)


def _short(everything: Layout, layout: Layout, title_at: int | None, clean: Clean) -> Choice:
    """Of a page that shows next to no running text: what scripts would show, short lines, or its links."""
    lines = everything.lines
    carried = clean(embedded_lines(everything.root))
    if carried:
        return Choice(len(lines), len(lines), tuple(carried), False)
    at = {id(line): i for i, line in enumerate(lines)}
    span = below_title(layout, title_at) if title_at is not None else None
    body = clean(layout.lines[slice(*span)]) if span else []
    if sum(len(x.text) - 2 * x.linked for x in body) > 0:
        return Choice(at[id(body[0])], at[id(body[-1])] + 1, tuple(body), False)
    known = known_container(everything) if lines else None
    first, end = everything.spans[known] if known is not None else (0, len(lines))
    return Choice(first, end, tuple(clean(lines[first:end]) or lines[first:end]), False)


def _begins_text(layout: Layout, title_at: int) -> bool:
    """Whether the text stands behind this line: a heading, or particulars follow, or most text is there."""
    before, behind = layout.weight(0, title_at), layout.weight(title_at + 1, len(layout.lines))
    if behind < LITTLE / 2:
        return False
    near = layout.lines[title_at + 1 : title_at + 5]
    told = layout.lines[title_at].kind == "heading" or any(is_information(x.text) for x in near)
    return told or behind >= before


def title_line(layout: Layout, title: str | None) -> int | None:
    """The line that shows the title: of several the one with the most running text up to the next."""
    wanted = unspaced(title or "")
    if len(wanted) < 2:
        return None
    squeezed = [unspaced(x.text) if len(x.text) <= 2 * len(title or "") else "" for x in layout.lines]
    shown = [i for i, text in enumerate(squeezed) if text == wanted]
    shown = shown or [i for i, text in enumerate(squeezed) if wanted in text]
    ends = [*shown[1:], len(layout.lines)]
    behind = [(layout.weight(i + 1, end), i) for i, end in zip(shown, ends, strict=False)]
    return max(behind)[1] if behind else None


_Body = tuple[PageLine, ...]


def _votes(bodies: Sequence[tuple[_Body, float]]) -> list[float]:
    """For each body the trust of all opinions, each as far as it says the same."""
    return [
        sum(_overlap(body, other) * trust for other, trust in bodies) if body else 0.0 for body, _ in bodies
    ]


def _overlap(a: Sequence[PageLine], b: Sequence[PageLine]) -> float:
    """Characters of the lines that both have, of those that either has."""
    ours, theirs = {id(x): len(x.text) for x in a}, {id(x): len(x.text) for x in b}
    either = sum((ours | theirs).values())
    return sum(n for key, n in ours.items() if key in theirs) / either if either else 1.0


def _asked(bodies: Sequence[tuple[_Body, float]], page: str) -> list[float]:
    """The votes of the dear opinion, and of how much running text a body has of what any has."""
    told = _readability(page)
    wanted = _grams(told) if told else Counter()
    heavy = [sum(map(weight, body)) for body, _ in bodies]
    most = max(heavy) or 1.0
    return [
        _ASKED * _alike(_grams("".join(x.text for x in body)), wanted) + _COVERS * weighs / most
        for (body, _), weighs in zip(bodies, heavy, strict=True)
    ]


def _readability(page: str) -> str:
    """The text that readability-lxml takes for the main text; empty where it finds none or fails."""
    if len(page) > _READABLE_BYTES:
        return ""
    import readability

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)  # traces of what we bear
    try:
        summary = readability.Document(page).summary(html_partial=True)
        return str(html.fromstring(summary).text_content())
    except Exception:
        return ""


def _grams(text: str) -> Counter[str]:
    text = unspaced(text)
    return Counter(text[i : i + 4] for i in range(len(text) - 3))


def _alike(a: Counter[str], b: Counter[str]) -> float:
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0
