"""Several documents in one: a notice (通知) with the plan that it hands on (印发), and annexes (附件)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cunzhao.read.structure.fronttitle import carried_names, is_annex_label
from cunzhao.read.structure.imprint import is_imprint
from cunzhao.read.structure.official import read_official
from cunzhao.read.structure.titles import is_official_title
from cunzhao.read.types import Block, Heading, Part

Role = Literal["notice", "carried", "annex"]
_LAST = 8  # blocks at the end in which the imprint stands


def read_parts(text: str, blocks: Sequence[Block], outline: Sequence[Heading]) -> tuple[Part, ...]:
    """The documents, one for each title of level 1, in order and apart; empty where there is only one.

    The first is the notice, if its title is that of an official document; what it names, or else the next, is
    handed on; what stands under a line `附件` is an annex. Number, issuers and date are those of each itself.
    """
    titles = [h for h in outline if h.level == 1 and not h.run_in]
    if len(titles) < 2:
        return ()
    said = [b for b in blocks if b.kind != "noise"]
    starts = [_begin(text, said, h) for h in titles]
    starts = [said[0].start, *(max(a, b.end) for a, b in zip(starts[1:], titles, strict=False))]
    ends = [*starts[1:], _before_imprint(text, said)]
    first = titles[0]
    notice = is_official_title(first.title)
    named = carried_names(first.title) if notice else set()
    roles: list[Role] = ["notice" if notice else "carried"]
    for h, start in zip(titles[1:], starts[1:], strict=True):
        if "".join(h.title.split()) in named:
            roles.append("carried")
        elif start < h.start or "carried" in roles or not notice:
            roles.append("annex")
        else:
            roles.append("carried")
    pieces = zip(titles, starts, ends, roles, strict=True)
    return tuple(_part(text, blocks, h, (start, end), role) for h, start, end, role in pieces)


def _part(text: str, blocks: Sequence[Block], h: Heading, span: tuple[int, int], role: Role) -> Part:
    start, end = span
    own = [b for b in blocks if start <= b.start < end]
    fields = read_official(text, own, h.title)
    return Part(
        role=role,
        title=h.title,
        start=start,
        end=max(start + len(text[start:end].rstrip()), h.end),
        doc_number=fields.doc_number,
        issuers=fields.issuers,
        document_date=fields.document_date,
    )


def _begin(text: str, said: Sequence[Block], h: Heading) -> int:
    """Where the document of a title begins: at the line `附件2` above it."""
    at = next((i for i, b in enumerate(said) if b.start <= h.start < b.end), 0)
    above = said[at - 1] if at else None
    if above and is_annex_label(text[above.start : above.end]):
        return above.start
    return h.start


def _before_imprint(text: str, said: Sequence[Block]) -> int:
    """The end of the last document: copies and printing belong to the whole."""
    for b in said[-_LAST:]:
        if is_imprint(text[b.start : min(b.end, b.start + 200)]):
            return b.start
    return len(text)
