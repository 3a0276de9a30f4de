"""The labels of the choice set are measured: each page in Chromium and by the http engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser

from cunzhao.collect.batch import capture_batch
from cunzhao.collect.types import Capture
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings
from tests.choice.making import Page
from tests.choice.measuring import bare, name_of, needs_browser, pages_of, text_of
from tests.choice.test_choice import SETS
from tests.choice.trying import main_text, served
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


@pytest.mark.long
def test_what_auto_keeps_has_every_article_with_its_pictures(tmp_path: Path) -> None:
    """With the real browser where it is chosen: the DOM after scripts, the frames, the requisites."""
    pages = [page for some in SETS.values() for page in some]
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",), renditions=("dom",))
    with Site() as site, Gate(settings) as gate:
        urls = served(pages, site)
        made = dict(capture_batch(urls, settings=settings, gate=gate, engine="auto", main_text=main_text))
    lacking = [
        f"{page.name} ({made[n].engine}, {made[n].engine_reason}, {made[n].verdict}): {lacks}"
        for n, page in enumerate(pages)
        if (lacks := lacked(page, made[n]))
    ]
    assert lacking == []


def lacked(page: Page, made: Capture) -> list[str]:
    """Sentences and pictures of the article that a capture has nowhere."""
    texts = [text_of(exchange) for exchange in pages_of(made)]
    for rendition in made.renditions:
        root = lxml.html.document_fromstring(rendition.body.read().decode())
        texts += [str(root.text_content()), *(frame.get("srcdoc", "") for frame in root.iter("iframe"))]
    text, brought = bare(" ".join(texts)), {name_of(r.url) for r in made.requisites}
    lacks = [one for one in page.article if bare(one) not in text]
    return lacks + [name for name in page.images if name not in brought]
