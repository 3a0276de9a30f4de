"""Lines in the main container that are not its text: information line, related links, editors, sharing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cunzhao.read.dates import dates_in
from cunzhao.read.folding import unspaced
from cunzhao.read.page.dom import PageLine
from cunzhao.read.page.layout import weight
from cunzhao.read.page.phrases import (
    BANNER,
    BUTTONS,
    ELSEWHERE,
    ENACTED,
    MORE,
    OFFERS,
    SUMMARY,
    is_end,
    is_foot,
    is_information,
)

_DATED = re.compile(
    r"""
    [^，。；！？]{0,30}(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?[^，。；！？]{0,20}|
    [^，。；！？]{0,24}\d{1,2}:\d\d(?::\d\d)?
    """,
    re.VERBOSE,
)  # a line that tells when the page came out, above a text
_BYLINE = re.compile(r"[Bb][Yy] (?:[A-Z][\w.'’-]+,? ?|and |& ){1,8}(?:[|,·–—-].{0,60})?")
_HEAD_LINES = 12
_LONGEST = 300  # characters of a line that may still be no text
_LITTLE = 40


def cleaned(lines: Sequence[PageLine], title: str | None) -> list[PageLine]:
    """The lines of the main text: `lines` of the container without what only surrounds it."""
    kept = _without_head(list(lines), title)
    kept = _without_summary(_without_tail(kept))
    return _without_outer_links([line for line in kept if not _is_offer(line)])


def _without_head(lines: list[PageLine], title: str | None) -> list[PageLine]:
    """Without what stands above the text: breadcrumb, title, information line."""
    wanted = unspaced(title or "")
    out: list[PageLine] = []
    for i, line in enumerate(lines):
        near_head = len(out) < 3 and i < _HEAD_LINES and not any("。" in x.text for x in out)
        if near_head and wanted and unspaced(line.text) == wanted and line.kind != "list":
            out = []  # what stands above the title is a breadcrumb or a banner
        elif not (near_head and _is_head_noise(line)) and not (_above_text(out) and _is_date(line.text)):
            out.append(line)
    return out


def _without_summary(lines: list[PageLine]) -> list[PageLine]:
    """Without a line above the text that only repeats how it begins: `摘要：…`."""
    for i, line in enumerate(lines[:2]):
        said = unspaced(SUMMARY.sub("", line.text, count=1)).rstrip(".…")
        behind = (unspaced(x.text) for x in lines[i + 1 : i + 4])
        if len(said) >= _LITTLE // 2 and line.kind != "table" and any(x.startswith(said) for x in behind):
            return [*lines[:i], *lines[i + 1 :]]
    return lines


def _is_head_noise(line: PageLine) -> bool:
    text = line.text
    if line.file or len(text) > _LONGEST or ENACTED.fullmatch(text):
        return False
    return bool(
        (BUTTONS.fullmatch(text) and not text.isdigit())
        or is_information(text)
        or BANNER.fullmatch(text)
        or (_DATED.fullmatch(text) and text[0] not in "（(")  # of a speech or law in brackets: its own
        or _BYLINE.fullmatch(text)
        or _is_date(text)
    )


def _above_text(lines: list[PageLine]) -> bool:
    """Whether no sentence was yet among the few lines: credits of a picture, a byline."""
    return len(lines) <= 5 and not any(
        re.search("[。！？]|[.] ", x.text) or len(x.text) > _LITTLE for x in lines
    )


def _is_date(text: str) -> bool:
    """A date with its time, of any form, and no more: `Feb. 13, 2024 10:41 p.m.`."""
    shown = next(iter(dates_in(text)), None) if len(text) <= _LITTLE else None
    return shown is not None and "T" in shown.iso and shown.end - shown.start >= 0.8 * len(text)


def _without_tail(lines: list[PageLine]) -> list[PageLine]:
    """Up to the first line that only follows a text, where little text stands behind it."""
    behind = [0.0] * (len(lines) + 1)
    for i in range(len(lines) - 1, -1, -1):
        behind[i] = behind[i + 1] + (0.0 if _is_tail(lines[i]) else weight(lines[i]))
    for i, line in enumerate(lines):
        before = behind[0] - behind[i]
        if before and _is_tail(line) and behind[i] <= 0.2 * before:
            files = [x for x in lines[i:] if x.file and not _is_tail(x)]
            return [*lines[:i], *files]
    return [line for i, line in enumerate(lines) if not (is_foot(line.text) or BUTTONS.fullmatch(line.text))]


def _is_tail(line: PageLine) -> bool:
    return line.kind != "table" and is_end(line.text)


def _is_offer(line: PageLine) -> bool:
    """`扫一扫，关注…`, `打开APP阅读全文`, `延伸阅读：` and a link: offers of the site anywhere in a text."""
    if ELSEWHERE.match(line.text) and line.linked >= 0.5 * len(line.text):
        return True
    return len(line.text) <= 80 and line.kind != "table" and bool(OFFERS.fullmatch(line.text))


def _without_outer_links(lines: list[PageLine]) -> list[PageLine]:
    """Runs of bare links above and below the text go; a page that is only links keeps them."""
    text = [i for i, line in enumerate(lines) if not _is_bare_link(line)]
    if sum(len(lines[i].text) for i in text if re.search("[，。；！？,;!?]", lines[i].text)) < _LITTLE // 4:
        return lines
    return lines[text[0] : text[-1] + 1]


def _is_bare_link(line: PageLine) -> bool:
    if line.linked < len(line.text) and line.text.endswith(("。", "！", "？”", "。”")):
        return False  # a sentence with links in it
    bare = line.linked >= 0.6 * len(line.text) or bool(line.linked and MORE.search(line.text))
    return bare and not line.file and line.kind != "table"
