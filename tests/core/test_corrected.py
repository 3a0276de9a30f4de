"""What a correction does to what is read, whatever became of the text meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cunzhao.core.values.corrected import (
    Action,
    Bare,
    Checked,
    Correction,
    Entered,
    around,
    as_entered,
    bared,
    corrected,
    moved,
    placed,
)
from cunzhao.extract.types import Fact, Kind, Reason, Span

TEXT = "清江市2023年完成投资45亿元，新增企业120家。市长周闻道、副市长李一鸣出席。"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote), quote)


def figure(text: str, quote: str, **fields: Any) -> Fact:
    usual = {"value": 4.5e9, "unit": "元", "nature": "actual", "printed": "45", "magnitude": 10**8}
    why = (Reason("unit", "words"), Reason("nature", "default"))
    return Fact(
        kind="figure",
        span=span(text, quote),
        fields={**usual, **fields},
        extractor="figure",
        version="1",
        why=why,
    )


def person(text: str, name: str, position: str) -> Fact:
    fields = {"name": name, "position": position}
    return Fact(kind="person", span=span(text, name), fields=fields, extractor="person", version="1")


def correction(
    action: Action, fact: Fact, text: str = TEXT, kind: Kind | None = None, **new: Any
) -> Correction:
    before, after = around(text, fact.span.start, fact.span.end)
    return Correction(
        id="c1",
        snapshot="s",
        kind=kind or fact.kind,
        action=action,
        span=fact.span,
        before=before,
        after=after,
        old={} if action == "add" else fact.fields,
        new=new,
        at=NOW,
    )


READ = figure(TEXT, "45亿元")


def test_a_change_puts_the_field_right_and_says_by_whom() -> None:
    [fact] = corrected([READ], [correction("change", READ, nature="target")], TEXT).facts
    assert fact.fields == {**READ.fields, "nature": "target"}
    assert (fact.extractor, fact.confidence) == ("user", None)
    assert [(r.field, r.by) for r in fact.why] == [("unit", "words"), ("nature", "user")]


def test_what_was_made_of_a_changed_field_goes_with_it() -> None:
    read = figure(TEXT, "45亿元", region="清江市", region_codes=["330600"])
    one = correction("change", read, value=5.4e9, region="临江市")
    [fact] = corrected([read], [one], TEXT).facts
    assert set(fact.fields) == {"value", "unit", "nature", "region"}


def test_a_correction_is_found_again_with_other_white_space_and_further_down() -> None:
    new = "新加的一段，也写着45亿元。\n\n" + TEXT.replace("45亿", "45\n亿").replace("完成", "完 成")
    read = figure(new, "45\n亿元")
    done = corrected([read, figure(new, "45亿元")], [correction("change", READ, nature="target")], new)
    assert [o.state for o in done.outcomes] == ["applied"]
    assert [f.fields["nature"] for f in done.facts] == ["actual", "target"]  # by place


def test_of_equal_places_the_nearest_is_taken() -> None:
    line = "甲市增长5%。"
    text = line * 9
    middle = Span(4 * len(line) + 4, 4 * len(line) + 6, "5%")
    one = replace(correction("reject", READ), span=middle, before="", after="")
    assert placed(one, Bare(text)) == middle
    assert placed(one, Bare("乙" * 3 + text)) is not None


def test_words_that_are_gone_make_it_lost_and_the_same_quote_elsewhere_does_not_serve() -> None:
    one = correction("change", READ, nature="target")
    for text in (TEXT.replace("45亿元", "46亿元"), "另一篇文章说，去年用了45亿元修路。"):
        done = corrected([], [one], text)
        assert (done.facts, [o.state for o in done.outcomes]) == ((), ["lost"])


def test_a_fact_that_the_extractor_finds_no_more_stays_as_the_user_wants_it() -> None:
    [fact] = corrected([], [correction("change", READ, nature="target")], TEXT).facts
    assert (fact.span, fact.fields["nature"], fact.fields["value"]) == (READ.span, "target", 4.5e9)


def test_an_extractor_that_has_learnt_it_is_left_alone() -> None:
    now = figure(TEXT, "45亿元", nature="target")
    done = corrected([now], [correction("change", READ, nature="target")], TEXT)
    assert (done.facts, done.outcomes[0].state) == ((now,), "agreed")
    gone = corrected([], [correction("reject", READ)], TEXT)
    assert (gone.facts, gone.outcomes[0].state) == ((), "agreed")


def test_a_rejected_fact_is_not_shown_even_if_it_is_read_a_little_otherwise() -> None:
    now = figure(TEXT, "45亿", value=9.0)
    assert corrected([now], [correction("reject", READ)], TEXT).facts == ()


def test_of_two_offices_of_one_person_the_one_meant_is_corrected() -> None:
    mayor, deputy = person(TEXT, "周闻道", "市长"), person(TEXT, "周闻道", "市委副书记")
    done = corrected([mayor, deputy], [correction("reject", deputy)], TEXT)
    assert done.facts == (mayor,)
    assert corrected([mayor], [correction("reject", deputy)], TEXT).facts == (mayor,)


def test_an_added_fact_stands_beside_or_instead_of_what_is_read_there() -> None:
    one = correction("add", READ, value=4.5e9, unit="元", nature="target")
    [added] = corrected([], [one], TEXT).facts
    assert added.fields == {"value": 4.5e9, "unit": "元", "nature": "target"} and added.extractor == "user"
    assert len(corrected([READ], [one], TEXT).facts) == 1


def test_corrections_of_another_snapshot_count_between_the_same_words_only() -> None:
    one = correction("change", READ, nature="target")
    assert as_entered([READ], Entered(elsewhere=(one,)), TEXT).facts[0].fields["nature"] == "target"
    other = TEXT.replace("新增企业", "新办企业")
    assert as_entered([figure(other, "45亿元")], Entered(elsewhere=(one,)), other).outcomes == ()
    own = replace(correction("change", READ, nature="forecast"), id="c2")
    both = as_entered([READ], Entered(corrections=(own,), elsewhere=(one,)), TEXT)
    assert both.facts[0].fields["nature"] == "forecast" and len(both.outcomes) == 1


def test_checked_facts_stand_whatever_is_read_until_the_text_changes() -> None:
    checked = Checked(
        snapshot="s", kind="figure", digest=Bare(TEXT).digest, facts=(bared(READ, Bare(TEXT)),), at=NOW
    )
    said = Entered(checked=(checked,))
    wrong, people = figure(TEXT, "120家"), person(TEXT, "周闻道", "市长")
    assert as_entered([wrong, people], said, TEXT).facts == (READ, people)
    spaced = TEXT.replace("，", "，\n\n")
    assert as_entered([], said, spaced).facts == (replace(READ, span=span(spaced, "45亿元")),)
    other = TEXT.replace("120", "121")
    assert as_entered([people], said, other).facts == (people,)


TEXTS = st.text(st.sampled_from("清江市45亿元，。 \n\t　120家"), min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_a_place_is_found_again_in_its_own_text_and_survives_the_way_through_bare_coordinates(
    text: str, data: st.DataObject
) -> None:
    seen = [n for n, c in enumerate(text) if not c.isspace()]
    if not seen:
        return
    start = data.draw(st.sampled_from(seen))
    end = data.draw(st.sampled_from([n for n in seen if n >= start])) + 1
    here = Span(start, end, text[start:end])
    fact = Fact(kind="figure", span=here, fields={}, extractor="figure", version="1")
    assert placed(correction("reject", fact, text), Bare(text)) == here
    bare = Bare(text)
    assert moved(bared(fact, bare), bare) == fact
    squeezed = Bare("".join(text.split()))
    assert moved(bared(fact, bare), squeezed).span.quote == "".join(here.quote.split())
