"""Long documents are read in windows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cunzhao.extract import extract, extract_in_turn
from cunzhao.extract.text.flat import flatten
from cunzhao.extract.windows import windows
from cunzhao.read.types import Block, Document, Heading, Place

CHAPTER = "2018年工作"
BODY = "绍兴市旅游总收入351.8亿元，增长16.2%。市长方以宁说，诸暨市和恒禾集团签订了战略合作协议。"


def of_chapters(count: int, body: str = BODY) -> Document:
    """Chapters of a heading and a paragraph each."""
    text, blocks, outline = "", [], []
    for number in range(count):
        for kind, words in (("heading", f"{number}、{CHAPTER}"), ("paragraph", body)):
            start, text = len(text), text + words
            blocks.append(Block(kind=kind, start=start, end=len(text), place=Place()))
            if kind == "heading":
                head = Heading(level=2, number=str(number), title=CHAPTER, start=start, end=len(text))
                outline.append(head)
            text += "\n"
    return Document(text=text, blocks=tuple(blocks), outline=tuple(outline), published="2019-02-01")


def test_a_document_of_usual_length_is_one_window():
    document = of_chapters(10)
    assert [window.document for window in windows(document, 100_000)] == [document]


def test_a_window_begins_with_a_chapter_and_knows_what_stands_above():
    document = of_chapters(100)
    found = list(windows(document, 500))
    assert len(found) > 5
    assert all(document.text[w.start : w.end].lstrip("0123456789").startswith("、" + CHAPTER) for w in found)
    under = Heading(level=1, number=None, title="总报告", start=0, end=1)
    told = Document(text=document.text, blocks=document.blocks, outline=(under, *document.outline))
    assert all(w.document.outline[0] == under for w in windows(told, 500))


def test_facts_of_many_windows_are_those_of_each_chapter():
    document = of_chapters(60)
    whole = [f.to_json() for f in extract(document)]
    assert len(list(windows(document, 400))) > 5
    parted = [f.to_json() for f in extract_in_turn(document, window=400)]
    told_once = ("person", "agreement")  # in a window
    assert [f for f in parted if f["kind"] not in told_once] == [
        f for f in whole if f["kind"] not in told_once
    ]
    assert {f["quote"] for f in parted} == {f["quote"] for f in whole}


def test_the_day_and_place_that_the_beginning_tells_hold_to_the_end():
    text = "宁波市的企业多\n2016年3月4日　来源：宁波日报\n宁波市发布了消息。\n" + "全市今年投资5亿元。\n" * 60
    figures = list(extract_in_turn(Document(text=text, blocks=()), kinds=["figure"], window=120))
    assert {(f.fields["region"], f.fields["period"]) for f in figures} == {("宁波市", "2016")}
    assert len(figures) == 60


def test_facts_are_handed_on_before_the_rest_is_read(monkeypatch):
    read: list[int] = []

    def seen(document, start, end):
        read.append(start)
        return flatten(document, start, end)

    monkeypatch.setattr("cunzhao.extract.facts.flatten", seen)
    next(extract_in_turn(of_chapters(60), window=400))
    assert read == [0]


@pytest.mark.parametrize("text", ["5" * 900 + "亿元", "渡" * 900, "投资5亿元" * 200, "，" * 900])
def test_a_text_without_blocks_and_stops_is_parted_but_no_number_of_it(text):
    found = list(windows(Document(text=text, blocks=()), 100))
    assert "".join(text[w.start : w.end] for w in found) == text
    assert not any(text[w.end - 1].isdigit() for w in found)


@settings(max_examples=80)
@given(st.text("甲。5，\n1亿 ", max_size=400), st.data())
def test_windows_cover_the_text_and_its_blocks_once(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=20)))
    kinds = st.sampled_from(["heading", "paragraph", "table", "noise"])
    blocks = tuple(
        Block(kind=data.draw(kinds), start=a, end=b, place=Place())
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    found = list(windows(Document(text=text, blocks=blocks), data.draw(st.integers(1, 60))))
    assert "".join(text[w.start : w.end] for w in found) == text
    covered = [at for w in found for b in w.document.blocks for at in range(b.start, b.end)]
    assert covered == [at for b in blocks for at in range(b.start, b.end)]
