"""Every case of the fidelity test with both engines: kept in the WARC, shown in the frozen view."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fidelity.case import Case
from tests.fidelity.cases_pages import pages
from tests.fidelity.cases_pictures import pictures
from tests.fidelity.cases_scripts import scripts
from tests.fidelity.cases_styles import styles
from tests.fidelity.film import film
from tests.fidelity.measuring import Measured, measure, set_up
from tests.fidelity.page import ENGINES, page
from tests.fidelity.serving import Site

#: The first test waits for some 290 captures and as many views; a busy machine takes minutes.
pytestmark = pytest.mark.timeout(1500)
PAGE = Path(__file__).parents[2] / "docs/fidelity.md"


@pytest.fixture(scope="module")
def cases(chromium: Browser) -> tuple[Case, ...]:
    groups = {
        "Pictures, film and sound": pictures(film(chromium)),
        "Stylesheets": styles(),
        "Scripts": scripts(),
        "Frames, redirects, codings": pages(),
    }
    made = [dataclasses.replace(c, group=name) for name, group in groups.items() for c in group]
    assert len({case.name for case in made}) == len(made), "two cases of one name"
    return tuple(made)


@pytest.fixture(scope="module")
def measured(
    cases: tuple[Case, ...], chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Measured]]]:
    """What each engine did, measured once for all tests."""
    with Site() as site:
        set_up(site, cases)
        yield {
            engine: measure(site, cases, engine, tmp_path_factory.mktemp(engine), chromium)
            for engine in ENGINES
        }


@pytest.mark.parametrize("engine", ENGINES)
def test_every_case_is_kept_and_shown_as_the_table_says(
    cases: tuple[Case, ...], measured: dict[str, dict[str, Measured]], engine: str
) -> None:
    surprises = []
    for case in cases:
        told, can = measured[engine][case.name], case.http if engine == "http" else case.browser
        if (not told.lost, told.shown) != (can.kept, can.shown):
            surprises.append(
                f"{case.name}: kept {not told.lost} (lost {told.lost}), shown {told.shown}; {told.missing}"
            )
    assert surprises == []


def test_a_websocket_is_named_as_not_capturable(measured: dict[str, dict[str, Measured]]) -> None:
    assert any("not-capturable" in told for told in measured["browser"]["websocket"].missing)


def test_what_is_not_possible_has_its_reason(cases: tuple[Case, ...]) -> None:
    wants = [
        c.name for c in cases for can in (c.http, c.browser) if not (can.kept and can.shown) and not can.why
    ]
    assert wants == []


def test_the_page_of_the_docs_is_what_was_measured(
    cases: tuple[Case, ...], measured: dict[str, dict[str, Measured]], request: pytest.FixtureRequest
) -> None:
    told = page(cases, measured)
    if request.config.getoption("--update", default=False):
        PAGE.write_text(told, "utf-8")
    assert PAGE.read_text("utf-8") == told, "docs/fidelity.md is stale: run `pytest tests/fidelity --update`"
