"""Who may ask, how much may be sent, and what every answer carries."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from cunzhao.web import app
from tests.web.fake_core import FakeCore
from tests.web.site import site

PAGES = ["/", "/search?q=清江", "/figures", "/tasks", "/contradictions", "/reposts", "/brief", "/trash", "/about", "/api",
         "/snapshot/s-news", "/nowhere", "/static/style.css", "/api/links", "/api/nowhere"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_ours_carries_the_policy(reader, path):
    headers = reader.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == policy["frame-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers


def test_a_fault_of_the_program_is_told_without_its_inside_and_with_the_policy(core, monkeypatch):
    def broken(**_: object) -> None:
        raise ValueError("secret path")

    monkeypatch.setattr(core, "home", broken)
    client = TestClient(site(core), base_url="http://127.0.0.1", raise_server_exceptions=False)
    page, api = client.get("/"), client.get("/api/links")
    assert (page.status_code, api.status_code) == (500, 500)
    assert "程序内部出错" in page.text and "secret" not in page.text + api.text
    assert api.json()["error"]["code"] == "internal"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_loopback_names_are_answered(reader, host):
    assert reader.get("/about", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "[::1"]
)
def test_other_host_names_are_refused_in_words(reader, host):
    answer = reader.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "主机名" in answer.text and "清江" not in answer.text
    assert reader.get("/api/links", headers={"Host": host}).json()["error"]["code"] == "host-refused"


def test_the_public_host_is_answered_when_named():
    client = TestClient(app(FakeCore(), hosts=["cunzhao.intranet.example"]))
    assert client.get("http://cunzhao.intranet.example:8765/about").status_code == 200
    assert client.get("http://other.example/about").status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},  # another port of this machine
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Referer": "https://evil.example/x"},
    ],
)
def test_writing_from_another_site_is_refused_and_changes_nothing(client, core, headers):
    for path in ("/links", "/links/Ls-news/remove", "/import", "/brief"):
        answer = client.post(path, data={"text": "https://a.example/"}, headers=headers)
        assert answer.status_code == 403 and "别的网站" in answer.text
    answer = client.delete("/api/links/Ls-news", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "cross-site")
    assert core.calls == [] and "Ls-news" in core.rows


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1"}, {"Sec-Fetch-Site": "none"}],
)
def test_writing_from_our_own_pages_and_from_programs_is_let_through(client, headers):
    assert client.post("/links", data={"text": "https://a.example/"}, headers=headers).status_code == 303


def test_reading_from_another_site_is_only_a_link(reader):
    assert reader.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_file_above_the_limit_is_refused_by_its_length(client, core):
    answer = client.post("/import", files={"files": ("a.pdf", b"x" * 3_000_001)})
    assert answer.status_code == 413 and "3000000" in answer.text
    assert core.calls == []


def test_a_body_without_a_length_is_counted_as_it_comes(client, core):
    def body():
        for _ in range(40):
            yield b"a" * 100_000

    kind = {"Content-Type": "application/json"}
    answer = client.post("/api/jobs", content=body(), headers=kind)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "file-too-large")
    assert core.calls == []


def test_a_form_without_files_may_hold_less(client):
    assert client.post("/links", data={"text": "https://a.example/ " + "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("path", ["/?tag=%00", "/snapshot/a%00", "/api/search?q=%00"])
def test_a_nul_is_refused_before_it_reaches_a_database(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 422 and "空字符" in answer.text
