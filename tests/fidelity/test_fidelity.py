"""Every case of the fidelity test with both engines: kept in the WARC, shown in the frozen view.

In the short form each eighth case of each group is measured; what the page of the docs says of the others is
compared with what is expected of them, and in the long form with what they measure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fidelity.case import Can, Case
from tests.fidelity.cases_pages import pages
from tests.fidelity.cases_pictures import pictures
from tests.fidelity.cases_scripts import scripts
from tests.fidelity.cases_styles import styles
from tests.fidelity.film import film
from tests.fidelity.measuring import Measured, measure, set_up
from tests.fidelity.page import ENGINES, page, reasons, table
from tests.fidelity.serving import Site

#: The first test waits for some forty captures and as many views (in the long form 290); a busy machine takes
#: minutes.
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


@pytest.fixture(scope="module", params=[8, pytest.param(1, marks=pytest.mark.long)])
def tried(cases: tuple[Case, ...], request: pytest.FixtureRequest) -> tuple[Case, ...]:
    """Of each group each eighth case, and the socket; in the long form all."""
    every: int = request.param
    groups = {case.group: [c for c in cases if c.group == case.group] for case in cases}
    some = {case.name for group in groups.values() for case in group[::every]} | {"websocket"}
    return tuple(case for case in cases if case.name in some)


@pytest.fixture(scope="module")
def measured(
    tried: tuple[Case, ...], chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Measured]]]:
    """What each engine did, measured once for all tests."""
    with Site() as site:
        set_up(site, tried)
        yield {
            engine: measure(site, tried, engine, tmp_path_factory.mktemp(engine), chromium)
            for engine in ENGINES
        }


def expected(case: Case, engine: str) -> Can:
    return case.http if engine == "http" else case.browser


@pytest.mark.parametrize("engine", ENGINES)
def test_every_case_is_kept_and_shown_as_the_table_says(
    tried: tuple[Case, ...], measured: dict[str, dict[str, Measured]], engine: str
) -> None:
    surprises = []
    for case in tried:
        told, can = measured[engine][case.name], expected(case, engine)
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


def test_the_page_of_the_docs_has_every_case_as_expected(cases: tuple[Case, ...]) -> None:
    as_expected = {
        engine: {
            case.name: Measured("", (), () if can.kept else ("one",), can.shown, ())
            for case in cases
            for can in (expected(case, engine),)
        }
        for engine in ENGINES
    }
    told = PAGE.read_text("utf-8")
    assert table(cases, as_expected, ENGINES) in told and reasons(cases, as_expected, ENGINES) in told


@pytest.mark.parametrize("tried", [1], indirect=True)
@pytest.mark.long
def test_the_page_of_the_docs_is_what_was_measured(
    cases: tuple[Case, ...], measured: dict[str, dict[str, Measured]], request: pytest.FixtureRequest
) -> None:
    told = page(cases, measured)
    if request.config.getoption("--update", default=False):
        PAGE.write_text(told, "utf-8")
    assert PAGE.read_text("utf-8") == told, "docs/fidelity.md is stale: run `pytest tests/fidelity --update`"
