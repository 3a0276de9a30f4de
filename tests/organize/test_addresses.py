"""Which addresses are most likely one page, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.organize.addresses import address_id, address_key

ONE = "http://www.sx.gov.cn/art/2023/1/2/art_1.html"


@pytest.mark.parametrize(
    "other",
    [
        "https://www.sx.gov.cn/art/2023/1/2/art_1.html",
        "http://sx.gov.cn/art/2023/1/2/art_1.html",
        "http://www.sx.gov.cn:80/art/2023/1/2/art_1.html",
        "https://www.sx.gov.cn:443/art/2023/1/2/art_1.html/",
        "HTTP://WWW.SX.GOV.CN/art/2023/1/2/art_1.html?",
        ONE + "?utm_source=weixin&utm_medium=a&from=timeline&isappinstalled=0&spm=1.2",
        ONE + "#part",
    ],
)
def test_another_spelling_of_an_address_is_the_same(other):
    assert address_key(other) == address_key(ONE)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ONE, ONE.replace("art_1", "art_2")),
        (ONE, ONE.replace(":", ":", 1).replace("gov.cn/", "gov.cn:8080/")),
        ("http://x.cn/a?id=1", "http://x.cn/a?id=2"),
        ("http://x.cn/a?from=beijing", "http://x.cn/a"),
        ("http://x.cn/a?version=1", "http://x.cn/a?version=2"),
        ("http://x.cn/A", "http://x.cn/a"),
        ("http://m.x.cn/", "http://x.cn/"),
        ("urn:cunzhao:file:1/a.txt", "urn:cunzhao:file:2/a.txt"),
    ],
)
def test_another_page_is_another(a, b):
    assert address_id(a) != address_id(b)


def test_of_a_weixin_article_only_what_names_it_counts():
    short = "https://mp.weixin.qq.com/s?__biz=Mz&mid=2&idx=1&sn=abc"
    assert address_key(f"{short}&chksm=ff&scene=27&key=1#rd") == address_key(short)


def test_the_order_of_parameters_does_not_count():
    assert address_key("http://x.cn/a?b=1&a=2") == address_key("http://x.cn/a?a=2&b=1")


@given(st.text(max_size=60) | st.text(max_size=40).map("http://".__add__))
def test_any_text_has_a_key(text):
    assert len(address_id(text)) == 16
