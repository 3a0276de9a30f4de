"""Reading in a worker process: a hostile file may hang, eat memory or crash its worker, never the program.

A worker is started once (`spawn`, so that Windows and macOS do the same), kept warm and used again. It is
killed when a document takes too long and replaced when it dies; the next document is read by a new one.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import queue
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from cunzhao.errors import CunzhaoError, ReadCrashed, ReadTimeout
from cunzhao.formats import CONVERTED, format_of
from cunzhao.read.door import read
from cunzhao.read.office.converting import converted
from cunzhao.read.types import Document, PageImage
from cunzhao.settings import Settings

_log = logging.getLogger(__name__)
_START_S = 60.0  # a worker's start is not counted against the document
_ALIVE = "alive"  # what a worker says that has a long way to go


class Reader:
    """A pool of reading workers; `read` may be called from several threads at once.

    with Reader(settings) as reader:
        document = reader.read(data, mime="text/html", url=url)
    """

    def __init__(self, settings: Settings, *, workers: int = 1) -> None:
        self._settings = settings
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(max(1, workers)):
            self._idle.put(None)  # started when first needed
        self._lock, self._converting = threading.Lock(), threading.Lock()
        self._started: set[_Worker] = set()
        self._closed = False
        self._ended = threading.Event()  # tells a conversion to give up

    def read(
        self, data: bytes, *, mime: str, url: str = "", name: str = "", charset: str = "", input: str = ""
    ) -> Document:
        """As `cunzhao.read.read`, in a worker with bounds; old office files are converted first.

        Raises also ReadTimeout (after `parse_timeout_s`) and ReadCrashed (the worker died, or was out of
        memory at `parse_memory_bytes`), ConverterMissing and ConversionFailed.
        """
        called = input or name or url or mime
        form = format_of(data, mime, name or url) if data else None
        if form in CONVERTED:
            with self._converting:  # a LibreOffice takes as much memory as a worker: one at a time
                data, mime = converted(data, form, called, self._settings, self._ended), ""
            name = name or f"document.{CONVERTED[form]}"
        told: dict[str, Any] = {"mime": mime, "url": url, "name": name, "charset": charset, "input": called}
        told["ocr_pages"] = self._settings.ocr_pages
        document = self._asked("read", data, told)
        assert isinstance(document, Document)
        return document

    def page_image(self, data: bytes, *, page: int, scale: float, input: str = "") -> PageImage:
        """A page of a PDF as seen, made in a worker with bounds; page 1 is the first, `scale` pixels a point.

        Raises IndexError (no such page) and what `read` raises.
        """
        image = self._asked("image", data, {"page": page, "scale": scale, "input": input})
        assert isinstance(image, PageImage)
        return image

    def join(self, pages: Sequence[Document], *, input: str = "") -> Document:
        """The pages of one article as one document, joined in a worker; see `joining.join`."""
        if len(pages) == 1:
            return pages[0]
        document = self._asked("join", b"", {"pages": tuple(pages), "input": input})
        assert isinstance(document, Document)
        return document

    def _asked(self, wanted: str, data: bytes, told: dict[str, Any]) -> Document | PageImage:
        worker = self._idle.get()
        try:
            if worker is None or not worker.alive():
                worker = self._start(told["input"])
            return worker.ask(wanted, data, told, self._settings.parse_timeout_s)
        except (ReadTimeout, ReadCrashed):
            if worker is not None:
                self._drop(worker)
            worker = None
            raise
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers. What is being read in another thread ends with ReadCrashed."""
        self._ended.set()
        with self._lock:
            self._closed = True
            started, self._started = self._started, set()
        for worker in started:
            worker.end()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _start(self, called: str) -> _Worker:
        worker = _Worker(self._settings.parse_memory_bytes, self._settings.max_decoded_bytes)
        with self._lock:
            if not self._closed:
                self._started.add(worker)
        if self._closed or not worker.ready():
            worker.end()
            raise ReadCrashed(called)
        return worker

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._started.discard(worker)


class _Worker:
    """One worker process and the pipe to it."""

    def __init__(self, memory_bytes: int, max_decoded_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, memory_bytes, max_decoded_bytes), daemon=True, name="cunzhao-read"
        )
        self._process.start()
        theirs.close()

    def ready(self) -> bool:
        try:
            return self._pipe.poll(_START_S) and self._pipe.recv() == "ready"
        except (EOFError, OSError):
            return False

    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, wanted: str, data: bytes, told: dict[str, Any], timeout_s: float) -> Document | PageImage:
        try:
            self._pipe.send((wanted, data, told))
            answer: Any = _ALIVE
            while answer == _ALIVE:  # a scanned page, each of which has that time
                if not self._pipe.poll(timeout_s):
                    raise ReadTimeout(told["input"], limit=f"{timeout_s:g}")
                answer = self._pipe.recv()
        except (EOFError, OSError) as exc:
            raise ReadCrashed(told["input"]) from exc
        if isinstance(answer, Document | PageImage):
            return answer
        assert isinstance(answer, CunzhaoError | IndexError)
        raise answer

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join(5)


def read_isolated(
    data: bytes,
    *,
    mime: str,
    settings: Settings,
    url: str = "",
    name: str = "",
    charset: str = "",
    input: str = "",
) -> Document:
    """`Reader.read` for one document, with a worker of its own (about half a second to start)."""
    with Reader(settings) as reader:
        return reader.read(data, mime=mime, url=url, name=name, charset=charset, input=input)


def _serve(pipe: Connection[Any, Any], memory_bytes: int, max_decoded_bytes: int) -> None:
    """The worker: reads what the pipe brings until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to answer
    _limit_memory(memory_bytes)
    gc.set_threshold(20_000, 20, 50)  # a page is many small objects: a twelfth less time
    pipe.send("ready")
    while True:
        try:
            wanted, data, told = pipe.recv()
        except (EOFError, OSError):
            return
        told |= {"alive": lambda: pipe.send(_ALIVE)} if wanted == "read" else {}
        pipe.send(_answer(wanted, data, told, max_decoded_bytes))


def _answer(
    wanted: str, data: bytes, told: dict[str, Any], max_decoded_bytes: int
) -> Document | PageImage | CunzhaoError | IndexError:
    try:
        if wanted == "image":
            return _image(data, **told)
        if wanted == "join":
            from cunzhao.read.page.joining import join

            return join(told["pages"])
        return read(data, **told, max_decoded_bytes=max_decoded_bytes)
    except CunzhaoError as error:
        return error
    except Exception:
        _log.exception("reading %s failed", told["input"])
        return ReadCrashed(told["input"])


def _image(data: bytes, page: int, scale: float, input: str) -> PageImage | IndexError:
    from cunzhao.read.pdf.image import render_page

    try:
        return render_page(data, page, scale, input)
    except IndexError as error:
        return error


def _limit_memory(memory_bytes: int) -> None:
    """Bound the address space where the system can (Linux; macOS and Windows have no such limit)."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
