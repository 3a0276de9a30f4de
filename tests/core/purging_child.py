"""A process that saves and purges until it is killed: `python -m tests.core.purging_child HOME DATABASE SEED`.

Prints `kept SNAPSHOT NUMBER` and `gone NUMBER` once it is so, and `going NUMBER` before a purge begins.
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

from cunzhao.collect.types import Entry
from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.archive.making import capture, exchange, requisite

SHARED = b"p{}" * 700


def body_of(number: str) -> bytes:
    """A page that no other contains; half of it does not shrink."""
    return (
        f"<html><title>{number}</title><p>[{number}] ".encode()
        + random.Random(number).randbytes(2000).hex().encode()
    )


def main(home: str, database: str, seed: str) -> None:
    choose = random.Random(seed)
    with Core.open(Settings(home=Path(home), database=database, warc_max_bytes=12_000)) as core:
        core._deriver.derive = lambda _: None  # type: ignore[method-assign]  # reading takes the time of ten purges
        print("ready", flush=True)
        kept: list[tuple[str, str]] = []
        for n in itertools.count():
            number = f"{seed}-{n}"
            url = f"http://g.example/{number}"
            css = requisite("stylesheet", "http://g.example/s.css", SHARED, "text/css")
            row, _ = core._saver.keep(capture(exchange(url, body_of(number)), css), Entry(url=url))
            print("kept", row.snapshot, number, flush=True)
            kept.append((core.link_of(row.snapshot or ""), number))
            if len(kept) > 2:
                link, gone = kept.pop(choose.randrange(len(kept)))
                print("going", gone, flush=True)
                core.remove(link)
                core.purge(link)
                print("gone", gone, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
