"""Who asks, for whatever is done within one request: set where it is admitted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cunzhao.access.types import Person

_VISITOR: ContextVar[Person | None] = ContextVar("visitor", default=None)


def visitor() -> Person | None:
    """None of one who has not said who he is."""
    return _VISITOR.get()


@contextmanager
def visiting(person: Person | None) -> Iterator[None]:
    token = _VISITOR.set(person)
    try:
        yield
    finally:
        _VISITOR.reset(token)
