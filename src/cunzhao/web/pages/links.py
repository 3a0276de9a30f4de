"""Pages about links: home, jobs, import, tags, trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, UploadFile
from starlette.responses import RedirectResponse, Response

from cunzhao.api import answer_to
from cunzhao.collect.types import EngineAsked
from cunzhao.core.values.jobs import FEW, MANY
from cunzhao.core.values.pages import LinkRow
from cunzhao.core.values.workbench import IfKnown
from cunzhao.errors import InputError, NotFound, UsageWrong
from cunzhao.web.showing.safe import local_path, split_tags
from cunzhao.web.showing.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Field = Annotated[str, Form()]
EngineField = Annotated[EngineAsked, Form()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into the forms of home, where it was refused."""

    text: str = ""
    tags: str = ""
    engine: EngineAsked = "auto"
    files: bool = False  # it was the form for files


def home_again(core: Core, show: Show, error: InputError, typed: Typed) -> Response:
    """Home with what was wrong; what was typed stays in the boxes."""
    return show.html(
        "home.html",
        answer_to(error, "/links").status,
        page=core.home(),
        cursor=None,
        removed=None,
        error=show.words_of(error),
        typed=typed,
    )


def files_of(given: list[UploadFile]) -> list[tuple[str, bytes]]:
    """As (name, bytes). Raises UsageWrong where there is none."""
    named = [(file.filename or "", file.file.read()) for file in given if file.filename]
    if not named:
        detail = {"detail": "没有选择文件", "detail_en": "no file was chosen"}
        mend = {"mend": "先选择文件，或把文件拖到页面上。", "mend_en": "Choose a file, or drop one here."}
        raise UsageWrong("", **detail, **mend)
    return named


def _see(path: str) -> Response:
    """After a form: show that page with GET, so that reloading repeats nothing."""
    return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class LinkPages:
    core: Core
    show: Show

    def home(
        self, tag: str | None = None, cursor: str | None = None, removed: str = "", attachments: bool = False
    ) -> Response:
        page = self.core.home(tag=tag or None, cursor=cursor or None, attachments=attachments)
        return self.show.html(
            "home.html", page=page, cursor=cursor, removed=self._removed(removed), error=None, typed=Typed()
        )

    def _removed(self, link: str) -> LinkRow | None:
        return self.core.removed_link(link) if link else None

    def add(
        self,
        text: Field = "",
        tags: Field = "",
        collection: Field = "",
        engine: EngineField = "auto",
        known: Annotated[IfKnown, Form()] = "ask",
    ) -> Response:
        try:
            job = self.core.add(
                text, tags=split_tags(tags), collection=collection.strip(), engine=engine, known=known
            )
        except InputError as error:
            return home_again(self.core, self.show, error, Typed(text=text, tags=tags, engine=engine))
        return _see(f"/#job-{job.id}")

    def upload(self, files: list[UploadFile], tags: Field = "") -> Response:
        try:
            rows = self.core.upload(files_of(files), tags=split_tags(tags))
        except InputError as error:
            return home_again(self.core, self.show, error, Typed(tags=tags, files=True))
        return self.show.html("imported.html", rows=rows)

    def job(self, job: str, few: bool = False) -> Response:
        """All its links, or (for the script of home) only what needs a look."""
        return self.show.html("job.html", job=self.core.job(job, FEW if few else MANY), whole=not few)

    def remove(self, link: str, back: Field = "/") -> Response:
        self.core.remove(link)
        path = local_path(back)
        return _see(f"{path}{'&' if '?' in path else '?'}{query(removed=link)[1:]}")

    def restore(self, link: str, back: Field = "/") -> Response:
        self.core.restore(link)
        return _see(local_path(back))

    def trash(self, purged: int = 0, freed: int = 0, waiting: int = 0, after: str = "") -> Response:
        told = (purged, freed, waiting) if purged > 0 else None
        return self.show.html("trash.html", page=self.core.trash(after=after), told=told, after=after)

    def ask_purge(self, link: str) -> Response:
        """Asks once more, and says what will be gone."""
        row = self._removed(link)
        if row is None:
            raise NotFound(link, what="回收站中的链接", what_en="link in the trash")
        return self.show.html("purge.html", row=row)

    def purge(self, link: str) -> Response:
        gone = self.core.purge(link)
        told = query(purged=gone.snapshots or 1, freed=gone.bytes, waiting=gone.waiting)
        return _see(f"/trash{told}")

    def about(self) -> Response:
        return self.show.html("about.html")

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/", self.home)
        routes.add_api_route("/links", self.add, methods=["POST"])
        routes.add_api_route("/import", self.upload, methods=["POST"])
        routes.add_api_route("/jobs/{job}", self.job)
        routes.add_api_route("/links/{link}/remove", self.remove, methods=["POST"])
        routes.add_api_route("/links/{link}/restore", self.restore, methods=["POST"])
        routes.add_api_route("/links/{link}/purge", self.ask_purge)
        routes.add_api_route("/links/{link}/purge", self.purge, methods=["POST"])
        routes.add_api_route("/trash", self.trash)
        routes.add_api_route("/about", self.about)
        return routes
