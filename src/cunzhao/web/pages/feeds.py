"""Atom feeds (RFC 4287): new links, by tag or collection, and new contradictions.

A feed reader has no cookies. Where there are accounts it is let in by a token of scope `feed` in the address,
which opens nothing else; the token is not repeated in what is answered.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote
from xml.etree import ElementTree as xml

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from cunzhao import __version__
from cunzhao.core.values.pages import LinkRow, SnapshotRow, SourcedFinding, SourcedObservation
from cunzhao.core.words import verdict_words
from cunzhao.language import either, tr
from cunzhao.web.showing.safe import plain, visible, web_address
from cunzhao.web.showing.show import place, query
from cunzhao.web.showing.words import FINDINGS, beijing

if TYPE_CHECKING:
    from cunzhao.core import Core

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries changed last
TITLE = 300  # characters

Choice = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    id: str
    title: str
    updated: datetime
    published: datetime
    page: str  # path of ours
    sources: tuple[str, ...]  # addresses it is about
    author: str
    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeds:
    core: Core

    def links(self, request: Request, tag: Choice = "", collection: Choice = "") -> Response:
        """The links given last."""
        wanted = {"tag": tag.strip(), "collection": collection.strip()}
        title = tr("存照 · 新链接")
        if wanted["collection"]:
            title += f" · {self.core.collection(wanted['collection']).collection.title}"
        if wanted["tag"]:
            title += f" · {wanted['tag']}"
        entries = [self._link(row) for row in self.core.new_links(**wanted)]
        page = f"/collections/{quote(wanted['collection'])}" if wanted["collection"] else f"/{query(tag=tag)}"
        return answered(request, title, f"/feeds/links.atom{query(**wanted)}", page, entries)

    def _link(self, row: LinkRow) -> Entry:
        best = row.best
        told = [plain(row.note)] if row.note else []
        if best:
            told = [f"{either(*verdict_words(best.verdict))} · {seen(best)}", *told]
        return Entry(
            id=named("link", row.id),
            title=best.title if best else row.url,
            updated=max(row.added, best.captured) if best else row.added,
            published=row.added,
            page=f"/snapshot/{quote(best.id)}" if best else "/",
            sources=(row.url,),
            author=(best.source if best else "") or "",
            text="\n".join(told),
            tags=row.tags,
        )

    def contradictions(self, request: Request) -> Response:
        """Contradictions, those of which a side was captured last first; both quotes in each."""
        found = self.core.new_contradictions()
        sides = {side.snapshot for one in found for side in (one.finding.a, one.finding.b)}
        shown = self.core.snapshots(sides)
        entries = [self._finding(one, shown) for one in found]
        title = tr("存照 · 新矛盾")
        return answered(request, title, "/feeds/contradictions.atom", "/contradictions", entries)

    def _finding(self, one: SourcedFinding, shown: Mapping[str, SnapshotRow]) -> Entry:
        f, sides = one.finding, (one.a, one.b)
        spans = [(s.observation.snapshot, s.observation.span.start, s.observation.span.end) for s in sides]
        last = max((shown[id].captured for id, _, _ in spans if id in shown), default=NEVER)
        newer = max(spans)
        return Entry(
            id=named("contradiction", f.type, *spans),
            title=" ".join((tr(FINDINGS[f.type]), f.a.label or f.a.indicator, f.a.region, f.a.period)),
            updated=last,
            published=last,
            page=place(*newer),
            sources=tuple(dict.fromkeys(side.url for side in sides)),
            author="",
            text="\n".join([f.explanation, *(quoted(side, shown) for side in sides)]),
        )

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/feeds/links.atom", self.links)
        routes.add_api_route("/feeds/contradictions.atom", self.contradictions)
        return routes


def named(*parts: object) -> str:
    """A name that stays: the same for the same thing, on every day and after a rebuild."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:cunzhao:{parts!r}").urn


def seen(snapshot: SnapshotRow) -> str:
    parts = (snapshot.source, snapshot.published, f"{tr('存照')} {beijing(snapshot.captured)}")
    return "，".join(plain(part) for part in parts if part)


def quoted(side: SourcedObservation, shown: Mapping[str, SnapshotRow]) -> str:
    """The words of one side in their sentence, with their source."""
    o = side.observation
    source = seen(shown[o.snapshot]) if o.snapshot in shown else plain(side.origin or "")
    return f"“{side.before}{o.span.quote}{side.after}” —— {plain(side.title)}（{source}）"


def answered(request: Request, title: str, own: str, page: str, entries: Sequence[Entry]) -> Response:
    """The feed, or 304 where the reader has it already."""
    base = str(request.base_url).rstrip("/")
    changed = max((entry.updated for entry in entries), default=NEVER).replace(microsecond=0)
    body = feed(base, title, own, page, entries, changed=changed)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(changed, usegmt=True)}
    if known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{TYPE}; charset=utf-8", headers=headers)


def known(request: Request, tag: str, changed: datetime) -> bool:
    """Source: RFC 9110, 13.2.2: a tag that is sent counts alone."""
    if "if-none-match" in request.headers:
        given = [one.strip().removeprefix("W/") for one in request.headers["if-none-match"].split(",")]
        return tag in given or "*" in given
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return changed <= since.astimezone(UTC)
    except (ValueError, OverflowError):
        return False


def feed(base: str, title: str, own: str, page: str, entries: Sequence[Entry], *, changed: datetime) -> bytes:
    """The document; `own` and `page` are paths of ours."""
    root = xml.Element("feed", xmlns=ATOM)
    _put(root, "id", named("feed", own))
    _put(root, "title", plain(title)[:TITLE])
    _put(root, "updated", _stamp(changed))
    _put(xml.SubElement(root, "author"), "name", "存照 Cunzhao")
    _put(root, "generator", "cunzhao", version=__version__)
    _link(root, "self", base + own, type=TYPE)
    _link(root, "alternate", base + page, type="text/html")
    for entry in entries:
        _entry(xml.SubElement(root, "entry"), base, entry)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(at: xml.Element, base: str, entry: Entry) -> None:
    _put(at, "id", entry.id)
    _put(at, "title", plain(entry.title)[:TITLE] or plain(entry.sources[0]))
    _put(at, "updated", _stamp(entry.updated))
    _put(at, "published", _stamp(entry.published))
    if entry.author:
        _put(xml.SubElement(at, "author"), "name", plain(entry.author))
    _link(at, "alternate", base + entry.page, type="text/html")
    for url in entry.sources:
        if web_address(url) and url.isprintable():
            _link(at, "via", quote(url, safe=":/?#[]@!$&'()*+,;=%~"))
    for tag in entry.tags:
        xml.SubElement(at, "category", term=plain(tag))
    _put(at, "content", visible(entry.text).replace("\ufffd", ""), type="text")


def _put(at: xml.Element, name: str, text: str, **more: str) -> None:
    xml.SubElement(at, name, more).text = _fit(text)


def _link(at: xml.Element, rel: str, href: str, **more: str) -> None:
    xml.SubElement(at, "link", {"rel": rel, "href": _fit(href), **more})


def _fit(text: str) -> str:
    """Without the two code points that XML 1.0 forbids and `plain` lets through."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
