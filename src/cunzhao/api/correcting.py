"""Operations on corrections of facts. Each asks core once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cunzhao.api.clean import Whole
from cunzhao.api.keeping import Operation, add_operations
from cunzhao.api.shapes import plain
from cunzhao.core.values.corrections import CorrectionFilter, CorrectionsPage, NewCorrection
from cunzhao.extract.types import Kind

if TYPE_CHECKING:
    from cunzhao.core import Core

Asked = Annotated[CorrectionFilter, Depends(CorrectionFilter)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A correction that was entered; by its id it can be taken back."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSent(NewCorrection):
    """A correction. The fact is named by its kind and its place, as the snapshot's facts tell them."""

    start: Whole  # code points of the text
    end: Whole


@dataclass(frozen=True, slots=True)
class Corrections:
    core: Core

    def listed(self, wanted: Asked) -> Response:
        """What users corrected, checked, and how the program fares by it; newest first.

        `old` holds all fields as they were read, `new` those that were changed. Of a score, precision is
        right/found, recall right/gold; `complete` of the right ones are right in every field.
        """
        return JSONResponse(plain(self.core.corrections(wanted)))

    def enter(self, snapshot: str, new: CorrectionSent) -> Response:
        """Change fields of a fact, reject it, or add one that was missed.

        The fact is named by its kind and its place, as the snapshot's facts tell them.
        """
        return JSONResponse(plain(Made(id=self.core.enter(snapshot, new).id)), 201)

    def undo(self, correction: str) -> Response:
        """Take a correction back: the fact is again as the program reads it."""
        self.core.undo(correction)
        return Response(status_code=204)

    def check(self, snapshot: str, kind: Kind) -> Response:
        """Say that the facts of a kind, as they are shown, are all that stand in the text, and right."""
        self.core.check(snapshot, kind)
        return Response(status_code=204)

    def uncheck(self, snapshot: str, kind: Kind) -> Response:
        """Take that back."""
        self.core.uncheck(snapshot, kind)
        return Response(status_code=204)

    def gold(self, snapshot: str = "") -> Response:
        """Checked facts in the form of the annotation guide, one a line, each with its snapshot.

        `start` and `end` count the code points of the text without white space.
        """
        return PlainTextResponse("".join(file.lines for file in self.core.gold(snapshot)))


def add_corrections(api: APIRouter, core: Core) -> None:
    do = Corrections(core)
    one = "/snapshots/{snapshot}/checked/{kind}"
    operations: list[Operation] = [
        ("GET", "/corrections", do.listed, "用户的改正、核对和得分", 200, CorrectionsPage),
        ("POST", "/snapshots/{snapshot}/corrections", do.enter, "改正、标为不对或补充一条数据", 201, Made),
        ("DELETE", "/corrections/{correction}", do.undo, "撤销一条改正", 204, None),
        ("PUT", one, do.check, "把快照的一类数据标为已核对", 204, None),
        ("DELETE", one, do.uncheck, "取消已核对", 204, None),
    ]
    add_operations(api, operations)
    api.add_api_route(
        "/corrections.jsonl", do.gold, summary="已核对的数据（标注格式）", response_class=PlainTextResponse
    )
