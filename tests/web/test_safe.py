"""What archived titles and addresses may not do to our own pages."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.web.showing.safe import (
    attachment,
    defused,
    file_name,
    host_of,
    join_tags,
    local_path,
    plain,
    split_tags,
    visible,
    web_address,
)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("关于\u202e告公\u202c的通知", "关于告公的通知"),
        ("通\x00知\x1b[31m", "通知[31m"),
        ("零\u200b宽\ufeff", "零宽"),
        ("两行\r\n标题\t甲", "两行 标题 甲"),
    ],
)
def test_hidden_characters_are_taken_out_of_titles(title, shown):
    assert plain(title) == shown


@given(st.text())
def test_hidden_characters_are_shown_in_texts_one_for_one(text):
    assert len(visible(text)) == len(text)
    assert "\u202e" not in visible(text)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd",
     "//evil.example", "http://", "http:javascript", "vbscript:x", "http://[::1", ""],
)  # fmt: skip
def test_what_is_no_web_address_never_becomes_a_link(url):
    assert web_address(url) is None
    assert host_of(url) is None


def test_the_host_is_shown_without_user_names():
    assert host_of("https://www.gov.cn@evil.example:8080/x") == "evil.example:8080"


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "", "a"]
)
def test_forms_return_to_our_own_pages_only(back):
    assert local_path(back) == "/"


def test_forms_return_to_the_list_as_it_was():
    assert local_path("/?tag=%E7%BB%8F%E6%B5%8E&cursor=6") == "/?tag=%E7%BB%8F%E6%B5%8E&cursor=6"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("公告：“标题”\r\nSet-Cookie: a=b.html", "公告：“标题”_Set-Cookie_a=b.html"),
        ("CON.html", "_CON.html"),
        ("\u202e\u200b", "download"),
    ],
)
def test_file_names_are_one_harmless_name(title, name):
    assert file_name(title) == name


def test_a_chinese_name_has_a_plain_one_beside_it():
    assert attachment("简报.docx") == (
        "attachment; filename=\"download.docx\"; filename*=UTF-8''%E7%AE%80%E6%8A%A5.docx"
    )


@given(st.text())
def test_a_download_header_is_one_line_of_ascii_and_carries_the_name(title):
    header = attachment(title)
    assert header.isascii() and "\r" not in header and "\n" not in header
    assert unquote(header.partition("filename*=UTF-8''")[2], errors="strict") == file_name(title)


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'=1"), ("-cmd", "'-cmd"), ("-2.3", "-2.3"), ("增长", "增长")],
)  # fmt: skip
def test_csv_cells_are_no_formulas(cell, written):
    assert defused(cell) == written


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("长三角，行动计划", ("长三角", "行动计划")),
        ("长三角 行动计划", ("长三角", "行动计划")),
        ("Action Plan, 绍兴、绍兴", ("Action Plan", "绍兴")),
        ("  ", ()),
    ],
)
def test_tags_are_parted_as_people_type_them(typed, tags):
    assert split_tags(typed) == tags


@given(st.lists(st.text(alphabet="长三角ab ", min_size=1).map(plain).filter(bool), unique=True))
def test_tags_written_into_the_box_come_back_the_same(tags):
    assert split_tags(join_tags(tuple(tags))) == tuple(tags)
