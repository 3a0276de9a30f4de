"""Operations on links and on the jobs that keep them. Each asks core once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from pydantic import Strict
from starlette.responses import JSONResponse, Response

from cunzhao.api.clean import Whole
from cunzhao.api.shapes import plain
from cunzhao.collect.types import EngineAsked
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.pages import LinkRow
from cunzhao.core.values.workbench import BulkAct, BulkDone, IfKnown, NoteEdit, Suggestion

if TYPE_CHECKING:
    from cunzhao.core import Core

Operation = tuple[str, str, Callable[..., Response], str, int, Any]


def json(value: Any, status: int = 200) -> Response:
    return JSONResponse(plain(value), status)


def add_operations(api: APIRouter, operations: list[Operation]) -> None:
    for method, path, handler, summary, code, model in operations:
        api.add_api_route(
            path, handler, methods=[method], summary=summary, status_code=code, response_model=model
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkSent(BulkAct):
    """One thing to be done to many links."""

    places: tuple[Whole, ...] = ()
    alone: Annotated[bool, Strict()] = False


@dataclass(frozen=True, slots=True)
class Keeping:
    core: Core

    def link(self, link: str) -> Response:
        """One link; `version` names its tags and note as they are, for an edit of them."""
        return json(self.core.link(link))

    def note(self, link: str, edit: NoteEdit) -> Response:
        """Set the note of a link. With its `version`, refused (409) where it was edited meanwhile."""
        self.core.set_note(link, edit.note, version=edit.version)
        return json(self.core.link(link))

    def suggestions(self, link: str) -> Response:
        """Tags that the link's document itself suggests, with the words that say so."""
        return json(self.core.suggestions(link))

    def bulk(self, act: BulkSent) -> Response:
        """Do one thing to many links, all or none. `undo` holds the acts that take it back, in order."""
        return json(self.core.bulk(act))

    def add_files(
        self,
        *,
        files: list[UploadFile],
        tags: Annotated[list[str] | None, Form()] = None,
        collection: Annotated[str, Form()] = "",
        engine: Annotated[EngineAsked, Form()] = "auto",
        known: Annotated[IfKnown, Form()] = "ask",
        folders: Annotated[bool, Form()] = True,
    ) -> Response:
        """Keep the links that stand in files (text, CSV, bookmarks of a browser); a job for each thousand.

        Titles, tags and notes in the files go with them, and the `folders` of bookmarks as tags.
        """
        named = [(file.filename or "", file.file.read()) for file in files]
        jobs = self.core.add_files(
            named,
            tags=tuple(tags or ()),
            collection=collection,
            engine=engine,
            known=known,
            folders=folders,
        )
        return json(jobs, 202)

    def stop(self, job: str) -> Response:
        """Begin nothing more of a job until it is resumed."""
        return json(self.core.stop_job(job))

    def resume(self, job: str) -> Response:
        """Let a job that was stopped go on."""
        return json(self.core.resume_job(job))

    def retry(self, job: str) -> Response:
        """Ask once more for what failed in a job."""
        return json(self.core.retry_job(job))

    def dismiss(self, job: str) -> Response:
        """Put a job away that has ended: `/jobs` tells it no longer."""
        return json(self.core.dismiss_job(job))


def add_keeping(api: APIRouter, core: Core) -> None:
    do = Keeping(core)
    add_operations(
        api,
        [
            ("POST", "/links/bulk", do.bulk, "对多条链接做同一件事（可撤销）", 200, BulkDone),
            ("GET", "/links/{link}", do.link, "一条链接", 200, LinkRow),
            ("PUT", "/links/{link}/note", do.note, "设定链接的备注", 200, LinkRow),
            ("GET", "/links/{link}/suggestions", do.suggestions, "建议的标签", 200, list[Suggestion]),
            ("POST", "/jobs/files", do.add_files, "提交文件里的链接", 202, list[JobPage]),
            ("POST", "/jobs/{job}/stop", do.stop, "停止保存", 200, JobPage),
            ("POST", "/jobs/{job}/resume", do.resume, "继续保存", 200, JobPage),
            ("POST", "/jobs/{job}/retry", do.retry, "重试失败的链接", 200, JobPage),
            ("POST", "/jobs/{job}/dismiss", do.dismiss, "不再显示已结束的任务", 200, JobPage),
        ],
    )
