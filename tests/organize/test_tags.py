"""Tags come out in one form, and wrong ones are refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.errors import UsageWrong
from cunzhao.organize.tags import MAX_TAG, check_tag, fitting_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("  长三角 ", "长三角"),
        ("ＡＢＣ", "ABC"),
        ("长三角/交通", "长三角/交通"),
        ("G60　走廊", "G60 走廊"),
        ("长" * 60, "长" * 60),
    ],
)
def test_a_tag_is_trimmed_and_its_width_normalised(typed, tag):
    assert check_tag(typed) == tag


@pytest.mark.parametrize(
    ("typed", "zh"),
    [
        ("", "标签是空的"),
        ("　 ", "标签是空的"),
        ("长" * 61, "最多 60 个字"),
        ("a\x00b", "控制字符"),
        ("a\u202eb", "控制字符"),
        ("\ud800", "控制字符"),
        ("甲，乙", "不能有逗号"),
        ("甲、乙", "不能有逗号"),
    ],
)
def test_a_wrong_tag_is_refused_with_its_reason_in_both_languages(typed, zh):
    with pytest.raises(UsageWrong) as caught:
        check_tag(typed)

    assert zh in caught.value.text("zh")
    assert "tag" in caught.value.message("en")
    caught.value.text("zh").encode()  # can be printed


def test_a_tag_that_was_kept_before_may_hold_what_parts_tags():
    assert check_tag("甲,乙", kept=True) == "甲,乙"


@given(st.text(max_size=80))
def test_a_checked_tag_is_its_own_check(typed):
    try:
        tag = check_tag(typed)
    except UsageWrong:
        return
    assert check_tag(tag) == tag
    assert 0 < len(tag) <= MAX_TAG


@pytest.mark.parametrize(
    ("folder", "tag"),
    [
        ("领域/交通", "领域/交通"),
        (" 待读，2019\u202e ", "待读 2019"),
        (f"领域/{'长' * MAX_TAG}/交通", "领域"),
        ("/\u200b/", ""),
    ],
)
def test_a_folder_gives_the_tag_nearest_to_its_name(folder, tag):
    assert fitting_tag(folder) == tag


@given(st.text(max_size=200))
def test_what_a_folder_gives_is_a_tag(folder):
    tag = fitting_tag(folder)
    assert not tag or check_tag(tag) == tag
