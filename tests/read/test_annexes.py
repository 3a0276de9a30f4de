"""Names of annexes below the body of a document."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.structure.official import annex_names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["附件：1.改造任务分解表", "　　　2.改造项目汇总表", "青河市人民政府"], ["改造任务分解表", "改造项目汇总表"]),
        (["附件：改造任务分解表", "青河市人民政府", "2023年3月6日"], ["改造任务分解表"]),
        (["附件：1．改造任务分解表　2．改造项目汇总表"], ["改造任务分解表", "改造项目汇总表"]),
        (["附件：", "1、《渡口名录》", "2、渡口改造计划（2021—", "2023年）", "2023年3月6日"],
         ["渡口名录", "渡口改造计划（2021—2023年）"]),
        (["附件1：渡口名录", "附件2：渡口改造计划", "青河市人民政府"], ["渡口名录", "渡口改造计划"]),
        (["附：渡口名录"], ["渡口名录"]),
        (["附件", "渡口名录", "1.望江渡口"], []),
        (["请按附件：渡口名录执行。"], []),
    ],
)  # fmt: skip
def test_named_annexes_are_told_without_number_and_marks(lines: list[str], names: list[str]) -> None:
    text = "\n".join(["关于渡口改造的通知", "各县人民政府：", "现将有关事项通知如下。", *lines])
    document = read(text.encode(), mime="text/plain")
    assert list(annex_names(document.text, document.blocks)) == names
