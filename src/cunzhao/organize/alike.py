"""Which texts are the same, wholly or in large part: cheap candidates first, then the texts themselves.

pairs = candidates(sketches)                    # no text is read
found = [p for p in pairs if alike(texts[p[0]], texts[p[1]])]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cunzhao.organize.fold import fold
from cunzhao.organize.sketch import PERMUTATIONS, Hashes, Sketch, shingles
from cunzhao.organize.types import Likeness, Pair

_BANDS = 32  # of four rows: two texts of which two fifths are the same share one more often than not
_NEAR = 50  # of more texts that share a hash each is compared with so many; the group is still one
_SHARED = 3  # sampled shingles that two texts must share
_SAMPLE_HELD = 0.3  # of the smaller sample; the texts themselves decide later
_HELD = 0.5  # "in large part"
_SHORT = 60  # shingles; of shorter texts most have to be the same
_SHORT_SAME = 0.8
_FIGURES = 4  # so many figures tell two issues of one report apart
_FIGURES_HELD = 0.6


def candidates(sketches: Sequence[Sketch], new: Sequence[bool] | None = None) -> list[Pair]:
    """Pairs (i, j), i < j, that may be alike; with `new`, only those of which one is marked there.

    In memory and linear: 100,000 sketches take seconds.
    """
    if len(sketches) < 2:
        return []
    pairs = np.union1d(_by_digest(sketches), _by_sample(sketches))
    first, second = pairs // len(sketches), pairs % len(sketches)
    if new is not None:
        marked = np.asarray(new, bool)
        wanted = marked[first] | marked[second]
        first, second = first[wanted], second[wanted]
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _by_digest(sketches: Sequence[Sketch]) -> npt.NDArray[np.int64]:
    """Pairs whose MinHash is the same in one band, as i * n + j."""
    digests = np.stack([s.digest for s in sketches])
    width = PERMUTATIONS // _BANDS
    owners = np.arange(len(sketches))
    found = [_neighbours(_row_keys(digests[:, b : b + width]), owners) for b in range(0, PERMUTATIONS, width)]
    return np.unique(np.concatenate(found))


def _row_keys(rows: npt.NDArray[np.uint32]) -> Hashes:
    """One number for each row."""
    keys = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        keys = keys * np.uint64(0x9E3779B97F4A7C15) + column
    return keys


def _by_sample(sketches: Sequence[Sketch]) -> npt.NDArray[np.int64]:
    """Pairs that share enough of the smaller sample, as i * n + j."""
    sizes = np.array([len(s.sample) for s in sketches])
    owners = np.repeat(np.arange(len(sketches)), sizes)
    pairs, counts = np.unique(
        _neighbours(np.concatenate([s.sample for s in sketches]), owners), return_counts=True
    )
    smaller = np.minimum(sizes[pairs // len(sketches)], sizes[pairs % len(sketches)])
    return np.asarray(pairs[(counts >= _SHARED) & (counts >= _SAMPLE_HELD * smaller)], np.int64)


def _neighbours(keys: Hashes, owners: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Pairs of owners with the same key, once for each key, as smaller * n + larger."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    count = int(owners.max()) + 1 if len(owners) else 0
    found = [np.empty(0, np.int64)]
    for apart in range(1, _NEAR + 1):
        same = keys[apart:] == keys[:-apart]
        if not same.any():
            break
        a, b = owners[apart:][same], owners[:-apart][same]
        found.append(np.minimum(a, b) * count + np.maximum(a, b))
    return np.concatenate(found)


def alike(a: str, b: str) -> Likeness | None:
    """How much two texts are the same; None where they are not in large part.

    Two issues of one report (last month's and this month's) share their sentences but not their figures:
    they are not alike.
    """
    ours, theirs = shingles(a), shingles(b)
    both = len(np.intersect1d(ours, theirs, assume_unique=True))
    likeness = Likeness(same=both / (len(ours) + len(theirs) - both), held=both / min(len(ours), len(theirs)))
    short = min(len(ours), len(theirs)) < _SHORT
    enough = likeness.same >= _SHORT_SAME if short else likeness.held >= _HELD
    return likeness if enough and _same_figures(a, b, shorter_first=len(ours) <= len(theirs)) else None


def _same_figures(a: str, b: str, *, shorter_first: bool) -> bool:
    ours, theirs = (a, b) if shorter_first else (b, a)
    wanted, there = (set(re.findall(r"\d+(?:\.\d+)?", fold(text))) for text in (ours, theirs))
    return len(wanted) < _FIGURES or len(wanted & there) >= _FIGURES_HELD * len(wanted)
