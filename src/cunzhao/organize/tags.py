"""Tags as users type them."""

from __future__ import annotations

import re
import unicodedata

from cunzhao.errors import UsageWrong

MAX_TAG = 60  # code points
_SEPARATORS = re.compile(r"[,，、;；\s]+")


def check_tag(text: str) -> str:
    """The tag in its one form: NFKC, trimmed, white space inside as single spaces. `/` is allowed.

    Raises UsageWrong for an empty tag, more than MAX_TAG code points, or control characters.
    """
    tag = " ".join(unicodedata.normalize("NFKC", text).split())
    if not tag:
        raise _wrong(text, "标签是空的", "the tag is empty")
    if len(tag) > MAX_TAG:
        raise _wrong(text, f"标签太长：最多 {MAX_TAG} 个字", f"the tag is longer than {MAX_TAG} characters")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in tag):
        raise _wrong(text, "标签里有控制字符或看不见的字符", "the tag holds control or invisible characters")
    return tag


def split_tags(text: str) -> tuple[str, ...]:
    """`长三角, 交通 轨道` -> three tags, each once, in order. Parted by commas, 、, semicolons, white space.

    Raises what `check_tag` raises; an empty text gives no tags.
    """
    return tuple(dict.fromkeys(check_tag(part) for part in _SEPARATORS.split(text) if part))


def _wrong(text: str, detail: str, detail_en: str) -> UsageWrong:
    shown = "".join(c if c.isprintable() else "�" for c in text[:MAX_TAG]) or '""'
    return UsageWrong(shown, detail=detail, detail_en=detail_en)
