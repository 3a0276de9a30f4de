"""What a user asks for: the terms of a query, each with the spellings that count as it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.errors import UsageWrong
from cunzhao.organize.aliases import Aliases
from cunzhao.organize.fold import fold

MAX_QUERY = 20_000  # code points; a pasted paragraph is fine, a pasted book is not a query

# A phrase in quotation marks that stand at word borders; elsewhere a quotation mark is a character.
_WORD = re.compile(r'(?:(?<=\s)|^)(?:"([^"]*)"|“([^“”]*)”)(?=\s|$)|(\S+)')
# 发文字号, folded: 国办发[2019]5号, also as 国办发<2019>05号, 国办发2019第5号.
_NUMBER = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{1,14})(?:[\[<〈《「](?P<year>(?:19|20)\d\d)[\]>〉》」]|(?<=[发函办字文规])"
    r"(?P<bare>(?:19|20)\d\d))第?0*(?P<number>\d{1,5})号"
)
_NONE = Aliases()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must occur: `spellings` are folded, the one that was typed first; any of them counts."""

    spellings: tuple[str, ...]
    exact: bool = False  # it stood in quotation marks: nothing else counts

    @property
    def text(self) -> str:
        return self.spellings[0]


def read_query(query: str, aliases: Aliases = _NONE) -> tuple[Term, ...]:
    """The terms of a query, each once: words parted by white space, all of which must occur.

    `绍兴 轨道交通` -> two terms; `"G 60"` and `“G 60”` -> the one exact term `g60`. Of a straight quotation
    mark that is not closed yet the words count. Empty where nothing is left. Raises UsageWrong for more than
    MAX_QUERY code points.
    """
    if len(query) > MAX_QUERY:
        raise UsageWrong(
            query[:20] + "…",
            detail=f"查询太长（{len(query)} 字，上限 {MAX_QUERY} 字）",
            detail_en=f"the query is too long ({len(query)} characters, limit {MAX_QUERY})",
        )
    found: dict[str, Term] = {}
    unclosed = query.count('"') % 2 == 1
    for match in _WORD.finditer(query):
        exact = match[3] is None
        said = next(filter(None, match.groups()), "")
        text = fold(said.removeprefix('"').removesuffix('"') if unclosed and not exact else said)
        if text and (text not in found or found[text].exact is False):
            spellings = (text,) if exact else (*_numbers(text), *aliases.variants(text))
            found[text] = Term(tuple(dict.fromkeys((text, *spellings))), exact)
    return tuple(found.values())


def _numbers(text: str) -> tuple[str, ...]:
    """How documents write the document number that a term is; none where it is no such number."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return ()
    head, number = f"{match['head']}[{match['year'] or match['bare']}]", match["number"]
    return f"{head}{number}号", f"{head}第{number}号", f"{head}{number:0>2}号"
