"""The DOM after scripts as one HTML document that shows without script what was seen.

Source of the method: each frame writes itself (`scripts/dom.js`) and leaves a mark where a frame of its own
or a picture only the screen has belongs; the parts are put together here. Beside plain HTML it may contain:

- `<template shadowrootmode="open|closed">`: shadow trees, closed ones too where the snapshot of the
  DOM shows them (at most 300 per page), with the sheets they adopted as `<style data-cunzhao="adopted">`;
- `<iframe srcdoc>` (also for `<object>` that held a document: `data-cunzhao="object"`), and `srcdoc` on
  `<frame>`: the DOM of that frame of whatever origin, `src` kept beside, with
  `<base href data-cunzhao="added">` where it had none; frames deeper than `DEEPEST`, beyond
  `_MOST_FRAMES` or in another process keep their `src` alone;
- `data:` addresses: `<img data-cunzhao="canvas">` in the place of each canvas, what a `blob:` address
  named (in src, srcset, href, style, stylesheets), a video's current frame as `poster`;
- `<style>` whose text is spelled anew from the rules in force where scripts changed them (insertRule),
  `<style data-cunzhao="adopted">` for constructed sheets, `<style data-cunzhao="blob">` for sheets behind a
  `blob:` address, `media="not all"` on a sheet that was switched off;
- `data-cunzhao-seen` on `<img>`: the absolute address of the image that was shown, where `srcset` or
  `<picture>` stand beside (both stay as they were); `src` says the same;
- the state of forms as attributes (value, checked, selected, text of a textarea), never of a password;
- `<details open>`, `<dialog data-cunzhao="modal">`, `data-cunzhao="popover"` in place of `popover`, and
  `<style data-cunzhao="top-layer">` that puts these two over the page;
- `<base href data-cunzhao="added">` in the page itself only where its address changed without a navigation
  (history.pushState), so that relative names lead elsewhere than the address it came from says;
- `<script>` and `on…` attributes as they stand in the DOM; `<noscript>` empty.

As bytes it is UTF-8, whatever a `<meta charset>` in it says about the page as it was sent.

Not had: rules that a script inserted into a sheet that came by `<link>`; a canvas that scripts may not read
and that stands in a frame or under something else; closed shadow trees of a page above 60,000 elements;
comments.
"""

from __future__ import annotations

import asyncio
import html
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.pictures import clip
from cunzhao.collect.browser.world import Frame, ScriptFailed, frames, run, world_of

MOST = 20_000_000  # characters of the document, frames included
DEEPEST = 5  # frames in frames
_MOST_FRAMES = 60
_BLOBS = 12_000_000  # bytes of data: addresses in one frame
_MOST_CLOSED = 300
_SCRIPT_S = 15.0
_FRAME_S = 4.0
_SHOT_S = 4.0
_MOST_SHOTS = 8


@dataclass(frozen=True, slots=True)
class Written:
    """The document, its visible text (frames' after the page's), its title; `notes`: what was not had."""

    html: str
    text: str
    title: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Part:
    """One frame as it wrote itself; `html` holds marks for the frames in `inner`, by number."""

    html: str
    text: str
    title: str
    inner: tuple[str, ...]


async def write_dom(cdp: CDPSession) -> Written:
    """Write the page. Raises ScriptFailed, TimeoutError, PlaywrightError where the page is not to be had."""
    found = await frames(cdp, most=_MOST_FRAMES)
    notes = ["frames left out"] if len(found) == _MOST_FRAMES or any(f.depth > DEEPEST for f in found) else []
    found = tuple(f for f in found if f.depth <= DEEPEST)
    shadows = await _closed_nodes(cdp)
    mark = f"cunzhao{secrets.token_hex(8)}"  # a page cannot know it beforehand
    parts: dict[str, _Part] = {}
    room = MOST
    for frame in found:
        try:
            part, told = await _write_frame(
                cdp, frame, found=found, closed=shadows.get(frame.id, ()), mark=mark, room=room
            )
        except (ScriptFailed, TimeoutError, PlaywrightError) as exc:
            if not frame.depth:
                raise
            notes.append(f"frame {frame.url[:200]}: {str(exc).partition(chr(10))[0][:100] or 'timeout'}")
            continue
        parts[frame.id] = part
        notes += told
        room = max(0, room - len(part.html))
    top = found[0].id
    texts = [part.text for part in parts.values() if part.text]
    text = "\n".join(texts).replace("\r\n", "\n").replace("\r", "\n")
    document = await asyncio.to_thread(_together, top, parts, mark)
    if len(document) > MOST:
        document, notes = document[:MOST], [*notes, "cut"]
    return Written(document, text, parts[top].title, tuple(dict.fromkeys(notes)))


