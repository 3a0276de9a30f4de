"""Files for programs, under /api: tables for spreadsheets, pictures of charts, what a snapshot keeps.

They are the files that pages offer, described by OpenAPI.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import Response

from cunzhao.core.values.filed import AgreementFilter, NameFilter, ProjectFilter, Source
from cunzhao.language import N_, tr
from cunzhao.web.pages.archived import ArchivedBytes
from cunzhao.web.pages.data import DataPages
from cunzhao.web.pages.filed import FiledPages, agreement_asked, name_asked, project_asked
from cunzhao.web.pages.ordering import OrderPages
from cunzhao.web.pages.people import PeoplePages
from cunzhao.web.showing.sheetfiles import XLSX, Format, sheet_file
from cunzhao.web.showing.show import Show, place
from cunzhao.web.showing.words import NATURES, STAGES

if TYPE_CHECKING:
    from cunzhao.core import Core

PLACE = (N_("原文"), N_("出处"), N_("来源"), N_("日期"), N_("网址"), N_("位置"))
AGREEMENTS = (N_("各方"), N_("形式"), N_("事项"), N_("签订日期"), N_("性质"), *PLACE)
PROJECTS = (N_("项目"), N_("地点"), N_("各方"), N_("投资额"), N_("币种"), N_("阶段"), *PLACE)
NAMES = (N_("名称"), N_("文档数"), N_("次数"), N_("职务或角色"))
MENTIONS = (N_("名称"), N_("职务或角色"), *PLACE)

CSV = "text/csv"
Row = tuple[object, ...]
Filter = TypeVar("Filter", AgreementFilter, ProjectFilter, NameFilter)


def every(ask: Callable[[Filter], Any], wanted: Filter) -> Iterator[Any]:
    """Page after page of what matches, from the first one on."""
    wanted = replace(wanted, after="")
    while True:
        page = ask(wanted)
        yield page
        if not page.next:
            return
        wanted = replace(wanted, after=page.next)


def placed(source: Source) -> Row:
    where = place(source.snapshot, source.start, source.end)
    return (source.quote, source.title, source.origin or "", source.date or "", source.url, where)


def _file(name: str, head: Sequence[str], rows: Iterator[Row], form: Format) -> Response:
    """A table with its name and its heads in the language spoken."""
    return sheet_file(tr(name), tuple(map(tr, head)), rows, form)


@dataclass(frozen=True, slots=True)
class Tables:
    core: Core

    def agreements(
        self, wanted: Annotated[AgreementFilter, Depends(agreement_asked)], form: Format
    ) -> Response:
        """All agreements that match, newest first."""
        rows = (
            (
                "、".join(r.parties),
                r.form,
                r.about,
                r.date,
                tr(NATURES.get(r.nature, r.nature)),
                *placed(r.source),
            )
            for page in every(self.core.agreements, wanted)
            for r in page.rows
        )  # fmt: skip
        return _file(N_("协议"), AGREEMENTS, rows, form)

    def projects(self, wanted: Annotated[ProjectFilter, Depends(project_asked)], form: Format) -> Response:
        """All projects that match, the largest amount first. 投资额 is empty where it is not said."""
        rows = (
            (
                r.name, r.place, "、".join(r.parties),
                f"{r.amount.normalize():f}" if r.amount else "", r.currency,
                tr(STAGES.get(r.stage, r.stage)), *placed(r.source),
            )
            for page in every(self.core.projects, wanted)
            for r in page.rows
        )  # fmt: skip
        return _file(N_("项目"), PROJECTS, rows, form)

    def names(self, wanted: Annotated[NameFilter, Depends(name_asked)], form: Format) -> Response:
        """All names that match, those in most documents first; with `name` the places where it is named."""
        pages = every(self.core.names, wanted)
        if wanted.name:
            told = ((wanted.name, m.role, *placed(m.source)) for page in pages for m in page.mentions)
            return _file(N_("提及"), MENTIONS, told, form)
        rows = ((r.name, r.documents, r.mentions, "、".join(r.roles)) for page in pages for r in page.rows)
        return _file(N_("名称"), NAMES, rows, form)


def downloads(core: Core, show: Show) -> APIRouter:
    """The routes, without the prefix."""
    data, filed, tables, kept = (
        DataPages(core, show),
        FiledPages(core, show),
        Tables(core),
        ArchivedBytes(core),
    )
    sheets, pictures = (CSV, XLSX), ("image/svg+xml", "image/png")
    routes: list[tuple[str, Callable[..., Response], str, tuple[str, ...]]] = [
        ("/figures.{form}", data.file, "指标数据（CSV、XLSX）", sheets),
        ("/figures/chart.{form}", data.picture, "一个指标的图（SVG、PNG）", pictures),
        ("/agreements.{form}", tables.agreements, "协议（CSV、XLSX）", sheets),
        ("/agreements/network.{form}", filed.network, "地区之间的协议网络（SVG、PNG）", pictures),
        ("/projects.{form}", tables.projects, "项目（CSV、XLSX）", sheets),
        ("/projects/by-{by}.{form}", filed.sums, "项目投资额，按阶段或地区（SVG、PNG）", pictures),
        ("/names.{form}", tables.names, "人物和机构（CSV、XLSX）", sheets),
        ("/snapshots/{snapshot}/payload", kept.download, "网页本身的字节", ("application/octet-stream",)),
        (
            "/snapshots/{snapshot}/renditions/{kind}",
            kept.rendition,
            "截图、PDF 或浏览器读出的文字",
            ("image/png", "application/pdf", "text/plain"),
        ),
        (
            "/records/{record}",
            kept.record,
            "一条 WARC 记录",
            ("application/octet-stream", "application/warc"),
        ),
        ("/collections/{collection}.csv", OrderPages(core, show).listed, "专题里的链接（CSV）", (CSV,)),
        ("/audit.csv", PeoplePages(core, show).audit_csv, "操作记录（CSV）", (CSV,)),
    ]
    api = APIRouter()
    file = {"schema": {"type": "string", "format": "binary"}}
    for path, handler, summary, types in routes:
        content = {"description": "the file", "content": dict.fromkeys(types, file)}
        api.add_api_route(path, handler, summary=summary, response_class=Response, responses={200: content})
    return api
