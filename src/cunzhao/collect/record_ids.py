"""Ids of exchanges, which become WARC record ids: UUIDs of version 7 (RFC 9562, 6.2).

Those of one process share all but a few digits: a list of them compresses to a third of what random ones do,
and they enter an index in its order.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_TICKS = 1 << 12  # ids in a millisecond before the clock of ids runs ahead
_lock = threading.Lock()
_own = secrets.randbits(62)  # this process's
_last = 0


def record_id() -> str:
    """A new one, greater than all before it in this process. Safe to use from threads."""
    global _last  # noqa: PLW0603 (the counter of the process)
    with _lock:
        _last = max(time.time_ns() // 1_000_000 * _TICKS, _last + 1)
        told = _last
    return str(uuid.UUID(int=(told // _TICKS) << 80 | 7 << 76 | (told % _TICKS) << 64 | 2 << 62 | _own))
