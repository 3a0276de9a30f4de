"""The colours of pictures: the tokens of the style sheet, so that a page and its charts are of one kind."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from cunzhao.core.data.drawing import Colours
from cunzhao.web.showing.show import STATIC

Theme = Literal["light", "dark"]

RULES = {"light": ":root {", "dark": ":root[data-theme=dark] {"}
SERIES = 6


@cache
def colours(theme: Theme = "light") -> Colours:
    token = _tokens("light") | _tokens(theme)
    series = tuple(token[f"series-{n}"] for n in range(1, SERIES + 1))
    return Colours(token["ink"], token["quiet"], token["line"], token["paper"], series)


def _tokens(theme: Theme) -> dict[str, str]:
    """Name and "#rrggbb" of each colour of a scheme."""
    sheet = (STATIC / "style.css").read_text("utf-8")
    rule = sheet.partition(RULES[theme])[2].partition("}")[0]
    return {name: _whole(value) for name, value in re.findall(r"--([\w-]+):\s*#(\w+)", rule)}


def _whole(digits: str) -> str:
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)
