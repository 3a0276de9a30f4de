"""Search side by side, in one run: tantivy over character bigrams (ours) against SQLite FTS5 over the same.

    python bench/search.py [--documents 5000] [--length 500] [--queries 60]

Generated text: characters drawn with the skewed frequencies of a language, so that bigrams repeat. Prints
absolute times for this machine and, worth quoting, ratios; checks every count against a literal scan.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from cunzhao.organize.fold import fold
from cunzhao.organize.search import SearchIndex
from cunzhao.organize.types import Indexable


def generated(count: int, length: int, seed: int = 2026) -> list[str]:
    """Texts of words of two to four characters, words drawn by Zipf's law."""
    rng = random.Random(seed)
    characters = [chr(0x4E00 + n) for n in rng.sample(range(20_000), 2_500)]
    words = ["".join(rng.choices(characters, k=rng.choice([2, 2, 2, 3, 4]))) for _ in range(20_000)]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    return ["".join(rng.choices(words, weights, k=length * 10 // 24)) for _ in range(count)]


def bigrams(text: str) -> str:
    folded = fold(text)
    return " ".join(a + b for a, b in pairwise(folded))


def build_sqlite(path: Path, texts: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
    database.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", enumerate(map(bigrams, texts)))
    database.commit()
    return database


def ask_sqlite(database: sqlite3.Connection, query: str) -> int:
    """The ten best and the total, as our page asks for them."""
    phrase = f'"{bigrams(query)}"'
    database.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (phrase,)).fetchall()
    return int(database.execute("SELECT count(*) FROM t WHERE t MATCH ?", (phrase,)).fetchone()[0])


def timed(ask, queries: list[str]) -> tuple[list[float], list[int]]:
    times, counts = [], []
    for query in queries:
        begin = time.perf_counter()
        counts.append(ask(query))
        times.append((time.perf_counter() - begin) * 1000)
    return times, counts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--length", type=int, default=500, help="characters in a document")
    parser.add_argument("--queries", type=int, default=60)
    given = parser.parse_args()
    texts = generated(given.documents, given.length)
    rng = random.Random(7)
    cuts = [
        (rng.choice(texts), rng.randrange(given.length // 2), 2 + 2 * (n % 2)) for n in range(given.queries)
    ]
    queries = [text[at : at + size] for text, at, size in cuts]
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters, {len(queries)} queries of 2 and 4")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = time.perf_counter()
        index = SearchIndex(folder / "tantivy")
        index.update(
            Indexable(snapshot=str(n), title="", text=t, tags=(), date="") for n, t in enumerate(texts)
        )
        ours_build = time.perf_counter() - begin
        begin = time.perf_counter()
        database = build_sqlite(folder / "fts5.db", texts)
        fts_build = time.perf_counter() - begin
        ours_size = sum(f.stat().st_size for f in (folder / "tantivy").rglob("*") if f.is_file())
        fts_size = (folder / "fts5.db").stat().st_size

        ours, counts = timed(lambda q: index.search(q, limit=10, texts=lambda _: "")[1], queries)
        fts, fts_counts = timed(lambda q: ask_sqlite(database, q), queries)
        folded = [fold(t) for t in texts]
        literal = [sum(fold(q) in t for t in folded) for q in queries]

        print(f"{'':<10}{'build s':>9}{'MB':>8}{'p50 ms':>9}{'p95 ms':>9}{'exact':>9}")
        for label, built, size, times, got in (
            ("tantivy", ours_build, ours_size, ours, counts),
            ("FTS5", fts_build, fts_size, fts, fts_counts),
        ):
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            exact = sum(a == b for a, b in zip(got, literal, strict=True))
            print(
                f"{label:<10}{built:>9.1f}{size / 1e6:>8.1f}{p50:>9.2f}{p95:>9.2f}{exact:>6}/{len(queries)}"
            )
        print(
            f"tantivy / FTS5: build {ours_build / fts_build:.2f}, size {ours_size / fts_size:.2f}, "
            f"p50 {statistics.median(ours) / statistics.median(fts):.2f}, "
            f"p95 {statistics.quantiles(ours, n=20)[-1] / statistics.quantiles(fts, n=20)[-1]:.2f}"
        )
        database.close()


if __name__ == "__main__":
    main()
