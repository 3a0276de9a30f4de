from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cunzhao.collect.batch import capture_batch
from cunzhao.collect.types import Capture
from cunzhao.egress.gate import Gate, Opened
from cunzhao.settings import Settings
from tests.collect.site import Site

Save = Callable[..., list[Capture]]
_OF_BATCH = ("on_progress", "tls", "engine", "main_text", "browse", "following", "further")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
def opened() -> list[Opened]:
    """Every connection that the gate of `save` made."""
    return []


@pytest.fixture
def save(tmp_path: Path, opened: list[Opened]) -> Save:
    """Capture these URLs in one batch, in the order given; settings by name, loopback allowed."""

    def run(*urls: str, **values: object) -> list[Capture]:
        batch = {k: values.pop(k) for k in _OF_BATCH if k in values}
        given = {"allow_hosts": ("127.0.0.1",), "fetch_timeout_s": 30.0, **values}
        settings = Settings(home=tmp_path, **given)  # type: ignore[arg-type]
        with Gate(settings, on_open=opened.append) as gate:
            made = dict(capture_batch(urls, settings=settings, gate=gate, **batch))  # type: ignore[arg-type]
        return [made[n] for n in range(len(urls))]

    return run
