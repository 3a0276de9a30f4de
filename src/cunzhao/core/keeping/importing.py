"""Files brought in: each becomes a snapshot, a WARC file as many as it holds pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from cunzhao.collect.files import kind_of
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping.restoring import Restorer
from cunzhao.core.keeping.saving import Saver
from cunzhao.core.queries import rows
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.errors import CunzhaoError, PathUnusable

NAME_BYTES = 200  # of UTF-8 in an uploaded file's name; file systems take 255
SUFFIX_BYTES = 20  # what stands after the last dot is a suffix only if it is short
_UNWANTED = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')  # Windows refuses them all
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # Windows opens a device instead


class Importer:
    def __init__(self, saver: Saver, restorer: Restorer, deriver: Deriver, lang: str) -> None:
        self._saver = saver
        self._restorer = restorer
        self._deriver = deriver
        self._lang = lang

    def files(self, paths: Sequence[Path], *, tags: Sequence[str] = ()) -> Iterator[SaveRow]:
        """A row for each file, or for each page of a WARC file; a bad file costs no other."""
        for path in paths:
            try:
                yield from self._file(path, tags)
            except OSError as error:
                yield rows.failed_row(str(path), PathUnusable.of(error, str(path)), self._lang)
        self._deriver.drain()

    def _file(self, path: Path, tags: Sequence[str]) -> Iterator[SaveRow]:
        try:
            kind = kind_of(path)
        except CunzhaoError as error:
            yield rows.failed_row(str(path), error, self._lang)
            return
        if kind == "warc":
            yield from self._restorer.import_warc(path, tags)
        else:
            yield from self._saver.save_file(path, tags=tags)

    def uploads(self, files: Sequence[tuple[str, bytes]], *, tags: Sequence[str] = ()) -> tuple[SaveRow, ...]:
        """Files that came over a page, as (name, bytes); a bad file costs no other."""
        with TemporaryDirectory() as folder:
            return tuple(
                row
                for n, (name, data) in enumerate(files)
                for row in self._upload(Path(folder) / str(n), harmless_name(name), data, tags)
            )

    def _upload(self, folder: Path, name: str, data: bytes, tags: Sequence[str]) -> Iterator[SaveRow]:
        path = folder / name
        try:
            folder.mkdir()
            path.write_bytes(data)
        except OSError as error:
            yield rows.failed_row(name, PathUnusable.of(error, name), self._lang)
            return
        for row in self.files([path], tags=tags):
            told = row.error and {**row.error, "input": name}
            yield replace(row, url=name if row.url == str(path) else row.url, error=told)


def harmless_name(name: str) -> str:
    """A name that any file system takes, for a file uploaded as `name`: `../年报.pdf` -> `年报.pdf`.

    The last part of the path, without what Windows refuses, at most NAME_BYTES long in UTF-8 with the
    suffix kept; `file` where nothing is left. Raises nothing.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1].encode("utf-8", "ignore").decode()
    last = _UNWANTED.sub("_", last).strip().rstrip(". ")
    if _DEVICE.match(last):
        last = f"_{last}"
    stem, suffix = PurePath(last).stem, PurePath(last).suffix
    if len(suffix.encode()) > SUFFIX_BYTES:
        stem, suffix = last, ""
    room = NAME_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + suffix or "file"
