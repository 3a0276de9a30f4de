"""How busy a page is: what the recorder tells, and the behaviour waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Traffic:
    """Requests under way in one page, all its frames and workers together.

    Endless ones (EventSource, WebSocket) are not counted: a page that listens is at rest. Belongs to the
    event loop it was made in.
    """

    __slots__ = ("_clock", "inflight", "last")

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or asyncio.get_running_loop().time
        self.inflight = 0  # requests that have begun and not ended
        self.last = self._clock()  # loop time of the last beginning or end

    def began(self) -> None:
        self.inflight += 1
        self.last = self._clock()

    def ended(self) -> None:
        self.inflight = max(0, self.inflight - 1)
        self.last = self._clock()

    def quiet_for(self) -> float:
        """Seconds since anything was under way; 0 while something is."""
        return 0.0 if self.inflight else self._clock() - self.last
