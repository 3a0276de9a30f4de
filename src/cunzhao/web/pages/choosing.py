"""What is done on pages to links (many at once, notes, suggested tags) and to jobs (stop, resume, files)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, UploadFile
from starlette.responses import RedirectResponse, Response

from cunzhao.core.order.undoing import act_of
from cunzhao.core.values.workbench import BulkAct
from cunzhao.errors import EditConflict, InputError, UsageWrong
from cunzhao.web.pages.links import Typed, files_of, home_again
from cunzhao.web.showing.safe import local_path, split_tags
from cunzhao.web.showing.show import Show

if TYPE_CHECKING:
    from cunzhao.core import Core

Field = Annotated[str, Form()]
Many = Annotated[list[str] | None, Form()]


def _see(path: str) -> Response:
    return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class ChosenPages:
    core: Core
    show: Show

    def bulk(
        self,
        *,
        action: Field = "",
        s: Many = None,
        link: Many = None,
        tags: Field = "",
        collection: Field = "",
        back: Field = "/",
    ) -> Response:
        """Links are chosen by their id (`link`) or by the snapshot shown for them (`s`)."""
        links = (*(link or ()), *(self.core.link_of(snapshot) for snapshot in s or ()))
        act = BulkAct(action=action, links=links, tags=split_tags(tags), collection=collection)  # type: ignore[arg-type]
        return self._did(act, back)

    def undo(self, act: Many = None, back: Field = "/") -> Response:
        """Acts as JSON: they were ours, so what does not fit is refused without many words."""
        try:
            acts = [act_of(json.loads(one)) for one in act or ()]
        except (ValueError, TypeError, KeyError, RecursionError) as exc:
            raise UsageWrong("act", detail="无法撤销：内容不完整", detail_en="this cannot be undone") from exc
        done = [self.core.bulk(one) for one in acts]
        if not done:
            raise UsageWrong("act", detail="没有可撤销的操作", detail_en="there is nothing to undo")
        links = dict.fromkeys(link for one in done for link in one.changed)
        again = tuple(one for did in reversed(done) for one in did.undo)
        told = replace(done[0], changed=tuple(links), undo=again)
        return self.show.html("bulk.html", done=told, back=local_path(back))

    def _did(self, act: BulkAct, back: str) -> Response:
        done = self.core.bulk(act)
        if done.job:
            return _see(f"/jobs/{done.job}")
        return self.show.html("bulk.html", done=done, back=local_path(back))

    def note(self, link: str, note: Field = "", version: Field = "", back: Field = "/") -> Response:
        try:
            self.core.set_note(link, note, version=version or None)
        except EditConflict as error:
            return self._conflict(link, error, back, note=note)
        return _see(local_path(back))

    def tag(self, link: str, tags: Field = "", version: Field = "", back: Field = "/") -> Response:
        try:
            self.core.set_tags(link, split_tags(tags), version=version or None)
        except EditConflict as error:
            return self._conflict(link, error, back, tags=tags)
        return _see(local_path(back))

    def _conflict(
        self, link: str, error: EditConflict, back: str, *, tags: str | None = None, note: str | None = None
    ) -> Response:
        """What is there now beside what was typed, which nothing has taken away."""
        return self.show.html(
            "conflict.html",
            409,
            row=self.core.link(link),
            error=self.show.words_of(error),
            tags=tags,
            note=note,
            back=local_path(back),
        )

    def accept(self, link: str, tag: Field = "", back: Field = "/") -> Response:
        """A suggested tag."""
        self.core.bulk(BulkAct(action="tag", links=(link,), tags=split_tags(tag)))
        return _see(local_path(back))

    def add_files(
        self, files: list[UploadFile], tags: Field = "", collection: Field = "", folders: Field = ""
    ) -> Response:
        """`folders`, where it is ticked: those that bookmarks lie in become their tags."""
        try:
            jobs = self.core.add_files(
                files_of(files),
                tags=split_tags(tags),
                collection=collection.strip(),
                folders=bool(folders),
            )
        except InputError as error:
            return home_again(self.core, self.show, error, Typed(tags=tags, files=True))
        return _see(f"/#job-{jobs[0].id}")

    def stop(self, job: str) -> Response:
        return _see(f"/jobs/{self.core.stop_job(job).id}")

    def resume(self, job: str) -> Response:
        return _see(f"/jobs/{self.core.resume_job(job).id}")

    def retry(self, job: str) -> Response:
        return _see(f"/#job-{self.core.retry_job(job).id}")

    def dismiss(self, job: str) -> Response:
        self.core.dismiss_job(job)
        return _see("/")

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/links/bulk", self.bulk, methods=["POST"])
        routes.add_api_route("/links/undo", self.undo, methods=["POST"])
        routes.add_api_route("/links/files", self.add_files, methods=["POST"])
        routes.add_api_route("/links/{link}/tags", self.tag, methods=["POST"])
        routes.add_api_route("/links/{link}/note", self.note, methods=["POST"])
        routes.add_api_route("/links/{link}/accept", self.accept, methods=["POST"])
        routes.add_api_route("/jobs/{job}/stop", self.stop, methods=["POST"])
        routes.add_api_route("/jobs/{job}/resume", self.resume, methods=["POST"])
        routes.add_api_route("/jobs/{job}/retry", self.retry, methods=["POST"])
        routes.add_api_route("/jobs/{job}/dismiss", self.dismiss, methods=["POST"])
        return routes
