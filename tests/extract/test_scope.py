"""Where, when and of which nature: what the words around a quantity say, and what they were read from."""

import pytest

from cunzhao.extract import extract
from cunzhao.read.types import Block, Document, Place


def figures(text, written="2023-06-21", region="绵阳市"):
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(line), place=Place()))
        at += len(line) + 1
    document = Document(text=text, blocks=tuple(blocks), published=written)
    return extract(document, kinds=["figure"], region=region)


def told(text, field, **given):
    return [f.fields[field] for f in figures(text, **given)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("5月20日，签约仪式在绵阳举行。41个项目现场签约。", ["2023-05-20"]),
        ("自2021年以来，引进企业217家，投资从2020年的986亿元提升到2022年的1642亿元。", ["2021/2023", "2020", "2022"]),
        ("截至5月底，去年签约的89个项目开工61个。", ["2022", "..2023-05"]),
        ("园区去年11月动工，总投资23亿元。", [None]),
        ("2018年，出口5亿元；其中12月出口1亿元；进口3亿元。", ["2018", "2018-12", "2018"]),
        ("去年出口5亿元，为2013年的3倍。", ["2022", "2022"]),
        ("出口由68亿元增加到90亿元。", [None, None]),
        ("到2025年，出口年均增长9%。", ["2023/2025"]),
        ("目前，全市有企业5家。", [None]),
        ("首批20名学员将于9月入学。", ["2023-09"]),
        ("10月28日至30日，接待游客4万人次。", ["2022-10-28/2022-10-30"]),
        ("4月、5月出口分别增长4.1%和4.6%。", ["2023-04", "2023-05"]),
        ("2022年，出口比上年增长3%；次品率由5%降到4%。", ["2022", "2021", "2022"]),
        ("6月15日，两家签订协议，预计每年带动就业800人。", [None]),
        ("引导牧户于每年9月20日前出栏，布局基地8处。", [None]),
        ("县里召开上半年经济形势发布会。6月末有企业9家。出口5亿元，受5月连阴雨影响减少1亿元。",
         ["2023-06", "2023-01/2023-06", "2023-01/2023-06"]),
        ("前三季度，工业增长6%。4月当月用电量8亿千瓦时。其中居民用电1亿千瓦时。", ["2023-Q1/2023-Q3", "2023-04", "2023-04"]),
        ("前5个月，工业增长6%。其中，5月增长7%。投资下降3%。", ["2023-01/2023-05", "2023-05", "2023-01/2023-05"]),
        ("今天，全市有企业5家。签约三年来，引进30家；三年累计投入2亿元。", [None, "2020/2023", "2021/2023"]),
        ("上半年经济运行平稳，税收9亿元，完成全年任务的62%。", ["2023-01/2023-06", "2023-01/2023-06"]),
    ],
)  # fmt: skip
def test_a_date_holds_as_far_as_it_reaches(text, periods):
    assert told(text, "period") == periods


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("某集团将在江油市投资160亿元，占地520亩。", ["江油市", "江油市"]),
        ("上海投资10亿元到江油市开辟产业园。", ["江油市"]),
        ("2022年，成都、德阳、遂宁生产总值分别为3亿元、2亿元和1亿元，增长3%、2%、1%。", ["成都市", "德阳市", "遂宁市"] * 2),
        ("人均1093元，只有成都（1287元）的85%，低于全省2000元的水平。", ["绵阳市", "成都市", "绵阳市", "四川省"]),
        ("成都产值已突破1万亿元，而我们还不到3000亿元。", ["成都市", "绵阳市"]),
        ("经四川省统计局审定，全市生产总值5亿元。其中，第一产业1亿元。", ["绵阳市", "绵阳市"]),
        ("德阳到成都的距离缩短20公里。", ["德阳市"]),
        ("江油工业园起步早。\n截至5月底，江油工业园已成规模，园区入驻企业20家。", ["江油工业园"]),
    ],
)  # fmt: skip
def test_a_figure_is_about_the_subject_it_is_told_of(text, regions):
    assert told(text, "region") == regions


