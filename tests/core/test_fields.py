"""What a person may type into the fields of a fact, and what is said of what will not do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.core.corrections.fields import FIELDS, filled, typed
from cunzhao.core.corrections.typed import Wrong, day, number, period
from cunzhao.errors import FieldsWrong


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("351.8亿", 35_180_000_000), ("57万", 570_000), ("1,286", 1286), ("-1.4", -1.4), ("１２．５", 12.5),
        ("5万亿", 5_000_000_000_000), (".5", 0.5), ("3000万", 30_000_000), ("0", 0),
    ],
)  # fmt: skip
def test_numbers_are_taken_as_they_are_printed(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["很多", "", "-", "1.2.3", "12%", "1e5", "NaN", "9" * 40])
def test_what_is_no_number_is_told(text: str) -> None:
    assert isinstance(number(text), Wrong)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018", "2018"), ("2018年", "2018"), ("2018年11月", "2018-11"), ("2018-Q1", "2018-Q1"),
        ("2018年一季度", "2018-Q1"), ("2018年前三季度", "2018-Q1/2018-Q3"), ("2018年上半年", "2018-01/2018-06"),
        ("2018年1—9月", "2018-01/2018-09"), ("2016—2020年", "2016/2020"), ("截至2017年3月底", "..2017-03"),
        ("..2017-03", "..2017-03"), ("2019年1月19日", "2019-01-19"), ("2018/3/5", "2018-03-05"),
    ],
)  # fmt: skip
def test_periods_are_taken_in_the_guide_s_form_and_in_words(text: str, value: str) -> None:
    assert period(text) == value


@pytest.mark.parametrize(
    "text",
    ["去年", "2018-13", "2018-02-40", "2018-02-31", "0000", "..0000", "٢٠١٨", "18年", "2020/2016", "2018-Q5"],
)
def test_what_is_no_period_is_told(text: str) -> None:
    assert isinstance(period(text), Wrong)


def test_a_day_is_no_quarter() -> None:
    assert day("2018年11月3日") == "2018-11-03"
    assert all(isinstance(day(text), Wrong) for text in ("2018-Q1", "2018-02-31", "0000", "٢٠١٨"))


@pytest.mark.parametrize("sign", ["\0", "\x85", "\ud800"])
def test_a_character_that_cannot_be_kept_is_told(sign: str) -> None:
    with pytest.raises(FieldsWrong, match="control characters"):
        filled("person", {"name": f"王{sign}明", "position": "市长"})


def test_every_wrong_field_is_named_with_its_reason() -> None:
    with pytest.raises(FieldsWrong) as caught:
        filled("figure", {"value": "", "period": "去年", "nature": "也许"})
    assert caught.value.values["fields"] == {
        "value": "不能为空",
        "period": "看不懂时期“去年”，请写成 2018、2018-11、2018-Q1 或 2016/2020",
        "nature": "请在下列之中选择：实际、目标、预测",
    }
    assert "数值：不能为空" in caught.value.text("zh") and "value: is needed" in caught.value.text("en")


def test_the_upper_end_lies_above_the_value() -> None:
    assert filled("figure", {"value": "3", "value_high": "5"})["value_high"] == 5
    with pytest.raises(FieldsWrong, match="above the value"):
        filled("figure", {"value": "5", "value_high": "3"})


def test_what_is_left_empty_is_what_nothing_said_means() -> None:
    figure = filled("figure", {"value": "1"})
    assert (figure["comparator"], figure["measure"], figure["nature"]) == ("=", "level", "actual")
    assert figure["region"] is None and figure["period"] is None
    project = filled("project", {"name": "某工程", "parties": "甲公司、乙公司，甲公司"})
    assert project["parties"] == ["甲公司", "乙公司"] and project["stage"] is None


@given(st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9).map(lambda x: round(x, 4)))
def test_a_number_shown_in_a_form_comes_back_the_same(value: float) -> None:
    [field] = [field for field in FIELDS["figure"] if field.name == "value"]
    assert number(typed(field, value)) == value


@settings(max_examples=50)
@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40), st.data())
def test_whatever_is_typed_is_a_value_or_told(kind: str, text: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([field.name for field in FIELDS[kind]]))
    try:
        values = filled(kind, {name: text})  # type: ignore[arg-type]
    except FieldsWrong as error:
        assert error.values["fields"] and error.text("zh")
    else:
        again = {f.name: typed(f, values[f.name]) for f in FIELDS[kind]}
        assert filled(kind, again) == values  # type: ignore[arg-type]
