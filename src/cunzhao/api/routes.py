"""The operations of the API. Each asks core once and returns the page's value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Body, Form, UploadFile
from starlette.responses import PlainTextResponse, Response

from cunzhao.api.clean import CleanRoute
from cunzhao.api.correcting import add_corrections
from cunzhao.api.figures import Asked, add_figures
from cunzhao.api.filed import add_filed
from cunzhao.api.indicators import add_indicators
from cunzhao.api.installed import add_settings
from cunzhao.api.keeping import add_keeping, add_operations, json
from cunzhao.api.kept import add_kept
from cunzhao.api.order import add_order
from cunzhao.api.people import add_people
from cunzhao.api.searching import add_searching
from cunzhao.collect.types import EngineAsked
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.core.values.pages import CaptureRecordPage, ContradictionsPage, HomePage, SnapshotPage, TasksPage
from cunzhao.core.values.reposts import RepostPage, RepostsPage
from cunzhao.core.values.workbench import IfKnown
from cunzhao.errors import UsageWrong
from cunzhao.evaluate.types import Severity

if TYPE_CHECKING:
    from cunzhao.core import Core

__all__ = ["DOCX", "Asked", "router"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Handler = Callable[..., Response]
Tags = Annotated[list[str], Body(description="tags; they replace those there are")]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Links to keep: pasted text that holds them, or a list of URLs, or both."""

    text: str = ""
    urls: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collection: str = ""
    engine: EngineAsked = "auto"  # http runs no script; auto takes the browser only where a page needs it
    known: IfKnown = "ask"  # a link that is kept already, perhaps in another spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBrief:
    snapshots: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Operations that only ask."""

    core: Core

    def links(self, tag: str | None = None, cursor: str | None = None, attachments: bool = False) -> Response:
        """Links kept, newest first, a page at a time; `next` is the cursor of the following page.

        With `attachments` what came with a page as its attachment stands in the list too.
        """
        return json(self.core.home(tag=tag, cursor=cursor, attachments=attachments))

    def snapshot(self, snapshot: str, places: bool = False) -> Response:
        """A snapshot: metadata, document, attachments, facts, tasks, and every record that was kept.

        The document as `cunzhao read --json` prints it. With `places` its `runs` tell where in the source
        each character stands, megabytes for a long file; without they are left out.
        """
        page = self.core.snapshot(snapshot)
        return json(page if places else page.without_runs())

    def record(self, snapshot: str) -> Response:
        """The capture record: what was observed of a capture, its records read again."""
        return json(self.core.capture_record(snapshot))

    def record_document(self, snapshot: str) -> Response:
        """The capture record as a Word document."""
        headers = {"Content-Disposition": 'attachment; filename="capture-record.docx"'}
        return Response(self.core.capture_document(snapshot), media_type=DOCX, headers=headers)

    def text(self, snapshot: str) -> Response:
        """The text that the facts' offsets count in (code points)."""
        document = self.core.snapshot(snapshot).document
        return PlainTextResponse(document.text if document else "")

    def tasks(self, plan: str | None = None, after: str = "") -> Response:
        """The tasks of a plan (a snapshot's id), or of the newest one."""
        return json(self.core.tasks(plan or None, after=after))

    def contradictions(self, severity: Severity | None = None, after: str = "") -> Response:
        """Findings: two places that cannot both be right, each with its source."""
        return json(self.core.contradictions(severity=severity or "", after=after))

    def reposts(self, after: str = "") -> Response:
        """Groups of texts that are the same, wholly or in large part, the largest first."""
        return json(self.core.reposts(after=after))

    def reposts_of(self, snapshot: str) -> Response:
        """The copies of a snapshot's text, the proposed original, and what each copy changed."""
        return json(self.core.reposts_of(snapshot))

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
        job = self.core.add(
            text, tags=new.tags, collection=new.collection, engine=new.engine, known=new.known
        )
        return json(job, 202)

    def tag(self, link: str, tags: Tags, version: str | None = None) -> Response:
        """Set the tags of a link. With its `version`, refused (409) where it was edited meanwhile."""
        self.core.set_tags(link, tags, version=version)
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
    asked_as: list[tuple[str, Handler, str, Any]] = [
        ("/links", ask.links, "链接列表", HomePage),
        ("/snapshots/{snapshot}", ask.snapshot, "一个快照：正文、数据、任务、保存的内容", SnapshotPage),
        ("/snapshots/{snapshot}/record", ask.record, "一个快照的取证记录", CaptureRecordPage),
        ("/tasks", ask.tasks, "计划中的任务", TasksPage),
        ("/contradictions", ask.contradictions, "矛盾", ContradictionsPage),
        ("/reposts", ask.reposts, "转载：相同的文章", RepostsPage),
        ("/reposts/{snapshot}", ask.reposts_of, "一个快照的转载和改动", RepostPage),
        ("/jobs/{job}", ask.job, "保存进度", JobPage),
    ]
    changed_by: list[tuple[str, str, Handler, str, int, Any]] = [
        ("POST", "/jobs", change.add, "存照：提交链接", 202, JobPage),
        ("PUT", "/links/{link}/tags", change.tag, "设定链接的标签", 204, None),
        ("DELETE", "/links/{link}", change.remove, "把链接移入回收站", 204, None),
        ("POST", "/links/{link}/restore", change.restore, "从回收站恢复链接", 204, None),
        ("POST", "/import", change.upload, "导入文件", 200, list[SaveRow]),
    ]
    api = APIRouter(route_class=CleanRoute)
    add_operations(api, [("GET", path, do, summary, 200, model) for path, do, summary, model in asked_as])
    add_operations(api, changed_by)
    _add_files(api, ask, change)
    add_corrections(api, core)
    add_indicators(api, core)
    add_figures(api, core)
    add_filed(api, core)
    add_keeping(api, core)
    add_kept(api, core)
    add_order(api, core)
    add_searching(api, core)
    add_people(api, core)
    add_settings(api, core)
    return api


def _add_files(api: APIRouter, ask: Reading, change: Writing) -> None:
    """The operations that answer with something else than JSON."""
    file = {"schema": {"type": "string", "format": "binary"}}
    api.add_api_route(
        "/snapshots/{snapshot}/text",
        ask.text,
        summary="快照的正文（数据的起止位置按它计）",
        response_class=PlainTextResponse,
    )
    api.add_api_route(
        "/snapshots/{snapshot}/record.docx",
        ask.record_document,
        summary="取证记录（Word）",
        response_class=Response,
        responses={200: {"description": "the document", "content": {DOCX: file}}},
    )
    api.add_api_route(
        "/brief",
        change.brief,
        methods=["POST"],
        summary="生成简报（Word）",
        response_class=Response,
        responses={200: {"description": "the document", "content": {DOCX: file}}},
    )
