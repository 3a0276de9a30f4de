"""Our scripts in a page, where its own scripts cannot reach them: an isolated world for each frame.

Such a world shares the DOM with the page and nothing else: prototypes, `JSON`, `Array` and globals are its
own, so a page that overrides them changes nothing here. What a page can do to the DOM itself (a form whose
field is called `attributes`, a name that hides a method of `document`) is met in the scripts, which read
through the getters of the prototypes.
"""

from __future__ import annotations

import asyncio
import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

_WORLD = "cunzhao"


@functools.cache
def script(name: str) -> str:
    """The text of `scripts/NAME.js`: one function expression, ours, loaded once."""
    return files("cunzhao.collect.browser").joinpath("scripts", f"{name}.js").read_text("utf-8").strip()


class ScriptFailed(Exception):
    """One of our scripts threw in the page; the text is what it threw."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the page, as CDP names it. Depth 0 is the page itself."""

    id: str
    parent: str  # "" for the page itself
    url: str
    depth: int


async def frames(cdp: CDPSession, *, most: int = 200) -> tuple[Frame, ...]:
    """The frames of the page that live in its process, parents before children, at most `most`."""
    tree = (await cdp.send("Page.getFrameTree"))["frameTree"]
    found: list[Frame] = []
    pending: list[tuple[dict[str, Any], str, int]] = [(tree, "", 0)]
    while pending and len(found) < most:
        node, parent, depth = pending.pop(0)
        frame = node["frame"]
        found.append(Frame(frame["id"], parent, str(frame.get("url", "")), depth))
        pending += [(child, frame["id"], depth + 1) for child in node.get("childFrames", ())]
    return tuple(found)


async def world_of(cdp: CDPSession, frame_id: str) -> int:
    """The execution context of our world in a frame; lost when the frame goes elsewhere."""
    told = await cdp.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": _WORLD})
    return int(told["executionContextId"])


async def run(
    cdp: CDPSession,
    world: int,
    name: str,
    options: Any = None,
    objects: tuple[str, ...] = (),
    *,
    limit_s: float,
) -> Any:
    """What `scripts/NAME.js` returns, called with `options` (plain JSON) and remote `objects` by id.

    Raises ScriptFailed, TimeoutError after `limit_s` seconds, PlaywrightError where the frame is gone.
    """
    arguments: list[dict[str, Any]] = [{"value": options}, *({"objectId": each} for each in objects)]
    asked = {
        "functionDeclaration": script(name),
        "executionContextId": world,
        "arguments": arguments,
        "awaitPromise": True,
        "returnByValue": True,
        "silent": True,
    }
    async with asyncio.timeout(limit_s):
        told = await cdp.send("Runtime.callFunctionOn", asked)
    if problem := told.get("exceptionDetails"):
        thrown = problem.get("exception", {}).get("description") or problem.get("text") or "?"
        raise ScriptFailed(str(thrown).partition("\n")[0][:300])
    return told.get("result", {}).get("value")


async def free_page(cdp: CDPSession, *, limit_s: float = 2.0) -> bool:
    """Whether the page's main thread listens; a script that never ends is ended, and no other begins.

    Raises PlaywrightError where the page is gone.
    """
    for attempt in range(2):
        try:
            async with asyncio.timeout(limit_s):
                await cdp.send("Runtime.evaluate", {"expression": "1", "returnByValue": True})
                return True
        except TimeoutError:
            if not attempt:
                await _end_scripts(cdp, limit_s)
    return False


async def _end_scripts(cdp: CDPSession, limit_s: float) -> None:
    try:
        async with asyncio.timeout(limit_s):
            await cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
            await cdp.send("Runtime.terminateExecution")
    except (TimeoutError, PlaywrightError):
        return
