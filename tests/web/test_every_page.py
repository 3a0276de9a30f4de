"""What holds of every page that the table of rights knows: axe-core finds nothing serious in it (WCAG 2.1 A and
AA, both schemes and languages), and whatever stands in its address is answered in words.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from lxml import html
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from cunzhao.core.values.workbench import BulkAct
from cunzhao.web import app
from cunzhao.web.door.rights import RIGHTS
from tests.serving import served
from tests.web import tensite
from tests.web.workbench import ADMINISTRATOR, PASSWORD, Workbench, workbench

AXE = Path(__file__).parents[2] / ".venv/axe/node_modules/axe-core/axe.min.js"
RUN = """async () => (await axe.run({exclude: [["iframe"]]}, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"], iframes: false,
})).violations.map(one => ({rule: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html.slice(0, 160))}))"""

#: What answers GET and is no page of ours: archived bytes, files, data for programs.
NO_PAGE = re.compile(
    r"GET (/api/|/feeds/|/view/|/shared/\{secret\}/view/|/icon/|/download/|/record/|.*\.(\{form\}|csv|docx|jsonl|png)$)"
)
#: What a page is of no use without.
NEEDS = {
    "/links/{link}/purge": "/links/{trashed}/purge",
    "/links/{link}/compare": "/links/{link}/compare?a={older}&b={newer}",
}
#: Further states of pages, by the route they belong to.
STATES = (
    "/?tag=地区", "/?tag=没有", "/nowhere", "/figures?indicator=研发经费&area=绍兴市", "/figures?q=没有", "/names?name=李明远",
    "/search?q=轨道", "/search?q=没有这个词", "/search/facts?q=研发经费", "/snapshot/{snapshot}?pane=text", "/projects?q=没有",
    "/snapshot/{snapshot}/missing?kind=figure&at=0-3", "/brief?s={snapshot}", "/users?did=added&name=x",
)  # fmt: skip


#: What somebody may type into an address, or a broken link may hold.
GARBAGE = (
    "\u202e<script>alert(1)</script>'\";--",
    "-1",
    "9" * 400,
    "a\x00b",
    "2025-13-45",
    "长" * 3000,
    "\ud800",
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with tensite.served() as site, workbench(tmp_path_factory.mktemp("axe") / "home", site) as made:
        yield made


@pytest.fixture(scope="module")
def address(bench: Workbench) -> Iterator[str]:
    with served(app(bench.core)) as at:
        yield at


def pages(ids: dict[str, str]) -> list[str]:
    """An address of every page that the table of rights knows, and of its states."""
    routes = [key.removeprefix("GET ") for key in RIGHTS if key.startswith("GET ") and not NO_PAGE.match(key)]
    for bare, filled in NEEDS.items():
        routes[routes.index(bare)] = filled
    return [re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], path) for path in (*routes, *STATES)]


def serious(page: Page) -> list[dict[str, Any]]:
    return [found for found in page.evaluate(RUN) if found["impact"] in ("serious", "critical")]


def looked_at(chromium: Browser, address: str, paths: list[str], lang: str, theme: str) -> dict[str, Any]:
    """What axe has against each of these pages, seen by whoever is logged in as administrator."""
    assert AXE.is_file(), "axe-core is missing: `python tools/setup.py dev` fetches it with npm"
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    wishes = {"cunzhao_lang": lang, "cunzhao_theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in wishes.items()])
    context.add_init_script(path=AXE)
    page, found = context.new_page(), {}
    page.goto("/login")
    found["/login without being logged in"] = serious(page)
    page.fill("[name=name]", ADMINISTRATOR)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(url=re.compile(r":\d+/$")):
        page.click("main button")
    for path in paths:
        answer = page.goto(path)
        assert answer
        shown = answer.status == (404 if path == "/nowhere" else 200)
        found[path] = serious(page) if shown else [f"answered {answer.status}"]
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["the dialogue of keys"] = serious(page)
    context.close()
    return found


@pytest.mark.parametrize(
    ("lang", "theme", "some"),
    [
        ("zh", "light", slice(0, None, 2)),  # each page in one of two ways, in the long form in all four
        ("en", "dark", slice(1, None, 2)),
        *(
            pytest.param(lang, theme, slice(None), marks=pytest.mark.long)
            for lang in ("zh", "en")
            for theme in ("light", "dark")
        ),
    ],
)
def test_axe_finds_nothing_serious_on_any_page(
    chromium: Browser, bench: Workbench, address: str, lang: str, theme: str, some: slice
):
    found = looked_at(chromium, address, pages(bench.ids)[some], lang, theme)
    wrong = {path: one for path, one in found.items() if one}
    assert wrong == {}, "\n".join(f"{path}: {one}" for path, one in wrong.items())


# --- whatever stands in the address -------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(bench: Workbench) -> TestClient:
    """An administrator who follows redirects."""
    client = TestClient(app(bench.core), base_url="http://127.0.0.1", raise_server_exceptions=False)
    [word] = html.fromstring(client.get("/login").text).xpath("//main//input[@name='csrf']/@value")
    client.post("/login", data={"name": ADMINISTRATOR, "password": PASSWORD, "csrf": word})
    return client


def parameters(of: Dependant) -> list[Any]:
    """What stands behind the question mark, however deep it is asked for."""
    return [*of.query_params, *(field for below in of.dependencies for field in parameters(below))]


def asked(client: TestClient) -> list[tuple[str, str]]:
    """Every page that may be asked for something, by what."""
    return [
        (door.path, field.alias)
        for door in client.app.state.doors  # type: ignore[attr-defined]
        if door.method == "GET" and not NO_PAGE.match(door.key)
        for field in parameters(get_dependant(path=door.path, call=door.endpoint))
    ]


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], path)


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_whatever_a_page_is_asked_for_it_answers_in_words(client: TestClient, bench: Workbench, every: int):
    doors = asked(client)
    assert {path for path, _ in doors} > {
        "/",
        "/figures",
        "/projects",
        "/names",
        "/agreements",
        "/corrections",
        "/audit",
    }
    wrong = []
    for n, (path, name) in enumerate(doors):
        for value in GARBAGE[n % every :: every]:  # in the short form some of it for each, all of it for some
            answer = client.get(
                filled(path, bench.ids), params={name: value.encode("utf-8", "surrogatepass")}
            )
            if answer.status_code >= 500 or "<h1" not in answer.text or "<script>alert" in answer.text:
                wrong.append((path, name, value[:20], answer.status_code))
    assert wrong == []


def test_a_wrong_filter_is_told_by_its_name_and_what_may_stand_there(client: TestClient):
    answer = client.get("/figures?by=colour")
    assert answer.status_code == 422 and "网址里“by”只能是 time、area" in answer.text
    assert "网址里“few”应是 true 或 false" in client.get("/jobs/x?few=maybe").text


@pytest.mark.parametrize("value", ["none", "a" * 5000, "\ud800", "a\x00b", "<script>alert(1)</script>"])
def test_what_does_not_exist_is_told_so_on_every_page_of_one_thing(client: TestClient, value: str):
    wrong = []
    for door in client.app.state.doors:  # type: ignore[attr-defined]
        if door.method != "GET" or "{" not in door.path or NO_PAGE.match(door.key):
            continue
        path = re.sub(r"\{\w+\}", lambda _: quote(value.encode("utf-8", "surrogatepass"), safe=""), door.path)
        answer = client.get(path)
        if (
            answer.status_code not in (404, 410, 422)
            or "<h1" not in answer.text
            or len(answer.content) > 30_000
        ):
            wrong.append((path[:80], answer.status_code, len(answer.content)))
    assert wrong == []


# --- lists for spreadsheets ---------------------------------------------------------------------------

FORMULA = re.compile(r"[=+\-@\t\r](?![\d.,]+$)")


def cells(answer: Any) -> list[str]:
    """Of a CSV or an Excel file; none of the latter is a formula."""
    if "csv" in answer.headers["content-type"]:
        return [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    found = [cell for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert not [cell for cell in found if cell.data_type == "f"]
    return [cell.value for cell in found if isinstance(cell.value, str)]


def test_no_list_for_spreadsheets_holds_a_formula_however_things_are_called(
    client: TestClient, bench: Workbench
):
    title = "=HYPERLINK(1)\u202e公告"
    text = (
        f"{title}\n\n2018年9月11日，绍兴市与杭州市签订战略合作协议。总投资120亿元的=cmd|A0项目签约落户越城区。"
        "绍兴市科技局局长王知行介绍，2024年绍兴市研发经费支出128.3亿元。"
    )
    [row] = bench.core.upload([("=1+1.txt", text.encode())])
    link = bench.core.link_of(row.snapshot or "")
    bench.core.set_tags(link, ["=1+1", "@甲"])
    bench.core.set_note(link, "+1\t-1")
    bench.core.bulk(BulkAct(action="collect", links=(link,), collection=bench.ids["collection"]))
    held = set()
    files = [key.removeprefix("GET ") for key in RIGHTS if re.search(r"^GET .*\.(csv|\{form\})$", key)]
    lists = [path for path in files if not re.search("/chart|/network|/by-", path)]
    assert len(lists) >= 8
    for path in lists:
        for form in ("csv", "xlsx") if "{form}" in path else ("csv",):
            answer = client.get(filled(path, {**bench.ids, "form": form}))
            assert answer.status_code == 200, path
            found = cells(answer)
            held |= {path for cell in found if "HYPERLINK" in cell}
            assert [cell for cell in found if FORMULA.match(cell) or "\u202e" in cell] == [], path
    assert len(held) >= 5  # the hostile one is really among them
