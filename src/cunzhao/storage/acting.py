"""Who acts: the account behind what is being done, for the journal, the rows and the audit log.

A door sets it for as long as it carries out one request; threads that are started for the request inherit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    name: str = ""  # of the account; "" of the owner of this machine, who needs none
    account: str = ""  # its id
    address: str = ""  # where the request came from
    door: str = ""  # web, api, cli; "" of the program itself


_ACTOR: ContextVar[Actor] = ContextVar("actor", default=Actor())  # noqa: B039  # frozen


def actor() -> Actor:
    return _ACTOR.get()


def name() -> str:
    """The account's name; "" of the owner of this machine."""
    return _ACTOR.get().name


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    token = _ACTOR.set(who)
    try:
        yield
    finally:
        _ACTOR.reset(token)
