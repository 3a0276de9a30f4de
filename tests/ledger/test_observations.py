"""Figures as printed on the left, observations on the right."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.extract.types import Fact, Span
from cunzhao.ledger import observations
from cunzhao.ledger.naming import indicator_name, lexicon
from cunzhao.ledger.observations import Places
from cunzhao.ledger.types import Observation
from cunzhao.ledger.units import base_unit

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


def figure(quote: str, value: Any, start: int = 0, **fields: Any) -> Fact:
    fields = {"indicator": "GDP", "unit": "元", "region": "绍兴市", "period": "2018", **fields}
    span = Span(start, start + len(quote), quote)
    return Fact(kind="figure", span=span, fields={"value": value, **fields}, extractor="figure", version="1")


def observed(quote: str, value: Any, **fields: Any) -> Observation:
    (observation,) = observations("s", [figure(quote, value, **fields)])
    return observation


def test_a_figure_becomes_an_observation_with_its_place():
    fact = figure(
        "501.3亿元",
        50130000000,
        start=8,
        indicator="全市一般公共预算收入",
        measure="level",
        nature="actual",
        comparator="=",
    )

    assert observations("s1", [fact]) == [
        Observation(
            snapshot="s1", span=Span(8, 15, "501.3亿元"), indicator="一般公共预算收入", label="全市一般公共预算收入",
            region="绍兴市", period="2018", measure="level", nature="actual", comparator="=",
            value=Decimal(50130000000), value_high=None, unit="元", step=Decimal(10000000),
            days="2018-01-01/2018-12-31",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GDP", "地区生产总值"),
        ("ＧＤＰ", "地区生产总值"),
        ("生产总值", "地区生产总值"),
        ("地区生产总值（GDP）", "地区生产总值"),
        ("2009年全市GDP", "地区生产总值"),
        ("上半年全市实现地区生产总值", "地区生产总值"),
        ("绍兴市GDP", "地区生产总值"),
        ("绍兴一般公共预算收入", "一般公共预算收入"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("规上工业增加值增速", "规模以上工业增加值"),
        ("R&D经费", "研发经费"),
        ("R＆D 经费支出", "研发经费"),
        ("人口自然增长率", "人口自然增长率"),
        ("城镇常住居民人均可支配收入", "城镇居民人均可支配收入"),
        ("人均GDP", "人均地区生产总值"),
        ("1-6月固定资产投资", "固定资产投资"),
        ("各类人才数量", "人才总量"),
        ("年接待游客数", "接待游客"),
        ("轨道交通里程数", "轨道交通运营里程"),
        ("高新技术企业总数", "高新技术企业数"),
        ("货物出口量", "货物出口量"),
        ("年", "年"),
        ("数量", "数量"),
        ("培训补贴总额", "培训补贴总额"),
        ("全市培训补贴总额达到", "培训补贴总额"),
        ("绍兴到丽水的公路", "绍兴到丽水的公路"),
        ("共享单车", "共享单车"),
        ("年均降水量", "年均降水量"),
        ("水资源节约", "水资源节约"),
    ],
)
def test_an_indicator_has_one_name(label, name):
    assert indicator_name(label, "绍兴市") == name


def test_indicators_that_differ_keep_different_names():
    names = [
        "财政总收入",
        "一般公共预算收入",
        "一般公共预算支出",
        "人均GDP",
        "GDP",
        "研发经费",
        "研发投入强度",
        "规上工业总产值",
        "工业总产值",
    ]

    assert len({indicator_name(name) for name in names}) == len(names)


def test_no_alias_in_the_lexicon_names_two_indicators():
    subjects = json.loads(files("cunzhao.ledger").joinpath("indicators.json").read_text("utf-8"))["subjects"]
    tree = {name: aliases for indicators in subjects.values() for name, aliases in indicators.items()}
    names = [name for indicator, aliases in tree.items() for name in {indicator, *aliases}]

    assert len(tree) >= 400 and len(names) >= 1000
    assert len(tree) == sum(map(len, subjects.values()))
    assert sorted(names) == sorted(set(names))
    assert set(lexicon().names.values()) == set(tree)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "expected", "base", "step"),
    [
        ("501.3亿元", 50130000000, "元", "50130000000", "元", "10000000"),
        ("5000亿元", 500000000000, "元", "500000000000", "元", "100000000"),
        ("1,216.4亿元", 121640000000, "元", "121640000000", "元", "10000000"),
        ("１，１４７.6万元", 11476000, "元", "11476000", "元", "1000"),
        ("57万个", 570000, "个", "570000", "个", "10000"),
        ("4500余家", 4500, "家", "4500", "家", "1"),
        ("10个亿", 1000000000, "元", "1000000000", "元", "100000000"),
        ("16.2%", 16.2, "%", "16.2", "%", "0.1"),
        ("16.20%", 16.2, "%", "16.20", "%", "0.01"),
        ("3.2%", -3.2, "%", "-3.2", "%", "0.1"),
        ("0", 0, "起", "0", "起", "1"),
        ("600公顷", 600, "公顷", "6000000", "平方米", "10000"),
        ("600平方公里", 600, "平方公里", "600000000", "平方米", "1000000"),
        ("800亩", 800, "亩", "533333.333333", "平方米", "666.666667"),
        ("150亩", 150, "亩", "100000", "平方米", "666.666667"),
        ("15万亩", 150000, "亩", "100000000", "平方米", "6666666.666667"),
        ("20千米", 20, "千米", "20000", "米", "1000"),
        ("3斤", 3, "斤", "0.0015", "吨", "0.0005"),
        ("2.5兆瓦", 2.5, "兆瓦", "2500", "千瓦", "100"),
        ("5万千瓦时", 50000, "千瓦时", "50000", "千瓦时", "10000"),
        ("1/4", 0.25, None, "0.25", "", "0"),
        ("1/3", 0.3333333333, None, "0.333333", "", "0"),
    ],
)
def test_values_are_exact_in_the_base_unit_with_their_printed_precision(
    quote, value, unit, expected, base, step
):
    got = observed(quote, value, unit=unit)

    assert (got.value, got.unit, got.step) == (Decimal(expected), base, Decimal(step))


def test_what_the_extractor_says_was_printed_wins_over_the_quote():
    got = observed("二五〇点三亿", 25030000000, printed="250.3", magnitude=100000000)

    assert (got.value, got.step) == (Decimal(25030000000), Decimal(10000000))


def test_a_range_keeps_both_ends():
    got = observed("3～5公顷", 3, value_high=5, unit="公顷")

    assert (got.value, got.value_high, got.step) == (Decimal(30000), Decimal(50000), Decimal(10000))


def test_a_rate_is_part_of_the_unit():
    assert observed("43次", 43, unit="次", per="天").unit == "次/天"
    assert base_unit("元", None) == ("元", 1)


def test_a_gazetteer_may_be_handed_in():
    (got,) = observations(
        "s", [figure("7亿元", 7e8, region="绍兴")], places=Places(name=lambda name: f"{name}市")
    )

    assert got.region == "绍兴市"


@pytest.mark.parametrize("fields", [{"indicator": None}, {"indicator": "  "}, {"value": None}, {"value": "abc"},
                                    {"value": float("nan")}, {"value": float("inf")}, {"value": True}])  # fmt: skip
def test_a_figure_without_indicator_or_value_gives_no_observation(fields):
    good = figure("1元", 1, start=5)
    bad = Fact(
        kind="figure", span=Span(0, 2, "1元"), fields={**good.fields, **fields}, extractor="f", version="1"
    )

    assert [o.span.start for o in observations("s", [bad, good])] == [5]


def test_other_kinds_of_facts_give_no_observation():
    person = Fact(
        kind="person",
        span=Span(0, 2, "张三"),
        fields={"name": "张三", "position": "市长"},
        extractor="p",
        version="1",
    )

    assert observations("s", [person]) == []


@given(
    st.integers(1, 99_999),
    st.integers(0, 3),
    st.sampled_from([("", 0), ("万", 4), ("亿", 8), ("万亿", 12)]),
    st.booleans(),
)
def test_value_and_step_come_back_exactly_from_what_was_printed(digits, decimals, magnitude, falls):
    number = Decimal(digits).scaleb(-decimals)
    word, power = magnitude
    value = float(number) * 10.0**power * (-1 if falls else 1)  # 1.1亿 -> 110000000.00000001

    got = observed(f"{number}{word}元", value)

    assert got.value == number.scaleb(power) * (-1 if falls else 1)
    assert got.step == Decimal(1).scaleb(power - decimals)


@given(st.text("2018年1-6月全市实现GDP的()（）同比增长目标绍兴 《》", max_size=20))
def test_naming_always_ends_and_is_stable(label):
    name = indicator_name(label, "绍兴市")

    assert indicator_name(name, "绍兴市") == name


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs the shared gold files")
def test_every_gold_figure_with_an_indicator_becomes_an_observation():
    for path in sorted(GOLD.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        facts = [
            Fact(
                kind="figure",
                span=Span(r["start"], r["end"], r["quote"]),
                fields=r,
                extractor="gold",
                version="1",
            )
            for r in rows
            if r["kind"] == "figure"
        ]
        made = observations("s", facts)
        assert len(made) == sum(bool(f.fields["indicator"]) for f in facts)
        assert all(o.step > 0 or "/" in o.span.quote for o in made)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"region": "上虞市", "region_codes": ["330682"]}, {"region": "上虞区", "region_codes": ["330604"]}),
        ({"region": "绍兴", "region_codes": ["330600"]}, {"region": "绍兴市", "region_codes": ["330600"]}),
        ({"region": "绍兴"}, {"region": "绍兴市"}),  # entered by a user: the fact has no code
        ({"period": "2018-Q1/2018-Q3"}, {"period": "2018-01/2018-09"}),
        ({"period": "2018"}, {"period": "2018-01/2018-12"}),
        ({"unit": "户"}, {"unit": "家"}),
        ({"unit": "亩"}, {"unit": "公顷"}),
        ({"unit": "吨"}, {"unit": "公斤"}),
    ],
)
def test_what_is_the_same_has_one_key_however_it_is_written(one, other):
    places = Places(
        codes=lambda region: {"绍兴": ["330600"], "绍兴市": ["330600"]}.get(region, []),
        current=lambda code: {"330682": "330604"}.get(code, code),
    )
    (a,) = observations("s", [figure("7", 7, **one)], places=places)
    (b,) = observations("s", [figure("7", 7, **other)], places=places)

    assert a.key == b.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"region": "绍兴市"}, {"region": "绍兴县"}),
        ({"period": "2018"}, {"period": "..2018-12"}),
        ({"period": "2018-Q1"}, {"period": "2018-01"}),
        ({"unit": "吨"}, {"unit": "吨标准煤"}),
        ({"unit": "元"}, {"unit": "美元"}),
        ({"measure": "growth"}, {"measure": "level"}),
    ],
)
def test_what_differs_keeps_another_key(one, other):
    assert observed("7", 7, **one).key != observed("7", 7, **other).key


def test_a_group_of_areas_is_its_members_in_any_order():
    (a,) = observations("s", [figure("7", 7, region="沪杭", region_codes=["310000", "330100"])])
    (b,) = observations("s", [figure("7", 7, region="杭沪", region_codes=["330100", "310000"])])

    assert a.area == b.area == "310000+330100"


@pytest.mark.parametrize("value", [1e300, "1e999999999", "1e-999999999"])
def test_a_value_beyond_all_measure_gives_no_observation(value):
    assert observations("s", [figure("1", value, printed="x")]) == []


def test_users_names_go_before_the_lexicon_and_bring_what_was_called_so_before():
    words = lexicon().with_aliases(
        {"税务部门组织收入": "税收收入", "GDP": "经济规模", "村集体总收入": "村集体经济收入"}
    )

    assert indicator_name("全市税务部门组织收入", words=words) == "税收收入"
    assert indicator_name("2018年地区生产总值", words=words) == "地区生产总值"
    assert indicator_name("GDP", words=words) == "经济规模"
    assert indicator_name("村集体总收入", words=words) == "村集体经济收入"
    assert indicator_name("村集体经济收入", words=words) == "村集体经济收入"


def test_an_indicator_merged_into_another_takes_its_other_names_along():
    words = lexicon().with_aliases({"地区生产总值": "经济总规模"})

    assert {indicator_name(name, words=words) for name in ("GDP", "生产总值", "地区生产总值")} == {
        "经济总规模"
    }


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.sampled_from("甲乙丙丁戊")))
def test_aliases_that_go_round_in_a_circle_end_and_lead_to_one_of_them(aliases):
    words = lexicon().with_aliases(aliases)

    for name in "甲乙丙丁戊":
        assert indicator_name(name, words=words) in "甲乙丙丁戊"


def test_without_users_names_the_lexicon_is_what_it_was():
    assert lexicon().with_aliases({}).names == lexicon().names
