"""Addresses are found in texts, tables and bookmarks; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect.linklists import links_in_file

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>书签</H1>
<DL><p>
  <DT><H3>专题</H3>
  <DL><p>
    <DT><A HREF="https://a.cn/1?x=1&amp;y=2" ADD_DATE="1">甲</A>
    <DT><A HREF="javascript:alert(1)">乙</A>
    <DT><A HREF="https://a.cn/1?x=1&amp;y=2">甲又</A>
    <DT><A HREF="http://b.cn/二">丙</A>
  </DL><p>
</DL><p>"""


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("书签.html", BOOKMARKS, ["https://a.cn/1?x=1&y=2", "http://b.cn/二"]),
        ("a.txt", "标题 一\nhttp://a.cn/1，见 https://b.cn/2。\n没有网址", ["http://a.cn/1", "https://b.cn/2"]),
        ("a.csv", '标题,网址\n"甲,乙",https://a.cn/1?a=1\n丙,"见 http://b.cn/2"\n', ["https://a.cn/1?a=1", "http://b.cn/2"]),
        ("a.CSV", "https://a.cn/1,标题\n", ["https://a.cn/1"]),
        ("a.txt", "", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-8-sig"])
def test_the_addresses_of_a_file_are_found_each_once(name, text, found, charset):
    assert links_in_file(name, text.encode(charset)) == found


@given(st.sampled_from(["a.html", "a.csv", "a.txt"]), st.binary(max_size=200))
def test_any_bytes_are_read(name, data):
    links_in_file(name, data)
