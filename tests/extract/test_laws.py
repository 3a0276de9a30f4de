"""What holds for every text: places resolve, white space changes nothing, work stays linear."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from bench.extraction.documents import GOLD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.extract import EXTRACTED, extract
from cunzhao.extract.types import KINDS, Fact
from cunzhao.read.types import Block, Document, Heading, Place
from tests.costs import grows_linearly

KNOWN = (
    "绵阳市委副书记、市长方以宁表示，2011年绵阳市旅游总收入173.6亿元，增长6.4%；茶农和果农人均年收入"
    "18420元、15360元，分别增长5.2%和7.8%，到2015年力争引进项目70余个，PM2.5浓度控制在48微克/立方米以下。"
)
NEWS = "绵阳市与成都市签订战略合作协议，绵泸高铁项目开工建设，总投资120亿元。（来源：《绵阳日报》2012-1-17）"
PLAN = "1.发展旅游。加快建设游客中心，推进景区改造。责任单位：市文旅局、市发改委。完成时间：2012年12月底前。"
ALPHABET = st.sampled_from(
    list(
        "0123456789０９.,，、。；：（）《》“”%％/～—-+年月日元亿万个家人市省区的占增长下降约超过达到和与来源书记长李王"
        "签订协议项目开工建设責任單位億萬個\n\t \x00\x1f\u200b\u200f\u202e𠮷"
    )
)
UNSEEN = st.sampled_from(
    [
        " ",
        "\n",
        "\r\n\n",
        "\u3000",
        "\t",
        "\x00",
        "\x1b",
        "\u200b",
        "\u200f",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\ufe0f",
    ]
)


def one_paragraph(text: str) -> Document:
    blocks = (Block(kind="paragraph", start=0, end=len(text), place=Place()),) if text else ()
    return Document(text=text, blocks=blocks, published="2012-01-17")


def of_every_kind() -> Document:
    """A plan with headings, and what news tell."""
    title, chapter, item = "绵阳市旅游发展行动计划", "一、主要任务", PLAN.index("。")
    text = "\n".join([title, chapter, PLAN, KNOWN, NEWS])
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    blocks = tuple(
        Block(kind="paragraph" if n > 1 else "heading", start=a, end=b, place=Place())
        for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
    heads = [
        (1, None, title, 0, ends[0]),
        (2, "一", "主要任务", starts[1], ends[1]),
        (3, "1", "发展旅游", starts[2] + 2, starts[2] + item),
    ]
    outline = tuple(
        Heading(level=level, number=number, title=words, start=start, end=end, run_in=level == 3)
        for level, number, words, start, end in heads
    )
    return Document(text=text, blocks=blocks, title=title, outline=outline, published="2012-01-17")


def check_places(facts: list[Fact], text: str) -> None:
    """Every span, and that of every reason, quotes the text; a fact begins and ends with what can be seen."""
    for fact in facts:
        assert all(s.holds_in(text) for s in (fact.span, *(r.span for r in fact.why if r.span)))
        seen = fact.span.quote == fact.span.quote.strip()
        assert seen or fact.kind == "heading"  # its place is the reader's


def visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace() and not "\ufe00" <= c <= "\ufe0f")


def said(text: str) -> list[dict]:
    """The facts without their places, quotes without what cannot be seen."""
    facts = [f.to_json() for f in extract(one_paragraph(text))]
    return [
        {k: visible(v) if k == "quote" else v for k, v in f.items() if k not in ("start", "end", "why")}
        for f in facts
    ]


def linear(text_of: Callable[[int], str], small: int, large: int) -> bool:
    """Whether facts of texts of these lengths cost as their lengths."""
    documents = {size: one_paragraph(text_of(size)) for size in (small, large)}
    return grows_linearly(lambda size: extract(documents[size]), small, large)


def training_text(size: int) -> str:
    """Our own training documents end to end, again and again, to a number of code points."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((GOLD / "train").glob("*.txt")))
    return (text * (size // len(text) + 1))[:size]


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(ALPHABET, max_size=300)))
def test_every_span_quotes_its_document_whatever_the_text(text):
    check_places(extract(Document(text=text, blocks=())), text)


