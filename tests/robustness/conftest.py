"""A temporary folder that the test and the programs it starts share, with a short path: sockets lie in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cunzhao.settings import Settings
from tests.databases import fresh


@pytest.fixture
def temp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cz-") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield Path(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of a data folder that is not there yet: a small disk may be mounted in its place."""
    database = fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
    return Settings(home=tmp_path / "home", database=database, allow_hosts=("127.0.0.1",), fetch_timeout_s=60)
