"""No page of the web application escapes the bench of pages."""

from __future__ import annotations

from bench.pages.asked import ASKED, FILES, KNOWN, addresses, routes

from tests.web.fake_core import FakeCore
from tests.web.site import site


def test_every_page_is_measured_or_named_as_none_with_a_reason():
    there = site(FakeCore())  # type: ignore[arg-type]
    doors = {door.path for door in there.state.doors if door.method == "GET"}
    pages = set(routes(there))
    assert {path for path in doors - pages if not path.startswith(("/api/", "/static"))} == set(FILES)
    assert all(FILES.values()) and set(ASKED) <= pages
    asked = list(addresses(sorted(pages), dict.fromkeys(KNOWN, "x")))  # KeyError: nobody knows a parameter
    assert {one.route for one in asked} == pages
    assert not [one.url for one in asked if "{" in one.url]
