"""Pages that find and judge: tasks, contradictions, reposts, brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from cunzhao.api.routes import DOCX
from cunzhao.errors import UsageWrong
from cunzhao.evaluate.types import Severity
from cunzhao.web.showing.safe import attachment
from cunzhao.web.showing.show import Show

if TYPE_CHECKING:
    from cunzhao.core import Core

Level = Severity | Literal[""]


@dataclass(frozen=True, slots=True)
class FindingPages:
    core: Core
    show: Show

    def tasks(self, plan: str = "", after: str = "") -> Response:
        page = self.core.tasks(plan or None, after=after)
        return self.show.html("tasks.html", page=page, after=after)

    def contradictions(self, severity: Level = "", after: str = "") -> Response:
        page = self.core.contradictions(severity=severity, after=after)
        return self.show.html("contradictions.html", page=page, after=after)

    def reposts(self, after: str = "") -> Response:
        return self.show.html("reposts.html", page=self.core.reposts(after=after), after=after)

    def reposts_of(self, snapshot: str) -> Response:
        return self.show.html("repost.html", page=self.core.reposts_of(snapshot))

    def choose(self, s: Annotated[list[str] | None, Query()] = None) -> Response:
        return self.show.html("brief.html", page=self.core.brief_choices(s or []), error=None)

    def brief(
        self, s: Annotated[list[str] | None, Form()] = None, title: Annotated[str, Form()] = ""
    ) -> Response:
        if not s:
            error = UsageWrong("简报", detail="还没有选择快照", detail_en="no snapshot was chosen")
            page = self.core.brief_choices([])
            return self.show.html("brief.html", 422, page=page, error=self.show.words_of(error))
        name = f"{title.strip() or '简报'}.docx"
        headers = {"Content-Disposition": attachment(name)}
        return Response(self.core.brief(s, title=title.strip()), media_type=DOCX, headers=headers)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/tasks", self.tasks)
        routes.add_api_route("/contradictions", self.contradictions)
        routes.add_api_route("/reposts", self.reposts)
        routes.add_api_route("/reposts/{snapshot}", self.reposts_of)
        routes.add_api_route("/brief", self.choose)
        routes.add_api_route("/brief", self.brief, methods=["POST"])
        return routes
