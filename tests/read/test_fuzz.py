"""Any bytes, under any name and label: an error with a name, or a document whose every offset holds."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from cunzhao.errors import CunzhaoError
from cunzhao.read import read
from cunzhao.read.page.joining import join
from cunzhao.read.types import Document, from_json, place_at, to_json
from tests.read import fuzzed
from tests.read.ofds import ofd, page, text_object
from tests.read.pdfs import pdf
from tests.read.test_damage import FILES
from tests.read.test_pdf import REPORT, column
from tests.read.words import cell, p, row, t, tbl, word_file

PDF = pdf([column(90, 700, REPORT)] * 2, title="渡口", marks=[(0, "一、渡口"), (1, "二、改造")])
CHARSETS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "hz")
SECONDS = 40  # of processor time, for files of a few kilobytes


def _encoded(make: Callable[[random.Random], str]) -> Callable[[random.Random], bytes]:
    return lambda rng: make(rng).encode(rng.choice((*CHARSETS, "utf-8", "utf-8", "utf-8")), "ignore")


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "html": _encoded(fuzzed.page),
    "txt": _encoded(fuzzed.text),
    "md": _encoded(
        lambda rng: "---\ntitle: {}\ndate: {}\n---\n".format(*rng.sample(fuzzed.WORDS, 2)) + fuzzed.text(rng)
    ),
    "csv": _encoded(fuzzed.sheet),
    "pdf": lambda rng: fuzzed.numbers_changed(rng, PDF),
    "xls": lambda rng: fuzzed.damaged(rng, FILES["xls"]),
    **{form: lambda rng, form=form: fuzzed.package(rng, FILES[form]) for form in ("docx", "xlsx", "ofd")},
}


def holds(document: Document) -> None:
    """Every law of `cunzhao.read.types.Document`."""
    text, size = document.text, len(document.text)
    json.dumps(to_json(document), ensure_ascii=False).encode()  # no lone surrogate anywhere
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    assert "\x00" not in text
    for spans in (document.blocks, document.runs, document.outline):
        assert all(0 <= span.start <= span.end <= size for span in spans)
        assert all(a.start <= b.start for a, b in pairwise(spans))
    for few in (document.blocks, document.runs):
        assert all(span.start < span.end for span in few)
        assert all(a.end <= b.start for a, b in pairwise(few))
    for table in document.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end <= size for cell in table.cells)
    for piece in (*document.articles, *document.parts):
        assert 0 <= piece.start <= piece.end <= size
    for at in range(0, size if document.blocks else 0, max(size // 20, 1)):
        place_at(document, at)


def tried(ending: str, number: int) -> None:
    rng = random.Random(number)
    data = MAKERS[ending](rng)
    if rng.random() < 0.1:
        data = fuzzed.damaged(rng, data)
    name = rng.choice(tuple(MAKERS)) if rng.random() < 0.1 else ending
    charset = rng.choice(("", "", "gb2312", "utf-8", "utf-16", "iso-8859-1", "rot13"))
    began = time.process_time()
    try:
        found = read(data, mime="", name=f"a.{name}", url="http://a.example/b/c_1.html", charset=charset)
        assert time.process_time() - began < SECONDS
        holds(found)
        if found.blocks:
            holds(join([found, found]))
    except CunzhaoError as error:
        assert error.input and error.mend


@pytest.mark.parametrize("ending", sorted(MAKERS))
@seed(4)
@settings(max_examples=25, database=None)
@given(number=st.integers(0, 1 << 40))
def test_what_is_read_holds_and_what_is_not_is_told(ending: str, number: int) -> None:
    tried(ending, number)


@pytest.mark.long
@pytest.mark.parametrize("ending", sorted(MAKERS))
def test_what_is_read_holds_for_twenty_seconds_of_each_format(ending: str) -> None:
    until, number = time.monotonic() + 20, random.randrange(1 << 40)
    while time.monotonic() < until:
        number += 1
        try:
            tried(ending, number)
        except Exception as error:  # the number is all that is needed to see it again
            raise AssertionError(f"{ending} {number}") from error


@pytest.mark.parametrize("told", ["²", "٣", "-1", "", "9" * 5_000])
def test_what_is_no_number_is_passed_over(told: str) -> None:
    """int("²") fails though "²".isdigit(), and int() of five thousand digits is refused."""
    numbered = p(t("渡口"), f'<w:numPr><w:ilvl w:val="{told}"/><w:numId w:val="1"/></w:numPr>')
    headed = p(t("改造"), f'<w:outlineLvl w:val="{told}"/>')
    lists = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{told}"/><w:lvl w:ilvl="0"><w:start w:val="{told}"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="{told}"><w:startOverride w:val="{told}"/></w:lvlOverride></w:num>'
    )
    table = tbl(row(cell("甲", f'<w:gridSpan w:val="{told}"/>'), "乙"))
    word = word_file(numbered + headed + table, parts={"numbering": lists})
    assert read(word, mime="", name="a.docx").text == "1、渡口\n改造\n甲\t乙"
    script = f"<script>var currentPage={told or 0};var countPage = {told or 0};</script><p>渡口改造，全部完成。</p>"
    assert read(script.encode(), mime="text/html", url="http://a.example/t1.html").next_page is None
    heavy = text_object(9, (20, 30, 5, "渡口"), f' Weight="{told}" ReadDirection="{told}"')
    assert read(ofd([page([], inner=heavy)]), mime="", name="a.ofd").text == "渡口"
