"""Names that users give come out in one form."""

import pytest

from cunzhao.organize.names import check_title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (" 长三角　一体化（2025）：绍兴 ", "长三角 一体化（2025）：绍兴"),
        ("Ｇ６０科创走廊", "G60科创走廊"),
        ("怎么办？！", "怎么办？！"),
    ],
)
def test_a_title_keeps_the_marks_of_chinese_and_no_other_width(typed, title):
    assert check_title(typed) == title
