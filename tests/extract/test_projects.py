"""Projects: which names are things being set up, how far, for how much. Every sentence is our own."""

import pytest

from cunzhao.extract import extract
from cunzhao.read.types import Cell, Document, Heading, Table
from tests.costs import grows_linearly

PLAN = "云岭市综合交通建设三年行动计划"


def projects(text: str, title: str | None = None) -> list[dict]:
    body = f"{title}\n\n{text}" if title else text
    document = Document(text=body, title=title, blocks=())
    facts = extract(document, kinds=["project"])
    assert all(body[f.span.start : f.span.end] == f.span.quote for f in facts)
    return [f.to_json() for f in facts]


def names(text: str, title: str | None = None) -> list[str]:
    return [p["name"] for p in projects(text, title)]


def stage(text: str, title: str | None = None) -> str | None:
    (project,) = projects(text, title)
    return project["stage"]


def test_a_list_that_ends_with_projects_gives_one_for_each_member():
    found = projects("去年，宁巢城际铁路、江北大桥、桐江二号隧道等一批重大工程加快推进。")
    assert [p["name"] for p in found] == ["宁巢城际铁路", "江北大桥", "桐江二号隧道"]
    assert {p["stage"] for p in found} == {"building"}


def test_firms_that_settle_are_projects():
    found = projects("开发区已吸引恒禾生物、远帆科技等一批项目落户。")
    assert [(p["name"], p["stage"]) for p in found] == [("恒禾生物", "done"), ("远帆科技", "done")]


def test_members_of_a_list_share_the_head_of_the_last():
    assert names("加快建设云东、鹭湖科技城。") == ["云东科技城", "鹭湖科技城"]


def test_as_many_members_as_are_counted_share_the_head():
    found = projects("开展城区至桃源、城区至宣水两条市域铁路前期。")
    assert [p["name"] for p in found] == ["城区至桃源市域铁路", "城区至宣水市域铁路"]
    assert {p["stage"] for p in found} == {"planned"}


def test_a_line_takes_the_network_from_the_line_before():
    assert names("云岭轨道交通1号线、2号线一期年内开通运营。") == [
        "云岭轨道交通1号线",
        "云岭轨道交通2号线一期",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全市新开工亿元以上项目22个，总投资310亿元。",
        "加快推进重大项目建设，完善基础设施。",
        "引进一批高质量制造业项目。",
        "会议在云岭国际会展中心召开。",
        "公司位于鹭湖经济开发区，主营水泵。",
        "依托江北产业园，大力发展物流业。",
        "代表团走进鹭湖科技城，考察了两家企业。",
        "着力打造具有全国影响力的先进制造业基地。",
        "公司在江北建设3条生产线。",
        "云岭港务集团与鹭湖大学签署战略合作协议。",
        "实施“银领”人才培育工程。",
        "纯电动汽车、医疗机器人等一批高质量项目落户。",
    ],
)
def test_kinds_sums_places_and_partners_are_no_projects(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("谋划建设鹭湖湿地公园。", "planned"),
        ("积极争取云岭综合保税区。", "planned"),
        ("开展宁巢高速二期前期工作。", "planned"),
        ("正与恒禾集团洽谈鹭湖动力电池项目。", "negotiating"),
        ("鹭湖动力电池项目日前正式签约。", "signed"),
        ("鹭湖动力电池项目已开工。", "building"),
        ("江北大桥今年9月建成通车。", "done"),
        ("江北大桥将于明年建成通车。", "building"),
        ("江北大桥主体已封顶。", "building"),
        ("加快推进宁巢高速建设。", "building"),
        ("总投资18亿元的远帆总装基地已于本月投产。", "done"),
        ("宁巢高速可行性研究报告已上报待批。", "planned"),
    ],
)
def test_the_stage_is_the_furthest_that_is_so(text, expected):
    assert stage(text) == expected


def test_in_a_plan_what_is_to_be_completed_is_being_built():
    assert stage("建成江北大桥。", PLAN) == "building"
    assert stage("建成江北大桥。", "云岭市2021年工作总结") == "done"


def test_a_sentence_that_goes_on_tells_more_of_the_project():
    (project,) = projects("去年签约的恒禾封测项目是个例子。项目总投资35亿元，目前主体厂房已封顶。")
    assert (project["stage"], project["investment"]) == ("building", 3500000000)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("恒禾封测项目总投资48亿元，已开工。", 4800000000, "元"),
        ("恒禾集团在江北投资160亿元建设柔性显示模组基地。", 16000000000, "元"),
        ("德国某公司拟出资1.2亿美元，在江北设立西南研发中心。", 120000000, "美元"),
        ("投资10个亿建设桐江影视城。", 1000000000, "元"),
        ("江北大桥累计完成投资4.6亿元，为总投资的六成。", None, None),
        ("江北大桥已开工，年度计划投资2亿元。", None, None),
    ],
)
def test_the_investment_is_that_of_the_whole(text, amount, currency):
    (project,) = projects(text)
    assert (project["investment"], project["currency"]) == (amount, currency)


def test_amounts_told_respectively_go_to_their_projects():
    found = projects("建设恒禾储运基地和鹭湖冷链交易中心，总投资分别为14.2亿元、9.6亿元。")
    assert [p["investment"] for p in found] == [1420000000, 960000000]


def test_the_sum_of_a_list_is_nobodys_investment():
    found = projects("恒禾封测项目、远帆总装基地等2个项目集中开工，总投资80亿元。")
    assert [p["investment"] for p in found] == [None, None]


