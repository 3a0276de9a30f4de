"""Where a chosen text begins and ends: a lead above it comes in, scraps above and below it go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.layout import PARAGRAPHS, Layout, stand, weight
from cunzhao.read.page.phrases import ENACTED, SUMMARY

Clean = Callable[[Sequence[PageLine]], list[PageLine]]
Body = tuple[PageLine, ...]
_SENTENCE = re.compile("[，。；！？：,;!?:]|[.](?= |$)")
_NEAR = 16  # lines between title and text among which a lead is looked for
_LEAD = 0.6  # of the text's length, that a lead may have
_SAME = 15  # characters by which a summary is known to repeat the text
_SCRAP = 40  # characters of a line without a sentence that may be a scrap


def with_edges(layout: Layout, title_at: int | None, body: Body, clean: Clean) -> Body:
    """`body`, chosen from the lines of `layout`, with its lead and without the scraps round it."""
    at = {id(line): i for i, line in enumerate(layout.lines)}
    return _with_lead(layout, title_at, _without_scraps(layout, body, at), clean, at)


def _with_lead(layout: Layout, title_at: int | None, body: Body, clean: Clean, at: dict[int, int]) -> Body:
    """With a first paragraph that stands between title and text in a box of its own (导语, 核心提示)."""
    first = at[id(body[0])] if body else 0
    if title_at is None or not title_at < first <= title_at + _NEAR:
        return body
    between = clean(layout.lines[title_at + 1 : first])
    prose = [i for i, x in enumerate(between) if layout.prose[at[id(x)]] or ENACTED.fullmatch(x.text)]
    if between and not prose and between[-1] is layout.lines[first - 1] and _is_subhead(between[-1]):
        return (between[-1], *body)
    if not prose or sum(weight(between[i]) for i in prose) > _LEAD * sum(map(weight, body)):
        return body
    begins = "".join("".join(x.text.split()) for x in body[:4])
    lead = [x for x in between[prose[0] :] if _begin(x) not in begins]
    return (*lead, *body)


def _begin(line: PageLine) -> str:
    return "".join(SUMMARY.sub("", line.text, count=1).split())[:_SAME]


def _without_scraps(layout: Layout, body: Body, at: dict[int, int]) -> Body:
    """Without short lines above and below the sentences that stand elsewhere than these do."""
    prose = [i for i, line in enumerate(body) if layout.prose[at[id(line)]]]
    if not prose:
        return body
    stands = {stand(body[i]) for i in prose}
    holding = layout.holding(at[id(body[prose[0]])], at[id(body[prose[-1]])])
    above = holding.getparent() if str(holding.tag) in PARAGRAPHS else None
    first, end = layout.spans[holding if above is None else above]

    def is_scrap(line: PageLine, stranger: bool) -> bool:
        short = len(line.text) <= _SCRAP and not _SENTENCE.search(line.text)
        return short and line.kind != "table" and not line.file and stranger

    begin, stop = 0, len(body)
    while begin < prose[0] and is_scrap(
        body[begin], not _is_subhead(body[begin]) and stand(body[begin]) not in stands
    ):
        begin += 1
    while stop - 1 > prose[-1] and is_scrap(
        body[stop - 1], not first <= at[id(body[stop - 1])] < end or _is_subhead(body[stop - 1])
    ):
        stop -= 1
    return body[begin:stop]


def _is_subhead(line: PageLine) -> bool:
    return line.kind == "heading"
