"""Where places stand in a picture of their agreements. Pure; the same ones always give the same picture.

Places joined by agreements make a group. In a group joined places attract and all repel each other
(Fruchterman and Reingold 1991), then boxes that hold a circle and its name are pushed apart. The
largest group stands first, each next one as high up as there is room: the picture is as large as its places
are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import atan2, ceil, cos, hypot, pi, sin

Pair = tuple[str, str]
Size = tuple[float, float]  # of a box: width, height
Spot = tuple[float, float]  # its middle

WIDTH = 760.0
MARGIN = 12.0
CELL = 10.0
APART = 84.0  # between joined places
STEPS = 90
PUSHES = 80


def laid_out(sizes: Mapping[str, Size], pairs: Iterable[Pair]) -> tuple[dict[str, Spot], Size]:
    """The middle of each box, and how large the whole is. Every box is in one pair or more."""
    joined = sorted(pairs)
    filled = [0.0] * (int(WIDTH / CELL) + 1)  # how far down each column is taken
    placed, right = {}, 0.0
    for group in _groups(sizes, joined):
        spots = _group(group, {k: sizes[k] for k in group}, [p for p in joined if p[0] in group])
        width, height = _moved_to_origin(spots, sizes)
        columns = min(len(filled), ceil((width + MARGIN) / CELL))
        tops = [max(filled[n : n + columns]) for n in range(len(filled) - columns + 1)]
        first = tops.index(min(tops))
        for key, (x, y) in spots.items():
            placed[key] = (round(MARGIN + first * CELL + x, 1), round(MARGIN + tops[first] + y, 1))
        filled[first : first + columns] = [tops[first] + height + MARGIN] * columns
        right = max(right, first * CELL + width)
    return placed, (round(right + 2 * MARGIN, 1), round(max(filled) + MARGIN, 1))


def _groups(sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> list[list[str]]:
    """Keys that are joined, directly or by others; the largest group first."""
    of = {key: {key} for key in sizes}
    for a, b in pairs:
        if of[a] is not of[b]:
            of[a] |= of[b]
            for key in of[b]:
                of[key] = of[a]
    found = {id(group): sorted(group) for group in of.values()}
    return sorted(found.values(), key=lambda group: (-len(group), group))


def _group(keys: Sequence[str], sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> dict[str, Spot]:
    around = max(APART / 2, APART * len(keys) / (2 * pi))
    turns = {key: pi + 2 * pi * n / len(keys) for n, key in enumerate(keys)}
    at = {key: (around * cos(turn), around * sin(turn)) for key, turn in turns.items()}
    for step in range(STEPS):
        at = _stepped(at, pairs, APART * (1 - step / STEPS) / 4)
    at = _lying(at)
    widest = max(x for x, _ in at.values()) - min(x for x, _ in at.values())
    room = WIDTH - max(width for width, _ in sizes.values()) - 2 * MARGIN
    if widest > room:
        at = {key: (x * room / widest, y) for key, (x, y) in at.items()}
    return _pushed_apart(at, sizes)


def _stepped(at: Mapping[str, Spot], pairs: Sequence[Pair], most: float) -> dict[str, Spot]:
    """Each a little nearer to where it is drawn, at most so far."""
    force = {key: [-0.02 * x, -0.06 * y] for key, (x, y) in at.items()}  # rather wide than high

    def act(a: str, b: str, x: float, y: float) -> None:
        force[a][0] += x
        force[a][1] += y
        force[b][0] -= x
        force[b][1] -= y

    for a, b in combinations(at, 2):
        dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
        apart = dx * dx + dy * dy + 1
        act(a, b, dx * APART * APART / apart, dy * APART * APART / apart)
    for a, b in pairs:
        dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
        pull = hypot(dx, dy) / APART
        act(a, b, -dx * pull, -dy * pull)
    moved = {}
    for key, (x, y) in at.items():
        fx, fy = force[key]
        scale = min(1.0, most / (hypot(fx, fy) or 1.0))
        moved[key] = (x + fx * scale, y + fy * scale)
    return moved


def _lying(at: Mapping[str, Spot]) -> dict[str, Spot]:
    """Turned so that its long side lies."""
    mid_x, mid_y = (sum(spot[n] for spot in at.values()) / len(at) for n in (0, 1))
    away = {key: (x - mid_x, y - mid_y) for key, (x, y) in at.items()}
    xx, yy, xy = (sum(p * q for p, q in found) for found in (
        [(x, x) for x, _ in away.values()], [(y, y) for _, y in away.values()], away.values(),
    ))  # fmt: skip
    turn = -atan2(2 * xy, xx - yy) / 2
    return {
        key: (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) for key, (x, y) in away.items()
    }


def _pushed_apart(at: Mapping[str, Spot], sizes: Mapping[str, Size]) -> dict[str, Spot]:
    spots = {key: [x, y] for key, (x, y) in at.items()}
    for _ in range(PUSHES):
        touched = False
        for a, b in combinations(spots, 2):
            (ax, ay), (bx, by) = spots[a], spots[b]
            over_x = (sizes[a][0] + sizes[b][0]) / 2 - abs(ax - bx)
            over_y = (sizes[a][1] + sizes[b][1]) / 2 - abs(ay - by)
            if over_x > 0.1 and over_y > 0.1:
                touched = True
                axis, over = (0, over_x) if over_x < over_y else (1, over_y)
                side = 1 if (spots[a][axis], a) > (spots[b][axis], b) else -1
                spots[a][axis] += side * over / 2
                spots[b][axis] -= side * over / 2
        if not touched:
            break
    return {key: (x, y) for key, (x, y) in spots.items()}


def _moved_to_origin(spots: dict[str, Spot], sizes: Mapping[str, Size]) -> Size:
    """So that the boxes' left and upper edges are at 0; the size of the whole."""
    left = min(x - sizes[key][0] / 2 for key, (x, _) in spots.items())
    top = min(y - sizes[key][1] / 2 for key, (_, y) in spots.items())
    for key, (x, y) in spots.items():
        spots[key] = (x - left, y - top)
    return (
        max(x + sizes[key][0] / 2 for key, (x, _) in spots.items()),
        max(y + sizes[key][1] / 2 for key, (_, y) in spots.items()),
    )
