"""What an OFD page places: characters, ruled lines, pictures, in points from the lower left corner.

Source: GB/T 33190-2016: 8.5 (coordinates: millimetres from the upper left corner), 9 (paths), 11 (text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import Any

from cunzhao.read.office.packages import whole
from cunzhao.read.pdf.characters import is_wide, readable
from cunzhao.read.pdf.glyphs import MOST_CHARACTERS, Box, Placed, Style

POINTS = 72 / 25.4  # of a millimetre
_TILT = 12.0  # degrees a line may be off; what is more askew is a watermark
_NARROW = 0.55  # of the size of the type: the width of a letter whose font is not asked
_DEEPEST = 8  # blocks and units within each other
_MOST_OBJECTS = 50_000  # of one page
_MOST_SEGMENTS = 2_000  # of one path
_SEGMENT = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_BOLD = re.compile(r"bold|heavy|black|hei|黑|小标宋|xbs", re.IGNORECASE)

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Resources:
    """What the pages of a document refer to by number."""

    bold: frozenset[str] = frozenset()  # fonts
    units: Mapping[str, Any] = field(default_factory=dict)  # graphic units drawn in several places


@dataclass(slots=True)
class PageObjects:
    glyphs: list[Placed] = field(default_factory=list)
    boxes: list[tuple[str, Box]] = field(default_factory=list)  # "line" or "image"
    left: int = _MOST_OBJECTS


def resources_of(roots: Sequence[Any]) -> Resources:
    """The resources in the ofd:Res elements of a document."""
    bold, units = set(), {}
    for root in roots:
        for font in root.iterfind("{*}Fonts/{*}Font"):
            name = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
            if font.get("Bold") == "true" or _BOLD.search(name):
                bold.add(font.get("ID", ""))
        for unit in root.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit"):
            units[unit.get("ID", "")] = unit
    return Resources(frozenset(bold), units)


def numbers(told: str | None, count: int) -> tuple[float, ...] | None:
    """The numbers of a box or matrix; None where they are not `count` numbers."""
    found = (told or "").split()
    try:
        values = tuple(float(value) for value in found)
    except ValueError:
        return None
    return values if len(values) == count and all(abs(value) < 1e7 for value in values) else None


def place_objects(holder: Any, page: Box, resources: Resources, into: PageObjects) -> None:
    """Add what a page or template shows; `page` is its physical box: left, top, width, height in mm."""
    left, top, _, height = page
    down: Matrix = (POINTS, 0.0, 0.0, -POINTS, -left * POINTS, (top + height) * POINTS)
    for layer in holder.iterfind("{*}Content/{*}Layer"):
        _place(layer, down, resources, into, 0)


def _place(holder: Any, outer: Matrix, resources: Resources, into: PageObjects, depth: int) -> None:
    for element in holder:
        kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        into.left -= 1
        if into.left < 0 or element.get("Visible") == "false":
            continue
        if kind in ("PageBlock", "Content") and depth < _DEEPEST:
            _place(element, outer, resources, into, depth + 1)
            continue
        box = numbers(element.get("Boundary"), 4)
        if box is None:
            continue
        matrix = numbers(element.get("CTM"), 6) or SAME
        own = _times(matrix, _times((1.0, 0.0, 0.0, 1.0, box[0], box[1]), outer))  # type: ignore[arg-type]
        if kind == "TextObject":
            _text(element, own, resources, into)
        elif kind == "PathObject":
            into.boxes += [("line", line) for line in _lines(element, own)]
        elif kind == "ImageObject":
            into.boxes.append(("image", _mapped((box[0], box[1], box[0] + box[2], box[1] + box[3]), outer)))
        elif kind == "CompositeObject" and depth < _DEEPEST:
            unit = resources.units.get(element.get("ResourceID", ""))
            if unit is not None:
                _place(unit, own, resources, into, depth + 1)


def _text(element: Any, own: Matrix, resources: Resources, into: PageObjects) -> None:
    sizes = numbers(element.get("Size"), 1)
    size = sizes[0] if sizes else 0.0
    heavy = (whole(element.get("Weight")) or 0) >= 600
    bold = heavy or element.get("Font") in resources.bold
    angle = degrees(atan2(own[1], own[0]))
    quarter = round(angle / 90)
    if size * hypot(own[2], own[3]) <= 0.5 or abs(angle - 90 * quarter) > _TILT:
        return
    stretch = numbers(element.get("HScale"), 1) or (1.0,)
    at = (0.0, 0.0)
    for code in element.iterfind("{*}TextCode"):
        text = (code.text or "").strip("\r\n")
        at = tuple(  # type: ignore[assignment]
            (numbers(code.get(name), 1) or (usual,))[0] for name, usual in zip(("X", "Y"), at, strict=True)
        )
        turned = _direction(element.get("ReadDirection"), code)
        style = Style(size * hypot(own[2], own[3]), (quarter - turned) % 4, bold)
        places = _places(code, text, at, size * stretch[0], _quarters(element.get("ReadDirection")))
        spaced = False
        for char, (x, y, width) in zip(text, places, strict=True):
            shown = readable(ord(char))
            if shown and len(into.glyphs) < MOST_CHARACTERS:
                box = _mapped((x, y - 0.88 * size, x + width, y + 0.14 * size), own)
                into.glyphs.append(Placed(shown, box, _point(x, y, own), style, spaced))
            spaced = not shown


def _places(
    code: Any, text: str, at: tuple[float, float], size: float, direction: int
) -> list[tuple[float, float, float]]:
    """x, y and width of each character. Steps that are not told are as wide as the character before."""
    across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
    places = []
    x, y = at
    for k, char in enumerate(text):
        natural = size * (1.0 if is_wide(char) else _NARROW)
        told = across[k] if k < len(across) else None
        width = natural if told is None or told <= 0 or told > max(1.3 * natural, 1.15 * size) else told
        places.append((x, y, width))
        step = (told if told is not None else 0.0 if down else natural), (down[k] if k < len(down) else 0.0)
        for _ in range(direction):
            step = (-step[1], step[0])
        x, y = x + step[0], y + step[1]
    return places


def _steps(told: str | None, most: int) -> list[float]:
    """`3 g 2 1.5` -> [3, 1.5, 1.5]: g repeats a step so many times."""
    words = (told or "").split()
    steps: list[float] = []
    k = 0
    while k < len(words) and len(steps) < most:
        repeat = words[k] == "g" and k + 2 < len(words)
        value = numbers(words[k + 2] if repeat else words[k], 1)
        times = (whole(words[k + 1]) if repeat else None) or 1
        if value is None:
            break
        steps += list(value) * min(times, most)
        k += 3 if repeat else 1
    return steps[:most]


def _direction(told: str | None, code: Any) -> int:
    """Quarters clockwise from rightwards in which a string runs; its steps may lead down (竖排)."""
    down = _steps(code.get("DeltaY"), 2)
    leads_down = bool(down) and min(down) > 0 and not any(_steps(code.get("DeltaX"), 2))
    return (_quarters(told) + leads_down) % 4


def _quarters(told: str | None) -> int:
    """Quarters clockwise of a ReadDirection (0, 90, 180, 270)."""
    return (whole(told) or 0) // 90 % 4


def _lines(element: Any, own: Matrix) -> Iterator[Box]:
    """The straight pieces of a path that is stroked; a thin filled box as one."""
    points: list[tuple[float, float]] = []
    sides: list[Box] = []
    for name, values in _segments(element.findtext("{*}AbbreviatedData") or ""):
        here = _point(values[-2], values[-1], own) if len(values) > 1 else points[0] if points else (0.0, 0.0)
        if name in "LC" and points:
            sides.append(_hull(points[-1], here))
        points = [here] if name in "SM" else [*points, here]
    if element.get("Stroke") != "false":
        yield from sides
    elif element.get("Fill") == "true" and sides:
        whole = (
            min(s[0] for s in sides), min(s[1] for s in sides),
            max(s[2] for s in sides), max(s[3] for s in sides),
        )  # fmt: skip
        yield whole


def _segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """The operators of a path in order, with the numbers behind each."""
    name, values = "", list[float]()
    for count, found in enumerate(_SEGMENT.finditer(data)):
        if count > 8 * _MOST_SEGMENTS:
            return
        if found[1]:
            if name:
                yield name, values
            name, values = found[1].upper().replace("Z", "C"), []
        else:
            values.append(float(found[2]))
    if name:
        yield name, values


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2], a * n[1] + b * n[3], c * n[0] + d * n[2], c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4], e * n[1] + f * n[3] + n[5],
    )  # fmt: skip


def _point(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _mapped(box: Box, m: Matrix) -> Box:
    corners = [_point(x, y, m) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _hull(p: tuple[float, float], q: tuple[float, float]) -> Box:
    return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])
