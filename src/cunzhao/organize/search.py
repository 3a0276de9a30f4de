"""The full-text index: tantivy over character bigrams that we space ourselves.

绍兴市 is indexed as the words 绍兴 兴市; a term of three characters or more is a phrase query over its
bigrams, which holds exactly where the term stands literally. So a document is a hit if and only if each
term of the query occurs, folded (`fold`), in its text, its title or one of its tags. ASCII runs in the
same stream of characters. Single characters have a field of their own.

The index is derived. Its writer is exclusive between threads and processes (an flock, which the system
lets go when a process dies); documents wait in the database and whoever gets the lock drains them.
"""

from __future__ import annotations

import errno
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy
from filelock import FileLock
from tantivy import Occur, Query

from cunzhao.errors import DiskFull
from cunzhao.organize.fold import FOLD_VERSION, fold
from cunzhao.organize.places import find_places, snippets, terms
from cunzhao.organize.types import Gone, Hit, Indexable

__all__ = ["Change", "SearchIndex", "drain", "snippets"]

Change = Indexable | Gone

_SCHEMA_VERSION = "1"
_HEAP_BYTES = 50_000_000
_TITLE_BOOST = 3.0
_BORDER = " | "  # between tags: one character, so it never is a bigram, and no phrase runs across it
_ROOM_BYTES = 1_000_000  # with less, a failed write is put down to it
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = re.compile(r"StorageFull|QuotaExceeded|\(os error (28|122|112)\)")  # 112: ERROR_DISK_FULL
_PLACES = 50  # places found in one text


