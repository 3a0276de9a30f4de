"""What a snapshot holds, loaded once for one answer."""

from __future__ import annotations

from typing import get_args
from urllib.parse import urldefrag

from cunzhao.archive.store import Archive
from cunzhao.archive.surt import same_page
from cunzhao.archive.types import Kept, RecordRef, Stored
from cunzhao.collect.types import RenditionKind
from cunzhao.egress.decode import decode_body
from cunzhao.errors import CunzhaoError

Thing = tuple[Kept, RecordRef]
RENDITIONS = frozenset(get_args(RenditionKind))
_BESIDE = RENDITIONS | {"session", "certificate"}  # kept with a page, and no part of it


class Held:
    """Things of a snapshot by URL; spelling, fragment and http/https make no difference where it is clear."""

    def __init__(self, archive: Archive, snapshot: str) -> None:
        self._archive = archive
        things = archive.contents(snapshot)
        self.page: Thing | None = next((thing for thing in things if thing[0].role == "page"), None)
        #: What the engine made of the page as it was shown: "dom", "screenshot", "pdf", "text".
        self.renditions = {kept.role: (kept, record) for kept, record in things if kept.role in RENDITIONS}
        #: The further pages of an article that goes over several, in their order.
        self.next_pages = [thing for thing in things if thing[0].role == "next-page"]
        #: Of an article that goes over several pages: their addresses, the first one's too; else empty.
        self.article = {same_page(kept.url) for kept, _ in self.next_pages}
        if self.article and self.page:
            self.article.add(same_page(self.page[0].url))
        self._exact: dict[str, Thing] = {}
        self._alike: dict[str, Thing] = {}
        # answers win over redirects, and the first over later ones
        parts = [thing for thing in things if thing[0].role not in _BESIDE]
        for thing in sorted(parts, key=lambda told: told[0].role == "redirect"):
            self._exact.setdefault(thing[0].url, thing)
            self._alike.setdefault(same_page(thing[0].url), thing)

    def find(self, url: str) -> Thing | None:
        """The answer to a URL; None if there is none, or only a redirect."""
        plain = urldefrag(url)[0]
        thing = self._exact.get(plain) or self._alike.get(same_page(plain))
        return None if thing is None or thing[0].role == "redirect" else thing

    def read(self, record: RecordRef) -> tuple[Stored, bytes]:
        """The payload as stored, and with its content coding undone (bounded). Raises as `Archive.read`."""
        stored = self._archive.read(record)
        limit = self._archive.settings.max_decoded_bytes
        return stored, decode_body(stored.body, stored.header("content-encoding"), limit, record.url)

    def font(self, url: str) -> bytes:
        """A font's bytes; empty if there is none or it cannot be read."""
        thing = self.find(url)
        try:
            return self.read(thing[1])[1] if thing else b""
        except CunzhaoError:
            return b""
