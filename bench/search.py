"""Search side by side, in one run: ours (tantivy over character bigrams) against SQLite FTS5 over the same.

    python -m bench.search [--passages 100000] [--each 10] [--queries 200] [--keep FOLDER] [--write]

Made-up passages of about 157 characters (bench/passages.py), so many in `each` document, which has a title,
tags, a date, a source and an area; with --each 1 every passage is a document. Queries of two and of four
characters are cut out of the passages, so frequent words come often. Asked are the twenty best and how many
there are in all; with all facets counted; the twenty behind the 20,000th, of those that have so many; while
another thread goes on adding documents. Prints absolute times for this machine, those of the processor alone
(others may use the machine) and, worth quoting, ratios; every count is checked against a literal scan.
`--keep` keeps the indexes, and takes them again with what was measured of their building; --write puts the
table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from pathlib import Path

from bench.passages import generated, made

from bench import tables
from cunzhao.organize.filters import Sort
from cunzhao.organize.fold import fold
from cunzhao.organize.query import read_query
from cunzhao.organize.search import After, SearchIndex
from cunzhao.organize.types import Indexable

BATCH = 10_000
HITS = 20
DEEP = 20_000  # hits
DEEP_ORDERS: tuple[tuple[str, Sort], ...] = (("score", "relevance"), ("date", "date"))


@dataclass(frozen=True)
class Corpus:
    passages: int
    each: int  # passages in a document

    def documents(self) -> Iterator[Indexable]:
        texts = generated(self.passages)
        for n in range(self.passages // self.each):
            yield made(n, "\n".join(islice(texts, self.each)))


def batches(corpus: Corpus) -> Iterator[list[Indexable]]:
    waiting = corpus.documents()
    while batch := list(islice(waiting, BATCH)):
        yield batch


def bigrams(text: str) -> str:
    return " ".join(a + b for a, b in pairwise(fold(text)))


def build_ours(folder: Path, corpus: Corpus) -> tuple[SearchIndex, float]:
    """As `drain` does: much is committed at once. Making the documents up does not count."""
    index, making = SearchIndex(folder), 0.0

    def documents() -> Iterator[Indexable]:
        nonlocal making
        waiting = batches(corpus)
        while True:
            begin = time.perf_counter()
            batch = next(waiting, None)
            making += time.perf_counter() - begin
            if batch is None:
                return
            yield from batch

    begin = time.perf_counter()
    index.update(documents())
    return index, time.perf_counter() - begin - making


def build_sqlite(path: Path, corpus: Corpus) -> tuple[sqlite3.Connection, float]:
    database, taken = sqlite3.connect(path), 0.0
    database.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
    for batch in batches(corpus):
        begin = time.perf_counter()
        rows = ((int(d.snapshot), bigrams(d.text)) for d in batch)
        database.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", rows)
        database.commit()
        taken += time.perf_counter() - begin
    return database, taken


def ask_sqlite(database: sqlite3.Connection, query: str) -> int:
    """The twenty best and the total, as our page asks for them."""
    phrase = f'"{bigrams(query)}"'
    best = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT {HITS}"
    database.execute(best, (phrase,)).fetchall()
    return int(database.execute("SELECT count(*) FROM t WHERE t MATCH ?", (phrase,)).fetchone()[0])


@dataclass(frozen=True)
class Times:
    """Milliseconds of each query: on the clock, and of this thread's processor."""

    clock: list[float]
    work: list[float]

    def __str__(self) -> str:
        p95, work = (statistics.quantiles(those, n=20)[-1] for those in (self.clock, self.work))
        return f"{statistics.median(self.clock):.2f} | {p95:.2f} | {max(self.clock):.2f} | {work:.2f}"


def timed(ask: Callable[[str], int], queries: list[str]) -> tuple[Times, list[int]]:
    times, counts = Times([], []), []
    for query in queries:
        begin, work = time.perf_counter(), time.thread_time()
        counts.append(ask(query))
        times.clock.append((time.perf_counter() - begin) * 1000)
        times.work.append((time.thread_time() - work) * 1000)
    return times, counts


def asked(corpus: Corpus, queries: int) -> tuple[dict[int, list[str]], int, dict[str, int]]:
    """Queries by their length, the bytes of all texts, and how many texts hold each query: one pass each."""
    rng = random.Random(7)
    count = corpus.passages // corpus.each
    chosen = set(rng.sample(range(count), min(count, queries * 2)))
    cut: dict[int, list[str]] = {2: [], 4: []}
    size = 0
    for n, document in enumerate(corpus.documents()):
        size += len(document.text.encode())
        if n in chosen:
            length = 2 if len(cut[2]) <= len(cut[4]) else 4
            at = rng.randrange(30, len(document.text) - 5)
            cut[length].append(document.text[at : at + length + 1].replace("\n", "")[:length])
    held = dict.fromkeys([q for those in cut.values() for q in those], 0)
    for document in corpus.documents():
        folded = fold(document.text)
        for query in held:
            held[query] += fold(query) in folded
    return cut, size, held


def ask_ours(index: SearchIndex, *, facets: bool) -> Callable[[str], int]:
    def ask(query: str) -> int:
        terms = read_query(query)
        if facets:
            index.facets(terms)
        return index.search(terms, limit=HITS, texts=lambda _: {})[1]

    return ask


