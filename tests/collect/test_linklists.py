"""Addresses are found in texts, tables and bookmarks; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect.linklists import Listed, links_in_file

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
    assert [one.url for one in links_in_file(name, text.encode(charset))] == found


def test_bookmarks_bring_their_titles_tags_notes_and_folders():
    """As browsers write them, and linkding (TAGS, DD); a folder of the browser's own is none of the user's."""
    text = """<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>书签</H1>
    <DL><p>
      <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">书签栏</H3>
      <DL><p>
        <DT><H3>领域</H3>
        <DL><p>
          <DT><H3>交通</H3>
          <DL><p><DT><A HREF="https://a.cn/1" ADD_DATE="1577808000">沪苏湖 铁路</A></DL><p>
          <DT><A HREF="https://a.cn/2" TAGS="长三角,行动 计划">二</A>
          <DD>先看第三节
        </DL><p>
        <DT><A HREF="https://a.cn/1">又一次</A>
      </DL><p>
      <DT><H3>待读</H3>
      <DL><p><DT><A HREF="https://a.cn/1">第三次</A></DL><p>
    </DL><p>"""
    assert links_in_file("书签.html", text.encode()) == [
        Listed(url="https://a.cn/1", title="沪苏湖 铁路", folders=("领域/交通", "待读")),
        Listed(
            url="https://a.cn/2",
            title="二",
            note="先看第三节",
            tags=("长三角", "行动 计划"),
            folders=("领域",),
        ),
    ]


def test_a_table_with_heads_brings_titles_tags_and_notes():
    text = 'title,url,folder,tags,note\n甲,https://a.cn/1,领域/交通,"长三角, 规划",见表\n乙,无,,丙,https://a.cn/2\n'
    assert links_in_file("a.csv", text.encode()) == [
        Listed(
            url="https://a.cn/1", title="甲", note="见表", tags=("长三角", "规划"), folders=("领域/交通",)
        ),
        Listed(url="https://a.cn/2"),
    ]


@given(st.sampled_from(["a.html", "a.csv", "a.txt"]), st.binary(max_size=200))
def test_any_bytes_are_read(name, data):
    links_in_file(name, data)
