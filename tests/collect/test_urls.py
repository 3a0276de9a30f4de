"""Addresses as people paste them and pages name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect.urls import check_url, join, links_in, url_key
from cunzhao.errors import CunzhaoError, NotAUrl, SchemeRefused, UrlCredentials


@pytest.mark.parametrize(
    ("typed", "fetched"),
    [
        ("http://www.gov.cn", "http://www.gov.cn/"),
        ("  https://www.gov.cn/a.htm#top \n", "https://www.gov.cn/a.htm"),
        ("HTTP://WWW.GOV.CN/A", "http://www.gov.cn/A"),
        ("www.zj.gov.cn/art/2019/1/21/art_1.html", "http://www.zj.gov.cn/art/2019/1/21/art_1.html"),
        ("www.zj.gov.cn:8080/a?b=1", "http://www.zj.gov.cn:8080/a?b=1"),
        ("//www.gov.cn/a", "http://www.gov.cn/a"),
        ("localhost:8099/list.html", "http://localhost:8099/list.html"),
        ("127.0.0.1:8099", "http://127.0.0.1:8099/"),
        ("http：//www.gov.cn/a", "http://www.gov.cn/a"),  # full-width colon of a Chinese keyboard
        ("《http://www.gov.cn/a》", "http://www.gov.cn/a"),
        ("http://www.gov.cn:80/", "http://www.gov.cn/"),
        ("https://www.gov.cn:443/", "https://www.gov.cn/"),
        ("https://www.gov.cn:80/", "https://www.gov.cn:80/"),
        ("http://政务.cn/", "http://xn--zfr164b.cn/"),
        ("http://www。gov。cn/", "http://www.gov.cn/"),
        ("http://1②⑦.0.0.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::FFFF:127.0.0.1]:81/", "http://[::ffff:7f00:1]:81/"),
        ("http://a_b.gov.cn/", "http://a_b.gov.cn/"),
        (
            "http://a.cn/通知 公告.html?k=绍兴",
            "http://a.cn/%E9%80%9A%E7%9F%A5%20%E5%85%AC%E5%91%8A.html?k=%E7%BB%8D%E5%85%B4",
        ),
        ("http://a.cn/%E9%80%9A?x=%e4", "http://a.cn/%E9%80%9A?x=%e4"),
        ("http://a.cn/100%", "http://a.cn/100%"),
        ("http://a.cn/a/../b/./c", "http://a.cn/b/c"),
        ("http://a.cn/a/%2e%2e/b/..", "http://a.cn/"),
        ("http://a.cn/?a=1&b=[2]|3", "http://a.cn/?a=1&b=[2]|3"),
    ],
)
def test_a_pasted_address_becomes_one_that_can_be_fetched(typed: str, fetched: str):
    assert check_url(typed) == fetched


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "这不是网址", "关于印发实施方案的通知", "hello", "hello world", "http://", "http:///a", "https://?", "http://a b.cn/",
     "http://[::1", "http://[zz]/", "http://a.cn:99999/", "http://a.cn:x/", "http://a.cn:0/", "http://256.1.1.1/", "http://1.2.3.4.5/",
     "http://-a.cn/", "http://a..cn/", "http:a.cn", "http://a.cn/\x00", "http://a.cn/\nhttp://b.cn/", "http://" + "a" * 64 + ".cn/",
     "http://a.cn/" + "x" * 9000, "第1.2条", "3.5亿元", "C:\\a\\b.html"],
)  # fmt: skip
def test_what_is_no_address_is_refused_by_its_own_name(typed: str):
    with pytest.raises(NotAUrl) as caught:
        check_url(typed)
    assert caught.value.input == (typed.strip() or typed)


@pytest.mark.parametrize(
    ("typed", "scheme"),
    [("file:///etc/passwd", "file"), ("FILE:/c:/a.html", "file"), ("ftp://a.cn/x", "ftp"), ("javascript:alert(1)", "javascript"),
     ("data:text/html,x", "data"), ("mailto:a@b.cn", "mailto"), ("about:blank", "about"), ("gopher://a.cn/", "gopher"),
     ("ws://a.cn/", "ws"), ("view-source:http://a.cn/", "view-source"), ("blob:http://a.cn/1", "blob")],
)  # fmt: skip
def test_a_scheme_that_is_not_http_is_named(typed: str, scheme: str):
    with pytest.raises(SchemeRefused) as caught:
        check_url(typed)
    assert caught.value.values["scheme"] == scheme


def test_a_password_in_the_address_is_refused():
    with pytest.raises(UrlCredentials):
        check_url("http://user:secret@a.cn/")


@given(st.text(max_size=60) | st.from_regex(r"https?://[ -~一-鿿]{1,40}", fullmatch=True))
def test_checking_twice_changes_nothing_and_leaves_no_byte_that_http_cannot_carry(text: str):
    try:
        url = check_url(text)
    except CunzhaoError:
        return
    assert check_url(url) == url
    assert url.isascii() and url.isprintable() and " " not in url and "#" not in url


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("a.png", "http://s.cn/news/a.png"),
        ("../a.png", "http://s.cn/a.png"),
        ("../../../a.png", "http://s.cn/a.png"),
        ("/a.png#x", "http://s.cn/a.png"),
        ("//t.cn/a.png", "http://t.cn/a.png"),
        ("https://t.cn", "https://t.cn/"),
        ("?page=2", "http://s.cn/news/1.htm?page=2"),
        (" \n images\\logo.gif ", "http://s.cn/news/images/logo.gif"),
        ("a\n.png", "http://s.cn/news/a.png"),
        ("图 1.png", "http://s.cn/news/%E5%9B%BE%201.png"),
        ("http:\\\\t.cn\\a.gif", "http://t.cn/a.gif"),
        ("", None),
        ("#top", None),
        ("data:image/gif;base64,R0lG", None),
        ("javascript:void(0)", None),
        ("about:blank", None),
        ("http://[::1/", None),
        ("http://user:pw@t.cn/", None),
        ("mailto:a@b.cn", None),
    ],
)
def test_a_reference_of_a_page_is_resolved_as_browsers_do(reference: str, absolute: str | None):
    assert join("http://s.cn/news/1.htm", reference) == absolute


def test_a_query_is_encoded_in_the_charset_of_the_page():
    assert join("http://s.cn/", "a图.asp?n=图", "gb18030") == "http://s.cn/a%E5%9B%BE.asp?n=%CD%BC"


@given(st.text(max_size=80))
def test_no_reference_of_a_page_raises(reference: str):
    joined = join("http://s.cn/a/b.htm", reference)
    assert joined is None or joined.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://A.cn", "http://a.cn:80/", True),
        ("http://a.cn/%e4", "http://a.cn/%E4", True),
        ("http://a.cn/?", "http://a.cn/", True),
        ("http://a.cn/x#y", "http://a.cn/x", True),
        ("www.a.cn/x", "http://www.a.cn/x", True),
        ("http://政务.cn", "http://xn--zfr164b.cn/", True),
        ("urn:cunzhao:file:00/a", "urn:cunzhao:file:00/A", False),
        ("http://a.cn/x", "https://a.cn/x", False),
        ("http://a.cn/x", "http://a.cn/X", False),
        ("http://a.cn/x?a=1", "http://a.cn/x?a=2", False),
    ],
)
def test_two_spellings_of_one_address_share_a_key(one: str, other: str, same: bool):
    assert (url_key(one) == url_key(other)) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.cn/1\nhttps://a.cn/2 https://a.cn/1", ["https://a.cn/1", "https://a.cn/2"]),
        ("计划全文：https://a.cn/x?id=3，请查收。", ["https://a.cn/x?id=3"]),
        ("《公报》（http://b.cn/gb.html）。", ["http://b.cn/gb.html"]),
        ("See http://b.cn/a.html.", ["http://b.cn/a.html"]),
        ("www.c.cn/a 不是网址", ["http://www.c.cn/a", "不是网址"]),
        ("http：//e.cn/a （www.e.cn/b）。 3.5亿元", ["http://e.cn/a", "http://www.e.cn/b", "3.5亿元"]),
        (
            "https://e.cn/绍兴_(消歧义)；(见 https://e.cn/b[1])",
            ["https://e.cn/绍兴_(消歧义)", "https://e.cn/b[1]"],
        ),
        ("原文https://e.cn/a…？另见：https://e.cn/b：", ["https://e.cn/a", "https://e.cn/b"]),
        ("HTTP://E.cn/a https://e.cn/a http://e.cn/a#top e.cn/a", ["HTTP://E.cn/a", "https://e.cn/a"]),
        ("绍兴日报 https://d.cn/\n\n 错的网址 ", ["https://d.cn/", "错的网址"]),
        (" \n ", []),
    ],
)
def test_links_are_found_in_pasted_text_and_a_line_without_any_is_not_lost(
    text: str, found: list[str]
) -> None:
    assert links_in(text) == found
