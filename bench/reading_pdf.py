"""Reading PDF side by side, in one run: our reader against PDFium's bare text, on a file made here.

    python bench/reading_pdf.py [--pages 300] [--picture-mb 100]

The file has columns, ruled tables, running heads and page numbers; a second one carries pictures of that many
megabytes. Prints processor seconds of this machine, the ratio, and the most memory that a process of its own
took for each.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

from cunzhao.read import read

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.read.pdfs import Page, Placed, pdf

_WORDS = (
    "全市",
    "各地",
    "推进",
    "产业",
    "转型",
    "升级",
    "建设",
    "交通",
    "项目",
    "投资",
    "完成",
    "增长",
    "改革",
    "创新",
)


def made(pages: int, seed: int = 2026) -> bytes:
    """Pages of about 1,000 characters: text in two columns, each third page with a ruled table."""
    rng = random.Random(seed)

    def column(left: float, top: float, count: int) -> list[Placed]:
        return [
            (
                left,
                top - 16 * n,
                10,
                "".join(rng.choices(_WORDS, k=11))[:22] if n % 7 else "　　" + rng.choice(_WORDS) * 10,
            )
            for n in range(count)
        ]

    made: list[Page] = []
    for number in range(1, pages + 1):
        text: list[Placed] = [(60, 810, 9, "公报 2026年第3期"), (290, 30, 9, f"— {number} —")]
        rules: list[tuple[float, float, float, float]] = []
        if number % 3:
            text += column(60, 780, 45) + column(310, 780, 45)
        else:
            ys = [780 - 20 * n for n in range(31)]
            xs = [60 + 120 * n for n in range(5)]
            rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
            text += [
                (x + 3, y - 14, 10, f"{rng.choice(_WORDS)}{rng.random() * 1000:.1f}")
                for y in ys[:-1]
                for x in xs[:-1]
            ]
        made.append(Page(text=text, rules=rules))
    return pdf(made)


def with_pictures(data: bytes, megabytes: int) -> bytes:
    """The file with pictures that are not to be decoded."""
    picture = b"<< /Type /XObject /Subtype /Image /Width 1000 /Height 1000 /ColorSpace /DeviceGray "
    picture += b"/BitsPerComponent 8 "
    pixels = random.Random(1).randbytes(1_000_000)
    head, _, rest = data.partition(b"1 0 obj")
    more = b"".join(
        b"%d 0 obj\n%s/Length 1000000 >> stream\n%s\nendstream\nendobj\n" % (100_000 + n, picture, pixels)
        for n in range(megabytes)
    )
    return head + more + b"1 0 obj" + rest  # offsets are wrong now: PDFium finds the objects by looking


def bare(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    said = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        said += len(textpage.get_text_range())
        textpage.close()
        page.close()
    return said


def ours(data: bytes) -> int:
    return len(read(data, mime="application/pdf").text)


def measured(work: Callable[[bytes], int], data: bytes) -> tuple[int, float, float]:
    """What `work` counts, its processor seconds, and the megabytes its own process took at most."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, data))


def _measured(work: Callable[[bytes], int], data: bytes) -> tuple[int, float, float]:
    began = time.process_time()
    said = work(data)
    return said, time.process_time() - began, _most_megabytes()


def _most_megabytes() -> float:
    """The most memory this process took (Linux; `ru_maxrss` would count that of its parent)."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--picture-mb", type=int, default=100)
    args = parser.parse_args()
    text = made(args.pages)
    for name, data in (("text", text), ("pictures", with_pictures(text, args.picture_mb))):
        seconds: dict[str, float] = {}
        for who, work in (("PDFium", bare), ("cunzhao", ours)):
            said, seconds[who], most = measured(work, data)
            print(
                f"{name:9} {len(data) / 1e6:7.1f} MB  {args.pages} pages  {who:8} {said:8,} characters "
                f"{seconds[who]:6.2f} s  {most:6.0f} MB"
            )
        print(f"{name:9} ours takes {seconds['cunzhao'] / seconds['PDFium']:.1f} times as long as bare text")


if __name__ == "__main__":
    main()
