"""What holds for every text: places resolve, white space changes nothing, work stays linear."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.extract import EXTRACTED, extract
from cunzhao.extract.types import KINDS
from cunzhao.read.types import Block, Document, Heading, Place

KNOWN = (
    "绵阳市委副书记、市长方以宁表示，2011年绵阳市旅游总收入173.6亿元，增长6.4%；茶农和果农人均年收入"
    "18420元、15360元，分别增长5.2%和7.8%，到2015年力争引进项目70余个，PM2.5浓度控制在48微克/立方米以下。"
)
ALPHABET = st.sampled_from(
    list(
        "0123456789０９.,，、。；：（）《》“”%％/～—-+年月日元亿万个家人市省区的占增长下降约超过达到和与来源书记长李王\n\t \x00\x1f\u200b𠮷"
    )
)


def one_paragraph(text: str) -> Document:
    blocks = (Block(kind="paragraph", start=0, end=len(text), place=Place()),) if text else ()
    return Document(text=text, blocks=blocks, published="2012-01-17")


def said(text: str) -> list[dict]:
    """The facts without their places, quotes without white space."""
    facts = [f.to_json() for f in extract(one_paragraph(text))]
    return [
        {k: "".join(v.split()) if k == "quote" else v for k, v in f.items() if k not in ("start", "end", "why")}
        for f in facts
    ]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(ALPHABET, max_size=300)))
def test_every_span_quotes_its_document_whatever_the_text(text):
    for fact in extract(Document(text=text, blocks=())):
        assert fact.span.holds_in(text)
        assert not fact.span.quote[0].isspace() and not fact.span.quote[-1].isspace()


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=200), st.data())
def test_blocks_and_headings_of_any_shape_are_taken(text, data):
    at = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    kinds = st.sampled_from(["heading", "paragraph", "list", "table", "noise"])
    blocks = tuple(Block(kind=data.draw(kinds), start=a, end=b, place=Place()) for a, b in pairwise(at))
    heads = tuple(
        Heading(level=i % 3 + 1, number=str(i), title=text[a:b] or "无", start=a, end=b, run_in=bool(i % 2))
        for i, (a, b) in enumerate(pairwise(at))
    )
    document = Document(text=text, blocks=blocks, title="某某行动计划", outline=heads)
    assert all(fact.span.holds_in(text) for fact in extract(document))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(KNOWN)), st.sampled_from([" ", "\n", "\r\n\n", "\u3000", "\t"])),
        max_size=25,
    )
)
def test_white_space_between_characters_changes_no_fact(gaps):
    text = KNOWN
    for place, gap in sorted(gaps, reverse=True):
        text = text[:place] + gap + text[place:]
    assert said(text) == said(KNOWN)


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


def test_a_number_of_ten_thousand_digits_is_no_quantity():
    assert extract(one_paragraph("投资" + "9" * 10_000 + "亿元")) == []


@pytest.mark.parametrize(
    "seed",
    [
        "1",
        "%",
        "（",
        "《",
        "、",
        "书记",
        "李",
        "5个",
        "1%，",
        "上海",
        "2018年",
        "来源：",
        "“",
        "市长李",
        "和1.5",
        "占",
        "在上海市长",
    ],
)
def test_one_thing_repeated_is_read_in_linear_time(seed):
    def seconds(size: int) -> float:
        document = one_paragraph(seed * (size // len(seed)))
        started = time.process_time()
        extract(document)
        return time.process_time() - started

    seconds(1000)  # lexicons are loaded once
    small, large = max(seconds(5_000), 0.02), min(seconds(40_000), seconds(40_000))
    assert large < 8 * small * 3  # eight times the text; quadratic work would take 64 times


@pytest.mark.parametrize("character", "1%（《、李市和“-.。，5")
def test_one_character_a_million_times_is_read_in_linear_time(character):
    started = time.perf_counter()
    extract(one_paragraph(character * 1_000_000))
    assert time.perf_counter() - started < 60


def test_shuffled_sentences_still_resolve():
    pieces = list(KNOWN)
    random.Random(1).shuffle(pieces)
    text = "".join(pieces)
    assert all(fact.span.holds_in(text) for fact in extract(one_paragraph(text)))
