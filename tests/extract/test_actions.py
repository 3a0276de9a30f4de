"""Actions (措施) of a plan's tasks: where each begins, which verb leads it, what goes with it."""

import pytest

from cunzhao.extract import extract
from tests.extract.marked import make_document


def actions_of(body: str) -> list[tuple[str, str]]:
    lines = ["#河湾市先进制造业三年行动计划", "##一、重点任务", f"###1.壮大产业集群。@{body}"]
    facts = extract(make_document(lines), kinds=["action"])
    assert all(fact.fields["task"] == "1" for fact in facts)
    return [(fact.span.quote, fact.fields["verb"]) for fact in facts]


def test_every_clause_with_a_verb_of_its_own_is_an_action():
    assert actions_of("培育链主企业，加快建设滨江产业园。完善用地政策。") == [
        ("培育链主企业", "培育"),
        ("加快建设滨江产业园", "建设"),
        ("完善用地政策", "完善"),
    ]


@pytest.mark.parametrize(
    "setting",
    [
        "聚焦新材料、智能装备等领域",
        "到2027年",
        "借鉴先进地区经验",
        "以链主企业为龙头",
        "抓住产业转移机遇",
        "围绕产业链短板",
    ],
)
def test_a_setting_goes_with_the_action_that_follows(setting):
    assert actions_of(f"{setting}，引进一批补链项目。") == [(f"{setting}，引进一批补链项目", "引进")]


def test_a_result_goes_with_the_action_before():
    assert actions_of("建立会商制度，形成上下联动的格局。") == [("建立会商制度，形成上下联动的格局", "建立")]


def test_adverbs_are_no_verbs_but_may_stand_for_one():
    assert actions_of("加快老旧厂区改造，加快推进数字化转型。") == [
        ("加快老旧厂区改造", "加快"),
        ("加快推进数字化转型", "推进"),
    ]


def test_a_preposition_may_open_an_action():
    assert actions_of("与省农科院建立合作机制，对符合条件的企业给予贴息。") == [
        ("与省农科院建立合作机制", "建立"),
        ("对符合条件的企业给予贴息", "给予"),
    ]


def test_a_goal_with_a_subject_of_its_own_is_an_action_a_bound_is_none():
    assert actions_of("到2027年，规上工业产值达到900亿元。每年举办对接会，场次不少于6场。") == [
        ("到2027年，规上工业产值达到900亿元", "达到"),
        ("每年举办对接会，场次不少于6场", "举办"),
    ]


def test_who_is_responsible_is_no_action():
    assert actions_of(
        "推广先进技术。（牵头单位：市工信局；责任单位：市科技局、各县区；完成时限：2026年12月）"
    ) == [("推广先进技术", "推广")]


def test_commas_in_quotes_and_brackets_part_nothing():
    assert actions_of("落实“一链一策，一企一案”机制（包括预警，会商），优化服务。") == [
        ("落实“一链一策，一企一案”机制（包括预警，会商）", "落实"),
        ("优化服务", "优化"),
    ]


def test_a_bound_of_what_is_done_is_no_action_of_its_own():
    assert actions_of("对合作社给予贴息，贴息幅度最高2个百分点。开展抽查，抽查覆盖面不低于30%。") == [
        ("对合作社给予贴息，贴息幅度最高2个百分点", "给予"),
        ("开展抽查，抽查覆盖面不低于30%", "开展"),
    ]
