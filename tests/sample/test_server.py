"""The sample site over HTTP, as a capture engine meets it."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest

from cunzhao.errors import PortTaken
from cunzhao.sample.server import SampleSite, serve, urls

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serve() as running:
        yield running


def get(site: SampleSite, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def references(url: str, kind: str, body: bytes) -> set[str]:
    """What a page or a stylesheet refers to, as absolute addresses."""
    if kind.startswith("text/css"):
        found = set(re.findall(r"""url\(["']?([^"')]+)""", body.decode()))
    else:
        tree = lxml.html.fromstring(body.decode("utf-8" if "utf-8" in kind else "gb18030"))
        found = {
            str(value) for name in ("href", "src", "data-src", "action") for value in tree.xpath(f"//@{name}")
        }
        found |= {part.split()[0] for value in tree.xpath("//@srcset") for part in str(value).split(",")}
    return {urldefrag(urljoin(url, value)).url for value in found if not value.startswith("javascript:")}


@pytest.fixture(scope="module")
def crawled(site: SampleSite) -> dict[str, int]:
    """The status of everything that can be reached from the index, by address."""
    waiting, seen = {site.base + "/"}, {}
    while waiting:
        url = waiting.pop()
        assert url.startswith(site.base), f"{url} leads away from the site"
        seen[url], headers, body = get(site, urlsplit(url).path)
        kind = headers["content-type"]
        if kind.startswith(("text/html", "text/css")):
            waiting |= references(url, kind, body) - seen.keys()
    return seen


def test_every_link_image_and_stylesheet_of_the_site_answers_200(crawled: dict[str, int]):
    assert {url for url, status in crawled.items() if status != 200} == set()


def test_the_index_leads_to_every_page_to_capture_and_to_every_file_of_the_package(
    site: SampleSite, crawled: dict[str, int]
):
    assert set(urls(site.base)) <= crawled.keys()
    files = {"/" + name for name in names(resources.files("cunzhao.sample") / "www")}
    assert files - {urlsplit(url).path for url in crawled} == set()


def names(folder: Traversable, prefix: str = "") -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from names(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


def test_the_old_portal_is_labelled_gb2312_and_holds_characters_that_only_gbk_has(site: SampleSite):
    _, headers, body = get(site, "/portal/2022/11/16/9034.htm")
    assert headers["content-type"] == "text/html; charset=gb2312"
    assert b"charset=gb2312" in body
    assert "骆堃" in body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_other_pages_are_the_utf8_they_claim_to_be(site: SampleSite):
    pages = [url for url in urls(site.base) if url.endswith(".html")]
    for url in pages:
        _, headers, body = get(site, urlsplit(url).path)
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert "衢州" in body.decode("utf-8")
    assert len(pages) == 6


def test_gzip_is_sent_only_where_accepted_and_unpacks_to_the_same_bytes(site: SampleSite):
    _, plain_headers, plain = get(site, "/gov/css/gov.css")
    _, headers, packed = get(site, "/gov/css/gov.css", Accept_Encoding="gzip, deflate")
    assert "content-encoding" not in plain_headers
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == plain
    assert headers["etag"] != plain_headers["etag"]
    assert "content-encoding" not in get(site, "/gov/images/train.png", Accept_Encoding="gzip")[1]


def test_a_conditional_get_of_an_unchanged_page_is_answered_304_without_a_body(site: SampleSite):
    _, headers, _ = get(site, "/index.html")
    status, again, body = get(site, "/index.html", If_None_Match=headers["etag"])
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert get(site, "/index.html", If_None_Match='"another"')[0] == 200


def test_head_answers_the_headers_of_get_and_no_body(site: SampleSite):
    _, expected, body = get(site, "/index.html")
    status, headers, nothing = get(site, "/index.html", method="HEAD")
    assert (status, nothing, headers["content-length"]) == (200, b"", str(len(body)))
    assert headers["etag"] == expected["etag"]


@pytest.mark.parametrize("path", ["/gone.html", "/gov", "/../server.py", "/%2e%2e/server.py", "/gov/%00"])
def test_what_the_site_does_not_have_is_404(site: SampleSite, path: str):
    status, headers, body = get(site, path)
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "页面不存在" in body.decode()


def test_a_favicon_is_there_under_the_usual_name(site: SampleSite):
    status, headers, body = get(site, "/favicon.ico")
    assert (status, headers["content-type"], body[:4]) == (200, "image/png", b"\x89PNG")


def test_a_port_that_is_taken_is_refused_with_the_mend(site: SampleSite):
    with pytest.raises(PortTaken) as caught:
        serve(site.port)
    assert caught.value.input == f"127.0.0.1:{site.port}"
    assert "PORT=" in caught.value.mend("zh")


def test_after_closing_nothing_listens_any_more():
    with serve() as running:
        port = running.port
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=60).request("GET", "/")