def test_what_is_said_of_a_list_of_signed_or_begun_projects_holds_for_each():
    found = projects("集中竣工项目3个，包括桐江幼儿园、江北污水处理厂、鹭湖文化中心等。")
    assert {p["stage"] for p in found} == {"done"}
    assert len(found) == 3


def test_a_project_is_told_again_only_where_something_new_is_said():
    found = projects("江北大桥开工建设。江北大桥加快建设。江北大桥总投资20亿元。")
    assert [p["investment"] for p in found] == [None, 2000000000]


def test_a_heading_under_one_that_sets_up_is_a_project():
    text = "（一）打造合作先行区\n\n1.栖霞临江产业协作园\n\n以新材料为重点。"
    at = {line: text.index(line) for line in text.split("\n\n")}
    outline = (
        Heading(level=2, number="（一）", title="打造合作先行区", start=0, end=10),
        Heading(level=3, number="1", title="栖霞临江产业协作园", start=12, end=at["以新材料为重点。"] - 2),
    )
    found = extract(Document(text=text, blocks=(), outline=outline), kinds=["project"])
    assert [f.fields["name"] for f in found] == ["栖霞临江产业协作园"]


def test_a_table_of_projects_gives_one_for_each_row():
    rows = [
        ["项目名称", "总投资（亿元）", "进展"],
        ["恒禾封测项目", "35", "在建"],
        ["远帆基地", "8.5", "投产"],
    ]
    text, cells = "", []
    for r, row in enumerate(rows):
        for c, word in enumerate(row):
            cells.append(Cell(row=r, column=c, start=len(text), end=len(text) + len(word), header=r == 0))
            text += word + ("\t" if c < len(row) - 1 else "\n")
    table = Table(start=0, end=len(text), cells=tuple(cells), header_rows=1)
    found = extract(Document(text=text, blocks=(), tables=(table,)), kinds=["project"])
    assert [(f.fields["name"], f.fields["investment"], f.fields["stage"]) for f in found] == [
        ("恒禾封测项目", 3500000000, "building"),
        ("远帆基地", 850000000, "done"),
    ]


def test_each_decided_field_says_what_it_was_read_from():
    text = "恒禾封测项目总投资48亿元，已开工。"
    (fact,) = extract(Document(text=text, blocks=()), kinds=["project"])
    why = {r.field: (r.by, r.span.quote if r.span else None) for r in fact.why}
    assert why["stage"] == ("clause", "开工")
    assert why["investment"] == ("words", "48亿元")


def test_work_stays_linear_without_any_full_stop():
    def work(times: int) -> None:
        extract(Document(text="建设甲乙产业园、" * times, blocks=()), kinds=["project"])

    assert grows_linearly(work, 500, 4000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "青溪水库、县人民医院新院区、城北污水处理厂建成投用，桐岭高速、白鹤机场开工建设。",
            ["青溪水库", "县人民医院新院区", "城北污水处理厂", "桐岭高速", "白鹤机场"],
        ),
        ("石林生猪养殖场、牧原万头肉牛育肥场建成投产。", ["石林生猪养殖场", "牧原万头肉牛育肥场"]),
        ("启迪之星孵化器、天府众创空间揭牌运营。", ["启迪之星孵化器", "天府众创空间"]),
        ("皇冠假日酒店、云顶国际大酒店开业运营。", ["皇冠假日酒店", "云顶国际大酒店"]),
        ("太平山隧道贯通，南环路全线通车。", ["太平山隧道", "南环路"]),
        ("赵家渡航电枢纽蓄水发电，黄花岭隧洞掘进过半。", ["赵家渡航电枢纽", "黄花岭隧洞"]),
        ("瑞丽航空基地、东航维修机库开工。", ["瑞丽航空基地", "东航维修机库"]),
        ("市民中心、档案馆、青少年宫投入使用。", ["市民中心", "档案馆", "青少年宫"]),
        ("新城第一小学、滨河初级中学建成招生。", ["新城第一小学", "滨河初级中学"]),
        ("永昌路综合管廊、西湖路下穿立交主体完工。", ["永昌路综合管廊", "西湖路下穿立交"]),
    ],
)
def test_works_of_every_kind_are_named_where_they_are_built(text, expected):
    assert names(text) == expected


def test_a_firm_alone_is_a_project_where_it_is_built():
    assert stage("盛新锂能建成投产。") == "done"
    assert stage("去年以来，恒远光电顺利投产。") == "done"


def test_firms_in_a_list_of_what_is_built_are_projects():
    found = projects("鑫达新材料、恒远光电、嘉禾食品建成投产，博睿整车制造、天工精密机械开工建设。")
    assert [(p["name"], p["stage"]) for p in found] == [
        ("鑫达新材料", "done"),
        ("恒远光电", "done"),
        ("嘉禾食品", "done"),
        ("博睿整车制造", "building"),
        ("天工精密机械", "building"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "碳纤维材料、纯电动汽车、动力电池竣工投产。",
        "新能源汽车、复合材料、高端装备等项目开工建设。",
        "引进中鼎重工、海越电气、佳通轮胎等企业15家。",
        "节后企业集团陆续开工，农村供水网络建成。",
        "惠民工程、阳光工程深入实施，平安工程扎实推进。",
        "云江市2023年第二次招商引资项目集中签约。",
        "推进城镇老旧小区改造和棚户区改造，新建公厕30座。",
        "责任单位（县农业发展中心、县供销社）按期完成。",
    ],
)
def test_trades_campaigns_and_sums_are_no_projects(text):
    assert names(text) == []
