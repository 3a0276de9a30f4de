"""What a quantity measures, by the grammar of its clause."""

import pytest

from cunzhao.extract import extract
from tests.extract.marked import make_document


def figures(text: str) -> list[dict]:
    return [fact.to_json() for fact in extract(make_document([text])) if fact.kind == "figure"]


def named(text: str) -> list[str | None]:
    return [f["indicator"] for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("森林覆盖率从2015年的42.1%提高到2020年的45.6%。", ["森林覆盖率"] * 2),
        ("新车日均产量由三年前的800辆增加到现在的1500辆。", ["新车日均产量"] * 2),
        ("水产品产量47.9万吨，受洪灾影响下降6.5%。", ["水产品产量"] * 2),
        ("按常住人口计算，人均生产总值86542元。", ["人均生产总值"]),
        ("全市商品住宅均价每平方米8650元。", ["商品住宅均价"]),
        ("城乡低保标准提高到每人每月760元。", ["城乡低保标准"]),
        ("规模以上工业企业实现利润总额372.8亿元。", ["规模以上工业企业利润总额"]),
        (
            "西部陆海新通道海铁联运班列上半年开行1910列，全年有望冲击4200列。",
            ["西部陆海新通道海铁联运班列"] * 2,
        ),
        ("高新技术企业合肥3328户，芜湖1162户。", ["高新技术企业"] * 2),
        ("门诊量比合作前提高34%。", ["门诊量"]),
    ],
)
def test_what_stands_around_the_noun_phrase_is_cut_off(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("安排5.2亿元专项资金用于稻渔综合种养。", ["专项资金"]),
        ("市财政给予不低于4亿元的建设经费。", ["建设经费"]),
        ("带动12个乡镇的3600户农户增收。", ["乡镇", "农户"]),
        ("12座隧道贯通了3座。", ["隧道", "隧道"]),
        ("14个市州中仍有3个市州工业增加值负增长。", ["市州", "市州"]),
        ("流转闲置院落31处建民宿。", ["流转闲置院落"]),
        ("将2,680家农资店、茶叶合作社纳入追溯平台。", ["农资店、茶叶合作社"]),
        ("采用1座5500立方米高炉和两条热轧线。", ["高炉", "高炉"]),
        ("4个县（市）人均财力低于全省平均水平。", ["县（市）"]),
        ("民营经济贡献了60%以上的税收和80%以上的城镇就业。", ["税收", "城镇就业"]),
        ("一期日产5万吨淡水。", ["日产淡水"]),
    ],
)
def test_the_noun_behind_names_it_where_the_words_before_do_not(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("第一、二、三产业投资增速分别为-2.9%、29.3%和3.3%。", ["第一产业投资", "第二产业投资", "第三产业投资"]),
        ("三次产业贡献率分别为10.4%、34.8%和54.8%。", [f"第{c}产业贡献率" for c in "一二三"]),
        ("牛、羊、家禽出栏分别增长7.7%、11.2%和3.9%。", ["牛出栏", "羊出栏", "家禽出栏"]),
        ("城乡居民人均可支配收入分别为47279元、23120元，增长3%、7%。",
         ["城镇居民人均可支配收入", "农村居民人均可支配收入"] * 2),
        ("进口、出口整体通关时间分别控制在28小时和1.5小时以内。", ["进口整体通关时间", "出口整体通关时间"]),
        ("竣工和在建项目分别为46个、83个。", ["竣工项目", "在建项目"]),
        ("吞吐量1.18亿吨，集装箱量50.8万标箱，比上年分别下降3.4%和增长22.6%。",
         ["吞吐量", "集装箱量"] * 2),
        ("高技术产业和装备制造业增加值同比分别增长10.2%和8.1%。", ["高技术产业增加值", "装备制造业增加值"]),
    ],
)  # fmt: skip
def test_a_list_of_quantities_shares_the_phrase_out(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("从主要产品产量看，原油加工量518.6万吨，水泥1470万吨。", ["原油加工量", "水泥产量"]),
        ("龙头企业发展到516家，其中国家级5家、省级58家。", ["龙头企业", "国家级龙头企业", "省级龙头企业"]),
        ("居民人均可支配收入18,126元。其中，城镇居民29,704元，农村居民8,937元。",
         ["居民人均可支配收入", "城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("规模以上工业增加值增长7.4%。分门类看，采矿业增长5.2%。", ["规模以上工业增加值", "采矿业增加值"]),
        ("户籍人口11.2万人，其中男性5.7万人。", ["户籍人口", "男性户籍人口"]),
    ],
)  # fmt: skip
def test_a_phrase_without_a_head_takes_over_that_of_the_one_before(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("工业企业1086家，净增47家。", ["工业企业", "工业企业"]),
        ("实际使用外资，长沙、西安依次为9.6亿美元、13.2亿美元。", ["实际使用外资"] * 2),
        ("用电量增长5%。企业出钱的比重，三市依次为48.6%和79.3%。", ["用电量", *["企业出钱的比重"] * 2]),
        ("我们人均GDP10.3万元，合肥是10.8万元。", ["人均GDP"] * 2),
        (
            "工业投资23.6亿元，占年度计划的61.2%，同比增长18.5%。",
            ["工业投资", "工业投资占年度计划", "工业投资"],
        ),
        ("实际使用外资4.6亿美元，完成年度目标的92.1%。", ["实际使用外资", "实际使用外资完成年度目标"]),
        ("签约项目38个，已开工12个。", ["签约项目", "开工项目"]),
        ("发放贷款1.2万笔、58.6亿元。", ["发放贷款"] * 2),
        ("生猪存栏186.4万头，其中能繁母猪17.2万头。", ["生猪存栏", "能繁母猪存栏"]),
        ("15—59岁占62.1%，60岁及以上占21.7%。", ["年龄", "15—59岁人口", "年龄", "60岁及以上人口"]),
    ],
)
def test_what_a_clause_leaves_out_is_taken_over(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("外贸出口600亿元，增长6.8%。", [("words", "外贸出口"), ("clause", "外贸出口")]),
        ("牛、羊出栏分别增长7%和11%。", [("list", "牛、羊出栏")] * 2),
        ("用电量56亿千瓦时。下降3%。", [("words", "用电量"), ("sentence", "用电量")]),
        ("12个。", [("default", None)]),
    ],
)
def test_an_indicator_says_what_it_was_read_from(text, reasons):
    said = [reason for f in figures(text) for reason in f["why"] if reason["field"] == "indicator"]
    assert [(reason["by"], reason.get("quote")) for reason in said] == reasons
