"""The information line of an article: `2019-01-21 09:03　来源：新华社　作者：…　编辑：…`, in its many forms.

A label says what stands behind it up to the next label. Of a date the label before it decides what it is the
date of: of publication, of a change, or of something else (会议时间, 有效期). Labels: `labels.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cunzhao.read.dates import Shown, dates_in
from cunzhao.read.labels import WORDS, any_of, bare

DateKind = Literal["published", "updated", "bare", "other"]
_GROUP = {
    word.lower(): group
    for group in ("published", "updated", "source", "office", "author", "editor", "other")
    for word in WORDS[group]
}
_LABEL = re.compile(any_of(_GROUP), re.IGNORECASE)
_COLON = re.compile(r"\s?[】\]）)]?\s?[：:︰∶﹕]\s?|\s?[】\]]\s?")
_NO_COLON = re.compile(
    r"(?:来源于|转载自|转自|摘自|来自)\s?|(?:by|posted|published|updated)(?: on| at)? ", re.IGNORECASE
)
_NAME = r"[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,6})*"
_NAMES = rf"{_NAME}(?:[ 、，,/]{{1,2}}{_NAME}){{0,4}}"
_PRESS = r"(?:本报|本网|本台|本刊|[\u4e00-\u9fff]{2,8}?)?\s?(?:首席|特约|特派|见习|实习|全媒体|融媒体?)?"
_BYLINE = re.compile(
    rf"(?:^|[\s|｜（(【])(?:(?:文|撰文|文字|作者)\s*[/／|丨｜:：]|{_PRESS}(?:记者|評論員|评论员|通讯员|記者))[\s：:]*"
    rf"({_NAMES}?)(?=$|[）)】\s/|]|通讯员|图|摄|编辑|报道)"
)
_IN_LEAD = re.compile(
    rf"[（(][\u4e00-\u9fff]{{0,8}}?(?:记者|記者)[\s：:]*({_NAMES}?)(?=[）)\s]|通[讯訊][员員])"
)
_LATIN_BYLINE = re.compile(r"(?:^|\W)(?:By|BY|by)[ :]+((?:[A-Z][\w.'’-]+ ?){2,4})")
_OF_OTHER_THINGS = re.compile(f"(?:{'|'.join(WORDS['of_other_things'])})$")
_STOPS = re.compile(
    r"\s\d+\s?(?:条|个|人|次)?\s?(?:评论|参与|跟贴|阅读|点赞|浏览)|[|｜丨┃│]|[\[【](?!.*[】\]]$)|[\t\n]"
    r"|\s[【\[（(]?(?=(?:我要|参与|跟贴|关注|订阅|分享|打印|字体|字号|T\||A[+-]))"
)
_TRAILING = re.compile(r"[（(]\s*(?:本报|本网)?(?:记者|作者|通讯员|通訊員|記者)[^（()）]*[)）]?$")
_BUTTONS = re.compile(r"(?:举报|参与互动|我要纠错|关注|订阅|打印|收藏|分享)$")
_EDGES = " \u3000|｜丨;；，,、：:/／·•>»※*-—_]】[【"
_ORGAN = re.compile(
    r"[^\s：:。，,|]{1,18}(?:报|社|网|台|电视|广播|客户端|新闻|财经|资讯|传媒|融媒|中心|局|委|办|厅|部|院|会|办公室|政府|杂志|周刊|"
    r"在线|之声|发布|云|通讯|频道|博客|号|观察|快讯|時報|日報|新聞|網)"
)
_WORD_END = re.compile(r"[\s|，,）)]")
_RANGE = re.compile(r"\s*(?:至|到|—|–|~|～|-)\s*")
_SOME_YEAR = 2000  # any will do to find a day that is printed without one
_LONGEST = 60  # characters of a source or a byline


@dataclass(frozen=True, slots=True)
class Dated:
    shown: Shown
    kind: DateKind


@dataclass(frozen=True, slots=True)
class Info:
    """What lines say, each in the order of the lines."""

    dates: tuple[Dated, ...] = ()
    sources: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()  # 发布机构, 供稿: who published it, where no source is named
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def read_lines(lines: Sequence[str], *, year: int | None = None) -> Info:
    """What the labels in `lines` say; `year` completes dates printed without one."""
    said: dict[str, list[str]] = {"source": [], "office": [], "author": [], "editor": []}
    dates: list[Dated] = []
    for line in _joined([row for shown in lines for row in shown.split("\n")]):
        found = dates_in(line, year=year)
        dates += [Dated(shown, _kind(line, shown)) for shown in found]
        for group, value in _labelled(line, found):
            if group in said and value:
                said[group].append(value)
        dated = found or dates_in(line[:_LONGEST], year=_SOME_YEAR)
        organ = _unlabelled(line, dated) if dated and not said["source"] else None
        if organ:
            said["office"].append(organ)
    authors = [clean_person(a) for a in said["author"]]
    authors += [_named(remark[0]) for value in said["source"] if (remark := _TRAILING.search(value))]
    authors += [byline(line) or "" for line in lines]
    return Info(
        tuple(dates),
        tuple(filter(None, map(clean_source, said["source"]))),
        tuple(filter(None, map(clean_source, said["office"]))),
        tuple(filter(None, authors)),
        tuple(filter(None, map(clean_person, said["editor"]))),
    )


def byline(line: str) -> str | None:
    """The author whom the begin of a text names: `文/李木子　图/…`, `本报记者 李木子`, `By Anna Miller`."""
    short = len(line) <= _LONGEST and "。" not in line
    found = (_BYLINE.search(line) if short else None) or _IN_LEAD.search(line[:_LONGEST])
    found = found or (_LATIN_BYLINE.search(line) if len(line) <= 2 * _LONGEST else None)
    return (clean_person(found[1]) or None) if found else None


def clean_source(value: str) -> str:
    """A source without label, brackets and trailing words; empty for what names none (本站, 原创)."""
    value = _BUTTONS.sub("", _TRAILING.sub("", value.strip(_EDGES)).strip(_EDGES)).strip(_EDGES)
    for left, right in ("（）", "()"):
        if value.endswith(right) and left not in value:
            value = value[:-1]
        if value.startswith(left) and right not in value:
            value = value[1:]
    value = value.strip(_EDGES + "（(" * value.endswith(("（", "(")))
    if value.lower() in WORDS["no_source"] or not re.search(r"[^\W\d_]", value) or "。" in value:
        return ""
    begins_with_date = any(shown.start == 0 for shown in dates_in(value))
    return "" if begins_with_date or len(value) > _LONGEST else value


def is_author(name: str) -> bool:
    """Not an address, and not what machines put there (admin, 管理员)."""
    if name.lower() in WORDS["no_author"] or len(name) > _LONGEST:
        return False
    return not re.search(r"://|\.(?:com|cn|net|org)\b", name)


def has_label(line: str) -> bool:
    return any(_COLON.match(line, match.end()) for match in _LABEL.finditer(line))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """A line that is a label only is read with the one behind it: value in an element of its own."""
    held = ""
    for line in lines:
        alone = _LABEL.fullmatch(line.strip())
        if alone and _group(alone) != "other":
            line = line.strip() + "："
        whole = held + line
        held = ""
        if len(whole) <= 30 and re.search(r"[：:]$", whole) and has_label(whole):
            held = whole
        else:
            yield whole
    if held:
        yield held


def _labels(line: str) -> list[tuple[str, int, int]]:
    """Group of a label, where it begins, where its value begins."""
    found = []
    for match in _LABEL.finditer(line):
        group, at, end = _group(match), match.start(), match.end()
        colon, without = _COLON.match(line, end), _NO_COLON.match(line, at)
        if colon:
            found.append((group, at, colon.end()))
        elif without and (group != "source" or _ORGAN.fullmatch(_WORD_END.split(line[without.end() :])[0])):
            found.append((group, at, max(end, without.end())))
        elif _ends_value(line, at, group):
            found.append(("other", at, end))
    return found


def _ends_value(line: str, at: int, group: str) -> bool:
    """Whether a label without a colon ends the value before it: `来源：新华社 记者 …`, `新华社 打印`."""
    before = line[at - 1 : at]
    return before in " \u3000|｜[【（(" if group == "other" else bool(before) and before in " \u3000|｜[【"


def _group(match: re.Match[str]) -> str:
    return _GROUP[bare(match[0])]


def _labelled(line: str, dates: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """Group and value of each label; a value ends where a label or a date begins."""
    labels = _labels(line)
    cuts = sorted([*(begin for _, begin, _ in labels), *(shown.start for shown in dates), len(line)])
    for group, _, begin in labels:
        value = line[begin : next((cut for cut in cuts if cut >= begin), len(line))].strip()
        yield group, _STOPS.split(value, maxsplit=1)[0].strip() if group in ("source", "office") else value


def _kind(line: str, shown: Shown) -> DateKind:
    """What a date in `line` is the date of, by the label before it."""
    before, behind = line[: shown.start], line[shown.end :]
    if "今天" in before[-6:] or "今日" in before[-6:] or re.match(r"\s*今天", behind):
        return "other"
    if _RANGE.match(behind) and dates_in(_RANGE.sub("", behind, count=1)[:12]):
        return "other"
    if re.search(r"(?:至|到|—|~|～)\s*$", before):
        return "other"
    label = re.search(r"([\w ]{1,14}?)\s?[】\]]?\s?[：:︰∶]?\s?$", before)
    word = "".join(label[1].split()).lower() if label else ""
    last = next((m for m in reversed(list(_LABEL.finditer(word))) if m.end() == len(word)), None)
    group = _group(last) if last is not None else ""
    if last is not None and group in ("published", "updated"):
        if _OF_OTHER_THINGS.search(word[: last.start()]):
            return "other"
        return "published" if group == "published" else "updated"
    labelled = before.rstrip().endswith(("：", ":"))
    return "other" if labelled and re.search("(?:时间|日期|时限|期限|期|至)$", word) else "bare"


def _unlabelled(line: str, dates: Sequence[Shown]) -> str | None:
    """The office or paper that stands beside the date without a label: `新华网 | 2019.01.21 09:03`."""
    if len(line) > _LONGEST or "。" in line or "今天" in line:
        return None
    if any(group in ("source", "office") for group, _, _ in _labels(line)):
        return None
    rest = line
    for shown in reversed(dates):
        rest = rest[: shown.start] + "|" + rest[shown.end :]
    parts = [part.strip(_EDGES) for part in re.split(r"[|｜丨\s]+", rest)]
    organs = (part for part in parts if _ORGAN.fullmatch(part) and not _LABEL.match(part))
    return next((organ for organ in organs if organ not in WORDS["index"]), None)


def clean_person(value: str) -> str:
    """A name without what goes with it: 记者, 本报, brackets, the mark of an editor (`张三_NB1234`)."""
    value = re.split(
        r"[_（(）)】\]\[【|｜\t\n]|\s[图摄]|通讯员|摄影", value.strip(_EDGES + "（("), maxsplit=1
    )[0]
    value = re.sub(rf"^(?:{_PRESS}(?:记者|編輯|编辑)[\s：:]*|(?:由|文|[Bb]y)\s+)", "", value).strip(_EDGES)
    if value.lower() in (*WORDS["no_source"], *WORDS["no_author"]) or len(value) > 40:
        return ""
    return (
        "" if re.search(r"[，。？！；：“”%0-9]|://", value) or not re.search(r"[^\W_]{2}", value) else value
    )


def _named(remark: str) -> str:
    found = re.search(rf"(?:记者|記者|作者)[\s：:]*({_NAMES})", remark)
    return found[1] if found else ""
