"""Filters as an address has them: what is allowed, and clear words for what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.errors import UsageWrong
from cunzhao.organize.filters import Filters, read_filters, read_sort


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2019", "2019", (20190101, 20191231)),
        ("2019-02", "2020-02", (20190201, 20200229)),
        ("2019-01-21", "", (20190121, None)),
        ("2019年1月", "2019/12/31", (20190101, 20191231)),
    ],
)
def test_a_day_may_be_a_month_or_a_year(since, until, days):
    read = read_filters({"from": [since], "to": [until]})

    assert (read.since, read.until) == days


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"from": ["abc"]}, "from=abc"),
        ({"to": ["2019-13"]}, "to=2019-13"),
        ({"from": ["2020"], "to": ["2019"]}, "from=2020-01-01&to=2019-12-31"),
        ({"verdict": ["fine"]}, "verdict=fine"),
        ({"has": ["numbers"]}, "has=numbers"),
        ({"tag": ["长" * 300]}, "tag="),
        ({"source": [str(n) for n in range(30)]}, "source="),
    ],
)
def test_a_wrong_filter_is_named_with_its_mend(given_, told):
    with pytest.raises(UsageWrong) as error:
        read_filters(given_)

    assert told in error.value.text("zh")
    assert error.value.mend("zh") and error.value.mend("en")


def test_empty_values_do_not_filter():
    assert read_filters({"tag": ["", " "], "from": [""], "verdict": []}) == Filters()
    assert read_sort("") == "relevance"
    with pytest.raises(UsageWrong):
        read_sort("size")


@given(st.dictionaries(st.sampled_from(["tag", "area", "from", "to", "verdict", "has"]), st.lists(st.text())))
def test_any_address_is_read_or_refused_in_words(narrow):
    try:
        read_filters(narrow)
    except UsageWrong as error:
        error.text("zh").encode("utf-8", "replace")
