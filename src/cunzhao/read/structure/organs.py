"""Names of organs (机关) as they stand in a signature, a list of addressees or a line of copies."""

from __future__ import annotations

import re

_ORGAN = (
    r"[\u4e00-\u9fff（）()·]{2,40}?(?:委员会|人民政府|政府|办公室|办公厅|局|厅|部|委|院|协会|学会|联合会|工会|联盟|小组|中心|"
    r"公司|银行|集团|大学|学院|学校|处|所|站|署|社|法院|检察院|指挥部|人大|政协|支队|总队|总局|管委会|党组|党委|联社|总会|团委|妇联|"
    r"军区|武装部|分局|支行|分行|红十字会|商会|专班)"
)
_ORGAN_NAME = re.compile(rf"{_ORGAN}(?:[（(][^（）()]{{1,10}}[)）])?")


def is_signature(line: str) -> bool:
    """Whether a line is names of organs and nothing else."""
    names = organs(line)
    return bool(names) and len(line) <= 120 and all(_ORGAN_NAME.fullmatch(name) for name in names)


def organs(line: str) -> tuple[str, ...]:
    """The names of a signature, parted by white space or a comma."""
    return tuple(part for part in re.split(r"[\s、，,]+", line.strip()) if part)


def split_organs(line: str) -> tuple[str, ...]:
    """GB/T 9704: organs of one kind are joined by 、 (`各区、县人民政府`), kinds are parted by a comma."""
    flat = re.sub(r"\s*\n\s*", "", line).strip().rstrip("。：:；;")
    return tuple(part.strip() for part in re.split(r"[，,；;。]\s*", flat) if part.strip())
