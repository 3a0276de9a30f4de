"""How titles sound: initials as people type them, and the order of a list."""

import pytest

from cunzhao.organize.pinyin import initials, sort_key


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("绍兴市统计公报", "sxstjgb"),
        ("重庆市重点项目", "cqszdxm"),
        ("长江三角洲市长会议", "cjsjzszhy"),
        ("银行行长", "yhhz"),
        ("长三角、长株潭与长治的长效机制", "csjcztyczdcxjz"),
        ("省长、厅长、秘书长谈增长与成长型企业", "sztzmsztzzyczxqy"),
        ("綠色發展（2021—2025年）", "lsfz20212025n"),
        ("G60科创走廊", "g60kczl"),
        ("", ""),
    ],
)
def test_initials_are_those_of_the_reading_that_the_phrase_wants(title, letters):
    assert initials(title) == letters


def test_titles_are_sorted_by_their_pinyin():
    titles = ["绍兴", "安徽", "重庆", "北京", "上海"]

    assert sorted(titles, key=sort_key) == ["安徽", "北京", "重庆", "上海", "绍兴"]
