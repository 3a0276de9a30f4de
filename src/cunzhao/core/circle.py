"""Places on a ring, and lines between them. Pure; the same agreements always give the same picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import cos, pi, sin, sqrt

from cunzhao.core.filed_pages import Edge, Network, Node

NODES = 36  # more cannot be read
EDGES = 160
WIDTH, HEIGHT = 960, 660
WIDE, HIGH = 320, 285  # half axes of the ring
THICK = 10.0


def network(agreements: Iterable[frozenset[str]], names: Mapping[str, str]) -> Network:
    """`agreements`: the places of each; places of one province stand together, by their codes."""
    pairs: Counter[tuple[str, str]] = Counter()
    many: Counter[str] = Counter()
    for places in agreements:
        if len(places) > 1:
            many.update(places)
            pairs.update(combinations(sorted(places), 2))
    most = sorted(many, key=lambda place: (-many[place], place))[:NODES]
    nodes = {
        place: _node(
            (n + 0.5) / len(most), place, names[place], agreements=many[place], most=max(many.values())
        )
        for n, place in enumerate(sorted(most))
    }
    drawn = sorted((count, pair) for pair, count in pairs.items() if set(pair) <= nodes.keys())[-EDGES:]
    return Network(
        nodes=tuple(nodes.values()),
        edges=tuple(
            Edge(a=nodes[a], b=nodes[b], agreements=count, width=round(min(THICK, 1 + 1.3 * sqrt(count)), 1))
            for count, (a, b) in drawn
        ),
        places=len(many),
        width=WIDTH,
        height=HEIGHT,
    )


def _node(part: float, place: str, name: str, *, agreements: int, most: int) -> Node:
    """`part` of the way round, from the top."""
    turn = 2 * pi * part - pi / 2
    return Node(
        place=place,
        name=name,
        agreements=agreements,
        x=round(WIDTH / 2 + WIDE * cos(turn), 1),
        y=round(HEIGHT / 2 + HIGH * sin(turn), 1),
        r=round(6 + 14 * sqrt(agreements / most), 1),
        ends=cos(turn) < 0,
    )
