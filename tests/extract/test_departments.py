"""Departments in full, by the area a document is about."""

import pytest

from cunzhao.extract.places.departments import full_name


@pytest.mark.parametrize(
    ("printed", "own", "full"),
    [
        ("市发改委", "绍兴市", "绍兴市发展和改革委员会"),
        ("市发展改革委", "芜湖市", "芜湖市发展和改革委员会"),
        ("省交通厅", "绍兴市", "浙江省交通运输厅"),
        ("市人力社保局", "诸暨市", "诸暨市人力资源和社会保障局"),
        ("县农业农村局", "安溪县", "安溪县农业农村局"),
        ("市金融办", "岳阳市", "岳阳市人民政府金融工作办公室"),
        ("市委宣传部", "岳阳市", "中共岳阳市委员会宣传部"),
        ("团市委", "岳阳市", "团市委"),
        ("市税务局", "岳阳市", "国家税务总局岳阳市税务局"),
        ("柯桥区发改局", "绍兴市", "柯桥区发展和改革局"),
        ("区政府", "涪陵区", "涪陵区人民政府"),
        ("市交通委", "上海市", "上海市交通运输委员会"),
        ("发改委", "绍兴市", "绍兴市发展和改革委员会"),
        ("市生态环境局", "绍兴市", "绍兴市生态环境局"),
    ],
)
def test_a_short_name_is_given_in_full_with_its_place(printed, own, full):
    assert full_name(printed, own) == full


@pytest.mark.parametrize(
    "printed",
    [
        "各区县",
        "市直有关部门",
        "国网岳阳供电公司",
        "城陵矶新港区管委会",
        "各乡镇",
        "区发改局",
        "市场监管总局",
    ],
)
def test_what_cannot_be_known_stays_as_printed(printed):
    assert full_name(printed, "绍兴市") == printed


def test_without_an_area_nothing_is_completed():
    assert full_name("市发改委", None) == "市发改委"
