"""Doors on the fake core: in-process for quick looks, over loopback for a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.testclient import TestClient

from cunzhao.web import app
from tests.web.fake_core import EmptyCore, FakeCore

HERE = "http://127.0.0.1"


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def client(core: FakeCore) -> TestClient:
    return TestClient(app(core), base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="session")
def reader() -> TestClient:
    """For tests that only look: one application for all of them."""
    return TestClient(app(FakeCore()), base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="session")
def empty() -> TestClient:
    return TestClient(app(EmptyCore()), base_url=HERE)


@contextmanager
def served(core: FakeCore) -> Iterator[str]:
    """The application on a free loopback port; yields its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app(core), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture
def address(core: FakeCore) -> Iterator[str]:
    with served(core) as at:
        yield at
