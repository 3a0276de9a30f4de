"""Codes and numbers in an analyst's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.collect import choice
from cunzhao.collect.types import RenditionKind, Role, Verdict
from cunzhao.core.values.jobs import JobState
from cunzhao.errors import CunzhaoError, FetchError
from cunzhao.evaluate.types import FindingType, Severity
from cunzhao.extract.types import Comparator, Kind, Measure, Nature
from cunzhao.web.showing import words


@pytest.mark.parametrize(
    ("value", "unit", "high", "shown"),
    [
        (35_180_000_000, "元", None, "351.8亿元"),
        (570_000, "个", None, "57万个"),
        (6_800, "户", None, "6,800户"),
        (12_345, "人", None, "12,345人"),
        (16.2, "%", None, "16.2%"),
        (10, "%", 12, "10–12%"),
        (9_000, "人", 20_000, "9,000–2万人"),
        (-2.3, "%", None, "-2.3%"),
        (0.25, None, None, "0.25"),
        (100, "", None, "100"),
    ],
)
def test_amounts_are_written_as_people_read_them(value, unit, high, shown):
    assert words.amount(value, unit, high) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_scaling_for_reading_never_rounds(value):
    scaled, magnitude = words.number(value)
    assert scaled * {"": 1, "万": 10**4, "亿": 10**8}[magnitude] == value
    shown = words.amount(value).replace(",", "").rstrip("万亿")
    assert Decimal(shown) == scaled


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"value": 62_000_000_000, "unit": "元", "comparator": ">"}, "超620亿元"),
        ({"value": -1.4, "unit": "%", "measure": "growth"}, "下降1.4%"),
        ({"value": 15, "unit": "%", "measure": "growth", "comparator": ">="}, "增长不低于15%"),
        ({"value": 300, "unit": "元", "comparator": "~", "per": "天"}, "约300元/天"),
        ({"unit": "元"}, ""),
    ],
)
def test_a_figure_says_its_comparator_and_direction(fields, shown):
    assert words.figure_amount(fields) == shown


def test_times_are_beijing_time_and_utc_beside_it():
    late = datetime(2026, 11, 20, 17, 30, 5, tzinfo=UTC)
    assert (words.beijing(late), words.utc(late)) == ("2026-11-21 01:30", "2026-11-20 17:30:05 UTC")


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (Verdict, words.VERDICTS), (Verdict, words.VERDICT_HELP), (JobState, words.STATES), (Nature, words.NATURES),
        (Measure, words.MEASURES), (Comparator, words.COMPARATORS), (FindingType, words.FINDINGS),
        (Severity, words.SEVERITIES), (Kind, words.KINDS), (Role, words.ROLES),
    ],
)  # fmt: skip
def test_every_code_has_its_word(codes, table):
    assert set(get_args(codes)) <= set(table)


def kinds_of(kind: type[CunzhaoError]) -> Iterator[type[CunzhaoError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from kinds_of(below)


def test_every_reason_for_an_engine_and_every_way_a_fetch_fails_has_its_words():
    why = (*choice.REASONS, choice.ASKED, choice.STATIC)
    assert [code for code in why if words.engine_reason(code) == code] == []
    fails = {kind.code for kind in kinds_of(FetchError)} | {
        "script-drawn",
        "script-images",
        "late",
        "blocked",
    }
    assert [code for code in sorted(fails) if words.reason(code) == code] == []
    assert set(get_args(RenditionKind)) <= set(words.ROLES)


def test_a_reason_is_said_in_words_or_shown_as_it_is():
    assert (words.reason("status-404"), words.reason("timeout"), words.reason("new-code")) == (
        "网站返回 404",
        "超时",
        "new-code",
    )


@pytest.mark.parametrize(("count", "shown"), [(812, "812 B"), (31_402, "31.4 KB"), (2_000_000, "2.0 MB")])
def test_sizes_are_short(count, shown):
    assert words.size(count) == shown
