"""What figures measure where people talk and reporters tell stories."""

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
        ("一家面馆一天能卖500碗牛肉面。", ["牛肉面"]),
        ("全镇只有3名兽医，却要管6.8万头牛。", ["兽医", "牛"]),
        ("每人最高给60万元购房补贴。", ["购房补贴"]),
        ("青贮玉米每亩能收3.5吨。", ["青贮玉米"]),
        ("全年有望交付30架。", ["交付"]),
        ("绕行还要多走18公里。", ["绕行"]),
        ("蜜柚皮过去没人要，如今每吨能卖600元。", ["蜜柚皮"]),
    ],
)
def test_how_and_how_often_something_is_done_names_nothing(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("光柴油一项，今年就多花了38万元。", ["柴油"]),
        ("一趟下来光是过路费就要1200元。", ["过路费"]),
        ("头一个是地租，前年480元一亩，去年涨到520元。", ["地租", "地租"]),
        ("茶园是村里的老底子，原先只有300亩。", ["茶园"]),
    ],
)
def test_a_topic_told_before_names_what_follows(text, indicators):
    assert [str(name)[-len(one) :] for name, one in zip(named(text), indicators, strict=True)] == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("60多名工人分成两班干活。", ["工人"]),
        ("已有23家企业签了入园协议。", ["企业"]),
        ("由6家会员企业抱团的产业园已经开建。", ["会员企业"]),
        ("现场签约的31个项目协议总投资286亿元。", ["项目", "协议总投资"]),
        ("选派150名技术员蹲点服务。", ["技术员"]),
        ("全州8个县市，有7个是贫困县。", ["县市", "贫困县"]),
        ("跨江桥梁要拆建27座，目前12座已开工。", ["跨江桥梁", "跨江桥梁"]),
        ("6座隧道累计掘进11.4公里。", ["隧道", "掘进"]),
        ("每年从2000万立方米浓海水中提取溴素3000吨。", ["浓海水", "溴素"]),
    ],
)
def test_a_noun_behind_a_count_ends_before_what_it_does(text, indicators):
    assert [str(name)[-len(one) :] for name, one in zip(named(text), indicators, strict=True)] == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("睿峰新材将拿出22.6亿元，在开发区建厂。", ["投资"]),
        ("市里拿出20亿元设立产业基金。", ["产业基金"]),
        ("前年他从银行贷了20万元。", ["贷款"]),
        ("吸纳10人以上就业的，再奖1万元。", ["就业", "奖励"]),
    ],
)
def test_a_deed_tells_what_is_paid(text, indicators):
    assert [str(name)[-len(one) :] for name, one in zip(named(text), indicators, strict=True)] == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("芜湖到合肥最快38分钟。", ["芜湖到合肥"]),
        ("项目从签约到开工仅用98天。", ["项目从签约到开工"]),
        ("生猪、母猪存栏分别为31万头和2.9万头，前者下降2.6%，后者增长1.4%。", ["生猪存栏", "母猪存栏"] * 2),
        ("出栏羊712万只，产羊肉11万吨，分别占全区的10.8%和10.5%。", None),
        ("储能示范电站（10兆瓦）3月动工。", ["储能示范电站"]),
        ("产能从年产6亿只猛增到15亿只。", ["产能", "产能"]),
        ("合建年产600套叶片的工厂。", ["年产叶片"]),
    ],
)
def test_ways_pairs_and_brackets(text, indicators):
    got = named(text)
    assert got == indicators if indicators else got[2] == f"{got[0]}占全区" and got[3] == f"{got[1]}占全区"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("西红柿一斤卖3块5，比去年多了4毛。", [(3.5, "元", "level"), (0.4, "元", "growth")]),
        ("地租前年480元一亩，去年520，今年要600块钱。", [(v, "元", "level") for v in (480, 520, 600)]),
        ("胎菊一公斤卖160块。", [(160, "元", "level")]),
        ("光伏板装了300块。", [(300, "块", "level")]),
        ("工业用气每立方米1.98元，比沿海低0.7元。", [(1.98, "元", "level"), (-0.7, "元", "growth")]),
        ("城乡居民收入比由1.98缩小到1.93。", [(1.98, None, "level"), (1.93, None, "level")]),
        ("经营净收入增势最猛，达11.8%。", [(11.8, "%", "growth")]),
        ("优良天数248天，多了22天。", [(248, "天", "level"), (22, "天", "growth")]),
        ("常住人口375.6万人，十年少了166万人。", [(3756000, "人", "level"), (-1660000, "人", "growth")]),
    ],
)
def test_coins_echoes_and_what_is_dearer_or_less(text, values):
    assert [(f["value"], f["unit"], f["measure"]) for f in figures(text)] == values
