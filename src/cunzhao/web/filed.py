"""Pages of agreements as a network, projects by stage and amount, people and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from cunzhao.core import drawing
from cunzhao.core.filed_pages import AgreementFilter, NameFilter, ProjectFilter, Sum
from cunzhao.errors import NotFound
from cunzhao.web.data import picture
from cunzhao.web.safe import plain
from cunzhao.web.show import Show
from cunzhao.web.words import STAGES, today

if TYPE_CHECKING:
    from cunzhao.core import Core

Filter = TypeVar("Filter", AgreementFilter, ProjectFilter)
LONGEST = 200  # characters typed into a filter
BARS = 16  # places of a chart
YI = 10**8


def _cleaned(wanted: Filter, *words: str) -> Filter:
    """What was typed on one line, without hidden characters."""
    typed = {name: plain(getattr(wanted, name))[:LONGEST] for name in words}
    return replace(wanted, **typed)


def agreement_asked(wanted: Annotated[AgreementFilter, Depends()]) -> AgreementFilter:
    return _cleaned(wanted, "place", "other", "q", "nature")


def project_asked(wanted: Annotated[ProjectFilter, Depends()]) -> ProjectFilter:
    return _cleaned(wanted, "stage", "area", "q")


def name_asked(wanted: Annotated[NameFilter, Depends()]) -> NameFilter:
    return replace(wanted, q=plain(wanted.q)[:LONGEST], name=plain(wanted.name)[:LONGEST])


@dataclass(frozen=True, slots=True)
class FiledPages:
    core: Core
    show: Show

    def agreements(self, wanted: Annotated[AgreementFilter, Depends(agreement_asked)]) -> Response:
        page = self.core.agreements(wanted)
        given = {n: v for n in ("place", "other", "q", "nature") if (v := getattr(wanted, n))}
        return self.show.html("agreements.html", page=page, given=given, names=dict(page.names))

    def network(self, form: Literal["svg", "png"]) -> Response:
        """The picture of the network as a file of its own."""
        network = self.core.agreements(AgreementFilter()).network
        drawn = bytes(self.show.html("network_file.html", network=network).body)
        if form == "svg":
            return Response(drawn, media_type="image/svg+xml")
        return Response(drawing.png_of(drawn.decode()), media_type="image/png")

    def projects(self, wanted: Annotated[ProjectFilter, Depends(project_asked)]) -> Response:
        given = {n: v for n in ("stage", "area", "q") if (v := getattr(wanted, n))}
        font = drawing.has_chinese_font()
        return self.show.html("projects.html", page=self.core.projects(wanted), given=given, font=font)

    def sums(
        self,
        by: Literal["stage", "area"],
        form: Literal["svg", "png"],
        theme: drawing.Theme = "light",
        size: drawing.Size = "wide",
        bare: bool = False,
    ) -> Response:
        """Amounts of projects by stage, or of the places with most."""
        page = self.core.projects(ProjectFilter())
        sums = page.stages if by == "stage" else page.areas[:BARS]
        if not sums:
            raise NotFound(by, what="图", what_en="chart")
        title = "项目投资额，按阶段" if by == "stage" else "项目投资额，按地区"
        note = "" if bare else f"同名、同地、同额的项目只计一次，只计人民币。存照 {today()} 制图"
        spec = drawing.bar_chart(bars(sums), title, "亿元", note, theme=theme, size=size)
        return picture(spec, form)

    def names(self, wanted: Annotated[NameFilter, Depends(name_asked)]) -> Response:
        return self.show.html("names.html", page=self.core.names(wanted))

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/agreements", self.agreements)
        routes.add_api_route("/agreements/network.{form}", self.network)
        routes.add_api_route("/projects", self.projects)
        routes.add_api_route("/projects/by-{by}.{form}", self.sums)
        routes.add_api_route("/names", self.names)
        return routes


def bars(sums: Sequence[Sum]) -> list[drawing.Bar]:
    return [
        drawing.Bar(name=STAGES.get(one.name, plain(one.name) or "阶段未写明"), value=float(one.amount) / YI)
        for one in sums
    ]
