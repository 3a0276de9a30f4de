"""Reposts (转载): texts that are alike as groups, and which of a group is likely the original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from cunzhao.organize.types import Copy, Original, Pair


def groups(pairs: Iterable[Pair]) -> list[tuple[int, ...]]:
    """Everything that hangs together by pairs, each group sorted, the groups by their first member."""
    head: dict[int, int] = {}

    def first(i: int) -> int:
        while head.setdefault(i, i) != i:
            head[i] = i = head[head[i]]
        return i

    for a, b in pairs:
        ours, theirs = sorted((first(a), first(b)))
        head[theirs] = ours
    members: dict[int, list[int]] = {}
    for i in sorted(head):
        members.setdefault(first(i), []).append(i)
    return [tuple(group) for group in members.values()]


def original(copies: Sequence[Copy]) -> Original:
    """Which copy is likely the original: the earliest; on one day the one whose source the others name.

    Among equals the one of the earlier hour, then the longest. Reasons: "earliest", "attributed", "longest",
    "only-dated"; none where nothing speaks for it. `source` is whom most copies name; it may be none of them.
    """
    named = Counter(name for copy in copies if (name := plain_source(copy.source)))
    source, times = named.most_common(1)[0] if named else ("", 0)

    def order(i: int) -> tuple[str, bool, str, int]:
        copy = copies[i]
        strange = bool(source) and plain_source(copy.source) != source
        return copy.date[:10] or "9", strange, copy.date[10:] or "~", -len(copy.text)

    best = min(range(len(copies)), key=order)
    copy, others = copies[best], [c for i, c in enumerate(copies) if i != best]
    dated = [c.date[:10] for c in others if c.date]
    reasons = []
    if copy.date and not dated:
        reasons.append("only-dated")
    elif copy.date and copy.date[:10] < min(dated, default="9"):
        reasons.append("earliest")
    if times > 1 and plain_source(copy.source) == source:
        reasons.append("attributed")
    if all(len(copy.text) > len(c.text) for c in others):
        reasons.append("longest")
    return Original(index=best, reasons=tuple(reasons), source=source or None)


def plain_source(source: str | None) -> str:
    """A source's name without book-title marks, spaces and what surrounds it."""
    return re.sub(r"[《》<>〈〉“”\"\s]|^[（(]|[）)]$|^(?:来源|摘自|转自|据)[：:]?", "", source or "")
