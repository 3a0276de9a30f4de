"""The whole results page at size: a data folder of made-up documents, indexed as the product does it.

    python -m bench.search_page [--passages 1000000] [--each 10] [--queries 200] [--home FOLDER] [--write]

Rows are written straight into the database (SQLite), then `Core.open` hands them to the search index in
the product's own way. Asked is `/search`: hits with snippets, facets, facts beside them, rendered; in this
process, without a network; first alone, then while documents come in: one by one, as a browser or two
capture them, and as many as go in, ten at a time, as when an archive is brought in. `--home` keeps the
folder and uses it again; --write puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from bench.passages import generated, made
from starlette.testclient import TestClient

from bench import tables
from cunzhao.core import Core
from cunzhao.settings import load
from cunzhao.storage.database import open_database
from cunzhao.storage.models import DocumentRow, FactRow, Link, LinkTag, Snapshot
from cunzhao.web.application import app

BATCH = 5_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def rows(passages: int, each: int) -> Iterator[dict[Any, list[dict[str, Any]]]]:
    """Rows by table, a batch of documents at a time; two figures in each document."""
    texts = generated(passages)
    numbers = iter(range(passages // each))
    while batch := list(islice(numbers, BATCH)):
        found: dict[Any, list[dict[str, Any]]] = {
            t: [] for t in (Link, LinkTag, Snapshot, DocumentRow, FactRow)
        }
        for n in batch:
            document = made(n, "\n".join(islice(texts, each)))
            url = f"https://www.example.gov.cn/{n}.html"
            link, snapshot = {"id": f"L{n:015}", "url": url}, {"id": document.snapshot}
            found[Link].append(
                {**link, "added": NOW, "given": True, "best_id": document.snapshot, "title": ""}
            )
            found[LinkTag] += [{"link_id": link["id"], "tag": tag} for tag in document.tags]
            told = {"engine": "http", "requested_url": url, "final_url": url, "captured": NOW, "seconds": 0.1}
            kept = {"bytes": 9_000, "missing": [], "link_id": link["id"], "verdict": document.verdict}
            found[Snapshot].append({**snapshot, **told, **kept})
            text = {"title": document.title, "text": document.text, "source": document.source, "document": {}}
            state = {"published": document.date, "indexed": False, "observed": 99}
            found[DocumentRow].append({"snapshot_id": document.snapshot, **text, **state})
            found[FactRow] += [fact(document.snapshot, document.text, at) for at in (60, 120)]
        yield found


def fact(snapshot: str, text: str, at: int) -> dict[str, Any]:
    quote = text[at : at + 8]
    said = {"fields": {"indicator": quote[:4], "region": "绍兴市", "period": "2025"}, "why": []}
    place = {"start": at, "end": at + 8, "quote": quote, "kind": "figure"}
    return {
        "snapshot_id": snapshot,
        **place,
        **said,
        "extractor": "bench",
        "version": "1",
        "confidence": None,
    }


def fill(home: Path, passages: int, each: int) -> None:
    database = open_database(load({}, home=home))
    for found in rows(passages, each):
        with database.writing() as session:
            for table, values in found.items():
                if values:
                    session.execute(sa.insert(table), values)
    database.close()


def queries(passages: int, each: int, many: int) -> dict[int, list[str]]:
    rng = random.Random(11)
    chosen = set(rng.sample(range(passages), many * 2))
    cut: dict[int, list[str]] = {2: [], 4: []}
    for n, text in enumerate(generated(passages)):
        if n in chosen:
            length = 2 if len(cut[2]) <= len(cut[4]) else 4
            at = rng.randrange(0, len(text) - 5)
            cut[length].append(text[at : at + length])
    return cut


def measure(home: Path, passages: int, each: int, many: int) -> str:
    if not (home / "cunzhao.db").exists():
        fill(home, passages, each)
    begin = time.perf_counter()
    with Core.open(load({}, home=home)) as core:
        print(f"opened and indexed in {time.perf_counter() - begin:.1f} s", flush=True)
        client = TestClient(app(core), base_url="http://127.0.0.1")
        client.get("/search", params={"q": "甲乙"})
        lines = [
            f"`python -m bench.search_page --write`: the whole page `/search` (hits with snippets, facets, "
            f"facts beside them) among {passages:,} passages in {passages // each:,} documents with two "
            f"figures each, on SQLite; {many} queries of each length. {tables.machine()}\n",
            "| asked | p50 ms | p95 ms | max ms | KB at most |",
            "|---|---|---|---|---|",
        ]
        asked_for = queries(passages, each, many)
        for length, those in asked_for.items():
            lines.append(f"| {length} characters | {page_times(client, those)} |")
        for words, many_at_once, pause_s in (
            ("documents come in one by one", 1, 0.2),
            ("documents come in as fast as they go in", 10, 0.0),
        ):
            for length, those in asked_for.items():
                with adding(core, passages // each, many_at_once, pause_s) as come:
                    told = page_times(client, those)
                speed = f"{come[0] / come[1]:.0f} a second"
                lines.append(f"| {length} characters, while {words} ({speed}) | {told} |")
    return "\n".join(lines)


def page_times(client: TestClient, those: list[str]) -> str:
    times, sizes = [], []
    for query in those:
        began = time.perf_counter()
        answer = client.get("/search", params={"q": query})
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
        sizes.append(len(answer.content))
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{p50:.1f} | {p95:.1f} | {max(times):.1f} | {max(sizes) / 1000:.0f}"


@contextmanager
def adding(core: Core, documents: int, many: int, pause_s: float) -> Iterator[list[float]]:
    """Meanwhile documents are indexed again, so `many` in a commit, with a pause behind each.

    Gives how many and in how many seconds, once it is over.
    """
    ended = threading.Event()
    come = [0.0, 0.0]

    def add() -> None:
        began = time.perf_counter()
        for first in range(0, documents, many):
            if ended.wait(pause_s):
                break
            some = [f"{n:016}" for n in range(first, min(first + many, documents))]
            with core._database.writing() as session:
                these = DocumentRow.snapshot_id.in_(some)
                session.execute(sa.update(DocumentRow).where(these).values(indexed=False))
            core._deriver.drain()
            come[0] += len(some)
            come[1] = time.perf_counter() - began

    thread = threading.Thread(target=add)
    thread.start()
    yield come
    ended.set()
    thread.join()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=10, help="passages in a document")
    parser.add_argument("--queries", type=int, default=200, help="of each length")
    parser.add_argument("--home", type=Path, help="a data folder to keep and to use again")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        text = measure(given.home or Path(name), given.passages, given.each, given.queries)
    print(text)
    if given.write:
        tables.put("results page", text)


if __name__ == "__main__":
    main()
