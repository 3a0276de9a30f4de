"""Titles over several lines, and what stands round them: mastheads (红头), organs, numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cunzhao.read.dates import is_date_line
from cunzhao.read.folding import unspaced
from cunzhao.read.structure.numbering import number_at
from cunzhao.read.structure.organs import is_signature
from cunzhao.read.structure.titles import (
    is_aside,
    is_byline,
    is_caption,
    is_instrument_name,
    is_issue,
    is_official_title,
    is_outer,
)
from cunzhao.read.types import Block

_FRONT = 25  # blocks in which the title stands
_MOST_LINES = 5
_LONGEST = 40  # characters of one line of a title
_MASTHEAD = re.compile(r".{2,40}(?:文件|简报|参阅件|参考|专报|内参|动态|信息|通讯|快报|工作通报|文件汇编)")
_ANNEX = re.compile(r"附\s*[件录表]\s*[0-9０-９一二三四五六七八九十]{0,2}\s*[:：]?")
_HANDS_ON = re.compile(r"(?:印发|转发|批转|公布|发布|下发|颁布|修订印发|颁发)")
_SUFFIX = re.compile(r"[（(][^（）()]{1,16}[)）]$")
_PERIOD = re.compile(r"[（(]\s*(?:19|20)\d\d\s*年?\s*[—–~～－至到-]{1,2}\s*(?:19|20)?\d\d\s*年?\s*[)）]")
_KIND_ALONE = re.compile(
    "(?:通知|公告|通告|公示|声明|启事|讣告|布告|决定|决议|意见|批复|请示|报告|纪要|命令|议案|简报|简历|说明|致辞|唁电|[祝贺]词|贺[信电]|"
    "简介|概况|须知|规定|办法|细则|章程|快讯|短评|社论|时评|寓言|书评|[一-龥]{1,2}[书函表信论记令])"
)
_OPEN = re.compile(r"[、，和与及的暨]$")
_STOP = re.compile("[。；;！]")


def with_joined_titles(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, lines that only together are a title, or a heading cut in the middle, being one block."""
    joined = _with_official_title(text, blocks)
    title = next((b for b in joined[:_FRONT] if is_official_title(_body(text, b))), None)
    named = carried_names(_folded(text, title)) if title else set()
    out: list[Block] = []
    i = 0
    while i < len(joined):
        n = _lines_from(text, joined, i, named)
        out.append(replace(joined[i], end=joined[i + n - 1].end) if n > 1 else joined[i])
        i += n
    return tuple(out)


def title_block(text: str, blocks: Sequence[Block], *, told: bool) -> int | None:
    """The index of the block that is the document's title; None where the text begins without one.

    `told`: the format names a title, though not in these words; then only an official title is taken.
    """
    official = next(
        (i for i, b in enumerate(blocks[:_FRONT]) if b.kind != "noise" and is_official_title(_body(text, b))),
        None,
    )
    headings = (i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1)
    styled = next((i for i in headings if not _names_writer(text, blocks, i)), None)
    if styled is not None and (official is None or styled <= official):
        return styled
    if official is not None or told:
        return official
    masthead = None
    for i, block in enumerate(blocks[:_FRONT]):
        if block.kind == "noise":
            continue
        body = _body(text, block)
        if block.kind not in ("paragraph", "heading") or _STOP.search(body) or len(body) > 80:
            break
        if is_masthead(text, blocks, i):
            masthead = i if masthead is None else masthead
        elif _about(body) or is_annex_label(body) or _names_writer(text, blocks, i):
            continue
        elif (
            number_at(body)
            or body[-1] in "：:，、"
            or is_caption(body)
            or "\t" in body
            or len(unspaced(body)) < 2
        ):
            break
        else:
            return i if masthead is None or _is_better(body) else masthead
    return masthead


def is_masthead(text: str, blocks: Sequence[Block], i: int) -> bool:
    """The name of a series above the title: `…文件`, or what stands above the number of an issue."""
    body = unspaced(_body(text, blocks[i]))
    if is_issue(body):
        return False
    below = next((b for b in blocks[i + 1 : i + 4] if b.kind != "noise"), None)
    numbered = below is not None and (is_issue(_body(text, below)))
    return len(body) <= 40 and ((bool(_MASTHEAD.fullmatch(body)) and not body.endswith("信息")) or numbered)


