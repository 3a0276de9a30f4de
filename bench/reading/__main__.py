"""Reading of web pages side by side, in one run: ours and what `others.py` finds in an environment apart.

    python -m bench.reading --others PATH/TO/python [--pages 5] [--first 0] [--speed 40]

Prints the F1 of the main text (four-character grams) over the templates of tests/read/sites, tuned and held
out, and pages of 50 KB a second and core: absolute for this machine and, worth quoting, the ratio.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from tests.read.sites import HELD_OUT, TEMPLATES, page
from tests.read.sites.parts import Page
from tests.read.sites.score import body_f1, body_of

from cunzhao.read import read

_PAGE_BYTES = 50_000


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--others", type=Path, help="python of the environment with the other programs")
    ask.add_argument("--pages", type=int, default=5, help="pages of each template")
    ask.add_argument("--first", type=int, default=0, help="number of the first page")
    ask.add_argument("--speed", type=int, default=40, help="pages for the speed")
    said = ask.parse_args()
    pages = [page(name, said.first + n) for name in TEMPLATES for n in range(said.pages)]
    big = [padded(page(name, 4).html) for name in list(TEMPLATES)[: said.speed]]
    html = [made.html for made in pages]
    texts = {"cunzhao": [body_of(read(x.encode(), mime="text/html")) for x in html]}
    seconds = {"cunzhao": our_seconds(big)}
    if said.others:
        texts |= {tool: [text for text, _ in rows] for tool, rows in others(said.others, html).items()}
        seconds |= {tool: sum(s for _, s in rows) for tool, rows in others(said.others, big).items()}
    show(pages, texts, {tool: len(big) / s for tool, s in seconds.items()})


def padded(html: str) -> str:
    """A page brought to 50 KB as sites do it: a list of links, styles and scripts."""
    missing = max(0, _PAGE_BYTES - len(html.encode()))
    links = "".join(f'<li><a href="/x/{n}.html">频道{n}</a></li>' for n in range(min(150, missing // 50)))
    missing -= len(links.encode())
    script = "<script>" + "var track=function(a,b){return a+b};" * max(0, missing // 36) + "</script>"
    return html.replace("</body>", f'<ul class="channels">{links}</ul>{script}</body>')


def our_seconds(pages: Sequence[str]) -> float:
    data = [html.encode() for html in pages]
    read(data[0], mime="text/html")  # imports
    begun = time.process_time()
    for one in data:
        read(one, mime="text/html")
    return time.process_time() - begun


def others(python: Path, pages: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """Text and processor seconds of each page by each tool."""
    asked = "\n".join(json.dumps({"html": html}) for html in pages)
    script = Path(__file__).with_name("others.py")
    told = subprocess.run([python, script], input=asked, capture_output=True, text=True, check=True).stdout
    found: dict[str, list[tuple[str, float]]] = {}
    for row in map(json.loads, told.splitlines()):
        found.setdefault(row["tool"], []).append((row["text"], row["seconds"]))
    return found


def show(pages: Sequence[Page], texts: dict[str, list[str]], speeds: dict[str, float]) -> None:
    print("| tool | F1 tuned | F1 held out | F1 all | pages ≥ 0.9 | 50 KB pages/s | ours is … as fast |")
    print("|---|---|---|---|---|---|---|")
    for tool, found in texts.items():
        scores = [body_f1(text, made) for text, made in zip(found, pages, strict=True)]
        held = [s for s, made in zip(scores, pages, strict=True) if made.template in HELD_OUT]
        tuned = [s for s, made in zip(scores, pages, strict=True) if made.template not in HELD_OUT]
        good = sum(s >= 0.9 for s in scores)
        ratio = speeds["cunzhao"] / speeds[tool]
        print(
            f"| {tool} | {mean(tuned):.4f} | {mean(held):.4f} | {mean(scores):.4f} | {good}/{len(scores)} "
            f"| {speeds[tool]:.0f} | {ratio:.1f} |"
        )


if __name__ == "__main__":
    main()
