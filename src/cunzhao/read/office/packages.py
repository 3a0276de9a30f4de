"""ZIP packages of XML parts (docx, xlsx, ofd), read part by part within bounds.

Nothing is unpacked that is not asked for, all that is unpacked counts against one limit, and the parser
expands no entities and opens no address: a part may neither explode nor reach out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote

from lxml import etree

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted

_MOST_PARTS = 20_000
_CHUNK = 1 << 20
_SUSPECT_BYTES = 10_000_000  # a part larger than this …
_SUSPECT_RATIO = 400  # … that shrank so much says nothing (deflate ends at 1,032; tables of blanks reach 60)
_STRICT = b"http://purl.oclc.org/ooxml/"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)
#: ISO/IEC 29500 has two sets of names for the same vocabulary; readers know the transitional one.
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}


class Package:
    """An opened package. Part names are as in the standard: absolute without the first slash, in any case."""

    def __init__(self, data: bytes, called: str, format: str, limit: int) -> None:
        """Raises FileBroken, FileEncrypted (a ZIP password), DecompressionBomb (more than 20,000 parts)."""
        self.called, self.format = called, format
        self._limit, self._unpacked = limit, 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _BROKEN as exc:
            raise self.broken(str(exc)) from exc
        if len(parts) > _MOST_PARTS:
            raise DecompressionBomb(called, limit=limit)
        self._parts = {part.filename.replace("\\", "/").strip("/").lower(): part for part in parts}

    def broken(self, detail: str) -> FileBroken:
        return FileBroken(self.called, format=self.format, detail=detail[:200])

    def __contains__(self, name: str) -> bool:
        return name.strip("/").lower() in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part; none where there is no such part. Raises as `open` does."""
        if name not in self:
            return b""
        with self.open(name) as stream:
            return b"".join(iter(lambda: stream.read(_CHUNK), b""))

    def open(self, name: str) -> _Counted:
        """A part as a stream. Raises KeyError where it is missing, FileBroken, FileEncrypted,
        DecompressionBomb (all that was unpacked is more than the limit)."""
        part = self._parts[name.strip("/").lower()]
        if part.flag_bits & 1:
            raise FileEncrypted(self.called, format=self.format)
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > self._limit or (part.file_size > _SUSPECT_BYTES and ratio > _SUSPECT_RATIO):
            raise DecompressionBomb(self.called, limit=min(self._limit, part.file_size))
        try:
            return _Counted(self, self._zip.open(part))
        except _BROKEN as exc:
            raise self.broken(str(exc)) from exc

    def count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._limit:
            raise DecompressionBomb(self.called, limit=self._limit)

    def xml(self, name: str) -> Any | None:
        """The root element of a part; None where there is no such part. Raises FileBroken and as `open`."""
        data = self.read(name)
        if not data:
            return None
        try:
            return etree.fromstring(_without_strict_names(data), parser())
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise self.broken(f"{name}: {exc}") from exc

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that a part (the package: "") refers to by relations of a kind: `styles`."""
        return [target for target, of in self.relations(name).values() if of == kind and target in self]

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """id -> (part name or outside address, kind: the last word of its type) of a part."""
        folder, base = posixpath.split(name.strip("/"))
        root = self.xml(f"{folder}/_rels/{base}.rels")
        found = {}
        for relation in root.iterfind("{*}Relationship") if root is not None else ():
            target = relation.get("Target", "").replace("\\", "/")
            if relation.get("TargetMode") != "External":
                target = resolved(folder, unquote(target))
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (target, kind)
        return found

    def main_part(self, kinds: tuple[str, ...]) -> str:
        """The part that the package is about, else the first of the usual names. Raises FileBroken."""
        found = next(iter(self.related("", "officeDocument")), None)
        found = found or next((name for name in kinds if name in self), None)
        if found is None:
            raise self.broken("no main part")
        return found


class _Counted:
    """A part's stream that tells the package what it unpacked, and gives its errors one name."""

    def __init__(self, package: Package, stream: IO[bytes]) -> None:
        self._package, self._stream = package, stream

    def read(self, size: int = _CHUNK) -> bytes:
        try:
            piece = self._stream.read(size)
        except _BROKEN as exc:
            raise self._package.broken(str(exc)) from exc
        self._package.count(len(piece))
        return piece

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stream.close()


def resolved(folder: str, target: str) -> str:
    """The part name of a reference from a part in `folder`; one with a leading slash is absolute."""
    if target.startswith("/"):
        return posixpath.normpath(target).strip("/")
    return posixpath.normpath(posixpath.join("/", folder, target)).strip("/")


def whole(told: str | None) -> int | None:
    """The number of an attribute; None for anything but up to nine digits of ASCII (`²` is a digit, too)."""
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else None


def parser() -> Any:
    """A parser for what strangers sent: no entities, no network, no notes, bounded depth."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def elements(stream: Any, tags: tuple[str, ...], package: Package) -> Iterator[Any]:
    """The elements of a large part as they end; the caller clears them. Raises FileBroken."""
    pull = etree.XMLPullParser(("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        while chunk := stream.read(_CHUNK):
            pull.feed(_without_strict_names(chunk))
            for _, element in pull.read_events():
                yield element
        pull.close()
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise package.broken(str(exc)) from exc


def _without_strict_names(data: bytes) -> bytes:
    if _STRICT in data[:8192]:
        for strict, usual in _TRANSITIONAL.items():
            data = data.replace(strict, usual)
    return data
