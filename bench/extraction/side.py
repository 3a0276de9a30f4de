"""The quantities of the same documents by this program and by others: how many are right, and how fast."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.extraction.documents import Annotated

from cunzhao.extract import extract
from cunzhao.extract.sameness import Said, same_number, same_unit
from cunzhao.extract.scoring import stripped_places
from cunzhao.read.types import Document


@dataclass(frozen=True)
class Quantity:
    start: int  # in the text without white space
    end: int
    value: float | None
    unit: str | None


@dataclass
class Tool:
    """What one program did with all documents."""

    name: str
    seconds: float
    errors: int
    found: dict[str, list[Quantity]]  # by document


def show(documents: Sequence[Annotated], python: Path | None) -> None:
    size = sum(len(document.document.text.encode()) for document in documents)
    tools = [ours(documents), *(others(python, documents) if python else ())]
    print(f"{len(documents)} documents, {size / 1000:.0f} KB of UTF-8, {_count(documents)} figures\n")
    print("| tool | with value | with value and unit | other spans | errors | KB/s and core |")
    print("|---|---|---|---|---|---|")
    for tool in tools:
        value, both, other = accuracy(documents, tool)
        print(
            f"| {tool.name} | {value:.1%} | {both:.1%} | {other} | {tool.errors} "
            f"| {size / 1000 / tool.seconds:.0f} |"
        )


def ours(documents: Sequence[Annotated]) -> Tool:
    """All kinds of facts together; only the figures are compared."""
    extract(documents[0].document)
    begun = time.process_time()
    facts = {document.name: extract(document.document) for document in documents}
    seconds = time.process_time() - begun
    found = {}
    for document in documents:
        at = stripped_places(document.document.text)
        figures = [fact for fact in facts[document.name] if fact.kind == "figure"]
        found[document.name] = [
            Quantity(at[f.span.start], at[f.span.end], f.fields["value"], f.fields["unit"]) for f in figures
        ]
    return Tool("cunzhao (all kinds)", seconds, 0, found)


def others(python: Path, documents: Sequence[Annotated]) -> list[Tool]:
    """They are given paragraphs without white space, so that no line wrap stands in their way."""
    pieces = {document.name: paragraphs(document.document) for document in documents}
    asked = "\n".join(
        json.dumps({"document": name, "paragraphs": [text for _, text in parts]})
        for name, parts in pieces.items()
    )
    script = Path(__file__).with_name("others.py")
    told = subprocess.run([python, script], input=asked, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in told.splitlines()]
    names = list(dict.fromkeys(row["tool"] for row in rows))
    tools = [_tool(name, [row for row in rows if row["tool"] == name], pieces) for name in names]
    suite = [tool for tool in tools if tool.name.startswith("Recognizers")]
    return [*tools, _together("Recognizers-Text, these together", suite)]


def _tool(name: str, rows: Iterable[dict[str, Any]], pieces: dict[str, list[tuple[int, str]]]) -> Tool:
    tool = Tool(name, 0.0, 0, {})
    for row in rows:
        starts = [start for start, _ in pieces[row["document"]]]
        tool.seconds += row["seconds"]
        tool.errors += row["errors"]
        tool.found[row["document"]] = [
            Quantity(starts[n] + start, starts[n] + end, value, unit)
            for n, start, end, value, unit in row["found"]
        ]
    return tool


def _together(name: str, tools: Sequence[Tool]) -> Tool:
    found = {
        document: [quantity for tool in tools for quantity in tool.found[document]]
        for document in tools[0].found
    }
    return Tool(name, sum(tool.seconds for tool in tools), sum(tool.errors for tool in tools), found)


def paragraphs(document: Document) -> list[tuple[int, str]]:
    """The blocks without white space, each with its place in the text without white space."""
    at = stripped_places(document.text)
    found = []
    for block in document.blocks:
        text = "".join(document.text[block.start : block.end].split())
        if text:
            found.append((at[block.start], text))
    return found


def accuracy(documents: Sequence[Annotated], tool: Tool) -> tuple[float, float, int]:
    """Shares of the gold figures found with their value, and with value and unit; how many spans are none."""
    value = both = other = 0
    for document in documents:
        quantities = tool.found[document.name]
        gold = [g for g in document.gold if g["kind"] == "figure"]
        counted = [g for g in gold if not g.get("optional")]
        value += sum(any(_same_value(q, g) for q in quantities) for g in counted)
        both += sum(any(_same_value(q, g) and _same_unit(q, g) for q in quantities) for g in counted)
        other += sum(not any(_same_value(q, g) for g in gold) for q in quantities)
    return value / _count(documents), both / _count(documents), other


def _count(documents: Sequence[Annotated]) -> int:
    return sum(g["kind"] == "figure" and not g.get("optional") for d in documents for g in d.gold)


def _same_value(quantity: Quantity, gold: Said) -> bool:
    """The sign is left aside: whether a change is a fall, no other program tells."""
    shared = min(quantity.end, gold["end"]) - max(quantity.start, gold["start"])
    known = quantity.value is not None and shared > 0
    return known and same_number(abs(quantity.value or 0), abs(gold["value"]))


def _same_unit(quantity: Quantity, gold: Said) -> bool:
    return any(same_unit(quantity.unit, unit) for unit in [gold["unit"], *gold.get("unit_alt", [])])
