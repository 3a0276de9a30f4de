"""What every test may ask for. A test that takes `settings` or `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from cunzhao.collect.browser import behaviour, dom, renditions, reuse, visit
from cunzhao.collect.browser import chromium as chromium_module
from cunzhao.collect.browser.program import _QUIET, is_root
from cunzhao.read import worker
from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database
from tests import forked
from tests.databases import fresh, server, sqlite_with_tables

gc.disable()  # see pytest_collection_finish

# A law holds or not; how fast it is told on a busy machine is no part of it.
hypothesis.settings.register_profile(
    "lawful", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("lawful")

# So with a browser: what a page shows is waited for, as long as a machine with twenty other things may take.
WAIT_MS = 150_000
expect.set_options(timeout=WAIT_MS)

TEMP = Path(tempfile.gettempdir())  # before any test moves it

#: Files that take longest are begun first, so that no test process works on at the end alone.
SLOW = (
    "test_fidelity.py",
    "test_attacks.py",
    "test_kill.py",
    "test_every_page.py",
    "test_renditions.py",
    "test_browser_crash.py",
    "test_real_product.py",
    "test_browser_egress.py",
    "test_chromium.py",
    "test_recorder.py",
    "test_engine.py",
    "test_behaviour.py",
    "test_access.py",
    "test_journeys.py",
    "test_full_disk.py",
    "test_purge.py",
    "test_whole_way.py",
    "test_crash.py",
    "test_schema.py",
    "test_door.py",
    "test_bad_input.py",
    "test_serve.py",
    "test_accounts.py",
)

#: What is tested here says the same whatever database is behind core: PostgreSQL behind it is of the long form.
#: On both databases stay the tests of storage, search, jobs, purging, crashes, rebuilding and the whole way.
WHATEVER_DATABASE = {
    "cli": {"*"},
    "web": {"test_real_product.py"},
    "core": {
        "test_attachments.py", "test_best.py", "test_evidence.py", "test_importing.py", "test_next_pages.py",
        "test_reposts.py", "test_adding.py", "test_sharing.py", "test_who.py",
    },
    "archive": {
        "test_browser_capture.py", "test_foreign_claims.py", "test_roundtrip.py", "test_second_capture.py",
        "test_view.py",
    },
    "tests": {"test_doors.py"},
}  # fmt: skip

#: Limits of the product beyond which it goes on with what it has got. A browser on a machine with twenty other
#: things to do passes some of them; what tests promise is promised for one that does not.
PATIENCE = {
    behaviour: {"_RESTORE_S": 30.0, "_DRAWN_S": 30.0, "_SCRIPT_S": 60.0},
    chromium_module: {"_OPEN_S": 120.0},
    dom: {"_FRAME_S": 20.0, "_SHOT_S": 20.0},
    renditions: {"_STILL_S": 20.0, "_PING_S": 12.0, "_DOM_S": 60.0, "_PICTURE_S": 60.0},
    reuse: {"_PATIENCE_S": 60.0},
    visit: {"_HANG_S": 60.0, "_GRACE_S": 30.0, "_BODIES_S": 30.0, "_RENDER_S": 60.0, "_STUCK_S": 3.0},
}


@pytest.hookimpl(tryfirst=True)  # before `-m "not long"` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        same = WHATEVER_DATABASE.get(item.path.parent.name, set())
        aside = "[postgresql" in item.name and same & {"*", item.path.name}
        if aside or "pywb" in getattr(
            item, "fixturenames", ()
        ):  # which is fetched from the net when first needed
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: SLOW.index(item.path.name) if item.path.name in SLOW else len(SLOW))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it again and again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, limits in PATIENCE.items():
            for name, seconds in limits.items():
                patch.setattr(module, name, seconds)
        yield


@pytest.fixture(scope="session", autouse=True)
def forked_readers() -> Iterator[None]:
    """Reading workers are forked from a server that has the readers imported; see `anew` of test_worker.py."""
    made = forked.context()
    with pytest.MonkeyPatch.context() as patch:
        if made:
            patch.setattr(worker, "multiprocessing", SimpleNamespace(get_context=lambda _: made))
        yield


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[str]:
    """The URL of a PostgreSQL server, one for all test processes. (As another user than root it could not
    enter pytest's folders.)"""
    with server(TEMP / f"cunzhao-pg-{testrun_uid}") as url:
        yield url


def patient(making: Callable[..., Any]) -> Callable[..., Any]:
    """What is made has as long for a click or a page as `expect` has."""

    def made(**given: Any) -> Any:
        it = making(**given)
        it.set_default_timeout(WAIT_MS)
        return it

    return made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a test process: Playwright's synchronous door can be open only once."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        args = [f"--disable-features={','.join(_QUIET)}", *(["--no-sandbox"] if is_root() else [])]
        browser = playwright.chromium.launch(executable_path=program, args=args, timeout=2 * WAIT_MS)
        browser.new_context, browser.new_page = patient(browser.new_context), patient(browser.new_page)
        yield browser
        browser.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for a data folder of the test's own, loopback allowed, on each database in turn."""
    database = fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
    home = tmp_path / "home"
    if not database:
        home.mkdir()
        (home / "cunzhao.db").write_bytes(sqlite_with_tables())
    return Settings(home=home, database=database, allow_hosts=("127.0.0.1",), fetch_timeout_s=60)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.close()
