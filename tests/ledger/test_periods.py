"""Reference periods in words."""

import pytest

from cunzhao.ledger.types import period_in_words


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("2018", "2018年"), ("2018-11", "2018年11月"), ("2019-01-19", "2019年1月19日"), ("2017-Q1", "2017年一季度"),
        ("2016-01/2016-09", "2016年1—9月"), ("2016-Q1/2016-Q3", "2016年一至三季度"), ("2016/2020", "2016—2020年"),
        ("..2017-03", "截至2017年3月"), ("2018-11/2019-02", "2018年11月—2019年2月"), ("十三五", "十三五"), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_periods_are_said_in_words(code, shown):
    assert period_in_words(code) == shown
