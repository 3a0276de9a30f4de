"""Counts what is dear to count in the background as the archive changes, so that no visitor waits for it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence

from cunzhao.core.queries.remembered import Remembered
from cunzhao.errors import CunzhaoError
from cunzhao.storage.database import Database

log = logging.getLogger(__name__)

LOOK_S = 2.0  # from one look to the next


class Warm:
    """A thread of the server. `asks` are what pages ask for, run once at the beginning."""

    def __init__(
        self, database: Database, memories: Sequence[Remembered], asks: Sequence[Callable[[], object]]
    ) -> None:
        self._database, self._memories, self._asks = database, memories, asks
        self._ended = threading.Event()
        self.asked = threading.Event()  # set when all were asked once
        self._thread = threading.Thread(target=self._run, name="warm", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when nothing is counted any more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        for ask in self._asks:
            if not self._ended.is_set():
                self._try(ask)
        _settled()
        self.asked.set()
        while not self._ended.wait(LOOK_S):
            self._try(self._look)

    def _look(self) -> None:
        counted = False
        for memory in self._memories:
            with self._database.reading() as session:
                counted |= memory.refresh(session)
        if counted:
            _settled()

    def _try(self, ask: Callable[[], object]) -> None:
        """A page that cannot be counted says so itself, to whoever asks for it."""
        try:
            ask()
        except CunzhaoError as error:
            log.warning("counting in the background: %s", error)
        except Exception:
            log.exception("counting in the background")


def _settled() -> None:
    """What was counted is kept, and is much: the collector of garbage looks through it here, once, and not
    in the middle of a page (0.3 s where a million facts were counted)."""
    gc.collect()
    gc.freeze()
