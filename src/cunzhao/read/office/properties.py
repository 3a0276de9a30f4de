"""What a file says of itself beside its text (properties of Word, DocInfo of OFD)."""

from __future__ import annotations

import re

from cunzhao.read.types import Document

_FRONT = 8  # blocks in which the title stands
_MOST_LINES = 4
_SHORTEST = 6  # characters; shorter ones are left over from somewhere (通知, user, 文档1)
_ENDING = re.compile(r"\.(?:docx?|wps|pdf|ofd|rtf)$", re.IGNORECASE)


def believed_title(document: Document, told: str) -> str | None:
    """The title that a file tells of itself, where the text shows it on lines of its own near the top.

    Else it is often that of the template or of the document before: None.
    """
    title = " ".join(_ENDING.sub("", told.strip()).split())
    wanted = "".join(title.split())
    if len(wanted) < _SHORTEST:
        return None
    lines = ["".join(document.text[b.start : b.end].split()) for b in document.blocks[:_FRONT]]
    for first in range(len(lines)):
        for end in range(first + 1, min(first + _MOST_LINES, len(lines)) + 1):
            if "".join(lines[first:end]) == wanted:
                return title
    return None
