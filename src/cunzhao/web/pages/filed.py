"""Pages of agreements as a network, projects by stage and amount, people and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from cunzhao.core.data import drawing
from cunzhao.core.values.filed import AgreementFilter, NameFilter, ProjectFilter, ProjectsPage, Sum
from cunzhao.errors import NotFound
from cunzhao.language import tr
from cunzhao.web.pages.data import picture
from cunzhao.web.showing.palette import Theme, colours
from cunzhao.web.showing.safe import plain
from cunzhao.web.showing.show import Show
from cunzhao.web.showing.words import STAGES, today

if TYPE_CHECKING:
    from cunzhao.core import Core

Filter = TypeVar("Filter", AgreementFilter, ProjectFilter)
LONGEST = 200  # characters typed into a filter
BARS = 10  # places of a chart
YI = 10**8
AGREED = ("place", "other", "q", "kind", "nature", "since", "until")
PROJECTED = ("stage", "area", "q")


def _cleaned(wanted: Filter, *words: str) -> Filter:
    """What was typed on one line, without hidden characters."""
    typed = {name: plain(getattr(wanted, name))[:LONGEST] for name in words}
    return replace(wanted, **typed)


def agreement_asked(wanted: Annotated[AgreementFilter, Depends()]) -> AgreementFilter:
    return _cleaned(wanted, *AGREED)


def project_asked(wanted: Annotated[ProjectFilter, Depends()]) -> ProjectFilter:
    return _cleaned(wanted, *PROJECTED)


def name_asked(wanted: Annotated[NameFilter, Depends()]) -> NameFilter:
    q, name, role = (plain(typed)[:LONGEST] for typed in (wanted.q, wanted.name, wanted.role))
    return replace(wanted, q=q, name=name, role=role)


def _given(wanted: AgreementFilter | ProjectFilter, *names: str) -> dict[str, str]:
    """What is chosen, for addresses of the same choice."""
    return {name: value for name in names if (value := getattr(wanted, name))}


@dataclass(frozen=True, slots=True)
class FiledPages:
    core: Core
    show: Show

    def agreements(self, wanted: Annotated[AgreementFilter, Depends(agreement_asked)]) -> Response:
        page = self.core.agreements(wanted)
        given = _given(wanted, *AGREED)
        return self.show.html(
            "agreements.html",
            page=page,
            given=given,
            names=dict(page.names),
            kinds={kind: kind for kind in page.kinds},
            years={year: year for year in page.years},
        )

    def network(
        self, form: Literal["svg", "png"], wanted: Annotated[AgreementFilter, Depends(agreement_asked)]
    ) -> Response:
        """The picture of the network of what is chosen, as a file of its own."""
        network = self.core.agreements(wanted).network
        page = self.show.html("network_file.html", network=network, colours=colours(), today=today())
        drawn = bytes(page.body)
        if form == "svg":
            return Response(drawn, media_type="image/svg+xml")
        return Response(drawing.png_of(drawn.decode()), media_type="image/png")

    def projects(self, wanted: Annotated[ProjectFilter, Depends(project_asked)]) -> Response:
        page = self.core.projects(wanted)
        return self.show.html(
            "projects.html",
            page=page,
            given=_given(wanted, *PROJECTED),
            most={"stage": _most(page.stages), "area": _most(page.areas)},
            bars=BARS,
            yi=YI,
            font=drawing.has_chinese_font(),
        )

    def sums(
        self,
        wanted: Annotated[ProjectFilter, Depends(project_asked)],
        by: Literal["stage", "area"],
        form: Literal["svg", "png"],
        *,
        theme: Theme = "light",
        size: drawing.Size = "wide",
        bare: bool = False,
    ) -> Response:
        """Amounts of the projects chosen by stage, or of the places with most."""
        page = self.core.projects(wanted)
        sums = page.stages if by == "stage" else page.areas[:BARS]
        if not sums:
            raise NotFound(by, what="图", what_en="chart")
        title = tr("项目投资额，按阶段") if by == "stage" else tr("项目投资额，按地区")
        if chosen := _chosen(page, by):
            title = tr("%(title)s（%(chosen)s）", title=title, chosen=chosen)
        note = tr("同名、同地、同额的项目只计一次，只计人民币。存照 %(day)s 制图", day=today())
        spec = drawing.bar_chart(
            bars(sums), title, "亿元", "" if bare else note, colours=colours(theme), size=size
        )
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
    return [drawing.Bar(name=_named(one), value=float(one.amount) / YI) for one in sums]


def _named(one: Sum) -> str:
    return tr(STAGES[one.name]) if one.name in STAGES else plain(one.name) or tr("阶段未写明")


def _most(sums: Sequence[Sum]) -> float:
    """The longest bar, in 元."""
    return float(max((one.amount for one in sums), default=0)) or 1.0


def _chosen(page: ProjectsPage, by: str) -> str:
    """What narrows the chart, in words."""
    wanted = page.filter
    if by == "area":
        other = tr(STAGES.get(wanted.stage, ""))
    else:
        other = next((one.name for one in page.areas if one.key == wanted.area), wanted.area)
    return tr("，").join(filter(None, (other, wanted.q)))