def _names_writer(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A name alone above running text, as newspapers print it: two or three characters that name no paper."""
    body = unspaced(_body(text, blocks[i]))
    if i > 2 or not re.fullmatch("[\u4e00-\u9fff]{2,3}", body) or _KIND_ALONE.fullmatch(body):
        return False
    behind = _body(text, blocks[i + 1]) if i + 1 < len(blocks) else ""
    return len(behind) > _LONGEST and "，" in behind and not is_outer(body)


def is_annex_label(line: str) -> bool:
    """`附件`, `附件2`: the line above the title of an annex."""
    return bool(_ANNEX.fullmatch(line.strip()))


def carried_names(title: str) -> set[str]:
    """What a notice hands on: `关于印发《…方案》的通知` or `…印发…方案的通知` -> {"…方案"}.

    Also without a closing bracket, which the plan itself may not print: `…方案（2021—2025年）`, `（试行）`.
    """
    body = unspaced(title)
    hands_on = _HANDS_ON.search(body)
    if hands_on is None:
        return set(re.findall(r"《([^《》]+)》", body))
    rest = body[hands_on.end() :]
    names = set(re.findall(r"《((?:[^《》]|《[^《》]*》|〈[^〈〉]*〉)+)》", rest))
    bare = re.fullmatch(r"(.{4,80}?)的?(?:通知|公告|通告|决定|意见|函|令)(?:[（(].*[)）])?", rest)
    names = names or ({bare[1]} if bare else set())
    return names | {_SUFFIX.sub("", name) for name in names}


def _about(body: str) -> bool:
    """What stands round a title and is none: number, issue, date, organ, remark, person."""
    squeezed = unspaced(body)
    if is_issue(squeezed) or is_aside(body) or is_signature(body) or is_byline(body):
        return True
    dated = re.fullmatch(r"(.*?)(?:19|20)\d\d年\d{1,2}月\d{1,2}日", squeezed)
    return bool(dated and (len(dated[1]) < 3 or is_signature(dated[1]))) or squeezed[0] in "—-–★"


def _is_better(body: str) -> bool:
    """Whether a line below a masthead is the title rather than the first heading."""
    return is_instrument_name(body) or is_official_title(body)


def _with_official_title(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    for i in range(min(_FRONT, len(blocks))):
        if is_official_title(_body(text, blocks[i])) and not _goes_below_organs(text, blocks, i):
            return tuple(blocks)
        for n in range(2, _MOST_LINES + 1):
            run = blocks[i : i + n]
            if len(run) == n and _is_title(text, run):
                joined = replace(run[0], end=run[-1].end)
                return (*blocks[:i], joined, *blocks[i + n :])
    return tuple(blocks)


def _goes_below_organs(text: str, blocks: Sequence[Block], i: int) -> bool:
    return False if i == 0 else _begins_title(text, blocks[i - 1], blocks[i])


def _begins_title(text: str, above: Block, below: Block) -> bool:
    """Whether the line above names the organs with which the title `关于…` begins."""
    organs = _body(text, above)
    return (
        _body(text, below).startswith("关于")
        and is_signature(organs)
        and above.kind in ("paragraph", "heading")
    )


def _is_title(text: str, run: Sequence[Block]) -> bool:
    bodies = [_body(text, block) for block in run]
    if any(block.kind not in ("paragraph", "heading") for block in run):
        return False
    if any(len(body) > _LONGEST or body[-1] in "：:。" or is_date_line(body) for body in bodies):
        return False
    return is_official_title("".join(bodies)) and not _is_part(text, run, bodies)


def _is_part(text: str, run: Sequence[Block], bodies: Sequence[str]) -> bool:
    """Whether fewer of the lines make a title already, the first being something else (a button, a menu)."""
    for k in range(1, len(bodies)):
        organs = all(is_signature(body) for body in bodies[:k])
        if is_official_title("".join(bodies[k:])) and not (organs and bodies[k].startswith("关于")):
            return True
    return any(re.search("文件$", body) for body in bodies)


def _lines_from(text: str, blocks: Sequence[Block], i: int, named: set[str]) -> int:
    """How many blocks from `i` are one title or heading: 1 where it stands alone."""
    body = _body(text, blocks[i])
    if blocks[i].kind not in ("paragraph", "heading") or len(body) > 60 or _STOP.search(body):
        return 1
    if any(name.startswith(unspaced(body)) for name in named):
        run = _run(text, blocks, i)
        for n in range(2, len(run) + 1):
            if unspaced("".join(run[:n])) in named:
                return n
    if number_at(body):
        run = _run(text, blocks, i)
        return 2 if len(run) > 1 and _is_cut(body, run[1]) else 1
    before = _body(text, blocks[i - 1]) if i else ""
    if is_annex_label(before) or (i > 3 and is_date_line(before)):
        return _annex_lines(_run(text, blocks, i))
    return 1


def _run(text: str, blocks: Sequence[Block], i: int) -> list[str]:
    """The line and those below that may go on with it."""
    run = [_body(text, blocks[i])]
    if is_aside(run[0]) or is_annex_label(run[0]):
        return run
    for block in blocks[i + 1 : i + _MOST_LINES]:
        more = _body(text, block)
        alike = (block.kind, block.level) == (blocks[i].kind, blocks[i].level)
        if not alike or len(more) > _LONGEST or _STOP.search(more) or number_at(more):
            break
        if is_aside(more) and not _PERIOD.fullmatch(more):
            break
        run.append(more)
    return run


def _annex_lines(run: Sequence[str]) -> int:
    """The title of an annex or of what follows a signature, when its last line alone says what it is."""
    for n in (2, 3):
        if (
            len(run) >= n
            and is_instrument_name("".join(run[:n]))
            and not any(map(is_instrument_name, run[: n - 1]))
        ):
            return n
    return 1


def _is_cut(line: str, more: str) -> bool:
    """Whether a numbered heading goes on in the next line: a bracket is open, or a word wants another."""
    opened = any(line.count(a) > line.count(b) for a, b in ("（）", "()", "《》", "“”"))
    return (opened or bool(_OPEN.search(line))) and len(line) + len(more) <= 60 and len(more) <= 30


def _body(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + 300)].strip()


def _folded(text: str, block: Block) -> str:
    return re.sub(r"\s*\n\s*", "", text[block.start : block.end])
