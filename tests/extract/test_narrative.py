"""Narrative text: who or what a figure of a story is about, and when, where nobody says so in full."""

import pytest

from cunzhao.extract import extract
from cunzhao.read.types import Block, Document, Place


def figures(text, written="2023-06-21", region=None, title=None):
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(line), place=Place()))
        at += len(line) + 1
    document = Document(text=text, blocks=tuple(blocks), published=written, title=title)
    return extract(document, kinds=["figure"], region=region)


def told(text, field, **given):
    return [f.fields[field] for f in figures(text, **given)]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("信丰县漫山是果。今年全县产脐橙28万吨。邻近的安远县产22万吨。", "信丰县"),
        ("走进位于桐乡的基地。嘉兴在线消息，桐乡变了。眼下全市有企业9家。桐乡还将招商。", "桐乡市"),
        ("武平县医生少，连城县、长汀县也少。龙岩全力引才，全市有医生9人。", "龙岩市"),
    ],
)
def test_the_own_place_is_of_the_level_that_the_text_speaks_of(text, own):
    assert own in told(text, "region")


def test_of_two_places_in_a_title_the_one_in_full_is_its_own():
    title = "“向东一步，就是武汉”——访孝感市招商中心主任"
    assert told("去年引进项目31个。", "region", title=title) == ["孝感市"]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("龙岩市第一医院有床位9张。\n该院副院长说，医院缺医生3人。", ["龙岩市第一医院"] * 2),
        ("顾渚村有民宿5家。去年，这个村接客3万人次。", ["顾渚村"] * 2),
        ("宏晟铝业总经理车向东说，公司去年产铝3万吨。今年全市产铝9万吨。", ["宏晟铝业", "嘉峪关市"]),
        ("新凤鸣集团建了新厂。\n2020年，新凤鸣收入9亿元。", ["新凤鸣集团"]),
        ("泗阳县有企业9家。从业人员很多。去年全县产值3亿元。", ["泗阳县"] * 2),
        ("“一台机器一天收80亩。”广垦农机公司经理全景堂说。", ["广垦农机公司"]),
        ("恒力（宿迁）工业园去年产值9亿元。", ["恒力（宿迁）工业园"]),
        ("兰陵县副县长牟长青：我县去年产值3亿元。", ["兰陵县"]),
        ("物流公司有9家，医院有3家。", ["嘉峪关市"] * 2),
        ("从这里往南，就是丁蜀镇。这里有工匠4万人。", ["丁蜀镇"]),
        ("县城医生2.9人，低于全省平均水平0.2人。", ["嘉峪关市"] * 2),
    ],
)
def test_villages_bodies_and_firms_are_subjects_until_another_is_told_of(text, regions):
    assert told(text, "region", region="嘉峪关市") == regions


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("到5月底，已累计销售4亿元。", ["..2023-05"]),
        ("至去年底，完成率达70%。", ["..2022-12"]),
        ("到年底，开工率达到85%。", ["2023"]),
        ("工厂明年6月投产，达产后年产值9亿元，就业300人。", [None, None]),
        ("产值与上年的43亿元相当。", ["2022"]),
        ("去年收割600亩，一台机器一天能收80亩。", ["2022", None]),
        ("6月2日，全市2023年第二季度集中签约仪式举行，9个项目签约。", ["2023-06-02"]),
        ("眼下有企业9家。", [None]),
        ("五年前有企业7家。", ["2018"]),
        ("剩余30万千瓦将在明年6月投运。", ["2024-06"]),
    ],
)
def test_a_time_is_resolved_as_people_say_it(text, periods):
    assert told(text, "period", region="绵阳市") == periods


@pytest.mark.parametrize(
    ("text", "natures"),
    [
        ("按照双方签订的协议，公司投资9亿元，建生产线4条；二期再建2条。", ["target"] * 3),
        ("下一步，我们将抓好两件事。一是引进项目20个。二是新增装机3万千瓦。", ["target"] * 2),
        ("全区将拿出住房500套。", ["target"]),
        ("今年招了86人，计划150人。", ["actual", "target"]),
        ("产量预计达21万吨，较上年增产15%。", ["forecast", "forecast"]),
        ("到2025年，博物馆将增至40家。", ["target"]),
    ],
)
def test_what_is_agreed_on_or_comes_next_is_planned(text, natures):
    assert told(text, "nature", region="绵阳市") == natures


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("成本比沿海低0.7元。", (-0.7, "growth", "=")),
        ("运距比走海路短700公里。", (-700, "growth", "=")),
        ("医生低于全省平均水平0.2人。", (-0.2, "growth", "=")),
        ("税收不会低于1.9亿元。", (190000000, "level", ">=")),
        ("产量不到某城的1/4。", (0.25, "share", "<")),
        ("一年剩不下1万元。", (10000, "level", "<")),
        ("到边境不过50公里。", (50, "level", "<=")),
    ],
)
def test_a_distance_is_no_level_and_a_bound_is_told_in_many_ways(text, said):
    (fact,) = figures(text, region="绵阳市")
    assert (fact.fields["value"], fact.fields["measure"], fact.fields["comparator"]) == said


def test_notes_at_the_heads_of_articles_give_each_its_day_and_place():
    text = (
        "一周要闻\n九江：货运增长\n（《九江日报》2025-10-13）\n今年以来，全市货运很旺，前三季度增长9%，"
        "港口一片繁忙，工人三班倒，船只排成长队，一派兴旺景象。\n"
        "常德：油茶丰收\n（《常德日报》2024-10-18）\n去年，全市产茶油21万吨，农户笑开了怀，加工厂昼夜不停，市场供不应求，"
        "价格稳中有升。"
    )
    assert [(f.fields["region"], f.fields["period"]) for f in figures(text, written=None)] == [
        ("九江市", "2025-Q1/2025-Q3"),
        ("常德市", "2023"),
    ]
