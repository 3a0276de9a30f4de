"""A temporary folder that the test and the programs it starts share, with a short path: sockets lie in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def temp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cz-") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield Path(name)
