"""What a Word paragraph says: all its text as it would be printed, inserted text too, deleted text not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_SILENT = frozenset((f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}moveFrom", _FALLBACK))
_MARKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def lines_of_paragraph(paragraph: Any) -> list[str]:
    """The lines of a w:p that are not blank: one, or more where line breaks were typed."""
    raw = "".join(_parts(paragraph))
    return [line for line in (re.sub(r"\s+", " ", x).strip() for x in raw.split("\n")) if line]


def boxes_of_paragraph(paragraph: Any) -> Iterator[Any]:
    """The w:p inside text boxes that are anchored in a paragraph."""
    for element in _walk(paragraph, enter_boxes=True):
        if element.tag == f"{W}p" and element is not paragraph:
            yield element


def _parts(paragraph: Any) -> Iterator[str]:
    for element in _walk(paragraph, enter_boxes=False):
        if element.tag == f"{W}t":
            yield element.text or ""
        else:
            yield _MARKS.get(element.tag, "")


def _walk(root: Any, *, enter_boxes: bool) -> Iterator[Any]:
    """Elements in document order, without what is not printed."""
    todo = [root]
    while todo:
        element = todo.pop()
        if element.tag in _SILENT or (element.tag == _BOX and not enter_boxes):
            continue
        yield element
        todo += list(element)[::-1]
