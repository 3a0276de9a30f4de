"""Reposts among many documents, in one run: how long, and how many copies of each kind are found.

    python -m bench.reposts [--documents 100000] [--copies 200] [--length 1000]

Generated texts as in `bench.search`, and beside them copies of four kinds: a by-line added, 15% cut off, one
character in fifty edited, half kept. Says what MinHash alone would find (its bands, no sample of shingles),
how many pairs are proposed that are no copies, and seconds as ratios to reading all texts once (`fold`).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from bench.search import generated

from cunzhao.organize import alike, reposts
from cunzhao.organize.fold import fold
from cunzhao.organize.sketch import sketches

KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "by-line": lambda text, rng: "新华社记者报道" + text + "责任编辑",
    "15% cut": lambda text, rng: text[: len(text) * 85 // 100],
    "2% edited": lambda text, rng: "".join(
        chr(0x4E00 + rng.randrange(9000)) if rng.random() < 0.02 else c for c in text
    ),
    "half kept": lambda text, rng: text[len(text) // 4 : len(text) * 3 // 4],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--copies", type=int, default=200, help="of each kind")
    parser.add_argument("--length", type=int, default=1_000, help="characters of a text")
    wanted = parser.parse_args()
    rng = random.Random(3)
    texts = generated(wanted.documents - wanted.copies * len(KINDS), wanted.length)
    kind_of: dict[int, tuple[str, int]] = {}
    for kind, made in KINDS.items():
        for i in rng.sample(range(wanted.documents - wanted.copies * len(KINDS)), wanted.copies):
            kind_of[len(texts)] = (kind, i)
            texts.append(made(texts[i], rng))
    print(f"{len(texts)} documents of {wanted.length} characters")

    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        begun = time.perf_counter()
        result = work()
        seconds[name] = time.perf_counter() - begun
        return result

    timed("fold", lambda: [fold(text) for text in texts])
    made_of = timed(
        "sketches", lambda: [s for at in range(0, len(texts), 1000) for s in sketches(texts[at : at + 1000])]
    )
    pairs = timed("candidates", lambda: alike.candidates(made_of))
    found = timed("compared", lambda: [pair for pair in pairs if alike.alike(texts[pair[0]], texts[pair[1]])])
    timed("groups", lambda: reposts.groups(found))
    bands = alike._by_digest(made_of)
    by_bands = {(int(p) // len(texts), int(p) % len(texts)) for p in bands}

    for name, took in seconds.items():
        print(f"{name:>12} {took:8.1f} s   {took / seconds['fold']:6.2f} × fold")
    print(f"{'all':>12} {sum(seconds.values()) - seconds['fold']:8.1f} s")
    origin = {copy: i for copy, (_, i) in kind_of.items()}
    strange = sum(origin.get(a, a) != origin.get(b, b) for a, b in found)
    print(f"{len(pairs)} pairs looked at, {len(found)} alike, {strange} of them texts of different origin")
    for kind in KINDS:
        ours = {(i, copy) for copy, (k, i) in kind_of.items() if k == kind}
        both, bare = len(ours & set(found)), len(ours & by_bands)
        print(f"{kind:>12} found {both} of {len(ours)}, by MinHash alone {bare}")


if __name__ == "__main__":
    main()
