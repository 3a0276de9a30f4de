"""Names of things: short, sortable by time where time matters, the same after a rebuild."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to mistake


def _base32(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def new_id(now: datetime | None = None) -> str:
    """13 characters: milliseconds since 1970, then 20 random bits. Ids sort by time."""
    moment = int((now or datetime.now(UTC)).timestamp() * 1000)
    return _base32(moment, 9) + _base32(secrets.randbits(20), 4)


def well_formed(id: str) -> bool:
    """Whether a text may be an id of ours: databases need not be asked for what they cannot hold."""
    return id.isascii() and id.isprintable()


def named_id(name: str, n: int = 0) -> str:
    """16 hex digits made of what a user calls a thing: a rebuild makes the same of the same.

    `n` counts on where an earlier thing of that name has been renamed since.
    """
    return hashlib.sha256(f"{name}\0{n}".encode()).hexdigest()[:16]


def link_id(url_key: str) -> str:
    """16 hex digits made of the normalised URL, so that a link saved twice is one link."""
    return hashlib.sha256(url_key.encode()).hexdigest()[:16]
