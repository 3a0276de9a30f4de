"""Texts that are the same, wholly or in large part, and what a copy changed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.organize.alike import alike, candidates
from cunzhao.organize.changes import changes
from cunzhao.organize.fold import fold
from cunzhao.organize.reposts import groups, original
from cunzhao.organize.sketch import Sketch, sketches
from cunzhao.organize.types import Copy

PLACES = ["临江", "东湖", "青山", "南浦", "北渡", "西屏", "云和", "文成", "新塘", "龙泉", "海宁", "平阳"]
THINGS = [
    "高速公路",
    "产业园",
    "污水处理厂",
    "人民医院",
    "科技馆",
    "码头",
    "变电站",
    "实验学校",
    "水库",
    "体育中心",
]
DEEDS = ["开工建设", "竣工验收", "签约落户", "投入使用", "通过评审", "公开招标", "全面提速", "列入计划"]


def story(seed: int, sentences: int = 30) -> str:
    """A text of about 25 characters a sentence, different for each seed."""
    rng = random.Random(seed)

    def sentence() -> str:
        place, thing, deed = rng.choice(PLACES), rng.choice(THINGS), rng.choice(DEEDS)
        return f"{place}{rng.choice('第新老大小')}{thing}{deed}，总投资{rng.randint(11, 99_999) / 10}亿元，由{rng.choice(PLACES)}方面负责。"

    return "\n".join(sentence() for _ in range(sentences))


def pairs_of(*texts: str) -> list[tuple[int, int]]:
    return candidates(sketches(texts))


def test_a_copy_with_another_head_is_found_and_a_strange_text_is_not():
    text = story(1)
    copy = "东湖日报讯（记者 张三）" + text + "\n（责任编辑：李四）"
    assert (0, 2) in pairs_of(text, story(2), copy)
    likeness = alike(text, copy)
    assert likeness and likeness.same > 0.9 and likeness.held == 1.0
    assert alike(text, story(2)) is None


def test_half_of_a_text_is_found_in_the_whole():
    text = story(3)
    half = text[: len(text) // 2]
    assert pairs_of(text, half) == [(0, 1)]
    likeness = alike(half, text)
    assert likeness and likeness.same < 0.6 and likeness.held > 0.95


def test_of_two_hundred_copies_each_kind_is_found():
    """By-line added, an eighth left out, words edited, only half kept: among 2,000 other texts."""
    rng = random.Random(7)
    others = [story(seed) for seed in range(1000, 3000)]
    kinds = {
        "by-line": lambda t: "新华社记者王五报道：" + t,
        "cut": lambda t: t[: len(t) * 7 // 8],
        "edited": lambda t: "".join("某" if rng.random() < 0.01 else c for c in t),
        "half": lambda t: t[len(t) // 2 :],
    }
    for make in kinds.values():
        copies = [make(text) for text in others[:50]]
        found = set(candidates(sketches([*others, *copies])))
        assert sum((i, len(others) + i) in found for i in range(50)) >= 49
        assert sum(alike(others[i], copies[i]) is not None for i in range(50)) == 50


def test_last_months_report_is_not_this_months():
    def report(month: int, seed: int) -> str:
        rng = random.Random(seed)
        said = [
            f"{name}{rng.randint(100, 9999) / 10}亿元，同比增长{rng.randint(10, 99) / 10}%，增速比上月有所变化。"
            for name in (
                "规模以上工业增加值",
                "社会消费品零售总额",
                "固定资产投资",
                "一般公共预算收入",
                "外贸出口额",
            )
        ]
        return f"{month}月份全市经济运行情况。据市统计局发布，" + "".join(said) * 3

    assert alike(report(3, 1), report(3, 1) + "（来源：市统计局）") is not None
    assert alike(report(3, 1), report(4, 2)) is None


def test_only_pairs_with_something_new_are_asked_for():
    text = story(5)
    made = sketches([text, text + "（完）", text + "（转载）"])
    assert candidates(made, [False, False, True]) == [(0, 2), (1, 2)]
    assert candidates(made[:1]) == [] and candidates([]) == []


def test_groups_hang_together_by_pairs():
    assert groups([(3, 1), (5, 3), (8, 7)]) == [(1, 3, 5), (7, 8)]


def copy(date: str, source: str | None, text: str = "全文") -> Copy:
    return Copy(text=text, date=date, source=source)


def test_the_original_is_the_earliest_copy():
    found = original([copy("2019-01-22", None), copy("2019-01-21 09:03", "东湖日报"), copy("", "东湖日报")])
    assert (found.index, found.reasons, found.source) == (1, ("earliest", "attributed"), "东湖日报")


def test_on_one_day_it_is_the_one_that_the_others_name():
    found = original(
        [
            copy("2019-01-21", "临江网", "全文在此"),
            copy("2019-01-21", "《东湖日报》"),
            copy("2019-01-23", "来源：东湖日报"),
        ]
    )
    assert (found.index, found.reasons) == (1, ("attributed",))


def test_nothing_speaks_for_one_of_two_equal_copies():
    assert original([copy("", None), copy("", None)]).reasons == ()


def shown(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(c.kind, a[slice(*c.original)], b[slice(*c.copy)]) for c in changes(a, b)]


def test_what_a_copy_changed_is_told_by_words():
    text = "全市生产总值增长7.1%。财政收入501.3亿元。要加快建设。大家表示赞成。"
    again = "全市生产总值增长7.7%。要加快建设。\n大家表示赞成。（东湖网编辑）"
    assert shown(text, again) == [
        ("changed", "1", "7"),
        ("left-out", "财政收入501.3亿元。", ""),
        ("added", "", "（东湖网编辑）"),
    ]


def test_wraps_and_wide_marks_are_no_change():
    assert changes("增长7%，较快。二是稳。", "增长７％,较快。\n\n二是\n稳。") == []


def _unchanged(text: str, places: list[tuple[int, int]]) -> str:
    kept, at = "", 0
    for start, end in places:
        kept, at = kept + text[at:start], end
    return fold(kept + text[at:])


@given(st.lists(st.sampled_from(["一。", "二。", "三，", "四；", "五\n", "6月。"]), max_size=12), st.data())
def test_what_is_not_told_as_changed_is_the_same(pieces: list[str], data: st.DataObject):
    a = "".join(pieces)
    other = list(pieces)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(other)))
        other[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.lists(st.sampled_from(["甲。", "乙", "丙；"]))
        )
    b = "".join(other)
    found = changes(a, b)
    assert _unchanged(a, [c.original for c in found]) == _unchanged(b, [c.copy for c in found])


@given(st.text(max_size=300))
def test_a_sketch_comes_back_from_its_bytes(text: str):
    made = sketches([text])[0]
    again = Sketch.from_bytes(made.to_bytes())
    assert again.to_bytes() == made.to_bytes() and again.shingles == made.shingles


@pytest.mark.parametrize("text", ["", "。", "短", "\ud800"])
def test_a_text_that_says_next_to_nothing_has_a_sketch(text: str):
    assert sketches([text])[0].shingles == 1
