"""The pages that keep order, on a real core without any network: forms, undo, conflicts, hostile names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cunzhao.access.types import OWNER
from cunzhao.core import Core
from cunzhao.core.queries import collected
from cunzhao.settings import Settings
from tests.core.links import given, tags_of, well_kept
from tests.web.site import site

URLS = [f"http://{name}.cn/" for name in "abc"]


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path / "home", lang="zh")) as opened:
        monkeypatch.setattr(opened, "start_jobs", lambda: None)  # nothing is fetched
        yield opened


@pytest.fixture
def client(core: Core) -> TestClient:
    return TestClient(site(core), base_url="http://127.0.0.1")


def undo(client: TestClient, page: str) -> str:
    """Press the button that takes back what a page says was done."""
    [form] = html.fromstring(page).xpath("//form[@action='/links/undo']")
    acts = form.xpath(".//input[@name='act']/@value")
    done = client.post("/links/undo", data={"act": acts})
    assert done.status_code == 200
    return done.text


def forms(page: str, ending: str) -> list[dict[str, str]]:
    """The hidden fields of the forms whose action ends so."""
    found = html.fromstring(page).xpath("//form[@action]")
    return [
        {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@type='hidden']")}
        for form in found
        if form.get("action").endswith(ending)
    ]


def test_many_links_are_tagged_and_undo_takes_it_back(client: TestClient, core: Core):
    a, b, _ = given(core, *URLS)
    core.set_tags(b, ["交通"])
    done = client.post(
        "/links/bulk", data={"action": "tag", "link": [a, b], "tags": "交通，规划", "back": "/?tag=x"}
    )
    assert "加上标签：2 条" in done.text and 'href="/?tag=x"' in done.text
    assert tags_of(core, a) == tags_of(core, b) == ("交通", "规划")
    undone = undo(client, done.text)
    assert "去掉标签：2 条" in undone and (tags_of(core, a), tags_of(core, b)) == ((), ("交通",))
    undo(client, undone)  # and once more
    assert tags_of(core, a) == tags_of(core, b) == ("交通", "规划")

    assert client.post("/links/bulk", data={"action": "tag", "tags": "甲"}).status_code == 422
    assert client.post("/links/bulk", data={"action": "no", "link": a}).status_code == 422
    for act in ("", "[]", "{}", '{"links": 1, "tags": [], "places": []}', "[" * 100_000):
        assert client.post("/links/undo", data={"act": act}).status_code == 422


def test_new_snapshots_of_chosen_links_lead_to_their_job(client: TestClient, core: Core):
    a, *_ = given(core, *URLS)
    answer = client.post("/links/bulk", data={"action": "recapture", "link": a}, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/jobs/")


def test_of_two_who_edit_the_second_sees_both_and_saves_what_he_wants(client: TestClient, core: Core):
    [a] = given(core, URLS[0])
    [fields] = forms(client.get("/").text, f"/{a}/note")
    core.set_note(a, "同事写的")

    conflict = client.post(f"/links/{a}/note", data={**fields, "note": "我写的"})
    assert conflict.status_code == 409 and "同事写的" in conflict.text and "我写的" in conflict.text
    assert core.link(a).note == "同事写的"

    replacing, fields = forms(conflict.text, f"/{a}/note")  # with what he wrote, or with both together
    assert replacing["note"] == "我写的"
    assert client.post(f"/links/{a}/note", data={**fields, "note": "两人的"}).status_code == 200
    assert core.link(a).note == "两人的" and "两人的" in client.get("/").text

    stale = {"version": "0", "tags": "我的"}
    conflict = client.post(f"/links/{a}/tags", data=stale)
    assert conflict.status_code == 409 and "我的" in conflict.text and core.link(a).tags == ()


def test_a_tag_is_renamed_on_its_page_and_undone(client: TestClient, core: Core):
    [a] = given(core, URLS[0], tags=("交通/轨道",))
    page = client.post("/tags/rename", data={"old": "交通", "new": "领域/交通"})
    assert "“交通”改名为“领域/交通”（1 条链接）" in page.text and tags_of(core, a) == ("领域/交通/轨道",)
    assert "领域/交通/轨道" in client.get("/?tag=领域").text
    change = core.tags().changes[0].id
    assert "已撤销" in client.post(f"/tags/changes/{change}/undo").text and tags_of(core, a) == ("交通/轨道",)
    refused = client.post("/tags/rename", data={"old": "交通", "new": "长" * 10_000})
    assert refused.status_code == 422 and "太长" in refused.text and len(refused.content) < 20_000


def test_a_collection_is_made_arranged_edited_and_brought_back(client: TestClient, core: Core):
    links = given(core, *URLS)
    made = client.post("/collections", data={"title": "都市圈", "note": "<b>注</b>"})
    id = core.collections().collections[0].id
    assert "&lt;b&gt;注" in made.text
    client.post("/links/bulk", data={"action": "collect", "link": links, "collection": id})

    [fields] = forms(client.get(f"/collections/{id}").text, "/order")
    order = {"version": fields["version"], "links": links, "down": links[0]}
    client.post(f"/collections/{id}/order", data=order)
    assert [row.id for row in core.collection(id).links] == [links[1], links[0], links[2]]
    late = client.post(f"/collections/{id}/order", data=order)
    assert late.status_code == 409 and "下面是你写的" not in late.text  # he has written nothing

    conflict = client.post(
        f"/collections/{id}", data={"title": "圈", "note": "我的", "version": fields["version"]}
    )
    assert conflict.status_code == 409 and "我的" in conflict.text and "都市圈" in conflict.text
    taken = client.post(f"/collections/{id}/take", data={"link": links[0]})
    undo(client, taken.text)
    assert [row.id for row in core.collection(id).links] == [links[1], links[0], links[2]]

    gone = client.post(f"/collections/{id}/remove")
    assert "已删除专题" in gone.text and core.collections().collections == ()
    client.post(f"/collections/{id}/restore")
    assert [card.title for card in core.collections().collections] == ["都市圈"]
    assert client.get("/collections/nosuch").status_code == 404


def test_a_search_is_saved_found_on_the_home_page_and_dropped_with_undo(client: TestClient, core: Core):
    assert "还没有保存的检索" in client.get("/searches").text
    client.post("/searches", data={"name": "研发<", "q": "研发经费"})
    assert 'href="/search?q=%E7%A0%94%E5%8F%91%E7%BB%8F%E8%B4%B9"' in client.get("/").text
    [saved] = core.saved_searches()
    [offered] = forms(client.get("/search?q=绍兴&from=2019&sort=date").text, "/searches")
    client.post("/searches", data={**offered, "name": "按日期"})  # with its filter and its order
    assert "按日期" in client.get("/searches").text and "起始日期" in client.get("/searches").text
    core.drop_search(core.saved_searches()[0].id)
    gone = client.post(f"/searches/{saved.id}/drop")
    assert "已删除检索“研发&lt;”" in gone.text and core.saved_searches() == ()
    client.post("/searches", data=forms(gone.text, "/searches")[0])
    assert [one.query for one in core.saved_searches()] == [saved.query]
    assert client.post("/searches", data={"name": "", "q": "a"}).status_code == 422


def test_a_saved_search_is_renamed_and_asks_for_something_else(client: TestClient, core: Core):
    saved = core.save_search("研发", "q=研发&tag=资料&from=2019")
    other = core.save_search("别的", "q=别的")
    [form] = [
        f for f in html.fromstring(client.get("/searches").text).forms if f.action == f"/searches/{saved.id}"
    ]
    fields = dict(
        form.form_values()
    )  # of several of one name the last: the filter `from` is kept, `tag` is not
    client.post(form.action, data={**fields, "name": "研发经费", "q": "研发 经费"})
    now = next(one for one in core.saved_searches() if one.id == saved.id)
    assert (now.name, now.query) == ("研发经费", "q=%E7%A0%94%E5%8F%91+%E7%BB%8F%E8%B4%B9&from=2019")

    stale = client.post(form.action, data={**fields, "name": "又一个"})
    assert stale.status_code == 409 and 'value="又一个"' in stale.text
    taken = client.post(
        f"/searches/{other.id}", data={"name": "研发经费", "q": "别的", "version": other.version}
    )
    assert taken.status_code in {409, 422} and "已有同名的检索" in taken.text
    assert client.post(f"/searches/{other.id}", data={"name": "空"}).status_code == 422


def test_a_link_kept_already_is_told_with_both_choices_and_jobs_stop(client: TestClient, core: Core):
    [a] = given(core, URLS[0])
    well_kept(core, a, URLS[0])
    page = client.post("/links", data={"text": "https://www.a.cn\nhttp://new.cn/", "tags": "甲"}).text
    assert "已有这个链接" in page and "仍作为新链接保存" in page
    again = [form for form in forms(page, "/links") if form.get("known")]
    assert {form["text"] for form in again} >= {URLS[0], "https://www.a.cn"}
    client.post("/links", data=next(form for form in again if form["text"] == "https://www.a.cn"))

    job = core.home().jobs[-1].id
    assert "已停止" in client.post(f"/jobs/{job}/stop").text and core.job(job).stopped
    assert "正在存照" in client.post(f"/jobs/{job}/resume").text and not core.job(job).stopped


def test_links_of_a_file_are_kept(client: TestClient, core: Core):
    files = [("files", ("书签.html", '<DL><DT><A HREF="http://x.cn/1">甲</A></DL>'.encode()))]
    page = client.post("/links/files", files=files, data={"tags": "书签"})
    assert "http://x.cn/1" in page.text and core.home().jobs[0].tags == ("书签",)
    assert client.post("/links/files", files=[("files", ("空.txt", b"x"))]).status_code == 422


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>领域</H3><DL><p>
<DT><H3>交通</H3><DL><p><DT><A HREF="http://x.cn/1" TAGS="长三角">沪苏湖铁路</A></DL><p></DL><p></DL><p>"""