def behind(index: SearchIndex, queries: list[str], sort: Sort) -> Callable[[str], int]:
    """Asks for the page behind hit 20,000, or behind the last one of fewer; getting there does not count."""
    reached: dict[str, After] = {}
    for query in queries:
        hits, _ = index.search(read_query(query), sort=sort, limit=DEEP, texts=lambda _: {})
        reached[query] = After(number=len(hits), key=hits[-1].key)

    def ask(query: str) -> int:
        after = reached[query]
        return index.search(read_query(query), sort=sort, limit=HITS, after=after, texts=lambda _: {})[1]

    return ask


def while_adding(index: SearchIndex, corpus: Corpus, queries: list[str]) -> Times:
    """Times while documents are added, a hundred at a time, each batch committed; they are made up before."""
    ended, waiting = threading.Event(), cycle(list(islice(corpus.documents(), 2_000)))

    def add() -> None:
        while not ended.is_set():
            index.update(islice(waiting, 100))

    adding = threading.Thread(target=add)
    adding.start()
    times, _ = timed(ask_ours(index, facets=False), queries)
    ended.set()
    adding.join()
    return times


@dataclass(frozen=True)
class Built:
    """What was asked and built: kept beside the indexes."""

    cut: dict[int, list[str]]  # queries by length
    held: dict[str, int]  # how many texts hold each query
    size: int  # bytes of all texts
    seconds: dict[str, float]
    bytes: dict[str, int]


def built(folder: Path, corpus: Corpus, queries: int) -> Built:
    """Builds both indexes in an empty folder, or tells of those that stand there."""
    told = folder / "built.json"
    if not told.exists():
        shutil.rmtree(folder / "ours", ignore_errors=True)  # what an earlier run did not end
        (folder / "fts5.db").unlink(missing_ok=True)
        cut, size, held = asked(corpus, queries)
        _, ours_s = build_ours(folder / "ours", corpus)
        fts, fts_s = build_sqlite(folder / "fts5.db", corpus)
        fts.close()
        ours_bytes = sum(f.stat().st_size for f in (folder / "ours").rglob("*") if f.is_file())
        sizes = {"ours": ours_bytes, "FTS5": (folder / "fts5.db").stat().st_size}
        made_of = Built(cut, held, size, {"ours": ours_s, "FTS5": fts_s}, sizes)
        told.write_text(json.dumps(vars(made_of), ensure_ascii=False), "utf-8")
    known = json.loads(told.read_text("utf-8"))
    return Built(**{**known, "cut": {int(length): those for length, those in known["cut"].items()}})


def measure(folder: Path, corpus: Corpus, queries: int) -> str:
    told = built(folder, corpus, queries)
    ours, fts = SearchIndex(folder / "ours"), sqlite3.connect(folder / "fts5.db")
    lines = [
        f"`python -m bench.search --write`: {corpus.passages:,} passages in "
        f"{corpus.passages // corpus.each:,} documents, {told.size / 1e6:.0f} MB of text (UTF-8); {queries} "
        f"queries of each length, cut out of the passages: the twenty best hits and the exact number of "
        f"all. {tables.machine()}\n",
        "| index | built s | MB | of the text | segments |",
        "|---|---|---|---|---|",
    ]
    for name, segments in (("ours", ours._searcher().num_segments), ("FTS5", "")):
        size = told.bytes[name]
        lines.append(
            f"| {name} | {told.seconds[name]:.0f} | {size / 1e6:.0f} | {size / told.size:.2f} | {segments} |"
        )
    lines += [
        "",
        "| asked | p50 ms | p95 ms | max ms | CPU p95 | counts right |",
        "|---|---|---|---|---|---|",
    ]
    for length, those in told.cut.items():
        far = [query for query in those if told.held[query] > DEEP]
        asking = (
            ("ours", ask_ours(ours, facets=False)),
            ("ours, all facets counted", ask_ours(ours, facets=True)),
            ("FTS5", lambda query: ask_sqlite(fts, query)),
        )
        for label, ask in asking:
            times, got = timed(ask, those)
            exact = sum(n == told.held[q] for q, n in zip(those, got, strict=True))
            lines.append(f"| {length} characters, {label} | {times} | {exact}/{len(those)} |")
        for order, sort in DEEP_ORDERS if len(far) > 1 else ():
            times, got = timed(behind(ours, far, sort), far)
            exact = sum(n == told.held[q] for q, n in zip(far, got, strict=True))
            label = f"ours, behind the {DEEP:,}th by {order}"
            lines.append(f"| {length} characters, {label} | {times} | {exact}/{len(far)} |")
    for length, those in told.cut.items():
        times = while_adding(ours, corpus, those)
        lines.append(f"| {length} characters, ours, while documents are added | {times} | |")
    fts.close()
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=10, help="passages in a document")
    parser.add_argument("--queries", type=int, default=200, help="of each length")
    parser.add_argument("--keep", type=Path, help="an empty folder where the indexes stay, or one with them")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        text = measure(folder, Corpus(given.passages, given.each), given.queries)
    print(text)
    if given.write:
        tables.put("search", text)


if __name__ == "__main__":
    main()
