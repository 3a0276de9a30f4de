"""GB/T 2260 codes: of divisions, of abolished ones, of groups and joint names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.extract import extract
from cunzhao.extract.lexicons import areas, lines
from cunzhao.extract.places.codes import codes_of, current, groups, name_of, single_names
from cunzhao.read.types import Document


@pytest.mark.parametrize(
    ("name", "within", "codes"),
    [
        ("绍兴市", None, ("330600",)),
        ("绍兴", None, ("330600",)),
        ("甬", None, ("330200",)),
        ("沪", None, ("310000",)),
        ("吉林", None, ("220000",)),  # the province, where nothing says the city
        ("吉林市", None, ("220200",)),
        ("鼓楼区", "南京市", ("320106",)),
        ("鼓楼区", None, ()),
        ("上虞市", None, ("330682",)),  # abolished in 2013
        ("苏锡常", None, ("320500", "320200", "320400")),
        ("沪杭甬", None, ("310000", "330100", "330200")),
        ("宁杭", None, ("320100", "330100")),  # 宁 is 南京 beside a city
        ("京津冀", None, ("110000", "120000", "130000")),
        ("长三角", None, ("310000", "320000", "330000", "340000")),
        ("张江集团", None, ()),
        (None, None, ()),
    ],
)
def test_the_codes_of_a_name(name, within, codes):
    assert codes_of(name, within) == codes


@pytest.mark.parametrize(
    ("gone", "today"),
    [
        ("上虞市", "上虞区"),
        ("绍兴县", "柯桥区"),
        ("吴江市", "吴江区"),
        ("襄樊市", "襄阳市"),
        ("莱芜市", "莱芜市"),
    ],
)
def test_an_abolished_division_goes_on_under_another_code_where_one_alone_took_its_place(gone, today):
    assert name_of(current(codes_of(gone)[0])) == today


def test_every_code_of_the_lexicons_is_that_of_a_division():
    known = {area.code for area in areas()}
    named = [code for codes in (*groups().values(), *single_names().values()) for code in codes]
    heirs = [line.split("\t")[1] for line in lines("successors.tsv")]
    assert [code for code in (*named, *heirs) if code not in known] == []


@given(st.sampled_from([area for area in areas() if area.level < 3]))
def test_a_full_name_of_a_city_leads_to_its_code_and_back(area):
    assert codes_of(area.name) == (area.code,)
    assert name_of(area.code) == area.name
    assert current(area.code) == area.code


def test_an_abolished_division_is_the_region_of_its_figures():
    text = "2011年，上虞市实现地区生产总值535亿元。"
    (fact,) = extract(Document(text=text, blocks=()), kinds=["figure"])
    assert (fact.fields["region"], fact.fields["region_codes"]) == ("上虞市", ["330682"])
