"""The fields of an official document (党政机关公文, GB/T 9704-2012), from its blocks, whatever its format.

发文字号 stands alone near the head, 主送机关 is the line before the body that ends with a colon, the
signature (发文机关署名) and 成文日期 stand below the body, 抄送 and 印发 at the end (`imprint`). Without a
signature the title names the issuer, then the masthead (红头).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.read.dates import date_in, is_date_line
from cunzhao.read.structure.annexes import annex_names
from cunzhao.read.structure.imprint import Imprint, read_imprint
from cunzhao.read.structure.organs import is_signature, organs, split_organs
from cunzhao.read.structure.titles import is_official_title
from cunzhao.read.types import Block

_NUMBER = (
    r"[\u4e00-\u9fff]{1,14}(?:\s*[\u4e00-\u9fff]{1,6})?\s*[〔\[［【〖（(]\s*((?:19|20|１９|２０)[0-9０-９]{2})\s*年?"
    r"\s*[〕\]］】〗）)]\s*第?\s*([0-9０-９]{1,5})\s*号"
)
_NUMBER_LINE = re.compile(
    rf"(?:发文字号|文件编号|文件字号|文号|字号)?[：:\s]*[（(]?({_NUMBER})[）)]?(?:\s*签发人[：:].*)?"
)
_NUMBER_CELL = re.compile(rf"(?:发文字号|文件编号|文件字号|文\s*号)[：:\s]*({_NUMBER})")
_SIGNED_DATE = re.compile(r"(.{4,80}?)[\s　]+((?:(?:19|20)\d\d|[一二][〇○ＯO零九][^年]{2})年.{2,7}日)")
_BEFORE_ABOUT = re.compile(r"(.{2,80}?)关于")
_ADDRESSED = re.compile(
    r".*(?:政府|部门|单位|委|局|厅|办|公司|院|会|区|县|市|镇|乡|街道|企业|中心|处|所|学校|大学|行|同志|代表|社区|村|机构|部委|团体|组织)"
    r"[\s）)]*[：:]"
)
__all__ = ["OfficialFields", "annex_names", "normal_number", "number_of_line", "read_official"]

_MASTHEAD = re.compile(r"(.{4,60}?)(?:文件|公报|便函|公告)?")
_TOLD = re.compile(
    r"[（(]\s*(?:(?:19|20)\d\d\s*年|[一二][〇○ＯO零九]).{0,12}日.*[）)]$", re.S
)  # （2020年6月30日…公布）
_SENTENCE = re.compile("[。；！？]")
_MOST_ISSUERS = 40  # lines of a signature
_HEAD_BLOCKS = 25  # 发文字号 stands before the body begins


@dataclass(frozen=True, slots=True)
class OfficialFields:
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    document_date: str | None = None  # ISO
    imprint: Imprint = Imprint()


def read_official(text: str, blocks: Sequence[Block], title: str | None) -> OfficialFields:
    """What the blocks say of issuer, addressees, number and date; empty for a document that is no 公文."""
    said = [_line(text, b) for b in blocks if b.kind != "noise"]
    tables = [text[b.start : b.end] for b in blocks if b.kind == "table"]
    addressed = _addressed_at(said)
    addressees = _addressees(said, addressed) if addressed is not None else ()
    number = _doc_number(said, tables)
    issuers, date = _signed(said, addressed)
    if not issuers and title and is_official_title(title):
        issuers = _issuers_of_title(title)
    if not issuers and number:
        issuers = _masthead(said)
    return OfficialFields(number, issuers, addressees, date, read_imprint(said))


def number_of_line(line: str) -> str | None:
    """The document number that a line consists of (`青政发〔2023〕21号`, also with 签发人), or None."""
    found = _NUMBER_LINE.fullmatch(line.strip()) if len(line) < 120 else None
    return normal_number(found[1]) if found else None


def normal_number(printed: str) -> str | None:
    """`浙政发[2019] 21 号` -> `浙政发〔2019〕21号`; None where it is no document number."""
    found = re.search(_NUMBER, printed)
    if found is None:
        return None
    letters = re.sub(r"\s", "", re.split(r"[〔\[［【〖（(]", found[0])[0])
    return f"{letters}〔{int(found[1])}〕{int(found[2])}号"


def _line(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + 400)].strip() if block.kind != "table" else ""


def _doc_number(said: list[str], tables: list[str]) -> str | None:
    for line in said[:_HEAD_BLOCKS]:
        number = number_of_line(line)
        if number:
            return number
    for table in tables[:2]:
        found = _NUMBER_CELL.search(table)
        if found:
            return normal_number(found[1])
    return None


def _addressed_at(said: list[str]) -> int | None:
    """The index of the (last) 主送机关 line: it ends with a colon, names organs, no sentence precedes it."""
    for i, line in enumerate(said[:_HEAD_BLOCKS]):
        if _SENTENCE.search(line):
            return None
        folded = re.sub(r"\s*\n\s*", "", line)
        if i and len(folded) <= 300 and _ADDRESSED.fullmatch(folded):
            return i
    return None


def _addressees(said: list[str], at: int) -> tuple[str, ...]:
    """The organs addressed, the lines above that lead on to the last one included."""
    first = at
    while first > 1 and re.search(r"[，,、]$", said[first - 1]):
        first -= 1
    return split_organs("".join(said[first : at + 1]).strip()[:-1])


def _signed(said: list[str], addressed: int | None) -> tuple[tuple[str, ...], str | None]:
    """Issuers and date of the first signature below the body (an annex may follow it)."""
    begin = addressed + 1 if addressed is not None else 1
    under_title = None
    for i in range(begin, len(said)):
        line = said[i]
        if is_date_line(line):
            issuers = _signature_above(said, begin, i)
            if issuers or addressed is not None or i >= len(said) - 6:
                return issuers, date_in(line)
            if i <= 3 and under_title is None:
                under_title = date_in(line)  # 题注: （2021年3月12日）
        elif i <= 3 and under_title is None and _TOLD.match(line):
            under_title = date_in(line)
        else:
            one_line = _SIGNED_DATE.fullmatch(line) if len(line) < 120 else None
            if one_line and is_signature(one_line[1]) and date_in(one_line[2]):
                return organs(one_line[1]), date_in(one_line[2])
    return (), under_title


def _signature_above(said: list[str], begin: int, at: int) -> tuple[str, ...]:
    found: list[str] = []
    for line in reversed(said[max(begin, at - _MOST_ISSUERS) : at]):
        if len(line) > 120 or not is_signature(line):
            break
        found[:0] = organs(line)
    return tuple(found)


def _issuers_of_title(title: str) -> tuple[str, ...]:
    about = _BEFORE_ABOUT.match(title.strip())
    return organs(about[1]) if about and is_signature(about[1]) else ()


def _masthead(said: list[str]) -> tuple[str, ...]:
    """The organs named above a document number: `青河市教育局` / `青河市公安局文件`."""
    at = next((i for i, line in enumerate(said[:_HEAD_BLOCKS]) if _NUMBER_LINE.fullmatch(line)), 0)
    named: list[str] = []
    for line in said[:at]:
        found = _MASTHEAD.fullmatch(line.strip())
        if found and is_signature(found[1]):
            named += organs(found[1])
    return tuple(named)
