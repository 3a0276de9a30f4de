"""Tags, collections, saved searches, notes and many links at once, over the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.core.links import given, well_kept
from tests.web.site import site

URLS = [f"http://{name}.cn/" for name in "abc"]


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path / "home")) as opened:
        monkeypatch.setattr(opened, "start_jobs", lambda: None)  # nothing is fetched
        yield opened


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(site(core), base_url="http://127.0.0.1", raise_server_exceptions=False)


def test_tags_are_renamed_and_that_is_undone(client: TestClient, core: Core):
    [a, *_] = given(core, URLS[0], tags=("交通/轨道",))
    done = client.post("/api/tags/rename", json={"old": "交通", "new": "领域/交通"}).json()
    assert (done["links"], done["undone"]) == (1, None)
    assert client.get(f"/api/links/{a}").json()["tags"] == ["领域/交通/轨道"]
    names = {tag["name"]: tag["all"] for tag in client.get("/api/tags").json()["tags"]}
    assert names == {"领域": 1, "领域/交通": 1, "领域/交通/轨道": 1}
    assert client.get("/api/links", params={"tag": "领域"}).json()["total"] == 1

    assert client.post(f"/api/tags/changes/{done['id']}/undo").json()["undone"]
    assert client.get(f"/api/links/{a}").json()["tags"] == ["交通/轨道"]
    assert client.post("/api/tags/rename", json={"old": "没有", "new": "有"}).status_code == 404
    assert client.post("/api/tags/rename", json={"old": "a", "new": "长" * 10_000}).status_code == 422
    assert client.post("/api/tags/changes/nosuch/undo").status_code == 404


def test_an_edit_of_an_older_version_is_answered_409_with_a_mend(client: TestClient, core: Core):
    [a] = given(core, URLS[0])
    opened = client.get(f"/api/links/{a}").json()["version"]
    assert client.put(f"/api/links/{a}/note", json={"note": "甲", "version": opened}).json()["note"] == "甲"

    for answer in (
        client.put(f"/api/links/{a}/note", json={"note": "乙", "version": opened}),
        client.put(f"/api/links/{a}/tags", json=["乙"], params={"version": opened}),
    ):
        assert answer.status_code == 409
        assert answer.json()["error"]["code"] == "edit-conflict" and answer.json()["error"]["mend"]
    assert client.get(f"/api/links/{a}").json()["note"] == "甲"
    now = client.get(f"/api/links/{a}").json()["version"]
    assert client.put(f"/api/links/{a}/tags", json=["乙"], params={"version": now}).status_code == 204


def test_a_collection_is_made_filled_arranged_taken_away_and_brought_back(client: TestClient, core: Core):
    links = given(core, *URLS)
    made = client.post("/api/collections", json={"title": "都市圈", "note": "注"})
    assert made.status_code == 201
    path = f"/api/collections/{made.json()['id']}"
    act = {"action": "collect", "links": links, "collection": made.json()["id"]}
    undo = client.post("/api/links/bulk", json=act).json()["undo"]
    version = client.get(path).json()["collection"]["version"]
    order = {"links": [links[2], links[0]], "version": version}
    assert client.put(f"{path}/order", json=order).status_code == 200
    assert [row["id"] for row in client.get(path).json()["links"]] == [links[2], links[1], links[0]]
    assert client.put(f"{path}/order", json=order).status_code == 409
    assert client.put(path, json={"title": "圈", "version": version}).status_code == 409
    assert client.put(path, json={"title": "圈"}).json()["note"] == "注"

    assert client.delete(path).json()["removed"]
    assert client.get("/api/collections").json()["collections"] == []
    assert client.post(f"{path}/restore").json()["removed"] is None
    for one in undo:
        assert client.post("/api/links/bulk", json=one).status_code == 200
    assert client.get(path).json()["links"] == []


def test_searches_are_saved_edited_and_dropped(client: TestClient):
    made = client.post("/api/searches", json={"name": "研发", "query": "q=研发"}).json()
    path = f"/api/searches/{made['id']}"
    assert client.put(path, json={"name": "研发经费", "version": made["version"]}).status_code == 200
    assert client.put(path, json={"name": "别的", "version": made["version"]}).status_code == 409
    assert [one["name"] for one in client.get("/api/searches").json()] == ["研发经费"]
    assert client.delete(path).json()["query"] == made["query"]
    assert client.delete(path).status_code == 404


def test_links_kept_already_are_told_and_jobs_stop_and_go_on(client: TestClient, core: Core):
    [a] = given(core, URLS[0])
    well_kept(core, a, URLS[0])
    body = {"text": "https://www.a.cn\nhttp://new.cn/"}
    job = client.post("/api/jobs", json=body).json()
    assert [item["state"] for item in job["items"]] == ["known", "waiting"]
    assert job["items"][0]["known"] == {"id": a, "url": URLS[0], "title": URLS[0], "same": False}
    again = client.post("/api/jobs", json={**body, "known": "snapshot"}).json()
    assert [item["url"] for item in again["items"]] == [URLS[0], "http://new.cn/"]

    assert client.post(f"/api/jobs/{job['id']}/stop").json()["stopped"] is True
    assert client.get(f"/api/jobs/{job['id']}").json()["stopped"] is True
    assert client.post(f"/api/jobs/{job['id']}/resume").json()["stopped"] is False
    assert client.post(f"/api/jobs/{job['id']}/retry").status_code == 200
    assert client.post("/api/jobs/nosuch/stop").status_code == 404

    files = [("files", ("书签.csv", b"n,u\n1,http://x.cn/3\n"))]
    [made] = client.post("/api/jobs/files", files=files, data={"tags": ["甲"]}).json()
    assert (made["tags"], [item["url"] for item in made["items"]]) == (["甲"], ["http://x.cn/3"])
    assert client.post("/api/jobs/files", files=[("files", ("空.txt", b""))]).status_code == 422


HOSTILE = ["\u202e倒", "a\x00b", "\ud800", "长" * 10_000, "", "/"]


def test_hostile_names_are_refused_in_words_everywhere(client: TestClient, core: Core):
    [a] = given(core, URLS[0], tags=("甲",))
    for word in HOSTILE:
        for method, path, body in (
            ("PUT", f"/api/links/{a}/tags", [word]),
            ("POST", "/api/links/bulk", {"action": "tag", "links": [a], "tags": [word]}),
            ("POST", "/api/tags/rename", {"old": "甲", "new": word}),
            ("POST", "/api/collections", {"title": word if word != "/" else ""}),
            ("POST", "/api/searches", {"name": word if word != "/" else "", "query": "q=a"}),
        ):
            text = json.dumps(body)
            answer = client.request(method, path, content=text, headers={"Content-Type": "application/json"})
            assert answer.status_code == 422, (method, path, word[:9])
            assert len(answer.text) < 1000
    assert client.get(f"/api/links/{a}").json()["tags"] == ["甲"]


def test_every_operation_says_in_openapi_what_it_takes_and_gives(client: TestClient):
    paths = client.get("/api/openapi.json").json()["paths"]
    wanted = {
        "/api/tags": "TagsPage", "/api/tags/rename": "TagChange", "/api/links/bulk": "BulkDone",
        "/api/collections/{collection}": "CollectionPage", "/api/searches": "SavedSearch",
        "/api/links/{link}": "LinkRow", "/api/jobs/files": "JobPage", "/api/jobs/{job}/stop": "JobPage",
    }  # fmt: skip
    for path, model in wanted.items():
        assert any(model in str(operation["responses"]) for operation in paths[path].values()), path
