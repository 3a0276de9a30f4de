"""Acts on many links in words, and as the form carries them that takes them back."""

from __future__ import annotations

import json
from dataclasses import asdict

from cunzhao.core.values.workbench import BulkAct

ACTIONS = {
    "tag": "加上标签", "untag": "去掉标签", "collect": "放入专题", "uncollect": "移出专题",
    "trash": "移入回收站", "restore": "恢复", "recapture": "再存一个快照",
}  # fmt: skip


def as_form(act: BulkAct) -> str:
    return json.dumps(asdict(act), ensure_ascii=False)
