"""A case of the fidelity test: a page, what it needs, how to see that it is shown, what is expected."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Error, Frame, Page

from tests.fidelity.serving import Answer
from tests.fidelity.things import Colour, centre

Shown = Callable[[Page], bool]


@dataclass(frozen=True)
class Can:
    """What an engine is expected to do with a case; `why` tells the reason where it is not all."""

    kept: bool = True
    shown: bool = True
    why: str = ""


ALL = Can()


@dataclass(frozen=True)
class Case:
    """`files` by path below the case's folder; "index.html" is the page, unless `entry` names another.

    `required` are the files whose exact bytes must be kept: all, unless named. An empty one says that the
    page needs nothing beside itself (the page itself is always required).
    """

    name: str
    title: str
    seen: Shown
    files: Mapping[str, Answer | bytes | str]
    required: tuple[str, ...] | None = None
    entry: str = "index.html"
    http: Can = ALL
    browser: Can = ALL
    group: str = field(default="")

    def path(self, file: str) -> str:
        return f"/{self.name}/{file}"

    @property
    def needs(self) -> tuple[str, ...]:
        named = tuple(self.files) if self.required is None else self.required
        return tuple(dict.fromkeys(named))

    def answers(self) -> dict[str, Answer]:
        def made(told: Answer | bytes | str) -> Answer:
            if isinstance(told, Answer):
                return told
            return Answer(told.encode() if isinstance(told, str) else told)

        return {self.path(name): made(told) for name, told in self.files.items()}


def html(inside: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>一例</title>{head}</head>'
        f"<body><h1>标题文字</h1>{inside}</body></html>"
    )


def script_drawn(why: str = "drawn by script") -> Can:
    """What the http engine cannot do, as it runs no script."""
    return Can(kept=False, shown=False, why=why)


#: Nothing is fetched by the script, so all that is needed is kept; but nobody draws it.
ONLY_DRAWN = Can(kept=True, shown=False, why="drawn by script")


# --- how to see that something is shown: in the frozen view, in Chromium -----------------------------------


def _frame(page: Page, deep: int) -> Frame:
    frame = page.main_frame
    for _ in range(deep):
        frame = frame.child_frames[0]
    return frame


def wide(selector: str, width: int, *, deep: int = 0) -> Shown:
    """An image that has been loaded, and is the one of this width."""

    def look(page: Page) -> bool:
        found = _frame(page, deep).locator(selector).first
        return bool(found.evaluate("e => e.naturalWidth", timeout=300) == width)

    return look


def reads(text: str, *, deep: int = 0) -> Shown:
    """Text that a reader sees, in open shadow roots too."""
    return lambda page: _frame(page, deep).get_by_text(text).first.is_visible()


def hides(text: str) -> Shown:
    return lambda page: not any(found.is_visible() for found in page.get_by_text(text).all())


def styled(selector: str, name: str, value: str, *, deep: int = 0, pseudo: str = "") -> Shown:
    """A computed style."""
    told = f"(e, n) => getComputedStyle(e, {pseudo!r} || null).getPropertyValue(n)"
    return lambda page: value in _frame(page, deep).locator(selector).first.evaluate(told, name, timeout=300)


def painted(selector: str, colour: Colour, *, deep: int = 0) -> Shown:
    """The middle of the element's box has this colour on the screen."""

    def look(page: Page) -> bool:
        found = _frame(page, deep).locator(selector).first
        found.scroll_into_view_if_needed(timeout=300)
        box = found.bounding_box(timeout=300)
        if not box or box["width"] < 2 or box["height"] < 2:
            return False
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        shot = page.screenshot(clip={"x": x - 2, "y": y - 2, "width": 4, "height": 4}, timeout=2000)
        return all(abs(a - b) <= 6 for a, b in zip(centre(shot), colour, strict=True))

    return look


def holds(selector: str, script: str, *, deep: int = 0) -> Shown:
    """A JavaScript function of the element says true."""
    return lambda page: bool(_frame(page, deep).locator(selector).first.evaluate(script, timeout=300))


def every(*checks: Shown) -> Shown:
    return lambda page: all(check(page) for check in checks)


def is_shown(seen: Shown, page: Page, patience_s: float) -> bool:
    """Ask again until it is shown or patience ends; what is not there yet counts as not shown."""
    until = time.monotonic() + patience_s
    while True:
        try:
            if seen(page):
                return True
        except (Error, IndexError):
            pass
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(50)
