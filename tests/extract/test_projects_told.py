"""Projects as reporters and officials tell them: without a head, in speech, over sentences. Every sentence is
our own."""

import pytest

from cunzhao.extract import extract
from cunzhao.read import read
from cunzhao.read.types import Document


def projects(text: str, title: str = "云岭市项目建设走笔", date: str = "2023-08-16") -> list[dict]:
    body = f"{title}\n\n{text}"
    facts = extract(Document(text=body, title=title, blocks=()), kinds=["project"], date=date)
    return [f.to_json() for f in facts]


def told(text: str, **of: str) -> list[tuple]:
    return [(p["name"], p["stage"], p["investment"]) for p in projects(text, **of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总投资120亿元的恒远硅基新材料正在调试设备。", ("恒远硅基新材料", "building", 12000000000)),
        ("其中鑫禾家居总投资2.2亿元，已经投产。", ("鑫禾家居", "done", 220000000)),
        ("鹭湖段防洪治理，总投资18亿元，可研已获批复。", ("鹭湖段防洪治理", "planned", 1800000000)),
        ("去年签约的博睿声学，从摘牌到投产只用了7个月。", ("博睿声学", "done", None)),
        ("云岭半导体硅片于6月28日开工。", ("云岭半导体硅片", "building", None)),
        ("麦香食品的旱碱麦加工厂是5月8日点的火。", ("旱碱麦加工厂", "done", None)),
        ("香港某油墨公司带来一个3000万美元的环保油墨项目，日前签约。", ("环保油墨项目", "signed", 30000000)),
        ("恒禾将拿出22.6亿元，在江北建一座磷酸铁锂正极工厂。", ("磷酸铁锂正极工厂", "building", 2260000000)),
        ("琢磨着明年开春动工，建一个腐竹加工厂，投1800万元。", ("腐竹加工厂", "planned", 18000000)),
        ("一头是鹭湖储能电站，预算6亿元，土建过半。", ("鹭湖储能电站", "building", 600000000)),
        ("鹭湖机场的改扩建终于列进了规划，估算7.8亿元。", ("鹭湖机场改扩建", "planned", 780000000)),
        ("恒禾大学在我市设立的陶铝研究院获批省级研发机构。", ("陶铝研究院", "done", None)),
        ("江北电厂二期135万千瓦机组并网在即。", ("江北电厂二期", "building", None)),
        ("今年建一个芽豆和腐竹加工厂，投1800万元。", ("腐竹加工厂", "building", 18000000)),
        ("顺河治理全面完成。", ("顺河治理", "done", None)),
        ("江北大道南延线二期随之启动招标。", ("江北大道南延线二期", "planned", None)),
    ],
)
def test_what_the_words_around_tell_is_a_project_without_a_head_too(text, expected):
    assert told(text) == [expected]


def test_the_next_phase_is_a_project_of_its_own():
    text = "恒远储能电芯一期3月投产，二期主体封顶。"
    assert told(text) == [("恒远储能电芯一期", "done", None), ("恒远储能电芯二期", "building", None)]


def test_each_member_of_a_list_may_have_its_amount_before_it():
    text = "投资15亿元的摄像头模组、博睿8亿元的通信模块、鹭湖5.6亿元的锂电回收等11个项目现场签约。"
    assert told(text) == [
        ("摄像头模组", "signed", 1500000000),
        ("通信模块", "signed", 800000000),
        ("锂电回收", "signed", 560000000),
    ]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("江北大桥主体已封顶，9月交付使用。", "building"),
        ("江北大桥8月底完工。", "building"),
        ("江北大桥今年12月通车。", "building"),
        ("江北大桥7月通车。", "done"),
        ("江北大桥春节前刚刚通车。", "done"),
        ("江北大桥拟于明年5月开工，2025年底建成。", "planned"),
        ("鹭湖电池项目已谈了三轮。", "negotiating"),
        ("鹭湖电池项目只等土地挂牌。", None),
        ("恒禾集团也把华中基地放到了江北，投资2亿元，眼下正在打桩。", "building"),
    ],
)
def test_what_lies_behind_the_day_of_writing_is_still_to_come(text, stage):
    found = projects(text)
    assert [p["stage"] for p in found] in ([stage], [] if stage is None else [stage])


def test_a_later_sentence_tells_the_amount_through_what_someone_says():
    text = "鹭湖新材料项目的工地上，塔吊亮着灯。“天冷了，要抓紧。”项目经理马某说，这个占地960亩、总投资58.3亿元的项目去年开工。"
    assert told(text)[0] == ("鹭湖新材料项目", "building", 5830000000)


@pytest.mark.parametrize(
    "text",
    [
        "干部们按节点推进，盯节点督办。",
        "全市工业总投资完成320亿元。",
        "投资30亿元以上的项目只有两个。",
        "恒禾集团与园区签下了入园协议。",
        "工程由云岭恒禾集团分三期建设，一期已投运。",
        "工人们正在吊装精馏塔。",
        "云岭市2023年重点产业项目集中签约仪式在江北举行。",
        "恒禾大学与江北镇合建的站点刚挂牌。",
    ],
)
def test_other_things_that_are_told_so_are_none(text):
    assert told(text) == []


REPORT = """云岭市政府工作报告
——2022年1月11日在云岭市第五届人民代表大会第一次会议上

一、2021年工作回顾
过去一年，全市上下同心。建成江北大桥，与句容市共建的科创中心启用。
二、2022年重点工作
今年要做好以下工作。建成桐江大桥，与溧水区共建宁溧产业园。
"""


def test_a_chapter_of_work_to_come_makes_plans_of_what_it_names():
    document = read(REPORT.encode(), mime="text/plain", name="a.txt")
    facts = [f.to_json() for f in extract(document, kinds=["project", "agreement"])]
    stages = {f["name"]: f["stage"] for f in facts if f["kind"] == "project"}
    assert (stages["江北大桥"], stages["桐江大桥"]) == ("done", "building")
    assert [f["nature"] for f in facts if f["kind"] == "agreement"] == ["actual", "target"]


def test_a_headline_is_told_again_by_the_text():
    text = "云岭要闻\n\n1.江北：恒禾新工厂年底下线\n10月11日，恒禾江北工厂主体封顶，总投资6亿元。\n2.桐江：一座大桥合龙\n10月12日，桐江大桥合龙。\n"
    document = read(text.encode(), mime="text/plain", name="a.txt")
    assert [f.fields["name"] for f in extract(document, kinds=["project"])] == ["恒禾江北工厂", "桐江大桥"]
