"""Databases without a table: it is the migrations that are tested here."""

from __future__ import annotations

from pathlib import Path

import pytest

from cunzhao.settings import Settings
from tests.databases import fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    database = ""
    if request.param == "postgresql":
        database = fresh(request.getfixturevalue("postgres"), empty=True)
    return Settings(home=tmp_path / "home", database=database)
