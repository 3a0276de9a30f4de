"""Files brought in: each becomes a snapshot, a WARC file as many as it holds pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cunzhao.collect.files import kind_of
from cunzhao.core import rows
from cunzhao.core.deriving import Deriver
from cunzhao.core.pages import SaveRow
from cunzhao.core.restoring import Restorer
from cunzhao.core.saving import Saver
from cunzhao.errors import CunzhaoError

NAME_LENGTH = 120  # characters kept of an uploaded file's name, from its end


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
                kind = kind_of(path)
            except CunzhaoError as error:
                yield rows.failed_row(str(path), error, self._lang)
                continue
            if kind == "warc":
                yield from self._restorer.import_warc(path, tags)
            else:
                yield from self._saver.save_file(path, tags=tags)
        self._deriver.drain()

    def uploads(self, files: Sequence[tuple[str, bytes]], *, tags: Sequence[str] = ()) -> tuple[SaveRow, ...]:
        """Files that came over a page; only the last part of a name counts."""
        result: list[SaveRow] = []
        with TemporaryDirectory() as folder:
            for n, (name, data) in enumerate(files):
                plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "") or "file"
                path = Path(folder) / str(n) / plain[-NAME_LENGTH:]
                path.parent.mkdir()
                path.write_bytes(data)
                for row in self.files([path], tags=tags):
                    told = row.error and {**row.error, "input": plain}
                    result.append(replace(row, url=plain if row.url == str(path) else row.url, error=told))
        return tuple(result)
