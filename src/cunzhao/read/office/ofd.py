"""OFD files (GB/T 33190-2016): pages of placed text, laid out and joined into paragraphs as those of PDF.

A file may hold several documents: their pages are counted on. Templates belong to the page they lie under;
annotations and stamps are left out. Boxes are in points from the lower left corner of the physical page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cunzhao.errors import FileBroken, FileEncrypted
from cunzhao.read.assembly import assembled
from cunzhao.read.office.ofdtext import POINTS, PageObjects, Resources, numbers, place_objects, resources_of
from cunzhao.read.office.packages import Package, resolved
from cunzhao.read.office.properties import believed_title
from cunzhao.read.pdf.flow import pieces_of
from cunzhao.read.pdf.glyphs import Box, Sheet, arranged
from cunzhao.read.pdf.page import PageRead, laid_out
from cunzhao.read.pdf.rules import rules_of
from cunzhao.read.types import Attachment, Document

VERSION = "1"
MOST_PAGES = 3000
_A4: Box = (0.0, 0.0, 210.0, 297.0)  # left, top, width, height in mm
_SCAN = 0.3  # share of a page that pictures cover at least where it is a scan
_UNKNOWN = 0.3  # share of unreadable characters from which on a page's text is worth nothing
_LOCKS = ("encryptions.xml", "decryptseed.dat")  # GM/T 0099-2020


def read_ofd(package: Package) -> Document:
    """The document of an OFD file; warnings as those of `read_pdf`.

    Raises FileEncrypted, FileBroken, DecompressionBomb.
    """
    locked = any(lock in package for lock in _LOCKS)
    try:
        files = list(_files(package))
    except FileBroken as exc:
        raise FileEncrypted(package.called, format="OFD") if locked else exc from exc
    reading = _Reading(package)
    for file in files:
        reading.add(file)
    if not reading.pages and reading.broken:
        raise FileEncrypted(package.called, format="OFD") if locked else package.broken("no page can be read")
    document = assembled(
        pieces_of(reading.pages, reading.marks), reader="ofd", version=VERSION, warnings=reading.warnings()
    )
    attached = tuple(Attachment(name=name) for file in files for name in _attached(package, file))
    told = files[0].title if files else ""
    return replace(document, title=believed_title(document, told), attachments=attached)


class _File:
    """One document of a package: Document.xml, and what OFD.xml says of it."""

    def __init__(self, package: Package, body: Any, place: str) -> None:
        self.folder = posixpath.dirname(place)
        self.root: Any = package.xml(place)
        self.title = (body.findtext("{*}DocInfo/{*}Title") or "").strip()
        if self.root is None:
            raise package.broken(f"no part {place}")

    def part(self, package: Package, told: str | None, folder: str | None = None) -> str:
        """The part that a path names: from its own folder, else from the package's; some write it so."""
        own = resolved(self.folder if folder is None else folder, (told or "").strip())
        return own if own in package else resolved("", (told or "").strip())


def _files(package: Package) -> Iterator[_File]:
    root = package.xml("OFD.xml")
    for body in root.iterfind("{*}DocBody") if root is not None else ():
        place = _told(body, "DocRoot")
        if place:
            yield _File(package, body, resolved("", place))
    if root is None or root.find("{*}DocBody") is None:
        raise package.broken("OFD.xml: no document")


class _Reading:
    """The pages of all documents of a package, read one after the other."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._gutters: list[float] = []
        self.pages: list[PageRead] = []
        self.marks: dict[tuple[int, str], int] = {}
        self.broken = 0
        self._count, self._cut = 0, False

    def add(self, file: _File) -> None:
        common = file.root.find("{*}CommonData")
        usual = _box(common.find("{*}PageArea") if common is not None else None) or _A4
        resources = resources_of(list(self._resources(file, common)))
        templates = self._templates(file, common)
        places: dict[str, int] = {}
        for page in file.root.iterfind("{*}Pages/{*}Page"):
            if self._count >= MOST_PAGES:
                self._cut = True
                break
            self._count += 1
            places[page.get("ID", "")] = self._count
            try:
                root = self._package.xml(file.part(self._package, _told(page, "BaseLoc")))
            except FileBroken:
                root = None
            if root is None:
                self.broken += 1
                continue
            self.pages.append(self._page(root, usual, resources, templates))
        self._marks(file, places)

    def warnings(self) -> tuple[str, ...]:
        told = {
            "no-text": not any(page.items for page in self.pages),
            "scan-pages": any(page.pictures > _SCAN and not page.items for page in self.pages),
            "font-unreadable": any(page.unknown > _UNKNOWN for page in self.pages),
            "pages-broken": self.broken > 0,
            "cut": self._cut,
        }
        return tuple(code for code, holds in told.items() if holds)

    def _page(self, root: Any, usual: Box, resources: Resources, templates: dict[str, Any]) -> PageRead:
        box = _box(root.find("{*}Area")) or usual
        objects = PageObjects()
        for used in root.iterfind("{*}Template"):
            template = templates.get(used.get("TemplateID", ""))
            if template is not None:
                place_objects(template, box, resources, objects)
        place_objects(root, box, resources, objects)
        view = (0.0, 0.0, box[2] * POINTS, box[3] * POINTS)
        text = arranged(objects.glyphs, Sheet(self._count, view[2], view[3]), view)
        return laid_out(text, rules_of(objects.boxes, view, text.turn), self._gutters)

    def _resources(self, file: _File, common: Any | None) -> Iterator[Any]:
        for kind in ("PublicRes", "DocumentRes"):
            for told in common.iterfind(f"{{*}}{kind}") if common is not None else ():
                root = self._package.xml(file.part(self._package, told.text))
                if root is not None:
                    yield root

    def _templates(self, file: _File, common: Any | None) -> dict[str, Any]:
        found = {}
        for template in common.iterfind("{*}TemplatePage") if common is not None else ():
            root = self._package.xml(file.part(self._package, _told(template, "BaseLoc")))
            if root is not None:
                found[template.get("ID", "")] = root
        return found

    def _marks(self, file: _File, places: dict[str, int]) -> None:
        """The bookmarks: page and title with their depth."""
        outlines = file.root.find("{*}Outlines")
        for mark in outlines.iterfind(".//{*}OutlineElem") if outlines is not None else ():
            goal = mark.find("{*}Actions/{*}Action/{*}Goto/{*}Dest")
            page = places.get(goal.get("PageID", "")) if goal is not None else None
            if page is not None:
                depth = sum(1 for above in mark.iterancestors("{*}OutlineElem"))
                self.marks.setdefault((page, "".join(mark.get("Title", "").split())), depth)


def _attached(package: Package, file: _File) -> Iterator[str]:
    place = file.part(package, file.root.findtext("{*}Attachments"))
    root = package.xml(place) if file.root.find("{*}Attachments") is not None else None
    for attachment in root.iterfind("{*}Attachment") if root is not None else ():
        if attachment.get("Name"):
            yield attachment.get("Name")


def _told(element: Any, name: str) -> str:
    """A value that some write as attribute and some as element."""
    return (element.get(name) or element.findtext(f"{{*}}{name}") or "").strip()


def _box(area: Any | None) -> Box | None:
    """The physical box of a page area: left, top, width, height in mm."""
    found = numbers(area.findtext("{*}PhysicalBox"), 4) if area is not None else None
    if found is None or min(found[2:]) <= 0:
        return None
    return found[0], found[1], found[2], found[3]
