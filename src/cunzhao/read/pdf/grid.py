"""Ruled tables of a PDF page: crossing lines make a grid, missing ones join its fields to cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cunzhao.read.pdf.rules import Drawn, Rule

_NEAR = 3.0  # points: lines that near are one edge, ends that near touch
_OPEN = 8.0  # points that level lines reach beyond the outermost upright ones: a column open at the side
_MOST_FIELDS = 20_000  # of one grid
_MOST_CROSSINGS = 1_000_000  # looked at on one page: drawings have more


@dataclass(slots=True)
class Grid:
    """Edges of columns (from the left) and rows (from the top down); to which cell each field belongs."""

    xs: list[float]
    ys: list[float]
    open_top: bool = False  # no line there: its first row began on the page before
    open_bottom: bool = False
    owner: list[list[int]] = field(default_factory=list)  # [row][column]: number of its cell
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, rows, columns

    def cell_at(self, x: float, y: float) -> int | None:
        """Number of the cell at a point, None outside."""
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = sum(edge > y for edge in self.ys[1:-1])
        return self.owner[row][column]


def grids(drawn: Drawn) -> list[Grid]:
    """The grids of a page with at least two columns and two rows (or one row of three columns)."""
    if len(drawn.level) * len(drawn.upright) > _MOST_CROSSINGS:
        return []
    found = [_grid(level, upright) for level, upright in _connected(drawn)]
    kept = [g for g in found if g is not None]
    # What stands in a cell of another grid is part of that cell.
    return [g for g in kept if not any(o is not g and _within(g, o) for o in kept)]


def _within(g: Grid, o: Grid) -> bool:
    return o.xs[0] < g.xs[0] and g.xs[-1] < o.xs[-1] and o.ys[-1] < g.ys[-1] and g.ys[0] < o.ys[0]


def _connected(drawn: Drawn) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Level and upright lines that hang together by crossings."""
    parent = list(range(len(drawn.level) + len(drawn.upright)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for j, v in enumerate(drawn.upright, len(drawn.level)):
        for i, h in enumerate(drawn.level):
            if (h.start - _NEAR <= v.at <= h.end + _NEAR) and (v.start - _NEAR <= h.at <= v.end + _NEAR):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k in range(len(parent)):
        level, upright = groups.setdefault(root(k), ([], []))
        if k < len(drawn.level):
            level.append(drawn.level[k])
        else:
            upright.append(drawn.upright[k - len(drawn.level)])
    yield from groups.values()


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    if len(level) < 2 or not upright:
        return None
    xs = _edges([v.at for v in upright])
    start, end = min(h.start for h in level), max(h.end for h in level)
    xs = [start] * (start < xs[0] - _OPEN) + xs + [end] * (end > xs[-1] + _OPEN)
    ys = _edges([h.at for h in level])[::-1]
    low, high = min(v.start for v in upright), max(v.end for v in upright)
    above, below = high > ys[0] + _OPEN, low < ys[-1] - _OPEN
    ys = [high] * above + ys + [low] * below
    columns, height = len(xs) - 1, len(ys) - 1
    if columns < 2 or columns * height < 3 or columns * height > _MOST_FIELDS:
        return None
    grid = Grid(xs, ys, above, below)
    _own(grid, _joins_down(grid, level), _joins_right(grid, upright))
    return grid if len(grid.cells) >= 3 else None


def _edges(places: Sequence[float]) -> list[float]:
    edges: list[list[float]] = []
    for place in sorted(places):
        if edges and place - edges[-1][-1] <= _NEAR:
            edges[-1].append(place)
        else:
            edges.append([place])
    return [sum(e) / len(e) for e in edges]


def _joins_right(grid: Grid, upright: Sequence[Rule]) -> list[list[bool]]:
    """[row][column]: no line stands between this field and the next one in its row."""
    return [
        [not _covered(upright, grid.xs[j + 1], bottom, top) for j in range(len(grid.xs) - 2)]
        for top, bottom in zip(grid.ys, grid.ys[1:], strict=False)
    ]


def _joins_down(grid: Grid, level: Sequence[Rule]) -> list[list[bool]]:
    """[row][column]: no line lies between this field and the one below it."""
    return [
        [not _covered(level, y, left, right) for left, right in zip(grid.xs, grid.xs[1:], strict=False)]
        for y in grid.ys[1:-1]
    ]


def _covered(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _NEAR
    )
    return covered > 0.5 * (end - start)


def _own(grid: Grid, down: list[list[bool]], right: list[list[bool]]) -> None:
    """Number the cells: rectangles of fields without a line between, else what is joined in a row."""
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    grid.owner = [[-1] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if grid.owner[row][column] >= 0:
                continue
            columns = 1
            while (
                column + columns < width
                and right[row][column + columns - 1]
                and grid.owner[row][column + columns] < 0
            ):
                columns += 1
            rows = 1
            while row + rows < height and _joins_below(down, right, row + rows, column, columns):
                rows += 1
            for y in range(row, row + rows):
                grid.owner[y][column : column + columns] = [len(grid.cells)] * columns
            grid.cells.append((row, column, rows, columns))


def _joins_below(
    down: list[list[bool]], right: list[list[bool]], row: int, column: int, columns: int
) -> bool:
    """Whether the fields of `row` belong to the cell above them, which is `columns` wide."""
    inner = all(right[row][column : column + columns - 1])
    return inner and all(down[row - 1][column : column + columns])
