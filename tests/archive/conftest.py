from collections.abc import Iterator

import pytest

from cunzhao.archive.store import Archive
from cunzhao.settings import Settings
from cunzhao.storage.database import Database


@pytest.fixture
def archive(settings: Settings, database: Database) -> Iterator[Archive]:
    opened = Archive(settings, database)
    yield opened
    opened.close()


@pytest.fixture
def lite(tmp_path: object) -> Settings:
    """Settings of an embedded data folder, where the database makes no difference to the promise."""
    return Settings(home=tmp_path / "home")  # type: ignore[operator]
