"""Cheap opinions which run of a page's lines is its main text; `maintext` chooses between them.

descended   from the body down while one child holds nearly all running text
heaviest    the element whose own paragraphs weigh most (the idea of readability)
known       containers that Chinese site systems are known to use
titled      what stands behind the title within the smallest element that holds both
alike       the paragraphs that stand at the same depth in the same kind of container, most behind the title
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from cunzhao.read.page.layout import LITTLE, PARAGRAPHS, Layout, stand

Span = tuple[int, int]  # lines, end exclusive
_KNOWN = re.compile(
    r"""
    (?:^|[\s_-])(?:zoom|ozoom|trs_\w{0,20}|article[-_]?(?:content|body|text|con|main|detail|txt|cont)|
    ucap-?content|ucapcontent|news[-_]?(?:content|text|txt|con|body|detail|article)s?|main[-_]?(?:content|
    text|body)|con_?text|con_?txt|txt_?con|text_?con|rm_txt_con|content(?:[-_]?(?:area|body|box|text|main|
    detail|article|all|wrap|left|con|txt))?|entry[-_]?content|post[-_]?(?:content|body|text)|
    pages_content|detail[-_]?(?:content|con|text|main|body|txt)|info[-_]?(?:content|con|text)|xl_con\w*|
    wp_articlecontent|v_news_content|rich_media_content|bt[-_]content|arti?body|endtext|mainbody|
    vsb_?content\w*|text_content|view[-_]?(?:content|con|main)|js_content|p-detail|ivs_content|left_zw|
    show_text|zhengwen|neirong|wenzhang|nr_?con\w*|xw_?con\w*|wz_?con\w*|wznr|zw_?(?:con\w*|nr)|
    founder-content|cnt-main-article-qq|artical_real|t_f|story-?body|maintext|conttxt|arc-?body|
    arccontent|articletext|gknbxq_detail|tys-main-zt-show|easysite-news-text|xilan_con)(?:$|\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAVES = PARAGRAPHS - {"table"} | {"span", "font", "strong", "b", "a", "pre"}
_TITLED = 3


def candidates(layout: Layout, title_at: int | None) -> list[tuple[str, Span]]:
    """The opinions, named; several may say the same."""
    elements = [
        ("known", known_container(layout)),
        ("descended", _descended(layout)),
        ("heaviest", _heaviest(layout)),
    ]
    found = [(name, layout.spans[e]) for name, e in elements if e is not None and e in layout.spans]
    if title_at is not None:
        found += [("titled", span) for span in _titled(layout, title_at)]
    alike = _alike(layout, title_at)
    return found + ([("alike", alike)] if alike else [])


def is_known(element: html.HtmlElement) -> bool:
    return any(_KNOWN.search(element.get(key, "")) for key in ("id", "class")) or element.tag in (
        "ucapcontent",
        "founder-content",
    )


def known_container(layout: Layout) -> html.HtmlElement | None:
    """The known container with the most running text; of nested ones the innermost that keeps it all."""
    named = [e for e in layout.root.iter() if isinstance(e.tag, str) and e in layout.spans and is_known(e)]
    named = [e for e in named if e.tag not in ("html", "body")]
    if not named:
        return None
    most = max(map(layout.held, named))
    return next(e for e in reversed(named) if layout.held(e) >= 0.9 * most)


def _descended(layout: Layout) -> html.HtmlElement | None:
    """The smallest container that still holds nearly all running text of the page."""
    node = layout.root
    if not layout.held(node):
        return None
    while True:
        best = max(node, key=layout.held, default=None)
        if best is None or layout.held(best) < 0.85 * layout.held(node) or not _is_container(layout, best):
            return node
        node = best


def _is_container(layout: Layout, element: html.HtmlElement) -> bool:
    if str(element.tag) in _LEAVES:
        return False
    return any(layout.held(child) > 0 or child.tag == "br" for child in element)


def _heaviest(layout: Layout) -> html.HtmlElement | None:
    """The element whose paragraphs weigh most: a line counts for its parent, half for its grandparent."""
    scores: dict[html.HtmlElement, float] = {}
    for line, heavy in zip(layout.lines, layout.weights, strict=True):
        if str(line.element.tag) not in PARAGRAPHS:
            scores[line.element] = scores.get(line.element, 0.0) + heavy
            heavy *= 0.6
        for ancestor, share in zip(line.element.iterancestors(), (1.0, 0.5), strict=False):
            scores[ancestor] = scores.get(ancestor, 0.0) + heavy * share
    best = max(scores, key=lambda e: scores[e], default=None)
    return best if best is not None and scores[best] > 0 else None


def _titled(layout: Layout, title_at: int) -> Iterator[Span]:
    """What stands behind the title in the elements round it, each time that one holds much more."""
    element: html.HtmlElement | None = layout.lines[title_at].element
    said = 25.0
    for _ in range(_TITLED):
        while element is not None and layout.weight(title_at + 1, layout.spans[element][1]) < said:
            element = element.getparent()
        if element is None:
            return
        end = layout.spans[element][1]
        yield title_at + 1, end
        said = layout.weight(title_at + 1, end) * 1.3


def below_title(layout: Layout, title_at: int) -> Span | None:
    """What stands behind the title in the smallest element round it that says anything more outside links."""
    element: html.HtmlElement | None = layout.lines[title_at].element
    while element is not None:
        span = title_at + 1, layout.spans[element][1]
        if layout.chars(*span) - layout.linked(*span) >= LITTLE:
            return span
        element = element.getparent()
    return None


def _alike(layout: Layout, title_at: int | None) -> Span | None:
    """From the first to the last paragraph that stands as the most running text does."""
    runs: dict[tuple[object, ...], list[int]] = {}
    for i, line in enumerate(layout.lines):
        if layout.prose[i]:
            runs.setdefault(stand(line), []).append(i)
    behind = title_at if title_at is not None else -1

    def worth(at: list[int]) -> float:
        return sum(layout.weights[i] * (1.0 if i > behind else 0.2) for i in at)

    best = max(runs.values(), key=worth, default=None)
    if best is None:
        return None
    first, end = layout.spans[layout.holding(best[0], best[-1])]
    return (max(first, behind + 1) if behind < end else first), max(end, best[-1] + 1)
