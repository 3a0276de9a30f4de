"""Two printed values on the left; on the right whether, how and how gravely they contradict each other."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.evaluate import check, explain
from cunzhao.evaluate.contradictions import MAX_FINDINGS
from cunzhao.evaluate.intervals import interval
from cunzhao.extract.types import Fact, Span
from cunzhao.ledger import observations
from cunzhao.ledger.types import Observation

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "000.txt"
MAGNITUDE = {"": 1, "万": 10**4, "亿": 10**8}


def seen(
    printed: str, *, at: int = 0, snapshot: str = "s", comparator: str = "=", **fields: object
) -> Observation:
    """An observation as the ledger makes it of `501.3亿元`."""
    match = re.fullmatch(r"(-?[\d.]+)(万|亿|)(.*)", printed)
    assert match
    number, scale = Decimal(match[1]), MAGNITUDE[match[2]]
    decimals = len(match[1].partition(".")[2])
    given = {
        "indicator": "一般公共预算收入", "region": "绍兴市", "period": "2018", "measure": "level",
        "nature": "actual", "value_high": None, **fields,
    }  # fmt: skip
    return Observation(
        snapshot=snapshot, span=Span(at, at + len(printed), printed), label=str(given["indicator"]), unit=match[3],
        value=number * scale, step=Decimal(1).scaleb(-decimals) * scale, comparator=comparator, **given,
    )  # type: ignore[arg-type]  # fmt: skip


def found(*pair: Observation) -> list[tuple[str, str]]:
    return [(finding.type, finding.severity) for finding in check(pair)]


FAR = {"at": 500}  # elsewhere in the same document
OTHER = {"snapshot": "t"}

SLIPS = [
    (seen("5000亿元", comparator=">"), seen("501.3亿元", **FAR), "high"),
    (seen("501.3亿元"), seen("501.3万元", **OTHER), "high"),
    (seen("59049元"), seen("590490元", **OTHER), "high"),
    (seen("501.3亿元"), seen("5.01亿元", **OTHER), "high"),
    (seen("5400亿元", comparator="~"), seen("54亿元", **OTHER), "medium"),
    (seen("5000亿元", period=""), seen("500亿元", period="", **FAR), "low"),
]
REAL = [
    (seen("501.3亿元"), seen("513.0亿元", **OTHER), "medium"),
    (seen("501.3亿元"), seen("502.0亿元", **OTHER), "low"),
    (seen("501.3亿元"), seen("601.3亿元", **OTHER), "high"),
    (seen("501.3亿元"), seen("601.3亿元", **FAR), "high"),
    (seen("501.3亿元"), seen("601.3亿元", region="绍兴", **OTHER), "high"),
    (seen("501.3亿元", region=""), seen("601.3亿元", region="", **FAR), "medium"),
    (seen("601亿元", nature="target"), seen("501亿元", nature="target", **OTHER), "medium"),
    (seen("600亿元", comparator=">"), seen("501.3亿元", **OTHER), "high"),
    (seen("500亿元", comparator="<"), seen("501.3亿元", **OTHER), "low"),
    (seen("7.0%", measure="growth"), seen("8.1%", measure="growth", **OTHER), "high"),
    (seen("7.0%", measure="growth"), seen("7.5%", measure="growth", **OTHER), "medium"),
    (seen("0.8%", measure="growth"), seen("8.0%", measure="growth", **OTHER), "high"),
    (seen("3.2%", measure="growth"), seen("-3.2%", measure="growth", **OTHER), "high"),
]
NONE = {
    "rounded": (seen("501.3亿元"), seen("501亿元", **OTHER)),
    "the same in other units": (seen("5000万元"), seen("0.5亿元", **OTHER)),
    "above a bound": (seen("500亿元", comparator=">"), seen("501.3亿元", **OTHER)),
    "at the bound": (seen("500亿元", comparator=">"), seen("500亿元", **OTHER)),
    "two lower bounds": (seen("50亿元", comparator=">="), seen("10亿元", comparator=">=", **OTHER)),
    "about": (seen("520亿元", comparator="~"), seen("501.3亿元", **OTHER)),
    "in the range": (seen("490亿元", value_high=Decimal(510 * 10**8)), seen("501.3亿元", **OTHER)),
    "target against actual": (seen("600亿元", nature="target"), seen("501.3亿元", **OTHER)),
    "forecast": (seen("600亿元", nature="forecast"), seen("501.3亿元", **OTHER)),
    "another year": (seen("600亿元", period="2017"), seen("501.3亿元", **OTHER)),
    "another area": (seen("600亿元", region="嘉兴市"), seen("501.3亿元", **OTHER)),
    "a county of the same name": (seen("600亿元", region="绍兴县"), seen("501.3亿元", **OTHER)),
    "another measure": (seen("16.2%", measure="growth"), seen("9.3%", measure="share", **OTHER)),
    "another unit": (seen("600亿美元"), seen("501.3亿元", **OTHER)),
    "unknown period, other document": (seen("600亿元", period=""), seen("501.3亿元", period="", **OTHER)),
    "unknown period, no slip": (seen("600亿元", period=""), seen("501.3亿元", period="", **FAR)),
    "one period unknown": (seen("600亿元", period=""), seen("501.3亿元", **FAR)),
    "unknown area, other document": (seen("600亿元", region=""), seen("501.3亿元", region="", **OTHER)),
    "too general": (seen("600亿元", indicator="总投资"), seen("501.3亿元", indicator="总投资", **OTHER)),
    "neighbours in a sentence": (seen("59049元"), seen("33097元", at=8)),
}  # fmt: skip


@pytest.mark.parametrize(("a", "b", "severity"), SLIPS)
def test_a_ratio_near_a_power_of_ten_is_a_slip_of_units(a, b, severity):
    assert found(a, b) == [("unit-slip", severity)]


@pytest.mark.parametrize(("a", "b", "severity"), REAL)
def test_values_whose_printed_precisions_do_not_meet_contradict(a, b, severity):
    assert found(a, b) == [("real", severity)]


@pytest.mark.parametrize(("a", "b"), NONE.values(), ids=NONE)
def test_what_can_both_be_right_or_is_another_thing_is_no_finding(a, b):
    assert found(a, b) == []


def test_the_explanation_names_both_printed_values_their_difference_and_ratio():
    a, b = seen("5000亿元", comparator=">"), seen("501.3亿元", **FAR)
    (finding,) = check([a, b])

    assert finding.explanation == (
        "同一份材料中的“一般公共预算收入”（绍兴市，2018，实际值）一处为“超过5000亿元”，另一处为“501.3亿元”，"
        "至少相差4498.65亿元，前后相差约9.97倍，接近10倍，疑为数量级（单位）笔误。"
    )
    assert explain(finding, "zh") == finding.explanation
    assert explain(finding, "en") == (
        "The same document states “一般公共预算收入” (绍兴市, 2018, actual) as “over 5000亿元” and as “501.3亿元”: "
        "at least 449865000000 元 apart, a ratio of about 9.97, close to 10: probably a slip of magnitude or unit."
    )


def test_a_growth_rate_is_explained_in_points():
    (finding,) = check([seen("7.0%", measure="growth"), seen("-8.1%", measure="growth", **OTHER)])

    assert (
        "两份材料中的“一般公共预算收入”（绍兴市，2018，增速，实际值）一处为“7.0%”，另一处为“-8.1%”"
        in finding.explanation
    )
    assert "至少相差15个百分点" in finding.explanation


def test_a_fall_keeps_its_sign_which_the_quote_alone_does_not_show():
    fall = replace(seen("8.1%", measure="growth", **OTHER), value=Decimal("-8.1"))  # 下降8.1%

    (finding,) = check([seen("7.0%", measure="growth"), fall])

    assert "一处为“7.0%”，另一处为“-8.1%”" in finding.explanation


def test_copies_of_one_origin_make_one_finding():
    copies = [seen("501.3亿元", snapshot=f"copy{n}") for n in range(30)]

    (finding,) = check([*copies, seen("601.3亿元", snapshot="z")])

    assert (finding.a.snapshot, finding.b.snapshot) == ("copy0", "z")


def test_places_of_one_document_are_shown_before_those_of_two():
    got = check(
        [
            seen("501.3亿元", snapshot="a"),
            seen("501.3亿元", snapshot="z"),
            seen("601.3亿元", snapshot="z", **FAR),
        ]
    )

    assert [(f.a.snapshot, f.b.snapshot) for f in got] == [("z", "z")]


def test_a_thousand_values_of_one_key_give_a_bounded_list():
    crowd = [seen(f"{n}亿元", snapshot=f"s{n}") for n in range(1, 1001)]

    assert len(check(crowd)) == MAX_FINDINGS


def test_findings_of_hostile_numbers_are_still_explained():
    huge = replace(seen("1亿元"), value=Decimal("1E+300"), snapshot="t")
    tiny = replace(seen("1亿元"), value=Decimal("1E-6"), step=Decimal("1E-6"), snapshot="u")

    assert len(check([seen("1亿元"), huge, tiny])) == 3


PRINTED = st.builds(
    lambda digits, decimals, magnitude: f"{Decimal(digits).scaleb(-decimals):f}{magnitude}元",
    st.integers(1, 99_999), st.integers(0, 2), st.sampled_from(["", "万", "亿"]),
)  # fmt: skip
OBSERVATIONS = st.lists(
    st.builds(
        seen,
        st.one_of(st.sampled_from(["501.3亿元", "5000亿元", "501亿元", "500万元"]), PRINTED),
        at=st.integers(0, 200),
        snapshot=st.sampled_from(["s", "t", "u"]),
        comparator=st.sampled_from(["=", "~", ">", ">=", "<", "<="]),
        region=st.sampled_from(["绍兴市", "绍兴", ""]),
        period=st.sampled_from(["2018", ""]),
        nature=st.sampled_from(["actual", "target", "forecast"]),
    ),
    max_size=12,
)


@given(OBSERVATIONS, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(given_ones, rng: random.Random):
    shuffled = rng.sample(given_ones, len(given_ones))

    assert check(shuffled) == check(given_ones)
    assert check([*given_ones, *given_ones]) == check(given_ones)


@given(OBSERVATIONS)
def test_every_finding_is_of_one_thing_whose_intervals_do_not_meet(given_ones):
    for finding in check(given_ones):
        a, b = finding.a, finding.b
        assert not interval(a).meets(interval(b))
        assert (a.indicator, a.period, a.measure, a.unit, a.nature) == (
            b.indicator,
            b.period,
            b.measure,
            b.unit,
            b.nature,
        )
        assert a.nature != "forecast"
        assert (a.period and a.region) or a.snapshot == b.snapshot
        assert a.span.quote in finding.explanation
        assert b.span.quote in finding.explanation


@given(st.lists(PRINTED, max_size=5, unique=True))
def test_every_pair_of_values_that_do_not_meet_is_found_once(values):
    ones = [seen(value, snapshot=f"s{n}") for n, value in enumerate(values)]
    apart = {
        frozenset((a.snapshot, b.snapshot)) for a in ones for b in ones if not interval(a).meets(interval(b))
    }
    different = {(interval(o).low, interval(o).high) for o in ones}

    got = [frozenset((f.a.snapshot, f.b.snapshot)) for f in check(ones)]

    assert len(got) == len(set(got))
    assert set(got) <= apart
    if len(different) == len(ones):
        assert set(got) == apart


@given(
    PRINTED,
    st.sampled_from(["=", "~", ">", ">=", "<", "<="]),
    st.sampled_from(["=", "~", ">", ">=", "<", "<="]),
)
def test_equal_printed_values_never_contradict(printed, one, other):
    assert check([seen(printed, comparator=one), seen(printed, comparator=other, **OTHER)]) == []


@pytest.mark.skipif(not SEED.is_file(), reason="needs the shared seeds")
def test_the_seed_that_states_a_tenfold_budget_is_found_with_both_places():
    text = SEED.read_text("utf-8")

    def fact(quote: str, value: int, comparator: str) -> Fact:
        start = text.index(quote)
        fields = {"value": value, "unit": "元", "indicator": "一般公共预算收入", "comparator": comparator,
                  "region": "绍兴市", "period": "2018", "measure": "level", "nature": "actual"}  # fmt: skip
        span = Span.of(text, start, start + len(quote))
        return Fact(kind="figure", span=span, fields=fields, extractor="figure", version="1")

    facts = [fact("5000亿元", 500000000000, ">"), fact("501.3亿元", 50130000000, "=")]

    (finding,) = check(observations("000", facts))

    assert (finding.type, finding.severity) == ("unit-slip", "high")
    assert [text[o.span.start : o.span.end] for o in (finding.a, finding.b)] == ["5000亿元", "501.3亿元"]
