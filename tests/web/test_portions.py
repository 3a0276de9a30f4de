"""A long document is shown in parts, which together are the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cunzhao.extract.types import Fact, Span
from cunzhao.read.types import Block, Document, Place
from cunzhao.web.showing.portions import FACTS, Part, Portion
from cunzhao.web.showing.segments import lay_out


def made(blocks: list[int], facts_in_each: int) -> tuple[Document, list[Fact]]:
    """Blocks of so many characters, and facts at the beginning of each."""
    ends = [sum(blocks[: n + 1]) for n in range(len(blocks))]
    starts = [0, *ends[:-1]]
    places = zip(starts, ends, strict=True)
    told = tuple(Block(kind="paragraph", start=s, end=e, place=Place(css="p")) for s, e in places)
    text = "".join(chr(0x4E00 + n % 5_000) for n in range(ends[-1]))
    spans = [Span.of(text, s + k, s + k + 1) for s in starts for k in range(facts_in_each)]
    facts = [Fact(kind="figure", span=span, fields={}, extractor="x", version="1") for span in spans]
    return Document(text=text, blocks=told), facts


def portion_of(document: Document, facts: list[Fact], n: int, at: int | None) -> Part:
    portion = Portion(n, at)
    portion(document, {"figure": [fact.span.start for fact in facts]} if facts else {})
    return portion.part


@given(blocks=st.lists(st.integers(40, 4_000), min_size=1, max_size=60), each=st.integers(0, 40))
def test_every_fact_and_every_character_is_in_exactly_one_part(blocks, each):
    document, facts = made(blocks, each)
    first = portion_of(document, facts, 1, None)
    parts = [portion_of(document, facts, n + 1, None) for n in range(first.all)]
    assert [part.n for part in parts] == list(range(1, first.all + 1))
    assert all(sum(part.holds(fact.span.start) for part in parts) == 1 for fact in facts)
    shown = [lay_out(document, facts, None, (part.start, part.end)) for part in parts]
    told = (s.text for pieces in shown for p in pieces for row in p.rows for f in row for s in f.segments)
    assert "".join(told) == document.text
    for place in (0, len(document.text) // 2, len(document.text) - 1):
        assert portion_of(document, facts, 0, place).holds(place)


def test_a_document_of_usual_length_is_one_part_and_a_part_that_there_is_not_is_the_last():
    assert portion_of(*made([900] * 10, 5), 1, None).all == 1
    document, facts = made([500] * 40, 40)
    last = portion_of(document, facts, 10**9, None)
    assert last.n == last.all > 1 and last.end == len(document.text)
    assert sum(last.holds(fact.span.start) for fact in facts) <= FACTS
