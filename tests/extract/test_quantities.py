"""Which digits measure something, and how much of what."""

import pytest

from cunzhao.extract import extract
from tests.extract.marked import make_document


def figures(text: str) -> list[dict]:
    return [fact.to_json() for fact in extract(make_document([text])) if fact.kind == "figure"]


def read(text: str) -> list[tuple]:
    return [(f["quote"], f["value"], f["unit"]) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("全社会用电量356.8亿千瓦时。", [("356.8亿千瓦时", 35680000000, "千瓦时")]),
        ("能源消费量982.5万吨标准煤。", [("982.5万吨标准煤", 9825000, "吨标准煤")]),
        ("吨钢综合能耗580千克标准煤。", [("580千克标准煤", 580, "千克标准煤")]),
        ("能耗降到0.42吨标准煤/万元。", [("0.42吨标准煤/万元", 0.42, "吨标准煤/万元")]),
        ("均价8650元/平方米。", [("8650元/平方米", 8650, "元/平方米")]),
        ("普及率98部/百人。", [("98部/百人", 98, "部/百人")]),
        ("流量达35立方米每秒。", [("35立方米每秒", 35, "立方米/秒")]),
        ("日处理污水4.5万立方米/日。", [("4.5万立方米/日", 45000, "立方米/日")]),
        ("周转量36.8亿人公里。", [("36.8亿人公里", 3680000000, "人公里")]),
        ("配备充电桩320台（套）。", [("320台（套）", 320, "台（套）")]),
        ("锅炉规模20蒸吨，储能1.2吉瓦时。", [("20蒸吨", 20, "蒸吨"), ("1.2吉瓦时", 1.2, "吉瓦时")]),
        ("首期投入8500万新元。", [("8500万新元", 85000000, "新元")]),
        ("新增1200车位、300床位。", [("1200车位", 1200, "车位"), ("300床位", 300, "床位")]),
        ("全市15市3镇8校。", [("15市", 15, "市"), ("3镇", 3, "镇"), ("8校", 8, "校")]),
        ("分布在冀、晋、陕、蒙4省区。", [("4省区", 4, "省区")]),
        ("共6大类26项。", [("6大类", 6, "大类"), ("26项", 26, "项")]),
        ("建有12家电商企业、5种植物园。", [("12家", 12, "家"), ("5种", 5, "种")]),
        ("有8个体育场馆和3名医护人员。", [("8个", 8, "个"), ("3名", 3, "名")]),
    ],
)
def test_a_unit_is_read_with_what_hangs_on_it(text, quantities):
    assert read(text) == quantities


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("车程1小时50分钟。", [("1小时50分钟", 110, "分钟")]),
        ("车程2个半小时。", [("2个半小时", 2.5, "小时")]),
        ("最低气温零下1.6度。", [("1.6度", -1.6, "度")]),
        ("GDP10.3万元，增长5%。", [("10.3万元", 103000, "元"), ("5%", 5, "%")]),
        ("今年这个“14.2%”里有低基数的成分。", [("14.2%", 14.2, "%")]),
        (
            "用户12,345户，存款26,850.4亿元。",
            [("12,345户", 12345, "户"), ("26,850.4亿元", 2685040000000, "元")],
        ),
        ("总产值３６２．５亿元。", [("３６２．５亿元", 36250000000, "元")]),
        ("回落3.18个千分点。", [("3.18个千分点", -3.18, "个千分点")]),
        ("36.5万贫困人口脱贫。", [("36.5万", 365000, "人")]),
    ],
)
def test_a_value_is_read_as_it_is_meant(text, quantities):
    assert read(text) == quantities


def test_a_range_is_one_figure():
    found = figures("新增800－1000张床位，占比由12.3%提升到15.6%，工期3—5年。")
    assert [(f["quote"], f["value"], f.get("value_high")) for f in found] == [
        ("800－1000张", 800, 1000), ("12.3%", 12.3, None), ("15.6%", 15.6, None), ("3—5年", 3, 5),
    ]  # fmt: skip


def test_a_list_shares_the_unit_at_its_end():
    assert read("拉动贡献分别为0.15、-5.64、1.34个百分点。") == [
        ("0.15", 0.15, "个百分点"), ("-5.64", -5.64, "个百分点"), ("1.34个百分点", 1.34, "个百分点"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "增速居全省第3位，入选全国30强。",
        "国发〔2018〕15号，按GB/T 2260-2007执行。",
        "电话0571-88881234，邮编312000，热线12345。",
        "沿S26高速、G60科创走廊和320国道，乘1号线到3号楼502室。",
        "“1+8”都市圈，“8090后”，7×24小时服务，24小时自助服务区。",
        "2018—2020年，10时30分，12月底，2035年远景目标。",
        "《五年规划（2021—2025年）》，5.0版，T3航站楼，5G基站。",
        "产值翻了两番，再翻一番。",
        "8栋2单元301室，北纬30度，3公里服务圈，7天无理由退货，985高校，页码12/36。",
    ],
)
def test_ranks_names_dates_and_codes_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("投资2.3亿元。", [("words", "元")]),
        ("分别快4.6和3.1个百分点。", [("list", None), ("words", "个百分点")]),
        ("引进投资10个亿。", [("clause", None)]),
    ],
)
def test_a_unit_says_what_it_was_read_from(text, reasons):
    said = [reason for f in figures(text) for reason in f["why"] if reason["field"] == "unit"]
    assert [(reason["by"], reason.get("quote")) for reason in said] == reasons
