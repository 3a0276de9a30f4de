"""The application on a free loopback port, for tests that ask it over HTTP or look at it in a browser."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


def free_port() -> int:
    """A loopback port for a process that is told one. Taken from below the range (32768 and up) out of which
    the system gives ports to every connection: one of that range may be gone before the process has bound it."""
    worker = int("0" + os.environ.get("PYTEST_XDIST_WORKER", "")[2:])  # "gw3"
    first = 10_000 + 2_000 * (worker % 10)  # each test process has ports of its own
    while True:
        port = random.randrange(first, first + 2_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def served(application: Any) -> Iterator[str]:
    """Serve an ASGI application; yields its origin."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
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