class SearchIndex:
    """The index in `folder`, made if it is not there. Several processes may have it open at once.

    Raises DiskFull.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"text-{_SCHEMA_VERSION}.{FOLD_VERSION}"
        self._settled = self._path / "settled"
        with self._disk_full_told():
            self._index = self._open()

    def _open(self) -> Any:
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder / "open.lock"):
            for old in self._folder.glob("text-*"):
                if old != self._path:  # made by other rules
                    shutil.rmtree(old, ignore_errors=True)
            with suppress(_Damaged), _damage():  # it is derived: a damaged one is made anew below
                if tantivy.Index.exists(str(self._path)):
                    return tantivy.Index(_schema(), path=str(self._path))
            shutil.rmtree(self._path, ignore_errors=True)
            self._path.mkdir(exist_ok=True)
            return tantivy.Index(_schema(), path=str(self._path))

    @property
    def fresh(self) -> bool:
        """True while it is not sure that everything was handed to this index since it was made.

        Whoever owns the documents marks all of them as waiting, then calls `settle`.
        """
        return not self._settled.exists()

    def settle(self) -> None:
        self._settled.touch()

    def update(self, documents: Iterable[Indexable]) -> bool:
        """Put documents in, each in place of an earlier one of the same snapshot.

        Returns once they are on disk and can be found; False, and nothing done, if the writer is held by
        another process or thread. Raises DiskFull.
        """
        return self._change(documents)

    def remove(self, snapshots: Iterable[str]) -> bool:
        """Take documents out; False, and nothing done, if the writer is held elsewhere."""
        return self._change(Gone(snapshot=s) for s in snapshots)

    def clear(self) -> bool:
        """Empty the index and make it `fresh`; False, and nothing done, if the writer is held elsewhere."""
        with self.writing() as writer:
            if writer is None:
                return False
            self._settled.unlink(missing_ok=True)
            writer.delete_all_documents()
            writer.commit()
            return True

    def _change(self, changes: Iterable[Change]) -> bool:
        with self.writing() as writer:
            if writer is None:
                return False
            apply(writer, changes)
            return True

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """The one writer, or None if it is held elsewhere. What is not committed at the end is dropped.

        Raises DiskFull, inside too.
        """
        with self._disk_full_told():
            try:
                writer = self._index.writer(_HEAP_BYTES, 1)
            except ValueError as exc:
                if "LockBusy" not in str(exc):
                    raise
                yield None
                return
            try:
                yield writer
            except BaseException:
                with suppress(ValueError):  # it would only say again that it failed
                    writer.wait_merging_threads()  # lets the lock go
                raise
            writer.wait_merging_threads()

    @contextmanager
    def _disk_full_told(self) -> Iterator[None]:
        """tantivy tells what the system says in words only, and what its threads met not at all."""
        try:
            yield
        except (ValueError, OSError) as exc:
            told = getattr(exc, "errno", 0) in _FULL or _FULL_WORDS.search(str(exc))
            if not told and not ("io::Error" in str(exc) and self._no_room()):
                raise
            raise DiskFull(str(self._folder)) from exc

    def _no_room(self) -> bool:
        return shutil.disk_usage(self._folder).free < _ROOM_BYTES

    def search(
        self, query: str, *, tag: str | None = None, limit: int = 50, texts: Callable[[str], str]
    ) -> tuple[list[Hit], int]:
        """The best `limit` hits and how many there are in all; none for a query without characters.

        `texts` gives a snapshot's text, asked once for each hit. Raises UsageWrong for a query that is
        too long.
        """
        wanted = terms(query)
        if not wanted:
            return [], 0
        searcher = self._searcher()
        found = searcher.search(_question(self._index.schema, wanted, tag), max(1, limit), count=True)
        hits = []
        for score, address in found.hits[: max(0, limit)]:
            snapshot = searcher.doc(address).get_first("snapshot")
            places = find_places(texts(snapshot), wanted, limit=_PLACES)
            hits.append(Hit(snapshot=snapshot, score=float(score), places=places))
        return hits, int(found.count)

    @property
    def documents(self) -> int:
        """How many documents can be found."""
        return int(self._searcher().num_docs)

    def _searcher(self) -> Any:
        """Of the index as it stands on disk now."""
        try:
            with _damage():
                self._index.reload()
        except _Damaged:  # or deleted, under us
            self._index = self._open()
        return self._index.searcher()


class _Damaged(Exception):
    """The files of the index cannot be read."""


@contextmanager
def _damage() -> Iterator[None]:
    """What tantivy says of damaged files, as one exception: an error, or a panic (a BaseException)."""
    try:
        yield
    except BaseException as exc:
        if isinstance(exc, ValueError | OSError) or type(exc).__name__ == "PanicException":
            raise _Damaged(str(exc)) from exc
        raise


def drain(
    index: SearchIndex,
    take: Callable[[int], Sequence[Change]],
    done: Callable[[Sequence[str]], None],
    *,
    batch: int = 100,
    wait_s: float = 0.0,
) -> int | None:
    """Index what waits, batch by batch, holding the writer only meanwhile; how many were written.

    `take(n)` gives up to n waiting changes, `done(snapshots)` is told when a batch is on disk and must
    take them out of the waiting. None: another process held the writer for `wait_s` seconds and still
    does, with something waiting; it will take that up itself. A crash between the commit and `done` only
    means that a batch is written twice.
    """
    written, until = 0, time.monotonic() + wait_s
    # Looking again after letting go: what came while we held the lock found it busy and went away.
    while take(1):
        with index.writing() as writer:
            while writer is not None and (changes := take(batch)):
                apply(writer, changes)
                done([change.snapshot for change in changes])
                written += len(changes)
        if writer is None:
            if time.monotonic() >= until:
                return None
            time.sleep(0.02)
    return written


def apply(writer: Any, changes: Iterable[Change]) -> None:
    """Write changes and commit: afterwards they are on disk."""
    for change in changes:
        writer.delete_documents_by_term("snapshot", change.snapshot)
        if isinstance(change, Indexable):
            writer.add_document(_document(change))
    writer.commit()


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    build.add_text_field("snapshot", stored=True, tokenizer_name="raw", index_option="basic")
    build.add_text_field("tag", tokenizer_name="raw", index_option="basic")
    for name in ("text", "title", "tags"):
        build.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    build.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    return build.build()


def _document(document: Indexable) -> Any:
    text, title = fold(document.text), fold(document.title)
    tags = [fold(tag) for tag in document.tags]
    return tantivy.Document(
        snapshot=[document.snapshot],
        tag=[_sendable(tag) for tag in document.tags],
        text=[_spaced(text)],
        title=[_spaced(title)],
        tags=[_BORDER.join(map(_spaced, tags))],
        characters=[" ".join(set(text).union(title, *tags))],
    )


def _bigrams(folded: str) -> list[str]:
    return [a + b for a, b in pairwise(folded)]


def _spaced(folded: str) -> str:
    return " ".join(_bigrams(folded))


def _sendable(text: str) -> str:
    """Without lone surrogates, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _question(schema: Any, wanted: Sequence[str], tag: str | None) -> Any:
    must = [(Occur.Must, _term(schema, term)) for term in wanted]
    if tag is not None:
        exact = Query.term_query(schema, "tag", _sendable(tag))
        must.append((Occur.Must, Query.const_score_query(exact, 0.0)))
    return Query.boolean_query(must)


def _term(schema: Any, term: str) -> Any:
    """Documents that literally hold the folded term, in any field."""
    if len(term) == 1:
        return Query.term_query(schema, "characters", term)
    pairs = _bigrams(term)

    def within(field: str) -> Any:
        if len(pairs) == 1:
            return Query.term_query(schema, field, pairs[0])
        return Query.phrase_query(schema, field, list(pairs))

    title = Query.boost_query(within("title"), _TITLE_BOOST)
    return Query.boolean_query([(Occur.Should, q) for q in (within("text"), title, within("tags"))])
