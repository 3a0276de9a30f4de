"""What is done on pages to all links that a search finds; taken back from here as long as the program runs.

The acts that take it back may name a hundred thousand links: they stay with us, the page has their word.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from cunzhao.api.searching import Wanted
from cunzhao.core.values.workbench import BULK_LINKS, BulkAct, BulkDone
from cunzhao.errors import UsageWrong
from cunzhao.web.addresses import Addresses
from cunzhao.web.safe import local_path, split_tags
from cunzhao.web.show import Show

if TYPE_CHECKING:
    from cunzhao.core import Core

Field = Annotated[str, Form()]
ACTIONS = ("tag", "untag", "collect", "trash")
REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class MatchingPages:
    core: Core
    show: Show
    _back: OrderedDict[str, tuple[BulkAct, ...]] = field(default_factory=OrderedDict)

    def bulk(self, wanted: Wanted, action: Field = "", tags: Field = "", collection: Field = "") -> Response:
        if action not in ACTIONS or not (wanted.q.strip() or wanted.narrow):
            raise UsageWrong(action[:60], detail="没有这种操作", detail_en="there is no such action")
        act = BulkAct(action=action, links=(), tags=split_tags(tags), collection=collection)  # type: ignore[arg-type]
        done = self.core.bulk_matching(wanted, act)
        return self._did(done, Addresses(wanted).saved())

    def undo(self, word: Field = "", back: Field = "/") -> Response:
        """Once: what takes this back again has a word of its own."""
        acts = self._back.pop(word, None)
        if acts is None:
            detail = {"detail": "已经撤销，或程序重新启动过", "detail_en": "it is undone already, or too old"}
            mend = {"mend": "请在链接列表里逐项改回。", "mend_en": "Change it back in the list of links."}
            raise UsageWrong("undo", **detail, **mend)
        done = [self.core.bulk(act) for act in acts]
        links = dict.fromkeys(link for one in done for link in one.changed)
        again = tuple(one for did in reversed(done) for one in did.undo)
        told = replace(done[0], changed=tuple(links), undo=again)
        return self._did(told, local_path(back).partition("?")[2])

    def _did(self, done: BulkDone, asked: str) -> Response:
        word = ""
        if done.undo and len(done.changed) > BULK_LINKS:
            word = secrets.token_urlsafe(16)
            self._back[word] = done.undo
            while len(self._back) > REMEMBERED:
                self._back.popitem(last=False)
        asked = asked.removeprefix("?")
        return self.show.html("bulk.html", done=done, word=word, back=f"/search?{asked}" if asked else "/")

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/search/bulk", self.bulk, methods=["POST"])
        routes.add_api_route("/search/bulk/undo", self.undo, methods=["POST"])
        return routes
