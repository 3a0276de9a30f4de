"""Users correct facts; what they said outlives reading anew, a rebuild, and a move of the archive folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from cunzhao.core import Core
from cunzhao.core.corrections import reviewing
from cunzhao.core.corrections.opened import fact_key
from cunzhao.core.values.corrections import CorrectionFilter
from cunzhao.core.values.figures import FigureFilter
from cunzhao.core.values.pages import Within
from cunzhao.errors import FactChanged, FieldsWrong, NotFound, QuoteMissing, UsageWrong
from cunzhao.extract.types import Fact
from cunzhao.settings import Settings
from cunzhao.storage.models import CorrectionRow

TEXT = """清江市统计快讯

2023年，清江市实现地区生产总值5118.6亿元，同比增长6.3%。
市长周闻道表示，轨道交通3号线完成投资45亿元，G60科创走廊新增企业120家。
（来源：《清江日报》2024-01-21）
"""


#: What asks nothing of the database that another test does not.
ONE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def core(settings: Settings) -> Iterator[Core]:
    with Core.open(settings) as opened:
        yield opened


@pytest.fixture
def snapshot(core: Core) -> str:
    [row] = core.upload([("快讯.txt", TEXT.encode())])
    return row.snapshot or ""


def figure(core: Core, snapshot: str, quote: str) -> Fact:
    return next(f for f in core.snapshot(snapshot).facts if f.kind == "figure" and f.span.quote == quote)


def given(fact: Fact, **changed: object) -> dict[str, object]:
    return {**fact.fields, **changed}


def quotes(core: Core, snapshot: str, kind: str = "figure") -> list[str]:
    return [fact.span.quote for fact in core.snapshot(snapshot).facts if fact.kind == kind]


def test_a_changed_field_is_shown_everywhere_and_labelled_as_the_user_s(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, value="54亿", period="2023年上半年"), note="见公报")

    fact = figure(core, snapshot, "45亿元")
    assert (fact.fields["value"], fact.fields["period"]) == (5_400_000_000, "2023-01/2023-06")
    assert fact.extractor == "user"
    assert {reason.field for reason in fact.why if reason.by == "user"} == {"value", "period"}
    [row] = [r for r in core.figures(FigureFilter()).rows if r.observation.span.quote == "45亿元"]
    assert (row.observation.value, row.observation.period) == (5_400_000_000, "2023-01/2023-06")
    assert fact in core.extract(snapshot, kinds=("figure",), date=None, region=None)
    [view] = core.corrections(CorrectionFilter()).rows
    assert (view.action, view.state, view.note, view.old["value"]) == ("change", "applied", "见公报", 4.5e9)
    assert view.new == {"value": 5_400_000_000, "period": "2023-01/2023-06"}


def test_a_part_of_a_text_holds_the_facts_that_reach_into_it_and_is_told_of_all(
    core: Core, snapshot: str
) -> None:
    whole = core.snapshot(snapshot)
    assert whole.document is not None and len(whole.facts) > 4
    cut = next(f for f in whole.facts if f.span.quote == "45亿元").span.start + 1
    told: list[dict[str, list[int]]] = []

    def within(start: int, end: int) -> Within:
        return lambda _, starts: told.append({k: list(v) for k, v in starts.items()}) or (start, end)

    first = core.snapshot(snapshot, within(0, cut))
    rest = core.snapshot(snapshot, within(cut, len(whole.document.text)))
    assert first.facts == tuple(f for f in whole.facts if f.span.start < cut)
    assert rest.facts == tuple(f for f in whole.facts if f.span.end > cut)
    assert (rest.document, rest.review, rest.tasks) == (whole.document, whole.review, ())
    assert sorted(n for starts in told[0].values() for n in starts) == [f.span.start for f in whole.facts]


@ONE
def test_corrections_of_one_state_are_found_without_opening_those_of_another(
    core: Core, snapshot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, value="54亿"))
    [one] = core.corrections(CorrectionFilter(state="applied")).rows
    opened: list[str] = []
    review_of = reviewing.review_of
    monkeypatch.setattr(
        reviewing, "review_of", lambda s, id, own: opened.append(id) or review_of(s, id, own=own)
    )
    assert core.corrections(CorrectionFilter(state="lost")).rows == () and opened == []
    assert core.corrections(CorrectionFilter(state="applied")).rows == (one,) and opened == [snapshot]
    with core._database.writing() as session:  # one that was made before this was kept
        session.execute(sa.update(CorrectionRow).values(state=""))
    assert core.corrections(CorrectionFilter(state="applied")).rows == (one,)
    assert core.corrections(CorrectionFilter(state="lost")).rows == ()


@ONE
def test_a_rejected_fact_vanishes_and_comes_back(core: Core, snapshot: str) -> None:
    before = core.snapshot(snapshot).facts
    one = core.reject(snapshot, fact_key(figure(core, snapshot, "120家")))
    assert "120家" not in quotes(core, snapshot)
    assert all(row.observation.span.quote != "120家" for row in core.figures(FigureFilter()).rows)
    assert [view.quote for view in core.snapshot(snapshot).review.corrections] == ["120家"]
    core.undo(one.id)
    assert core.snapshot(snapshot).facts == before
    assert core.corrections(CorrectionFilter()).rows == ()


@ONE
def test_a_missed_fact_is_marked_and_taken_back_by_rejecting_it(core: Core, snapshot: str) -> None:
    before = core.snapshot(snapshot).facts
    [place] = core.places_of(snapshot, "G60科创走廊")
    form = core.missing_form(snapshot, "project", place.start, place.end)
    assert form.values["name"] == "G60科创走廊"
    core.add_fact(snapshot, "project", place.start, place.end, {**form.values, "stage": "building"})
    [added] = [f for f in core.snapshot(snapshot).facts if f.extractor == "user"]
    assert (added.kind, added.span.quote, added.fields["stage"]) == ("project", "G60科创走廊", "building")
    core.reject(snapshot, fact_key(added))
    assert core.snapshot(snapshot).facts == before


def test_reading_anew_keeps_what_the_user_said(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, region="清江市轨道集团"))
    core.reject(snapshot, fact_key(figure(core, snapshot, "120家")))
    [place] = core.places_of(snapshot, "3号线")
    core.add_fact(snapshot, "project", place.start, place.end, {"name": "轨道交通3号线"})
    core.check(snapshot, "person")
    page = core.snapshot(snapshot)
    core._deriver.derive(snapshot)
    assert core.snapshot(snapshot) == page


def test_a_rebuild_from_the_archive_folder_alone_brings_corrections_and_checks_back(
    settings: Settings, tmp_path: Path
) -> None:
    with Core.open(settings) as core:
        [row] = core.upload([("快讯.txt", TEXT.encode())])
        snapshot = row.snapshot or ""
        read = figure(core, snapshot, "45亿元")
        core.correct(snapshot, fact_key(read), given(read, nature="target"))
        undone = core.reject(snapshot, fact_key(figure(core, snapshot, "6.3%")))
        core.undo(undone.id)
        core.check(snapshot, "citation")
        core.check(snapshot, "person")
        core.uncheck(snapshot, "person")
        page, listed = core.snapshot(snapshot), core.corrections(CorrectionFilter())
        core.rebuild(lambda _: None)
        assert core.snapshot(snapshot) == page and core.corrections(CorrectionFilter()) == listed
    if not settings.database:
        moved = replace(settings, home=tmp_path / "moved")
        moved.home.mkdir()
        settings.archive_folder.rename(moved.archive_folder)
        with Core.open(moved) as core:
            core.rebuild(lambda _: None)
            assert core.snapshot(snapshot) == page and core.corrections(CorrectionFilter()) == listed


@ONE
def test_correcting_twice_is_one_correction_and_putting_it_back_is_none(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, nature="target"))
    once = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(once), given(once, unit="美元"))
    [view] = core.corrections(CorrectionFilter()).rows
    assert view.new == {"nature": "target", "unit": "美元"}
    twice = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(twice), dict(read.fields))
    assert core.corrections(CorrectionFilter()).rows == ()
    assert figure(core, snapshot, "45亿元") == read


@ONE
def test_what_will_not_do_is_said_field_by_field_and_changes_nothing(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    with pytest.raises(FieldsWrong) as caught:
        core.correct(snapshot, fact_key(read), given(read, value="很多", period="去年", nature="也许"))
    assert set(caught.value.values["fields"]) == {"value", "period", "nature"}
    with pytest.raises(UsageWrong, match="nothing was changed"):
        core.correct(snapshot, fact_key(read), dict(read.fields))
    assert core.corrections(CorrectionFilter()).rows == ()


@ONE
def test_a_fact_that_is_no_more_and_words_that_are_not_there_are_told(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, nature="target"))
    with pytest.raises(FactChanged):
        core.reject(snapshot, fact_key(read))
    with pytest.raises(QuoteMissing):
        core.places_of(snapshot, "没有这句话")
    with pytest.raises(QuoteMissing):
        core.add_fact(snapshot, "figure", 5, 10**6, {"value": 1})
    with pytest.raises(NotFound):
        core.undo("nosuchid")


def test_a_checked_kind_is_gold_in_the_guide_s_form(core: Core, snapshot: str) -> None:
    core.reject(snapshot, fact_key(figure(core, snapshot, "120家")))
    core.check(snapshot, "figure")
    [file] = core.gold()
    bare = "".join(file.text.split())
    assert [line["quote"] for line in file.facts] == ["5118.6亿元", "6.3%", "45亿元"]
    for line in file.facts:
        assert bare[line["start"] : line["end"]] == line["quote"] and "printed" not in line
    assert list(file.facts[0])[:6] == ["kind", "start", "end", "quote", "indicator", "value"]


@ONE
def test_correcting_a_checked_kind_keeps_it_checked_and_undoing_does_not(core: Core, snapshot: str) -> None:
    core.check(snapshot, "figure")
    read = figure(core, snapshot, "45亿元")
    one = core.correct(snapshot, fact_key(read), given(read, nature="target"))
    [line] = [line for line in core.gold()[0].facts if line["quote"] == "45亿元"]
    assert line["nature"] == "target"
    assert figure(core, snapshot, "45亿元").extractor == "user"
    core.undo(one.id)
    assert core.gold() == () and figure(core, snapshot, "45亿元") == read


@ONE
def test_a_later_snapshot_of_the_same_page_takes_the_corrections_over(core: Core, snapshot: str) -> None:
    read = figure(core, snapshot, "45亿元")
    core.correct(snapshot, fact_key(read), given(read, nature="target"))
    [row] = core.upload([("快讯.txt", TEXT.encode())])
    later = row.snapshot or ""
    assert later != snapshot
    assert figure(core, later, "45亿元").fields["nature"] == "target"
    core.correct(later, fact_key(figure(core, later, "45亿元")), given(read, nature="forecast"))
    assert figure(core, later, "45亿元").fields["nature"] == "forecast"
    assert figure(core, snapshot, "45亿元").fields["nature"] == "target"


def test_what_was_said_of_a_purged_snapshot_is_gone_from_the_archive_too(
    core: Core, snapshot: str, settings: Settings
) -> None:
    core.check(snapshot, "figure")
    core.reject(snapshot, fact_key(figure(core, snapshot, "120家")))
    link = core.snapshot(snapshot).link.id
    core.set_tags(link, ["留"])
    journal = settings.archive_folder / "entries.jsonl"
    assert "120\\u5bb6" in journal.read_text()
    core.remove(link)
    core.purge(link)
    assert "120\\u5bb6" not in journal.read_text() and '"purge"' in journal.read_text()
    assert core.corrections(CorrectionFilter()).total == 0
