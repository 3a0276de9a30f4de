"""A period as the guide writes it on the left, its days on the right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.ledger.periods import days_of, period_in_words


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2018", "2018-01-01/2018-12-31"),
        ("2018-02", "2018-02-01/2018-02-28"),
        ("2020-02", "2020-02-01/2020-02-29"),
        ("2019-01-19", "2019-01-19/2019-01-19"),
        ("2017-Q1", "2017-01-01/2017-03-31"),
        ("2016-Q1/2016-Q3", "2016-01-01/2016-09-30"),
        ("2016-01/2016-09", "2016-01-01/2016-09-30"),
        ("2016/2020", "2016-01-01/2020-12-31"),
        ("..2017-03", "../2017-03-31"),
        ("..2017", "../2017-12-31"),
    ],
)
def test_a_period_is_its_days_both_ends_in_it(period, days):
    assert str(days_of(period)) == days


@pytest.mark.parametrize(
    "period", [None, "", "去年", "2018-13", "2019-02-30", "2020/2016", "2018-Q5", "..", "/", "2018/"]
)
def test_what_is_no_period_has_no_days(period):
    assert days_of(period) is None


def test_a_part_of_a_year_lies_in_it_and_until_means_from_ever():
    year, part, until = days_of("2018"), days_of("2018-Q2"), days_of("..2018-03")
    assert year and part and until
    assert year.holds(part) and not part.holds(year)
    assert year.meets(until) and not part.meets(until)
    assert until.holds(days_of("2010") or until) and not year.holds(until)


@given(st.text("0123456789-Q/.", max_size=20))
def test_any_text_is_taken(text):
    days = days_of(text)
    assert days is None or days.first is None or days.first <= days.last
    assert isinstance(period_in_words(text), str)