def test_bookmarks_bring_titles_and_tags_and_their_folders_if_wanted(client: TestClient, core: Core):
    ticked = html.fromstring(client.get("/").text).xpath("//input[@name='folders' and @checked]/@value")
    assert ticked == ["true"]
    files = [("files", ("书签.html", BOOKMARKS.encode()))]
    page = client.post("/links/files", files=files, data={"tags": "导入", "folders": "true"})
    [item] = core.home().jobs[0].items
    assert item.tags == ("长三角", "领域/交通") and item.title == "沪苏湖铁路" in page.text

    client.post("/links/files", files=files, data={})
    assert core.home().jobs[0].items[0].tags == ("长三角",)


def test_a_job_that_ended_with_questions_is_put_away_and_stays_so(client: TestClient, core: Core):
    [a] = given(core, URLS[0])
    well_kept(core, a, URLS[0])
    page = client.post("/links", data={"text": URLS[0]}).text
    [job] = core.home().jobs
    assert "已有这个链接" in page and forms(page, f"/jobs/{job.id}/dismiss")
    assert "已有这个链接" not in client.post(f"/jobs/{job.id}/dismiss").text and not core.home().jobs
    assert "已有这个链接" in client.get(f"/jobs/{job.id}").text  # it is not lost

    waits = core.add("http://new.cn/").id
    assert client.post(f"/jobs/{waits}/dismiss").status_code == 422


