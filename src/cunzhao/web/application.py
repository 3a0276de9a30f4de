"""The application: pages, archived bytes and the API on one core, behind one guard."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from cunzhao import __version__, api
from cunzhao.api.shapes import describe
from cunzhao.errors import CunzhaoError
from cunzhao.language import either, language
from cunzhao.web.door.admission import Admission, Door, checked, doors_of
from cunzhao.web.door.guard import OWN_HEADERS, Guard
from cunzhao.web.pages.account import AccountPages
from cunzhao.web.pages.agents import Agents
from cunzhao.web.pages.archived import ArchivedBytes
from cunzhao.web.pages.choosing import ChosenPages
from cunzhao.web.pages.correcting import CorrectionPages
from cunzhao.web.pages.data import DataPages
from cunzhao.web.pages.downloads import downloads
from cunzhao.web.pages.entering import EntryPages
from cunzhao.web.pages.feeds import Feeds
from cunzhao.web.pages.filed import FiledPages
from cunzhao.web.pages.finding import FindingPages
from cunzhao.web.pages.indicators import IndicatorPages
from cunzhao.web.pages.linked import LinkedPages
from cunzhao.web.pages.links import LinkPages
from cunzhao.web.pages.looks import LookPages
from cunzhao.web.pages.matching import MatchingPages
from cunzhao.web.pages.ordering import OrderPages
from cunzhao.web.pages.people import PeoplePages
from cunzhao.web.pages.reading import SnapshotPages
from cunzhao.web.pages.searching import SearchPages
from cunzhao.web.pages.sharing import SharedPages, SharePages
from cunzhao.web.showing.show import STATIC, Show
from cunzhao.web.showing.wishes import Wishes

if TYPE_CHECKING:
    from cunzhao.core import Core

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def app(core: Core, *, hosts: Collection[str] = (), local: bool = True) -> FastAPI:
    """The web application on an open core.

    It answers under the loopback names and `hosts` (names without port), and refuses other Host headers.
    `local`: it is served on loopback alone; then nobody has to log in until there is an account. Else it
    answers under any IP address too, by which no page of another site can reach it in disguise. The caller
    closes core.
    """
    show = Show()
    site = FastAPI(
        title="存照 Cunzhao",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(checked)],
    )
    doors: list[Door] = []

    def include(router: APIRouter, prefix: str = "") -> None:
        doors.extend(doors_of(router.routes, prefix))
        site.include_router(router, prefix=prefix, include_in_schema=bool(prefix))

    for pages in (
        ChosenPages(core, show),
        LinkPages(core, show),
        LinkedPages(core, show),
        OrderPages(core, show),
        SnapshotPages(core, show),
        DataPages(core, show),
        FiledPages(core, show),
        FindingPages(core, show),
        CorrectionPages(core, show),
        IndicatorPages(core, show),
        SearchPages(core, show),
        MatchingPages(core, show),
        ArchivedBytes(core),
        Feeds(core),
        Agents(core),
        EntryPages(core, show),
        AccountPages(core, show),
        LookPages(core, show),
        PeoplePages(core, show),
        SharePages(core, show),
        SharedPages(core, show),
    ):
        include(pages.router())
    include(downloads(core, show), "/api")  # before /collections/{collection}, which would take a name.csv
    include(api.router(core), "/api")
    site.mount("/static", StaticFiles(directory=STATIC))
    _describe_operations(site, show)
    _answer_errors(site, show)
    site.state.doors = doors + doors_of(site.routes)
    return _guarded(site, core, show, hosts, local=local)


def _guarded(site: FastAPI, core: Core, show: Show, hosts: Collection[str], *, local: bool) -> FastAPI:
    def refuse(request: Request, error: CunzhaoError) -> Response:
        return error_response(show, request, error)

    site.add_middleware(Admission, core=core, doors=site.state.doors, local=local, refuse=refuse)
    site.add_middleware(
        Guard,
        hosts=LOOPBACK | {host.lower().strip("[]").rstrip(".") for host in hosts},
        any_address=not local,
        max_body_bytes=core.settings.max_body_bytes,
        refuse=refuse,
    )
    # The one added last is asked first: whatever is refused is refused in the right language.
    site.add_middleware(Wishes, lang=core.settings.lang)
    return site


def error_response(show: Show, request: Request, exc: Exception) -> Response:
    """The error in words: JSON under /api, a page elsewhere; under /view one that may stand in our frame."""
    answer = api.answer_to(exc, request.url.path)
    response = _told(show, request, answer)
    if answer.status == 405:
        response.headers["Allow"] = _allowed(request.app.state.doors, request.url.path)
    return response


def _allowed(doors: list[Door], path: str) -> str:
    """The methods of an address: of /links/bulk its own, not those of /links/{link}."""
    fitting = [door for door in doors if door.method != "MOUNT" and door.pattern.match(path)]
    nearest = min(fitting, key=lambda door: (door.path.count("{"), -len(door.path)), default=None)
    return ", ".join(sorted({door.method for door in fitting if nearest and door.path == nearest.path}))


def _told(show: Show, request: Request, answer: api.Answer) -> Response:
    if request.url.path.startswith(("/api/", "/mcp")):
        return JSONResponse(answer.error.as_json(language()), answer.status, OWN_HEADERS)
    framed = request.url.path.startswith("/view/") or "/view/" in request.url.path.removeprefix("/shared/")
    response = show.error(answer.error, answer.status, framed=framed)
    response.headers.update(OWN_HEADERS)
    if framed:
        policy = OWN_HEADERS["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
    return response


def _answer_errors(site: FastAPI, show: Show) -> None:
    async def answer(request: Request, exc: Exception) -> Response:
        return error_response(show, request, exc)

    for kind in (CunzhaoError, HTTPException, RequestValidationError, Exception):
        site.add_exception_handler(kind, answer)


def _first_line(operation: dict[str, Any]) -> str:
    """What an operation does, in English: the summaries are Chinese."""
    return str(operation.get("description") or operation["summary"]).strip().partition("\n")[0]


def _describe_operations(site: FastAPI, show: Show) -> None:
    """OpenAPI with our shapes, and a plain list of the operations at /api (no script from elsewhere)."""

    def openapi() -> dict[str, Any]:
        if site.openapi_schema is None:
            schema = get_openapi(
                title=site.title, version=site.version, routes=site.routes, description=api.__doc__
            )
            site.openapi_schema = describe(schema)
        return site.openapi_schema

    def operations() -> Response:
        listed = [
            (method.upper(), path, either(operation["summary"], _first_line(operation)))
            for path, methods in sorted(openapi()["paths"].items())
            for method, operation in methods.items()
        ]
        return show.html("api.html", operations=listed)

    site.openapi = openapi  # type: ignore[method-assign]
    site.add_api_route("/api", operations, include_in_schema=False)
