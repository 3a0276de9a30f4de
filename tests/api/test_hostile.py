"""Whatever is sent to the API is answered with a clear refusal, on either database, and never by a failure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.core.corrections.fields import filled
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.databases import fresh

JSON = {"Content-Type": "application/json"}
LONG, TITLE = "长" * 10_000, "题" * 33_000  # 100 KB of UTF-8
HUGE, DEEP = "9" * 5_000, "[" * 100_000 + "]" * 100_000

#: Where texts are sent, as JSON with a hole.
HOLES = (
    ("POST", "/api/collections", '{{"title": {}}}'),
    ("POST", "/api/collections", '{{"title": "甲", "note": {}}}'),
    ("POST", "/api/searches", '{{"name": "甲", "query": {}}}'),
    ("POST", "/api/tags/rename", '{{"old": "甲", "new": {}}}'),
    ("POST", "/api/search/aliases", '{{"name": "某某", "meaning": {}}}'),
    ("POST", "/api/indicators/aliases", '{{"alias": "某某", "name": {}}}'),
    ("POST", "/api/jobs", '{{"text": {}}}'),
    ("POST", "/api/jobs", '{{"urls": ["http://a.example/"], "tags": [{}]}}'),
    ("POST", "/api/links/bulk", '{{"action": "tag", "links": ["a"], "tags": [{}]}}'),
    ("POST", "/api/links/bulk", '{{"action": "collect", "links": ["a"], "collection": {}}}'),
    ("PUT", "/api/links/none/note", '{{"note": {}}}'),
    ("PUT", "/api/links/none/tags", "[{}]"),
    ("POST", "/api/snapshots/none/corrections", '{{"action": "add", "kind": "figure", "start": 0, "end": 1, "fields": {{"unit": {}}}}}'),
    ("POST", "/api/snapshots/none/corrections", '{{"action": "add", "kind": "figure", "start": 0, "end": 1, "was": {{{}: 1}}}}'),
    ("POST", "/api/users", '{{"name": {}, "password": "竹林里的七把雨伞 lamp"}}'),
    ("POST", "/api/shares", '{{"collection": {}}}'),
    ("POST", "/api/brief", '{{"snapshots": [{}]}}'),
)  # fmt: skip
#: Asked for by address.
ASKED = (
    "/api/links?cursor=forged", "/api/figures?after=forged", "/api/agreements?after=WzFd", "/api/projects?after=e30",
    "/api/names?after=%00", "/api/collections/none?cursor=x", "/api/trash?after=forged", "/api/indicators?after=forged",
    f"/api/figures?after={'W' * 9000}", f"/api/search?q=x&cursor={HUGE[:400]}", "/api/search?q=x&limit=0",
    f"/api/search?q=x&limit={HUGE[:400]}", "/api/search?q=x&cursor=-1", "/api/search?q=x&from=2025-13",
    "/api/search?q=x&area=没有市", "/api/search?q=x&verdict=x", "/api/search/facts?year=20256", "/api/search/facts?kind=x",
    f"/api/audit?before={HUGE[:400]}", "/api/snapshots/none/places?quote=", "/api/figures/chart?by=colour",
    "/api/figures.pdf", "/api/snapshots/none/renditions/movie", "/api/snapshots/%00", "/api/links/%F0%9F%98%80%ED%A0%80",
)  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
    with Core.open(Settings(home=tmp_path_factory.mktemp("hostile") / "home", database=url)) as core:
        yield TestClient(app(core), base_url="http://127.0.0.1", raise_server_exceptions=False)


def told(answer: object) -> bool:
    """A refusal in the one shape, short enough to read."""
    assert 400 <= answer.status_code < 500, (answer.request.url.path, answer.status_code, answer.text[:300])
    error = answer.json()["error"]
    assert len(answer.content) < 20_000
    return all(isinstance(error[name], str) and error[name] for name in ("code", "input", "message", "mend"))


def test_what_no_database_or_page_can_hold_is_refused_wherever_it_is_sent(client: TestClient) -> None:
    for method, path, body in HOLES:
        for bad in (r'"甲\u0000乙"', r'"\ud800"', r'"\udfff甲"'):
            assert told(client.request(method, path, content=body.format(bad).encode(), headers=JSON))


def test_what_is_much_too_long_is_refused(client: TestClient) -> None:
    for method, path, body in HOLES:
        if path not in ("/api/jobs", "/api/links/none/note") and '"note"' not in body:
            for long in (LONG, TITLE):
                assert told(
                    client.request(method, path, content=body.format(f'"{long}"').encode(), headers=JSON)
                )


def test_numbers_beyond_all_bounds_and_depths_are_refused(client: TestClient) -> None:
    for number in (HUGE, "1e400", "-1e400", "NaN", "Infinity", "1.5", '"1"', "true", DEEP):
        for path, body in (
            ("/api/shares", '{{"collection": "x", "days": {}}}'),
            ("/api/links/bulk", '{{"action": "uncollect", "links": ["a"], "places": [{}]}}'),
            (
                "/api/snapshots/none/corrections",
                '{{"action": "add", "kind": "figure", "start": {}, "end": 5}}',
            ),
        ):
            assert told(client.post(path, content=body.format(number).encode(), headers=JSON))
    for body in (b"", b"{", b"\xff\xfe", b"null", b'"x"', b"[]", DEEP.encode()):
        assert told(client.post("/api/collections", content=body, headers=JSON))


def test_a_field_misspelt_is_told_with_those_there_are(client: TestClient) -> None:
    answer = client.post("/api/jobs", json={"url": ["http://a.example/"]})
    assert (
        told(answer) and answer.json()["error"]["input"] == "url" and "urls" in answer.json()["error"]["mend"]
    )


def test_wrong_cursors_filters_and_addresses_are_refused(client: TestClient) -> None:
    for path in ASKED:
        assert told(client.get(path))
    for path in ("/api/agreements", "/api/names", "/api/projects", "/api/figures.csv", "/api/names.xlsx"):
        assert (
            client.get(
                path, params={"q": LONG[:3000], "name": "\u202e", "stage": "x", "indicator": "长"}
            ).status_code
            < 500
        )


def test_a_number_as_programs_write_it_is_a_number() -> None:
    """1e-05 is how Python prints a small one."""
    given = {"value": 1e-05, "unit": "元", "indicator": "甲", "value_high": 1e22}
    assert filled("figure", given)["value"] == 0.00001 and filled("figure", given)["value_high"] == 10**22
