"""What is done on pages to all links that a search finds, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from cunzhao.api.searching import Wanted
from cunzhao.core.values.workbench import BULK_LINKS, BulkAct, BulkDone
from cunzhao.errors import UsageWrong
from cunzhao.web.showing.addresses import Addresses
from cunzhao.web.showing.safe import local_path, split_tags
from cunzhao.web.showing.show import Show

if TYPE_CHECKING:
    from cunzhao.core import Core

Field = Annotated[str, Form()]
ACTIONS = ("tag", "untag", "collect", "trash")


@dataclass(frozen=True, slots=True)
class MatchingPages:
    core: Core
    show: Show

    def bulk(self, wanted: Wanted, action: Field = "", tags: Field = "", collection: Field = "") -> Response:
        if action not in ACTIONS or not (wanted.q.strip() or wanted.narrow):
            raise UsageWrong(action[:60], detail="没有这种操作", detail_en="there is no such action")
        act = BulkAct(action=action, links=(), tags=split_tags(tags), collection=collection)  # type: ignore[arg-type]
        done = self.core.bulk_matching(wanted, act)
        return self._did(done, Addresses(wanted).saved())

    def undo(self, word: Field = "", back: Field = "/") -> Response:
        """Once: what takes this back again has a word of its own."""
        return self._did(self.core.take_back(word), local_path(back).partition("?")[2])

    def _did(self, done: BulkDone, asked: str) -> Response:
        many = done.undo and len(done.changed) > BULK_LINKS
        word = self.core.keep_undo(done.undo) if many else ""
        asked = asked.removeprefix("?")
        return self.show.html("bulk.html", done=done, word=word, back=f"/search?{asked}" if asked else "/")

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/search/bulk", self.bulk, methods=["POST"])
        routes.add_api_route("/search/bulk/undo", self.undo, methods=["POST"])
        return routes
