"""The score table: a row for each document and kind, then each kind over all documents."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bench.extraction.documents import Annotated

from cunzhao.extract.scoring import KindScore, scored_fields
from cunzhao.extract.types import KINDS


def show(documents: Sequence[Annotated], *, misses: bool = False) -> None:
    print("| document | kind | gold | found | precision | recall | F1 | complete | fields right |")
    print("|---|---|---|---|---|---|---|---|---|")
    for document in documents:
        for score in document.scores.values():
            print(row(document.name, score))
    for kind in KINDS:
        together = over_all(documents, kind)
        if together.gold + together.found:
            print(row("**all**", together))
    for document in documents if misses else ():
        for score in document.scores.values():
            show_misses(document.name, score)


def over_all(documents: Sequence[Annotated], kind: str) -> KindScore:
    parts = [document.scores[kind] for document in documents if kind in document.scores]
    return KindScore(
        kind,
        tuple(match for part in parts for match in part.matches),
        tuple(gold for part in parts for gold in part.missed),
        tuple(fact for part in parts for fact in part.extra),
    )


def row(name: str, score: KindScore) -> str:
    shares = [score.precision, score.recall, score.f1, score.complete]
    fields = ", ".join(f"{field} {score.fields[field]:.2f}" for field in scored_fields(score.kind))
    cells = [name, score.kind, str(score.gold), str(score.found), *(f"{x:.3f}" for x in shares), fields]
    return "| " + " | ".join(cells) + " |"


def show_misses(name: str, score: KindScore) -> None:
    for gold in score.missed:
        print(f"{name} missed {score.kind}", _said(gold))
    for fact in score.extra:
        print(f"{name} extra {score.kind}", _said(fact))
    for match in score.matches:
        told = {field: [match.gold.get(field), match.fact.get(field)] for field in match.wrong}
        if told:
            print(f"{name} wrong {score.kind} {match.gold['quote'][:40]}", _said(told))


def _said(fact: object) -> str:
    return json.dumps(fact, ensure_ascii=False)
