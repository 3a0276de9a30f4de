"""What in a document can be a heading: numbered lines, numbered run-ins, marked and short lines, questions.

Context (`outline`, `siblings`) decides which of them are, `nesting` at which level.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from cunzhao.read.structure.annexes import is_annex_list
from cunzhao.read.structure.notes import before_note
from cunzhao.read.structure.numbering import (
    ARABIC,
    ARTICLE,
    BRACKETS,
    CIRCLE,
    COMMA,
    FIRSTLY,
    ORDINAL,
    Number,
    number_at,
)
from cunzhao.read.structure.titles import (
    MAX_HEADING,
    MAX_TITLE,
    boxed,
    is_caption,
    is_contents_line,
    is_heading_like,
    is_official_title,
    is_question,
)
from cunzhao.read.types import Block

_HEAD = 240  # characters of a block looked at
_LONGEST = 60  # characters of a numbered heading
_RUN_IN = 50  # characters of a run-in heading
_STOP = re.compile("[。！!；;]")
_SET_WIDE = re.compile("[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,3}")
_MIDWAY = re.compile(r"(?<=[。：:；;])\s*([①-⑳][^。；;①-⑳]{2,40}。)(?=\s*[^\s①-⑳])")
_DASHED = re.compile(r"(?:—{1,2}|─{1,2}|--)\s*([^。；;！!？?：:《》\n—]{3,36})。(?=\s*[^\s。])")
_BESIDE = 4  # blocks between two dashed run-ins of one row
_NAMED_ARTICLE = re.compile(r"[【（(]\s*([^【】（）()。]{2,20})\s*[】）)]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible heading: what it shows, where, and what speaks for its level."""

    block: int  # index of its block
    start: int
    end: int
    title: str
    number: Number | None = None
    run_in: bool = False
    is_title: bool = False
    style: int | None = None  # level that the format gives (h2, Heading 2, ##)
    marked: bool = False  # a heading for the format, perhaps of no level told
    question: bool = False
    boxed: bool = False  # `【他山之石】`
    listed: bool = False  # named in the list of contents
    opens: bool = False  # first of an article: behind the source note of another, or above its own
    fits: bool = True  # else an item that counts only among its siblings


def candidates(
    text: str, blocks: Sequence[Block], skip: Collection[int], listed: Collection[str]
) -> list[Candidate]:
    """In the order of the text. `skip`: blocks of the list of contents; `listed`: what it names, squeezed."""
    found: list[Candidate] = []
    annexes = False
    said = [i for i, b in enumerate(blocks) if b.kind in ("paragraph", "heading", "list")]
    for n, i in enumerate(said):
        block = replace(blocks[i], end=before_note(text, blocks[i]))
        body = text[block.start : min(block.end, block.start + _HEAD)]
        annexes = is_annex_list(body) or (annexes and number_at(body) is not None)
        if annexes or i in skip or is_contents_line(body):
            continue
        following = blocks[said[n + 1]] if n + 1 < len(said) else None
        first = _first(text, i, block, following, listed)
        found += [first] if first else []
        if block.kind != "heading":
            found += _midway(text, i, block)
    return _in_rows(found)


