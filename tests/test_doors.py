"""The same question asked of core, by the command line, of the API and on a page has the same answer."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cunzhao.cli import cunzhao
from cunzhao.core import Core
from cunzhao.core.values.figures import FigureFilter
from cunzhao.sample import server
from cunzhao.settings import Settings
from tests.web.site import site


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with server.serve() as site, Core.open(settings) as opened:
        list(opened.save(server.urls(site.base), tags=["示例"]))
        yield opened


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(site(core), base_url="http://127.0.0.1")


def asked(settings: Settings, *words: str) -> list[dict]:
    """What a command prints under --json."""
    environ = {
        "CUNZHAO_DATABASE": settings.database,
        "CUNZHAO_ALLOW_HOSTS": "127.0.0.1",
        "LANG": "zh_CN.UTF-8",
    }
    given = ["--home", str(settings.home), *words]
    done = CliRunner().invoke(cunzhao, given, env=environ, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_contradictions(core: Core, client: TestClient, settings: Settings) -> None:
    found = [(f.finding.a.span.quote, f.finding.b.span.quote) for f in core.contradictions().findings]
    assert found
    by_command = [(f["a"]["quote"], f["b"]["quote"]) for f in asked(settings, "check", "--json")]
    by_api = client.get("/api/contradictions").json()["findings"]
    page = client.get("/contradictions").text
    assert by_command == found
    quotes = [(f["finding"]["a"]["span"]["quote"], f["finding"]["b"]["span"]["quote"]) for f in by_api]
    assert quotes == found
    assert all(quote in page for pair in found for quote in pair)


def test_search(core: Core, client: TestClient, settings: Settings) -> None:
    found = [hit.snapshot.id for hit in core.search("港口").hits]
    assert len(found) >= 2
    assert [hit["snapshot"]["id"] for hit in asked(settings, "search", "港口", "--json")] == found
    by_api = client.get("/api/search", params={"q": "港口"}).json()
    assert [hit["snapshot"]["id"] for hit in by_api["hits"]] == found
    page = client.get("/search", params={"q": "港口"}).text
    assert all(f"/snapshot/{snapshot}" in page for snapshot in found)


def test_tasks(core: Core, client: TestClient, settings: Settings) -> None:
    found = [(task.number, task.title) for task in core.tasks(None).tasks]
    assert len(found) >= 10
    assert [(t["number"], t["title"]) for t in asked(settings, "plan", "tasks", "--json")] == found
    assert [(t["number"], t["title"]) for t in client.get("/api/tasks").json()["tasks"]] == found
    page = client.get("/tasks").text
    assert all(title in page for _, title in found)


def test_links_and_figures(core: Core, client: TestClient, settings: Settings) -> None:
    links = [link.id for link in core.home().links]
    assert [link["id"] for link in asked(settings, "list", "--json")] == links
    assert [link["id"] for link in client.get("/api/links").json()["links"]] == links
    total = core.figures(FigureFilter()).total
    assert client.get("/api/figures").json()["total"] == total and str(total) in client.get("/figures").text


def test_facts_of_a_snapshot(core: Core, client: TestClient, settings: Settings) -> None:
    snapshot = core.tasks(None).plan
    assert snapshot
    facts = [fact.to_json() for fact in core.snapshot(snapshot.snapshot).facts]
    by_command = asked(settings, "extract", snapshot.snapshot)
    by_api = client.get(f"/api/snapshots/{snapshot.snapshot}").json()["facts"]
    assert [(f["start"], f["end"], f["quote"]) for f in by_command] == [
        (f["start"], f["end"], f["quote"]) for f in facts
    ]
    assert by_api == json.loads(json.dumps(facts))


def test_an_unknown_id_is_the_same_error(core: Core, client: TestClient, settings: Settings) -> None:
    answer = client.get("/api/snapshots/nosuchid")
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "not-found"
    page = client.get("/snapshot/nosuchid")
    assert page.status_code == 404 and answer.json()["error"]["mend"] in page.text
