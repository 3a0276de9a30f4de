"""Fit the confidence of facts: `python -m tools.fit_confidence [--write]`.

Each fact of the training documents is right (found, and every scored field right) or not; those that count
for nothing are left out. For each kind a logistic regression with a ridge penalty tells them apart by
`cunzhao.extract.confidence.features`. Two things keep it modest:

- the penalty is the one that does best on documents left out in turn; a kind with few documents or few wrong
  facts so keeps hardly more than its share. Two facts are added to each kind, one right and one wrong.
- the rules were made with these documents, and no leaving out undoes that. `gold/first_sight.json` holds, for
  documents that the rules had not seen yet, how many facts of each kind were right then. The log odds are
  lowered by half of the way from today's share to that share: by what the rules have learnt from these
  documents since, other documents gain too, but less.

Prints, for each penalty, the log loss on documents left out; --write puts the weights in place.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from bench.extraction.calibration import Judged, judged
from bench.extraction.documents import GOLD, ROOT, training

from cunzhao.extract.confidence import features
from cunzhao.extract.types import KINDS

TARGET = ROOT / "src" / "cunzhao" / "extract" / "lexicon" / "confidence.json"
FIRST_SIGHT = GOLD / "first_sight.json"
PENALTIES = (3.0, 10.0, 30.0, 100.0, 1000.0)
SEEN = 10  # a feature of fewer facts is none
HALF = 0.5


@dataclass(frozen=True)
class Table:
    """Facts of one kind: a row each, a column for each feature."""

    names: tuple[str, ...]
    rows: np.ndarray  # facts x features, 0 or 1
    right: np.ndarray  # 0 or 1
    document: np.ndarray  # number of the document

    @classmethod
    def of(cls, facts: Sequence[Judged]) -> Table:
        sets = [set(features(one.fact)) for one in facts]
        counted = Counter(name for these in sets for name in these)
        names = tuple(sorted(n for n, count in counted.items() if SEEN <= count < len(facts)))
        numbers = {name: n for n, name in enumerate(dict.fromkeys(one.document for one in facts))}
        return cls(
            names,
            np.array([[name in these for name in names] for these in sets], dtype=float).reshape(
                len(facts), len(names)
            ),
            np.array([one.right for one in facts], dtype=float),
            np.array([numbers[one.document] for one in facts]),
        )


def fit(rows: np.ndarray, right: np.ndarray, penalty: float) -> np.ndarray:
    """Weights, the bias last, by Newton's method; columns are centred so that the bias is the whole's."""
    middle = rows.mean(axis=0)
    x = np.hstack([rows - middle, np.ones((len(rows), 1))])
    ridge = np.diag([penalty] * rows.shape[1] + [1e-6])
    weights = np.zeros(x.shape[1])
    weights[-1] = log((right.sum() + 1) / (len(right) - right.sum() + 1))
    for _ in range(50):
        share = 1 / (1 + np.exp(-(x @ weights)))
        odds = weights[-1]  # of the two facts added, one right and one wrong
        plus = np.append(np.zeros(rows.shape[1]), 1 - 2 / (1 + np.exp(-odds)))
        slope = x.T @ (right - share) - ridge @ weights + plus
        bend = (x * (share * (1 - share))[:, None]).T @ x + ridge + np.diag([0.0] * rows.shape[1] + [0.5])
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    weights[-1] -= middle @ weights[:-1]
    return weights


def shares(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))


def left_out(table: Table, penalty: float) -> np.ndarray:
    """The shares said of each document's facts by a model that has not seen the document."""
    said = np.zeros(len(table.right))
    for n in np.unique(table.document):
        here = table.document == n
        if here.all():
            return np.full(len(table.right), (table.right.sum() + 1) / (len(table.right) + 2))
        said[here] = shares(table.rows[here], fit(table.rows[~here], table.right[~here], penalty))
    return said


def loss(right: np.ndarray, said: np.ndarray) -> float:
    """Mean log loss in nats."""
    sure = np.clip(said, 1e-6, 1 - 1e-6)
    return float(-(right * np.log(sure) + (1 - right) * np.log(1 - sure)).mean())


def log_odds(right: float, whole: float) -> float:
    return log((right + 1) / (whole - right + 1))


def hindsight(kind: str, table: Table) -> float:
    """How far the log odds are lowered: half of the way to what was right at first sight."""
    if not FIRST_SIGHT.is_file():
        return 0.0
    seen = [one[kind] for one in json.loads(FIRST_SIGHT.read_text("utf-8")).values() if kind in one]
    if not seen:
        return 0.0
    first = log_odds(sum(right for right, _ in seen), sum(found for _, found in seen))
    return max(0.0, HALF * (log_odds(table.right.sum(), len(table.right)) - first))


def weights_of(kind: str, table: Table) -> dict[str, object]:
    losses = {penalty: loss(table.right, left_out(table, penalty)) for penalty in PENALTIES}
    best = min(losses, key=lambda penalty: losses[penalty])
    found = fit(table.rows, table.right, best)
    lowered = hindsight(kind, table)
    told = ", ".join(f"{penalty:g} {value:.3f}" for penalty, value in losses.items())
    print(
        f"{kind}: {len(table.right)} facts, {table.right.mean():.2f} right, {len(table.names)} features; "
        f"log loss by penalty: {told}; lowered by {lowered:.2f}"
    )
    named = zip(table.names, found[:-1], strict=True)
    weights = {name: round(float(weight), 3) for name, weight in named if abs(weight) >= 0.02}
    return {"bias": round(float(found[-1]) - lowered, 3), "weights": weights}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--write", action="store_true", help="put the weights in place")
    said = ask.parse_args()
    facts = [one for document in training() for one in judged(document)]
    tables = {kind: Table.of([one for one in facts if one.fact.kind == kind]) for kind in KINDS}
    kinds = {kind: weights_of(kind, table) for kind, table in tables.items() if len(table.right)}
    if said.write:
        text = json.dumps({"kinds": kinds}, ensure_ascii=False, indent=1)
        Path(TARGET).write_text(text + "\n", "utf-8")
        print(f"written: {TARGET.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