async def _write_frame(
    cdp: CDPSession,
    frame: Frame,
    *,
    found: tuple[Frame, ...],
    closed: tuple[int, ...],
    mark: str,
    room: int,
) -> tuple[_Part, list[str]]:
    world = await world_of(cdp, frame.id)
    nodes = [o for n in closed if (o := await _object(cdp, n, world))]
    inner, owners = [], []
    for child in (f for f in found if f.parent == frame.id):
        if owner := await _owner(cdp, child.id, world):
            inner.append(child.id)
            owners.append(owner)
    options = {"most": room, "blobs": _BLOBS, "top": not frame.depth, "mark": mark, "owners": len(nodes)}
    limit = _FRAME_S if frame.depth else _SCRIPT_S
    told = await run(cdp, world, "dom", options, (*nodes, *owners), limit_s=limit)
    document, notes = str(told["html"]), [str(note) for note in told["notes"]]
    for n, place in enumerate(told["shots"][:_MOST_SHOTS]):
        # frames know their places within themselves only
        picture = b"" if frame.depth else await _shot(cdp, place)
        data = f"data:image/png;base64,{b64encode(picture).decode()}"
        document = document.replace(f"{mark}-shot-{n}-", data if picture else "data:,")
        notes += [] if picture else ["canvas-tainted"]
    return _Part(document, str(told["text"]), str(told["title"]), tuple(inner)), notes


async def _shot(cdp: CDPSession, place: dict[str, float]) -> bytes:
    """The screen's picture of a canvas that scripts may not read; empty if it is not to be had."""
    try:
        async with asyncio.timeout(_SHOT_S):
            return await clip(cdp, place)
    except (TimeoutError, PlaywrightError):
        return b""


async def _owner(cdp: CDPSession, frame_id: str, world: int) -> str:
    """The element that holds a frame, as an object of its parent's world; "" if it is not to be had."""
    try:
        owner = await cdp.send("DOM.getFrameOwner", {"frameId": frame_id})
    except PlaywrightError:
        return ""
    return await _object(cdp, int(owner["backendNodeId"]), world)


async def _object(cdp: CDPSession, node: int, world: int) -> str:
    try:
        told = await cdp.send("DOM.resolveNode", {"backendNodeId": node, "executionContextId": world})
    except PlaywrightError:
        return ""
    return str(told["object"].get("objectId", ""))


async def _closed_nodes(cdp: CDPSession) -> dict[str, tuple[int, ...]]:
    """One node inside each closed shadow tree, by frame: scripts reach the tree from it, not from outside.

    Source: DOMSnapshot, which looks through every shadow tree at the cost of one call.
    """
    world = await world_of(cdp, (await frames(cdp, most=1))[0].id)
    told = await cdp.send(
        "Runtime.evaluate",
        {
            "expression": "document.getElementsByTagName('*').length",
            "contextId": world,
            "returnByValue": True,
        },
    )
    if not 0 < int(told["result"].get("value") or 0) <= 60_000:
        return {}
    try:
        async with asyncio.timeout(_FRAME_S):
            shot = await cdp.send("DOMSnapshot.captureSnapshot", {"computedStyles": []})
    except (TimeoutError, PlaywrightError):
        return {}
    strings, found = shot["strings"], {}
    for document in shot["documents"]:
        nodes = _closed_of(document["nodes"], strings)
        if nodes:
            found[str(strings[document["frameId"]])] = nodes
    return found


def _closed_of(nodes: dict[str, Any], strings: list[str]) -> tuple[int, ...]:
    told = nodes.get("shadowRootType", {"index": (), "value": ()})
    of_parent: dict[int, int] = {}
    for at, value in zip(told["index"], told["value"], strict=True):
        if strings[value] == "closed" and len(of_parent) < _MOST_CLOSED:
            of_parent.setdefault(nodes["parentIndex"][at], nodes["backendNodeId"][at])
    return tuple(of_parent.values())


def _together(frame_id: str, parts: dict[str, _Part], mark: str) -> str:
    """The frame's document with those of its frames in the places of their marks."""
    part = parts[frame_id]

    def inside(found: re.Match[str]) -> str:
        number = int(found[1])
        if number >= len(part.inner) or part.inner[number] not in parts:
            return ""
        inner = _together(part.inner[number], parts, mark)
        return html.escape(inner) if len(inner) <= MOST else ""  # quotes grow with each frame they stand in

    return re.sub(rf"{mark}-frame-(\d+)-", inside, part.html)
