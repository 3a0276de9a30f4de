"""The annotated documents: texts with their gold facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cunzhao.extract import extract
from cunzhao.extract.scoring import KindScore, score
from cunzhao.extract.types import Fact
from cunzhao.read import read
from cunzhao.read.types import Document

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "extract" / "gold"
SHARED = ROOT.parent / "shared"
SHARED_NAMES = ("000", "001", "003-part1")


@dataclass(frozen=True)
class Annotated:
    """A document read as a plain-text file, and what its facts are."""

    name: str
    path: Path
    gold: tuple[dict[str, Any], ...]  # places in the text without white space

    @cached_property
    def document(self) -> Document:
        return read(self.path.read_bytes(), mime="text/plain", name=self.path.name)

    @cached_property
    def facts(self) -> list[Fact]:
        return extract(self.document)

    @cached_property
    def scores(self) -> dict[str, KindScore]:
        return score(self.gold, [fact.to_json() for fact in self.facts], self.document.text)


def training() -> list[Annotated]:
    """The documents that rules are made with: our own, and those of `../shared` where it is there."""
    folder = SHARED / "gold"
    shared = [
        _annotated(SHARED / "seeds" / f"{name}.txt", folder) for name in SHARED_NAMES if folder.is_dir()
    ]
    return [*shared, *_in(GOLD / "train")]


def held_out() -> list[Annotated]:
    """The documents kept apart: nobody who makes rules looks at them."""
    return _in(GOLD / "held")


def _in(folder: Path) -> list[Annotated]:
    texts = sorted(folder.glob("*.txt"))
    return [_annotated(text, folder) for text in texts if text.with_suffix(".jsonl").is_file()]


def _annotated(text: Path, folder: Path) -> Annotated:
    """The gold of NAME stands in NAME.jsonl, that of plans' tasks also in NAME.tasks.jsonl."""
    paths = [folder / f"{text.stem}.jsonl", folder / f"{text.stem}.tasks.jsonl"]
    lines = [line for path in paths if path.is_file() for line in path.read_text("utf-8").split("\n")]
    return Annotated(text.stem, text, tuple(json.loads(line) for line in lines if line.strip()))
