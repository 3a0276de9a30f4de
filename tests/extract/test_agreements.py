"""Agreements: which parties, in what form, so or sought. Every sentence is our own."""

import pytest

from cunzhao.extract import extract
from cunzhao.read.types import Document
from tests.costs import grows_linearly

PLAN = "云岭市对外开放行动计划"


def agreements(text: str, title: str | None = None) -> list[dict]:
    body = f"{title}\n\n{text}" if title else text
    facts = extract(Document(text=body, title=title, blocks=()), kinds=["agreement"])
    assert all(body[f.span.start : f.span.end] == f.span.quote for f in facts)
    return [f.to_json() for f in facts]


def parties(text: str, title: str | None = None) -> list[list[str]]:
    return [a["parties"] for a in agreements(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江宁区与恒禾集团签订战略合作协议。", ["江宁区", "恒禾集团"]),
        ("昨天，鹭湖大学同远帆科技公司签署了产学研合作协议。", ["鹭湖大学", "远帆科技公司"]),
        ("我们还想跟苏州的吴中区谈数字经济方面的合作。", ["苏州的吴中区"]),
        ("云东医院牵手南京鼓楼医院。", ["云东医院", "南京鼓楼医院"]),
        ("镇江、扬州、泰州三市交通运输局签署了公交互通协议。", ["镇江", "扬州", "泰州"]),
        ("江宁区和句容市共建的宁句科创中心已经启用。", ["江宁区", "句容市"]),
        ("复制推广南京—镇江一体化养老合作模式。", ["南京", "镇江"]),
        ("王某与李某分别代表江宁区政府、鹭湖大学签署协议。", ["江宁区政府", "鹭湖大学"]),
        ("副市长赵某代表南京市政府与鹭湖大学签署协议。", ["南京市政府", "鹭湖大学"]),
        ("我们和佛山市禅城区结了对子，两地互派干部。", ["佛山市禅城区"]),
        ("恒禾食品公司今年3月跟我们签了三年的订单合同。", ["恒禾食品公司"]),
        ("鹭湖大学前年和我们社签了个科技合作协议。", ["鹭湖大学"]),
        ("县里同鹭湖港集团约定，航线增开8个班次。", ["县里", "鹭湖港集团"]),
        ("公司已和恒禾集团达成战略合作。", ["公司", "恒禾集团"]),
        ("由江宁区和句容市共同发起的产业联盟日前挂牌。", ["江宁区", "句容市"]),
        ("争取云岭科技工业园和我县绿色产业园结为友好园区。", ["云岭科技工业园", "我县绿色产业园"]),
        ("江宁区将继续深化与句容市的山海协作。", ["江宁区", "句容市"]),
    ],
)
def test_who_agrees(text, expected):
    assert parties(text) == [expected]


def test_both_sides_are_those_named_before():
    text = "江宁区与句容市2017年结了对子。今年双方签署了产业链合作框架协议。"
    assert parties(text) == [["江宁区", "句容市"], ["江宁区", "句容市"]]
    assert agreements(text)[1]["quote"] == "双方"
    met = "江宁区的水产俏销，句容市的草莓也不愁卖。两地已签订冷链物流框架协议。"
    assert parties(met) == [["江宁区", "句容市"]]


def test_respectively_parts_those_who_sign_with_one():
    text = "恒禾银行和鹭湖银行分别同句容市政府签了融资合作协议。"
    assert parties(text) == [["恒禾银行", "句容市政府"], ["鹭湖银行", "句容市政府"]]


def test_respectively_parts_the_counterparties():
    text = "南京市政府分别与恒禾集团、国家开发银行江苏省分行签订合作协议。"
    assert parties(text) == [
        ["南京市政府", "恒禾集团"],
        ["南京市政府", "国家开发银行江苏省分行"],
    ]


def test_respectively_pairs_two_lists_of_one_length():
    text = "句容市、溧水区分别与南京大学、东南大学建立园区结对关系。"
    assert parties(text) == [["句容市", "南京大学"], ["溧水区", "东南大学"]]


def test_and_keeps_the_counterparties_together():
    assert parties("句容市与江苏省政府和恒禾集团进行战略合作。") == [["句容市", "江苏省政府", "恒禾集团"]]


def test_pairs_in_one_clause_are_told_one_by_one():
    text = "栖霞区与句容市、江宁区与溧阳市签订结对帮扶协议。"
    assert parties(text) == [["栖霞区", "句容市"], ["江宁区", "溧阳市"]]


def test_a_subject_named_before_is_among_the_parties():
    assert parties("江宁区与恒禾集团签订合作协议，与鹭湖大学签订战略合作协议。") == [
        ["江宁区", "恒禾集团"],
        ["江宁区", "鹭湖大学"],
    ]
    text = "镇江市将从三个方面扩大开放。一方面，与南京江北新区、句容经济开发区开展战略合作。"
    assert parties(text) == [["镇江市", "南京江北新区"], ["镇江市", "句容经济开发区"]]


