"""Cookies along one chain of redirects."""

import uuid
from datetime import UTC, datetime

import pytest

from cunzhao.collect.cookies import Jar
from cunzhao.collect.types import Body, Exchange


def answer(url: str, *cookies: str) -> Exchange:
    headers = tuple(("Set-Cookie", cookie) for cookie in cookies)
    return Exchange(
        id=str(uuid.uuid4()), url=url, started=datetime.now(UTC), seconds=0, peer=None, request_head=b"",
        response_head=b"", status=302, headers=headers, body=Body(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        ("a=1", "http://www.a.cn/", "a=1"),
        ("a=1; Path=/; HttpOnly; Secure", "http://www.a.cn/x", "a=1"),
        ("a=1", "http://a.cn/", ""),  # for the host that set it
        ("a=1", "http://x.www.a.cn/", ""),
        ("a=1; Domain=a.cn", "http://a.cn/", "a=1"),
        ("a=1; domain=.a.cn", "http://t.a.cn/", "a=1"),
        ("a=1; Domain=a.cn", "http://ba.cn/", ""),
        ("a=1; Domain=b.cn", "http://b.cn/", ""),  # not its own
        ("a=1; Domain=cn", "http://b.cn/", ""),  # a top level
        ("a=1; Max-Age=0", "http://www.a.cn/", ""),
        ("a=1; Max-Age=-1", "http://www.a.cn/", ""),
        ("a=1; Max-Age=60", "http://www.a.cn/", "a=1"),
        ("a=", "http://www.a.cn/", "a="),
        ("no pair", "http://www.a.cn/", ""),
        ("a=1\r\nX: y", "http://www.a.cn/", ""),
        ("a=" + "x" * 5000, "http://www.a.cn/", ""),
    ],
)
def test_a_cookie_goes_where_it_may(cookie: str, url: str, sent: str):
    jar = Jar()
    jar.take(answer("http://www.a.cn/", cookie))
    assert jar.header(url) == sent


def test_a_later_value_replaces_an_earlier_one_and_many_are_bounded():
    jar = Jar()
    jar.take(answer("http://a.cn/", "a=1", "b=2"))
    jar.take(answer("http://a.cn/", "a=3", "b=; Max-Age=0"))
    assert jar.header("http://a.cn/") == "a=3"
    jar.take(answer("http://a.cn/", *(f"n{n}=1" for n in range(500))))
    assert jar.header("http://a.cn/").count("=") == 50
