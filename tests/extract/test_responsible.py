"""Who leads and who is responsible, in the forms that plans print."""

import pytest

from cunzhao.extract import extract
from cunzhao.extract.plans.responsible import read_responsible
from tests.extract.marked import make_document


@pytest.mark.parametrize(
    ("note", "lead", "units"),
    [
        (
            "（牵头单位：市发改委；责任单位：市财政局、各区县政府；完成时限：2026年6月）",
            ["市发改委"],
            ["市财政局", "各区县政府"],
        ),
        (
            "（县农业农村局牵头，县文旅局、各乡镇配合；2026年底前完成）",
            ["县农业农村局"],
            ["县文旅局", "各乡镇"],
        ),
        ("（县财政局、金融办牵头，各乡镇配合）", ["县财政局", "金融办"], ["各乡镇"]),
        ("（由省科技厅牵头，会同省财政厅等部门负责）", ["省科技厅"], ["省财政厅"]),
        ("（市教育局、市人社局按职责分工负责）", [], ["市教育局", "市人社局"]),
        ("（责任单位：市交通局）", [], ["市交通局"]),
        ("（含农村公路、桥梁）", [], []),
        ("（2026年底前完成）", [], []),
    ],
)
def test_a_note_tells_who(note, lead, units):
    said = read_responsible(note, 0, len(note))
    assert (said.lead, said.units) == (lead, units)


def test_a_task_names_departments_in_full_and_says_what_each_field_was_read_from():
    lines = [
        "#岳阳市港口三年行动计划",
        "##一、主要任务",
        "###1.扩能。@加快建设码头。（市交通运输局牵头，市发改委配合）",
    ]
    (task,) = extract(make_document(lines), kinds=["task"])
    assert task.fields["lead_names"] == ["岳阳市交通运输局"]
    assert task.fields["units_names"] == ["岳阳市发展和改革委员会"]
    quotes = {reason.field: reason.span.quote for reason in task.why if reason.span}
    assert quotes == {
        "lead": "（市交通运输局牵头，市发改委配合）",
        "units": "（市交通运输局牵头，市发改委配合）",
        "area": "一、主要任务",
    }
