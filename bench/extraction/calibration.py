"""Whether facts said to be right nine times in ten are: a table of bins, and a plot of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.extraction.documents import Annotated

from cunzhao.extract.scoring import score
from cunzhao.extract.types import Fact

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
SIDE, MARGIN = 360, 56  # of the plot, in pixels
COLOURS = ("#9a9a9a", "#1f5fa8")


@dataclass(frozen=True)
class Judged:
    """A fact, and whether it is found with every scored field right."""

    document: str
    fact: Fact
    right: bool


@dataclass(frozen=True)
class Bin:
    said: float  # mean confidence
    right: float  # share
    count: int


def judged(document: Annotated) -> Iterator[Judged]:
    """The facts that count; what is optional in the gold, or told again, does not."""
    told = [fact.to_json() for fact in document.facts]
    by_place = {id(said): fact for said, fact in zip(told, document.facts, strict=True)}
    for one in score(document.gold, told, document.document.text).values():
        for match in one.matches:
            yield Judged(document.name, by_place[id(match.fact)], not match.wrong)
        for extra in one.extra:
            yield Judged(document.name, by_place[id(extra)], False)


def bins(facts: Sequence[Judged]) -> list[Bin]:
    known = [(one.fact.confidence, one.right) for one in facts if one.fact.confidence is not None]
    found = []
    for n, low in enumerate(EDGES[:-1]):
        last = n == len(EDGES) - 2
        here = [(said, right) for said, right in known if low <= said < EDGES[n + 1] or (last and said == 1)]
        if here:
            said, right = sum(s for s, _ in here), sum(r for _, r in here)
            found.append(Bin(said / len(here), right / len(here), len(here)))
    return found


def gap(found: Sequence[Bin]) -> float:
    """The expected calibration error: how far said and right lie apart, by bins, in the mean of all facts."""
    return sum(abs(b.said - b.right) * b.count for b in found) / max(sum(b.count for b in found), 1)


def show(name: str, facts: Sequence[Judged]) -> None:
    print(f"\n{name}\n\n| facts | said | right | n |\n|---|---|---|---|")
    for kind in ("figure", "other kinds", "all"):
        these = [f for f in facts if kind == "all" or (f.fact.kind == "figure") == (kind == "figure")]
        found = bins(these)
        for one in found:
            print(f"| {kind} | {one.said:.2f} | {one.right:.2f} | {one.count} |")
        print(f"| {kind}: mean gap | {gap(found):.3f} | | {sum(b.count for b in found)} |")


def plot(series: Mapping[str, Sequence[Judged]]) -> str:
    """An SVG of said against right; a dot's area grows with the facts it stands for."""
    whole = SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" '
        f'viewBox="0 0 {whole} {whole}" font-family="sans-serif" font-size="12">',
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        *_axes(),
    ]
    for n, (name, facts) in enumerate(series.items()):
        colour, found = COLOURS[n % len(COLOURS)], bins(facts)
        points = [(_x(one.said), _y(one.right)) for one in found]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for one, (x, y) in zip(found, points, strict=True):
            size = 2 + min(one.count, 900) ** 0.5 / 3
            told = f"said {one.said:.2f}, right {one.right:.2f}, {one.count} facts"
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour}" fill-opacity="0.75">'
                f"<title>{told}</title></circle>"
            )
        legend = f"{name}: {len(facts)} facts, mean gap {gap(found):.3f}"
        place = f'x="{_x(1) - 8:.0f}" y="{_y(0) - 12 - 18 * n:.0f}" text-anchor="end"'
        parts.append(f'<text {place} fill="{colour}">{legend}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes() -> Iterator[str]:
    for tenth in range(0, 11, 2):
        share = tenth / 10
        yield (
            f'<path d="M{_x(share):.0f} {_y(0):.0f}V{_y(1):.0f}M{_x(0):.0f} {_y(share):.0f}H{_x(1):.0f}" '
            'stroke="#e4e4e4" fill="none"/>'
        )
        yield f'<text x="{_x(share):.0f}" y="{_y(0) + 18:.0f}" text-anchor="middle">{share:.1f}</text>'
        yield f'<text x="{_x(0) - 8:.0f}" y="{_y(share) + 4:.0f}" text-anchor="end">{share:.1f}</text>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#666" stroke-dasharray="4 4"/>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">confidence said</text>'
    yield (
        f'<text x="16" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 16 {_y(0.5)})">'
        "share right in every field</text>"
    )


def _x(share: float) -> float:
    return MARGIN + share * SIDE


def _y(share: float) -> float:
    return MARGIN + (1 - share) * SIDE


def write(path: Path, series: Mapping[str, Sequence[Judged]]) -> None:
    path.write_text(plot(series), "utf-8")
