"""Doors on the fake core: in-process for quick looks, over loopback for a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cunzhao.web import app
from tests.serving import served
from tests.web.fake_core import EmptyCore, FakeCore
from tests.web.site import site

HERE = "http://127.0.0.1"


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def client(core: FakeCore) -> TestClient:
    return TestClient(site(core), base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="session")
def reader() -> TestClient:
    """For tests that only look: one application for all of them."""
    return TestClient(app(FakeCore()), base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="session")
def empty() -> TestClient:
    return TestClient(app(EmptyCore()), base_url=HERE)


@pytest.fixture
def address(core: FakeCore) -> Iterator[str]:
    with served(site(core)) as at:
        yield at
