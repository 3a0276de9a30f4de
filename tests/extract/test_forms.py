"""One sentence each: what is a figure and what is none, and how its words are read."""

import pytest

from cunzhao.extract import extract
from cunzhao.read.types import Document


def facts(text: str, kind: str = "figure") -> list[dict]:
    found = extract(Document(text=text, blocks=()), date="2021-03-05", region="宁波市")
    return [f.to_json() for f in found if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("完成投资３，５００万元。", "３，５００万元", 35_000_000, "元"),
        ("实现产值1.2万亿元。", "1.2万亿元", 1_200_000_000_000, "元"),
        ("新增企业20多家。", "20多家", 20, "家"),
        ("投资20几个亿。", "20几个亿", 2_000_000_000, "元"),
        ("引进87个亿元以上项目。", "87个", 87, "个"),
        ("出口额3.5亿欧元。", "3.5亿欧元", 350_000_000, "欧元"),
        ("人均绿地12.5平方米/人。", "12.5平方米/人", 12.5, "平方米/人"),
        ("时速达到350公里/小时。", "350公里/小时", 350, "公里/小时"),
        ("PM2.5浓度为28μg/m3。", "28μg/m3", 28, "微克/m3"),
        ("占全省的1/5。", "1/5", 0.2, None),
        ("下辖6区4县。", "6区", 6, "区"),
        ("人口突破2500万人口大关。", "2500万", 25_000_000, "人"),
        ("发电量达到5.6亿千瓦时。", "5.6亿千瓦时", 560_000_000, "千瓦时"),
        ("提高0.3个百分点。", "0.3个百分点", 0.3, "个百分点"),
        ("出生率为7.5‰。", "7.5‰", 7.5, "‰"),
        ("气温降至-5.5℃。", "-5.5℃", -5.5, "℃"),
        ("同比增长-3.2%。", "-3.2%", -3.2, "%"),
        ("接种疫苗120万剂次。", "120万剂次", 1_200_000, "剂次"),
        ("粮食产量1.37万亿斤。", "1.37万亿斤", 1_370_000_000_000, "斤"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_with_its_value_in_base_units(text, quote, value, unit):
    figure = facts(text)[0]
    assert (figure["quote"], figure["value"], figure["unit"]) == (quote, value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("用3～5年时间。", 3, 5),
        ("增长10%—12%。", 10, 12),
        ("增长10-12%。", 10, 12),
        ("补助8000万至1亿元。", 80_000_000, 100_000_000),
        ("需要5到10个月。", 5, 10),
        ("投资3-5亿元。", 300_000_000, 500_000_000),
    ],
)
def test_a_range_is_one_figure_with_both_ends(text, low, high):
    (figure,) = facts(text)
    assert (figure["value"], figure["value_high"]) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "2018年3月5日上午8:30开会。", "位居全国第3位。", "入选世界500强。", "G60科创走廊和5G基站。", "地铁1号线开通。",
        "国办发〔2017〕47号文件。", "电话0575-88888888。", "执行GB/T 15835-2011。", "5A级景区。", "实施“1+8”方案。",
        "打造“3小时都市圈”。", "开设24小时自助服务区。", "《绍兴市培育3个千亿产业三年行动计划（2018－2020）》印发。", "20世纪90年代。",
        "1-10月份。", "拨打12345热线。", "2025年远景目标。", "版本2.0上线。", "前10名的企业。", "排名升至全国11位。", "在3号楼2层会议室。",
        "实施3年行动计划。", "“十四五”时期。", "邮编312000。", "截至2021年2月底。", "12时30分发车。", "见第12页。", "2020年版目录。", "7×24小时响应。", "每10万人中。",
    ],
)  # fmt: skip
def test_digits_that_measure_nothing_are_no_figures(text):
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("企业达到75家。", "="), ("面积约600平方公里。", "~"), ("产值近400亿元。", "~"), ("增长7.3%左右。", "~"), ("突破5000亿元大关。", ">"),
        ("企业4500余家。", ">"), ("逾260亿元。", ">"), ("达到80%以上。", ">="), ("不少于30家。", ">="), ("不低于90%。", ">="),
        ("控制在35微克以下。", "<="), ("不超过3天。", "<="), ("不足10%。", "<"), ("低于5%。", "<"), ("现场签约15个项目。", "="), ("距离拉近了120公里。", "="),
        ("3天之内办结。", "<="), ("过亿元项目12个。", "="), ("总投资超过20亿元。", ">"),
    ],
)  # fmt: skip
def test_words_around_give_the_comparator(text, comparator):
    assert facts(text)[-1]["comparator"] == comparator


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("出口增长8.5%。", "growth", 8.5), ("出口下降8.5%。", "growth", -8.5), ("能耗降低3.6%。", "growth", -3.6), ("比重提高到60%。", "share", 60),
        ("占比达到30%。", "share", 30), ("增速为6.1%。", "growth", 6.1), ("面积减少2.3万亩。", "growth", -23_000), ("失业率降至4.5%。", "share", 4.5),
        ("新增就业11.2万人。", "level", 112_000), ("回落0.4个百分点。", "growth", -0.4), ("存款比年初增加486亿元。", "growth", 48_600_000_000),
        ("低于全国平均水平1.2个百分点。", "growth", -1.2), ("由350列增加至1000列。", "level", 350),
    ],
)  # fmt: skip
def test_growth_share_and_level_are_told_apart(text, measure, value):
    figure = facts(text)[0]
    assert (figure["measure"], figure["value"]) == (measure, value)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018年出口5亿元。", "2018"), ("2018年11月出口5亿元。", "2018-11"), ("2017年一季度出口5亿元。", "2017-Q1"), ("前三季度出口5亿元。", "2021-Q1/2021-Q3"),
        ("去年上半年出口5亿元。", "2020-01/2020-06"), ("今年1—2月出口5亿元。", "2021-01/2021-02"), ("去年出口5亿元。", "2020"), ("今年以来出口5亿元。", "2021"),
        ("“十三五”时期出口5亿元。", "2016/2020"), ("2016—2020年出口5亿元。", "2016/2020"), ("截至2017年3月底共有5家。", "..2017-03"), ("昨日签约5家。", "2021-03-04"),
        ("到2025年出口5亿元。", "2025"), ("目前共有5家。", None), ("共有5家。", None), ("2019年1月19日签约5家。", "2019-01-19"), ("出口比上年增长5%。", None),
        ("2019年出口比2015年增长5%。", "2019"), ("12月签约5家。", "2020-12"), ("过去五年出口5亿元。", "2016/2020"), ("本月出口5亿元。", "2021-03"),
        ("“十四五”末出口5亿元。", "2025"),
    ],
)  # fmt: skip
def test_dates_give_the_period(text, period):
    assert facts(text)[-1]["period"] == period


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("2020年出口5亿元。", "actual"), ("到2025年出口达到5亿元。", "target"), ("力争出口突破5亿元。", "target"), ("预计出口达到5亿元。", "forecast"),
        ("计划总投资5亿元。", "target"), ("有望增长5%。", "forecast"), ("确保增长5%以上。", "target"), ("项目建成后可新增就业500人。", "forecast"),
        ("目前已有5家企业。", "actual"),
    ],
)  # fmt: skip
def test_plans_and_forecasts_are_told_from_what_is(text, nature):
    assert facts(text)[-1]["nature"] == nature


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("财政总收入和一般公共预算收入分别突破800亿元和500亿元。", ["财政总收入", "一般公共预算收入"]),
        ("全市拥有57万个市场主体、4500余家规模以上企业。", ["市场主体", "规模以上企业"]),
        ("集聚了11%的人口和21%的地区生产总值。", ["人口", "地区生产总值"]),
        ("一般公共预算收入501亿元，增长16%。", ["一般公共预算收入", "一般公共预算收入"]),
        ("第一、第二产业增加值分别增长3%、8%。", ["第一产业增加值", "第二产业增加值"]),
        ("在出院病人中，外省市病人占38%。", ["外省市病人占出院病人比重"]),
        ("引进投资10亿元以上项目40个。", ["投资", "投资10亿元以上项目"]),
    ],
)
def test_each_figure_gets_its_own_indicator(text, indicators):
    assert [f["indicator"] for f in facts(text)] == indicators


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("江苏实际利用外资103亿美元，浙江只有31亿美元。", ["江苏省", "浙江省"]), ("全市新增企业20家。", ["宁波市"]), ("新增企业20家。", ["宁波市"]),
        ("富阳区、桐庐县分别引进项目15个和9个。", ["富阳区", "桐庐县"]),
        ("宁波与上海合作项目20个。", ["宁波市"]), ("面积600平方公里的前湾新区成立。", ["前湾新区"]), ("在上海投资的企业有20家。", ["上海市"]),
    ],
)  # fmt: skip
def test_the_region_is_the_subject_of_the_clause(text, regions):
    assert [f["region"] for f in facts(text)] == regions


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("绍兴市委副书记、市长盛阅春表示，要抓落实。", [("盛阅春", "绍兴市委副书记、市长")]),
        ("会上，与上海市委书记李强会面。", [("李强", "上海市委书记")]),
        ("市长高度重视，局长任命程序已完成，董事长于2019年到任。", []),
        ("市委书记王强，市长李明华出席。市长李明华讲话。", [("王强", "市委书记"), ("李明华", "市长")]),
        ("据省发展改革委主任孟刚介绍，进展顺利。", [("孟刚", "省发展改革委主任")]),
        ("浙江大学教授欧阳文静认为可行。", [("欧阳文静", "浙江大学教授")]),
        ("习近平总书记强调。", [("习近平", "总书记")]),
        ("主任会议听取了汇报，书记带头，秘书长单位轮值。", []),
        ("大数据局局长周敏、华为副总裁邓飚等参加。", [("周敏", "大数据局局长"), ("邓飚", "华为副总裁")]),
    ],
)  # fmt: skip
def test_a_name_beside_a_position_is_a_person(text, persons):
    assert [(f["name"], f["position"]) for f in facts(text, "person")] == persons


@pytest.mark.parametrize(
    ("text", "source", "date"),
    [
        ("（来源：《嘉兴日报》2016-7-3）", "嘉兴日报", "2016-07-03"), ("信息来源:市发改委(市粮食物资局)", "市发改委(市粮食物资局)", None),
        ("（新华社北京5月3日电）", "新华社", "2020-05-03"), ("2016-11-08 14:55:49 来源:诸城新闻网", "诸城新闻网", "2016-11-08"),
        ("来源：新华网 2020年10月19日 字体：大 中 小", "新华网", "2020-10-19"), ("（资料来源：省统计局，2018年）", "省统计局", "2018"),
    ],
)  # fmt: skip
def test_a_source_note_gives_source_and_date(text, source, date):
    (note,) = facts(text, "citation")
    assert (note["source"].replace("（", "(").replace("）", ")"), note["date"]) == (source, date)


@pytest.mark.parametrize(
    "text", ["资金来源：财政拨款。", "能量来源于太阳。", "新华社会客厅开放。", "人民网电子版。"]
)
def test_what_only_sounds_like_a_source_note_is_none(text):
    assert facts(text, "citation") == []
