"""Feeds as a feed reader has them: Atom by RFC 4287, known again by what is asked with, let in by a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import pytest
from starlette.testclient import TestClient

from cunzhao.access.access import Access
from cunzhao.core import Core
from cunzhao.core.values.workbench import BulkAct
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.api.test_schema import SAMPLE, furnish

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LINKS, CONTRADICTIONS = "/feeds/links.atom", "/feeds/contradictions.atom"
HIDDEN = "见附件\u202e<b>\x07&\ufffe公告"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with Core.open(Settings(home=tmp_path_factory.mktemp("feeds") / "home")) as opened:
        furnish(opened)
        opened.upload([("坏.txt", f"{HIDDEN}\n\n正文一句。".encode())], tags=["试验"])
        yield opened


@pytest.fixture(scope="module")
def reader(core: Core) -> TestClient:
    return TestClient(app(core), base_url="http://127.0.0.1")


def feed(client: TestClient, path: str, **asked: str) -> Any:
    answer = client.get(path, params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    return lxml.etree.fromstring(answer.content)


def texts(at: Any, path: str) -> list[str]:
    return [str(one if isinstance(one, str) else one.text) for one in at.xpath(path, namespaces=ATOM)]


@pytest.mark.parametrize("path", [LINKS, CONTRADICTIONS])
def test_a_feed_has_what_the_standard_asks_for(reader: TestClient, path: str) -> None:
    root = feed(reader, path)
    entries = root.xpath("a:entry", namespaces=ATOM)
    assert entries and texts(root, "a:author/a:name")
    for at in (root, *entries):
        assert [len(texts(at, f"a:{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", texts(at, "a:id")[0]) and texts(at, "a:title")[0]
        assert datetime.fromisoformat(texts(at, "a:updated")[0]).tzinfo
        assert all(urlsplit(href).scheme for href in texts(at, "a:link/@href"))
        assert len(texts(at, "a:link[@rel='alternate']")) == 1
    ids = texts(root, "a:entry/a:id")
    assert len(ids) == len(set(ids)) and ids == texts(feed(reader, path), "a:entry/a:id")
    assert max(texts(root, "a:entry/a:updated")) == texts(root, "a:updated")[0]


def test_links_by_tag_with_what_stands_below_it_and_by_collection(core: Core, reader: TestClient) -> None:
    everything = feed(reader, LINKS)
    assert len(texts(everything, "a:entry/a:id")) == len(SAMPLE) + 1
    below = feed(reader, LINKS, tag="领域")
    assert len(texts(below, "a:entry/a:id")) == len(SAMPLE) and "领域" in texts(below, "a:title")[0]
    assert set(texts(below, "a:entry/a:category/@term")) == {"领域/交通"}
    held, one = core.collections().collections[0].id, core.new_links(tag="试验")[0]
    core.bulk(BulkAct(action="collect", links=(one.id,), collection=held))
    assert len(texts(feed(reader, LINKS, collection=held), "a:entry/a:id")) == 1
    assert texts(feed(reader, LINKS, tag="没有"), "a:entry/a:id") == []
    assert reader.get(LINKS, params={"collection": "none"}).status_code == 404


def test_hostile_words_stay_words_and_what_cannot_be_seen_is_left_out(reader: TestClient) -> None:
    answer = reader.get(LINKS, params={"tag": "试验"}).text
    [title] = texts(lxml.etree.fromstring(answer.encode()), "a:entry/a:title")
    assert title.startswith("见附件") and "<b>" not in answer
    assert not any(c in answer for c in "\u202e\x07\ufffe")


def test_a_contradiction_has_both_quotes_and_both_sources(core: Core, reader: TestClient) -> None:
    entry = feed(reader, CONTRADICTIONS).xpath("a:entry", namespaces=ATOM)[0]
    said, found = texts(entry, "a:content")[0], core.new_contradictions()[0]
    for side in (found.a, found.b):
        assert side.observation.span.quote in said and side.title in said
    assert texts(entry, "a:link[@rel='alternate']/@href")[0].startswith("http://127.0.0.1/snapshot/")


def test_what_a_reader_has_already_is_not_sent_again(reader: TestClient) -> None:
    first = reader.get(LINKS)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for header, code in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'"other", W/{tag}'}, 304),
        ({"If-Modified-Since": changed}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": changed}, 200),
        ({"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ):
        answer = reader.get(LINKS, headers=header)
        assert answer.status_code == code and bool(answer.content) == (code == 200)


def test_where_there_are_accounts_a_token_in_the_address_opens_feeds_and_nothing_else(core: Core) -> None:
    access = Access(core._database)
    core.access, before = access, core.access
    reader = TestClient(app(core), base_url="http://127.0.0.1")
    try:
        account = access.account_named("陈静").id
        kept, full = (access.add_token(account, "订阅", scope) for scope in ("feed", "admin"))
        assert reader.get(LINKS).status_code == 401
        for path in (LINKS, CONTRADICTIONS):
            answer = reader.get(path, params={"token": kept.secret})
            assert answer.status_code == 200 and kept.secret not in answer.text
            assert "private" in answer.headers["cache-control"]
        assert reader.get(LINKS, params={"token": full.secret}).status_code == 401
        assert reader.get(LINKS, headers={"Authorization": f"Bearer {full.secret}"}).status_code == 200
        for path in ("/api/links", LINKS, "/"):
            headers = {"Authorization": f"Bearer {kept.secret}"}
            assert reader.get(path, headers=headers, follow_redirects=False).status_code in (401, 303)
        assert reader.get("/api/links", params={"token": kept.secret}).status_code == 401
        access.revoke_token(before.who(None), kept.token.id)
        assert reader.get(LINKS, params={"token": kept.secret}).status_code == 401
    finally:
        core.access = before


def test_pages_tell_of_their_feeds(reader: TestClient) -> None:
    assert 'href="/feeds/links.atom?tag=%E9%A2%86%E5%9F%9F"' in reader.get("/", params={"tag": "领域"}).text
    assert 'href="/feeds/contradictions.atom"' in reader.get("/contradictions").text
