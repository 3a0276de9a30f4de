"""The API on the fake core that the pages' tests use."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.fake_core import FakeCore
from tests.web.site import site


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def client(core: FakeCore) -> TestClient:
    return TestClient(site(core), base_url="http://127.0.0.1")
