"""What a document suggests as tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.organize.suggesting import Subject, document_kinds, suggest
from cunzhao.organize.tags import check_tag


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("清江市人民政府办公室关于印发《清江市交通强市行动计划（2021—2023年）》的通知", ("行动计划", "通知")),
        ("清江县关于印发茶产业提质增效行动方案（2024—2026年）的通知", ("行动方案", "通知")),
        ("专场新闻发布会实录", ("发布会实录",)),
        ("清江市融入都市圈三年行动计划（2026—2028年）", ("行动计划",)),
        ("清江市科技创新实施方案（试行）", ("实施方案",)),
        ("2025年清江市政府工作报告", ("政府工作报告",)),
        ("2024年国民经济和社会发展统计公报", ("统计公报",)),
        ("清江市与远山市签约一批项目", ()),
        ("", ()),
    ],
)
def test_the_kind_of_a_document_is_told_by_how_its_title_ends(title, kinds):
    assert document_kinds(title) == kinds


def tags(subject: Subject, *have: str) -> list[str]:
    return [one.tag for one in suggest(subject, have)]


PLAN = Subject(
    title="清江市综合交通运输发展规划", source="《清江日报》（记者 某某）", area=("远江省", "清江市"), area_words="清江市",
    headings=("一、总体要求", "二、轨道交通", "三、公路", "四、教育"), topics=("城乡建设、环境保护",),
)  # fmt: skip


def test_area_fields_kind_and_source_are_suggested_with_the_words_that_say_so():
    found = suggest(PLAN)
    assert [one.tag for one in found] == [
        "地区/远江省/清江市", "领域/交通", "领域/生态环境", "领域/城乡建设", "文种/规划", "来源/清江日报",
    ]  # fmt: skip
    assert {one.reason for one in found} == {"area", "field", "document-kind", "source"}
    assert "交通" in next(one.words for one in found if one.tag == "领域/交通")


def test_what_a_link_has_is_not_suggested_nor_what_stands_above_it():
    assert "领域/交通" not in tags(PLAN, "领域/交通/轨道") and "文种/规划" not in tags(PLAN, "文种/规划")
    assert "领域/交通" in tags(PLAN, "领域")


def test_hostile_words_suggest_nothing_that_is_no_tag():
    assert tags(Subject(source="长" * 10_000)) == []
    assert tags(Subject(source="a\u202eb")) == []
    assert tags(Subject(source="/")) == []


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_suggested_is_a_tag(title, source, headings):
    for tag in tags(Subject(title=title, source=source, headings=headings)):
        assert check_tag(tag) == tag
