"""What every test may ask for. A test that takes `settings` or `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from cunzhao.collect.browser.program import _QUIET, is_root
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from tests.databases import fresh, server

# A law holds or not; how fast it is told on a busy machine is no part of it.
hypothesis.settings.register_profile("lawful", deadline=None)
hypothesis.settings.load_profile("lawful")

# So with a browser: what a page shows is waited for, as long as a machine with twenty other things may take.
expect.set_options(timeout=60_000)

TEMP = Path(tempfile.gettempdir())  # before any test moves it

#: Files that take minutes are begun first, so that no test process works on at the end alone.
SLOW = (
    "test_fidelity.py",
    "test_attacks.py",
    "test_browser_crash.py",
    "test_browser_egress.py",
    "test_chromium.py",
)


@pytest.hookimpl(tryfirst=True)  # before `-m "not long"` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The doors say the same whatever database is behind core: PostgreSQL behind them is of the long form."""
    for item in items:
        door = item.path.parent.name == "cli" or item.path.name == "test_real_product.py"
        if door and "[postgresql" in item.name:
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: SLOW.index(item.path.name) if item.path.name in SLOW else len(SLOW))


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[str]:
    """The URL of a PostgreSQL server, one for all test processes. (As another user than root it could not
    enter pytest's folders.)"""
    with server(TEMP / f"cunzhao-pg-{testrun_uid}") as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a test process: Playwright's synchronous door can be open only once."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        args = [f"--disable-features={','.join(_QUIET)}", *(["--no-sandbox"] if is_root() else [])]
        browser = playwright.chromium.launch(executable_path=program, args=args)
        yield browser
        browser.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for a data folder of the test's own, loopback allowed, on each database in turn."""
    database = fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
    return Settings(home=tmp_path / "home", database=database, allow_hosts=("127.0.0.1",), fetch_timeout_s=60)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.close()
