"""What was read while pages were being captured, so that nothing is read twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from cunzhao.errors import CunzhaoError
from cunzhao.read.types import Document

_MOST = 64  # a page with its next pages, for each of those under way


class Recent:
    """Documents, or why there is none, put last. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._documents: OrderedDict[Hashable, Document | CunzhaoError] = OrderedDict()

    def put(self, key: Hashable, document: Document | CunzhaoError) -> None:
        with self._lock:
            self._documents[key] = document
            while len(self._documents) > _MOST:
                self._documents.popitem(last=False)

    def get(self, key: Hashable) -> Document | CunzhaoError | None:
        with self._lock:
            return self._documents.get(key)

    def take(self, key: Hashable) -> Document | CunzhaoError | None:
        """As `get`, for the last time."""
        with self._lock:
            return self._documents.pop(key, None)
