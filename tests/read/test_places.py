"""Every character of a text leads back to that same character in the source."""

from __future__ import annotations

import html
import io
import json
import re

import docx
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.charset import decode
from cunzhao.htmltree import CssPaths, element_at, own_text, parse
from cunzhao.read import read
from cunzhao.read.alignment import aligned
from cunzhao.read.types import Document, Place, Run, from_json, place_at, runs_in, to_json
from tests.read.pages import TEMPLATES
from tests.read.pdfs import Page, pdf


def unplaced(document: Document, page: str) -> list[tuple[int, str]]:
    """The characters of the text that are not where their place says."""
    root, _ = parse(page)
    assert root is not None
    own: dict[str, str] = {}
    wrong = []
    for i, char in enumerate(document.text):
        place = place_at(document, i)
        css = place.css or ""
        if css not in own:
            element = element_at(root, css)
            own[css] = "" if element is None else own_text(element)
        if not char.isspace() and (place.offset is None or own[css][place.offset : place.offset + 1] != char):
            wrong.append((i, char))
    return wrong


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_character_of_a_page_is_where_its_place_says(name: str) -> None:
    data = TEMPLATES[name]()
    document = read(data, mime="text/html")
    assert unplaced(document, decode(data).text) == []
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


WORDS = st.text(alphabet="甲乙，。1a &<>\u3000\u00a0\t\n\r\u200b𠮷", min_size=1, max_size=6)
ESCAPED = WORDS.map(html.escape) | st.sampled_from(
    ["&nbsp;", "&#20013;", "&#x1F600;", "&hellip;", "&amp;lt;", "&zwnj;"]
)
VOID = st.sampled_from(["<br>", "<wbr>", "<!-- 注 -->", "<img src=a>", "<script>1</script>", "<embed src=a>"])


def _inside(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        re.findall(
            r"\S+", "div p span b a em font section article h2 ul li td table tr center blockquote o:p"
        )
    )
    return st.builds(
        lambda tag, parts, closed: f"<{tag}>{''.join(parts)}" + (f"</{tag}>" if closed else ""),
        tags,
        st.lists(children, max_size=4),
        st.booleans() | st.just(True),
    )


TREES = st.recursive(ESCAPED | VOID, _inside, max_leaves=25)
SENTENCE = "<p>渡口改造全部完工，群众出行方便多了，工程总投资两亿元，全市共改造渡口四十座。</p>"


@given(st.lists(TREES, max_size=5).map("".join), st.sampled_from(["", "<!DOCTYPE html>"]))
@settings(max_examples=100, deadline=None)
def test_whatever_the_page_is_built_of(body: str, doctype: str) -> None:
    page = f"{doctype}<html><head><title>渡口改造 完工_青河网</title></head><body>{SENTENCE}{body}{SENTENCE}"
    assert unplaced(read(page.encode(), mime="text/html"), page) == []


@given(st.lists(TREES, max_size=4).map("".join))
def test_a_path_leads_to_its_element_and_to_no_other(body: str) -> None:
    root, _ = parse(f"<body id=b>{body}<div id=x><p id=x></div><p id='a b'>")
    assert root is not None
    paths = CssPaths(root)
    for element in root.iter():
        assert element_at(root, paths.of(element) or "") is element


def test_a_table_is_placed_cell_by_cell() -> None:
    rows = "<tr><th>指 标<th>2022年<tr><td>渡口<br>（座）<td>14<tr><td><b>里</b>程<td>&nbsp;60"
    page = f"<h1>渡口改造统计</h1>{SENTENCE}<table>{rows}</table>"
    document = read(page.encode(), mime="text/html")
    assert unplaced(document, page) == []
    assert place_at(document, document.text.index("14")) == Place(
        css="html > body > table > tbody > tr:nth-of-type(2) > td:nth-of-type(2)", offset=0
    )


def test_rows_that_say_nothing_are_no_rows_and_no_cell_spans_them() -> None:
    rows = "<tr><th rowspan=3>指标<th>总量<tr><td> <tr><td>2022年<tr><td>渡口<td>14<tr><td>里程<td>60"
    page = f"<h1>渡口改造统计</h1>{SENTENCE}<table>{rows}</table>"
    document = read(page.encode(), mime="text/html")
    assert unplaced(document, page) == []
    (table,) = document.tables
    assert next((document.text[c.start : c.end], c.rows) for c in table.cells) == ("指标", 2)


