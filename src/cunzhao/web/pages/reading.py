"""The snapshot page: the kept page or its text beside its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.api.routes import DOCX
from cunzhao.collect.types import Missing
from cunzhao.core.values.pages import SnapshotPage, SnapshotRow
from cunzhao.extract.types import Fact
from cunzhao.language import tr
from cunzhao.read.types import Document, place_at
from cunzhao.web.showing.particulars import chapters, index, opening, pages_of, particulars, path, reader
from cunzhao.web.showing.portions import Portion, outline_of
from cunzhao.web.showing.safe import attachment
from cunzhao.web.showing.segments import Range, lay_out, place_of
from cunzhao.web.showing.sheets import sheets
from cunzhao.web.showing.show import Show
from cunzhao.web.showing.trust import trusts
from cunzhao.web.showing.words import whereabouts

if TYPE_CHECKING:
    from cunzhao.core import Core

#: Types that the frozen view shows as they looked.
LOOKS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "")
#: The order of the panel. Headings are shown as the outline.
PANEL = ("figure", "person", "agreement", "project", "citation", "task", "action")


def grouped(facts: tuple[Fact, ...]) -> dict[str, list[Fact]]:
    """Facts by kind in the panel's order, each kind in the order of the text; empty kinds are left out."""
    ordered = sorted(facts, key=lambda fact: (fact.span.start, fact.span.end))
    groups = {kind: [fact for fact in ordered if fact.kind == kind] for kind in PANEL}
    return {kind: found for kind, found in groups.items() if found}


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """How many facts there are of each kind of the panel, in its order."""
    return {kind: counts[kind] for kind in PANEL if kind in counts}


def where_in(document: Document | None, start: int) -> str:
    """In words where a character of the text stands in the file; "" where that helps nobody."""
    if document is None or not document.blocks or start >= len(document.text):
        return ""
    return whereabouts(place_at(document, start))


def has_looks(page: SnapshotPage) -> bool:
    """Whether the view pane shows the page itself; of a Word file it only says what it is."""
    kinds = [row.mime for row in page.kept if row.role == "page"]
    return all(mime in LOOKS or mime.startswith("image/") for mime in kinds)


def lost_by_reason(missing: Sequence[Missing]) -> dict[str, dict[str, list[Missing]]]:
    """What is missing by its reason and then by its role, the most frequent reason first."""
    groups: dict[str, dict[str, list[Missing]]] = {}
    for lost in missing:
        groups.setdefault(lost.reason, {}).setdefault(lost.role, []).append(lost)
    return dict(sorted(groups.items(), key=lambda group: -sum(map(len, group[1].values()))))


def looks_kept(page: SnapshotPage) -> tuple[str, ...]:
    """Which of screenshot and print were kept."""
    roles = {row.role for row in page.kept}
    return tuple(kind for kind in ("screenshot", "pdf") if kind in roles)


def _pane(page: SnapshotPage, pane: str, at: Range | None) -> str:
    """The pane to be shown: the one asked for, if there is such a one here."""
    if pane in ("meta", "kept", "log") or (pane == "shot" and "screenshot" in looks_kept(page)):
        return pane
    if page.document is None or pane == "shot":
        return "view"
    return pane or ("text" if at or not has_looks(page) else "view")


def _neighbours(page: SnapshotPage) -> dict[str, Any]:
    """The snapshots of the link before and after this one in time, and the how many-th this is."""
    in_time = sorted(page.others, key=lambda row: (row.captured, row.id))
    n = [row.id for row in in_time].index(page.snapshot.id)
    return {
        "nth": n + 1,
        "older": in_time[n - 1] if n else None,
        "newer": in_time[n + 1] if n + 1 < len(in_time) else None,
    }


def may_gain_by_browser(row: SnapshotRow) -> bool:
    """Whether a browser may bring what this capture did not."""
    web = row.url.startswith(("http://", "https://"))
    return web and row.engine == "http" and row.verdict in ("partial", "challenge")


@dataclass(frozen=True, slots=True)
class SnapshotPages:
    core: Core
    show: Show

    def snapshot(
        self,
        snapshot: str,
        at: str = "",
        pane: Literal["", "view", "text", "shot", "meta", "kept", "log"] = "",
        did: str = "",
        part: int = 0,
    ) -> Response:
        """`did` names the correction that was just made; `part` is one of a long document, from 1 on."""
        asked = place_of(at)
        chosen = Portion(part, asked[0] if asked else None)
        page = self.core.snapshot(snapshot, chosen)
        document = page.document
        outside = bool(at and document and (asked is None or asked[1] > len(document.text)))
        shown = _pane(page, pane, asked)
        paged = document is not None and document.reader == "pdf"
        looks = looks_kept(page)
        said = particulars(document) if document else ()
        portion = chosen.part
        read = tuple(fact for fact in page.facts if portion.holds(fact.span.start))
        told = trusts(read, page.review)
        return self.show.html(
            "snapshot.html",
            page=page,
            suggestions=self.core.suggestions(page.link.id),
            **_neighbours(page),
            log=self.core.capture_log(snapshot) if shown == "log" else (),
            pane=shown,
            paged=paged,
            sheets=sheets(self.core, snapshot, document, asked)
            if document and paged and shown == "view"
            else (),
            at=asked,
            outside=outside,
            where=partial(where_in, document),
            markable=document is not None and document.reader == "html",
            pieces=lay_out(document, page.facts, asked, (portion.start, portion.end)) if document else (),
            facts=grouped(read),
            portion=portion,
            counts=in_order(chosen.counts),
            first=chosen.first,
            outline=outline_of(document, portion),
            trust_of=lambda fact: told[id(fact)],
            did=did,
            checked={one.kind: one for one in page.review.checked},
            lost=lost_by_reason(page.snapshot.missing),
            article=pages_of(page),
            missing_pages=any(lost.role == "next-page" for lost in page.snapshot.missing),
            said=said,
            index=index(document, said) if document else (),
            reader=reader(document) if document else "",
            chapters=chapters(document.articles) if document else [],
            path=path(document, asked) if document and not outside else (),
            opening=opening,
            looks=looks,
            may_gain=may_gain_by_browser(page.snapshot),
        )

    def record(self, snapshot: str) -> Response:
        """取证记录, to read and to print."""
        return self.show.html("capture_record.html", page=self.core.capture_record(snapshot))

    def record_document(self, snapshot: str) -> Response:
        """The same as a Word file."""
        headers = {"Content-Disposition": attachment(f"{tr('取证记录')}-{snapshot}.docx")}
        return Response(self.core.capture_document(snapshot), media_type=DOCX, headers=headers)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/snapshot/{snapshot}", self.snapshot)
        routes.add_api_route("/snapshot/{snapshot}/record", self.record)
        routes.add_api_route("/snapshot/{snapshot}/record.docx", self.record_document)
        return routes
