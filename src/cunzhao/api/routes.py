"""The operations of the API. Each asks core once and returns the page's value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Body, Depends, Form, Query, UploadFile
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cunzhao.api.shapes import plain
from cunzhao.core.pages import (
    ContradictionsPage,
    FigureFilter,
    FiguresPage,
    HomePage,
    JobPage,
    SaveRow,
    SearchPage,
    SnapshotPage,
    TasksPage,
)
from cunzhao.errors import UsageWrong

if TYPE_CHECKING:
    from cunzhao.core import Core

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAST = 2**31 - 1
Tags = Annotated[list[str], Body(description="tags; they replace those there are")]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Links to keep: pasted text that holds them, or a list of URLs, or both."""

    text: str = ""
    urls: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBrief:
    snapshots: tuple[str, ...]
    title: str = ""


def json(value: Any, status: int = 200) -> Response:
    return JSONResponse(plain(value), status)


def asked(wanted: Annotated[FigureFilter, Depends()]) -> FigureFilter:
    """What was typed, without white space at its ends; a cursor that no database can hold is its largest."""
    words = {name: getattr(wanted, name).strip() for name in ("indicator", "region", "period", "nature")}
    return replace(wanted, **words, after=min(max(wanted.after, 0), LAST))


Asked = Annotated[FigureFilter, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Reading:
    """Operations that only ask."""

    core: Core

    def links(self, tag: str | None = None, cursor: str | None = None) -> Response:
        """Links kept, newest first, a page at a time; `next` is the cursor of the following page."""
        return json(self.core.home(tag=tag, cursor=cursor))

    def snapshot(self, snapshot: str) -> Response:
        """A snapshot: metadata, document, facts, tasks, and every record that was kept."""
        return json(self.core.snapshot(snapshot))

    def text(self, snapshot: str) -> Response:
        """The text that the facts' offsets count in (code points)."""
        document = self.core.snapshot(snapshot).document
        return PlainTextResponse(document.text if document else "")

    def search(
        self, q: str = "", tag: str | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
    ) -> Response:
        """Full-text search over texts, titles and tags, with snippets and their places."""
        return json(self.core.search(q, tag=tag, limit=limit))

    def figures(self, wanted: Asked) -> Response:
        """Observations, ordered so that comparable ones stand together."""
        return json(self.core.figures(wanted))

    def tasks(self, plan: str | None = None) -> Response:
        """The tasks of a plan (a snapshot's id), or of the newest one."""
        return json(self.core.tasks(plan or None))

    def contradictions(self) -> Response:
        """Findings: two places that cannot both be right, each with its source."""
        return json(self.core.contradictions())

    def job(self, job: str) -> Response:
        """How far the links are that were asked for together."""
        return json(self.core.job(job))


@dataclass(frozen=True, slots=True)
class Writing:
    """Operations that change something."""

    core: Core

    def add(self, new: NewJob) -> Response:
        """Keep links; they are saved in the background. Ask `/api/jobs/{id}` how far they are."""
        text = "\n".join((new.text, *new.urls))
        return json(self.core.add(text, tags=new.tags, collection=new.collection), 202)

    def tag(self, link: str, tags: Tags) -> Response:
        """Set the tags of a link."""
        self.core.set_tags(link, tags)
        return Response(status_code=204)

    def remove(self, link: str) -> Response:
        """Move a link to the trash; its snapshots stay."""
        self.core.remove(link)
        return Response(status_code=204)

    def restore(self, link: str) -> Response:
        """Bring a link back from the trash."""
        self.core.restore(link)
        return Response(status_code=204)

    def brief(self, new: NewBrief) -> Response:
        """A Word document of the chosen snapshots' key figures, each with its source note."""
        if not new.snapshots:
            raise UsageWrong("snapshots", detail="没有选择快照", detail_en="no snapshot was chosen")
        headers = {"Content-Disposition": 'attachment; filename="brief.docx"'}
        return Response(self.core.brief(new.snapshots, title=new.title), media_type=DOCX, headers=headers)

    def upload(self, files: list[UploadFile], tags: Annotated[list[str] | None, Form()] = None) -> Response:
        """Import files at once. One row for each input, failures too, as `cunzhao import --json` prints."""
        named = [(file.filename or "", file.file.read()) for file in files]
        return json(self.core.upload(named, tags=tuple(tags or ())))


def router(core: Core) -> APIRouter:
    """The operations on `core`, without a prefix."""
    ask, change = Reading(core), Writing(core)
    api = APIRouter()
    api.add_api_route("/links", ask.links, summary="链接列表", response_model=HomePage)
    api.add_api_route(
        "/snapshots/{snapshot}",
        ask.snapshot,
        summary="一个快照：正文、数据、任务、保存的内容",
        response_model=SnapshotPage,
    )
    api.add_api_route(
        "/snapshots/{snapshot}/text",
        ask.text,
        summary="快照的正文（数据的起止位置按它计）",
        response_class=PlainTextResponse,
    )
    api.add_api_route("/search", ask.search, summary="全文检索", response_model=SearchPage)
    api.add_api_route("/figures", ask.figures, summary="指标数据", response_model=FiguresPage)
    api.add_api_route("/tasks", ask.tasks, summary="计划中的任务", response_model=TasksPage)
    api.add_api_route(
        "/contradictions", ask.contradictions, summary="矛盾", response_model=ContradictionsPage
    )
    api.add_api_route("/jobs/{job}", ask.job, summary="保存进度", response_model=JobPage)
    api.add_api_route(
        "/jobs",
        change.add,
        summary="存照：提交链接",
        methods=["POST"],
        status_code=202,
        response_model=JobPage,
    )
    api.add_api_route(
        "/links/{link}/tags", change.tag, summary="设定链接的标签", methods=["PUT"], status_code=204
    )
    api.add_api_route(
        "/links/{link}", change.remove, summary="把链接移入回收站", methods=["DELETE"], status_code=204
    )
    api.add_api_route(
        "/links/{link}/restore", change.restore, summary="从回收站恢复链接", methods=["POST"], status_code=204
    )
    word = {
        "description": "the document",
        "content": {DOCX: {"schema": {"type": "string", "format": "binary"}}},
    }
    api.add_api_route(
        "/brief",
        change.brief,
        summary="生成简报（Word）",
        methods=["POST"],
        response_class=Response,
        responses={200: word},
    )
    api.add_api_route(
        "/import", change.upload, summary="导入文件", methods=["POST"], response_model=list[SaveRow]
    )
    return api
