"""One application for all tests of a process: to build it and its templates takes half a second each time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from fastapi import FastAPI

from cunzhao.web import app


class Forwarding:
    """Whatever it is asked, it asks what `to` answers now."""

    def __init__(self, to: Callable[[], Any]) -> None:
        self._to = to

    def __getattr__(self, name: str) -> Any:
        return getattr(self._to(), name)


class _Site:
    core: Any = None

    def on(self, core: Any, hosts: Collection[str], local: bool) -> FastAPI:
        self.core = core
        if not hasattr(self, "app"):
            forwarding: Any = Forwarding(lambda: self.core)
            forwarding.access = Forwarding(lambda: self.core.access)
            self.app = app(forwarding, hosts=hosts, local=local)
        return self.app


@cache
def _site(*_: object) -> _Site:
    return _Site()


def site(core: Any, *, hosts: Collection[str] = (), local: bool = True) -> FastAPI:
    """As `app`, but of all that were made so only the last one answers: a test that needs two makes its own."""
    hosts = tuple(hosts)
    told = core.settings
    return _site(hosts, local, told.lang, told.max_body_bytes).on(core, hosts, local)