def test_a_suggested_tag_is_shown_with_its_key_and_accepted(client: TestClient, core: Core, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text(
        "绍兴市综合交通运输发展规划\n\n一、总体要求\n绍兴市加快建设。\n二、轨道交通\n建成市域铁路。\n",
        "utf-8",
    )
    [row] = core.import_files([file])
    link = core.link_of(row.snapshot or "")
    page = client.get(f"/snapshot/{row.snapshot}")
    tags = html.fromstring(page.text).xpath("//form[@class='suggested']//button/@value")
    assert tags[0] == "地区/浙江省/绍兴市" and {"领域/交通", "文种/规划"} <= set(tags)
    assert 'data-key="1"' in page.text
    client.post(f"/links/{link}/accept", data={"tag": tags[0], "back": f"/snapshot/{row.snapshot}"})
    assert tags_of(core, link) == (tags[0],)
    assert tags[0] not in [one.tag for one in core.suggestions(link)]


def test_all_links_that_a_search_finds_are_tagged_and_undo_takes_it_back(
    client: TestClient, core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"第{n}份：绍兴市研发经费。\n" * 3, "utf-8")
    rows = list(core.import_files(sorted(tmp_path.glob("*.txt")), tags=("资料",)))
    links = [core.link_of(row.snapshot or "") for row in rows]
    page = client.get("/search?q=研发&tag=资料").text
    [form] = html.fromstring(page).xpath("//form[starts-with(@action, '/search/bulk')]")

    done = client.post(form.get("action"), data={"action": "tag", "tags": "待核"})
    assert "加上标签：3 条" in done.text and {tags_of(core, one) for one in links} == {("待核", "资料")}
    undo(client, done.text)
    assert {tags_of(core, one) for one in links} == {("资料",)}

    monkeypatch.setattr(
        "cunzhao.web.pages.matching.BULK_LINKS", 2
    )  # too many for a form: what undoes it stays here
    monkeypatch.setattr("cunzhao.core.search.matching.BULK_LINKS", 2)
    done = client.post(form.get("action"), data={"action": "trash"})
    assert "移入回收站：3 条" in done.text and core.trash().total == 3
    [fields] = forms(done.text, "/search/bulk/undo")
    restarted = TestClient(site(core), base_url="http://127.0.0.1")
    assert "恢复：3 条" in restarted.post("/search/bulk/undo", data=fields).text and core.trash().total == 0
    assert client.post("/search/bulk/undo", data=fields).status_code == 422  # once
    assert client.post("/search/bulk", data={"action": "trash"}).status_code == 422  # not everything there is
    assert client.post("/search/bulk?q=量子", data={"action": "trash"}).status_code == 422


def test_a_collection_is_a_list_for_spreadsheets_in_its_order(client: TestClient, core: Core):
    a, b, _ = given(core, *URLS)
    id = core.make_collection("清单").id
    client.post("/links/bulk", data={"action": "collect", "link": [b, a], "collection": id})
    core.set_note(b, "=1+1")
    sheet = client.get(f"/collections/{id}.csv")
    assert sheet.content.startswith(b"\xef\xbb\xbf") and "attachment" in sheet.headers["content-disposition"]
    first, second = sheet.text.splitlines()[1:]
    assert URLS[1] in first and "'=1+1" in first and URLS[0] in second


def test_a_long_collection_is_written_a_chunk_after_the_other(
    client: TestClient, core: Core, monkeypatch: pytest.MonkeyPatch
):
    ids = given(core, *URLS, tags=("交通/轨道", "领域"))
    id = core.make_collection("清单").id
    client.post("/links/bulk", data={"action": "collect", "link": ids, "collection": id})
    whole = client.get(f"/collections/{id}.csv").text
    monkeypatch.setattr(collected, "CHUNK", 1)
    assert client.get(f"/collections/{id}.csv").text == whole
    told = list(csv.reader(io.StringIO(whole.removeprefix("\ufeff"))))
    assert [row[1] for row in told] == ["网址", *URLS] and all(
        row[6] == "交通/轨道，领域" for row in told[1:]
    )
    shown = core.collection(id).links
    assert [row[0] for row in told[1:]] == [link.best.title if link.best else "" for link in shown]
    assert client.get("/collections/none.csv").status_code == 404


def test_viewers_see_no_button_that_changes_anything(
    client: TestClient, core: Core, monkeypatch: pytest.MonkeyPatch
):
    a, b, c = given(core, *URLS, tags=("交通/轨道",))
    id = core.make_collection("都市圈").id
    client.post("/links/bulk", data={"action": "collect", "link": [a, b], "collection": id})
    core.rename_tag("交通", "领域/交通")
    core.save_search("研发", "q=研发")
    core.add_search_alias("数发局", "数据发展局")
    core.remove(c)
    viewer = replace(OWNER, id="v1", name="王看", role="viewer", by="session", csrf="x" * 8)
    monkeypatch.setattr(core.access, "who", lambda _: viewer)
    for path in (
        "/search?q=a", "/search?tag=领域", "/search/aliases", "/searches", "/tags", "/collections",
        f"/collections/{id}", "/trash", "/reposts", "/settings", "/nope", "/api", "/about",
    ):  # fmt: skip
        page = html.fromstring(client.get(path).text)
        posts = set(page.xpath("//form[@method='post']/@action"))
        assert posts <= {"/logout", "/settings/look"}, path
        assert not page.xpath("//a[contains(@href, 'purge')]"), path
