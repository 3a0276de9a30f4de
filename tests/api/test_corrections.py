"""Corrections through the API and the command line: what one door enters, the others tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cunzhao.cli import cunzhao
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app

JSON = {"content-type": "application/json"}
TEXT = "清江市快讯\n\n2023年，清江市完成投资45亿元，新增企业120家。\n"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("api") / "home")) as opened:
        yield opened


@pytest.fixture
def snapshot(core: Core, request: pytest.FixtureRequest) -> str:
    """A text of the test's own."""
    [row] = core.upload([("快讯.txt", f"{TEXT}{request.node.name}\n".encode())])
    return row.snapshot or ""


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(app(core), base_url="http://127.0.0.1")


def fact_at(client: TestClient, snapshot: str, quote: str) -> dict:
    facts = client.get(f"/api/snapshots/{snapshot}").json()["facts"]
    return next(fact for fact in facts if fact["quote"] == quote)


def test_what_no_text_can_hold_is_refused_and_the_lists_stand(client: TestClient, snapshot: str) -> None:
    new = {"action": "add", "kind": "figure", "start": 0, "end": 5}
    for fields, note in (
        ({"value": 1, "unit": "\ud800"}, ""),
        ({"\ud800": 1}, ""),
        ({"value": 1}, "见\0\ud800公报"),
    ):
        body = json.dumps({**new, "fields": fields, "note": note})
        asked = client.post(f"/api/snapshots/{snapshot}/corrections", content=body, headers=JSON)
        assert (asked.status_code, asked.json()["error"]["code"]) == (422, "usage")
    assert client.get("/api/corrections").json()["rows"] == []


def place(fact: dict) -> dict:
    return {name: fact[name] for name in ("kind", "start", "end")}


def asked(core: Core, *words: str) -> tuple[int, str]:
    environ = {"LANG": "zh_CN.UTF-8"}
    done = CliRunner().invoke(cunzhao, ["--home", str(core.settings.home), *words], env=environ)
    return done.exit_code, done.stdout


def test_only_the_fields_that_are_given_change(client: TestClient, core: Core, snapshot: str) -> None:
    read = fact_at(client, snapshot, "45亿元")
    new = {"action": "change", **place(read), "fields": {"value": "54亿"}, "note": "见公报"}
    made = client.post(f"/api/snapshots/{snapshot}/corrections", json=new)
    assert made.status_code == 201
    fact = fact_at(client, snapshot, "45亿元")
    assert fact["value"] == 5_400_000_000 and fact["indicator"] == read["indicator"]
    [row] = client.get("/api/corrections", params={"kind": "figure", "snapshot": snapshot}).json()["rows"]
    assert (row["id"], row["note"], row["new"]) == (made.json()["id"], "见公报", {"value": 5_400_000_000})
    code, out = asked(core, "corrections", "--snapshot", snapshot, "--json")
    assert code == 0 and json.loads(out)["new"] == {"value": 5_400_000_000}
    assert asked(core, "corrections", "undo", row["id"]) == (0, "已撤销：45亿元\n")
    assert fact_at(client, snapshot, "45亿元") == read


def test_reject_add_check_and_export(client: TestClient, core: Core, snapshot: str, tmp_path: Path) -> None:
    address = f"/api/snapshots/{snapshot}/corrections"
    rejected = {"action": "reject", **place(fact_at(client, snapshot, "120家"))}
    assert client.post(address, json=rejected).status_code == 201
    text = client.get(f"/api/snapshots/{snapshot}/text").text
    start = text.index("清江市完成")
    added = {
        "action": "add",
        "kind": "project",
        "start": start,
        "end": start + 3,
        "fields": {"name": "清江工程"},
    }
    assert client.post(address, json=added).status_code == 201
    for kind in ("figure", "project"):
        assert client.put(f"/api/snapshots/{snapshot}/checked/{kind}").status_code == 204
    gold = [
        json.loads(line)
        for line in client.get("/api/corrections.jsonl", params={"snapshot": snapshot}).text.splitlines()
    ]
    assert [(line["kind"], line["quote"]) for line in gold] == [("project", "清江市"), ("figure", "45亿元")]
    assert all("".join(text.split())[g["start"] : g["end"]] == g["quote"] for g in gold)
    scores = {
        row["kind"]: row
        for row in client.get("/api/corrections", params={"snapshot": snapshot}).json()["scores"]
    }
    assert (scores["figure"]["gold"], scores["figure"]["found"], scores["figure"]["right"]) == (1, 2, 1)
    assert (scores["project"]["gold"], scores["project"]["right"]) == (1, 0)

    out = tmp_path / "gold.jsonl"
    assert asked(core, "corrections", "export", "--snapshot", snapshot, "-o", str(out))[0] == 0
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == gold
    assert asked(core, "corrections", "export", "-o", str(tmp_path))[0] == 0
    assert (tmp_path / f"{snapshot}.jsonl").read_text("utf-8") == out.read_text("utf-8")
    assert (tmp_path / f"{snapshot}.txt").read_text("utf-8") == text

    assert client.delete(f"/api/snapshots/{snapshot}/checked/project").status_code == 204
    [left] = [
        one["kind"] for one in client.get("/api/corrections", params={"snapshot": snapshot}).json()["checked"]
    ]
    assert left == "figure"


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"fields": {"value": "很多"}}, 422, "fields-wrong"),
        ({"fields": {"colour": "red"}}, 422, "usage"),
        ({"fields": {}}, 422, "usage"),
        ({"end": 3, "fields": {"value": 1}}, 409, "fact-changed"),
        ({"kind": "heading"}, 422, "usage"),
        ({"action": "paint"}, 422, "usage"),
    ],
)
def test_what_is_wrong_is_told_in_the_one_error_shape(
    client: TestClient, snapshot: str, wrong: dict, status: int, code: str
) -> None:
    new = {"action": "change", **place(fact_at(client, snapshot, "45亿元")), **wrong}
    answer = client.post(f"/api/snapshots/{snapshot}/corrections", json=new)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert client.get("/api/corrections", params={"snapshot": snapshot}).json()["total"] == 0


def test_an_unknown_correction_or_snapshot_is_not_found(client: TestClient) -> None:
    assert client.delete("/api/corrections/nosuchid").status_code == 404
    assert client.put("/api/snapshots/nosuchid/checked/figure").status_code == 404
