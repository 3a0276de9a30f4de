"""Search side by side, in one run: ours (tantivy over character bigrams) against SQLite FTS5 over the same.

    python bench/search.py [--passages 100000] [--each 10] [--queries 200] [--keep FOLDER]

Made-up passages of about 157 characters (bench/passages.py), so many in `each` document, which has a title,
tags, a date, a source and an area; with --each 1 every passage is a document. Queries of two and of four
characters are cut out of the passages, so frequent words come often. Asked are the twenty best and how many
there are in all, the second time with all facets counted, the third time while another thread goes on adding
documents. Prints absolute times for this machine and, worth quoting, ratios; every count is checked against
a literal scan.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from passages import generated, made

from cunzhao.organize.fold import fold
from cunzhao.organize.query import read_query
from cunzhao.organize.search import SearchIndex
from cunzhao.organize.types import Indexable

BATCH = 10_000
HITS = 20


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
    index, taken = SearchIndex(folder), 0.0
    for batch in batches(corpus):
        begin = time.perf_counter()
        index.update(batch)
        taken += time.perf_counter() - begin
    return index, taken


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


def timed(ask: Callable[[str], int], queries: list[str]) -> tuple[list[float], list[int]]:
    times, counts = [], []
    for query in queries:
        begin = time.perf_counter()
        counts.append(ask(query))
        times.append((time.perf_counter() - begin) * 1000)
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


def percentiles(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{statistics.median(times):8.2f} {p95:8.2f} {max(times):8.2f}"


def ask_ours(index: SearchIndex, *, facets: bool) -> Callable[[str], int]:
    def ask(query: str) -> int:
        terms = read_query(query)
        if facets:
            index.facets(terms)
        return index.search(terms, limit=HITS, texts=lambda _: {})[1]

    return ask


def while_adding(index: SearchIndex, corpus: Corpus, queries: list[str]) -> list[float]:
    """Times while documents are added, a hundred at a time, each batch committed."""
    ended = threading.Event()

    def add() -> None:
        waiting = corpus.documents()
        while not ended.is_set() and (batch := list(islice(waiting, 100))):
            index.update(batch)

    adding = threading.Thread(target=add)
    adding.start()
    times, _ = timed(ask_ours(index, facets=False), queries)
    ended.set()
    adding.join()
    return times


def measure(folder: Path, corpus: Corpus, queries: int) -> None:
    cut, size, held = asked(corpus, queries)
    shape = f"{corpus.passages:,} passages in {corpus.passages // corpus.each:,} documents"
    print(f"{shape}, {size / 1e6:.1f} MB of text (UTF-8), {queries} queries of each length")
    ours, ours_s = build_ours(folder / "ours", corpus)
    ours_mb = sum(f.stat().st_size for f in (folder / "ours").rglob("*") if f.is_file()) / 1e6
    fts, fts_s = build_sqlite(folder / "fts5.db", corpus)
    fts_mb = (folder / "fts5.db").stat().st_size / 1e6
    print(f"built      ours {ours_s:.1f} s, {ours_mb:.1f} MB = {ours_mb * 1e6 / size:.2f} of the text")
    print(f"           FTS5 {fts_s:.1f} s, {fts_mb:.1f} MB = {fts_mb * 1e6 / size:.2f} of the text")
    print(f"{'':<26}{'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}    exact")
    for length, those in cut.items():
        asking = (
            ("ours", ask_ours(ours, facets=False)),
            ("ours with facets", ask_ours(ours, facets=True)),
            ("FTS5", lambda query: ask_sqlite(fts, query)),
        )
        for label, ask in asking:
            times, got = timed(ask, those)
            exact = sum(n == held[q] for q, n in zip(those, got, strict=True))
            print(f"{length} characters, {label:<12} {percentiles(times)}  {exact}/{len(those)}")
    for length, those in cut.items():
        print(f"{length} characters, adding      {percentiles(while_adding(ours, corpus, those))}")
    fts.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=10, help="passages in a document")
    parser.add_argument("--queries", type=int, default=200, help="of each length")
    parser.add_argument("--keep", type=Path, help="an empty folder where the indexes stay")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(given.keep or Path(name), Corpus(given.passages, given.each), given.queries)


if __name__ == "__main__":
    main()
