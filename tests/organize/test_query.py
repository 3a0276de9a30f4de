"""What a query asks for: spellings that count as it, and none that do not."""

import pytest

from cunzhao.organize.aliases import Aliases, bundled
from cunzhao.organize.fold import fold
from cunzhao.organize.query import read_query

ALIASES = Aliases((*bundled(), ("发改委", "发展改革委", "发展和改革委员会")))


@pytest.mark.parametrize(
    "typed",
    [
        "国办发〔2019〕5号", "国办发[2019]5号", "国办发（2019）5号", "国办发(2019)5号", "国办发【2019】5号",
        "国办发<2019>5号", "国办发〈2019〉５号", "国办发｛２０１９｝5号", "國辦發〔2019〕5號", "国办发2019第5号",
        "国办发〔2019〕05号", "国办发〔2019〕第5号",
    ],
)  # fmt: skip
def test_a_document_number_is_found_however_it_is_typed(typed):
    [term] = read_query(typed)

    assert fold("国办发〔2019〕5号") in term.spellings


@pytest.mark.parametrize("typed", ["统计公报2019年第5号", "第5号", "2019年5月"])
def test_what_is_no_document_number_stays_as_it_is(typed):
    assert read_query(typed)[0].spellings == (fold(typed),)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("发改委", "发展和改革委员会"),
        ("发展和改革委员会", "发改委"),
        ("绍兴市发改委", "绍兴市发展改革委"),
        ("gdp", "地区生产总值"),
        ("發改委", "发展和改革委员会"),
        ("高新区管委会", "高新技术产业开发区管委会"),
    ],
)
def test_an_abbreviation_finds_the_full_name_and_the_other_way_round(typed, other):
    [term] = read_query(typed, ALIASES)

    assert term.text == fold(typed)
    assert other in term.spellings


def test_a_phrase_in_quotation_marks_is_taken_literally():
    [term] = read_query("“发改委”", ALIASES)

    assert (term.spellings, term.exact) == (("发改委",), True)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ('"绍兴', [("绍兴", False)]),
        ('"绍兴 轨道', [("绍兴", False), ("轨道", False)]),
        ('"绍兴 轨道" "地铁', [("绍兴轨道", True), ("地铁", False)]),
        ('绍兴"', [("绍兴", False)]),
        ('"', []),
        ('5"屏', [('5"屏', False)]),
    ],
)
def test_a_straight_quotation_mark_that_is_not_closed_yet_is_none(typed, terms):
    assert [(term.text, term.exact) for term in read_query(typed)] == terms


def test_no_latin_word_is_cut_for_an_abbreviation():
    assert read_query("GDPR", ALIASES)[0].spellings == ("gdpr",)


def test_many_abbreviations_in_one_term_make_few_spellings():
    [term] = read_query("发改委高新区经开区自贸区综保区发改委发改委", ALIASES)

    assert len(term.spellings) <= 13
