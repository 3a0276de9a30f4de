"""Tags as users type them. `/` makes levels: 领域/交通/轨道 stands under 领域/交通 and under 领域."""

from __future__ import annotations

import re
import unicodedata

from cunzhao.organize.names import check_line, wrong

MAX_TAG = 60  # code points
_SEPARATING = re.compile(r"[,，、;；]")
_SEPARATORS = re.compile(r"[,，、;；\s]+")


def check_tag(text: str, *, kept: bool = False) -> str:
    """The tag in its one form: NFKC, trimmed, white space inside as single spaces, no level empty.

    Raises UsageWrong for an empty tag, more than MAX_TAG code points, control characters, and for marks that
    part tags where they are typed; one that is `kept` already may hold these.
    """
    line = check_line(text, "标签", "tag", MAX_TAG)
    if not kept and _SEPARATING.search(line):
        raise wrong(text, "标签里不能有逗号、顿号和分号", "a tag holds no comma and no semicolon")
    tag = "/".join(level for part in line.split("/") if (level := part.strip()))
    if not tag:
        raise wrong(text, "标签是空的", "the tag is empty")
    return tag


def fitting_tag(text: str) -> str:
    """The tag nearest to a name from elsewhere (a folder, another program): what does not fit is left out,
    the lowest level first. "" where nothing is left. Raises nothing.
    """
    line = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text[: 8 * MAX_TAG]))
    seen = "".join(c for c in line if c.isprintable())
    levels = [level for part in seen.split("/") if (level := " ".join(part.split()))]
    tag = ""
    for level in levels:
        longer = f"{tag}/{level}" if tag else level[:MAX_TAG].strip()
        if len(longer) > MAX_TAG:
            break
        tag = longer
    return tag


def with_above(tag: str) -> tuple[str, ...]:
    """The tags a tag is found under, the highest first: 领域/交通 -> 领域, 领域/交通."""
    levels = tag.split("/")
    return tuple("/".join(levels[: n + 1]) for n in range(len(levels)))


def is_under(tag: str, other: str) -> bool:
    """Whether a tag is `other` or stands below it."""
    return tag == other or tag.startswith(f"{other}/")


def renamed(tag: str, old: str, new: str) -> str:
    """What becomes of a tag that `is_under` `old` when that is called `new`."""
    return new + tag[len(old) :]
