"""Names of accounts: what they may be, and which are the same."""

from __future__ import annotations

import re
import unicodedata

from cunzhao.errors import UsageWrong

LONGEST = 40
_FIT = re.compile(r"[\w][\w .@·-]*")  # \w: letters and digits of every script


def folded(name: str) -> str:
    """Two names that look the same to a person are one: width, case and composed forms aside."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def check_name(name: str) -> str:
    """The name as it is kept. Raises UsageWrong."""
    clean = " ".join(unicodedata.normalize("NFKC", name).split())
    if not clean or len(clean) > LONGEST or not _FIT.fullmatch(clean):
        raise UsageWrong(
            "".join(c for c in name[:LONGEST] if c.isprintable()) or "姓名",
            detail=f"姓名须为 1 至 {LONGEST} 个字母、汉字或数字",
            detail_en=f"a name has 1 to {LONGEST} letters or digits",
            mend="可以用空格和 . @ · - _，但要以字母、汉字或数字开头。",
            mend_en="Spaces and . @ - _ may stand inside; begin with a letter or a digit.",
        )
    return clean
