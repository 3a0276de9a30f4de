"""Pages of a file as images, on which the places of its text are shown; the last ones are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from cunzhao.read.types import PageImage

SCALE = 2.0  # pixels for a point: sharp on a screen, fair in print
_MOST_BYTES = 32_000_000  # of the images kept


class Sheets:
    """Images by file (digest) and page. Safe to use from threads."""

    def __init__(self, make: Callable[[bytes, int], PageImage]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, int], PageImage] = OrderedDict()

    def image(self, digest: str, page: int, data: Callable[[], bytes]) -> PageImage:
        """Page 1 is the first. Raises what `data` and `make` raise."""
        key = digest, page
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = self._make(data(), page)
        with self._lock:
            self._held[key] = made
            while len(self._held) > 1 and sum(len(i.png) for i in self._held.values()) > _MOST_BYTES:
                self._held.popitem(last=False)
        return made
