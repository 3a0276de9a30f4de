"""附件: while links are saved, the files that their pages name are captured with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cunzhao.collect.types import Capture, Entry
from cunzhao.collect.urls import url_key
from cunzhao.core.values.outcomes import AttachedRow, SaveRow
from cunzhao.errors import CunzhaoError
from cunzhao.read.types import Attachment


@dataclass(frozen=True, slots=True)
class Saved:
    """A link that was asked for, with all that came of it."""

    place: int
    row: SaveRow
    error: CunzhaoError | None
    attached: tuple[str, ...] = ()  # URLs of attachments that are kept


@dataclass(slots=True)
class _Page:
    row: SaveRow
    error: CunzhaoError | None
    named: tuple[tuple[Attachment, int | None], ...]  # with the index of its capture


@dataclass(slots=True)
class Round:
    """What one `save` captures: the links asked for by place, then attachments as they come up.

    An address is captured once, however many name it.
    """

    urls: Sequence[str]
    limit: int  # attachments of one page
    said: Sequence[Entry] = ()  # of each URL, what was given with it
    _known: dict[str, int] = field(init=False)  # by key of the address: index of its capture
    _files: list[tuple[Attachment, str]] = field(default_factory=list)  # by index behind `urls`: whose page
    _told: int = 0  # how many of them `further` has told
    _kept: dict[int, SaveRow] = field(default_factory=dict)  # by index
    _pages: dict[int, _Page] = field(default_factory=dict)  # by place: those that wait for attachments
    _done: dict[int, SaveRow] = field(default_factory=dict)  # by place: those that wait for their turn
    _turn: int = 0

    def __post_init__(self) -> None:
        self._known = {url_key(url): place for place, url in reversed(list(enumerate(self.urls)))}

    def asked(self, index: int) -> bool:
        """Whether a capture is of a link that was asked for, not of an attachment."""
        return index < len(self.urls)

    def entry(self, index: int, capture: Capture, tags: tuple[str, ...], collection: str) -> Entry:
        entry = Entry(url=capture.requested_url, tags=tags, collection=collection)
        if self.asked(index):
            said = self.said[index] if self.said else entry
            return replace(entry, tags=(*tags, *said.tags), title=said.title, note=said.note)
        file, parent = self._files[index - len(self.urls)]
        return replace(entry, title=file.name, parent=parent)

    def further(self) -> list[str]:
        """Addresses that came up since it was last asked."""
        new = [file.url or "" for file, _ in self._files[self._told :]]
        self._told += len(new)
        return new

    def keep(
        self, index: int, row: SaveRow, error: CunzhaoError | None, named: Sequence[Attachment] = ()
    ) -> None:
        """What became of a capture; `named` are the attachments of a page that was asked for."""
        self._kept[index] = row
        if self.asked(index):
            mine = tuple((file, self._index(file, row, n)) for n, file in enumerate(named))
            self._pages[index] = _Page(row, error, mine)

    def _index(self, file: Attachment, page: SaveRow, n: int) -> int | None:
        """The index of its capture; None where it is only named, or one too many."""
        if n >= self.limit or not file.url or not file.url.startswith(("http://", "https://")):
            return None
        key = url_key(file.url)
        if key in (url_key(page.url), url_key(page.final_url)):
            return None
        if key not in self._known:
            self._known[key] = len(self.urls) + len(self._files)
            self._files.append((file, page.url))
        return self._known[key]

    def done(self) -> Iterator[Saved]:
        """Links that are now saved with all their attachments, each told once."""
        for place, page in list(self._pages.items()):
            if all(index is None or index in self._kept for _, index in page.named):
                yield self._saved(place)

    def rows(self) -> Iterator[SaveRow]:
        """The rows whose turn has come, in the order asked for."""
        while self._turn in self._done:
            yield self._done.pop(self._turn)
            self._turn += 1

    def end(self, error: CunzhaoError, failed: Callable[[str], SaveRow]) -> Iterator[Saved]:
        """All that has not ended, after `error` has ended the capturing."""
        for place, url in enumerate(self.urls[self._turn :], self._turn):
            if place in self._pages:
                told = self._saved(place)
                self._done[place] = replace(told.row, error=failed(url).error)
            elif place not in self._done:
                self._done[place] = failed(url)
            else:
                continue
            yield Saved(place, self._done[place], error)

    def _saved(self, place: int) -> Saved:
        page = self._pages.pop(place)
        rows = [(file, self._kept.get(-1 if index is None else index)) for file, index in page.named]
        row = replace(page.row, attachments=tuple(_attached(file, kept) for file, kept in rows))
        self._done[place] = row
        urls = tuple(kept.url for _, kept in rows if kept and kept.snapshot)
        return Saved(place, row, page.error, urls)


def _attached(file: Attachment, kept: SaveRow | None) -> AttachedRow:
    return AttachedRow(
        name=file.name,
        url=file.url,
        snapshot=kept.snapshot if kept else None,
        verdict=kept.verdict if kept else None,
    )
