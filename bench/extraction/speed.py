"""Kilobytes of UTF-8 a second and core, and memory, by the length of the text."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

from bench.extraction.documents import ROOT, training

from cunzhao.extract import extract, extract_in_turn
from cunzhao.read import read
from cunzhao.read.types import Block, Document, Heading

SIZES_MB = (0.1, 0.5, 2.0, 8.0, 32.0)
WARM_UP = "绍兴市2018年旅游总收入351.8亿元，增长16.2%。"


def show_sizes() -> None:
    """Each size in a process of its own: its peak is its own."""
    print("| MB of text | facts | KB/s and core | peak MB before | with facts | MB per MB of text |")
    print("|---|---|---|---|---|---|")
    for size in SIZES_MB:
        asked = [sys.executable, "-m", "bench.extraction.speed", str(size)]
        told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        one = json.loads(told)
        grown = (one["after"] - one["before"]) / one["mb"]
        print(
            f"| {one['mb']:.2f} | {one['facts']:,} | {one['mb'] * 1000 / one['seconds']:.0f} "
            f"| {one['before']:.0f} | {one['after']:.0f} | {grown:.0f} |"
        )


def of_size(megabytes: float) -> dict[str, float]:
    """The training documents, end to end and again, until the size is reached. How long reading takes is
    not measured here."""
    document = end_to_end([one.document for one in training()], megabytes * 1e6)
    extract(read(WARM_UP.encode(), mime="text/plain", name="short.txt"))  # lexicons are loaded once
    size = len(document.text.encode()) / 1e6
    before, begun = _peak_mb(), time.process_time()
    facts = sum(1 for _ in extract_in_turn(document))
    seconds = time.process_time() - begun
    return {"mb": size, "facts": facts, "seconds": seconds, "before": before, "after": _peak_mb()}


def end_to_end(documents: Sequence[Document], size: float) -> Document:
    """One document of at least `size` bytes of UTF-8, with the blocks and headings of its parts."""
    texts: list[str] = []
    blocks: list[Block] = []
    heads: list[Heading] = []
    at = done = 0
    for one in cycle(documents):
        texts.append(one.text)
        blocks += (replace(block, start=block.start + at, end=block.end + at) for block in one.blocks)
        heads += (replace(head, start=head.start + at, end=head.end + at) for head in one.outline)
        at += len(one.text) + 1
        done += len(one.text.encode()) + 1
        if done >= size:
            break
    return Document(text="\n".join(texts), blocks=tuple(blocks), outline=tuple(heads))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    print(json.dumps(of_size(float(sys.argv[1]))))
