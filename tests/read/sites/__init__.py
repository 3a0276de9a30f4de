"""Pages as Chinese government and news sites build them, with generated texts and their exact main text.

`TEMPLATES` holds one function for each way of building; every third is held out: rules are tuned on the
others only. The texts are made by chance (`words.py`); the convention of what is main text stands in
docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.read.sites import government, hard, kinds, modern, old, papers, portals
from tests.read.sites.parts import Draft, Page
from tests.read.sites.words import Chinese, English, Traditional

_MODULES = (government, portals, papers, old, modern, hard, kinds)
TEMPLATES: dict[str, Callable[[Draft], str]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": make
    for module in _MODULES
    for name, make in vars(module).items()
    if getattr(make, "__module__", "") == module.__name__ and not name.startswith("_") and callable(make)
}
#: Not looked at before the rules were settled: every third, and all of the kinds written last.
HELD_OUT = frozenset([*list(TEMPLATES)[2:59:3], *(name for name in TEMPLATES if name.startswith("kinds."))])
_LENGTHS = (60, 300, 900, 2500, 8000)


def page(template: str, number: int) -> Page:
    """Page `number` of a template: the same one for the same number; lengths from 60 to 8000 characters."""
    seed = sum(ord(c) * 31**i for i, c in enumerate(template)) % 1_000_003 + number
    writer = {"traditional": Traditional, "english": English}.get(template.rpartition(".")[2], Chinese)(seed)
    length = _LENGTHS[number % len(_LENGTHS)]
    draft = Draft(writer, length + writer.by.randint(0, length // 2))
    return draft.page(template, TEMPLATES[template](draft))
