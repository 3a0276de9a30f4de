"""What a text leaves unsaid: the topic a question asks for, who the former and the latter are, towns by short
names, things that only a bound tells apart."""

import pytest

from tests.extract.test_narrative import figures, told


@pytest.mark.parametrize(
    ("question", "answer", "indicators"),
    [
        ("记者：果园的面积有多少？", "答：大概74万亩。", ["面积"]),
        ("问：本地配套率呢？", "答：低得很，只有27%。", ["配套率"]),
        ("记者：出口情况如何？", "万里程：去年1.3亿美元，因为疫情掉了18%。", ["出口", "出口"]),
        ("记者：产业链上企业有几家？", "万里程：从23家发展到57家。", ["企业", "企业"]),
        ("记者：果农一年能挣多少？", "万里程：平均8700元。", ["收入"]),
    ],
)
def test_an_answer_is_about_what_the_question_asks_for(question, answer, indicators):
    got = told(f"{question}\n{answer}", "indicator")
    assert len(got) == len(indicators) and all(map(str.endswith, got, indicators))


def test_the_name_of_who_answers_is_no_indicator():
    assert told("万里程：去年平均每人8700元。", "indicator") != ["万里程"]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("醴陵市、炎陵县的园区各有一个，前者产值9亿元，后者产值7亿元。", ["醴陵市", "炎陵县"]),
        ("定州、辛集两市产值分别为164亿元和139亿元。", ["定州市", "辛集市"]),
        ("六堡、狮寨两镇都种茶。六堡去年税收2300万元，狮寨只有700万元。", ["六堡镇", "狮寨镇"]),
        ("大同市来了。镇江市也来了。大同去年收入9亿元。", ["大同市"]),
        ("盛夏，走进颍上县，园区塔吊林立。该项目总投资25亿元。", ["颍上县"]),
        ("宏泰电池（安徽）公司的产值9亿元。", ["宏泰电池（安徽）公司"]),
        ("“我们去年种了9000亩。”蒙山县茶办主任说。", ["蒙山县"]),
    ],
)
def test_who_a_figure_is_about_is_told_shortly(text, regions):
    assert told(text, "region", region="嘉峪关市") == regions


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("签约项目74个，其中10亿元以上的却只有9个。", ["签约项目", "投资", "10亿元以上项目"]),
        ("入驻企业52家，总部设在园内的倒有7家。", ["入驻企业", "总部设在园内的企业"]),
        ("今年收件倒只有7000件。", ["收件"]),
        ("45岁以下的只有9%。", ["年龄", "45岁以下人口"]),
        ("内需的占比从2019年的1.8%升到19%。", ["内需的占比", "内需的占比"]),
    ],
)
def test_adverbs_and_bounds_are_no_names_by_themselves(text, indicators):
    assert told(text, "indicator") == indicators


def test_months_that_have_not_ended_are_planned():
    natures = [f.fields["nature"] for f in figures("下半年再开工40个项目。", written="2023-07-14")]
    assert natures == ["target"]


def test_what_is_told_on_has_the_time_of_what_was_told():
    text = "上半年，PM2.5平均浓度21微克/立方米。泰宁县最低，仅13微克/立方米。"
    assert told(text, "period", written="2020-07-22") == ["2020-01/2020-06"] * 2