@settings(max_examples=60, deadline=None)
@given(st.text(ALPHABET, max_size=200), st.data())
def test_blocks_and_headings_of_any_shape_are_taken(text, data):
    at = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    kinds = st.sampled_from(["heading", "paragraph", "list", "table", "noise"])
    blocks = tuple(Block(kind=data.draw(kinds), start=a, end=b, place=Place()) for a, b in pairwise(at))
    heads = tuple(
        Heading(level=i % 3 + 1, number=str(i), title=text[a:b] or "无", start=a, end=b, run_in=bool(i % 2))
        for i, (a, b) in enumerate(pairwise(at))
        if a < b
    )
    document = Document(text=text, blocks=blocks, title="某某行动计划", outline=heads)
    check_places(extract(document), text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(KNOWN + NEWS)), UNSEEN), max_size=25))
def test_what_cannot_be_seen_between_characters_changes_no_fact(gaps):
    text = KNOWN + NEWS
    for place, gap in sorted(gaps, reverse=True):
        text = text[:place] + gap + text[place:]
    assert said(text) == said(KNOWN + NEWS)
    check_places(extract(one_paragraph(text)), text)


def test_every_kind_of_fact_quotes_its_place():
    document = of_every_kind()
    facts = extract(document)
    assert {fact.kind for fact in facts} == set(KINDS)
    check_places(facts, document.text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.one_of(UNSEEN, ALPHABET)), max_size=12), st.randoms())
def test_a_spoilt_document_of_every_kind_quotes_its_places(spoils, rng):
    """Characters put in and taken out anywhere; blocks and headings move along."""
    document = of_every_kind()
    text, moved = document.text, list(range(len(document.text) + 1))
    for place, new in spoils:
        place = min(place, len(text))
        gone = rng.randrange(2) if place < len(text) else 0
        text = text[:place] + new + text[place + gone :]
        moved = [at if at <= place else at + len(new) - gone for at in moved]
    blocks = tuple(replace(b, start=moved[b.start], end=moved[b.end]) for b in document.blocks)
    heads = tuple(replace(h, start=moved[h.start], end=moved[h.end]) for h in document.outline)
    check_places(extract(Document(text=text, blocks=blocks, title=document.title, outline=heads)), text)


def test_full_width_forms_give_the_same_facts():
    wide = KNOWN.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%/"})
    for one, other in zip(said(wide), said(KNOWN), strict=True):
        assert {**one, "quote": ""} == {**other, "quote": ""}


def test_facts_read_are_those_of_the_known_sentence():
    values = [f["value"] for f in said(KNOWN) if f["kind"] == "figure"]
    assert values == [17360000000, 6.4, 18420, 15360, 5.2, 7.8, 70, 48]


def test_kinds_limit_what_is_looked_for():
    assert {f.kind for f in extract(one_paragraph(KNOWN), kinds=["person"])} == {"person"}
    assert set(EXTRACTED) == set(KINDS)
    assert extract(one_paragraph(KNOWN), kinds=["agreement"]) == []


def test_the_day_and_the_place_handed_in_are_used():
    document = Document(text="去年全市新增就业3万人。", blocks=())
    fields = extract(document, date="2019-01-21", region="绍兴市")[0].fields
    assert (fields["period"], fields["region"]) == ("2018", "绍兴市")


@pytest.mark.parametrize(
    "number",
    [
        "9" * 10_000,
        "9" * 5_000 + "." + "9" * 5_000,
        "９" * 10_000,
        "1." * 5_000,
        "9 " * 9_999,
    ],
)
def test_a_number_of_ten_thousand_digits_is_no_quantity(number):
    assert extract(one_paragraph("投资" + number + "亿元")) == []


def test_traditional_characters_among_simplified_ones_shift_no_place():
    mixed = KNOWN.translate(str.maketrans("亿万个长总增业书记术与签订", "億萬個長總增業書記術與簽訂"))
    facts = extract(one_paragraph(mixed))
    check_places(facts, mixed)
    percent = [f.fields["value"] for f in facts if f.kind == "figure" and f.fields["unit"] == "%"]
    assert percent == [6.4, 5.2, 7.8]


