"""Operations on what is kept: the snapshots of a link, jobs, the trash, places of words in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from cunzhao.api.keeping import add_operations, json
from cunzhao.core.values.corrections import Found
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.links import ComparedPage, LinkPage
from cunzhao.core.values.outcomes import Purged
from cunzhao.core.values.pages import SnapshotRow, TrashPage

if TYPE_CHECKING:
    from cunzhao.core import Core


@dataclass(frozen=True, slots=True)
class KeptThings:
    core: Core

    def snapshots(self, link: str) -> Response:
        """The snapshots of a link in time, newest first."""
        return json(self.core.snapshots_of(link))

    def history(self, link: str, after: str = "") -> Response:
        """A link and its snapshots, newest first, each with how it differs from the one before.

        `next` is the cursor (`after`) of the snapshots before these.
        """
        return json(self.core.link_page(link, after=after))

    def compare(self, link: str, a: str, b: str) -> Response:
        """What the texts of two snapshots of a link have apart, the earlier one first."""
        return json(self.core.compare_snapshots(link, a, b))

    def jobs(self) -> Response:
        """Jobs that have not ended, newest first, and the last one that did."""
        return json(self.core.jobs())

    def trash(self, after: str = "") -> Response:
        """Links in the trash, the last one first; `POST /api/links/{link}/restore` brings one back."""
        return json(self.core.trash(after=after))

    def purge(self, link: str) -> Response:
        """Delete a link that is in the trash for good, with its snapshots. There is no way back."""
        return json(self.core.purge(link))

    def places(self, snapshot: str, quote: Annotated[str, Query(min_length=1, max_length=5000)]) -> Response:
        """Where these words stand in the text of a snapshot, to name the place of a fact that was missed."""
        return json(self.core.places_of(snapshot, quote))


def add_kept(api: APIRouter, core: Core) -> None:
    do = KeptThings(core)
    add_operations(
        api,
        [
            ("GET", "/links/{link}/snapshots", do.snapshots, "一条链接的各次快照", 200, list[SnapshotRow]),
            ("GET", "/links/{link}/history", do.history, "一条链接和各次快照的变化", 200, LinkPage),
            ("GET", "/links/{link}/compare", do.compare, "比较一条链接的两次快照", 200, ComparedPage),
            ("GET", "/jobs", do.jobs, "保存任务", 200, list[JobPage]),
            ("GET", "/trash", do.trash, "回收站", 200, TrashPage),
            ("DELETE", "/trash/{link}", do.purge, "彻底删除回收站里的链接", 200, Purged),
            ("GET", "/snapshots/{snapshot}/places", do.places, "一段文字在正文中的位置", 200, list[Found]),
        ],
    )