@pytest.mark.parametrize(
    ("text", "natures"),
    [
        ("完成年度目标的47.6%。", ["actual"]),
        ("项目正在报批，规划占地112亩。", ["target"]),
        ("大桥已建成通车，总投资23亿元。", ["actual"]),
        ("力争开工5个；截至5月底开工3个。", ["target", "actual"]),
        ("收入预计达到3万元，失业率2.7%。", ["forecast", "actual"]),
        ("还将赴深圳举办2场推介会。", ["target"]),
        ("虽比年初目标低0.7个百分点，但高出全国1.4个百分点。", ["actual", "actual"]),
    ],
)
def test_what_is_planned_is_told_from_what_is(text, natures):
    assert told(text, "nature") == natures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("单产比去年低3.2%。", [("growth", -3.2)]),
        ("总产减少1.1万吨，减幅为3%。", [("growth", -11000), ("growth", -3)]),
        ("运费下浮30%，时间能省下10天。", [("growth", -30), ("growth", -10)]),
        ("单价同比反倒跌去13%，降至8元。", [("growth", -13), ("level", 8)]),
        ("产值增长6.7%，一季度8.4%，4月、5月只有4.1%和4.6%，6月回升至7.3%。",
         [("growth", 6.7), ("growth", 8.4), ("growth", 4.1), ("growth", 4.6), ("growth", 7.3)]),
    ],
)  # fmt: skip
def test_a_fall_is_negative_and_what_it_fell_to_is_a_level(text, values):
    assert [(f.fields["measure"], f.fields["value"]) for f in figures(text)] == values


def test_a_heading_that_tells_who_made_the_text_and_when_is_of_no_period():
    from cunzhao.read.types import Heading

    text = "区域经济资料室编　2022年3月\n全市有企业5家。"
    heading = Heading(level=2, number=None, title=text[:16], start=0, end=16, run_in=False)
    blocks = (
        Block(kind="heading", start=0, end=16, place=Place()),
        Block(kind="paragraph", start=17, end=len(text), place=Place()),
    )
    document = Document(text=text, blocks=blocks, outline=(heading,), published="2022-06-21")
    assert [f.fields["period"] for f in extract(document, kinds=["figure"])] == [None]


def test_years_counted_in_a_plan_are_those_of_its_title_and_hold_for_their_clause():
    text = "三年累计推广种羊3万只，设立基金3亿元。"
    document = Document(
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text), place=Place()),),
        title="肉羊产业提质三年行动方案（2023—2025年）",
        published="2023-05-11",
    )
    assert [f.fields["period"] for f in extract(document, kinds=["figure"])] == ["2023/2025", None]


def test_every_scored_field_says_what_it_was_read_from():
    text = "5月，江油市出口约3亿元，力争全年突破40亿元。"
    for fact in figures(text):
        reasons = {reason.field: reason for reason in fact.why}
        assert {"comparator", "measure", "region", "period", "nature"} <= set(reasons)
        assert all(reason.span.holds_in(text) for reason in fact.why if reason.span)
    first = {reason.field: reason.span.quote for reason in figures(text)[0].why if reason.span}
    assert (first["comparator"], first["region"], first["period"]) == ("约", "江油市", "5月")


def test_a_headline_repeats_what_the_text_tells():
    text = "41个项目落子科技城\n5月20日，集中签约仪式在绵阳举行，41个项目现场签约。"
    from cunzhao.read.types import Heading

    heading = Heading(level=1, number=None, title="41个项目落子科技城", start=0, end=10, run_in=False)
    blocks = (
        Block(kind="heading", start=0, end=10, place=Place()),
        Block(kind="paragraph", start=11, end=len(text), place=Place()),
    )
    document = Document(
        text=text, blocks=blocks, outline=(heading,), title=heading.title, published="2023-06-21"
    )
    assert [f.fields["period"] for f in extract(document, kinds=["figure"])] == ["2023-05-20"] * 2


def test_a_report_without_a_place_in_its_title_is_of_the_assembly_that_heard_it():
    text = (
        "政府工作报告\n——2024年1月16日在昭通市第五届人民代表大会第三次会议上\n"
        "全市生产总值增长5%。镇雄县、水富市、镇雄县、水富市的企业多。\n"
    )
    figures = extract(Document(text=text, blocks=(), title="政府工作报告"), kinds=["figure"])
    assert [f.fields["region"] for f in figures] == ["昭通市"]
