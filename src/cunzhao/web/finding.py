"""Pages that find and judge: search, figures, tasks, contradictions, reposts, brief."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response, StreamingResponse

from cunzhao.api.routes import DOCX, Asked
from cunzhao.core.pages import FigureFilter, SourcedObservation
from cunzhao.errors import UsageWrong
from cunzhao.web.safe import attachment, defused, plain
from cunzhao.web.show import Show, place
from cunzhao.web.words import COMPARATORS, MEASURES, NATURES

if TYPE_CHECKING:
    from cunzhao.core import Core

CSV_HEAD = (
    "指标",
    "地区",
    "时期",
    "口径",
    "数值",
    "上限",
    "单位",
    "限定",
    "性质",
    "原文",
    "出处",
    "来源",
    "日期",
    "位置",
)


def csv_row(row: SourcedObservation) -> list[str]:
    """One figure as cells: exact value in base units, the quote, and the path of its place."""
    o = row.observation
    cells = (
        o.label or o.indicator, o.region, o.period, MEASURES.get(o.measure, o.measure), f"{o.value:f}",
        "" if o.value_high is None else f"{o.value_high:f}", o.unit, COMPARATORS.get(o.comparator, ""),
        NATURES.get(o.nature, o.nature), o.span.quote, row.title, row.origin or "", row.date or "",
        place(o.snapshot, o.span.start, o.span.end),
    )  # fmt: skip
    return [defused(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class FindingPages:
    core: Core
    show: Show

    def search(self, q: str = "", tag: str | None = None) -> Response:
        words = plain(q)  # pasted words bring hidden characters that no text holds
        page = self.core.search(words, tag=tag or None) if words else None
        return self.show.html("search.html", page=page, q=words, tag=tag)

    def figures(self, wanted: Asked) -> Response:
        page = self.core.figures(wanted)
        groups = [list(rows) for _, rows in groupby(page.rows, key=lambda row: row.observation.key)]
        return self.show.html("figures.html", page=page, groups=groups)

    def figures_csv(self, wanted: Asked) -> Response:
        """All figures that match, as CSV for spreadsheets (UTF-8 with a mark, formulas defused)."""
        lines = self._lines(replace(wanted, after=0))
        headers = {"Content-Disposition": attachment("指标数据.csv")}
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)

    def _lines(self, wanted: FigureFilter) -> Iterator[str]:
        yield "\ufeff" + ",".join(CSV_HEAD) + "\r\n"
        after: int | None = 0
        while after is not None:
            page = self.core.figures(replace(wanted, after=after))
            out = io.StringIO()
            csv.writer(out).writerows(csv_row(row) for row in page.rows)
            yield out.getvalue()
            after = page.next

    def tasks(self, plan: str = "") -> Response:
        return self.show.html("tasks.html", page=self.core.tasks(plan or None))

    def contradictions(self) -> Response:
        return self.show.html("contradictions.html", page=self.core.contradictions())

    def reposts(self) -> Response:
        return self.show.html("reposts.html", page=self.core.reposts())

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
        routes.add_api_route("/search", self.search)
        routes.add_api_route("/figures", self.figures)
        routes.add_api_route("/figures.csv", self.figures_csv)
        routes.add_api_route("/tasks", self.tasks)
        routes.add_api_route("/contradictions", self.contradictions)
        routes.add_api_route("/reposts", self.reposts)
        routes.add_api_route("/reposts/{snapshot}", self.reposts_of)
        routes.add_api_route("/brief", self.choose)
        routes.add_api_route("/brief", self.brief, methods=["POST"])
        return routes
