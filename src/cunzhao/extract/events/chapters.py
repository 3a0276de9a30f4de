"""What the heading above a sentence says of it: work to come, or a headline that the text tells again."""

from __future__ import annotations

import re

from cunzhao.extract.text.setting import Setting

_AHEAD = re.compile(
    r"重点工作|主要任务|重点任务|目标任务|工作(?:安排|打算|部署|思路|计划)|下一?步|下阶段|今后|未来五年|预期目标|总体要求|展望"
)
_BACK = re.compile(r"回顾|总结|完成|成效|成绩|进展|情况|落实")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")


def to_come(setting: Setting, at: int) -> bool:
    """Whether what stands at a flat offset is wanted: the document is a plan, or the chapter tells what is to
    be done (`2022年重点工作`)."""
    if setting.plan:
        return True
    written = setting.passage(at).written
    for heading in reversed(setting.path(at)):
        if heading.level == 1 or heading.run_in:
            continue
        title = "".join(heading.title.split())
        years = [int(y) for y in _YEAR.findall(title)]
        past = bool(written and years and max(years) < written[0])
        if _BACK.search(title) or past:
            return False
        if _AHEAD.search(title):
            return True
    return False


def headlines(setting: Setting) -> set[int]:
    """Where the paragraphs begin that are headings and nothing else."""
    return {setting.flat.paragraph_at(at).start for at, heading in setting.heads if not heading.run_in}
