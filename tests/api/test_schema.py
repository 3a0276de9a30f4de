"""The API does what its OpenAPI says, whatever is sent: asked by schemathesis over all operations.

What is changed is changed in a data folder of its own; nothing is fetched (the gate refuses loopback).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
import schemathesis
from argon2 import PasswordHasher
from schemathesis.engine import events, from_schema
from starlette.testclient import TestClient

from cunzhao.access.access import Access
from cunzhao.access.passwords import Hashing
from cunzhao.access.types import Person
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app

HOST = "testserver"  # by which schemathesis calls an application it has in its hands
SAMPLE = (
    "gov/zwgk/2021/art_3021.html",
    "news/2021/12/c_1208.html",
    "gov/zwgk/2024/art_4402.html",
    "tjj/tjgb/2024/gb2023.html",
)
PHASES = ("examples", "coverage", "fuzzing", "stateful")
ALL_CHECKED = 60  # operations, at least


def furnish(core: Core) -> None:
    """A little of everything that can be asked for, and users whose passwords cost nothing to keep."""
    www = resources.files("cunzhao.sample") / "www"
    rows = core.upload(
        [(Path(name).name, www.joinpath(name).read_bytes()) for name in SAMPLE], tags=["领域/交通"]
    )
    assert all(row.verdict == "complete" for row in rows)
    core.make_collection("长期跟踪")
    core.save_search("规划", "q=规划")
    core.access = Access(core._database, Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
    made = core.access.add_account("陈静", "竹林里的七把雨伞 lamp", "administrator")
    me = Person(id=made.id, name=made.name, role="administrator", by="token")
    core.access.who = lambda given: me  # whatever is revoked or shut out on the way, the test goes on


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("schema") / "home")) as opened:
        furnish(opened)
        yield opened


def asked(core: Core, examples: int, **phases: bool) -> tuple[list[str], set[str]]:
    """What did not hold, and the operations that were asked. Phases not named are left out."""
    told = tomllib.loads((Path(__file__).parent / "schemathesis.toml").read_text("utf-8"))
    told["generation"]["max-examples"] = examples
    told["phases"] = {name: {"enabled": phases.get(name, False)} for name in PHASES}
    config = schemathesis.Config.from_dict(told)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app(core, hosts=[HOST]), config=config)
    wrong, seen = [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(f"{event}")
        if isinstance(event, events.ScenarioFinished):
            seen.add(event.label or "")
            wrong += list(failures(event))
    return wrong, seen


def failures(event: events.ScenarioFinished) -> Iterator[str]:
    for checks in event.recorder.checks.values():
        for check in checks:
            if told := check.failure_info:
                yield f"{event.label}: {check.name}: {told.failure.title}\n{told.code_sample[:600]}"


def test_tables_are_files_with_every_row_of_the_pages(core: Core) -> None:
    client = TestClient(app(core), base_url="http://127.0.0.1")
    for name, choice in (("agreements", {}), ("projects", {}), ("names", {}), ("names", {"kind": "body"})):
        rows = client.get(f"/api/{name}", params=choice).json()["rows"]
        answer = client.get(f"/api/{name}.csv", params=choice)
        table = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
        assert rows and len(table) == len(rows) + 1 and "attachment" in answer.headers["content-disposition"]
    one = client.get("/api/names").json()["rows"][0]
    told = client.get("/api/names.csv", params={"name": one["name"]}).text.splitlines()
    assert len(told) == one["mentions"] + 1 and "/snapshot/" in told[1]
    [largest] = client.get("/api/projects").json()["rows"][:1]
    assert Decimal(largest["amount"]) == Decimal(
        client.get("/api/projects.csv").text.splitlines()[1].split(",")[3]
    )
    assert client.get("/api/names.xlsx").content.startswith(b"PK")


def test_tables_have_english_heads_for_whoever_asks_in_english(core: Core) -> None:
    client = TestClient(app(core), base_url="http://127.0.0.1")
    for name, head in (
        ("projects", "Projects,Place,Parties,Investment,Currency,Stage,Original,"),
        ("names", "Name,Documents,Mentions,Post or part"),
    ):
        told = client.get(f"/api/{name}.csv", headers={"Accept-Language": "en-GB,en;q=0.9"})
        assert told.content.decode("utf-8-sig").startswith(head)
    assert "项目" in client.get("/api/projects.csv").text.splitlines()[0]
    browser = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    assert "项目" in client.get("/api/projects.csv", headers=browser).text.splitlines()[0]
    told = client.get("/api/projects.csv", headers={**browser, "Cookie": "cunzhao_lang=en"}).text
    assert told.splitlines()[0].startswith("\ufeffProjects,")


def test_the_api_answers_as_its_schema_says(core: Core) -> None:
    wrong, seen = asked(core, 2, fuzzing=True)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > ALL_CHECKED


@pytest.mark.long
def test_the_api_answers_as_its_schema_says_at_length(core: Core) -> None:
    """Every boundary, many examples, and one operation after another with what the one before answered."""
    wrong, seen = asked(core, 40, coverage=True, fuzzing=True, stateful=True)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > ALL_CHECKED
