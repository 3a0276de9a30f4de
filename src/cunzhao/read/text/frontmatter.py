"""Front matter (YAML between `---` lines, as Hexo and Hugo write it): its simple `key: value` form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.read.dates import date_time_in

_ENTRY = re.compile(r"^([A-Za-z_][\w\- ]*|[\u4e00-\u9fff]{1,8})[:：](?:[ \t]+|$)(.*)$")
_CONTINUED = re.compile(r"^(\s+\S|-\s|#)")  # a nested value, a list item, a comment


@dataclass(frozen=True, slots=True)
class FrontMatter:
    end: int  # offset behind the closing line
    values: dict[str, str]  # keys in lower case
    title: tuple[int, int] | None  # where the title's characters stand

    def first(self, *keys: str) -> str | None:
        return next((self.values[key] for key in keys if self.values.get(key)), None)

    @property
    def published(self) -> str | None:
        written = self.first("date", "published", "publishdate", "日期")
        return date_time_in(written) if written else None


def front_matter(text: str) -> FrontMatter | None:
    """The front matter at the head of `text`; None where there is none or it is not valid."""
    lead = len(text) - len(text.lstrip())
    lines = text[lead : lead + 20_000].split("\n")
    if lines[0].rstrip() != "---":
        return None
    values: dict[str, str] = {}
    title, at = None, lead + len(lines[0]) + 1
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            return FrontMatter(at + len(line), values, title) if values else None
        entry = _ENTRY.match(line.rstrip())
        if entry:
            value = _unquoted(entry[2])
            values.setdefault(entry[1].strip().lower(), value)
            if entry[1].strip().lower() == "title" and value and title is None:
                start = at + line.index(value, entry.start(2))
                title = (start, start + len(value))
        elif line.strip() and not _CONTINUED.match(line):
            return None
        at += len(line) + 1
    return None


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