def test_a_text_without_any_punctuation_is_read_in_linear_time():
    plain = training_text(6_000)
    bare = re.sub(r"[^\w\n%.]", "", plain)
    check_places(extract(one_paragraph(bare)), bare)
    bare = re.sub(r"\s", "", bare)  # one paragraph, one sentence
    check_places(extract(one_paragraph(bare)), bare)
    assert linear(lambda size: (bare * (size // len(bare) + 1))[:size], 3_000, 24_000)


def test_eight_times_the_text_takes_eight_times_the_time():
    assert linear(training_text, 5_000, 40_000)


REPEATED = ["1", "%", "（", "《", "、", "书记", "李", "5个", "1%，", "上海", "2018年", "来源：", "“", "市长李", "和1.5", "占",
            "在上海市长", "与上海签约", "项目，", "。", "責任單位", "投资5亿元", "\u202e5亿", "一、"]  # fmt: skip


@pytest.mark.parametrize("seed", REPEATED)
def test_one_thing_repeated_is_read_in_linear_time(seed):
    assert linear(lambda size: seed * (size // len(seed)), 400, 3_200)


@pytest.mark.parametrize(("lead", "each"), [("今年", "1个"), ("（2018-1-17）" * 100, "数：1个；")])
def test_a_date_is_looked_for_before_figures_without_end_in_linear_time(lead, each):
    assert linear(lambda size: lead + each * (size // len(each)), 3_000, 24_000)


READ_TWO_WAYS = ["绍兴市2018年{中旬}投资5亿元。", "绍兴市旅游收入{达到了}国5亿元。", "绍兴市{也将}国与宁波市签订协议。",
                 "到2020年，{达产后}产值5亿元。", "打造{“国”}国的高铁项目。"]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", READ_TWO_WAYS)
def test_words_that_can_be_parted_in_two_ways_are_not_tried_in_all(text):
    extract(one_paragraph(re.sub(r"{(.*)}", r"\1" * 40, text)))


@pytest.mark.long
@pytest.mark.parametrize("seed", REPEATED)
def test_one_thing_repeated_for_long_is_read_in_linear_time(seed):
    assert linear(lambda size: seed * (size // len(seed)), 10_000, 160_000)


@pytest.mark.long
@pytest.mark.parametrize("character", "1%（《、李市和“-.。，5\u202e責")
def test_one_character_a_million_times_is_read_in_linear_time(character):
    assert linear(lambda size: character * size, 50_000, 1_000_000)


@pytest.mark.parametrize("last", ["提高书记水平", "市长区分", "市长区", "书记安", "市长"])
def test_a_text_may_end_amid_what_may_be_a_name(last):
    for end in range(len(last)):
        check_places(extract(one_paragraph(last[: end + 1])), last[: end + 1])


@pytest.mark.parametrize("character", "1（李。")
def test_one_character_a_hundred_thousand_times_is_read(character):
    assert extract(one_paragraph(character * 100_000)) == []


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_fifty_megabytes_take_ten_times_what_five_take_and_no_more_memory():
    """Each size in a process of its own; what is read is not counted."""

    def measured(megabytes: int) -> dict[str, float]:
        asked = [sys.executable, "-m", "bench.extraction.speed", str(megabytes)]
        return json.loads(subprocess.run(asked, capture_output=True, check=True, cwd=ROOT).stdout)

    small, large = measured(5), measured(50)
    assert large["seconds"] < 10 * 1.6 * small["seconds"]
    assert large["after"] - large["before"] < 2 * max(small["after"] - small["before"], 20)  # MB
    assert large["facts"] > 9 * small["facts"]


def test_shuffled_sentences_still_resolve():
    pieces = list(KNOWN)
    random.Random(1).shuffle(pieces)
    text = "".join(pieces)
    check_places(extract(one_paragraph(text)), text)
