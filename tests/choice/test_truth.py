"""The labels of the choice set are measured: each page in Chromium and by the http engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cunzhao.collect.batch import capture_batch
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings
from tests.choice.making import Page
from tests.choice.measuring import needs_browser
from tests.choice.test_choice import SETS
from tests.choice.trying import served
from tests.collect.site import Site


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_a_page_is_labelled_by_what_is_missing_without_a_browser(
    name: str, chromium: Browser, tmp_path: Path
) -> None:
    wrong = measured(SETS[name], chromium, tmp_path)
    assert wrong == []


def measured(pages: Sequence[Page], chromium: Browser, home: Path) -> list[str]:
    """The names of pages whose label is not what was measured."""
    settings = Settings(home=home, allow_hosts=("127.0.0.1",))
    wrong = []
    with Site() as site, Gate(settings) as gate:
        urls = served(pages, site)
        by_http = dict(capture_batch(urls, settings=settings, gate=gate, engine="http"))
        for n, (page, url) in enumerate(zip(pages, urls, strict=True)):
            context = chromium.new_context()
            needed = needs_browser(page, url, context.new_page(), by_http[n])
            context.close()
            if needed is not page.browser:
                wrong.append(f"{page.name}: measured {needed}")
    return wrong
