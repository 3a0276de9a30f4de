"""A shared collection opens its own links, snapshots, texts and facts, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cunzhao.core import Core
from cunzhao.errors import NotFound, ShareGone
from cunzhao.settings import Settings
from cunzhao.storage.models import Link
from cunzhao.storage.organized import CollectedRow, CollectionRow
from tests.web.site import site

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><img src='a.png'></body></html>"
TEXT = "2025年，绍兴市地区生产总值达到8000亿元，同比增长6.5%。这一成绩来之不易，全市上下共同努力，各项工作取得新的进展。"


@pytest.fixture
def core(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    """Three files kept: one in the collection, one in another, one in none. Snapshots by name in `ids`."""
    files = []
    for name in ("内", "外", "无"):
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(PAGE.format(f"{name}部材料", TEXT), "utf-8")
    with Core.open(settings) as opened:
        rows = list(opened.import_files(files, tags=["内部标签"]))
        opened.ids = {name: row.snapshot for name, row in zip("内外无", rows, strict=True)}
        with opened._database.writing() as session:
            for id, title in (("c1", "一号专题"), ("c2", "二号专题")):
                session.add(CollectionRow(id=id, title=title, note="", made=NOW))
            session.flush()
            for id, name in (("c1", "内"), ("c2", "外")):
                link = opened.link_of(opened.ids[name])
                session.add(CollectedRow(collection_id=id, link_id=link, place=1))
        yield opened


@pytest.fixture
def client(core: Core) -> TestClient:
    """A stranger: the server lets nobody else in without a login."""
    return TestClient(site(core, local=False), base_url="http://127.0.0.1", follow_redirects=False)


def test_its_address_opens_the_collection_and_the_snapshot_in_it(core: Core, client: TestClient) -> None:
    base, inside = f"/shared/{core.share('c1').secret}", core.ids["内"]
    page = client.get(base)
    assert page.status_code == 200 and "一号专题" in page.text and "内部材料" in page.text
    assert "外部材料" not in page.text and "内部标签" not in page.text and "二号专题" not in page.text
    snapshot = client.get(f"{base}/snapshot/{inside}")
    assert snapshot.status_code == 200 and "8000亿元" in snapshot.text and "地区生产总值" in snapshot.text
    assert "内部标签" not in snapshot.text
    assert set(re.findall(r'method="post" action="([^"]+)"', snapshot.text)) == {
        "/settings/look"
    }  # nothing kept
    view = client.get(f"{base}/view/{inside}")
    assert view.status_code == 200 and "sandbox" in view.headers["content-security-policy"]
    for answer in (page, snapshot, view):
        assert answer.headers["cache-control"] == "no-store" and "noindex" in answer.headers["x-robots-tag"]
        assert "set-cookie" not in answer.headers


def test_every_link_on_its_pages_stays_under_its_address(core: Core, client: TestClient) -> None:
    base = f"/shared/{core.share('c1').secret}"
    for path in (base, f"{base}/snapshot/{core.ids['内']}", f"{base}/view/{core.ids['内']}"):
        for target in re.findall(r'(?:href|src)="(/[^"]*)"', client.get(path).text):
            assert target.startswith((base, "/static/")), (path, target)


def test_it_opens_no_snapshot_of_another_collection_or_of_none(core: Core, client: TestClient) -> None:
    base = f"/shared/{core.share('c1').secret}"
    for other in (core.ids["外"], core.ids["无"], "nowhere"):
        answers = [client.get(f"{base}/{what}") for what in (
            f"snapshot/{other}", f"view/{other}", f"view/{other}/r?u=http://a.cn/", f"view/{other}/page/1.png")]  # fmt: skip
        assert [answer.status_code for answer in answers] == [404] * 4
        assert all("外部材料" not in answer.text and "8000亿元" not in answer.text for answer in answers)


def test_it_opens_nothing_of_the_rest_of_the_house(core: Core, client: TestClient) -> None:
    secret, inside = core.share("c1").secret, core.ids["内"]
    client.get(f"/shared/{secret}")
    for path in ("/", "/search?q=绍兴", f"/snapshot/{inside}", f"/view/{inside}", f"/download/{inside}", "/figures", "/shares",
                 "/api/links", f"/api/snapshots/{inside}", f"/api/links?token={secret}", f"/shared/{secret}/download/{inside}"):  # fmt: skip
        answer = client.get(path, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code in (303, 401) and "8000亿元" not in answer.text, path
    for method, path in (("POST", f"/shared/{secret}"), ("DELETE", f"/shared/{secret}/snapshot/{inside}")):
        assert client.request(method, path).status_code in (401, 405)


def test_a_wrong_an_ended_and_a_revoked_address_are_told_alike(core: Core, client: TestClient) -> None:
    good, revoked = core.share("c1"), core.share("c1")
    core.access.revoke_share(revoked.share.id)
    told = set()
    for secret in (
        revoked.secret,
        good.secret[:-1],
        good.secret[:-1] + ("A" if good.secret[-1] != "A" else "B"),
        good.share.id,
        "c1",
        "x" * 3000,
    ):
        for path in ("", f"/snapshot/{core.ids['内']}", f"/view/{core.ids['内']}"):
            answer = client.get(f"/shared/{secret}{path}")
            assert answer.status_code == 404
            told.add((path.split("/")[-2] if path else "", re.sub(r"\s+", " ", answer.text)))
    assert len(told) == 3


def test_what_leaves_the_collection_or_goes_to_the_trash_is_shared_no_more(core: Core) -> None:
    secret, inside = core.share("c1").secret, core.ids["内"]
    assert core.shared_snapshot(secret, inside).snapshot.id == inside
    core.remove(core.link_of(inside))
    with pytest.raises(NotFound):
        core.shared_snapshot(secret, inside)
    assert core.shared(secret).links == () and core.shared(secret).total == 0
    core.restore(core.link_of(inside))
    assert core.shared(secret).total == 1
    with core._database.writing() as session:
        session.execute(sa.delete(CollectedRow))
    with pytest.raises(NotFound):
        core.check_shared(secret, inside)


def test_a_collection_that_was_taken_away_is_shared_no_more(core: Core) -> None:
    secret = core.share("c1").secret
    with core._database.writing() as session:
        session.get_one(CollectionRow, "c1").removed = NOW
    for ask in (core.shared, lambda s: core.check_shared(s, core.ids["内"])):
        with pytest.raises(ShareGone):
            ask(secret)
    with pytest.raises(NotFound):
        core.share("c1")


def test_the_page_of_shares_makes_one_shows_it_once_and_ends_it(core: Core, client: TestClient) -> None:
    owner = TestClient(site(core), base_url="http://127.0.0.1", follow_redirects=False)
    made = owner.post("/shares", data={"collection": "c1", "days": "5"}).text
    secret = re.search(r"/shared/([\w-]{43})", made)[1]
    assert client.get(f"/shared/{secret}").status_code == 200 and secret not in owner.get("/shares").text
    [row] = core.shares().shares
    assert (row.title, row.share.over) == ("一号专题", False)
    assert owner.post(f"/shares/{row.share.id}/revoke").status_code == 303
    assert client.get(f"/shared/{secret}").status_code == 404
    assert owner.post("/shares", data={"collection": "nowhere"}).status_code == 422
    by_api = owner.post("/api/shares", json={"collection": "c2"}).json()
    assert client.get(f"/shared/{by_api['secret']}").status_code == 200
    assert owner.delete(f"/api/shares/{by_api['share']['id']}").status_code == 204


def test_a_rebuild_keeps_accounts_and_shares(core: Core) -> None:
    secret = core.share("c1").secret
    core.access.add_account("陈静", "竹林里的七把雨伞 lamp", "administrator")
    core.rebuild(lambda _: None)
    assert core.access.login("陈静", "竹林里的七把雨伞 lamp") and core.access.shared_collection(secret)
    with core._database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Link)) == 3