def test_where_no_own_party_is_named_the_counterparties_stand_together():
    text = "加强与南京江北新区、句容经济开发区协作。"
    assert parties(text, PLAN) == [["南京江北新区", "句容经济开发区"]]


def test_parties_may_stand_in_the_titles_of_papers():
    text = "双方先后签订了“江苏省和安徽省交通合作协议”、“苏皖共建产业园协议书”。"
    assert parties(text) == [["江苏省", "安徽省"], ["苏", "皖"]]


@pytest.mark.parametrize(
    "text",
    [
        "深化与长三角城市的合作。",
        "集团已与12家船公司签署合作备忘录。",
        "加强与国内外知名高校的产学研合作。",
        "句容市主动对接南京江北新区。",
        "代表团赴南京大学考察。",
        "密切与南京江北新区的联系和合作。",
        "农业与工业合作空间很大。",
        "随着与南京合作的深入，客流不断增加。",
        "本市参与长三角合作与交流。",
    ],
)
def test_kinds_of_parties_and_mere_contact_make_no_agreement(text):
    assert parties(text) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("江宁区与恒禾集团签署全面战略合作协议。", "全面战略合作协议"),
        ("江宁区与恒禾集团签订一体化压铸车身项目投资协议。", "投资协议"),
        ("江宁区与恒禾集团就智慧停车签下框架协议。", "框架协议"),
        ("恒禾集团已与鹭湖职业学院签订订单培养协议。", "订单培养协议"),
        ("江宁区与鹭湖大学签署《校地人才合作备忘录》。", "《校地人才合作备忘录》"),
        ("江宁区与鹭湖大学共建未来技术研究院。", "共建"),
        ("栖霞区医院与鹭湖大学附属医院组建紧密型医联体。", "紧密型医联体"),
        ("推动阿里巴巴与镇江开展产业数字化合作。", "合作"),
        ("我们和江宁区结了对子。", "结对"),
        ("深化与江宁区的消费帮扶协作。", "消费帮扶协作"),
        ("鹭湖大学和江宁区政府签了个科技合作协议。", "科技合作协议"),
    ],
)
def test_the_form_holds_what_sort_of_agreement_it_is(text, form):
    assert [a["form"] for a in agreements(text)] == [form]


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("江宁区与恒禾集团签订了合作协议。", "actual"),
        ("江宁区将与恒禾集团签订合作协议。", "target"),
        ("江宁区争取与恒禾集团建立合作关系。", "target"),
        ("江宁区深化与恒禾集团战略合作。", "target"),
        ("推动江宁区与句容市签订战略合作协议。", "target"),
        ("江宁区与恒禾集团签订支持科技创新合作协议。", "actual"),
    ],
)
def test_what_is_sought_is_a_target(text, nature):
    assert [a["nature"] for a in agreements(text)] == [nature]


def test_in_a_plan_what_is_not_said_to_be_done_is_a_target():
    assert agreements("与上海虹桥商务区开展战略合作。", PLAN)[0]["nature"] == "target"


def test_the_same_agreement_told_again_is_told_once():
    text = "江宁区与恒禾集团签署战略合作协议。根据协议，江宁区与恒禾集团合作开发园区。"
    assert len(agreements(text)) == 1


def test_each_field_says_what_it_was_read_from():
    text = "江宁区将与恒禾集团签订合作协议，与鹭湖大学签订战略合作协议。"
    first, second = extract(Document(text=text, blocks=()), kinds=["agreement"])
    why = {r.field: (r.by, r.span.quote if r.span else None) for r in first.why}
    assert why["nature"] == ("words", "将")
    assert why["form"] == ("words", "合作协议")
    assert [r.by for r in second.why if r.field == "parties"] == ["clause", "words"]


def test_work_stays_linear_without_any_full_stop():
    def work(times: int) -> None:
        extract(Document(text="甲公司与乙公司签订协议，" * times, blocks=()), kinds=["agreement"])

    assert grows_linearly(work, 500, 4000)


@pytest.mark.parametrize(
    ("text", "pair", "form", "nature"),
    [
        ("渠县和先远智能公司谈妥，合作共建锂电产业园。", ["渠县", "先远智能公司"], "合作共建", "actual"),
        (
            "万源市政府同舜达集团达成一致，双方将签署框架协议。",
            ["万源市政府", "舜达集团"],
            "框架协议",
            "target",
        ),
        ("开江县、渠县都有收获：后者与舜达集团续签了合作协议。", ["渠县", "舜达集团"], "合作协议", "actual"),
        ("达州市与舜达集团谈成一笔大单。", ["达州市", "舜达集团"], None, "actual"),
    ],
)
def test_what_is_settled_in_one_clause_may_be_named_in_the_next(text, pair, form, nature):
    told = agreements(f"达州市渠县、开江县和万源市。{text}")
    assert [(a["parties"], a["form"], a["nature"]) for a in told] == [(pair, form, nature)]