def test_a_title_that_only_the_head_tells_is_placed_there_and_without_the_site_that_follows_it() -> None:
    page = f"<title>渡口改造完工_青河市人民政府</title>{SENTENCE}"
    document = read(page.encode(), mime="text/html")
    assert document.title == "渡口改造完工"
    assert place_at(document, 5) == Place(css="html > head > title", offset=5)


@given(st.text(alphabet="甲1 \n\r\u3000\u2028", max_size=40))
def test_plain_text_is_placed_by_line_and_offset(raw: str) -> None:
    document = read(b"-" + raw.encode(), mime="text/plain")
    lines = re.split("\r\n|[\r\n\u2028]", "-" + raw)
    for i, char in enumerate(document.text):
        place = place_at(document, i)
        if not char.isspace():
            assert lines[(place.line or 0) - 1][place.offset or 0] == char


def test_characters_in_a_box_share_its_width() -> None:
    run = Run(start=2, end=6, place=Place(page=3, box=(10.0, 0.0, 50.0, 12.0)))
    document = Document(text="甲 渡口改造", blocks=(), runs=(run,))
    assert runs_in(document, 3, 5) == (Run(start=3, end=5, place=Place(page=3, box=(20.0, 0.0, 40.0, 12.0))),)


@given(st.text(alphabet="甲乙 \n\u200b", min_size=1, max_size=12), st.data())
def test_alignment_finds_a_part_of_its_sources(raw: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=3)))
    bounds = list(zip([0, *cuts], [*cuts, len(raw)], strict=True))
    sources = [(raw[a:b], str(n), 7) for n, (a, b) in enumerate(bounds)]
    text = " ".join(raw.replace("\u200b", " ").split())
    covered = ""
    for start, end, key, offset in aligned(text, sources):
        a, b = bounds[int(key)]
        found = raw[a:b][offset - 7 : offset - 7 + end - start].replace("\u200b", " ")
        assert text[start:end].split() == found.split()
        covered += text[start:end]
    assert "".join(covered.split()) == "".join(text.split())


PART = st.text(alphabet="甲乙1a ，\u3000\t", min_size=1, max_size=8)


@given(
    st.lists(
        st.lists(PART, max_size=4)
        | st.tuples(st.just("|"), st.lists(st.lists(PART, min_size=2, max_size=2), min_size=1, max_size=3)),
        max_size=5,
    )
)
@settings(max_examples=20, deadline=None)
def test_word_is_placed_by_paragraph_table_and_cell(
    body: list[list[str] | tuple[str, list[list[str]]]],
) -> None:
    word = docx.Document()
    word.add_paragraph("渡口改造完工，群众出行方便。")
    paragraphs, tables = ["渡口改造完工，群众出行方便。"], []
    for part in body:
        if isinstance(part, tuple):
            table = word.add_table(rows=0, cols=2)
            for row in part[1]:
                for cell, said in zip(table.add_row().cells, row, strict=True):
                    cell.text = said
            tables.append(
                {f"{'AB'[x]}{y + 1}": said for y, row in enumerate(part[1]) for x, said in enumerate(row)}
            )
        else:
            paragraph = word.add_paragraph()
            for run in part:
                paragraph.add_run(run)
            paragraphs.append("".join(part))
    stream = io.BytesIO()
    word.save(stream)
    document = read(stream.getvalue(), mime="", name="a.docx")
    for i, char in enumerate(document.text):
        if not char.isspace():
            place = place_at(document, i)
            said = (
                paragraphs[place.paragraph or 0]
                if place.table is None
                else tables[place.table][place.cell or ""]
            )
            assert place.offset is not None and said[place.offset] == char, (document.text, i, place)


LATIN = st.text(alphabet="Wil.m1 ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(LATIN, st.integers(0, 3), st.sampled_from([9.0, 12.0, 20.0])), min_size=1, max_size=6)
)
@settings(max_examples=20, deadline=None)
def test_in_the_box_of_a_character_of_a_pdf_stands_that_character(
    lines: list[tuple[str, int, float]],
) -> None:
    latin = [(60.0 + 40 * x, 760.0 - 60 * y, size, text) for y, (text, x, size) in enumerate(lines)]
    data = pdf([Page(latin=latin), Page(latin=latin[::-1])])
    document = read(data, mime="application/pdf")
    file = pdfium.PdfDocument(data)
    shown = [file[n].get_textpage() for n in range(2)]
    for i, char in enumerate(document.text):
        if not char.isspace():
            place = place_at(document, i)
            assert place.box and place.page
            left, bottom, right, top = place.box
            middle = (left + right) / 2
            found = shown[place.page - 1].get_text_bounded(middle - 0.1, bottom, middle + 0.1, top)
            assert char in found, (document.text, i, place, found)
