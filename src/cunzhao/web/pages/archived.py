"""The routes that emit archived bytes: view, requisites, icons, renditions, records, downloads.

All carry VIEW_HEADERS, the errors of these routes our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cunzhao.archive.types import Emitted
from cunzhao.core import VIEW_HEADERS
from cunzhao.web.showing.safe import attachment
from cunzhao.web.showing.segments import place_of

if TYPE_CHECKING:
    from cunzhao.core import Core

_RANGE = re.compile(r"bytes=(\d{1,12})?-(\d{1,12})?")


@dataclass(frozen=True, slots=True)
class ArchivedBytes:
    core: Core

    def view(self, snapshot: str, at: str = "") -> Response:
        """The frozen page; the characters `at` ("120-126") of the text are marked in it."""
        return safe_answer(self.core.view(snapshot, _address(snapshot), place_of(at)))

    def page(self, snapshot: str, page: int) -> Response:
        """A page of a PDF as an image."""
        image = self.core.page_image(snapshot, page)
        return safe_answer(Emitted(body=image.png, content_type="image/png"))

    def requisite(self, request: Request, snapshot: str, u: str) -> Response:
        """A thing of the page. Film and sound are asked for in parts."""
        answer = safe_answer(self.core.requisite(snapshot, u, _address(snapshot)))
        return part_of(answer, request.headers.get("range", ""))

    def rendition(self, snapshot: str, kind: Literal["screenshot", "pdf", "text"]) -> Response:
        """What the browser made of the page when it was captured."""
        return safe_answer(self.core.rendition(snapshot, kind))

    def record(self, record: str) -> Response:
        """A WARC record as a file; never shown."""
        return safe_answer(self.core.record(record))

    def download(self, snapshot: str) -> Response:
        """The page's payload as a file; never shown, whatever its type says."""
        name, body = self.core.download(snapshot)
        headers = {**dict(VIEW_HEADERS), "Content-Disposition": attachment(name)}
        return Response(body, media_type="application/octet-stream", headers=headers)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/view/{snapshot}", self.view)
        routes.add_api_route("/view/{snapshot}/r", self.requisite)
        routes.add_api_route("/view/{snapshot}/page/{page}.png", self.page)
        routes.add_api_route("/view/{snapshot}/{kind}", self.rendition)
        routes.add_api_route("/icon/{snapshot}", self.requisite)
        routes.add_api_route("/record/{record}", self.record)
        routes.add_api_route("/download/{snapshot}", self.download)
        return routes


def _address(snapshot: str) -> Callable[[str, str], str]:
    """Where the frozen view finds the things of this snapshot, of whatever kind."""
    name = quote(snapshot, safe="")
    return lambda url, _: f"/view/{name}/r?u={quote(url, safe='')}"


def safe_answer(emitted: Emitted) -> Response:
    response = Response(emitted.body, emitted.status, dict(VIEW_HEADERS))
    response.headers["Content-Type"] = emitted.content_type  # as stored: no charset is added
    if emitted.attachment:
        response.headers["Content-Disposition"] = attachment(emitted.attachment)
    return response


def part_of(answer: Response, asked: str) -> Response:
    """The part of an answer that `Range` asks for, where it is one part. Source: RFC 9110, 14."""
    whole = bytes(answer.body)
    answer.headers["Accept-Ranges"] = "bytes"
    found = _RANGE.fullmatch(asked.strip())
    if answer.status_code != 200 or found is None or not (found[1] or found[2]):
        return answer
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or len(whole) - 1), len(whole) - 1)
    else:
        first, last = max(0, len(whole) - int(found[2])), len(whole) - 1
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    if first > last:
        return Response(b"", 416, headers | {"content-range": f"bytes */{len(whole)}"})
    headers["content-range"] = f"bytes {first}-{last}/{len(whole)}"
    return Response(whole[first : last + 1], 206, headers)
