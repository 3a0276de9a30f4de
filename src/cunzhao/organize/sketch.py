"""What a text is compared with others by: a MinHash of its shingles and a sample of them.

A shingle is five characters running, of the folded text without marks and spaces. The MinHash (128
permutations, by rensa) finds texts that are alike as a whole, short ones too; the sample (every shingle whose
hash falls in a sixteenth of the range) finds a text that stands inside a longer one, which MinHash misses.

Sources: A. Broder, On the resemblance and containment of documents, 1997; the sample is his modulo sketch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from cunzhao.organize.fold import fold

Hashes = npt.NDArray[np.uint64]

PERMUTATIONS = 128
_SHINGLE = 5
_SAMPLED = np.uint64(2**64 // 16)  # hashes below it are in the sample
_SEED = 1
_BASE = 1_000_003
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))  # of splitmix64
_MARKS = re.compile(r"[\W_]+")
_DIGEST = PERMUTATIONS * 4  # bytes


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """`digest`: shape (128,), uint32; `sample`: sorted, uint64; `shingles`: how many the text has."""

    digest: npt.NDArray[np.uint32]
    sample: Hashes
    shingles: int

    def to_bytes(self) -> bytes:
        size = np.array([self.shingles], "<u4").tobytes()
        return size + self.digest.astype("<u4").tobytes() + self.sample.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch:
        """The inverse of `to_bytes`."""
        digest = np.frombuffer(data, "<u4", PERMUTATIONS, offset=4)
        sample = np.frombuffer(data, "<u8", offset=4 + _DIGEST)
        return cls(digest, sample, int(np.frombuffer(data, "<u4", 1)[0]))


def shingles(text: str) -> Hashes:
    """The distinct shingles of a text as hashes, sorted; a text of fewer than five characters has one."""
    bare = _MARKS.sub("", fold(text))
    points = np.frombuffer(bare.encode("utf-32-le", "replace"), "<u4").astype(np.uint64)
    count = max(1, len(points) - _SHINGLE + 1)
    hashes = np.zeros(count, np.uint64)
    for k in range(min(_SHINGLE, len(points))):
        hashes = hashes * np.uint64(_BASE) + points[k : k + count]
    return cast(Hashes, np.unique(_mixed(hashes)))


def sketches(texts: Sequence[str]) -> list[Sketch]:
    """The sketches of the texts, in order; many at once are made faster than one by one."""
    if not texts:
        return []
    found = [shingles(text) for text in texts]
    offsets = np.concatenate([[0], np.cumsum([len(hashes) for hashes in found])]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(found), offsets, PERMUTATIONS, _SEED
    )
    rows = np.array(matrix.to_rows(), np.uint32)
    return [
        Sketch(digest, hashes[hashes < _SAMPLED], len(hashes))
        for digest, hashes in zip(rows, found, strict=True)
    ]


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit depends on every other: a polynomial's high bits alone would not be fair."""
    for shift, factor in zip((30, 27), _MIX, strict=True):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * factor
    return cast(Hashes, hashes ^ (hashes >> np.uint64(31)))
