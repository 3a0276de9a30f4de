"""The annexes (附件) a document names below its body: `附件：1.任务分工表　2.清单` (GB/T 9704, 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cunzhao.read.structure.numbering import number_at
from cunzhao.read.types import Attachment, Block

_LABEL = re.compile(r"\s*附\s*件\s*[:：]\s*|\s*附\s*[:：]\s*")
_NUMBERED_LABEL = re.compile(
    r"\s*附\s*件\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.．]\s*(?=\S)"
)
_NEXT = re.compile(r"[\s　；;，,]+(?=[0-9０-９]{1,2}\s*[.．、](?![0-9０-９]))")
_NOT_OF_NAME = re.compile(
    r"^附件\s*[0-9０-９一二三四五六七八九十]*\s*[：:.、]?|^[（(]?\d{1,2}[）).、．]|\.[A-Za-z]{2,4}$|[（(][\d.]+\s*[KMG]?B?[）)]|[\s《》“”\"]",
    re.IGNORECASE,
)
_LONGEST = 120  # characters of a name
_STOPS = "。；;，,、"


def annex_names(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names as shown, without number and book-title marks, in order, each once."""
    said = [text[b.start : b.end] for b in blocks if b.kind not in ("noise", "table")]
    names: list[str] = []
    for i, line in enumerate(said):
        labelled = _NUMBERED_LABEL.match(line)
        if labelled:
            names += _names([line[labelled.end() :]])
            continue
        label = _LABEL.match(line)
        if label:
            names += _names([line[label.end() :], *_following(said, i, line[label.end() :])])
    return tuple(dict.fromkeys(names))


def with_named(linked: Sequence[Attachment], names: Sequence[str]) -> tuple[Attachment, ...]:
    """`linked`, and besides those of `names` for which no link of that name stands there."""
    keys = [_key(attachment.name) for attachment in linked]
    alone = [name for name in names if not any(_same(_key(name), key) for key in keys)]
    return (*linked, *(Attachment(name=name) for name in alone))


def _key(name: str) -> str:
    """A name without number, marks and ending: `附件1.《任务分工表》.docx` -> `任务分工表`."""
    for _ in range(3):  # one mark may stand behind another
        name = _NOT_OF_NAME.sub("", name)
    return name


def _same(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a))


def is_annex_list(line: str) -> bool:
    """Whether a line begins a list of annexes."""
    return bool(_LABEL.match(line) or _NUMBERED_LABEL.match(line))


def _following(said: Sequence[str], at: int, first: str) -> list[str]:
    """The lines below that go on with the list: the next number, or the rest of a name cut in mid-bracket."""
    lines: list[str] = []
    items = [part for part in _NEXT.split(first) if part.strip()]
    last = _ordinal(items[-1]) if items else 0
    for line in said[at + 1 : at + 40]:
        number = _ordinal(line)
        if number and number == (last or 0) + 1:
            last = number
        elif not ((not lines and not items and not number) or _is_open((lines or items or [""])[-1])):
            break
        lines.append(line)
        if not items and not number:
            break
    return lines


def _ordinal(line: str) -> int:
    number = number_at(line.strip())
    return number.ordinal if number and number.printed[0] in "0123456789０１２３４５６７８９" else 0


def _is_open(line: str) -> bool:
    return any(line.count(a) > line.count(b) for a, b in ("（）", "()", "《》", "“”"))


def _names(lines: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for line in lines:
        if joined and not _ordinal(line) and _is_open(joined[-1]):
            joined[-1] += line.strip()
        else:
            joined.append(line.strip())
    return [name for line in joined for item in _NEXT.split(line) if (name := _bare(item))]


def _bare(item: str) -> str:
    item = re.sub(r"\s*\n\s*", "", item.strip())
    number = number_at(item)
    name = (item[number.length :] if number else item).strip().rstrip(_STOPS).strip()
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        name = name[1:-1]
    return name if 2 <= len(name) <= _LONGEST and not re.search("[。；]", name) else ""
