"""What a copy of a text changed: by sentences first, inside a changed sentence by characters.

White space and the width of marks are no change: pages wrap and set the same text differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from cunzhao.organize.fold import fold
from cunzhao.organize.types import ChangeKind, TextChange

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;”’」』）)]*|[。！？；!?;]+")
_ALIKE = 0.5  # of two sentences' characters, below which one replaces the other whole
_LONGEST = 2_000  # characters compared one by one
_BRIDGE = 2  # equal characters between two changes that do not part them

Place = tuple[int, int]


def changes(original: str, copy: str) -> list[TextChange]:
    """What `copy` added, left out and changed, in the order of the texts."""
    ours, theirs = _sentences(original), _sentences(copy)
    matcher = SequenceMatcher(
        None, [_key(original, s) for s in ours], [_key(copy, s) for s in theirs], autojunk=False
    )
    found: list[TextChange] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            found += _changed(original, copy, ours, theirs, (i, j, k, m))
    return found


def _sentences(text: str) -> list[Place]:
    """The sentences that say something."""
    return [match.span() for match in _SENTENCE.finditer(text) if fold(match[0])]


def _key(text: str, place: Place) -> str:
    return fold(text[slice(*place)])


def _span(sentences: Sequence[Place], i: int, j: int) -> Place:
    """From sentence `i` up to `j`; of none, the place behind the one before."""
    if i < j:
        return sentences[i][0], sentences[j - 1][1]
    at = sentences[i - 1][1] if i else 0
    return at, at


def _changed(
    original: str, copy: str, ours: Sequence[Place], theirs: Sequence[Place], runs: tuple[int, int, int, int]
) -> Iterator[TextChange]:
    """A run of sentences in the place of another: in pairs while they are alike, what is left as a whole."""
    i, j, k, m = runs
    if fold(original[slice(*_span(ours, i, j))]) == fold(copy[slice(*_span(theirs, k, m))]):
        return  # wrapped otherwise
    while i < j and k < m and _resemble(original[slice(*ours[i])], copy[slice(*theirs[k])]):
        yield from _inside(original, copy, ours[i], theirs[k])
        i, k = i + 1, k + 1
    if i < j or k < m:
        yield _whole(_span(ours, i, j), _span(theirs, k, m))


def _whole(gone: Place, new: Place) -> TextChange:
    kind: ChangeKind = "added" if gone[0] == gone[1] else "left-out" if new[0] == new[1] else "changed"
    return TextChange(kind, gone, new)


def _resemble(a: str, b: str) -> bool:
    if max(len(a), len(b)) > _LONGEST:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _inside(original: str, copy: str, a: Place, b: Place) -> Iterator[TextChange]:
    """The changed characters of two sentences that are alike; changes that nearly touch are one."""
    matcher = SequenceMatcher(None, original[slice(*a)], copy[slice(*b)], autojunk=False)
    found: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if found and i - found[-1][1] <= _BRIDGE:
            found[-1] = (found[-1][0], j, found[-1][2], m)
        else:
            found.append((i, j, k, m))
    for i, j, k, m in found:
        kind: ChangeKind = "added" if i == j else "left-out" if k == m else "changed"
        if fold(original[a[0] + i : a[0] + j]) != fold(copy[b[0] + k : b[0] + m]):
            yield TextChange(kind, (a[0] + i, a[0] + j), (b[0] + k, b[0] + m))