def folded(text: str) -> str:
    """`text` on one line: a break between Chinese characters leaves nothing, white space is one space, none
    in a word set wide (`总　则`)."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])", "", text)
    line = re.sub(r"\s+", " ", joined).strip()
    return line.replace(" ", "") if _SET_WIDE.fullmatch(line) else line


def _first(
    text: str, i: int, block: Block, following: Block | None, listed: Collection[str]
) -> Candidate | None:
    """What the block begins with."""
    number = number_at(text[block.start : min(block.end, block.start + _HEAD)], spaced=True)
    if number is None:
        return _dashed(text, i, block) or _unnumbered(text, i, block, listed)
    if number.rank == ARTICLE:
        return _article(text, i, block, number)
    return _numbered(text, i, block, number, following)


def _numbered(text: str, i: int, block: Block, number: Number, following: Block | None) -> Candidate | None:
    """A numbered line without a stop is a heading; with one early stop and text behind it, a run-in."""
    start = block.start + number.length
    rest = text[start : min(block.end, block.start + _HEAD)]
    marked = block.kind == "heading"
    style = block.level if marked else None
    stop = _STOP.search(rest)
    label = "" if number.spaced or _is_whole(rest, number) else _before_colon(rest.rstrip("：: \n"), number)
    if stop is None and block.end - block.start <= _HEAD and not label:
        shown = rest.rstrip().rstrip("：:")
        return Candidate(
            block=i, start=block.start, end=start + len(shown), title=folded(shown), number=number,
            style=style, marked=marked, fits=_fits(shown, number),
        )  # fmt: skip
    if number.spaced:
        return None
    phrase = label or (rest[: stop.start()] if stop and stop[0] == "。" else "")
    end = start + len(phrase)
    fits = 2 <= len(folded(phrase)) <= _RUN_IN
    alone = fits and block.end - end < 11  # a sentence on a line of its own
    if alone:
        fits = style is not None or _heads(text, number, following, phrase)
    return Candidate(
        block=i, start=block.start if alone else start, end=end, title=folded(phrase), number=number,
        run_in=not alone, style=style if alone else None, marked=marked and alone, fits=fits,
    )  # fmt: skip


def _is_whole(rest: str, number: Number) -> bool:
    """`一、总量：差距收窄，座次未定`: a heading with a colon, no label with its value."""
    shown = rest.strip()
    after = re.split("[：:]", shown)[-1]
    return (
        (number.rank in (COMMA, BRACKETS) or number.printed[0] in "【〔[")
        and len(shown) <= MAX_HEADING
        and not _STOP.search(shown)
        and len(after) >= 4
        and not re.search(r"、|等$|\d{5}|\d年\d|\d月", after)
        and len(re.findall("[一-龥]", after)) >= 4
    )


def _fits(shown: str, number: Number) -> bool:
    """Whether what stands behind the number on a line of its own can be a heading."""
    if not 0 < len(folded(shown)) <= _LONGEST or number.rank == ORDINAL:
        return False
    if number.spaced and (len(shown) > 30 or re.search("[，,：:、]", shown)):
        return False
    return "\t" not in shown and shown[-1] not in "，、,"


def _heads(text: str, number: Number, following: Block | None, phrase: str) -> bool:
    """Whether `（一）部署启动阶段。` has text of its own below it, rather than the next item."""
    if following is None or number.rank not in (COMMA, BRACKETS, ARABIC) or len(folded(phrase)) > 40:
        return False
    below = text[following.start : min(following.end, following.start + _HEAD)]
    after = number_at(below)
    if after is None:
        return bool(_STOP.search(below)) or len(below) > 60
    return after.rank != number.rank and after.ordinal == 1


def _before_colon(rest: str, number: Number) -> str:
    """`（一）总体目标：到2025年…`: a short phrase before a colon, of the numbers that head sections."""
    colon = re.search("[：:]", rest)
    if colon is None or number.rank in (ORDINAL, FIRSTLY, CIRCLE) or not 2 <= colon.start() <= 16:
        return ""
    phrase = rest[: colon.start()]
    return "" if re.search(r"[，,。；;、\d]", phrase) else phrase


def _article(text: str, i: int, block: Block, number: Number) -> Candidate:
    """`第三条　市人民政府…` is headed by its number alone, `第三条（适用范围）…` by its name too."""
    start = block.start + number.length
    rest = text[start : min(block.end, block.start + _HEAD)]
    named = _NAMED_ARTICLE.match(rest)
    if named:
        begin, end, title, run_in = start + named.start(1), start + named.end(1), folded(named[1]), True
    elif rest.strip() and block.end - start <= 26 and not re.search("[。；：:，,]", rest):
        begin, end, title, run_in = block.start, start + len(rest.rstrip()), folded(rest), False
    else:
        bare = text[block.start : start].rstrip("： :、\u3000\t\n")
        begin, end, title, run_in = block.start, block.start + len(bare), "", True
    style = block.level if block.kind == "heading" and not run_in else None
    return Candidate(block=i, start=begin, end=end, title=title, number=number, run_in=run_in, style=style)


def _dashed(text: str, i: int, block: Block) -> Candidate | None:
    """`——产业更强。工业…`: a dash opens the paragraph, its first sentence is short and text goes on."""
    found = _DASHED.match(text, block.start, min(block.end, block.start + _HEAD))
    if not found:
        return None
    return Candidate(block=i, start=found.start(1), end=found.end(1), title=folded(found[1]), run_in=True)


def _in_rows(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without a dashed one that has none beside it: they come in rows."""
    dashed = [c.block for c in found if c.run_in and c.number is None]
    lone = {b for b in dashed if not any(0 < abs(b - other) <= _BESIDE for other in dashed)}
    return [c for c in found if c.number is not None or not c.run_in or c.block not in lone]


def _unnumbered(text: str, i: int, block: Block, listed: Collection[str]) -> Candidate | None:
    shown = text[block.start : block.end].strip() if block.end - block.start <= _HEAD else ""
    if not shown:
        return None
    marked = block.kind == "heading"
    c = Candidate(
        block=i, start=block.start, end=block.end, title=folded(shown), marked=marked,
        style=block.level if marked else None, listed="".join(shown.split()) in listed,
    )  # fmt: skip
    box = boxed(shown)
    if box and not is_official_title(shown):
        return replace(c, title=folded(box), boxed=True)
    if block.kind == "list":
        return None
    if is_question(shown):
        return replace(c, question=True)
    limit = MAX_TITLE if marked or is_official_title(shown) else 0
    taken = len(c.title) <= limit and not (marked and c.style is None and is_caption(shown))
    if taken or c.listed or is_heading_like(shown):
        return replace(c, question=shown[-1] in "？?")
    return None


def _midway(text: str, i: int, block: Block) -> list[Candidate]:
    """Run-ins in mid-paragraph: `…主要体现在：①平台建设加速进行。…②…`."""
    found = []
    for match in _MIDWAY.finditer(text, block.start, block.end):
        number = number_at(match[1])
        if number:
            start, end = match.start(1) + number.length, match.end(1) - 1
            title = folded(text[start:end])
            found.append(Candidate(block=i, start=start, end=end, title=title, number=number, run_in=True))
    return found
