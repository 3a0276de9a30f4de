"""Documents of our own with the facts expected of them, as readable tables.

A file holds `key: value` lines (region, date), the text with headings marked by `#` for their level and run-in ones
closed by `@`, a line `----`, and one expected fact a line:

    figure | quote | value | unit | comparator | indicator | measure | region | period | nature
    person | name | position
    citation | quote | source | date
    task | number | title | area | lead | units | deadline

`?` stands for a field that is not judged, `null` and `-` for none.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from cunzhao.extract import extract
from cunzhao.read.types import Block, Document, Heading, Place

FOLDER = Path(__file__).parent / "documents"
FIELDS = {
    "figure": ("quote", "value", "unit", "comparator", "indicator", "measure", "region", "period", "nature"),
    "person": ("name", "position"),
    "citation": ("quote", "source", "date"),
    "task": ("number", "title", "area", "lead", "units", "deadline"),
}
FOUND_BY = {
    "figure": ("value", "unit"),
    "person": ("name", "position"),
    "citation": ("source",),
    "task": ("number", "title"),
}
_NUMBERED = re.compile(
    r"((?:[一二三四五六七八九十]+|[0-9]+)(?=[、.．])|（[一二三四五六七八九十0-9]+）)[、.．]?"
)


@dataclass
class Marked:
    document: Document
    region: str | None
    expected: list[dict]  # kind and fields, as written in the table

    def facts(self) -> list[dict]:
        return [fact.to_json() for fact in extract(self.document, region=self.region)]


def read_marked(name: str) -> Marked:
    body, table = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n----\n")
    meta = dict(re.findall(r"^(region|date): (.*)$", body, re.M))
    lines = [line for line in body.splitlines() if line and not re.match(r"(region|date): ", line)]
    expected = []
    for line in table.strip().splitlines():
        kind, *values = [cell.strip() for cell in line.split("|")]
        assert len(values) == len(FIELDS[kind]), line
        expected.append({"kind": kind, **dict(zip(FIELDS[kind], values, strict=True))})
    return Marked(make_document(lines, published=meta.get("date")), meta.get("region"), expected)


def make_document(lines: list[str], published: str | None = None) -> Document:
    text, blocks, outline, title = "", [], [], None
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        line = line.lstrip("# ")
        start = len(text)
        run_in = "@" in line
        number = _NUMBERED.match(line) if level > 1 else None
        lead = number.end() if number else 0
        head_end = line.index("@") if run_in else len(line)
        if level:
            name = line[lead:head_end].rstrip("。")
            at = start + (lead if run_in else 0)
            outline.append(Heading(level=level, number=number[1] if number else None, title=name, start=at,
                                   end=start + lead + len(name), run_in=run_in))  # fmt: skip
            title = title or name
        line = line.replace("@", "")
        text += line + "\n"
        kind = "heading" if level and not run_in else "paragraph"
        blocks.append(Block(kind=kind, start=start, end=start + len(line), place=Place()))
    return Document(text=text, blocks=tuple(blocks), title=title, published=published, outline=tuple(outline))


def score(marked: Marked, kind: str) -> dict:
    """found: F1 of finding; complete: F1 of facts with every judged field right; wrong: what to look at."""
    gold = [e for e in marked.expected if e["kind"] == kind]
    got = [f for f in marked.facts() if f["kind"] == kind]
    used, pairs, wrong = set(), [], []
    for expected in gold:
        hit = next((i for i, f in enumerate(got) if i not in used and _found(kind, expected, f)), None)
        if hit is None:
            wrong.append(("missed", expected))
            continue
        used.add(hit)
        pairs.append((expected, got[hit]))
    wrong += [("extra", f) for i, f in enumerate(got) if i not in used]
    fields = [f for f in FIELDS[kind] if f not in ("quote", *FOUND_BY[kind])]
    bad = {f: [(e, g) for e, g in pairs if not _same(f, e[f], g.get(f))] for f in fields}
    wrong += [(f, (e[f], g.get(f), e.get("quote") or e)) for f, these in bad.items() for e, g in these]
    whole = sum(all(_same(f, e[f], g.get(f)) for f in fields) for e, g in pairs)
    size = len(gold) + len(got)
    return {"found": 2 * len(pairs) / size if size else 1.0, "complete": 2 * whole / size if size else 1.0,
            **{f: 1 - len(bad[f]) / max(len(pairs), 1) for f in fields}, "wrong": wrong}  # fmt: skip


def _found(kind: str, expected: dict, fact: dict) -> bool:
    quoted = "quote" not in expected or expected["quote"].replace(" ", "") == fact["quote"].replace(" ", "")
    return quoted and all(_same(f, expected[f], fact.get(f)) for f in FOUND_BY[kind])


def _same(name: str, expected: str, got) -> bool:
    if expected == "?":
        return True
    if expected in ("null", "-"):
        return got in (None, [], "")
    if got is None:
        return False
    if name == "value":
        return abs(float(expected) - float(got)) <= 1e-9 * max(1, abs(float(expected)))
    if name in ("lead", "units"):
        return expected.split(",") == list(got)
    if name == "indicator":
        return got == expected or (
            min(len(got), len(expected)) > 1 and (got.endswith(expected) or expected.endswith(got))
        )
    return str(got) == expected
