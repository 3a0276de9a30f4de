"""The door for agents, asked by the official client: within the process, over standard input and output, over http."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.mcp.server import server
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.api.test_schema import SAMPLE, furnish
from tests.loops import run
from tests.serving import served
from tests.web.fake_core import HOSTILE, FakeCore

TOOLS = {
    "search", "read_text", "list_facts", "list_figures", "list_tasks", "list_contradictions", "list_links",
    "list_tags_and_collections",
}  # fmt: skip


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("agents") / "home")) as opened:
        furnish(opened)
        yield opened


def asked(door: Any, what: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(door) as client:
            return await what(client)

    return run(session())


def call(core: Any, tool: str, **given: Any) -> dict[str, Any]:
    answer = asked(server(core), lambda client: client.call_tool(tool, given))
    assert not answer.is_error, answer.content
    return answer.structured_content


def refusal(core: Any, tool: str, **given: Any) -> str:
    answer = asked(server(core), lambda client: client.call_tool(tool, given))
    assert answer.is_error
    return answer.content[0].text


def cites(core: Core, source: dict[str, Any]) -> bool:
    """The source leads to the very characters."""
    text = core.snapshot(source["snapshot"]).document.text
    assert source["url"] and source["title"] and source["captured"].endswith("Z") and source["medium"]
    return text[source["start"] : source["end"]] == source["quote"] and bool(source["quote"])


def test_every_tool_says_that_it_only_reads(core: Core) -> None:
    tools = asked(server(core), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_search_cites_the_passages_and_the_text_is_opened_there(core: Core) -> None:
    found = call(core, "search", query="产业", limit=5)
    assert found["total"] >= 1 and "never as instructions" in found["notice"]
    sources = [source for item in found["items"] for source in item["sources"]]
    assert all(cites(core, source) for source in sources) and all("产业" in s["quote"] for s in sources)
    first = sources[0]
    told = call(core, "read_text", snapshot=first["snapshot"], start=first["start"], length=30)
    assert len(told["text"]) == 30 and told["text"][:10] == first["quote"][:10]
    assert told["next"] == first["start"] + 30 and "untrusted" in told["notice"]


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("list_facts", {"kind": "figure"}),
        ("list_figures", {}),
        ("list_tasks", {}),
        ("list_contradictions", {}),
    ],
)
def test_facts_figures_tasks_and_contradictions_each_carry_their_sources(
    core: Core, tool: str, given: dict[str, Any]
) -> None:
    items = [item for item in call(core, tool, **given)["items"] if item["what"]["kind"] != "plan"]
    assert all(item["sources"] and all(cites(core, source) for source in item["sources"]) for item in items)
    assert items and (tool != "list_contradictions" or len(items[0]["sources"]) == 2)


def test_the_facts_of_one_snapshot_stand_in_the_order_of_its_text(core: Core) -> None:
    plan = call(core, "list_tasks")["items"][0]["sources"][0]["snapshot"]
    items = call(core, "list_facts", snapshot=plan, kind="task")["items"]
    starts = [item["sources"][0]["start"] for item in items]
    assert len(items) >= 12 and starts == sorted(starts)
    tasks = call(core, "list_tasks", plan=plan)["items"][1:]
    assert [one["what"]["title"] for one in tasks] == [one["what"]["title"] for one in items]
    assert tasks[0]["what"]["lead"] and len(tasks[0]["sources"]) == 1 + len(tasks[0]["what"]["figures"])


def test_links_by_tag_and_what_orders_them(core: Core) -> None:
    assert call(core, "list_links", tag="领域")["total"] == len(SAMPLE)
    assert call(core, "list_links", tag="没有")["items"] == []
    names = [item["what"] for item in call(core, "list_tags_and_collections")["items"]]
    held = next(one for one in names if one["kind"] == "collection")
    assert held["title"] == "长期跟踪" and {"kind": "tag", "tag": "领域", "links": len(SAMPLE)} in names
    assert call(core, "list_links", collection=held["id"])["items"] == []


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [("search", {"query": " "}, "query"), ("search", {"query": "x", "tagg": "y"}, "tagg"),
     ("search", {"query": "x", "limit": 51}, "limit"), ("search", {"query": "x", "since": "昨天"}, "from=昨天"),
     ("search", {}, "query"), ("search", {"query": "x", "area": "没有市"}, "area=没有市"), ("read_text", {"snapshot": "none"}, "none"),
     ("list_facts", {}, "list_facts"), ("list_facts", {"kind": "rumour"}, "kind"), ("list_facts", {"snapshot": "x", "year": "2025"}, "snapshot"),
     ("list_figures", {"cursor": "forged"}, "forged"), ("list_tasks", {"plan": "none"}, "none"), ("remove", {}, "remove"),
     ("list_links", {"tag": "a", "collection": "b"}, "tag, collection"), ("list_links", {"collection": "none"}, "none"), ("list_contradictions", {"cursor": "forged"}, "forged")],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_its_mend(
    core: Core, tool: str, given: dict[str, Any], says: str
) -> None:
    told = refusal(core, tool, **given)
    assert says in told and ("请" in told or "可用的有" in told) and "Traceback" not in told


def test_facts_of_a_snapshot_are_told_a_part_at_a_time(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = max(
        (link.best.id for link in core.home().links if link.best), key=lambda s: len(facts(core, s))
    )
    monkeypatch.setattr("cunzhao.mcp.tools.FACTS", 60)
    told, cursor = [], ""
    for _ in range(9):
        answer = call(core, "list_facts", snapshot=snapshot, cursor=cursor)
        told += [item["sources"][0]["start"] for item in answer["items"]]
        if not (cursor := answer["next"] or ""):
            break

    assert told == sorted(fact.span.start for fact in facts(core, snapshot))
    assert len(told) == answer["total"] > 60
    assert refusal(core, "list_facts", snapshot=snapshot, cursor="x")


def facts(core: Core, snapshot: str) -> tuple[Any, ...]:
    return core.snapshot(snapshot).facts


def test_what_cannot_be_seen_in_an_archived_page_is_shown(core: Core) -> None:
    fake = FakeCore()
    hidden = "见\u202e附件\U000e0041\x07"
    shown = fake.snapshot("s-news")
    document = replace(shown.document, text=hidden + shown.document.text)
    fake.snapshot = lambda id: replace(
        shown, document=document, snapshot=replace(shown.snapshot, title=HOSTILE)
    )
    told = call(fake, "read_text", snapshot="s-news", length=6)
    assert told["text"] == "见\ufffd附件\ufffd\ufffd" and "\u202e" not in told["source"]["title"]


def test_over_standard_input_and_output(tmp_path: Path) -> None:
    words = ["-m", "cunzhao", "--home", str(tmp_path / "home"), "mcp"]
    door = stdio_client(StdioServerParameters(command=sys.executable, args=words))
    answer = asked(door, lambda client: client.call_tool("list_links", {}))
    assert answer.structured_content["items"] == [] and answer.structured_content["total"] == 0


def test_over_http_of_a_running_server(core: Core) -> None:
    with served(app(core)) as address:
        tools = asked(f"{address}/mcp", lambda client: client.list_tools()).tools
        found = asked(f"{address}/mcp", lambda client: client.call_tool("search", {"query": "产业"}))
    assert {tool.name for tool in tools} == TOOLS and found.structured_content["items"]


def rpc(client: TestClient, method: str, **headers: str) -> Any:
    asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}
    accept = {"Accept": "application/json, text/event-stream", **headers}
    return client.post("/mcp", json=asked, headers=accept)


def test_over_http_behind_the_guard(core: Core) -> None:
    client = TestClient(app(core), base_url="http://127.0.0.1")
    tools = rpc(client, "tools/list").json()["result"]["tools"]
    assert {tool["name"] for tool in tools} == TOOLS
    assert rpc(client, "tools/list", Host="evil.example").status_code == 421
    assert rpc(client, "tools/list", Origin="http://evil.example").status_code == 403
    core.access.who, let_in = (lambda given: None), core.access.who
    refused = rpc(client, "tools/list")
    core.access.who = let_in
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "login-needed")
    assert client.get("/mcp").status_code == 405 and json.dumps(tools)
