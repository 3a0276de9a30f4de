"""What is typed or archived may be anything: titles of 100 KB, tags of 10,000 characters, two people at once.

See `test_every_page.py` for nonsense in addresses and for lists for spreadsheets, `test_attacks.py` for archived
pages that attack, `test_ordering.py` for two who edit notes, tags and collections.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import html
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.core.values.workbench import BulkAct
from cunzhao.settings import Settings
from cunzhao.web import app

LONG = "长" * 10_000
TITLE = "<b>题\u202e" + "目" * 33_000  # 100 KB
TEXT = "\n\n2024年，绍兴市完成投资45亿元，研发经费支出128.3亿元。绍兴市科技局局长王知行介绍情况。"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("bad") / "home")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(core: Core) -> TestClient:
    return TestClient(app(core), base_url="http://127.0.0.1", raise_server_exceptions=False)


def kept(core: Core, text: str, name: str) -> str:
    """The snapshot of a file."""
    [row] = core.upload([(name, text.encode())])
    return row.snapshot or ""


def test_a_title_of_100_kb_leaves_every_page_light_and_its_words_text(client: TestClient, core: Core):
    page = f"<title>{html.fromstring('<p/>').text or ''}{TITLE.replace('<', '&lt;')}</title><h1>题目</h1><p>{TEXT}</p>"
    snapshot = kept(core, page, "题.html")
    link = core.link_of(snapshot)
    made = core.make_collection("大", "")
    core.bulk(BulkAct(action="collect", links=(link,), collection=made.id))
    paths = ("/", f"/snapshot/{snapshot}", f"/snapshot/{snapshot}?pane=meta", f"/links/{link}", "/search?q=研发经费", "/figures",
             "/search/facts?q=研发经费", f"/collections/{made.id}", "/names", "/brief", "/reposts", "/contradictions")  # fmt: skip
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200 and "题" in answer.text, path
        assert "\u202e" not in answer.text and "<b>题" not in answer.text, path
        assert len(answer.content) < 300_000, (path, len(answer.content))
    client.post(f"/links/{link}/remove")
    assert len(client.get("/trash").content) < 300_000
    client.post(f"/links/{link}/restore")


@pytest.mark.parametrize("tag", [LONG, "a\u202eb", "a\x00b", "/" * 50, "层/" * 200])
def test_a_tag_that_cannot_be_is_refused_in_words_wherever_it_is_typed(
    client: TestClient, core: Core, tag: str
):
    link = core.link_of(kept(core, f"甲{TEXT}", "甲.txt"))
    core.set_tags(link, ["好"])
    for path, fields in (
        (f"/links/{link}/tags", {"tags": tag}),
        (f"/links/{link}/accept", {"tag": tag}),
        ("/links/bulk", {"action": "tag", "link": link, "tags": tag}),
        ("/links", {"text": "http://a.example/", "tags": tag}),
        ("/tags/rename", {"old": "好", "new": tag}),
    ):
        answer = client.post(path, data=fields)
        tags = core.link(link).tags
        assert answer.status_code < 500 and len(answer.content) < 60_000, path
        assert all(len(one) <= 60 and "\u202e" not in one and "\x00" not in one for one in tags), (path, tags)
        if tag == LONG:
            assert answer.status_code == 422 and "太长" in answer.text and tags == ("好",), path
        core.set_tags(link, ["好"])


def test_of_two_who_correct_one_fact_the_second_is_told_and_nothing_is_lost(client: TestClient, core: Core):
    snapshot = kept(core, f"乙{TEXT}", "乙.txt")
    fact = next(one for one in core.snapshot(snapshot).facts if one.span.quote == "45亿元")
    form = html.fromstring(client.get(f"/snapshot/{snapshot}/facts/{fact_key(fact)}").text).forms[1:]
    [mine] = [dict(one.fields) for one in form if "value" in one.fields]
    path = f"/snapshot/{snapshot}/facts/{fact_key(fact)}"
    colleague = client.post(path, data={**mine, "value": "54亿", "note": "同事"})
    assert "已改正" in colleague.text
    late = client.post(path, data={**mine, "value": "46亿", "note": "我的"})
    assert late.status_code == 409 and "现在是：54亿" in late.text
    [made] = core.corrections(CorrectionFilter(snapshot=snapshot)).rows
    assert made.note == "同事"
    [again] = [one for one in html.fromstring(late.text).forms if "value" in one.fields]
    assert again.fields["value"] == "46亿" and again.fields["note"] == "我的"  # what he wrote is not gone
    assert "已改正" in client.post(again.action, data=dict(again.fields)).text
    assert core.corrections(CorrectionFilter(snapshot=snapshot)).rows[0].note == "我的"


def test_the_settings_of_one_browser_are_not_those_of_another(client: TestClient, core: Core):
    other = TestClient(client.app, base_url="http://127.0.0.1")
    client.post("/settings/look", data={"theme": "dark", "lang": "en", "keys": "off"})
    assert 'data-theme="dark"' in client.get("/about").text and 'lang="en"' in client.get("/about").text
    assert "data-theme" not in other.get("/about").text and 'lang="zh-CN"' in other.get("/about").text
    for name in ("theme", "lang", "keys"):
        for value in ("<script>", LONG, "\u202e", ""):
            assert client.post("/settings/look", data={name: value}).status_code == 200
    client.cookies.set("cunzhao_theme", '"><script>alert(1)</script>')
    assert "<script>alert" not in client.get("/about").text
