"""Names with their positions, as officials and reporters write them. All people are made up."""

import pytest

from cunzhao.extract import extract
from tests.extract.marked import make_document


def persons(text):
    found = extract(make_document(text.split("\n")), kinds=["person"])
    return [(fact.fields["name"], fact.fields["position"]) for fact in found]


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("华坤集团执行总裁郏振声致辞。", "郏振声", "华坤集团执行总裁"),
        ("省统计局总统计师、新闻发言人眭敏在会上说，", "眭敏", "省统计局总统计师、新闻发言人"),
        ("省钢铁研究会副会长、教授级高级工程师濮阳松这样概括。", "濮阳松", "省钢铁研究会副会长、教授级高级工程师"),
        ("市轨道交通建设指挥部副总指挥尚可均介绍，", "尚可均", "市轨道交通建设指挥部副总指挥"),
        ("市委副书记、代市长司空剑会见客商。", "司空剑", "市委副书记、代市长"),
        ("管委会主任安以恒介绍，", "安以恒", "管委会主任"),
        ("桥头镇党委书记哈斯巴根说，", "哈斯巴根", "桥头镇党委书记"),
        ("自治州州长阿布力孜·吐尔逊出席。", "阿布力孜·吐尔逊", "自治州州长"),
        ("统战部部长白玛旺堆主持会议。", "白玛旺堆", "统战部部长"),
        ("西门机电全球副总裁托马斯·韦伯表示看好。", "托马斯·韦伯", "西门机电全球副总裁"),
        ("德国某州州长克雷奇曼到访。", "克雷奇曼", "德国某州州长"),
        ("松原电器社长山本健太郎一行来访。", "山本健太郎", "松原电器社长"),
        ("副局长（主持工作）牟其昌出席。", "牟其昌", "副局长"),
        ("时任市委书记的谷正阳多次召集会议。", "谷正阳", "市委书记"),
        ("记者从市文旅局副局长仉晓燕处获悉，", "仉晓燕", "市文旅局副局长"),
    ],
)  # fmt: skip
def test_a_name_of_any_shape_stands_behind_its_position(text, name, position):
    assert persons(text) == [(name, position)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市长李强国一早赶到防汛一线。", "李强国"),
        ("县委书记张伟顶着烈日走进田间地头。", "张伟"),
        ("区长刘芳面对面听取企业诉求。", "刘芳"),
        ("公司董事长赵刚毅然决定把工厂搬到园区。", "赵刚"),
        ("市长周闻道表示，年内开工。", "周闻道"),
        ("市长王明还表示，年内开工。", "王明"),
        ("项目经理段志强三个月没回家。", "段志强"),
        ("镇长刘正把图纸摊在桌上。", "刘正"),
        ("中心主任拉毛措女士出席。", "拉毛措"),
        ("主任程砚秋平说。主任程砚秋平又说。", "程砚秋平"),
    ],
)
def test_how_many_characters_a_name_has_is_told_by_what_follows(text, name):
    assert persons(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市领导蒙以安、向书砚、冉冉参加。",
         [("蒙以安", "市领导"), ("向书砚", "市领导"), ("冉冉", "市领导")]),
        ("市委书记薛松和市长叶青出席。", [("薛松", "市委书记"), ("叶青", "市长")]),
        ("副省长阚明，市委书记席子健、市长雒文杰出席。",
         [("阚明", "副省长"), ("席子健", "市委书记"), ("雒文杰", "市长")]),
        ("市委书记席子健、江苏、安徽等地代表出席。", [("席子健", "市委书记")]),
        ("郝一民、柯新芳等市领导出席。", [("郝一民", "市领导"), ("柯新芳", "市领导")]),
    ],
)  # fmt: skip
def test_members_of_a_list_have_each_their_own_position_or_the_shared_one(text, expected):
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("贺兰若（某大学公共管理学院副院长）：关键在于共享。", "贺兰若", "某大学公共管理学院副院长"),
        ("（作者：邴一鸣，市委政策研究室副主任）", "邴一鸣", "市委政策研究室副主任"),
        ("商长河，男，汉族，1968年3月生，中共党员，现任黄州区委书记。", "商长河", "黄州区委书记"),
        ("鲍家俊系西部大学经济管理学院教授。", "鲍家俊", "西部大学经济管理学院教授"),
        ("聘任甘露为县人民医院院长（试用期一年）；", "甘露", "县人民医院院长"),
        ("免去危红旗的市财政局局长职务。", "危红旗", "市财政局局长"),
        ("会议选举宗泽华为滨海新区区长。", "宗泽华", "滨海新区区长"),
        ("县长：古力娜", "古力娜", "县长"),
        ("闻人语　市科技局局长", "闻人语", "市科技局局长"),
        ("季开诚\t市发改委主任\t0575", "季开诚", "市发改委主任"),
    ],
)
def test_a_name_may_stand_before_its_position(text, name, position):
    assert persons(text) == [(name, position)]


def test_a_later_shorter_form_of_an_office_is_no_new_fact():
    text = "市委书记、市人大常委会主任薛松出席。市委书记薛松强调，薛松主任指出。"
    assert persons(text) == [("薛松", "市委书记、市人大常委会主任")]


def test_a_later_fuller_form_of_an_office_is_one():
    assert persons("市长薛松出席。市委副书记、市长薛松强调，") == [
        ("薛松", "市长"),
        ("薛松", "市委副书记、市长"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "市长高度肯定。主任安排部署。专家应邀授课。局长通过视频讲话。老师时常家访。",
        "市长江大桥建设指挥部。区长安街道办。院长廊改造。县长江流域禁捕。行长沙分行。",
        "书记办公会议、局长办公会、主任会议、院士工作站、专家库、市长热线、书记信箱。",
        "市委书记、市长任组长，分管副市长任副组长，各县（市、区）长为成员。",
        "由市委书记、市长双牵头，县级领导包联，部门负责人包抓。由区领导担任召集人。",
        "江苏省委书记、浙江省省长出席。校长广东人，厂长江西人。",
        "董事长向股东大会报告工作。局长应向大家说明。县长时指出。",
        "医师节、教师节、律师法、会计师事务所、建筑师负责制、总统计师事务。",
        "李市长、王书记、张局长分别讲了话。",
        "陈敏：从外卖骑手到社区书记",
    ],
)
def test_what_stands_behind_a_position_may_be_no_name(text):
    assert persons(text) == []


def test_a_person_tells_the_words_its_position_was_read_from():
    (fact,) = extract(make_document(["市委副书记、市长薛松出席。"]), kinds=["person"])
    assert [(r.field, r.by, r.span.quote) for r in fact.why] == [("position", "words", "市委副书记、市长")]
