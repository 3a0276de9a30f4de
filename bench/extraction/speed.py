"""Kilobytes of UTF-8 a second and core, and memory, by the length of the text."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from bench.extraction.documents import ROOT, training

from cunzhao.extract import extract
from cunzhao.read import read

SIZES_MB = (0.1, 0.5, 2.0, 8.0)
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
    """The training documents, end to end and again, brought to a size; read in another process."""
    whole = b"\n".join(document.path.read_bytes() for document in training())
    data = (whole * (int(megabytes * 1e6 / len(whole)) + 1))[: int(megabytes * 1e6)]
    data = data.decode("utf-8", "ignore").encode()
    with ProcessPoolExecutor(1) as pool:
        document = pool.submit(read, data, mime="text/plain", name="long.txt").result()
    extract(read(WARM_UP.encode(), mime="text/plain", name="short.txt"))  # lexicons are loaded once
    before, begun = _peak_mb(), time.process_time()
    facts = extract(document)
    seconds = time.process_time() - begun
    size = {"mb": len(data) / 1e6, "facts": len(facts), "seconds": seconds}
    return {**size, "before": before, "after": _peak_mb()}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    print(json.dumps(of_size(float(sys.argv[1]))))
