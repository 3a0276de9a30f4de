"""What users call things, and what they note: checked before it is kept. Pure."""

from __future__ import annotations

import re
import unicodedata

from cunzhao.errors import UsageWrong

MAX_TITLE = 100  # code points of the name of a collection or of a saved search
MAX_NOTE = 20_000  # code points
_HIDDEN = ("Cc", "Cf", "Cs")
_MARKS = re.compile(r"([！（），：；？]+)")  # of Chinese, which NFKC would make narrow


def check_line(text: str, what: str, what_en: str, most: int, *, marks: bool = False) -> str:
    """A name in its one form: NFKC (but for the `marks` of Chinese), trimmed, white space as single spaces.

    Raises UsageWrong where nothing is left, for more than `most` code points, and for control characters and
    others that cannot be seen (zero width, bidirectional marks and overrides).
    """
    parts = _MARKS.split(text[: 8 * most]) if marks else [text[: 8 * most]]
    one_form = (part if n % 2 else unicodedata.normalize("NFKC", part) for n, part in enumerate(parts))
    line = " ".join("".join(one_form).split())
    if not line:
        raise wrong(text, f"{what}是空的", f"the {what_en} is empty")
    if len(line) > most or len(text) > 8 * most:
        raise wrong(text, f"{what}太长：最多 {most} 个字", f"the {what_en} is longer than {most} characters")
    if any(unicodedata.category(c) in _HIDDEN for c in line):
        detail = f"the {what_en} holds control or invisible characters"
        raise wrong(text, f"{what}里有控制字符或看不见的字符", detail)
    return line


def check_title(text: str, what: str = "专题名称", what_en: str = "title of the collection") -> str:
    """As it is read: with the marks of Chinese. Raises UsageWrong; see `check_line`."""
    return check_line(text, what, what_en, MAX_TITLE, marks=True)


def check_note(text: str) -> str:
    """A note of several lines: line ends as \n, hidden characters taken out, no white space at its ends.

    Raises UsageWrong for more than MAX_NOTE code points.
    """
    if len(text) > MAX_NOTE:
        raise wrong(text, f"备注太长：最多 {MAX_NOTE} 个字", f"the note is longer than {MAX_NOTE} characters")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in _HIDDEN).strip()


def wrong(text: str, detail: str, detail_en: str) -> UsageWrong:
    """The error, with so much of the text as can be shown."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:60]) or '""'
    return UsageWrong(shown, detail=detail, detail_en=detail_en)
