"""The JSON door: the pages' values, one error shape, an OpenAPI that tells the truth."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cunzhao.read.types import Place, Run
from tests.web.fake_core import NEWS_DOC, NEWS_FACTS


def test_a_snapshot_is_its_page_as_json_with_facts_flat(client):
    page = client.get("/api/snapshots/s-news").json()
    fact = page["facts"][0]
    assert fact == NEWS_FACTS[0].to_json()
    assert page["document"]["text"][fact["start"] : fact["end"]] == fact["quote"] == "5118.6亿元"
    assert page["snapshot"]["captured"] == "2026-11-20T17:30:05Z"
    assert page["snapshot"]["missing"][0] == {
        "url": "https://www.qingjiang.example/img/map.png",
        "role": "image",
        "reason": "status-404",
    }


def test_the_place_of_every_character_is_told_if_asked_for_and_blocks_tell_their_headings(client, core):
    run = Run(start=0, end=4, place=Place(css="h1", offset=0))
    document = dataclasses.replace(NEWS_DOC, runs=(run,))
    shown = core.snapshot
    core.snapshot = lambda id: dataclasses.replace(shown(id), document=document)
    told = client.get("/api/snapshots/s-news").json()["document"]
    assert told["runs"] == [] and told["blocks"][3]["path"] == [NEWS_DOC.title, "一、投资与开放"]
    assert client.get("/api/snapshots/s-news?places=true").json()["document"]["runs"] == [
        [0, 4, {"css": "h1", "offset": 0}]
    ]


def test_the_text_is_what_offsets_count_in(client):
    answer = client.get("/api/snapshots/s-news/text")
    assert answer.text == NEWS_DOC.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_observations_carry_exact_decimals_as_strings(client):
    page = client.get("/api/figures", params={"indicator": "地区生产总值", "nature": "target"}).json()
    assert page["total"] == 1
    assert page["rows"][0]["observation"]["value"] == "700000000000"
    assert page["filter"]["nature"] == "target"


@pytest.mark.parametrize(
    ("path", "key", "count"),
    [("/api/links", "links", 9), ("/api/search?q=清江", "hits", 2), ("/api/tasks", "tasks", 3),
     ("/api/contradictions", "findings", 2), ("/api/reposts", "groups", 1), ("/api/reposts/s-plan", "groups", 1), ("/api/links?tag=都市圈", "links", 1), ("/api/search?q=清江&tag=都市圈", "hits", 1)],
)  # fmt: skip
def test_each_page_is_there_as_json(client, path, key, count):
    assert len(client.get(path).json()[key]) == count


def test_links_are_added_and_followed(client, core):
    answer = client.post(
        "/api/jobs", json={"urls": ["https://a.example/1"], "text": "https://a.example/2", "tags": ["甲"]}
    )
    assert answer.status_code == 202
    job = answer.json()
    assert {item["url"] for item in job["items"]} == {"https://a.example/1", "https://a.example/2"}
    assert client.get(f"/api/jobs/{job['id']}").json()["items"][0]["state"] == "waiting"
    assert core.calls[0][2] == ("甲",)


def test_tags_trash_and_restoring(client, core):
    assert client.put("/api/links/Ls-news/tags", json=["季报"]).status_code == 204
    assert core.rows["Ls-news"].tags == ("季报",)
    assert client.delete("/api/links/Ls-news").status_code == 204
    assert "Ls-news" in core.trashed
    assert client.post("/api/links/Ls-news/restore").status_code == 204
    assert "Ls-news" in core.rows


def test_a_brief_is_a_word_document(client, core):
    answer = client.post("/api/brief", json={"snapshots": ["s-news"], "title": "简报"})
    assert answer.content.startswith(b"PK")
    assert "wordprocessingml" in answer.headers["content-type"]
    assert core.calls == [("brief", ("s-news",), "简报")]


def test_files_are_imported_with_a_row_for_each(client, core):
    files = [("files", ("a.txt", b"x")), ("files", ("b.txt", b""))]
    rows = client.post("/api/import", files=files, data={"tags": ["甲", "乙"]}).json()
    assert [row["error"] and row["error"]["code"] for row in rows] == [None, "empty"]
    assert core.calls == [("upload", (("a.txt", b"x"), ("b.txt", b"")), ("甲", "乙"))]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/snapshots/none", None, 404, "not-found"),
        ("GET", "/api/jobs/none", None, 404, "not-found"),
        ("GET", "/api/nowhere", None, 404, "not-found"),
        ("PATCH", "/api/links", None, 405, "usage"),
        ("POST", "/api/jobs", {"text": " "}, 422, "usage"),
        ("POST", "/api/jobs", {"tags": "甲"}, 422, "usage"),
        ("POST", "/api/jobs", [], 422, "usage"),
        ("POST", "/api/brief", {"snapshots": []}, 422, "usage"),
        ("GET", "/api/figures?after=x", None, 404, "usage"),
        ("GET", "/api/search?q=x&limit=0", None, 422, "usage"),
        ("DELETE", "/api/links/none", None, 404, "not-found"),
    ],
)
def test_every_failure_has_the_one_error_shape(client, method, path, body, status, code):
    answer = client.request(method, path, json=body)
    assert answer.status_code == status
    error = answer.json()
    assert set(error) == {"error"}
    assert set(error["error"]) == {"code", "input", "message", "mend"}
    assert error["error"]["code"] == code
    assert all(isinstance(part, str) and part for part in error["error"].values())


def test_broken_json_is_told_in_the_same_shape(client):
    answer = client.post("/api/jobs", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "usage")


def fits(value: Any, schema: dict[str, Any], parts: dict[str, Any], where: str = "$") -> list[str]:
    """Where a JSON value does not fit an OpenAPI schema (the part of it that ours uses)."""
    if "$ref" in schema:
        return fits(value, parts[schema["$ref"].rsplit("/", 1)[1]], parts, where)
    if "anyOf" in schema:
        tried = [fits(value, one, parts, where) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    kind = schema.get("type")
    if kind == "number":
        return [] if isinstance(value, int | float) else [f"{where}: no number"]
    if kind and not isinstance(value, kinds[kind]):
        return [f"{where}: {value!r} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is not listed"]
    faults = []
    if kind == "object" and "properties" in schema:
        faults += [f"{where}.{name}: missing" for name in schema.get("required", []) if name not in value]
        if not schema.get("additionalProperties"):
            faults += [f"{where}.{name}: not described" for name in set(value) - set(schema["properties"])]
        for name, one in schema["properties"].items():
            faults += fits(value[name], one, parts, f"{where}.{name}") if name in value else []
    if kind == "array":
        for n, item in enumerate(value):
            faults += fits(item, schema.get("items", {}), parts, f"{where}[{n}]")
    return faults


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("/api/links", "/api/links"), ("/api/snapshots/{snapshot}", "/api/snapshots/s-news"), ("/api/search", "/api/search?q=清江"),
        ("/api/figures", "/api/figures"), ("/api/tasks", "/api/tasks"), ("/api/contradictions", "/api/contradictions"),
        ("/api/snapshots/{snapshot}/record", "/api/snapshots/s-news/record"),
    ],
)  # fmt: skip
def test_answers_fit_what_openapi_says(client, operation, path):
    described = client.get("/api/openapi.json").json()
    schema = described["paths"][operation]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert fits(client.get(path).json(), schema, described["components"]["schemas"]) == []


def test_the_check_above_sees_a_wrong_answer():
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    assert fits({"a": 1, "b": 2}, schema, {}) == ["$.b: not described", "$.a: 1 is no string"]
    assert fits({}, schema, {}) == ["$.a: missing"]


def test_openapi_names_operations_only_and_every_failure_shape(client):
    described = client.get("/api/openapi.json").json()
    assert all(path.startswith("/api/") for path in described["paths"])
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["summary"] and operation["description"]
            assert "422" not in operation["responses"]
            schema = operation["responses"]["default"]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Error"}
    text = str(described)
    names = {ref.split("'")[0] for ref in text.split("#/components/schemas/")[1:]}
    assert names <= set(described["components"]["schemas"])


def test_no_documentation_page_asks_another_site_for_script(client):
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "sent", "told"),
    [
        ("put", "/api/links/l-news/tags", {"tags": []}, "提交的内容应是一列"),
        ("post", "/api/collections", [], "提交的内容应是一个对象"),
        ("post", "/api/shares", {"collection": "c", "days": "x"}, "提交的内容里“days”应是整数"),
        ("put", "/api/users/x/disabled", {}, "提交的内容应是 true 或 false"),
        ("post", "/api/links/bulk", {"action": "trash", "links": 1}, "提交的内容里“links”应是一列"),
    ],
)
def test_a_body_of_another_kind_is_told_in_chinese(client, method, path, sent, told):
    answer = client.request(method, path, json=sent)
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, told)
