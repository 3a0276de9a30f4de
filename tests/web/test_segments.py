"""Overlapping facts become segments that can be shown, and no character is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.read.tables import CellText, grid_table
from cunzhao.read.types import Block, Document, Place
from cunzhao.web.showing.segments import lay_out, segments
from tests.web.fake_core import NEWS_DOC, NEWS_FACTS, PLAN_DOC, PLAN_FACTS, document, fact

TEXT = st.text(alphabet="绍兴3%。\t\n a😀", max_size=60)
RANGE = st.tuples(st.integers(-3, 70), st.integers(-3, 70))


def test_a_figure_inside_a_task_is_cut_out_and_both_cover_it():
    text = "建成铁路62公里。"
    cut = segments(text, [(0, 9), (4, 8)])
    assert [(s.text, s.facts) for s in cut] == [("建成铁路", (0,)), ("62公里", (0, 1)), ("。", (0,))]


def test_facts_that_overlap_without_nesting_share_the_middle():
    cut = segments("甲乙丙丁戊", [(0, 3), (2, 5)])
    assert [(s.text, s.facts) for s in cut] == [("甲乙", (0,)), ("丙", (0, 1)), ("丁戊", (1,))]


def test_the_asked_place_may_lie_across_facts():
    cut = segments("甲乙丙丁", [(1, 3)], at=(2, 4))
    assert [(s.text, s.at, s.first) for s in cut] == [
        ("甲", False, False),
        ("乙", False, False),
        ("丙", True, True),
        ("丁", True, False),
    ]


def test_words_that_a_fact_was_read_from_can_be_shown_but_its_own_are_not_cut():
    text = "今年以来，建成铁路62公里。"
    why = (Reason("period", "clause", Span.of(text, 0, 4)), Reason("unit", "words", Span.of(text, 11, 13)))
    read = Fact(kind="figure", span=Span.of(text, 9, 13), fields={}, extractor="figure", version="1", why=why)
    [piece] = lay_out(Document(text=text, blocks=()), [read])
    cut = [(s.text, s.anchor) for s in piece.rows[0][0].segments]
    assert cut == [("今年以来", True), ("，建成铁路", True), ("62公里", True), ("。", False)]


@given(text=TEXT, spans=st.lists(RANGE, max_size=8), at=st.none() | RANGE, cuts=st.lists(st.integers(-5, 80)))
def test_segments_joined_are_the_text_and_cover_just_what_the_spans_cover(text, spans, at, cuts):
    cut = segments(text, spans, at=at, cuts=cuts)
    assert "".join(s.text for s in cut) == text
    assert all(text[s.start : s.end] == s.text != "" for s in cut)
    valid = {n: range(a, b) for n, (a, b) in enumerate(spans) if 0 <= a < b <= len(text)}
    for s in cut:
        for place in range(s.start, s.end):
            assert set(s.facts) == {n for n, places in valid.items() if place in places}
            inside = at is not None and 0 <= at[0] < at[1] <= len(text) and at[0] <= place < at[1]
            assert s.at == inside


@st.composite
def documents(draw) -> tuple[Document, tuple[Fact, ...]]:
    text = draw(TEXT)
    places = st.integers(0, len(text))
    blocks = tuple(
        Block(kind=kind, start=min(a, b), end=max(a, b), place=Place())
        for kind, a, b in draw(
            st.lists(st.tuples(st.sampled_from(["paragraph", "table", "noise"]), places, places), max_size=5)
        )
    )
    spans = [(a, b) for a, b in draw(st.lists(st.tuples(places, places), max_size=5)) if a < b]
    facts = tuple(
        Fact(kind="figure", span=Span.of(text, a, b), fields={}, extractor="figure", version="1")
        for a, b in spans
    )
    return Document(text=text, blocks=blocks), facts


def joined(pieces) -> str:
    return "".join(s.text for piece in pieces for row in piece.rows for cell in row for s in cell.segments)


@given(documents(), st.none() | RANGE)
def test_pieces_joined_are_the_text_whatever_the_blocks_leave_out(given_, at):
    doc, facts = given_
    assert joined(lay_out(doc, facts, at)) == doc.text


def test_what_stands_between_blocks_is_shown_unless_it_is_white_space():
    doc = Document(text="甲\n乙", blocks=(Block(kind="heading", start=0, end=1, place=Place(), level=1),))
    assert [piece.kind for piece in lay_out(doc, ())] == ["heading", "paragraph"]
    doc = document([("paragraph", "甲"), ("paragraph", "乙")])
    assert [piece.kind for piece in lay_out(doc, ())] == ["paragraph", "gap", "paragraph"]


def test_a_table_is_laid_out_in_rows_and_cells():
    table = next(p for p in lay_out(NEWS_DOC, NEWS_FACTS) if p.kind == "table")
    words = [["".join(s.text for s in cell.segments).strip() for cell in row] for row in table.rows]
    assert words == [
        ["指标", "数值", "同比"],
        ["社会消费品零售总额", "1893.2亿元", "5.1%"],
        ["进出口总额", "766.4亿元", "-2.3%"],
    ]


def test_a_table_whose_cells_are_told_keeps_its_headers_and_merged_cells():
    text, table = grid_table(
        [
            [CellText("指标", rows=2, header=True), CellText("总量", columns=2, header=True)],
            [CellText("2018年"), CellText("2019年")],
            [CellText("进出口总额"), CellText(""), CellText("766.4亿元")],
        ]
    )
    block = Block(kind="table", start=0, end=len(text), place=Place())
    doc = Document(text=text, blocks=(block,), tables=(table,))
    (piece,) = lay_out(doc, (), (text.index("766"), len(text)))
    told = [
        [("".join(s.text for s in f.segments).strip(), f.rows, f.columns) for f in row] for row in piece.rows
    ]
    assert told == [
        [("指标", 2, 1), ("总量", 1, 2)],
        [("2018年", 1, 1), ("2019年", 1, 1)],
        [("进出口总额", 1, 1), ("", 1, 1), ("766.4亿元", 1, 1)],
    ]
    assert [s.text for row in piece.rows for f in row for s in f.segments if s.at] == ["766.4亿元"]
    assert piece.rows[0][0].header


@given(st.lists(st.lists(st.text(alphabet="甲1 ", max_size=3), max_size=4), max_size=4), st.none() | RANGE)
def test_a_table_that_is_told_keeps_every_character(rows, at):
    text, table = grid_table([[CellText(said) for said in row] for row in rows])
    block = Block(kind="table", start=0, end=len(text), place=Place())
    assert joined(lay_out(Document(text=text, blocks=(block,), tables=(table,)), (), at)) == text


def test_a_fact_whose_quote_does_not_stand_in_the_text_marks_nothing():
    doc = document([("paragraph", "投资45亿元")])
    wrong = Fact(kind="figure", span=Span(2, 6, "54亿元"), fields={}, extractor="figure", version="1")
    assert all(not s.facts for piece in lay_out(doc, (wrong,)) for s in piece.rows[0][0].segments)
    right = fact(doc, "figure", "45亿元")
    assert any(s.facts == (0,) for piece in lay_out(doc, (right,)) for s in piece.rows[0][0].segments)


def test_sample_documents_keep_every_character():
    assert joined(lay_out(NEWS_DOC, NEWS_FACTS, (3, 90))) == NEWS_DOC.text
    assert joined(lay_out(PLAN_DOC, PLAN_FACTS)) == PLAN_DOC.text
